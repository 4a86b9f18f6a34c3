/// Holidays from an iCalendar file: every event that covers whole days closes them.

import DocketTime

struct ICalendarReader {
  typealias Problem = ImportedCalendar.Problem

  private struct Event {
    var line: Int
    var summary = ""
    var start: ICalendarLine?
    var end: ICalendarLine?
    var duration: ICalendarLine?
    var rule: ICalendarLine?
    var exceptions: [ICalendarLine] = []
    var isCancelled = false
    var isWorkday = false
  }

  private var calendar = ImportedCalendar()
  private var events: [Event] = []

  static func read(_ bytes: [UInt8], until: Int?) throws(Problem) -> ImportedCalendar {
    var reader = ICalendarReader()
    try reader.collect(try ICalendarLine.lines(of: bytes))
    var latest = until ?? 0
    if until == nil {
      for event in reader.events { latest = max(latest, try reader.date(event.start, event)?.year ?? 0) }
    }
    for event in reader.events where !event.isCancelled { try reader.add(event, latest) }
    return reader.calendar
  }

  // MARK: - Events

  private mutating func collect(_ lines: [ICalendarLine]) throws(Problem) {
    guard let first = lines.first, first.name == "BEGIN", first.value.uppercased() == "VCALENDAR" else {
      throw Problem(
        line: lines.first?.number ?? 1,
        message: "this is neither iCalendar (BEGIN:VCALENDAR) nor a JSON list of holidays")
    }
    // What is inside an event, such as an alarm, has lines of the same names.
    var open: [(name: String, line: Int)] = []
    for line in lines {
      let value = line.value.uppercased()
      switch line.name {
      case "BEGIN":
        open.append((value, line.number))
        if value == "VEVENT" { events.append(Event(line: line.number)) }
      case "END":
        guard let last = open.popLast(), last.name == value else {
          throw Problem(line: line.number, message: "END:\(line.value) closes nothing that is open")
        }
      default:
        if open.last?.name == "VCALENDAR" { try takeProperty(line) }
        if open.last?.name == "VEVENT", !events.isEmpty { take(line, &events[events.count - 1]) }
      }
    }
    if let last = open.last { throw Problem(line: last.line, message: "BEGIN:\(last.name) is not closed") }
  }

  private mutating func takeProperty(_ line: ICalendarLine) throws(Problem) {
    switch line.name {
    case "X-WR-CALNAME", "NAME": calendar.title = calendar.title ?? line.text
    case "X-WR-TIMEZONE": calendar.zone = try zone(line.value, line)
    default: break
    }
  }

  private func take(_ line: ICalendarLine, _ event: inout Event) {
    switch line.name {
    case "SUMMARY": event.summary = line.text
    case "DTSTART": event.start = line
    case "DTEND": event.end = line
    case "DURATION": event.duration = line
    case "RRULE": event.rule = line
    case "EXDATE": event.exceptions.append(line)
    case "STATUS": event.isCancelled = line.value.uppercased() == "CANCELLED"
    // Apple's calendar of China marks make-up workdays so.
    case "X-APPLE-SPECIAL-DAY": event.isWorkday = line.value.uppercased() == "ALTERNATE-WORKDAY"
    default: break
    }
  }

  private mutating func add(_ event: Event, _ latest: Int) throws(Problem) {
    guard let start = event.start, let first = try date(start, event) else {
      throw Problem(line: event.line, message: "the event has no DTSTART")
    }
    let count = try dayCount(event, from: first)
    guard count > 0 else {
      calendar.notes.append("\"\(event.summary)\" on \(first), which covers a part of a day only (line \(event.line))")
      return
    }
    var dates = [first]
    if let rule = event.rule {
      dates = try YearlyRule(rule).dates(from: first, until: latest)
      var exceptions: Set<CivilDate> = []
      for line in event.exceptions {
        for value in line.value.split(separator: ",") {
          var one = line
          one.value = String(value)
          if let date = try date(one, event) { exceptions.insert(date) }
        }
      }
      dates.removeAll { exceptions.contains($0) }
    }
    for date in dates {
      for offset in 0..<count {
        guard let day = date.addingDays(Int64(offset)) else { break }
        calendar.days.append(.init(date: day, name: event.summary, isWork: event.isWorkday))
      }
    }
  }

  /// The whole days that an event covers; 0 where it leaves out a part of its first or last one.
  private func dayCount(_ event: Event, from first: CivilDate) throws(Problem) -> Int {
    guard let start = event.start else { return 0 }
    let from = try dateTime(start)
    let until: CivilDateTime
    if let end = event.end {
      until = try dateTime(end)
    } else if let duration = event.duration {
      guard let days = Self.wholeDays(duration.value), let last = first.addingDays(Int64(days)),
        let end = CivilDateTime(date: last, secondOfDay: from.secondOfDay)
      else { return 0 }
      until = end
    } else {
      // Without an end, a date is that day and an instant takes no time.
      return start.value.contains("T") ? 0 : 1
    }
    guard from.secondOfDay == 0, until.secondOfDay == 0 else { return 0 }
    let days = until.date.days(since: first)
    guard days >= 0 else {
      throw Problem(line: event.end?.number ?? event.line, message: "the event ends before it begins")
    }
    guard days <= 366 else {
      throw Problem(line: event.line, message: "the event takes \(days) days: no holiday is longer than a year")
    }
    // Some programs write the first day as the end of a single day.
    return Int(days) == 0 && !start.value.contains("T") ? 1 : Int(days)
  }

  /// `P3D` or `P1W`; `nil` where there are hours.
  private static func wholeDays(_ text: String) -> Int? {
    guard text.first == "P", let unit = text.last, let number = Int(text.dropFirst().dropLast()), number >= 0,
      number <= 366
    else { return nil }
    return unit == "D" ? number : unit == "W" ? number * 7 : nil
  }

  // MARK: - Dates

  private func date(_ line: ICalendarLine?, _ event: Event) throws(Problem) -> CivilDate? {
    guard let line else { return nil }
    return try dateTime(line).date
  }

  /// `20261001`, `20261001T093000`, or with `Z`, which is read on the calendar's clock where it names one.
  private func dateTime(_ line: ICalendarLine) throws(Problem) -> CivilDateTime {
    let text = line.value
    let digits = Array(text.utf8)
    let isUTC = text.hasSuffix("Z")
    guard digits.count == 8 || digits.count == (isUTC ? 16 : 15), let date = Self.date(digits[..<8]),
      let midnight = CivilDateTime(date: date)
    else { throw Problem(line: line.number, message: "`\(text)` is no date: 20261001 is one, and 20261001T093000") }
    if digits.count == 8 { return midnight }
    let isTime = digits[8] == UInt8(ascii: "T")
    guard isTime, let hour = Self.number(digits[9..<11]), let minute = Self.number(digits[11..<13]),
      let second = Self.number(digits[13..<15]),
      let local = CivilDateTime(date: date, hour: hour, minute: minute, second: second)
    else { throw Problem(line: line.number, message: "`\(text)` is no time: 20261001T093000 is one") }
    if let name = line.parameters["TZID"] { _ = try zone(name, line) }
    guard isUTC, let zone = calendar.zone, let instant = Zone.utc.resolve(local).instant else { return local }
    return zone.local(instant)
  }

  private func zone(_ name: String, _ line: ICalendarLine) throws(Problem) -> Zone {
    // A slash in front marks names of a global registry.
    let known = name.hasPrefix("/") ? String(name.dropFirst()) : name
    guard let zone = Zone.named(known) else {
      throw Problem(line: line.number, message: "there is no time zone `\(name)`: Asia/Shanghai is one")
    }
    return zone
  }

  static func date(_ digits: ArraySlice<UInt8>) -> CivilDate? {
    let start = digits.startIndex
    guard digits.count == 8, let year = number(digits[start..<(start + 4)]),
      let month = number(digits[(start + 4)..<(start + 6)]), let day = number(digits[(start + 6)...])
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var number = 0
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }
}
