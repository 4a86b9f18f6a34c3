/// What is fuzzed: each target takes any bytes and says what is wrong, beyond crashes, leaks and hangs, which show themselves.
///
/// The same functions run under the fuzzer (`make fuzz`) and, over the files of Tests/Corpus, in the ordinary tests.

import DocketDiagnostics

public enum FuzzTarget: String, CaseIterable, Sendable {
  case lexer, parser, formatter, checker, evaluator, rules, csv, json, gzip

  /// What does not hold for these bytes; `nil` where all is well.
  public func finding(in bytes: [UInt8]) -> String? {
    switch self {
    case .lexer: LexerTarget.finding(in: bytes)
    case .parser: ParserTarget.finding(in: bytes)
    case .formatter: FormatterTarget.finding(in: bytes)
    case .checker: CheckerTarget.finding(in: bytes)
    case .evaluator: EvaluatorTarget.finding(in: bytes)
    case .rules: RulesTarget.finding(in: bytes)
    case .csv: CSVTarget.finding(in: bytes)
    case .json: JSONTarget.finding(in: bytes)
    case .gzip: GzipTarget.finding(in: bytes)
    }
  }
}

extension Diagnostics {
  /// Every diagnostic lies in the text. With `isShown`, every way of showing the first of them works; this takes longer than
  /// all else, so one target does it for all.
  func finding(in sources: SourceMap, isShown: Bool = false) -> String? {
    for diagnostic in all {
      for label in (diagnostic.primary.map { [$0] } ?? []) + diagnostic.secondary {
        let length = sources[label.span.file].bytes.count
        guard label.span.start >= 0, label.span.end <= length else {
          return "`\(diagnostic.message)` stands at \(label.span.start)..<\(label.span.end) of \(length) bytes"
        }
      }
    }
    guard isShown, !all.isEmpty else { return nil }
    for format in DiagnosticFormat.allCases {
      if render(Array(all.prefix(2)), sources: sources, as: format).isEmpty { return "nothing is shown as \(format)" }
    }
    return nil
  }
}
