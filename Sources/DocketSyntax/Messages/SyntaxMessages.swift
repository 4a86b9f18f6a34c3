/// The wording of syntax errors: lower case, no final period, what to do in `help`.

internal import DocketDiagnostics

extension SyntaxProblem: DiagnosticConvertible {
  func diagnostic(at span: SourceSpan) -> Diagnostic {
    let here = Label(span)
    switch self {
    // MARK: The text
    case .textTooLong(let limit):
      return Diagnostic(
        .textTooLong, "the text is longer than \(limit >> 20) MB", at: here,
        help: ["split the rulebook into several files in one folder"])
    case .notUTF8:
      return Diagnostic(
        .sourceNotUTF8, "this is not UTF-8 text", at: here, help: ["save the file as UTF-8"])
    case .controlCharacter(let byte):
      return Diagnostic(
        .unexpectedCharacter, "unexpected control character U+00\(hex(UInt32(byte), width: 2))", at: here,
        fixes: [Fix("remove it", replace: span, with: "")])
    case .strayCharacter(let text):
      return Diagnostic(
        .unexpectedCharacter, "unexpected character `\(text)`", at: here, help: strayHelp(text))
    case .oddSpace(let scalar):
      return Diagnostic(
        .foreignSpelling, "unusual space character U+\(hex(scalar.value, width: 4))", at: here,
        help: ["use a plain space"], fixes: [Fix("use a plain space", replace: span, with: " ")])
    case .foreignSpelling(let text, let instead):
      return Diagnostic(
        .foreignSpelling, "`\(text)` is written `\(instead)` in Docket", at: here,
        help: [text == "=" ? "compare with `==`; a single `=` only gives a value a name" : "write `\(instead)`"],
        fixes: [Fix("write `\(instead)`", replace: span, with: instead)])
    case .foreignWord(let text, let instead):
      return Diagnostic(
        .foreignSpelling, "`\(text)` is written `\(instead)` in Docket", at: here, help: ["write `\(instead)`"],
        fixes: text.uppercased().hasSuffix("NOT") ? [] : [Fix("write `\(instead)`", replace: span, with: instead)])
    case .foreignComment(let text):
      return Diagnostic(
        .foreignSpelling, "`\(text)` starts no comment in Docket", at: here,
        help: ["start every line of a comment with `//`"])
    case .typographicQuotes(_, let instead):
      return Diagnostic(
        .foreignSpelling, "typographic quotation marks do not quote in Docket", at: here,
        help: ["use straight quotes"], fixes: [Fix("use straight quotes", replace: span, with: instead)])
    case .semicolon(let text):
      return Diagnostic(
        .foreignSpelling, "Docket has no `\(text)`", at: here, help: ["remove it; a new clause may start anywhere"],
        fixes: [Fix("remove it", replace: span, with: "")])
    case .choiceInWords(let word):
      return Diagnostic(
        .foreignSpelling, "Docket has no `\(word)` in an expression", at: here,
        help: ["write `condition ? this : that`"])

    // MARK: Literals and names
    case .unterminatedString(let isTriple):
      return Diagnostic(
        .unterminatedString, "the string is not closed",
        at: Label(span, "opened here"),
        help: [
          isTriple
            ? "close it with three quotes" : "close it on this line, or use three quotes for a text of several lines"
        ])
    case .unterminatedName:
      return Diagnostic(
        .unterminatedString, "the name in backquotes is not closed", at: here, help: ["close it with a backquote"])
    case .emptyName:
      return Diagnostic(.unexpectedCharacter, "there is no name between the backquotes", at: here)
    case .loneBrace:
      return Diagnostic(
        .invalidEscape, "a single `}` in a formatted string", at: here, help: ["write `}}` for a brace in the text"],
        fixes: [Fix("write `}}`", replace: span, with: "}}")])
    case .formattedWherePlain:
      return Diagnostic(
        .unexpectedToken, "a formatted string cannot stand here", at: here,
        help: ["use a plain string: this text is fixed before any rule runs"])
    case .unknownEscape(let text):
      return Diagnostic(
        .invalidEscape, "`\(text)` is no escape", at: here,
        help: ["write `\\\\` for a backslash, or put `r` before the string to keep backslashes as they are"])
    case .shortEscape(let digits):
      return Diagnostic(.invalidEscape, "this escape needs \(digits) hexadecimal digits", at: here)
    case .shortOctalEscape:
      return Diagnostic(.invalidEscape, "an octal escape has three digits, from `\\000` to `\\377`", at: here)
    case .noSuchCharacter:
      return Diagnostic(
        .invalidEscape, "this escape names no character", at: here,
        help: ["the last is `\\U0010FFFF`, and `\\uD800` to `\\uDFFF` are not characters"])
    case .escapeInBytes:
      return Diagnostic(
        .invalidEscape, "bytes have no Unicode escapes", at: here,
        help: ["write the character itself, or `\\x` and its bytes"])
    case .escapedBrace(let brace):
      return Diagnostic(
        .invalidEscape, "a brace in a formatted string is doubled, not escaped", at: here,
        help: ["write `\(brace)\(brace)`"],
        fixes: [Fix("double the brace", replace: span, with: brace + brace)])
    case .numberTooLarge(let text, let kind):
      return Diagnostic(
        .invalidNumber, "`\(text)` is too large", at: here,
        help: [kind.limits])
    case .gluedNumber(let text, let number):
      return Diagnostic(
        .invalidNumber, "`\(text)` is neither a number nor a duration", at: here,
        help: ["durations are written `90s`, `15m`, `4h`, `1h30m`, `2d`; a name cannot start with a digit"],
        fixes: [Fix("keep the number", replace: span, with: number)])
    case .durationUnit(let text, let suggestion):
      return Diagnostic(
        .invalidDuration, "`\(text)` is written `\(suggestion)` in Docket", at: here,
        help: ["the units are `w` `d` `h` `m` `s` `ms` `us` `ns`, without a space"],
        fixes: [Fix("write `\(suggestion)`", replace: span, with: suggestion)])
    case .durationWithoutLength(let unit):
      return Diagnostic(
        .invalidDuration, "a duration cannot be counted in `\(unit)`: they differ in length", at: here,
        help: ["count in days, as `30d`, or use the calendar: `t.add_months(n)`"])
    case .durationFraction(let text):
      return Diagnostic(
        .invalidDuration, "`\(text)` has a fraction and several parts", at: here,
        help: ["use one or the other: `1.5h` or `1h30m`"])
    case .durationOrder(let text):
      return Diagnostic(
        .invalidDuration, "the parts of `\(text)` are not in order", at: here,
        help: ["write every unit once, from the largest to the smallest: `1d4h30m`"])
    case .dateSpelling(let text):
      return Diagnostic(
        .invalidDate, "`\(text)` is not a date", at: here,
        help: ["dates are written `@2026-10-09`, instants `@2026-10-09T09:30` or `@2026-10-09T09:30:00+08:00`"])
    case .noSuchDate(let text, let part):
      return Diagnostic(
        .invalidDate, "there is no `@\(text)`", at: here,
        help: [part.limits])
    case .reservedWord(let text):
      return Diagnostic(
        .reservedName, "`\(text)` is reserved and cannot be a name here", at: here,
        help: ["choose another name, or put it in backquotes"])
    case .operatorAsName(let word):
      return Diagnostic(
        .reservedName, "`\(word.rawValue)` is an operator and cannot be a name", at: here, help: ["choose another name"]
      )

    // MARK: Grammar
    case .expected(let expected, let found):
      var help = expected.help
      if case .text(let text) = found, let near = Spelling.nearest(to: text, among: expected.spellings) {
        help = ["did you mean `\(near)`?"]
      }
      return Diagnostic(
        .unexpectedToken, "expected \(expected.phrase), found \(found.phrase)", at: here, help: help)
    case .unclosed(let open, let place, let closing, let found):
      return Diagnostic(
        .unclosedBracket, "expected `\(closing.spelling)` to close `\(open.spelling)`, found \(found.phrase)", at: here,
        secondary: [Label(place, "opened here")])
    case .strayClosingBrace:
      return Diagnostic(
        .unclosedBracket, "this `}` closes nothing", at: here, fixes: [Fix("remove it", replace: span, with: "")])
    case .nestedTooDeep(let limit):
      return Diagnostic(
        .nestedTooDeep, "this is nested more than \(limit) levels deep", at: here,
        help: ["name a part of it with `let` or `func`"])
    case .choiceInsideChoice:
      return Diagnostic(
        .unexpectedToken, "a choice between `?` and `:` needs parentheses", at: here,
        help: ["write `a ? (b ? c : d) : e`"])
    case .unknownDeclaration(let found):
      return unknown(
        .unknownDeclaration, "expected a declaration, found \(found.phrase)", found, among: Word.declarations, span)
    case .unknownClause(let found, let owner, let clauses):
      return unknown(
        .unknownClause, "expected a clause of the \(owner.noun), found \(found.phrase)", found, among: clauses, span)
    case .repeatedClause(let name, let first):
      return Diagnostic(
        .repeatedClause, "`\(name)` stands here twice", at: Label(span, "again here"),
        secondary: [Label(first, "first here")], help: ["keep one of them"])
    case .repeatedInTarget(let name):
      return Diagnostic(
        .repeatedClause, "this choice has a `\(name)` already", at: here,
        help: name == "pick" ? ["join the keys with `then`"] : ["join the conditions with `and` or `or`"])
    case .missingClause(let clause, let owner, let name):
      return Diagnostic(
        .missingClause, "the \(owner.noun) `\(name)` has no `\(clause.rawValue)`", at: here, help: clause.missingHelp)
    case .elseWithoutTo:
      return Diagnostic(
        .unexpectedToken, "this `else` has no `to` before it", at: here,
        help: ["an `else` follows its `to` directly"])
    case .relationInTarget:
      return Diagnostic(
        .unexpectedToken, "the target of an SLA is a duration, not a comparison", at: here,
        help: ["write `target 4h`"])
    case .comparisonForValue:
      return Diagnostic(
        .foreignSpelling, "a value is given with a single `=`", at: here, help: ["write `=`; `==` compares"],
        fixes: [Fix("write `=`", replace: span, with: "=")])
    case .headingWithoutResult:
      return Diagnostic(
        .invalidHeading, "the last column of a table is named `result`", at: here,
        help: ["head the table with its parameters and then `result`: `priority | tier | result`"])
    case .rowWidth(let cells, let columns, let place):
      return Diagnostic(
        .rowWidth, "this row has \(count(cells, "cell")), its heading has \(count(columns, "column"))", at: here,
        secondary: [Label(place, "the heading")])
    case .resultIsNoValue:
      return Diagnostic(.unexpectedToken, "the result of a row is one value", at: here)
    }
  }

  private func strayHelp(_ text: String) -> [String] {
    switch text {
    case "^": ["there is no power operator; use `math.pow`, or `!=` for either-or"]
    case "~": ["match a pattern with `text.matches(\"…\")`"]
    case "$": ["names need no mark before them"]
    case "\\": ["a line needs no mark at its end: expressions go on by themselves"]
    default: []
    }
  }

  private func unknown(
    _ code: DiagnosticCode, _ message: String, _ found: Found, among words: [Word], _ span: SourceSpan
  ) -> Diagnostic {
    guard case .text(let text) = found, let near = Spelling.nearest(to: text, among: words.map(\.rawValue)) else {
      return Diagnostic(code, message, at: Label(span), help: ["one of \(list(words))"])
    }
    return Diagnostic(
      code, message, at: Label(span), help: ["did you mean `\(near)`?"],
      fixes: [Fix("write `\(near)`", replace: span, with: near)])
  }
}

extension SyntaxProblem.NumberKind {
  fileprivate var limits: String {
    switch self {
    case .int: "a whole number lies between -9223372036854775808 and 9223372036854775807"
    case .uint: "an unsigned number is at most 18446744073709551615"
    case .double: "the largest number is about 1.8e308"
    }
  }
}

extension SyntaxProblem.DatePart {
  fileprivate var limits: String {
    switch self {
    case .year: "years run from 0001 to 9999"
    case .month: "months run from 01 to 12"
    case .day(let last): "that month has \(last) days"
    case .time: "times run from 00:00 to 23:59:59"
    case .fraction: "a second has at most nine decimal places"
    case .offset: "offsets are at most 23:59"
    }
  }
}

extension Found {
  fileprivate var phrase: String {
    switch self {
    case .endOfText: "the end of the text"
    case .endOfRow: "the end of the line"
    case .text(let text): text.utf8.count > 40 ? "`\(text.prefix(36))…`" : "`\(text)`"
    }
  }
}

extension Expected {
  fileprivate var phrase: String {
    switch self {
    case .token(let kind): "`\(kind.spelling)`"
    case .word(let word): "`\(word.rawValue)`"
    case .words(let words): list(words)
    case .name(let role): role.phrase
    case .string(let role): role.phrase
    case .expression: "a value"
    case .count: "a whole number"
    case .routeField: "`.` and the field that the route decides"
    case .fixture: "the name of a fixture"
    case .weekday: "a day of the week or a date"
    case .date: "a date"
    case .timeOfDay: "a time of day"
    case .closingTime: "`-` and a closing time"
    case .relation: "a comparison"
    case .limit: "a number, a percentage, a duration or a name"
    case .effect: "`notify`"
    case .heading: "the heading of the table"
    case .caseHeading: "the heading of the cases"
    case .endOfCell: "`|` or the end of the row"
    case .endOfTests: "`,` before another value, `|` or the end of the row"
    case .commaBetweenCases: "`,` between the cases"
    case .holeEnd: "`}` after the value"
    case .endOfText: "the end of the declaration"
    case .endOfExpression: "the end of the expression"
    }
  }

  /// The words of which one is wanted.
  fileprivate var spellings: [String] {
    switch self {
    case .word(let word): [word.rawValue]
    case .words(let words): words.map(\.rawValue)
    default: []
    }
  }

  fileprivate var help: [String] {
    switch self {
    case .word(.as): ["give the record a name to speak of it by, such as `as f`"]
    case .routeField: ["write `for Feedback.owner as f`"]
    case .fixture: ["write `given acme`, or `given data \"folder\"` for files"]
    case .weekday: ["write `open mon-fri 09:30-18:00` or `open @2026-10-10 09:30-18:00`"]
    case .date: ["dates are written `@2026-10-09`"]
    case .timeOfDay, .closingTime: ["times are written `09:30-18:00`"]
    case .relation: ["write `target >= 90%`"]
    case .limit: ["as `90%`, `4.5`, `2h` or the name of a `let`"]
    case .effect: ["write `notify someone \"text\"`"]
    case .heading: ["head the table with its parameters and then `result`: `priority | tier | result`"]
    case .caseHeading: ["name the columns: `kind | severity`"]
    case .holeEnd: ["write `{{` for a brace in the text"]
    case .string(.message): ["write `notify someone \"text\"`; a computed text is `f\"{value}\"`"]
    case .name(.declaration(let word)): word.example.map { ["for example `\($0)`"] } ?? []
    default: []
    }
  }
}

extension NameRole {
  fileprivate var phrase: String {
    switch self {
    case .declaration(let word): "the name of the \(word.noun)"
    case .reference, .variableInExpression, .rootedName: "a name"
    case .type: "the name of a type"
    case .variable: "the name of a variable"
    case .member, .field: "the name of a field"
    case .parameter: "the name of a parameter"
    case .enumCase: "the name of a case"
    case .column: "the name of a column"
    }
  }
}

extension StringRole {
  fileprivate var phrase: String {
    switch self {
    case .of(.zone): "a time zone in quotes, such as `\"Asia/Shanghai\"`"
    case .of(.test): "what the test shows, in quotes"
    case .of(.skip), .of(.todo): "the reason in quotes"
    case .of(.fails): "a part of the error's message in quotes"
    case .of(.table): "the name of a database table in quotes"
    case .of(.delimiter): "what stands between the cells, in quotes, such as `\";\"`"
    case .of: "a text in quotes"
    case .path: "the name of a file in quotes"
    case .message: "the text of the message"
    case .missingText: "a text in quotes that means a missing value"
    case .timeFormat: "a time format in quotes, such as `\"d/M/yyyy H:mm\"`"
    case .columnText: "a text of the column in quotes"
    case .encoding: "an encoding in quotes, such as `\"gb18030\"`"
    }
  }
}

extension Word {
  /// What a person calls the thing that this word starts.
  fileprivate var noun: String {
    switch self {
    case .use: "library"
    case .let: "value"
    case .func: "function"
    case .sla: "SLA"
    case .kpi: "KPI"
    case .ensure: "invariant"
    default: rawValue
    }
  }

  fileprivate var example: String? {
    switch self {
    case .let: "let limit = 3"
    case .enum: "enum Tier { standard, gold }"
    case .use: "use support"
    default: nil
    }
  }

  fileprivate var missingHelp: [String] {
    switch self {
    case .otherwise: ["say who gets what no rule takes: `otherwise to …`, or `otherwise nobody`"]
    case .to: ["say who it goes to: `to f.product.owner`"]
    case .value: ["say what is measured: `value ratio(s.score >= 4)`"]
    case .expect: ["say what must hold: `expect size(xs) == 1`"]
    case .start: ["say when the clock starts: `start at f.created_at`"]
    case .stop: ["say what stops the clock: `stop when f.status == resolved`"]
    case .target: ["say how long it may take: `target 4h`, or until when: `due f.promised_at`"]
    default: []
    }
  }
}

extension Token.Kind {
  fileprivate var spelling: String {
    switch self {
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftBrace, .holeStart: "{"
    case .rightBrace, .holeEnd: "}"
    case .comma: ","
    case .dot: "."
    case .colon: ":"
    case .less: "<"
    case .greater: ">"
    case .assign: "="
    case .bar: "|"
    default: "\(self)"
    }
  }
}

private func list(_ words: [Word]) -> String {
  let quoted = words.map { "`\($0.rawValue)`" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
  return quoted.dropLast().joined(separator: ", ") + " or " + last
}

private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

private func hex(_ value: UInt32, width: Int) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
