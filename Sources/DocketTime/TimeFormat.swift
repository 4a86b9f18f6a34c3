/// How an export writes its times, compiled from a pattern.
///
/// Patterns use Unicode's letters (UTS 35): `d/M/yyyy H:mm`, `yyyy-MM-dd HH:mm:ss.SSS`, `M/d/yy h:mm a`,
/// `dd-MMM-yyyy`, `yyyy-MM-dd'T'HH:mm:ssXXX`; or are one of the words `iso`, `unix`, `unix_ms`. One letter of a number
/// reads one or two digits, two read exactly two. Names are English, in any case. Two-digit years lie in 1970 ... 2069.
/// Reading is strict: a time that does not exist, or text left over, is a mismatch.
public struct TimeFormat: Hashable, Sendable {
  public let pattern: String
  let form: Form

  enum Form: Hashable, Sendable {
    /// RFC 3339, or ISO 8601 with fixed widths: a date, or a date and a time with or without an offset.
    case iso
    /// Seconds since 1970, with an optional fraction.
    case unix
    /// Whole milliseconds since 1970.
    case unixMilliseconds
    case elements([TimeFormatElement], hasTime: Bool, hasOffset: Bool)
  }
}

/// What a text turned out to be.
@frozen
public enum ParsedTime: Hashable, Sendable, BitwiseCopyable {
  /// The text had an offset, or counts from 1970.
  case instant(Instant)
  /// A date and a time of day whose zone must come from elsewhere.
  case local(CivilDateTime)
  /// A day alone, which is not its midnight.
  case date(CivilDate)
  case mismatch
}

/// What one piece of a pattern reads.
enum TimeFormatElement: Hashable, Sendable, BitwiseCopyable {
  case literal(UInt8)
  case year
  case shortYear
  case month(exact: Bool)
  case monthName(full: Bool)
  case day(exact: Bool)
  case weekdayName(full: Bool)
  case hour(exact: Bool)
  case halfDayHour(exact: Bool)
  case minute(exact: Bool)
  case second(exact: Bool)
  case fraction(digits: UInt8)
  case halfDay
  case offset(allowsZ: Bool, style: OffsetStyle)

  enum OffsetStyle: Hashable, Sendable, BitwiseCopyable {
    /// `+08` or `+0530`
    case short
    /// `+0800`
    case basic
    /// `+08:00`
    case extended
  }
}

// MARK: - Reading

extension TimeFormat {
  /// Reads the whole of `bytes`; no white space is skipped.
  public func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedTime {
    var cursor = ByteCursor(bytes)
    let result: ParsedTime? =
      switch form {
      case .iso: cursor.isoTime()
      case .unix: cursor.unixSeconds()
      case .unixMilliseconds: cursor.unixMilliseconds()
      case .elements(let elements, let hasTime, let hasOffset):
        cursor.time(elements, hasTime: hasTime, hasOffset: hasOffset)
      }
    guard let result, cursor.isAtEnd else { return .mismatch }
    return result
  }

  public func parse(_ text: some StringProtocol) -> ParsedTime {
    text.withBytes { parse($0) }
  }
}

extension ByteCursor {
  fileprivate mutating func time(_ elements: [TimeFormatElement], hasTime: Bool, hasOffset: Bool) -> ParsedTime? {
    var year: Int32 = 0
    var month: Int32 = 0
    var day: Int32 = 0
    var weekday: Weekday?
    var hour: Int32 = 0
    var minute: Int32 = 0
    var second: Int32 = 0
    var nanoseconds: Int32 = 0
    var isAfternoon: Bool?
    var offsetSeconds: Int32 = 0

    for element in elements {
      switch element {
      case .literal(let byte):
        guard take(byte) else { return nil }
      case .year:
        guard let value = digits(4) else { return nil }
        year = value
      case .shortYear:
        guard let value = digits(2) else { return nil }
        year = value < 70 ? 2000 &+ value : 1900 &+ value
      case .month(let exact):
        guard let value = number(exact) else { return nil }
        month = value
      case .monthName(let full):
        guard let value = name(in: MonthNames.all, full: full) else { return nil }
        month = Int32(value) &+ 1
      case .day(let exact):
        guard let value = number(exact) else { return nil }
        day = value
      case .weekdayName(let full):
        guard let value = name(in: WeekdayNames.all, full: full) else { return nil }
        weekday = Weekday.allCases[value]
      case .hour(let exact):
        guard let value = number(exact) else { return nil }
        hour = value
      case .halfDayHour(let exact):
        guard let value = number(exact), value >= 1, value <= 12 else { return nil }
        hour = value % 12
      case .minute(let exact):
        guard let value = number(exact) else { return nil }
        minute = value
      case .second(let exact):
        guard let value = number(exact) else { return nil }
        second = value
      case .fraction(let count):
        guard var value = digits(Int(count)) else { return nil }
        for _ in count..<9 { value &*= 10 }
        nanoseconds = value
      case .halfDay:
        let letter = current | 0x20
        guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
        position &+= 1
        guard current | 0x20 == UInt8(ascii: "m") else { return nil }
        position &+= 1
        isAfternoon = letter == UInt8(ascii: "p")
      case .offset(let allowsZ, let style):
        guard let value = offset(allowsZ: allowsZ, style: style) else { return nil }
        offsetSeconds = value
      }
    }

    guard let date = CivilDate(year: Int(year), month: Int(month), day: Int(day)) else { return nil }
    if let weekday, weekday != date.weekday { return nil }
    guard hasTime else { return .date(date) }
    if isAfternoon == true { hour &+= 12 }
    guard
      let local = CivilDateTime(
        date: date, hour: Int(hour), minute: Int(minute), second: Int(second), nanoseconds: nanoseconds)
    else { return nil }
    return hasOffset ? instant(local, offset: offsetSeconds) : .local(local)
  }

  private func instant(_ local: CivilDateTime, offset: Int32) -> ParsedTime? {
    Instant(seconds: local.localSeconds &- Int64(offset), nanoseconds: local.nanoseconds).map { .instant($0) }
  }

  fileprivate mutating func isoTime() -> ParsedTime? {
    guard let date = date() else { return nil }
    if isAtEnd { return .date(date) }
    guard take(UInt8(ascii: "T")) || take(UInt8(ascii: " ")), let hour = digits(2), take(UInt8(ascii: ":")),
      let minute = digits(2)
    else { return nil }
    var second: Int32 = 0
    var nanoseconds: Int32 = 0
    if take(UInt8(ascii: ":")) {
      guard let value = digits(2) else { return nil }
      second = value
      if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) {
        guard let value = fraction() else { return nil }
        nanoseconds = value
      }
    }
    guard
      let local = CivilDateTime(
        date: date, hour: Int(hour), minute: Int(minute), second: Int(second), nanoseconds: nanoseconds)
    else { return nil }
    if isAtEnd { return .local(local) }
    let start = position
    if let value = offset(allowsZ: true, style: .extended) { return instant(local, offset: value) }
    position = start
    return offset(allowsZ: true, style: .short).flatMap { instant(local, offset: $0) }
  }

  fileprivate mutating func unixSeconds() -> ParsedTime? {
    let isNegative = take(UInt8(ascii: "-"))
    guard let whole = wholeNumber() else { return nil }
    var nanoseconds: Int32 = 0
    if take(UInt8(ascii: ".")) {
      guard let value = fraction() else { return nil }
      nanoseconds = value
    }
    if !isNegative { return Instant(seconds: whole, nanoseconds: nanoseconds).map { .instant($0) } }
    return nanoseconds == 0
      ? Instant(seconds: -whole).map { .instant($0) }
      : Instant(seconds: -whole &- 1, nanoseconds: 1_000_000_000 &- nanoseconds).map { .instant($0) }
  }

  fileprivate mutating func unixMilliseconds() -> ParsedTime? {
    let isNegative = take(UInt8(ascii: "-"))
    guard let magnitude = wholeNumber() else { return nil }
    let whole = isNegative ? -magnitude : magnitude
    // Rounded down, since the parts of a second count forward.
    let part = (whole % 1000 &+ 1000) % 1000
    return Instant(seconds: (whole &- part) / 1000, nanoseconds: Int32(part) &* 1_000_000).map { .instant($0) }
  }

  /// One to sixteen digits.
  private mutating func wholeNumber() -> Int64? {
    var value: Int64 = 0
    let start = position
    while current.isDigit, position &- start < 16 {
      value = value &* 10 &+ Int64(current &- UInt8(ascii: "0"))
      position &+= 1
    }
    return position > start ? value : nil
  }

  @inline(__always)
  private mutating func number(_ exact: Bool) -> Int32? {
    exact ? digits(2) : digits(upTo: 2)
  }

  private mutating func offset(allowsZ: Bool, style: TimeFormatElement.OffsetStyle) -> Int32? {
    if allowsZ, take(UInt8(ascii: "Z")) { return 0 }
    let isWest = current == UInt8(ascii: "-")
    guard isWest || current == UInt8(ascii: "+") else { return nil }
    position &+= 1
    guard let hours = digits(2), hours < 24 else { return nil }
    var minutes: Int32 = 0
    if style == .short ? current.isDigit : style == .basic || take(UInt8(ascii: ":")) {
      guard let value = digits(2), value < 60 else { return nil }
      minutes = value
    } else if style == .extended {
      return nil
    }
    let seconds = hours &* 3600 &+ minutes &* 60
    return isWest ? -seconds : seconds
  }

  /// The index of the name that stands here, whole or by its first three letters.
  private mutating func name(in names: [StaticString], full: Bool) -> Int? {
    for (index, name) in names.enumerated() {
      let count = full ? name.utf8CodeUnitCount : 3
      guard bytes.count &- position >= count else { continue }
      let letters = UnsafeBufferPointer(start: name.utf8Start, count: count)
      if zip(letters, bytes[position..<position &+ count]).allSatisfy({ $0 == $1 | 0x20 }) {
        position &+= count
        return index
      }
    }
    return nil
  }
}

private enum MonthNames {
  static let all: [StaticString] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
}

private enum WeekdayNames {
  static let all: [StaticString] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
}
