/// The stretches of the civil calendar in which things are counted.
@frozen
public enum CalendarUnit: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  case day
  /// ISO 8601: from Monday on.
  case week
  case month
  case quarter
  case year
}
