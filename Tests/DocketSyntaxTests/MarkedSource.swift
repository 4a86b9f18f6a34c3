/// Source text with the places marked where errors are expected.

import DocketDiagnostics
import DocketSyntax
import Testing

private let marks: [Character] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣"]

/// Checks that a rulebook has exactly these errors, in the order of their marks: a code and the message.
func assertDiagnostics(
  _ source: String, _ expected: (DiagnosticCode, String)..., asExpression: Bool = false,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var text = ""
  var offsets: [Int] = []
  for character in source {
    if marks.contains(character) { offsets.append(text.utf8.count) } else { text.append(character) }
  }
  var diagnostics = Diagnostics()
  if asExpression {
    _ = Parser.parseExpression(file(text), &diagnostics)
  } else {
    _ = Parser.parse(file(text), &diagnostics)
  }
  let found = diagnostics.all.sorted { ($0.primary?.span.start ?? 0) < ($1.primary?.span.start ?? 0) }
  #expect(
    found.map { "\($0.code.rawValue) \($0.message)" } == expected.map { "\($0.0.rawValue) \($0.1)" },
    sourceLocation: sourceLocation)
  #expect(found.compactMap { $0.primary.map { Int($0.span.start) } } == offsets, sourceLocation: sourceLocation)
}

typealias SourceLocation = Testing.SourceLocation
