/// Everything that rules say about one record: decisions, clocks, cells of measures, findings.

public import DocketRuntime
public import DocketSemantics
public import DocketTime

public struct ItemExplanation: Sendable {
  public var item: EntityReference
  public var entity: String
  public var key: String
  public var routes: [RouteExplanation]
  public var clocks: [ClockExplanation]
  public var memberships: [Membership]
  /// Invariants whose combinations the record is part of, with their findings that name it.
  public var findings: [(ensure: Int, findings: [Finding])]
}

/// How one row that comes from an item counts in a KPI.
public struct Membership: Sendable {
  public var kpi: Int
  /// Of a KPI over a clock: the cycle.
  public var cycle: Int?
  public var fate: MeasuredRow.Fate
  public var period: Period?
  public var group: [String]
  /// What was evaluated, and what it came to.
  public var notes: [MeasuredRow.Note]
  /// The parts of `where`, for a row that it leaves out.
  public var conditions: [ConditionNote]
  /// The cell that it is in.
  public var cell: Measure?
}

extension RuleEngine {
  /// What all rules over an item's entity, or those named, say about it.
  ///
  /// - Parameter asking: a value for a route's field that might have been given instead, by the route's place.
  public func explain(_ item: EntityReference, only names: [String] = [], asking: (Int) -> Value? = { _ in nil })
    -> ItemExplanation
  {
    let item = current(item)
    func isWanted(_ name: String) -> Bool { names.isEmpty || names.contains(name) }
    var explanation = ItemExplanation(
      item: item, entity: rulebook.schema.entities[Int(item.entity)].name, key: keyText(item), routes: [], clocks: [],
      memberships: [], findings: [])
    for (index, route) in rulebook.routes.enumerated() where isWanted(route.name) && isOver(route.entity, item) {
      explanation.routes.append(explain(route: index, for: item, asking: asking(index)))
    }
    for (index, sla) in rulebook.slas.enumerated() where isWanted(sla.name) && isOver(sla.entity, item) {
      explanation.clocks.append(explain(sla: index, for: item))
    }
    for (index, kpi) in rulebook.kpis.enumerated() where isWanted(kpi.name) {
      explanation.memberships += memberships(kpi: index, of: item)
    }
    for (index, ensure) in rulebook.ensures.enumerated() where isWanted(ensure.name) {
      let isPart = ensure.domains.contains { domain in
        if case .entity(let entity) = domain.kind { isOver(entity, item) } else { false }
      }
      guard isPart else { continue }
      let found = findings(ensure: index).filter { $0.combination.contains { isSame($0, .entity(item)) } }
      explanation.findings.append((index, found))
    }
    return explanation
  }

  /// Whether a record is of an entity, or belongs to a view.
  public func isOver(_ entity: EntityID, _ item: EntityReference) -> Bool {
    guard rulebook.schema.base(of: entity).index == item.entity else { return false }
    guard rulebook.schema[entity].base != nil else { return true }
    if case .bool(true) = evaluator.isMember(item, of: entity) { return true }
    return false
  }

  /// How the rows that come from an item count in a KPI; none where it is not over them.
  public func memberships(kpi index: Int, of item: EntityReference) -> [Membership] {
    let rows: [(row: Value, cycle: Int?)]
    switch rulebook.kpis[index].source {
    case .entity(let entity): rows = isOver(entity, item) ? [(.entity(item), nil)] : []
    case .sla(let sla):
      guard isOver(rulebook.slas[sla].entity, item) else { return [] }
      rows = clocks(sla: sla, for: item).filter { $0.status != .notApplicable }.map { (value(of: $0), $0.cycle) }
    case .route(let route):
      guard isOver(rulebook.routes[route].entity, item) else { return [] }
      rows = measuredDecisions(route: route).filter { isSame(.entity($0.item), .entity(item)) }.map {
        (value(of: $0), nil)
      }
    }
    return rows.map { row in
      var run = MeasureRun(engine: self, index: index)
      return run.membership(of: row.row, cycle: row.cycle)
    }
  }
}
