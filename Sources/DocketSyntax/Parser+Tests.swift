/// Fixtures and tests.

internal import DocketDiagnostics

extension Parser {
  // Fixture = "fixture" Name Titles "{" {Record [","]} "}"
  mutating func parseFixture() -> FixtureDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.fixture)) else { return nil }
    let titles = parseTitles()
    guard let open = expect(.leftBrace) else { return nil }
    var records: [RecordLiteral] = []
    while take(.rightBrace) == nil {
      let before = position
      if kind == .end || startsDeclarationAtMargin {
        reportHere(.unclosed(.leftBrace, openedAt: span(open), expected: .rightBrace, found: found))
        break
      }
      let troublesBefore = troubles
      if let record = parseRecord() { records.append(record) }
      if troubles > troublesBefore { skipToRecord(from: before) }
      _ = take(.comma)
      if position == before { advance() }
    }
    return FixtureDeclaration(name: name, titles: titles, records: records, span: span(from: start))
  }

  // Record = Name RecordFields
  private mutating func parseRecord() -> RecordLiteral? {
    let start = token
    guard let entity = parseName(.type) else { return nil }
    guard kind == .leftBrace else {
      reportExpected(.token(.leftBrace))
      return nil
    }
    let fields = parseRecordFields()
    return RecordLiteral(entity: entity, fields: fields, span: span(from: start))
  }

  /// Moves to a line that starts with a name and a brace, or to the brace that closes the fixture.
  private mutating func skipToRecord(from start: Int) {
    var depth = 0
    while kind != .end {
      if depth == 0, position > start {
        if kind == .rightBrace { return }
        if token.hasNewlineBefore, isName(ahead: 0), kind(ahead: 1) == .leftBrace || startsDeclarationAtMargin {
          return
        }
      }
      if kind.opensBracket { depth += 1 }
      if kind.closesBracket, depth > 0 { depth -= 1 }
      advance()
    }
  }

  // MARK: - Tests

  // Test = "test" String ["tags" Strings] ["skip" String | "todo" String] Body
  mutating func parseTest() -> TestDeclaration? {
    let start = advance()
    guard let name = parseString(.of(.test)) else { return nil }
    var test = TestDeclaration(name: name, tags: [], skip: nil, todo: nil, steps: [], span: span(from: start))
    header: while true {
      switch word {
      case .tags:
        advance()
        test.tags += parseStrings(.of(.tags))
      case .skip:
        advance()
        guard let reason = parseString(.of(.skip)) else { return nil }
        test.skip = reason
      case .todo:
        advance()
        guard let reason = parseString(.of(.todo)) else { return nil }
        test.todo = reason
      default: break header
      }
    }
    _ = parseBody(of: .test, clauses: [.now, .given, .let, .cases, .wait, .set, .add, .expect]) { parser, _ in
      parser.parseStep(&test)
    }
    test.span = span(from: start)
    return test
  }

  // Step = "now" Expression | "given" ("data" String | Name) | Let | Cases | "wait" Expression
  //      | "set" Name ["[" Expression "]"] "." Field "=" Expression | "add" Record | Expect
  private mutating func parseStep(_ test: inout TestDeclaration) -> Bool {
    let start = token
    guard let word else { return false }
    switch word {
    case .now:
      advance()
      let instant = parseExpression()
      test.steps.append(.now(instant, span: span(from: start)))
    case .given:
      advance()
      if self.word == .data, kind(ahead: 1) == .string {
        advance()
        guard let path = parseString(.path) else { return true }
        test.steps.append(.givenData(path, span: span(from: start)))
      } else if !isName(ahead: 0) {
        reportExpected(.fixture)
      } else if let name = parseName(.reference) {
        test.steps.append(.givenFixture(name, span: span(from: start)))
      }
    case .let:
      if let constant = parseLet() { test.steps.append(.constant(constant)) }
    case .cases:
      advance()
      if let table = parseCases(from: start) { test.steps.append(.cases(table)) }
    case .wait:
      advance()
      let length = parseExpression()
      test.steps.append(.wait(length, span: span(from: start)))
    case .set:
      advance()
      guard let (target, value) = parseAssignment(takesKey: true) else { return true }
      test.steps.append(.set(target, value: value, span: span(from: start)))
    case .add:
      advance()
      guard let record = parseRecord() else { return true }
      test.steps.append(.add(record, span: span(from: start)))
    case .expect:
      advance()
      let expression = parseExpression()
      guard let check = parseCheck() else { return true }
      test.steps.append(.expect(expression, check, span: span(from: start)))
    default: return false
    }
    return true
  }

  // Expect = "expect" Expression ["fails" String | "within" Limit | "matches" "snapshot" String]
  private mutating func parseCheck() -> TestDeclaration.Check? {
    if take(.fails) != nil { return parseString(.of(.fails)).map { .fails($0) } }
    if take(.within) != nil { return parseLimit().map { .within($0) } }
    if take(.matches) != nil {
      guard expect(.snapshot) != nil else { return nil }
      return parseString(.of(.snapshot)).map { .matchesSnapshot($0) }
    }
    return .holds
  }

  // Cases = "cases" "{" Column {"|" Column} {Expression {"|" Expression}} "}", every row on a line of its own
  // Column = Name [":" Type]
  private mutating func parseCases(from start: Token) -> TestDeclaration.CaseTable? {
    guard let open = expect(.leftBrace) else { return nil }
    var table = TestDeclaration.CaseTable(columns: [], rows: [], span: span(from: start))
    guard kind != .rightBrace else {
      reportExpected(.caseHeading)
      advance()
      return nil
    }
    let headingStart = token
    var isComplete = false
    parseLine { parser in
      repeat {
        guard let name = parser.parseName(.column) else { return }
        var type: TypeExpression?
        if parser.take(.colon) != nil {
          guard let written = parser.parseType() else { return }
          type = written
        }
        table.columns.append((name, type))
      } while parser.take(.bar) != nil
      if parser.kind != .end { return parser.reportExpected(.endOfCell) }
      isComplete = true
    }
    let heading = SourceSpan(file: file.id, start: Int(headingStart.start), end: previousEnd)
    while take(.rightBrace) == nil {
      if kind == .end || startsDeclarationAtMargin {
        reportHere(.unclosed(.leftBrace, openedAt: span(open), expected: .rightBrace, found: found))
        return nil
      }
      parseLine { parser in
        let rowStart = parser.token
        let troublesBefore = parser.troubles
        var cells: [Expression] = []
        repeat { cells.append(parser.parseExpression()) } while parser.take(.bar) != nil
        if parser.kind != .end, parser.kind != .rightBrace { return parser.reportExpected(.endOfCell) }
        guard parser.troubles == troublesBefore, isComplete else { return }
        let place = parser.span(from: rowStart)
        guard cells.count == table.columns.count else {
          return parser.report(.rowWidth(cells.count, heading: table.columns.count, at: heading), at: place)
        }
        table.rows.append((cells, place))
      }
    }
    table.span = span(from: start)
    return table
  }
}
