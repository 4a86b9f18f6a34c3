/// A decision for people: what was decided, by which rule and why, why not by the rules before, who else there was, and what
/// would have changed it.

import DocketDiagnostics
public import DocketRules
import DocketSemantics
import DocketSyntax

extension ExplanationReport {
  private static let shownCandidates = 10

  /// Ends with a newline.
  public func text(_ explanation: RouteExplanation) -> String {
    let route = rulebook.routes[explanation.decision.route]
    var text = title("route", route.name, route.titles, explanation.place)
    text += sentence(outcome(explanation, route), indent: 2)
    if explanation.decision.status == .notSelected || explanation.filter.contains(where: { $0.isMet == nil }) {
      text += section("Why it is not one of the route's items")
      text += conditions(explanation.filter.filter { $0.isMet != true }, indent: 4)
    } else {
      text += body(explanation, route)
    }
    for undisturbed in explanation.undisturbed {
      let field = rulebook.schema[route.field.entity].fields[route.field.index].name
      text += section("Whatever `\(field)` holds, the rules say")
      text += sentence(outcome(undisturbed, route), indent: 4) + body(undisturbed, route)
    }
    let told = explanation.undisturbed.first ?? explanation
    text += changes(told)
    if let whyNot = told.whyNot { text += self.text(whyNot) }
    return text
  }

  private func section(_ title: String) -> String { "\n  \(strong(title))\n" }

  private func outcome(_ explanation: RouteExplanation, _ route: CheckedRoute) -> String {
    let decision = explanation.decision
    let rule = decision.rule.map { rulesText($0, route) }
    var words: String
    switch decision.status {
    case .assigned: words = "→ \(explanation.given.joined(separator: ", ")), by \(rule ?? "")"
    case .noCandidate: words = "nobody: no candidate passed" + (rule.map { " for \($0)" } ?? "")
    case .noRule: words = "nobody: no rule matched, and `otherwise nobody` says so"
    case .undecided:
      words = "undecided" + (rule.map { " at \($0)" } ?? "") + (decision.undecided.last.map { ": \($0.cause)" } ?? "")
    case .notSelected: words = "not selected: `where` passes it over"
    }
    if let because = decision.because { words += ", because \(because.displaySafe)" }
    return words.displaySafe
  }

  /// `the rule `outage``; what `hit all` collected comes from several.
  private func rulesText(_ rule: String, _ route: CheckedRoute) -> String {
    if rule == "otherwise" { return "`otherwise`" }
    let names = route.rules.map(\.name).filter {
      rule == $0 || route.hitPolicy == .all && rule.split(separator: ", ").contains($0[...])
    }
    guard names.count > 1 else { return "the rule `\(rule)`" }
    return "the rules " + names.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// The rules, the candidates, and what would have changed it.
  private func body(_ explanation: RouteExplanation, _ route: CheckedRoute) -> String {
    let decision = explanation.decision
    var text = ""
    let matched = decision.verdicts.filter { $0.verdict == .matched }
    for verdict in matched {
      let isDeciding = verdict.rule == decision.rule || route.hitPolicy == .all
      let passedOn = decision.status == .undecided && decision.rule == nil ? "matches" : "matched and went on"
      text += section(isDeciding ? "Why `\(verdict.rule)`" : "`\(verdict.rule)` \(passedOn)")
      text += head(verdict)
      text += verdict.conditions.isEmpty ? "    it has no conditions\n" : conditions(verdict.conditions, indent: 4)
      text += targets(verdict.targets)
    }
    for entry in decision.undecided.filter({ $0.rule.hasPrefix("prefer ") }).prefix(3) {
      text += "      ? \(entry.rule.displaySafe) cannot be decided: \(entry.cause.displaySafe)\n"
    }
    let passed = decision.verdicts.filter { $0.verdict == .notMatched || $0.verdict == .undecided }
    if !passed.isEmpty {
      let isFromRule = route.hitPolicy == .first && decision.verdicts.contains { $0.rule == decision.rule }
      text += section(
        matched.isEmpty ? "Why no rule" : isFromRule ? "Why not the rules before it" : "Why not the other rules")
      text += refusals(passed)
    }
    if decision.rule == "otherwise" {
      let steps = targets(explanation.otherwise)
      if !steps.isEmpty { text += section("What `otherwise` tried") + steps }
    }
    let untried = decision.verdicts.filter { $0.verdict == .notTried }
    if !untried.isEmpty, decision.status != .notSelected {
      let would = untried.filter { $0.unmet.isEmpty }.map { "`\($0.rule)`" }
      let count = untried.count == 1 ? "1 rule was" : "\(Figures.count(untried.count)) rules were"
      let others = untried.count == 1 ? "it would not match" : "none of them would match"
      let words = would.isEmpty ? others : "\(would.joined(separator: ", ")) would match, too"
      text += "\n  \(count) not tried: \(words)\n"
    }
    return text
  }

  /// One rule of a route with all its conditions, whether or not it was tried.
  public func text(_ explanation: RouteExplanation, ofRule name: String) -> String {
    let decision = explanation.decision
    guard let verdict = decision.verdicts.first(where: { $0.rule == name }) else { return "" }
    let route = rulebook.routes[decision.route]
    let key = engine.shownRecord(decision.item)
    var text = title("rule \(name) of route", route.name, ["for \(key)"], verdict.place)
    text += verdict.conditions.isEmpty ? "    it has no conditions\n" : conditions(verdict.conditions, indent: 4)
    text += targets(verdict.targets)
    if verdict.verdict == .notTried, let decided = decision.rule {
      text += "  it was not tried: \(rulesText(decided, route)) stands before it and matched\n"
    }
    return text
  }

  private func head(_ verdict: RuleVerdict) -> String {
    let title = verdict.titles.first.map { "\($0.displaySafe)  " } ?? ""
    return "    \(title)\(TextStyle.frame.apply(verdict.place.name, color: color))\n"
  }

  /// A line a rule: the clause that settled it, what it read, where it stands.
  private func refusals(_ verdicts: [RuleVerdict]) -> String {
    var lines = AlignedLines(indent: 4)
    for verdict in verdicts {
      let mark = verdict.verdict == .undecided ? "?" : "✗"
      let note = verdict.conditions.first { $0.clause == verdict.clause }
      var read = values(verdict.values, of: note?.source ?? "")
      if let cause = note?.cause { read += (read.isEmpty ? "" : ": ") + cause }
      lines.add([
        "\(mark) \(verdict.rule)", (verdict.clause ?? "").truncated(to: clauseWidth), "\(read)",
      ])
    }
    return lines.render(width: width)
  }

  // MARK: - Targets

  private func targets(_ notes: [TargetNote]) -> String {
    var text = ""
    for note in notes {
      // A plain target that gave its value is told by the outcome.
      if case .given = note.outcome, note.candidates == nil, notes.count == 1 { continue }
      text += "    \(note.source.displaySafe): \(outcome(note))  "
      text += TextStyle.frame.apply(note.place.name, color: color) + "\n"
      if let candidates = note.candidates { text += self.text(candidates) }
    }
    return text
  }

  private func outcome(_ note: TargetNote) -> String {
    switch note.outcome {
    case .given(let text): "→ \(text)"
    case .noCandidate: "nobody passed"
    case .undecided(let cause): "undecided: \(cause.displaySafe)"
    case .notYet(let opens): opens.map { "opens at \($0)" } ?? "never opens"
    case .next: "on to the next rule"
    }
  }

  private func text(_ note: CandidateNote) -> String {
    let count = "\(Figures.count(note.count)) \(note.entity)"
    guard note.count > 0 else { return "      there is no \(note.entity)\n" }
    var lines = AlignedLines(indent: 6)
    for refusal in note.refusals {
      let names = refusal.examples.map { example in
        let read = values(example.values, of: refusal.condition)
        return read.isEmpty ? example.record : "\(example.record): \(read)"
      }
      let more = refusal.count > names.count ? ["… \(refusal.count - names.count) more"] : []
      lines.add([
        "✗ \(Figures.count(refusal.count))", refusal.condition.truncated(to: clauseWidth),
        (names + more).joined(separator: "; "),
      ])
    }
    for entry in note.undecided.prefix(3) { lines.add(["? 1", entry.record, entry.cause]) }
    if note.undecided.count > 3 { lines.add(["? \(note.undecided.count - 3)", "more", "undecided"]) }
    let passed = note.passed.isEmpty ? "none" : Figures.count(note.passed.count)
    var text = "      of \(count), \(passed) passed\n" + lines.render(width: width)
    guard !note.passed.isEmpty else { return text }
    var columns: [TextTable.Column] = [.right(""), .left("candidate")]
    if note.preference != nil { columns.append(.left("preferred")) }
    let keyWidth = max(10, min(32, (width - 36) / (note.keys.count + 1)))
    columns += note.keys.map { .right($0.truncated(to: keyWidth)) }
    if note.takesTurns { columns.append(.right("last turn")) }
    var table = TextTable(columns)
    for (rank, passed) in note.passed.prefix(Self.shownCandidates).enumerated() {
      var row = ["\(rank + 1)", passed.record]
      if note.preference != nil { row.append(passed.isPreferred ? "yes" : "no") }
      row += passed.keys
      if note.takesTurns { row.append(passed.turn == 0 ? "never" : "\(passed.turn)") }
      table.add(row)
    }
    text += table.render(width: width - 6).split(separator: "\n").map { "      \($0)\n" }.joined()
    let hidden = note.passed.count - min(note.passed.count, Self.shownCandidates)
    return text + (hidden > 0 ? "      … and \(Figures.count(hidden)) more\n" : "")
  }

  // MARK: - What would have changed it

  private func changes(_ explanation: RouteExplanation) -> String {
    guard let first = explanation.changes.first else { return "" }
    let route = rulebook.routes[explanation.decision.route]
    var text = section("The smallest change with another outcome")
    text += change(AlignedLines(indent: 4), [first], route)
    if explanation.changes.count > 1 {
      text +=
        "    or, of another field:\n" + change(AlignedLines(indent: 4), Array(explanation.changes.dropFirst()), route)
    }
    return text
  }

  private func change(_ lines: AlignedLines, _ changes: [FieldChange], _ route: CheckedRoute) -> String {
    var lines = lines
    for change in changes {
      let given = change.given.isEmpty ? change.status.replacing("_", with: " ") : change.given.joined(separator: ", ")
      let isDecided = change.status != DecisionStatus.noRule.name
      let rule = isDecided ? change.rule.map { ", by \(rulesText($0, route))" } ?? "" : ""
      lines.add([change.path, "\(change.from) → \(change.to)", "gives \(given)\(rule)"])
    }
    return lines.render(width: width)
  }

  // MARK: - Why not

  /// Ends with a newline.
  public func text(_ whyNot: WhyNot) -> String {
    var text = section("Why not \(whyNot.value)")
    if whyNot.reasons.isEmpty { return text + "    no rule gives it\n" }
    for (rule, place, reason) in whyNot.reasons {
      let name = rule == "otherwise" ? "`otherwise`" : "`\(rule)`"
      switch reason {
      case .chosen:
        text += "    it is what was given\n"
        continue
      case .decidedBefore(let other):
        text +=
          "    \(name) gives it, and was not reached: \(other == rule ? "an earlier target" : "`\(other)`") decided"
      case .notMatched: text += "    \(name) does not match"
      case .notYet(let opens): text += "    \(name) gives it, \(opens.map { "from \($0) on" } ?? "and never opens")"
      case .noCandidate(let entity): text += "    \(name) chooses from \(entity), and it is none"
      case .refused(let condition, _): text += "    \(name) refuses it by `\(condition.displaySafe)`"
      case .undecided(let cause): text += "    \(name) cannot decide about it: \(cause.displaySafe)"
      case .outranked(let by, let key, let theirs, let its):
        text += "    \(name) ranks \(by) before it: \(key.displaySafe) is \(theirs) there, \(its) here"
      }
      text += place.map { "  \(TextStyle.frame.apply($0.name, color: color))" } ?? ""
      text += "\n"
      switch reason {
      case .notMatched(let conditions): text += self.conditions(conditions, indent: 6)
      case .refused(let condition, let values):
        let read = self.values(values, of: condition)
        if !read.isEmpty { text += "      \(read)\n" }
      case .chosen, .decidedBefore, .notYet, .noCandidate, .undecided, .outranked: break
      }
    }
    return text
  }
}
