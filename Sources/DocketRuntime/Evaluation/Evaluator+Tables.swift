/// Decision tables, row by row.

public import DocketSemantics
import DocketSyntax

extension Evaluator {
  func callTable(_ index: Int, _ arguments: [CheckedExpression], _ expression: CheckedExpression) -> Value {
    let table = rulebook.tables[index]
    var values: [Value] = []
    for (argument, parameter) in zip(arguments, table.parameters) {
      let value = self.argument(argument, type: parameter.type, isOptional: parameter.isOptional)
      if value.isError { return value }
      values.append(value)
    }
    // Where an error of a cell arises.
    current = expression
    let result = look(in: table, values, expression)
    // `null` in the column of results is nothing.
    if case .null = result { return fail(.absent(path: path(of: expression)), at: expression) }
    return result
  }

  /// The result of a table for the values of its parameters, which may be absent.
  public func look(in table: CheckedTable, _ values: [Value], _ expression: CheckedExpression? = nil) -> Value {
    inFrame(of: table.slotCount, arguments: values) {
      var results: [Value] = []
      var matched: CheckedTable.Row?
      for row in table.rows {
        guard charge(1) else { return failSteps() }
        let verdict = matches(row, table, values)
        guard case .bool(let holds) = verdict else { return verdict }
        guard holds else { continue }
        switch table.hitPolicy {
        case .first:
          return value(of: row.result)
        case .unique:
          guard matched == nil else {
            return heap.error(
              .custom("several rows of `\(table.name)` match, though its policy is `hit unique`"), at: row.span)
          }
          matched = row
        case .all:
          let result = value(of: row.result)
          if result.isError { return result }
          results.append(result)
        }
      }
      if table.hitPolicy == .all { return makeList(results, expression) }
      guard let matched else {
        return heap.error(.noRow(table: table.name), at: expression?.span ?? table.span)
      }
      return value(of: matched.result)
    }
  }

  /// What each row says to the values of the parameters, whatever the others say; `nil` is undecided.
  public func verdicts(of table: CheckedTable, _ values: [Value]) -> [Bool?] {
    inFrame(of: table.slotCount, arguments: values) {
      table.rows.map { row in
        if case .bool(let holds) = matches(row, table, values) { holds } else { nil }
      }
    }
  }

  /// A row matches where all its cells do: a cell that does not settles it even beside an undecided one.
  private func matches(_ row: CheckedTable.Row, _ table: CheckedTable, _ values: [Value]) -> Value {
    var firstError: Value?
    for (column, tests) in row.cells.enumerated() where !tests.isEmpty {
      let verdict = matches(tests, values[column], parameter: table.parameters[column].name)
      switch verdict {
      case .bool(true): break
      case .bool: return verdict
      default: firstError = firstError ?? verdict
      }
    }
    return firstError ?? .bool(true)
  }

  /// The alternatives of a cell; on an absent value only `null` is decided.
  private func matches(_ tests: [CheckedTable.Test], _ value: Value, parameter: String) -> Value {
    var firstError: Value?
    for test in tests {
      let verdict = matches(test, value, parameter: parameter)
      switch verdict {
      case .bool(false): break
      case .bool: return verdict
      default: firstError = firstError ?? verdict
      }
    }
    return firstError ?? .bool(false)
  }

  private func matches(_ test: CheckedTable.Test, _ value: Value, parameter: String) -> Value {
    switch test {
    case .absent: return .bool(value.isAbsent)
    case .present: return .bool(!value.isAbsent)
    case .equal, .range, .relation: break
    }
    guard !value.isAbsent else { return fail(.absent(path: parameter)) }
    switch test {
    case .absent, .present: return .bool(false)
    case .equal(let expression):
      let wanted = self.value(of: expression)
      return wanted.isError ? wanted : equality(value, wanted)
    case .range(let low, let high):
      let low = self.value(of: low)
      if low.isError { return low }
      let high = self.value(of: high)
      if high.isError { return high }
      let above = comparison(.greaterOrEqual, value, low)
      guard case .bool(true) = above else { return above }
      return comparison(.lessOrEqual, value, high)
    case .relation(let relation, let expression):
      let limit = self.value(of: expression)
      if limit.isError { return limit }
      if relation == .notEqual {
        let equal = equality(value, limit)
        guard case .bool(let bit) = equal else { return equal }
        return .bool(!bit)
      }
      return comparison(relation, value, limit)
    }
  }
}
