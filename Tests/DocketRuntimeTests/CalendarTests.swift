import DocketDiagnostics
import DocketRuntime
import DocketTime
import Testing

@testable import DocketSemantics

@Suite struct CalendarTests {
  @Test func openingHours() throws {
    let zone = try #require(Zone.named("Asia/Shanghai"))
    let t = Tree(zone: zone)
    var problems: [CalendarProblem] = []
    let window = try #require(OpenWindow("09:30", "21:00"))
    let calendar = try #require(
      BusinessCalendar(CalendarDefinition(zone: zone, on: CalendarDefinition.workweek, [window]), problems: &problems))
    t.rulebook.calendars = [CheckedCalendar(name: "desk", titles: [], calendar: calendar, span: t.null.span)]
    let desk = t.node(.calendar(0), .calendar)
    // A Friday evening.
    let friday = t.time("2026-10-09T20:50:00+08:00")
    #expect(t.show(t.call(.isOpen, desk, friday)) == "true")
    #expect(t.show(t.call(.addOpen, desk, friday, t.span("15m"))) == "timestamp(\"2026-10-12T01:35:00Z\")")
    #expect(t.show(t.call(.nextOpen, desk, t.time("2026-10-10T00:00:00Z"))) == "timestamp(\"2026-10-12T01:30:00Z\")")
    #expect(t.show(t.call(.elapsed, desk, friday, t.time("2026-10-12T09:40:00+08:00"))) == "duration(\"1200s\")")
    #expect(t.show(t.call(.isWorkday, desk, t.call(.toDate, t.text("2026-10-10")))) == "false")
    #expect(t.show(t.call(.addWorkdays, desk, friday, t.int(1))) == "timestamp(\"2026-10-12T12:50:00Z\")")
    #expect(t.show(t.call(.closing, desk, friday, t.int(0))) == "timestamp(\"2026-10-09T13:00:00Z\")")
    #expect(t.show(t.call(.timeOfDay, desk, friday, t.text("08:30"))) == "timestamp(\"2026-10-09T00:30:00Z\")")
    #expect(t.show(t.call(.timeOfDay, desk, friday, t.text("8.30"))).hasPrefix("error: \"8.30\" is not a time of day"))
    #expect(t.show(t.call(.isOpen, desk, t.int(1))) == "error: no such overload: is_open(calendar, int)")
  }
}
