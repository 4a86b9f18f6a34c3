/// The library `support`: it is sound, it speaks both languages, and a rulebook may put its own in place of it.

import Docket
import DocketData
import DocketDiagnostics
import DocketFormat
import DocketRules
import DocketSemantics
import DocketSyntax
import DocketTesting
import Foundation
import Testing

/// Checks a rulebook that is one text.
private func check(_ text: String) -> Rulebook {
  var sources = SourceMap()
  sources.add(path: "rules.docket", text: text)
  return Rulebook.check(sources)
}

/// The codes and messages of what was found.
private func told(_ rulebook: Rulebook) -> [String] {
  rulebook.diagnostics.all.map { "\($0.code.rawValue) \($0.message)" }
}

/// Runs the tests of a rulebook, all of which must pass.
private func expectPasses(
  _ text: String, atLeast count: Int, sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let rulebook = check(text)
  #expect(
    rulebook.diagnostics.all.isEmpty, "\(render(rulebook.diagnostics.all, sources: rulebook.sources))",
    sourceLocation: sourceLocation)
  guard !rulebook.diagnostics.hasErrors else { return }
  let results = TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources, options: TestOptions())
  #expect(results.count >= count, sourceLocation: sourceLocation)
  for result in results {
    #expect(result.status == .passed, "\(result.name): \(result.message ?? "")", sourceLocation: sourceLocation)
  }
}

@Suite struct SupportModelTests {
  private let files = LibrarySources.files(of: "support") ?? []

  // MARK: - The library as it is shipped

  @Test func theProgramHoldsWhatTheSourcesSay() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Docket/Library")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "support").path).sorted()
    #expect(files.map(\.path) == names.map { "support/\($0)" })
    for file in files {
      let written = try String(contentsOf: folder.appending(path: file.path), encoding: .utf8)
      #expect(file.text == written, "\(file.path) has changed: run `make library`")
    }
  }

  @Test func itIsLaidOut() {
    for file in files {
      var sources = SourceMap()
      guard case .formatted(let text, _) = Formatter.format(sources.add(path: file.path, text: file.text)) else {
        Issue.record("\(file.path) cannot be read")
        continue
      }
      #expect(text == file.text, "\(file.path): run `docket fmt`")
    }
  }

  /// As a rulebook of its own, where nothing is kept quiet.
  @Test func itChecksWithoutAWarning() {
    var sources = SourceMap()
    sources.add(path: "zone.docket", text: "zone \"Asia/Shanghai\"\n")
    for file in files { sources.add(path: file.path, text: file.text) }
    let rulebook = Rulebook.check(sources)
    #expect(told(rulebook) == [])
  }

  @Test func everythingHasAnEnglishAndAChineseLabel() {
    func isChinese(_ text: String) -> Bool { text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
    func expectBoth(_ titles: [String], _ place: String) {
      #expect(titles.count == 2, "\(place) has \(titles)")
      guard titles.count == 2 else { return }
      #expect(!isChinese(titles[0]) && isChinese(titles[1]), "\(place) has \(titles)")
    }
    let checked = check("use support with all\nzone \"UTC\"\n").checked
    for item in checked.schema.enums where item.span != nil {
      expectBoth(item.titles, item.name)
      for entry in item.cases { expectBoth(entry.labels, "\(item.name).\(entry.name)") }
    }
    for entity in checked.schema.entities {
      expectBoth(entity.titles, entity.name)
      for field in entity.fields { expectBoth(field.titles, "\(entity.name).\(field.name)") }
    }
    for table in checked.tables { expectBoth(table.titles, table.name) }
    for calendar in checked.calendars { expectBoth(calendar.titles, calendar.name) }
    for sla in checked.slas { expectBoth(sla.titles, sla.name) }
    for kpi in checked.kpis { expectBoth(kpi.titles, kpi.name) }
    for ensure in checked.ensures { expectBoth(ensure.titles, ensure.name) }
  }

  /// A heading or a value leads to one field or case.
  @Test func labelsAreUnique() {
    func fold(_ text: String) -> String { text.lowercased().filter { $0 != "_" && $0 != " " } }
    func expectUnique(_ spellings: [(name: String, labels: [String])], of owner: String) {
      var first: [String: String] = [:]
      for (name, labels) in spellings {
        for text in Set(([name] + labels).map(fold)) {
          #expect(first[text] == nil, "\(owner): `\(text)` is \(first[text] ?? "") and \(name)")
          first[text] = name
        }
      }
    }
    let schema = check("use support\nzone \"UTC\"\n").checked.schema
    for item in schema.enums where item.span != nil {
      expectUnique(item.cases.map { ($0.name, $0.labels) }, of: item.name)
    }
    for entity in schema.entities { expectUnique(entity.fields.map { ($0.name, $0.titles) }, of: entity.name) }
  }

  @Test func everyEntityOfTheDesignIsThere() {
    let schema = check("use support\nzone \"UTC\"\n").checked.schema
    for name in [
      "Customer", "Feedback", "Message", "Person", "Agent", "ProductManager", "Responsibility", "Shift", "Leave",
      "Team", "Department", "Product", "Module", "Release", "Requirement", "Commitment", "Meeting", "Document",
      "Training", "Survey", "Interview", "UserTest", "Project", "Iteration", "Task", "Risk", "Measurement", "CaseStudy",
      "Recognition", "Contact", "Skill", "Action", "RequirementChange", "DocumentUpdate",
    ] {
      #expect(schema.entity(named: name) != nil, "\(name)")
    }
  }

  // MARK: - use

  @Test func aRulebookThatDoesNotUseItHasNothingOfIt() {
    let rulebook = check("let n = 1\n")
    #expect(rulebook.sources.files.count == 1)
    #expect(rulebook.checked.schema.entities.isEmpty)
  }

  @Test func measuresRunOnlyWhereTheyAreNamed() {
    #expect(check("use support\nzone \"UTC\"\n").checked.slas.isEmpty)
    let some = check("use support with first_response, csat\nzone \"UTC\"\n").checked
    #expect(some.slas.map(\.name) == ["first_response"])
    #expect(some.kpis.map(\.name) == ["csat"])
    let measured = check("use support with responded_in_time\nzone \"UTC\"\n").checked
    #expect(measured.slas.map(\.name) == ["first_response"])
    let all = check("use support with all\nzone \"UTC\"\n").checked
    #expect(all.slas.count >= 3 && all.kpis.count >= 5)
  }

  @Test func whatIsNotThereIsSuggested() {
    let library = check("use suport\n")
    #expect(told(library) == ["D2012 there is no library `suport`"])
    #expect(library.diagnostics.all[0].help == ["did you mean `support`?"])
    let measure = check("use support with first_respose\nzone \"UTC\"\n")
    #expect(told(measure) == ["D2001 the library `support` has no SLA, KPI or invariant `first_respose`"])
    #expect(measure.diagnostics.all[0].help == ["did you mean `first_response`?"])
  }

  @Test func aProblemOfTheLibraryIsToldAtItsUse() {
    let rulebook = check("use support\n")
    #expect(told(rulebook).count == 1)
    for diagnostic in rulebook.diagnostics.all {
      #expect(diagnostic.code == .noZone && diagnostic.primary.map { rulebook.isOwn($0.span) } == true)
    }
    let named = check(
      """
      use support with promise
      zone "UTC"
      calendar support_desk { open mon-fri 09:00-17:00 }
      source Feedback from "f.csv"
      """)
    #expect(told(named) == [])
  }

  @Test func anErrorOfTheRulebookHidesThoseOfTheLibrary() {
    let rulebook = check("use support\nlet n: int = \"x\"\n")
    #expect(rulebook.diagnostics.all.map(\.code) == [.typeMismatch])
  }

  // MARK: - In place of the library's

  @Test func aCalendarATableAndAFunctionTakeThePlace() {
    expectPasses(
      """
      use support with first_response
      zone "Asia/Shanghai"

      calendar support_desk { open mon-sun 00:00-24:00 }

      table response_target(priority: Priority, tier: Tier): duration {
        priority | tier | result
        _        | _    | 7h
      }

      func on_leave(p: Person, at: timestamp): bool = p.id == "away"

      fixture people {
        Customer { id: "acme", name: "Acme" }
        Product { id: "pay", name: "Payments" }
        Person { id: "here", name: "Here", roles: [] }
        Person { id: "away", name: "Away", roles: [] }
      }

      test "the library counts by them" {
        now @2026-10-10T20:00
        given people
        let f = Feedback { customer: "acme", product: "pay", kind: bug, created_at: now }
        expect first_response(f).due == @2026-10-11T03:00
        expect on_duty(Person["here"], now)
        expect not on_duty(Person["away"], now)
      }
      """, atLeast: 1)
  }

  @Test func anEnumAndAnEntityTakeThePlace() {
    let rulebook = check(
      """
      use support with all
      zone "UTC"
      enum Tier { basic, standard, gold, platinum }
      entity Skill {
        key id: string
        person: Person
        name: string
        level: int
        certified: bool = false
      }
      extend entity Person as p {
        certificates: list<Skill> from Skill.person as s where s.certified
        let senior = p.experience >= 5 or size(p.certificates) > 2
      }
      func premium(c: Customer): bool = c.tier > basic
      """)
    #expect(told(rulebook) == [])
  }

  @Test(arguments: [
    ("table response_target(priority: Priority): duration {\n  priority | result\n  _ | 1h\n}\n", "response_target"),
    (
      "table response_target(priority: Priority, tier: Tier): int {\n  priority | tier | result\n  _ | _ | 1\n}\n",
      "response_target"
    ),
    ("let support_desk = 1\n", "support_desk"),
    ("func on_duty(p: Person): bool = true\n", "on_duty"),
    ("sla on_duty for Feedback as f {\n  start at f.created_at\n  stop at f.closed_at\n  target 1h\n}\n", "on_duty"),
    ("enum Tier { basic, gold }\n", "Tier"),
    ("entity Skill { key id: string  person: Person  name: string }\n", "Skill"),
    ("entity Skill { key id: string  person: Person  name: string  level: string }\n", "Skill"),
    ("entity Agent = Feedback as f where f.open\n", "Agent"),
  ])
  func anotherTypeIsAnError(_ declaration: String, _ name: String) {
    let rulebook = check("use support with all\nzone \"UTC\"\n" + declaration)
    #expect(rulebook.diagnostics.all.map(\.code) == [.differsFromLibrary], "\(told(rulebook))")
    guard let first = rulebook.diagnostics.all.first, let place = first.primary else { return }
    #expect(rulebook.sources.text(place.span) == name)
    #expect(first.secondary.allSatisfy { !rulebook.isOwn($0.span) })
    #expect(render([first], sources: rulebook.sources).contains("support/"))
  }

  @Test func aNameOfAMeasureThatIsNotUsedIsFree() {
    let rulebook = check(
      """
      use support
      zone "UTC"
      sla csat for Task as t {
        start at t.created_at
        stop at t.done_at
        target 1h
      }
      """)
    #expect(told(rulebook) == [])
  }

  // MARK: - Who is there, who answers

  private static let roster = """
    use support
    zone "Asia/Shanghai"

    calendar support_desk { open mon-fri 09:00-18:00 }
    calendar night { open mon-sun 22:00-06:00 }

    fixture roster {
      Product { id: "pay", name: "Payments", owner: "li" }
      Product { id: "app", name: "App" }
      Person { id: "li", name: "Li", roles: [product_manager] }
      Person { id: "wang", name: "Wang", roles: [product_manager, lead] }
      Person { id: "zhao", name: "Zhao", roles: [agent], calendar: night }
      Person { id: "chen", name: "Chen", roles: [product_manager] }
      Shift { id: "s1", person: "wang", from: @2026-10-09T20:00, to: @2026-10-09T23:00 }
      Leave { id: "l1", person: "li", from: @2026-10-12, to: @2026-10-13, delegate: "wang" }
      Leave { id: "l2", person: "wang", from: @2026-10-13, to: @2026-10-13, delegate: "chen" }
      Responsibility { id: "r1", person: "li", product: "pay", duty: release, part: accountable, from: @2026-01-01 }
      Responsibility { id: "r2", person: "chen", product: "pay", duty: release, part: backup, from: @2026-01-01 }
      Responsibility { id: "r3", person: "wang", product: "app", duty: release, part: accountable, from: @2026-10-01, to: @2026-10-10 }
      Responsibility { id: "r4", person: "chen", product: "app", duty: release, part: accountable, from: @2026-10-11 }
      Skill { id: "k1", person: "zhao", name: "swift", level: 3 }
      Skill { id: "k2", person: "zhao", name: "swift", level: 4 }
    }

    """

  @Test func onDuty() {
    expectPasses(
      Self.roster + """
        test "by calendar, by shift, never on leave" {
          given roster
          now @2026-10-09T10:00
          cases {
            who    | at                | there
            "li"   | @2026-10-09T09:00 | true
            "li"   | @2026-10-09T18:00 | false
            "li"   | @2026-10-10T10:00 | false
            "li"   | @2026-10-12T10:00 | false
            "li"   | @2026-10-13T17:59 | false
            "li"   | @2026-10-14T09:00 | true
            "zhao" | @2026-10-09T10:00 | false
            "zhao" | @2026-10-10T05:59 | true
            "wang" | @2026-10-09T10:00 | false
            "wang" | @2026-10-09T20:00 | true
            "wang" | @2026-10-09T22:59 | true
            "wang" | @2026-10-09T23:00 | false
          }
          expect on_duty(Person[who], at) == there
        }
        """, atLeast: 1)
  }

  @Test func standIns() {
    expectPasses(
      Self.roster + """
        test "the person, the delegate, or nobody" {
          given roster
          now @2026-10-09T10:00
          expect stand_in(Person["li"], @2026-10-11T23:59) == Person["li"]
          expect stand_in(Person["li"], @2026-10-12T00:00) == Person["wang"]
          expect stand_in(Person["li"], @2026-10-13T12:00) == null
          expect stand_in(Person["li"], @2026-10-14T00:00) == Person["li"]
          expect stand_in(Person["wang"], @2026-10-13T12:00) == Person["chen"]
        }
        """, atLeast: 1)
  }

  @Test func responsibilities() {
    expectPasses(
      Self.roster + """
        test "who acts in a duty" {
          given roster
          now @2026-10-09T10:00
          let pay = Product["pay"]
          cases {
            who    | at                | acts
            "li"   | @2025-12-31T23:59 | false
            "li"   | @2026-01-01T00:00 | true
            "li"   | @2026-10-12T10:00 | false
            "wang" | @2026-10-09T10:00 | false
            "wang" | @2026-10-12T10:00 | true
            "wang" | @2026-10-13T10:00 | false
            "chen" | @2026-10-09T10:00 | false
            "chen" | @2026-10-13T10:00 | true
            "zhao" | @2026-10-13T10:00 | false
          }
          expect responsible(Person[who], pay, release, at) == acts
          expect not responsible(Person[who], pay, research, at) or who == "never"
        }

        test "who is accountable, with both days" {
          given roster
          now @2026-10-09T10:00
          let app = Product["app"]
          expect holders(app, release, @2026-09-30T23:59) == []
          expect holders(app, release, @2026-10-10T23:59) == [Person["wang"]]
          expect holders(app, release, @2026-10-11T00:00) == [Person["chen"]]
          expect holders(Product["pay"], release, @2026-10-12T10:00) == [Person["li"]]
        }

        test "skills and room" {
          given roster
          now @2026-10-09T10:00
          expect skill_level(Person["zhao"], "swift") == 4
          expect skill_level(Person["li"], "swift") == 0
          let busy = Person { id: "busy", name: "Busy", roles: [agent], capacity: 1 }
          expect has_room(busy)
          add Task { title: "one", assignee: "busy" }
          expect not has_room(busy)
        }
        """, atLeast: 3)
  }

  // MARK: - The measures that ship

  @Test func clocksAndMeasures() {
    expectPasses(
      """
      use support with all
      zone "Asia/Shanghai"

      fixture desk {
        Customer { id: "acme", name: "Acme", tier: gold }
        Product { id: "pay", name: "Payments" }
        Person { id: "li", name: "Li", roles: [product_manager] }
      }

      test "the first public answer stops the clock" {
        now @2026-10-09T17:50
        given desk
        let f = Feedback { id: "F1", customer: "acme", product: "pay", kind: bug, priority: critical, created_at: now }
        expect first_response(f).due == @2026-10-12T09:05
        add Message { feedback: "F1", at: now, from: agent, public: false }
        add Message { feedback: "F1", at: now, from: bot, public: true }
        expect first_response(f).status == running
        wait 5m
        add Message { feedback: "F1", at: now, from: agent, public: true }
        expect first_response(f).status == met
        expect first_response(f).elapsed == 5m
        expect first_resolution(f).due == @2026-10-12T12:50
        set f.resolved_at = now
        expect first_resolution(f).status == met
      }

      test "praise needs no answer" {
        now @2026-10-09T10:00
        given desk
        let f = Feedback { customer: "acme", product: "pay", kind: praise, created_at: now }
        expect first_response(f).status == not_applicable
      }

      test "satisfaction counts what was answered" {
        now @2026-11-01T00:00
        given desk
        add Survey { customer: "acme", product: "pay", sent_at: @2026-10-01T10:00, answered_at: @2026-10-02T10:00, score: 5 }
        add Survey { customer: "acme", product: "pay", sent_at: @2026-10-01T10:00, answered_at: @2026-10-02T10:00, score: 2 }
        add Survey { customer: "acme", product: "pay", sent_at: @2026-10-01T10:00 }
        expect cells(csat)[0].value == 0.5
        expect cells(csat)[0].status == too_few
        expect cells(response_rate)[0].value == 2.0 / 3.0 within 0.001
      }

      test "a promise for a month is kept by its end" {
        now @2026-10-09T10:00
        given desk
        cases {
          granularity: Granularity | due
          day                      | @2026-10-15T00:00
          week                     | @2026-10-19T00:00
          month                    | @2026-11-01T00:00
          quarter                  | @2027-01-01T00:00
        }
        let c = Commitment { to: "acme", by: "li", what: "dark mode", made_at: now, due: @2026-10-14, granularity: granularity }
        expect promise(c).due == due
        set c.kept_at = due
        wait 100d
        expect promise(c).status == met
      }

      test "a change is told within two working days" {
        now @2026-10-09T17:00
        given desk
        add Requirement { id: "R1", title: "dark mode", product: "pay", origin: feedback, proposed_at: now }
        let c = RequirementChange { requirement: "R1", at: now, what: "later" }
        expect change_told(c).status == running
        expect change_told(c).due == @2026-10-13T17:00
        let i = Interview { customer: "acme", held_at: now }
        expect findings_written(i).status == running
      }

      test "a release that was rolled back did not go well" {
        now @2027-01-01T00:00
        given desk
        let good = Release { product: "pay", planned: @2026-10-12, released_at: @2026-10-12T09:00, severe_incidents: 0 }
        let bad = Release {
          product: "pay", planned: @2026-10-12, released_at: @2026-10-12T09:00, rolled_back_at: @2026-10-12T11:00, severe_incidents: 0
        }
        expect good.clean and not bad.clean
        expect cells(release_success)[0].value == 0.5
      }
      """, atLeast: 6)
  }

  @Test func meetingsAndUpdatesHaveACadence() {
    expectPasses(
      """
      use support
      zone "Asia/Shanghai"

      sla weekly_sync "Weekly sync" for Project as p {
        where p.product != null and p.starts != null
        every week from p.starts.start() due fri 18:00
        stop  on p.product.meetings as m where m.kind == sync and m.held
      }

      fixture work {
        Product { id: "pay", name: "Payments" }
        Project { id: "x", name: "X", product: "pay", starts: @2026-10-05 }
        Meeting { id: "m1", kind: sync, product: "pay", at: @2026-10-08T10:00 }
        Meeting { id: "m2", kind: sync, product: "pay", at: @2026-10-15T10:00, held: false }
      }

      test "the sync of this week was held" {
        now @2026-10-09T19:00
        given work
        expect weekly_sync(Project["x"]).status == met
      }

      test "the sync of next week was not" {
        now @2026-10-16T19:00
        given work
        expect size(Product["pay"].meetings) == 2
        expect weekly_sync(Project["x"]).status == breached
      }
      """, atLeast: 2)
  }

  // MARK: - All together

  /// Routing, a clock and a measure over the model, as a desk would write them.
  @Test func aDeskOnTheModel() {
    expectPasses(
      """
      use support with first_response
      zone "Asia/Shanghai"

      calendar support_desk {
        open mon-fri 09:30-21:00
        closed @2026-10-01..@2026-10-07 "National Day"
        open @2026-10-10 09:30-21:00 "make-up day"
        known until @2026-12-31
      }

      table response_target(priority: Priority, tier: Tier): duration {
        priority | tier    | result
        critical | >= gold | 15m
        critical | _       | 30m
        _        | _       | 8h
      }

      func load(p: Person): int = size(p.open_feedback)

      route owner "Who answers for a piece of feedback" for Feedback.owner as f {
        where f.owner == null
        order highest f.priority then lowest f.created_at

        rule outage {
          when f.kind == bug and f.severity >= major
          to one ProductManager as pm
             where responsible(pm, f.product, release, now) and on_duty(pm, now) and load(pm) < pm.capacity
             prefer f.customer.last_owner != null and pm == f.customer.last_owner
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

        otherwise to Team["triage"].lead
      }

      kpi on_time "First responses in time" over first_response as r {
        every  week of r.item.created_at
        by     r.item.customer.tier
        value  ratio(r.met)
        absent skip
        target >= 95%
      }

      fixture acme {
        Customer { id: "acme", name: "Acme", tier: gold }
        Customer { id: "bolt", name: "Bolt" }
        Product { id: "pay", name: "Payments", owner: "li" }
        Person { id: "li", name: "Li", roles: [product_manager], capacity: 1, calendar: support_desk, manager: "wang" }
        Person { id: "wang", name: "Wang", roles: [product_manager, lead] }
        Responsibility { id: "r1", person: "li", product: "pay", duty: release, part: accountable, from: @2026-01-01 }
        Team { id: "triage", lead: "li" }
        Team { id: "on-call", lead: "wang" }
      }

      test "an outage on a make-up day" {
        now @2026-10-10T20:50
        given acme
        let f = Feedback { id: "F1", subject: "down", customer: "acme", product: "pay", kind: bug, severity: critical, priority: critical, created_at: now }
        expect owner(f).to == Person["li"]
        expect owner(f).rule == "outage"
        expect owner(f).because == "Critical bug in Payments"
        expect first_response(f).due == @2026-10-12T09:35
        set f.owner = Person["li"]
        let g = Feedback { id: "F2", subject: "down too", customer: "acme", product: "pay", kind: bug, severity: major, created_at: now }
        expect owner(g).to == Person["wang"]  // no room left
        expect up(f.owner, 1) == Person["wang"]
      }

      test "who gets what" {
        now @2026-10-09T10:00
        given acme
        cases {
          kind: Kind | customer | votes | rule
          bug        | "acme"   | 0     | "otherwise"
          request    | "acme"   | 0     | "wishes"
          request    | "bolt"   | 0     | "otherwise"
          request    | "bolt"   | 3     | "wishes"
          praise     | "bolt"   | 9     | "otherwise"
        }
        let f = Feedback { customer: customer, product: "pay", kind: kind, severity: minor, votes: votes }
        expect owner(f).rule == rule
      }
      """, atLeast: 2)
  }

  // MARK: - Data

  @Test func exportsOfEitherLanguageLoad() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = [
      "Person.csv": "工号,姓名,角色,工作日历\nli,李,产品经理;主管,客服工作时间\nwang,王,客服,support_desk\nzhao,赵,,\n",
      "Product.csv": "Product ID,Product name,Product owner\npay,Payments,li\n",
      "customer.csv": "客户编号,客户名称,客户等级\nacme,Acme,黄金\n",
      "Feedback.csv":
        "反馈编号,标题,渠道,反馈类型,优先级,客户,产品,创建时间\nF1,打不开,电话,缺陷,紧急,acme,pay,2026-10-09T10:00:00+08:00\n",
    ]
    for (name, text) in files { try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8) }
    let rulebook = check(
      """
      use support with first_response
      zone "Asia/Shanghai"
      kpi people_with_hours over Person as p {
        value count(p.calendar != null and on_duty(p, @2026-10-09T10:00))
      }
      """)
    #expect(told(rulebook) == [])
    let session = try Session.open(rulebook, Session.Options(data: folder.path, at: "2026-10-09T10:05"))
    #expect(session.report.unusedFiles == [])
    let measures = try #require(rulebook.checked.kpis.firstIndex { $0.name == "people_with_hours" })
    #expect(session.engine.measures(kpi: measures).cells.map(\.value) == [2.0])
    try "工号,姓名,角色,工作日历\nli,李,主管,客服时间\n".write(
      to: folder.appending(path: "Person.csv"), atomically: true, encoding: .utf8)
    #expect {
      _ = try Session.open(rulebook, Session.Options(data: folder.path, at: "2026-10-09T10:05"))
    } throws: { error in
      guard case .data(let diagnostics, _)? = error as? Session.Failure else { return false }
      return diagnostics.all.first?.message.contains("names no calendar") == true
    }
  }

  // MARK: - docket model

  @Test func theModelIsShown() throws {
    let english = ModelReport(.standardModel)
    #expect(english.overview.contains("Feedback"))
    #expect(english.overview.contains("Person where product_manager in p.roles"))
    let feedback = try #require(english.text(of: "feedback"))
    #expect(feedback.hasPrefix("Feedback · 客户反馈\n"))
    #expect(feedback.contains("= moderate"))
    #expect(feedback.contains("Referred to by Message.feedback"))
    let chinese = ModelReport(.standardModel, isChinese: true)
    #expect(try #require(chinese.text(of: "客户反馈")).contains("优先级"))
    #expect(try #require(english.text(of: "Status")).contains("waiting_on_customer"))
    #expect(english.text(of: "Feedbak") == nil)
    #expect(english.overview.contains("\nkpi "))
    let csat = try #require(english.text(of: "csat"))
    #expect(csat.hasPrefix("csat · Customer satisfaction · 客户满意度\n\n// The share of answered surveys"))
    #expect(csat.hasSuffix("  at least 10 rows\n}\n"))
    #expect(try #require(chinese.text(of: "职责无盲区")).contains("during next 90d"))
  }
}
