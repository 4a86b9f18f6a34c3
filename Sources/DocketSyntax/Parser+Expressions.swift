/// Expressions: CEL's grammar with Docket's words, `??`, durations, dates and formatted strings.
///
/// Operators are read by precedence climbing, prefix operators and suffixes in loops, so that only brackets, `else` branches
/// and `??` recurse. Recursion is counted, and so is the height of what the loops build.

internal import DocketDiagnostics

extension Parser {
  /// How tightly an operator binds, loosest first.
  enum Precedence: Int {
    case or = 1
    case and, relation, sum, product

    var tighter: Int { rawValue + 1 }
  }

  // Expression = Or ["?" Or ":" Expression]
  mutating func parseExpression() -> Expression {
    guard enter() else { return missing() }
    defer { leave() }
    let start = token
    let condition = parseOperators(Precedence.or.rawValue)
    guard kind == .question else { return condition }
    advance()
    let then = parseOperators(Precedence.or.rawValue)
    if kind == .question {
      reportHere(.choiceInsideChoice)
      return missing()
    }
    guard expect(.colon) != nil else { return make(.conditional(condition, then: then, else: missing()), from: start) }
    let otherwise = parseExpression()
    return make(.conditional(condition, then: then, else: otherwise), from: start)
  }

  // Or       = And {("||" | "or") And}
  // And      = Relation {("&&" | "and") Relation}
  // Relation = Sum {("==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not" "in") Sum}
  // Sum      = Product {("+" | "-") Product}
  // Product  = Unary {("*" | "/" | "%") Unary}
  mutating func parseOperators(_ minimum: Int) -> Expression {
    let start = token
    var left = parseUnary()
    while let infix = infix, infix.precedence.rawValue >= minimum {
      switch infix.operation {
      case .logical(let operation):
        var operands = [left]
        while let next = self.infix, next.operation == infix.operation {
          takeInfix(next)
          operands.append(parseOperators(infix.precedence.tighter))
        }
        left = make(.logical(operation, operands), from: start)
      case .binary(let operation):
        let place = takeInfix(infix)
        let right = parseOperators(infix.precedence.tighter)
        left = make(.binary(operation, left, right, operator: place), from: start)
      }
    }
    return left
  }

  // Unary = {"!" | "-"} Coalesce | {"!" | "-"} "not" Relation
  //
  // A "-" directly before a number belongs to the number, so that the smallest int can be written.
  mutating func parseUnary() -> Expression {
    var prefixes: [(operation: UnaryOperator, token: Token)] = []
    var negatesRelation = false
    scanning: while true {
      switch kind {
      case .not:
        prefixes.append((.not, advance()))
        negatesRelation = false
      case .minus where kind(ahead: 1) != .int && kind(ahead: 1) != .double:
        prefixes.append((.negate, advance()))
        negatesRelation = false
      case .identifier where isNotOperator:
        prefixes.append((.not, advance()))
        negatesRelation = true
        if !isNotOperator { break scanning }
      default: break scanning
      }
    }
    guard !prefixes.isEmpty else { return parseCoalesce() }
    guard prefixes.count <= Self.maximumDepth else {
      abandon()
      return missing()
    }
    var operand: Expression
    if negatesRelation {
      guard enter() else { return missing() }
      operand = parseOperators(Precedence.relation.rawValue)
      leave()
    } else {
      operand = parseCoalesce()
    }
    for prefix in prefixes.reversed() {
      operand = make(.unary(prefix.operation, operand, operator: span(prefix.token)), from: prefix.token)
    }
    return operand
  }

  /// `not` is an operator where an operand starts and a name, a literal, `(`, `!` or `not` follows; elsewhere it is a name of CEL.
  private var isNotOperator: Bool {
    guard word == .not else { return false }
    if rowStart != nil, token(ahead: 1).hasNewlineBefore { return false }
    switch kind(ahead: 1) {
    case .identifier:
      guard let next = word(ahead: 1) else { return true }
      return next != .and && next != .or && next != .in
    case .quotedIdentifier, .int, .uint, .double, .duration, .date, .timestamp, .string, .bytes, .formatStart,
      .leftParenthesis, .not:
      return true
    default: return false
    }
  }

  // Coalesce = Member ["??" Unary]
  private mutating func parseCoalesce() -> Expression {
    let start = token
    let left = parseMember()
    guard take(.coalesce) != nil, enter() else { return left }
    defer { leave() }
    return make(.coalesce(left, parseUnary()), from: start)
  }

  // MARK: - Members

  // Member = Primary {Suffix}
  // Suffix = "." ["?"] Field | "." Field "(" [Arguments] ")" | "[" ["?"] Expression "]"
  private mutating func parseMember() -> Expression {
    let start = token
    var left: Expression
    /// The qualified name read so far: only such a name may be the type of a record.
    var path: [Name]?
    var isRooted = false
    if kind == .dot || kind == .identifier || kind == .quotedIdentifier {
      (left, path, isRooted) = parseNamed()
    } else {
      left = parsePrimary()
    }
    while true {
      switch kind {
      case .dot:
        advance()
        let isOptional = take(.question) != nil
        guard let field = parseName(.member) else { return left }
        if kind == .leftParenthesis, !isOptional {
          left = make(.methodCall(left, field, parseArguments()), from: start)
          path = nil
        } else {
          left = make(.select(left, field, isOptional: isOptional), from: start)
          if isOptional { path = nil } else { path?.append(field) }
        }
      case .leftBracket:
        path = nil
        left = parseIndex(of: left, from: start)
      case .leftBrace:
        guard let type = path else { return left }
        path = nil
        left = make(.record(type: type, isRooted: isRooted, parseRecordFields()), from: start)
      default:
        return left
      }
    }
  }

  private mutating func parseIndex(of base: Expression, from start: Token) -> Expression {
    let open = advance()
    let barrier = rowStart
    rowStart = nil
    let isOptional = take(.question) != nil
    let index = parseExpression()
    expectClosing(.rightBracket, of: open)
    rowStart = barrier
    return make(.index(base, index, isOptional: isOptional), from: start)
  }

  // Named = "true" | "false" | "null" | ["."] Name | ["."] Name "(" [Arguments] ")"
  private mutating func parseNamed() -> (Expression, path: [Name]?, isRooted: Bool) {
    let start = token
    switch word {
    case .true, .false:
      let value = word == .true
      advance()
      return (make(.literal(.bool(value)), from: start), nil, false)
    case .null:
      advance()
      return (make(.literal(.null), from: start), nil, false)
    default: break
    }
    if word == .if {
      reportHere(.choiceInWords("if"))
      return (missing(), nil, false)
    }
    if startsNextClause || word == .else || word == .in || word == .as {
      reportExpected(.expression)
      return (missing(), nil, false)
    }
    let isRooted = take(.dot) != nil
    guard let name = parseName(isRooted ? .rootedName : .variableInExpression) else { return (missing(), nil, false) }
    if kind == .leftParenthesis {
      return (make(.call(name, parseArguments(), isRooted: isRooted), from: start), nil, false)
    }
    return (make(.name(name, isRooted: isRooted), from: start), [name], isRooted)
  }

  // Arguments = Expression {"," Expression}
  private mutating func parseArguments() -> [Expression] {
    let open = advance()
    let barrier = rowStart
    rowStart = nil
    defer { rowStart = barrier }
    var arguments: [Expression] = []
    if take(.rightParenthesis) != nil { return arguments }
    repeat { arguments.append(parseExpression()) } while take(.comma) != nil
    expectClosing(.rightParenthesis, of: open)
    return arguments
  }

  // RecordFields = "{" [RecordField {"," RecordField}] [","] "}"
  // RecordField  = ["?"] Field ":" Expression
  mutating func parseRecordFields() -> [RecordField] {
    let open = advance()
    let barrier = rowStart
    rowStart = nil
    defer { rowStart = barrier }
    var fields: [RecordField] = []
    while kind != .rightBrace, kind != .comma {
      let isOptional = take(.question) != nil
      guard let name = parseName(.member), expect(.colon) != nil else { break }
      fields.append(RecordField(name: name, isOptional: isOptional, value: parseExpression()))
      if kind != .comma || kind(ahead: 1) == .rightBrace { break }
      advance()
    }
    _ = take(.comma)
    expectClosing(.rightBrace, of: open)
    return fields
  }

  // MARK: - Primaries

  // Primary = Literal | Formatted | "(" Expression ")" | List | Map
  private mutating func parsePrimary() -> Expression {
    let start = token
    switch kind {
    case .leftParenthesis:
      let open = advance()
      let barrier = rowStart
      rowStart = nil
      let inner = parseExpression()
      expectClosing(.rightParenthesis, of: open)
      rowStart = barrier
      return inner
    case .leftBracket: return parseList()
    case .leftBrace: return parseMap()
    case .formatStart: return parseFormatted()
    case .minus, .int, .uint, .double, .duration, .date, .timestamp, .string, .bytes: return parseLiteral()
    case .invalid:
      reportHere(.expected(.expression, found: found))
      advance()
      return make(.missing, from: start)
    default:
      reportExpected(.expression)
      return missing()
    }
  }

  // List = "[" [["?"] Expression {"," ["?"] Expression}] [","] "]"
  private mutating func parseList() -> Expression {
    let open = advance()
    let barrier = rowStart
    rowStart = nil
    var elements: [ListElement] = []
    while kind != .rightBracket, kind != .comma {
      let isOptional = take(.question) != nil
      elements.append(ListElement(isOptional: isOptional, value: parseExpression()))
      if kind != .comma || kind(ahead: 1) == .rightBracket { break }
      advance()
    }
    _ = take(.comma)
    expectClosing(.rightBracket, of: open)
    rowStart = barrier
    return make(.list(elements), from: open)
  }

  // Map = "{" [["?"] Expression ":" Expression {"," ["?"] Expression ":" Expression}] [","] "}"
  private mutating func parseMap() -> Expression {
    let open = advance()
    let barrier = rowStart
    rowStart = nil
    var entries: [MapEntry] = []
    while kind != .rightBrace, kind != .comma {
      let isOptional = take(.question) != nil
      let key = parseExpression()
      guard expect(.colon) != nil else { break }
      entries.append(MapEntry(isOptional: isOptional, key: key, value: parseExpression()))
      if kind != .comma || kind(ahead: 1) == .rightBrace { break }
      advance()
    }
    _ = take(.comma)
    expectClosing(.rightBrace, of: open)
    rowStart = barrier
    return make(.map(entries), from: open)
  }

  // Formatted = `f"` {Text | "{" Expression "}"} `"`
  mutating func parseFormatted() -> Expression {
    let start = advance()
    let barrier = rowStart
    rowStart = nil
    var pieces: [FormatPiece] = []
    while true {
      switch kind {
      case .formatText:
        pieces.append(.text(decodeFormatText(advance())))
      case .holeStart:
        advance()
        pieces.append(.hole(parseExpression()))
        if kind != .holeEnd {
          reportExpected(.holeEnd)
          skipHole()
        }
        _ = take(.holeEnd)
      default:
        // The lexer ends every formatted string, so anything else stands behind an abandoned declaration.
        _ = take(.formatEnd)
        rowStart = barrier
        return make(.formatted(pieces), from: start)
      }
    }
  }

  private mutating func skipHole() {
    var depth = 0
    while kind != .end {
      if kind == .holeStart { depth += 1 }
      if kind == .holeEnd {
        if depth == 0 { return }
        depth -= 1
      }
      advance()
    }
  }

  // MARK: - Operators between operands

  struct Infix {
    enum Operation: Equatable {
      case logical(LogicalOperator)
      case binary(BinaryOperator)
    }
    var operation: Operation
    var precedence: Precedence
    var tokenCount: Int
    /// Set where the operator is spelled as in another language.
    var problem: SyntaxProblem?

    init(_ operation: Operation, _ precedence: Precedence, tokenCount: Int = 1, problem: SyntaxProblem? = nil) {
      self.operation = operation
      self.precedence = precedence
      self.tokenCount = tokenCount
      self.problem = problem
    }
  }

  private var infix: Infix? {
    switch kind {
    case .orOr: Infix(.logical(.or), .or)
    case .andAnd: Infix(.logical(.and), .and)
    case .equal: Infix(.binary(.equal), .relation)
    case .notEqual: Infix(.binary(.notEqual), .relation)
    case .less: Infix(.binary(.less), .relation)
    case .lessOrEqual: Infix(.binary(.lessOrEqual), .relation)
    case .greater: Infix(.binary(.greater), .relation)
    case .greaterOrEqual: Infix(.binary(.greaterOrEqual), .relation)
    case .plus: Infix(.binary(.add), .sum)
    case .minus: Infix(.binary(.subtract), .sum)
    case .star: Infix(.binary(.multiply), .product)
    case .slash: Infix(.binary(.divide), .product)
    case .percent: Infix(.binary(.modulo), .product)
    case .assign: Infix(.binary(.equal), .relation, problem: .foreignSpelling("=", instead: "=="))
    case .identifier: wordInfix
    default: nil
    }
  }

  private var wordInfix: Infix? {
    switch word {
    case .or: return Infix(.logical(.or), .or)
    case .and: return Infix(.logical(.and), .and)
    case .in: return Infix(.binary(.in), .relation)
    case .not where word(ahead: 1) == .in: return Infix(.binary(.notIn), .relation, tokenCount: 2)
    case nil where !token.hasNewlineBefore && token.end - token.start <= 3: break
    default: return nil
    }
    // Two names in a row are never an expression, so these cannot be names here.
    switch text(token) {
    case "AND": return Infix(.logical(.and), .and, problem: .foreignWord("AND", instead: "and"))
    case "OR": return Infix(.logical(.or), .or, problem: .foreignWord("OR", instead: "or"))
    case "IN": return Infix(.binary(.in), .relation, problem: .foreignWord("IN", instead: "in"))
    case "is", "IS":
      if word(ahead: 1) == .not || text(token(ahead: 1)) == "NOT" {
        return Infix(
          .binary(.notEqual), .relation, tokenCount: 2, problem: .foreignWord(text(token) + " not", instead: "!="))
      }
      return Infix(.binary(.equal), .relation, problem: .foreignWord(text(token), instead: "=="))
    default: return nil
    }
  }

  @discardableResult
  private mutating func takeInfix(_ infix: Infix) -> SourceSpan {
    if let problem = infix.problem { reportHere(problem) }
    let start = token
    for _ in 0..<infix.tokenCount { advance() }
    return span(from: start)
  }

  // MARK: - Nodes

  func missing() -> Expression { Expression(.missing, here) }

  /// A node from `start` to the last token read. Where the tree grows too high, the declaration is given up.
  mutating func make(_ kind: Expression.Kind, from start: Token) -> Expression {
    let expression = Expression(kind, span(from: start))
    guard expression.height > Self.maximumDepth else { return expression }
    if !isAbandoned { abandon() }
    return missing()
  }
}
