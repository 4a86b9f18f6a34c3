/// Records by key, where a key is a symbol's number or an integer's bits.

struct RecordIndex: Sendable {
  private struct Slot {
    var key: UInt64
    var record: UInt32
  }
  /// Open addressing; `record` is `.max` where free.
  private var slots: [Slot]
  private var mask: Int

  /// Room for `count` keys.
  init(expecting count: Int) {
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: Slot(key: 0, record: .max), count: size)
    mask = size - 1
  }

  /// Record n has key n.
  init(keys: [Value]) {
    self.init(expecting: keys.count)
    for (record, key) in keys.enumerated() {
      guard let bits = EntityTable.keyBits(key) else { continue }
      _ = insert(bits, UInt32(record))
    }
  }

  subscript(key: UInt64) -> UInt32? {
    var slot = Self.hash(key) & mask
    while slots[slot].record != .max {
      if slots[slot].key == key { return slots[slot].record }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// The record that the key has; `record` where it is new.
  mutating func insert(_ key: UInt64, _ record: UInt32) -> UInt32 {
    var slot = Self.hash(key) & mask
    while slots[slot].record != .max {
      if slots[slot].key == key { return slots[slot].record }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = Slot(key: key, record: record)
    return record
  }

  private static func hash(_ key: UInt64) -> Int {
    let product = key &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product ^ (product >> 32)) & Int.max
  }
}
