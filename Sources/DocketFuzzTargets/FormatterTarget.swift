/// The formatter: its layout keeps the tokens and comments, and is its own layout.

import DocketDiagnostics
import DocketFormat
import DocketSyntax

enum FormatterTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    let file = SourceFile(id: FileID(index: 0), path: "fuzz", bytes: bytes)
    switch Formatter.format(file) {
    case .syntaxErrors(let diagnostics): return diagnostics.hasErrors ? nil : "a file is left alone without a reason"
    case .internalError(let message): return message
    case .formatted(let text, let isChanged):
      let output = Array(text.utf8)
      if isChanged == (output == bytes) { return "`isChanged` is wrong" }
      let second = SourceFile(id: FileID(index: 0), path: "fuzz", bytes: output)
      guard case .formatted(let again, _) = Formatter.format(second) else { return "the layout cannot be laid out again:\n\(text)" }
      if !again.utf8.elementsEqual(output) { return "the layout changes when it is laid out again:\n\(text)\n---\n\(again)" }
      if tokensAndComments(of: file) != tokensAndComments(of: second) { return "tokens or comments have changed:\n\(text)" }
      return nil
    }
  }

  /// In the order of the text, with line ends as they are meant and without the white space behind comments.
  private static func tokensAndComments(of file: SourceFile) -> [[UInt8]] {
    var diagnostics = Diagnostics()
    let (tokens, comments) = Lexer.lex(file, &diagnostics)
    var found = tokens.map { (start: $0.start, kind: $0.kind.rawValue, bytes: text(of: file, $0.start, $0.end)) }
    for comment in comments {
      var bytes = text(of: file, comment.start, comment.end)
      while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0D || last == 0x0C || last == 0x0B { bytes.removeLast() }
      found.append((comment.start, 255, bytes))
    }
    return found.sorted { ($0.start, $0.kind) < ($1.start, $1.kind) }.map { [$0.kind] + $0.bytes }
  }

  private static func text(of file: SourceFile, _ start: Int32, _ end: Int32) -> [UInt8] {
    let bytes = file.bytes[Int(start)..<Int(end)]
    return bytes.indices.filter { bytes[$0] != 0x0D || $0 + 1 == bytes.endIndex || bytes[$0 + 1] != 0x0A }.map { bytes[$0] }
  }
}
