/// What changes in the course of a clock's life: its target, and the calendar by which it counts.

import DocketRuntime
import DocketSemantics
import DocketTime

extension ClockRun {
  /// What an expression is at `start`, and at every later instant up to `end` at which something that it reads changes.
  func history(of expression: CheckedExpression, from start: Instant, to end: Instant) -> [(at: Instant, value: Value)]
  {
    // The item's own changes are looked at from the beginning: most expressions read no other record.
    let own = RecordKey(entity: item.entity, record: UInt32(record))
    var instants: [Instant] = []
    add(changesOf: own, to: &instants)
    instants.removeAll { $0 <= start || end < $0 }
    instants.append(start)
    Self.order(&instants)
    var found: [(at: Instant, value: Value)] = []
    found.reserveCapacity(instants.count)
    guard log.isNeeded else {
      for instant in instants { found.append((instant, evaluate(expression, at: instant))) }
      return found
    }
    var seen: Set<RecordKey> = [own]
    var open = instants
    while !open.isEmpty {
      _ = log.take()
      for instant in open { found.append((instant, evaluate(expression, at: instant))) }
      // Records that come into view bring their own instants.
      open.removeAll(keepingCapacity: true)
      for key in log.take() where seen.insert(key).inserted { add(changesOf: key, to: &open) }
      open.removeAll { $0 <= start || end < $0 || instants.holds($0) }
      Self.order(&open)
      instants += open
      Self.order(&instants)
    }
    return found.sorted { $0.at < $1.at }
  }

  // MARK: - Calendars

  enum CalendarsResult {
    case one(BusinessCalendar)
    /// More than one, each from its instant on.
    case changing([ClockMeasure.Calendar])
    case undecided(String)
  }

  /// The calendars by which a cycle counts.
  func calendars(_ cycle: ClockCycle, until end: Instant) -> CalendarsResult {
    guard let expression = plan.sla.calendar else { return .one(.always) }
    // Whoever watches what is evaluated sees the clause, too.
    if let constant = plan.calendar, !isWatched { return .one(constant.calendar) }
    var calendars: [ClockMeasure.Calendar] = []
    for (at, value) in history(of: expression, from: cycle.start, to: max(cycle.start, end)) {
      guard case .calendar(let index) = value else { return .undecided("using: \(engine.cause(value))") }
      let calendar = engine.rulebook.calendars[Int(index)].calendar
      if calendars.last?.calendar !== calendar { calendars.append((at, calendar)) }
    }
    return calendars.count == 1 ? .one(calendars[0].calendar) : .changing(calendars)
  }

  // MARK: - Targets

  enum AmountsResult {
    /// The target on the clock's own time, from each instant on; the first is the start's.
    case amounts([(at: Instant, amount: TimeDuration)])
    case none
    case undecided(String)
  }

  /// How the target has changed, by the policy `on change`.
  func amounts(_ expression: CheckedExpression, _ cycle: ClockCycle, until end: Instant, _ measure: ClockMeasure)
    -> AmountsResult
  {
    let changes = history(of: expression, from: cycle.start, to: end)
    guard let first = changes.first else { return .none }
    guard case .duration(let promised) = first.value else {
      return isAbsence(first.value) ? .none : .undecided("target: \(engine.cause(first.value))")
    }
    var amounts = [(at: first.at, amount: promised)]
    var current = promised
    for (instant, value) in changes.dropFirst() {
      guard case .duration(let next) = value, next != current else { continue }
      let used = measure.elapsed(until: instant)
      let before = amounts[amounts.count - 1].amount
      switch plan.sla.changePolicy {
      case .keep: continue
      case .retroactive: amounts.append((instant, next))
      case .restart: amounts.append((instant, used.adding(next) ?? .maximum))
      case .carry:
        // The share of the old target that is left is left of the new one.
        let share = 1 - (used.ratio(to: before) ?? 1)
        let rest = next.multiplied(by: max(0, share)) ?? .zero
        amounts.append((instant, used.adding(rest) ?? .maximum))
      case .grace(let expression):
        guard case .duration(let grace) = evaluate(expression, at: instant) else { continue }
        let earliest = used.adding(grace) ?? .maximum
        amounts.append((instant, next < earliest ? earliest : next))
      }
      current = next
    }
    return .amounts(amounts)
  }

  /// Whether the target is exceeded because it changed: what had elapsed was within the target until then, and is not
  /// within the new one.
  func isBreachedByChange(_ cycle: ClockCycle, until end: Instant, _ measure: ClockMeasure) -> Bool {
    guard log.seesChanges, case .duration(let expression) = plan.sla.target,
      case .amounts(let amounts) = amounts(expression, cycle, until: end, measure)
    else { return false }
    var isByChange = false
    for (before, after) in zip(amounts, amounts.dropFirst()) {
      let used = measure.elapsed(until: after.at)
      let wasExceeded = used > before.amount
      if used <= after.amount { isByChange = false } else if !wasExceeded { isByChange = true }
    }
    return isByChange
  }
}
