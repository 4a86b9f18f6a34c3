/// A route's run over many items.
///
/// Where rules see what the route decided before (the load of people, turns), a run is a fold over the items in order: what it
/// assigns is laid over the data, so that derived lists grow as it goes. Otherwise every item is decided by itself. In both
/// cases an index finds the rules that can match, see `RuleIndex`; under it all lies what the routes assigned that this one
/// reads.

import DocketRuntime
import DocketSemantics
import DocketSyntax

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

/// The rules that may match one item, from an index over all items.
struct ItemCandidates {
  let candidates: RuleCandidates
  /// The item's place in the block.
  let place: Int

  /// The first candidate that is not before a rule.
  func rule(from rule: Int) -> Int? {
    // The filter comes before the rules there.
    let found = candidates.candidate(of: place, from: UInt32(rule + 1)).rule
    return found == RuleCandidates.none ? nil : Int(found) - 1
  }
}

extension RuleEngine {
  /// Decides every item in the route's order.
  func runRoute(_ index: Int) -> DecisionList {
    unrecorded {
      withDecisions(before: index) {
        let route = rulebook.routes[index]
        var run = RouteRun(self, index, filter: route.filter, isFold: route.isFold)
        return run.decide(ordered(items(of: route.entity), by: route))
      }
    }
  }

  /// Runs the route up to the item at which `stop` says so: everything stands then as when that item's turn has come.
  func fold(_ index: Int, until stop: (EntityReference, RoundRobin) -> Bool) {
    unrecorded {
      withDecisions(before: index) {
        let route = rulebook.routes[index]
        var run = RouteRun(self, index, filter: route.filter, isFold: route.isFold)
        let items = ordered(items(of: route.entity), by: route)
        for item in items {
          if stop(item, run.turns) { break }
          if route.isFold { run.append(item, nil) }
        }
      }
    }
  }

  /// The run's decisions, and for items that `where` passes over what the route would say without its conjuncts on the routed
  /// field, each against the data as it stands.
  func runMeasuredDecisions(_ index: Int) -> DecisionList {
    let route = rulebook.routes[index]
    let made = decisions(route: index)
    return unrecorded {
      withDecisions(before: index) {
        var run = RouteRun(self, index, filter: route.measuredFilter, isFold: false)
        return made.replacing(.notSelected) { run.decide($0) }
      }
    }
  }
}

extension RuleEngine {
  /// Drops what the evaluation of one item made, but for the values that were given.
  func keep(_ values: inout [Value], _ base: inout Heap.Mark) {
    let kept = values.map { Kept($0, heap) }
    heap.reset(to: base)
    values = kept.map { $0.value(heap) }
    base = heap.mark()
  }
}

struct RouteRun {
  private let engine: RuleEngine
  private let index: Int
  private let route: CheckedRoute
  private let filter: CheckedExpression?
  private let isFold: Bool
  let turns: RoundRobin
  private var base: Heap.Mark
  private var decisions = DecisionList()
  /// What is known of the outcomes that many items may have: the rules, `otherwise`, and that `where` is false.
  private var outcomes: [SharedOutcome]

  private let conditions: [RuleConditions]
  private let ruleCount: Int
  /// Whether further rules that match matter.
  private let takesSeveral: Bool

  private enum SharedOutcome: UInt8 {
    case unknown
    /// It is the same for every item.
    case same
    /// It has to be made for each.
    case own
  }

  init(_ engine: RuleEngine, _ index: Int, filter: CheckedExpression?, isFold: Bool) {
    (self.engine, self.index, self.filter, self.isFold) = (engine, index, filter, isFold)
    route = engine.rulebook.routes[index]
    (ruleCount, takesSeveral) = (route.rules.count, route.hitPolicy != .first)
    turns = RoundRobin(after: engine.earlierTurns[index])
    base = engine.evaluator.mark()
    outcomes = []
    conditions = route.rules.map { rule in
      rule.conditions.map { (expression: $0.expression, isNegated: $0.isNegated) }
    }
    // Before an index is made: what a fold assigns must not be in it.
    if isFold { engine.world.prepareOverrides(of: route.field) }
  }

  mutating func decide(_ items: [EntityReference]) -> DecisionList {
    outcomes = Array(repeating: .unknown, count: ruleCount + 2)
    decisions = DecisionList(
      of: items,
      shared: Array(
        repeating: Decision(route: index, item: EntityReference(entity: 0, row: 0), status: .notSelected),
        count: outcomes.count))
    let candidates = candidates(itemCount: items.count)
    // An index reads the data as loaded. Afterwards texts may say what an item gets without a change for all readers each time.
    engine.world.prepareOverrides(of: route.field)
    guard let candidates else {
      for item in items {
        if engine.evaluator.isCancelled { break }
        append(item, nil)
      }
      return decisions
    }
    engine.evaluator.withFrame(of: route.slotCount, arguments: []) { decide(items, candidates) }
    return decisions
  }

  private mutating func decide(_ items: [EntityReference], _ candidates: RuleCandidates) {
    let evaluator = engine.evaluator
    guard let entity = items.first?.entity else { return }
    var rows: [UInt32] = []
    rows.reserveCapacity(RuleCandidates.blockSize)
    var start = 0
    while start < items.count, !evaluator.isCancelled {
      let end = min(items.count, start + RuleCandidates.blockSize)
      rows.removeAll(keepingCapacity: true)
      for position in start..<end { rows.append(items[position].row) }
      rows.withUnsafeBufferPointer { candidates.load($0) }
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: end - start) { shared in
        // Outcomes are handed over in runs of items that share theirs with others.
        var count = 0
        for place in 0..<end - start {
          let item = EntityReference(entity: entity, row: rows[place])
          if !isFold, let outcome = sharedOutcome(item, candidates, place) {
            shared.initializeElement(at: count, to: UInt32(truncatingIfNeeded: outcome))
            count += 1
          } else {
            decisions.append(sharing: UnsafeBufferPointer(rebasing: shared[..<count]))
            count = 0
            append(item, ItemCandidates(candidates: candidates, place: place))
          }
        }
        decisions.append(sharing: UnsafeBufferPointer(rebasing: shared[..<count]))
      }
      start = end
    }
  }

  /// Decides one item.
  mutating func append(_ item: EntityReference, _ candidates: ItemCandidates?) {
    var decision = engine.decide(index, item, filter: filter, turns: turns, among: candidates)
    engine.keep(&decision.to, &base)
    if isFold, decision.status == .assigned {
      let value = engine.assignedValue(decision, route)
      let world = engine.world
      world.override(route.field, of: world.record(of: item), with: value)
      if case .list = value { base = engine.heap.mark() }
      for case .entity(let assigned) in decision.to { turns.note(world.record(of: assigned)) }
    }
    decisions.append(decision)
  }

  // MARK: - The index

  /// The fewest items, and tries of rules, for which an index is worth making: it costs about as much as trying each rule a
  /// hundred times.
  private static let fewestItems = 128
  private static let fewestTries = 4096

  /// `nil` where an index would not help, or where somebody wants to be told of every condition.
  private func candidates(itemCount: Int) -> RuleCandidates? {
    let evaluator = engine.evaluator
    guard itemCount >= Self.fewestItems, itemCount * ruleCount >= Self.fewestTries, !engine.isWatched else {
      return nil
    }
    let gate: RuleConditions = filter.map { [(expression: $0, isNegated: false)] } ?? []
    return RuleIndex([gate] + conditions, evaluator: evaluator).map { RuleCandidates($0) }
  }

  // MARK: - Outcomes that many items have

  /// The outcome of an item that is like others; `nil` where the item has to be decided.
  @inline(__always)
  private mutating func sharedOutcome(_ item: EntityReference, _ candidates: RuleCandidates, _ place: Int) -> Int? {
    let first = candidates.first[place]
    guard !candidates.isOpen[place] else { return first == 0 ? nil : confirmedOutcome(item, candidates, place) }
    return outcome(of: first, candidates, place)
  }

  @inline(__always)
  private mutating func outcome(of rule: UInt32, _ candidates: RuleCandidates, _ place: Int) -> Int? {
    let outcome =
      switch rule {
      case RuleCandidates.none: ruleCount
      case 0: ruleCount + 1
      default: Int(rule) - 1
      }
    switch outcomes[outcome] {
    case .own: return nil
    case .same: break
    case .unknown: guard learn(outcome) else { return nil }
    }
    // With the other policies a rule decides alone only where it is the only one.
    if takesSeveral, outcome < ruleCount,
      candidates.candidate(of: place, from: rule + 1).rule != RuleCandidates.none
    {
      return nil
    }
    return outcome
  }

  /// Tries the candidates that are open; a rule that is undecided has to be told of.
  private mutating func confirmedOutcome(_ item: EntityReference, _ candidates: RuleCandidates, _ place: Int) -> Int? {
    let evaluator = engine.evaluator
    evaluator[slot: 0] = .entity(item)
    var rule = candidates.first[place]
    while rule != RuleCandidates.none {
      var holds = true
      for condition in conditions[Int(rule) - 1] {
        guard case .bool(let bit) = evaluator.run(condition.expression) else {
          engine.heap.reset(to: base)
          return nil
        }
        if bit == condition.isNegated {
          holds = false
          break
        }
      }
      engine.heap.reset(to: base)
      if holds { return outcome(of: rule, candidates, place) }
      let next = candidates.candidate(of: place, from: rule + 1)
      if !next.isOpen { return outcome(of: next.rule, candidates, place) }
      rule = next.rule
    }
    return outcome(of: rule, candidates, place)
  }

  private mutating func learn(_ outcome: Int) -> Bool {
    let made = sameDecision(outcome)
    outcomes[outcome] = made == nil ? .own : .same
    if let made { decisions.share(made, as: outcome) }
    return made != nil
  }

  /// What every item with an outcome gets; `nil` where that depends on the item.
  private mutating func sameDecision(_ outcome: Int) -> Decision? {
    var decision = Decision(route: index, item: EntityReference(entity: 0, row: 0), status: .notSelected)
    guard outcome <= ruleCount else { return decision }
    var targets = route.otherwise
    decision.rule = "otherwise"
    if outcome < ruleCount {
      let rule = route.rules[outcome]
      guard rule.because == nil, rule.effects.isEmpty else { return nil }
      targets = rule.targets
      decision.rule = rule.name
      decision.matchedRules = [rule.name]
    } else if targets.isEmpty {
      decision.status = .noRule
      return decision
    }
    guard let target = targets.first, target.delay == nil, case .value(let expression) = target.kind,
      Self.isSame(expression)
    else { return nil }
    let value = engine.evaluator.withFrame(of: route.slotCount, arguments: []) {
      engine.admitted(engine.evaluator.run(expression), route.fieldType)
    }
    guard !value.isError else { return nil }
    decision.to = [value]
    engine.keep(&decision.to, &base)
    decision.status = .assigned
    return decision
  }

  /// Whether an expression gives the same for all items.
  private static func isSame(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    case .constant, .now, .calendar, .letValue: true
    case .field, .hasField, .isAbsent, .coalesce, .and, .or, .conditional, .builtin, .list, .lookup:
      expression.children.allSatisfy { isSame($0) }
    default: false
    }
  }
}
