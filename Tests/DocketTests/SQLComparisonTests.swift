/// Every aggregate in every period over the incident log, beside the same made by SQLite: Tests/SQL/measures.py.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import Foundation
import Testing

@Suite struct SQLComparisonTests {
  /// The program that makes the other figures, and the aggregate of Docket that each is held against.
  private static let aggregates = [
    ("count", "count()"), ("count_if", "count(i.reopen_count > 0)"), ("ratio", "ratio(i.made_sla)"),
    ("sum", "sum(i.reassignment_count)"), ("mean", "mean(i.reassignment_count)"),
    ("min", "min(i.reassignment_count)"), ("max", "max(i.sys_mod_count)"), ("distinct", "count_distinct(i.caller_id)"),
    ("mean_time", "mean(i.resolved_at - i.opened_at)"), ("median", "median(i.resolved_at - i.opened_at)"),
    ("p90", "percentile(i.resolved_at - i.opened_at, 90)"), ("p25", "percentile(i.sys_mod_count, 25)"),
  ]

  private static let windows = [
    ("day", "every day of i.opened_at"), ("week", "every week of i.opened_at"), ("month", "every month of i.opened_at"),
    ("quarter", "every quarter of i.opened_at"), ("year", "every year of i.opened_at"),
    ("last", "last 300d of i.opened_at"),
  ]

  private static let model = """
    zone "America/New_York"
    entity Incident as i {
      key number: string
      priority: string
      made_sla: bool
      reopen_count: int
      reassignment_count: int
      sys_mod_count: int
      caller_id: string?
      opened_at: timestamp
      resolved_at: timestamp?
    }
    source Incident from "incident_event_log.csv" as row {
      missing "?"
      times   "d/M/yyyy H:mm" zone "UTC"
      version row.sys_updated_at, int(row.sys_mod_count)
    }

    """

  private static let python: String? = ["/usr/bin/python3", "/usr/local/bin/python3"].first { path in
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-c", "import sqlite3, zoneinfo; zoneinfo.ZoneInfo('America/New_York')"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private func figuresOfSQL(_ data: String, _ python: String) throws -> [String: [String: [Double]]] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      IncidentLogTests.root.appendingPathComponent("Tests/SQL/measures.py").path, data + "/incident_event_log.csv",
      "America/New_York", "2017-03-01T00:00:00+00:00",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([String: [String: [Double]]].self, from: text)
  }

  @Test(
    .enabled(if: IncidentLogTests.data != nil, "the incident log is not at hand"),
    .enabled(if: python != nil, "there is no Python with sqlite3 and zones"))
  func everyAggregateInEveryPeriodIsWhatSQLSays() throws {
    let data = try #require(IncidentLogTests.data)
    var text = Self.model
    for (window, clause) in Self.windows {
      for (name, aggregate) in Self.aggregates {
        text +=
          "kpi \(name)_\(window) over Incident as i { \(clause)  by i.priority as priority  absent skip  value \(aggregate) }\n"
      }
    }
    // An aggregate that reads no absent value takes no clause for it.
    for name in [
      "count()", "count(i.reopen_count > 0)", "ratio(i.made_sla)", "i.reassignment_count)", "(i.sys_mod_count)",
      "i.sys_mod_count, 25)",
    ] {
      text = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.contains(name) ? line.replacingOccurrences(of: "absent skip  ", with: "") : String(line)
      }.joined(separator: "\n")
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appendingPathComponent("measures.docket"))
    let rulebook = Rulebook.load(folder.path)
    try #require(!rulebook.diagnostics.hasErrors, "\(rulebook.diagnostics.all.map(\.message))")
    let engine = try Session.open(rulebook, Session.Options(data: data, at: "2017-03-01T00:00:00Z")).engine

    let wanted = try figuresOfSQL(data, try #require(Self.python))
    #expect(wanted.count == Self.windows.count * Self.aggregates.count)
    var compared = 0
    for (index, kpi) in rulebook.checked.kpis.enumerated() {
      let figures = try #require(wanted[kpi.name])
      var seen = 0
      for cell in engine.measures(kpi: index).cells where cell.rows > 0 {
        let key = (cell.period.map { "\($0)" } ?? "") + "|" + engine.machine.scalar(cell.group[0])
        let figure = try #require(figures[key], "\(kpi.name) \(key) is not in SQL")
        let value = try #require(cell.value, "\(kpi.name) \(key)")
        let isSame = abs(value - figure[0]) <= 1e-9 * max(1, abs(figure[0])) && Double(cell.rows) == figure[1]
        #expect(isSame, "\(kpi.name) \(key): \(value) of \(cell.rows), SQL \(figure)")
        seen += 1
      }
      #expect(seen == figures.count, "\(kpi.name)")
      compared += seen
    }
    #expect(compared > 5_000)
  }
}
