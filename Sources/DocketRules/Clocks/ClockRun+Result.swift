/// The clock of one item: from a cycle to its result.

import DocketRuntime
import DocketSemantics
import DocketTime

extension ClockRun {
  func clock(_ cycle: ClockCycle, number: Int) -> Clock {
    var clock = Clock(sla: plan.index, item: item, cycle: number, status: .running)
    clock.start = cycle.start
    clock.stop = cycle.stop
    clock.pauses = cycle.pauses
    var end = now
    var ending: Instant?
    switch cycle.end {
    case .running: break
    case .stopped(let instant): (end, ending) = (instant, instant)
    case .cancelled(let instant, let cause):
      (end, ending) = (instant, instant)
      clock.cause = cause
    }
    // What lies ahead counts by the calendar of the end.
    let calendar: BusinessCalendar
    let measure: ClockMeasure
    var changes: [ClockMeasure.Calendar] = []
    switch self.calendars(cycle, until: end) {
    case .one(let found):
      calendar = found
      measure = ClockMeasure(start: cycle.start, pauses: cycle.pauses, calendar: found)
    case .changing(let found):
      changes = found
      calendar = found.last?.calendar ?? .always
      measure = ClockMeasure(start: cycle.start, pauses: cycle.pauses, calendars: found)
    case .undecided(let cause): return undecided(clock, cause)
    }
    let elapsed = measure.elapsed(until: end)
    clock.elapsed = elapsed
    clock.wallElapsed = end.duration(since: cycle.start)

    let target: TimeDuration
    switch self.target(cycle, end: end, measure: measure, calendar: calendar) {
    case .amount(let amount):
      target = amount
      (clock.due, clock.breachFrom) = measure.reaching(amount)
    case .promise(let due):
      target = measure.elapsed(until: due)
      (clock.due, clock.breachFrom) = (due, due)
    case .none: return withoutTarget(clock)
    case .undecided(let cause): return undecided(clock, cause)
    }
    if let observe {
      tell(observe, changes.isEmpty ? [(cycle.start, calendar)] : changes, until: clock.due.map { max($0, end) } ?? end)
    }
    clock.remaining = target.subtracting(elapsed)
    clock.isProvisional = clock.due.map { calendar.isProvisional($0) } ?? false
    let isExceeded: Bool
    if let due = clock.due, plan.isPromise {
      isExceeded = cycle.stop.map { $0 > due } ?? (now > due)
    } else {
      isExceeded = elapsed > target
    }
    decide(&clock, cycle, isExceeded: isExceeded, elapsed: elapsed, target: target)
    if cycle.isPaused, !isExceeded, case .running = cycle.end, clock.due.map({ $0 > now }) ?? true {
      clock.due = nil
      clock.breachFrom = nil
    }
    if isExceeded, clock.cause == nil, isBreachedByChange(cycle, until: end, measure) {
      clock.cause = Clock.policyChange
    }
    clock.effects = effects(clock, measure, target: target, ending: ending)
    return clock
  }

  /// Tells on which hours a clock has counted, and will until it is due.
  private func tell(_ observe: (RuleEvent) -> Void, _ calendars: [ClockMeasure.Calendar], until last: Instant) {
    for (position, stretch) in calendars.enumerated() {
      guard let index = engine.rulebook.calendars.firstIndex(where: { $0.calendar === stretch.calendar }) else {
        continue
      }
      let to = position + 1 < calendars.count ? calendars[position + 1].from : last
      observe(.counted(calendar: index, from: stretch.from, to: to))
    }
  }

  private func decide(
    _ clock: inout Clock, _ cycle: ClockCycle, isExceeded: Bool, elapsed: TimeDuration, target: TimeDuration
  ) {
    switch cycle.end {
    case .cancelled: clock.status = .cancelled
    case .stopped:
      clock.status = isExceeded ? .breached : .met
      clock.met = !isExceeded
    case .running:
      if isExceeded {
        clock.status = .breached
        clock.met = false
      } else if cycle.isPaused {
        clock.status = .paused
      } else if let share = plan.firstPercentage,
        elapsed >= target.share(numerator: share.numerator, scale: share.scale)
      {
        clock.status = .atRisk
      }
    }
  }

  private func undecided(_ clock: Clock, _ cause: String) -> Clock {
    var clock = clock
    clock.status = .undecided
    clock.cause = cause
    return clock
  }

  private func withoutTarget(_ clock: Clock) -> Clock {
    Clock(sla: plan.index, item: item, cycle: clock.cycle, status: .notApplicable, cause: Clock.noTarget)
  }

  // MARK: - Targets

  private enum TargetResult {
    case amount(TimeDuration)
    case promise(Instant)
    case none
    case undecided(String)
  }

  private func target(_ cycle: ClockCycle, end: Instant, measure: ClockMeasure, calendar: BusinessCalendar)
    -> TargetResult
  {
    switch plan.sla.target {
    case .cadence(let cadence):
      return cadence.due(in: evaluator.zone.period(cadence.unit, cycle.start), evaluator.zone).map { .promise($0) }
        ?? .undecided("due: out of range")
    case .due(let expression, let isAsOfStart):
      switch evaluateQuietly(expression, at: isAsOfStart ? cycle.start : end) {
      case .timestamp(let instant): return .promise(instant)
      case .absent: return .none
      case let other: return .undecided("due: \(engine.cause(other))")
      }
    case .workdays(let expression):
      guard case .int(let count) = evaluate(expression, at: end) else {
        return .undecided("target: no number of workdays")
      }
      guard let opening = calendar.nextOpen(cycle.start), let last = calendar.addWorkdays(opening, count) else {
        return .undecided("target: out of range")
      }
      return .amount(calendar.elapsed(from: opening, to: last))
    case .duration(let expression):
      if case .retroactive = plan.sla.changePolicy { return amount(expression, at: end) }
      switch amounts(expression, cycle, until: end, measure) {
      case .amounts(let amounts): return .amount(amounts[amounts.count - 1].amount)
      case .none: return .none
      case .undecided(let cause): return .undecided(cause)
      }
    }
  }

  private func amount(_ expression: CheckedExpression, at instant: Instant) -> TargetResult {
    switch evaluateQuietly(expression, at: instant) {
    case .duration(let amount): return .amount(amount)
    case .absent: return .none
    case let other: return .undecided("target: \(engine.cause(other))")
    }
  }
}
