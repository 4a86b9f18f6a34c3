/// What the cells of a measure come to, by columns or row by row.

public import DocketSemantics
public import DocketTime

public struct CellTotals {
  public var period: Period?
  /// Absent is the group `(none)`.
  public var group: [Value]
  public var rows = 0
  public var skipped = 0
  public var pending = 0
  public var errors = 0
  /// A value was absent that must not be.
  public var hasFailed = false
  /// Why a row failed, the first time.
  public var cause: String?
  /// One an aggregate of the KPI.
  public var totals: [AggregateTotal] = []

  public init(period: Period?, group: [Value]) {
    self.period = period
    self.group = group
  }
}

/// What an aggregate has seen in a cell.
public struct AggregateTotal {
  public var rowCount = 0
  public var trueCount = 0
  /// The exact sum, rounded once.
  public var sum = 0.0
  public var minimum: Double?
  public var maximum: Double?
  /// Of `median` and `percentile`.
  public var quantile: Double?
  public var gini: Double?
  public var distinctCount = 0

  public init() {}
}

extension CheckedKPI.Aggregate.Kind {
  /// Whether every value counts, not only what they add up to.
  var needsValues: Bool {
    switch self {
    case .median, .percentile, .gini: true
    case .count, .ratio, .sum, .mean, .min, .max, .countDistinct: false
    }
  }

  var needsSum: Bool {
    switch self {
    case .sum, .mean, .gini: true
    case .count, .ratio, .min, .max, .median, .percentile, .countDistinct: false
    }
  }

  var needsBounds: Bool {
    switch self {
    case .min, .max, .gini: true
    case .count, .ratio, .sum, .mean, .median, .percentile, .countDistinct: false
    }
  }
}

extension CheckedKPI.Aggregate {
  /// The percentile that it asks for.
  var rank: Double? {
    switch kind {
    case .median: 50
    case .percentile: percent ?? 50
    case .count, .ratio, .sum, .mean, .min, .max, .countDistinct, .gini: nil
    }
  }
}

/// What an aggregate sees of one cell, row by row.
public struct AggregateSum {
  private let aggregate: CheckedKPI.Aggregate
  private var total = AggregateTotal()
  private var sum = ExactSum()
  private var values: [Double] = []
  private var distinct: Set<ValueKey> = []

  public init(_ aggregate: CheckedKPI.Aggregate) { self.aggregate = aggregate }

  public mutating func addRow() { total.rowCount += 1 }

  public mutating func add(condition: Bool) {
    total.rowCount += 1
    if condition { total.trueCount += 1 }
  }

  public mutating func add(distinct key: ValueKey) { distinct.insert(key) }

  public mutating func add(amount: Double) {
    total.rowCount += 1
    sum.add(amount)
    total.minimum = total.minimum.map { Swift.min($0, amount) } ?? amount
    total.maximum = total.maximum.map { Swift.max($0, amount) } ?? amount
    if aggregate.kind.needsValues { values.append(amount) }
  }

  public func finished() -> AggregateTotal {
    var total = total
    total.sum = sum.value
    total.distinctCount = distinct.count
    guard aggregate.kind.needsValues else { return total }
    values.withUnsafeBufferPointer { values in
      var runs = NumberRuns()
      runs.append(values)
      _ = total.finish(aggregate, runs, SelectionBuffer())
    }
    return total
  }
}

extension AggregateTotal {
  /// What takes all numbers; `false` where those that it takes are not among the kept ones.
  mutating func finish(_ aggregate: CheckedKPI.Aggregate, _ numbers: NumberRuns, _ buffer: SelectionBuffer) -> Bool {
    if let rank = aggregate.rank {
      switch OrderStatistics.percentile(rank, of: numbers, count: rowCount, buffer) {
      case .of(let number): quantile = number
      case .none: quantile = nil
      case .missed: return false
      }
    }
    if case .gini = aggregate.kind { gini = OrderStatistics.gini(of: numbers, total: sum) }
    return true
  }
}
