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
    let log = ReadLog()
    observing(log) {
      for item in items(of: sla.entity) {
        if evaluator.isCancelled { break }
        var run = ClockRun(engine: self, index: index, item: item, log: log)
        let found = run.clocks()
        observe?(.clocks(found))
        clocks += found
        heap.reset(to: mark)
      }
    }
    return clocks
  }

  /// The cycles of one item's clock, the newest last; one clock that says why where there is no cycle.
  func clocks(_ index: Int, of item: EntityReference) -> [Clock] {
    let clocks = clockRun(index, of: item) { $0.clocks() }
    observe?(.clocks(clocks))
    return clocks
  }

  /// What `body` asks of one item's clock.
  func clockRun<Result>(_ index: Int, of item: EntityReference, _ body: (inout ClockRun) -> Result) -> Result {
    let log = ReadLog()
    return observing(log) {
      var run = ClockRun(engine: self, index: index, item: item, log: log)
      return body(&run)
    }
  }

  /// Runs `body` while the log takes every record that is read. To begin and to end this costs far more than a read.
  /// Data without any history changes nothing, and nobody needs to know what is read of it.
  private func observing<Result>(_ log: ReadLog, _ body: () -> Result) -> Result {
    log.seesChanges = world.tables.contains { $0?.hasHistory ?? false }
    guard log.seesChanges else { return body() }
    let outer = world.readObserver
    defer { world.readObserver = outer }
    world.readObserver = {
      log.records.insert(RecordKey(entity: $0, record: $1))
      outer?($0, $1)
    }
    return body()
  }
}

/// The records that have been read.
final class ReadLog {
  var records: Set<RecordKey> = []
  /// Whether anything has more than one state.
  var seesChanges = true

  func take() -> Set<RecordKey> {
    defer { records.removeAll(keepingCapacity: true) }
    return records
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
  let log: ReadLog

  /// Why the clock cannot be decided.
  var undecided: String?
  /// The records that its conditions read.
  private(set) var observed: Set<RecordKey> = []

  init(engine: RuleEngine, index: Int, item: EntityReference, log: ReadLog) {
    self.engine = engine
    self.log = log
    self.index = index
    self.item = item
    sla = engine.rulebook.slas[index]
    record = engine.world.record(of: item)
    now = engine.instant
  }

  var evaluator: Evaluator { engine.evaluator }
  var world: World { engine.world }

  func plain(_ status: ClockStatus, _ cause: String? = nil) -> [Clock] {
    [Clock(sla: index, item: item, cycle: 1, status: status, cause: cause)]
  }

  // MARK: - From the history to cycles

  mutating func clocks() -> [Clock] {
    defer { evaluator.instant = now }
    if needsHistory, !(world.table(sla.entity)?.hasHistory ?? false) { return plain(.undecided, Clock.noHistory) }
    if case .cadence(let cadence) = sla.target { return cadenceClocks(cadence) }

    if let cycles = plainCycles() {
      if let undecided { return plain(.undecided, undecided) }
      return result(of: cycles)
    }

    let edges = self.edges()
    if let undecided { return plain(.undecided, undecided) }
    let signals = replaySignals(edges)
    if let undecided { return plain(.undecided, undecided) }

    var replay = ClockReplay(reopenPolicy: sla.reopenPolicy, cyclesEach: sla.cyclesEach)
    for signal in signals { replay.take(signal) }
    return result(of: replay.cycles)
  }

  private func result(of cycles: [ClockCycle]) -> [Clock] {
    guard let first = cycles.first else { return plain(.notStarted) }
    if let filter = sla.filter {
      switch evaluate(filter, at: first.start) {
      case .bool(true): break
      case .bool(false): return plain(.notApplicable)
      case let other: return plain(.undecided, "where: \(engine.cause(other))")
      }
    }
    return cycles.enumerated().map { clock($1, number: $0 + 1) }
  }

  /// What a clock that starts and stops `at` instants comes to, without a replay; `nil` for other clocks.
  private mutating func plainCycles() -> [ClockCycle]? {
    guard let start = sla.start, case .at = start, sla.restart == nil, !needsHistory else { return nil }
    if let stop = sla.stop {
      guard case .at = stop else { return nil }
    }
    let started = instants(of: start)?.first
    let stopped = sla.stop.flatMap { instants(of: $0)?.first }
    guard let begin = started else { return [] }
    var cycle = ClockCycle(start: begin)
    if let stopped { cycle.end = .stopped(max(begin, stopped)) }
    return [cycle]
  }

  /// The instants at which something starts, stops or restarts the clock.
  mutating func edges() -> ClockEdges {
    var edges = ClockEdges()
    for (trigger, kind) in [(sla.start, ClockEdges.Kind.start), (sla.stop, .stop), (sla.restart, .restart)] {
      guard let trigger, let found = instants(of: trigger) else { continue }
      edges.add(found, kind)
    }
    return edges
  }

  /// Whether a condition has to be replayed.
  var needsHistory: Bool {
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
  mutating func replaySignals(_ edges: ClockEdges) -> [ClockSignal] {
    observed = [RecordKey(entity: item.entity, record: UInt32(record))]
    var instants = Set(edges.instants)
    if needsHistory { add(changesOf: RecordKey(entity: item.entity, record: UInt32(record)), to: &instants) }
    var done: [Instant: ClockSignal] = [:]
    var wasStarting = false
    // Records that come into view bring their own instants: repeat until nothing new is read.
    while true {
      let open = instants.filter { done[$0] == nil }.sorted()
      if open.isEmpty { break }
      _ = log.take()
      for instant in open { done[instant] = signal(at: instant, edges) }
      for key in log.take() where observed.insert(key).inserted { add(changesOf: key, to: &instants) }
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

  func add(changesOf key: RecordKey, to instants: inout Set<Instant>) {
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
    signal.restarts = edges.restart.contains(instant)
    if case .when(let condition)? = sla.start { signal.starts = holds(condition, at: instant, "start") }
    signal.stops = edges.stop.contains(instant)
    // A stop `at` an instant holds from then on: what starts later is met at once.
    if case .at? = sla.stop, signal.starts, edges.stop.contains(where: { $0 <= instant }) { signal.stops = true }
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

  func isAbsence(_ value: Value) -> Bool {
    guard case .error(let reference) = value, case .absent = engine.heap[reference].kind else { return false }
    return true
  }

  /// Evaluates with the item, and everything read, as of an instant.
  func evaluate(_ expression: CheckedExpression, at instant: Instant, with event: (slot: Int, value: Value)? = nil)
    -> Value
  {
    inFrame(at: instant, with: event) { evaluator.run(expression) }
  }

  /// Does something with the variables bound, and everything read, as of an instant.
  func inFrame<Result>(
    at instant: Instant, with event: (slot: Int, value: Value)? = nil, _ body: () -> Result
  ) -> Result {
    evaluator.instant = instant
    // Before it exists a record is read as it was first.
    let shown =
      world.table(sla.entity).flatMap { table -> EntityReference? in
        let row = table.row(of: record, at: instant) ?? table.rows(of: record).lowerBound
        return EntityReference(entity: item.entity, row: UInt32(row))
      } ?? item
    return evaluator.withFrame(of: sla.slotCount, arguments: [.entity(shown)]) {
      if let event { evaluator[slot: event.slot] = event.value }
      return body()
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
    let calendars: [ClockMeasure.Calendar]
    switch self.calendars(cycle, until: end) {
    case .calendars(let found): calendars = found
    case .undecided(let cause): return undecided(clock, cause)
    }
    // What lies ahead counts by the calendar of the end.
    let calendar = calendars.last?.calendar ?? .always
    let measure = ClockMeasure(start: cycle.start, pauses: cycle.pauses, calendars: calendars)
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
    if let observe = engine.observe {
      let last = clock.due.map { max($0, end) } ?? end
      for (position, stretch) in calendars.enumerated() {
        guard let index = engine.rulebook.calendars.firstIndex(where: { $0.calendar === stretch.calendar }) else {
          continue
        }
        let to = position + 1 < calendars.count ? calendars[position + 1].from : last
        observe(.counted(calendar: index, from: stretch.from, to: to))
      }
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
    if isExceeded, clock.cause == nil, isBreachedByChange(cycle, until: end, measure) { clock.cause = "policy_change" }
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
      switch amounts(expression, cycle, until: end, measure) {
      case .amounts(let amounts): return .amount(amounts[amounts.count - 1].amount)
      case .none: return .none
      case .undecided(let cause): return .undecided(cause)
      }
    }
  }

  private func amount(_ expression: CheckedExpression, at instant: Instant) -> TargetResult {
    switch evaluate(expression, at: instant) {
    case .duration(let amount): return .amount(amount)
    case let other: return isAbsence(other) ? .none : .undecided("target: \(engine.cause(other))")
    }
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
struct ClockEdges {
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
