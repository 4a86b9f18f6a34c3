/// Pairs of codes as one code: 0, 1, 2, … in the order in which they first come.
final class PairIndex {
  /// Codes by the pair, `first << shift | second`, and one more; 0 where it has none, else the code and one.
  private var table: UnsafeMutablePointer<UInt32>
  private var rows = 16
  private var shift = 4
  private static let tableLimit = 1 << 22
  /// Where the table would be too large.
  private var dictionary: KeyDictionary?
  private(set) var pairs: [(first: UInt32, second: UInt32)] = []

  init() {
    table = .allocate(capacity: (rows << shift) + 1)
    table.initialize(repeating: 0, count: (rows << shift) + 1)
  }

  deinit { table.deallocate() }

  var count: Int { pairs.count }

  /// The codes of a batch of pairs, new ones where they have none. INVARIANT: `codes` is other memory than the pairs.
  func encode(
    _ first: UnsafePointer<UInt32>, _ second: UnsafePointer<UInt32>, _ count: Int,
    into codes: UnsafeMutablePointer<UInt32>
  ) {
    let (table, rows, shift) = (table, UInt64(rows), UInt64(shift))
    let size = rows << shift
    var isNew = false
    for index in 0..<count {
      let (a, b) = (UInt64(first[index]), UInt64(second[index]))
      // Behind the last pair stands 0, for all that are not in the table.
      let place = b >> shift == 0 ? min(a << shift | b, size) : size
      let code = table[Int(truncatingIfNeeded: place)]
      isNew = isNew || code == 0
      codes[index] = code &- 1
    }
    guard isNew else { return }
    for index in 0..<count where codes[index] == .max { codes[index] = code(first[index], second[index]) }
  }

  /// The codes of pairs that have one.
  func find(
    _ first: UnsafePointer<UInt32>, _ second: UnsafePointer<UInt32>, _ count: Int,
    into codes: UnsafeMutablePointer<UInt32>
  ) {
    let (table, rows, shift) = (table, UInt32(rows), UInt32(shift))
    for index in 0..<count {
      let (a, b) = (first[index], second[index])
      if a < rows, b >> shift == 0 {
        codes[index] = table[Int(a << shift | b)] &- 1
      } else {
        codes[index] = (dictionary?.known(Int64(a) << 32 | Int64(b)) ?? 0) &- 1
      }
    }
  }

  /// The code of a pair; `nil` where it has none.
  func known(_ first: UInt32, _ second: UInt32) -> UInt32? {
    let code =
      fits(first, second)
      ? table[Int(first) << shift | Int(second)] : dictionary?.known(Int64(first) << 32 | Int64(second)) ?? 0
    return code == 0 ? nil : code - 1
  }

  /// The code of a pair, a new one where it has none.
  func code(_ first: UInt32, _ second: UInt32) -> UInt32 {
    if fits(first, second), table[Int(first) << shift | Int(second)] != 0 {
      return table[Int(first) << shift | Int(second)] - 1
    }
    return add(first, second)
  }

  @inline(never) private func add(_ first: UInt32, _ second: UInt32) -> UInt32 {
    if dictionary == nil, !fits(first, second) { grow(first, second) }
    if let dictionary {
      let known = dictionary.count
      let code = dictionary.code(Int64(first) << 32 | Int64(second), at: 0)
      if dictionary.count > known { pairs.append((first, second)) }
      return code - 1
    }
    pairs.append((first, second))
    table[Int(first) << shift | Int(second)] = UInt32(pairs.count)
    return UInt32(pairs.count) - 1
  }

  private func fits(_ first: UInt32, _ second: UInt32) -> Bool { Int(first) < rows && Int(second) >> shift == 0 }

  private func grow(_ first: UInt32, _ second: UInt32) {
    table.deallocate()
    while Int(first) >= rows { rows *= 2 }
    while Int(second) >> shift != 0 { shift += 1 }
    if rows.leadingZeroBitCount <= shift || rows << shift > Self.tableLimit {
      // From here on by hash; the table stays empty.
      (rows, shift) = (1, 0)
      let dictionary = KeyDictionary()
      for pair in pairs { _ = dictionary.code(Int64(pair.first) << 32 | Int64(pair.second), at: 0) }
      self.dictionary = dictionary
    }
    table = .allocate(capacity: (rows << shift) + 1)
    table.initialize(repeating: 0, count: (rows << shift) + 1)
    guard dictionary == nil else {
      // No pair is found there.
      rows = 0
      return
    }
    for (code, pair) in pairs.enumerated() { table[Int(pair.first) << shift | Int(pair.second)] = UInt32(code + 1) }
  }
}
