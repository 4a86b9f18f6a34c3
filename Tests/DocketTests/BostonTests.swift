/// The rulebook of scripts/boston311 over the city's export, where it is at hand: does a clock's `due` say what the
/// city's own system computed?

import Docket
import DocketData
import DocketRules
import DocketSemantics
import Foundation
import Testing

@Suite struct BostonTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let data: String? = {
    let places: [String?] = [
      ProcessInfo.processInfo.environment["DOCKET_SHARED_DATA"], root.appendingPathComponent("../shared/data").path,
      root.appendingPathComponent("../../shared/data").path,
    ]
    return places.compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0 + "/boston311_2011_jul_aug.csv")
    }
  }()

  @Test(.enabled(if: data != nil, "the requests of Boston are not at hand"))
  func theDeadlinesAreThoseOfTheCity() throws {
    let rulebook = Rulebook.load(Self.root.appendingPathComponent("scripts/boston311").path)
    let options = Session.Options(data: Self.data, at: "2020-01-01T00:00:00Z")
    let session = try Session.open(rulebook, options)
    #expect(session.report.tables.map(\.records) == [21_401])
    func cells(_ name: String) throws -> [Measure] {
      let index = try #require(session.rulebook.checked.kpis.firstIndex { $0.name == name })
      return session.engine.measures(kpi: index).cells
    }

    let all = try #require(try cells("same_deadline").first)
    #expect(all.rows == 17_775)
    #expect((all.value ?? 0) >= 0.99)
    // The cases of `Counting` in their order: workdays, then every day.
    let byCounting = try cells("same_deadline_by_counting")
    #expect(byCounting.map(\.rows) == [13_813, 3_962])
    #expect(byCounting.allSatisfy { ($0.value ?? 0) >= 0.99 })

    // Every closed request with a deadline and a recorded verdict.
    let verdicts = try #require(try cells("same_verdict").first)
    #expect(verdicts.rows == 16_684)
    #expect(verdicts.value == 1)
  }
}
