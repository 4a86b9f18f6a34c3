/// Decision tables: values that no row provides for, rows that are never reached, rows that collide.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax

extension Analyzer {
  /// A row with where it matches and where it does not; elsewhere it is undecided.
  private struct RowReach {
    var row: CheckedTable.Row
    var holds: [Box]
    var fails: [Box]
  }

  func analyze(_ table: CheckedTable) {
    guard !table.rows.isEmpty else { return }
    reader.reset()
    let subject = "table `\(table.name)`"
    for (slot, parameter) in table.parameters.enumerated() {
      reader.slotNames[slot] = parameter.name
      if parameter.isOptional { reader.optionalSlots.insert(slot) }
    }
    let columns = table.parameters.enumerated().map { slot, parameter in
      reader.variable(FieldPath(slot: slot, fields: []), parameter.type)
    }
    var formulas: [Formula] = []
    for row in table.rows {
      var cells: [Formula] = []
      for (column, tests) in row.cells.enumerated() where !tests.isEmpty {
        guard let cell = reader.cell(tests, .variable(columns[column])) else {
          return leaveOpen(subject, at: row.span, table.parameters[column].name, .computed)
        }
        cells.append(cell)
      }
      formulas.append(.all(cells))
    }
    reader.space.freeze()
    do throws(TooComplex) {
      var rows: [RowReach] = []
      for (row, formula) in zip(table.rows, formulas) {
        rows.append(
          RowReach(
            row: row, holds: try reader.space.region(formula, is: true),
            fails: try reader.space.region(formula, is: false)))
      }
      try analyze(table, rows, columns)
    } catch {
      leaveOpen(subject, at: table.span, "", .tooLarge)
    }
  }

  private func analyze(_ table: CheckedTable, _ rows: [RowReach], _ columns: [Int]) throws(TooComplex) {
    let above = BoxIndex(reader.space, rows.map(\.holds))
    // What no row has settled so far, and where an earlier row is undecided.
    var left = [Box.everything]
    var stuck: [(region: [Box], row: CheckedTable.Row)] = []
    for (index, reach) in rows.enumerated() {
      if isEmpty(reach.holds) {
        report(.rowNeverMatches(table.name), at: reach.row.span)
      } else {
        switch table.hitPolicy {
        case .first:
          if isEmpty(try reader.space.intersection(left, reach.holds)) {
            let around = above.owners(around: reach.holds, above: index).map { rows[$0] }
            try tellUnreachable(reach, around, table, columns)
          }
        case .unique:
          let near = above.owners(near: reach.holds, above: index).lazy.map { rows[$0] }
          tellOverlap(reach, near, table, columns)
        case .all: break
        }
      }
      let open = try reader.space.complement(try reader.space.union(reach.holds, reach.fails))
      let here = try reader.space.intersection(table.hitPolicy == .first ? left : [.everything], open)
      if !isEmpty(here) { stuck.append((here, reach.row)) }
      left = try reader.space.intersection(left, reach.fails)
    }
    try tellGaps(table, rows, columns, left, stuck)
  }

  // MARK: - Rows

  private func tellUnreachable(
    _ reach: RowReach, _ earlier: [RowReach], _ table: CheckedTable, _ columns: [Int]
  ) throws(TooComplex) {
    var cause: RowReach?
    for other in earlier where cause == nil {
      if try isCovered(reach.holds, by: other.holds) { cause = other }
    }
    var isRepetition = false
    if let cause { isRepetition = try isCovered(cause.holds, by: reach.holds) }
    for example in examples(reach.holds, mentioning: columns) {
      let verdicts = verdicts(of: table, example)
      guard let place = table.rows.firstIndex(where: { $0.span == reach.row.span }), verdicts.indices.contains(place),
        verdicts[place] == true, let winner = verdicts[..<place].firstIndex(where: { $0 != false })
      else { continue }
      let text = (values: example.text(reader), outcome: "the row in line \(line(table.rows[winner].span))")
      return report(
        isRepetition
          ? .repeatedRow(table.name, cause?.row.span, example: text)
          : .unreachableRow(table.name, by: cause?.row.span, example: text), at: reach.row.span)
    }
    leaveOpen("table `\(table.name)`", at: reach.row.span, oneLine(reach.row.span), .tooLarge)
  }

  private func tellOverlap(
    _ reach: RowReach, _ earlier: some Sequence<RowReach>, _ table: CheckedTable, _ columns: [Int]
  ) {
    for other in earlier {
      guard let both = try? reader.space.intersection(reach.holds, other.holds), !isEmpty(both) else { continue }
      for example in examples(both, mentioning: columns) {
        let verdicts = verdicts(of: table, example)
        guard let a = table.rows.firstIndex(where: { $0.span == other.row.span }),
          let b = table.rows.firstIndex(where: { $0.span == reach.row.span }), verdicts.indices.contains(b),
          verdicts[a] == true, verdicts[b] == true
        else { continue }
        return report(.overlappingRows(table.name, other.row.span, example: example.text(reader)), at: reach.row.span)
      }
    }
  }

  // MARK: - Gaps

  private func tellGaps(
    _ table: CheckedTable, _ rows: [RowReach], _ columns: [Int], _ left: [Box],
    _ stuck: [(region: [Box], row: CheckedTable.Row)]
  ) throws(TooComplex) {
    var left = left
    if table.hitPolicy != .all {
      for (column, variable) in columns.enumerated() {
        let missing = try tellMissingCases(table, rows, columns, column, left)
        guard !missing.isEmpty else { continue }
        let known = reader.space.all(variable).subtracting(missing)
        left = try reader.space.intersection(left, [Box(variable, known)])
      }
      for example in examples(left, mentioning: columns) {
        let verdicts = verdicts(of: table, example)
        guard !verdicts.isEmpty, verdicts.allSatisfy({ $0 == false }) else { continue }
        report(.gap(table.name, example: example.text(reader)), at: table.span)
        break
      }
    }
    for (region, row) in stuck {
      for example in examples(region, mentioning: columns) {
        let verdicts = verdicts(of: table, example)
        let end = verdicts.firstIndex { table.hitPolicy == .first ? $0 != false : $0 == nil }
        guard let end, verdicts[end] == nil, table.rows[end].span == row.span else { continue }
        return report(.undecidedRow(table.name, example: example.text(reader), table.span), at: row.span)
      }
    }
  }

  /// The cells of a column's enum cases that no row ever matches.
  private func tellMissingCases(
    _ table: CheckedTable, _ rows: [RowReach], _ columns: [Int], _ column: Int, _ left: [Box]
  ) throws(TooComplex) -> CellSet {
    let index = columns[column]
    let variable = reader.space.variables[index]
    guard case .enumeration(let id, let count) = variable.scale else { return .empty }
    var cells = CellSet.empty
    var names: [String] = []
    var shown: String?
    for ordinal in 0..<count {
      guard let cell = variable.cell(of: Int128(ordinal)) else { continue }
      let box = [Box(index, CellSet(cell: cell))]
      var isMissing = true
      for row in rows where isMissing { isMissing = isEmpty(try reader.space.intersection(box, row.holds)) }
      guard isMissing, !isEmpty(try reader.space.intersection(box, left)) else { continue }
      for example in examples(try reader.space.intersection(box, left), mentioning: columns) where shown == nil {
        let verdicts = verdicts(of: table, example)
        if !verdicts.isEmpty, verdicts.allSatisfy({ $0 == false }) { shown = example.text(reader) }
      }
      cells = cells.union(CellSet(cell: cell))
      names.append(rulebook.schema[id].cases[ordinal].name)
    }
    guard let shown, !names.isEmpty, names.count < count else { return .empty }
    report(.missingCases(table.name, column: table.parameters[column].name, names, example: shown), at: table.span)
    return cells
  }

  // MARK: - What the engine says

  private func verdicts(of table: CheckedTable, _ example: Example) -> [Bool?] {
    guard let world = ExampleWorld(example, reader) else { return [] }
    return reader.evaluator.verdicts(of: table, table.parameters.indices.map { world.arguments[$0] ?? .absent })
  }

  private func line(_ span: SourceSpan) -> Int { sources[span.file].location(of: Int(span.start)).line }
}
