/// The wording of what the analysis found.

import DocketDiagnostics

extension AnalysisProblem: DiagnosticConvertible {
  func diagnostic(at span: SourceSpan) -> Diagnostic {
    func tell(
      _ code: DiagnosticCode, _ message: String, _ label: String = "", also: [Label] = [], example: String?,
      help: [String] = [], severity: Severity? = nil
    ) -> Diagnostic {
      Diagnostic(
        code, message, at: Label(span, label), secondary: also,
        help: (example.map { ["for example: \($0)"] } ?? []) + help, severity: severity)
    }
    func filtered(_ filter: SourceSpan?) -> [Label] { filter.map { [Label($0, "keeps other items away")] } ?? [] }

    switch self {
    case .alwaysHolds(let wanted, let filter, let example):
      return tell(
        .alwaysHolds, "this is always \(wanted)", also: filtered(filter), example: Self.text(example),
        help: ["leave it out, or say what you meant"])
    case .neverHolds(let wanted, let filter, let example):
      return tell(
        .neverHolds, wanted ? "this can never hold" : "this can never be false", also: filtered(filter),
        example: Self.text(example))
    case .contradiction(let rule, let filter, let example):
      return tell(
        .neverHolds, "the conditions of `\(rule)` can never hold together", "never matches", also: filtered(filter),
        example: Self.text(example))
    case .unreachableRule(let rule, let causes, let example):
      let names = Self.list(causes.map { "`\($0.name)`" })
      let verb = causes.count == 1 ? "above matches everything it matches" : "above match everything it matches"
      return tell(
        .unreachable, "`\(rule)` can never fire: \(names) \(verb)", "never fires",
        also: causes.prefix(3).map { Label($0.span, "matches first") }, example: Self.text(example))
    case .repeatedRule(let rule, let other, let place, let isFirst, let example):
      return tell(
        .repeated,
        isFirst
          ? "`\(rule)` can never fire: it matches what `\(other)` matches" : "`\(rule)` says what `\(other)` says",
        "the same again", also: [Label(place, "first here")], example: Self.text(example))
    case .overlappingRules(let rule, let other, let place, let example):
      return tell(
        .overlap, "`\(other)` and `\(rule)` can both match, though the policy is `hit unique`", "matches too",
        also: [Label(place, "matches")], example: example, severity: .error)
    case .rowNeverMatches(let table):
      return tell(.neverHolds, "this row of `\(table)` can never match", example: nil)
    case .unreachableRow(let table, let cause, let example):
      return tell(
        .unreachable,
        cause == nil
          ? "this row of `\(table)` is never reached: those above take everything it matches"
          : "this row of `\(table)` is never reached: one above takes everything it matches",
        "never reached", also: cause.map { [Label($0, "matches first")] } ?? [], example: Self.text(example))
    case .repeatedRow(let table, let place, let example):
      return tell(
        .repeated, "this row of `\(table)` matches what one above matches", "the same again",
        also: place.map { [Label($0, "first here")] } ?? [], example: Self.text(example))
    case .overlappingRows(let table, let place, let example):
      return tell(
        .overlap, "two rows of `\(table)` can both match, though the policy is `hit unique`", "matches too",
        also: [Label(place, "matches")], example: example, severity: .error)
    case .gap(let table, let example):
      return tell(
        .gap, "the rows of `\(table)` leave values out", example: "\(example) → no row",
        help: ["add a row, or one of `_` at the end for all other values"])
    case .undecidedRow(let table, let example, let declaration):
      return tell(
        .gap, "`\(table)` takes values that may be absent, and this row cannot be decided for them", "undecided",
        also: [Label(declaration, "declared here")], example: "\(example) → undecided",
        help: ["put a row with `null` before it"])
    case .missingCases(let table, let column, let names, let example):
      return tell(
        .missingCase,
        "no row of `\(table)` matches where `\(column)` is \(Self.list(names.map { "`\($0)`" }, "or"))",
        example: "\(example) → no row", help: ["add a row, or one of `_` at the end for all other values"])
    case .unused(let kind, let name):
      return tell(
        .unused, "the \(kind.noun) `\(name)` is never used", "never used", example: nil,
        help: ["leave it out, or call it `_\(name)` if it is to stay"])
    }
  }

  private static func text(_ shown: Shown?) -> String? {
    shown.map { "\($0.values.isEmpty ? "any item" : $0.values) → \($0.outcome)" }
  }

  private static func list(_ names: [String], _ word: String = "and") -> String {
    if names.count > 4 { return names.prefix(3).joined(separator: ", ") + " \(word) \(names.count - 3) more" }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " \(word) " + last
  }
}

extension AnalysisProblem.Kind {
  fileprivate var noun: String {
    switch self {
    case .function: "function"
    case .table: "table"
    case .constant: "value"
    case .calendar: "calendar"
    case .enumeration: "enum"
    case .view: "view"
    case .fixture: "fixture"
    }
  }
}

extension OpaqueReason {
  var text: String {
    switch self {
    case .clock: "depends on the clock"
    case .regex: "is a regular expression"
    case .comparison: "compares two fields"
    case .list: "goes over a list"
    case .lookup: "looks a record up"
    case .rule: "reads what rules decide"
    case .computed: "is computed"
    case .text: "looks into a text"
    case .view: "depends on the records of a view"
    case .tooLarge: "has too many cases"
    }
  }
}
