/// One item's clock after the other: conditions are replayed over the history of everything that they read.

import DocketRuntime
import DocketSemantics
import DocketTime

/// The clock of one item under evaluation. A run serves many items, so that what it needs memory for is there already.
struct ClockRun {
  let engine: RuleEngine
  let evaluator: Evaluator
  let plan: ClockPlan
  let log: ReadLog
  let now: Instant
  /// The records of the SLA's entity.
  let table: EntityTable?
  private let slotCount: Int
  /// Whether a record shows the same values at all times, save those of others.
  private let isSteady: Bool
  /// Told of what clocks count on.
  let observe: ((RuleEvent) -> Void)?
  /// Whether somebody watches what is evaluated.
  let isWatched: Bool

  private(set) var item = EntityReference(entity: 0, row: 0)
  private(set) var record = 0
  /// Why the clock cannot be decided.
  var undecided: String?
  /// The records that its conditions read, where they read more than the item.
  var observed: Set<RecordKey> = []
  /// When something starts, stops or restarts it.
  var edges = ClockEdges()
  /// What its conditions say, instant by instant.
  var signals: [ClockSignal] = []
  var instants: [Instant] = []
  private var replay: ClockReplay

  init(engine: RuleEngine, plan: ClockPlan, log: ReadLog) {
    self.engine = engine
    self.plan = plan
    self.log = log
    evaluator = engine.evaluator
    now = engine.instant
    table = engine.world.table(plan.sla.entity)
    slotCount = max(1, plan.sla.slotCount)
    isSteady = table?.versions.isEmpty ?? true
    observe = engine.observe
    isWatched = engine.evaluator.observe != nil
    replay = ClockReplay(reopenPolicy: plan.sla.reopenPolicy, cyclesEach: plan.sla.cyclesEach)
  }

  mutating func begin(_ item: EntityReference, record: Int) {
    self.item = item
    self.record = record
    undecided = nil
  }

  var world: World { engine.world }
  var sla: CheckedSLA { plan.sla }

  func plain(_ status: ClockStatus, _ cause: String? = nil) -> Clock {
    Clock(sla: plan.index, item: item, cycle: 1, status: status, cause: cause)
  }

  // MARK: - From the history to cycles

  /// Adds the item's cycles, the newest last, or one clock that says why there is none.
  mutating func clocks(into found: inout [Clock]) {
    defer { evaluator.instant = now }
    if plan.needsHistory, !(table?.hasHistory ?? false) {
      found.append(plain(.undecided, Clock.noHistory))
    } else if case .cadence(let cadence) = plan.sla.target {
      cadenceClocks(cadence, into: &found)
    } else if let start = plan.plainStart {
      plainClock(from: start, into: &found)
    } else {
      replayedClocks(into: &found)
    }
  }

  /// What a clock that starts and stops `at` instants comes to, without a replay.
  private mutating func plainClock(from start: CheckedExpression, into found: inout [Clock]) {
    let started = instant(at: start)
    let stopped = plan.plainStop.flatMap { instant(at: $0) }
    if let undecided {
      found.append(plain(.undecided, undecided))
    } else if let started {
      var cycle = ClockCycle(start: started)
      if let stopped { cycle.end = .stopped(max(started, stopped)) }
      if let refusal = refusal(ofStart: started) {
        found.append(refusal)
      } else {
        found.append(clock(cycle, number: 1))
      }
    } else {
      found.append(plain(.notStarted))
    }
  }

  private mutating func replayedClocks(into found: inout [Clock]) {
    findEdges()
    if undecided == nil { findSignals() }
    if let undecided { return found.append(plain(.undecided, undecided)) }
    replay.reset()
    for signal in signals { replay.take(signal) }
    guard let first = replay.cycles.first else { return found.append(plain(.notStarted)) }
    if let refusal = refusal(ofStart: first.start) { return found.append(refusal) }
    for (number, cycle) in replay.cycles.enumerated() { found.append(clock(cycle, number: number + 1)) }
  }

  /// The clock of an item that `where` keeps out when the clock starts.
  private func refusal(ofStart start: Instant) -> Clock? {
    guard let filter = plan.sla.filter else { return nil }
    switch evaluate(filter, at: start) {
    case .bool(true): return nil
    case .bool(false): return plain(.notApplicable)
    case let other: return plain(.undecided, "where: \(engine.cause(other))")
    }
  }

  // MARK: - Events

  /// Finds the instants at which something starts, stops or restarts the clock.
  mutating func findEdges() {
    func refill(_ instants: inout [Instant], _ trigger: CheckedSLA.Trigger?, _ run: inout ClockRun) {
      instants.removeAll(keepingCapacity: true)
      guard let trigger else { return }
      run.add(instantsOf: trigger, to: &instants)
      if instants.count > 1 { instants.sort() }
    }
    // Taken out while they are filled, so that they are not copied.
    var edges = ClockEdges()
    swap(&edges, &self.edges)
    refill(&edges.start, plan.sla.start, &self)
    refill(&edges.stop, plan.sla.stop, &self)
    refill(&edges.restart, plan.sla.restart, &self)
    self.edges = edges
  }

  /// The instants of `at T` and of the events of a list, up to now; none for a condition.
  mutating func add(instantsOf trigger: CheckedSLA.Trigger, to found: inout [Instant]) {
    switch trigger {
    case .when: break
    case .at(let expression): if let instant = instant(at: expression) { found.append(instant) }
    case .on(let list, let entity, let slot, let filter):
      guard case .list(let elements) = evaluate(list, at: now), let table = world.table(entity),
        let field = table.eventField, let column = table.columns[field]
      else { return }
      for element in engine.heap[elements] {
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
    }
  }

  /// An instant that has come.
  private mutating func instant(at expression: CheckedExpression) -> Instant? {
    switch evaluateQuietly(expression, at: now) {
    case .timestamp(let instant): return instant <= now ? instant : nil
    case .absent: return nil
    case let other:
      undecided = undecided ?? "at: \(engine.cause(other))"
      return nil
    }
  }

  // MARK: - Expressions

  func isAbsence(_ value: Value) -> Bool {
    guard case .error(let reference) = value, case .absent = engine.heap[reference].kind else { return false }
    return true
  }

  /// Evaluates with the item, and everything read, as of an instant.
  func evaluate(_ expression: CheckedExpression, at instant: Instant, with event: (slot: Int, value: Value)? = nil)
    -> Value
  {
    evaluator.run(expression, about: shown(at: instant), slotCount: slotCount, at: instant, with: event)
  }

  /// The same, and `.absent` where the value is the error that something is absent.
  func evaluateQuietly(_ expression: CheckedExpression, at instant: Instant) -> Value {
    evaluator.runQuietly(expression, about: shown(at: instant), slotCount: slotCount, at: instant)
  }

  /// Does something with the variables bound, and everything read, as of an instant.
  func inFrame<Result>(at instant: Instant, _ body: () -> Result) -> Result {
    evaluator.instant = instant
    return evaluator.withFrame(of: slotCount, arguments: [.entity(shown(at: instant))], body)
  }

  /// The item as of an instant; before it exists it is read as it was first.
  private func shown(at instant: Instant) -> EntityReference {
    guard let table else { return item }
    let row = isSteady ? nil : table.row(of: record, at: instant)
    return EntityReference(entity: item.entity, row: row.map { UInt32($0) } ?? table.firstRows[record])
  }
}
