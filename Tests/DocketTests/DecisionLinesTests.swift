/// Decisions as lines: what is copied from their outcome is what each would have said by itself.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import Testing

@Suite struct DecisionLinesTests {
  private func desk() throws -> ExplainedDesk {
    let keys = [
      "T1", "\"a, b\"", "\"say \"\"no\"\"\"", "\"two\nlines\"", "客户-1", "tab\there", "back\\slash", "T2", "T3",
    ]
    let lines = (0..<2000).map { number in
      let votes = number % 7 == 3 ? "" : "\(number)"
      return
        "\(keys[number % 9].hasPrefix("\"") ? "\"\(number) " + keys[number % 9].dropFirst() : "\(number) " + keys[number % 9]),\(votes),"
    }
    return try ExplainedDesk(
      """
      zone "UTC"
      entity Ticket as t { key id: string  votes: int?  owner: string? }
      route owner for Ticket.owner as t {
        rule named { when t.id.startsWith("2") and t.votes > 20  to "x, \\"y\\""  because f"{t.id} is the one" }
        rule many { when t.votes > 30  to "many"  because "more, \\"far\\" more" }
        rule few { when t.votes > 5  to "few" }
        otherwise nobody
      }
      """,
      ["Ticket.csv": "id,votes,owner\n" + lines.joined(separator: "\n") + "\n"], at: "2026-10-09T12:00:00Z")
  }

  private func lines(
    _ desk: ExplainedDesk, _ format: DecisionLines.Format, where isWanted: (Decision) -> Bool = { _ in true }
  ) -> String {
    let lines = DecisionLines(desk.engine, format)
    var bytes = lines.heading
    lines.write(desk.engine.decisions(route: 0), where: isWanted) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func jsonLinesAreThoseOfTheDecisions() throws {
    let desk = try desk()
    let decisions = desk.engine.decisions(route: 0)
    #expect(Set(decisions.map(\.rule)) == ["named", "many", "few", "otherwise"])
    #expect(decisions.indices.contains { decisions.sharedOutcome(at: $0) != nil })
    #expect(decisions.indices.contains { decisions.sharedOutcome(at: $0) == nil })
    var json = JSONWriter()
    for decision in decisions {
      desk.engine.write(decision, to: &json)
      json.endLine()
    }
    #expect(lines(desk, .jsonLines) == json.text)
  }

  @Test func csvHasARowForEachDecision() throws {
    let desk = try desk()
    let engine = desk.engine
    func rows(_ isWanted: (Decision) -> Bool) -> String {
      CSVText.table(
        ["route", "item", "field", "to", "rule", "status", "because"],
        engine.decisions(route: 0).filter(isWanted).map { decision in
          [
            "owner", engine.keyText(decision.item), "owner",
            decision.to.map { engine.machine.scalar($0) }.joined(separator: ";"),
            decision.rule ?? "", decision.status.name, decision.because ?? "",
          ]
        })
    }
    #expect(lines(desk, .csv) == rows { _ in true })
    #expect(lines(desk, .csv, where: { $0.status == .undecided }) == rows { $0.status == .undecided })
    #expect(rows { _ in true }.contains("\"3 two\nlines\",owner,"))
    #expect(rows { _ in true }.contains("\"2 say \"\"no\"\"\",owner,"))
  }

  @Test func theFirstOfAKindAreThoseOfTheList() throws {
    let decisions = try desk().engine.decisions(route: 0)
    let wanted = decisions.filter { $0.rule == "few" }
    let (first, count) = decisions.first(4) { $0.rule == "few" }
    #expect(count == wanted.count && count > 4)
    #expect(first.map(\.item) == wanted.prefix(4).map(\.item))
  }
}
