/// Texts that stand for something by themselves: labels of an enum, `missing` and `accept`ed texts. Asked for every cell, so most
/// cells are told apart by their length alone.
struct TextTable {
  private var texts: [[UInt8]] = []
  private var values: [ParsedCell] = []
  /// A bit for every length that occurs, the last for all longer ones.
  private var lengths: UInt64 = 0
  /// Open addressing; place + 1, or 0 where free.
  private var slots: [Int32] = Array(repeating: 0, count: 16)

  /// The first meaning of a text holds.
  mutating func add(_ text: some Collection<UInt8>, _ value: ParsedCell) {
    let bytes = Array(text)
    let isKnown = bytes.withUnsafeBufferPointer { cell($0).map { self[$0] != nil } ?? false }
    if isKnown { return }
    texts.append(bytes)
    values.append(value)
    lengths |= 1 << UInt64(min(63, bytes.count))
    if texts.count * 2 > slots.count { slots = Array(repeating: 0, count: slots.count * 2) }
    rebuild()
  }

  private func cell(_ bytes: UnsafeBufferPointer<UInt8>) -> RawCell? {
    bytes.baseAddress.map { RawCell(start: $0, count: bytes.count) }
  }

  private mutating func rebuild() {
    for slot in slots.indices { slots[slot] = 0 }
    for (place, text) in texts.enumerated() {
      var slot = text.withUnsafeBufferPointer { cell($0).map(Self.hash) ?? 0 } & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place + 1)
    }
  }

  /// The meaning of a text that is not empty.
  @inline(__always)
  subscript(cell: RawCell) -> ParsedCell? {
    guard lengths & (1 << UInt64(truncatingIfNeeded: min(63, cell.count))) != 0 else { return nil }
    return find(cell)
  }

  private func find(_ cell: RawCell) -> ParsedCell? {
    var slot = Self.hash(cell) & (slots.count - 1)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      let isSame = texts[place].withUnsafeBufferPointer { text in
        text.count == cell.count
          && text.baseAddress.map { RawCell(start: $0, count: text.count).isSame(as: cell) } ?? true
      }
      if isSame { return values[place] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private static func hash(_ cell: RawCell) -> Int {
    var hash = UInt64(truncatingIfNeeded: cell.count)
    // Labels differ near their ends or their beginnings.
    for offset in 0..<min(8, cell.count) { hash = (hash ^ UInt64(cell.start[offset])) &* 0x100_0000_01B3 }
    for offset in max(8, cell.count - 8)..<max(8, cell.count) {
      hash = (hash ^ UInt64(cell.start[offset])) &* 0x100_0000_01B3
    }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0xFFFF_FFFF)
  }
}
