/// Every kind of problem that Docket reports, with a code that never changes its meaning.
///
/// D1 spelling, D2 names and types, D3 analysis and lints, D4 data, D5 evaluation and tests. To add one: add the case with
/// the next free number of its group, word it in the `Messages/` of its stage, and add a case file under Tests/Cases.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
  // MARK: D1 spelling
  case unexpectedToken = "D1001"

  /// Errors unless the code is a lint.
  public var severity: Severity {
    switch self {
    default: rawValue.hasPrefix("D3") ? .warning : .error
    }
  }
}
