/// The clocks of items that have one state each, where an SLA starts and stops at instants, counts by one calendar and does
/// nothing on its way: a straight loop. Whatever is unusual about an item is left to its `ClockRun`.

import DocketRuntime
import DocketSemantics
import DocketTime

struct StraightClocks {
  private let start: SecondsReader
  private let stop: SecondsReader?
  private let target: SecondsReader
  private let calendar: BusinessCalendar
  private let now: Instant

  /// `nil` for an SLA with more to it.
  init?(_ plan: ClockPlan, _ engine: RuleEngine, _ log: ReadLog) {
    let table = engine.world.table(plan.sla.entity)
    let sla = plan.sla
    guard let start = plan.plainStart, sla.filter == nil, sla.moments.isEmpty, engine.instant.nanoseconds == 0,
      case .duration(let target) = sla.target, case .retroactive = sla.changePolicy,
      sla.calendar == nil || plan.calendar != nil, table?.versions.isEmpty ?? false, engine.observe == nil,
      engine.evaluator.observe == nil
    else { return nil }
    let slotCount = max(1, sla.slotCount)
    self.start = SecondsReader(start, slotCount: slotCount, engine.evaluator)
    stop = plan.plainStop.map { SecondsReader($0, slotCount: slotCount, engine.evaluator) }
    // A target that changes may be the cause of a breach. One of the record alone, which has one state, does not.
    let isSteady = plan.hasSteadyTarget && !(table?.isBackfilled.contains(true) ?? false)
    self.target = SecondsReader(
      target, slotCount: slotCount, isTimeless: log.seesChanges && !isSteady, engine.evaluator)
    calendar = plan.calendar?.calendar ?? .always
    now = engine.instant
  }

  /// The clock of an item; `nil` where it takes a `ClockRun` to say.
  @inline(__always) func clock(of item: EntityReference) -> PackedClock? {
    let begin: Instant
    var stopped: Instant?
    let starting = start.read(item, at: now)
    if let stop {
      switch stop.read(item, at: now) {
      case .seconds(let seconds): if seconds <= now.seconds { stopped = Instant(uncheckedSeconds: seconds) }
      case .absent: break
      case .other: return nil
      }
    }
    switch starting {
    case .seconds(let seconds):
      guard seconds <= now.seconds else { return PackedClock(notStarted: item) }
      begin = Instant(uncheckedSeconds: seconds)
    case .absent: return PackedClock(notStarted: item)
    case .other: return nil
    }
    let end = stopped.map { max(begin, $0) } ?? now
    guard case .seconds(let promised) = target.read(item, at: end), promised >= 0 else { return nil }
    let target = TimeDuration(uncheckedSeconds: promised)
    let elapsed = begin < end ? calendar.elapsed(from: begin, to: end) : .zero
    guard elapsed.isInRange, let deadline = calendar.add(begin, target) else { return nil }
    return PackedClock(
      item, from: begin, to: stopped == nil ? nil : end, elapsed: elapsed.seconds, target: promised, deadline,
      isProvisional: calendar.isProvisional(deadline.due))
  }
}
