import DocketTime
import Testing

/// What must hold for every calendar, instant and duration, on generated ones. A calendar serves a hundred cases, since
/// compiling its years is what takes time.
@Suite struct CalendarLawTests {
  static let count = max(10_000, caseCount)

  private static let zones = [
    "America/New_York", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "UTC",
    "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kathmandu", "America/St_Johns",
  ]

  private struct Case {
    var definition: CalendarDefinition
    var calendar: BusinessCalendar
    var random: SeededGenerator

    /// Instants within a year and a half of 2026.
    mutating func instant() -> Instant {
      Instant(
        uncheckedSeconds: Int64.random(in: 1_767_225_600..<1_814_400_000, using: &random),
        nanoseconds: Bool.random(using: &random) ? 0 : Int32.random(in: 0..<1_000_000_000, using: &random))
    }

    mutating func duration() -> TimeDuration {
      TimeDuration(
        uncheckedSeconds: Int64.random(in: 0...400_000, using: &random),
        nanoseconds: Bool.random(using: &random) ? 0 : Int32.random(in: 0..<1_000_000_000, using: &random))
    }
  }

  private func definition(_ zone: Zone, _ random: inout SeededGenerator, hasExceptions: Bool) -> CalendarDefinition {
    func windows() -> [OpenWindow] {
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        let start = Int32.random(in: 0..<86_400, using: &random)
        return OpenWindow(start: start, end: start + Int32.random(in: 1...86_400, using: &random))
      }
    }
    var definition = CalendarDefinition(zone: zone)
    for day in Weekday.allCases where Bool.random(using: &random) { definition.weekly[day] = windows() }
    if definition.weekly.isEmpty { definition.weekly[.monday] = windows() }
    guard hasExceptions else { return definition }
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let first = CivilDate(uncheckedDays: 20_454 + Int32.random(in: 0..<540, using: &random))
      let last = CivilDate(uncheckedDays: first.daysSinceEpoch + Int32.random(in: 0...9, using: &random))
      definition.closed.append(ClosedDates(first, last))
      definition.open.append(
        OpenDate(CivilDate(uncheckedDays: 20_454 + Int32.random(in: 0..<540, using: &random)), .windows(windows())))
    }
    return definition
  }

  private func everyCase(
    seed: UInt64, zones: [String] = zones, hasExceptions: Bool = true, _ body: (inout Case) throws -> Void
  ) throws {
    var random = SeededGenerator(seed)
    for number in 0..<(Self.count / 100) {
      let definition = definition(try zone(zones[number % zones.count]), &random, hasExceptions: hasExceptions)
      let calendar = try BusinessCalendarTests.compile(definition)
      var one = Case(definition: definition, calendar: calendar, random: random)
      for _ in 0..<100 { try body(&one) }
      random = one.random
    }
  }

  @Test func `elapsed time adds up (law 1)`() throws {
    try everyCase(seed: 1) { one in
      let (a, b, c) = (one.instant(), one.instant(), one.instant())
      let calendar = one.calendar
      let parts = calendar.elapsed(from: a, to: b).adding(calendar.elapsed(from: b, to: c))
      #expect(parts == calendar.elapsed(from: a, to: c))
    }
  }

  @Test func `more open time never moves a deadline later (law 3)`() throws {
    var more: BusinessCalendar?
    var of: BusinessCalendar?
    try everyCase(seed: 3) { one in
      if of !== one.calendar {
        of = one.calendar
        var definition = one.definition
        let start = Int32.random(in: 0..<86_400, using: &one.random)
        let weekday = Weekday.allCases.randomElement(using: &one.random) ?? .monday
        definition.weekly[weekday, default: []].append(OpenWindow(start: start, end: start + 7_200))
        if !definition.closed.isEmpty { definition.closed.removeLast() }
        more = try BusinessCalendarTests.compile(definition)
      }
      let (start, duration) = (one.instant(), one.duration())
      let before = try #require(one.calendar.add(start, duration))
      let wider = try #require(more)
      let after = try #require(wider.add(start, duration))
      #expect(after.due <= before.due)
      #expect(after.breachFrom <= before.breachFrom)
    }
  }

  @Test func `a longer target is not due earlier (law 4)`() throws {
    try everyCase(seed: 4) { one in
      let start = one.instant()
      let durations = [one.duration(), one.duration()].sorted()
      let short = try #require(one.calendar.add(start, durations[0]))
      let long = try #require(one.calendar.add(start, durations[1]))
      #expect(short.due <= long.due)
      #expect(short.breachFrom <= long.breachFrom)
    }
  }

  @Test func `a week later everything is a week later (law 5)`() throws {
    // Zones whose clocks do not change, and no days of their own.
    let zones = ["Asia/Shanghai", "UTC", "Asia/Kathmandu", "Asia/Tokyo"]
    let week = TimeDuration(uncheckedSeconds: 7 * 86_400)
    try everyCase(seed: 5, zones: zones, hasExceptions: false) { one in
      let (start, duration) = (one.instant(), one.duration())
      let deadline = try #require(one.calendar.add(start, duration))
      let later = try #require(start.adding(week))
      let shifted = try #require(one.calendar.add(later, duration))
      #expect(shifted.due == deadline.due.adding(week))
      #expect(shifted.breachFrom == deadline.breachFrom.adding(week))
    }
  }

  @Test func `deadlines and elapsed time are inverses (law 9)`() throws {
    try everyCase(seed: 9) { one in
      let (start, duration) = (one.instant(), one.duration())
      let calendar = one.calendar
      let deadline = try #require(calendar.add(start, duration))
      #expect(calendar.elapsed(from: start, to: deadline.due) == duration)
      #expect(calendar.elapsed(from: start, to: deadline.breachFrom) == duration)
      let end = one.instant()
      guard start < end else { return }
      let elapsed = calendar.elapsed(from: start, to: end)
      let back = try #require(calendar.add(start, elapsed))
      #expect(back.due <= end)
      #expect(calendar.elapsed(from: back.due, to: end) == .zero)
      #expect(end <= back.breachFrom)
    }
  }
}
