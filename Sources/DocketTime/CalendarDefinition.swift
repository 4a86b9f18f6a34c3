/// Opening hours as they are written, before they are compiled to a `BusinessCalendar`.
public struct CalendarDefinition: Hashable, Sendable {
  /// Whose clock the windows and dates mean.
  public var zone: Zone
  /// The windows that start on each weekday, in any order; several on one day unite.
  public var weekly: [Weekday: [OpenWindow]]
  public var closed: [ClosedDates]
  /// They replace the hours of their day, also inside a closed range.
  public var open: [OpenDate]
  /// The last day whose holidays are known; days after it are provisional. `nil`: all are known.
  public var knownUntil: CivilDate?

  public init(
    zone: Zone, weekly: [Weekday: [OpenWindow]] = [:], closed: [ClosedDates] = [], open: [OpenDate] = [],
    knownUntil: CivilDate? = nil
  ) {
    self.zone = zone
    self.weekly = weekly
    self.closed = closed
    self.open = open
    self.knownUntil = knownUntil
  }

  /// The same windows on several days.
  public init(zone: Zone, on days: [Weekday], _ windows: [OpenWindow]) {
    self.init(zone: zone, weekly: Dictionary(days.map { ($0, windows) }) { $0 + $1 })
  }

  /// Monday to Friday.
  public static let workweek: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
}

/// Open hours that start on one day: from `start` up to but not including `end`, by the clock on the wall.
@frozen
public struct OpenWindow: Hashable, Sendable, BitwiseCopyable {
  /// Seconds after midnight, 0 ..< 86 400.
  public var start: Int32
  /// Seconds after the same midnight; over 86 400 for a window across midnight, at most 24 hours after `start`.
  public var end: Int32

  public init(start: Int32, end: Int32) {
    self.start = start
    self.end = end
  }

  /// `09:30-21:00`; an end that is not after the start lies on the next day (`22:00-06:00`). `nil` for a bad time.
  public init?(_ start: String, _ end: String) {
    guard let first = TimeOfDay.parse(start), first < 86_400, let last = TimeOfDay.parse(end) else { return nil }
    self.init(start: first, end: last > first ? last : last + 86_400)
  }

  public static let wholeDay = OpenWindow(start: 0, end: 86_400)
}

public struct ClosedDates: Hashable, Sendable {
  public var first: CivilDate
  /// Inclusive.
  public var last: CivilDate
  /// `National Day`; may be empty.
  public var name: String

  public init(_ first: CivilDate, _ last: CivilDate? = nil, name: String = "") {
    self.first = first
    self.last = last ?? first
    self.name = name
  }
}

/// A day with hours of its own, such as a make-up working day.
public struct OpenDate: Hashable, Sendable {
  public var date: CivilDate
  public var hours: Hours
  public var name: String

  public enum Hours: Hashable, Sendable {
    case windows([OpenWindow])
    /// Those that a weekday has.
    case like(Weekday)
    /// Those of the first weekday from Monday on that has any: what a list of holidays means by "work".
    case usual
  }

  public init(_ date: CivilDate, _ hours: Hours, name: String = "") {
    self.date = date
    self.hours = hours
    self.name = name
  }
}

/// Times of day as calendars spell them.
public enum TimeOfDay {
  /// `09:30`, `9:30`, `09:30:15` or `24:00`, in seconds after midnight; `nil` for anything else.
  public static func parse(_ text: some StringProtocol) -> Int32? {
    text.withBytes { bytes in
      var cursor = ByteCursor(bytes)
      guard let hour = cursor.digits(upTo: 2), cursor.take(UInt8(ascii: ":")), let minute = cursor.digits(2) else {
        return nil
      }
      var second: Int32 = 0
      if cursor.take(UInt8(ascii: ":")) {
        guard let value = cursor.digits(2) else { return nil }
        second = value
      }
      let total = hour * 3600 + minute * 60 + second
      guard cursor.isAtEnd, minute < 60, second < 60, total <= 86_400 else { return nil }
      return total
    }
  }

  /// `09:30`, `24:00`; with seconds when there are any.
  public static func text(_ seconds: Int32) -> String {
    var text: [UInt8] = []
    text.append(Int(seconds) / 3600, width: 2)
    text.append(UInt8(ascii: ":"))
    text.append(Int(seconds) / 60 % 60, width: 2)
    if seconds % 60 != 0 {
      text.append(UInt8(ascii: ":"))
      text.append(Int(seconds) % 60, width: 2)
    }
    return text.asText
  }
}
