/// What is loaded does not depend on how many threads load it.

import DocketDiagnostics
import DocketSemantics
import DocketTime
import Testing

@testable import DocketData

@Suite("Loading on two threads") struct LoadingThreadsTests {
  @Test("a large file gives the same rows, problems and counts", arguments: ["t.csv", "t.jsonl"], [0, 400])
  func sameResults(name: String, rejectLimit: Int) throws {
    let (one, two) = (try load(name, rejectLimit, threads: 1), try load(name, rejectLimit, threads: 2))
    if rejectLimit > 0 { #expect(one.rows().count == 20_000 - 3 * 19) }
    #expect(one.rows() == two.rows())
    #expect(one.told == two.told)
    let (first, second) = (try #require(one.report.sources.first), try #require(two.report.sources.first))
    #expect(first.rows == second.rows)
    #expect(first.rejectedRows == second.rejectedRows)
    #expect(first.rejectedRows == (rejectLimit == 0 ? 0 : 3 * 19 + 5))
    #expect(first.rejected.map(\.message) == second.rejected.map(\.message))
    #expect([first.gapTimes, first.foldTimes] == [second.gapTimes, second.foldTimes])
    #expect(first.gapTimes > 0 && first.foldTimes > 0)
    #expect(first.movedTimes.map(\.line) == second.movedTimes.map(\.line))
  }

  private func load(_ name: String, _ rejectLimit: Int, threads: Int) throws -> Loaded {
    let fixture = DataFixture()
    let kind = fixture.enumeration("Kind", ("question", []), ("incident", []), ("request", []))
    let thing = fixture.entity(
      "Thing",
      [
        ("id", .string), ("kind", kind), ("votes?", .int), ("csat?", .double), ("opened", .timestamp),
        ("note?", .string),
        ("done?", .bool), ("answered?", .timestamp),
      ])
    fixture.source(thing, name)
    fixture.options.zone = Zone.named("Europe/Berlin")
    fixture.options.rejectLimit = rejectLimit
    fixture.options.threads = threads
    fixture.write(name, Array(text(name).utf8))
    return fixture.load()
  }

  /// 20,000 records; behind each thousand, three have a cell that cannot be read, and five more are no records.
  private func text(_ name: String) -> String {
    var random = SplitMix(state: 7)
    let names = ["id", "kind", "votes", "csat", "opened", "note", "done", "answered"]
    var text = name == "t.csv" ? names.joined(separator: ",") + "\n" : ""
    for row in 0..<20_000 {
      var cells = [
        "T\(row * 7919 % 20_000)", ["question", "incident", "request"].randomElement(using: &random)!,
        row % 11 == 0 ? "" : "\(Int.random(in: -5...5000, using: &random))",
        "\(Double(Int.random(in: 10...50, using: &random)) / 10)",
        row % 5 == 0 ? "2026-03-29T02:30:00" : "2026-10-\(10 + row % 15)T0\(row % 10):15:00",
        "the \(row % 700) same words, and \"others\"", row % 3 == 0 ? "true" : "false",
        row % 7 == 0 ? "2026-10-25T02:15:00" : "2026-11-01T08:00:00Z",
      ]
      if row >= 1000 {
        switch row % 1000 {
        case 0: cells[2] = "many"
        case 1: cells[1] = "praise"
        case 2: cells[4] = "yesterday"
        default: break
        }
      }
      if name == "t.csv" {
        text +=
          cells.map { $0.contains(",") ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }.joined(separator: ",") + "\n"
        if row % 4000 == 3999 { text += "T-1,question\n" }
      } else {
        text +=
          "{"
          + zip(names, cells).map { "\"\($0)\":\"\($1.replacing("\"", with: "\\\""))\"" }.joined(separator: ",")
          + "}\n"
        if row % 4000 == 3999 { text += "{\"id\": \"T-1\", \"kind\"}\n" }
      }
    }
    return text
  }
}
