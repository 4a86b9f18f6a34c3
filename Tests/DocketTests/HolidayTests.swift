/// Holidays from files: the `holidays` block, and what `docket calendar import` writes.

import Docket
import DocketDiagnostics
import DocketFormat
import DocketSemantics
import DocketTime
import Foundation
import Testing

@Suite struct HolidayTests {
  private func imported(_ text: String, until: Int? = nil) throws -> ImportedCalendar {
    try ImportedCalendar.read(Array(text.utf8), until: until)
  }

  private func problem(_ text: String) -> String? {
    do {
      _ = try ImportedCalendar.read(Array(text.utf8))
      return nil
    } catch { return "\(error.line): \(error.message)" }
  }

  private func days(_ calendar: ImportedCalendar) -> [String] {
    calendar.days.map { "\($0.date) \($0.name)\($0.isWork ? " (work)" : "")" }
  }

  private func ics(_ events: String, head: String = "") -> String {
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\(head)\(events)END:VCALENDAR\r\n"
  }

  private func event(_ lines: String...) -> String {
    "BEGIN:VEVENT\r\n" + lines.map { $0 + "\r\n" }.joined() + "END:VEVENT\r\n"
  }

  // MARK: - iCalendar

  @Test func anEventOfSeveralDaysEndsBeforeItsEnd() throws {
    let text = ics(event("SUMMARY:National Day", "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261004"))
    #expect(
      days(try imported(text)) == ["2026-10-01 National Day", "2026-10-02 National Day", "2026-10-03 National Day"])
    #expect(days(try imported(text.replacingOccurrences(of: "\r\n", with: "\n"))).count == 3)
  }

  @Test func foldedLinesEscapesAndTheNameOfTheCalendar() throws {
    let text = ics(
      event("SUMMARY:国庆\r\n 节\\, day \\\"one\\\"\\; and\r\n\t more", "DTSTART;VALUE=DATE:20261001"),
      head: "X-WR-CALNAME:Days\\, off\r\nX-WR-TIMEZONE:Asia/Shanghai\r\n")
    let calendar = try imported(text)
    #expect(days(calendar) == ["2026-10-01 国庆节, day \"one\"; and more"])
    #expect(calendar.title == "Days, off")
    #expect(calendar.zone?.name == "Asia/Shanghai")
  }

  @Test func wholeDaysMayBeWrittenAsTimes() throws {
    let local = event(
      "SUMMARY:A", "DTSTART;TZID=Europe/Berlin:20261224T000000", "DTEND;TZID=Europe/Berlin:20261226T000000")
    #expect(days(try imported(ics(local))) == ["2026-12-24 A", "2026-12-25 A"])
    // Midnight in Shanghai.
    let utc = event("SUMMARY:B", "DTSTART:20260930T160000Z", "DTEND:20261001T160000Z")
    #expect(days(try imported(ics(utc, head: "X-WR-TIMEZONE:Asia/Shanghai\r\n"))) == ["2026-10-01 B"])
    let week = event("SUMMARY:C", "DTSTART;VALUE=DATE:20261001", "DURATION:P1W")
    #expect(days(try imported(ics(week))).count == 7)
  }

  @Test func aPartOfADayIsListedAndNotTakenOver() throws {
    let text = ics(
      event("SUMMARY:Early close", "DTSTART:20261224T130000", "DTEND:20261224T180000")
        + event("SUMMARY:Christmas", "DTSTART;VALUE=DATE:20261225"))
    let calendar = try imported(text)
    #expect(days(calendar) == ["2026-12-25 Christmas"])
    #expect(calendar.notes == ["\"Early close\" on 2026-12-24, which covers a part of a day only (line 3)"])
  }

  @Test func rulesThatComeBackEveryYear() throws {
    let newYear = event("SUMMARY:New Year", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY")
    #expect(
      days(try imported(ics(newYear), until: 2028)).map { $0.prefix(10) } == ["2026-01-01", "2027-01-01", "2028-01-01"])
    let thanksgiving = event(
      "SUMMARY:Thanksgiving", "DTSTART;VALUE=DATE:20261126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3")
    #expect(
      days(try imported(ics(thanksgiving))).map { $0.prefix(10) } == ["2026-11-26", "2027-11-25", "2028-11-23"])
    let leap = event("SUMMARY:Leap", "DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;UNTIL=20330101")
    #expect(days(try imported(ics(leap))).map { $0.prefix(10) } == ["2024-02-29", "2028-02-29", "2032-02-29"])
    let last = event(
      "SUMMARY:Memorial Day", "DTSTART;VALUE=DATE:20260525", "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20271231",
      "EXDATE;VALUE=DATE:20260525")
    #expect(days(try imported(ics(last))).map { $0.prefix(10) } == ["2027-05-31"])
  }

  /// The dates of one event with a rule; `lines` are those after its DTSTART.
  private func dates(_ start: String, _ lines: String..., until: Int? = nil) throws -> [String] {
    let text =
      "BEGIN:VEVENT\r\nSUMMARY:A\r\nDTSTART;VALUE=DATE:\(start)\r\n" + lines.map { $0 + "\r\n" }.joined()
      + "END:VEVENT\r\n"
    return days(try imported(ics(text), until: until)).map { String($0.prefix(10)) }
  }

  @Test func rulesThatComeBackByDaysWeeksAndMonths() throws {
    #expect(
      try dates("20261228", "RRULE:FREQ=DAILY;COUNT=5")
        == ["2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01"])
    // Every second Friday, and a last one that UNTIL includes.
    #expect(
      try dates("20260102", "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20260213")
        == ["2026-01-02", "2026-01-16", "2026-01-30", "2026-02-13"])
    #expect(
      try dates("20260301", "RRULE:FREQ=WEEKLY;BYDAY=SA,SU;COUNT=4")
        == ["2026-03-01", "2026-03-07", "2026-03-08", "2026-03-14"])
    // Where a week begins matters once weeks are left out: the example of RFC 5545.
    let everyOther = "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST="
    #expect(
      try dates("19970805", everyOther + "MO") == ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"])
    #expect(
      try dates("19970805", everyOther + "SU") == ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"])
    // The last Friday of a month, and its last weekday.
    #expect(
      try dates("20260130", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3") == ["2026-01-30", "2026-02-27", "2026-03-27"])
    #expect(
      try dates("20260130", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3")
        == ["2026-01-30", "2026-02-27", "2026-03-31"])
    // Months without a 31st are passed over.
    #expect(try dates("20260131", "RRULE:FREQ=MONTHLY;COUNT=3") == ["2026-01-31", "2026-03-31", "2026-05-31"])
    #expect(
      try dates("20260213", "RRULE:FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;COUNT=3")
        == ["2026-02-13", "2026-03-13", "2026-11-13"])
    // Every day of January: the example of RFC 5545, in its two spellings.
    let january = try dates("19980101", "RRULE:FREQ=DAILY;UNTIL=19980131;BYMONTH=1")
    #expect(january.count == 31)
    #expect(
      try dates("19980101", "RRULE:FREQ=YEARLY;UNTIL=19980131;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA") == january)
  }

  @Test func daysOfAYearAreCountedFromEitherEnd() throws {
    #expect(
      try dates("19970101", "RRULE:FREQ=YEARLY;INTERVAL=3;COUNT=6;BYYEARDAY=1,100,200")
        == ["1997-01-01", "1997-04-10", "1997-07-19", "2000-01-01", "2000-04-09", "2000-07-18"])
    #expect(
      try dates("19970519", "RRULE:FREQ=YEARLY;BYDAY=20MO;COUNT=3") == ["1997-05-19", "1998-05-18", "1999-05-17"])
    #expect(
      try dates("19970512", "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3")
        == ["1997-05-12", "1998-05-11", "1999-05-17"])
    #expect(try dates("20261231", "RRULE:FREQ=YEARLY;BYYEARDAY=-1;COUNT=2") == ["2026-12-31", "2027-12-31"])
    // Election day: the Tuesday after a Monday in November, every fourth year.
    #expect(
      try dates("19961105", "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3")
        == ["1996-11-05", "2000-11-07", "2004-11-02"])
    #expect(
      try dates("20260601", "RRULE:FREQ=YEARLY;BYMONTHDAY=1;COUNT=3") == ["2026-06-01", "2026-07-01", "2026-08-01"])
  }

  @Test func daysAreAddedLeftOutAndReplaced() throws {
    #expect(
      try dates("20260102", "RRULE:FREQ=WEEKLY;COUNT=3", "RDATE;VALUE=DATE:20260106,20260120", "EXDATE:20260109T000000")
        == ["2026-01-02", "2026-01-06", "2026-01-16", "2026-01-20"])
    #expect(try dates("20260102", "RDATE;VALUE=DATE:20260105") == ["2026-01-02", "2026-01-05"])
    let weekly = event(
      "UID:1", "SUMMARY:Closed", "DTSTART;VALUE=DATE:20260102", "DTEND;VALUE=DATE:20260104",
      "RRULE:FREQ=WEEKLY;COUNT=3")
    let moved = event("UID:1", "SUMMARY:Moved", "RECURRENCE-ID;VALUE=DATE:20260109", "DTSTART;VALUE=DATE:20260113")
    let dropped = event(
      "UID:1", "STATUS:CANCELLED", "RECURRENCE-ID;VALUE=DATE:20260116", "DTSTART;VALUE=DATE:20260116")
    #expect(
      days(try imported(ics(weekly + moved + dropped)))
        == ["2026-01-02 Closed", "2026-01-03 Closed", "2026-01-13 Moved"])
  }

  @Test func theYearsAskedForBoundAllDaysAndWhatIsLeftOutIsListed() throws {
    let forever = event("SUMMARY:Fridays", "DTSTART;VALUE=DATE:20260102", "RRULE:FREQ=WEEKLY")
    let long = event("SUMMARY:Long", "DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270103")
    let ended = event("SUMMARY:Ended", "DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=YEARLY;UNTIL=20300105")
    let asked = try imported(ics(forever + long + ended), until: 2026)
    #expect(asked.days.last?.date.description == "2026-12-31")
    #expect(asked.days.count { $0.name == "Fridays" } == 52)
    #expect(
      asked.notes == ["\"Long\" after the year 2026 (line 8)", "\"Ended\" after the year 2026 (line 13)"])
    // Otherwise rules for ever go as far as the rest.
    let all = try imported(ics(forever + long + ended))
    #expect(all.notes.isEmpty)
    #expect(all.days.last { $0.name == "Fridays" }?.date.description == "2030-12-27")
  }

  @Test func whatMayNotBeMeantIsSaid() throws {
    let text = ics(
      event(
        "SUMMARY:Fridays", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2",
        "EXDATE;VALUE=DATE:20260103"))
    let calendar = try imported(text)
    #expect(days(calendar).map { $0.prefix(10) } == ["2026-01-01", "2026-01-02"])
    #expect(
      calendar.doubts == [
        "\"Fridays\" begins on 2026-01-01, which its own rule does not name (line 6)",
        "\"Fridays\" leaves out 2026-01-03, on which it does not take place (line 3)",
      ])
    #expect(
      calendar.source(name: "a", hours: "09:00-17:00", file: "a.ics").contains("// Look at: \"Fridays\" begins on"))
  }

  @Test(arguments: [
    (
      "RRULE:FREQ=HOURLY",
      "an RRULE with FREQ=HOURLY is not understood: days come back DAILY, WEEKLY, MONTHLY or YEARLY"
    ),
    ("RRULE:COUNT=2", "the RRULE has no FREQ"),
    ("RRULE:FREQ=DAILY;COUNT=2;UNTIL=20270101", "the RRULE has both COUNT and UNTIL: one of them ends it"),
    ("RRULE:FREQ=DAILY;COUNT=2;COUNT=3", "the RRULE has COUNT twice"),
    ("RRULE:FREQ=DAILY;COUNT=0", "`0` does not fit COUNT of the RRULE"),
    ("RRULE:FREQ=DAILY;UNTIL=2027", "`2027` is no date: 20261001 is one, and 20261001T093000"),
    (
      "RRULE:FREQ=DAILY;BYHOUR=9",
      "an RRULE with BYHOUR is not understood: events of whole days come back by days, weeks, months and years"
    ),
    (
      "RRULE:FREQ=WEEKLY;BYDAY=1MO",
      "an RRULE with a numbered BYDAY and FREQ=WEEKLY is not understood: a number counts in a month or a year"
    ),
    ("RRULE:FREQ=WEEKLY;BYDAY=XX", "`XX` is no weekday for BYDAY of the RRULE: MO is one"),
    (
      "RRULE:FREQ=MONTHLY;BYWEEKNO=20",
      "an RRULE with BYWEEKNO and FREQ=MONTHLY is not understood: weeks are numbered in a year"
    ),
    (
      "RRULE:FREQ=MONTHLY;BYSETPOS=1",
      "an RRULE with BYSETPOS alone is not understood: it chooses among the days that another part names"
    ),
    ("RRULE:FREQ=DAILY;UNTIL=99991231", "the RRULE names more than 10000 days: say with --until where to end"),
    ("RRULE:FREQ=DAILY\r\nRRULE:FREQ=YEARLY", "the event has two RRULEs: write two events"),
    ("EXRULE:FREQ=DAILY", "EXRULE is not understood: name the days that are left out with EXDATE"),
    ("RDATE;VALUE=PERIOD:20260101T000000Z/P1D", "RDATE with periods is not understood: write events of their own"),
    (
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20260109",
      "a RECURRENCE-ID with RANGE is not understood: end the RRULE and write another event"
    ),
    ("RECURRENCE-ID:20260109", "the event has a RECURRENCE-ID but no UID, which says of what"),
  ])
  func aRuleThatIsNotUnderstoodIsRefused(line: String, message: String) {
    let said = problem(ics(event("DTSTART;VALUE=DATE:20260102", line)))
    #expect(said.map { String($0.drop { $0 != " " }.dropFirst()) } == message)
  }

  @Test func cancelledEventsAreNoHolidaysAndMakeUpDaysAreWork() throws {
    let text = ics(
      event("SUMMARY:A", "DTSTART;VALUE=DATE:20261001", "STATUS:CANCELLED")
        + event("SUMMARY:国庆节", "DTSTART;VALUE=DATE:20261010", "X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY"))
    #expect(days(try imported(text)) == ["2026-10-10 国庆节 (work)"])
  }

  @Test func badFilesSayWhere() {
    #expect(problem("") == "1: the file is empty")
    #expect(problem("hello") == "1: this is no line of iCalendar: a line is NAME:value")
    #expect(problem("A:b\n")?.hasPrefix("1: this is neither iCalendar") == true)
    #expect(problem(ics(event("SUMMARY:A", "DTSTART:2026-10-01")))?.hasPrefix("5: `2026-10-01` is no date") == true)
    #expect(problem(ics(event("SUMMARY:A"))) == "3: the event has no DTSTART")
    #expect(problem("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n") == "3: END:VCALENDAR closes nothing that is open")
    #expect(problem("BEGIN:VCALENDAR\nBEGIN:VEVENT\n") == "2: BEGIN:VEVENT is not closed")
    let zone = ics(event("DTSTART;TZID=Mars/Base:20261001T000000"))
    #expect(problem(zone) == "4: there is no time zone `Mars/Base`: Asia/Shanghai is one")
    #expect(problem(ics("")) == "1: the file names no day")
    #expect(
      problem("{\"days\": [\n{\"date\": \"2026-13-01\", \"isOffDay\": true}]}")?.hasPrefix("2: `2026-13-01` is no date")
        == true)
    #expect(problem("{\"days\": [\n{\"date\": \"2026-10-01\"}]}")?.hasPrefix("2: 2026-10-01 does not say") == true)
    #expect(problem("{\"days\": [\n\n{,}]}") == "3: the text is no JSON")
    #expect(problem("{}") == "1: a list of holidays has \"days\"; this has none")
  }

  @Test func noTextMakesItFail() {
    var random = SystemRandomNumberGenerator()
    let sample = Array(
      ics(event("SUMMARY:A\\", "DTSTART:20261001T000000Z", "RRULE:FREQ=YEARLY;BYDAY=4TH;BYMONTH=11")).utf8)
    for _ in 0..<300 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? ImportedCalendar.read(bytes)
    }
  }

  // MARK: - holiday-cn, and the source that is written

  private static let china = """
    {"year": 2026, "papers": ["https://example.org/notice"], "days": [
      {"name": "国庆节", "date": "2026-10-01", "isOffDay": true},
      {"name": "国庆节", "date": "2026-10-02", "isOffDay": true},
      {"name": "国庆节", "date": "2026-10-10", "isOffDay": false},
      {"name": "元旦", "date": "2026-01-01", "isOffDay": true}
    ]}
    """

  @Test func theSourceIsGroupedByHolidayAndLaidOut() throws {
    let calendar = try imported(Self.china)
    let text = calendar.source(name: "china", hours: "09:30-21:00", file: "2026.json")
    #expect(
      text == """
        // From 2026.json. Review it: the hours are yours to set.
        // Published: https://example.org/notice

        calendar china {
          zone "Asia/Shanghai"
          open mon-fri 09:30-21:00

          // 2026
          closed @2026-01-01 "元旦"
          closed @2026-10-01..@2026-10-02 "国庆节"
          open @2026-10-10 09:30-21:00 "make-up day: 国庆节"

          known until @2026-12-31
        }

        """)
    var sources = SourceMap()
    guard case .formatted(_, let isChanged) = Formatter.format(sources.add(path: "china", text: text)) else {
      Issue.record("the source does not parse")
      return
    }
    #expect(!isChanged)
    let rulebook = Rulebook.check(sources)
    #expect(rulebook.diagnostics.all.isEmpty)
    let compiled = try #require(rulebook.checked.calendars.first).calendar
    let holiday = try #require(CivilDate.parse("2026-10-01"))
    let makeUp = try #require(CivilDate.parse("2026-10-10"))
    #expect(!compiled.isWorkday(holiday))
    #expect(compiled.isWorkday(makeUp))
  }

  @Test func namesWithQuotesAreWrittenAsStrings() throws {
    let text = ics(
      event("SUMMARY:The \"big\" \\\\ day\\nof", "DTSTART;VALUE=DATE:20261001"), head: "X-WR-CALNAME:a\\nb\r\n")
    var sources = SourceMap()
    sources.add(path: "x", text: try imported(text).source(name: "x", hours: "09:00-18:00", file: "a\nb.ics"))
    let problems = Rulebook.check(sources).diagnostics.all
    // There is no zone, and nothing else is wrong.
    #expect(problems.map(\.code) == [.noZone])
  }

  // MARK: - The block

  @Test func theBlockReadsAFileBesideTheRulebook() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-holidays-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "2026-10-01,National Day,off\n2026-10-10,\"made up, all day\",work\n".write(
      to: folder.appendingPathComponent("days.csv"), atomically: true, encoding: .utf8)
    try """
    zone "Asia/Shanghai"
    calendar desk {
      open mon-fri 09:00-18:00
      holidays "days.csv"
    }
    """.write(to: folder.appendingPathComponent("desk.docket"), atomically: true, encoding: .utf8)
    let rulebook = Rulebook.load(folder.path)
    #expect(rulebook.diagnostics.all.isEmpty)
    let calendar = try #require(rulebook.checked.calendars.first).calendar
    let first = try #require(CivilDate.parse("2026-10-01"))
    let october = Period(.month, containing: first)
    let drawn = CalendarMonth(calendar, october).render(color: false)
    #expect(drawn.contains("2026-10-01 closed: National Day\n"))
    #expect(drawn.contains("2026-10-10 open: made up, all day\n"))
    #expect(drawn.contains("10 open"))
  }
}
