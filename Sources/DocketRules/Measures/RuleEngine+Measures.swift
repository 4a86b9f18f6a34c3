/// KPIs: rows are placed in cells by period and group, and every cell gets its value.

import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

extension RuleEngine {
  func measure(_ index: Int) -> MeasureSet {
    var run = MeasureRun(engine: self, index: index)
    return run.measure()
  }

  /// Every row that a KPI looks at, in and out, with what became of it.
  public func measuredRows(kpi index: Int) -> [MeasuredRow] {
    var run = MeasureRun(engine: self, index: index)
    return run.trace(names(ofRowsOf: rulebook.kpis[index]))
  }

  /// What people call the rows that `rows(of:)` gives.
  private func names(ofRowsOf kpi: CheckedKPI) -> [String] {
    switch kpi.source {
    case .entity(let entity): items(of: entity).map { keyText($0) }
    case .sla(let index):
      clocks(sla: index).filter { $0.status != .notApplicable }.map {
        keyText($0.item) + ($0.cycle > 1 ? " cycle \($0.cycle)" : "")
      }
    case .route(let index): measuredDecisions(route: index).map { keyText($0.item) }
    }
  }

  /// What a KPI goes over: records, decisions or clocks.
  fileprivate func rows(of kpi: CheckedKPI) -> [Value] {
    switch kpi.source {
    case .entity(let entity): items(of: entity).map { .entity($0) }
    case .sla(let index): clocks(sla: index).filter { $0.status != .notApplicable }.map { value(of: $0) }
    case .route(let index): measuredDecisions(route: index).map { value(of: $0) }
    }
  }

  /// The same as columns.
  fileprivate func columns(of kpi: CheckedKPI) -> BatchSource {
    switch kpi.source {
    case .entity(let entity): return BatchSource(entity, evaluator)
    case .sla(let index):
      let clocks = clocks(sla: index)
      let places = clocks.applicable
      return BatchSource(count: places.count) {
        self.value(of: clocks[Int(places[$0])])
      } field: { index in
        let field = ClockField.allCases[index]
        return places.map { self.value(field, of: clocks[Int($0)]) }
      }
    case .route(let index):
      let decisions = measuredDecisions(route: index)
      return BatchSource(count: decisions.count) {
        self.value(of: decisions[$0])
      } field: { index in
        let field = DecisionField.allCases[index]
        if field == .item { return decisions.indices.map { .entity(decisions.item(at: $0)) } }
        return decisions.mapOutcomes { self.value(field, of: $0) }
      }
    }
  }

  /// The cells of a KPI by columns; `nil` where it goes row by row.
  fileprivate func batchCells(of kpi: CheckedKPI) -> BatchCells? {
    var view: EntityID?
    if case .entity(let entity) = kpi.source {
      guard world.table(entity).map({ $0.recordCount >= rowsForColumns }) ?? false else { return nil }
      view = entity
    }
    let source = columns(of: kpi)
    guard source.count >= rowsForColumns else { return nil }
    return MeasureBatches(kpi, over: source, of: view, evaluator)?.cells(
      threads: max(1, min(threads, source.count / max(1, rowsForThread))))
  }
}

/// A cell by its period and group: equal values, equal keys.
private struct GroupKey: Hashable {
  var period: Period?
  var group: [ValueKey]
}

/// A run over the rows of a KPI. Columns make the cells where they can; one row after the other is how explanations see them, how all
/// else is done, and what the columns are held against.
struct MeasureRun {
  let engine: RuleEngine
  let index: Int
  let kpi: CheckedKPI
  private var cells: [GroupKey: Int] = [:]
  private var accumulators: [CellTotals] = []
  /// Of the rows one after the other, by cell.
  private var sums: [[AggregateSum]] = []
  private var set: MeasureSet
  private var zone: ZoneCursor
  /// What is to be told of the row at hand; `nil` where nobody asks.
  private var notes: RowNotes?

  init(engine: RuleEngine, index: Int) {
    self.engine = engine
    self.index = index
    kpi = engine.rulebook.kpis[index]
    zone = ZoneCursor(engine.evaluator.zone)
    set = MeasureSet(kpi: index, cells: [], unplaced: 0, undecided: 0, firstCause: nil)
  }

  private var evaluator: Evaluator { engine.evaluator }

  mutating func measure() -> MeasureSet {
    if let batches = engine.batchCells(of: kpi) {
      add(batches)
    } else {
      for row in engine.rows(of: kpi) {
        if evaluator.isCancelled { break }
        evaluator.withFrame(of: kpi.slotCount, arguments: [row]) { _ = add() }
      }
      for place in accumulators.indices { accumulators[place].totals = sums[place].map { $0.finished() } }
    }
    addSpine()
    // Without periods and groups there is one cell, with or without rows.
    if kpi.window == nil, kpi.groups.isEmpty, accumulators.isEmpty { _ = cell(period: nil, group: []) }
    if case .last? = kpi.window, kpi.groups.isEmpty, accumulators.isEmpty { _ = cell(period: nil, group: []) }
    set.cells = accumulators.map { measure(of: $0) }.sorted { precedes($0, $1) }
    addChange()
    for position in set.cells.indices { set.cells[position].effects = effects(set.cells[position]) }
    return set
  }

  /// Takes over what columns made. Causes are told by the rows that have them.
  private mutating func add(_ batches: BatchCells) {
    set.unplaced = batches.unplaced
    set.undecided = batches.undecided
    if let row = batches.firstUndecided {
      set.firstCause = evaluator.withFrame(of: kpi.slotCount, arguments: [row]) { undecidedCause() }
    }
    accumulators = batches.cells
    for (place, failure) in batches.failures.enumerated() {
      cells[key(accumulators[place].period, accumulators[place].group)] = place
      guard let row = failure else { continue }
      accumulators[place].cause = evaluator.withFrame(of: kpi.slotCount, arguments: [row]) { failureCause() }
    }
  }

  /// Why the row in the frame is in no cell.
  private func undecidedCause() -> String? {
    if let filter = kpi.filter {
      let value = evaluator.run(filter)
      guard case .bool = value else { return engine.cause(value) }
    }
    for group in kpi.groups {
      switch group.kind {
      case .key(let expression), .spine(_, let expression):
        let value = evaluator.run(expression)
        guard case .error(let reference) = value else { continue }
        if case .absent = engine.heap[reference].kind { continue }
        return engine.cause(value)
      }
    }
    return nil
  }

  /// Why the first aggregate that fails does.
  private func failureCause() -> String? {
    for aggregate in kpi.aggregates {
      guard let argument = aggregate.argument else { continue }
      let value = evaluator.run(argument)
      guard case .error(let reference) = value else { continue }
      if case .absent = engine.heap[reference].kind {
        switch kpi.absence {
        case .skip?, .no?: continue
        case .fail?, nil: break
        }
      }
      return engine.cause(value)
    }
    return nil
  }

  /// The rows with their fates; nothing else differs from `measure`.
  mutating func trace(_ names: [String]) -> [MeasuredRow] {
    zip(engine.rows(of: kpi), names).map { row, name in
      evaluator.withFrame(of: kpi.slotCount, arguments: [row]) {
        let told = RowNotes()
        notes = told
        let (fate, place) = add()
        return MeasuredRow(
          kpi: index, name: name, fate: fate, period: place.flatMap { accumulators[$0].period },
          group: place.map { accumulators[$0].group } ?? [], notes: told.all)
      }
    }
  }

  /// One row with its fate, the cell that it is in, and the conditions that leave it out.
  mutating func membership(of row: Value, cycle: Int?) -> Membership {
    evaluator.withFrame(of: kpi.slotCount, arguments: [row]) {
      let told = RowNotes()
      notes = told
      let (fate, place) = add()
      var membership = Membership(
        kpi: index, cycle: cycle, fate: fate, period: nil, group: [], notes: told.all, conditions: [], cell: nil)
      if fate == .notSelected {
        membership.conditions = kpi.filter.map { engine.notes(of: $0, .filter, isNegated: false) } ?? []
        membership.notes = []
      }
      guard let place else { return membership }
      membership.period = accumulators[place].period
      membership.group = accumulators[place].group.map { $0.isAbsent ? "(none)" : engine.shown($0) }
      let key = self.key(membership.period, accumulators[place].group)
      membership.cell = engine.measures(kpi: index).cells.first {
        self.key($0.period, $0.group) == key
      }
      return membership
    }
  }

  // MARK: - Rows

  /// Groups of a spine are there even without rows: for every period, and for every combination of the other groups, that has any.
  private mutating func addSpine() {
    let spines = kpi.groups.map { group -> [Value]? in
      if case .spine(let entity, _) = group.kind { engine.items(of: entity).map { .entity($0) } } else { nil }
    }
    guard spines.contains(where: { $0 != nil }) else { return }
    var seen: Set<GroupKey> = []
    var patterns: [(period: Period?, group: [Value])] = []
    for cell in accumulators {
      let others = zip(cell.group, spines).map { $1 == nil ? $0 : Value.absent }
      if seen.insert(key(cell.period, others)).inserted {
        patterns.append((cell.period, others))
      }
    }
    var hasPeriods = false
    if case .every? = kpi.window { hasPeriods = true }
    if patterns.isEmpty, !hasPeriods, spines.allSatisfy({ $0 != nil }) {
      patterns = [(nil, Array(repeating: .absent, count: spines.count))]
    }
    for pattern in patterns {
      var combinations = [pattern.group]
      for (place, spine) in spines.enumerated() {
        guard let spine else { continue }
        combinations = combinations.flatMap { group in
          spine.map { value in
            var group = group
            group[place] = value
            return group
          }
        }
        guard combinations.count <= Self.maximumCells else { return }
      }
      for group in combinations { _ = cell(period: pattern.period, group: group) }
    }
  }

  private static let maximumCells = 100_000

  private func source(_ expression: CheckedExpression) -> String { engine.sourceText(expression.span) }

  /// Puts the row in the frame where it belongs.
  private mutating func add() -> (fate: MeasuredRow.Fate, place: Int?) {
    if let filter = kpi.filter {
      switch evaluator.run(filter) {
      case .bool(true): break
      case .bool(false):
        notes?.add("where", "\(source(filter)) is false")
        return (.notSelected, nil)
      case let other:
        set.undecided += 1
        set.firstCause = set.firstCause ?? engine.cause(other)
        notes?.add("where", engine.cause(other))
        return (.undecided, nil)
      }
    }
    var period: Period?
    switch kpi.window {
    case .every(let unit, let expression)?:
      guard case .timestamp(let instant) = instant(expression) else {
        set.unplaced += 1
        return (.unplaced, nil)
      }
      period = zone.period(unit, instant)
    case .last(let length, let expression)?:
      guard case .timestamp(let instant) = instant(expression) else {
        set.unplaced += 1
        return (.unplaced, nil)
      }
      guard case .duration(let window) = evaluator.run(length), let from = engine.instant.subtracting(window) else {
        return (.outsideWindow, nil)
      }
      guard from <= instant, instant < engine.instant else {
        notes?.add(source(expression), instant.rfc3339())
        return (.outsideWindow, nil)
      }
    case nil: break
    }
    var group: [Value] = []
    for key in kpi.groups {
      switch key.kind {
      case .key(let expression), .spine(_, let expression):
        let value = evaluator.run(expression)
        // An absent key is a group; one that cannot be computed is none.
        if case .error(let reference) = value {
          guard case .absent = engine.heap[reference].kind else {
            set.undecided += 1
            set.firstCause = set.firstCause ?? engine.cause(value)
            notes?.add("by \(key.name)", engine.cause(value))
            return (.undecided, nil)
          }
          group.append(.absent)
        } else {
          group.append(value)
        }
      }
    }
    let place = cell(period: period, group: group)
    if let settled = kpi.settled {
      switch evaluator.run(settled) {
      case .bool(true): break
      case .bool(false):
        accumulators[place].pending += 1
        notes?.add("settled when", "\(source(settled)) is false")
        return (.pending, place)
      case let other:
        accumulators[place].errors += 1
        notes?.add("settled when", engine.cause(other))
        return (.failed, place)
      }
    }
    var outcomes: Set<Outcome> = []
    for (number, aggregate) in kpi.aggregates.enumerated() { outcomes.insert(accumulate(aggregate, number, place)) }
    // A row counts where an aggregate took it, and is skipped or wrong once, however many did not.
    if outcomes.contains(.taken) || outcomes.isEmpty { accumulators[place].rows += 1 }
    if outcomes.contains(.skipped) { accumulators[place].skipped += 1 }
    if outcomes.contains(.failed) { accumulators[place].errors += 1 }
    if outcomes.contains(.failed) { return (.failed, place) }
    return (outcomes.contains(.taken) || outcomes.isEmpty ? .counted : .skipped, place)
  }

  private func instant(_ expression: CheckedExpression) -> Value {
    let value = evaluator.run(expression)
    if value.isError { notes?.add(source(expression), engine.cause(value)) }
    return value
  }

  private enum Outcome {
    case taken, skipped, failed
  }

  private mutating func accumulate(_ aggregate: CheckedKPI.Aggregate, _ number: Int, _ place: Int) -> Outcome {
    guard let argument = aggregate.argument else {
      sums[place][number].addRow()
      return .taken
    }
    let value = evaluator.run(argument)
    notes?.add(source(argument), value.isError ? engine.cause(value) : evaluator.display(value))
    if case .error(let reference) = value {
      if case .absent = engine.heap[reference].kind {
        switch kpi.absence {
        case .skip?: return .skipped
        case .no?:
          sums[place][number].add(condition: false)
          return .taken
        case .fail?, nil:
          accumulators[place].hasFailed = true
          accumulators[place].cause = accumulators[place].cause ?? engine.cause(value)
          return .failed
        }
      }
      accumulators[place].cause = accumulators[place].cause ?? engine.cause(value)
      return .failed
    }
    switch (aggregate.kind, value) {
    case (.count, .bool(let bit)), (.ratio, .bool(let bit)): sums[place][number].add(condition: bit)
    case (.countDistinct, _): sums[place][number].add(distinct: ValueKey(value, engine.world))
    default:
      guard let amount = value.amount else { return .failed }
      sums[place][number].add(amount: amount)
    }
    return .taken
  }

  private mutating func cell(period: Period?, group: [Value]) -> Int {
    let key = key(period, group)
    if let known = cells[key] { return known }
    var cell = CellTotals(period: period, group: group)
    cell.totals = kpi.aggregates.map { _ in AggregateTotal() }
    accumulators.append(cell)
    sums.append(kpi.aggregates.map { AggregateSum($0) })
    cells[key] = accumulators.count - 1
    return accumulators.count - 1
  }

  private func key(_ period: Period?, _ group: [Value]) -> GroupKey {
    GroupKey(period: period, group: group.map { ValueKey($0, engine.world) })
  }

  // MARK: - Cells

  private func measure(of cell: CellTotals) -> Measure {
    var measure = Measure(
      kpi: index, period: cell.period, isPartial: cell.period.map { isPartial($0) } ?? false, group: cell.group,
      value: nil,
      rows: cell.rows, skipped: cell.skipped, pending: cell.pending, errors: cell.errors, status: .noData,
      interval: nil,
      change: nil, cause: nil, effects: [])
    measure.cause = cell.cause
    if cell.hasFailed {
      measure.status = .error
      return measure
    }
    let (outerAggregate, outerSibling) = (evaluator.aggregate, evaluator.siblingMeasure)
    evaluator.aggregate = { number in value(of: number, cell) }
    evaluator.siblingMeasure = { other in sibling(other, cell) }
    defer { (evaluator.aggregate, evaluator.siblingMeasure) = (outerAggregate, outerSibling) }
    var exact: (part: Int, whole: Int)?
    if case .aggregate(let number) = kpi.value.kind, kpi.aggregates[number].kind == .ratio {
      let sum = cell.totals[number]
      exact = (sum.trueCount, sum.rowCount)
      measure.interval = Self.wilson(sum.trueCount, sum.rowCount)
    }
    let result = evaluator.run(kpi.value)
    switch result {
    case .double(let number):
      guard number.isFinite else {
        measure.status = .error
        measure.cause = "the value is no finite number"
        return measure
      }
      measure.value = number
    case .duration(let duration): measure.value = duration.totalSeconds
    case .error(let reference):
      if case .absent = engine.heap[reference].kind { return measure }
      measure.status = .error
      measure.cause = engine.cause(result)
      return measure
    default: return measure
    }
    measure.status = status(measure, exact)
    return measure
  }

  /// Another KPI's value for the same period and groups.
  private func sibling(_ other: Int, _ cell: CellTotals) -> Value {
    let wanted = key(cell.period, cell.group)
    let found = engine.measures(kpi: other).cells.first {
      key($0.period, $0.group) == wanted
    }
    let name = engine.rulebook.kpis[other].name
    guard let value = found?.value else { return engine.heap.error(.absent(path: "\(name)()")) }
    guard engine.rulebook.kpis[other].valueType == .duration else { return .double(value) }
    return TimeDuration(seconds: value).map { .duration($0) } ?? engine.heap.error(.overflow)
  }

  /// The value of an aggregate; absent where it has no rows.
  private func value(of number: Int, _ cell: CellTotals) -> Value {
    let aggregate = kpi.aggregates[number]
    let sum = cell.totals[number]
    func amount(_ value: Double?) -> Value {
      guard let value else { return engine.heap.error(.absent(path: aggregate.kind.rawValue), at: aggregate.span) }
      guard kpi.valueType == .duration || isDuration(aggregate) else { return .double(value) }
      return TimeDuration(seconds: value).map { .duration($0) } ?? engine.heap.error(.overflow, at: aggregate.span)
    }
    switch aggregate.kind {
    case .count: return .double(Double(aggregate.argument == nil ? sum.rowCount : sum.trueCount))
    case .countDistinct: return .double(Double(sum.distinctCount))
    case .ratio:
      guard sum.rowCount > 0 else { return engine.heap.error(.absent(path: "ratio"), at: aggregate.span) }
      return .double(Double(sum.trueCount) / Double(sum.rowCount))
    case .sum: return amount(sum.rowCount > 0 ? sum.sum : nil)
    case .mean: return amount(sum.rowCount > 0 ? sum.sum / Double(sum.rowCount) : nil)
    case .min: return amount(sum.minimum)
    case .max: return amount(sum.maximum)
    case .median, .percentile: return amount(sum.quantile)
    case .gini:
      guard let gini = sum.gini else {
        return engine.heap.error(.absent(path: "gini"), at: aggregate.span)
      }
      guard (sum.minimum ?? 0) >= 0 else {
        return engine.heap.error(.custom("`gini` of a negative amount"), at: aggregate.span)
      }
      return .double(gini)
    }
  }

  private func isDuration(_ aggregate: CheckedKPI.Aggregate) -> Bool { aggregate.argument?.type == .duration }

  private func isPartial(_ period: Period) -> Bool {
    engine.evaluator.zone.end(of: period).map { $0 > engine.instant } ?? false
  }

  /// `nil` where the KPI has no target to judge by.
  private func status(_ measure: Measure, _ exact: (part: Int, whole: Int)?) -> MeasureStatus? {
    if measure.rows < kpi.minimumRows { return .tooFew }
    guard let value = measure.value else { return .noData }
    guard kpi.target != nil else { return nil }
    if let target = kpi.target, !satisfies(value, exact, target) {
      if let warning = kpi.warning, satisfies(value, exact, warning) { return .warning }
      return .offTarget
    }
    return .onTarget
  }

  /// A ratio is compared as a fraction, so that no rounding decides.
  private func satisfies(_ value: Double, _ exact: (part: Int, whole: Int)?, _ threshold: CheckedKPI.Threshold) -> Bool
  {
    let difference: Double
    if let exact, exact.whole > 0 {
      var scale: Int128 = 1
      for _ in 0..<threshold.limit.scale { scale *= 10 }
      let left = Int128(exact.part) * scale
      let right = Int128(threshold.limit.numerator) * Int128(exact.whole)
      difference = left < right ? -1 : left > right ? 1 : 0
    } else {
      difference = value - threshold.limit.doubleValue
    }
    switch threshold.relation {
    case .greater: return difference > 0
    case .greaterOrEqual: return difference >= 0
    case .less: return difference < 0
    case .lessOrEqual: return difference <= 0
    case .equal: return difference == 0
    case .notEqual: return difference != 0
    default: return false
    }
  }

  /// The Wilson score interval at 95 % (E. B. Wilson, 1927).
  private static func wilson(_ part: Int, _ whole: Int) -> (low: Double, high: Double)? {
    guard whole > 0 else { return nil }
    let z = 1.959963984540054
    let n = Double(whole)
    let p = Double(part) / n
    let center = p + z * z / (2 * n)
    let spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return (max(0, (center - spread) / scale), min(1, (center + spread) / scale))
  }

  // MARK: - Order, change, effects

  /// By period, then by group; the group `(none)` last.
  private func precedes(_ a: Measure, _ b: Measure) -> Bool {
    if a.period != b.period {
      guard let x = a.period else { return false }
      guard let y = b.period else { return true }
      return x < y
    }
    return engine.precedes(a.group, b.group)
  }

  private mutating func addChange() {
    var known: [GroupKey: Double] = [:]
    for cell in set.cells {
      if let value = cell.value { known[key(cell.period, cell.group)] = value }
    }
    for position in set.cells.indices {
      guard let value = set.cells[position].value, let before = set.cells[position].period?.previous else { continue }
      if let earlier = known[key(before, set.cells[position].group)] {
        set.cells[position].change = value - earlier
      }
    }
  }

  /// Once a cell, at the end of its period; never for partial cells.
  private func effects(_ cell: Measure) -> [EffectRecord] {
    let wanted: String
    switch cell.status {
    case .offTarget: wanted = "off_target"
    case .warning: wanted = "warning"
    default: return []
    }
    guard !cell.isPartial, !kpi.moments.isEmpty else { return [] }
    let at = cell.period.flatMap { engine.evaluator.zone.end(of: $0) } ?? engine.instant
    let place = ([cell.period.map { "\($0)" }].compactMap { $0 } + cell.group.map { engine.machine.scalar($0) }).joined(
      separator: "/")
    var found: [EffectRecord] = []
    let outer = evaluator.resultText
    evaluator.resultText = { result, field in
      guard result.kind == .measure, case .double(let number) = engine.heap.field(field, of: result) else { return nil }
      return MeasureText.text(number, kpi)
    }
    defer { evaluator.resultText = outer }
    for moment in kpi.moments where moment.kind.rawValue == wanted {
      evaluator.withFrame(of: 1 + kpi.groups.count, arguments: [engine.value(of: cell)] + cell.group) {
        for (number, effect) in moment.effects.enumerated() {
          if let record = engine.effect(effect, id: "\(kpi.name)/\(place)/\(wanted)/\(number + 1)", at: at) {
            found.append(record)
          }
        }
      }
    }
    return found
  }
}

private final class RowNotes {
  private(set) var all: [MeasuredRow.Note] = []

  func add(_ what: String, _ text: String) { all.append(.init(what: what, text: text)) }
}
