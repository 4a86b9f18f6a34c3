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
    let weekly = ics(event("DTSTART;VALUE=DATE:20261001", "RRULE:FREQ=WEEKLY"))
    #expect(problem(weekly)?.hasPrefix("5: RRULE with FREQ=WEEKLY is not supported") == true)
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
