/// What came of running the tests of a rulebook: the results, and what was measured on the way.

public struct TestReport: Sendable {
  /// In the order of the rulebook, whatever the order they ran in.
  public var results: [TestResult]
  /// Why nothing was run.
  public var emptiness: EmptySelection?
  /// Where it was asked for.
  public var coverage: Coverage?
  /// Every snapshot that was asked for, as it is now.
  public var snapshots: [SnapshotKey: String]

  /// Several rulebooks told together. What was covered stays with each of them.
  public static func joined(_ reports: [TestReport]) -> TestReport {
    var joined = TestReport(results: [], emptiness: nil, coverage: nil, snapshots: [:])
    for report in reports {
      joined.results += report.results
      joined.snapshots.merge(report.snapshots) { first, _ in first }
    }
    if joined.results.isEmpty { joined.emptiness = reports.compactMap(\.emptiness).first }
    return joined
  }
}
