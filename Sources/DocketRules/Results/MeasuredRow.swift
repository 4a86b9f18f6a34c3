/// A row that a KPI looked at: in which cell it counts, or why in none.

public import DocketRuntime
public import DocketTime

public struct MeasuredRow: Sendable {
  public enum Fate: String, Sendable, CaseIterable {
    /// At least one aggregate took it.
    case counted
    /// Its values are absent, which the KPI skips.
    case skipped
    /// It is not settled.
    case pending
    /// A value or a condition could not be computed.
    case failed
    /// It has no instant that says in which period it is.
    case unplaced
    case outsideWindow = "outside_window"
    /// `where` or a group could not be decided.
    case undecided
    /// `where` is false.
    case notSelected = "not_selected"
  }

  /// What was evaluated, as written, and what it came to.
  public struct Note: Sendable {
    public var what: String
    public var text: String
  }

  public var kpi: Int
  /// The key of the record; a clock after its first cycle says which one it is.
  public var name: String
  public var fate: Fate
  public var period: Period?
  /// Of the cell; empty where it is in none.
  public var group: [Value]
  public var notes: [Note]

  /// Whether the row has a cell, counted there or not.
  public var hasCell: Bool {
    switch fate {
    case .counted, .skipped, .pending, .failed: true
    case .unplaced, .outsideWindow, .undecided, .notSelected: false
    }
  }
}
