/// `docket init --from`: whatever is exported, the rulebook drawn from it checks, is laid out, loads, and loses no row.

import Docket
import DocketData
import DocketDiagnostics
import DocketFormat
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTesting
import Foundation
import Testing

@Suite("A rulebook drawn from exports") struct DraftTests {
  struct Drawn {
    var text: String
    var session: Session
    var summary: [String]

    func has(_ line: String) -> Bool {
      text.split(separator: "\n").contains { $0.trimmingCharacters(in: .whitespaces) == line }
    }
  }

  /// Draws a rulebook from files of a folder of their own and loads it.
  private func drawn(_ files: [String: Data], zone: String? = nil) throws -> Drawn {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
    return try drawn(files.keys.sorted().map { folder.appendingPathComponent($0).path }, zone: zone)
  }

  private func drawn(_ files: [String: String], zone: String? = nil) throws -> Drawn {
    try drawn(files.mapValues { Data($0.utf8) }, zone: zone)
  }

  private func drawn(_ paths: [String], zone: String? = nil) throws -> Drawn {
    var draft: Draft
    switch Draft.make(from: paths, zone: zone) {
    case .success(let made): draft = made
    case .failure(let failure): throw Failure(problems: failure.diagnostics.map(\.message))
    }
    let (text, rulebook) = drawnRulebook(&draft)
    var options = Session.Options(data: draft.folder, at: nil)
    options.isInstantOptional = true
    return Drawn(text: text, session: try Session.open(rulebook, options), summary: draft.summary)
  }

  private struct Failure: Error {
    var problems: [String]
  }

  private func rows(_ heading: String, _ count: Int, _ row: (Int) -> String) -> String {
    heading + "\n" + (0..<count).map { row($0) + "\n" }.joined()
  }

  private func gb18030(_ text: String) -> Data {
    var input = Array(text.utf8CString.dropLast())
    var output = [CChar](repeating: 0, count: input.count * 2)
    guard let converter = iconv_open("GB18030", "UTF-8") else { return Data() }
    defer { iconv_close(converter) }
    var left = output.count
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (from, to) = (input.baseAddress, output.baseAddress)
        var count = input.count
        _ = iconv(converter, &from, &count, &to, &left)
      }
    }
    return output.withUnsafeBytes { Data($0.prefix(output.count - left)) }
  }

  private func pick(_ texts: [String], _ number: Int) -> String { texts[number % texts.count] }

  // MARK: - Real exports

  @Test(.enabled(if: IncidentLogTests.data != nil, "the incident log is not at hand"))
  func theIncidentLogHasVersions() throws {
    let drawn = try drawn([try #require(IncidentLogTests.data) + "/incident_event_log.csv"])
    let table = try #require(drawn.session.report.tables.first)
    #expect((table.records, table.rows) == (24_918, 141_712))
    for line in [
      "entity Incident {", "missing    \"?\"", "times      \"d/M/yyyy H:mm\"", "created    row.opened_at",
      "version    row.sys_updated_at, int(row.sys_mod_count)", "backfilled resolved_at, closed_at",
      "priority: Priority", "urgency: Impact", "made_sla: bool", "caller_id: string?", "closed_at: timestamp?",
    ] {
      #expect(drawn.has(line), "\(line)")
    }
    #expect(drawn.text.contains("  low \"4 - Low\",\n  moderate \"3 - Moderate\","))
    #expect(drawn.text.contains("key number: string"))
  }

  @Test(.enabled(if: IncidentLogTests.data != nil, "the exports are not at hand"))
  func cityRequestsAndBugsHaveTheirKeysDatesAndEnums() throws {
    let data = try #require(IncidentLogTests.data)
    let city = try drawn([data + "/boston311_2011_jul_aug.csv"])
    #expect(city.session.report.tables.map(\.rows) == [21_401])
    #expect(city.text.contains("key case_enquiry_id: int"))
    for line in ["open_dt: timestamp", "closed_dt: timestamp?", "case_status: CaseStatus", "target_is_sentinel: bool"] {
      #expect(city.text.contains("  \(line)"), "\(line)")
    }
    let bugs = try drawn([data + "/hadoop_bugs.csv"])
    #expect(bugs.session.report.tables.map(\.rows) == [2_503])
    #expect(bugs.text.contains("key issue_id: int"))
    #expect(bugs.text.contains("  critical \"Critical\",\n  blocker \"Blocker\"\n"))
    #expect(bugs.has("resolution: Resolution?"))
  }

  // MARK: - Help desks

  @Test func aZendeskExport() throws {
    let text = rows(
      "Id,Requester,Subject,Status,Priority,Created at,Solved at,First reply time in minutes,Satisfaction Score", 40
    ) {
      "\(1000 + $0),\"User, \($0 % 7)\",\"Say \"\"hi\"\" \($0)\",\(pick(["Open", "Pending", "Solved"], $0)),"
        + "\(pick(["Low", "Normal", "High", "Urgent", ""], $0)),2026-09-\(10 + $0 % 20) 10:05,"
        + "\($0 % 2 == 0 ? "2026-10-01 08:00" : ""),\($0 % 4 == 0 ? "" : "\($0)"),\(pick(["Good", "Bad", "Offered"], $0))"
    }
    let drawn = try drawn(["zendesk_tickets.csv": text.replacing("\n", with: "\r\n")])
    #expect(drawn.session.report.tables.map(\.rows) == [40])
    #expect(drawn.text.contains("key id: int \"Id\""))
    #expect(drawn.has("priority: Priority? \"Priority\""))
    #expect(drawn.has("solved_at: timestamp? \"Solved at\""))
    #expect(drawn.text.contains("  low \"Low\",\n  normal \"Normal\",\n  high \"High\",\n  urgent \"Urgent\"\n"))
    #expect(drawn.text.contains("= int(row.`First reply time in minutes`) * 1m"))
    #expect(drawn.text.contains("created row.`Created at`"))
  }

  @Test func aFreshdeskExportWithLengthsAndMoney() throws {
    let text = rows("Ticket ID,Status,Created time,Resolution time (in hrs),Amount,VIP", 20) {
      "\($0 + 1),\(pick(["Open", "Closed"], $0)),2026-09-\(10 + $0) 08:15:30,\($0 + 20):00:05,\"$1,\(100 + $0).50\","
        + pick(["Yes", "no"], $0)
    }
    let drawn = try drawn(["freshdesk.csv": text])
    #expect(drawn.text.contains("entity Ticket {"))
    #expect(drawn.has("resolution_time_in_hrs: duration \"Resolution time (in hrs)\""))
    #expect(drawn.text.contains("row.Amount.replace(\"$\", \"\").replace(\",\", \"\")"))
    #expect(drawn.has("accept  vip \"Yes\" as true"))
    let profile = DataProfile(drawn.session)
    let amount = try #require(profile.entities[0].fields.first { $0.name == "amount" }?.values.range)
    guard case .double(let lowest) = amount.lowest else { return #expect(Bool(false), "\(amount)") }
    #expect(lowest == 1_100.5)
  }

  @Test func aJiraExportWithHeadingsThatRepeat() throws {
    let text = rows("Summary,Issue key,Issue Type,Priority,Created,Labels,Labels,Original Estimate,Team,Team", 25) {
      "Fix \($0),PAY-\($0 + 1),\(pick(["Bug", "Story"], $0)),\(pick(["Lowest", "Medium", "Highest"], $0)),"
        + "\(pick(["09", "10", "23"], $0))/Oct/26 8:\(10 + $0) PM,x,\($0 == 3 ? "y" : ""),2h 30m,pay,eu"
    }
    let drawn = try drawn(["jira.csv": text])
    #expect(drawn.text.contains("entity Issue {"))
    #expect(drawn.text.contains("key issue_key: string \"Issue key\""))
    #expect(drawn.has("times   \"d/MMM/yy h:mm a\""))
    #expect(drawn.text.contains("labels: list<string> \"Labels\"  // from 2 columns of this heading"))
    #expect(drawn.text.contains("team_1: string \"Team (1)\"") && drawn.text.contains("team_2: string \"Team (2)\""))
    let labels = DataProfile(drawn.session).entities[0].fields.first { $0.name == "labels" }
    #expect(labels?.values.filled == 25)
    #expect(drawn.text.contains("  lowest \"Lowest\",\n  medium \"Medium\",\n  highest \"Highest\"\n"))
  }

  @Test func aServiceNowHistoryWithTheMonthFirst() throws {
    let text = rows("Number,State,Opened,Updated,Updates", 30) {
      let (record, step) = ($0 / 3, $0 % 3)
      return "INC\(100 + record),\(pick(["New", "In Progress", "Resolved"], step)),09/\(10 + record)/2026 08:00:00,"
        + "09/\(10 + record)/2026 09:30:00,\(step)"
    }
    let drawn = try drawn(["servicenow_incident.csv": text])
    let table = try #require(drawn.session.report.tables.first)
    #expect((table.records, table.rows) == (10, 30))
    #expect(drawn.has("times   \"M/d/yyyy H:mm:ss\""))
    #expect(drawn.has("version row.Updated, int(row.Updates)"))
  }

  @Test func jsonLinesWithObjectsInside() throws {
    let text = (0..<20).map {
      #"{"id":"c\#($0)","created_at":\#(1_790_000_000 + $0 * 60),"state":"\#(pick(["open", "closed"], $0))","#
        + #""author":{"id":"u\#($0 % 3)","vip":\#($0 % 2 == 0)},"assignee":\#($0 % 2 == 0 ? "null" : #"{"name":"Ann"}"#),"#
        + #""tags":["a","b"],"parts":[{"x":1}],"rating":\#($0 % 3 == 0 ? "null" : "4.5")}"# + "\n"
    }.joined()
    let drawn = try drawn(["intercom.jsonl": text])
    #expect(drawn.session.report.tables.map(\.rows) == [20])
    for line in [
      "created_at: timestamp", "author_vip: bool \"author.vip\"", "tags: list<string>", "rating: double?",
      "assignee_name: string? \"assignee.name\"", "times   \"unix\"",
    ] {
      #expect(drawn.text.contains(line), "\(line)")
    }
    #expect(drawn.text.contains("Not read: `parts` (it holds objects)."))
  }

  @Test func chineseInGB18030() throws {
    let text = rows("工单编号,标题,状态,优先级,创建时间,解决时间,是否超时,处理时长（分钟）,金额", 30) {
      "GD\(2026_000 + $0),登录失败\($0),\(pick(["待处理", "处理中", "已解决", "已关闭"], $0)),\(pick(["高", "中", "低", "紧急"], $0)),"
        + "2026年10月\($0 % 28 + 1)日 20:\(10 + $0),\($0 % 2 == 0 ? "" : "2026年10月9日 20:50"),\(pick(["是", "否"], $0)),"
        + "\($0 * 3),\"￥1,\(100 + $0).00\""
    }
    let drawn = try drawn(["工单.csv": gb18030(text)])
    #expect(drawn.session.report.tables.map(\.rows) == [30])
    for line in [
      "zone \"Asia/Shanghai\"", "entity Ticket \"工单\" {", "encoding \"gb18030\"", "times    \"yyyy年M月d日 H:mm\"",
      "status: Status \"状态\"", "created_at: timestamp \"创建时间\"", "resolved_at: timestamp? \"解决时间\"",
      "is_overdue: bool \"是否超时\"",
      "accept   is_overdue \"是\" as true", "  low \"低\",\n  medium \"中\",\n  high \"高\",\n  urgent \"紧急\"\n",
      "  resolved \"已解决\",", "amount: double \"金额\"",
    ] {
      #expect(drawn.text.contains(line), "\(line)")
    }
  }

  @Test func utf16WithTabs() throws {
    let text = rows("编号\tＰｒｉｏ\t状态", 6) { "A-\($0)\tP1\t\(pick(["已解决", "待处理"], $0))" }
    let drawn = try drawn(["数据.txt": try #require(text.data(using: .utf16))])
    #expect(drawn.session.report.tables.map(\.rows) == [6])
    #expect(drawn.text.contains("encoding \"utf-16\""))
    #expect(drawn.text.contains("prio: string \"Ｐｒｉｏ\""))
  }

  @Test func semicolonsAndDecimalCommas() throws {
    let text = rows("Nr;Kunde;Betrag;Erstellt am;Erledigt", 30) {
      "\($0 + 1);Müller & Söhne;1.\(200 + $0),50 €;\($0 % 28 + 1).10.2026 08:\(10 + $0);\(pick(["ja", "nein"], $0))"
    }
    let drawn = try drawn(["rechnung.csv": try #require(text.data(using: .windowsCP1252))])
    #expect(drawn.session.report.tables.map(\.rows) == [30])
    for line in [
      "encoding  \"windows-1252\"", "delimiter \";\"", "times     \"d.M.yyyy H:mm\"",
      "accept    erledigt \"ja\" as true",
    ] {
      #expect(drawn.has(line), "\(line)\n\(drawn.text)")
    }
    #expect(drawn.text.contains(".replace(\".\", \"\").replace(\",\", \".\")"))
  }

  // MARK: - What is inferred from what

  @Test func referencesBetweenFiles() throws {
    let drawn = try drawn([
      "customers.csv": rows("id,name,tier", 10) { "C\($0),Cust \($0),\(pick(["gold", "silver"], $0))" },
      "orders.csv": rows("order_no,customer_id,parent_order,stranger_customer", 30) {
        "\($0 + 1),C\($0 % 10),\($0 == 0 ? "" : "1"),\($0 == 7 ? "X9" : "C1")"
      },
    ])
    #expect(drawn.has("customer: Customer \"customer_id\""))
    #expect(drawn.has("parent_order: Order?"))
    #expect(drawn.text.contains("stranger_customer: string  // 1 of 2 are no Customer"))
    #expect(drawn.text.contains("  silver,\n  gold\n"))
  }

  @Test func dayOrMonthFirstIsDecidedByAllColumnsOrSaid() throws {
    let decided = try drawn(["t.csv": "id,a,b\n1,3/4/2026,4/25/2026\n2,5/4/2026,4/26/2026\n"])
    #expect(decided.has("times \"M/d/yyyy\""))
    let open = try drawn(["t.csv": "id,a\n1,3/4/2026\n2,5/4/2026\n"])
    #expect(open.has("times \"d/M/yyyy\""))
    #expect(open.text.contains("`3/4/2026` is read day first: the data does not say."))
    let twoWays = try drawn(["t.csv": "id,a,b\n1,13/4/2026,4/25/2026\n2,5/4/2026,4/26/2026\n"])
    #expect(twoWays.text.contains("b: string  // days and months are the other way round than in other columns"))
  }

  @Test func withoutAKeyOneIsPutTogetherAndCopiesAreCounted() throws {
    let drawn = try drawn([
      "survey.csv": "customer,score,comment\nA,5,good\nA,4,\nB,3,\nB,3,bad\nB,3,bad\n"
    ])
    #expect(drawn.session.report.tables.map(\.rows) == [4])
    #expect(drawn.session.report.sources.map(\.rejectedRows) == [1])
    #expect(drawn.text.contains("reject at most 1"))
    #expect(
      drawn.summary == [
        "survey.csv: 5 rows → 4 Survey; 1 row left out and listed",
        "  line 6: two rows for the Survey `B/3/bad`; the first is in line 5",
      ])
  }

  @Test func codesKeepTheirZerosAndWordsForNothingAreAbsent() throws {
    let drawn = try drawn([
      "t.csv":
        "id,zip,votes,level,answered\n1,00123,N/A,None,2026-10-09\n2,10115,3,High,-\n3,20095,N/A,High,2026-10-10\n"
    ])
    #expect(drawn.has("zip: string"))
    #expect(drawn.has("votes: int?"))
    #expect(drawn.has("missing \"N/A\", \"-\""))
    #expect(drawn.has("answered: date?"))
    #expect(drawn.text.contains("none \"None\""))
  }

  @Test func wordsBesideTimesMeanThatThereIsNone() throws {
    let text = rows("Nr;Erstellt am;Gelöst am;Antwort;Dauer;Notiz", 12) {
      "\($0 + 1);\($0 + 1).10.2026 08:15;\(pick(["\($0 + 1).10.2026 09:15", "k. A."], $0));"
        + "\(pick(["\($0 + 1).10.2026 08:45", "noch offen"], $0));\(pick(["2 Std. 5 Min.", "45 Min.", "–"], $0));"
        + pick([" ", "x", ""], $0)
    }
    let drawn = try drawn(["tickets_export_de.csv": text])
    for line in ["geloest_am: timestamp? \"Gelöst am\"", "antwort: timestamp?", "dauer: duration?", "notiz: string?"] {
      #expect(drawn.text.contains("  \(line)"), "\(line)\n\(drawn.text)")
    }
    #expect(drawn.text.contains("entity Ticket {"))
    #expect(drawn.has("missing   \"k. A.\", \" \", \"–\""))
    #expect(drawn.has("accept    antwort \"noch offen\" as absent"))
    let notes = DataProfile(drawn.session).entities[0].fields.first { $0.name == "notiz" }
    #expect(notes?.values.filled == 4)
  }

  @Test func halfDaysAreReadAsHalves() throws {
    let drawn = try drawn([
      "t.csv": "编号,创建时间,更新时间\n1,2026年3月5日 下午2:02,2026/3/5 上午12:30\n2,2026年3月5日 上午9:00,2026/3/6 下午12:05\n"
    ])
    let profile = DataProfile(drawn.session)
    func range(_ name: String) -> String {
      let range = profile.entities[0].fields.first { $0.name == name }?.values.range
      return range.map {
        "\(drawn.session.engine.evaluator.display($0.lowest)) … \(drawn.session.engine.evaluator.display($0.highest))"
      } ?? ""
    }
    #expect(range("created_at") == "2026-03-05 09:00 … 2026-03-05 14:02", "\(drawn.text)")
    #expect(range("updated_at") == "2026-03-05 00:30 … 2026-03-06 12:05", "\(drawn.text)")
  }

  @Test func headingsThatNoLanguageLikes() throws {
    let drawn = try drawn([
      "t.csv":
        "\u{FEFF}id,in,null,key,`a`b,\"quo\"\"te\",x y z,,🙂,ID_,X_Y_Z\n1,a,b,c,d,e,f,g,h,i,j\n2,a,b,c,d,e,f,g,h,k,l\n"
    ])
    #expect(drawn.session.report.tables.map(\.rows) == [2])
    #expect(drawn.text.contains("// Not read: column 8 (it has no heading)."))
    let names = drawn.session.rulebook.checked.schema.entities[0].fields.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func filesThatAreNoTablesAreSaidInOneLine() throws {
    for (bytes, message) in [
      (Data([0x50, 0x4B, 0x03, 0x04, 0x14]), "is an Excel workbook"), (Data(), "is empty"),
      (Data([0x1F, 0x8B, 0x08]), "ends in the middle"), (Data("id,a\n1,\"x\n".utf8), "this quote is never closed"),
    ] {
      do {
        _ = try drawn(["t.csv": bytes])
        Issue.record("a rulebook was drawn")
      } catch let failure as Failure {
        #expect(failure.problems.count == 1)
        #expect(failure.problems.first?.contains(message) == true, "\(failure.problems)")
      }
    }
  }

  @Test func anyTableThatCanBeReadLoadsAsDrawn() throws {
    var random = SeededRandom(state: 11)
    let pieces = [
      "a", "Open", "closed", "1", "2", "007", "-5", "12.50", "$3", "1,5", "85 %", "2026-10-09", "9/10/2026",
      "13/10/2026 8:05",
      "10:30:00", "1h30m", "N/A", "?", "None", "是", "否", "true", "False", "yes", " ", "", "", "[\"a\"]", "客户 1", "x;y",
      "1e400",
      "99999999999999999999", "`", "\"\"\"\"", "\"a,b\"", "INC1", "INC2",
    ]
    let headings = [
      "id", "Status", "时间", "created_at", "key", "number", "a b", "X", "votes", "is_vip", "", "id", "Due Date",
    ]
    for _ in 0..<60 {
      let width = Int.random(in: 1...6, using: &random)
      var text = (0..<width).map { _ in headings.randomElement(using: &random)! }.joined(separator: ",") + "\n"
      let few = (0..<3).map { _ in pieces.randomElement(using: &random)! }
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let cells = (0..<width).map {
          $0 % 2 == 0 ? pieces.randomElement(using: &random)! : few.randomElement(using: &random)!
        }
        text += cells.map { $0.contains(",") && !$0.hasPrefix("\"") ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\n"
      }
      let drawn: Drawn
      do {
        drawn = try self.drawn(["t.csv": text])
      } catch is Failure {
        continue
      }
      let source = try #require(drawn.session.report.sources.first)
      let filled = text.split(separator: "\n").count - 1
      #expect(source.rows + source.rejectedRows + source.emptyLines >= filled, "\(text)\n\(drawn.text)")
    }
  }

  // MARK: - From nothing

  @Test func theStarterChecksIsLaidOutAndItsTestsPass() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("data"), withIntermediateDirectories: true)
    var sources = SourceMap()
    for file in Starter.files {
      let path = folder.appendingPathComponent(file.name).path
      try Data(file.text.utf8).write(to: URL(fileURLWithPath: path))
      if file.name.hasSuffix(".docket") {
        #expect(Formatter.isFormatted(sources.add(path: path, bytes: Array(file.text.utf8))), "\(file.name)")
      }
    }
    let rulebook = Rulebook.check(sources, folder: folder.path)
    #expect(rulebook.diagnostics.all.map(\.message) == [])
    let session = try Session.open(
      rulebook, Session.Options(data: folder.appendingPathComponent("data").path, at: "2026-10-09T13:00:00Z"))
    let decisions = session.engine.decisions(route: 0)
    #expect(
      decisions.map { "\(session.engine.keyText($0.item)) \($0.status.name)" }.sorted() == [
        "T1 not_selected", "T2 not_selected", "T3 assigned", "T4 assigned",
      ])
    let results = TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources)
    #expect(results.map(\.status) == [.passed, .passed])
  }
}

private struct SeededRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) ^ (state << 31)
  }
}
