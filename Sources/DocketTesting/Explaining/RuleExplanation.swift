/// What a rule decided and why, in words.

import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

struct RuleExplanation {
  let bench: TestBench
  let explanation: Explanation
  /// Texts of the expectation, among them the name of the rule that was expected to decide.
  private let namedTexts: Set<String>
  private static let cellLimit = 6

  init(_ bench: TestBench, _ explanation: Explanation, naming namedTexts: Set<String> = []) {
    self.bench = bench
    self.explanation = explanation
    self.namedTexts = namedTexts
  }

  func lines(of call: RuleCalls.Call) -> [String] {
    switch (call.rule, call.item) {
    case (.route(let index), let item?):
      lines(of: bench.engine.explain(route: index, for: item, alone: true, seekingChanges: false))
    case (.sla(let index), let item?): bench.engine.clocks(sla: index, for: item).flatMap { lines(of: $0) }
    case (.kpi(let index), _): lines(of: bench.engine.measures(kpi: index))
    case (.ensure(let index), _): lines(ofEnsure: index)
    default: []
    }
  }

  private func key(_ item: EntityReference) -> String { bench.engine.keyText(item).displaySafe }

  private func display(_ instant: Instant) -> String { bench.evaluator.display(.timestamp(instant)) }

  // MARK: - Decisions

  private func lines(of routed: RouteExplanation) -> [String] {
    let decision = routed.decision
    let route = bench.rulebook.routes[decision.route]
    var head = "the route `\(route.name)` of \(key(decision.item)): \(decision.status.name)"
    switch decision.status {
    case .assigned:
      head += " to \(decision.to.map { explanation.text($0) }.joined(separator: ", "))"
      if let rule = decision.rule {
        head += rule == "otherwise" ? " by `otherwise`" : " by the \(named(rule, decision))"
      }
    case .noCandidate:
      if let rule = decision.rule { head += rule == "otherwise" ? "" : " for the \(named(rule, decision))" }
    case .notSelected: head += ", its `where` does not hold"
    case .noRule, .undecided: break
    }
    var lines = [head]
    // Where another rule was expected, what this one found is half of the answer.
    if wanted(routed) != nil, let decided = decision.verdicts.first(where: { $0.rule == decision.rule }) {
      lines += decided.conditions.flatMap { self.lines(of: $0) }
    }
    if let because = decision.because { lines.append("  because \(because.displaySafe)") }
    lines += decision.undecided.map { "  undecided: \($0.rule): \($0.cause.displaySafe)" }
    lines += decision.refused.map { "  refused \($0.count) by \($0.condition.displaySafe)" }
    if decision.status == .notSelected {
      return lines + routed.filter.filter { $0.isMet != true }.flatMap { self.lines(of: $0) }
    }
    return lines + missed(routed)
  }

  /// The rule that the expectation names and that did not decide.
  private func wanted(_ routed: RouteExplanation) -> RuleVerdict? {
    routed.decision.verdicts.first { namedTexts.contains($0.rule) && $0.rule != routed.decision.rule }
  }

  /// Why the rule that was expected did not decide; else which one wanted least to match.
  private func missed(_ routed: RouteExplanation) -> [String] {
    let decision = routed.decision
    if let wanted = wanted(routed) {
      if wanted.unmet.isEmpty, wanted.verdict == .notTried {
        return [
          "  the rule `\(wanted.rule)` (\(place(wanted))) would match, but `\(decision.rule ?? "")` decides before it"
        ]
      }
      if wanted.unmet.isEmpty { return [] }
      return ["  the rule `\(wanted.rule)` (\(place(wanted))) does not match:"]
        + wanted.unmet.flatMap { lines(of: $0) }
    }
    guard let nearest = routed.nearest else { return [] }
    return ["  the nearest rule that does not match is `\(nearest.rule)` (\(place(nearest))):"]
      + nearest.unmet.flatMap { lines(of: $0) }
  }

  private func place(_ verdict: RuleVerdict) -> String { verdict.place.name }

  private func named(_ rule: String, _ decision: Decision) -> String {
    "rule `\(rule)`" + (decision.verdicts.first { $0.rule == rule }.map { " (\(place($0)))" } ?? "")
  }

  /// What is not as it should be, and the values under it.
  private func lines(of note: ConditionNote) -> [String] {
    var lines = ["    \(note.clause)" + (note.cause.map { ", which is undecided: \($0.displaySafe)" } ?? "")]
    lines += note.values.filter { $0.source != note.source }.map { "      \($0.source)   \($0.text)" }
    return lines
  }

  // MARK: - Clocks

  private func lines(of clock: Clock) -> [String] {
    let sla = bench.rulebook.slas[clock.sla]
    var head = "the clock `\(sla.name)` (\(explanation.place(sla.span))) of \(key(clock.item))"
    if clock.cycle > 1 { head += ", cycle \(clock.cycle)" }
    head += ": \(clock.status.name)"
    if let elapsed = clock.elapsed {
      head += ", elapsed \(elapsed.humanString())"
      if let remaining = clock.remaining, let target = elapsed.adding(remaining) {
        head += " of \(target.humanString())"
      }
    }
    if let due = clock.due { head += ", due \(display(due))" }
    if clock.isProvisional { head += " (provisional)" }
    var lines = [head]
    var times: [String] = []
    if let start = clock.start { times.append("started \(display(start))") }
    if let stop = clock.stop { times.append("stopped \(display(stop))") }
    times += clock.pauses.map { "paused \(display($0.from)) to \($0.to.map { display($0) } ?? "now")" }
    if !times.isEmpty { lines.append("  " + times.joined(separator: ", ")) }
    if let cause = clock.cause { lines.append("  cause: \(cause.displaySafe)") }
    return lines
  }

  // MARK: - Invariants

  private func lines(ofEnsure index: Int) -> [String] {
    let ensure = bench.rulebook.ensures[index]
    let findings = bench.engine.findings(ensure: index)
    let head = "the invariant `\(ensure.name)` (\(explanation.place(ensure.span))):"
    guard !findings.isEmpty else { return ["\(head) holds"] }
    var lines = ["\(head) \(findings.count) \(findings.count == 1 ? "finding" : "findings")"]
    for finding in findings.prefix(Self.cellLimit) {
      var text = zip(ensure.domains, finding.combination).map { "\($0.name) \(explanation.text($1))" }
        .joined(separator: ", ")
      if ensure.during != nil {
        text += ", from \(display(finding.from))" + (finding.until.map { " until \(display($0))" } ?? " on")
      }
      if let because = finding.because { text += ": \(because.displaySafe)" }
      if let cause = finding.cause { text += ": undecided: \(cause.displaySafe)" }
      lines.append("  " + text)
    }
    if findings.count > Self.cellLimit { lines.append("  … and \(findings.count - Self.cellLimit) more") }
    return lines
  }

  // MARK: - Measures

  private func lines(of set: MeasureSet) -> [String] {
    let kpi = bench.rulebook.kpis[set.kpi]
    let count = set.cells.count
    var lines = [
      "the measure `\(kpi.name)` (\(explanation.place(kpi.span))): \(count) \(count == 1 ? "cell" : "cells")"
    ]
    for cell in set.cells.prefix(Self.cellLimit) {
      var parts: [String] = []
      if let period = cell.period { parts.append("\(period)") }
      for (group, value) in zip(kpi.groups, cell.group) {
        parts.append("\(group.name) \(value.isAbsent ? "(none)" : explanation.text(value))")
      }
      let rows = "\(cell.rows) \(cell.rows == 1 ? "row" : "rows")"
      parts.append(
        "value \(cell.value.map { value($0, kpi) } ?? "none") of \(rows), \(cell.status?.name ?? "not judged")")
      if cell.pending > 0 { parts.append("\(cell.pending) pending") }
      if cell.skipped > 0 { parts.append("\(cell.skipped) skipped") }
      if cell.errors > 0 { parts.append("\(cell.errors) errors") }
      lines.append("  " + parts.joined(separator: ", "))
    }
    if count > Self.cellLimit { lines.append("  … and \(count - Self.cellLimit) more") }
    if set.undecided > 0 { lines.append("  \(set.undecided) rows undecided: \((set.firstCause ?? "").displaySafe)") }
    return lines
  }

  private func value(_ value: Double, _ kpi: CheckedKPI) -> String {
    kpi.valueType == .duration
      ? TimeDuration(totalNanoseconds: Int64(value * 1e9)).humanString() : bench.evaluator.display(.double(value))
  }
}
