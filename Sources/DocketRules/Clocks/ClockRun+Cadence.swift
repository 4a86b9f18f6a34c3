/// Cadence clocks: one cycle a calendar period, kept by an event in the period at or before its moment.

import DocketRuntime
import DocketSemantics
import DocketTime

extension ClockRun {
  /// More periods than anybody looks at; a day a cycle since the year 1700.
  private static let maximumCycles = 120_000

  mutating func cadenceClocks(_ cadence: CheckedSLA.Cadence, into found: inout [Clock]) {
    let zone = evaluator.zone
    guard let stop = sla.stop else { return found.append(plain(.undecided, "stop: no events")) }
    if case .when = stop { return found.append(plain(.undecided, "stop: no events")) }
    var events: [Instant] = []
    add(instantsOf: stop, to: &events)
    events.sort()
    guard case .timestamp(let from) = evaluate(cadence.from, at: now) else {
      return found.append(plain(.notStarted))
    }
    var until: Instant?
    if let expression = cadence.until {
      switch evaluate(expression, at: now) {
      case .timestamp(let instant): until = instant
      case let other where isAbsence(other): break
      case let other: undecided = undecided ?? "until: \(engine.cause(other))"
      }
    }
    if let undecided { return found.append(plain(.undecided, undecided)) }
    let before = found.count
    var period: Period? = zone.period(cadence.unit, from)
    while let current = period, found.count - before < Self.maximumCycles, let start = zone.start(of: current),
      start <= now,
      let end = zone.end(of: current)
    {
      if let until, let due = cadence.due(in: current, zone), due > until { break }
      var cycle = ClockCycle(start: start)
      if let kept = events.first(where: { start <= $0 && $0 < end }) { cycle.end = .stopped(kept) }
      found.append(applicable(cycle, number: found.count - before + 1, from: from))
      period = current.next
    }
    if found.count == before { found.append(plain(.notStarted)) }
  }

  /// The clock of a period in which `where` holds when it begins.
  private func applicable(_ cycle: ClockCycle, number: Int, from: Instant) -> Clock {
    guard let filter = sla.filter else { return clock(cycle, number: number) }
    let begin = cycle.start < from ? from : cycle.start
    switch evaluate(filter, at: begin) {
    case .bool(true): return clock(cycle, number: number)
    case .bool(false): return Clock(sla: plan.index, item: item, cycle: number, status: .notApplicable)
    case let other:
      return Clock(
        sla: plan.index, item: item, cycle: number, status: .undecided, cause: "where: \(engine.cause(other))")
    }
  }
}

extension CheckedSLA.Cadence {
  /// The moment of a period: its weekday or day of the month at the time of day, or its last day where none is named. A day
  /// past the month's end is that end.
  func due(in period: Period, _ zone: Zone) -> Instant? {
    var date: CivilDate?
    if let weekday {
      date = period.start.addingDays(Int64((weekday - Int(period.start.weekday.rawValue) + 7) % 7))
    } else if let day {
      let (year, month, _) = period.start.parts
      date = CivilDate(year: year, month: month, day: min(max(1, day), CivilDate.daysInMonth(month, year: year)))
    } else {
      date = period.end.addingDays(-1)
    }
    guard let date, let local = CivilDateTime(date: date, secondOfDay: Int32(secondOfDay)) else { return nil }
    return zone.resolve(local).instant
  }
}
