/// What the tree tells about each token: how it stands next to its neighbours, and what starts at it.

internal import DocketDiagnostics
internal import DocketSyntax

/// What is known of one token.
struct TokenHint: OptionSet {
  let rawValue: UInt32

  static let gluedBefore = TokenHint(rawValue: 1 << 0)
  static let gluedAfter = TokenHint(rawValue: 1 << 1)

  static let startsDeclaration = TokenHint(rawValue: 1 << 2)
  /// The first token of a clause, field, case, record, step or row of a block.
  static let startsItem = TokenHint(rawValue: 1 << 3)
  /// An `else`: indented like a clause where it starts a line, but it may follow its `to` on the line.
  static let startsBranch = TokenHint(rawValue: 1 << 4)
  /// The `where`, `prefer` or `pick` of `to one`.
  static let startsRefinement = TokenHint(rawValue: 1 << 5)
  /// The `one` of `to one`.
  static let candidate = TokenHint(rawValue: 1 << 6)

  /// The brace of a body whose clauses stand on lines of their own, once it is not on one line.
  static let opensClauses = TokenHint(rawValue: 1 << 7)
  /// The brace of fields, cases or records, which stay as the author broke them.
  static let opensItems = TokenHint(rawValue: 1 << 8)
  /// The brace of rows, which are lines.
  static let opensRows = TokenHint(rawValue: 1 << 9)
  /// A parenthesis around arguments or parameters, not around an operand.
  static let opensList = TokenHint(rawValue: 1 << 10)
  /// In a row of a table, outside its brackets: a line end before this token has a meaning.
  static let inRow = TokenHint(rawValue: 1 << 11)

  static let opensBlock: TokenHint = [.opensClauses, .opensItems, .opensRows]
}

/// Lines with the same stop line up there.
enum Stop: Hashable {
  /// What follows the clause words of one body; the body is named by the token that opens it.
  case argument(body: Int)
  /// A `|` of one table.
  case bar(body: Int, column: Int)
  /// The `=` of a source's mapping, among adjacent lines.
  case mapping
  /// What a moment does, among adjacent lines.
  case effect(moment: Int)
}

struct Hints {
  /// One for every token of the text.
  var tokens: [TokenHint]
  /// The bracket that belongs to a bracket, by token.
  var partners: [Int: Int] = [:]
  var stops: [Int: Stop] = [:]
  /// First and last token of every declaration, in order.
  var declarations: [(first: Int, last: Int)] = []

  let source: [Token]
  let file: SourceFile

  init(of tree: SyntaxTree, in file: SourceFile) {
    source = tree.tokens
    self.file = file
    tokens = source.map { Self.spacing(of: $0.kind) }
    matchBrackets()
    for declaration in tree.declarations { mark(declaration) }
  }

  /// How a kind of token stands where the tree says nothing else: a minus is unary, a `%` a percentage, a `?` optional.
  private static func spacing(of kind: Token.Kind) -> TokenHint {
    switch kind {
    case .leftParenthesis, .leftBracket, .not, .minus, .question: .gluedAfter
    case .rightParenthesis, .rightBracket, .comma, .colon, .percent: .gluedBefore
    case .dot, .range: [.gluedBefore, .gluedAfter]
    default: []
    }
  }

  private mutating func matchBrackets() {
    var open: [Int] = []
    for (index, token) in source.enumerated() {
      switch token.kind {
      case .leftParenthesis, .leftBracket, .leftBrace: open.append(index)
      case .rightParenthesis, .rightBracket, .rightBrace:
        guard let partner = open.popLast() else { continue }
        partners[partner] = index
        partners[index] = partner
      default: break
      }
    }
  }

  // MARK: - Finding tokens

  /// The first token at or behind an offset.
  func index(at offset: Int32) -> Int {
    var low = 0
    var high = source.count
    while low < high {
      let middle = (low + high) / 2
      if source[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func first(_ span: SourceSpan) -> Int { index(at: span.start) }

  func last(_ span: SourceSpan) -> Int { index(at: span.end) - 1 }

  /// The first token of an expression that stands in a clause, with the parentheses around all of it.
  func first(_ expression: Expression) -> Int {
    var index = first(expression.span)
    while index > 0, source[index - 1].kind == .leftParenthesis { index -= 1 }
    return index
  }

  /// The token behind an operand and the parentheses around it.
  func next(after span: SourceSpan) -> Int {
    var index = last(span) + 1
    while source[index].kind == .rightParenthesis { index += 1 }
    return index
  }

  func text(_ index: Int) -> String { file.text(source[index].span(in: file.id)) }
}
