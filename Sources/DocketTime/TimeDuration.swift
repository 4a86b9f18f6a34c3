/// A length of time, exact to the nanosecond, negative or not. (Swift's own `Duration` has the shorter name.)
///
/// Durations of the language have CEL's range as cel-go implements it: ±(2^63 - 1) ns, about ±292 years. The
/// conformance case `timestamp_range/sub_time_duration_under` rules out protobuf's wider ±315 576 000 000 s. All
/// operations that may fail, the parsers and `init?` hold to that range. Measures (`Instant.duration(since:)`, the
/// elapsed time of a calendar) are exact up to the whole time line; `isInRange` tells whether such a value may be
/// used as a duration of the language.
///
/// INVARIANT: `seconds` and `nanoseconds` never have opposite signs, |nanoseconds| < 10^9, |seconds| < 2^63.
@frozen
public struct TimeDuration: Hashable, Sendable, BitwiseCopyable {
  public let seconds: Int64
  /// Part of a second, with the sign of the whole.
  public let nanoseconds: Int32

  public static let zero = TimeDuration(uncheckedSeconds: 0)
  public static let maximum = TimeDuration(totalNanoseconds: .max)
  public static let minimum = TimeDuration(totalNanoseconds: -.max)

  /// `nil` outside the range, for mixed signs, and when `nanoseconds` is not a part of a second.
  @inlinable
  public init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard nanoseconds > -1_000_000_000, nanoseconds < 1_000_000_000,
      seconds <= 0 || nanoseconds >= 0, seconds >= 0 || nanoseconds <= 0
    else { return nil }
    self.init(uncheckedSeconds: seconds, nanoseconds: nanoseconds)
    guard isInRange else { return nil }
  }

  @inlinable
  public init(uncheckedSeconds seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// `Int64.min` is taken as its neighbour, so that negation always works.
  @inlinable
  public init(totalNanoseconds total: Int64) {
    let total = max(total, -Int64.max)
    self.init(uncheckedSeconds: total / 1_000_000_000, nanoseconds: Int32(truncatingIfNeeded: total % 1_000_000_000))
  }

  /// Brings parts of different signs together; |nanoseconds| < 2 * 10^9 and `seconds` far from the ends of Int64.
  @inlinable
  init(balancingSeconds seconds: Int64, nanoseconds: Int32) {
    var seconds = seconds
    var nanos = nanoseconds
    if nanos >= 1_000_000_000 {
      nanos &-= 1_000_000_000
      seconds &+= 1
    } else if nanos <= -1_000_000_000 {
      nanos &+= 1_000_000_000
      seconds &-= 1
    }
    if seconds > 0, nanos < 0 {
      nanos &+= 1_000_000_000
      seconds &-= 1
    } else if seconds < 0, nanos > 0 {
      nanos &-= 1_000_000_000
      seconds &+= 1
    }
    self.init(uncheckedSeconds: seconds, nanoseconds: nanos)
  }

  /// Whether this is a duration of the language: |self| <= 2^63 - 1 ns.
  @inlinable
  public var isInRange: Bool {
    let whole: Int64 = 9_223_372_036
    let part: Int32 = 854_775_807
    if seconds > -whole, seconds < whole { return true }
    return (seconds == whole && nanoseconds <= part) || (seconds == -whole && nanoseconds >= -part)
  }

  /// The whole length in nanoseconds; `nil` when it is not in range.
  @inlinable
  public var totalNanoseconds: Int64? {
    isInRange ? seconds &* 1_000_000_000 &+ Int64(nanoseconds) : nil
  }

  /// The length in seconds, rounded to the nearest double: for charts and averages.
  @inlinable
  public var totalSeconds: Double { Double(seconds) + Double(nanoseconds) / 1e9 }

  @inlinable
  public var isNegative: Bool { seconds < 0 || nanoseconds < 0 }
}

extension TimeDuration: Comparable {
  @inlinable
  public static func < (left: TimeDuration, right: TimeDuration) -> Bool {
    left.seconds != right.seconds ? left.seconds < right.seconds : left.nanoseconds < right.nanoseconds
  }
}

extension TimeDuration: CustomStringConvertible {
  public var description: String { humanString() }
}
