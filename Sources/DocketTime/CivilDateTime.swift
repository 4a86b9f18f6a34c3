/// What a clock on the wall shows: a day and a time of day, without a zone.
@frozen
public struct CivilDateTime: Hashable, Sendable, BitwiseCopyable {
  public let date: CivilDate
  /// 0 ..< 86 400
  public let secondOfDay: Int32
  /// 0 ..< 1 000 000 000
  public let nanoseconds: Int32

  /// `nil` when the time of day is out of range.
  @inlinable
  public init?(date: CivilDate, secondOfDay: Int32 = 0, nanoseconds: Int32 = 0) {
    guard secondOfDay >= 0, secondOfDay < 86_400, nanoseconds >= 0, nanoseconds < 1_000_000_000 else { return nil }
    self.init(date: date, uncheckedSecond: secondOfDay, nanoseconds: nanoseconds)
  }

  /// `nil` when there is no such time of day; a leap second is not one.
  @inlinable
  public init?(date: CivilDate, hour: Int, minute: Int, second: Int = 0, nanoseconds: Int32 = 0) {
    guard hour >= 0, hour < 24, minute >= 0, minute < 60, second >= 0, second < 60 else { return nil }
    self.init(
      date: date, secondOfDay: Int32(truncatingIfNeeded: hour &* 3600 &+ minute &* 60 &+ second),
      nanoseconds: nanoseconds)
  }

  @inlinable
  init(date: CivilDate, uncheckedSecond secondOfDay: Int32, nanoseconds: Int32) {
    self.date = date
    self.secondOfDay = secondOfDay
    self.nanoseconds = nanoseconds
  }

  /// Seconds since 1970-01-01T00:00:00 as if this were UTC: the axis on which zones and windows are compared.
  @inlinable
  public var localSeconds: Int64 { Int64(date.daysSinceEpoch) &* 86_400 &+ Int64(secondOfDay) }

  /// The inverse of `localSeconds`; `seconds` within a few days of the time line.
  @inlinable
  init(localSeconds seconds: Int64, nanoseconds: Int32) {
    // Shifted by whole 400-year cycles so that the division rounds down.
    let shifted = UInt64(truncatingIfNeeded: seconds &+ 10 &* 12_622_780_800)
    let days = shifted / 86_400
    self.init(
      date: CivilDate(uncheckedDays: Int32(truncatingIfNeeded: Int64(truncatingIfNeeded: days) &- 1_460_970)),
      uncheckedSecond: Int32(truncatingIfNeeded: shifted &- days &* 86_400), nanoseconds: nanoseconds)
  }

  @inlinable
  public var hour: Int { Int(secondOfDay) / 3600 }
  @inlinable
  public var minute: Int { Int(secondOfDay) / 60 % 60 }
  @inlinable
  public var second: Int { Int(secondOfDay) % 60 }
}

extension CivilDateTime: Comparable {
  @inlinable
  public static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
    if left.date != right.date { return left.date < right.date }
    return left.secondOfDay != right.secondOfDay
      ? left.secondOfDay < right.secondOfDay : left.nanoseconds < right.nanoseconds
  }
}

extension CivilDateTime: CustomStringConvertible {
  /// `2026-10-09T14:05:00`, with a fraction only when there is one.
  public var description: String {
    var text: [UInt8] = []
    text.append(self)
    return text.asText
  }
}

extension [UInt8] {
  mutating func append(_ local: CivilDateTime) {
    append(local.date)
    append(UInt8(ascii: "T"))
    append(local.hour, width: 2)
    append(UInt8(ascii: ":"))
    append(local.minute, width: 2)
    append(UInt8(ascii: ":"))
    append(local.second, width: 2)
    append(fractionOfSecond: local.nanoseconds)
  }
}
