/// Measures in text: a list of cells, or a matrix of groups and periods with the trend of each group.

import DocketDiagnostics
import DocketRules
import DocketSemantics

extension TextReport {
  public func kpi(_ index: Int) -> String { render(KPISummary(engine, index)) }

  public func render(_ kpi: KPISummary) -> String {
    var text = heading(.kpi, kpi.title)
    if kpi.cells.isEmpty {
      text += words[.noRows] + "\n"
    } else if kpi.groups.count > 1, kpi.periods.count > 1 {
      text += matrix(kpi)
    } else {
      text += list(kpi)
    }
    let remarks = words.remarks(kpi)
    return text + line(remarks)
  }

  func groupName(_ name: TitledName?) -> String { name?.label(language) ?? words[.none] }

  // MARK: - Lists

  /// What a list can do without, from the first to the last.
  private enum Extra: CaseIterable {
    case interval, bar, change, rows, status
  }

  private func list(_ kpi: KPISummary) -> String {
    var extras = Extra.allCases.filter { extra in
      switch extra {
      case .interval: kpi.cells.contains { $0.interval != nil }
      case .bar: kpi.cells.count > 1 && kpi.cells.allSatisfy { ($0.value ?? 0) >= 0 }
      case .change: !kpi.periods.isEmpty
      case .rows: true
      case .status: kpi.cells.contains { $0.status != nil }
      }
    }
    var tables: [() -> TextTable] = []
    while true {
      let kept = extras
      tables.append { table(kpi, kept) }
      guard !extras.isEmpty else { break }
      extras.removeFirst()
    }
    return render(firstFitting: tables)
  }

  private func table(_ kpi: KPISummary, _ extras: [Extra]) -> TextTable {
    var columns: [TextTable.Column] = kpi.periods.isEmpty ? [] : [.fixed(words[.period])]
    columns += kpi.groupNames.map { .left($0.label(language)) }
    let valueColumn = columns.count
    columns.append(.right(words[.value]))
    if extras.contains(.bar) { columns.append(.fixed("")) }
    if extras.contains(.rows) { columns.append(.right(words[.rows])) }
    if extras.contains(.interval) { columns.append(.right(words[.interval])) }
    if extras.contains(.change) { columns.append(.right(words[.change])) }
    if extras.contains(.status) { columns.append(.left(words[.status])) }
    var table = TextTable(columns)
    for cell in kpi.cells {
      var row: [String] = []
      if !kpi.periods.isEmpty {
        row.append(cell.period.map { words.period(kpi.periods[$0], isPartial: cell.isPartial) } ?? "")
      }
      row += kpi.groups[cell.group].map { groupName($0) }
      row.append(cell.value.map { words.figure($0, kpi.figure) } ?? "—")
      if extras.contains(.bar) { row.append(cell.value.map { Glyphs.bar($0 / kpi.fullBar, width: 10) } ?? "") }
      if extras.contains(.rows) { row.append(words.count(cell.rows)) }
      if extras.contains(.interval) {
        row.append(cell.interval.map { "\(words.percent($0.low)) – \(words.percent($0.high))" } ?? "")
      }
      if extras.contains(.change) {
        row.append(cell.change.map { words.change($0, kpi.figure) } ?? "")
      }
      if extras.contains(.status) { row.append(cell.status.map { words.status($0) } ?? "") }
      var styles: [Int: TextStyle] = [:]
      if let style = cell.status?.style {
        styles[valueColumn] = style
        if extras.contains(.bar) { styles[valueColumn + 1] = style }
        if extras.contains(.status) { styles[columns.count - 1] = style }
      } else if extras.contains(.bar) {
        styles[valueColumn + 1] = .frame
      }
      table.add(row, styles: styles)
    }
    return table
  }

  // MARK: - Matrices

  /// A pipe has no width: as wide as a wide terminal.
  private static let pipeWidth = 120

  /// Groups as rows, the newest periods that fit as columns, and the trend over all of them.
  private func matrix(_ kpi: KPISummary) -> String {
    let limit = width ?? Self.pipeWidth
    var shown = kpi.columns.count
    var hasRows = true
    var table = matrix(kpi, last: shown, hasRows: hasRows)
    while table.naturalWidth > limit {
      if shown > 3 {
        shown -= 1
      } else if hasRows {
        hasRows = false
      } else if shown > 1 {
        shown -= 1
      } else {
        break
      }
      table = matrix(kpi, last: shown, hasRows: hasRows)
    }
    var text = render(table)
    if shown < kpi.columns.count { text += lines(words[.latestPeriods(shown, of: kpi.columns.count)]) }
    let statuses = Set(kpi.cells.compactMap(\.status))
    let legend = words[
      .legend(
        hasOff: statuses.contains(.offTarget), hasWarning: statuses.contains(.warning),
        hasFew: statuses.contains(.tooFew))]
    return text + (legend.isEmpty ? "" : lines(legend))
  }

  private func matrix(_ kpi: KPISummary, last shown: Int, hasRows: Bool) -> TextTable {
    let periods = kpi.columns.suffix(shown)
    let partial = Set(kpi.cells.filter(\.isPartial).compactMap(\.period))
    var columns: [TextTable.Column] = kpi.groupNames.map { .left($0.label(language)) }
    columns += periods.map { .right(words.period(kpi.periods[$0], isPartial: partial.contains($0))) }
    columns.append(.fixed(words[.trend]))
    if hasRows { columns.append(.right(words[.rows])) }
    var table = TextTable(columns)
    let values = kpi.cells.compactMap(\.value)
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let isMarked = kpi.cells.contains { $0.status == .offTarget || $0.status == .warning }
    for group in kpi.groups.indices {
      var row = kpi.groups[group].map { groupName($0) }
      var styles: [Int: TextStyle] = [:]
      for period in periods {
        let cell = kpi.cell(group: group, period: period)
        if let style = cell?.status?.style { styles[row.count] = style }
        row.append(mark(cell, kpi, isMarked: isMarked))
      }
      styles[row.count] = .frame
      row.append(Glyphs.spark(kpi.series(group), from: low, to: high))
      if hasRows {
        let rows = kpi.periods.indices.reduce(0) { $0 + (kpi.cell(group: group, period: $1)?.rows ?? 0) }
        row.append(words.count(rows))
      }
      table.add(row, styles: styles)
    }
    return table
  }

  /// A figure that says without colour how it is judged.
  private func mark(_ cell: KPISummary.Cell?, _ kpi: KPISummary, isMarked: Bool) -> String {
    guard let cell, let value = cell.value else { return cell?.status == .error ? "✗" : "—" }
    let text = words.figure(value, kpi.figure)
    switch cell.status {
    case .offTarget: return text + "!"
    case .warning: return text + "~"
    case .tooFew: return "(\(text))"
    case .onTarget, .noData, .error, nil: return isMarked ? text + " " : text
    }
  }
}

extension ReportWords {
  /// What is to be known beside the figures: what they are held to, and what is not in them.
  func remarks(_ kpi: KPISummary, withTarget: Bool = true) -> [String] {
    var parts: [String] = []
    if withTarget, let target = kpi.target { parts.append(self[.targetIs(limit(target))]) }
    if let warning = kpi.warning { parts.append(self[.warnIs(limit(warning))]) }
    if kpi.skipped > 0 { parts.append(self[.skippedRows(kpi.skipped)]) }
    if kpi.pending > 0 { parts.append(self[.pendingRows(kpi.pending)]) }
    if kpi.errors > 0 { parts.append(self[.errorRows(kpi.errors, kpi.cause)]) }
    if let cause = kpi.cause, kpi.errors == 0 { parts.append(self[.valueError(cause)]) }
    if kpi.unplaced > 0 { parts.append(self[.unplacedRows(kpi.unplaced)]) }
    if kpi.undecided > 0 { parts.append(self[.undecidedRows(kpi.undecided, kpi.undecidedCause)]) }
    return parts
  }
}
