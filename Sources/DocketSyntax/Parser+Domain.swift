/// Declarations of the domain: its vocabulary, entities, data, constants and functions.

internal import DocketDiagnostics

extension Parser {
  // Zone = "zone" String
  mutating func parseZone() -> ZoneDeclaration? {
    let start = advance()
    guard let zone = parseString(.of(.zone)) else { return nil }
    return ZoneDeclaration(zone: zone, span: span(from: start))
  }

  // Use = "use" Name ["with" ("all" | Name {"," Name})]
  mutating func parseUse() -> UseDeclaration? {
    let start = advance()
    guard let library = parseName(.declaration(.use)) else { return nil }
    var selection = UseDeclaration.Selection.none
    if take(.with) != nil {
      if take(.all) != nil {
        selection = .all
      } else {
        let names = parseNames(.reference)
        if names.isEmpty { return nil }
        selection = .named(names)
      }
    }
    return UseDeclaration(library: library, selection: selection, span: span(from: start))
  }

  // Enum = "enum" Name Titles "{" [Case {"," Case} [","]] "}"
  // Case = Name Titles
  mutating func parseEnum() -> EnumDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.enum)) else { return nil }
    let titles = parseTitles()
    guard let open = expect(.leftBrace) else { return nil }
    var cases: [EnumDeclaration.Case] = []
    var mayReportComma = true
    while take(.rightBrace) == nil {
      let before = position
      if kind == .end || startsDeclarationAtMargin && kind(ahead: 1) != .string {
        reportHere(.unclosed(.leftBrace, openedAt: span(open), expected: .rightBrace, found: found))
        break
      }
      if let name = parseName(.enumCase) {
        cases.append(EnumDeclaration.Case(name: name, labels: parseTitles()))
      }
      if take(.comma) == nil, kind != .rightBrace {
        if isName(ahead: 0), position > before {
          // A list without commas is one mistake, however long it is.
          if mayReportComma { reportExpected(.commaBetweenCases) }
          mayReportComma = false
        } else {
          reportExpected(.commaBetweenCases)
          skipInsideBraces { $0 == .comma }
          _ = take(.comma)
        }
      }
      if position == before { advance() }
    }
    return EnumDeclaration(name: name, titles: titles, cases: cases, span: span(from: start))
  }

  // MARK: - Entities

  // Entity = "entity" Name Titles ["as" Name] Fields
  // View   = "entity" Name Titles "=" Name ["as" Name] "where" Expression
  mutating func parseEntity() -> Declaration? {
    let start = advance()
    guard let name = parseName(.declaration(.entity)) else { return nil }
    let titles = parseTitles()
    if take(.assign) != nil {
      guard let base = parseName(.type), let variable = parseOptionalVariable(), expect(.where) != nil else {
        return nil
      }
      let filter = parseExpression()
      return .view(
        ViewDeclaration(
          name: name, titles: titles, base: base, variable: variable, filter: filter, span: span(from: start)))
    }
    guard let variable = parseOptionalVariable(), let fields = parseFields() else { return nil }
    return .entity(
      EntityDeclaration(name: name, titles: titles, variable: variable, fields: fields, span: span(from: start)))
  }

  // Extend = "extend" "entity" Name ["as" Name] Fields
  mutating func parseExtend() -> ExtendDeclaration? {
    let start = advance()
    guard expect(.entity) != nil, let entity = parseName(.type), let variable = parseOptionalVariable(),
      let fields = parseFields()
    else { return nil }
    return ExtendDeclaration(entity: entity, variable: variable, fields: fields, span: span(from: start))
  }

  // Fields = "{" {Field [","]} "}"
  private mutating func parseFields() -> [FieldDeclaration]? {
    guard let open = expect(.leftBrace) else { return nil }
    var fields: [FieldDeclaration] = []
    while take(.rightBrace) == nil {
      let before = position
      if kind == .end || startsDeclarationAtMargin && !startsField {
        reportHere(.unclosed(.leftBrace, openedAt: span(open), expected: .rightBrace, found: found))
        break
      }
      let troublesBefore = troubles
      if let field = parseField() { fields.append(field) }
      if troubles > troublesBefore { skipToField(from: before) }
      _ = take(.comma)
      if position == before { advance() }
    }
    return fields
  }

  private var startsField: Bool {
    word == .let || kind(ahead: 1) == .colon
  }

  // Field   = "key" Name ":" Type Titles
  //         | "let" Name Titles [":" Type Titles] "=" Expression
  //         | Name ":" Type Titles ["event" Titles | "=" Expression Titles | Inverse]
  // Inverse = "from" Name "." Name ["as" Name ["where" Expression]]
  private mutating func parseField() -> FieldDeclaration? {
    let start = token
    if kind(ahead: 1) != .colon {
      if take(.key) != nil { return parseStoredField(from: start, isKey: true) }
      if take(.let) != nil {
        guard let name = parseName(.field) else { return nil }
        var titles = parseTitles()
        var type: TypeExpression?
        if take(.colon) != nil {
          guard let written = parseType() else { return nil }
          type = written
          titles += parseTitles()
        }
        guard expectAssign() else { return nil }
        let value = parseExpression()
        return FieldDeclaration(name: name, type: type, titles: titles, kind: .derived(value), span: span(from: start))
      }
    }
    return parseStoredField(from: start, isKey: false)
  }

  private mutating func parseStoredField(from start: Token, isKey: Bool) -> FieldDeclaration? {
    guard let name = parseName(.field), expect(.colon) != nil, let type = parseType() else { return nil }
    var titles = parseTitles()
    var kind = isKey ? FieldDeclaration.Kind.key : .stored(default: nil)
    if !isKey {
      if word == .event, self.kind(ahead: 1) != .colon {
        advance()
        kind = .event
      } else if word == .from, self.kind(ahead: 1) != .colon {
        advance()
        guard let inverse = parseInverse() else { return nil }
        kind = inverse
      } else if self.kind == .equal || self.kind == .assign, expectAssign() {
        kind = .stored(default: parseExpression())
      }
      titles += parseTitles()
    }
    return FieldDeclaration(name: name, type: type, titles: titles, kind: kind, span: span(from: start))
  }

  private mutating func parseInverse() -> FieldDeclaration.Kind? {
    guard let entity = parseName(.type), expect(.dot) != nil, let field = parseName(.member) else { return nil }
    guard kind(ahead: 1) != .colon else { return .inverse(entity: entity, field: field, variable: nil, filter: nil) }
    guard let variable = parseOptionalVariable() else { return nil }
    var filter: Expression?
    if variable != nil, kind(ahead: 1) != .colon, take(.where) != nil { filter = parseExpression() }
    return .inverse(entity: entity, field: field, variable: variable, filter: filter)
  }

  /// Moves to what can start a field on a line of its own, or to the closing brace.
  private mutating func skipToField(from start: Int) {
    var depth = 0
    while kind != .end {
      if depth == 0, position > start {
        if kind == .rightBrace || kind == .comma { return }
        let startsLine = token.hasNewlineBefore
        if startsLine, startsField || word == .key || startsDeclarationAtMargin { return }
      }
      if kind.opensBracket { depth += 1 }
      if kind.closesBracket, depth > 0 { depth -= 1 }
      advance()
    }
  }

  /// Moves to a token that `isEnd` accepts or to the brace that closes the current body.
  mutating func skipInsideBraces(to isEnd: (Token.Kind) -> Bool) {
    var depth = 0
    while kind != .end, depth > 0 || kind != .rightBrace && !isEnd(kind) && !startsDeclarationAtMargin {
      if kind.opensBracket { depth += 1 }
      if kind.closesBracket, depth > 0 { depth -= 1 }
      advance()
    }
  }

  // MARK: - Data

  // Source = "source" Name "from" String ["table" String] ["as" Name] Body
  mutating func parseSource() -> SourceDeclaration? {
    let start = advance()
    guard let entity = parseName(.type), expect(.from) != nil, let path = parseString(.path) else { return nil }
    var table: StringLiteral?
    if take(.table) != nil {
      guard let name = parseString(.of(.table)) else { return nil }
      table = name
    }
    guard let variable = parseOptionalVariable() else { return nil }
    var source = SourceDeclaration(
      entity: entity, path: path, table: table, variable: variable, span: span(from: start))
    if kind == .leftBrace {
      _ = parseBody(
        of: .source,
        clauses: [.missing, .times, .created, .version, .backfilled, .accept, .encoding, .delimiter, .heading, .reject]
      ) {
        $0.parseSourceClause(&source, &$1)
      }
    }
    source.span = span(from: start)
    return source
  }

  // SourceClause = Name "=" Expression
  //              | "missing" Strings | "times" Strings ["zone" String] | "created" Expression
  //              | "version" Expression {"," Expression} | "backfilled" Name {"," Name}
  //              | "accept" Name Strings "as" ("absent" | Expression)
  //              | "encoding" String | "delimiter" String | "heading" "line" Int | "reject" "at" "most" Int
  private mutating func parseSourceClause(_ source: inout SourceDeclaration, _ log: inout ClauseLog) -> Bool {
    let start = token
    if isName(ahead: 0), kind(ahead: 1) == .assign {
      guard let field = parseName(.member) else { return true }
      advance()
      source.mappings.append(SourceDeclaration.Mapping(field: field, value: parseExpression()))
      return true
    }
    guard let word else { return false }
    switch word {
    case .missing:
      advance()
      once("missing", &log, at: start)
      source.missing = parseStrings(.missingText)
    case .times:
      advance()
      once("times", &log, at: start)
      source.timeFormats = parseStrings(.timeFormat)
      if take(.zone) != nil { source.timeZone = parseString(.of(.zone)) }
    case .created:
      advance()
      once("created", &log, at: start)
      source.created = parseExpression()
    case .version:
      advance()
      once("version", &log, at: start)
      repeat { source.version.append(parseExpression()) } while take(.comma) != nil
    case .backfilled:
      advance()
      once("backfilled", &log, at: start)
      source.backfilled = parseNames(.member)
    case .accept:
      advance()
      guard let field = parseName(.member) else { return true }
      let texts = parseStrings(.columnText)
      guard !texts.isEmpty, expect(.as) != nil else { return true }
      let value = take(.absent) == nil ? parseExpression() : nil
      source.accepted.append(SourceDeclaration.Acceptance(field: field, texts: texts, value: value))
    case .encoding:
      advance()
      once("encoding", &log, at: start)
      source.encoding = parseString(.encoding)
    case .delimiter:
      advance()
      once("delimiter", &log, at: start)
      source.delimiter = parseString(.of(.delimiter))
    case .heading:
      advance()
      once("heading line", &log, at: start)
      guard expect(.line) != nil, let line = parseCount() else { return true }
      source.headingLine = line
    case .reject:
      advance()
      once("reject at most", &log, at: start)
      guard expect(.at) != nil, expect(.most) != nil, let limit = parseCount() else { return true }
      source.rejectLimit = limit
    default: return false
    }
    return true
  }

  // MARK: - Values and functions

  // Let = "let" Name Titles [":" Type Titles] "=" Expression
  mutating func parseLet() -> LetDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.let)) else { return nil }
    var titles = parseTitles()
    var type: TypeExpression?
    if take(.colon) != nil {
      guard let written = parseType() else { return nil }
      type = written
      titles += parseTitles()
    }
    guard expectAssign() else { return nil }
    let value = parseExpression()
    return LetDeclaration(name: name, titles: titles, type: type, value: value, span: span(from: start))
  }

  // Func = "func" Name Titles Parameters ":" Type Titles "=" Expression
  mutating func parseFunc() -> FuncDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.func)) else { return nil }
    var titles = parseTitles()
    guard let parameters = parseParameters(), expect(.colon) != nil, let result = parseType() else { return nil }
    titles += parseTitles()
    guard expectAssign() else { return nil }
    let body = parseExpression()
    return FuncDeclaration(
      name: name, titles: titles, parameters: parameters, result: result, body: body, span: span(from: start))
  }

  // MARK: - Effects

  // Effect = "notify" Expression TextExpression | "set" Name "." Field "=" Expression
  mutating func parseEffect() -> Effect? {
    let start = advance()
    if words[position - 1] == .set {
      guard let (target, value) = parseAssignment() else { return nil }
      return .set(target, value: value, span: span(from: start))
    }
    let receiver = parseExpression()
    guard kind == .string || kind == .formatStart else {
      reportExpected(.string(.message))
      return nil
    }
    let text = parseExpression()
    return .notify(to: receiver, text: text, span: span(from: start))
  }

  // Assignment = Name ["[" Expression "]"] "." Field "=" Expression, behind "set"; a key only in tests
  mutating func parseAssignment(takesKey: Bool = false) -> (SetTarget, value: Expression)? {
    guard let variable = parseName(.variable) else { return nil }
    var key: Expression?
    if takesKey, take(.leftBracket) != nil {
      key = parseExpression()
      guard expect(.rightBracket) != nil else { return nil }
    }
    guard expect(.dot) != nil, let field = parseName(.member), expectAssign() else { return nil }
    return (SetTarget(variable: variable, key: key, field: field), parseExpression())
  }

  // Effects = Effect {Effect}
  mutating func parseEffects() -> [Effect] {
    var effects: [Effect] = []
    guard word == .notify || word == .set else {
      reportExpected(.effect)
      return effects
    }
    while word == .notify || word == .set {
      guard let effect = parseEffect() else { return effects }
      effects.append(effect)
    }
    return effects
  }
}
