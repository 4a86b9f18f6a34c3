/// `docket test` and `docket mutate` as people and CI call them.

import Foundation
import Testing

extension CommandLineTests {
  private static let desk = """
    zone "UTC"
    enum Tier { standard, gold }
    table patience(tier: Tier): duration {
      tier     | result
      gold     | 4h
      standard | 8h
    }

    test "gold is quick" tags "quick" {
      expect patience(gold) == 4h
    }

    """

  @Test func testsThatNobodyHasAreExitFive() throws {
    try folder(["desk.docket": Self.desk]) { folder in
      let run = try docket("test", folder, "--run", "nosuch")
      #expect(run.status == 5)
      #expect(run.output == "no tests found: there is 1 test, but it does not match `nosuch`\n")
      #expect(try docket("test", folder, "--run", "(").status == 2)
      #expect(try docket("test", folder, "--jobs", "0").status == 2)
      #expect(try docket("test", folder, "--tag", "quick", "--shuffle", "5", "--jobs", "3").status == 0)
    }
  }

  @Test func severalReportsGoWhereTheyBelong() throws {
    try folder(["desk.docket": Self.desk]) { folder in
      let (junit, tap) = ("\(folder)/junit.xml", "\(folder)/out.tap")
      let run = try docket(
        "test", folder, "--format", "junit", "--out", junit, "--format=pretty", "--format", "tap", "--out=\(tap)",
        "--coverage", "lcov", "--out", "\(folder)/lcov.info")
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.hasPrefix("1 passed, 0 failed"))
      #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<testsuites name=\"docket\" tests=\"1\""))
      #expect(
        try String(contentsOfFile: tap, encoding: .utf8).hasPrefix("TAP version 14\n1..1\nok 1 - gold is quick\n"))
      #expect(try String(contentsOfFile: "\(folder)/lcov.info", encoding: .utf8).hasPrefix("TN:\nSF:"))
      let both = try docket("test", folder, "--format", "pretty", "--format", "json")
      #expect(both.status == 2)
      #expect(both.error.contains("`--format json` is printed together with another report"))
      #expect(try docket("test", folder, "--out", tap).status == 2)
    }
  }

  @Test func coverageBelowTheMinimumFails() throws {
    try folder(["desk.docket": Self.desk]) { folder in
      let run = try docket("test", folder, "--coverage", "--min-coverage", "80")
      #expect(run.status == 1)
      #expect(run.output.contains("rows of tables        1   2"), "\(run.output)")
      #expect(run.error == "error: the tests reach 50.0 % of the rulebook, less than the 80.0 % wanted\n")
      #expect(try docket("test", folder, "--min-coverage", "50").status == 0)
    }
  }

  @Test func snapshotsAreRecordedAtADeskAndNeverInCI() throws {
    let tests =
      Self.desk + """
        test "snap" {
          expect [patience(gold), patience(standard)] matches snapshot "both"
        }

        """
    try folder(["desk.docket": tests]) { folder in
      #expect(try docket("test", folder).status == 1)
      let refused = try docket("test", folder, "--update-snapshots", environment: ["CI": "true"])
      #expect(refused.status == 2)
      #expect(refused.error.contains("--update-snapshots is refused where CI is set"))
      let update = try docket("test", folder, "--update-snapshots")
      #expect(update.status == 0)
      #expect(update.error == "snapshots: 1 added, 0 changed, 0 removed\n")
      #expect(
        try String(contentsOfFile: "\(folder)/desk.docket.snap", encoding: .utf8).hasSuffix(
          "\n=== \"snap\" / \"both\"\n  [4h, 8h]\n"))
      #expect(try docket("test", folder, environment: ["CI": "true"]).status == 0)
      // A test that is gone takes its snapshots along.
      try Data(Self.desk.utf8).write(to: URL(fileURLWithPath: "\(folder)/desk.docket"))
      #expect(try docket("test", folder, "--update-snapshots").status == 0)
    }
  }

  @Test func theSummaryOfAStepIsAppended() throws {
    try folder(["desk.docket": Self.desk, "summary.md": "before\n"]) { folder in
      let run = try docket(
        "test", folder, "--format", "github", environment: ["GITHUB_STEP_SUMMARY": "\(folder)/summary.md"])
      #expect(run.status == 0)
      #expect(run.output.isEmpty)
      let summary = try String(contentsOfFile: "\(folder)/summary.md", encoding: .utf8)
      #expect(summary.hasPrefix("before\n### ✅ Rule tests passed\n"))
    }
  }

  @Test func severalRulebooksAreTestedTogether() throws {
    try folder(["a.docket": Self.desk, "b.docket": Self.desk]) { folder in
      let run = try docket("test", "\(folder)/a.docket", "\(folder)/b.docket", "--format", "tap")
      #expect(run.output.hasPrefix("TAP version 14\n1..2\n"))
      #expect(try docket("test", "\(folder)/a.docket", "\(folder)/none.docket").status == 3)
    }
  }

  @Test func watchRunsAgainOnAChange() throws {
    try folder(["desk.docket": Self.desk]) { folder in
      let process = Process()
      process.executableURL = Self.root.appendingPathComponent(".build/debug/docket")
      process.arguments = ["test", folder, "--watch"]
      let log = FileManager.default.temporaryDirectory.appendingPathComponent("watch-\(UUID().uuidString).log").path
      #expect(FileManager.default.createFile(atPath: log, contents: nil))
      defer { try? FileManager.default.removeItem(atPath: log) }
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
      process.standardInput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.runUnblocked()
      defer {
        process.terminate()
        process.waitUntilExit()
      }
      func wait(for text: String) throws -> Bool {
        for _ in 0..<150 {
          if try String(contentsOfFile: log, encoding: .utf8).contains(text) { return true }
          Thread.sleep(forTimeInterval: 0.1)
        }
        return false
      }
      #expect(try wait(for: "1 passed, 0 failed"))
      #expect(try wait(for: "waiting for a change"))
      let wrong = Self.desk.replacingOccurrences(of: "gold     | 4h", with: "gold     | 5h")
      try Data(wrong.utf8).write(to: URL(fileURLWithPath: "\(folder)/desk.docket"))
      #expect(try wait(for: "0 passed, 1 failed"))
    }
  }

  @Test func survivorsOfMutationFail() throws {
    try folder(["desk.docket": Self.desk]) { folder in
      let run = try docket("mutate", folder, "--no-propose", "--jobs", "2")
      #expect(run.status == 1)
      #expect(run.output.contains("SURVIVED row  \(folder)/desk.docket:6\n"), "\(run.output)")
      #expect(run.output.contains("    -   standard | 8h\n"))
      let json = try docket("mutate", folder, "--no-propose", "--format", "json")
      for line in json.output.split(separator: "\n") { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      #expect(json.output.contains("\"outcome\":\"killed\",\"killed_by\":\"gold is quick\""))
    }
  }
}

extension Process {
  /// Starts the program with no signal blocked. Threads that run tests block them, and a child inherits that: nothing that
  /// asks it to end would reach it.
  func runUnblocked() throws {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}
