/// The rows behind a cell add up to the cell.

import Docket
import DocketRules
import DocketSemantics
import Foundation
import Testing

@Suite struct CellRowsTests {
  private func session(_ rules: String, _ visits: String) throws -> Session {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(rules.utf8).write(to: folder.appendingPathComponent("desk.docket"))
    try Data(visits.utf8).write(to: folder.appendingPathComponent("Visit.csv"))
    return try Session.open(
      Rulebook.load(folder.path), Session.Options(data: folder.path, at: "2026-03-01T00:00:00Z"))
  }

  private let rules = """
    zone "UTC"
    enum Shop { old, new }
    entity Visit as v { key id: string  shop: Shop  at: timestamp?  score: int?  paid: bool  weight: int }
    kpi score over Visit as v {
      where v.weight / v.weight == 1
      settled when v.paid
      every month of v.at
      by v.shop as shop
      absent skip
      value mean(v.score)
    }
    """
  private let visits = """
    id,shop,at,score,paid,weight
    a,old,2026-01-05T10:00:00Z,4,true,1
    b,old,2026-01-06T10:00:00Z,,true,1
    c,old,2026-01-07T10:00:00Z,5,false,1
    d,new,2026-01-08T10:00:00Z,2,true,1
    e,old,2026-02-01T10:00:00Z,1,true,1
    f,old,,3,true,1
    g,old,2026-01-09T10:00:00Z,3,true,0
    """

  @Test func everyRowHasAFateAndAReason() throws {
    let engine = try session(rules, visits).engine
    let rows = engine.measuredRows(kpi: 0)
    #expect(rows.map(\.name) == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(rows.map(\.fate) == [.counted, .skipped, .pending, .counted, .counted, .unplaced, .undecided])
    #expect(rows[0].notes.map(\.what) == ["v.score"])
    #expect(rows[0].notes.map(\.text) == ["4"])
    #expect(rows[2].notes.map(\.text) == ["v.paid is false"])
    #expect(rows[6].notes.first?.text.contains("zero") == true)
  }

  @Test func theRowsOfACellAddUpToIt() throws {
    let engine = try session(rules, visits).engine
    let rows = engine.measuredRows(kpi: 0)
    for cell in engine.measures(kpi: 0).cells {
      let inside = rows.filter { $0.hasCell && $0.period == cell.period && "\($0.group)" == "\(cell.group)" }
      #expect(inside.count { $0.fate == .counted } == cell.rows)
      #expect(inside.count { $0.fate == .skipped } == cell.skipped)
      #expect(inside.count { $0.fate == .pending } == cell.pending)
    }
  }

  @Test func aCellIsNamedByPeriodAndGroups() throws {
    let engine = try session(rules, visits).engine
    let january = CellRows(try CellSelection.parse("score/2026-01/shop=old", in: engine), engine)
    #expect(january.inside.map(\.name) == ["a", "b", "c"])
    #expect(january.outside.map(\.name) == ["f", "g"])
    #expect(CellRows(try CellSelection.parse("score", in: engine), engine).inside.count == 5)
  }

  @Test(arguments: [
    ("scor", "no kpi `scor`: did you mean `score`?"), ("score/2027-01", "its periods are 2026-01 to 2026-02"),
    ("score/shop=neww", "did you mean `new`?"), ("score/region=eu", "no group `region`"),
    ("score/2026-01/x", "neither a period of `score` nor a group: write `shop=…`"),
    ("score/2026-02/shop=new", "has no such cell"),
  ])
  func whatIsNoCellIsSaid(text: String, message: String) throws {
    let engine = try session(rules, visits).engine
    do {
      _ = try CellSelection.parse(text, in: engine)
      Issue.record("\(text) is no cell")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
    }
  }
}
