/// Holidays from an iCalendar file: every event that covers whole days closes them.

import DocketTime

struct ICalendarReader {
  typealias Problem = ImportedCalendar.Problem

  private struct Event {
    var line: Int
    var identifier: String?
    var summary = ""
    var start: ICalendarLine?
    var end: ICalendarLine?
    var duration: ICalendarLine?
    var rules: [ICalendarLine] = []
    /// Days on which it takes place besides, and those on which it does not.
    var additions: [ICalendarLine] = []
    var exceptions: [ICalendarLine] = []
    var excludingRule: ICalendarLine?
    /// The day of another event with this identifier whose place it takes.
    var replaced: ICalendarLine?
    var isCancelled = false
    var isWorkday = false
  }

  private var calendar = ImportedCalendar()
  private var events: [Event] = []
  /// By identifier of an event that comes back: the days that events of their own replace.
  private var replacements: [String: Set<CivilDate>] = [:]

  static func read(_ bytes: [UInt8], until: Int?) throws(Problem) -> ImportedCalendar {
    var reader = ICalendarReader()
    try reader.collect(try ICalendarLine.lines(of: bytes))
    try reader.findReplacements()
    let events = reader.events.filter { !$0.isCancelled }
    var endless: [Event] = []
    for event in events {
      if try reader.rule(of: event)?.isEndless ?? false {
        endless.append(event)
      } else {
        try reader.add(event, Self.endOfYear(until ?? 9999))
      }
    }
    // Rules without an end go as far as everything else in the file.
    var latest = until ?? reader.calendar.days.map(\.date.year).max() ?? 0
    if until == nil {
      for event in endless { latest = max(latest, try reader.firstDate(of: event).year) }
    }
    for event in endless { try reader.add(event, Self.endOfYear(latest)) }
    return reader.calendar
  }

  private static func endOfYear(_ year: Int) -> CivilDate {
    CivilDate(year: min(max(year, 1), 9999), month: 12, day: 31) ?? .maximum
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
    case "UID": event.identifier = line.value
    case "RRULE": event.rules.append(line)
    case "RDATE": event.additions.append(line)
    case "EXDATE": event.exceptions.append(line)
    case "EXRULE": event.excludingRule = line
    case "RECURRENCE-ID": event.replaced = line
    case "STATUS": event.isCancelled = line.value.uppercased() == "CANCELLED"
    // Apple's calendar of China marks make-up workdays so.
    case "X-APPLE-SPECIAL-DAY": event.isWorkday = line.value.uppercased() == "ALTERNATE-WORKDAY"
    default: break
    }
  }

  private mutating func add(_ event: Event, _ horizon: CivilDate) throws(Problem) {
    let first = try firstDate(of: event)
    let count = try dayCount(event, from: first)
    guard count > 0 else {
      calendar.notes.append("\"\(event.summary)\" on \(first), which covers a part of a day only (line \(event.line))")
      return
    }
    let (dates, isCut) = try dates(of: event, from: first, until: horizon)
    var leavesOut = isCut
    for date in dates {
      for offset in 0..<count {
        guard let day = date.addingDays(Int64(offset)), day <= horizon else {
          leavesOut = true
          break
        }
        calendar.days.append(.init(date: day, name: event.summary, isWork: event.isWorkday))
      }
    }
    if leavesOut {
      calendar.notes.append("\"\(event.summary)\" after the year \(horizon.year) (line \(event.line))")
    }
  }

  private func firstDate(of event: Event) throws(Problem) -> CivilDate {
    guard let start = event.start else { throw Problem(line: event.line, message: "the event has no DTSTART") }
    return try dateTime(start, of: event).date
  }

  // MARK: - Events that come back

  private func rule(of event: Event) throws(Problem) -> RecurrenceRule? {
    if let line = event.excludingRule {
      throw Problem(line: line.number, message: "EXRULE is not understood: name the days that are left out with EXDATE")
    }
    guard let line = event.rules.first else { return nil }
    if event.rules.count > 1 {
      throw Problem(line: event.rules[1].number, message: "the event has two RRULEs: write two events")
    }
    return try RecurrenceRule(line) { (text) throws(Problem) in
      var end = line
      end.value = text
      return try dateTime(end, of: event).date
    }
  }

  /// The first days on which an event takes place, and whether it goes on after the last one that is asked for.
  private mutating func dates(of event: Event, from first: CivilDate, until horizon: CivilDate) throws(Problem)
    -> (dates: [CivilDate], isCut: Bool)
  {
    var dates: Set<CivilDate> = [first]
    var isCut = false
    if let rule = try rule(of: event) {
      let found = try rule.dates(from: first, until: horizon)
      dates.formUnion(found.dates)
      isCut = found.isCut
      if !rule.names(first) {
        calendar.doubts.append(
          "\"\(event.summary)\" begins on \(first), which its own rule does not name (line \(event.rules[0].number))")
      }
    }
    dates.formUnion(try self.dates(event.additions, of: event))
    for date in try self.dates(event.exceptions, of: event) where dates.remove(date) == nil && date <= horizon {
      calendar.doubts.append(
        "\"\(event.summary)\" leaves out \(date), on which it does not take place (line \(event.line))")
    }
    if event.replaced == nil, let identifier = event.identifier, let replaced = replacements[identifier] {
      dates.subtract(replaced)
    }
    return (dates.sorted(), isCut)
  }

  private func dates(_ lines: [ICalendarLine], of event: Event) throws(Problem) -> [CivilDate] {
    var dates: [CivilDate] = []
    for line in lines {
      if line.parameters["VALUE"]?.uppercased() == "PERIOD" {
        throw Problem(
          line: line.number, message: "\(line.name) with periods is not understood: write events of their own")
      }
      for value in line.value.split(separator: ",", omittingEmptySubsequences: false) {
        var one = line
        one.value = String(value)
        dates.append(try dateTime(one, of: event).date)
      }
    }
    return dates
  }

  /// An event with a RECURRENCE-ID stands for one day of another; where it is cancelled, that day is left out.
  private mutating func findReplacements() throws(Problem) {
    for event in events {
      guard let line = event.replaced else { continue }
      guard line.parameters["RANGE"] == nil else {
        throw Problem(
          line: line.number,
          message: "a RECURRENCE-ID with RANGE is not understood: end the RRULE and write another event")
      }
      guard let identifier = event.identifier else {
        throw Problem(line: line.number, message: "the event has a RECURRENCE-ID but no UID, which says of what")
      }
      replacements[identifier, default: []].insert(try dateTime(line, of: event).date)
    }
  }

  /// The whole days that an event covers; 0 where it leaves out a part of its first or last one.
  private func dayCount(_ event: Event, from first: CivilDate) throws(Problem) -> Int {
    guard let start = event.start else { return 0 }
    let from = try dateTime(start, of: event)
    let until: CivilDateTime
    if let end = event.end {
      until = try dateTime(end, of: event)
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

  /// `20261001`, `20261001T093000`, or with `Z`, which is read on the event's clock where it or the calendar names one.
  private func dateTime(_ line: ICalendarLine, of event: Event) throws(Problem) -> CivilDateTime {
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
    guard isUTC, let instant = Zone.utc.resolve(local).instant else { return local }
    if let start = event.start, let name = start.parameters["TZID"] { return try zone(name, start).local(instant) }
    return calendar.zone?.local(instant) ?? local
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
