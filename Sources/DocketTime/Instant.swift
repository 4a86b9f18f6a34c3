/// A point on the UTC time line, exact to the nanosecond.
///
/// The range is CEL's (and protobuf's) `timestamp`: 0001-01-01T00:00:00Z ... 9999-12-31T23:59:59.999999999Z.
/// Leap seconds do not exist, as in POSIX: every day has 86 400 seconds.
@frozen
public struct Instant: Hashable, Sendable, BitwiseCopyable {
  /// Seconds since 1970-01-01T00:00:00Z, rounded down.
  public let seconds: Int64
  /// 0 ..< 1 000 000 000, counted forward from `seconds` also before 1970.
  public let nanoseconds: Int32

  /// `nil` outside the range of years 0001 ... 9999 or when `nanoseconds` is not a part of a second.
  @inlinable
  public init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard seconds >= Instant.minimumSeconds, seconds <= Instant.maximumSeconds,
      nanoseconds >= 0, nanoseconds < 1_000_000_000
    else { return nil }
    self.init(uncheckedSeconds: seconds, nanoseconds: nanoseconds)
  }

  /// For values whose range is known, such as those that come out of another `Instant`.
  @inlinable
  public init(uncheckedSeconds seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public static let minimumSeconds: Int64 = -62_135_596_800
  public static let maximumSeconds: Int64 = 253_402_300_799
  public static let minimum = Instant(uncheckedSeconds: minimumSeconds)
  public static let maximum = Instant(uncheckedSeconds: maximumSeconds, nanoseconds: 999_999_999)
}

extension Instant: Comparable {
  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool {
    left.seconds != right.seconds ? left.seconds < right.seconds : left.nanoseconds < right.nanoseconds
  }
}

// MARK: - Arithmetic

extension Instant {
  /// `nil` when the sum leaves the range.
  @inlinable
  public func adding(_ duration: TimeDuration) -> Instant? {
    var (sum, overflow) = seconds.addingReportingOverflow(duration.seconds)
    if overflow { return nil }
    var nanos = nanoseconds &+ duration.nanoseconds
    // |sum| stays far from the ends of Int64 here or fails the range check below, so one more second cannot overflow unseen.
    if nanos < 0 {
      nanos &+= 1_000_000_000
      sum &-= 1
    } else if nanos >= 1_000_000_000 {
      nanos &-= 1_000_000_000
      sum &+= 1
    }
    return Instant(seconds: sum, nanoseconds: nanos)
  }

  @inlinable
  public func subtracting(_ duration: TimeDuration) -> Instant? {
    // INVARIANT: the seconds of a duration are never Int64.min, see TimeDuration.
    adding(TimeDuration(uncheckedSeconds: 0 &- duration.seconds, nanoseconds: 0 &- duration.nanoseconds))
  }

  /// The exact distance; negative when `self` is earlier. It may be longer than a duration of the language, see
  /// `TimeDuration.isInRange`.
  @inlinable
  public func duration(since earlier: Instant) -> TimeDuration {
    TimeDuration(balancingSeconds: seconds &- earlier.seconds, nanoseconds: nanoseconds &- earlier.nanoseconds)
  }

  /// CEL's `timestamp - timestamp`: `nil` when the distance is outside the range of durations (about 292 years).
  @inlinable
  public func subtracting(_ earlier: Instant) -> TimeDuration? {
    let distance = duration(since: earlier)
    return distance.isInRange ? distance : nil
  }
}

extension Instant: CustomStringConvertible {
  public var description: String { rfc3339() }
}
