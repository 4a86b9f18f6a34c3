import DocketSemantics

/// Whether an expression gives the same for the same, and makes nothing that others keep: it asks no other rule.
struct BatchPurity {
  private let rulebook: CheckedRulebook
  private var functions: [Int: Bool] = [:]
  private var bodies: [Int: Bool] = [:]

  init(_ rulebook: CheckedRulebook) { self.rulebook = rulebook }

  mutating func isPure(_ expression: CheckedExpression) -> Bool { isPure(expression, depth: 0) }

  private mutating func isPure(_ expression: CheckedExpression, depth: Int) -> Bool {
    guard depth < 200 else { return false }
    switch expression.kind {
    case .route, .sla, .kpi, .decisions, .cells, .findings, .aggregate, .siblingMeasure, .rowColumn, .invalid:
      return false
    case .field(_, let field), .hasField(_, let field):
      let declaration = rulebook.schema[field.entity].fields[field.index]
      switch declaration.kind {
      case .derived(let body):
        guard isPure(body: body, depth) else { return false }
      case .inverse(_, _, let filter?):
        guard isPure(body: filter, depth) else { return false }
      case .inverse, .key, .stored, .event:
        if let body = declaration.defaultBody {
          guard isPure(body: body, depth) else { return false }
        }
      }
    case .function(let index, _):
      guard isPure(function: index, depth) else { return false }
    case .table(let index, _):
      for row in rulebook.tables[index].rows {
        guard isPure(row.result, depth: depth + 1) else { return false }
      }
    case .letValue(let index):
      guard isPure(rulebook.lets[index].body.expression, depth: depth + 1) else { return false }
    case .records(let entity), .lookup(let entity, _):
      if let filter = rulebook.schema[entity].filterBody {
        guard isPure(body: filter, depth) else { return false }
      }
    case .constant, .local, .external, .now, .calendar, .history, .versionBound, .resultField, .select, .index, .hasKey,
      .isAbsent, .coalesce, .and, .or, .conditional, .builtin, .list, .map, .format, .comprehension, .bind,
      .optionalMap:
      break
    }
    for child in expression.children {
      guard isPure(child, depth: depth + 1) else { return false }
    }
    return true
  }

  private mutating func isPure(body index: Int, _ depth: Int) -> Bool {
    if let known = bodies[index] { return known }
    // One that needs itself is what its other parts are.
    bodies[index] = true
    let result = isPure(rulebook.bodies[index].expression, depth: depth + 1)
    bodies[index] = result
    return result
  }

  private mutating func isPure(function index: Int, _ depth: Int) -> Bool {
    if let known = functions[index] { return known }
    functions[index] = true
    let result = isPure(rulebook.functions[index].body.expression, depth: depth + 1)
    functions[index] = result
    return result
  }
}
