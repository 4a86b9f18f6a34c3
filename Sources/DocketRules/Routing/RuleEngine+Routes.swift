/// Routes: for each item the first rule that matches, and who it goes to. `RouteRun` goes over the items.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

extension RuleEngine {
  /// Does something with the data as loaded and over it what the routes decide that this one reads. So it is in a run that
  /// another one asks for, too.
  func withDecisions<Result>(before index: Int, _ body: () -> Result) -> Result {
    let earlier = rulebook.routes[index].dependencies.map { (rulebook.routes[$0], decisions(route: $0)) }
    return world.withoutOverrides {
      for (route, decisions) in earlier {
        world.prepareOverrides(of: route.field)
        for decision in decisions where decision.status == .assigned {
          world.override(route.field, of: world.record(of: decision.item), with: assignedValue(decision, route))
        }
      }
      return body()
    }
  }

  /// Decides one item against the data as it stands.
  func decideAlone(_ index: Int, _ item: EntityReference, filter: CheckedExpression?) -> Decision {
    unrecorded { decide(index, item, filter: filter, turns: RoundRobin(after: earlierTurns[index])) }
  }

  /// A decision that another one asks for is no part of that one's explanation.
  func unrecorded<Result>(_ body: () -> Result) -> Result {
    let outer = recorder
    recorder = nil
    defer { recorder = outer }
    return body()
  }

  func assignedValue(_ decision: Decision, _ route: CheckedRoute) -> Value {
    if case .list = route.fieldType { return heap.list(decision.to) }
    return decision.to.first ?? .absent
  }

  // MARK: - Order

  func ordered(_ items: [EntityReference], by route: CheckedRoute) -> [EntityReference] {
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

  /// - Parameter candidates: the rules that may match; without it all of them are tried.
  func decide(
    _ index: Int, _ item: EntityReference, filter: CheckedExpression?, turns: RoundRobin,
    among candidates: ItemCandidates? = nil
  ) -> Decision {
    let decision = decided(index, item, filter: filter, turns: turns, among: candidates)
    observe?(.decision(decision))
    return decision
  }

  private func decided(
    _ index: Int, _ item: EntityReference, filter: CheckedExpression?, turns: RoundRobin,
    among candidates: ItemCandidates?
  ) -> Decision {
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
      case .first: decideFirst(route, candidates, turns, &decision)
      case .unique: decideUnique(route, candidates, turns, &decision)
      case .all: decideAll(route, candidates, turns, &decision)
      }
      if notesVerdicts { decision.verdicts = verdicts(route, decision) }
      return decision
    }
  }

  private func decideFirst(
    _ route: CheckedRoute, _ candidates: ItemCandidates?, _ turns: RoundRobin, _ decision: inout Decision
  ) {
    var next = 0
    while let rule = nextMatch(route, candidates, &next, &decision) {
      if apply(rule, route, turns, &decision) { return }
    }
    fallBack(route, turns, &decision)
  }

  private func decideUnique(
    _ route: CheckedRoute, _ candidates: ItemCandidates?, _ turns: RoundRobin, _ decision: inout Decision
  ) {
    var matching: [CheckedRoute.Rule] = []
    var next = 0
    while let rule = nextMatch(route, candidates, &next, &decision) { matching.append(rule) }
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

  private func decideAll(
    _ route: CheckedRoute, _ candidates: ItemCandidates?, _ turns: RoundRobin, _ decision: inout Decision
  ) {
    var to: [Value] = []
    var giving: [CheckedRoute.Rule] = []
    var next = 0
    while let rule = nextMatch(route, candidates, &next, &decision) {
      if case .assigned(let values) = resolve(rule.targets, of: rule.name, route, turns, &decision) {
        to += values
        giving.append(rule)
      }
    }
    guard !to.isEmpty else { return fallBack(route, turns, &decision) }
    decision.to = to
    decision.rule = giving.map(\.name).joined(separator: ", ")
    decision.status = .assigned
    tell(giving, route, &decision)
  }

  private func fallBack(_ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision) {
    decision.rule = "otherwise"
    guard !route.otherwise.isEmpty else {
      decision.status = .noRule
      return
    }
    switch resolve(route.otherwise, of: "otherwise", route, turns, &decision) {
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

  /// The first rule from `next` on that matches; afterwards `next` is the one behind it. Rules that are no candidates have a
  /// condition that is false, so trying them would tell nothing.
  private func nextMatch(
    _ route: CheckedRoute, _ candidates: ItemCandidates?, _ next: inout Int, _ decision: inout Decision
  ) -> CheckedRoute.Rule? {
    while true {
      if let candidates {
        guard let candidate = candidates.rule(from: next) else { return nil }
        next = candidate
      }
      guard next < route.rules.count else { return nil }
      let rule = route.rules[next]
      next += 1
      if matches(rule, &decision) { return rule }
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
    switch resolve(rule.targets, of: rule.name, route, turns, &decision) {
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
    tell([rule], route, &decision)
    return true
  }

  /// The reasons and effects of rules. They speak of the item as it is once it is decided: `notify f.owner` tells the new one.
  private func tell(_ rules: [CheckedRoute.Rule], _ route: CheckedRoute, _ decision: inout Decision) {
    guard rules.contains(where: { $0.because != nil || !$0.effects.isEmpty }) else { return }
    var told = decision
    func speak() {
      var reasons: [String] = []
      for rule in rules {
        if let because = rule.because, let reason = text(of: evaluator.run(because)) { reasons.append(reason) }
        let id = "\(route.name)/\(keyText(told.item))/\(rule.name)"
        told.effects += rule.effects.enumerated().compactMap { effect($1, id: "\(id)/\($0 + 1)", at: instant) }
      }
      if !reasons.isEmpty { told.because = reasons.joined(separator: "; ") }
    }
    if decision.status == .assigned {
      world.withOverride(
        route.field, of: world.record(of: decision.item), with: assignedValue(decision, route), speak)
    } else {
      speak()
    }
    decision = told
  }

  // MARK: - Targets

  private enum Outcome {
    case assigned([Value])
    case noCandidate
    case undecided(String)
    case next
  }

  private func resolve(
    _ targets: [CheckedRoute.Target], of rule: String, _ route: CheckedRoute, _ turns: RoundRobin,
    _ decision: inout Decision
  ) -> Outcome {
    var outcome = Outcome.noCandidate
    for target in targets {
      recorder?.begin(target, of: rule)
      if let delay = target.delay {
        switch isOpen(delay) {
        case .bool(true): break
        case .bool(false):
          recorder?.end(.notYet(opens: opening(of: delay)))
          continue
        case let other:
          recorder?.end(.undecided(cause(other)))
          outcome = .undecided(cause(other))
          continue
        }
      }
      switch target.kind {
      case .next:
        recorder?.end(.next)
        observe?(.target(target.span))
        return .next
      case .value(let expression):
        let value = admitted(evaluator.run(expression), route.fieldType)
        if !value.isError {
          recorder?.end(.given(shown(value)))
          observe?(.target(target.span))
          return .assigned([value])
        }
        recorder?.end(.undecided(cause(value)))
        outcome = .undecided(cause(value))
      case .candidate(let candidate):
        if let found = pick(candidate, route, turns, &decision) {
          recorder?.end(.given(shown(.entity(found))))
          observe?(.target(target.span))
          return .assigned([.entity(found)])
        }
        recorder?.end(.noCandidate)
        outcome = .noCandidate
      }
    }
    return outcome
  }

  /// A record outside the view that the field wants makes the target undecided.
  func admitted(_ value: Value, _ type: Type) -> Value {
    guard case .entity(let view) = type, case .entity(let record) = value else { return value }
    return evaluator.admitted(record, to: view)
  }

  /// Whether the time of `else after 30m of CALENDAR from T` has come.
  private func isOpen(_ delay: CheckedRoute.Target.Delay) -> Value {
    switch openingValue(of: delay) {
    case .timestamp(let opening): .bool(instant >= opening)
    case .absent: .bool(false)
    case let undecided: undecided
    }
  }

  private func opening(of delay: CheckedRoute.Target.Delay) -> Instant? {
    if case .timestamp(let opening) = openingValue(of: delay) { opening } else { nil }
  }

  /// The instant from which a target may be taken; absent where that lies beyond all calendars.
  private func openingValue(of delay: CheckedRoute.Target.Delay) -> Value {
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
    return calendar.add(start, length).map { .timestamp($0.due) } ?? .absent
  }

  /// The best candidate of a target, or `nil` where every one is refused.
  private func pick(
    _ candidate: CheckedRoute.Candidate, _ route: CheckedRoute, _ turns: RoundRobin, _ decision: inout Decision
  ) -> EntityReference? {
    var passed: [(record: EntityReference, isPreferred: Bool, keys: [Value])] = []
    let keys = candidate.keys
    let items = items(of: candidate.entity)
    for record in items {
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
    let takesTurns = candidate.takesTurns
    func turn(_ record: EntityReference) -> Int { turns.turn(of: world.record(of: record)) }
    typealias Place = EnumeratedSequence<[(record: EntityReference, isPreferred: Bool, keys: [Value])]>.Element
    func isBefore(_ a: Place, _ b: Place) -> Bool {
      if a.element.isPreferred != b.element.isPreferred { return a.element.isPreferred }
      if let first = precedes(a.element.keys, b.element.keys, directions) { return first }
      if takesTurns {
        let (x, y) = (turn(a.element.record), turn(b.element.record))
        if x != y { return x < y }
      }
      return a.offset < b.offset
    }
    recorder?.note(items.count, of: candidate)
    if let recorder {
      for (_, one) in passed.enumerated().sorted(by: isBefore) {
        recorder.pass(one.record, isPreferred: one.isPreferred, keys: one.keys, turn: turn(one.record))
      }
    }
    return passed.enumerated().min(by: isBefore)?.element.record
  }

  /// Whether a candidate passes all conditions; the first that refuses it is counted.
  private func passes(_ filters: [CheckedExpression], _ record: EntityReference, _ decision: inout Decision) -> Bool {
    var undecided: Value?
    for filter in filters {
      switch evaluator.run(filter) {
      case .bool(true): break
      case .bool(false):
        recorder?.refuse(record, by: filter)
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
    recorder?.leave(record, cause(undecided))
    decision.undecided.append(UndecidedRule(rule: "candidate \(keyText(record))", cause: cause(undecided)))
    return false
  }

  // MARK: - Effects

  func effect(_ effect: CheckedEffect, id: String, at instant: Instant) -> EffectRecord? {
    switch effect {
    case .notify(let to, let text, _):
      let recipient = evaluator.run(to)
      let message = evaluator.tellingPeople { evaluator.run(text) }
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

extension CheckedRoute.Candidate {
  /// What `pick` compares, in order.
  var keys: [CheckedSortKey] {
    picks.compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  var takesTurns: Bool { picks.contains { if case .roundRobin = $0 { true } else { false } } }
}
