/// One day, week, month, quarter or year of the civil calendar, without a zone.
@frozen
public struct Period: Hashable, Sendable, BitwiseCopyable {
  public let unit: CalendarUnit
  /// Its first day.
  public let start: CivilDate

  @inlinable
  public init(_ unit: CalendarUnit, containing date: CivilDate) {
    self.unit = unit
    switch unit {
    case .day:
      start = date
    case .week:
      start = date.monday
    case .month:
      start = CivilDate(uncheckedDays: date.daysSinceEpoch &- Int32(truncatingIfNeeded: date.day) &+ 1)
    case .quarter:
      let (year, month, _) = date.parts
      start = CivilDate(uncheckedYear: year, month: (month &- 1) / 3 &* 3 &+ 1, day: 1)
    case .year:
      start = CivilDate(uncheckedYear: date.year, month: 1, day: 1)
    }
  }
}

extension Period: Comparable {
  /// By their first day; periods of different units that begin together by their length.
  @inlinable
  public static func < (left: Period, right: Period) -> Bool {
    left.start != right.start ? left.start < right.start : left.length < right.length
  }

  @inlinable
  var length: Int {
    switch unit {
    case .day: 1
    case .week: 7
    case .month: 30
    case .quarter: 90
    case .year: 365
    }
  }
}

extension Period {
  /// The first day of the next period; it may be the day after the last one of `CivilDate`.
  public var end: CivilDate {
    let months: Int
    switch unit {
    case .day: return CivilDate(uncheckedDays: start.daysSinceEpoch &+ 1)
    case .week: return CivilDate(uncheckedDays: start.daysSinceEpoch &+ 7)
    case .month: months = 1
    case .quarter: months = 3
    case .year: months = 12
    }
    let (year, month, _) = start.parts
    let next = year &* 12 &+ month &- 1 &+ months
    return CivilDate(uncheckedYear: next / 12, month: next % 12 &+ 1, day: 1)
  }

  /// `nil` past the year 9999.
  public var next: Period? {
    end <= .maximum ? Period(unit, containing: end) : nil
  }

  /// `nil` before the year 0001.
  public var previous: Period? {
    guard let day = start.addingDays(-1) else { return nil }
    return Period(unit, containing: day)
  }

  public func contains(_ date: CivilDate) -> Bool { start <= date && date < end }
}

extension Period: CustomStringConvertible {
  /// `2026-10-09`, `2026-W41`, `2026-10`, `2026-Q4`, `2026`.
  public var description: String {
    var text: [UInt8] = []
    let (year, month, _) = start.parts
    switch unit {
    case .day:
      text.append(start)
    case .week:
      let (year, week) = start.isoWeek
      text.append(year, width: 4)
      text.append("-W")
      text.append(week, width: 2)
    case .month:
      text.append(year, width: 4)
      text.append("-")
      text.append(month, width: 2)
    case .quarter:
      text.append(year, width: 4)
      text.append("-Q")
      text.append((month - 1) / 3 + 1)
    case .year:
      text.append(year, width: 4)
    }
    return text.asText
  }
}
