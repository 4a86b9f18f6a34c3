/// What can be reached from what runs: rules, tests, the fields of entities, sources, and libraries.

import DocketDiagnostics
import DocketSemantics

struct Usage {
  private let rulebook: CheckedRulebook
  private(set) var functions: Set<Int> = []
  private(set) var tables: Set<Int> = []
  private(set) var lets: Set<Int> = []
  private(set) var calendars: Set<Int> = []
  private(set) var fixtures: Set<Int> = []
  private(set) var enums: Set<EnumID> = []
  private(set) var entities: Set<EntityID> = []

  init(_ rulebook: CheckedRulebook) { self.rulebook = rulebook }

  mutating func visitRoots(isOwn: (SourceSpan) -> Bool, limits: Set<String>, bases: Set<String>) {
    for (index, constant) in rulebook.lets.enumerated() where limits.contains(constant.name) { visit(constant: index) }
    for (index, calendar) in rulebook.calendars.enumerated() where bases.contains(calendar.name) {
      calendars.insert(index)
    }
    for entity in rulebook.schema.entities where entity.base == nil || !isOwn(entity.span) { visit(entity) }
    for (index, function) in rulebook.functions.enumerated() where !isOwn(function.span) { visit(function: index) }
    for (index, table) in rulebook.tables.enumerated() where !isOwn(table.span) { visit(table: index) }
    for source in rulebook.sources {
      for mapping in source.mappings { visit(mapping.value) }
      for value in [source.created, source.version].compactMap({ $0 }) + source.tieBreakers { visit(value) }
      for acceptance in source.accepted { visit(acceptance.value) }
    }
    for route in rulebook.routes { visit(route) }
    for sla in rulebook.slas { visit(sla) }
    for kpi in rulebook.kpis { visit(kpi) }
    for ensure in rulebook.ensures {
      for domain in ensure.domains {
        switch domain.kind {
        case .entity(let id): visit(.entity(id))
        case .enumeration(let id): enums.insert(id)
        }
      }
      for part in [ensure.filter, ensure.during, ensure.expectation, ensure.because] { visit(part) }
    }
    for test in rulebook.tests { visit(test) }
  }

  // MARK: - Declarations

  private mutating func visit(_ entity: EntityType) {
    if let filter = entity.filterBody { visit(rulebook.bodies[filter].expression) }
    for field in entity.fields {
      visit(field.type)
      if let body = field.defaultBody { visit(rulebook.bodies[body].expression) }
      switch field.kind {
      case .derived(let body): visit(rulebook.bodies[body].expression)
      case .inverse(_, _, let filter?): visit(rulebook.bodies[filter].expression)
      case .key, .stored, .event, .inverse: break
      }
    }
  }

  private mutating func visit(_ type: Type) {
    switch type {
    case .enumeration(let id): enums.insert(id)
    case .entity(let id):
      guard entities.insert(id).inserted, rulebook.schema[id].base != nil else { return }
      visit(rulebook.schema[id])
    case .list(let inner), .optional(let inner), .type(let inner): visit(inner)
    case .map(let key, let value):
      visit(key)
      visit(value)
    // Data names calendars, any of them.
    case .calendar: calendars.formUnion(rulebook.calendars.indices)
    case .error, .dyn, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .result,
      .abstract, .parameter:
      break
    }
  }

  private mutating func visit(function index: Int) {
    guard functions.insert(index).inserted else { return }
    let function = rulebook.functions[index]
    for parameter in function.parameters { visitNamed(parameter.type) }
    visitNamed(function.result)
    visit(function.body.expression)
  }

  /// A type in a signature; a parameter that is a calendar takes those that callers name.
  private mutating func visitNamed(_ type: Type) {
    if type != .calendar { visit(type) }
  }

  private mutating func visit(table index: Int) {
    guard tables.insert(index).inserted else { return }
    let table = rulebook.tables[index]
    for parameter in table.parameters { visitNamed(parameter.type) }
    visitNamed(table.result)
    for row in table.rows {
      visit(row.result)
      for test in row.cells.joined() {
        switch test {
        case .absent, .present: break
        case .equal(let value), .relation(_, let value): visit(value)
        case .range(let low, let high):
          visit(low)
          visit(high)
        }
      }
    }
  }

  private mutating func visit(constant index: Int) {
    guard lets.insert(index).inserted else { return }
    visitNamed(rulebook.lets[index].type)
    visit(rulebook.lets[index].body.expression)
  }

  // MARK: - Rules

  private mutating func visit(_ route: CheckedRoute) {
    visit(.entity(route.entity))
    visit(route.filter)
    for key in route.order { visit(key.key) }
    for rule in route.rules {
      for condition in rule.conditions { visit(condition.expression) }
      for target in rule.targets { visit(target) }
      for effect in rule.effects { visit(effect) }
      visit(rule.because)
    }
    for target in route.otherwise { visit(target) }
  }

  private mutating func visit(_ target: CheckedRoute.Target) {
    if let delay = target.delay {
      for part in [delay.after, delay.calendar, delay.from] { visit(part) }
    }
    switch target.kind {
    case .value(let value): visit(value)
    case .next: break
    case .candidate(let candidate):
      visit(.entity(candidate.entity))
      for filter in candidate.filters { visit(filter) }
      visit(candidate.preference)
      for pick in candidate.picks {
        if case .key(let key) = pick { visit(key.key) }
      }
    }
  }

  private mutating func visit(_ sla: CheckedSLA) {
    visit(.entity(sla.entity))
    for part in [sla.filter, sla.cancel, sla.calendar] + sla.pauses { visit(part) }
    for trigger in [sla.start, sla.stop, sla.restart] {
      switch trigger {
      case .at(let part), .when(let part): visit(part)
      case .on(let list, let entity, _, let filter):
        visit(list)
        visit(.entity(entity))
        visit(filter)
      case nil: break
      }
    }
    switch sla.target {
    case .duration(let part), .workdays(let part), .due(let part, _): visit(part)
    case .cadence(let cadence): visit(cadence.from)
    }
    if case .grace(let part) = sla.changePolicy { visit(part) }
    for moment in sla.moments {
      visit(moment.during)
      if case .afterBreach(let every, _, _) = moment.kind { visit(every) }
      for effect in moment.effects { visit(effect) }
    }
  }

  private mutating func visit(_ kpi: CheckedKPI) {
    if case .entity(let id) = kpi.source { visit(.entity(id)) }
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
      case .key(let key): visit(key)
      case .spine(let entity, let on):
        visit(.entity(entity))
        visit(on)
      }
    }
    for aggregate in kpi.aggregates { visit(aggregate.argument) }
    for moment in kpi.moments {
      for effect in moment.effects { visit(effect) }
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

  private mutating func visit(_ test: CheckedTest) {
    for step in test.steps {
      switch step {
      case .now(let part), .bind(_, _, let part), .wait(let part), .set(_, _, let part), .expect(let part, _, _):
        visit(part)
      case .givenFixture(let index):
        guard fixtures.insert(index).inserted else { continue }
        for record in rulebook.fixtures[index].records { visit(record) }
      case .givenData: break
      case .bindRecord(_, _, let record), .add(let record): visit(record)
      }
    }
    guard let cases = test.cases else { return }
    for slot in cases.slots { visit(slot.type) }
    for row in cases.rows {
      for cell in row.cells { visit(cell) }
    }
  }

  private mutating func visit(_ record: CheckedRecord) {
    for field in record.fields { visit(field.value) }
  }

  // MARK: - Expressions

  private mutating func visit(_ value: CheckedSource.Value) {
    if case .expression(let body) = value { visit(body.expression) }
  }

  private mutating func visit(_ expression: CheckedExpression?) {
    guard let expression else { return }
    switch expression.kind {
    case .letValue(let index): visit(constant: index)
    case .calendar(let index): calendars.insert(index)
    case .function(let index, _): visit(function: index)
    case .table(let index, _): visit(table: index)
    case .lookup(let entity, _), .records(let entity): visit(.entity(entity))
    case .constant(let index):
      if case .enumeration(let id, _) = rulebook.constants[index] { enums.insert(id) }
    default: break
    }
    for child in expression.children { visit(child) }
  }
}
