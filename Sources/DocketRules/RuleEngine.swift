/// Runs the rules of a rulebook over a world at an instant.
///
/// Decisions, clocks and measures are made when they are first asked for and kept. The expressions of rules reach other
/// rules through the evaluator's hooks, which are set here.

public import DocketDiagnostics
public import DocketRuntime
public import DocketSemantics
public import DocketTime

public final class RuleEngine {
  public let rulebook: CheckedRulebook
  public let world: World
  public let evaluator: Evaluator
  public private(set) var instant: Instant
  let heap: Heap
  let sources: SourceMap
  public let machine: MachineText

  private var decisionsOfRoute: [DecisionList?]
  private var measuredDecisionsOfRoute: [DecisionList?]
  private var clocksOfSLA: [Clocks?]
  private var clockPlans: [ClockPlan?]
  private var measuresOfKPI: [MeasureSet?]
  private var findingsOfEnsure: [[Finding]?]
  /// Fills `verdicts` of decisions. Set before the first run: what was decided without them is forgotten.
  public var notesVerdicts = false {
    didSet { if notesVerdicts != oldValue { restart(at: instant) } }
  }
  /// By route: the records that earlier runs assigned, in their order.
  var earlierTurns: [[Int]]
  /// Threads that measures of many rows may use; what they give does not depend on it.
  public var threads = Workers.processors
  /// From how many rows on measures are made by columns: below, preparing them takes longer than the rows.
  public var rowsForColumns = 128
  /// How many rows are worth a thread.
  public var rowsForThread = 1 << 17
  /// Told what happens while a decision is made that will be explained.
  var recorder: RouteRecorder?
  /// Told of what rules gave, for coverage.
  public var observe: ((RuleEvent) -> Void)?
  /// Which rules have been asked for an item or for all of them, for the vacuity of tests.
  public private(set) var evaluatedRules = 0

  public init(rulebook: CheckedRulebook, world: World, instant: Instant, sources: SourceMap, limits: Limits = Limits())
  {
    self.rulebook = rulebook
    self.world = world
    self.instant = instant
    self.sources = sources
    heap = world.heap
    evaluator = Evaluator(rulebook: rulebook, world: world, limits: limits)
    machine = MachineText(heap: world.heap, schema: rulebook.schema, world: world)
    decisionsOfRoute = rulebook.routes.map { _ in nil }
    measuredDecisionsOfRoute = rulebook.routes.map { _ in nil }
    clocksOfSLA = rulebook.slas.map { _ in nil }
    clockPlans = rulebook.slas.map { _ in nil }
    measuresOfKPI = rulebook.kpis.map { _ in nil }
    findingsOfEnsure = rulebook.ensures.map { _ in nil }
    earlierTurns = rulebook.routes.map { _ in [] }
    evaluator.instant = instant
    evaluator.sourceText = { [sources] in sources.text($0) }
    evaluator.callRoute = { [unowned self] in self.callRoute($0, $1) }
    evaluator.callSLA = { [unowned self] in self.callSLA($0, $1) }
    evaluator.callKPI = { [unowned self] in self.callKPI($0) }
    evaluator.decisions = { [unowned self] in self.listDecisions($0) }
    evaluator.cells = { [unowned self] in self.listCells($0) }
    evaluator.findings = { [unowned self] in self.listFindings($0) }
  }

  /// Somebody wants to be told of every condition that a decision comes to.
  var isWatched: Bool { recorder != nil || observe != nil || notesVerdicts || evaluator.observe != nil }

  // MARK: - Whole runs

  public func decisions(route: Int) -> DecisionList {
    if let known = decisionsOfRoute[route] { return known }
    let made = runRoute(route)
    decisionsOfRoute[route] = made
    return made
  }

  /// The decisions that KPIs over a route measure: also of items that the route passes over because they are decided already.
  func measuredDecisions(route: Int) -> DecisionList {
    if let known = measuredDecisionsOfRoute[route] { return known }
    let made = runMeasuredDecisions(route)
    measuredDecisionsOfRoute[route] = made
    return made
  }

  public func clocks(sla: Int) -> Clocks {
    if let known = clocksOfSLA[sla] { return known }
    let made = world.withoutOverrides { runClocks(sla) }
    clocksOfSLA[sla] = made
    return made
  }

  func clockPlan(_ sla: Int) -> ClockPlan {
    if let known = clockPlans[sla] { return known }
    let made = ClockPlan(sla, rulebook)
    clockPlans[sla] = made
    return made
  }

  public func measures(kpi: Int) -> MeasureSet {
    if let known = measuresOfKPI[kpi] { return known }
    let made = world.withoutOverrides { measure(kpi) }
    measuresOfKPI[kpi] = made
    observe?(.measures(made))
    return made
  }

  /// Time has passed, or the records are others: nothing that was made holds any longer.
  public func restart(at instant: Instant) {
    self.instant = instant
    evaluator.instant = instant
    for index in decisionsOfRoute.indices { decisionsOfRoute[index] = nil }
    for index in measuredDecisionsOfRoute.indices { measuredDecisionsOfRoute[index] = nil }
    for index in clocksOfSLA.indices { clocksOfSLA[index] = nil }
    for index in measuresOfKPI.indices { measuresOfKPI[index] = nil }
    for index in findingsOfEnsure.indices { findingsOfEnsure[index] = nil }
  }

  /// Runs every rule, so that what it says then is remembered.
  public func runAll() {
    for index in rulebook.routes.indices { _ = decisions(route: index) }
    for index in rulebook.slas.indices { _ = clocks(sla: index) }
    for index in rulebook.kpis.indices { _ = measures(kpi: index) }
    for index in rulebook.ensures.indices { _ = findings(ensure: index) }
  }

  // MARK: - One item

  /// What a route decides for one item against the data as it stands, as a call in an expression gets it.
  public func decision(route: Int, for item: EntityReference) -> Decision {
    decideAlone(route, current(item), filter: rulebook.routes[route].filter)
  }

  /// The cycles of one item's clock, the newest last.
  public func clocks(sla: Int, for item: EntityReference) -> [Clock] { clocks(sla, of: current(item)) }

  public func findings(ensure: Int) -> [Finding] {
    if let known = findingsOfEnsure[ensure] { return known }
    let made = world.withoutOverrides { runEnsure(ensure) }
    findingsOfEnsure[ensure] = made
    return made
  }

  // MARK: - Items

  /// How many records of an entity exist now.
  public func recordCount(of entity: EntityID) -> Int {
    guard let table = world.table(entity) else { return 0 }
    return CurrentRows(table, at: instant).existing().count
  }

  /// The records of an entity or view that exist now, in the order of their keys. A record whose membership of a view is undecided is not one of it.
  func items(of entity: EntityID) -> [EntityReference] {
    guard let table = world.table(entity) else { return [] }
    let items = CurrentRows(table, at: instant).existing().map { EntityReference(entity: table.entity.index, row: $0) }
    guard rulebook.schema[entity].base != nil else { return items }
    return items.filter { item in
      guard case .bool(true) = evaluator.isMember(item, of: entity) else { return false }
      return true
    }
  }

  // MARK: - Calls from expressions

  private func callRoute(_ route: Int, _ item: Value) -> Value {
    guard case .entity(let reference) = item else {
      return item.isError ? item : heap.error(.noSuchOverload("a route decides a record"))
    }
    evaluatedRules += 1
    return value(of: decideAlone(route, current(reference), filter: rulebook.routes[route].filter))
  }

  private func callSLA(_ sla: Int, _ item: Value) -> Value {
    guard case .entity(let reference) = item else {
      return item.isError ? item : heap.error(.noSuchOverload("a clock runs for a record"))
    }
    evaluatedRules += 1
    guard let clock = clocks(sla, of: current(reference)).last else {
      return heap.error(.custom("the clock has no cycle"))
    }
    return value(of: clock)
  }

  private func callKPI(_ kpi: Int) -> Value {
    evaluatedRules += 1
    let cells = measures(kpi: kpi).cells
    guard cells.count == 1, let cell = cells.first else {
      return heap.error(
        .custom("`\(rulebook.kpis[kpi].name)` has \(cells.count) cells: write `cells(\(rulebook.kpis[kpi].name))`"))
    }
    return value(of: cell)
  }

  private func listDecisions(_ route: Int) -> Value {
    evaluatedRules += 1
    return heap.list(decisions(route: route).map { value(of: $0) })
  }

  private func listCells(_ kpi: Int) -> Value {
    evaluatedRules += 1
    return heap.list(measures(kpi: kpi).cells.map { value(of: $0) })
  }

  private func listFindings(_ ensure: Int) -> Value {
    evaluatedRules += 1
    return heap.list(findings(ensure: ensure).map { value(of: $0) })
  }

  /// The newest row of a record as of now.
  func current(_ reference: EntityReference) -> EntityReference {
    let id = EntityID(index: Int(reference.entity))
    guard case .entity(let row) = world.entity(id, record: world.record(of: reference), at: instant) else {
      return reference
    }
    return row
  }

  // MARK: - Texts

  /// Why a value is an error, in words.
  func cause(_ value: Value) -> String {
    guard case .error(let reference) = value else { return "" }
    return heap[reference].message
  }

  func text(of value: Value) -> String? {
    guard case .string(let symbol) = value else { return nil }
    return heap.text(symbol)
  }

  func sourceText(_ span: SourceSpan) -> String {
    sources.text(span).split(whereSeparator: { $0 == "\n" || $0 == "\r" }).map { line in
      String(line.drop(while: { $0 == " " || $0 == "\t" }))
    }.joined(separator: " ")
  }

  public func keyText(_ reference: EntityReference) -> String { machine.scalar(world.key(of: reference)) }

  func string(_ text: String?) -> Value { text.map { heap.string($0) } ?? .absent }

  func timestamp(_ instant: Instant?) -> Value { instant.map { .timestamp($0) } ?? .absent }

  func duration(_ duration: TimeDuration?) -> Value { duration.map { .duration($0) } ?? .absent }
}

/// A record, whatever its version.
struct RecordKey: Hashable {
  var entity: UInt16
  var record: UInt32
}
