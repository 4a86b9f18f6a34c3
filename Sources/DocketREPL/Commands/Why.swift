/// Why a rule said what it said: the one place where the session asks for explanations.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

enum WhyQuestion {
  case why
  /// Of one rule of a route, by name.
  case whyNot(rule: String)
  case timeline
}

/// A rule, by its place in the rulebook.
enum AskedRule {
  case route(Int)
  case sla(Int)
  case kpi(Int)
}

/// The explanation of what a rule gives for an item; lines without line ends.
func explanation(
  _ question: WhyQuestion, of rule: AskedRule, for item: EntityReference?, by engine: RuleEngine, sources: SourceMap
) -> [String] {
  let words = WhyWords(engine: engine, sources: sources)
  switch (rule, item) {
  case (.route(let index), let item?):
    if case .whyNot(let name) = question { return words.conditions(ofRoute: index, item, only: name) }
    return words.decision(engine.decision(route: index, for: item))
  case (.sla(let index), let item?):
    let clocks = engine.clocks(sla: index, for: item)
    if case .timeline = question { return clocks.flatMap { words.timeline($0) } }
    return clocks.flatMap { words.clock($0) }
  case (.kpi(let index), _): return words.measures(index)
  default: return []
  }
}

private struct WhyWords {
  let engine: RuleEngine
  let sources: SourceMap

  private var rulebook: CheckedRulebook { engine.rulebook }
  private var text: ValueText { ValueText(engine) }

  private func key(_ item: EntityReference) -> String { engine.keyText(item).displaySafe }
  private func at(_ instant: Instant) -> String { text.answer(.timestamp(instant)) }

  // MARK: - Decisions

  func decision(_ decision: Decision) -> [String] {
    let route = rulebook.routes[decision.route]
    var head = "route \(route.name) of \(key(decision.item)): \(decision.status.name.replacing("_", with: " "))"
    if decision.status == .assigned {
      head += " to \(decision.to.map { engine.evaluator.display($0) }.joined(separator: ", "))"
      if let rule = decision.rule { head += rule == "otherwise" ? " by `otherwise`" : " by the rule `\(rule)`" }
    } else if decision.status == .notSelected {
      head += ", its `where` does not hold"
    }
    var lines = [head]
    if let because = decision.because { lines.append("  because \(because.displaySafe)") }
    if decision.status == .notSelected, let filter = route.filter {
      lines += values(of: [filter], item: decision.item, slots: route.slotCount)
    }
    lines += decision.undecided.map { "  undecided: \($0.rule): \($0.cause.displaySafe)" }
    lines += decision.refused.map { "  \($0.count) refused by \($0.condition.displaySafe)" }
    guard decision.status != .notSelected else { return lines }
    for rule in route.rules {
      if rule.name == decision.rule {
        lines += conditions(rule, decision.item, route, mark: "✓")
        break
      }
    }
    let passed = route.rules.prefix { $0.name != decision.rule }.count
    if passed > 0 { lines.append("  \(plural(passed, "rule")) before it did not match; `:why-not RULE` says why") }
    return lines
  }

  func conditions(ofRoute index: Int, _ item: EntityReference, only name: String) -> [String] {
    let route = rulebook.routes[index]
    guard let rule = route.rules.first(where: { $0.name == name }) else { return [] }
    var lines = ["rule \(name) of route \(route.name), for \(key(item))"]
    lines += conditions(rule, item, route, mark: nil)
    let decision = engine.decision(route: index, for: item)
    if let decided = decision.rule, decided != name, let place = route.rules.firstIndex(where: { $0.name == decided }),
      let own = route.rules.firstIndex(where: { $0.name == name }), place < own
    {
      lines.append("  it was not asked: the rule `\(decided)` stands before it and matched")
    }
    return lines
  }

  private func conditions(
    _ rule: CheckedRoute.Rule, _ item: EntityReference, _ route: CheckedRoute, mark: String?
  ) -> [String] {
    rule.conditions.flatMap { condition -> [String] in
      let value = engine.evaluator.withFrame(of: route.slotCount, arguments: [.entity(item)]) {
        engine.evaluator.evaluate(condition.expression)
      }
      let outcome: String
      switch value {
      case .bool(let holds): outcome = holds != condition.isNegated ? "✓" : "✗"
      default: outcome = "?"
      }
      let word = condition.isNegated ? "unless" : "when"
      return ["  \(outcome) \(word) \(source(condition.expression.span))"]
        + values(of: [condition.expression], item: item, slots: route.slotCount)
    }
  }

  /// The fields that conditions read, with their values.
  private func values(of expressions: [CheckedExpression], item: EntityReference, slots: Int) -> [String] {
    var seen: Set<String> = []
    var rows: [(name: String, value: String)] = []
    func visit(_ expression: CheckedExpression) {
      if case .field = expression.kind {
        let name = source(expression.span)
        if seen.insert(name).inserted {
          let value = engine.evaluator.withFrame(of: slots, arguments: [.entity(item)]) {
            engine.evaluator.evaluate(expression)
          }
          rows.append((name, text.cell(value)))
        }
        return
      }
      for child in expression.children { visit(child) }
    }
    for expression in expressions { visit(expression) }
    let width = rows.map(\.name.displayWidth).max() ?? 0
    return rows.map { "      \($0.name.padded(to: width))  \($0.value)" }
  }

  private func source(_ span: SourceSpan) -> String {
    guard Int(span.file.index) < sources.files.count else { return "" }
    return sources.text(span).split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(
      separator: " ")
  }

  // MARK: - Clocks

  private func head(_ clock: Clock) -> String {
    let cycle = clock.cycle > 1 ? ", cycle \(clock.cycle)" : ""
    return
      "sla \(rulebook.slas[clock.sla].name) of \(key(clock.item))\(cycle): \(clock.status.name.replacing("_", with: " "))"
  }

  func clock(_ clock: Clock) -> [String] {
    var line = head(clock)
    if let elapsed = clock.elapsed {
      line += ", elapsed \(elapsed.humanString())"
      if let remaining = clock.remaining, let target = elapsed.adding(remaining) {
        line += " of \(target.humanString())"
      }
    }
    var lines = [line]
    if let cause = clock.cause { lines.append("  cause: \(cause.displaySafe)") }
    return lines + timeline(clock).dropFirst()
  }

  func timeline(_ clock: Clock) -> [String] {
    var moments: [(at: Instant, what: String)] = []
    if let start = clock.start { moments.append((start, "started")) }
    for pause in clock.pauses {
      moments.append((pause.from, "paused"))
      if let to = pause.to { moments.append((to, "went on")) }
    }
    if let due = clock.due { moments.append((due, clock.isProvisional ? "due (provisional)" : "due")) }
    for effect in clock.effects {
      moments.append((effect.at, "\(effect.kind.rawValue) \(effect.to ?? "nobody"): \(effect.text)"))
    }
    if let stop = clock.stop { moments.append((stop, "stopped")) }
    moments.append((engine.instant, "now"))
    let sorted = moments.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    return [head(clock)] + sorted.map { "  \(at($0.at))  \($0.what.displaySafe)" }
  }

  // MARK: - Measures

  func measures(_ index: Int) -> [String] {
    let kpi = rulebook.kpis[index]
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
