/// One day of a calendar, for drawings and explanations.
public struct CalendarDaySegments: Hashable, Sendable {
  public let date: CivilDate
  public let reason: DayReason
  /// The windows that start on this day.
  public let windows: [OpenWindow]
  /// The open time between this day's midnight and the next, which includes the rest of a window of the day before.
  public let open: [Interval]

  /// `start <= t < end`
  public struct Interval: Hashable, Sendable {
    public let start: Instant
    public let end: Instant
  }
}

extension BusinessCalendar {
  /// `nil` for the days at the ends of the time line that do not lie on it as a whole.
  public func daySegments(on date: CivilDate) -> CalendarDaySegments? {
    guard let start = zone.startOfDay(date),
      let end = zone.startOfDay(CivilDate(uncheckedDays: date.daysSinceEpoch + 1))
    else { return nil }
    var open: [CalendarDaySegments.Interval] = []
    var here = start
    while let opening = nextOpen(here), opening < end {
      let closing = min(nextClosed(opening) ?? end, end)
      open.append(CalendarDaySegments.Interval(start: opening, end: closing))
      here = closing
    }
    return CalendarDaySegments(
      date: date, reason: hours.reason(on: date), windows: hours.windows(on: date), open: open)
  }
}
