/// Results for the programs that read them: TAP, JUnit, GitHub.

import Docket
import DocketDiagnostics
import DocketTesting
import Foundation
import Testing

struct ReporterTests {
  private static let tests = """
    test "good" { expect patience(gold) == 4h }
    test "bad # <\\\\one> & \\"two\\"" { expect patience(gold) == 5h }
    test "error" {
      let f = Feedback { votes: 1 }
      expect 1 / (f.votes - 1) == 0
    }
    test "later" todo "next week" { expect patience(gold) == 1h }
    test "never" skip "no" { expect patience(gold) == 1h }

    """

  private func results() -> [TestResult] {
    TestDesk.report(Self.tests).results.map { result in
      var result = result
      result.duration = .milliseconds(7)
      return result
    }
  }

  /// Runs a program that may not be there.
  private func run(_ name: String, _ arguments: [String], _ text: String, _ suffix: String) throws -> (
    status: Int32, output: String
  )? {
    guard
      let path = ["/usr/bin/", "/usr/local/bin/"].map({ $0 + name }).first(where: FileManager.default.isExecutableFile)
    else {
      print("skipped: \(name) is not installed")
      return nil
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString).\(suffix)")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments + [file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  // MARK: - TAP

  @Test func `TAP has a line for each test, and YAML below those that failed`() {
    #expect(
      TAPReporter.render(results()) == """
        TAP version 14
        1..5
        ok 1 - good
        not ok 2 - bad \\# <\\\\one> & "two"
          ---
          file: "tests.docket"
          line: 2
          severity: fail
          message: |
            expect patience(gold) == 5h
                   patience(gold)   4h
            the table `patience` gives 4h in the row desk.docket:20
          ...
        not ok 3 - error
          ---
          file: "tests.docket"
          line: 5
          severity: error
          message: |
            expect 1 / (f.votes - 1) == 0
                   1 / (f.votes - 1)   error: division by zero
                   f.votes - 1         0
                   f.votes             1
            it cannot be evaluated: division by zero
          ...
        not ok 4 - later # TODO next week
        ok 5 - never # SKIP no

        """)
  }

  /// Perl's `prove` knows the format up to version 13, which has everything that is used here.
  @Test func `prove takes the TAP`() throws {
    let good = TestDesk.report(
      "test \"a\" { expect patience(gold) == 4h }\ntest \"b\" skip \"no\" { expect patience(gold) == 1h }")
    let text = TAPReporter.render(good.results).replacingOccurrences(of: "TAP version 14", with: "TAP version 13")
    guard let outcome = try run("prove", ["-e", "cat"], text, "tap") else { return }
    #expect(outcome.status == 0, "\(outcome.output)")
    let bad = TAPReporter.render(results()).replacingOccurrences(of: "TAP version 14", with: "TAP version 13")
    let told = try #require(try run("prove", ["-e", "cat"], bad, "tap")).output
    #expect(told.contains("Failed tests:  2-3") || told.contains("Failed tests: 2-3"), "\(told)")
    #expect(!told.contains("Parse errors"), "\(told)")
  }

  // MARK: - JUnit

  @Test func `JUnit names the file and line of each case`() throws {
    let text = JUnitReporter.render(results())
    #expect(
      text.contains("<testsuites name=\"docket\" tests=\"5\" failures=\"1\" errors=\"1\" skipped=\"2\" time=\"0.035\">")
    )
    #expect(
      text.contains(
        "<testcase name=\"bad # &lt;\\one&gt; &amp; &quot;two&quot;\" classname=\"tests\" file=\"tests.docket\" line=\"2\" time=\"0.007\">"
      ), "\(text)")
    #expect(text.contains("<skipped message=\"todo: next week\"/>"))
    #expect(try XMLDocumentCheck.isWellFormed(text))
  }

  @Test func `xmllint validates the JUnit`() throws {
    let schema = CommandLineTests.root.appendingPathComponent("Tests/Schemas/junit.xsd").path
    guard let outcome = try run("xmllint", ["--noout", "--schema", schema], JUnitReporter.render(results()), "xml")
    else {
      return
    }
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func `what XML cannot hold is replaced`() throws {
    var result = results()[1]
    result.name = "bell \u{7} and 中文"
    let text = JUnitReporter.render([result])
    #expect(text.contains("bell \u{FFFD} and 中文"))
    #expect(try XMLDocumentCheck.isWellFormed(text))
  }

  // MARK: - GitHub

  @Test func `annotations are escaped, errors first`() {
    let lines = GitHubTestReporter.render(results()).split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(
      lines[0].hasPrefix("::error file=tests.docket,line=5,title=test has an error%3A error::expect 1 / (f.votes"))
    #expect(
      lines[1]
        == "::error file=tests.docket,line=2,title=test failed%3A bad # <\\one> & \"two\"::expect patience(gold) == 5h%0A       patience(gold)   4h%0Athe table `patience` gives 4h in the row desk.docket:20"
    )
    #expect(lines[2] == "::warning file=tests.docket,line=7,title=test to do%3A later::next week")
    #expect(lines[3] == "::notice file=tests.docket,line=8,title=test skipped%3A never::no")
  }

  @Test func `GitHub is given ten of a kind, and the last says how many are hidden`() {
    let failing = Array(repeating: results()[1], count: 14)
    let lines = GitHubTestReporter.render(failing).split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines[9].contains("%0A%0A… and 4 more failing tests that GitHub does not show here"))
    #expect(!lines[8].contains("more failing tests"))
  }

  @Test func `the summary of a step counts, and shows what failed`() {
    let text = GitHubTestReporter.summary(results())
    #expect(text.hasPrefix("### ❌ Rule tests failed\n"))
    #expect(text.contains("| 1 | 1 | 1 | 1 | 1 |"))
    #expect(text.contains("<summary>bad # &lt;\\one&gt; &amp; &quot;two&quot;</summary>"))
    #expect(GitHubTestReporter.summary([results()[0]]).hasPrefix("### ✅ Rule tests passed\n"))
  }
}

/// Whether a text can be read as XML, where the platform has a parser; it always has brackets that fit.
private enum XMLDocumentCheck {
  static func isWellFormed(_ text: String) throws -> Bool {
    var open: [Substring] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") || tag.hasPrefix("!") || tag.hasSuffix("/") { continue }
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " }
      if tag.hasPrefix("/") {
        guard open.popLast() == name else { return false }
      } else {
        open.append(name)
      }
    }
    return open.isEmpty
  }
}
