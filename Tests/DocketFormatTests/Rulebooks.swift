import Glibc

/// Rulebooks in Docket's layout.
enum Rulebooks {
  /// The rulebook that ships with the incident log.
  static let incidents: [(name: String, text: String)] = ["model", "route", "rules", "tests"].map {
    ("\($0).docket", read("scripts/incidents/\($0).docket"))
  }

  /// A file of the package, by its path from the root.
  private static func read(_ path: String) -> String {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    guard let stream = fopen("\(root)/\(path)", "rb") else { return "" }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&block, 1, block.count, stream)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }

  /// The tour of the language.
  static let tour = #"""
    use support  // the standard domain model
    zone "Asia/Shanghai"

    calendar support_desk {
      open mon-fri 09:30-21:00
      closed @2026-10-01..@2026-10-07 "National Day"
      open @2026-10-10 09:30-21:00 "make-up day"
      known until @2026-12-31  // deadlines past this are provisional
    }

    table response_target(priority: Priority, tier: Tier): duration {
      priority | tier     | result
      critical | >= gold  | 15m
      critical | _        | 30m
      high     | platinum | 1h
      high     | _        | 2h
      _        | _        | 8h
    }

    func load(p: Person): int = size(p.open_feedback)

    enum Priority { low "4 - Low" "低", moderate "3 - Moderate", high "2 - High", critical "1 - Critical" }

    entity Feedback "客户反馈" as f {
      key id: string
      subject: string
      votes: int = 0
      status: Status "状态"
      owner: ProductManager?          // a reference: the data holds the key
      let open = f.status < resolved  // derived
    }

    entity Message "沟通记录" { key id: string  feedback: Feedback  at: timestamp event  from: Side  public: bool }

    entity ProductManager = Person as p where product_manager in p.roles

    extend entity Person {
      open_feedback: list<Feedback> from Feedback.owner as g where g.open
    }

    source Incident from "incident_event_log.csv" as row {
      missing    "?"
      times      "d/M/yyyy H:mm", "unix" zone "UTC"
      created    row.opened_at
      version    row.sys_updated_at, int(row.sys_mod_count)  // one line per change
      backfilled resolved_at, closed_at
      accept     incident_state "-100" as absent
      group   = row.assignment_group
      minutes = int(row.minutes) * 1m
    }

    route owner "Who answers for a piece of feedback" for Feedback.owner as f {
      where f.owner == null
      order highest f.priority then lowest f.created_at

      rule outage "An outage goes to a release manager of the product who is on duty and has room" {
        when f.kind == bug and f.severity >= major
        to one ProductManager as pm
           where responsible(pm, f.product, release, now) and on_duty(pm, now) and load(pm) < pm.capacity
           prefer pm == f.customer.last_owner
           pick lowest load(pm) then highest pm.experience then round robin
        else to Team["on-call"].lead
        notify "incidents" f"{f.id}: {f.subject} ({f.customer.name})"
        because f"{f.severity} bug in {f.product.name}"
      }

      rule wishes {
        when f.kind == request
        unless f.customer.tier == standard and f.votes < 3
        to f.product.owner
      }

      otherwise to Team["triage"].lead  // or: otherwise nobody
    }

    sla first_response "首次响应" for Feedback as f {
      where  f.kind in [bug, complaint, question]
      start  at f.created_at
      stop   on f.messages as m where m.from == agent and m.public
      pause  while f.status == waiting_on_customer
      target response_target(f.priority, f.customer.tier)
      using  support_desk
      at 75%    notify f.owner f"{f.id} is due {due}"
      at breach notify f.owner.manager f"{f.id} missed its first response"
      after breach every 4h up to 3 times as n notify up(f.owner, n + 1) f"{f.id} is still open"
    }

    kpi csat "客户满意度" over Survey as s {
      where  s.answered_at != null
      every  month of s.answered_at
      by     s.product
      value  ratio(s.score >= 4)
      target >= 90%
      warn   >= 80%
      at least 30 rows
      at off_target notify "product" f"CSAT of {product} fell to {value}"
    }

    ensure one_release_manager "每个产品恰有一名发布负责人" for each Product as p {
      during next 90d
      expect size(holders(p, release, now)) == 1
      because f"{p.name}: {holders(p, release, now)}"
    }

    fixture acme {
      Customer { id: "acme", name: "Acme", tier: gold }
      Product { id: "pay", name: "Payments", owner: "li" }
    }

    test "who gets what" tags "route", "smoke" {
      now @2026-10-09T10:00
      given acme
      cases {
        kind: Kind | severity: Severity | rule
        bug        | critical           | "outage"
        request    | minor              | "wishes"
      }
      let f = Feedback { customer: "acme", product: "pay", kind: kind, severity: severity }
      wait 5m
      set f.status = waiting_on_customer
      expect owner(f).rule == rule
      expect 2.0 / 3.0 within 0.1%
    }

    """#
}
