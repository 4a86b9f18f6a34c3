/// `docket data`: what is counted, and what is told to need a look.

import Docket
import DocketData
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import Foundation
import Testing

@Suite("A profile of data") struct ProfileTests {
  private func session(_ rules: String, _ files: [String: String], at: String? = nil) throws -> Session {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    var sources = SourceMap()
    sources.add(path: folder.appendingPathComponent("rules.docket").path, text: rules)
    let rulebook = Rulebook.check(sources, folder: folder.path)
    #expect(rulebook.diagnostics.all.map(\.message) == [])
    var options = Session.Options(data: folder.path, at: at)
    options.isInstantOptional = true
    options.loading.keepsDangling = true
    return try Session.open(rulebook, options)
  }

  private static let rules = """
    zone "UTC"
    enum Level { low "低", high "高" }
    entity Customer as c { key id: string  name: string  vip: bool }
    entity Vip = Customer as c where c.vip
    entity Ticket "工单" as t {
      key id: int
      level: Level?
      customer: Customer?
      votes: int
      at: timestamp
      done: timestamp?
      spent: duration?
      tags: list<string>?
    }
    source Ticket from "Ticket.csv" as row { version row.at }

    """
  private static let files = [
    "Customer.csv": "id,name,vip\nc1,甲有限公司,true\nc2,乙,false\nc3,丙,true\n",
    "Ticket.csv": """
    id,level,customer,votes,at,done,spent,tags
    1,低,c1,3,2026-01-01T00:00Z,,1h,a;b
    1,高,c1,5,2026-01-02T00:00Z,2026-01-05T00:00Z,2h,a
    2,,c9,5,2026-01-03T00:00Z,,,
    3,高,c9,7,2026-01-04T00:00Z,,30m,b

    """,
  ]

  @Test func countsWhatFieldsHoldAtTheInstant() throws {
    let profile = DataProfile(try session(Self.rules, Self.files))
    let ticket = try #require(profile.entities.first { $0.name == "Ticket" })
    #expect((ticket.records, ticket.existing, ticket.rows) == (3, 3, 4))
    func field(_ name: String) throws -> DataProfile.Field { try #require(ticket.fields.first { $0.name == name }) }
    let level = try field("level").values
    #expect((level.filled, level.distinct, level.top.map(\.count)) == (2, 1, [2]))
    let votes = try field("votes").values
    #expect((votes.filled, votes.distinct) == (3, 2))
    guard case .int(let lowest) = votes.range?.lowest, case .int(let highest) = votes.range?.highest else {
      return #expect(Bool(false), "\(String(describing: votes.range))")
    }
    #expect((lowest, highest) == (5, 7))
    #expect(try field("tags").values.distinct == 2)
    let views = try #require(profile.entities.first { $0.name == "Customer" }?.views)
    #expect(views.map { "\($0.name) \($0.members)" } == ["Vip 2"])
  }

  @Test func countsDanglingReferencesWithTheirKeys() throws {
    let profile = DataProfile(try session(Self.rules, Self.files))
    let dangling = try #require(profile.entities.flatMap(\.fields).compactMap(\.dangling).first)
    #expect((dangling.field, dangling.target, dangling.count, dangling.distinct) == ("customer", "Customer", 2, 1))
    #expect(dangling.keys.map { "\($0.key) \($0.count)" } == ["c9 2"])
  }

  @Test func tellsTimesLaterThanTheirVersionUnlessTheyAreBackfilled() throws {
    let profile = DataProfile(try session(Self.rules, Self.files))
    let later = try #require(profile.entities.flatMap(\.fields).compactMap(\.laterTimes).first)
    #expect((later.field, later.count, later.key) == ("done", 1, "1"))
    let backfilled = Self.rules.replacing("version row.at", with: "version row.at  backfilled done")
    let other = DataProfile(try session(backfilled, Self.files))
    #expect(other.entities.flatMap(\.fields).compactMap(\.laterTimes).isEmpty)
    #expect(other.entities.flatMap(\.fields).first { $0.name == "done" }?.values.filled == 0)
    // A run says so too, without stopping.
    let session = try session(Self.rules.replacing("customer: Customer?", with: "customer: string?"), Self.files)
    #expect(
      TextReport(session, width: nil, color: false).data().contains("1 of Ticket.done lie after their version"))
  }

  @Test func theTextIsAlignedAndFitsTheTerminal() throws {
    let session = try session(Self.rules, Self.files)
    let wide = ProfileReport(DataProfile(session), of: session, width: nil, color: false).text
    #expect(wide.hasPrefix("As of 2026-01-04 00:00 UTC, the newest instant in the data\n"))
    #expect(wide.contains("Ticket · 工单  3 records in 4 versions, 2026-01-01 00:00 … 2026-01-04 00:00"))
    #expect(wide.contains("! `customer` names a Customer that does not exist 2 times: `c9` ×2"))
    #expect(wide.contains("views: Vip 2"))
    let lines = wide.split(separator: "\n", omittingEmptySubsequences: false)
    let head = try #require(lines.firstIndex { $0.hasPrefix("field") })
    let column = String(lines[head].prefix(upTo: try #require(lines[head].range(of: "values")).lowerBound)).displayWidth
    for line in lines[(head + 2)...].prefix(while: { !$0.isEmpty && !$0.hasPrefix("views") }) {
      #expect(line.unicodeScalars.count > 0 && String(line).displayWidth >= column - 2)
    }
    let narrow = ProfileReport(DataProfile(session), of: session, width: 60, color: false).text
    for line in narrow.split(separator: "\n") where line.contains("─") || line.hasPrefix("level") {
      #expect(String(line).displayWidth <= 60, "\(line)")
    }
  }

  @Test func theJSONIsOneObjectWithTheSameFacts() throws {
    let session = try session(Self.rules, Self.files)
    var json = JSONWriter()
    DataProfile(session).write(of: session, to: &json)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
    let entities = try #require(object["entities"] as? [[String: Any]])
    #expect(entities.compactMap { $0["entity"] as? String } == ["Customer", "Ticket"])
    let fields = try #require(entities.last?["fields"] as? [[String: Any]])
    #expect(fields.first { $0["field"] as? String == "votes" }?["highest"] as? Int == 7)
  }

  @Test func dataThatDoesNotSayWhenItIsFromIsProfiledToo() throws {
    let session = try session("entity Thing { key id: string }", ["Thing.csv": "id\na\nb\n"])
    let text = ProfileReport(DataProfile(session), of: session, width: nil, color: false).text
    #expect(text.hasPrefix("The data does not say when it is from\n"))
    #expect(text.contains("Thing  2 records"))
  }
}
