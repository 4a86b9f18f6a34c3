/// Random numbers for generated tests, the same on every run (SplitMix64; Steele, Lea and Flood, 2014).

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  mutating func pick(_ choices: String...) -> String { choices[Int.random(in: 0..<choices.count, using: &self)] }

  /// Once in so many times.
  mutating func odds(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }
}
