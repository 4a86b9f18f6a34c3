/// What must hold of every fair routing, over generated desks: nobody has more than there is room for, work spreads evenly, and
/// neither another run nor another order of the files changes anything.

import Docket
import DocketRules
import DocketRuntime
import DocketSemantics
import Foundation
import Testing

@Suite struct RoutingPropertyTests {
  private static let cases = min(
    2_000, max(20, (ProcessInfo.processInfo.environment["DOCKET_CASES"].flatMap { Int($0) } ?? 200) / 5))

  /// A desk: people with room and what they have already, and items that wait.
  private struct Desk {
    var people: [(id: String, room: Int, isIn: Bool)]
    var items: [(id: String, owner: String?, weight: Int)]

    init(seed: UInt64) {
      var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
      func below(_ count: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int(random % UInt64(count))
      }
      let count = 1 + below(6)
      people = (0..<count).map { (id: "p\($0)", room: below(7), isIn: below(4) > 0) }
      items = (0..<below(30)).map { number in
        (id: String(format: "i%02d", number), owner: below(5) == 0 ? "p\(below(count))" : nil, weight: below(5))
      }
    }

    /// The files; `order` shuffles their lines.
    func files(order: UInt64) -> [String: String] {
      func lines(_ rows: [String]) -> String {
        var rows = rows
        if order > 0 {
          rows.sort {
            ($0.utf8.reduce(order) { $0 &* 31 &+ UInt64($1) }) < ($1.utf8.reduce(order) { $0 &* 31 &+ UInt64($1) })
          }
        }
        return rows.map { $0 + "\n" }.joined()
      }
      return [
        "Person.csv": "id,room,present\n" + lines(people.map { "\($0.id),\($0.room),\($0.isIn)" }),
        "Item.csv": "id,owner,weight\n" + lines(items.map { "\($0.id),\($0.owner ?? ""),\($0.weight)" }),
      ]
    }
  }

  private static func rules(_ pick: String, _ condition: String) -> String {
    """
    zone "UTC"
    entity Person as p {
      key id: string
      room: int
      present: bool
      items: list<Item> from Item.owner
    }
    entity Item as i { key id: string  owner: Person?  weight: int }
    route owner for Item.owner as i {
      where i.owner == null
      order highest i.weight
      rule one {
        when true
        to one Person as p where \(condition) pick \(pick)
      }
      otherwise nobody
    }
    """
  }

  /// Who gets what, item by item; `nil` where nobody does.
  private func route(_ desk: Desk, _ rules: String, order: UInt64 = 0) throws -> [String: String?] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var files = desk.files(order: order)
    files["desk.docket"] = rules
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    let session = try Session.open(
      Rulebook.load(folder.path), Session.Options(data: folder.path, at: "2026-03-02T10:00:00Z"))
    let engine = session.engine
    var given: [String: String?] = [:]
    for decision in engine.decisions(route: 0) where decision.status != .notSelected {
      #expect(decision.status == .assigned || decision.status == .noCandidate)
      given.updateValue(decision.to.first.map { engine.machine.scalar($0) }, forKey: engine.keyText(decision.item))
    }
    return given
  }

  private func counts(_ given: [String: String?]) -> [String: Int] {
    given.values.compactMap { $0 }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  @Test func nobodyGetsMoreThanThereIsRoomFor() throws {
    var refused = 0
    for seed in 1...UInt64(Self.cases) {
      let desk = Desk(seed: seed)
      let given = try route(desk, Self.rules("lowest p.items.size()", "p.present and p.items.size() < p.room"))
      let assigned = counts(given)
      var left = 0
      for person in desk.people {
        let before = desk.items.count { $0.owner == person.id }
        let after = before + assigned[person.id, default: 0]
        #expect(after <= max(person.room, before), "seed \(seed): \(person.id)")
        if !person.isIn { #expect(assigned[person.id] == nil, "seed \(seed): \(person.id) is not there") }
        if person.isIn { left += max(0, person.room - after) }
      }
      let waiting = given.values.count { $0 == nil }
      // Nothing waits while somebody who is there has room.
      #expect(waiting == 0 || left == 0, "seed \(seed)")
      refused += waiting
      #expect(given.count == desk.items.count { $0.owner == nil })
    }
    #expect(refused > 0)
  }

  @Test func theLeastLoadedAreFilledUpEvenly() throws {
    for seed in 1...UInt64(Self.cases) {
      let desk = Desk(seed: seed)
      let given = try route(desk, Self.rules("lowest p.items.size()", "p.present"))
      let assigned = counts(given)
      let loads = desk.people.filter(\.isIn).map { person in
        (
          got: assigned[person.id, default: 0],
          all: desk.items.count { $0.owner == person.id } + assigned[person.id, default: 0]
        )
      }
      // Whoever got something has at most one more than anybody else.
      let lowest = loads.map(\.all).min() ?? 0
      for load in loads where load.got > 0 { #expect(load.all <= lowest + 1, "seed \(seed)") }
    }
  }

  @Test func turnsSpreadWithinOne() throws {
    for seed in 1...UInt64(Self.cases) {
      let desk = Desk(seed: seed)
      let given = try route(desk, Self.rules("round robin", "p.present"))
      let assigned = counts(given)
      let turns = desk.people.filter(\.isIn).map { assigned[$0.id, default: 0] }
      #expect((turns.max() ?? 0) - (turns.min() ?? 0) <= 1, "seed \(seed): \(turns)")
    }
  }

  @Test(arguments: ["round robin", "lowest p.items.size()", "lowest p.items.size() then round robin"])
  func anotherRunAndAnotherOrderOfTheFilesGiveTheSame(pick: String) throws {
    for seed in 1...UInt64(Self.cases / 2) {
      let desk = Desk(seed: seed)
      let rules = Self.rules(pick, "p.present and p.items.size() < p.room")
      let first = try route(desk, rules)
      #expect(try route(desk, rules) == first, "seed \(seed)")
      #expect(try route(desk, rules, order: seed) == first, "seed \(seed), shuffled")
    }
  }
}
