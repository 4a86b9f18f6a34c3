/// What is fuzzed: each target takes any bytes and says what is wrong, beyond crashes, leaks and hangs, which show themselves.
///
/// The same functions run under the fuzzer (`make fuzz`) and, over the files of Tests/Corpus, in the ordinary tests.

import DocketDiagnostics

public enum FuzzTarget: String, CaseIterable, Sendable {
  case lexer, parser, formatter, checker, evaluator, rules, csv

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
    }
  }
}

extension Diagnostics {
  /// Every diagnostic lies in the text, and every way of showing it works.
  func finding(in sources: SourceMap) -> String? {
    for diagnostic in all {
      for label in (diagnostic.primary.map { [$0] } ?? []) + diagnostic.secondary {
        let length = sources[label.span.file].bytes.count
        guard label.span.start >= 0, label.span.end <= length else {
          return "`\(diagnostic.message)` stands at \(label.span.start)..<\(label.span.end) of \(length) bytes"
        }
      }
    }
    // Each is shown by itself, so that a few show what all would.
    for format in DiagnosticFormat.allCases where !all.isEmpty {
      if render(Array(all.prefix(3)), sources: sources, as: format).isEmpty { return "nothing is shown as \(format)" }
    }
    return nil
  }
}
