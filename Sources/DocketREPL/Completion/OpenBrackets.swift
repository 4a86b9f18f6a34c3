/// What is open at the end of a text, read off its tokens.

import DocketDiagnostics
import DocketSyntax

enum OpenBrackets {
  /// The brackets that close everything.
  static func closing(_ text: String) -> String { String(open(text).reversed().map(\.closing)) }

  /// From the innermost bracket that is open, with what stands before it on its level: `f(x).g(y` of `1 + + f(x).g(y`.
  static func lastPart(_ text: String) -> String {
    let (file, tokens) = scan(text)
    var index = tokens.count - 2
    var depth = 0
    while index >= 0 {
      let kind = tokens[index].kind
      switch kind {
      case .rightParenthesis, .rightBracket, .rightBrace: depth += 1
      case .leftParenthesis, .leftBracket, .leftBrace:
        if depth == 0 { return suffix(file, tokens, index + 1) }
        depth -= 1
      case .identifier, .quotedIdentifier, .dot, .string, .int, .uint, .double: break
      default: if depth == 0 { return suffix(file, tokens, index + 1) }
      }
      index -= 1
    }
    return text
  }

  private static func suffix(_ file: SourceFile, _ tokens: [Token], _ index: Int) -> String {
    guard index < tokens.count - 1 else { return "" }
    return file.text(SourceSpan(file: file.id, start: Int(tokens[index].start), end: file.bytes.count))
  }

  private static func open(_ text: String) -> [(kind: Token.Kind, closing: Character)] {
    var stack: [(kind: Token.Kind, closing: Character)] = []
    for token in scan(text).tokens {
      switch token.kind {
      case .leftParenthesis: stack.append((token.kind, ")"))
      case .leftBracket: stack.append((token.kind, "]"))
      case .leftBrace, .holeStart: stack.append((token.kind, "}"))
      case .rightParenthesis, .rightBracket, .rightBrace, .holeEnd: _ = stack.popLast()
      default: break
      }
    }
    return stack
  }

  private static func scan(_ text: String) -> (file: SourceFile, tokens: [Token]) {
    var sources = SourceMap()
    var ignored = Diagnostics()
    let file = sources.add(path: "", text: text)
    return (file, Lexer.lex(file, &ignored).tokens)
  }
}

enum OpenString {
  /// Whether a line ends inside a text in quotation marks.
  static func isInside(_ line: String) -> Bool {
    var isOpen = false
    var isEscaped = false
    var previous: Character = " "
    for character in line {
      if isEscaped {
        isEscaped = false
      } else if isOpen, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isOpen.toggle()
      } else if !isOpen, character == "/", previous == "/" {
        return true
      }
      previous = character
    }
    return isOpen
  }
}
