/// Whether an expectation holds, by its check.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

enum Verdict {
  case holds
  /// With what there is to say beyond the values.
  case fails(String?)
  case cannotBeEvaluated(String)

  var failureKind: TestFailure.Kind? {
    switch self {
    case .holds: nil
    case .fails: .expectation
    case .cannotBeEvaluated: .evaluation
    }
  }

  var reason: String? {
    switch self {
    case .holds: nil
    case .fails(let reason): reason
    case .cannotBeEvaluated(let reason): reason
    }
  }
}

struct Expectation {
  let bench: TestBench
  let expression: CheckedExpression
  let check: CheckedTest.Check

  init(_ bench: TestBench, _ expression: CheckedExpression, _ check: CheckedTest.Check) {
    self.bench = bench
    self.expression = expression
    self.check = check
  }

  var verdict: Verdict {
    switch check {
    case .holds:
      switch bench.evaluator.evaluate(expression) {
      case .bool(true): .holds
      case .bool: .fails(nil)
      case let other: error(other)
      }
    case .fails(let text): fails(with: text)
    case .within(let limit, let isPercent): within { isWithin($0, $1, limit, isPercent: isPercent) }
    case .withinDuration(let limit): within { isWithin($0, $1, limit) }
    case .matchesSnapshot: preconditionFailure("the run compares snapshots, which know their test")
    }
  }

  private func error(_ value: Value) -> Verdict {
    guard case .error(let reference) = value else { return .cannotBeEvaluated("it is not true or false") }
    let error = bench.heap[reference]
    guard let span = error.span, !contains(span) else {
      return .cannotBeEvaluated("it cannot be evaluated: \(error.message)")
    }
    let place = "\(bench.sources[span.file].path):\(bench.line(of: span))"
    return .cannotBeEvaluated("it cannot be evaluated: \(error.message) (\(place))")
  }

  private func contains(_ span: SourceSpan) -> Bool {
    span.file == expression.span.file && span.start >= expression.span.start && span.end <= expression.span.end
  }

  // MARK: - fails

  private func fails(with text: String) -> Verdict {
    let value = bench.evaluator.evaluate(expression)
    guard case .error(let reference) = value else {
      return .fails("it should fail with \(quoted(text)), but it is \(Explanation(bench).text(value))")
    }
    let message = bench.heap[reference].message
    return message.contains(text)
      ? .holds : .fails("it should fail with \(quoted(text)), but it fails with \(quoted(message))")
  }

  private func quoted(_ text: String) -> String { "\"\(text.displaySafe)\"" }

  // MARK: - within

  private func within(_ isWithin: (Value, Value) -> Verdict?) -> Verdict {
    guard case .builtin(.equal, let sides) = expression.kind, sides.count == 2 else {
      return .cannotBeEvaluated("`within` compares two numbers, durations or instants")
    }
    let left = bench.evaluator.evaluate(sides[0])
    if left.isError { return error(left) }
    let right = bench.evaluator.evaluate(sides[1])
    if right.isError { return error(right) }
    return isWithin(left, right) ?? .cannotBeEvaluated("`within` compares two numbers, durations or instants")
  }

  private func isWithin(_ left: Value, _ right: Value, _ limit: Ratio, isPercent: Bool) -> Verdict? {
    if case .duration(let a) = left, case .duration(let b) = right, isPercent {
      return verdict(abs(a.totalSeconds - b.totalSeconds), limit.doubleValue * abs(b.totalSeconds)) { seconds in
        TimeDuration(totalNanoseconds: Int64(seconds * 1e9)).humanString()
      }
    }
    guard let a = left.number, let b = right.number else { return nil }
    let allowed = isPercent ? limit.doubleValue * abs(b) : limit.doubleValue
    return verdict(abs(a - b), allowed) { bench.evaluator.display(.double($0)) }
  }

  private func isWithin(_ left: Value, _ right: Value, _ limit: TimeDuration) -> Verdict? {
    let distance: TimeDuration
    switch (left, right) {
    case (.timestamp(let a), .timestamp(let b)): distance = a > b ? a.duration(since: b) : b.duration(since: a)
    case (.duration(let a), .duration(let b)):
      guard let difference = a.subtracting(b) else { return nil }
      distance = difference.isNegative ? difference.negated : difference
    default: return nil
    }
    return distance <= limit
      ? .holds : .fails("they are \(distance.humanString()) apart, more than \(limit.humanString())")
  }

  private func verdict(_ distance: Double, _ limit: Double, _ text: (Double) -> String) -> Verdict {
    // A NaN is within nothing.
    distance <= limit ? .holds : .fails("they are \(text(distance)) apart, more than \(text(limit))")
  }
}

extension Value {
  fileprivate var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .uint(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
}
