/// The five minutes of the README, done as it says: what it shows is what is printed.

import Foundation
import Testing

@Suite struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let run = "docket run scripts/support --data scripts/support/data --at 2026-09-30T15:30"

  @Test func makeRunPrintsWhatTheFirstStepShows() throws {
    let makefile = try String(contentsOf: Self.root.appendingPathComponent("Makefile"), encoding: .utf8)
    #expect(makefile.contains(Self.run.replacing("docket run", with: "$(DOCKET) run")))
    try expect(try block(startingWith: "route owner"), in: try output(of: Self.run, in: Self.root))
  }

  @Test func aChangedRuleChangesWhatTheSecondStepSays() throws {
    try inACopy { folder in
      try change("urgency.docket", in: folder, "moderate | _       | 4h", "moderate | _       | 2h")
      #expect(try output(of: Self.run, in: folder).contains("breached      79"))
      let failures = try output(of: "docket test scripts/support", in: folder)
      // The last line tells how long it took.
      try expect(try block(startingWith: "FAIL").dropLast(), in: failures)
      #expect(failures.contains("140 passed, 2 failed"))
    }
  }

  @Test func aMistakeGivesTheErrorOfTheThirdStep() throws {
    try inACopy { folder in
      try change("routing.docket", in: folder, "highest f.urgency", "highest f.urgncy")
      let told = try output(of: "docket check scripts/support", in: folder)
      #expect(told.split(separator: "\n").map(String.init) == (try block(startingWith: "error[D2004]")))
    }
  }

  // MARK: - The README

  /// The lines of the first block that starts like this, without the blank ones.
  private func block(startingWith start: String) throws -> [String] {
    let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
    let blocks = readme.components(separatedBy: "```text\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
    let found = try #require(blocks.first { $0.hasPrefix(start) })
    return found.split(separator: "\n").map(String.init)
  }

  /// Every line is printed, in this order; `…` stands for any others.
  private func expect(_ lines: some Sequence<String>, in printed: String) throws {
    var rest = printed.split(separator: "\n").map(String.init)[...]
    for line in lines where line != "…" {
      let place = try #require(rest.firstIndex(of: line), "\(line)\nis not printed, or not in this place")
      rest = rest[(place + 1)...]
    }
  }

  // MARK: - Doing it

  private func inACopy(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("scripts"), withIntermediateDirectories: true)
    let support = "scripts/support"
    try FileManager.default.copyItem(
      at: Self.root.appendingPathComponent(support), to: folder.appendingPathComponent(support))
    try body(folder)
  }

  /// The first place that reads so.
  private func change(_ file: String, in folder: URL, _ old: String, _ new: String) throws {
    let place = folder.appendingPathComponent("scripts/support/\(file)")
    let text = try String(contentsOf: place, encoding: .utf8)
    let range = try #require(text.range(of: old))
    try text.replacingCharacters(in: range, with: new).write(to: place, atomically: true, encoding: .utf8)
  }

  private func output(of command: String, in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = Self.root.appendingPathComponent(".build/debug/docket")
    process.arguments = command.split(separator: " ").dropFirst().map(String.init)
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}
