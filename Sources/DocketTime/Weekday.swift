/// A day of the week, numbered as in ISO 8601.
@frozen
public enum Weekday: UInt8, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// `mon`, `tue`, ...: how calendars spell it.
  public var shortName: String {
    switch self {
    case .monday: "mon"
    case .tuesday: "tue"
    case .wednesday: "wed"
    case .thursday: "thu"
    case .friday: "fri"
    case .saturday: "sat"
    case .sunday: "sun"
    }
  }

  /// By its short name, in lower case.
  public init?(shortName: some StringProtocol) {
    guard let match = Weekday.allCases.first(where: { $0.shortName == shortName }) else { return nil }
    self = match
  }

  /// 0 for Sunday ... 6 for Saturday, as CEL's `getDayOfWeek` counts.
  public var sundayBased: Int { Int(rawValue) % 7 }

  public var next: Weekday { Weekday(rawValue: rawValue % 7 + 1) ?? .monday }
}

extension Weekday: Comparable {
  public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}
