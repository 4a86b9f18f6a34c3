/// The rulebook that `make run` shows, over its sample: figures that were counted by another program from the files.

import Docket
import DocketData
import DocketDiagnostics
import DocketRules
import DocketSemantics
import DocketTesting
import Foundation
import Testing

@Suite struct SupportRulebookTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let folder = root.appendingPathComponent("scripts/support").path

  private func session() throws -> Session {
    let rulebook = Rulebook.load(Self.folder)
    return try Session.open(rulebook, Session.Options(data: Self.folder + "/data", at: "2026-09-30T15:30"))
  }

  private func cells(_ name: String, _ session: Session) throws -> [Measure] {
    let index = try #require(session.rulebook.checked.kpis.firstIndex { $0.name == name })
    return session.engine.measures(kpi: index).cells
  }

  @Test func itsTestsPassAndNothingIsComplainedOf() {
    let rulebook = Rulebook.load(Self.folder)
    #expect(rulebook.diagnostics.all.isEmpty)
    let results = TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources)
    #expect(results.exitCode == 0, "\n\(TestReporter().render(results, duration: .zero))")
  }

  @Test func theSampleLoadsWithoutARejectedRow() throws {
    let session = try session()
    #expect(session.report.tables.count == 32)
    let feedback = try #require(session.rulebook.checked.schema.entity(named: "Feedback"))
    #expect(session.engine.recordCount(of: feedback) == 297)
  }

  /// China and Europe in July, August and September.
  @Test func firstResponsesAreThoseCountedFromTheFiles() throws {
    let counted = try cells("responded_by_market", session()).map { cell in
      "\(Int((cell.value ?? 0) * Double(cell.rows) + 0.5)) of \(cell.rows)"
    }
    #expect(counted == ["52 of 55", "31 of 33", "41 of 52", "34 of 49", "54 of 55", "32 of 36"])
  }

  @Test func everyRuleOfARouteIsNamedByATest() throws {
    let tests = try String(contentsOfFile: Self.folder + "/routing_tests.docket", encoding: .utf8)
    for rule in Rulebook.load(Self.folder).checked.routes.flatMap(\.rules) {
      #expect(tests.contains("\"\(rule.name)\""), "no test names the rule `\(rule.name)`")
    }
  }

  /// Documentation/Model.md says which rule stands for which idea.
  @Test func everyRuleStandsForAnIdea() throws {
    let model = try String(
      contentsOf: Self.root.appendingPathComponent("Documentation/Model.md"), encoding: .utf8)
    let listed = Set(model.split { !$0.isLetter && $0 != "_" }.map(String.init))
    let rulebook = Rulebook.load(Self.folder).checked
    let names =
      rulebook.routes.map(\.name) + rulebook.slas.map(\.name) + rulebook.kpis.map(\.name) + rulebook.ensures.map(\.name)
    #expect(names.filter { !listed.contains($0) } == [])
  }
}
