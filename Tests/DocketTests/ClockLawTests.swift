/// What must hold for every clock, on generated histories: the laws about pauses, the order of events and the past.

import Docket
import DocketDiagnostics
import DocketSemantics
import DocketTime
import Foundation
import Testing

@testable import DocketRules

@Suite struct ClockLawTests {
  static let count = max(10_000, ProcessInfo.processInfo.environment["DOCKET_CASES"].flatMap { Int($0) } ?? 0)

  // MARK: - Pauses

  private func at(_ seconds: Int64) -> Instant { Instant(uncheckedSeconds: seconds) }

  /// Pauses in order and apart from each other, as a replay makes them.
  private func united(_ pauses: [(Int64, Int64)], from start: Int64) -> [Clock.Pause] {
    var result: [(Int64, Int64)] = []
    for pause in pauses.sorted(by: { $0.0 < $1.0 }) {
      if let last = result.last, pause.0 <= last.1 {
        result[result.count - 1].1 = max(last.1, pause.1)
      } else {
        result.append(pause)
      }
    }
    return result.map { Clock.Pause(from: at(start + $0.0), to: at(start + $0.1)) }
  }

  @Test func anotherPauseNeverAddsTimeNorMovesTheDeadlineEarlier() throws {
    var random = SplitMix(state: 2)
    var problems: [CalendarProblem] = []
    let zone = try #require(Zone.named("America/New_York"))
    let windows = [try #require(OpenWindow("09:00", "12:30")), try #require(OpenWindow("13:00", "17:45"))]
    let desk = try #require(
      BusinessCalendar(CalendarDefinition(zone: zone, on: CalendarDefinition.workweek, windows), problems: &problems))
    for _ in 0..<Self.count {
      let start = Int64.random(in: 1_767_225_600..<1_798_761_600, using: &random)
      func pause() -> (Int64, Int64) {
        let from = Int64.random(in: 0..<1_000_000, using: &random)
        return (from, from + Int64.random(in: 1..<200_000, using: &random))
      }
      let few = (0..<Int.random(in: 0...3, using: &random)).map { _ in pause() }
      let calendar = Bool.random(using: &random) ? desk : .always
      let begin = at(start)
      let before = ClockMeasure(start: begin, pauses: united(few, from: start), calendar: calendar)
      let after = ClockMeasure(start: begin, pauses: united(few + [pause()], from: start), calendar: calendar)
      let end = at(start + Int64.random(in: 0..<2_000_000, using: &random))
      #expect(after.elapsed(until: end) <= before.elapsed(until: end))
      let target = TimeDuration(uncheckedSeconds: Int64.random(in: 0..<300_000, using: &random))
      let (early, late) = (before.reaching(target), after.reaching(target))
      let (earlyDue, lateDue) = (try #require(early.due), try #require(late.due))
      let (earlyBreach, lateBreach) = (try #require(early.breachFrom), try #require(late.breachFrom))
      #expect(lateDue >= earlyDue)
      #expect(lateBreach >= earlyBreach)
      #expect(before.elapsed(until: earlyDue) == target)
    }
  }

  // MARK: - Histories

  private static let rulebook = """
    zone "Europe/Berlin"
    enum Status { open, waiting, solved }
    enum Side { customer, agent }
    entity Ticket as t {
      key id: string
      status: Status
      urgent: bool
      opened: timestamp
      messages: list<Message> from Message.ticket
    }
    entity Message { key id: string  ticket: Ticket  from: Side  sent: timestamp event }
    source Ticket from "tickets.csv" as row {
      version row.changed, int(row.number)
      created row.opened
    }
    source Message from "messages.csv" as row { times "iso" }
    calendar desk { open mon-fri 08:30-12:00, 12:45-17:30 }
    calendar always { open mon-sun 00:00-24:00 }
    sla work for Ticket as t {
      start at t.opened
      stop when t.status == solved
      pause while t.status == waiting
      target t.urgent ? 2h : 9h
      using desk
      on reopen exclude gap
    }
    sla again for Ticket as t {
      start when t.status == open
      stop when t.status == solved
      target 3h
      using t.urgent ? always : desk
      on reopen new cycle
    }
    sla answer for Ticket as t {
      start on t.messages as m where m.from == customer
      stop on t.messages as m where m.from == agent
      target 4h
      using desk
      cycles each
    }
    """

  private struct Line {
    var at: Int64
    var text: String
  }

  /// Tickets with some changes and messages each.
  private func histories(_ count: Int, _ random: inout SplitMix) -> (tickets: [Line], messages: [Line]) {
    var tickets: [Line] = []
    var messages: [Line] = []
    func text(_ seconds: Int64) -> String { at(seconds).description }
    for number in 0..<count {
      let opened = Int64.random(in: 1_772_000_000..<1_780_000_000, using: &random)
      var at = opened
      for change in 0..<Int.random(in: 1...6, using: &random) {
        let status = ["open", "waiting", "solved"].randomElement(using: &random) ?? ""
        let urgent = Bool.random(using: &random)
        tickets.append(Line(at: at, text: "T\(number),\(status),\(urgent),\(text(opened)),\(text(at)),\(change)"))
        // Some changes happen at one instant.
        if Int.random(in: 0..<4, using: &random) > 0 { at += Int64.random(in: 0..<200_000, using: &random) }
      }
      var sent = opened
      for message in 0..<Int.random(in: 0...5, using: &random) {
        sent += Int64.random(in: 0..<90_000, using: &random)
        let side = Bool.random(using: &random) ? "customer" : "agent"
        messages.append(Line(at: sent, text: "M\(number)-\(message),T\(number),\(side),\(text(sent))"))
      }
    }
    return (tickets, messages)
  }

  private func clocks(_ tickets: [Line], _ messages: [Line], at instant: Int64, in folder: URL) throws -> [String] {
    let heads = ["tickets": "id,status,urgent,opened,changed,number", "messages": "id,ticket,from,sent"]
    for (name, lines) in [("tickets", tickets), ("messages", messages)] {
      let text = ([heads[name] ?? ""] + lines.map(\.text)).joined(separator: "\n") + "\n"
      try text.write(to: folder.appendingPathComponent(name + ".csv"), atomically: true, encoding: .utf8)
    }
    let rulebook = Rulebook.load(folder.appendingPathComponent("laws.docket").path)
    try #require(!rulebook.diagnostics.hasErrors)
    let options = Session.Options(data: folder.path, at: at(instant).description)
    let session = try Session.open(rulebook, options)
    return (0..<3).flatMap { sla in
      session.engine.clocks(sla: sla).map { clock in
        """
        \(sla) \(clock.cycle) \(clock.status) \(clock.start as Any) \(clock.stop as Any) \(clock.due as Any) \
        \(clock.breachFrom as Any) \(clock.elapsed as Any) \(clock.pauses) \(clock.cause as Any) \(clock.met as Any)
        """
      }
    }
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-laws-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.rulebook.write(to: folder.appendingPathComponent("laws.docket"), atomically: true, encoding: .utf8)
    try body(folder)
  }

  @Test func theOrderOfTheRowsChangesNothing() throws {
    var random = SplitMix(state: 6)
    try withFolder { folder in
      let (tickets, messages) = histories(Self.count / 5, &random)
      let expected = try clocks(tickets, messages, at: 1_781_000_000, in: folder)
      #expect(expected.count >= Self.count / 5 * 3)
      for _ in 0..<5 {
        let shuffled = try clocks(
          tickets.shuffled(using: &random), messages.shuffled(using: &random), at: 1_781_000_000, in: folder)
        #expect(shuffled == expected)
      }
    }
  }

  @Test func whatHappensLaterDoesNotChangeThePast() throws {
    var random = SplitMix(state: 8)
    try withFolder { folder in
      let (tickets, messages) = histories(Self.count / 5, &random)
      for _ in 0..<5 {
        let then = Int64.random(in: 1_773_000_000..<1_781_000_000, using: &random)
        let seen = try clocks(tickets, messages, at: then, in: folder)
        let known = try clocks(
          tickets.filter { $0.at <= then }, messages.filter { $0.at <= then }, at: then, in: folder)
        #expect(seen == known)
      }
    }
  }
}
