/// The rule in the footer of a TZif file: POSIX's `TZ` with the extensions of RFC 8536, section 3.3.1, such as
/// `EST5EDT,M3.2.0,M11.1.0`, `<+03>-3`, `<-02>2<-01>,M3.5.0/-1,M10.5.0/0`, `XXX3YYY,J60,300`.
struct PosixRule: Hashable, Sendable {
  var standard: ZoneSegment
  var daylight: Daylight?

  struct Daylight: Hashable, Sendable {
    var segment: ZoneSegment
    var start: Moment
    var end: Moment
  }

  /// A day of the year, and seconds from its midnight by the clock in force until then.
  struct Moment: Hashable, Sendable {
    var day: Day
    var second: Int32
  }

  enum Day: Hashable, Sendable {
    /// `Jn`: 1 ... 365, February 29 is never counted.
    case julian(Int)
    /// `n`: 0 ... 365, February 29 counts.
    case zeroBased(Int)
    /// `Mm.w.d`: weekday `weekday` (0 is Sunday) of week `week` (5 is the last) of a month.
    case monthly(month: Int, week: Int, weekday: Int)
  }
}

// MARK: - Transitions

extension PosixRule {
  /// Both transitions of a year, in order.
  func transitions(in year: Int) -> [(Int64, ZoneSegment)] {
    guard let daylight else { return [] }
    let start = (daylight.start.localSeconds(in: year) - Int64(standard.offset), daylight.segment)
    let end = (daylight.end.localSeconds(in: year) - Int64(daylight.segment.offset), standard)
    return start.0 <= end.0 ? [start, end] : [end, start]
  }
}

extension PosixRule.Moment {
  fileprivate func localSeconds(in year: Int) -> Int64 {
    let newYear = CivilDate(uncheckedYear: year, month: 1, day: 1)
    let dayNumber: Int
    switch day {
    case .julian(let number):
      dayNumber = Int(newYear.daysSinceEpoch) + number - 1 + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0)
    case .zeroBased(let number):
      dayNumber = Int(newYear.daysSinceEpoch) + number
    case .monthly(let month, let week, let weekday):
      let first = CivilDate(uncheckedYear: year, month: month, day: 1)
      var offset = (weekday - first.weekday.sundayBased + 7) % 7 + (week - 1) * 7
      if offset >= CivilDate.daysInMonth(month, year: year) { offset -= 7 }
      dayNumber = Int(first.daysSinceEpoch) + offset
    }
    return Int64(dayNumber) * 86_400 + Int64(second)
  }
}

// MARK: - Parsing

extension PosixRule {
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> PosixRule? {
    var cursor = ByteCursor(bytes)
    guard let standardName = cursor.zoneName(), let west = cursor.clock(hourLimit: 24) else { return nil }
    var rule = PosixRule(
      standard: ZoneSegment(offset: -west, isDaylight: false, abbreviation: standardName), daylight: nil)
    if cursor.isAtEnd { return rule }

    guard let daylightName = cursor.zoneName() else { return nil }
    var daylightOffset = rule.standard.offset + 3600
    if !cursor.isAtEnd, cursor.current != UInt8(ascii: ",") {
      guard let west = cursor.clock(hourLimit: 24) else { return nil }
      daylightOffset = -west
    }
    // POSIX leaves the days open without a rule; all implementations take those of the United States.
    var start = Moment(day: .monthly(month: 3, week: 2, weekday: 0), second: 7200)
    var end = Moment(day: .monthly(month: 11, week: 1, weekday: 0), second: 7200)
    if !cursor.isAtEnd {
      guard cursor.take(UInt8(ascii: ",")), let ruleStart = cursor.moment(), cursor.take(UInt8(ascii: ",")),
        let ruleEnd = cursor.moment(), cursor.isAtEnd
      else { return nil }
      (start, end) = (ruleStart, ruleEnd)
    }
    rule.daylight = Daylight(
      segment: ZoneSegment(offset: daylightOffset, isDaylight: true, abbreviation: daylightName), start: start, end: end
    )
    return rule
  }
}

extension ByteCursor {
  /// `EST` or `<+03>`.
  fileprivate mutating func zoneName() -> String? {
    let isQuoted = take(UInt8(ascii: "<"))
    let start = position
    while isQuoted ? (!isAtEnd && current != UInt8(ascii: ">")) : current.isLetter { position += 1 }
    guard position - start >= (isQuoted ? 1 : 3) else { return nil }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    return isQuoted && !take(UInt8(ascii: ">")) ? nil : name
  }

  /// `[+-]h[:mm[:ss]]` in seconds.
  fileprivate mutating func clock(hourLimit: Int32) -> Int32? {
    let isNegative = take(UInt8(ascii: "-"))
    if !isNegative { _ = take(UInt8(ascii: "+")) }
    guard let hours = digits(upTo: 3), hours <= hourLimit else { return nil }
    var seconds = hours * 3600
    if take(UInt8(ascii: ":")) {
      guard let minutes = digits(2), minutes < 60 else { return nil }
      seconds += minutes * 60
      if take(UInt8(ascii: ":")) {
        guard let rest = digits(2), rest < 60 else { return nil }
        seconds += rest
      }
    }
    return isNegative ? -seconds : seconds
  }

  fileprivate mutating func moment() -> PosixRule.Moment? {
    let day: PosixRule.Day
    if take(UInt8(ascii: "M")) {
      guard let month = digits(upTo: 2), (1...12).contains(month), take(UInt8(ascii: ".")),
        let week = digits(upTo: 1), (1...5).contains(week), take(UInt8(ascii: ".")),
        let weekday = digits(upTo: 1), weekday < 7
      else { return nil }
      day = .monthly(month: Int(month), week: Int(week), weekday: Int(weekday))
    } else if take(UInt8(ascii: "J")) {
      guard let number = digits(upTo: 3), (1...365).contains(number) else { return nil }
      day = .julian(Int(number))
    } else {
      guard let number = digits(upTo: 3), number <= 365 else { return nil }
      day = .zeroBased(Int(number))
    }
    guard take(UInt8(ascii: "/")) else { return PosixRule.Moment(day: day, second: 7200) }
    // RFC 8536 lets the time run from -167 to 167 hours.
    guard let second = clock(hourLimit: 167) else { return nil }
    return PosixRule.Moment(day: day, second: second)
  }
}
