/// Decision tables: rows are lines, and a line end inside brackets does not end one.

public import DocketDiagnostics

extension Parser {
  // Table = "table" Name Titles Parameters ":" Type Titles (TableBody | "from" String ["{" [HitPolicy] "}"])
  mutating func parseTable() -> TableDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.table)) else { return nil }
    var titles = parseTitles()
    guard let parameters = parseParameters(), expect(.colon) != nil, let result = parseType() else { return nil }
    titles += parseTitles()
    var table = TableDeclaration(
      name: name, titles: titles, parameters: parameters, result: result, hitPolicy: .first, columns: [], rows: [],
      path: nil, span: span(from: start))
    if take(.from) != nil {
      guard let path = parseString(.path) else { return nil }
      table.path = path
    }
    if table.path == nil || kind == .leftBrace { parseTableBody(&table) }
    table.span = span(from: start)
    return table
  }

  /// The heading and the rows of a table that keeps them in a file: `file` holds them as lines of a table's body.
  public static func parseRows(_ file: SourceFile, of table: inout TableDeclaration, _ diagnostics: inout Diagnostics) {
    var parser = Parser(file: file, tokens: Lexer.lex(file, &diagnostics).tokens)
    if parser.kind == .end {
      parser.reportExpected(.heading)
    } else {
      let heading = parser.parseHeading(&table)
      while parser.kind != .end {
        parser.parseRow(heading, to: &table)
      }
    }
    diagnostics.append(parser.diagnostics)
  }

  // TableBody = "{" [HitPolicy] Heading {Row} "}"
  private mutating func parseTableBody(_ table: inout TableDeclaration) {
    guard let open = expect(.leftBrace) else { return }
    if word == .hit, kind(ahead: 1) == .identifier {
      advance()
      if let policy = parseHitPolicy() { table.hitPolicy = policy }
    }
    if table.path != nil { return expectClosing(.rightBrace, of: open) }
    if kind == .rightBrace {
      reportExpected(.heading)
      advance()
      return
    }
    let heading = parseHeading(&table)
    while take(.rightBrace) == nil {
      if kind == .end || startsDeclarationAtMargin {
        return reportHere(.unclosed(.leftBrace, openedAt: span(open), expected: .rightBrace, found: found))
      }
      parseRow(heading, to: &table)
    }
  }

  private mutating func parseRow(_ heading: (count: Int, span: SourceSpan)?, to table: inout TableDeclaration) {
    parseLine { parser in
      let start = parser.token
      let troublesBefore = parser.troubles
      let cells = parser.parseCells()
      guard parser.troubles == troublesBefore, let cells, let heading else { return }
      parser.addRow(cells, from: start, heading, to: &table)
    }
  }

  // HitPolicy = "hit" ("first" | "unique" | "all"), behind "hit"
  mutating func parseHitPolicy() -> HitPolicy? {
    switch word {
    case .first:
      advance()
      return .first
    case .unique:
      advance()
      return .unique
    case .all:
      advance()
      return .all
    default:
      reportExpected(.words([.first, .unique, .all]))
      return nil
    }
  }

  // Heading = {Name "|"} "result"
  private mutating func parseHeading(_ table: inout TableDeclaration) -> (count: Int, span: SourceSpan)? {
    var names: [Name] = []
    let start = token
    var isComplete = false
    parseLine { parser in
      repeat {
        guard let name = parser.parseName(.column) else { return }
        names.append(name)
      } while parser.take(.bar) != nil
      if parser.kind != .end { return parser.reportExpected(.endOfCell) }
      isComplete = true
    }
    guard isComplete, let last = names.last else { return nil }
    let place = SourceSpan(file: file.id, start: Int(start.start), end: Int(last.span.end))
    guard last.text == "result" else {
      report(.headingWithoutResult, at: place)
      return nil
    }
    table.columns = Array(names.dropLast())
    return (names.count, place)
  }

  private mutating func addRow(
    _ cells: [RowCell], from start: Token, _ heading: (count: Int, span: SourceSpan), to table: inout TableDeclaration
  ) {
    let place = span(from: start)
    guard cells.count == heading.count, let last = cells.last else {
      return report(.rowWidth(cells.count, heading: heading.count, at: heading.span), at: place)
    }
    guard let result = last.result else { return report(.resultIsNoValue, at: last.span) }
    table.rows.append(
      TableDeclaration.Row(cells: cells.dropLast().map { ($0.cell, $0.span) }, result: result, span: place))
  }

  // MARK: - Rows

  /// One line of a table: everything in it is read as if the text ended where the line does, and what is left is skipped.
  mutating func parseLine(_ read: (inout Parser) -> Void) {
    let before = position
    rowStart = position
    read(&self)
    while kind != .end, kind != .rightBrace { advance() }
    rowStart = nil
    // INVARIANT: every line moves on.
    if position == before { advance() }
  }

  /// A cell read both ways: the last cell of a row is the result.
  private struct RowCell {
    var cell: TableDeclaration.Cell
    /// `nil` where the cell cannot be a result, as `>= 3`.
    var result: Expression?
    var span: SourceSpan
  }

  // Row = {Cell "|"} Expression
  private mutating func parseCells() -> [RowCell]? {
    var cells: [RowCell] = []
    repeat {
      guard let cell = parseCell() else { return nil }
      cells.append(cell)
    } while take(.bar) != nil
    if kind != .end, kind != .rightBrace {
      reportExpected(.endOfTests)
      return nil
    }
    return cells
  }

  // Cell = "_" | CellTest {"," CellTest}
  private mutating func parseCell() -> RowCell? {
    let start = token
    if kind == .identifier, text(token) == "_" {
      advance()
      return RowCell(cell: .any, result: nil, span: span(from: start))
    }
    var tests: [TableDeclaration.CellTest] = []
    repeat {
      guard let test = parseCellTest() else { return nil }
      tests.append(test)
    } while take(.comma) != nil
    let place = span(from: start)
    var result: Expression?
    if tests.count == 1 {
      switch tests[0] {
      case .equal(let expression): result = expression
      case .absent(let span): result = Expression(.literal(.null), span)
      case .present, .range, .relation: break
      }
    }
    return RowCell(cell: .alternatives(tests), result: result, span: place)
  }

  // CellTest = ["==" | "!="] "null" | Expression | Sum ".." Sum | ("<" | "<=" | ">" | ">=" | "==" | "!=") Sum
  private mutating func parseCellTest() -> TableDeclaration.CellTest? {
    let start = token
    if let relation = relation {
      advance()
      let value = parseOperators(Precedence.sum.rawValue)
      guard case .literal(.null) = value.kind else { return .relation(relation, value) }
      switch relation {
      case .equal: return .absent(span(from: start))
      case .notEqual: return .present(span(from: start))
      default: return .relation(relation, value)
      }
    }
    let troublesBefore = troubles
    let value = parseExpression()
    if take(.range) != nil { return .range(value, parseOperators(Precedence.sum.rawValue)) }
    guard troubles == troublesBefore else { return nil }
    if case .literal(.null) = value.kind { return .absent(span(start)) }
    return .equal(value)
  }

  /// The relation that stands here, for cells and thresholds.
  var relation: BinaryOperator? {
    switch kind {
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    default: nil
    }
  }
}
