/// What can be wrong with the spelling of a text, as facts. SyntaxMessages.swift words them.

internal import DocketDiagnostics

enum SyntaxProblem {
  // MARK: The text

  case textTooLong(limit: Int)
  case notUTF8
  case controlCharacter(UInt8)
  case strayCharacter(String)
  case oddSpace(Unicode.Scalar)
  /// An operator or mark of another language or keyboard.
  case foreignSpelling(String, instead: String)
  case foreignWord(String, instead: String)
  case foreignComment(String)
  case typographicQuotes(String, instead: String)
  case semicolon(String)
  /// `if … then … elif …`
  case choiceInWords(String)

  // MARK: Literals and names

  case unterminatedString(isTriple: Bool)
  case unterminatedName
  case emptyName
  case loneBrace
  case formattedWherePlain
  case unknownEscape(String)
  case shortEscape(digits: Int)
  case shortOctalEscape
  case noSuchCharacter
  case escapeInBytes
  case escapedBrace(String)
  case numberTooLarge(String, NumberKind)
  case gluedNumber(String, number: String)
  case durationUnit(String, suggestion: String)
  case durationWithoutLength(String)
  case durationFraction(String)
  case durationOrder(String)
  case dateSpelling(String)
  case noSuchDate(String, DatePart)
  case reservedWord(String)
  case operatorAsName(Word)

  // MARK: Grammar

  case expected(Expected, found: Found)
  case unclosed(Token.Kind, openedAt: SourceSpan, expected: Token.Kind, found: Found)
  case strayClosingBrace
  case nestedTooDeep(limit: Int)
  case choiceInsideChoice
  case unknownDeclaration(Found)
  case unknownClause(Found, in: Word, clauses: [Word])
  case repeatedClause(String, first: SourceSpan)
  case repeatedInTarget(String)
  case missingClause(Word, in: Word, String)
  case elseWithoutTo
  case relationInTarget
  /// `==` where a value is given with `=`.
  case comparisonForValue
  case headingWithoutResult
  case rowWidth(Int, heading: Int, at: SourceSpan)
  case resultIsNoValue

  enum NumberKind {
    case int, uint, double
  }

  enum DatePart {
    case year, month, time, fraction, offset
    case day(last: Int)
  }
}

/// What stands where something else was wanted.
enum Found {
  case text(String)
  case endOfText
  case endOfRow
}

/// What the grammar wants at a place.
enum Expected {
  case token(Token.Kind)
  case word(Word)
  case words([Word])
  case name(NameRole)
  case string(StringRole)
  case expression, count, routeField, fixture, weekday, date, timeOfDay, closingTime, relation, limit, effect
  case heading, caseHeading, endOfCell, endOfTests, commaBetweenCases, holeEnd
  case endOfText, endOfExpression
}

/// What a name is for.
enum NameRole: Equatable {
  case declaration(Word)
  case reference, type, variable, variableInExpression, rootedName, member, field, parameter, enumCase, column

  /// CEL reserves words for variables and functions only; behind a dot they are names.
  var allowsReservedWords: Bool { self == .member || self == .field }

  /// `and`, `or` and `not` are names of CEL wherever no operator stands; only declaring them is refused.
  var allowsOperatorNames: Bool { self == .member || self == .variableInExpression || self == .rootedName }
}

/// What a plain string is for.
enum StringRole {
  /// The string of the clause or declaration that this word starts.
  case of(Word)
  case path, message, missingText, timeFormat, columnText, encoding
}
