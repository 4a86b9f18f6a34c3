import DocketTime
import Testing

/// The fast calendar against a slow one that asks every minute whether it is open.
@Suite struct CalendarReferenceTests {
  /// Open at each minute's begin, decided from the definition and the local time alone.
  private struct Reference {
    let definition: CalendarDefinition

    func windows(on date: CivilDate) -> [OpenWindow] {
      let own = definition.open.filter { $0.date == date }
      if !own.isEmpty {
        return own.flatMap { entry -> [OpenWindow] in
          if case .windows(let windows) = entry.hours { windows } else { [] }
        }
      }
      if definition.closed.contains(where: { $0.first <= date && date <= $0.last }) { return [] }
      return definition.weekly[date.weekday] ?? []
    }

    func isOpen(_ seconds: Int64) -> Bool {
      let local = definition.zone.local(Instant(uncheckedSeconds: seconds))
      let before = CivilDate(uncheckedDays: local.date.daysSinceEpoch - 1)
      return windows(on: local.date).contains { $0.start <= local.secondOfDay && local.secondOfDay < $0.end }
        || windows(on: before).contains { local.secondOfDay + 86_400 < $0.end }
    }
  }

  private static let zones = [
    "America/New_York", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "UTC",
    "Africa/Casablanca", "America/Sao_Paulo",
  ]

  private func definition(_ zone: Zone, near date: CivilDate, _ random: inout SeededGenerator) -> CalendarDefinition {
    func windows() -> [OpenWindow] {
      (0..<Int.random(in: 1...2, using: &random)).map { _ in
        let start = Int32.random(in: 0..<96, using: &random) * 900
        return OpenWindow(start: start, end: start + Int32.random(in: 1...96, using: &random) * 900)
      }
    }
    var definition = CalendarDefinition(zone: zone)
    for day in Weekday.allCases where Bool.random(using: &random) { definition.weekly[day] = windows() }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let first = CivilDate(uncheckedDays: date.daysSinceEpoch + Int32.random(in: -3...10, using: &random))
      let last = CivilDate(uncheckedDays: first.daysSinceEpoch + Int32.random(in: 0...2, using: &random))
      definition.closed.append(ClosedDates(first, last))
    }
    let extra = CivilDate(uncheckedDays: date.daysSinceEpoch + Int32.random(in: -3...10, using: &random))
    definition.open = [OpenDate(extra, .windows(windows()))]
    return definition
  }

  @Test func `elapsed time and deadlines agree with counting minutes`() throws {
    var random = SeededGenerator(2026)
    for number in 0..<caseCount {
      let zone = try zone(Self.zones[number % Self.zones.count])
      // Half of the cases lie around a change of the clock, some far in the future.
      var middle = Int64.random(in: 0...4_000_000_000, using: &random)
      if number % 5 == 0 { middle = Int64.random(in: 20_000_000_000...253_000_000_000, using: &random) }
      if number % 2 == 0, let change = zone.nextTransition(after: Instant(uncheckedSeconds: middle)) {
        middle = change.seconds
      }
      let start = middle / 60 * 60 - Int64.random(in: 0...2880, using: &random) * 60
      let minutes = Int64.random(in: 1...10_000, using: &random)
      let definition = definition(zone, near: zone.localDate(Instant(uncheckedSeconds: start)), &random)
      let reference = Reference(definition: definition)
      let calendar = try BusinessCalendarTests.compile(definition)

      // Offsets and windows are whole minutes since 1970 in all these zones.
      var open: Int64 = 0
      var closings: [(open: Int64, at: Int64)] = []
      for minute in 0..<minutes {
        let here = start + minute * 60
        let isOpen = reference.isOpen(here)
        if isOpen {
          open += 1
          closings.append((open, here + 60))
        }
        if minute % 97 == 0 {
          #expect(calendar.isOpen(Instant(uncheckedSeconds: here)) == isOpen)
          #expect(calendar.isOpen(Instant(uncheckedSeconds: here + 59, nanoseconds: 999_999_999)) == isOpen)
        }
      }
      let from = Instant(uncheckedSeconds: start)
      let to = Instant(uncheckedSeconds: start + minutes * 60)
      #expect(calendar.elapsed(from: from, to: to) == TimeDuration(uncheckedSeconds: open * 60), "case \(number)")
      for _ in 0..<5 {
        guard let sample = closings.randomElement(using: &random) else { break }
        let duration = TimeDuration(uncheckedSeconds: sample.open * 60)
        let deadline = try #require(calendar.add(from, duration))
        #expect(deadline.due.seconds == sample.at, "case \(number)")
        let next = closings.first { $0.open == sample.open + 1 }?.at
        if let next { #expect(deadline.breachFrom.seconds == next - 60, "case \(number)") }
        #expect(calendar.elapsed(from: from, to: deadline.breachFrom) == duration)
        let partly = try #require(duration.subtracting(TimeDuration(uncheckedSeconds: 12, nanoseconds: 345)))
        #expect(
          calendar.add(from, partly)?.due == Instant(uncheckedSeconds: sample.at - 13, nanoseconds: 999_999_655))
        let back = try #require(calendar.add(deadline.due, duration.negated))
        #expect(back.due == calendar.nextOpen(from), "case \(number)")
      }
    }
  }

  @Test func `elapsed time is additive over centuries`() throws {
    var random = SeededGenerator(77)
    for number in 0..<(caseCount / 10 + 1) {
      let zone = try zone(Self.zones[number % Self.zones.count])
      let calendar = try BusinessCalendarTests.compile(definition(zone, near: .epoch, &random))
      let points = (0..<3).map { _ in
        Instant(
          uncheckedSeconds: Int64.random(in: Instant.minimumSeconds...Instant.maximumSeconds, using: &random),
          nanoseconds: Int32.random(in: 0..<1_000_000_000, using: &random))
      }
      let direct = calendar.elapsed(from: points[0], to: points[2])
      let first = calendar.elapsed(from: points[0], to: points[1])
      let second = calendar.elapsed(from: points[1], to: points[2])
      #expect(total(direct) == total(first) + total(second))
    }
  }

  private func total(_ duration: TimeDuration) -> Int128 {
    Int128(duration.seconds) * 1_000_000_000 + Int128(duration.nanoseconds)
  }

  @Test func `many threads compile one calendar`() async throws {
    let calendar = try BusinessCalendarTests.compile(try BusinessCalendarTests.china())
    let expected = calendar.elapsed(from: .minimum, to: .maximum)
    for _ in 0..<3 {
      let fresh = try BusinessCalendarTests.compile(try BusinessCalendarTests.china())
      let results = await withTaskGroup(of: TimeDuration.self) { group in
        for _ in 0..<8 { group.addTask { fresh.elapsed(from: .minimum, to: .maximum) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(results.allSatisfy { $0 == expected })
    }
  }
}
