/// Which fields of an item, and of records that it refers to, a route's conditions read, and what they compare them with.
///
/// It follows derived fields, functions and tables. What it misses costs an explanation a suggestion, never its truth.

import DocketRuntime
import DocketSemantics

struct FieldReads {
  /// A field at the end of references that start from the item.
  struct Site: Hashable {
    var links: [FieldReference]
    var field: FieldReference
  }
  /// What a site is compared with.
  struct Clues {
    var values: [Value] = []
    /// Texts that it might contain.
    var fragments: [Value] = []
  }

  private let engine: RuleEngine
  /// In the order in which they are read.
  private(set) var sites: [Site] = []
  private(set) var clues: [Site: Clues] = [:]
  /// Durations anywhere: how far an instant may be from now.
  private(set) var durations: [Value] = []

  /// What a variable stands for.
  private enum Binding {
    case record([FieldReference])
    case field(Site)
  }
  private struct Scope {
    var variables: [Int: Binding]
    /// The variables are those of the evaluator's frame, so that what reads them can be evaluated.
    var isFrame = false

    subscript(slot: Int) -> Binding? { variables[slot] }
  }
  private var depth = 0
  private static let depthLimit = 12

  init(_ engine: RuleEngine) { self.engine = engine }

  /// In the frame of a decision, whose variables give what a site is compared with.
  mutating func add(_ route: CheckedRoute) {
    let item = Scope(variables: [0: .record([])], isFrame: true)
    if let filter = route.filter { collect(filter, item) }
    for rule in route.rules {
      for condition in rule.conditions { collect(condition.expression, item) }
    }
    for target in route.rules.flatMap(\.targets) + route.otherwise {
      if let delay = target.delay {
        collect(delay.after, item)
        collect(delay.from, item)
      }
      switch target.kind {
      case .next: break
      case .value(let expression): collect(expression, item)
      case .candidate(let candidate):
        for filter in candidate.filters { collect(filter, item) }
        if let preference = candidate.preference { collect(preference, item) }
        for key in candidate.keys { collect(key.key, item) }
      }
    }
  }

  // MARK: - Walking

  private mutating func collect(_ expression: CheckedExpression, _ bindings: Scope) {
    guard depth < Self.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    switch expression.kind {
    case .field(let target, let field), .hasField(let target, let field):
      if let links = links(target, bindings) { note(links, field) }
    case .constant: if expression.type == .duration { durations.append(engine.evaluator.evaluate(expression)) }
    case .builtin(let builtin, let operands): compare(builtin, operands, bindings)
    case .function(let index, let arguments):
      let body = engine.rulebook.functions[index].body.expression
      collect(body, bound(arguments, bindings))
    case .table(let index, let arguments): look(in: engine.rulebook.tables[index], arguments, bindings)
    default: break
    }
    for child in expression.children { collect(child, bindings) }
  }

  private func bound(_ arguments: [CheckedExpression], _ bindings: Scope) -> Scope {
    var inner = Scope(variables: [:])
    for (slot, argument) in arguments.enumerated() {
      if case .entity = argument.type {
        inner.variables[slot] = links(argument, bindings).map { .record($0) }
      } else {
        inner.variables[slot] = site(argument, bindings).map { .field($0) }
      }
    }
    return inner
  }

  private mutating func note(_ links: [FieldReference], _ field: FieldReference) {
    switch engine.rulebook.schema[field.entity].fields[field.index].kind {
    case .stored: _ = add(Site(links: links, field: field))
    case .derived(let body): collect(engine.rulebook.bodies[body].expression, Scope(variables: [0: .record(links)]))
    case .key, .event, .inverse: break
    }
  }

  private mutating func add(_ site: Site) -> Site {
    if clues[site] == nil {
      clues[site] = Clues()
      sites.append(site)
    }
    return site
  }

  /// The references that lead to a record; `nil` where it is not found from the item.
  private func links(_ expression: CheckedExpression, _ bindings: Scope) -> [FieldReference]? {
    switch expression.kind {
    case .local(let slot):
      if case .record(let links)? = bindings[slot] { return links }
      return nil
    case .field(let target, let field):
      guard case .entity = expression.type, engine.rulebook.schema[field.entity].fields[field.index].isStored else {
        return nil
      }
      return links(target, bindings).map { $0 + [field] }
    default: return nil
    }
  }

  /// The field whose value an expression is.
  private func site(_ expression: CheckedExpression, _ bindings: Scope) -> Site? {
    switch expression.kind {
    case .field(let target, let field):
      guard case .stored = engine.rulebook.schema[field.entity].fields[field.index].kind else { return nil }
      return links(target, bindings).map { Site(links: $0, field: field) }
    case .local(let slot):
      if case .field(let site)? = bindings[slot] { return site }
      return nil
    case .coalesce(let value, _): return site(value, bindings)
    default: return nil
    }
  }

  // MARK: - What it is compared with

  private mutating func compare(_ builtin: Builtin, _ operands: [CheckedExpression], _ bindings: Scope) {
    guard operands.count == 2 else { return }
    for (one, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
      guard let site = site(one, bindings) else { continue }
      _ = add(site)
      let values = self.values(other, bindings)
      switch builtin {
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contained:
        clues[site]?.values += values
      case .contains, .startsWith, .endsWith: clues[site]?.fragments += values
      default: break
      }
    }
  }

  private mutating func look(in table: CheckedTable, _ arguments: [CheckedExpression], _ bindings: Scope) {
    for (column, argument) in arguments.enumerated() {
      guard let site = site(argument, bindings) else { continue }
      _ = add(site)
      for row in table.rows {
        for test in row.cells[column] {
          switch test {
          case .absent, .present: break
          case .equal(let value), .relation(_, let value):
            let found = values(value, bindings)
            clues[site]?.values += found
          case .range(let low, let high):
            let found = values(low, bindings) + values(high, bindings)
            clues[site]?.values += found
          }
        }
      }
    }
  }

  /// The value of the other side, or its elements. Inside functions the variables of the frame are others, and only what reads none is told.
  private func values(_ expression: CheckedExpression, _ bindings: Scope) -> [Value] {
    if !bindings.isFrame, expression.readsVariables { return [] }
    let value = engine.evaluator.evaluate(expression)
    switch value {
    case .list(let list): return Array(engine.heap[list].prefix(64))
    case .error, .absent, .null: return []
    default: return [value]
    }
  }
}

extension CheckedExpression {
  fileprivate var readsVariables: Bool {
    if case .local = kind { return true }
    return children.contains { $0.readsVariables }
  }
}
