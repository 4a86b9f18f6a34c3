import DocketTime
import Testing

/// The worked vectors of the field study, section 3.4, as far as calendars decide them.
@Suite struct BusinessCalendarTests {
  static func china(lunch: Bool = false) throws -> CalendarDefinition {
    let windows =
      lunch
      ? [try window("09:30", "12:00"), try window("13:00", "21:00")]
      : [try window("09:30", "21:00")]
    return CalendarDefinition(zone: try zone("Asia/Shanghai"), on: CalendarDefinition.workweek, windows)
  }

  static func newYork(_ days: [Weekday], _ start: String, _ end: String) throws -> BusinessCalendar {
    try compile(
      CalendarDefinition(zone: try zone("America/New_York"), on: days, [try window(start, end)]))
  }

  static func compile(_ definition: CalendarDefinition) throws -> BusinessCalendar {
    var problems: [CalendarProblem] = []
    let calendar = BusinessCalendar(definition, problems: &problems)
    #expect(problems.filter(\.isFatal) == [])
    return try #require(calendar)
  }

  private func expect(
    _ calendar: BusinessCalendar, _ start: String, _ duration: String, due: String, breachFrom: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let deadline = try #require(calendar.add(at(start, calendar.zone), span(duration)))
    #expect(try deadline.due == at(due, calendar.zone), sourceLocation: location)
    #expect(try deadline.breachFrom == at(breachFrom ?? due, calendar.zone), sourceLocation: location)
    #expect(
      try calendar.elapsed(from: at(start, calendar.zone), to: deadline.due) == span(duration), sourceLocation: location
    )
  }

  @Test func `V1 to V5: targets in a working week`() throws {
    let calendar = try Self.compile(try Self.china())
    try expect(calendar, "2026-08-28 20:30", "1h", due: "2026-08-31 10:00")
    try expect(calendar, "2026-08-29 12:00", "1h", due: "2026-08-31 10:30")
    try expect(calendar, "2026-08-28 09:30", "11h30m", due: "2026-08-28 21:00", breachFrom: "2026-08-31 09:30")
    try expect(calendar, "2026-08-31 09:30", "24h", due: "2026-09-02 10:30")
    try expect(calendar, "2026-08-29 12:00", "0s", due: "2026-08-29 12:00", breachFrom: "2026-08-31 09:30")
  }

  @Test func `V4b: a business day is the open time of one workday`() throws {
    let calendar = try Self.compile(try Self.china())
    let start = try at("2026-08-31 09:30", calendar.zone)
    let next = try #require(calendar.addWorkdays(start, 1))
    let workday = calendar.elapsed(from: start, to: next)
    try expect(
      calendar, "2026-08-31 09:30", workday.celString(), due: "2026-08-31 21:00", breachFrom: "2026-09-01 09:30")
  }

  @Test func `V6 and V7: holidays and make-up days`() throws {
    var definition = try Self.china()
    try expect(try Self.compile(definition), "2026-09-30 20:00", "4h", due: "2026-10-01 12:30")
    definition.closed = [ClosedDates(try day("2026-10-01"), try day("2026-10-07"), name: "National Day")]
    try expect(try Self.compile(definition), "2026-09-30 20:00", "4h", due: "2026-10-08 12:30")
    try expect(try Self.compile(definition), "2026-10-09 20:00", "4h", due: "2026-10-12 12:30")
    for hours in [OpenDate.Hours.like(.monday), .usual, .windows([try window("09:30", "21:00")])] {
      definition.open = [OpenDate(try day("2026-10-10"), hours, name: "调休")]
      try expect(try Self.compile(definition), "2026-10-09 20:00", "4h", due: "2026-10-10 12:30")
    }
  }

  /// A pause is time that does not count: the target is used up piece by piece.
  private func due(_ calendar: BusinessCalendar, _ start: String, _ target: String, pauses: [(String, String)]) throws
    -> Instant?
  {
    var left = try span(target)
    var from = try at(start, calendar.zone)
    for pause in pauses {
      let used = calendar.elapsed(from: from, to: try at(pause.0, calendar.zone))
      if used >= left { break }
      left = try #require(left.subtracting(used))
      from = try at(pause.1, calendar.zone)
    }
    return calendar.add(from, left)?.due
  }

  @Test func `V8: only open time is ever paused`() throws {
    let calendar = try Self.compile(try Self.china())
    let zone = calendar.zone
    #expect(try due(calendar, "2026-08-31 10:00", "4h", pauses: []) == at("2026-08-31 14:00", zone))
    #expect(
      try due(calendar, "2026-08-31 10:00", "4h", pauses: [("2026-08-31 11:00", "2026-08-31 12:00")])
        == at("2026-08-31 15:00", zone))
    // 8b: overlapping pauses unite to 11:00-13:00.
    #expect(
      try due(calendar, "2026-08-31 10:00", "4h", pauses: [("2026-08-31 11:00", "2026-08-31 13:00")])
        == at("2026-08-31 16:00", zone))
    #expect(
      try due(calendar, "2026-08-31 19:00", "4h", pauses: [("2026-08-31 20:00", "2026-09-01 10:00")])
        == at("2026-09-01 13:00", zone))
    #expect(
      try due(calendar, "2026-08-28 19:00", "4h", pauses: [("2026-08-29 08:00", "2026-08-30 20:00")])
        == at("2026-08-31 11:30", zone))
  }

  @Test func `V10 and V17: a weekend in New York, also when the clock changes`() throws {
    let calendar = try Self.newYork(CalendarDefinition.workweek, "09:00", "17:00")
    let deadline = try #require(calendar.add(at("2026-03-06 16:30", calendar.zone), span("1h")))
    #expect(deadline.due == (try utc("2026-03-09T09:30:00-04:00")))
    #expect(deadline.breachFrom == deadline.due)
    try expect(calendar, "2026-06-05 16:30", "1h", due: "2026-06-08 09:30")
  }

  @Test func `V11: days of 23 and 25 hours`() throws {
    let zone = try zone("America/New_York")
    for calendar in [BusinessCalendar.always(in: zone), try Self.newYork(Weekday.allCases, "00:00", "24:00")] {
      #expect(
        try calendar.elapsed(from: at("2026-03-08", zone), to: at("2026-03-09", zone)) == span("23h"))
      #expect(
        try calendar.elapsed(from: at("2026-11-01", zone), to: at("2026-11-02", zone)) == span("25h"))
    }
  }

  @Test(arguments: [
    ("02:00", "03:30", "2026-03-08", "30m"), ("01:30", "02:30", "2026-03-08", "30m"),
    ("01:30", "02:30", "2026-11-01", "1h30m"), ("01:00", "01:30", "2026-11-01", "1h"),
  ])
  func `V12 to V15: gaps and folds count pointwise`(_ start: String, _ end: String, _ date: String, _ open: String)
    throws
  {
    let calendar = try Self.newYork([.sunday], start, end)
    let from = try at(date, calendar.zone)
    let to = try #require(calendar.zone.endOf(.day, from))
    #expect(calendar.elapsed(from: from, to: to) == (try span(open)))
    let plan = try #require(calendar.daySegments(on: try day(date)))
    let pieces = plan.open.reduce(0) { $0 + $1.end.seconds - $1.start.seconds }
    #expect(pieces == (try span(open)).seconds)
    #expect(plan.open.count == (start == "01:00" ? 2 : 1 + (open == "1h30m" ? 1 : 0)))
  }

  @Test func `V16: business and actual time`() throws {
    let calendar = try Self.newYork(CalendarDefinition.workweek, "09:00", "17:00")
    let start = try at("2026-06-02 14:00", calendar.zone)
    let look = try at("2026-06-03 09:00", calendar.zone)
    #expect(calendar.elapsed(from: start, to: look) == (try span("3h")))
    #expect(look.duration(since: start) == (try span("19h")))
  }

  @Test func `V18: lunch`() throws {
    try expect(
      try Self.compile(try Self.china(lunch: true)), "2026-08-31 11:30", "1h", due: "2026-08-31 13:30")
  }

  @Test func `V19: a calendar that never opens is an error`() throws {
    var problems: [CalendarProblem] = []
    #expect(BusinessCalendar(CalendarDefinition(zone: .utc), problems: &problems) == nil)
    #expect(problems == [.neverOpens])
  }

  @Test func `a window across midnight belongs to the day on which it starts`() throws {
    var definition = CalendarDefinition(
      zone: .utc, on: [.friday, .saturday], [try window("22:00", "06:00")])
    definition.closed = [ClosedDates(try day("2026-08-29"), name: "closed Saturday")]
    let calendar = try Self.compile(definition)
    #expect(calendar.isOpen(try utc("2026-08-29T05:59:59.999999999Z")))
    #expect(!calendar.isOpen(try utc("2026-08-29T06:00:00Z")))
    #expect(!calendar.isOpen(try utc("2026-08-29T23:00:00Z")))
    #expect(calendar.closing(try utc("2026-08-28T01:00:00Z"), 0) == (try utc("2026-08-29T06:00:00Z")))
    #expect(calendar.nextOpen(try utc("2026-08-29T07:00:00Z")) == (try utc("2026-09-04T22:00:00Z")))
    let plan = try #require(calendar.daySegments(on: try day("2026-08-29")))
    #expect(plan.reason == .closed(name: "closed Saturday"))
    #expect(plan.windows == [])
    #expect(plan.open.map(\.end) == [try utc("2026-08-29T06:00:00Z")])
  }

  @Test func `nanoseconds are exact`() throws {
    let calendar = try Self.compile(try Self.china())
    let zone = calendar.zone
    let start = try #require(try at("2026-08-28 20:59:59", zone).adding(span("0.75s")))
    let deadline = try #require(calendar.add(start, try span("0.5s")))
    #expect(deadline.due == (try at("2026-08-31 09:30", zone).adding(span("0.25s"))))
    #expect(calendar.elapsed(from: start, to: deadline.due) == (try span("0.5s")))
    #expect(calendar.elapsed(from: deadline.due, to: start) == (try span("-0.5s")))
    let exact = try #require(calendar.add(start, try span("0.25s")))
    #expect(exact.due == (try at("2026-08-28 21:00", zone)))
    #expect(exact.breachFrom == (try at("2026-08-31 09:30", zone)))
    #expect(calendar.add(deadline.due, try span("-0.5s"))?.due == start)
  }

  @Test func `workdays keep the local time`() throws {
    var definition = try Self.china()
    definition.closed = [ClosedDates(try day("2026-10-01"), try day("2026-10-07"))]
    definition.open = [OpenDate(try day("2026-10-10"), .usual)]
    definition.knownUntil = try day("2026-12-31")
    let calendar = try Self.compile(definition)
    let zone = calendar.zone
    #expect(calendar.addWorkdays(try at("2026-09-30 23:00", zone), 1) == (try at("2026-10-08 23:00", zone)))
    #expect(calendar.addWorkdays(try at("2026-10-03 07:15", zone), 0) == (try at("2026-10-08 07:15", zone)))
    #expect(calendar.addWorkdays(try at("2026-10-03 07:15", zone), 2) == (try at("2026-10-10 07:15", zone)))
    #expect(calendar.addWorkdays(try at("2026-10-08 07:15", zone), 3) == (try at("2026-10-12 07:15", zone)))
    #expect(calendar.addWorkdays(try at("2026-10-03 07:15", zone), -1) == (try at("2026-09-29 07:15", zone)))
    #expect(calendar.addWorkdays(.maximum, 10) == nil)
    #expect(calendar.addWorkdays(.minimum, .max) == nil)
    #expect(calendar.closing(try at("2026-09-30 10:00", zone), 1) == (try at("2026-10-08 21:00", zone)))
    #expect(calendar.closing(try at("2026-10-03 10:00", zone), 1) == (try at("2026-10-08 21:00", zone)))
    #expect(calendar.closing(try at("2026-10-03 10:00", zone), 0) == (try at("2026-10-08 21:00", zone)))
    #expect(calendar.at(try at("2026-10-03 10:00", zone), "08:30") == (try at("2026-10-03 08:30", zone)))
    #expect(calendar.at(try at("2026-10-03 10:00", zone), "24:00") == (try at("2026-10-04", zone)))
    #expect(calendar.at(try at("2026-10-03 10:00", zone), "25:00") == nil)
    #expect(calendar.isWorkday(try at("2026-10-10 10:00", zone)))
    #expect(!calendar.isWorkday(try at("2026-10-11 10:00", zone)))
    #expect(!calendar.isProvisional(try at("2026-12-31 23:59", zone)))
    #expect(calendar.isProvisional(try at("2027-01-01 00:00", zone)))
  }

  @Test func `closing in a gap or a fold is the last open moment`() throws {
    func closing(_ start: String, _ end: String, _ date: String) throws -> Instant? {
      try Self.newYork([.sunday], start, end).closing(of: try day(date))
    }
    #expect(try closing("01:00", "02:30", "2026-03-08") == utc("2026-03-08T07:00:00Z"))
    #expect(try closing("01:00", "01:30", "2026-11-01") == utc("2026-11-01T06:30:00Z"))
    #expect(try closing("00:00", "01:00", "2026-11-01") == utc("2026-11-01T05:00:00Z"))
  }

  @Test func `suspicious and wrong windows are told`() throws {
    let zone = Zone.utc
    let early = OpenWindow(start: 0, end: 7200)
    let late = OpenWindow(start: 3600, end: 86_340)
    #expect(
      CalendarDefinition(zone: zone, on: [.monday], [late, early]).problems() == [
        .windowOverlap(.weekday(.monday), early, late), .lastMinuteClosed(.weekday(.monday), late),
      ])
    let empty = OpenWindow(start: 3600, end: 3600)
    let long = OpenWindow(start: 3600, end: 100_000)
    var definition = CalendarDefinition(zone: zone, on: [.monday], [empty, long])
    definition.closed = [ClosedDates(.epoch, .minimum)]
    definition.open = [OpenDate(.epoch, .like(.sunday))]
    #expect(
      definition.problems() == [
        .windowEmpty(.weekday(.monday), empty), .timeOutOfRange(.weekday(.monday), long),
        .rangeReversed(definition.closed[0]), .openDateWithoutHours(.epoch),
      ])
    #expect(OpenWindow("09:30", "25:00") == nil)
    #expect(OpenWindow("24:00", "06:00") == nil)
  }

  @Test func `the whole time line can be measured`() throws {
    let calendar = try Self.compile(try Self.china())
    let whole = calendar.elapsed(from: .minimum, to: .maximum)
    // 9999 years have 521 722 weeks and 5 days, Monday to Friday; Shanghai's changes of the clock fall at night.
    #expect(whole.seconds / 41_400 == 521_722 * 5 + 5)
    #expect(calendar.add(.minimum, .maximum)?.due != nil)
    #expect(calendar.add(.maximum, try span("1h")) == nil)
    #expect(calendar.add(.minimum, try span("-1h")) == nil)
    #expect(calendar.nextOpen(.maximum) == nil)
  }
}

@Suite struct RegularCalendarTests {
  @Test func aCalendarWithoutTransitionsMeasuresAllYears() throws {
    var problems: [CalendarProblem] = []
    let definition = CalendarDefinition(zone: .utc, on: CalendarDefinition.workweek, [.wholeDay])
    let calendar = try #require(BusinessCalendar(definition, problems: &problems))
    for year in [1, 2, 400, 401, 1970, 2016, 5000, 9998] {
      let monday = try #require(CivilDate(year: year, month: 6, day: 1)).monday
      let start = try #require(Zone.utc.startOfDay(monday))
      let end = try #require(monday.addingDays(7).flatMap { Zone.utc.startOfDay($0) })
      #expect(calendar.elapsed(from: start, to: end) == TimeDuration(seconds: 5 * 86_400))
    }
  }

  @Test func everyHourCountsAlways() throws {
    let start = try #require(Instant(seconds: 0))
    let end = try #require(Instant(seconds: 1_000_000))
    #expect(BusinessCalendar.always.elapsed(from: start, to: end) == TimeDuration(seconds: 1_000_000))
    #expect(BusinessCalendar.always.isOpen(.maximum))
  }
}
