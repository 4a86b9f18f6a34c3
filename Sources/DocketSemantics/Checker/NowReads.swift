/// Which expressions read `now` by way of a declaration: a condition that is replayed over the history cannot, since nothing
/// tells it when time alone has changed its outcome.

struct NowReads {
  private let rulebook: CheckedRulebook
  /// What has been found out, so that a declaration that many read is looked at once.
  private var known: [Declaration: Bool] = [:]

  private enum Declaration: Hashable {
    case function(Int)
    case table(Int)
    case body(Int)
  }

  init(_ rulebook: CheckedRulebook) { self.rulebook = rulebook }

  /// The name of the function, table or field by which an expression reads `now`; `nil` where none does.
  mutating func reader(in expression: CheckedExpression) -> String? {
    if let found = ownReader(expression) { return found }
    for part in expression.children {
      if let found = reader(in: part) { return found }
    }
    return nil
  }

  private mutating func ownReader(_ expression: CheckedExpression) -> String? {
    switch expression.kind {
    case .function(let index, _):
      if readsNow(.function(index)) { return rulebook.functions[index].name }
    case .table(let index, _):
      if readsNow(.table(index)) { return rulebook.tables[index].name }
    case .field(_, let field), .hasField(_, let field):
      let declared = rulebook.schema[field.entity].fields[field.index]
      for body in Self.bodies(of: declared) where readsNow(.body(body)) { return declared.name }
    default: break
    }
    return nil
  }

  private static func bodies(of field: Field) -> [Int] {
    switch field.kind {
    case .key, .stored, .event: field.defaultBody.map { [$0] } ?? []
    case .derived(let body): [body]
    case .inverse(_, _, let filter): filter.map { [$0] } ?? []
    }
  }

  private mutating func readsNow(_ declaration: Declaration) -> Bool {
    if let known = known[declaration] { return known }
    // One that needs itself reads what the rest of it reads.
    known[declaration] = false
    var result = false
    switch declaration {
    case .function(let index): result = readsNow(rulebook.functions[index].body.expression)
    case .table(let index): for row in rulebook.tables[index].rows where readsNow(row.result) { result = true }
    case .body(let index): result = readsNow(rulebook.bodies[index].expression)
    }
    known[declaration] = result
    return result
  }

  private mutating func readsNow(_ expression: CheckedExpression) -> Bool {
    if case .now = expression.kind { return true }
    if ownReader(expression) != nil { return true }
    for part in expression.children where readsNow(part) { return true }
    return false
  }
}
