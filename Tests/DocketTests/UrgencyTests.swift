/// In which order people see clocks.

import Docket
import DocketRules
import DocketTime
import Testing

@Suite struct UrgencyTests {
  /// What is due as the desk closes breaches only as it opens again; people see when it is due.
  @Test func openClocksStandInTheOrderOfWhatIsDue() throws {
    let desk = try ExplainedDesk(
      """
      zone "UTC"
      calendar desk { open mon-fri 09:00-18:00 }
      calendar day_and_night { open mon-sun 00:00-24:00 }
      entity Ticket as t { key id: string  opened: timestamp  in_hours: bool  closed: timestamp? }
      sla answer for Ticket as t {
        start  at t.opened
        stop   at t.closed
        target t.in_hours ? 8h : 9h
        using  t.in_hours ? desk : day_and_night
      }
      """,
      [
        "Ticket.csv": """
        id,opened,in_hours,closed
        a,2026-10-09T10:30:00Z,false,
        b,2026-10-09T10:00:00Z,true,
        c,2026-10-09T01:00:00Z,false,

        """
      ], at: "2026-10-09T12:00:00Z")
    let clocks = Urgency.sorted(Array(desk.engine.clocks(sla: 0)), desk.engine)
    #expect(clocks.map { desk.engine.keyText($0.item) } == ["c", "b", "a"])
    #expect(clocks.map { $0.due?.rfc3339() ?? "" } == clocks.map { $0.due?.rfc3339() ?? "" }.sorted())
    #expect(clocks[1].breachFrom ?? .minimum > clocks[2].breachFrom ?? .maximum)
  }
}
