/// Values worth trying in a test: those that the changed declaration mentions, and their neighbours.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax
import DocketTime

struct CandidateValues {
  private var texts: [String] = []
  private var numbers: [Double] = []
  private var durations: [TimeDuration] = []
  private var instants: [String] = []
  private let rulebook: CheckedRulebook
  private static let limit = 24

  /// `near` is the changed place, whose constants come first.
  init(
    _ tree: SyntaxTree, near: SourceSpan, in declaration: SourceSpan, _ file: SourceFile, _ rulebook: CheckedRulebook
  ) {
    self.rulebook = rulebook
    let line = file.lineIndex(of: Int(near.start))
    let tokens = tree.tokens.filter { $0.start >= declaration.start && $0.end <= declaration.end }
    let nearby = tokens.filter { abs(file.lineIndex(of: Int($0.start)) - line) <= 1 }
    for token in nearby + tokens { take(token, file.text(token.span(in: tree.file))) }
    for table in rulebook.tables {
      for row in table.rows { if case .constant(let index) = row.result.kind { take(rulebook.constants[index]) } }
    }
  }

  private mutating func take(_ token: Token, _ text: String) {
    switch token.kind {
    case .string: if !texts.contains(text), texts.count < Self.limit { texts.append(text) }
    case .int, .double: if let number = Double(text) { add(number) }
    case .duration: if case .success(let length) = TimeDuration.parseLiteral(text) { add(length) }
    case .timestamp, .date: if !instants.contains(text) { instants.append(text) }
    default: break
    }
  }

  private mutating func take(_ constant: Constant) {
    switch constant {
    case .duration(let length): add(length)
    case .int(let number): add(Double(number))
    default: break
    }
  }

  private mutating func add(_ number: Double) {
    if !numbers.contains(number), numbers.count < Self.limit { numbers.append(number) }
  }

  private mutating func add(_ length: TimeDuration) {
    if !durations.contains(length), durations.count < Self.limit { durations.append(length) }
  }

  // MARK: - As Docket spells them

  /// For a field; empty for types that nothing is known of.
  func values(of type: Type) -> [String] {
    switch type {
    case .bool: return ["true", "false"]
    case .enumeration(let id): return rulebook.schema[id].cases.map { "\(rulebook.schema[id].name).\($0.name)" }
    case .string: return texts + ["\"something else\""]
    case .int:
      return numbers.flatMap { [$0, $0 + 1, $0 - 1] }.filter { $0 == $0.rounded() }.map { "\(Int($0))" } + ["0"]
    case .uint: return numbers.flatMap { [$0, $0 + 1] }.filter { $0 == $0.rounded() && $0 >= 0 }.map { "\(Int($0))u" }
    case .double: return numbers.flatMap { [$0, $0 + 0.5, $0 - 0.5] }.map { "\($0)" }
    case .duration: return lengths
    case .timestamp:
      return ["now"] + instants.filter { $0.contains("T") } + lengths.flatMap { ["now - \($0)", "now + \($0)"] }
    case .date: return instants.filter { !$0.contains("T") }
    default: return []
    }
  }

  /// Each duration, and a minute to either side.
  var lengths: [String] {
    let minute = TimeDuration(uncheckedSeconds: 60)
    var found: [TimeDuration] = []
    for length in durations {
      for near in [length, length.adding(minute), length.subtracting(minute)] {
        if let near, !near.isNegative, !found.contains(near) { found.append(near) }
      }
    }
    // A weekend and a month pass on every calendar.
    found += [1, 24, 48, 72, 24 * 31].map { TimeDuration(uncheckedSeconds: $0 * 3_600) }.filter { !found.contains($0) }
    return found.map { $0.humanString().split(separator: " ").joined() }
  }
}
