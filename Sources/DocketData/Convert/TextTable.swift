/// Texts that stand for something by themselves: labels of an enum, `missing` and `accept`ed texts. Asked for every cell, so most
/// cells are told apart by their length alone, and the others by two words.

import Glibc

final class TextTable {
  private struct Slot {
    var words: (UInt64, UInt64)
    var count: Int
    /// -1 where free.
    var place: Int
  }

  private var texts: [[UInt8]] = []
  private var values: [ParsedCell] = []
  /// A bit for every length that occurs, the last for all longer ones.
  private var lengths: UInt64 = 0
  /// Open addressing.
  private var slots = UnsafeMutablePointer<Slot>.allocate(capacity: 1)
  private var mask = 0

  init() { slots.initialize(to: Slot(words: (0, 0), count: 0, place: -1)) }

  deinit { slots.deallocate() }

  /// The first meaning of a text holds.
  func add(_ text: some Collection<UInt8>, _ value: ParsedCell) {
    let bytes = Array(text)
    guard !bytes.isEmpty, !bytes.withUnsafeBufferPointer({ place(of: RawCell($0)) != nil }) else { return }
    texts.append(bytes)
    values.append(value)
    lengths |= Self.bit(bytes.count)
    rebuild()
  }

  private func rebuild() {
    var size = 16
    while size < texts.count * 4 { size *= 2 }
    slots.deallocate()
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot(words: (0, 0), count: 0, place: -1), count: size)
    mask = size - 1
    for (place, text) in texts.enumerated() {
      text.withUnsafeBufferPointer { text in
        let words = RawCell(text).ends
        var slot = Self.hash(words, text.count) & mask
        while slots[slot].place >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Slot(words: words, count: text.count, place: place)
      }
    }
  }

  /// The meaning of a text that is not empty.
  @inline(__always)
  subscript(cell: RawCell) -> ParsedCell? {
    guard mayHold(cell) else { return nil }
    return place(of: cell).map { values[$0] }
  }

  /// Whether a text of this length means something.
  @inline(__always)
  func mayHold(_ cell: RawCell) -> Bool { lengths & Self.bit(cell.count) != 0 }

  @inline(__always)
  private static func bit(_ count: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: min(63, count)) }

  @inline(__always)
  private func place(of cell: RawCell) -> Int? {
    let words = cell.ends
    var slot = Self.hash(words, cell.count) & mask
    while true {
      let candidate = slots[slot]
      if candidate.place < 0 { return nil }
      if candidate.words == words, candidate.count == cell.count,
        cell.count <= 16 || holds(cell, candidate.place)
      {
        return candidate.place
      }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(never)
  private func holds(_ cell: RawCell, _ place: Int) -> Bool {
    texts[place].withUnsafeBufferPointer { memcmp(RawCell($0).start, cell.start, cell.count) == 0 }
  }

  @inline(__always)
  private static func hash(_ words: (UInt64, UInt64), _ count: Int) -> Int {
    let mixed =
      (words.0 ^ (words.1 &<< 21 | words.1 &>> 43) ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> 33)
  }
}

extension RawCell {
  private static var nowhere: UnsafePointer<UInt8> { UnsafePointer(bitPattern: 8).unsafelyUnwrapped }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    // Nothing is read where there are no bytes.
    self.init(start: bytes.baseAddress ?? Self.nowhere, count: bytes.count)
  }

  /// Two words that, with the length, are different for different texts of up to 16 bytes.
  @inline(__always)
  var ends: (UInt64, UInt64) {
    let raw = UnsafeRawPointer(start)
    if count >= 8 {
      return (
        raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      )
    }
    if count >= 4 {
      return (
        UInt64(raw.loadUnaligned(as: UInt32.self)),
        UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      )
    }
    if count == 0 { return (0, 0) }
    return (UInt64(start[0]) | UInt64(start[count / 2]) &<< 8 | UInt64(start[count &- 1]) &<< 16, 0)
  }
}
