/// Reports and differences as the program gives them: files, languages, exit codes.

import Foundation
import Testing

@Suite struct ReportCommandTests {
  private func docket(_ arguments: [String], _ environment: [String: String] = [:]) throws -> CommandLineTests.Outcome {
    let process = Process()
    process.executableURL = CommandLineTests.root.appendingPathComponent(".build/debug/docket")
    process.arguments = arguments
    process.currentDirectoryURL = CommandLineTests.root
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let problems = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return CommandLineTests.Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      error: String(decoding: problems, as: UTF8.self))
  }

  private static let at = "2026-09-07T17:30:00+08:00"

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("data"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(ReportFixture.rules.utf8).write(to: folder.appendingPathComponent("old.docket"))
    try Data(ReportFixture.rules.replacing("target 8h", with: "target 1h").utf8)
      .write(to: folder.appendingPathComponent("new.docket"))
    try Data(ReportFixture.tickets.utf8).write(to: folder.appendingPathComponent("data/Ticket.csv"))
    try body(folder.path)
  }

  @Test func aPageIsWrittenBesideWhatIsPrinted() throws {
    try inFolder { folder in
      let run = try docket([
        "run", "\(folder)/old.docket", "--data", "\(folder)/data", "--at", Self.at, "--html", "\(folder)/page.html",
      ])
      #expect(run.status == 0 && run.error.isEmpty && run.output.hasPrefix("As of "))
      let page = try String(contentsOfFile: "\(folder)/page.html", encoding: .utf8)
      #expect(page.contains("<h1>old</h1>"))
      let titled = try docket([
        "run", "\(folder)/old.docket", "--data", "\(folder)/data", "--at", Self.at, "--html", "\(folder)/page.html",
        "--title", "九月",
        "--lang", "zh", "--format", "jsonl",
      ])
      #expect(titled.status == 0 && titled.output.hasPrefix("{\"route\""))
      #expect(try String(contentsOfFile: "\(folder)/page.html", encoding: .utf8).contains("<h1>九月</h1>"))
      let nowhere = try docket([
        "run", "\(folder)/old.docket", "--data", "\(folder)/data", "--at", Self.at, "--html",
        "\(folder)/none/page.html",
      ])
      #expect(nowhere.status == 2)
      #expect(nowhere.error.contains("error: cannot write `\(folder)/none/page.html`: no such file or directory"))
    }
  }

  @Test func theLanguageIsAskedForOrOfTheEnvironment() throws {
    try inFolder { folder in
      let arguments = ["\(folder)/old.docket", "--data", "\(folder)/data", "--at", Self.at]
      #expect(try docket(["sla"] + arguments + ["--lang", "zh"]).output.contains("已超时"))
      #expect(try docket(["sla"] + arguments, ["DOCKET_LANG": "zh_CN.UTF-8"]).output.contains("已超时"))
      #expect(try docket(["sla"] + arguments + ["--lang", "en"], ["DOCKET_LANG": "zh"]).output.contains("breached"))
      #expect(try docket(["route"] + arguments + ["--lang", "zh"]).output.contains("分派 team  谁来处理"))
      #expect(try docket(["kpi"] + arguments + ["--lang", "zh"]).output.contains("2026年9月 …"))
      #expect(try docket(["ensure"] + arguments + ["--lang", "zh"]).output.contains("1 个问题"))
      let item = ["\(folder)/old.docket", "T5", "--data", "\(folder)/data", "--at", Self.at]
      #expect(try docket(["explain"] + item + ["--lang", "zh"]).output.contains("，截至 2026年9月7日 17:30"))
      let machine = try docket(["explain"] + item + ["--format", "json"])
      #expect(try docket(["explain"] + item + ["--format", "json", "--lang", "zh"]).output == machine.output)
      let both = ["\(folder)/old.docket", "\(folder)/new.docket", "--data", "\(folder)/data", "--at", Self.at]
      #expect(try docket(["diff"] + both + ["--lang", "zh"]).output.contains("个截止时间改变"))
      let difference = try docket(["diff"] + both + ["--format", "json"])
      #expect(try docket(["diff"] + both + ["--format", "json"], ["DOCKET_LANG": "zh"]).output == difference.output)
      let unknown = try docket(["run"] + arguments + ["--lang", "fr"])
      #expect(unknown.status == 2)
      // Machines read the same in all languages.
      let english = try docket(["run"] + arguments + ["--format", "json"])
      #expect(try docket(["run"] + arguments + ["--format", "json", "--lang", "zh"]).output == english.output)
    }
  }

  @Test func aDifferenceIsToldAndCanFailARun() throws {
    try inFolder { folder in
      let data = ["--data", "\(folder)/data", "--at", Self.at]
      let same = try docket(["diff", "\(folder)/old.docket", "\(folder)/old.docket", "--fail-on-change"] + data)
      #expect(same.status == 0 && same.output == "Nothing changes: 6 rules give the same results.\n")
      let told = try docket(["diff", "\(folder)/old.docket", "\(folder)/new.docket"] + data)
      #expect(told.status == 0 && told.error.isEmpty)
      #expect(told.output.hasPrefix("1 of 6 rules in both gives other results.\n\nsla answer: 5 of 8 clocks"))
      let failed = try docket(
        ["diff", "\(folder)/old.docket", "\(folder)/new.docket", "--fail-on-change", "--format", "json"] + data)
      #expect(failed.status == 1)
      let object = try JSONSerialization.jsonObject(with: Data(failed.output.utf8)) as? [String: Any]
      #expect(object?["changed"] as? Bool == true)
      let wrong = try docket(["diff", "\(folder)/nothing.docket", "\(folder)/new.docket"] + data)
      #expect(wrong.status == 3 && wrong.error.contains("D1901"))
    }
  }
}
