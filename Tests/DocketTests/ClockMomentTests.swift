/// When the messages of clocks are told: shares of the elapsed time fall into opening hours, and `during` holds a message
/// until its calendar is open while the clock goes on.

import Docket
import DocketRules
import DocketTime
import Foundation
import Testing

@Suite struct ClockMomentTests {
  private static let rulebook = """
    zone "Asia/Shanghai"
    entity Ticket { key id: string  at: timestamp  solved: timestamp? }
    source Ticket from "tickets.csv" as row { created row.at }
    calendar desk { open mon-fri 09:30-21:00 }
    sla answer for Ticket as t {
      start  at t.at
      stop   at t.solved
      target 4h
      using  desk
      at 75% notify "desk" f"{t.id} is due {due}"
      at breach notify "desk" f"{t.id} is late"
    }
    sla round_the_clock for Ticket as t {
      start  at t.at
      stop   at t.solved
      target 4h
      at breach during desk notify "desk" f"{t.id} is late"
    }
    """

  /// The instants at which messages are told, by the clock of Shanghai.
  private func told(_ sla: Int, at instant: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-moments-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.rulebook.write(to: folder.appendingPathComponent("desk.docket"), atomically: true, encoding: .utf8)
    // A Friday, an hour before closing.
    try "id,at,solved\nT1,2026-08-28T20:00:00+08:00,\n".write(
      to: folder.appendingPathComponent("tickets.csv"), atomically: true, encoding: .utf8)
    let session = try Session.open(
      Rulebook.load(folder.path), Session.Options(data: folder.path, at: instant))
    return session.engine.clocks(sla: sla).flatMap(\.effects).map { $0.at.rfc3339(offset: 8 * 3600) }
  }

  @Test func aShareOfTheTimeIsReachedInOpeningHours() throws {
    #expect(try told(0, at: "2026-08-31T03:29:59Z") == [])
    #expect(try told(0, at: "2026-08-31T03:30:00Z") == ["2026-08-31T11:30:00+08:00"])
    #expect(try told(0, at: "2026-09-01T00:00:00Z") == ["2026-08-31T11:30:00+08:00", "2026-08-31T12:30:00+08:00"])
  }

  @Test func aMessageWaitsForOpeningHours() throws {
    // Breached at midnight, told on Monday morning.
    #expect(try told(1, at: "2026-08-30T00:00:00Z") == [])
    #expect(try told(1, at: "2026-08-31T02:00:00Z") == ["2026-08-31T09:30:00+08:00"])
  }
}
