/// Every kind of problem that Docket reports, with a code that never changes its meaning.
///
/// D1 spelling, D2 names and types, D3 analysis and lints, D4 data, D5 evaluation and tests. To add one: add the case with
/// the next free number of its group, word it in the `Messages/` of its stage, and add a case file under Tests/Cases.
public enum DiagnosticCode: String, Sendable, Hashable, CaseIterable {
  // MARK: D1 spelling
  case unexpectedToken = "D1001"
  case unclosedBracket = "D1002"
  case unexpectedCharacter = "D1003"
  case notUTF8 = "D1004"
  case foreignSpelling = "D1005"
  case unterminatedString = "D1006"
  case invalidEscape = "D1007"
  case invalidNumber = "D1008"
  case invalidDuration = "D1009"
  case invalidDate = "D1010"
  case nestedTooDeep = "D1011"
  case reservedName = "D1012"
  case unknownDeclaration = "D1013"
  case unknownClause = "D1014"
  case repeatedClause = "D1015"
  case missingClause = "D1016"
  case rowWidth = "D1017"
  case invalidHeading = "D1018"
  case textTooLong = "D1019"

  /// Errors unless the code is a lint.
  public var severity: Severity {
    switch self {
    default: rawValue.hasPrefix("D3") ? .warning : .error
    }
  }
}
