/// `:route`, `:sla`, `:kpi`, `:ensure`: what the rules say over the records.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics

extension ReplSession {
  func showRoutes(_ name: String) throws -> ReplStatus {
    let rules = rulebook.checked.routes
    let indices = try chosen(name, among: rules.map(\.name), "route")
    let report = try report()
    for index in indices where !cancellation.isRequested { tell(withoutLeadingLine(report.route(index))) }
    return .success
  }

  func showClocks(_ name: String) throws -> ReplStatus {
    let rules = rulebook.checked.slas
    let indices = try chosen(name, among: rules.map(\.name), "sla")
    let report = try report()
    for index in indices where !cancellation.isRequested {
      tell(withoutLeadingLine(report.sla(index)))
      guard !name.isEmpty, let engine = loaded?.engine else { continue }
      let open = Urgency.sorted(engine.clocks(sla: index).filter { Urgency.isOpen($0) }, engine)
      if !open.isEmpty {
        tell("\n" + strong("the most urgent first") + "\n" + report.clocks(open, limit: settings.rowLimit))
      }
    }
    return .success
  }

  func showMeasures(_ name: String) throws -> ReplStatus {
    let rules = rulebook.checked.kpis
    let indices = try chosen(name, among: rules.map(\.name), "kpi")
    let report = try report()
    if !name.isEmpty || indices.count == 1 {
      for index in indices where !cancellation.isRequested { tell(withoutLeadingLine(report.kpi(index))) }
      return .success
    }
    // One line each: the newest whole period, of all groups.
    guard let engine = loaded?.engine else { return .data }
    var table = TextTable([
      .left("kpi"), .left("period"), .left("group"), .right("value"), .right("rows"), .left("status"), .left("title"),
    ])
    for index in indices where !cancellation.isRequested {
      let cells = engine.measures(kpi: index).cells
      let whole = cells.filter { !$0.isPartial }
      let newest = (whole.last { $0.status != .tooFew } ?? whole.last ?? cells.last)?.period
      let shown = cells.filter { $0.period == newest }
      if shown.isEmpty { table.add([rules[index].name, "", "", "—", "0", "", rules[index].titles.first ?? ""]) }
      for (place, cell) in shown.prefix(8).enumerated() {
        table.add([
          place == 0 ? rules[index].name : "", cell.period.map { "\($0)" } ?? "",
          cell.group.map { $0.isAbsent ? "(none)" : engine.evaluator.display($0) }.joined(separator: ", "),
          cell.value.map { MeasureFigure.text($0, of: rules[index]) } ?? "—", grouped(cell.rows),
          cell.status?.name.replacing("_", with: " ") ?? "", place == 0 ? rules[index].titles.first ?? "" : "",
        ])
      }
      if shown.count > 8 { table.add(["", "", "… \(shown.count - 8) more"]) }
    }
    tellLong(table.render(width: output.width()))
    return .success
  }

  func showFindings(_ name: String) throws -> ReplStatus {
    let rules = rulebook.checked.ensures
    let indices = try chosen(name, among: rules.map(\.name), "ensure")
    let report = try report()
    for index in indices where !cancellation.isRequested { tell(withoutLeadingLine(report.ensure(index))) }
    return .success
  }

  // MARK: - Parts

  private func report() throws -> TextReport {
    _ = try engine()
    guard let loaded else { throw ReplFailure.told(.data) }
    return TextReport(loaded, width: output.width(), color: output.color)
  }

  /// The places of the rule that is named, or of all.
  func chosen(_ name: String, among names: [String], _ kind: String) throws -> [Int] {
    if name.isEmpty {
      if names.isEmpty { tell("there is no \(kind)") }
      return Array(names.indices)
    }
    guard let index = names.firstIndex(of: name) else {
      let hint = suggest(name, among: names, habits: false).map { ": \($0.helpText)" } ?? ""
      throw ReplFailure.usage("there is no \(kind) `\(name)`\(hint)")
    }
    return [index]
  }

  private func withoutLeadingLine(_ text: String) -> String { text.hasPrefix("\n") ? String(text.dropFirst()) : text }
}
