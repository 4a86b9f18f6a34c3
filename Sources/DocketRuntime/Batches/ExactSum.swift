/// Sums of doubles that are exact until they are read, and rounded once then: neither the order of adding nor the number of
/// threads shows in them.

/// A sum as two doubles that do not overlap, which holds nearly every sum exactly.
///
/// INVARIANT: `high + low` is the exact sum of what was added and not handed back.
struct SumPair: BitwiseCopyable {
  private(set) var high = 0.0
  private(set) var low = 0.0

  /// Beyond this a step could overflow.
  private static let limit = 0x1p1000

  /// Adds a finite number; what does not fit, nearly always 0, is given back for a `WideSum`. Both additions are exact with their
  /// errors (D. E. Knuth, The Art of Computer Programming 2, 4.2.2).
  @inline(__always) mutating func add(_ number: Double) -> Double {
    let sum = high + number
    guard abs(sum) < Self.limit else { return number }
    let part = sum - high
    let error = (high - (sum - part)) + (number - part)
    let lower = low + error
    let lowerPart = lower - low
    high = sum
    let lost = (low - (lower - lowerPart)) + (error - lowerPart)
    low = lower
    return lost
  }

  /// The sum, rounded once.
  var value: Double { high + low }
}

/// A sum in fixed point over the whole range of doubles, for what does not fit two of them.
struct WideSum {
  /// Signed parts of 32 bits and what they carry, from 2^-1074 on.
  private var parts = [Int64](repeating: 0, count: 70)
  private var pending = 0

  mutating func add(_ number: Double) {
    guard number != 0 else { return }
    let isSubnormal = number.exponentBitPattern == 0
    let significand = number.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    let position = isSubnormal ? 0 : Int(number.exponentBitPattern) - 1
    let shifted = UInt128(significand) << UInt128(position & 31)
    let first = position >> 5
    for offset in 0..<3 {
      let part = Int64(truncatingIfNeeded: (shifted >> UInt128(32 * offset)) & 0xFFFF_FFFF)
      parts[first + offset] += number.sign == .minus ? -part : part
    }
    pending += 1
    if pending == 1 << 30 { carry() }
  }

  mutating func add(_ other: WideSum) {
    carry()
    var other = other
    other.carry()
    for place in parts.indices { parts[place] += other.parts[place] }
    pending = 2
  }

  /// Brings every part but the last into 0 ..< 2^32.
  private mutating func carry() {
    pending = 0
    for place in 0..<parts.count - 1 {
      parts[place + 1] += parts[place] >> 32
      parts[place] &= 0xFFFF_FFFF
    }
  }

  /// The sum, rounded once to the nearest double, to the even one between two; infinite beyond the range.
  var value: Double {
    var sum = self
    sum.carry()
    let isNegative = sum.parts[parts.count - 1] < 0
    if isNegative {
      for place in parts.indices { sum.parts[place] = -sum.parts[place] }
      sum.carry()
    }
    guard let top = sum.parts.lastIndex(where: { $0 != 0 }) else { return 0 }
    // The upper 96 bits; whether anything is below them only matters between two doubles.
    var bits: UInt128 = 0
    for offset in 0..<3 {
      bits = bits << 32 | UInt128(top >= offset ? UInt64(sum.parts[top - offset]) : 0)
    }
    if top > 2, sum.parts[..<(top - 2)].contains(where: { $0 != 0 }) { bits |= 1 }
    var exponent = 32 * (top - 2) - 1074
    // Down to 53 bits, but not below the last bit of the smallest doubles.
    let excess = max(128 - bits.leadingZeroBitCount - 53, -1074 - exponent, 0)
    if excess > 0 {
      let rest = bits & ((1 << UInt128(excess)) - 1)
      let half: UInt128 = 1 << UInt128(excess - 1)
      bits >>= UInt128(excess)
      if rest > half || rest == half && bits & 1 != 0 { bits += 1 }
      exponent += excess
    }
    let magnitude = Double(sign: .plus, exponent: exponent, significand: Double(UInt64(bits)))
    return isNegative ? -magnitude : magnitude
  }
}

/// A sum that grows one number at a time.
public struct ExactSum {
  private var pair = SumPair()
  private var wide: WideSum?

  public init() {}

  /// INVARIANT: the number is finite.
  public mutating func add(_ number: Double) {
    let rest = pair.add(number)
    if rest != 0 { wide = Self.adding(rest, to: wide) }
  }

  init(_ pair: SumPair, and wide: WideSum?) {
    self.pair = pair
    self.wide = wide
  }

  private static func adding(_ number: Double, to sum: WideSum?) -> WideSum {
    var sum = sum ?? WideSum()
    sum.add(number)
    return sum
  }

  /// The exact sum, rounded once to the nearest double; infinite beyond their range.
  public var value: Double {
    guard var sum = wide else { return pair.value }
    sum.add(pair.high)
    sum.add(pair.low)
    return sum.value
  }
}
