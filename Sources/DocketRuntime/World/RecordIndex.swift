/// Records by key, where a key is a symbol's number or an integer's bits.
///
/// Keys of one file are mostly close to each other (symbols are numbered as texts appear, counters count), so a plain array
/// from the lowest key on serves them without a hash and in the order of memory; keys that are scattered are hashed.

struct RecordIndex: Sendable {
  private struct Slot {
    var key: UInt64
    var record: UInt32
  }
  /// Records by distance from `lowest`, `.max` where there is none; empty where the keys are hashed.
  private var dense: [UInt32] = []
  /// Keys that follow each other as their records do: this many, from `lowest` on, and nothing else is kept of them.
  private var runLength: UInt64 = 0
  private let lowest: UInt64
  /// Open addressing; `record` is `.max` where free.
  private var slots: [Slot] = []
  private var mask = 0

  /// Room for keys that are known to be these, perhaps repeated.
  init(keys: [UInt64]) {
    lowest = keys.min() ?? 0
    let span = (keys.max() ?? 0) - lowest
    if span < UInt64(4 * keys.count + 1024) {
      dense = Array(repeating: .max, count: Int(span) + 1)
      return
    }
    var size = 16
    while size < keys.count * 2 { size *= 2 }
    slots = Array(repeating: Slot(key: 0, record: .max), count: size)
    mask = size - 1
  }

  /// Record n has key n.
  init(records keys: [Value]) {
    let bits = keys.map { EntityTable.keyBits($0) ?? .max }
    if let first = bits.first, Self.isRun(bits, from: first) {
      self.init(run: first, count: bits.count)
      return
    }
    self.init(keys: bits)
    for (record, key) in bits.enumerated() { _ = insert(key, UInt32(record)) }
  }

  private init(run lowest: UInt64, count: Int) {
    self.lowest = lowest
    runLength = UInt64(count)
  }

  private static func isRun(_ keys: [UInt64], from first: UInt64) -> Bool {
    for (record, key) in keys.enumerated() where key != first &+ UInt64(record) { return false }
    return true
  }

  subscript(key: UInt64) -> UInt32? {
    if runLength > 0 { return key &- lowest < runLength ? UInt32(key &- lowest) : nil }
    if !dense.isEmpty {
      guard key >= lowest, key - lowest < UInt64(dense.count) else { return nil }
      let record = dense[Int(key - lowest)]
      return record == .max ? nil : record
    }
    let slot = slots[place(key)]
    return slot.record == .max ? nil : slot.record
  }

  /// The record that the key has; `record` where it is new.
  mutating func insert(_ key: UInt64, _ record: UInt32) -> UInt32 {
    if !dense.isEmpty {
      let place = Int(key - lowest)
      if dense[place] == .max { dense[place] = record }
      return dense[place]
    }
    let place = place(key)
    if slots[place].record == .max { slots[place] = Slot(key: key, record: record) }
    return slots[place].record
  }

  /// The slot of a key, or the free one where it belongs.
  private func place(_ key: UInt64) -> Int {
    let product = key &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: (product ^ (product >> 32)) & UInt64(mask))
    while slots[slot].record != .max, slots[slot].key != key { slot = (slot &+ 1) & mask }
    return slot
  }
}
