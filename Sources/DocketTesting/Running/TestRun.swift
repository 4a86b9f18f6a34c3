/// One run of a test's script: the steps in order, for one row of its `cases`.
///
/// An expectation that does not hold is told and the script goes on; a step that cannot be carried out ends it.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

final class TestRun {
  let test: CheckedTest
  let bench: TestBench
  let world: TestWorld
  private(set) var failures: [TestFailure] = []
  /// Expectations that were carried out.
  private(set) var expectationCount = 0
  /// One of them depends on the rulebook.
  private(set) var asksRulebook = false

  private let row: Int?
  private var rowText: String?
  /// Variables whose value was asked of the rulebook.
  private var askedSlots: Set<Int> = []
  private var toldReasons: [String] = []

  init(_ test: CheckedTest, row: Int?, on bench: TestBench) {
    self.test = test
    self.row = row
    self.bench = bench
    bench.reset()
    world = TestWorld(bench)
  }

  func run() {
    bench.evaluator.withFrame(of: test.slotCount, arguments: []) {
      do throws(StepFailure) {
        for (index, step) in test.steps.enumerated() {
          if index == test.cases?.stepIndex { try bindRow() }
          try run(step)
        }
      } catch {
        report(error)
      }
    }
  }

  // MARK: - Steps

  private func run(_ step: CheckedTest.Step) throws(StepFailure) {
    switch step {
    case .now(let expression):
      guard case .timestamp(let instant) = try world.value(expression) else { return }
      try world.set(clock: instant, at: expression.span)
    case .givenFixture(let index): try world.give(fixture: index)
    case .givenData(let path, let span): try world.give(data: path, at: span)
    case .bind(let slot, _, let expression):
      world.bind(slot: slot, try world.optionalValue(expression))
      if expression.asksRulebook(through: askedSlots) { askedSlots.insert(slot) }
    case .bindRecord(let slot, _, let record):
      world.bind(slot: slot, record.entity, key: try world.add(record))
    case .wait(let expression):
      guard case .duration(let length) = try world.value(expression) else { return }
      try world.wait(length, at: expression.span)
    case .set(let slot, let field, let value): try world.set(slot: slot, field, to: value)
    case .add(let record): _ = try world.add(record)
    case .expect(let expression, let check, let span): expect(expression, check, span)
    }
  }

  private func bindRow() throws(StepFailure) {
    guard let cases = test.cases, let row else { return }
    let explanation = Explanation(bench)
    var shown: [String] = []
    for (cell, slot) in zip(cases.rows[row].cells, cases.slots) {
      let value = try world.optionalValue(cell)
      world.bind(slot: slot.slot, value)
      shown.append("\(slot.name) \(explanation.text(value))")
    }
    rowText = "\(shown.joined(separator: ", ")) (line \(bench.line(of: cases.rows[row].span)))"
  }

  private func report(_ failure: StepFailure) {
    let span = failure.span ?? test.span
    failures.append(
      TestFailure(
        kind: .evaluation, line: bench.line(of: span), row: rowText, details: [bench.lineText(span), failure.message]))
  }

  // MARK: - Expectations

  private func expect(_ expression: CheckedExpression, _ check: CheckedTest.Check, _ span: SourceSpan) {
    if expression.asksRulebook(through: askedSlots) { asksRulebook = true }
    expectationCount += 1
    do throws(StepFailure) {
      try world.refresh()
    } catch {
      return report(error)
    }
    let verdict =
      if case .matchesSnapshot(let name) = check { snapshot(name, expression) } else {
        Expectation(bench, expression, check).verdict
      }
    guard let kind = verdict.failureKind else { return }
    guard bench.explains else {
      return failures.append(TestFailure(kind: kind, line: bench.line(of: span), row: rowText, details: []))
    }
    var details = [bench.text(span)]
    let explanation = Explanation(bench)
    details += explanation.values(of: expression).map { String(repeating: " ", count: "expect ".count) + $0 }
    if case .holds = check { details += ValueDifference(bench, explanation).lines(of: expression) }
    details += verdict.reason.map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) } ?? []
    // One reason for several failures is told once.
    let reasons = explanation.rules() + explanation.origins(of: expression)
    if reasons != toldReasons { details += reasons }
    toldReasons = reasons
    failures.append(TestFailure(kind: kind, line: bench.line(of: span), row: rowText, details: details))
  }

  /// Whether a value prints as it was recorded.
  private func snapshot(_ name: String, _ expression: CheckedExpression) -> Verdict {
    let value = bench.evaluator.quietly(expression)
    if case .error(let reference) = value {
      return .cannotBeEvaluated("it cannot be evaluated: \(bench.heap[reference].message)")
    }
    let file = bench.sources[test.span.file].path
    let key = SnapshotKey(file: file, test: test.name, name: name, row: row.map { $0 + 1 })
    return bench.snapshots.verdict(of: SourceText(bench).snapshot(value), key)
  }
}
