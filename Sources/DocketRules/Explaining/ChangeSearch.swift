/// The smallest change of one field that gives another outcome: found by trying, so that nothing is claimed that was not seen.
///
/// Every field that the route reads of the item, or of a record that the item refers to, is set to values near its own and
/// to values that it is compared with, the nearest first, and the item is decided anew each time.

import DocketRuntime
import DocketSemantics
import DocketTime

struct ChangeSearch {
  let engine: RuleEngine
  let route: Int
  let item: EntityReference
  let filter: CheckedExpression?
  let turns: RoundRobin
  private let base: Outcome
  /// How often an item may still be decided.
  private var budget: Int

  private static let shownChanges = 4

  private struct Outcome: Equatable {
    var status: DecisionStatus
    var to: [String]
  }

  /// A value to try.
  private struct Trial {
    var value: Value
    /// Same kind of value first, then other texts, then something where nothing was or the reverse.
    var rank: Int
    var distance: Double
    /// Of numbers and times: which way, and the place on the line, so that the boundary can be found.
    var position: Int64?
  }

  init(
    engine: RuleEngine, route: Int, item: EntityReference, filter: CheckedExpression?, turns: RoundRobin, base: Decision
  ) {
    self.engine = engine
    self.route = route
    self.item = item
    self.filter = filter
    self.turns = turns
    self.base = Outcome(status: base.status, to: base.to.map { engine.machine.json($0) })
    let checked = engine.rulebook.routes[route]
    let records = (checked.rules.flatMap(\.targets) + checked.otherwise).reduce(0) { count, target in
      guard case .candidate(let candidate) = target.kind else { return count }
      return count + (engine.world.table(candidate.entity)?.recordCount ?? 0)
    }
    budget = max(100, 200_000 / (20 + checked.rules.count + 4 * records))
  }

  private var world: World { engine.world }
  private var checked: CheckedRoute { engine.rulebook.routes[route] }

  mutating func changes() -> [FieldChange] {
    let reads = engine.evaluator.withFrame(of: checked.slotCount, arguments: [.entity(item)]) {
      var reads = FieldReads(engine)
      reads.add(checked)
      return reads
    }
    var found: [(change: FieldChange, order: [Int])] = []
    for (order, site) in reads.sites.enumerated() {
      // To clear or set what the route decides is no reason, unless that alone keeps the item out.
      if site.links.isEmpty, site.field == checked.field, base.status != .notSelected { continue }
      guard let record = record(site.links), let (change, rank) = change(of: site, record, reads) else { continue }
      found.append((change, [rank.outcome, site.links.count, rank.kind, order]))
    }
    return found.sorted { $0.order.lexicographicallyPrecedes($1.order) }.prefix(Self.shownChanges).map(\.change)
  }

  /// The record at the end of references.
  private func record(_ links: [FieldReference]) -> EntityReference? {
    var record = item
    for link in links {
      guard case .entity(let next) = engine.evaluator.field(link, of: record) else { return nil }
      record = next
    }
    return record
  }

  // MARK: - One field

  private mutating func change(of site: FieldReads.Site, _ record: EntityReference, _ reads: FieldReads)
    -> (FieldChange, (outcome: Int, kind: Int))?
  {
    let field = engine.rulebook.schema[site.field.entity].fields[site.field.index]
    let current = engine.evaluator.field(site.field, of: record)
    if case .error = current { return nil }
    let trials = trials(field, current, reads.clues[site] ?? .init(), reads)
    var failed: [Int64] = []
    for trial in trials {
      guard let decision = decide(with: trial.value, site.field, record) else { return nil }
      guard outcome(decision) != base else {
        if let position = trial.position { failed.append(position) }
        continue
      }
      let (nearest, reached) = narrowed(trial, decision, failed, current, site.field, record)
      return (
        told(site, record, field, current, nearest, reached), (weight(reached.status), trial.rank)
      )
    }
    return nil
  }

  private mutating func decide(with value: Value, _ field: FieldReference, _ record: EntityReference) -> Decision? {
    guard budget > 0 else { return nil }
    budget -= 1
    return world.withOverride(field, of: world.record(of: record), with: value) {
      engine.decide(route, item, filter: filter, turns: turns)
    }
  }

  private func outcome(_ decision: Decision) -> Outcome {
    Outcome(status: decision.status, to: decision.to.map { engine.machine.json($0) })
  }

  /// A change that only takes an item out of the route, or makes it undecidable, tells least.
  private func weight(_ status: DecisionStatus) -> Int {
    switch status {
    case .assigned: 0
    case .noCandidate, .noRule: 1
    case .notSelected: 2
    case .undecided: 3
    }
  }

  private func told(
    _ site: FieldReads.Site, _ record: EntityReference, _ field: Field, _ from: Value, _ to: Value, _ reached: Decision
  ) -> FieldChange {
    let names = (site.links + [site.field]).map { engine.rulebook.schema[$0.entity].fields[$0.index].name }
    return FieldChange(
      record: engine.keyText(record), isItem: site.links.isEmpty, field: field.name,
      path: names.joined(separator: "."), from: engine.shown(from), to: engine.shown(to), status: reached.status.name,
      given: reached.to.map { engine.shown($0) }, rule: reached.rule)
  }

  // MARK: - Boundaries

  /// Between the last value on this side that changed nothing and the one that did lies the boundary.
  private mutating func narrowed(
    _ trial: Trial, _ decision: Decision, _ failed: [Int64], _ current: Value, _ field: FieldReference,
    _ record: EntityReference
  ) -> (Value, Decision) {
    guard let far = trial.position, let own = position(current) else { return (trial.value, decision) }
    let isUp = far > own
    var near =
      failed.filter { isUp ? $0 > own && $0 < far : $0 < own && $0 > far }.max { isUp ? $0 < $1 : $0 > $1 } ?? own
    var best = (position: far, value: trial.value, decision: decision)
    while (isUp ? best.position - near : near - best.position) > 1 {
      let middle = near + (best.position - near) / 2
      guard let value = value(at: middle, like: current), let tried = decide(with: value, field, record) else { break }
      if outcome(tried) != base { best = (middle, value, tried) } else { near = middle }
    }
    return (best.value, best.decision)
  }

  /// The place of a number, or of a time in seconds; `nil` where it is too large to reckon with.
  private func position(_ value: Value) -> Int64? {
    let place: Int64? =
      switch value {
      case .int(let number): number
      case .uint(let number): Int64(exactly: number)
      case .timestamp(let instant): instant.nanoseconds == 0 ? instant.seconds : nil
      case .duration(let duration): duration.nanoseconds == 0 ? duration.seconds : nil
      case .date(let date): Int64(date.daysSinceEpoch)
      default: nil
      }
    return place.flatMap { $0.magnitude < 1 << 60 ? $0 : nil }
  }

  private func value(at position: Int64, like value: Value) -> Value? {
    switch value {
    case .int: .int(position)
    case .uint: position < 0 ? nil : .uint(UInt64(position))
    case .timestamp: Instant(seconds: position).map { .timestamp($0) }
    case .duration: TimeDuration(seconds: position).map { .duration($0) }
    case .date: CivilDate(daysSinceEpoch: position).map { .date($0) }
    default: nil
    }
  }

  // MARK: - Values to try

  /// The nearest first.
  private func trials(_ field: Field, _ current: Value, _ clues: FieldReads.Clues, _ reads: FieldReads) -> [Trial] {
    var trials: [Trial] = []
    switch field.type {
    case .bool:
      for bit in [true, false] where !isEqual(.bool(bit), current) {
        trials.append(Trial(value: .bool(bit), rank: 0, distance: 1))
      }
    case .enumeration(let id):
      for ordinal in engine.rulebook.schema[id].cases.indices {
        let value = Value.enumeration(EnumValue(type: id.index, ordinal: UInt16(ordinal)))
        var distance = Double(ordinal)
        if case .enumeration(let own) = current { distance = abs(Double(ordinal) - Double(own.ordinal)) }
        trials.append(Trial(value: value, rank: 0, distance: distance))
      }
    case .int, .uint, .timestamp, .duration, .date: trials = steps(current, field.type, clues, reads)
    case .double:
      let own: Double? = if case .double(let number) = current { number } else { nil }
      for case .double(let limit) in clues.values {
        for number in [limit, limit - 0.01, limit + 0.01, limit - 1, limit + 1] {
          trials.append(Trial(value: .double(number), rank: 0, distance: own.map { abs(number - $0) } ?? 0))
        }
      }
    case .string: trials = texts(current, clues)
    default:
      for value in clues.values { trials.append(Trial(value: value, rank: 1, distance: 0)) }
    }
    if field.isOptional, !current.isAbsent { trials.append(Trial(value: .absent, rank: 2, distance: 0)) }
    trials.removeAll { isEqual($0.value, current) || !fits($0.value, field.type) }
    if current.isAbsent { for index in trials.indices { trials[index].rank = 2 } }
    return trials.enumerated().sorted {
      ($0.element.rank, $0.element.distance, $0.offset) < ($1.element.rank, $1.element.distance, $1.offset)
    }.map(\.element)
  }

  private func texts(_ current: Value, _ clues: FieldReads.Clues) -> [Trial] {
    var trials = clues.values.map { Trial(value: $0, rank: 1, distance: 0) }
    for case .string(let symbol) in clues.fragments {
      let fragment = engine.heap.text(symbol)
      guard case .string(let own) = current else {
        trials.append(Trial(value: engine.heap.string(fragment), rank: 1, distance: 1))
        continue
      }
      let text = engine.heap.text(own)
      let other = text.contains(fragment) ? text.replacing(fragment, with: "") : "\(text) \(fragment)"
      trials.append(Trial(value: engine.heap.string(other), rank: 1, distance: 1))
      if !text.contains(fragment) {
        trials.append(Trial(value: engine.heap.string(fragment + text), rank: 1, distance: 2))
      }
    }
    return trials
  }

  /// Numbers and times: what they are compared with and its neighbours, the time that the rules speak of before and after now,
  /// and ever larger steps up and down.
  private func steps(_ current: Value, _ type: Type, _ clues: FieldReads.Clues, _ reads: FieldReads) -> [Trial] {
    var positions: [Int64] = []
    for clue in clues.values {
      if let place = position(clue) { positions += [place, place - 1, place + 1] }
    }
    let now = engine.instant.seconds
    var model = current
    switch type {
    case .int: if current.isAbsent { model = .int(0) }
    case .uint: if current.isAbsent { model = .uint(0) }
    case .duration: if current.isAbsent { model = .duration(.zero) }
    case .date:
      if current.isAbsent {
        model = .date(engine.evaluator.zone.localDate(engine.instant))
        if let today = position(model) { positions.append(today) }
      }
    default:
      if current.isAbsent { model = .timestamp(engine.instant) }
      positions.append(now)
      for case .duration(let duration) in reads.durations where duration.seconds.magnitude < 1 << 40 {
        for place in [now - duration.seconds, now + duration.seconds] { positions += [place, place - 1, place + 1] }
      }
    }
    let own = position(model)
    if let own, !current.isAbsent {
      let step: Int64 = if case .timestamp = type { 60 } else if case .duration = type { 60 } else { 1 }
      for power in 0..<22 { positions += [own + step << Int64(power), own - step << Int64(power)] }
    }
    return positions.compactMap { place in
      guard let value = value(at: place, like: model) else { return nil }
      return Trial(
        value: value, rank: 0, distance: own.map { Double((place - $0).magnitude) } ?? 0,
        position: current.isAbsent ? nil : place)
    }
  }

  private func isEqual(_ a: Value, _ b: Value) -> Bool {
    if a.isAbsent || b.isAbsent { return a.isAbsent && b.isAbsent }
    return engine.isSame(a, b)
  }

  /// Whether a field of the type could hold the value: clues may be of another one.
  private func fits(_ value: Value, _ type: Type) -> Bool {
    switch (value, type) {
    case (.absent, _), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string),
      (.timestamp, .timestamp), (.duration, .duration), (.date, .date), (.calendar, .calendar):
      true
    case (.enumeration(let value), .enumeration(let id)): value.type == id.index
    case (.entity(let record), .entity(let id)):
      engine.rulebook.schema.base(of: id).index == record.entity
    default: false
    }
  }
}
