/// The program as people and CI call it: exit codes, and what goes where.

import Foundation
import Testing

@Suite struct CommandLineTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct Outcome {
    var status: Int32
    var output: String
    var error: String
  }

  /// Runs the debug build that lies beside the test bundle.
  func docket(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try docket(arguments, environment: environment)
  }

  func docket(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = Self.root.appendingPathComponent(".build/debug/docket")
    process.arguments = arguments
    process.currentDirectoryURL = Self.root
    // What CI sets changes what some commands do.
    var variables = ProcessInfo.processInfo.environment
    for name in ["CI", "GITHUB_STEP_SUMMARY"] { variables[name] = nil }
    process.environment = variables.merging(environment) { $1 }
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let problems = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      error: String(decoding: problems, as: UTF8.self))
  }

  /// A folder with files, removed at the end of the test.
  func folder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try body(folder.path)
  }

  /// SQLite and zlib are loaded when a file needs them.
  @Test func aLibraryThatIsNotThereIsToldWhenItIsNeeded() throws {
    let noLibrary = "this is no library"
    try folder(["libsqlite3.so.0": noLibrary, "libz.so.1": noLibrary, "desk.sqlite": "SQLite format 3\0"]) { folder in
      try Data([0x1F, 0x8B, 8, 0]).write(to: URL(fileURLWithPath: folder + "/desk.csv.gz"))
      let without = ["LD_LIBRARY_PATH": folder]
      #expect(try docket(["eval", "1 + 1"], environment: without).output == "2\n")
      let database = try docket(["init", "--from", folder + "/desk.sqlite"], environment: without)
      #expect(database.status == 4)
      #expect(database.error.contains("error[D4040]: `\(folder)/desk.sqlite` needs SQLite"), "\(database.error)")
      #expect(database.error.contains("apt-get install libsqlite3-0"), "\(database.error)")
      let packed = try docket(["init", "--from", folder + "/desk.csv.gz"], environment: without)
      #expect(packed.status == 4)
      #expect(packed.error.contains("error[D4040]: `\(folder)/desk.csv.gz` needs zlib"), "\(packed.error)")
      #expect(packed.error.contains("libz.so.1"), "\(packed.error)")
    }
  }

  @Test func whatIsTypedWronglyIsToldWithTheUsageOfTheCommand() throws {
    let status = try docket("sla", "scripts/incidents", "--data", "scripts/incidents/data", "--status", "breachd")
    #expect(status.status == 2)
    #expect(status.error.contains("Usage: docket sla ["), "\(status.error)")
    #expect(status.error.contains("See 'docket sla --help'"), "\(status.error)")
    let jobs = try docket("test", "scripts/incidents", "--jobs", "0")
    #expect(jobs.status == 2 && jobs.error.contains("Usage: docket test ["), "\(jobs.error)")
  }

  @Test func theModelOfARulebookIsShownByItsNameAlone() throws {
    let all = try docket("model", "scripts/incidents")
    #expect(all.status == 0 && all.output.contains("Incident"), "\(all.error)")
    let one = try docket("model", "scripts/incidents", "Incident")
    #expect(one.status == 0 && one.output.contains("assignment_group"), "\(one.error)")
    #expect(try docket("model", "--rulebook", "scripts/incidents", "Incident").output == one.output)
    #expect(try docket("model", "Feedback").status == 0)
    #expect(try docket("model", "scripts/incidents", "Incident", "Group").status == 2)
  }

  @Test func anInstantIsProposedFromTheData() throws {
    let rules = "zone \"UTC\"\nentity T { key id: string  seen: timestamp }\nkpi n over T as t { value count() }\n"
    try folder(["r.docket": rules, "T.csv": "id,seen\na,2026-03-01T10:00:00Z\nb,2026-02-01T10:00:00Z\n"]) { folder in
      let run = try docket("run", "\(folder)/r.docket", "--data", folder)
      #expect(run.status == 2 && run.error.contains("such as `--at 2026-03-01T10:00:00Z`"), "\(run.error)\(run.output)")
    }
  }

  private static let tickets = """
    zone "UTC"
    enum Level { low "Low", high "High" }
    entity Ticket as t { key id: string  level: Level  opened: timestamp  votes: int? }
    source Ticket from "tickets.csv" as row { times "d/M/yyyy H:mm" }
    kpi tickets over Ticket as t { by t.level  value count() }

    """

  @Test func runsTheShippedRulebook() throws {
    let run = try docket("run", "scripts/incidents", "--data", "scripts/incidents/data")
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(run.output.hasPrefix("As of 2016-11-07 17:07 UTC"))
    #expect(run.output.contains("500 Incident in 2,810 versions"))
    #expect(!run.output.contains("\u{1B}"))
  }

  @Test func explainsOneRecord() throws {
    let data = ["--data", "scripts/incidents/data"]
    func explain(_ arguments: String...) throws -> Outcome {
      try docket(["explain", "scripts/incidents"] + arguments + data)
    }
    let text = try explain("INC0000074")
    #expect(text.status == 0)
    #expect(text.output.hasPrefix("Incident INC0000074, as of 2016-11-07 17:07 UTC\n\nroute group"))
    #expect(text.output.contains("The smallest change with another outcome"))
    #expect(!text.output.contains("\u{1B}"))
    let json = try explain("Incident/INC0000074", "--format", "json", "--rule", "group", "--why-not", "Group 70")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["routes"] as? [Any])?.count == 1)
    #expect((object["clocks"] as? [Any])?.isEmpty == true)
    let unknown = try explain("INC74")
    #expect(unknown.status == 2)
    #expect(unknown.error.hasPrefix("error: no record has the key `INC74` at the instant asked about"))
    #expect(try explain("INC0000074", "--rule", "grup").status == 2)
    #expect(try explain("INC0000074", "--previous", "nowhere.jsonl").status == 4)
  }

  @Test func machineOutputIsOneObjectALineInTheOrderOfTheContract() throws {
    let run = try docket("run", "scripts/incidents", "--data", "scripts/incidents/data", "--format", "jsonl")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count > 1_000)
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    let decision = try #require(lines.first { $0.hasPrefix("{\"route\"") })
    #expect(
      keys(decision) == [
        "route", "item", "field", "to", "rule", "status", "because", "undecided", "refused", "verdicts", "effects",
      ])
    let clock = try #require(lines.first { $0.hasPrefix("{\"sla\"") })
    #expect(
      keys(clock) == [
        "sla", "item", "cycle", "status", "stopped", "met", "start", "stop", "due", "breach_from", "elapsed",
        "wall_elapsed",
        "remaining", "pauses", "provisional", "cause", "effects",
      ])
    let measure = try #require(lines.first { $0.hasPrefix("{\"kpi\"") })
    #expect(
      keys(measure) == [
        "kpi", "period", "partial", "group", "value", "n", "skipped", "pending", "errors", "status", "interval",
        "change", "effects",
      ])
    let whole = try docket("run", "scripts/incidents", "--data", "scripts/incidents/data", "--format", "json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(whole.output.utf8)) as? [String: Any])
    #expect(Set(object.keys) == ["decisions", "clocks", "measures", "findings"])
  }

  /// The keys of the outermost object, in order.
  private func keys(_ line: Substring) -> [String] {
    var keys: [String] = []
    var depth = 0
    var text = ""
    var isInText = false
    var isEscaped = false
    for character in line {
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isInText = false
        } else {
          text.append(character)
        }
        continue
      }
      switch character {
      case "\"":
        isInText = true
        text = ""
      case "{", "[": depth += 1
      case "}", "]": depth -= 1
      case ":" where depth == 1: keys.append(text)
      default: break
      }
    }
    return keys
  }

  @Test func testsOfARulebookSetTheExitCode() throws {
    #expect(try docket("test", "scripts/incidents").status == 0)
    try folder(["t.docket": "test \"wrong\" {\n  now @2026-01-01T00:00Z\n  let n = 1\n  expect size([n]) == 2\n}\n"]) {
      (path: String) throws in
      let run = try docket("test", path)
      #expect(run.status == 1)
      #expect(run.output.contains("wrong"))
    }
    try folder(["t.docket": "let n = 1\n"]) { (path: String) throws in
      let run = try docket("test", path)
      #expect(run.status == 5)
    }
    try folder(["t.docket": "let n = \n"]) { (path: String) throws in
      let run = try docket("test", path)
      #expect(run.status == 3)
    }
  }

  @Test func aWrongRulebookIsToldOfAndEndsWith3() throws {
    try folder(["t.docket": "entity Ticket as t { key id: string  let long = t.idd }\n"]) { (path: String) throws in
      let check = try docket("check", path)
      #expect(check.status == 3)
      #expect(check.error.contains("error[D2004]: `Ticket` has no field `idd`"))
      #expect(check.error.contains("did you mean `id`?"))
      let json = try docket("check", path, "--errors", "json")
      #expect(json.error.hasPrefix("{\"code\":\"D2004\",\"severity\":\"error\""))
      let github = try docket("check", path, "--errors", "github")
      #expect(github.error.hasPrefix("::error file="))
    }
    try folder([:]) { (path: String) throws in
      let run = try docket("check", path)
      #expect(run.status == 3)
    }
  }

  @Test func findingsOfTheAnalysisAreWarningsUntilTheyAreStrict() throws {
    let rules = """
      entity Ticket { key id: string  votes: int  text: string  desk: string? }
      route desk for Ticket.desk as t {
        rule many { when t.votes > 3 to "a" }
        rule more { when t.votes > 5 to "b" }
        rule odd { when t.text.matches("odd") to "c" }
        otherwise nobody
      }

      """
    try folder(["t.docket": rules]) { (path: String) throws in
      let check = try docket("check", path, "--analysis")
      #expect(check.status == 0)
      #expect(check.error.contains("warning[D3022]: `more` can never fire: `many` above matches everything it matches"))
      #expect(check.error.contains("for example: votes = 6 → `many`"))
      #expect(check.output.contains("`t.text.matches(\"odd\")` is a regular expression"))
      #expect(try docket("check", path, "--strict").status == 3)
    }
    try folder(["t.docket": rules.replacing("as t {", with: "as t {\n  hit unique")]) { (path: String) throws in
      let check = try docket("check", path)
      #expect(check.status == 3)
      #expect(check.error.contains("error[D3024]: `many` and `more` can both match"))
    }
  }

  @Test func mistakesOfUsageEndWith2() throws {
    #expect(try docket("runn").status == 2)
    #expect(try docket("run", "scripts/incidents", "--only", "nothing", "--data", "scripts/incidents/data").status == 2)
    #expect(try docket("run", "scripts/incidents", "--at", "soon", "--data", "scripts/incidents/data").status == 2)
    #expect(try docket("--help").status == 0)
    try folder(["t.docket": Self.tickets, "tickets.csv": "id,level,opened,votes\n"]) { (path: String) throws in
      let run = try docket("run", path)
      #expect(run.status == 2)
    }
  }

  @Test(arguments: [
    ("id,level,opened,votes\nA,High,1/2/2016 1:00,1,2\n", "D4011", 2),
    ("id,level,opened,votes\nA,\"High,1/2/2016 1:00,\n", "D4009", 2),
    ("id,level,opened,votes\nA,High,31/2/2016 1:00,\n", "D4016", 2),
    ("id,level,opened,votes\nA,Higher,1/2/2016 1:00,\n", "D4020", 2),
    ("id,level,open,votes\nA,High,1/2/2016 1:00,\n", "D4012", 0),
    ("id,level,opened,votes\nA,High,1/2/2016 1:00,\nA,Low,1/2/2016 1:00,\n", "D4025", 3),
    ("id,level,opened,votes\nA,High,1/2/2016 1:00,many\n", "D4014", 2),
  ])
  func badDataIsToldByPlaceAndEndsWith4(_ csv: String, _ code: String, _ line: Int) throws {
    try folder(["t.docket": Self.tickets, "tickets.csv": csv]) { (path: String) throws in
      let run = try docket("run", path, "--at", "2020-01-01")
      #expect(run.status == 4)
      #expect(run.error.contains("error[\(code)]"))
      if line > 0 { #expect(run.error.contains("tickets.csv:\(line):")) }
    }
  }

  @Test func everyErrorOfAFileIsToldUpToALimitAndTheRestIsCounted() throws {
    let rows = (1...50).map { "A\($0),High,1/2/2016 1:00,many" }.joined(separator: "\n")
    try folder(["t.docket": Self.tickets, "tickets.csv": "id,level,opened,votes\n" + rows + "\n"]) {
      (path: String) throws in
      let run = try docket("run", path, "--at", "2020-01-01", "--max-errors", "3")
      #expect(run.status == 4)
      #expect(run.error.components(separatedBy: "error[D4014]").count == 4)
      #expect(run.error.contains("47"))
      let rejecting = try docket("run", path, "--at", "2020-01-01", "--reject", "50")
      #expect(rejecting.status == 0)
      #expect(rejecting.output.contains("50 rows of"))
    }
  }

  @Test func aMissingFileAndBytesThatAreNoTextEndWith4() throws {
    try folder(["t.docket": Self.tickets]) { (path: String) throws in
      let run = try docket("run", path, "--at", "2020-01-01")
      #expect(run.status == 4)
      #expect(run.error.contains("error[D4001]"))
      try Data([0x69, 0x64, 0x2C, 0x6C, 0x0A, 0xFF, 0xFE, 0x80, 0x0A]).write(
        to: URL(fileURLWithPath: path + "/tickets.csv"))
      let binary = try docket("run", path, "--at", "2020-01-01")
      #expect(binary.status == 4)
    }
  }

  @Test func formatsInPlaceAndChecks() throws {
    try folder(["t.docket": "let   n=1\n"]) { (path: String) throws in
      #expect(try docket("fmt", "--check", path).status == 1)
      #expect(try docket("fmt", path).status == 0)
      #expect(try String(contentsOfFile: path + "/t.docket", encoding: .utf8) == "let n = 1\n")
      #expect(try docket("fmt", "--check", path).status == 0)
    }
    try folder(["t.docket": "let n = (\n"]) { (path: String) throws in
      let run = try docket("fmt", path)
      #expect(run.status == 3)
    }
  }

  @Test(arguments: ["1 + 1", "'a' + \"b\"", "1 / 0", "1 + 'a'", "(", "", "help", "a b", "@2026-10-10T09:30", "é"])
  func anExpressionAloneIsEvaluatedAsWithOptions(_ expression: String) throws {
    let alone = try docket("eval", expression)
    let parsed = try docket("eval", "--zone", "UTC", expression)
    #expect(alone.output == parsed.output)
    #expect(alone.error == parsed.error)
    #expect(alone.status == parsed.status)
  }

  @Test func evaluatesAnExpression() throws {
    #expect(try docket("eval", "1 + 1").output == "2\n")
    #expect(try docket("eval", "-1").output == "-1\n")
    #expect(try docket("eval", "-(n + 1)", "--var", "n=2", "--type").output == "-3: int\n")
    #expect(try docket("eval", "--type", "--", "-1.5").output == "-1.5: double\n")
    #expect(try docket("eval", "n * 2", "--var", "n=21", "--type").output == "42: int\n")
    #expect(
      try docket("eval", "f\"{@2026-10-10T09:30}\"", "--zone", "Asia/Shanghai").output == "\"2026-10-10 09:30\"\n")
    let wrong = try docket("eval", "1 + 'a'")
    #expect(wrong.status == 3)
    #expect(wrong.error.contains("error[D2024]"))
    let failed = try docket("eval", "1 / 0")
    #expect(failed.status == 1)
    #expect(failed.error.contains("error[D5001]: division by zero"))
    #expect(try docket("eval", "n", "--var", "n=oops").status == 2)
    try folder(["vars.json": "{\"customer\": {\"tier\": \"gold\"}, \"n\": 3}"]) { (path: String) throws in
      let run = try docket("eval", "customer.tier == 'gold' && n > 2", "--vars", path + "/vars.json")
      #expect(run.output == "true\n")
    }
  }

  @Test func invariantsAreDecidedWhereSomethingReadChanges() throws {
    let rulebook = """
      zone "UTC"
      enum Duty { planning, release }
      entity Product { key id: string  duties: list<Responsibility> from Responsibility.product }
      entity Responsibility { key id: string  product: Product  duty: Duty  begin: date  end: date? }
      func active(r: Responsibility): bool = r.begin.start() <= now && (r.end == null || now < r.end.end())
      ensure one_owner for each Product as p, each Duty as d {
        during next 90d
        expect size(p.duties.filter(r, r.duty == d && active(r))) == 1
        because f"{p.id}, {d}: {size(p.duties.filter(r, r.duty == d && active(r)))}"
      }

      """
    let duties = """
      id,product,duty,begin,end
      1,pay,release,2026-01-01,2026-09-30
      2,pay,release,2026-10-03,
      3,pay,planning,2026-01-01,
      4,pay,planning,2026-09-10,2026-09-20

      """
    try folder(["r.docket": rulebook, "Product.csv": "id\npay\n", "Responsibility.csv": duties]) {
      (path: String) throws in
      let run = try docket(
        "run", path, "--data", path, "--at", "2026-09-01", "--format", "jsonl", "--fail-on", "finding")
      #expect(run.status == 1)
      #expect(
        run.output == """
          {"ensure":"one_owner","for":{"p":"pay","d":"planning"},"from":"2026-09-10T00:00:00Z","until":"2026-09-21T00:00:00Z","because":"pay, planning: 2"}
          {"ensure":"one_owner","for":{"p":"pay","d":"release"},"from":"2026-10-01T00:00:00Z","until":"2026-10-03T00:00:00Z","because":"pay, release: 0"}

          """)
    }
  }

  @Test func invariantsAreDecidedWhereACalendarOpensAndCloses() throws {
    let rulebook = """
      zone "UTC"
      calendar desk { open mon-fri 09:00-17:00 }
      entity Person { key id: string  shifts: list<Shift> from Shift.person }
      entity Shift { key id: string  person: Person  begin: timestamp  end: timestamp }
      ensure covered for each Person as p {
        during next 3d
        expect not desk.is_open(now) or p.shifts.exists(s, s.begin <= now and now < s.end)
        because "nobody is there"
      }

      """
    let shifts = """
      id,person,begin,end
      1,zhao,2026-10-05T09:00,2026-10-05T17:00
      2,zhao,2026-10-06T09:00,2026-10-06T12:00

      """
    // It is night: what is read now says nothing about the days ahead.
    try folder(["r.docket": rulebook, "Person.csv": "id\nzhao\n", "Shift.csv": shifts]) { (path: String) throws in
      let run = try docket("run", path, "--data", path, "--at", "2026-10-05T02:00", "--format", "jsonl")
      #expect(
        run.output == """
          {"ensure":"covered","for":{"p":"zhao"},"from":"2026-10-06T12:00:00Z","until":"2026-10-06T17:00:00Z","because":"nobody is there"}
          {"ensure":"covered","for":{"p":"zhao"},"from":"2026-10-07T09:00:00Z","until":"2026-10-07T17:00:00Z","because":"nobody is there"}

          """)
    }
  }

  @Test func clocksAndCalendarsHaveCommandsOfTheirOwn() throws {
    let next = try docket(
      "sla", "scripts/incidents", "--data", "scripts/incidents/data", "--at", "2016-04-15", "--next", "2")
    #expect(next.status == 0)
    #expect(next.output.split(separator: "\n").count == 4)
    let before = try docket(
      "sla", "scripts/incidents", "--data", "scripts/incidents/data", "--at", "2016-04-14", "--since", "2016-04-10",
      "--format", "jsonl")
    let after = try docket(
      "sla", "scripts/incidents", "--data", "scripts/incidents/data", "--at", "2016-04-15", "--since", "2016-04-14",
      "--format", "jsonl")
    let both = try docket(
      "sla", "scripts/incidents", "--data", "scripts/incidents/data", "--at", "2016-04-15", "--since", "2016-04-10",
      "--format", "jsonl")
    #expect(!after.output.isEmpty)
    // Each effect is listed exactly once, however the time is cut.
    #expect(before.output + after.output == both.output)
    let month = try docket("calendar", "scripts/incidents", "weekdays", "--month", "2016-04")
    #expect(month.output.contains("open 504h in 2016-04"))
    #expect(try docket("calendar", "scripts/incidents", "weekday", "--month", "2016-04").status == 2)
  }

  // MARK: - data and init

  @Test func aRulebookIsDrawnProfiledAndNeverOverwritten() throws {
    try folder(["tickets.csv": "id,status,opened\n1,Open,9/10/2026 08:00\n2,Closed,23/10/2026 09:30\n"]) { folder in
      let target = folder + "/desk.docket"
      let first = try docket("init", "--from", folder + "/tickets.csv", "-o", target)
      #expect(first.status == 0)
      #expect(first.output.hasPrefix("tickets.csv: 2 rows → 2 Ticket; no row left out\n"))
      #expect(first.output.hasSuffix("next: docket data \(target)\n"))
      #expect(try docket("check", target).status == 0)
      #expect(try docket("fmt", "--check", target).status == 0)
      let again = try docket("init", "--from", folder + "/tickets.csv", "-o", target)
      #expect(again.status == 2)
      #expect(again.error.contains("is there already and stays as it is"))
      let printed = try docket("init", "--from", folder + "/tickets.csv")
      #expect(printed.status == 0)
      #expect(printed.output == (try String(contentsOfFile: target, encoding: .utf8)))
      let data = try docket("data", target)
      #expect(data.status == 0)
      #expect(data.output.contains("Ticket  2 records"))
      #expect(try docket("init", "--from", folder + "/none.csv").status == 4)
      #expect(try docket("init", folder).status == 2)
    }
  }

  @Test func aProfileShowsWhatIsWrongAndEndsWithFour() throws {
    try folder([
      "rules.docket": "entity A { key id: int  b: B? }\nentity B { key id: string }\n",
      "A.csv": "id,b\n1,x\ntwo,y\n3,z\n", "B.csv": "id\nx\n",
    ]) { folder in
      let data = try docket("data", folder, "--data", folder)
      #expect(data.status == 4)
      #expect(data.output.contains("! `b` names a B that does not exist once: `z` ×1"))
      #expect(data.output.contains("! 1 row of A.csv cannot be used, and left out"))
      #expect(data.error.contains("`two` in column `id` is not a whole number"))
    }
  }
}
