/// Why an expectation does not hold: the value of every part of it, and then what the rules that it called decided and why.
///
/// Values and reasons are found by DocketRules, as everywhere; this lays them out for a failing test.

import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics

final class Explanation {
  let bench: TestBench
  private static let nameLimit = 60
  private static let originLimit = 4
  /// Texts of the expectation: the name of a rule among them is the one that was wanted.
  private var namedTexts: Set<String> = []

  init(_ bench: TestBench) { self.bench = bench }

  /// Each part as written, with its value, aligned.
  func values(of expression: CheckedExpression) -> [String] {
    bench.calls.start()
    defer { bench.calls.stop() }
    collectTexts(expression)
    let notes = ExpressionValues(bench.engine, quietly: { self.bench.calls.ignoring($0) }).notes(of: expression)
    let width = min(Explanation.nameLimit, notes.reduce(0) { max($0, $1.source.displayWidth) })
    return notes.map { "\($0.source.padded(to: width))   \($0.text)" }
  }

  /// Those written there, and those of variables: a column of `cases` may say which rule decides.
  private func collectTexts(_ expression: CheckedExpression) {
    switch expression.kind {
    case .constant, .local:
      if case .string(let symbol) = bench.evaluator.quietly(expression) { namedTexts.insert(bench.heap.text(symbol)) }
    default: break
    }
    for child in expression.children { collectTexts(child) }
  }

  /// A value for people.
  func text(_ value: Value) -> String { bench.engine.shown(value) }

  /// Why the rules that were called came out as they did.
  func rules() -> [String] {
    bench.calls.noted.flatMap { RuleExplanation(bench, self, naming: namedTexts).lines(of: $0) }
  }

  /// The functions and the rows of decision tables from which the expectation has its values; those of a kind are left out where
  /// they are too many to tell anything.
  func origins(of expression: CheckedExpression) -> [String] {
    var rows: [ObjectIdentifier: (table: CheckedTable, row: CheckedTable.Row)] = [:]
    for table in bench.rulebook.tables {
      for row in table.rows { rows[ObjectIdentifier(row.result)] = (table, row) }
    }
    var (functions, tables): ([String], [String]) = ([], [])
    func add(_ line: String, to lines: inout [String]) {
      if lines.count <= Explanation.originLimit, !lines.contains(line) { lines.append(line) }
    }
    let before = bench.evaluator.observe
    bench.evaluator.observe = { [self] node, value in
      if let (table, row) = rows[ObjectIdentifier(node)] {
        add("the table `\(table.name)` gives \(text(value)) in the row \(place(row.span))", to: &tables)
      } else if case .function(let index, _) = node.kind {
        let function = bench.rulebook.functions[index]
        add("the function `\(function.name)` (\(place(function.span))) gives \(text(value))", to: &functions)
      }
    }
    defer { bench.evaluator.observe = before }
    _ = bench.calls.ignoring { bench.evaluator.quietly(expression) }
    return [functions, tables].flatMap { $0.count <= Explanation.originLimit ? $0 : [] }
  }

  /// `rules/route.docket:12`
  func place(_ span: SourceSpan) -> String {
    "\(bench.sources[span.file].path.displaySafe):\(bench.line(of: span))"
  }
}
