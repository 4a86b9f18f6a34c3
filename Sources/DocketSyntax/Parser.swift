/// Builds the syntax tree from tokens: a recursive descent with one function a production, its EBNF above it.
///
/// Errors are facts reported where they are found; parsing goes on. Three rules keep one cause from being told twice: no two
/// errors at one token, none at a token that the lexer has reported, and none until the next declaration once nesting is too
/// deep. Recovery skips to the next clause of the body, its closing brace, or a declaration at the left margin.

public import DocketDiagnostics

public struct Parser {
  /// How deep expressions and types may nest, and how high their trees may be.
  public static let maximumDepth = 250

  /// A rulebook's source text: declarations up to the end.
  public static func parse(_ file: SourceFile, _ diagnostics: inout Diagnostics) -> SyntaxTree {
    let (tokens, comments) = Lexer.lex(file, &diagnostics)
    var parser = Parser(file: file, tokens: tokens)
    let declarations = parser.parseRulebook()
    diagnostics.append(parser.diagnostics)
    return SyntaxTree(file: file.id, declarations: declarations, tokens: tokens, comments: comments)
  }

  /// A text that is one expression and nothing else; `nil` where an error was reported.
  public static func parseExpression(_ file: SourceFile, _ diagnostics: inout Diagnostics) -> Expression? {
    var lexerDiagnostics = Diagnostics()
    var parser = Parser(file: file, tokens: Lexer.lex(file, &lexerDiagnostics).tokens)
    let expression = parser.parseWholeExpression()
    diagnostics.append(lexerDiagnostics)
    diagnostics.append(parser.diagnostics)
    return lexerDiagnostics.hasErrors || parser.diagnostics.hasErrors ? nil : expression
  }

  /// What a person typed at a prompt.
  public enum Entry: Sendable {
    case declaration(Declaration)
    case expression(Expression)
    /// Nothing but white space and comments.
    case empty
    /// The text ends before the entry does: ask for another line. Nothing is reported.
    case incomplete
    /// Reported.
    case invalid
  }

  /// A declaration or an expression.
  public static func parseEntry(_ file: SourceFile, _ diagnostics: inout Diagnostics) -> Entry {
    var found = Diagnostics()
    let lexed = Lexer.scan(file, &found)
    var parser = Parser(file: file, tokens: lexed.tokens)
    if parser.kind == .end { return .empty }
    var entry = Entry.invalid
    if parser.startsDeclaration {
      if let declaration = parser.parseDeclaration() { entry = .declaration(declaration) }
      if parser.kind != .end { parser.reportExpected(.endOfText) }
    } else {
      entry = .expression(parser.parseWholeExpression())
    }
    if lexed.endsInsideString || parser.hasRunOut { return .incomplete }
    found.append(parser.diagnostics)
    diagnostics.append(found)
    return found.hasErrors ? .invalid : entry
  }

  // MARK: - State

  let file: SourceFile
  let tokens: [Token]
  /// The word that a token spells, if it is one, for every token.
  let words: [Word?]
  var position = 0
  var diagnostics = Diagnostics()
  var nesting = 0
  /// While a row of a table is parsed, its first token: a line end after it counts as the end of the text.
  var rowStart: Int?
  /// The first token of the current declaration.
  var declarationStart = 0
  /// The words that start a clause of the body being parsed.
  var clauseWords: [Word] = []
  /// Nesting was too deep: nothing is read or reported until the next declaration.
  var isAbandoned = false
  /// Every place where the grammar was not met, reported or not, so that a body can tell whether it was read whole.
  var troubles = 0
  /// The first error of all stood at the end of the text.
  var hasRunOut = false
  private var lastErrorPosition = -1

  init(file: SourceFile, tokens: [Token]) {
    self.file = file
    self.tokens = tokens
    let spellings = Word.spellings
    words = tokens.map { token in
      guard token.kind == .identifier, token.end - token.start <= WordTable.longest else { return nil }
      return spellings.word(file.bytes, Int(token.start)..<Int(token.end))
    }
  }

  // MARK: - Productions

  // Rulebook = {Declaration}
  mutating func parseRulebook() -> [Declaration] {
    var declarations: [Declaration] = []
    while tokens[position].kind != .end {
      let before = position
      declarationStart = position
      if startsDeclaration {
        let troublesBefore = troubles
        if let declaration = parseDeclaration() { declarations.append(declaration) }
        isAbandoned = false
        if troubles > troublesBefore, !startsDeclaration { skipToDeclaration() }
      } else {
        reportStrayTopLevel()
        skipToDeclaration()
      }
      if position == before { position += 1 }
    }
    return declarations
  }

  mutating func parseWholeExpression() -> Expression {
    let expression = parseExpression()
    if kind != .end { reportExpected(.endOfExpression) }
    return expression
  }

  /// `nil` where the heading could not be read.
  mutating func parseDeclaration() -> Declaration? {
    switch word {
    case .zone: parseZone().map(Declaration.zone)
    case .use: parseUse().map(Declaration.use)
    case .enum: parseEnum().map(Declaration.enumeration)
    case .entity: parseEntity()
    case .extend: parseExtend().map(Declaration.extend)
    case .source: parseSource().map(Declaration.source)
    case .calendar: parseCalendar().map(Declaration.calendar)
    case .let: parseLet().map(Declaration.constant)
    case .func: parseFunc().map(Declaration.function)
    case .table: parseTable().map(Declaration.table)
    case .route: parseRoute().map(Declaration.route)
    case .sla: parseSLA().map(Declaration.sla)
    case .kpi: parseKPI().map(Declaration.kpi)
    case .ensure: parseEnsure().map(Declaration.ensure)
    case .fixture: parseFixture().map(Declaration.fixture)
    case .test: parseTest().map(Declaration.test)
    default: nil
    }
  }

  // MARK: - Cursor

  private var isAtBarrier: Bool {
    if isAbandoned { return true }
    guard let rowStart else { return false }
    return position > rowStart && tokens[position].hasNewlineBefore
  }

  /// The kind of the current token; `end` also at the end of a row.
  var kind: Token.Kind { isAtBarrier ? .end : tokens[position].kind }

  /// The contextual word that stands here.
  var word: Word? { isAtBarrier ? nil : words[position] }

  /// The token `offset` ahead, `end` behind the last. Row ends are not looked at.
  func token(ahead offset: Int) -> Token { tokens[min(position + offset, tokens.count - 1)] }
  func kind(ahead offset: Int) -> Token.Kind { token(ahead: offset).kind }
  func word(ahead offset: Int) -> Word? { words[min(position + offset, tokens.count - 1)] }

  var token: Token { tokens[position] }

  /// The place of the current token; behind the one before it where a text or row ends.
  var here: SourceSpan {
    kind == .end ? SourceSpan(file: file.id, start: previousEnd, end: previousEnd) : span(token)
  }

  var previousEnd: Int { position == 0 ? 0 : Int(tokens[position - 1].end) }

  func span(_ token: Token) -> SourceSpan { token.span(in: file.id) }

  /// From the start of a token to the end of the last one read.
  func span(from start: Token) -> SourceSpan {
    SourceSpan(file: file.id, start: Int(start.start), end: max(previousEnd, Int(start.end)))
  }

  func text(_ token: Token) -> String {
    String(decoding: file.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  /// Moves on, never past the end of the text or of a row.
  @discardableResult
  mutating func advance() -> Token {
    let token = tokens[position]
    if kind != .end { position += 1 }
    return token
  }

  mutating func take(_ kind: Token.Kind) -> Token? { self.kind == kind ? advance() : nil }

  mutating func take(_ word: Word) -> Token? { self.word == word ? advance() : nil }

  mutating func expect(_ kind: Token.Kind) -> Token? {
    if let token = take(kind) { return token }
    reportExpected(.token(kind))
    return nil
  }

  mutating func expect(_ word: Word) -> Token? {
    if let token = take(word) { return token }
    reportExpected(.word(word))
    return nil
  }

  /// The `=` before a value.
  mutating func expectAssign() -> Bool {
    if kind == .equal {
      reportHere(.comparisonForValue)
      advance()
      return true
    }
    return expect(.assign) != nil
  }

  /// The closing bracket of `open`. Where something else stands, it is reported, and skipped if the bracket follows on this line.
  mutating func expectClosing(_ closing: Token.Kind, of open: Token) {
    if take(closing) != nil { return }
    reportHere(.unclosed(open.kind, openedAt: span(open), expected: closing, found: found))
    guard !isAbandoned else { return }
    var depth = 0
    var index = position
    while tokens[index].kind != .end, index == position || !tokens[index].hasNewlineBefore {
      let kind = tokens[index].kind
      if depth == 0, kind == closing {
        position = index + 1
        return
      }
      if kind.opensBracket { depth += 1 }
      if kind.closesBracket {
        if depth == 0 { return }
        depth -= 1
      }
      index += 1
    }
  }

  // MARK: - Names and plain strings

  /// Whether a name stands `offset` ahead: a word that could be declared, or backquotes.
  func isName(ahead offset: Int) -> Bool {
    switch kind(ahead: offset) {
    case .quotedIdentifier: true
    case .identifier: word(ahead: offset).map { !$0.isKeyword && !$0.isOperatorName } ?? true
    default: false
    }
  }

  // Name = Identifier | "`" {Character} "`"
  mutating func parseName(_ role: NameRole) -> Name? {
    let token = token
    switch kind {
    case .quotedIdentifier:
      advance()
      return Name(String(text(token).dropFirst().dropLast()), span(token))
    case .identifier:
      if let word {
        if word.isKeyword {
          reportExpected(.name(role))
          return nil
        }
        if word.isOperatorName, !role.allowsOperatorNames { reportHere(.operatorAsName(word)) }
        if word.isReserved, !role.allowsReservedWords { reportHere(.reservedWord(word.rawValue)) }
      }
      advance()
      return Name(text(token), span(token))
    default:
      reportExpected(.name(role))
      return nil
    }
  }

  // Titles = {String}
  mutating func parseTitles() -> [StringLiteral] {
    var titles: [StringLiteral] = []
    while kind == .string { titles.append(parseStringToken()) }
    return titles
  }

  mutating func parseString(_ role: StringRole) -> StringLiteral? {
    if kind == .string { return parseStringToken() }
    if kind == .formatStart {
      reportHere(.formattedWherePlain)
      return nil
    }
    reportExpected(.string(role))
    return nil
  }

  // Strings = String {"," String}
  mutating func parseStrings(_ role: StringRole) -> [StringLiteral] {
    var strings: [StringLiteral] = []
    repeat {
      guard let string = parseString(role) else { return strings }
      strings.append(string)
    } while take(.comma) != nil
    return strings
  }

  private mutating func parseStringToken() -> StringLiteral {
    let token = advance()
    return StringLiteral(decodeString(token), span(token))
  }

  /// A whole number that is not an expression, such as a limit of rows.
  mutating func parseCount() -> (count: Int, span: SourceSpan)? {
    guard kind == .int, let count = Int(text(token)) else {
      reportExpected(.count)
      return nil
    }
    return (count, span(advance()))
  }

  // MARK: - Nesting

  /// Counts one more level of recursion; every `true` is paired with `leave()`.
  mutating func enter() -> Bool {
    guard !isAbandoned else { return false }
    guard nesting < Self.maximumDepth else {
      abandon()
      return false
    }
    nesting += 1
    return true
  }

  mutating func leave() { nesting -= 1 }

  /// Gives up the current declaration because it nests too deep.
  mutating func abandon() {
    reportHere(.nestedTooDeep(limit: Self.maximumDepth))
    skipToDeclaration()
    isAbandoned = true
  }

  // MARK: - Errors

  /// What stands here, for a message.
  var found: Found {
    if kind == .end { return tokens[position].kind == .end ? .endOfText : .endOfRow }
    return .text(text(token))
  }

  /// Reports a problem that does not keep the grammar from being read on.
  mutating func report(_ problem: SyntaxProblem, at span: SourceSpan) {
    if !isAbandoned { diagnostics.report(problem, at: span) }
  }

  /// Reports at the current token, unless that token has been reported already.
  mutating func reportHere(_ problem: SyntaxProblem) {
    troubles += 1
    guard !isAbandoned, position != lastErrorPosition else { return }
    lastErrorPosition = position
    if tokens[position].kind == .end, !diagnostics.hasErrors { hasRunOut = true }
    if kind == .invalid { return }
    diagnostics.report(problem, at: here)
  }

  mutating func reportExpected(_ expected: Expected) {
    reportHere(habit ?? .expected(expected, found: found))
  }

  /// The habit of another language that explains why what stands here is not wanted.
  var habit: SyntaxProblem? {
    guard kind == .identifier else { return nil }
    if position > 0, text(tokens[position - 1]) == "NOT" { return .foreignWord("NOT", instead: "not") }
    let text = text(token)
    return text == "then" || text == "elif" || text == "elseif" ? .choiceInWords(text) : nil
  }

  private mutating func reportStrayTopLevel() {
    let token = tokens[position]
    if let word = words[position], word.startsDeclaration {
      position += 1
      if word == .zone || word == .test {
        _ = parseString(.of(word))
      } else {
        reportExpected(.name(.declaration(word)))
      }
      return
    }
    if token.kind == .rightBrace { return reportHere(.strayClosingBrace) }
    reportHere(.unknownDeclaration(found))
  }
}

extension Token.Kind {
  var opensBracket: Bool {
    self == .leftParenthesis || self == .leftBracket || self == .leftBrace || self == .holeStart
  }

  var closesBracket: Bool {
    self == .rightParenthesis || self == .rightBracket || self == .rightBrace || self == .holeEnd
  }
}
