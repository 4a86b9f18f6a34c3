/// What an expression of a route reads: fields, and other routes.
///
/// It follows derived fields, inverse lists, views, functions, tables, values and clocks. Measures, invariants and whole runs
/// read the data as loaded; what they read is no reading of the route's, but a run that they ask for is.

import DocketDiagnostics

struct RouteReads {
  private enum Node: Hashable {
    case function(Int)
    case table(Int)
    case constant(Int)
    case field(FieldReference)
    case view(EntityID)
    case sla(Int)
    case kpi(Int)
    case ensure(Int)
  }

  private let rulebook: CheckedRulebook
  /// Where each is first read, in the route itself.
  private(set) var fields: [FieldReference: SourceSpan] = [:]
  /// Routes asked about one item.
  private(set) var called: [Int: SourceSpan] = [:]
  /// Routes of which all decisions are asked for.
  private(set) var run: [Int: SourceSpan] = [:]
  private var visited: Set<Node> = []
  /// Measures and invariants, looked into last: they read the same functions, to another end.
  private var waiting: [(node: Node, span: SourceSpan)] = []
  /// The place in the route that led here.
  private var origin: SourceSpan?

  /// The field that the route decides.
  private let ownField: FieldReference
  /// Whether it is read of anything but the item, in the route itself.
  private(set) var readsOwnOfOthers = false

  init(_ rulebook: CheckedRulebook, of route: CheckedRoute) {
    (self.rulebook, ownField) = (rulebook, route.field)
  }

  /// What decides: everything but the texts and effects.
  mutating func addDecision(of route: CheckedRoute) {
    visit(view: route.entity, at: route.span)
    visit(route.fieldType, at: route.span)
    visit(route.filter)
    for key in route.order { visit(key.key) }
    for rule in route.rules {
      for condition in rule.conditions { visit(condition.expression) }
      for target in rule.targets { visit(target) }
    }
    for target in route.otherwise { visit(target) }
    finish()
  }

  /// What only tells of the decision.
  mutating func addTexts(of route: CheckedRoute) {
    for rule in route.rules {
      visit(rule.because)
      for effect in rule.effects { visit(effect) }
    }
    finish()
  }

  private mutating func visit(_ target: CheckedRoute.Target) {
    if let delay = target.delay {
      for part in [delay.after, delay.calendar, delay.from] { visit(part) }
    }
    switch target.kind {
    case .value(let value): visit(value)
    case .next: break
    case .candidate(let candidate):
      visit(view: candidate.entity, at: target.span)
      for filter in candidate.filters { visit(filter) }
      visit(candidate.preference)
      for case .key(let key) in candidate.picks { visit(key.key) }
    }
  }

  private mutating func visit(_ effect: CheckedEffect) {
    switch effect {
    case .notify(let to, let text, _):
      visit(to)
      visit(text)
    case .set(_, _, let value, _): visit(value)
    }
  }

  // MARK: - Whole runs

  private mutating func finish() {
    let (fields, readsOwnOfOthers) = (fields, readsOwnOfOthers)
    visited = []
    while let (node, span) = waiting.popLast() {
      enter(node, at: span) { reads in
        switch node {
        case .kpi(let index): reads.visit(reads.rulebook.kpis[index], at: span)
        case .ensure(let index):
          let ensure = reads.rulebook.ensures[index]
          for part in [ensure.filter, ensure.during, ensure.expectation, ensure.because] { reads.visit(part) }
        case .function, .table, .constant, .field, .view, .sla: break
        }
      }
    }
    visited = []
    (self.fields, self.readsOwnOfOthers) = (fields, readsOwnOfOthers)
  }

  private mutating func visit(_ kpi: CheckedKPI, at span: SourceSpan) {
    switch kpi.source {
    case .entity: break
    case .route(let index): run[index] = run[index] ?? origin ?? span
    case .sla(let index): visit(sla: index, at: span)
    }
    for part in [kpi.filter, kpi.settled, kpi.value] { visit(part) }
    switch kpi.window {
    case .every(_, let part): visit(part)
    case .last(let length, let part):
      visit(length)
      visit(part)
    case nil: break
    }
    for group in kpi.groups {
      switch group.kind {
      case .key(let part), .spine(_, on: let part): visit(part)
      }
    }
    for aggregate in kpi.aggregates { visit(aggregate.argument) }
    for moment in kpi.moments {
      for effect in moment.effects { visit(effect) }
    }
  }

  // MARK: - Declarations

  /// Looks into a declaration once.
  private mutating func enter(_ node: Node, at span: SourceSpan, _ look: (inout RouteReads) -> Void) {
    guard visited.insert(node).inserted else { return }
    let outer = origin
    origin = outer ?? span
    look(&self)
    origin = outer
  }

  private mutating func visit(_ field: FieldReference, at span: SourceSpan, isOwnOfItem: Bool = false) {
    if field == ownField, !isOwnOfItem { readsOwnOfOthers = true }
    enter(.field(field), at: span) { reads in
      if reads.fields[field] == nil { reads.fields[field] = reads.origin }
      switch reads.rulebook.schema[field.entity].fields[field.index].kind {
      case .key, .stored, .event: break
      case .derived(let body): reads.visit(reads.rulebook.bodies[body].expression)
      case .inverse(let entity, let other, let filter):
        reads.visit(view: entity, at: span)
        reads.visit(FieldReference(entity: reads.rulebook.schema.base(of: entity), index: other), at: span)
        if let filter { reads.visit(reads.rulebook.bodies[filter].expression) }
      }
    }
  }

  /// Whether a record is in a view is read of its fields.
  private mutating func visit(view entity: EntityID, at span: SourceSpan) {
    guard entity != .unknown, let filter = rulebook.schema[entity].filterBody else { return }
    enter(.view(entity), at: span) { $0.visit($0.rulebook.bodies[filter].expression) }
  }

  private mutating func visit(_ type: Type, at span: SourceSpan) {
    switch type {
    case .entity(let entity), .list(.entity(let entity)): visit(view: entity, at: span)
    default: break
    }
  }

  private mutating func visit(table index: Int, at span: SourceSpan) {
    enter(.table(index), at: span) { reads in
      for row in reads.rulebook.tables[index].rows {
        for test in row.cells.joined() {
          switch test {
          case .absent, .present: break
          case .equal(let value), .relation(_, let value): reads.visit(value)
          case .range(let low, let high):
            reads.visit(low)
            reads.visit(high)
          }
        }
        reads.visit(row.result)
      }
    }
  }

  private mutating func visit(sla index: Int, at span: SourceSpan) {
    let sla = rulebook.slas[index]
    enter(.sla(index), at: span) { reads in
      reads.visit(view: sla.entity, at: span)
      for part in [sla.filter, sla.cancel, sla.calendar] + sla.pauses { reads.visit(part) }
      for trigger in [sla.start, sla.stop, sla.restart] {
        switch trigger {
        case .at(let part), .when(let part): reads.visit(part)
        case .on(let list, let entity, _, let filter):
          reads.visit(list)
          reads.visit(view: entity, at: span)
          reads.visit(filter)
        case nil: break
        }
      }
      switch sla.target {
      case .duration(let part), .workdays(let part), .due(let part, _): reads.visit(part)
      case .cadence(let cadence):
        reads.visit(cadence.from)
        reads.visit(cadence.until)
      }
      if case .grace(let part) = sla.changePolicy { reads.visit(part) }
    }
  }

  // MARK: - Expressions

  private mutating func visit(_ expression: CheckedExpression?) {
    guard let expression else { return }
    let span = expression.span
    switch expression.kind {
    case .field(let target, let field), .hasField(let target, let field):
      let isItem = if case .local(0) = target.kind { origin == nil } else { false }
      visit(field, at: span, isOwnOfItem: isItem)
    case .lookup(let entity, _), .records(let entity): visit(view: entity, at: span)
    case .letValue(let index):
      enter(.constant(index), at: span) { $0.visit($0.rulebook.lets[index].body.expression) }
    case .function(let index, _):
      enter(.function(index), at: span) { $0.visit($0.rulebook.functions[index].body.expression) }
    case .table(let index, _): visit(table: index, at: span)
    case .sla(let index, _): visit(sla: index, at: span)
    case .route(let index, _): called[index] = called[index] ?? origin ?? span
    case .decisions(let index): run[index] = run[index] ?? origin ?? span
    case .kpi(let index), .cells(let index), .siblingMeasure(let index): waiting.append((.kpi(index), origin ?? span))
    case .findings(let index): waiting.append((.ensure(index), origin ?? span))
    case .constant, .local, .external, .now, .calendar, .history, .versionBound, .resultField, .rowColumn, .select,
      .index, .hasKey, .isAbsent, .coalesce, .and, .or, .conditional, .builtin, .list, .map, .format, .comprehension,
      .bind, .optionalMap, .aggregate, .invalid:
      break
    }
    for child in expression.children { visit(child) }
  }
}
