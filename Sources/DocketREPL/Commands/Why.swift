/// Why a rule said what it said: the one place where the session asks for explanations, which are those of `docket explain`.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics

enum WhyQuestion {
  case why
  /// Of one rule of a route by name, or of a value that a route might have given.
  case whyNot(String)
  case timeline
}

/// A rule, by its place in the rulebook.
enum AskedRule {
  case route(Int)
  case sla(Int)
  case kpi(Int)
}

/// The explanation of what a rule gives for an item; `nil` where the question is not one about this rule.
func explanation(
  _ question: WhyQuestion, of rule: AskedRule, for item: EntityReference?, by engine: RuleEngine,
  _ report: ExplanationReport
) -> String? {
  switch (rule, item, question) {
  case (.route(let index), let item?, .why):
    return report.text(engine.explain(route: index, for: item, alone: true))
  case (.route(let index), let item?, .whyNot(let name)):
    if engine.rulebook.routes[index].rules.contains(where: { $0.name == name }) {
      let explanation = engine.explain(route: index, for: item, alone: true, seekingChanges: false)
      return report.text(explanation.undisturbed.first ?? explanation, ofRule: name)
    }
    guard let value = engine.routedValue(name, route: index) else { return nil }
    let explanation = engine.explain(route: index, for: item, asking: value, alone: true, seekingChanges: false)
    return (explanation.undisturbed.first ?? explanation).whyNot.map { report.text($0) }
  case (.sla(let index), let item?, .why), (.sla(let index), let item?, .timeline):
    return report.text(engine.explain(sla: index, for: item))
  case (.kpi(let index), _, .why): return MeasureWords(engine: engine).lines(index).joined(separator: "\n") + "\n"
  default: return nil
  }
}

/// The newest cells of a measure in words.
private struct MeasureWords {
  let engine: RuleEngine

  func lines(_ index: Int) -> [String] {
    let kpi = engine.rulebook.kpis[index]
    let set = engine.measures(kpi: index)
    var lines = ["kpi \(kpi.name): \(plural(set.cells.count, "cell"))"]
    for cell in set.cells.suffix(8) {
      var parts =
        (cell.period.map { ["\($0)"] } ?? []) + cell.group.map { $0.isAbsent ? "(none)" : engine.evaluator.display($0) }
      parts.append("\(cell.value.map { MeasureFigure.text($0, of: kpi) } ?? "no value") of \(plural(cell.rows, "row"))")
      if let status = cell.status { parts.append(status.name.replacing("_", with: " ")) }
      if cell.pending > 0 { parts.append("\(grouped(cell.pending)) pending") }
      if cell.skipped > 0 { parts.append("\(grouped(cell.skipped)) skipped") }
      if cell.errors > 0 { parts.append("\(grouped(cell.errors)) errors") }
      if let cause = cell.cause { parts.append(cause.displaySafe) }
      lines.append("  " + parts.joined(separator: ", "))
    }
    if set.cells.count > 8 { lines.insert("  … \(set.cells.count - 8) earlier", at: 1) }
    if set.undecided > 0 {
      lines.append("  \(plural(set.undecided, "row")) undecided: \((set.firstCause ?? "").displaySafe)")
    }
    return lines
  }
}
