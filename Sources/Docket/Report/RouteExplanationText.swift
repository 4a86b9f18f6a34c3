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
    var text = title(words[.route], route.name, route.titles, explanation.place)
    text += sentence(outcome(explanation, route), indent: 2)
    if explanation.decision.status == .notSelected || explanation.filter.contains(where: { $0.isMet == nil }) {
      text += section(words[.notAnItem])
      text += conditions(explanation.filter.filter { $0.isMet != true }, indent: 4)
    } else {
      text += body(explanation, route)
    }
    for undisturbed in explanation.undisturbed {
      let field = rulebook.schema[route.field.entity].fields[route.field.index].name
      text += section(words[.whateverHolds(field)])
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
    var text: String
    switch decision.status {
    case .assigned: text = words[.given(words.names(explanation.given), by: rule ?? "")]
    case .noCandidate: text = words[.noCandidate(by: rule)]
    case .noRule: text = words[.noRuleMatched]
    case .undecided: text = words[.undecidedAt(rule: rule, cause: decision.undecided.last?.cause)]
    case .notSelected: text = words[.notSelected]
    }
    if let because = decision.because { text += words[.because(because.displaySafe)] }
    return text.displaySafe
  }

  /// `the rule `outage``; what `hit all` collected comes from several.
  private func rulesText(_ rule: String, _ route: CheckedRoute) -> String {
    if rule == "otherwise" { return "`otherwise`" }
    let names = route.rules.map(\.name).filter {
      rule == $0 || route.hitPolicy == .all && rule.split(separator: ", ").contains($0[...])
    }
    return words[names.count > 1 ? .theRules(names) : .theRule(rule)]
  }

  /// The rules, the candidates, and what would have changed it.
  private func body(_ explanation: RouteExplanation, _ route: CheckedRoute) -> String {
    let decision = explanation.decision
    var text = ""
    let matched = decision.verdicts.filter { $0.verdict == .matched }
    for verdict in matched {
      let isDeciding = verdict.rule == decision.rule || route.hitPolicy == .all
      let isOver = decision.status != .undecided || decision.rule != nil
      text += section(words[isDeciding ? .whyRule(verdict.rule) : .matches(verdict.rule, isOver: isOver)])
      text += head(verdict)
      text += conditions(verdict)
      text += targets(verdict.targets)
    }
    for entry in decision.undecided.filter({ $0.rule.hasPrefix("prefer ") }).prefix(3) {
      text += "      ? \(words[.cannotDecide(entry.rule.displaySafe, cause: entry.cause.displaySafe)])\n"
    }
    let passed = decision.verdicts.filter { $0.verdict == .notMatched || $0.verdict == .undecided }
    if !passed.isEmpty {
      let isFromRule = route.hitPolicy == .first && decision.verdicts.contains { $0.rule == decision.rule }
      text += section(words[matched.isEmpty ? .whyNoRule : isFromRule ? .whyNotBefore : .whyNotOthers])
      text += refusals(passed)
    }
    if decision.rule == "otherwise" {
      let steps = targets(explanation.otherwise)
      if !steps.isEmpty { text += section(words[.otherwiseTried]) + steps }
    }
    let untried = decision.verdicts.filter { $0.verdict == .notTried }
    if !untried.isEmpty, decision.status != .notSelected {
      let matching = untried.filter { $0.unmet.isEmpty }.map(\.rule)
      text += "\n  \(words[.notTried(untried.count, wouldMatch: matching)])\n"
    }
    return text
  }

  /// One rule of a route with all its conditions, whether or not it was tried.
  public func text(_ explanation: RouteExplanation, ofRule name: String) -> String {
    let decision = explanation.decision
    guard let verdict = decision.verdicts.first(where: { $0.rule == name }) else { return "" }
    let route = rulebook.routes[decision.route]
    let key = engine.shownRecord(decision.item)
    var text = title(words[.ruleOfRoute(name)], route.name, [words[.forItem(key)]], verdict.place)
    text += conditions(verdict)
    text += targets(verdict.targets)
    if verdict.verdict == .notTried, let decided = decision.rule {
      text += "  \(words[.notTriedAfter(rulesText(decided, route))])\n"
    }
    return text
  }

  private func conditions(_ verdict: RuleVerdict) -> String {
    verdict.conditions.isEmpty ? "    \(words[.noConditions])\n" : conditions(verdict.conditions, indent: 4)
  }

  private func head(_ verdict: RuleVerdict) -> String {
    let title = TitledName(verdict.rule, verdict.titles).title(words.language).map { "\($0.displaySafe)  " } ?? ""
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
    case .noCandidate: words[.nobodyPassed]
    case .undecided(let cause): words[.undecidedBecause(cause.displaySafe)]
    case .notYet(let opens): words[.opens(opens)]
    case .next: words[.onToNext]
    }
  }

  private func text(_ note: CandidateNote) -> String {
    guard note.count > 0 else { return "      \(words[.thereIsNo(note.entity)])\n" }
    var lines = AlignedLines(indent: 6)
    for refusal in note.refusals {
      let names = refusal.examples.map { example in
        let read = values(example.values, of: refusal.condition)
        return read.isEmpty ? example.record : "\(example.record): \(read)"
      }
      let more = refusal.count > names.count ? [words[.moreExamples(refusal.count - names.count)]] : []
      lines.add([
        "✗ \(Figures.count(refusal.count))", refusal.condition.truncated(to: clauseWidth),
        words.clauses(names + more),
      ])
    }
    for entry in note.undecided.prefix(3) { lines.add(["? 1", entry.record, entry.cause]) }
    if note.undecided.count > 3 { lines.add(["? \(note.undecided.count - 3)", words[.more], words[.undecided]]) }
    var text = "      \(words[.passed(note.passed.count, of: note.count, note.entity)])\n" + lines.render(width: width)
    guard !note.passed.isEmpty else { return text }
    var columns: [TextTable.Column] = [.right(""), .left(words[.candidate])]
    if note.preference != nil { columns.append(.left(words[.preferred])) }
    let keyWidth = max(10, min(32, (width - 36) / (note.keys.count + 1)))
    columns += note.keys.map { .right($0.truncated(to: keyWidth)) }
    if note.takesTurns { columns.append(.right(words[.lastTurn])) }
    var table = TextTable(columns)
    for (rank, passed) in note.passed.prefix(Self.shownCandidates).enumerated() {
      var row = ["\(rank + 1)", passed.record]
      if note.preference != nil { row.append(passed.isPreferred ? words[Phrase.yes] : words[.no]) }
      row += passed.keys
      if note.takesTurns { row.append(passed.turn == 0 ? words[.never] : "\(passed.turn)") }
      table.add(row)
    }
    text += table.render(width: width - 6).split(separator: "\n").map { "      \($0)\n" }.joined()
    let hidden = note.passed.count - min(note.passed.count, Self.shownCandidates)
    return text + (hidden > 0 ? "      \(words[.moreCandidates(hidden)])\n" : "")
  }

  // MARK: - What would have changed it

  private func changes(_ explanation: RouteExplanation) -> String {
    guard let first = explanation.changes.first else { return "" }
    let route = rulebook.routes[explanation.decision.route]
    var text = section(words[.smallestChange])
    text += change(AlignedLines(indent: 4), [first], route)
    if explanation.changes.count > 1 {
      text +=
        "    \(words[.orAnotherField])\n"
        + change(AlignedLines(indent: 4), Array(explanation.changes.dropFirst()), route)
    }
    return text
  }

  private func change(_ lines: AlignedLines, _ changes: [FieldChange], _ route: CheckedRoute) -> String {
    var lines = lines
    for change in changes {
      let given = change.given.isEmpty ? words.decisionStatus(named: change.status) : words.names(change.given)
      let isDecided = change.status != DecisionStatus.noRule.name
      let rule = isDecided ? change.rule.map { rulesText($0, route) } : nil
      lines.add([change.path, "\(change.from) → \(change.to)", words[.gives(given, by: rule)]])
    }
    return lines.render(width: width)
  }

  // MARK: - Why not

  /// Ends with a newline.
  public func text(_ whyNot: WhyNot) -> String {
    var text = section(words[.whyNot(whyNot.value)])
    if whyNot.reasons.isEmpty { return text + "    \(words[.noRuleGivesIt])\n" }
    for (rule, place, reason) in whyNot.reasons {
      let name = rule == "otherwise" ? "`otherwise`" : "`\(rule)`"
      switch reason {
      case .chosen:
        text += "    \(words[.isGiven])\n"
        continue
      case .decidedBefore(let other):
        text += "    " + words[.notReached(name, earlier: other == rule ? nil : other)]
      case .notMatched: text += "    " + words[.doesNotMatch(name)]
      case .notYet(let opens): text += "    " + words[.givesLater(name, opens: opens)]
      case .noCandidate(let entity): text += "    " + words[.choosesFrom(name, entity)]
      case .refused(let condition, _): text += "    " + words[.refuses(name, condition: condition.displaySafe)]
      case .undecided(let cause): text += "    " + words[.cannotDecideAboutIt(name, cause: cause.displaySafe)]
      case .outranked(let by, let key, let theirs, let its):
        text += "    " + words[.ranksBefore(name, other: by, key: key.displaySafe, theirs: theirs, its: its)]
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
