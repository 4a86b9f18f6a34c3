/// From a decision to its explanation: every rule with its conditions and their values.

import DocketDiagnostics
public import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

extension RuleEngine {
  /// Why a route decides an item as it does.
  ///
  /// - Parameter asking: a value that might have been given instead, see `routedValue`.
  /// - Parameter alone: against the data as it stands, as `owner(f)` does; otherwise in the item's place in the run.
  /// - Parameter seekingChanges: whether to look for the smallest change with another outcome, which decides many times over.
  public func explain(
    route index: Int, for item: EntityReference, asking wanted: Value? = nil, alone: Bool = false,
    seekingChanges: Bool = true
  ) -> RouteExplanation {
    let item = current(item)
    let filter = rulebook.routes[index].filter
    var made: RouteExplanation?
    if !alone {
      fold(index) { [self] one, turns in
        guard one.entity == item.entity, world.record(of: one) == world.record(of: item) else { return false }
        made = explanation(index, item, filter: filter, turns, wanted, seekingChanges)
        return true
      }
    }
    if let made { return made }
    func explained() -> RouteExplanation {
      explanation(index, item, filter: filter, RoundRobin(after: earlierTurns[index]), wanted, seekingChanges)
    }
    return alone ? explained() : withDecisions(before: index, explained)
  }

  private func explanation(
    _ index: Int, _ item: EntityReference, filter: CheckedExpression?, _ turns: RoundRobin, _ wanted: Value?,
    _ seekingChanges: Bool
  ) -> RouteExplanation {
    let route = rulebook.routes[index]
    let book = RouteRecorder(self)
    let outer = recorder
    recorder = book
    var decision = decide(index, item, filter: filter, turns: turns)
    recorder = nil
    defer { recorder = outer }
    var explanation = evaluator.withFrame(of: route.slotCount, arguments: [.entity(item)]) {
      decision.verdicts = verdicts(route, decision, book: book)
      return RouteExplanation(
        decision: decision, given: decision.to.map { shown($0) }, place: place(route.span),
        filter: route.filter.map { notes(of: $0, .filter, isNegated: false) } ?? [],
        otherwise: book.targets["otherwise"] ?? [], undisturbed: [], changes: [],
        whyNot: wanted.map { whyNot($0, route, decision, book) })
    }
    if decision.status == .notSelected, filter != nil, filter === route.filter, route.measuredFilter !== route.filter {
      let undisturbed = self.explanation(
        index, item, filter: route.measuredFilter, turns, wanted, seekingChanges)
      if undisturbed.decision.status != .notSelected { explanation.undisturbed = [undisturbed] }
    }
    // What would change an item that is decided already is asked of the rules, not of `where`.
    if seekingChanges, explanation.undisturbed.isEmpty {
      var search = ChangeSearch(engine: self, route: index, item: item, filter: filter, turns: turns, base: decision)
      explanation.changes = search.changes()
    }
    return explanation
  }

  // MARK: - Verdicts

  /// How every rule came out, in the current frame. With a `book`, with all conditions and targets.
  func verdicts(_ route: CheckedRoute, _ decision: Decision, book: RouteRecorder? = nil) -> [RuleVerdict] {
    var isOver = decision.status == .notSelected || decision.undecided.contains { $0.rule == "where" }
    return route.rules.map { rule in
      var verdict = RuleVerdict(
        rule: rule.name, titles: rule.titles, place: place(rule.span), verdict: .notTried, clause: nil, values: [],
        conditions: [], targets: book?.targets[rule.name] ?? [])
      let notes = isOver && book == nil ? [] : conditionNotes(rule, keepsAll: book != nil)
      if !isOver {
        if let deciding = notes.first(where: { $0.isMet == false }) ?? notes.first(where: { $0.isMet == nil }) {
          verdict.verdict = deciding.isMet == nil ? .undecided : .notMatched
          verdict.clause = deciding.clause
          verdict.values = deciding.values
        } else {
          verdict.verdict = .matched
          verdict.values = unique(notes.flatMap(\.values))
        }
        if route.hitPolicy == .first, rule.name == decision.rule { isOver = true }
      }
      if book != nil { verdict.conditions = notes }
      return verdict
    }
  }

  private func unique(_ values: [ValueNote]) -> [ValueNote] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0.source).inserted }
  }

  /// The conditions of a rule; up to the first that decides, unless all are wanted.
  private func conditionNotes(_ rule: CheckedRoute.Rule, keepsAll: Bool) -> [ConditionNote] {
    var found: [ConditionNote] = []
    for condition in rule.conditions {
      found += notes(
        of: condition.expression, condition.isNegated ? .unless : .when, isNegated: condition.isNegated)
      if !keepsAll, found.contains(where: { $0.isMet == false }) { break }
    }
    return found
  }

  /// A condition by its conjuncts, or, where it is negated, by its alternatives: what people read as one.
  func notes(of condition: CheckedExpression, _ keyword: ConditionNote.Keyword, isNegated: Bool) -> [ConditionNote] {
    let parts: [CheckedExpression] =
      switch condition.kind {
      case .and(let operands) where !isNegated: operands
      case .or(let operands) where isNegated: operands
      default: [condition]
      }
    return parts.map { part in
      let value = evaluator.evaluate(part)
      var note = ConditionNote(
        keyword: keyword, source: sourceText(part.span).displaySafe, place: place(part.span), isMet: nil, cause: nil,
        values: ExpressionValues(self).notes(of: part))
      if case .bool(let holds) = value { note.isMet = holds != isNegated } else { note.cause = cause(value) }
      return note
    }
  }
}
