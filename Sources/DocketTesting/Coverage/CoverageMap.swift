/// Everything in a rulebook that tests should reach.
///
/// Conditions are the parts that `and`, `or` and `not` join, wherever the rulebook writes them: in rules, clocks, measures,
/// functions, derived fields, views, choices and macros. Invariants and sources are left out: no test calls them.

import DocketDiagnostics
import DocketSemantics
import DocketTime

final class CoverageMap: Sendable {
  let rulebook: CheckedRulebook
  let sources: SourceMap
  let points: [CoveragePoint]
  /// How many counts there are.
  let size: Int
  /// Conditions and results of rows, by the node that is evaluated.
  let nodes: [ObjectIdentifier: Int]
  /// By route and rule.
  let rules: [[Int?]]
  let nobody: [Int?]
  let targets: [SourceSpan: Int]
  let states: [Int?]
  let days: [Int?]
  let measures: [Int?]

  init(_ rulebook: CheckedRulebook, _ sources: SourceMap, ownFiles: Int?) {
    self.rulebook = rulebook
    self.sources = sources
    var builder = CoverageBuilder(ownFiles: ownFiles ?? sources.files.count)
    rules = rulebook.routes.map { route in route.rules.map { builder.add(.rule, $0.span, ["reached"]) } }
    nobody = rulebook.routes.map { $0.otherwise.isEmpty ? builder.add(.target, $0.span, ["otherwise nobody"]) : nil }
    states = rulebook.slas.map { builder.add(.state, $0.span, Self.states($0).map(\.name)) }
    measures = rulebook.kpis.map { builder.add(.measure, $0.span, Self.statuses($0).map(\.name)) }
    days = rulebook.calendars.map { calendar in
      builder.add(.day, calendar.span, DayKind.kinds(of: calendar.calendar).map(\.name))
    }
    for body in rulebook.bodies { builder.collect(body.expression) }
    for declared in rulebook.lets where declared.body.expression.readsWorld {
      builder.collect(declared.body.expression)
    }
    for function in rulebook.functions { builder.collect(function.body.expression) }
    for table in rulebook.tables { builder.collect(table) }
    for route in rulebook.routes { builder.collect(route) }
    for sla in rulebook.slas { builder.collect(sla) }
    for kpi in rulebook.kpis { builder.collect(kpi) }
    points = builder.points
    size = builder.size
    nodes = builder.nodes
    targets = builder.targets
  }

  /// The statuses that a clock can have, in the order in which it goes through them.
  static func states(_ sla: CheckedSLA) -> [ClockStatus] {
    var states: [ClockStatus] = []
    if sla.filter != nil { states.append(.notApplicable) }
    states.append(.running)
    if sla.moments.contains(where: { if case .percent = $0.kind { true } else { false } }) { states.append(.atRisk) }
    if !sla.pauses.isEmpty { states.append(.paused) }
    if sla.stop != nil { states.append(.met) }
    states.append(.breached)
    if sla.cancel != nil { states.append(.cancelled) }
    return states
  }

  static func statuses(_ kpi: CheckedKPI) -> [MeasureStatus] {
    var statuses: [MeasureStatus] = []
    if kpi.target != nil { statuses.append(.onTarget) }
    if kpi.warning != nil { statuses.append(.warning) }
    if kpi.target != nil { statuses.append(.offTarget) }
    if kpi.minimumRows > 1 { statuses.append(.tooFew) }
    return statuses
  }
}

// MARK: - Collecting

private struct CoverageBuilder {
  let ownFiles: Int
  var points: [CoveragePoint] = []
  var size = 0
  var nodes: [ObjectIdentifier: Int] = [:]
  var targets: [SourceSpan: Int] = [:]

  init(ownFiles: Int) { self.ownFiles = ownFiles }

  /// The place of a new point; `nil` where there is nothing to reach, or a library's file.
  mutating func add(_ kind: CoveragePoint.Kind, _ span: SourceSpan, _ outcomes: [String]) -> Int? {
    guard !outcomes.isEmpty, Int(span.file.index) < ownFiles else { return nil }
    points.append(CoveragePoint(kind: kind, span: span, outcomes: outcomes, first: size))
    size += outcomes.count
    return points.count - 1
  }

  mutating func collect(_ table: CheckedTable) {
    for row in table.rows {
      if let point = add(.row, row.span, ["reached"]) { nodes[ObjectIdentifier(row.result)] = point }
      collect(row.result, isCondition: false)
    }
  }

  mutating func collect(_ route: CheckedRoute) {
    collect(route.filter, isCondition: true)
    for key in route.order { collect(key.key) }
    for rule in route.rules {
      for condition in rule.conditions { collect(condition.expression, isCondition: true) }
      // One target is reached with its rule.
      collect(rule.targets, countsAlone: false)
      for effect in rule.effects { collect(effect) }
      collect(rule.because, isCondition: false)
    }
    collect(route.otherwise, countsAlone: true)
  }

  private mutating func collect(_ list: [CheckedRoute.Target], countsAlone: Bool) {
    for target in list {
      if countsAlone || list.count > 1, targets[target.span] == nil {
        targets[target.span] = add(.target, target.span, ["reached"])
      }
      switch target.kind {
      case .value(let expression): collect(expression)
      case .candidate(let candidate):
        for filter in candidate.filters { collect(filter, isCondition: true) }
        collect(candidate.preference, isCondition: true)
        for case .key(let key) in candidate.picks { collect(key.key) }
      case .next: break
      }
      guard let delay = target.delay else { continue }
      collect(delay.after)
      collect(delay.calendar, isCondition: false)
      collect(delay.from)
    }
  }

  mutating func collect(_ sla: CheckedSLA) {
    collect(sla.filter, isCondition: true)
    for trigger in [sla.start, sla.stop, sla.restart] {
      switch trigger {
      case .at(let expression)?: collect(expression)
      case .when(let expression)?: collect(expression, isCondition: true)
      case .on(let list, _, _, let filter)?:
        collect(list)
        collect(filter, isCondition: true)
      case nil: break
      }
    }
    for pause in sla.pauses { collect(pause, isCondition: true) }
    collect(sla.cancel, isCondition: true)
    switch sla.target {
    case .duration(let expression), .workdays(let expression), .due(let expression, _): collect(expression)
    case .cadence(let cadence): collect(cadence.from)
    }
    collect(sla.calendar, isCondition: false)
    for moment in sla.moments {
      for effect in moment.effects { collect(effect) }
    }
  }

  mutating func collect(_ kpi: CheckedKPI) {
    collect(kpi.filter, isCondition: true)
    collect(kpi.settled, isCondition: true)
    switch kpi.window {
    case .every(_, let expression)?: collect(expression)
    case .last(let length, let expression)?:
      collect(length)
      collect(expression)
    case nil: break
    }
    for group in kpi.groups {
      switch group.kind {
      case .key(let expression), .spine(_, let expression): collect(expression)
      }
    }
    for aggregate in kpi.aggregates {
      collect(aggregate.argument, isCondition: aggregate.kind == .ratio || aggregate.kind == .count)
    }
    collect(kpi.value)
    for moment in kpi.moments {
      for effect in moment.effects { collect(effect) }
    }
  }

  private mutating func collect(_ effect: CheckedEffect) {
    switch effect {
    case .notify(let to, let text, _):
      collect(to)
      collect(text)
    case .set(_, _, let value, _): collect(value)
    }
  }

  private mutating func collect(_ expression: CheckedExpression?, isCondition: Bool) {
    if let expression { collect(expression, isCondition: isCondition) }
  }

  mutating func collect(_ expression: CheckedExpression) {
    collect(expression, isCondition: expression.type == .bool)
  }

  private mutating func collect(_ expression: CheckedExpression, isCondition: Bool) {
    switch expression.kind {
    case .constant: return
    case .and(let operands), .or(let operands):
      for operand in operands { collect(operand, isCondition: true) }
      return
    case .builtin(.not, let operands):
      for operand in operands { collect(operand, isCondition: true) }
      return
    case .conditional(let condition, let then, let otherwise):
      collect(condition, isCondition: true)
      collect(then, isCondition: isCondition)
      collect(otherwise, isCondition: isCondition)
      return
    case .comprehension(let macro):
      if isCondition { addCondition(expression) }
      collect(macro.range, isCondition: false)
      collect(macro.filter, isCondition: true)
      switch macro.kind {
      case .all, .exists, .existsOne, .filter: collect(macro.body, isCondition: true)
      case .map, .transformList, .transformMap, .transformMapEntry, .sortBy: collect(macro.body, isCondition: false)
      }
      return
    default: break
    }
    if isCondition { addCondition(expression) }
    for child in expression.children { collect(child, isCondition: false) }
  }

  private mutating func addCondition(_ expression: CheckedExpression) {
    let id = ObjectIdentifier(expression)
    // A part of the rulebook that two clauses share is one condition.
    guard nodes[id] == nil, let point = add(.condition, expression.span, ["true", "false"]) else { return }
    nodes[id] = point
  }
}

extension CheckedExpression {
  /// Values that read neither records nor the clock are computed before any test runs.
  fileprivate var readsWorld: Bool {
    switch kind {
    case .now, .records, .lookup, .route, .sla, .kpi, .decisions, .cells, .findings: true
    default: children.contains(where: \.readsWorld)
    }
  }
}
