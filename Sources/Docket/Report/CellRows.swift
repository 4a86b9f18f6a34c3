/// The rows behind a cell of a KPI: `csat/2026-10/product=pay`.

import DocketDiagnostics
public import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

/// A KPI, and of its cells those with a period and values of groups; what is not named may be any.
public struct CellSelection: Sendable {
  public let kpi: Int
  let period: String?
  let groups: [(place: Int, text: String)]

  public struct Unknown: Error {
    public let message: String
  }

  /// The parts stand between `/`: the KPI's name, then in any order a period as reports show it and `group=value`.
  public static func parse(_ text: String, in engine: RuleEngine) throws(Unknown) -> CellSelection {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let name = parts.removeFirst()
    let kpis = engine.rulebook.kpis
    guard let index = kpis.firstIndex(where: { $0.name == name }) else {
      throw Unknown(message: "the rulebook has no kpi `\(name)`\(hint(name, kpis.map(\.name)))")
    }
    let names = kpis[index].groups.map(\.name)
    var period: String?
    var groups: [(place: Int, text: String)] = []
    for part in parts {
      guard let equal = part.firstIndex(of: "=") else {
        guard period == nil, kpis[index].window != nil else {
          let groups = names.isEmpty ? "it has no groups" : "write \(names.map { "`\($0)=…`" }.joined(separator: ", "))"
          throw Unknown(message: "`\(part)` is neither a period of `\(name)` nor a group: \(groups)")
        }
        period = part
        continue
      }
      let group = String(part[..<equal])
      guard let place = names.firstIndex(of: group) else {
        throw Unknown(message: "`\(name)` has no group `\(group)`\(hint(group, names))")
      }
      groups.append((place, String(part[part.index(after: equal)...])))
    }
    let selection = CellSelection(kpi: index, period: period, groups: groups)
    guard engine.measures(kpi: index).cells.contains(where: { selection.holds($0.period, $0.group, engine) }) else {
      throw Unknown(message: selection.missing(engine))
    }
    return selection
  }

  private static func hint(_ name: String, _ known: [String]) -> String {
    suggest(name, among: known, habits: false).map { ": \($0.helpText)" } ?? ""
  }

  private func missing(_ engine: RuleEngine) -> String {
    let cells = engine.measures(kpi: kpi).cells
    let name = engine.rulebook.kpis[kpi].name
    let periods = Set(cells.compactMap { $0.period.map { "\($0)" } }).sorted()
    if let period, !periods.contains(period), let first = periods.first, let last = periods.last {
      return "`\(name)` has no cell for `\(period)`: its periods are \(first) to \(last)"
    }
    for (place, text) in groups {
      let values = Set(cells.map { Self.text($0.group[place], engine) }).sorted()
      if !values.contains(text) {
        let group = engine.rulebook.kpis[kpi].groups[place].name
        let shown = values.prefix(8).joined(separator: ", ") + (values.count > 8 ? ", …" : "")
        return "`\(name)` has no cell where `\(group)` is `\(text)`\(Self.hint(text, values)); there are \(shown)"
      }
    }
    return "`\(name)` has no such cell"
  }

  private static func text(_ value: Value, _ engine: RuleEngine) -> String {
    value.isAbsent ? "(none)" : engine.machine.scalar(value)
  }

  func holds(_ period: Period?, _ group: [Value], _ engine: RuleEngine) -> Bool {
    (self.period.map { $0 == period.map { "\($0)" } } ?? true)
      && groups.allSatisfy { place, text in
        Self.text(group[place], engine) == text || engine.evaluator.display(group[place]) == text
      }
  }
}

/// The rows of the chosen cells, and those that are in no cell at all.
public struct CellRows: Sendable {
  public let selection: CellSelection
  public let inside: [MeasuredRow]
  public let outside: [MeasuredRow]

  public init(_ selection: CellSelection, _ engine: RuleEngine) {
    self.selection = selection
    let rows = engine.measuredRows(kpi: selection.kpi)
    inside = rows.filter { $0.hasCell && selection.holds($0.period, $0.group, engine) }
    outside = rows.filter { !$0.hasCell }
  }
}

extension TextReport {
  /// Rows that count, then those that do not and why; last how many are in no cell.
  public func rows(_ rows: CellRows, limit: Int) -> String {
    let kpi = engine.rulebook.kpis[rows.selection.kpi]
    var columns: [TextTable.Column] = [.left(words[.row]), .left(words[.isIn])]
    if rows.inside.contains(where: { $0.period != nil }) { columns.append(.fixed(words[.period])) }
    columns += kpi.groups.map { .left(engine.named($0).label(language)) } + [.left(words[.why])]
    var table = TextTable(columns)
    let sorted = rows.inside.filter { $0.fate == .counted } + rows.inside.filter { $0.fate != .counted }
    for row in sorted.prefix(max(0, limit)) {
      var cells = [row.name, row.fate == .counted ? words[.yes] : words.fate(row.fate)]
      if let period = row.period { cells.append(words.period(period)) }
      cells += row.group.map { groupName($0.isAbsent ? nil : engine.named($0)) }
      table.add(cells + [row.notes.map { "\($0.what): \($0.text)" }.joined(separator: "; ")])
    }
    var text = sorted.isEmpty ? words[.noRows] + "\n" : render(table)
    let counted = rows.inside.count { $0.fate == .counted }
    var parts = [words[.rowsCount(counted, of: rows.inside.count)]]
    if sorted.count > limit { parts.append(words[.shown(max(0, limit))]) }
    text += words.list(parts) + "\n"
    return text + outside(rows.outside)
  }

  /// Why rows are in no cell: the reasons with how many each, and one of them.
  private func outside(_ rows: [MeasuredRow]) -> String {
    guard !rows.isEmpty else { return "" }
    var reasons: [String: (count: Int, first: String)] = [:]
    for row in rows {
      let note = row.fate == .outsideWindow ? nil : row.notes.first
      let reason = words.fate(row.fate) + (note.map { ": \($0.text)" } ?? "")
      reasons[reason, default: (0, row.name)].count += 1
    }
    var table = TextTable([.left(words[.inNoCell]), .right(words[.rows]), .left(words[.first])])
    let sorted = reasons.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    for (reason, found) in sorted.prefix(10) { table.add([reason, words.count(found.count), found.first]) }
    let hidden = sorted.count > 10 ? words[.moreReasons(sorted.count - 10)] + "\n" : ""
    return "\n" + render(table) + hidden
  }
}

extension ReportWords {
  func fate(_ fate: MeasuredRow.Fate) -> String {
    switch language {
    case .english:
      switch fate {
      case .counted: "counted"
      case .skipped: "skipped, its value is absent"
      case .pending: "pending"
      case .failed: "error"
      case .unplaced: "without a time for its period"
      case .outsideWindow: "outside the window"
      case .undecided: "undecided"
      case .notSelected: "not selected"
      }
    case .chinese:
      switch fate {
      case .counted: "计入"
      case .skipped: "缺值，略过"
      case .pending: "尚未定论"
      case .failed: "出错"
      case .unplaced: "没有归属周期的时间"
      case .outsideWindow: "不在时间窗内"
      case .undecided: "无法判定"
      case .notSelected: "不在范围内"
      }
    }
  }
}
