/// The rulebook that `docket init` writes: small enough to read in a minute, with tests that pass and data that loads.

public enum Starter {
  public static let files: [(name: String, text: String)] = [
    ("model.docket", model), ("rules.docket", rules), ("tests.docket", tests), ("data/Ticket.csv", tickets),
    ("data/Agent.csv", agents),
  ]

  private static let model = """
    // What the rules speak of. `docket data` shows what the files under data/ hold of it.

    zone "UTC"

    enum Severity { minor "Minor", major "Major", critical "Critical" }

    enum Status { open "Open", solved "Solved" }

    entity Agent as a {
      key id: string
      name: string
      on_call: bool
      tickets: list<Ticket> from Ticket.agent as t where t.status == open
    }

    entity Ticket as t {
      key id: string
      subject: string
      severity: Severity
      status: Status
      created_at: timestamp
      answered_at: timestamp?
      agent: Agent?
    }

    source Ticket from "Ticket.csv" as row {
      times   "yyyy-MM-dd HH:mm"
      created row.created_at
    }

    source Agent from "Agent.csv"

    calendar office {
      open mon-fri 09:00-17:00
    }

    """

  private static let rules = """
    // Who answers, by when, and how well it goes.

    route agent "Who answers a ticket" for Ticket.agent as t {
      where t.agent == null and t.status == open
      order highest t.severity then lowest t.created_at

      rule outage "The worst goes to those on call" {
        when t.severity == critical
        to one Agent as a
           where a.on_call
           pick lowest a.tickets.size()
        because f"{t.id} is critical"
      }

      rule others {
        to one Agent as a pick lowest a.tickets.size()
      }

      otherwise nobody
    }

    sla first_answer "First answer" for Ticket as t {
      start  at t.created_at
      stop   at t.answered_at
      target t.severity == critical ? 1h : 8h
      using  office
    }

    kpi answered_in_time "Answered in time" over first_answer as r {
      by     r.item.severity
      value  ratio(r.met)
      absent skip
      target >= 90%
    }

    """

  private static let tests = """
    // What must hold whatever is changed: `docket test` runs these.

    fixture people {
      Agent { id: "ann", name: "Ann", on_call: true }
      Agent { id: "bob", name: "Bob", on_call: false }
    }

    test "a critical ticket goes to whoever is on call" {
      now @2026-10-09T09:00
      given people
      let t = Ticket { id: "T1", severity: critical, status: open, created_at: now }
      expect agent(t).to == Agent["ann"]
      expect agent(t).rule == "outage"
    }

    test "the clock stops when the office closes" {
      now @2026-10-09T16:30
      let t = Ticket { id: "T1", severity: critical, status: open, created_at: now }
      expect first_answer(t).due == @2026-10-12T09:30  // Monday
    }

    """

  private static let tickets = """
    id,subject,severity,status,created_at,answered_at,agent
    T1,The shop is down,Critical,Open,2026-10-09 09:05,2026-10-09 09:40,ann
    T2,Wrong invoice,Major,Solved,2026-10-08 10:00,2026-10-09 15:00,bob
    T3,How do I export?,Minor,Open,2026-10-09 11:30,,
    T4,Payments fail,Critical,Open,2026-10-09 12:00,,

    """

  private static let agents = """
    id,name,on_call
    ann,Ann,true
    bob,Bob,false

    """
}
