/// One aggregate over all cells, a batch at a time.

import DocketSemantics

/// What became of a row in an aggregate.
enum AggregateOutcome {
  static let taken: UInt8 = 0
  static let skipped: UInt8 = 1
  static let failed: UInt8 = 2
  /// It counts as a condition that does not hold.
  static let takenAsNo: UInt8 = 3
}

final class AggregateColumn {
  let aggregate: CheckedKPI.Aggregate
  /// `nil` for `count()`.
  private let code: BatchCode?
  private let absence: UInt8
  /// Rows that it did not take.
  private let missed = CellColumn(0)
  private let trueCounts = CellColumn(0)
  private let sums = CellColumn(SumPair())
  private var wideSums: [Int: WideSum] = [:]
  private let minima = CellColumn(Double.infinity)
  private let maxima = CellColumn(-Double.infinity)
  private let numbers: NumberLists?
  private let distinctKeys = KeyDictionary()
  private let distinctPairs = KeyDictionary()
  private let distinctCounts = CellColumn(0)

  init(_ aggregate: CheckedKPI.Aggregate, _ code: BatchCode?, absence: UInt8) {
    self.aggregate = aggregate
    self.code = code
    self.absence = absence
    numbers = aggregate.kind.needsValues ? NumberLists() : nil
  }

  func reserve(_ cells: Int) {
    missed.reserve(cells)
    trueCounts.reserve(cells)
    sums.reserve(cells)
    minima.reserve(cells)
    maxima.reserve(cells)
    numbers?.reserve(cells)
    distinctCounts.reserve(cells)
  }

  /// Of its numbers in a cell only those are wanted.
  func want(_ window: RankWindow, of cell: Int) { numbers?.want(window, of: cell) }

  // MARK: - Rows

  /// Adds a batch to its cells. Gives what became of the rows, `nil` where all were taken, and their states.
  func add(_ rows: BatchRows, to cells: UnsafePointer<UInt32>, _ scratch: BatchScratch)
    -> (outcomes: UnsafePointer<UInt8>, states: UnsafePointer<UInt8>)?
  {
    guard let code else { return nil }
    switch aggregate.kind {
    case .count, .ratio:
      let truths = code.truths(rows, scratch)
      var worst: UInt8 = 0
      let counts = trueCounts.values
      for index in 0..<rows.count {
        counts[Int(cells[index])] &+= truths[index] == BatchState.yes ? 1 : 0
        worst |= truths[index]
      }
      guard worst > BatchState.yes else { return nil }
      return (outcomes(truths, cells, rows.count, scratch), truths)
    case .countDistinct:
      let keys = code.keys(rows, scratch)
      let outcomes = keys.states.map { self.outcomes($0, cells, rows.count, scratch) }
      let codes = scratch.rows()
      distinctKeys.encode(keys.bits, keys.states, rows, into: codes)
      for index in 0..<rows.count where outcomes == nil || outcomes?[index] == AggregateOutcome.taken {
        let known = distinctPairs.count
        _ = distinctPairs.code(Int64(cells[index]) << 32 | Int64(codes[index]), at: 0)
        if distinctPairs.count > known { distinctCounts.values[Int(cells[index])] += 1 }
      }
      guard let outcomes, let states = keys.states else { return nil }
      return (outcomes, states)
    case .sum, .mean, .min, .max, .median, .percentile, .gini:
      let (amounts, states) = Self.amounts(code, rows, scratch)
      let outcomes = states.map { self.outcomes($0, cells, rows.count, scratch) }
      add(amounts, to: cells, rows.count, outcomes)
      guard let outcomes, let states else { return nil }
      return (outcomes, states)
    }
  }

  private func add(
    _ amounts: UnsafePointer<Double>, to cells: UnsafePointer<UInt32>, _ count: Int, _ outcomes: UnsafePointer<UInt8>?
  ) {
    if aggregate.kind.needsSum {
      let sums = sums.values
      for index in 0..<count {
        if let outcomes, outcomes[index] != AggregateOutcome.taken { continue }
        let rest = sums[Int(cells[index])].add(amounts[index])
        if rest != 0 { widen(Int(cells[index]), by: rest) }
      }
    }
    if aggregate.kind.needsBounds {
      let (minima, maxima) = (minima.values, maxima.values)
      for index in 0..<count {
        if let outcomes, outcomes[index] != AggregateOutcome.taken { continue }
        let (cell, amount) = (Int(cells[index]), amounts[index] + 0.0)
        minima[cell] = Swift.min(minima[cell], amount)
        maxima[cell] = Swift.max(maxima[cell], amount)
      }
    }
    numbers?.append(amounts, to: cells, count, outcomes)
  }

  @inline(never) private func widen(_ cell: Int, by rest: Double) { wideSums[cell, default: WideSum()].add(rest) }

  /// Numbers; `nil` states where all are there and finite.
  private static func amounts(_ code: BatchCode, _ rows: BatchRows, _ scratch: BatchScratch)
    -> (UnsafePointer<Double>, UnsafePointer<UInt8>?)
  {
    let vector = code.values(rows, scratch)
    guard code.kind == .double else {
      let amounts = UnsafeMutableRawPointer(scratch.bits()).assumingMemoryBound(to: Double.self)
      if code.kind == .uint {
        for index in 0..<rows.count { amounts[index] = Double(UInt64(bitPattern: vector.bits[index])) }
      } else {
        for index in 0..<rows.count { amounts[index] = Double(vector.bits[index]) }
      }
      return (UnsafePointer(amounts), vector.states)
    }
    let amounts = UnsafeRawPointer(vector.bits).assumingMemoryBound(to: Double.self)
    let exponent: Int64 = 0x7FF0_0000_0000_0000
    var endless: Int64 = 0
    for index in 0..<rows.count { endless |= vector.bits[index] & exponent == exponent ? 1 : 0 }
    guard endless != 0 else { return (amounts, vector.states) }
    let states = scratch.states()
    for index in 0..<rows.count {
      let state = vector.states?[index] ?? BatchState.there
      states[index] = state != BatchState.there ? state : amounts[index].isFinite ? state : BatchState.refused
    }
    return (amounts, UnsafePointer(states))
  }

  private func outcomes(
    _ states: UnsafePointer<UInt8>, _ cells: UnsafePointer<UInt32>, _ count: Int, _ scratch: BatchScratch
  ) -> UnsafePointer<UInt8> {
    let outcomes = scratch.states()
    let missed = missed.values
    for index in 0..<count {
      let state = states[index]
      let outcome =
        state <= BatchState.yes
        ? AggregateOutcome.taken : state == BatchState.absent ? absence : AggregateOutcome.failed
      outcomes[index] = outcome
      missed[Int(cells[index])] &+= outcome == AggregateOutcome.skipped || outcome == AggregateOutcome.failed ? 1 : 0
    }
    return UnsafePointer(outcomes)
  }

  // MARK: - Cells

  /// Adds a cell of another thread to one of this, but for its numbers, which stay there.
  func adopt(_ other: AggregateColumn, _ theirs: Int, as own: Int) {
    missed.values[own] += other.missed.values[theirs]
    trueCounts.values[own] += other.trueCounts.values[theirs]
    for part in [other.sums.values[theirs].high, other.sums.values[theirs].low] {
      let rest = sums.values[own].add(part)
      if rest != 0 { widen(own, by: rest) }
    }
    if let wide = other.wideSums[theirs] { wideSums[own, default: WideSum()].add(wide) }
    minima.values[own] = Swift.min(minima.values[own], other.minima.values[theirs])
    maxima.values[own] = Swift.max(maxima.values[own], other.maxima.values[theirs])
    distinctCounts.values[own] += other.distinctCounts.values[theirs]
  }

  /// What a cell came to, but for what takes all numbers; `settled` rows were offered.
  func total(_ cell: Int, settled: Int) -> AggregateTotal {
    var total = AggregateTotal()
    total.rowCount = settled - missed.values[cell]
    total.trueCount = trueCounts.values[cell]
    total.sum = ExactSum(sums.values[cell], and: wideSums[cell]).value
    if minima.values[cell] <= maxima.values[cell] {
      (total.minimum, total.maximum) = (minima.values[cell], maxima.values[cell])
    }
    total.distinctCount = distinctCounts.values[cell]
    return total
  }

  func collect(_ cell: Int, into runs: inout NumberRuns) { numbers?.collect(cell, into: &runs) }
}
