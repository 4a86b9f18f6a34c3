/// SLA clocks: conditions are replayed over the history of everything that they read.

import DocketRuntime
import DocketSemantics
import DocketTime

extension RuleEngine {
  /// The clocks of all items, every cycle, in the order of the items' keys.
  func runClocks(_ index: Int) -> [Clock] {
    let sla = rulebook.slas[index]
    let mark = evaluator.mark()
    var clocks: [Clock] = []
    for item in items(of: sla.entity) {
      clocks += self.clocks(index, of: item)
      heap.reset(to: mark)
    }
    return clocks
  }

  /// The cycles of one item's clock, the newest last; one clock that says why where there is no cycle.
  func clocks(_ index: Int, of item: EntityReference) -> [Clock] {
    var run = ClockRun(engine: self, index: index, item: item)
    let clocks = run.clocks()
    observe?(.clocks(clocks))
    return clocks
  }
}

/// The clock of one item under evaluation.
struct ClockRun {
  let engine: RuleEngine
  let index: Int
  let sla: CheckedSLA
  let item: EntityReference
  let record: Int
  let now: Instant

  /// Why the clock cannot be decided.
  var undecided: String?

  init(engine: RuleEngine, index: Int, item: EntityReference) {
    self.engine = engine
    self.index = index
    self.item = item
    sla = engine.rulebook.slas[index]
    record = engine.world.record(of: item)
    now = engine.instant
  }

  var evaluator: Evaluator { engine.evaluator }
  private var world: World { engine.world }

  func plain(_ status: ClockStatus, _ cause: String? = nil) -> [Clock] {
    [Clock(sla: index, item: item, cycle: 1, status: status, cause: cause)]
  }

  // MARK: - From the history to cycles

  mutating func clocks() -> [Clock] {
    defer { evaluator.instant = now }
    if needsHistory, !(world.table(sla.entity)?.hasHistory ?? false) { return plain(.undecided, "no history") }
    if case .cadence(let cadence) = sla.target { return cadenceClocks(cadence) }

    var edges = ClockEdges()
    for (trigger, kind) in [(sla.start, ClockEdges.Kind.start), (sla.stop, .stop), (sla.restart, .restart)] {
      guard let trigger, let found = instants(of: trigger) else { continue }
      edges.add(found, kind)
    }
    if let undecided { return plain(.undecided, undecided) }
    let signals = replaySignals(edges)
    if let undecided { return plain(.undecided, undecided) }

    var replay = ClockReplay(reopenPolicy: sla.reopenPolicy, cyclesEach: sla.cyclesEach)
    for signal in signals { replay.take(signal) }
    guard let first = replay.cycles.first else { return plain(.notStarted) }
    if let filter = sla.filter {
      switch evaluate(filter, at: first.start) {
      case .bool(true): break
      case .bool(false): return plain(.notApplicable)
      case let other: return plain(.undecided, "where: \(engine.cause(other))")
      }
    }
    return replay.cycles.enumerated().map { clock($1, number: $0 + 1) }
  }

  /// Whether a condition has to be replayed.
  private var needsHistory: Bool {
    func isCondition(_ trigger: CheckedSLA.Trigger?) -> Bool {
      if case .when? = trigger { true } else { false }
    }
    return isCondition(sla.start) || isCondition(sla.stop) || isCondition(sla.restart) || !sla.pauses.isEmpty
      || sla.cancel != nil
  }

  /// The instants of `at T` and of the events of a list, up to now; `nil` for a condition.
  mutating func instants(of trigger: CheckedSLA.Trigger) -> [Instant]? {
    switch trigger {
    case .when: return nil
    case .at(let expression):
      switch evaluate(expression, at: now) {
      case .timestamp(let instant): return instant <= now ? [instant] : []
      case let other:
        if !isAbsence(other) { undecided = undecided ?? "at: \(engine.cause(other))" }
        return []
      }
    case .on(let list, let entity, let slot, let filter):
      guard case .list(let elements) = evaluate(list, at: now) else { return [] }
      guard let table = world.table(entity), let field = table.eventField, let column = table.columns[field] else {
        return []
      }
      var found: [Instant] = []
      for element in Array(engine.heap[elements]) {
        guard case .entity(let event) = element, column.isPresent(Int(event.row)) else { continue }
        let at = column.instant(at: Int(event.row))
        guard at <= now else { continue }
        guard let filter else {
          found.append(at)
          continue
        }
        switch evaluate(filter, at: at, with: (slot, element)) {
        case .bool(true): found.append(at)
        case .bool(false): break
        case let other: undecided = undecided ?? "on: \(engine.cause(other))"
        }
      }
      return found
    }
  }

  /// What the conditions say at every instant at which something that they read changes.
  private mutating func replaySignals(_ edges: ClockEdges) -> [ClockSignal] {
    var seen: Set<RecordKey> = [RecordKey(entity: item.entity, record: UInt32(record))]
    var instants = Set(edges.instants)
    if needsHistory { add(changesOf: RecordKey(entity: item.entity, record: UInt32(record)), to: &instants) }
    var done: [Instant: ClockSignal] = [:]
    var wasStarting = false
    // Records that come into view bring their own instants: repeat until nothing new is read.
    while true {
      let open = instants.filter { done[$0] == nil }.sorted()
      if open.isEmpty { break }
      var read: Set<RecordKey> = []
      world.readObserver = { read.insert(RecordKey(entity: $0, record: $1)) }
      for instant in open { done[instant] = signal(at: instant, edges) }
      world.readObserver = nil
      for key in read where seen.insert(key).inserted { add(changesOf: key, to: &instants) }
    }
    var signals = done.values.sorted { $0.at < $1.at }
    if case .when? = sla.start {
      // A condition starts the clock where it becomes true.
      for position in signals.indices {
        let holds = signals[position].starts
        signals[position].starts = holds && !wasStarting
        wasStarting = holds
      }
    }
    if case .when? = sla.restart {
      var was = false
      for position in signals.indices {
        let holds = signals[position].restarts
        signals[position].restarts = holds && !was
        was = holds
      }
    }
    return signals
  }

  private func add(changesOf key: RecordKey, to instants: inout Set<Instant>) {
    guard let table = world.tables[Int(key.entity)] else { return }
    let rows = table.rows(of: Int(key.record))
    for row in rows where !table.versions.isEmpty && table.versions[row] <= now { instants.insert(table.versions[row]) }
    if !table.created.isEmpty, let birth = table.created[Int(key.record)], birth <= now { instants.insert(birth) }
    if let field = table.eventField, let column = table.columns[field] {
      for row in rows where column.isPresent(row) && column.instant(at: row) <= now {
        instants.insert(column.instant(at: row))
      }
    }
  }

  private mutating func signal(at instant: Instant, _ edges: ClockEdges) -> ClockSignal {
    var signal = ClockSignal(at: instant)
    signal.starts = edges.start.contains(instant)
    signal.stops = edges.stop.contains(instant)
    signal.restarts = edges.restart.contains(instant)
    if case .when(let condition)? = sla.start { signal.starts = holds(condition, at: instant, "start") }
    if case .when(let condition)? = sla.stop { signal.isStopped = holds(condition, at: instant, "stop") }
    if case .when(let condition)? = sla.restart { signal.restarts = holds(condition, at: instant, "restart") }
    for pause in sla.pauses where !signal.isPaused { signal.isPaused = holds(pause, at: instant, "pause") }
    if let cancel = sla.cancel { signal.isCancelled = holds(cancel, at: instant, "cancel") }
    return signal
  }

  private mutating func holds(_ condition: CheckedExpression, at instant: Instant, _ clause: String) -> Bool {
    switch evaluate(condition, at: instant) {
    case .bool(let bit): return bit
    case let other:
      undecided = undecided ?? "\(clause): \(engine.cause(other))"
      return false
    }
  }

  private func isAbsence(_ value: Value) -> Bool {
    guard case .error(let reference) = value, case .absent = engine.heap[reference].kind else { return false }
    return true
  }

  /// Evaluates with the item, and everything read, as of an instant.
  func evaluate(_ expression: CheckedExpression, at instant: Instant, with event: (slot: Int, value: Value)? = nil)
    -> Value
  {
    evaluator.instant = instant
    // Before it exists a record is read as it was first.
    let shown =
      world.table(sla.entity).flatMap { table -> EntityReference? in
        let row = table.row(of: record, at: instant) ?? table.rows(of: record).lowerBound
        return EntityReference(entity: item.entity, row: UInt32(row))
      } ?? item
    return evaluator.withFrame(of: sla.slotCount, arguments: [.entity(shown)]) {
      if let event { evaluator[slot: event.slot] = event.value }
      return evaluator.run(expression)
    }
  }

  // MARK: - From a cycle to its result

  func clock(_ cycle: ClockCycle, number: Int) -> Clock {
    var clock = Clock(sla: index, item: item, cycle: number, status: .running)
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
    var calendar = BusinessCalendar.always
    var calendarIndex: Int?
    if let expression = sla.calendar {
      switch evaluate(expression, at: end) {
      case .calendar(let index):
        calendar = engine.rulebook.calendars[Int(index)].calendar
        calendarIndex = Int(index)
      case let other: return undecided(clock, "using: \(engine.cause(other))")
      }
    }
    let measure = ClockMeasure(start: cycle.start, pauses: cycle.pauses, calendar: calendar)
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
    if let calendarIndex {
      let last = clock.due.map { max($0, end) } ?? end
      engine.observe?(.counted(calendar: calendarIndex, from: cycle.start, to: last))
    }
    clock.remaining = target.subtracting(elapsed)
    clock.isProvisional = clock.due.map { calendar.isProvisional($0) } ?? false
    let isExceeded: Bool
    if let due = clock.due, isPromise {
      isExceeded = cycle.stop.map { $0 > due } ?? (now > due)
    } else {
      isExceeded = elapsed > target
    }
    decide(&clock, cycle, isExceeded: isExceeded, elapsed: elapsed, target: target)
    if cycle.isPaused, !isExceeded, case .running = cycle.end, clock.due.map({ $0 > now }) ?? true {
      clock.due = nil
      clock.breachFrom = nil
    }
    clock.effects = effects(clock, measure, target: target, ending: ending)
    return clock
  }

  /// Whether the clock has a moment to keep rather than an amount of time.
  private var isPromise: Bool {
    switch sla.target {
    case .due, .cadence: true
    case .duration, .workdays: false
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
      } else if let share = firstPercentage, elapsed >= target.share(numerator: share.numerator, scale: share.scale) {
        clock.status = .atRisk
      }
    }
  }

  private var firstPercentage: Ratio? {
    sla.moments.compactMap { if case .percent(let ratio) = $0.kind { ratio } else { nil } }
      .min { $0.doubleValue < $1.doubleValue }
  }

  private func undecided(_ clock: Clock, _ cause: String) -> Clock {
    var clock = clock
    clock.status = .undecided
    clock.cause = cause
    return clock
  }

  private func withoutTarget(_ clock: Clock) -> Clock {
    Clock(sla: index, item: item, cycle: clock.cycle, status: .notApplicable, cause: "no target")
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
    switch sla.target {
    case .cadence(let cadence):
      return cadence.due(in: evaluator.zone.period(cadence.unit, cycle.start), evaluator.zone).map { .promise($0) }
        ?? .undecided("due: out of range")
    case .due(let expression, let isAsOfStart):
      switch evaluate(expression, at: isAsOfStart ? cycle.start : end) {
      case .timestamp(let instant): return .promise(instant)
      case let other: return isAbsence(other) ? .none : .undecided("due: \(engine.cause(other))")
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
      if case .retroactive = sla.changePolicy { return amount(expression, at: end) }
      return changingAmount(expression, cycle, end: end, measure: measure)
    }
  }

  private func amount(_ expression: CheckedExpression, at instant: Instant) -> TargetResult {
    switch evaluate(expression, at: instant) {
    case .duration(let amount): return .amount(amount)
    case let other: return isAbsence(other) ? .none : .undecided("target: \(engine.cause(other))")
    }
  }

  /// The target on the clock's own time after every change of it, by the policy `on change`.
  private func changingAmount(_ expression: CheckedExpression, _ cycle: ClockCycle, end: Instant, measure: ClockMeasure)
    -> TargetResult
  {
    guard case .amount(let first) = amount(expression, at: cycle.start) else {
      return amount(expression, at: cycle.start)
    }
    if case .keep = sla.changePolicy { return .amount(first) }
    var changes: Set<Instant> = []
    add(changesOf: RecordKey(entity: item.entity, record: UInt32(record)), to: &changes)
    var (current, effective) = (first, first)
    for instant in changes.sorted() where instant > cycle.start && instant <= end {
      guard case .amount(let next) = amount(expression, at: instant), next != current else { continue }
      let used = measure.elapsed(until: instant)
      switch sla.changePolicy {
      case .retroactive, .keep: break
      case .restart: effective = used.adding(next) ?? .maximum
      case .carry:
        // The share of the old target that is left is left of the new one.
        let share = 1 - (used.ratio(to: effective) ?? 1)
        effective = used.adding(next.multiplied(by: max(0, share)) ?? .zero) ?? .maximum
      case .grace(let expression):
        guard case .duration(let grace) = evaluate(expression, at: instant) else { continue }
        let earliest = used.adding(grace) ?? .maximum
        effective = next < earliest ? earliest : next
      }
      current = next
    }
    return .amount(effective)
  }

  // MARK: - Moments

  /// The effects that have come due: on the clock's own hours, none at or after its end.
  private func effects(_ clock: Clock, _ measure: ClockMeasure, target: TimeDuration, ending: Instant?)
    -> [EffectRecord]
  {
    guard !sla.moments.isEmpty else { return [] }
    var found: [EffectRecord] = []
    let key = "\(sla.name)/\(engine.keyText(item))/\(clock.cycle)"
    func isDue(_ instant: Instant?) -> Bool {
      guard let instant else { return false }
      return instant <= now && (ending.map { instant < $0 } ?? true)
    }
    for (number, moment) in sla.moments.enumerated() {
      switch moment.kind {
      case .percent(let ratio):
        let at = measure.reaching(target.share(numerator: ratio.numerator, scale: ratio.scale)).due
        if isDue(at), let at { append(moment, "\(key)/\(number + 1)", at, nil, clock, &found) }
      case .elapsed(let amount):
        let at = measure.reaching(amount).due
        if isDue(at), let at { append(moment, "\(key)/\(number + 1)", at, nil, clock, &found) }
      case .breach:
        if isDue(clock.breachFrom), let at = clock.breachFrom {
          append(moment, "\(key)/breach", at, nil, clock, &found)
        }
      case .afterBreach(let every, let limit, let slot):
        guard isDue(clock.breachFrom), case .duration(let interval) = evaluate(every, at: now), interval > .zero else {
          continue
        }
        var amount = target
        // Without a limit an old clock could repeat for ever: a year of them is told, then no more.
        for step in 1...(limit ?? 1_000) {
          amount = amount.adding(interval) ?? .maximum
          let at = measure.reaching(amount).due
          guard isDue(at), let at else { break }
          append(moment, "\(key)/after/\(step)", at, slot.map { ($0, Int64(step)) }, clock, &found)
        }
      }
    }
    return found.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
  }

  private func append(
    _ moment: CheckedSLA.Moment, _ id: String, _ at: Instant, _ step: (slot: Int, number: Int64)?, _ clock: Clock,
    _ found: inout [EffectRecord]
  ) {
    var delivered = at
    if let during = moment.during, case .calendar(let index) = evaluate(during, at: at) {
      // The message waits for opening hours, the clock does not.
      guard let open = engine.rulebook.calendars[Int(index)].calendar.nextOpen(at) else { return }
      delivered = open
    }
    guard delivered <= now else { return }
    evaluator.instant = at
    let shown =
      world.table(sla.entity)?.row(of: record, at: at).map { EntityReference(entity: item.entity, row: UInt32($0)) }
      ?? item
    evaluator.withFrame(of: sla.slotCount, arguments: [.entity(shown)]) {
      evaluator[slot: sla.resultSlot] = engine.value(of: clock)
      if let step { evaluator[slot: step.slot] = .int(step.number) }
      for (number, effect) in moment.effects.enumerated() {
        if let record = engine.effect(effect, id: moment.effects.count > 1 ? "\(id)/\(number + 1)" : id, at: delivered)
        {
          found.append(record)
        }
      }
    }
  }
}

/// The instants of events.
private struct ClockEdges {
  enum Kind {
    case start, stop, restart
  }
  var start: Set<Instant> = []
  var stop: Set<Instant> = []
  var restart: Set<Instant> = []

  mutating func add(_ instants: [Instant], _ kind: Kind) {
    switch kind {
    case .start: start.formUnion(instants)
    case .stop: stop.formUnion(instants)
    case .restart: restart.formUnion(instants)
    }
  }

  var instants: Set<Instant> { start.union(stop).union(restart) }
}
