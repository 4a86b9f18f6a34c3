/// Snapshots: recorded beside the tests, compared line by line.

import Docket
import DocketDiagnostics
import DocketTesting
import Testing

struct SnapshotTests {
  private let tests = """
    test "who" {
      now @2026-10-09T10:00
      cases {
        votes: int
        1
        20
      }
      let f = Feedback { id: "F1", tier: gold, votes: votes, created_at: now }
      expect team(f) matches snapshot "decision"
    }
    """

  private func options(_ mode: Snapshots.Mode, _ texts: [SnapshotKey: String] = [:]) -> TestOptions {
    var options = TestOptions()
    options.snapshots.mode = mode
    options.snapshots.texts = texts
    return options
  }

  @Test func `what was never recorded fails and shows what would be`() {
    let result = TestDesk.report(tests).results[0]
    #expect(result.status == .failed)
    #expect(result.message?.contains("the snapshot \"decision\" was never recorded") == true)
    #expect(result.message?.contains("+   rule: \"otherwise\"") == true)
  }

  @Test func `what was recorded passes, row by row, through a file`() {
    let recorded = TestDesk.report(tests, options: options(.record))
    #expect(recorded.results[0].status == .passed)
    #expect(recorded.snapshots.count == 2)
    let file = SnapshotFile.render(recorded.snapshots)
    #expect(
      file.hasPrefix(
        """
        // What `matches snapshot` compares with; `docket test --update-snapshots` writes it.

        === "who" / "decision" / row 1
          decision {
            route: "team"
            item: Feedback["F1"]
            to: "b"
            rule: "otherwise"
        """), "\(file)")
    let read = SnapshotFile.parse(file, file: "tests.docket")
    #expect(read == recorded.snapshots)
    #expect(TestDesk.report(tests, options: options(.compare, read)).results[0].status == .passed)
  }

  @Test func `what differs is shown with the lines around it`() {
    var texts = TestDesk.report(tests, options: options(.record)).snapshots
    let key = SnapshotKey(file: "tests.docket", test: "who", name: "decision", row: 2)
    texts[key] = texts[key]?.split(separator: "\n").map { $0 == "  to: \"a\"" ? "  to: \"z\"" : $0 }.joined(
      separator: "\n")
    let result = TestDesk.report(tests, options: options(.compare, texts)).results[0]
    #expect(result.status == .failed)
    #expect(result.details.contains("it is not as in the snapshot \"decision\": - recorded, + now"))
    let place = result.details.firstIndex(of: "-   to: \"z\"")
    #expect(place != nil, "\(result.details)")
    #expect(place.map { result.details[$0 + 1] } == "+   to: \"a\"")
    #expect(place.map { result.details[$0 + 2] } == "    rule: \"popular\"")
  }

  @Test func `names and texts with marks of their own come back from a file`() {
    let key = SnapshotKey(file: "t.docket", test: "a \"b\" \\ / row 2", name: "=== x\ny", row: nil)
    let texts = [key: "=== not a heading\n\n  indented\n中文"]
    #expect(SnapshotFile.parse(SnapshotFile.render(texts), file: "t.docket") == texts)
  }

  @Test func `one name for two values in one test is told`() {
    let result = TestDesk.report(
      """
      test "twice" {
        expect patience(gold) matches snapshot "x"
        expect patience(standard) matches snapshot "x"
      }
      """, options: options(.record)
    ).results[0]
    #expect(result.message?.contains("asks for the snapshot \"x\" twice") == true)
  }
}
