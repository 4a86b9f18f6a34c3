/// The order in which tests run. What they give does not depend on it; a test for which it does has a hidden neighbour.

enum TestOrder {
  /// The places `0..<count`, shuffled by a seed: the same seed, the same order, on every machine.
  static func places(_ count: Int, seed: UInt64?) -> [Int] {
    var places = Array(0..<count)
    guard let seed else { return places }
    var state = seed
    for place in stride(from: count - 1, to: 0, by: -1) {
      places.swapAt(place, Int(next(&state) % UInt64(place + 1)))
    }
    return places
  }

  /// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
