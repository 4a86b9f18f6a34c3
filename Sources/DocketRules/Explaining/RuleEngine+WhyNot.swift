/// Why another value was not given: the rules that could give it, and what stood in the way.

import DocketDiagnostics
public import DocketRuntime
public import DocketSemantics
import DocketTime

extension RuleEngine {
  /// What a person names, as a value that a route could give: a case by name or label, a record by key or name, a text;
  /// `nil` where the field has no such value.
  public func routedValue(_ text: String, route: Int) -> Value? {
    switch rulebook.routes[route].elementType {
    case .string: return heap.string(text)
    case .bool: return text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .int: return Int64(text).map { .int($0) }
    case .uint: return UInt64(text).map { .uint($0) }
    case .double: return Double(text).map { .double($0) }
    case .enumeration(let id):
      let cases = rulebook.schema[id].cases
      let found = cases.firstIndex { $0.name == text } ?? cases.firstIndex { $0.labels.contains(text) }
      return found.map { .enumeration(EnumValue(type: id.index, ordinal: UInt16($0))) }
    case .entity(let id):
      if let record = record(text, in: id) { return .entity(record) }
      return items(of: id).first { evaluator.display(.entity($0)) == text }.map { .entity($0) }
    default: return nil
    }
  }

  /// The names that `routedValue` knows, for suggestions; none where there are too many.
  public func routedNames(route: Int) -> [String] {
    switch rulebook.routes[route].elementType {
    case .bool: return ["true", "false"]
    case .enumeration(let id): return rulebook.schema[id].cases.map(\.name)
    case .entity(let id):
      let records = items(of: id)
      return records.count > 10_000 ? [] : records.map { keyText($0) }
    default: return []
    }
  }

  /// A record by its key as a text, as of now.
  public func record(_ key: String, in entity: EntityID) -> EntityReference? {
    guard let table = world.table(entity) else { return nil }
    let base = rulebook.schema[rulebook.schema.base(of: entity)]
    guard let index = base.keyIndex else { return nil }
    let value: Value? =
      switch base.fields[index].type {
      case .int: Int64(key).map { .int($0) }
      case .uint: UInt64(key).map { .uint($0) }
      default: heap.string(key)
      }
    guard let value, let record = table.record(key: value),
      case .entity(let reference) = world.entity(entity, record: record, at: instant)
    else { return nil }
    return reference
  }

  // MARK: - Reasons

  /// In the frame of the decision.
  func whyNot(_ wanted: Value, _ route: CheckedRoute, _ decision: Decision, _ book: RouteRecorder) -> WhyNot {
    var answer = WhyNot(value: shown(wanted), reasons: [])
    if decision.to.contains(where: { isSame($0, wanted) }) {
      answer.reasons = [(decision.rule ?? "", nil, .chosen)]
      return answer
    }
    for (rule, verdict) in zip(route.rules, decision.verdicts) {
      for (number, target) in rule.targets.enumerated() {
        guard let obstacle = obstacle(to: wanted, target, number, verdict.targets, verdict.rule) else { continue }
        let reason: WhyNot.Reason
        switch verdict.verdict {
        case .matched:
          // Of several rules that match under `hit unique` none decides.
          let isConflict = decision.status == .undecided && decision.rule == nil
          reason = isConflict ? .undecided(decision.undecided.last?.cause ?? "") : obstacle
        case .notMatched, .undecided: reason = .notMatched(verdict.unmet)
        case .notTried:
          reason = verdict.unmet.isEmpty ? .decidedBefore(by: decision.rule ?? "") : .notMatched(verdict.unmet)
        }
        answer.reasons.append((rule.name, verdict.place, reason))
        // A rule that was not taken says so once; one that was may have several targets in the way.
        if verdict.verdict != .matched {
          if isRefusal(obstacle) { answer.reasons.append((rule.name, verdict.place, obstacle)) }
          break
        }
      }
    }
    for (number, target) in route.otherwise.enumerated() {
      guard let obstacle = obstacle(to: wanted, target, number, book.targets["otherwise"] ?? [], "otherwise") else {
        continue
      }
      let isReached = decision.rule == "otherwise"
      answer.reasons.append(
        ("otherwise", place(target.span), isReached ? obstacle : .decidedBefore(by: decision.rule ?? "")))
      break
    }
    return answer
  }

  /// Whether a target would not give it even if its rule matched.
  private func isRefusal(_ reason: WhyNot.Reason) -> Bool {
    switch reason {
    case .refused, .noCandidate, .undecided: true
    case .chosen, .decidedBefore, .notMatched, .notYet, .outranked: false
    }
  }

  /// What keeps a target from giving the value; `nil` where it never could.
  private func obstacle(
    to wanted: Value, _ target: CheckedRoute.Target, _ number: Int, _ notes: [TargetNote], _ rule: String
  ) -> WhyNot.Reason? {
    let note = number < notes.count ? notes[number] : nil
    switch target.kind {
    case .next: return nil
    case .value(let expression):
      guard isSame(evaluator.evaluate(expression), wanted) else { return nil }
    case .candidate(let candidate):
      guard case .entity(let record) = wanted,
        rulebook.schema.base(of: candidate.entity).index == record.entity
      else { return nil }
      guard items(of: candidate.entity).contains(where: { isSame(.entity($0), wanted) }) else {
        return .noCandidate(of: rulebook.schema[candidate.entity].name)
      }
      evaluator[slot: candidate.slot] = wanted
      for filter in candidate.filters {
        switch evaluator.evaluate(filter) {
        case .bool(true): continue
        case .bool(false):
          return .refused(condition: sourceText(filter.span), values: ExpressionValues(self).notes(of: filter))
        case let other: return .undecided(cause(other))
        }
      }
      if let passed = note?.candidates, let outranked = outranked(shownRecord(record), passed) { return outranked }
    }
    if case .notYet(let opens)? = note?.outcome { return .notYet(opens: opens) }
    return .decidedBefore(by: rule)
  }

  private func outranked(_ record: String, _ note: CandidateNote) -> WhyNot.Reason? {
    guard let best = note.passed.first, let its = note.passed.first(where: { $0.record == record }),
      best.record != record
    else { return nil }
    if best.isPreferred != its.isPreferred {
      return .outranked(by: best.record, key: "prefer \(note.preference ?? "")", theirs: "yes", its: "no")
    }
    for (index, key) in note.keys.enumerated() where best.keys[index] != its.keys[index] {
      return .outranked(by: best.record, key: key, theirs: best.keys[index], its: its.keys[index])
    }
    if note.takesTurns, best.turn != its.turn {
      func words(_ turn: Int) -> String { turn == 0 ? "never chosen" : "turn \(turn)" }
      return .outranked(by: best.record, key: "round robin", theirs: words(best.turn), its: words(its.turn))
    }
    return .outranked(by: best.record, key: "the key, where all else is equal", theirs: best.record, its: record)
  }

  func isSame(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.entity(let a), .entity(let b)): a.entity == b.entity && world.record(of: a) == world.record(of: b)
    case (.entity, _), (_, .entity): false
    default: !a.isError && !b.isError && machine.json(a) == machine.json(b)
    }
  }
}

extension CheckedRoute {
  /// The type of what a target gives: an element where all rules give one each.
  var elementType: Type {
    if case .list(let element) = fieldType { element } else { fieldType }
  }
}
