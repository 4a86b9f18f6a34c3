/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). Whole numbers only: no
/// rounding can differ between machines.
struct RandomSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number of the range. The bias of the remainder is far below what a sample could show.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// True in `count` of `total` cases.
  mutating func chance(_ count: Int, in total: Int) -> Bool {
    number(in: 1...total) <= count
  }

  mutating func pick<T>(_ items: [T]) -> T {
    items[number(in: 0...items.count - 1)]
  }

  mutating func pick<T>(_ items: [(weight: Int, value: T)]) -> T {
    var rest = number(in: 1...items.reduce(0) { $0 + $1.weight })
    for item in items {
      rest -= item.weight
      if rest <= 0 { return item.value }
    }
    preconditionFailure("the weights add up to more than the draw")
  }
}
