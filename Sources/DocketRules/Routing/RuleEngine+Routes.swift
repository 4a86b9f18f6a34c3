/// Routes: for each item the first rule that matches, and who it goes to.
///
/// A run is a fold over the items in order. What it assigns is laid over the data, so that derived lists, and with them the
/// load of people, grow as it goes.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

/// Who was assigned when, for `round robin`: never first, then the least recently.
final class RoundRobin {
  private var turn = 0
  private var lastTurn: [UInt32: Int] = [:]

  func note(_ record: Int) {
    turn += 1
    lastTurn[UInt32(record)] = turn
  }

  func turn(of record: Int) -> Int { lastTurn[UInt32(record)] ?? 0 }
}

/// A value taken out of the heap, to be put back after a reset.
private enum Kept {
  case text(String)
  case list([Kept])
  case other(Value)

  init(_ value: Value, _ heap: Heap) {
    switch value {
    case .string(let symbol): self = .text(heap.text(symbol))
    case .list(let list): self = .list(Array(heap[list]).map { Kept($0, heap) })
    default: self = .other(value)
    }
  }

  func value(_ heap: Heap) -> Value {
    switch self {
    case .text(let text): heap.string(text)
    case .list(let elements): heap.list(elements.map { $0.value(heap) })
    case .other(let value): value
    }
  }
}

extension RuleEngine {
  /// Decides every item in the route's order.
  func runRoute(_ index: Int) -> [Decision] {
    let route = rulebook.routes[index]
    let items = ordered(items(of: route.entity), by: route)
    let turns = RoundRobin()
    let mark = evaluator.mark()
    var base = mark
    var decisions: [Decision] = []
    decisions.reserveCapacity(items.count)
    for item in items {
      var decision = decide(index, item, filter: route.filter, turns: turns)
      keep(&decision.to, &base)
      if decision.status == .assigned {
        let value = assignedValue(decision, route)
        world.override(route.field, of: world.record(of: item), with: value)
        if case .list = value { base = heap.mark() }
        for case .entity(let assigned) in decision.to { turns.note(world.record(of: assigned)) }
      }
      decisions.append(decision)
    }
    world.clearOverlay()
    return decisions
  }

  /// The run's decisions, and for items that `where` passes over what the route would say without its conjuncts on the routed field.
  func runMeasuredDecisions(_ index: Int) -> [Decision] {
    let route = rulebook.routes[index]
    var base = evaluator.mark()
    return decisions(route: index).compactMap { decision in
      guard decision.status == .notSelected else { return decision }
      var alone = decideAlone(index, decision.item, filter: route.measuredFilter)
      keep(&alone.to, &base)
      return alone.status == .notSelected ? nil : alone
    }
  }

  /// Decides one item against the data as it stands.
  func decideAlone(_ index: Int, _ item: EntityReference, filter: CheckedExpression?) -> Decision {
    decide(index, item, filter: filter, turns: RoundRobin())
  }

  private func assignedValue(_ decision: Decision, _ route: CheckedRoute) -> Value {
    if case .list = route.fieldType { return heap.list(decision.to) }
    return decision.to.first ?? .absent
  }

  /// Drops what the evaluation of one item made, but for the values that were given.
  private func keep(_ values: inout [Value], _ base: inout Heap.Mark) {
    let kept = values.map { Kept($0, heap) }
    heap.reset(to: base)
    values = kept.map { $0.value(heap) }
    base = heap.mark()
  }

  // MARK: - Order

  private func ordered(_ items: [EntityReference], by route: CheckedRoute) -> [EntityReference] {
    guard !route.order.isEmpty else { return items }
    let keyed = items.map { item in
      (item: item, keys: evaluator.withFrame(of: route.slotCount, arguments: [.entity(item)]) { sortKeys(route.order) })
    }
    return keyed.enumerated().sorted { a, b in
      precedes(a.element.keys, b.element.keys, route.order.map(\.isDescending)) ?? (a.offset < b.offset)
    }.map(\.element.item)
  }

  func sortKeys(_ keys: [CheckedSortKey]) -> [Value] {
    keys.map { key in
      let value = evaluator.run(key.key)
      return value.isError ? .absent : value
    }
  }

  /// Whether `a` comes first; `nil` where the keys are equal. Absent comes last in either direction.
  func precedes(_ a: [Value], _ b: [Value], _ isDescending: [Bool]) -> Bool? {
    for (index, descending) in isDescending.enumerated() {
      switch (a[index].isAbsent, b[index].isAbsent) {
      case (true, true): continue
      case (true, false): return false
      case (false, true): return true
      case (false, false): break
      }
      switch heap.compare(a[index], b[index]) {
      case .less?: return !descending
      case .greater?: return descending
      default: continue
      }
    }
    return nil
  }

  // MARK: - One item

  private func decide(_ index: Int, _ item: EntityReference, filter: CheckedExpression?, turns: RoundRobin) -> Decision
  {
    let decision = decided(index, item, filter: filter, turns: turns)
    observe?(.decision(decision))
    return decision
  }

  private func decided(_ index: Int, _ item: EntityReference, filter: CheckedExpression?, turns: RoundRobin) -> Decision
  {
    let route = rulebook.routes[index]
    return evaluator.withFrame(of: route.slotCount, arguments: [.entity(item)]) {
      var decision = Decision(route: index, item: item, status: .noRule)
      if let filter {
        switch evaluator.run(filter) {
        case .bool(true): break
        case .bool(false):
          decision.status = .notSelected
          return decision
        case let undecided:
          decision.status = .undecided
          decision.undecided = [UndecidedRule(rule: "where", cause: cause(undecided))]
          return decision
        }
      }
      switch route.hitPolicy {
      case .first: decideFirst(route, turns, &decision)
      case .unique: decideUnique(route, turns, &decision)
      case .all: decideAll(route, turns, &decision)
      }
      return decision
    }
  }

  private func decideFirst(_ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision) {
    for rule in route.rules where matches(rule, &decision) {
      if apply(rule, route, turns, &decision) { return }
    }
    fallBack(route, turns, &decision)
  }

  private func decideUnique(_ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision) {
    let matching = route.rules.filter { matches($0, &decision) }
    guard matching.count <= 1 else {
      decision.status = .undecided
      let names = matching.map { "`\($0.name)`" }.joined(separator: ", ")
      decision.undecided.append(
        UndecidedRule(rule: matching[0].name, cause: "several rules match, though the policy is `hit unique`: \(names)")
      )
      return
    }
    if let rule = matching.first, apply(rule, route, turns, &decision) { return }
    fallBack(route, turns, &decision)
  }

  private func decideAll(_ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision) {
    var to: [Value] = []
    var names: [String] = []
    for rule in route.rules where matches(rule, &decision) {
      var one = decision
      one.to = []
      if apply(rule, route, turns, &one), one.status == .assigned {
        to += one.to
        names.append(rule.name)
        decision.effects = one.effects
        if let because = one.because { decision.because = decision.because.map { "\($0); \(because)" } ?? because }
      }
      decision.undecided = one.undecided
      decision.refused = one.refused
    }
    guard !to.isEmpty else { return fallBack(route, turns, &decision) }
    decision.to = to
    decision.rule = names.joined(separator: ", ")
    decision.status = .assigned
  }

  private func fallBack(_ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision) {
    guard !route.otherwise.isEmpty else {
      decision.status = .noRule
      return
    }
    decision.rule = "otherwise"
    switch resolve(route.otherwise, route, turns, &decision) {
    case .assigned(let values):
      decision.to = values
      decision.status = .assigned
    case .noCandidate: decision.status = .noCandidate
    case .undecided(let cause):
      decision.status = .undecided
      decision.undecided.append(UndecidedRule(rule: "otherwise", cause: cause))
    case .next: decision.status = .noRule
    }
  }

  /// CEL's `&&` over the conditions: a false one decides, even beside one that cannot be decided.
  private func matches(_ rule: CheckedRoute.Rule, _ decision: inout Decision) -> Bool {
    var undecided: Value?
    for condition in rule.conditions {
      switch evaluator.run(condition.expression) {
      case .bool(let holds):
        if holds == condition.isNegated { return false }
      case let other: undecided = undecided ?? other
      }
    }
    guard let undecided else {
      decision.matchedRules.append(rule.name)
      return true
    }
    decision.undecided.append(UndecidedRule(rule: rule.name, cause: cause(undecided)))
    return false
  }

  /// Takes a matching rule; `false` means to go on with the next one.
  private func apply(_ rule: CheckedRoute.Rule, _ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision)
    -> Bool
  {
    switch resolve(rule.targets, route, turns, &decision) {
    case .next: return false
    case .assigned(let values):
      decision.to = values
      decision.status = .assigned
    case .noCandidate: decision.status = .noCandidate
    case .undecided(let cause):
      decision.status = .undecided
      decision.undecided.append(UndecidedRule(rule: rule.name, cause: cause))
    }
    decision.rule = rule.name
    if let because = rule.because { decision.because = text(of: evaluator.run(because)) }
    let id = "\(route.name)/\(keyText(decision.item))/\(rule.name)"
    decision.effects += rule.effects.enumerated().compactMap { effect($1, id: "\(id)/\($0 + 1)", at: instant) }
    return true
  }

  // MARK: - Targets

  private enum Outcome {
    case assigned([Value])
    case noCandidate
    case undecided(String)
    case next
  }

  private func resolve(
    _ targets: [CheckedRoute.Target], _ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision
  ) -> Outcome {
    var outcome = Outcome.noCandidate
    for target in targets {
      if let delay = target.delay {
        switch isOpen(delay) {
        case .bool(true): break
        case .bool(false): continue
        case let other:
          outcome = .undecided(cause(other))
          continue
        }
      }
      switch target.kind {
      case .next:
        observe?(.target(target.span))
        return .next
      case .value(let expression):
        let value = admitted(evaluator.run(expression), route.fieldType)
        if !value.isError {
          observe?(.target(target.span))
          return .assigned([value])
        }
        outcome = .undecided(cause(value))
      case .candidate(let candidate):
        if let found = pick(candidate, route, turns, &decision) {
          observe?(.target(target.span))
          return .assigned([.entity(found)])
        }
        outcome = .noCandidate
      }
    }
    return outcome
  }

  /// A record outside the view that the field wants makes the target undecided.
  private func admitted(_ value: Value, _ type: Type) -> Value {
    guard case .entity(let view) = type, case .entity(let record) = value else { return value }
    return evaluator.admitted(record, to: view)
  }

  /// Whether the time of `else after 30m of CALENDAR from T` has come.
  private func isOpen(_ delay: CheckedRoute.Target.Delay) -> Value {
    let from = evaluator.run(delay.from)
    guard case .timestamp(let start) = from else { return from }
    let after = evaluator.run(delay.after)
    guard case .duration(let length) = after else { return after }
    var calendar = BusinessCalendar.always
    if let expression = delay.calendar {
      let value = evaluator.run(expression)
      guard case .calendar(let index) = value else { return value }
      calendar = rulebook.calendars[Int(index)].calendar
    }
    guard let deadline = calendar.add(start, length) else { return .bool(false) }
    return .bool(instant >= deadline.due)
  }

  /// The best candidate of a target, or `nil` where every one is refused.
  private func pick(
    _ candidate: CheckedRoute.Candidate, _ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision
  ) -> EntityReference? {
    var passed: [(record: EntityReference, isPreferred: Bool, keys: [Value])] = []
    let keys = candidate.picks.compactMap { pick -> CheckedSortKey? in
      if case .key(let key) = pick { key } else { nil }
    }
    let takesTurns = candidate.picks.contains { if case .roundRobin = $0 { true } else { false } }
    for record in items(of: candidate.entity) {
      evaluator[slot: candidate.slot] = .entity(record)
      guard passes(candidate.filters, record, &decision) else { continue }
      var isPreferred = false
      if let preference = candidate.preference {
        switch evaluator.run(preference) {
        case .bool(let bit): isPreferred = bit
        case let undecided:
          decision.undecided.append(UndecidedRule(rule: "prefer \(keyText(record))", cause: cause(undecided)))
        }
      }
      passed.append((record, isPreferred, sortKeys(keys)))
    }
    let directions = keys.map(\.isDescending)
    let best = passed.enumerated().min { a, b in
      if a.element.isPreferred != b.element.isPreferred { return a.element.isPreferred }
      if let first = precedes(a.element.keys, b.element.keys, directions) { return first }
      if takesTurns {
        let (x, y) = (
          turns.turn(of: world.record(of: a.element.record)), turns.turn(of: world.record(of: b.element.record))
        )
        if x != y { return x < y }
      }
      return a.offset < b.offset
    }
    return best?.element.record
  }

  /// Whether a candidate passes all conditions; the first that refuses it is counted.
  private func passes(_ filters: [CheckedExpression], _ record: EntityReference, _ decision: inout Decision) -> Bool {
    var undecided: Value?
    for filter in filters {
      switch evaluator.run(filter) {
      case .bool(true): break
      case .bool(false):
        let condition = sourceText(filter.span)
        if let index = decision.refused.firstIndex(where: { $0.condition == condition }) {
          decision.refused[index].count += 1
        } else {
          decision.refused.append((condition, 1))
        }
        return false
      case let other: undecided = undecided ?? other
      }
    }
    guard let undecided else { return true }
    decision.undecided.append(UndecidedRule(rule: "candidate \(keyText(record))", cause: cause(undecided)))
    return false
  }

  // MARK: - Effects

  func effect(_ effect: CheckedEffect, id: String, at instant: Instant) -> EffectRecord? {
    switch effect {
    case .notify(let to, let text, _):
      let recipient = evaluator.run(to)
      let message = evaluator.run(text)
      return EffectRecord(
        id: id, at: instant, kind: .notify, to: recipient.isError ? nil : machine.scalar(recipient),
        text: self.text(of: message) ?? cause(message))
    case .set(_, let field, let value, _):
      let result = evaluator.run(value)
      return EffectRecord(
        id: id, at: instant, kind: .set, to: rulebook.schema[field.entity].fields[field.index].name,
        text: result.isError ? "" : machine.scalar(result))
    }
  }
}
