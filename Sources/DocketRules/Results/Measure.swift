/// One cell of a KPI: a period and a group with its value.

public import DocketRuntime
public import DocketSemantics
public import DocketTime

public struct Measure: Sendable {
  public var kpi: Int
  public var period: Period?
  /// The current period is not over.
  public var isPartial: Bool
  /// One a group of the KPI, in their order; absent is the group `(none)`.
  public var group: [Value]
  /// In seconds where the KPI measures durations.
  public var value: Double?
  /// Rows that the value is made of.
  public var rows: Int
  /// Rows left out of an aggregate because its value is absent.
  public var skipped: Int
  /// Rows that are not settled yet.
  public var pending: Int
  /// Rows that could not be evaluated.
  public var errors: Int
  /// `nil` where the KPI has no target and nothing else is to be said.
  public var status: MeasureStatus?
  /// The Wilson interval of a ratio at 95 %.
  public var interval: (low: Double, high: Double)?
  /// Against the period before.
  public var change: Double?
  /// Why rows or the value failed, the first reason; for people.
  public var cause: String?
  public var effects: [EffectRecord]
}

/// All cells of a KPI, and the rows that are in none of them.
public struct MeasureSet: Sendable {
  public var kpi: Int
  public var cells: [Measure]
  /// Rows that have no instant to place them in a period.
  public var unplaced: Int
  /// Rows whose `where` could not be decided, and the first reason.
  public var undecided: Int
  public var firstCause: String?
}
