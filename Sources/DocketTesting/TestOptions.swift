/// Which tests run, and how.

public import DocketRuntime

public struct TestOptions: Sendable {
  /// Only tests whose name contains this text, or in which this regular expression (RE2) is found.
  public var run: String?
  /// Only tests with one of these tags; empty for all.
  public var tags: [String] = []
  /// Stops after the first test that fails.
  public var failFast = false
  /// Threads that run tests; what tests give does not depend on it.
  public var jobs = 1
  /// Runs the tests in another order; results stay in the order of the rulebook.
  public var shuffleSeed: UInt64?
  /// Notes what the tests reach.
  public var measuresCoverage = false
  /// How many files are the rulebook's own: those of libraries stand behind them, and are not measured. `nil`: all are.
  public var ownFiles: Int?
  /// What snapshots are compared with.
  public var snapshots = Snapshots()
  /// Budgets of each evaluation.
  public var limits = Limits()

  public init(run: String? = nil, tags: [String] = [], failFast: Bool = false) {
    self.run = run
    self.tags = tags
    self.failFast = failFast
  }
}
