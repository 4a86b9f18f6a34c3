/// One small change of a rulebook that a test should notice.

public import DocketDiagnostics

public enum MutationKind: String, Sendable, CaseIterable {
  /// `>=` for `>`: the limit itself is on the other side.
  case boundary
  /// `!=` for `==`, `or` for `and`, `-` for `+`, `in` for `not in`.
  case `operator`
  /// Another case of the same enum.
  case `enum`
  /// Another number, duration, date, text or truth.
  case constant
  /// A list without one of its elements.
  case element
  /// A decision table without one of its rows.
  case row
  /// A route without one of its rules.
  case rule
  /// A declaration without one of its conditions or preferences.
  case clause
  /// A rule without its second choice.
  case target
  /// Sorted the other way round.
  case order
  case hitPolicy = "hit_policy"
  /// Other hours, one day more or less.
  case calendar
  case pause
  /// What happens on reopening, on a change of the target, or to absent values.
  case policy
  /// A period of another length.
  case window
  /// `median` for `mean`, `max` for `min`.
  case aggregate
}

public struct Mutation: Sendable {
  public var kind: MutationKind
  public var span: SourceSpan
  public var replacement: String
  /// What a test has to evaluate to notice the change: a declaration, or a rule of a route.
  var unit: SourceSpan
  /// The whole declaration.
  var declaration: SourceSpan

  /// The text of a file with the change made.
  func apply(to file: SourceFile) -> [UInt8] {
    Array(file.bytes[..<Int(span.start)]) + Array(replacement.utf8) + Array(file.bytes[Int(span.end)...])
  }

  /// The lines before and after.
  public func difference(in sources: SourceMap) -> (old: [String], new: [String]) {
    let file = sources[span.file]
    let (first, last) = (
      file.lineIndex(of: Int(span.start)), file.lineIndex(of: max(Int(span.start), Int(span.end) - 1))
    )
    let start = Int(file.lineStarts[first])
    let end = Int(file.line(last).endIndex)
    let old = String(decoding: file.bytes[start..<end], as: UTF8.self)
    let new =
      String(decoding: file.bytes[start..<Int(span.start)], as: UTF8.self) + replacement
      + String(decoding: file.bytes[Int(span.end)..<max(end, Int(span.end))], as: UTF8.self)
    func lines(_ text: String) -> [String] {
      text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
    }
    return (lines(old), lines(new))
  }
}
