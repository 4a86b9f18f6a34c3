/// What a rule engine tells whoever measures how far tests reach.

public import DocketDiagnostics
public import DocketTime

public enum RuleEvent {
  /// A route decided an item.
  case decision(Decision)
  /// A target gave a value: `to …`, one of its `else`s, or one of `otherwise`.
  case target(SourceSpan)
  /// The clocks of an item.
  case clocks([Clock])
  /// A clock counted on the hours of a calendar, by its place in the rulebook.
  case counted(calendar: Int, from: Instant, to: Instant)
  case measures(MeasureSet)
}
