/// A day of the proleptic Gregorian calendar without a zone, 0001-01-01 ... 9999-12-31.
///
/// `Zone.local` may return the day before the first or after the last one, for the first and last hours of the time
/// line; nothing traps on these, and no operation that checks its range returns them.
@frozen
public struct CivilDate: Hashable, Sendable, BitwiseCopyable {
  /// Days since 1970-01-01.
  public let daysSinceEpoch: Int32

  @inlinable
  public init(uncheckedDays days: Int32) { daysSinceEpoch = days }

  /// `nil` outside the years 0001 ... 9999.
  @inlinable
  public init?(daysSinceEpoch days: Int64) {
    guard days >= Int64(CivilDate.minimum.daysSinceEpoch), days <= Int64(CivilDate.maximum.daysSinceEpoch) else {
      return nil
    }
    self.init(uncheckedDays: Int32(truncatingIfNeeded: days))
  }

  /// `nil` when there is no such day.
  @inlinable
  public init?(year: Int, month: Int, day: Int) {
    guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1, day <= CivilDate.daysInMonth(month, year: year)
    else { return nil }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  public static let minimum = CivilDate(uncheckedDays: -719_162)
  public static let maximum = CivilDate(uncheckedDays: 2_932_896)
  public static let epoch = CivilDate(uncheckedDays: 0)
}

extension CivilDate: Comparable {
  @inlinable
  public static func < (left: CivilDate, right: CivilDate) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }
}

// MARK: - Years, months and days

extension CivilDate {
  /// All three parts at once, by the method of C. Neri and L. Schneider, "Euclidean affine functions and their
  /// application to calendar algorithms" (2022): years begin in March, 400-year cycles have 146 097 days.
  @inlinable
  public var parts: (year: Int, month: Int, day: Int) {
    // Shifted by one more cycle so that days before the year 1 stay positive.
    let number = UInt32(truncatingIfNeeded: daysSinceEpoch &+ 719_468 &+ 146_097)
    let century4 = 4 &* number &+ 3
    let century = century4 / 146_097
    let year4 = 4 &* (century4 % 146_097 / 4) &+ 3
    let product = 2_939_745 &* UInt64(year4)
    let yearOfCentury = UInt32(truncatingIfNeeded: product >> 32)
    let dayOfYear = UInt32(truncatingIfNeeded: product) / 2_939_745 / 4
    let month = 2141 &* dayOfYear &+ 197_913
    let isNextYear = dayOfYear >= 306
    return (
      Int(100 &* century &+ yearOfCentury) &- 400 &+ (isNextYear ? 1 : 0),
      Int(month >> 16) &- (isNextYear ? 12 : 0),
      Int((month & 0xFFFF) / 2141) &+ 1
    )
  }

  @inlinable
  public var year: Int { parts.year }
  /// 1 ... 12
  @inlinable
  public var month: Int { parts.month }
  /// 1 ... 31
  @inlinable
  public var day: Int { parts.day }

  @inlinable
  init(uncheckedYear year: Int, month: Int, day: Int) {
    let shifted = year &+ 400 &- (month <= 2 ? 1 : 0)
    let century = shifted / 100
    let monthDays = (979 &* (month <= 2 ? month &+ 12 : month) &- 2919) >> 5
    let number = 1461 &* shifted / 4 &- century &+ century / 4 &+ monthDays &+ day &- 1
    self.init(uncheckedDays: Int32(truncatingIfNeeded: number &- 719_468 &- 146_097))
  }

  @inlinable
  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// 28 ... 31; 0 for a month outside 1 ... 12.
  @inlinable
  public static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    case 1, 3, 5, 7, 8, 10, 12: 31
    default: 0
    }
  }

  /// 1 ... 366
  public var dayOfYear: Int {
    Int(daysSinceEpoch &- CivilDate(uncheckedYear: year, month: 1, day: 1).daysSinceEpoch) &+ 1
  }
}

// MARK: - Weeks

extension CivilDate {
  @inlinable
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday; the shift is a multiple of 7 that keeps the number positive.
    Weekday(rawValue: UInt8(truncatingIfNeeded: (Int64(daysSinceEpoch) &+ 3 &+ 7_000_000_000) % 7) &+ 1) ?? .monday
  }

  /// The Monday of this day's week.
  @inlinable
  public var monday: CivilDate {
    CivilDate(uncheckedDays: daysSinceEpoch &- Int32(weekday.rawValue) &+ 1)
  }

  /// ISO 8601: weeks begin on Monday and belong to the year that holds their Thursday.
  public var isoWeek: (year: Int, week: Int) {
    let thursday = CivilDate(uncheckedDays: monday.daysSinceEpoch &+ 3)
    return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
  }
}

// MARK: - Arithmetic

extension CivilDate {
  /// `nil` when the result is outside the range.
  @inlinable
  public func addingDays(_ count: Int64) -> CivilDate? {
    let (sum, overflow) = Int64(daysSinceEpoch).addingReportingOverflow(count)
    return overflow ? nil : CivilDate(daysSinceEpoch: sum)
  }

  /// Clamped to the end of the month: a month after January 31 is February 28 or 29.
  public func addingMonths(_ count: Int64) -> CivilDate? {
    guard count > -200_000, count < 200_000 else { return nil }
    let (year, month, day) = parts
    let months = year * 12 + month - 1 + Int(count)
    guard months >= 12, months < 120_000 else { return nil }
    let (newYear, newMonth) = (months / 12, months % 12 + 1)
    return CivilDate(
      year: newYear, month: newMonth, day: min(day, CivilDate.daysInMonth(newMonth, year: newYear)))
  }

  /// Days from `earlier` to this one.
  @inlinable
  public func days(since earlier: CivilDate) -> Int {
    Int(daysSinceEpoch) &- Int(earlier.daysSinceEpoch)
  }
}

// MARK: - Text

extension CivilDate {
  /// Exactly `2026-10-09`; `nil` for anything else and for a day that does not exist.
  public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> CivilDate? {
    var cursor = ByteCursor(bytes)
    guard let date = cursor.date(), cursor.isAtEnd else { return nil }
    return date
  }

  public static func parse(_ text: some StringProtocol) -> CivilDate? {
    text.withBytes { parse($0) }
  }
}

extension CivilDate: CustomStringConvertible {
  /// `2026-10-09`
  public var description: String {
    var text: [UInt8] = []
    text.append(self)
    return text.asText
  }
}

extension ByteCursor {
  mutating func date() -> CivilDate? {
    guard let year = digits(4), take(UInt8(ascii: "-")), let month = digits(2), take(UInt8(ascii: "-")),
      let day = digits(2)
    else { return nil }
    return CivilDate(year: Int(year), month: Int(month), day: Int(day))
  }
}

extension [UInt8] {
  mutating func append(_ date: CivilDate) {
    let (year, month, day) = date.parts
    append(year, width: 4)
    append(UInt8(ascii: "-"))
    append(month, width: 2)
    append(UInt8(ascii: "-"))
    append(day, width: 2)
  }
}
