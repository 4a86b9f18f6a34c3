/// All clocks of an SLA in one run are those that each item has by itself, by the tree evaluator, and with everything watched
/// that is read: shortcuts of a run change nothing. On generated SLAs and histories.

import Docket
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime
import Foundation
import Testing

@testable import DocketRules

@Suite struct ClockRunPropertyTests {
  private static let cases = min(
    400, max(12, (ProcessInfo.processInfo.environment["DOCKET_CASES"].flatMap { Int($0) } ?? 200) / 10))

  enum Kind: CaseIterable {
    /// One state of each record, and no events: nothing ever changes.
    case steady
    case events
    case history
  }

  // MARK: - Rulebooks

  private static func rulebook(_ world: Kind, _ random: inout SplitMix) -> String {
    let hasHistory = world == .history
    return """
      zone "Europe/Berlin"
      enum Status { open, waiting, solved }
      enum Level { low, high }
      entity Owner as o { key id: string  away: bool  level: Level  shift: calendar }
      entity Ticket as t {
        key id: string
        status: Status
        level: Level
        urgent: bool
        owner: Owner?
        opened: timestamp
        solved: timestamp?
        promised: timestamp?
        budget: duration?
        \(world == .steady ? "" : "messages: list<Message> from Message.ticket")
        let done = t.status == solved
        let asleep = t.owner != null and t.owner.away
      }
      \(world == .steady ? "" : "entity Message { key id: string  ticket: Ticket  inbound: bool  sent: timestamp event }")
      source Owner from "owners.csv" as row { \(hasHistory ? "version row.changed" : "") }
      source Ticket from "tickets.csv" as row { \(hasHistory ? "version row.changed  created row.opened" : "") }
      \(world == .steady ? "" : "source Message from \"messages.csv\" as row { }")
      calendar desk { open mon-fri 08:30-12:00, 12:45-17:30  known until @2026-03-20 }
      calendar late { open mon-sat 12:00-22:00 }
      calendar always { open mon-sun 00:00-24:00 }
      table budget_of (level: Level, urgent: bool): duration? {
        hit first
        level | urgent | result
        high  | true   | 2h
        high  | _      | 6h
        low   | true   | null
        _     | _      | 30h
      }
      func allowed(level: Level): duration = level == high ? 4h : 20h

      """ + (0..<6).map { sla($0, world, &random) }.joined()
  }

  private static func sla(_ number: Int, _ world: Kind, _ random: inout SplitMix) -> String {
    let hasHistory = world == .history
    let event = { (side: String) in
      world == .steady ? "at t.opened" : "on t.messages as m where \(side)m.inbound"
    }
    var clauses: [String] = []
    if random.odds(3) { clauses.append("where " + random.pick("t.urgent", "t.level == high", "t.owner.level == high")) }
    let isReplayed = hasHistory && !random.odds(3)
    let condition = { (random: inout SplitMix) in
      random.pick(
        "t.status == open", "t.done", "t.status == waiting", "t.asleep", "t.urgent", "t.owner != null and t.owner.away")
    }
    clauses.append(
      isReplayed && random.odds(4)
        ? "start when \(condition(&random))"
        : "start " + random.pick("at t.opened", "at t.opened", "at t.promised", event("")))
    var isUndone = false
    if isReplayed, !random.odds(4) {
      clauses.append("stop when " + random.pick("t.done", "t.status == solved or t.asleep"))
      isUndone = true
    } else {
      clauses.append(
        "stop " + random.pick("at t.solved", "at t.solved", world == .steady ? "at t.promised" : event("not ")))
    }
    if isReplayed {
      if random.odds(3) { clauses.append("restart when t.urgent") }
      if random.odds(2) { clauses.append("pause while \(condition(&random))") }
      if random.odds(5) { clauses.append("cancel when t.level == low and t.status == waiting") }
    }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: clauses.append("target t.budget")
    case 1: clauses.append("target budget_of(t.level, t.urgent)")
    case 2: clauses.append("target allowed(t.level)")
    case 3: clauses.append("target t.owner.level == high ? 3h : 9h")
    case 4: clauses.append("target 2 workdays")
    case 5: clauses.append("due t.promised" + (random.odds(2) ? " as of start" : ""))
    default: clauses.append("target " + random.pick("90m", "8h", "40h"))
    }
    let isDuration = clauses.contains { $0.hasPrefix("target") && !$0.hasSuffix("workdays") }
    if !random.odds(4) {
      clauses.append(
        "using " + random.pick("desk", "desk", "late", "t.urgent ? always : desk", "t.owner.shift ?? desk"))
    }
    if isUndone {
      clauses.append("on reopen " + random.pick("ignore", "count gap", "exclude gap", "new cycle", "restart"))
    }
    if isDuration, random.odds(2) {
      clauses.append("on change " + random.pick("retroactive", "keep", "restart", "carry", "grace 30m"))
    }
    if random.odds(3) { clauses.append("cycles each") }
    if random.odds(3) { clauses.append("at 75% notify \"desk\" f\"{t.id} is due {due}\"") }
    if random.odds(4) { clauses.append("at breach notify \"desk\" f\"{t.id} is late, {status}\"") }
    return "sla s\(number) for Ticket as t {\n  \(clauses.joined(separator: "\n  "))\n}\n"
  }

  // MARK: - Data

  private static func files(hasHistory: Bool, _ random: inout SplitMix) -> [String: String] {
    func text(_ seconds: Int64) -> String {
      // Now and then a fraction of a second.
      Instant(uncheckedSeconds: seconds, nanoseconds: seconds % 7 == 0 ? 250_000_000 : 0).description
    }
    func maybe(_ value: String) -> String { random.odds(4) ? "" : value }
    var owners = "id,away,level,shift,changed\n"
    for number in 0..<4 {
      var at: Int64 = 1_771_900_000
      for _ in 0..<(hasHistory ? Int.random(in: 1...5, using: &random) : 1) {
        owners +=
          "O\(number),\(Bool.random(using: &random)),\(random.pick("low", "high")),\(random.pick("desk", "late")),\(text(at))\n"
        at += Int64.random(in: 1..<400_000, using: &random)
      }
    }
    var tickets = "id,status,level,urgent,owner,opened,solved,promised,budget,changed\n"
    var messages = "id,ticket,inbound,sent\n"
    for number in 0..<20 {
      let opened = Int64.random(in: 1_772_000_000..<1_774_000_000, using: &random)
      var at = opened
      for _ in 0..<(hasHistory ? Int.random(in: 1...5, using: &random) : 1) {
        let cells = [
          "T\(number)", random.pick("open", "waiting", "solved"), random.pick("low", "high"),
          "\(Bool.random(using: &random))", maybe("O\(Int.random(in: 0..<4, using: &random))"), text(opened),
          maybe(text(opened + Int64.random(in: -1000..<400_000, using: &random))),
          maybe(text(opened + Int64.random(in: 0..<400_000, using: &random))),
          maybe("\(Int.random(in: 0..<60, using: &random))h"), text(at),
        ]
        tickets += cells.joined(separator: ",") + "\n"
        at += Int64.random(in: 1..<150_000, using: &random)
      }
      var sent = opened
      for message in 0..<Int.random(in: 0...4, using: &random) {
        sent += Int64.random(in: 0..<90_000, using: &random)
        messages += "M\(number)-\(message),T\(number),\(Bool.random(using: &random)),\(text(sent))\n"
      }
    }
    return ["owners.csv": owners, "tickets.csv": tickets, "messages.csv": messages]
  }

  // MARK: - The property

  private func lines(_ clocks: some Collection<Clock>) -> [String] {
    clocks.map { clock in
      """
      \(clock.sla) \(clock.item) \(clock.cycle) \(clock.status) \(clock.start as Any) \(clock.stop as Any) \
      \(clock.due as Any) \(clock.breachFrom as Any) \(clock.elapsed as Any) \(clock.wallElapsed as Any) \
      \(clock.remaining as Any) \(clock.pauses) \(clock.isProvisional) \(clock.cause as Any) \(clock.met as Any) \
      \(clock.effects)
      """
    }
  }

  @Test(arguments: Kind.allCases)
  func aRunGivesWhatEachItemGivesAloneByTheReferenceAndWatched(world: Kind) throws {
    let hasHistory = world == .history
    var random = SplitMix(state: hasHistory ? 17 : 71)
    var statuses: [ClockStatus: Int] = [:]
    for number in 0..<Self.cases {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-run-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      var files = Self.files(hasHistory: hasHistory, &random)
      files["rules.docket"] = Self.rulebook(world, &random)
      for (name, text) in files {
        try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
      }
      let rulebook = Rulebook.load(folder.appendingPathComponent("rules.docket").path)
      try #require(!rulebook.diagnostics.hasErrors, "case \(number): \(rulebook.diagnostics.all.map(\.message))")
      // Some clocks are looked at while they run.
      let now = Instant(uncheckedSeconds: Int64.random(in: 1_773_000_000..<1_775_000_000, using: &random))
      let session = try Session.open(rulebook, Session.Options(data: folder.path, at: now.description))
      let engine = session.engine
      for sla in rulebook.checked.slas.indices {
        let run = lines(engine.clocks(sla: sla))
        for clock in engine.clocks(sla: sla) { statuses[clock.status, default: 0] += 1 }
        let items = engine.items(of: rulebook.checked.slas[sla].entity)
        let text = files["rules.docket"] ?? ""
        let alone = items.flatMap { lines(engine.clocks(sla: sla, for: $0)) }
        #expect(run == alone, "case \(number), s\(sla) of \(text)")
        let plan = engine.clockPlan(sla)
        let readsOthers = plan.readsOthers
        plan.readsOthers = true
        let watched = items.flatMap { lines(engine.clocks(sla: sla, for: $0)) }
        plan.readsOthers = readsOthers
        #expect(run == watched, "case \(number), s\(sla) of \(text)")
        engine.evaluator.observe = { _, _ in }
        let reference = items.flatMap { lines(engine.clocks(sla: sla, for: $0)) }
        engine.evaluator.observe = nil
        #expect(run == reference, "case \(number), s\(sla) of \(text)")
      }
    }
    // The generator reaches what it is meant to.
    for status in [ClockStatus.running, .met, .breached, .notApplicable, .notStarted, .undecided] {
      #expect(statuses[status, default: 0] > 0, "no clock is \(status)")
    }
    if hasHistory {
      for status in [ClockStatus.paused, .cancelled, .atRisk] {
        #expect(statuses[status, default: 0] > 0, "no clock is \(status)")
      }
    }
  }
}
