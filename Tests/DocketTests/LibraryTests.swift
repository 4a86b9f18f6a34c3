/// The library of `use support`: Documentation/Library.md lists all of it, as it is, and a run is quiet about what it has no data for.

import Docket
import DocketDiagnostics
import DocketSemantics
import DocketSyntax
import Foundation
import Testing

private func check(_ text: String) -> Rulebook {
  var sources = SourceMap()
  sources.add(path: "rules.docket", text: text)
  return Rulebook.check(sources)
}

@Suite struct LibraryTests {
  private let library: CheckedRulebook
  /// What stands above each declaration, by its name.
  private let definitions: [String: String]
  private let document: String

  init() throws {
    library = check("use support with all\nzone \"UTC\"\n").checked
    var definitions: [String: String] = [:]
    for file in LibrarySources.files(of: "support") ?? [] {
      var comment: [Substring] = []
      for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("// ") {
          comment.append(line.dropFirst(3))
        } else {
          if let match = line.prefixMatch(of: /(sla|kpi|ensure) (\w+)/) {
            definitions[String(match.2)] = comment.joined(separator: " ")
          }
          comment = []
        }
      }
    }
    self.definitions = definitions
    document = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Documentation/Library.md"), encoding: .utf8)
  }

  /// The rows of a table, by the name in their first cell.
  private func rows(under heading: String) -> [String: [String]] {
    let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
    let section = lines.drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("## ") }
    var rows: [String: [String]] = [:]
    for line in section where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let name = cells[0].trimmingCharacters(in: ["`"])
      #expect(rows[name] == nil, "\(name) is listed twice")
      rows[name] = Array(cells.dropFirst())
    }
    return rows
  }

  // MARK: - The document

  @Test func everySLAIsListed() {
    let rows = rows(under: "## SLAs")
    #expect(Set(rows.keys) == Set(library.slas.map(\.name)))
    for sla in library.slas {
      guard let row = rows[sla.name], let definition = definitions[sla.name] else { continue }
      #expect(!definition.isEmpty, "\(sla.name) has no definition")
      #expect(row[0] == library.schema[sla.entity].name, "\(sla.name)")
      #expect(row[1] == definition, "\(sla.name)")
    }
  }

  @Test func everyKPIIsListedWithItsAbsencePolicyUnitAndTarget() {
    let rows = rows(under: "## KPIs")
    #expect(Set(rows.keys) == Set(library.kpis.map(\.name)))
    for kpi in library.kpis {
      guard let row = rows[kpi.name], let definition = definitions[kpi.name] else { continue }
      #expect(!definition.isEmpty, "\(kpi.name) has no definition")
      switch kpi.source {
      case .entity(let entity): #expect(row[0] == library.schema[entity].name, "\(kpi.name)")
      case .sla(let index): #expect(row[0] == library.slas[index].name, "\(kpi.name)")
      case .route: Issue.record("\(kpi.name) is over a route")
      }
      #expect(row[1] == definition, "\(kpi.name)")
      #expect(row[2] == kpi.absence?.rawValue ?? "—", "\(kpi.name)")
      #expect(row[3] == unit(of: kpi), "\(kpi.name)")
      #expect(row[4] == kpi.target.map(text) ?? "—", "\(kpi.name)")
    }
  }

  private func unit(of kpi: CheckedKPI) -> String {
    if let unit = kpi.unit { return unit }
    if kpi.valueType == .duration { return "time" }
    if case .aggregate(let number) = kpi.value.kind, kpi.aggregates[number].kind == .ratio { return "share" }
    return "number"
  }

  private func text(_ target: CheckedKPI.Threshold) -> String {
    let relation = target.relation == .greaterOrEqual ? ">=" : "\(target.relation)"
    return "\(relation) \(Int((target.limit.doubleValue * 100).rounded()))%"
  }

  @Test func everyInvariantIsListed() {
    let rows = rows(under: "## Invariants")
    #expect(Set(rows.keys) == Set(library.ensures.map(\.name)))
    for ensure in library.ensures {
      guard let row = rows[ensure.name], let definition = definitions[ensure.name] else { continue }
      #expect(!definition.isEmpty, "\(ensure.name) has no definition")
      let domains = ensure.domains.map { domain in
        switch domain.kind {
        case .entity(let entity): library.schema[entity].name
        case .enumeration(let type): library.schema[type].name
        }
      }
      #expect(row[0] == domains.joined(separator: ", "), "\(ensure.name)")
      #expect(row[1] == definition, "\(ensure.name)")
    }
  }

  @Test func everyNameThatStandsInTheDocumentIsDeclared() {
    let names =
      Set(library.slas.map(\.name) + library.kpis.map(\.name) + library.ensures.map(\.name))
      .union(library.functions.map(\.name) + library.tables.map(\.name) + library.lets.map(\.name))
      .union(library.calendars.map(\.name))
    for match in document.matches(of: /`(?:calendar|table|func|let) (\w+)/) {
      #expect(names.contains(String(match.1)), "there is no \(match.1)")
    }
  }

  @Test func whatTheDesignAsksForIsThere() {
    let names = Set(library.slas.map(\.name) + library.kpis.map(\.name) + library.ensures.map(\.name))
    for name in [
      "first_response", "next_response", "periodic_update", "first_resolution", "total_resolution",
      "requirement_confirmation", "promise", "weekly_sync", "document_freshness", "training_due",
      "key_customer_contact", "csat", "nps", "response_rate", "first_response_median", "first_response_p90",
      "resolution_wall_median", "resolution_wall_p90", "reopen_rate", "first_contact_resolution", "routing_accuracy",
      "unassigned_time", "backlog", "backlog_age", "release_success", "release_on_time", "requirement_lead_time",
      "requirement_adoption", "promises_kept", "promises_late", "promises_withdrawn", "promises_renegotiated",
      "meetings_held", "training_coverage", "load_gini", "one_accountable", "no_blind_spot", "no_overlap",
      "stages_owned", "requirement_sourced",
    ] {
      #expect(names.contains(name), "\(name)")
    }
  }

  /// Every clock has a KPI for the share of it that was met.
  @Test func everyClockIsMeasured() {
    for index in library.slas.indices {
      let isMeasured = library.kpis.contains { kpi in
        guard case .sla(index) = kpi.source, case .aggregate(let number) = kpi.value.kind else { return false }
        return kpi.aggregates[number].kind == .ratio
      }
      #expect(isMeasured, "\(library.slas[index].name)")
    }
  }

  // MARK: - A run

  private func session(_ rules: String, _ files: [String: String]) throws -> Session {
    let folder = FileManager.default.temporaryDirectory.appending(path: "docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8) }
    let rulebook = check(rules)
    #expect(rulebook.diagnostics.all.isEmpty, "\(rulebook.diagnostics.all.map(\.message))")
    return try Session.open(rulebook, Session.Options(data: folder.path, at: "2026-10-09T17:00"))
  }

  private let desk = [
    "Customer.csv": "id,name\nacme,Acme\n",
    "Product.csv": "id,name\npay,Payments\n",
    "Feedback.csv": """
    id,subject,kind,status,customer,product,created_at,resolved_at
    F1,down,bug,resolved,acme,pay,2026-10-08T10:00,2026-10-08T12:00
    F2,slow,bug,handled,acme,pay,2026-10-08T11:00,

    """,
  ]

  @Test func allOfTheLibraryIsQuietAboutDataThatIsNotThere() throws {
    let session = try session("use support with all\nzone \"Asia/Shanghai\"\n", desk)
    #expect(session.rulebook.diagnostics.all.isEmpty)
    let quiet = QuietRules(session, asked: [])
    let checked = session.rulebook.checked
    let slas = checked.slas.indices.filter { !quiet.slas.contains($0) }.map { checked.slas[$0].name }
    #expect(slas == ["first_resolution"])
    let kpis = checked.kpis.indices.filter { !quiet.kpis.contains($0) }.map { checked.kpis[$0].name }
    #expect(
      kpis == [
        "resolved_in_time", "resolution_median", "resolution_p90", "resolution_wall_median", "resolution_wall_p90",
        "unassigned", "backlog", "backlog_age", "backlog_age_p90",
      ])
    #expect(quiet.ensures.count == 5)
    #expect(
      ReportWords()[quiet.phrase]
        == "12 SLAs, 36 KPIs and 5 invariants of `with all` not shown, for want of data: `--only NAME` shows one")
    let asked = QuietRules(session, asked: ["csat", "total_resolution"])
    #expect(asked.kpis.count == 35 && asked.slas.count == 11)
  }

  @Test func aSourceWithoutVersionsIsNoErrorWithAll() throws {
    let source = "\nzone \"Asia/Shanghai\"\nsource Feedback from \"Feedback.csv\"\n"
    #expect(check("use support with all" + source).diagnostics.all.isEmpty)
    let named = check("use support with total_resolution" + source).diagnostics.all
    #expect(named.map(\.code) == [.conditionWithoutHistory])
    let both = check("use support with total_resolution\nuse support with all" + source).diagnostics.all
    #expect(both.map(\.code) == [.conditionWithoutHistory])
  }

  @Test func whatIsNamedIsToldOfMissingData() throws {
    let session = try session(
      "use support with first_response, csat, one_accountable, training_coverage\nzone \"Asia/Shanghai\"\n", desk)
    #expect(
      session.rulebook.diagnostics.all.map(\.message) == [
        "there is no data for `Message`, which rules go over",
        "there is no data for `Survey`, which rules go over",
        "there is no data for `Person`, which rules go over",
        "there is no data for `Training`, which rules go over",
        "there is no data for `Responsibility`, which rules go over",
      ])
    #expect(QuietRules(session, asked: []).isEmpty)
  }

  @Test func oneOfYoursInPlaceOfTheLibrarysIsNotQuiet() throws {
    let session = try session(
      """
      use support with all
      zone "Asia/Shanghai"
      kpi nps over Survey as s {
        value count()
      }
      """, desk)
    let checked = session.rulebook.checked
    let quiet = QuietRules(session, asked: [])
    #expect(!quiet.kpis.contains(try #require(checked.kpis.firstIndex { $0.name == "nps" })))
    #expect(session.rulebook.diagnostics.all.map(\.code) == [.noDataForRules])
  }
}
