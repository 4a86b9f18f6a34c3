/// Which tests run, and how.

public import DocketRuntime

public struct TestOptions: Sendable {
  /// Only tests whose name contains this text, or in which this regular expression (RE2) is found.
  public var run: String?
  /// Only tests with one of these tags; empty for all.
  public var tags: [String] = []
  /// Stops after the first test that fails.
  public var failFast = false
  /// Budgets of each evaluation.
  public var limits = Limits()

  public init(run: String? = nil, tags: [String] = [], failFast: Bool = false) {
    self.run = run
    self.tags = tags
    self.failFast = failFast
  }
}
