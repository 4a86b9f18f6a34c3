/// Keys of a column as small numbers: 1, 2, 3, … in the order in which they first come; 0 is for what has no key.
///
/// Most keys are small numbers themselves (symbols, cases, records), which an array finds without a hash.

final class KeyDictionary {
  /// Codes by key, for keys from 0 on; one more, which stays 0.
  private var direct: UnsafeMutablePointer<UInt32>
  private var directCount = 64
  private static let directLimit = 1 << 20
  /// Open addressing over the others; the code is 0 where a slot is free.
  private var slots: UnsafeMutablePointer<Slot>
  private var mask = 15
  private var hashed = 0

  private struct Slot {
    var key: Int64
    var code: UInt32
  }

  /// By code less one: its key, and where it came first.
  private(set) var keys: [Int64] = []
  private(set) var places: [UInt32] = []

  init() {
    direct = .allocate(capacity: directCount + 1)
    direct.initialize(repeating: 0, count: directCount + 1)
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(key: 0, code: 0), count: mask + 1)
  }

  deinit {
    direct.deallocate()
    slots.deallocate()
  }

  /// Codes that were given.
  var count: Int { keys.count }

  /// The codes of a batch of keys, new ones where they have none; 0 where there is no key.
  func encode(
    _ keys: UnsafePointer<Int64>, _ states: UnsafePointer<UInt8>?, _ rows: BatchRows,
    into codes: UnsafeMutablePointer<UInt32>
  ) {
    // A property of a class is checked for exclusive access each time; so the loop has its own.
    let (direct, directCount) = (direct, UInt64(directCount))
    var isNew = false
    if let states {
      for index in 0..<rows.count {
        // Behind the last key stands 0, for all that are not in the table.
        let code = direct[Int(truncatingIfNeeded: min(UInt64(bitPattern: keys[index]), directCount))]
        let hasKey = states[index] <= BatchState.yes
        codes[index] = hasKey ? code : 0
        isNew = isNew || hasKey && code == 0
      }
    } else {
      for index in 0..<rows.count {
        let code = direct[Int(truncatingIfNeeded: min(UInt64(bitPattern: keys[index]), directCount))]
        codes[index] = code
        isNew = isNew || code == 0
      }
    }
    guard isNew else { return }
    for index in 0..<rows.count where codes[index] == 0 && (states.map { $0[index] <= BatchState.yes } ?? true) {
      codes[index] = code(keys[index], at: UInt32(truncatingIfNeeded: rows[index]))
    }
  }

  /// The codes of keys that have one.
  func find(
    _ keys: UnsafePointer<Int64>, _ states: UnsafePointer<UInt8>?, _ count: Int,
    into codes: UnsafeMutablePointer<UInt32>
  ) {
    let (direct, directCount) = (direct, UInt64(directCount))
    for index in 0..<count {
      if let states, states[index] > BatchState.yes {
        codes[index] = 0
      } else if UInt64(bitPattern: keys[index]) < directCount {
        codes[index] = direct[Int(keys[index])]
      } else {
        codes[index] = known(keys[index])
      }
    }
  }

  /// The code of a key, 0 where it has none.
  func known(_ key: Int64) -> UInt32 {
    UInt64(bitPattern: key) < UInt64(directCount) ? direct[Int(key)] : slots[slot(of: key)].code
  }

  /// The code of a key, a new one where it has none.
  @inline(never) func code(_ key: Int64, at place: UInt32) -> UInt32 {
    if key >= 0, key < Int64(Self.directLimit) {
      if Int(key) >= directCount { growDirect(to: Int(key) + 1) }
      if direct[Int(key)] != 0 { return direct[Int(key)] }
      return give(key, place) { direct[Int(key)] = $0 }
    }
    let slot = slot(of: key)
    if slots[slot].code != 0 { return slots[slot].code }
    let code = give(key, place) { slots[slot] = Slot(key: key, code: $0) }
    hashed += 1
    if hashed * 2 > mask { growSlots() }
    return code
  }

  private func give(_ key: Int64, _ place: UInt32, _ store: (UInt32) -> Void) -> UInt32 {
    keys.append(key)
    places.append(place)
    let code = UInt32(keys.count)
    store(code)
    return code
  }

  @inline(__always) private func slot(of key: Int64) -> Int {
    let product = UInt64(bitPattern: key) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: product ^ (product >> 32)) & mask
    while slots[slot].code != 0, slots[slot].key != key { slot = (slot &+ 1) & mask }
    return slot
  }

  private func growDirect(to least: Int) {
    var grown = directCount
    while grown < least { grown *= 2 }
    let new = UnsafeMutablePointer<UInt32>.allocate(capacity: grown + 1)
    new.initialize(repeating: 0, count: grown + 1)
    new.update(from: direct, count: directCount)
    direct.deallocate()
    (direct, directCount) = (new, grown)
  }

  private func growSlots() {
    let (old, count) = (slots, mask + 1)
    mask = count * 2 - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(key: 0, code: 0), count: mask + 1)
    for place in 0..<count where old[place].code != 0 { slots[slot(of: old[place].key)] = old[place] }
    old.deallocate()
  }
}
