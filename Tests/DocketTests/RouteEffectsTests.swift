/// What a route leaves behind: verdicts where they are asked for, effects that speak of the decision, turns across runs.

import Docket
import DocketDiagnostics
import DocketRules
import DocketSemantics
import Foundation
import Testing

@Suite struct RouteEffectsTests {
  private static let rules = """
    zone "UTC"
    entity Person { key id: string  lead: Person? }
    entity Ticket as t { key id: string  votes: int  owner: Person? }
    route owner for Ticket.owner as t {
      where t.owner == null
      rule popular { when t.votes > 5  unless t.votes > 100  to Person["a"]  notify t.owner f"{t.votes / 3.0} for you" }
      rule rest { to one Person as p pick round robin  notify t.owner "yours"  because f"{t.owner ?? null} has the next turn" }
      otherwise nobody
    }
    """
  private static let people = "id,lead\na,\nb,\nc,\n"

  private func desk(_ votes: [Int]) throws -> ExplainedDesk {
    let lines = votes.enumerated().map { "T\($0 + 10),\($1),\n" }.joined()
    return try ExplainedDesk(
      Self.rules, ["Person.csv": Self.people, "Ticket.csv": "id,votes,owner\n" + lines], at: "2026-10-09T12:00:00Z")
  }

  private func json(_ desk: ExplainedDesk) -> [String] {
    desk.engine.decisions(route: 0).map { decision in
      var json = JSONWriter()
      desk.engine.write(decision, to: &json)
      return json.text
    }
  }

  @Test func verdictsAreEmptyUnlessTheyAreAskedFor() throws {
    let desk = try desk([2, 7])
    #expect(json(desk).allSatisfy { $0.contains("\"verdicts\":[],") })
    desk.engine.notesVerdicts = true
    let told = json(desk)
    #expect(
      told[0].contains(
        #""verdicts":[{"rule":"popular","verdict":"not_matched","clause":"when t.votes > 5","values":{"t.votes":2}},"#
          + #"{"rule":"rest","verdict":"matched","clause":null,"values":{}}]"#), "\(told[0])")
    #expect(
      told[1].contains(
        #""verdicts":[{"rule":"popular","verdict":"matched","clause":null,"values":{"t.votes":7,"t.votes > 100":false}},"#
          + #"{"rule":"rest","verdict":"not_tried","clause":null,"values":{}}]"#)
        || told[1].contains(
          #""verdicts":[{"rule":"popular","verdict":"matched","clause":null,"values":{"t.votes":7}},"#
            + #"{"rule":"rest","verdict":"not_tried","clause":null,"values":{}}]"#),
      "\(told[1])")
  }

  @Test func effectsSpeakOfTheOneWhoWasChosen() throws {
    let decisions = try desk([2, 7]).engine.decisions(route: 0)
    #expect(decisions[0].effects.map(\.to) == ["a"])
    #expect(decisions[0].because == "a has the next turn")
    #expect(decisions[1].effects.map(\.to) == ["a"])
  }

  @Test func textsOfEffectsRoundTheirNumbers() throws {
    #expect(try desk([7]).engine.decisions(route: 0)[0].effects.map(\.text) == ["2.333 for you"])
  }

  @Test func aMeasureIsToldAsReportsShowIt() throws {
    let desk = try ExplainedDesk(
      """
      zone "UTC"
      entity Ticket as t { key id: string  good: bool  took: duration  at: timestamp }
      kpi share over Ticket as t { every month of t.at  value ratio(t.good)  target >= 90%
        at off_target notify "team" f"{value} of {n}, between {low} and {high}" }
      kpi pace over Ticket as t { every month of t.at  value mean(t.took)  target <= 1h
        at off_target notify "team" f"{value}" }
      kpi sizes over Ticket as t { every month of t.at  value count() / 7.0  target >= 9  unit "per day"
        at off_target notify "team" f"{value}" }
      """,
      [
        "Ticket.csv":
          "id,good,took,at\nT1,true,4000s,2026-08-01T10:00:00Z\nT2,false,5000s,2026-08-02T10:00:00Z\nT3,true,8000s,2026-08-03T10:00:00Z\n"
      ],
      at: "2026-10-09T12:00:00Z")
    let texts = desk.engine.rulebook.kpis.indices.map { index in
      desk.engine.measures(kpi: index).cells.flatMap(\.effects).map(\.text)
    }
    #expect(texts == [["66.6 % of 3, between 20.7 % and 93.8 %"], ["1h 34m"], ["0.4286 per day"]])
  }

  @Test func roundRobinGoesOnFromEarlierDecisions() throws {
    let first = try desk([1, 1])
    let lines = json(first).joined(separator: "\n") + "\n{\"sla\":\"x\"}\n\n"
    guard case .success(let earlier) = EarlierDecisions.parse(Array(lines.utf8), path: "earlier.jsonl") else {
      Issue.record("what Docket writes it reads")
      return
    }
    #expect(earlier.map(\.to) == [["a"], ["b"]])
    let second = try desk([1, 1, 1, 1])
    second.engine.remember(earlier + [EarlierDecision(route: "gone", to: ["c"]), .init(route: "owner", to: ["gone"])])
    #expect(second.engine.decisions(route: 0).flatMap(\.to).map { second.engine.shown($0) } == ["c", "a", "b", "c"])
    // Two runs in a row spread as one run over both would.
    let whole = try desk([1, 1, 1, 1, 1, 1])
    #expect(
      whole.engine.decisions(route: 0).flatMap(\.to).map { whole.engine.shown($0) } == ["a", "b", "c", "a", "b", "c"])
  }

  @Test(arguments: [
    ("nonsense\n", "earlier.jsonl:1: this is no JSON object; write the decisions with `docket run --format jsonl`"),
    ("\n{\"route\":\"owner\"}\n", "earlier.jsonl:2: a decision has a `status` and a `to`, and this one has not"),
    ("[1]\n", "earlier.jsonl:1: this is no JSON object; write the decisions with `docket run --format jsonl`"),
  ])
  func aFileThatHoldsNoDecisionsIsRefused(_ text: String, _ message: String) {
    guard case .failure(let problem) = EarlierDecisions.parse(Array(text.utf8), path: "earlier.jsonl") else {
      Issue.record("\(text) was read")
      return
    }
    #expect(problem.message == message)
  }

  @Test(arguments: [
    ("F9", "no record has the key `F9` at the instant asked about: did you mean `T9`?"),
    ("x", "several records are called `x`: write `Person/x` or `Ticket/x`"),
    ("Ticket/y", "there is no Ticket `y` at the instant asked about: one of `T9`, `x`"),
  ])
  func aNameThatIsNoneSaysSo(_ name: String, _ words: String) throws {
    let desk = try ExplainedDesk(
      Self.rules, ["Person.csv": "id,lead\na,\nx,\n", "Ticket.csv": "id,votes,owner\nT9,1,\nx,1,\n"],
      at: "2026-10-09T12:00:00Z")
    guard case .unknown(let said) = ItemName.find(name, in: desk.engine) else {
      Issue.record("\(name) was found")
      return
    }
    #expect(said == words)
    for spelling in ["Ticket/x", "Ticket[\"x\"]", "Ticket[x]", "T9"] {
      guard case .found = ItemName.find(spelling, in: desk.engine) else {
        Issue.record("\(spelling) was not found")
        continue
      }
    }
  }
}
