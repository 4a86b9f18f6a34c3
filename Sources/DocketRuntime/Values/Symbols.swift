/// Interned text: each distinct run of bytes is kept once and named by a number, so that equality is one comparison.

import Glibc

/// Open addressing over one growing byte buffer. Strings and `bytes` share the numbers.
///
/// Loading asks millions of times, so everything here is a plain pointer, and a slot holds the hash beside the number: most
/// questions touch one slot and the text.
public final class Symbols {
  public private(set) var count = 0
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity: Int
  /// The bytes of all symbols together, for budgets.
  public private(set) var byteCount = 0
  private var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity: Int
  private var slots: UnsafeMutablePointer<Slot>
  private var slotMask: Int

  private struct Entry {
    var end: Int
    var hash: UInt32
  }

  private struct Slot {
    /// Symbol + 1, or 0 where free.
    var number: UInt32
    var hash: UInt32
  }

  public init() {
    byteCapacity = 1 << 16
    bytes = .allocate(capacity: byteCapacity)
    entryCapacity = 1 << 11
    // Entry -1 ends where symbol 0 starts.
    entries = .allocate(capacity: entryCapacity + 1) + 1
    entries[-1] = Entry(end: 0, hash: 0)
    slotMask = (1 << 12) - 1
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: Slot(number: 0, hash: 0), count: slotMask + 1)
  }

  deinit {
    bytes.deallocate()
    (entries - 1).deallocate()
    slots.deallocate()
  }

  public func intern(_ text: String) -> Symbol {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  public func intern(_ buffer: UnsafeBufferPointer<UInt8>) -> Symbol {
    let (symbol, hash, slot) = probe(buffer)
    return symbol ?? insert(buffer, hash: hash, slot: slot)
  }

  /// The symbol of a text that has been seen already.
  public func find(_ buffer: UnsafeBufferPointer<UInt8>) -> Symbol? { probe(buffer).symbol }

  private func probe(_ buffer: UnsafeBufferPointer<UInt8>) -> (symbol: Symbol?, hash: UInt32, slot: Int) {
    let hash = Self.hash(buffer)
    var slot = Int(hash) & slotMask
    while true {
      let candidate = slots[slot]
      if candidate.number == 0 { return (nil, hash, slot) }
      if candidate.hash == hash {
        let symbol = Int(candidate.number) &- 1
        let start = entries[symbol &- 1].end
        if entries[symbol].end &- start == buffer.count,
          buffer.isEmpty || memcmp(bytes + start, buffer.baseAddress!, buffer.count) == 0
        {
          return (Symbol(index: UInt32(symbol)), hash, slot)
        }
      }
      slot = (slot &+ 1) & slotMask
    }
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
    let order = memcmp(bytes + aStart, bytes + bStart, min(aEnd - aStart, bEnd - bStart))
    return order != 0 ? Int(order) : (aEnd - aStart) - (bEnd - bStart)
  }

  /// Whether a text begins or ends with another.
  func has(_ text: Symbol, _ part: Symbol, atEnd: Bool) -> Bool {
    let (start, end) = bounds(Int(text.index))
    let (partStart, partEnd) = bounds(Int(part.index))
    let count = partEnd - partStart
    guard end - start >= count else { return false }
    return memcmp(bytes + (atEnd ? end - count : start), bytes + partStart, count) == 0
  }

  /// The first 16 bytes as numbers that compare as the text does; shorter texts are filled up with zeros.
  func prefix(_ symbol: Symbol) -> (high: UInt64, low: UInt64) {
    let (start, end) = bounds(Int(symbol.index))
    var high: UInt64 = 0
    var low: UInt64 = 0
    for offset in 0..<min(8, end - start) { high |= UInt64(bytes[start + offset]) << UInt64(56 - 8 * offset) }
    for offset in 8..<max(8, min(16, end - start)) { low |= UInt64(bytes[start + offset]) << UInt64(120 - 8 * offset) }
    return (high, low)
  }

  /// Forgets every symbol from `count` on.
  func reset(to count: Int) {
    guard count < self.count else { return }
    // Newest first, so that a probe chain is only ever cut at its end.
    for symbol in stride(from: self.count - 1, through: count, by: -1) {
      var slot = Int(entries[symbol].hash) & slotMask
      while slots[slot].number != UInt32(symbol + 1) { slot = (slot + 1) & slotMask }
      slots[slot] = Slot(number: 0, hash: 0)
    }
    self.count = count
    byteCount = entries[count - 1].end
  }

  // MARK: - Storage

  private func bounds(_ symbol: Int) -> (Int, Int) {
    precondition(symbol < count)
    return (entries[symbol - 1].end, entries[symbol].end)
  }

  private func insert(_ buffer: UnsafeBufferPointer<UInt8>, hash: UInt32, slot: Int) -> Symbol {
    precondition(count < UInt32.max - 1, "too many different texts")
    if byteCount + buffer.count > byteCapacity {
      byteCapacity = max(byteCapacity * 2, byteCount + buffer.count)
      let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity)
      grown.update(from: bytes, count: byteCount)
      // The text may be one of our own.
      appendBytes(buffer, to: grown)
      bytes.deallocate()
      bytes = grown
    } else {
      appendBytes(buffer, to: bytes)
    }
    byteCount += buffer.count
    if count == entryCapacity { growEntries() }
    entries[count] = Entry(end: byteCount, hash: hash)
    count += 1
    slots[slot] = Slot(number: UInt32(count), hash: hash)
    let symbol = Symbol(index: UInt32(count - 1))
    if count * 2 > slotMask { growSlots() }
    return symbol
  }

  private func appendBytes(_ buffer: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
    guard let start = buffer.baseAddress else { return }
    (target + byteCount).update(from: start, count: buffer.count)
  }

  private func growEntries() {
    entryCapacity *= 2
    let grown = UnsafeMutablePointer<Entry>.allocate(capacity: entryCapacity + 1) + 1
    (grown - 1).update(from: entries - 1, count: count + 1)
    (entries - 1).deallocate()
    entries = grown
  }

  private func growSlots() {
    // INVARIANT: symbols stand in the probe chains in the order of their numbers, which `reset` relies on.
    slots.deallocate()
    slotMask = (slotMask + 1) * 2 - 1
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: Slot(number: 0, hash: 0), count: slotMask + 1)
    for symbol in 0..<count {
      let hash = entries[symbol].hash
      var slot = Int(hash) & slotMask
      while slots[slot].number != 0 { slot = (slot + 1) & slotMask }
      slots[slot] = Slot(number: UInt32(symbol + 1), hash: hash)
    }
  }

  /// Eight bytes at a time, multiplied and folded; deterministic, so that no order depends on the process.
  private static func hash(_ buffer: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let raw = UnsafeRawBufferPointer(buffer)
    let count = raw.count
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var last: UInt64 = 0
    if count >= 8 {
      var offset = 0
      while offset &+ 8 < count {
        let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 32
        offset &+= 8
      }
      // Overlaps what came before, which costs nothing and needs no loop for the rest.
      last = raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    } else if count >= 4 {
      last =
        UInt64(raw.loadUnaligned(as: UInt32.self)) << 32
        | UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
    } else if count > 0 {
      last = UInt64(raw[0]) | UInt64(raw[count >> 1]) << 8 | UInt64(raw[count &- 1]) << 16
    }
    hash = (hash ^ last) &* 0xC4CE_B9FE_1A85_EC53
    hash ^= hash >> 33
    return UInt32(truncatingIfNeeded: hash)
  }
}
