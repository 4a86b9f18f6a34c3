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

  private func collectTexts(_ expression: CheckedExpression) {
    if case .constant = expression.kind, case .string(let symbol) = bench.evaluator.evaluate(expression) {
      namedTexts.insert(bench.heap.text(symbol))
    }
    for child in expression.children { collectTexts(child) }
  }

  /// A value for people.
  func text(_ value: Value) -> String { bench.engine.shown(value) }

  /// Why the rules that were called came out as they did.
  func rules() -> [String] {
    bench.calls.noted.flatMap { RuleExplanation(bench, self, naming: namedTexts).lines(of: $0) }
  }
}
