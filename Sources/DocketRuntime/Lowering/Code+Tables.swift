/// Decision tables whose cells and results are constants.

import DocketSemantics
import DocketSyntax

/// A call of a table. What is unusual about a value (an absent one that no cell asks for, another kind of number) goes to the
/// tree evaluator.
final class TableCode: Code {
  /// A cell that is not empty: the value's column, and what it admits.
  private struct Cell {
    var column: Int
    var admitsAbsent = false
    var admitsPresent = false
    /// The alternatives; a range is two tests.
    var tests: [(ConstantTest, and: ConstantTest?)] = []

    /// `nil` where only the tree evaluator knows.
    @inline(__always) func verdict(on value: Value) -> Bool? {
      if value.isAbsent { return admitsAbsent ? true : tests.isEmpty ? false : nil }
      if admitsPresent { return true }
      for (test, other) in tests {
        guard let holds = test.verdict(on: value) else { return nil }
        guard holds else { continue }
        guard let other else { return true }
        guard let also = other.verdict(on: value) else { return nil }
        if also { return true }
      }
      return false
    }
  }

  private struct Row {
    /// Of the table's cells, which are its own.
    var cells: Range<Int>
    var result: Value
  }

  private let table: CheckedTable
  private let arguments: [Code]
  private let cells: [Cell]
  private let rows: [Row]
  private let isUnique: Bool
  private let depth: Int

  /// `nil` for a table that is more than constants. `constant` gives the value of an expression that is one.
  init?(
    _ expression: CheckedExpression, _ table: CheckedTable, _ arguments: [Code], depth: Int, _ schema: Schema,
    constant: (CheckedExpression) -> Value?
  ) {
    switch table.hitPolicy {
    case .first: isUnique = false
    case .unique: isUnique = true
    case .all: return nil
    }
    for (argument, parameter) in zip(arguments, table.parameters) {
      // A view takes only its records.
      if case .entity(let wanted) = parameter.type, schema[wanted].base != nil,
        argument.expression.type != parameter.type
      {
        return nil
      }
    }
    var cells: [Cell] = []
    var rows: [Row] = []
    for row in table.rows {
      let first = cells.count
      for (column, tests) in row.cells.enumerated() where !tests.isEmpty {
        guard let cell = Self.cell(column, tests, constant) else { return nil }
        cells.append(cell)
      }
      guard let result = constant(row.result) else { return nil }
      rows.append(Row(cells: first..<cells.count, result: result))
    }
    self.table = table
    self.arguments = arguments
    self.cells = cells
    self.rows = rows
    self.depth = depth
    super.init(expression)
  }

  private static func cell(_ column: Int, _ tests: [CheckedTable.Test], _ constant: (CheckedExpression) -> Value?)
    -> Cell?
  {
    var cell = Cell(column: column)
    for test in tests {
      switch test {
      case .absent: cell.admitsAbsent = true
      case .present: cell.admitsPresent = true
      case .equal(let value):
        guard let test = constant(value).flatMap({ ConstantTest(.equal, $0) }) else { return nil }
        cell.tests.append((test, nil))
      case .relation(let relation, let value):
        guard let test = constant(value).flatMap({ ConstantTest(relation, $0) }) else { return nil }
        cell.tests.append((test, nil))
      case .range(let low, let high):
        guard let first = constant(low).flatMap({ ConstantTest(.greaterOrEqual, $0) }),
          let last = constant(high).flatMap({ ConstantTest(.lessOrEqual, $0) })
        else { return nil }
        cell.tests.append((first, last))
      }
    }
    return cell
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    withUnsafeTemporaryAllocation(of: Value.self, capacity: arguments.count) { values in
      for position in arguments.indices {
        let isOptional = table.parameters[position].isOptional
        let argument = arguments[position]
        var value = isOptional ? argument.quiet(evaluator, frame, missingKeys: false) : argument.value(evaluator, frame)
        if isOptional, case .null = value { value = .absent }
        if value.isError { return value }
        values.initializeElement(at: position, to: value)
      }
      let result = look(values, evaluator)
      // `null` in the column of results is nothing.
      if case .null = result {
        return evaluator.fail(.absent(path: evaluator.path(of: expression)), at: expression)
      }
      return result
    }
  }

  private func look(_ values: UnsafeMutableBufferPointer<Value>, _ evaluator: Evaluator) -> Value {
    var matched: Value?
    for row in rows {
      guard evaluator.charge(1) else { return evaluator.failSteps() }
      guard let holds = matches(row, values) else { return ask(values, evaluator) }
      guard holds else { continue }
      guard isUnique else { return row.result }
      // Several rows are an error that names one of them.
      guard matched == nil else { return ask(values, evaluator) }
      matched = row.result
    }
    return matched ?? ask(values, evaluator)
  }

  /// A row matches where all its cells do: a cell that does not settles it even beside an undecided one.
  private func matches(_ row: Row, _ values: UnsafeMutableBufferPointer<Value>) -> Bool? {
    var isUndecided = false
    for index in row.cells {
      switch cells[index].verdict(on: values[cells[index].column]) {
      case true?: break
      case false?: return false
      case nil: isUndecided = true
      }
    }
    return isUndecided ? nil : true
  }

  @inline(never) private func ask(_ values: UnsafeMutableBufferPointer<Value>, _ evaluator: Evaluator) -> Value {
    evaluator.depth += depth
    defer { evaluator.depth -= depth }
    evaluator.current = expression
    return evaluator.look(in: table, Array(values), expression)
  }
}
