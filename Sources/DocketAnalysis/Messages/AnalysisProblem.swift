/// What the analysis found: facts only. The wording is in `AnalysisProblem+Messages.swift`.

import DocketDiagnostics

enum AnalysisProblem {
  /// Values of an item, and what the engine makes of it.
  typealias Shown = (values: String, outcome: String)

  enum Kind: String {
    case function, table, constant, calendar, enumeration, view, fixture
  }

  /// The condition has the outcome for every item; `filter` is the `where` that keeps the others away.
  case alwaysHolds(Bool, filter: SourceSpan?, example: Shown?)
  case neverHolds(Bool, filter: SourceSpan?, example: Shown?)
  /// Each condition of the rule can hold, but not all of them together.
  case contradiction(String, filter: SourceSpan?, example: Shown?)
  case unreachableRule(String, by: [(name: String, span: SourceSpan)], example: Shown?)
  /// The later rule matches what the earlier one does; `isFirst`: so that it never fires.
  case repeatedRule(String, String, SourceSpan, isFirst: Bool, example: Shown?)
  case overlappingRules(String, String, SourceSpan, example: String)
  case rowNeverMatches(String)
  case unreachableRow(String, by: SourceSpan?, example: Shown)
  case repeatedRow(String, SourceSpan?, example: Shown)
  case overlappingRows(String, SourceSpan, example: String)
  case gap(String, example: String)
  /// A row cannot be decided for a parameter that may be absent.
  case undecidedRow(String, example: String, SourceSpan)
  case missingCases(String, column: String, [String], example: String)
  case unused(Kind, String)
}
