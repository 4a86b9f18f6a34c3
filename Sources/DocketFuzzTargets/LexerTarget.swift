/// The lexer: tokens and comments cover the text in order.

import DocketDiagnostics
import DocketSyntax

enum LexerTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    let file = SourceFile(id: FileID(index: 0), path: "fuzz", bytes: bytes)
    var diagnostics = Diagnostics()
    let (tokens, comments) = Lexer.lex(file, &diagnostics)
    guard tokens.last?.kind == .end, tokens.count(where: { $0.kind == .end }) == 1 else { return "the end is not one token" }
    guard Int(tokens[tokens.count - 1].end) == bytes.count else { return "the end is not at the end" }

    var covered = tokens.map { ($0.start, $0.end) } + comments.map { ($0.start, $0.end) }
    covered.sort { $0 < $1 }
    var end: Int32 = 0
    // What was reported beyond a limit is skipped in silence.
    let isComplete = diagnostics.errorCount < 10
    let reported = diagnostics.all.compactMap { $0.primary?.span }
    for (start, stop) in covered {
      if start < end || stop < start { return "\(start)..<\(stop) begins before \(end), where what stood before it ends" }
      if isComplete {
        for offset in end..<start where !isSkipped(bytes, Int(offset), reported) { return "byte \(offset) was passed over" }
      }
      end = stop
    }
    var last: Int32 = 0
    for token in tokens {
      if token.start < last { return "tokens are out of order at \(token.start)" }
      last = token.end
    }
    return nil
  }

  private static func isSkipped(_ bytes: [UInt8], _ offset: Int, _ reported: [SourceSpan]) -> Bool {
    if [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(bytes[offset]) { return true }
    if offset < 3, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
    return reported.contains { Int($0.start) <= offset && offset < Int($0.end) }
  }
}
