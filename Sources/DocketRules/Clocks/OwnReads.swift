/// Whether an expression about a record can look at other records. What is not plainly about the record alone counts as if
/// it did.

import DocketSemantics

struct OwnReads {
  private let rulebook: CheckedRulebook
  /// Whether `now` counts as another record: what reads neither is the same at all times, as long as the record is.
  private let isTimeless: Bool
  /// What has been found out, so that a declaration that many read is looked at once; one that needs itself is not own.
  private var known: [Declaration: Bool] = [:]

  private enum Declaration: Hashable {
    case constant(Int)
    case function(Int)
    case table(Int)
    case body(Int)
  }

  init(_ rulebook: CheckedRulebook, isTimeless: Bool = false) {
    (self.rulebook, self.isTimeless) = (rulebook, isTimeless)
  }

  /// Whether everything that is read is of the record in the slot `item`, or of none.
  mutating func areOwn(_ expression: CheckedExpression, item: Int?) -> Bool {
    switch expression.kind {
    case .constant, .external, .calendar: return true
    case .now: return !isTimeless
    case .local: return !Self.holdsRecords(expression.type)
    case .letValue(let index): return areOwn(.constant(index))
    case .field(let target, let field): return !Self.holdsRecords(expression.type) && isOwn(field, of: target, item)
    case .hasField(let target, let field): return isOwn(field, of: target, item)
    case .isAbsent(let operand, _):
      // Whether a reference is there, the record itself says.
      if case .field(let target, let field) = operand.kind { return isOwn(field, of: target, item) }
      return partsAreOwn(expression, item)
    case .versionBound(let target, _): return isItem(target, item)
    case .function(let index, _): return partsAreOwn(expression, item) && areOwn(.function(index))
    case .table(let index, _): return partsAreOwn(expression, item) && areOwn(.table(index))
    case .select, .index, .hasKey, .coalesce, .and, .or, .conditional, .builtin, .list, .map, .comprehension, .bind,
      .optionalMap, .format:
      return partsAreOwn(expression, item)
    case .history, .resultField, .rowColumn, .route, .sla, .kpi, .decisions, .cells, .findings, .lookup, .records,
      .aggregate, .siblingMeasure, .invalid:
      return false
    }
  }

  private mutating func partsAreOwn(_ expression: CheckedExpression, _ item: Int?) -> Bool {
    guard !Self.holdsRecords(expression.type) else { return false }
    for part in expression.children { guard areOwn(part, item: item) else { return false } }
    return true
  }

  private func isItem(_ target: CheckedExpression, _ item: Int?) -> Bool {
    if case .local(let slot) = target.kind { slot == item } else { false }
  }

  private mutating func isOwn(_ field: FieldReference, of target: CheckedExpression, _ item: Int?) -> Bool {
    guard isItem(target, item) else { return false }
    let declaration = rulebook.schema[field.entity].fields[field.index]
    switch declaration.kind {
    case .key, .stored, .event: return declaration.defaultBody.map { areOwn(.body($0)) } ?? true
    case .derived(let body): return areOwn(.body(body))
    case .inverse: return false
    }
  }

  // MARK: - Declarations

  private mutating func areOwn(_ declaration: Declaration) -> Bool {
    if let known = known[declaration] { return known }
    known[declaration] = false
    let result =
      switch declaration {
      case .constant(let index): areOwn(rulebook.lets[index].body.expression, item: nil)
      case .function(let index): areOwn(rulebook.functions[index].body.expression, item: nil)
      case .table(let index): areOwn(rulebook.tables[index])
      // The record of a body of the schema is in its first slot.
      case .body(let index): areOwn(rulebook.bodies[index].expression, item: 0)
      }
    known[declaration] = result
    return result
  }

  private mutating func areOwn(_ table: CheckedTable) -> Bool {
    for row in table.rows {
      guard areOwn(row.result, item: nil) else { return false }
      for test in row.cells.joined() {
        let values: [CheckedExpression] =
          switch test {
          case .absent, .present: []
          case .equal(let value), .relation(_, let value): [value]
          case .range(let low, let high): [low, high]
          }
        for value in values { guard areOwn(value, item: nil) else { return false } }
      }
    }
    return true
  }

  /// Whether values of a type may lead to records.
  private static func holdsRecords(_ type: Type) -> Bool {
    switch type {
    case .entity, .result, .dyn, .error, .abstract, .parameter: true
    case .list(let element), .optional(let element): holdsRecords(element)
    case .map(let key, let value): holdsRecords(key) || holdsRecords(value)
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .type, .enumeration,
      .calendar:
      false
    }
  }
}
