/// What came of the tests of a rulebook.

public enum TestStatus: String, Sendable, Hashable, CaseIterable {
  case passed
  /// An expectation does not hold, or the test is vacuous, or a `todo` passes.
  case failed
  /// Something could not be evaluated.
  case error
  case skipped
  /// Marked `todo`, and not passing yet.
  case todo
}

/// One thing that went wrong in a test.
public struct TestFailure: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case expectation, evaluation, vacuity
  }
  public var kind: Kind
  /// From 1; `nil` where no line is to blame.
  public var line: Int?
  /// The row of `cases`, as `impact high, urgency low`.
  public var row: String?
  /// The source, the values, the reasons.
  public var details: [String]
}

public struct TestResult: Sendable {
  public var name: String
  public var tags: [String]
  /// The path of the rulebook's file.
  public var file: String
  /// Where the test begins, from 1.
  public var line: Int
  public var status: TestStatus
  public var duration: Duration
  /// Why it is skipped or still to do.
  public var reason: String?
  public var failures: [TestFailure]
  /// Failures of further rows that are counted only.
  public var hiddenFailures: Int

  /// Everything in one text; `nil` where there is nothing to say.
  public var message: String? {
    let lines = (reason.map { [$0] } ?? []) + details
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  /// The failures, one below the other, by row; those after the first say where they are.
  public var details: [String] {
    var lines: [String] = []
    var row: String?
    for (index, failure) in failures.enumerated() {
      if failure.row != row, let new = failure.row { lines.append("in the row \(new)") }
      row = failure.row
      var details = failure.details
      if index > 0, let line = failure.line, !details.isEmpty { details[0] += "  \(file):\(line)" }
      lines += details
    }
    if hiddenFailures > 0 { lines.append("… and \(hiddenFailures) more failures") }
    return lines
  }
}

extension [TestResult] {
  public func count(_ status: TestStatus) -> Int { count { $0.status == status } }

  /// 0 all is well, 1 something failed, 5 there was nothing to run.
  public var exitCode: Int32 {
    if isEmpty { return 5 }
    return contains { $0.status == .failed || $0.status == .error } ? 1 : 0
  }
}
