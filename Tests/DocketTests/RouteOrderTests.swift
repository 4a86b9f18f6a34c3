/// Routes that read what others decide: they run after them and see it; everything else reads the data as loaded.

import Docket
import DocketDiagnostics
import DocketRules
import DocketSemantics
import Testing

@Suite struct RouteOrderTests {
  /// Written in the reverse of the order in which they run.
  private static let rules = """
    zone "UTC"
    entity Team as t { key id: string  open: list<Ticket> from Ticket.team }
    entity Person { key id: string  team: Team }
    entity Ticket as t {
      key id: string
      kind: string
      team: Team?
      owner: Person?
      watcher: Person?
      let has_team = t.team != null
    }
    route watcher for Ticket.watcher as t {
      rule colleague { when t.owner != null  to one Person as p where p.team == t.owner.team and p != t.owner }
      otherwise nobody
    }
    route owner for Ticket.owner as t {
      where t.has_team
      rule member {
        to one Person as p where p.team == t.team
        because f"{t.team} has {size(t.team.open)}"
      }
      otherwise nobody
    }
    route desk for Ticket.team as t {
      where t.team == null
      rule odd { when t.kind == "odd"  to Team["b"]  notify t.owner "on its way" }
      otherwise to Team["a"]
    }
    kpi owned over Ticket as t { value count(t.owner != null) }
    kpi given over owner as d { value count(d.status == assigned) }
    """

  private func desk() throws -> ExplainedDesk {
    try ExplainedDesk(
      Self.rules,
      [
        "Team.csv": "id\na\nb\n", "Person.csv": "id,team\nann,a\nann2,a\nbo,b\nbo2,b\n",
        "Ticket.csv": "id,kind,team,owner,watcher\nT1,odd,,,\nT2,even,,,\nT3,even,b,,\n",
      ], at: "2026-10-09T12:00:00Z")
  }

  private func given(_ name: String, _ desk: ExplainedDesk) throws -> [String] {
    desk.engine.decisions(route: try desk.route(name)).map { decision in
      decision.to.first.map { desk.engine.shown($0) } ?? decision.status.name
    }
  }

  @Test func aRouteSeesWhatTheRoutesDecideThatItReads() throws {
    let desk = try desk()
    #expect(try given("watcher", desk) == ["bo2", "ann2", "bo2"])
    #expect(try given("owner", desk) == ["bo", "ann", "bo"])
    #expect(try given("desk", desk) == ["b", "a", "not_selected"])
    #expect(
      desk.engine.decisions(route: try desk.route("owner")).map(\.because) == ["b has 2", "a has 1", "b has 2"])
  }

  @Test func explanationsAndDecisionsAgree() throws {
    let desk = try desk()
    for name in ["watcher", "owner", "desk"] {
      let route = try desk.route(name)
      let explained = try ["T1", "T2", "T3"].map { item in
        let decision = desk.engine.explain(route: route, for: try desk.record(item)).decision
        return decision.to.first.map { desk.engine.shown($0) } ?? decision.status.name
      }
      #expect(try explained == given(name, desk))
    }
  }

  @Test func aCallDecidesOneItemAgainstTheDataAsItStands() throws {
    let desk = try desk()
    let owner = try desk.route("owner")
    #expect(desk.engine.decision(route: owner, for: try desk.record("T1")).status == .notSelected)
    #expect(desk.engine.decision(route: owner, for: try desk.record("T3")).status == .assigned)
  }

  @Test func measuresOverRecordsReadTheDataAsLoadedAndMeasuresOverARouteWhatItDecides() throws {
    let desk = try desk()
    #expect(desk.engine.measures(kpi: 0).cells.map(\.value) == [0])
    #expect(desk.engine.measures(kpi: 1).cells.map(\.value) == [3])
  }

  @Test func whatOnlyATextReadsMakesNoCircle() throws {
    let routes = try desk().session.rulebook.checked.routes
    #expect(routes.map { $0.dependencies.map { routes[$0].name } } == [["desk", "owner"], ["desk"], []])
  }

  private func problems(_ rules: String) -> [String] {
    var sources = SourceMap()
    sources.add(
      path: "rules.docket",
      text: """
        entity Ticket as t { key id: string  a: string?  b: string?  c: string? }
        \(rules)
        """)
    return Rulebook.check(sources).diagnostics.all.filter { $0.severity == .error }.map(\.message)
  }

  @Test func routesThatReadEachOtherAreACircle() {
    #expect(
      problems(
        """
        route a for Ticket.a as t { where t.b != null  otherwise to "x" }
        route b for Ticket.b as t { where t.a != null  otherwise to "x" }
        """) == ["routes wait for each other: `a`, `b`"])
  }

  @Test func routesThatAskEachOtherAreACircle() {
    #expect(
      problems(
        """
        route a for Ticket.a as t { rule r { when b(t).rule == "r"  to "x" }  otherwise nobody }
        route b for Ticket.b as t { rule r { when a(t).rule == "r"  to "x" }  otherwise nobody }
        """) == ["routes wait for each other: `b`, `a`"])
    #expect(
      problems("route a for Ticket.a as t { rule r { when size(decisions(a)) > 1  to \"x\" }  otherwise nobody }")
        == ["the route `a` waits for itself"])
    #expect(
      problems(
        """
        route a for Ticket.a as t { rule r { when many().value > 1  to "x" }  otherwise nobody }
        kpi many over a as d { value count() }
        """) == ["the route `a` waits for itself"])
  }

  @Test func aRouteMayAskOneThatReadsIt() {
    #expect(
      problems(
        """
        route a for Ticket.a as t { rule r { when b(t).status == not_selected  to "x" }  otherwise nobody }
        route b for Ticket.b as t { where t.a != null  otherwise to "x" }
        """) == [])
  }
}
