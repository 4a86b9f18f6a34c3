/// Lowered expressions by which expression they are: a few loads to look one up, where a dictionary would cost more than the
/// evaluation.

import DocketSemantics

final class IdentityTable {
  /// An expression's address, 0 where free; its code keeps the expression alive, so that no other has the address.
  private var keys: UnsafeMutablePointer<UInt>
  private var bodies: UnsafeMutablePointer<Unmanaged<LoweredBody>>
  private var mask: Int
  private var count = 0

  init() {
    mask = 63
    (keys, bodies) = Self.slots(mask + 1)
  }

  deinit {
    for slot in 0...mask where keys[slot] != 0 { bodies[slot].release() }
    keys.deallocate()
    bodies.deallocate()
  }

  /// Good until the table is gone.
  @inline(__always) subscript(expression: CheckedExpression) -> Unmanaged<LoweredBody>? {
    let key = Self.key(expression)
    let slot = slot(of: key)
    return keys[slot] == key ? bodies[slot] : nil
  }

  /// A body whose expression is not here yet.
  func insert(_ body: LoweredBody) {
    if count * 2 > mask { grow() }
    put(Self.key(body.expression), .passRetained(body))
    count += 1
  }

  private static func key(_ expression: CheckedExpression) -> UInt {
    UInt(bitPattern: Unmanaged.passUnretained(expression).toOpaque())
  }

  private static func slots(_ count: Int) -> (UnsafeMutablePointer<UInt>, UnsafeMutablePointer<Unmanaged<LoweredBody>>)
  {
    let keys = UnsafeMutablePointer<UInt>.allocate(capacity: count)
    keys.initialize(repeating: 0, count: count)
    return (keys, .allocate(capacity: count))
  }

  /// Where a key is, or would be.
  @inline(__always) private func slot(of key: UInt) -> Int {
    // Addresses are multiples of 16.
    var slot = Int(truncatingIfNeeded: (key >> 4) &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
    while keys[slot] != 0, keys[slot] != key { slot = (slot &+ 1) & mask }
    return slot
  }

  private func put(_ key: UInt, _ body: Unmanaged<LoweredBody>) {
    let slot = slot(of: key)
    keys[slot] = key
    (bodies + slot).initialize(to: body)
  }

  private func grow() {
    let (oldKeys, oldBodies, oldMask) = (keys, bodies, mask)
    mask = mask * 2 + 1
    (keys, bodies) = Self.slots(mask + 1)
    for slot in 0...oldMask where oldKeys[slot] != 0 { put(oldKeys[slot], oldBodies[slot]) }
    oldKeys.deallocate()
    oldBodies.deallocate()
  }
}
