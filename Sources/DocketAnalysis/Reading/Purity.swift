/// Which expressions read nothing, so that the engine can say now what they come to.

import DocketSemantics

struct Purity {
  private let rulebook: CheckedRulebook
  private var functions: [Int: Bool] = [:]
  private var tables: [Int: Bool] = [:]
  private var lets: [Int: Bool] = [:]
  /// Declarations looked into inside one another; deeper ones are not looked at.
  private var depth = 0

  init(_ rulebook: CheckedRulebook) { self.rulebook = rulebook }

  /// Whether it reads neither variables, but those of its own macros, nor records, rules or the clock.
  mutating func isPure(_ expression: CheckedExpression) -> Bool {
    // The variables of macros lie above all others that it could read.
    isPure(expression, bound: [])
  }

  private mutating func isPure(_ expression: CheckedExpression, bound: Set<Int>) -> Bool {
    var bound = bound
    switch expression.kind {
    case .constant, .calendar: return true
    case .local(let slot): return bound.contains(slot)
    case .external, .now, .field, .history, .versionBound, .resultField, .rowColumn, .hasField, .route, .sla, .kpi,
      .decisions, .cells, .findings, .lookup, .records, .aggregate, .siblingMeasure, .invalid:
      return false
    case .letValue(let index):
      if let known = lets[index] { return known }
      let body = rulebook.lets[index].body.expression
      guard let result = inside({ $0.isPure(body, bound: []) }) else { return false }
      lets[index] = result
      return result
    case .function(let index, _):
      guard isPure(function: index) else { return false }
    case .table(let index, _):
      guard isPure(table: index) else { return false }
    case .bind(let slot, _, _), .optionalMap(_, let slot, _, _): bound.insert(slot)
    case .comprehension(let comprehension):
      bound.insert(comprehension.slot)
      if let second = comprehension.secondSlot { bound.insert(second) }
    case .select, .index, .hasKey, .isAbsent, .coalesce, .and, .or, .conditional, .builtin, .list, .map, .format: break
    }
    for child in expression.children {
      guard isPure(child, bound: bound) else { return false }
    }
    return true
  }

  private mutating func inside(_ work: (inout Purity) -> Bool) -> Bool? {
    guard depth < 100 else { return nil }
    depth += 1
    defer { depth -= 1 }
    return work(&self)
  }

  private mutating func isPure(function index: Int) -> Bool {
    if let known = functions[index] { return known }
    let function = rulebook.functions[index]
    let parameters = Set(function.parameters.indices)
    guard let result = inside({ $0.isPure(function.body.expression, bound: parameters) }) else { return false }
    functions[index] = result
    return result
  }

  private mutating func isPure(table index: Int) -> Bool {
    if let known = tables[index] { return known }
    let table = rulebook.tables[index]
    let parameters = Set(table.parameters.indices)
    let found = inside { purity in table.rows.allSatisfy { purity.isPure($0.result, bound: parameters) } }
    guard let result = found else { return false }
    tables[index] = result
    return result
  }
}
