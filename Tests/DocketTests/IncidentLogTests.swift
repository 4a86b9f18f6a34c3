/// The shipped rulebook over the real incident log, where it is at hand: figures that were counted independently.

import Docket
import DocketData
import DocketRules
import DocketSemantics
import Foundation
import Testing

@Suite struct IncidentLogTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let data: String? = {
    let places: [String?] = [
      ProcessInfo.processInfo.environment["DOCKET_SHARED_DATA"], root.appendingPathComponent("../shared/data").path,
    ]
    return places.compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0 + "/incident_event_log.csv") }
  }()

  private func session(at instant: String) throws -> Session {
    let rulebook = Rulebook.load(Self.root.appendingPathComponent("scripts/incidents").path)
    return try Session.open(rulebook, Session.Options(data: Self.data, at: instant))
  }

  private func kpi(_ name: String, _ session: Session) throws -> MeasureSet {
    let index = try #require(session.rulebook.checked.kpis.firstIndex { $0.name == name })
    return session.engine.measures(kpi: index)
  }

  @Test(.enabled(if: data != nil, "the incident log is not at hand"))
  func theLastVersionsAgreeWithWhatTheDeskRecorded() throws {
    let session = try session(at: "2017-03-01T00:00:00Z")
    #expect(session.report.tables.map(\.records) == [24_918])
    #expect(session.report.tables.map(\.rows) == [141_712])
    let cells = try kpi("made_sla", session).cells
    #expect(cells.map { Int((($0.value ?? 0) * Double($0.rows)).rounded()) } == [651, 15_145, 2, 5])
    #expect(cells.map(\.rows) == [774, 23_466, 408, 270])

    let matrix = try #require(try kpi("matrix_agrees", session).cells.first)
    #expect(matrix.value == 1)
    #expect(matrix.rows == 24_918)

    let agreement = try kpi("closure_agrees", session).cells
    let moderate = try #require(agreement.first { $0.rows == 14_178 })
    #expect((moderate.value ?? 0) >= 0.99)
    #expect(agreement.allSatisfy { ($0.value ?? 0) >= 0.99 })

    let accuracy = try #require(try kpi("routing_accuracy", session).cells.first)
    #expect(accuracy.rows == 22_758)
    #expect((accuracy.value ?? 0) >= 0.6)
    #expect(session.rulebook.checked.routes[0].rules.count >= 20)
  }

  @Test(.enabled(if: data != nil, "the incident log is not at hand"))
  func thePastIsSeenAsItWas() throws {
    let noon = try session(at: "2016-04-01T12:00:00Z")
    let entity = try #require(noon.rulebook.checked.schema.entity(named: "Incident"))
    #expect(noon.engine.recordCount(of: entity) == 9_436)
    let backlog = try kpi("backlog", noon).cells
    #expect(backlog.reduce(0) { $0 + $1.rows } == 3_544)

    let ides = try session(at: "2016-04-15T00:00:00Z")
    #expect(ides.engine.recordCount(of: entity) == 13_302)
    // `closed_at` stands on every line of the export and is seen from its own instant on only.
    #expect(try kpi("made_sla", ides).cells.reduce(0) { $0 + $1.rows } == 10_229)
    let clocks = ides.engine.clocks(sla: 0)
    #expect(clocks.count == 13_302)
    #expect(clocks.count { $0.status == .running } == 1_721)
    #expect(clocks.count { $0.status == .breached } == 5_902)
  }
}
