/// Measures and findings as CSV, with the fields of the contract that are cells.

import DocketDiagnostics
public import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

public enum MeasureTable {
  public static func csv(_ cells: [Measure], _ engine: RuleEngine) -> String {
    CSVText.table(
      [
        "kpi", "period", "partial", "group", "value", "n", "skipped", "pending", "errors", "status", "low", "high",
        "change",
      ],
      cells.map { cell in
        [
          engine.rulebook.kpis[cell.kpi].name, cell.period.map { "\($0)" } ?? "", "\(cell.isPartial)",
          group(engine.rulebook.kpis[cell.kpi], cell.group.map { engine.machine.scalar($0) }),
          cell.value.map { "\($0)" } ?? "", "\(cell.rows)", "\(cell.skipped)", "\(cell.pending)", "\(cell.errors)",
          cell.status?.name ?? "", cell.interval.map { "\($0.low)" } ?? "", cell.interval.map { "\($0.high)" } ?? "",
          cell.change.map { "\($0)" } ?? "",
        ]
      })
  }

  public static func csv(_ rows: [MeasuredRow], _ engine: RuleEngine) -> String {
    CSVText.table(
      ["kpi", "row", "fate", "period", "group", "notes"],
      rows.map { row in
        [
          engine.rulebook.kpis[row.kpi].name, row.name, row.fate.rawValue, row.period.map { "\($0)" } ?? "",
          group(engine.rulebook.kpis[row.kpi], row.group.map { engine.machine.scalar($0) }),
          row.notes.map { "\($0.what): \($0.text)" }.joined(separator: "; "),
        ]
      })
  }

  /// `product=pay region=eu`: one column however many groups a KPI has.
  private static func group(_ kpi: CheckedKPI, _ values: [String]) -> String {
    zip(kpi.groups, values).map { "\($0.name)=\($1)" }.joined(separator: " ")
  }
}

public enum FindingTable {
  public static func csv(_ findings: [Finding], _ engine: RuleEngine) -> String {
    CSVText.table(
      ["ensure", "for", "from", "until", "because"],
      findings.map { finding in
        let ensure = engine.rulebook.ensures[finding.ensure]
        let names = zip(ensure.domains, finding.combination).map { "\($0.name)=\(engine.machine.scalar($1))" }
        return [
          ensure.name, names.joined(separator: " "), finding.from.rfc3339(), finding.until?.rfc3339() ?? "",
          finding.because ?? finding.cause.map { "undecided: \($0)" } ?? "",
        ]
      })
  }
}

extension TextReport {
  /// Decisions as a table: who got what, by which rule, why.
  public func decisions(_ decisions: DecisionList, where isWanted: (Decision) -> Bool, limit: Int) -> String {
    let (shown, count) = decisions.first(max(0, limit), where: isWanted)
    guard count > 0 else { return words[.noDecisions] + "\n" }
    var columns: [TextTable.Column] = [.left(words[.item]), .left(words[.owner]), .left(words[.rule])]
    let hasStatus = shown.contains { $0.status != .assigned }
    let hasBecause = shown.contains { $0.because != nil }
    if hasStatus { columns.append(.left(words[.status])) }
    if hasBecause { columns.append(.left(words[.because])) }
    var table = TextTable(columns)
    for decision in shown {
      var row = [
        engine.keyText(decision.item),
        decision.to.isEmpty ? "—" : words.names(decision.to.map { engine.named($0).label(language) }),
        decision.rule ?? "—",
      ]
      if hasStatus { row.append(words.status(decision.status)) }
      if hasBecause { row.append(decision.because ?? "") }
      table.add(row)
    }
    return render(table)
      + (shown.count < count ? words[.decisionsShown(shown.count, of: count)] + "\n" : "")
  }
}
