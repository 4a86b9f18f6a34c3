/// The cells of a KPI in one pass over columns.
///
/// Every thread goes over a part of the rows with cells of its own. Parts are put together in the order of the rows, and nothing
/// that they count depends on where one ends: counts are integers, sums exact, percentiles those of all numbers.

public import DocketSemantics
import DocketSyntax
import DocketTime
import Synchronization

/// What became of the rows of a KPI.
public struct BatchCells {
  /// In the order of their first rows.
  public var cells: [CellTotals] = []
  /// By cell: the first row of which an aggregate came to an error, as the variable of the measure.
  public var failures: [Value?] = []
  public var unplaced = 0
  public var undecided = 0
  /// The first row that could not be decided.
  public var firstUndecided: Value?
}

public struct MeasureBatches {
  private let evaluator: Evaluator
  private let kpi: CheckedKPI
  private let source: BatchSource
  private let plan: MeasurePlan

  /// `nil` where not every row can be had by columns: while somebody listens to evaluations or to reads, or where values lie over the
  /// data.
  public init?(_ kpi: CheckedKPI, over source: BatchSource, of view: EntityID?, _ evaluator: Evaluator) {
    guard evaluator.observe == nil, evaluator.world.readObserver == nil, evaluator.world.overlay.isEmpty,
      source.count <= Int(UInt32.max), let plan = MeasurePlan(kpi, source, view, evaluator)
    else { return nil }
    self.evaluator = evaluator
    self.kpi = kpi
    self.source = source
    self.plan = plan
  }

  /// From how many rows on it pays to look at a sample before.
  private static let rowsForSample = 1 << 17

  public func cells(threads: Int) -> BatchCells {
    let batches = (source.count + BatchRows.limit - 1) / BatchRows.limit
    let threads = plan.needsOneThread ? 1 : max(1, min(threads, batches))
    let hasRanks = kpi.aggregates.contains { $0.rank != nil }
    let windows = hasRanks && source.count >= Self.rowsForSample ? sampled(threads) : nil
    return collect(run(threads, .all, windows))
  }

  /// Goes over the rows; a part a thread.
  private func run(_ threads: Int, _ extent: MeasurePart.Extent, _ windows: RankWindows?) -> [MeasurePart] {
    let batches = (source.count + BatchRows.limit - 1) / BatchRows.limit
    let parts = (0..<threads).map { number in
      MeasurePart(
        plan, source.rows, batches: batches * number / threads..<batches * (number + 1) / threads, extent, windows,
        evaluator)
    }
    // A thread changes its own part only; what they share is not changed.
    nonisolated(unsafe) let work = parts
    let next = Atomic(0)
    Workers.run(threads) { _ in
      // A worker takes what is left, should there be fewer of them.
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < work.count else { return }
        work[number].run()
      }
    }
    return parts
  }

  /// Where the percentiles of each cell lie, most likely, so that the numbers far from them need not be kept.
  private func sampled(_ threads: Int) -> RankWindows {
    let parts = run(threads, .sample, nil)
    let origins = merge(parts)
    let buffer = SelectionBuffer()
    let windows = origins.map { origins in
      kpi.aggregates.indices.map { number in
        guard let rank = kpi.aggregates[number].rank else { return RankWindow.all }
        return OrderStatistics.window(rank, of: numbers(of: number, origins, parts), buffer)
      }
    }
    return RankWindows(index: parts[0].index, windows: windows, others: .all)
  }

  /// Brings all cells to the first part; by cell, where its numbers lie.
  private func merge(_ parts: [MeasurePart]) -> [[Origin]] {
    let first = parts[0]
    var origins: [[Origin]] = (0..<first.index.count).map { [Origin(part: 0, cell: $0)] }
    for (number, part) in parts.enumerated().dropFirst() {
      for cell in 0..<part.index.count {
        let own = first.index.adopt(cell, of: part.index)
        first.reserve(own + 1)
        if own == origins.count { origins.append([]) }
        origins[own].append(Origin(part: number, cell: cell))
        first.adopt(part, cell, as: own)
      }
      first.adopt(part)
    }
    return origins
  }

  private struct Origin {
    var part: Int
    var cell: Int
  }

  private func numbers(of aggregate: Int, _ origins: [Origin], _ parts: [MeasurePart]) -> NumberRuns {
    var runs = NumberRuns()
    for origin in origins { parts[origin.part].aggregates[aggregate].collect(origin.cell, into: &runs) }
    return runs
  }

  private func collect(_ parts: [MeasurePart]) -> BatchCells {
    let first = parts[0]
    let origins = merge(parts)
    var result = BatchCells()
    result.unplaced = first.unplaced
    result.undecided = first.undecided
    result.firstUndecided = first.firstUndecided.map { source.item(Int($0)) }
    for cell in 0..<first.index.count {
      let (period, codes) = first.index.key(of: cell)
      result.cells.append(first.totals(cell, period, zip(plan.groups, zip(codes, first.index.groups)).map(group)))
      result.failures.append(first.failure(of: cell).map { source.item(Int($0)) })
    }
    finish(&result, parts, origins)
    return result
  }

  /// The value of a group, from the first row that has it.
  private func group(_ expression: CheckedExpression, _ key: (code: UInt32, dictionary: KeyDictionary)) -> Value {
    guard key.code > 0 else { return .absent }
    let row = Int(key.dictionary.places[Int(key.code) - 1])
    return evaluator.inFrame(of: max(1, kpi.slotCount), arguments: [source.item(row)]) { evaluator.run(expression) }
  }

  /// Percentiles and what else takes all numbers of a cell, cells shared among the threads.
  private func finish(_ result: inout BatchCells, _ parts: [MeasurePart], _ origins: [[Origin]]) {
    let wanted = kpi.aggregates.indices.filter { kpi.aggregates[$0].kind.needsValues }
    guard !wanted.isEmpty else { return }
    let count = result.cells.count
    let aggregates = kpi.aggregates
    // By cell, so that no two threads write to one.
    let missed = CellColumn(false)
    missed.reserve(count)
    result.cells.withUnsafeMutableBufferPointer { cells in
      nonisolated(unsafe) let (cells, parts, batches, missed) = (cells, parts, self, missed.values)
      let next = Atomic(0)
      Workers.run(parts.count) { _ in
        let buffer = SelectionBuffer()
        while true {
          let cell = next.add(1, ordering: .relaxed).oldValue
          guard cell < count else { return }
          for number in wanted {
            let runs = batches.numbers(of: number, origins[cell], parts)
            if !cells[cell].totals[number].finish(aggregates[number], runs, buffer) { missed[cell] = true }
          }
        }
      }
    }
    let again = (0..<count).filter { missed.values[$0] }
    if !again.isEmpty { finish(again, of: &result, parts) }
  }

  /// The sample was wrong about some cells: their numbers are all kept, in another pass.
  private func finish(_ again: [Int], of result: inout BatchCells, _ parts: [MeasurePart]) {
    let index = parts[0].index
    let isAgain = Set(again)
    let windows = (0..<index.count).map { cell in
      kpi.aggregates.map { _ in isAgain.contains(cell) ? RankWindow.all : .none }
    }
    let parts = run(parts.count, .numbers, RankWindows(index: index, windows: windows, others: .none))
    let origins = merge(parts)
    let buffer = SelectionBuffer()
    for cell in again {
      guard let found = parts[0].index.known(cell, of: index) else { continue }
      for (number, aggregate) in kpi.aggregates.enumerated() where aggregate.rank != nil {
        _ = result.cells[cell].totals[number].finish(aggregate, numbers(of: number, origins[found], parts), buffer)
      }
    }
  }
}

/// By cell and aggregate: which numbers are wanted.
final class RankWindows {
  private let index: CellIndex
  private let windows: [[RankWindow]]
  /// Of cells that are not there.
  private let others: RankWindow

  init(index: CellIndex, windows: [[RankWindow]], others: RankWindow) {
    self.index = index
    self.windows = windows
    self.others = others
  }

  func window(of aggregate: Int, _ cell: Int, of other: CellIndex) -> RankWindow {
    index.known(cell, of: other).map { windows[$0][aggregate] } ?? others
  }
}

/// The expressions of a KPI as batches.
struct MeasurePlan {
  /// Of the records of a view, which are its own.
  let membership: BatchCode?
  let filter: BatchCode?
  let unit: CalendarUnit?
  /// The second that says in which period a row is.
  let moment: BatchCode?
  /// Whether a row is in the window.
  let window: BatchCode?
  let groups: [CheckedExpression]
  let keys: [BatchCode]
  let settled: BatchCode?
  let aggregates: [(aggregate: CheckedKPI.Aggregate, code: BatchCode?)]
  let absence: UInt8
  let zone: Zone
  let needsOneThread: Bool

  init?(_ kpi: CheckedKPI, _ source: BatchSource, _ view: EntityID?, _ evaluator: Evaluator) {
    var lowering = BatchLowering(evaluator, source, slotCount: kpi.slotCount)
    if let view, let body = evaluator.schema[view].filterBody {
      var views = BatchLowering(evaluator, source, slotCount: evaluator.rulebook.bodies[body].slotCount)
      membership = views.condition(evaluator.rulebook.bodies[body].expression)
    } else {
      membership = nil
    }
    filter = kpi.filter.map { lowering.condition($0) }
    switch kpi.window {
    case .every(let unit, let expression)?:
      (self.unit, moment, window) = (unit, lowering.second(expression), nil)
    case .last(let length, let expression)?:
      // A window of its own for every row is none of columns.
      guard !length.readsVariables, let now = evaluator.instant else { return nil }
      (unit, moment) = (nil, nil)
      if case .duration(let length) = evaluator.run(length), let from = now.subtracting(length) {
        window = lowering.within(expression, from: from, until: now)
      } else {
        // Nothing is in it.
        window = lowering.within(expression, from: now, until: now)
      }
    case nil: (unit, moment, window) = (nil, nil, nil)
    }
    groups = kpi.groups.map { group in
      switch group.kind {
      case .key(let expression), .spine(_, let expression): expression
      }
    }
    keys = groups.map { lowering.key($0) }
    settled = kpi.settled.map { lowering.condition($0) }
    var aggregates: [(aggregate: CheckedKPI.Aggregate, code: BatchCode?)] = []
    for aggregate in kpi.aggregates {
      guard let argument = aggregate.argument else {
        aggregates.append((aggregate, nil))
        continue
      }
      switch aggregate.kind {
      case .count, .ratio:
        guard argument.type == .bool else { return nil }
        aggregates.append((aggregate, lowering.condition(argument)))
      case .countDistinct: aggregates.append((aggregate, lowering.key(argument)))
      case .sum, .mean, .min, .max, .median, .percentile, .gini:
        aggregates.append((aggregate, lowering.amount(argument)))
      }
    }
    self.aggregates = aggregates
    switch kpi.absence {
    case .skip?: absence = AggregateOutcome.skipped
    case .no?: absence = AggregateOutcome.takenAsNo
    case .fail?, nil: absence = AggregateOutcome.failed
    }
    zone = evaluator.zone
    let codes = [membership, filter, moment, window, settled] + keys + aggregates.map(\.code)
    needsOneThread =
      codes.contains { $0?.needsEvaluator ?? false } || kpi.aggregates.contains { $0.kind == .countDistinct }
  }
}

extension CheckedExpression {
  fileprivate var readsVariables: Bool {
    if case .local = kind { return true }
    return children.contains(where: \.readsVariables)
  }
}

/// What one thread counts.
final class MeasurePart {
  enum Extent {
    case all
    /// Some rows of every batch, and only the numbers of percentiles.
    case sample
    /// All rows, and only these numbers.
    case numbers
  }

  /// The first rows of a batch.
  private static let sampleSize = 128

  private let plan: MeasurePlan
  private let rows: BatchRowList
  private let batches: Range<Int>
  private let extent: Extent
  private let windows: RankWindows?
  /// Cells that have their windows.
  private var windowCount = 0
  private let evaluator: Evaluator
  private let scratch = BatchScratch()
  let index: CellIndex
  let aggregates: [AggregateColumn]
  private(set) var unplaced = 0
  private(set) var undecided = 0
  private(set) var firstUndecided: UInt32?
  private let settled = CellColumn(0)
  private let pending = CellColumn(0)
  /// Settled rows that no aggregate took.
  private let untaken = CellColumn(0)
  private let skipped = CellColumn(0)
  private let errors = CellColumn(0)
  private let hasFailed = CellColumn(false)
  /// `.max` where there is none.
  private let failures = CellColumn(UInt32.max)

  init(
    _ plan: MeasurePlan, _ rows: BatchRowList, batches: Range<Int>, _ extent: Extent, _ windows: RankWindows?,
    _ evaluator: Evaluator
  ) {
    self.plan = plan
    self.rows = rows
    self.batches = batches
    self.extent = extent
    self.windows = windows
    self.evaluator = evaluator
    index = CellIndex(groups: plan.keys.count, unit: plan.unit, zone: plan.zone)
    aggregates = plan.aggregates.map { AggregateColumn($0.aggregate, $0.code, absence: plan.absence) }
  }

  func reserve(_ cells: Int) {
    settled.reserve(cells)
    pending.reserve(cells)
    untaken.reserve(cells)
    skipped.reserve(cells)
    errors.reserve(cells)
    hasFailed.reserve(cells)
    failures.reserve(cells)
    for aggregate in aggregates { aggregate.reserve(cells) }
  }

  // MARK: - Rows

  func run() {
    for batch in batches {
      if evaluator.isCancelled { return }
      scratch.reset()
      var rows = rows.batch(batch * BatchRows.limit)
      if case .sample = extent { rows.count = min(rows.count, Self.sampleSize) }
      add(rows)
    }
  }

  private func add(_ batch: BatchRows) {
    var rows = batch
    if let membership = plan.membership { keep(&rows, where: membership.truths(rows, scratch)) }
    if let filter = plan.filter {
      let truths = filter.truths(rows, scratch)
      for index in 0..<rows.count where truths[index] > BatchState.yes { addUndecided(rows[index]) }
      keep(&rows, where: truths)
    }
    var seconds: UnsafePointer<Int64>?
    if let moment = plan.moment {
      var vector = moment.values(rows, scratch)
      if let states = vector.states {
        let before = rows.count
        vector.bits = kept(vector.bits, rows.count, states)
        keepThere(&rows, states)
        unplaced += before - rows.count
      }
      seconds = vector.bits
    }
    if let window = plan.window {
      let truths = window.truths(rows, scratch)
      for index in 0..<rows.count where truths[index] > BatchState.yes { unplaced += 1 }
      keep(&rows, where: truths)
    }
    var keys = plan.keys.map { $0.keys(rows, scratch) }
    dropUndecided(&rows, &keys, &seconds)
    guard rows.count > 0 else { return }
    let cells = index.encode(seconds: seconds, groupKeys: keys, rows, scratch)
    reserve(index.count)
    if let windows { wantNumbers(windows) }
    if let settled = plan.settled { keepSettled(&rows, cells, settled.truths(rows, scratch)) }
    let counts = settled.values
    for index in 0..<rows.count { counts[Int(cells[index])] &+= 1 }
    aggregate(rows, cells)
  }

  /// Cells that are new get their windows before the first number.
  private func wantNumbers(_ windows: RankWindows) {
    for cell in windowCount..<index.count {
      for (number, aggregate) in aggregates.enumerated() where aggregate.aggregate.rank != nil {
        aggregate.want(windows.window(of: number, cell, of: index), of: cell)
      }
    }
    windowCount = index.count
  }

  private func addUndecided(_ row: Int) {
    undecided += 1
    let row = UInt32(truncatingIfNeeded: row)
    firstUndecided = Swift.min(firstUndecided ?? row, row)
  }

  /// Rows of which a key could not be computed are in no cell.
  private func dropUndecided(
    _ rows: inout BatchRows, _ keys: inout [BatchVector], _ seconds: inout UnsafePointer<Int64>?
  ) {
    var bad: UnsafeMutablePointer<UInt8>?
    for key in keys {
      guard let states = key.states else { continue }
      var worst: UInt8 = 0
      for index in 0..<rows.count { worst = Swift.max(worst, states[index]) }
      guard worst > BatchState.absent else { continue }
      let marks = bad ?? scratch.states(repeating: 0, count: rows.count)
      for index in 0..<rows.count where states[index] > BatchState.absent { marks[index] = 1 }
      bad = marks
    }
    guard let bad else { return }
    for index in 0..<rows.count where bad[index] != 0 { addUndecided(rows[index]) }
    for place in keys.indices {
      keys[place].bits = kept(keys[place].bits, rows.count, bad)
      if let states = keys[place].states {
        let left = scratch.states()
        var next = 0
        for index in 0..<rows.count where bad[index] == 0 {
          left[next] = states[index]
          next += 1
        }
        keys[place].states = UnsafePointer(left)
      }
    }
    seconds = seconds.map { kept($0, rows.count, bad) }
    keepThere(&rows, bad)
  }

  private func keepSettled(
    _ rows: inout BatchRows, _ cells: UnsafeMutablePointer<UInt32>, _ truths: UnsafePointer<UInt8>
  ) {
    let (pending, errors) = (pending.values, errors.values)
    var next = 0
    for index in 0..<rows.count {
      let cell = Int(cells[index])
      switch truths[index] {
      case BatchState.yes:
        cells[next] = cells[index]
        next += 1
      case BatchState.there: pending[cell] += 1
      default: errors[cell] += 1
      }
    }
    keep(&rows, where: truths)
  }

  private func aggregate(_ rows: BatchRows, _ cells: UnsafePointer<UInt32>) {
    var incomplete: [(outcomes: UnsafePointer<UInt8>, states: UnsafePointer<UInt8>)] = []
    for aggregate in aggregates {
      if extent != .all, aggregate.aggregate.rank == nil { continue }
      if let left = aggregate.add(rows, to: cells, scratch) { incomplete.append(left) }
    }
    guard !incomplete.isEmpty else { return }
    // A row counts where an aggregate took it, and is skipped or wrong once, however many did not.
    let isAllIncomplete = incomplete.count == aggregates.count
    let (hasFailed, failures) = (hasFailed.values, failures.values)
    let (untaken, skipped, errors) = (untaken.values, skipped.values, errors.values)
    for index in 0..<rows.count {
      let cell = Int(cells[index])
      var (isTaken, isSkipped, isWrong) = (!isAllIncomplete, false, false)
      for (outcomes, states) in incomplete {
        switch outcomes[index] {
        case AggregateOutcome.skipped: isSkipped = true
        case AggregateOutcome.failed:
          isWrong = true
          if states[index] == BatchState.absent { hasFailed[cell] = true }
          if states[index] != BatchState.refused {
            failures[cell] = Swift.min(failures[cell], UInt32(truncatingIfNeeded: rows[index]))
          }
        default: isTaken = true
        }
      }
      if !isTaken { untaken[cell] += 1 }
      if isSkipped { skipped[cell] += 1 }
      if isWrong { errors[cell] += 1 }
    }
  }

  // MARK: - Selections

  private func keep(_ rows: inout BatchRows, where truths: UnsafePointer<UInt8>) {
    var yes = 0
    for index in 0..<rows.count { yes &+= truths[index] == BatchState.yes ? 1 : 0 }
    guard yes < rows.count else { return }
    let list = scratch.rows()
    var next = 0
    for index in 0..<rows.count {
      list[next] = UInt32(truncatingIfNeeded: rows[index])
      next &+= truths[index] == BatchState.yes ? 1 : 0
    }
    rows = BatchRows(first: 0, count: yes, list: UnsafePointer(list))
  }

  private func keepThere(_ rows: inout BatchRows, _ states: UnsafePointer<UInt8>) {
    let list = scratch.rows()
    var next = 0
    for index in 0..<rows.count {
      list[next] = UInt32(truncatingIfNeeded: rows[index])
      next &+= states[index] == BatchState.there ? 1 : 0
    }
    guard next < rows.count else { return }
    rows = BatchRows(first: 0, count: next, list: UnsafePointer(list))
  }

  private func kept(_ bits: UnsafePointer<Int64>, _ count: Int, _ states: UnsafePointer<UInt8>) -> UnsafePointer<Int64>
  {
    let left = scratch.bits()
    var next = 0
    for index in 0..<count {
      left[next] = bits[index]
      next &+= states[index] == BatchState.there ? 1 : 0
    }
    return UnsafePointer(left)
  }

  // MARK: - Cells

  /// Adds a cell of a part whose rows come later.
  func adopt(_ other: MeasurePart, _ theirs: Int, as own: Int) {
    settled.values[own] += other.settled.values[theirs]
    pending.values[own] += other.pending.values[theirs]
    untaken.values[own] += other.untaken.values[theirs]
    skipped.values[own] += other.skipped.values[theirs]
    errors.values[own] += other.errors.values[theirs]
    if other.hasFailed.values[theirs] { hasFailed.values[own] = true }
    failures.values[own] = Swift.min(failures.values[own], other.failures.values[theirs])
    for (aggregate, other) in zip(aggregates, other.aggregates) { aggregate.adopt(other, theirs, as: own) }
  }

  /// Adds what is in no cell.
  func adopt(_ other: MeasurePart) {
    unplaced += other.unplaced
    undecided += other.undecided
    firstUndecided = firstUndecided ?? other.firstUndecided
  }

  func failure(of cell: Int) -> UInt32? { failures.values[cell] == .max ? nil : failures.values[cell] }

  func totals(_ cell: Int, _ period: Period?, _ group: [Value]) -> CellTotals {
    var totals = CellTotals(period: period, group: group)
    totals.rows = settled.values[cell] - untaken.values[cell]
    totals.skipped = skipped.values[cell]
    totals.pending = pending.values[cell]
    totals.errors = errors.values[cell]
    totals.hasFailed = hasFailed.values[cell]
    totals.totals = aggregates.map { $0.total(cell, settled: settled.values[cell]) }
    return totals
  }
}
