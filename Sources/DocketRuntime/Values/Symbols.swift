/// Interned text: each distinct run of bytes is kept once and named by a number, so that equality is one comparison.

/// Open addressing over one growing byte buffer. Strings and `bytes` share the numbers.
public final class Symbols {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity: Int
  /// The end of each symbol's bytes; symbol n starts where n - 1 ends.
  private var ends: [UInt64] = []
  private var hashes: [UInt32] = []
  /// Symbol + 1, or 0 where free.
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotMask: Int

  public init() {
    byteCapacity = 1 << 16
    bytes = .allocate(capacity: byteCapacity)
    slotMask = (1 << 12) - 1
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
  }

  deinit {
    bytes.deallocate()
    slots.deallocate()
  }

  public var count: Int { ends.count }

  /// The bytes of all symbols together, for budgets.
  public private(set) var byteCount = 0

  public func intern(_ text: String) -> Symbol {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  public func intern(_ buffer: UnsafeBufferPointer<UInt8>) -> Symbol {
    let hash = Self.hash(buffer)
    var slot = Int(hash) & slotMask
    while slots[slot] != 0 {
      let candidate = Int(slots[slot] - 1)
      if hashes[candidate] == hash, equals(candidate, buffer) { return Symbol(index: UInt32(candidate)) }
      slot = (slot + 1) & slotMask
    }
    return insert(buffer, hash: hash, slot: slot)
  }

  public func withBytes<Result>(of symbol: Symbol, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let (start, end) = bounds(Int(symbol.index))
    return body(UnsafeBufferPointer(start: bytes + start, count: end - start))
  }

  public func byteCount(of symbol: Symbol) -> Int {
    let (start, end) = bounds(Int(symbol.index))
    return end - start
  }

  public func text(_ symbol: Symbol) -> String {
    withBytes(of: symbol) { String(decoding: $0, as: UTF8.self) }
  }

  /// By bytes, which for text is the order of code points.
  public func compare(_ a: Symbol, _ b: Symbol) -> Int {
    if a == b { return 0 }
    let (aStart, aEnd) = bounds(Int(a.index))
    let (bStart, bEnd) = bounds(Int(b.index))
    let shared = min(aEnd - aStart, bEnd - bStart)
    for offset in 0..<shared where bytes[aStart + offset] != bytes[bStart + offset] {
      return bytes[aStart + offset] < bytes[bStart + offset] ? -1 : 1
    }
    return (aEnd - aStart) - (bEnd - bStart)
  }

  /// Forgets every symbol from `count` on.
  func reset(to count: Int) {
    guard count < ends.count else { return }
    // Newest first, so that a probe chain is only ever cut at its end.
    for symbol in stride(from: ends.count - 1, through: count, by: -1) {
      var slot = Int(hashes[symbol]) & slotMask
      while slots[slot] != UInt32(symbol + 1) { slot = (slot + 1) & slotMask }
      slots[slot] = 0
    }
    ends.removeSubrange(count...)
    hashes.removeSubrange(count...)
    byteCount = count == 0 ? 0 : Int(ends[count - 1])
  }

  // MARK: - Storage

  private func bounds(_ symbol: Int) -> (Int, Int) {
    (symbol == 0 ? 0 : Int(ends[symbol - 1]), Int(ends[symbol]))
  }

  private func equals(_ symbol: Int, _ buffer: UnsafeBufferPointer<UInt8>) -> Bool {
    let (start, end) = bounds(symbol)
    guard end - start == buffer.count else { return false }
    for offset in 0..<buffer.count where bytes[start + offset] != buffer[offset] { return false }
    return true
  }

  private func insert(_ buffer: UnsafeBufferPointer<UInt8>, hash: UInt32, slot: Int) -> Symbol {
    if byteCount + buffer.count > byteCapacity {
      byteCapacity = max(byteCapacity * 2, byteCount + buffer.count)
      let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity)
      grown.update(from: bytes, count: byteCount)
      // `buffer` may itself be a part of the bytes that are given up here.
      for offset in 0..<buffer.count { grown[byteCount + offset] = buffer[offset] }
      bytes.deallocate()
      bytes = grown
    } else {
      for offset in 0..<buffer.count { bytes[byteCount + offset] = buffer[offset] }
    }
    byteCount += buffer.count
    ends.append(UInt64(byteCount))
    hashes.append(hash)
    slots[slot] = UInt32(ends.count)
    let symbol = Symbol(index: UInt32(ends.count - 1))
    if ends.count * 2 > slotMask { grow() }
    return symbol
  }

  private func grow() {
    // INVARIANT: symbols stand in the probe chains in the order of their numbers, which `reset` relies on.
    slots.deallocate()
    slotMask = (slotMask + 1) * 2 - 1
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
    for symbol in 0..<ends.count {
      var slot = Int(hashes[symbol]) & slotMask
      while slots[slot] != 0 { slot = (slot + 1) & slotMask }
      slots[slot] = UInt32(symbol + 1)
    }
  }

  /// Eight bytes at a time, multiplied and folded; deterministic, so that no order depends on the process.
  private static func hash(_ buffer: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt64 = UInt64(truncatingIfNeeded: buffer.count) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    let raw = UnsafeRawBufferPointer(buffer)
    while offset + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      offset += 8
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while offset < raw.count {
      tail |= UInt64(raw[offset]) << shift
      shift += 8
      offset += 1
    }
    hash = (hash ^ tail) &* 0xC4CE_B9FE_1A85_EC53
    hash ^= hash >> 33
    return UInt32(truncatingIfNeeded: hash)
  }
}
