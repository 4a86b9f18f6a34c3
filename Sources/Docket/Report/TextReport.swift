/// What `docket run` prints for people: what was read, then routes by rule, clocks by status, and measures as tables.

import DocketData
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

public struct TextReport {
  let session: Session
  let width: Int?
  let color: Bool

  public init(_ session: Session, width: Int?, color: Bool) {
    self.session = session
    self.width = width
    self.color = color
  }

  var engine: RuleEngine { session.engine }
  private var rulebook: CheckedRulebook { engine.rulebook }
  var zone: Zone { rulebook.zone ?? .utc }

  private func strong(_ text: String) -> String { TextStyle.strong.apply(text, color: color) }

  // MARK: - Heading

  public func heading() -> String {
    var lines = [
      "As of \(Figures.instant(engine.instant, zone))"
        + (session.isInstantFromData ? ", the newest instant in the data" : "")
    ]
    for table in session.report.tables {
      let sources = session.report.sources.filter { $0.entity == table.entity }
      let versions = table.rows == table.records ? "" : " in \(Figures.count(table.rows)) versions"
      let names = sources.map { String($0.path.split(separator: "/").last ?? "") }
      let known = rulebook.schema.entity(named: table.entity).map { engine.recordCount(of: $0) } ?? table.records
      let existing = known == table.records ? "" : ", of which \(Figures.count(known)) exist by then"
      lines.append(
        "\(Figures.count(table.records)) \(table.entity)\(versions)\(existing) from \(names.joined(separator: ", "))")
      for source in sources {
        for cell in source.absentCells where cell.count > 0 {
          lines.append(
            "  \(Figures.count(cell.count)) of \(table.entity).\(cell.field) are empty, though it is not declared `?`")
        }
      }
      for later in table.laterTimes {
        lines.append(
          "  \(Figures.count(later.count)) of \(table.entity).\(later.field) lie after their version: "
            + "unless they are plans, write `backfilled \(later.field)`")
      }
      for source in sources where source.rejectedRows > 0 {
        lines.append("  \(Figures.count(source.rejectedRows)) rows of \(source.path) were rejected")
      }
      for source in sources where source.gapTimes + source.foldTimes > 0 {
        lines.append(
          "  \(Figures.count(source.gapTimes)) times lie in a gap of the clock and were moved, \(Figures.count(source.foldTimes)) happen twice: the first was taken"
        )
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func title(_ kind: String, _ name: String, _ titles: [String]) -> String {
    "\n" + strong("\(kind) \(name)") + (titles.first.map { "  \($0)" } ?? "") + "\n"
  }

  // MARK: - Routes

  public func route(_ index: Int) -> String {
    let route = rulebook.routes[index]
    let decisions = engine.decisions(route: index)
    var byRule: [String: Int] = [:]
    var byStatus: [DecisionStatus: Int] = [:]
    var matched: Set<String> = []
    var past = 0
    for decision in decisions {
      byStatus[decision.status, default: 0] += 1
      matched.formUnion(decision.matchedRules)
      if decision.status == .assigned {
        let rules =
          decision.rule == "otherwise" || route.hitPolicy != .all ? [decision.rule ?? ""] : decision.matchedRules
        for rule in rules { byRule[rule, default: 0] += 1 }
      }
      if decision.status != .undecided, !decision.undecided.isEmpty { past += 1 }
    }
    let assigned = byStatus[.assigned] ?? 0
    let hasTitles = route.rules.contains { !$0.titles.isEmpty && byRule[$0.name] != nil }
    var table = TextTable([.left("rule"), .right("items"), .right("share")] + (hasTitles ? [.left("title")] : []))
    for name in route.rules.map(\.name) + ["otherwise"] {
      guard let count = byRule[name] else { continue }
      let rule = route.rules.first { $0.name == name }
      table.add([
        name, Figures.count(count), Figures.percent(Double(count) / Double(max(1, assigned))), rule?.titles.first ?? "",
      ])
    }
    var text = title("route", route.name, route.titles)
    text += table.rows.isEmpty ? "nothing assigned\n" : table.render(width: width)
    let unused = route.rules.count { !matched.contains($0.name) }
    var parts = ["\(Figures.count(assigned)) assigned"]
    for status in DecisionStatus.allCases where status != .assigned {
      if let count = byStatus[status] {
        parts.append("\(Figures.count(count)) \(status.name.replacing("_", with: " "))")
      }
    }
    if unused > 0 { parts.append("\(unused) \(unused == 1 ? "rule" : "rules") matched nothing") }
    if past > 0 { parts.append("\(Figures.count(past)) decided past an undecided rule") }
    return text + parts.joined(separator: ", ") + "\n" + undecidedSample(decisions)
  }

  /// The first few reasons why something was undecided.
  private func undecidedSample(_ decisions: [Decision]) -> String {
    var causes: [String: (count: Int, first: String)] = [:]
    for decision in decisions {
      for entry in decision.undecided {
        causes["\(entry.rule): \(entry.cause)", default: (0, engine.keyText(decision.item))].count += 1
      }
    }
    let sorted = causes.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return sorted.prefix(3).map {
      "  undecided: \($0.key) (\(Figures.count($0.value.count)), first \($0.value.first))\n"
    }.joined()
      + (sorted.count > 3 ? "  and \(sorted.count - 3) more reasons\n" : "")
  }

  // MARK: - Clocks

  public func sla(_ index: Int) -> String {
    let sla = rulebook.slas[index]
    let clocks = engine.clocks(sla: index)
    var byStatus: [ClockStatus: Int] = [:]
    for clock in clocks { byStatus[clock.status, default: 0] += 1 }
    let measured = clocks.count - (byStatus[.notApplicable] ?? 0)
    var table = TextTable([.left("status"), .right("clocks"), .right("share")])
    for status in ClockStatus.allCases {
      guard let count = byStatus[status] else { continue }
      let share = status == .notApplicable ? "" : Figures.percent(Double(count) / Double(max(1, measured)))
      table.add([status.name.replacing("_", with: " "), Figures.count(count), share])
    }
    var text = title("sla", sla.name, sla.titles)
    text += table.rows.isEmpty ? "no clocks\n" : table.render(width: width)
    var parts: [String] = []
    let effects = clocks.reduce(0) { $0 + $1.effects.count }
    if effects > 0 { parts.append("\(Figures.count(effects)) effects have come due") }
    let provisional = clocks.count(where: \.isProvisional)
    if provisional > 0 { parts.append("\(Figures.count(provisional)) deadlines are provisional") }
    if !parts.isEmpty { text += parts.joined(separator: ", ") + "\n" }
    var causes: [String: Int] = [:]
    for clock in clocks where clock.status == .undecided { causes[clock.cause ?? "", default: 0] += 1 }
    for (cause, count) in causes.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(3) {
      text += "  undecided: \(cause) (\(Figures.count(count)))\n"
    }
    return text + urgent(clocks)
  }

  /// What breaches next.
  private func urgent(_ clocks: [Clock]) -> String {
    let open = Urgency.sorted(
      clocks.filter { ($0.status == .running || $0.status == .atRisk) && $0.breachFrom != nil }, engine)
    guard !open.isEmpty else { return "" }
    var table = TextTable([.left("next to breach"), .left("due"), .right("remaining")])
    for clock in open.prefix(5) {
      table.add([
        engine.keyText(clock.item), clock.due.map { Figures.instant($0, zone) } ?? "—",
        clock.remaining.map { Figures.duration(seconds: $0.totalSeconds) } ?? "—",
      ])
    }
    return "\n" + table.render(width: width)
  }

  // MARK: - Invariants

  public func ensure(_ index: Int) -> String {
    let ensure = rulebook.ensures[index]
    let findings = engine.findings(ensure: index)
    let text = title("ensure", ensure.name, ensure.titles)
    guard !findings.isEmpty else { return text + "holds\n" }
    var columns = ensure.domains.map { TextTable.Column.left($0.name) }
    if ensure.during != nil { columns += [.left("from"), .left("until")] }
    var table = TextTable(columns + [.left("because")])
    for finding in findings.prefix(20) {
      var row = finding.combination.map { engine.evaluator.display($0) }
      if ensure.during != nil {
        row += [Figures.instant(finding.from, zone), finding.until.map { Figures.instant($0, zone) } ?? "…"]
      }
      table.add(row + [finding.because ?? finding.cause.map { "undecided: \($0)" } ?? ""])
    }
    let hidden = findings.count > 20 ? " (20 shown)" : ""
    return text + table.render(width: width)
      + "\(Figures.count(findings.count)) \(findings.count == 1 ? "finding" : "findings")\(hidden)\n"
  }

  // MARK: - Measures

  public func kpi(_ index: Int) -> String {
    let kpi = rulebook.kpis[index]
    let set = engine.measures(kpi: index)
    let isRatio: Bool
    if case .aggregate(let number) = kpi.value.kind {
      isRatio = kpi.aggregates[number].kind == .ratio
    } else {
      isRatio = false
    }
    func figure(_ value: Double) -> String {
      if kpi.valueType == .duration { return Figures.duration(seconds: value) }
      return isRatio ? Figures.percent(value) : Figures.number(value) + (kpi.unit.map { " \($0)" } ?? "")
    }
    let hasPeriods = set.cells.contains { $0.period != nil }
    let hasStatus = set.cells.contains { $0.status != nil }
    var columns: [TextTable.Column] = hasPeriods ? [.left("period")] : []
    columns += kpi.groups.map { .left($0.name) }
    columns += [.right("value"), .right("rows")]
    if isRatio { columns.append(.right("95 % interval")) }
    if hasPeriods { columns.append(.right("change")) }
    if hasStatus { columns.append(.left("status")) }
    var table = TextTable(columns)
    for cell in set.cells {
      var row: [String] = hasPeriods ? ["\(cell.period.map { "\($0)" } ?? "")\(cell.isPartial ? " …" : "")"] : []
      row += cell.group.map { $0.isAbsent ? "(none)" : engine.evaluator.display($0) }
      row += [cell.value.map(figure) ?? "—", Figures.count(cell.rows)]
      if isRatio { row.append(cell.interval.map { "\(Figures.percent($0.low)) – \(Figures.percent($0.high))" } ?? "") }
      if hasPeriods { row.append(cell.change.map { ($0 > 0 ? "+" : "") + figure($0) } ?? "") }
      if hasStatus { row.append(cell.status?.name.replacing("_", with: " ") ?? "") }
      table.add(row)
    }
    var text = title("kpi", kpi.name, kpi.titles)
    text += table.rows.isEmpty ? "no rows\n" : table.render(width: width)
    var parts: [String] = []
    if let target = kpi.target { parts.append("target \(describe(target))") }
    if let warning = kpi.warning { parts.append("warn \(describe(warning))") }
    func total(_ amount: Int, _ what: String) {
      if amount > 0 { parts.append("\(Figures.count(amount)) \(amount == 1 ? "row" : "rows") \(what)") }
    }
    let cause = set.cells.lazy.compactMap(\.cause).first
    total(set.cells.reduce(0) { $0 + $1.skipped }, "skipped as absent")
    total(set.cells.reduce(0) { $0 + $1.pending }, "pending")
    total(set.cells.reduce(0) { $0 + $1.errors }, "with errors" + (cause.map { " (\($0))" } ?? ""))
    if let cause, set.cells.allSatisfy({ $0.errors == 0 }) { parts.append("error: \(cause)") }
    total(set.unplaced, "without a time for their period")
    total(set.undecided, "undecided" + (set.firstCause.map { " (\($0))" } ?? ""))
    return text + (parts.isEmpty ? "" : parts.joined(separator: ", ") + "\n")
  }

  private func describe(_ threshold: CheckedKPI.Threshold) -> String {
    let relation = threshold.relation.rawValue.filter { $0 != "_" }
    let limit = threshold.limit.doubleValue
    if threshold.isDuration { return "\(relation) \(Figures.duration(seconds: limit))" }
    return "\(relation) \(threshold.isPercent ? "\(Figures.number(limit * 100)) %" : Figures.number(limit))"
  }
}
