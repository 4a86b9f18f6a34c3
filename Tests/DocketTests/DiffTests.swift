/// What a change of rules changes, told and counted.

import Docket
import DocketDiagnostics
import Foundation
import Testing

@Suite struct DiffTests {
  private let changed = ReportFixture.rules
    .replacing("when t.level == high  to \"on <call> & co\"", with: "when t.level == low  to \"second line\"")
    .replacing("target 8h", with: "target 2h")
    .replacing("t.closed != null)", with: "t.closed != null and t.score != null)")
    .replacing("where t.closed != null\n  expect t.score", with: "expect t.score")
    .replacing("kpi backlog", with: "kpi still_open")

  private func impact(_ new: String, _ language: ReportLanguage = .english) throws -> ChangeImpact {
    ChangeImpact.between(
      try ReportFixture.session().engine, try ReportFixture.session(new).engine, language: language)
  }

  @Test func theSameRulesChangeNothing() throws {
    let impact = try impact(ReportFixture.rules)
    #expect(impact.isEmpty)
    #expect(
      DiffReport(impact, width: nil, color: false).render() == "Nothing changes: 6 rules give the same results.\n")
  }

  @Test func movesAreGroupedByRule() throws {
    let impact = try impact(changed)
    let route = try #require(impact.rules.first { $0.name == "team" })
    // T6 was urgent and falls to the others, T7 and T8 go the other way.
    #expect(
      route.groups.map { "\($0.oldRule ?? "") → \($0.newRule ?? "") \($0.count)" } == [
        "otherwise → urgent 2", "urgent → otherwise 1",
      ])
    #expect(route.groups[0].examples.map(\.subject) == ["T7", "T8"])
    #expect(impact.added == ["kpi still_open"] && impact.removed == ["kpi backlog"])
  }

  @Test func inChineseNothingChangesEither() throws {
    let impact = try impact(ReportFixture.rules, .chinese)
    #expect(DiffReport(impact, width: nil, color: false).render() == "没有变化：6 条规则的结果相同。\n")
  }

  @Test(arguments: ReportLanguage.allCases)
  func theReportReadsAsReviewed(_ language: ReportLanguage) throws {
    let text = DiffReport(try impact(changed, language), width: 100, color: false).render()
    let file = ReportTests.folder.appendingPathComponent(language == .english ? "diff.txt" : "diff-zh.txt")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: ReportTests.folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test func machinesGetEveryDifference() throws {
    let impact = try impact(changed)
    var json = JSONWriter()
    impact.write(to: &json)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
    #expect(object["changed"] as? Bool == true)
    let rules = try #require(object["rules"] as? [[String: Any]])
    #expect(rules.count == impact.rules.count)
    let route = try #require(rules.first { $0["name"] as? String == "team" })
    #expect((route["differences"] as? [[String: Any]])?.count == 3)
  }
}
