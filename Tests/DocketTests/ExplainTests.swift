/// Explanations as people read them: Tests/Explanations/<desk>/ holds a rulebook, its data and what is said about some of its
/// records. `make record` writes the expected files anew.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import Foundation
import Testing

/// A rulebook of texts over data of texts, in a folder that goes with it.
struct ExplainedDesk {
  let session: Session
  var engine: RuleEngine { session.engine }

  init(_ rules: String, _ files: [String: String], at instant: String? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    try self.init(rules, data: folder.path, at: instant)
  }

  init(_ rules: String, data: String, at instant: String?) throws {
    var sources = SourceMap()
    sources.add(path: "rules.docket", text: rules)
    let rulebook = Rulebook.check(sources)
    #expect(!rulebook.diagnostics.hasErrors, "\(render(rulebook.diagnostics.all, sources: rulebook.sources))")
    session = try Session.open(rulebook, Session.Options(data: data, at: instant))
  }

  func record(_ name: String) throws -> EntityReference {
    switch ItemName.find(name, in: engine) {
    case .found(let record): return record
    case .unknown(let words):
      Issue.record("\(words)")
      throw CocoaError(.fileNoSuchFile)
    }
  }

  func route(_ name: String) throws -> Int {
    try #require(engine.rulebook.routes.firstIndex { $0.name == name })
  }
}

@Suite struct ExplainTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Explanations")

  struct Case: CustomTestStringConvertible {
    var desk: String
    var item: String
    var at: String
    var whyNot: String?
    var width: Int?
    var language = ReportLanguage.english
    var testDescription: String {
      [desk, item, whyNot, width.map { "\($0)" }, language == .chinese ? "zh" : nil].compactMap { $0 }.joined(
        separator: "-")
    }
  }

  static let cases = [
    Case(desk: "desk", item: "F1", at: "2026-10-09T12:00", whyNot: "chen"),
    Case(desk: "desk", item: "F1", at: "2026-10-09T12:00", whyNot: "li", width: 60),
    Case(desk: "desk", item: "F2", at: "2026-10-09T12:00", whyNot: "zhao"),
    Case(desk: "desk", item: "F3", at: "2026-10-09T12:00"),
    Case(desk: "clocks", item: "F1", at: "2026-10-09T18:00"),
    Case(desk: "clocks", item: "F2", at: "2026-10-09T18:00"),
    Case(desk: "clocks", item: "F3", at: "2026-10-09T18:00"),
    Case(desk: "targets", item: "T1", at: "2026-10-09T18:00", whyNot: "b"),
    Case(desk: "targets", item: "T2", at: "2026-10-09T16:30", whyNot: "lead"),
    Case(desk: "targets", item: "T3", at: "2026-10-09T18:00"),
    Case(desk: "targets", item: "T4", at: "2026-10-09T18:00", whyNot: "kind"),
    Case(desk: "desk", item: "F1", at: "2026-10-09T12:00", whyNot: "li", width: 60, language: .chinese),
    Case(desk: "desk", item: "F2", at: "2026-10-09T12:00", whyNot: "zhao", language: .chinese),
    Case(desk: "clocks", item: "F1", at: "2026-10-09T18:00", language: .chinese),
    Case(desk: "clocks", item: "F3", at: "2026-10-09T18:00", language: .chinese),
    Case(desk: "targets", item: "T2", at: "2026-10-09T16:30", whyNot: "lead", language: .chinese),
    Case(desk: "targets", item: "T3", at: "2026-10-09T18:00", language: .chinese),
  ]

  @Test(arguments: cases)
  func saysWhatIsExpected(_ one: Case) throws {
    let folder = Self.folder.appendingPathComponent(one.desk)
    let rules = try String(contentsOf: folder.appendingPathComponent("rules.docket"), encoding: .utf8)
    let desk = try ExplainedDesk(rules, data: folder.appendingPathComponent("data").path, at: one.at)
    let engine = desk.engine
    let explanation = engine.explain(try desk.record(one.item)) { index in
      one.whyNot.flatMap { engine.routedValue($0, route: index) }
    }
    let said = ExplanationReport(engine, width: one.width, color: false, language: one.language).text(explanation)
    if let width = one.width {
      // Names, figures and places are not cut; all that is prose keeps to the width.
      for line in said.split(separator: "\n") { #expect(String(line).displayWidth <= width + 40, "\(line)") }
    }
    let golden = folder.appendingPathComponent("\(one.testDescription).txt")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try said.write(to: golden, atomically: true, encoding: .utf8)
      return
    }
    #expect(said == (try? String(contentsOf: golden, encoding: .utf8)))
  }

  // MARK: - Nothing is claimed that is not so

  private static let rules = """
    zone "UTC"
    enum Kind { bug, wish, praise }
    enum Tier { standard, gold }
    entity Person { key id: string  room: int  load: list<Ticket> from Ticket.owner }
    entity Ticket as t {
      key id: string  kind: Kind  tier: Tier  votes: int  urgent: bool  topic: string  score: int?  owner: Person?
    }
    table weight(tier: Tier, votes: int): int {
      tier | votes | result
      gold | >= 7  | 3
      gold | _     | 2
      _    | >= 12 | 2
      _    | _     | 1
    }
    func heavy(t: Ticket): bool = weight(t.tier, t.votes) >= 2
    route owner for Ticket.owner as t {
      where t.owner == null and t.topic != "spam"
      rule quick { when t.kind == bug and (t.urgent or heavy(t))  to one Person as p where size(p.load) < p.room pick lowest size(p.load)  else to Person["d"] }
      rule liked { when t.votes > 5 and t.votes < 9  unless t.topic.contains("invoice")  to Person["b"] }
      rule scored { when t.score > 3  to Person["c"] }
      otherwise nobody
    }
    """
  private static let people = "id,room\na,1\nb,2\nc,1\nd,0\n"

  private struct Ticket {
    var kind: String
    var tier: String
    var votes: Int
    var urgent: Bool
    var topic: String
    var score: Int?
    var owner = ""

    var line: String {
      "\(kind),\(tier),\(votes),\(urgent),\(topic),\(score.map { "\($0)" } ?? ""),\(owner)"
    }
  }

  private func desk(_ tickets: [Ticket]) throws -> ExplainedDesk {
    let lines = tickets.enumerated().map { "T\($0 + 10),\($1.line)\n" }.joined()
    return try ExplainedDesk(
      Self.rules,
      ["Person.csv": Self.people, "Ticket.csv": "id,kind,tier,votes,urgent,topic,score,owner\n" + lines],
      at: "2026-10-09T12:00:00Z")
  }

  private func outcome(_ desk: ExplainedDesk, _ index: Int) throws -> String {
    let decisions = desk.engine.decisions(route: 0)
    let decision = try #require(decisions.first { desk.engine.keyText($0.item) == "T\(index + 10)" })
    return "\(decision.status.name) \(decision.to.map { desk.engine.shown($0) })"
  }

  private func random(_ generator: inout some RandomNumberGenerator) -> Ticket {
    Ticket(
      kind: ["bug", "wish", "praise"].randomElement(using: &generator) ?? "",
      tier: ["standard", "gold"].randomElement(using: &generator) ?? "", votes: .random(in: 0...14, using: &generator),
      urgent: .random(using: &generator),
      topic: ["door", "the invoice", "spam"].randomElement(using: &generator) ?? "",
      score: Bool.random(using: &generator) ? .random(in: 0...6, using: &generator) : nil)
  }

  /// Every change is made in the data itself, and everything is run anew.
  @Test func everyChangeThatIsNamedHasTheOutcomeThatIsNamed() throws {
    var generator = SplitMix(state: 7)
    var verified = 0
    for _ in 0..<25 {
      let tickets = (0..<6).map { _ in random(&generator) }
      let desk = try desk(tickets)
      for index in tickets.indices {
        let explanation = desk.engine.explain(route: 0, for: try desk.record("T\(index + 10)"))
        for change in explanation.changes {
          var changed = tickets
          let text = change.to.filter { $0 != "\"" }
          switch change.path {
          case "kind": changed[index].kind = text
          case "tier": changed[index].tier = text
          case "votes": changed[index].votes = try #require(Int(text))
          case "urgent": changed[index].urgent = text == "true"
          case "topic": changed[index].topic = text
          case "score": changed[index].score = Int(text)
          default: Issue.record("nobody asked about \(change.path)")
          }
          let before = try outcome(desk, index)
          let after = try outcome(try self.desk(changed), index)
          #expect(after == "\(change.status) \(change.given)", "\(change) of \(tickets[index])")
          #expect(after != before)
          verified += 1
        }
      }
    }
    #expect(verified > 150)
  }

  /// Of small domains all values are tried: where one changes the outcome a change is named, and no number nearer would do.
  @Test func theSmallestChangeIsFoundWhereThereIsOne() throws {
    var generator = SplitMix(state: 8)
    for _ in 0..<10 {
      let ticket = random(&generator)
      let desk = try desk([ticket])
      let before = try outcome(desk, 0)
      let changes = desk.engine.explain(route: 0, for: try desk.record("T10")).changes
      var distances: [Int] = []
      for votes in 0...20 where votes != ticket.votes {
        var other = ticket
        other.votes = votes
        if try outcome(try self.desk([other]), 0) != before { distances.append(abs(votes - ticket.votes)) }
      }
      let named = changes.first { $0.path == "votes" }.flatMap { Int($0.to) }.map { abs($0 - ticket.votes) }
      if changes.count < 4 || named != nil { #expect(named == distances.min(), "votes of \(ticket)") }
      var canChange = !distances.isEmpty
      for kind in ["bug", "wish", "praise"] {
        var other = ticket
        other.kind = kind
        if try outcome(try self.desk([other]), 0) != before { canChange = true }
      }
      #expect(!canChange || !changes.isEmpty, "\(ticket)")
    }
  }

  /// Loops in derived fields and functions have variables that the decision's frame has not.
  @Test func loopsInDerivedFieldsAndFunctionsAreFollowed() throws {
    let desk = try ExplainedDesk(
      """
      zone "UTC"
      entity Person { key id: string }
      entity Ticket as t {
        key id: string  votes: int  tags: list<string>  topic: string  owner: Person?
        let tagged = t.tags.exists(x, t.tags.all(y, x != "" and y != t.topic or x == t.topic))
      }
      func known(t: Ticket, least: int): bool = [1, 2, 3].exists(x, [x].map(y, y * 2).exists(z, z == t.votes or z > least))
      route owner for Ticket.owner as t {
        rule tagged { when t.tagged and known(t, 9) to Person["a"] }
        rule known { when known(t, 5) and cel.bind(v, t.votes, v < 4) to Person["b"] }
        otherwise nobody
      }
      """,
      ["Person.csv": "id\na\nb\n", "Ticket.csv": "id,votes,tags,topic,owner\nT1,4,\"[\"\"x\"\"]\",x,\nT2,5,[],y,\n"],
      at: "2026-10-09T12:00:00Z")
    for name in ["T1", "T2"] {
      let explanation = desk.engine.explain(try desk.record(name))
      #expect(!explanation.routes[0].changes.isEmpty)
      #expect(!ExplanationReport(desk.engine, width: 80, color: true).text(explanation).isEmpty)
    }
  }

  @Test func whatIsExplainedIsWhatTheRunDecides() throws {
    var generator = SplitMix(state: 9)
    let tickets = (0..<30).map { _ in random(&generator) }
    let desk = try desk(tickets)
    let decisions = desk.engine.decisions(route: 0)
    for decision in decisions {
      let explanation = desk.engine.explain(route: 0, for: decision.item)
      #expect(explanation.decision.status == decision.status)
      #expect(explanation.decision.rule == decision.rule)
      #expect(explanation.given == decision.to.map { desk.engine.shown($0) })
      #expect(explanation.decision.verdicts.count == 3)
      let matched = explanation.decision.verdicts.first { $0.verdict == .matched }
      if decision.status == .assigned { #expect(matched?.rule == decision.rule) }
      for target in explanation.decision.verdicts.flatMap(\.targets) {
        guard let note = target.candidates else { continue }
        #expect(note.refusals.reduce(0) { $0 + $1.count } + note.undecided.count + note.passed.count == note.count)
        if case .given(let name) = target.outcome { #expect(note.passed.first?.record == name) }
      }
    }
    // Explaining leaves nothing behind.
    #expect(desk.engine.decisions(route: 0).map(\.rule) == decisions.map(\.rule))
  }

  // MARK: - The incident log

  @Test func everyIncidentOfTheSampleIsExplained() throws {
    let root = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
    let rulebook = Rulebook.load(root.appendingPathComponent("scripts/incidents").path)
    let session = try Session.open(
      rulebook,
      Session.Options(data: root.appendingPathComponent("scripts/incidents/data").path, at: nil))
    let engine = session.engine
    let report = ExplanationReport(engine, width: 100, color: false)
    let decisions = engine.decisions(route: 0)
    #expect(decisions.count == 500)
    for decision in decisions {
      let explanation = engine.explain(decision.item)
      #expect(explanation.routes.map(\.decision.status) == [decision.status])
      for clock in explanation.clocks { expectConsistent(clock) }
      #expect(report.text(explanation).utf8.count > 200)
      var json = JSONWriter()
      engine.write(explanation, to: &json)
      let object = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any]
      #expect((object?["routes"] as? [Any])?.count == 1)
    }
  }

  /// The running total never falls within a cycle, and ends where the clock does.
  private func expectConsistent(_ explanation: ClockExplanation) {
    for clock in explanation.clocks {
      let own = explanation.entries.filter { $0.cycle == clock.cycle && !$0.isAhead }
      let totals = own.compactMap(\.total)
      for (earlier, later) in zip(totals, totals.dropFirst()) { #expect(earlier <= later) }
      // A period that nothing was done for goes on beside those after it, which have the later lines.
      if clock.stop != nil || clock.cycle == explanation.clocks.count, clock.start != nil {
        #expect(totals.last == clock.elapsed)
      }
    }
    #expect(zip(explanation.entries, explanation.entries.dropFirst()).allSatisfy { $0.at <= $1.at })
  }

  @Test func timelinesAgreeWithTheirClocks() throws {
    let folder = Self.folder.appendingPathComponent("clocks")
    let rules = try String(contentsOf: folder.appendingPathComponent("rules.docket"), encoding: .utf8)
    for hour in stride(from: 0, to: 24 * 14, by: 7) {
      let day = 28 + hour / 24
      let date = day > 30 ? "2026-10-\(day - 30 < 10 ? "0" : "")\(day - 30)" : "2026-09-\(day)"
      let time = "\(hour % 24 < 10 ? "0" : "")\(hour % 24):30"
      let desk = try ExplainedDesk(
        rules, data: folder.appendingPathComponent("data").path, at: "\(date)T\(time)")
      for name in ["F1", "F2"] {
        guard case .found(let item) = ItemName.find(name, in: desk.engine) else { continue }
        for index in desk.engine.rulebook.slas.indices {
          expectConsistent(desk.engine.explain(sla: index, for: item))
        }
      }
    }
  }
}
