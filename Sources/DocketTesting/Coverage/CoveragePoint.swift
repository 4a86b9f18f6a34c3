/// Something in a rulebook that tests should reach, and the outcomes that it has.

public import DocketDiagnostics

public struct CoveragePoint: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case rule
    case condition
    /// A row of a decision table.
    case row
    /// What a rule gives, one of several; and the arms of `otherwise`.
    case target
    /// A status of an SLA's clocks.
    case state
    /// A kind of day of a calendar.
    case day
    /// A status of a KPI's cells.
    case measure

    public var title: String {
      switch self {
      case .rule: "rules"
      case .condition: "conditions, true and false"
      case .row: "rows of tables"
      case .target: "targets and `otherwise`"
      case .state: "states of SLAs"
      case .day: "kinds of calendar days"
      case .measure: "judgements of KPIs"
      }
    }
  }

  public var kind: Kind
  /// What is shown to people: a condition, the name of a rule.
  public var span: SourceSpan
  public var outcomes: [String]
  /// Where the counts of its outcomes begin.
  var first: Int
}
