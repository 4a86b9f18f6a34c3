/// Which tests run, in which order, and on how many threads: none of it shows in what they give.

import Docket
import DocketDiagnostics
import DocketTesting
import Testing

struct TestRunTests {
  private static let many = (0..<400).map { number in
    """
    test "number \(number)" tags "\(number % 2 == 0 ? "even" : "odd")" {
      now @2026-10-09T10:00
      let f = Feedback { id: "F\(number)", tier: \(number % 3 == 0 ? "gold" : "standard"), votes: \(number % 20), created_at: now }
      expect team(f).to == "\(number % 7 == 0 ? "a" : "b")"
      expect answer(f).status == running
    }

    """
  }.joined()

  private func told(_ report: TestReport) -> [String] {
    report.results.map { "\($0.name) \($0.status) \($0.message ?? "")" }
  }

  @Test func `jobs and shuffling change nothing that tests give`() {
    let plain = TestDesk.report(Self.many)
    #expect(plain.results.count == 400)
    #expect(plain.results.count(.failed) > 0 && plain.results.count(.passed) > 0)
    for (jobs, seed) in [(4, nil), (1, 7), (3, 99)] as [(Int, UInt64?)] {
      var options = TestOptions()
      options.jobs = jobs
      options.shuffleSeed = seed
      #expect(told(TestDesk.report(Self.many, options: options)) == told(plain))
    }
  }

  @Test func `the first failure ends the run at the same test, whatever the number of threads`() {
    var options = TestOptions(failFast: true)
    let serial = told(TestDesk.report(Self.many, options: options))
    #expect(serial.count < 400)
    options.jobs = 4
    #expect(told(TestDesk.report(Self.many, options: options)) == serial)
    options.shuffleSeed = 3
    let shuffled = told(TestDesk.report(Self.many, options: options))
    options.jobs = 1
    #expect(told(TestDesk.report(Self.many, options: options)) == shuffled)
  }

  @Test func `where nothing is chosen, the tests that there are are told of`() {
    func message(_ options: TestOptions) -> String {
      let report = TestDesk.report(Self.many, options: options)
      return TestReporter().render(report.results, duration: .zero, emptiness: report.emptiness)
    }
    #expect(message(TestOptions(run: "nosuch")) == "no tests found: there are 400 tests, but none matches `nosuch`\n")
    #expect(
      message(TestOptions(run: "NUMBER 17"))
        == "no tests found: there are 400 tests, but none matches `NUMBER 17`\n   = help: did you mean `number 17`?\n")
    #expect(
      message(TestOptions(tags: ["evn"]))
        == "no tests found: there are 400 tests, but none has the tag `evn`\n   = help: did you mean `even`?\n")
    #expect(TestDesk.report("").emptiness?.message == "no tests found")
  }

  @Test func `a pattern that is no regular expression says why`() {
    #expect(TestRunner.problem(ofPattern: "(")?.contains("missing )") == true)
    #expect(TestRunner.problem(ofPattern: "^a.*b$") == nil)
  }

  @Test func `lists and maps that differ are compared element by element`() {
    let report = TestDesk.report(
      """
      test "list" {
        let f = Feedback { tags: ["a", "b", "c"] }
        expect tags(f) == ["a", "x", "c", "d"]
      }
      test "map" {
        let f = Feedback { tags: ["a", "b"] }
        expect {"k": tags(f), "m": ["1"]} == {"k": ["a"], "n": ["1"]}
      }
      """)
    #expect(
      report.results[0].details.dropLast().suffix(3) == [
        "[1] is \"b\", not \"x\"", "[3] is missing: \"d\"", "3 instead of 4 elements",
      ])
    #expect(
      report.results[1].details.dropLast().suffix(3) == [
        "[\"k\"][1] is too much: \"b\"", "[\"n\"] is missing: [\"1\"]", "[\"m\"] is too much: [\"1\"]",
      ])
    #expect(report.results[1].message?.contains("{\"k\": [\"a\", \"b\"], \"m\": [\"1\"]}") == true)
  }
}
