/// Collects lines into entries: a command is a line that starts with `:`, anything else ends where the parser finds it complete.

import DocketDiagnostics
import DocketSyntax

public enum ReplEntry: Sendable, Equatable {
  case command(String)
  case declaration(String)
  case expression(String)
  /// Cannot be read; evaluating it tells why.
  case broken(String)

  public var text: String {
    switch self {
    case .command(let text), .declaration(let text), .expression(let text), .broken(let text): text
    }
  }
}

public struct EntryReader: Sendable {
  /// More lines are at hand: a broken declaration is read to its end, so that its rest is not taken for entries of its own.
  public var isBatch: Bool
  private var lines: [String] = []

  public init(isBatch: Bool = false) { self.isBatch = isBatch }

  public var isEmpty: Bool { lines.isEmpty }

  public var text: String { lines.joined(separator: "\n") }

  public mutating func clear() { lines = [] }

  /// The entry that a line completes.
  public mutating func add(_ line: String) -> ReplEntry? {
    let trimmed = line.drop { $0 == " " || $0 == "\t" }
    if trimmed.first == ":", lines.isEmpty || !hasCode || trimmed.hasPrefix(":cancel") {
      clear()
      return .command(String(trimmed))
    }
    if lines.isEmpty, trimmed.allSatisfy(\.isWhitespace) { return nil }
    lines.append(line)
    return complete()
  }

  /// What is left when no line follows.
  public mutating func finish() -> ReplEntry? {
    guard hasCode else {
      clear()
      return nil
    }
    defer { clear() }
    return .broken(text)
  }

  private var hasCode: Bool {
    lines.contains { line in
      let code = line.drop { $0 == " " || $0 == "\t" }
      return !code.isEmpty && !code.hasPrefix("//")
    }
  }

  private mutating func complete() -> ReplEntry? {
    var sources = SourceMap()
    var ignored = Diagnostics()
    let text = text
    let file = sources.add(path: "<entry>", text: text)
    switch Parser.parseEntry(file, &ignored) {
    case .incomplete: return nil
    case .empty:
      // A comment belongs to what follows; without anything after it there is nothing to keep.
      if !isBatch { clear() }
      return nil
    case .declaration:
      clear()
      return .declaration(text)
    case .expression:
      clear()
      return .expression(text)
    case .invalid:
      if isBatch, !OpenParts(text).isEmpty { return nil }
      clear()
      return .broken(text)
    }
  }
}

/// What is still open at the end of a text, for the prompt of the next line.
public struct OpenParts: Sendable {
  /// The outermost first, as `route {`, `(`.
  public private(set) var parts: [String] = []

  public init(_ text: String) {
    var sources = SourceMap()
    var ignored = Diagnostics()
    let file = sources.add(path: "", text: text)
    let tokens = Lexer.lex(file, &ignored).tokens
    var lineStart = 0
    var stack: [String] = []
    for (index, token) in tokens.enumerated() {
      if token.hasNewlineBefore { lineStart = index }
      switch token.kind {
      case .leftBrace:
        let first = tokens[lineStart]
        let word = first.kind == .identifier ? file.text(first.span(in: file.id)) : ""
        stack.append(word.isEmpty ? "{" : word + "{")
      case .leftParenthesis: stack.append("(")
      case .leftBracket: stack.append("[")
      case .holeStart: stack.append("f\"{")
      case .rightBrace, .rightParenthesis, .rightBracket, .holeEnd: _ = stack.popLast()
      default: break
      }
    }
    parts = stack
  }

  public var isEmpty: Bool { parts.isEmpty }

  public var text: String { parts.suffix(3).joined(separator: " ") }
}
