/// What an SLA says of all its clocks, found out once.

import DocketSemantics
import DocketTime

final class ClockPlan {
  let index: Int
  let sla: CheckedSLA
  /// Whether a condition has to be replayed.
  let needsHistory: Bool
  /// A clock that starts `at` an instant, and stops `at` one if at all, without pauses: no replay is needed.
  let plainStart: CheckedExpression?
  let plainStop: CheckedExpression?
  /// Whether the clock has a moment to keep rather than an amount of time.
  let isPromise: Bool
  /// The calendar of a clock that has always the same, with its place in the rulebook.
  let calendar: (index: Int, calendar: BusinessCalendar)?
  /// Where `at_risk` begins.
  let firstPercentage: Ratio?
  /// Whether what changes in the course of a clock may be read of other records than its item: only then does a replay
  /// have to watch what is read.
  var readsOthers: Bool
  /// Whether the target is an amount that a record which has one state has at all times.
  let hasSteadyTarget: Bool

  init(_ index: Int, _ rulebook: CheckedRulebook) {
    self.index = index
    let sla = rulebook.slas[index]
    self.sla = sla
    func isCondition(_ trigger: CheckedSLA.Trigger?) -> Bool {
      if case .when? = trigger { true } else { false }
    }
    needsHistory =
      isCondition(sla.start) || isCondition(sla.stop) || isCondition(sla.restart) || !sla.pauses.isEmpty
      || sla.cancel != nil
    (plainStart, plainStop) = needsHistory ? (nil, nil) : Self.plainEnds(sla)
    isPromise =
      switch sla.target {
      case .due, .cadence: true
      case .duration, .workdays: false
      }
    if case .calendar(let calendar)? = sla.calendar?.kind {
      self.calendar = (calendar, rulebook.calendars[calendar].calendar)
    } else {
      calendar = nil
    }
    firstPercentage =
      sla.moments.compactMap { if case .percent(let ratio) = $0.kind { ratio } else { nil } }
      .min { $0.doubleValue < $1.doubleValue }
    var reads = OwnReads(rulebook)
    readsOthers = !Self.followed(sla).allSatisfy { reads.areOwn($0, item: 0) }
    if case .duration(let target) = sla.target {
      var reads = OwnReads(rulebook, isTimeless: true)
      hasSteadyTarget = reads.areOwn(target, item: 0)
    } else {
      hasSteadyTarget = false
    }
  }

  private static func plainEnds(_ sla: CheckedSLA) -> (start: CheckedExpression?, stop: CheckedExpression?) {
    guard case .at(let start)? = sla.start, sla.restart == nil else { return (nil, nil) }
    switch sla.stop {
    case nil: return (start, nil)
    case .at(let stop): return (start, stop)
    case .when, .on: return (nil, nil)
    }
  }

  /// What is evaluated again wherever something that it reads changes.
  private static func followed(_ sla: CheckedSLA) -> [CheckedExpression] {
    var found = sla.pauses
    for trigger in [sla.start, sla.stop, sla.restart] {
      if case .when(let condition)? = trigger { found.append(condition) }
    }
    if let cancel = sla.cancel { found.append(cancel) }
    if let calendar = sla.calendar { found.append(calendar) }
    if case .duration(let target) = sla.target { found.append(target) }
    return found
  }
}
