import DocketDiagnostics
import DocketFormat
import DocketSyntax
import Testing

func sourceFile(_ text: String) -> SourceFile {
  SourceFile(id: FileID(index: 0), path: "test.docket", bytes: Array(text.utf8))
}

/// The formatted text; a failure is recorded for a text that is left alone.
func formatted(_ text: String, at place: Testing.SourceLocation = #_sourceLocation) -> String {
  switch Formatter.format(sourceFile(text)) {
  case .formatted(let output, _): return output
  case .syntaxErrors(let diagnostics):
    Issue.record("syntax errors: \(diagnostics.all.map(\.message)) in\n\(text)", sourceLocation: place)
  case .internalError(let message): Issue.record("\(message) in\n\(text)", sourceLocation: place)
  }
  return text
}

/// The text becomes `expected`, which stays as it is.
func expect(_ text: String, becomes expected: String, at place: Testing.SourceLocation = #_sourceLocation) {
  #expect(formatted(text, at: place) == expected, sourceLocation: place)
  expectStable(expected, at: place)
}

func isFormatted(_ text: String) -> Bool { Formatter.isFormatted(sourceFile(text)) }

func expectStable(_ text: String, at place: Testing.SourceLocation = #_sourceLocation) {
  #expect(formatted(text, at: place) == text, sourceLocation: place)
  #expect(isFormatted(text), sourceLocation: place)
}

/// The tree without places, so that trees of different layouts can be compared.
func outline(of text: String) -> String? {
  var diagnostics = Diagnostics()
  let tree = Parser.parse(sourceFile(text), &diagnostics)
  if diagnostics.hasErrors { return nil }
  var result = ""
  describe(tree.declarations, into: &result)
  return result
}

private func describe(_ value: Any, into result: inout String) {
  if value is SourceSpan { return }
  let mirror = Mirror(reflecting: value)
  if mirror.children.isEmpty || value is String {
    result += "\(value);"
    return
  }
  result += "\(mirror.subjectType)("
  for (label, child) in mirror.children {
    result += (label ?? "") + ":"
    describe(child, into: &result)
  }
  result += ")"
}

/// Tokens and comments in the order of the text, without the white space behind a comment.
func tokensAndComments(of text: String) -> [String] {
  let file = sourceFile(text)
  var diagnostics = Diagnostics()
  let (tokens, comments) = Lexer.lex(file, &diagnostics)
  var found = tokens.map { (start: $0.start, text: "\($0.kind) \(file.text($0.span(in: file.id)))") }
  for comment in comments {
    var text = file.text(SourceSpan(file: file.id, start: Int(comment.start), end: Int(comment.end)))
    while let last = text.last, last.isWhitespace { text.removeLast() }
    found.append((comment.start, text))
  }
  return found.sorted { $0.start < $1.start }.map(\.text)
}

/// SplitMix64, so that a failure can be repeated from its seed.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }

  mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &self)] }

  mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
