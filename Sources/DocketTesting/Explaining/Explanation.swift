/// Why an expectation does not hold: the value of every part of it.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

final class Explanation {
  let bench: TestBench
  private var rows: [(source: String, value: String)] = []
  private var shown: Set<String> = []

  private static let nameLimit = 60
  private static let valueLimit = 160
  private static let elementLimit = 8

  init(_ bench: TestBench) { self.bench = bench }

  private var evaluator: Evaluator { bench.evaluator }

  // MARK: - Parts

  /// Each part as written, with its value, aligned; from the outside to the inside and from left to right, constants left out.
  func values(of expression: CheckedExpression) -> [String] {
    bench.calls.start()
    defer { bench.calls.stop() }
    if !expression.isOperation { show(expression) }
    parts(of: expression)
    let width = min(Explanation.nameLimit, rows.reduce(0) { max($0, $1.source.displayWidth) })
    return rows.map { "\($0.source.padded(to: width))   \($0.value)" }
  }

  private func explain(_ expression: CheckedExpression, isOperand: Bool) {
    switch expression.kind {
    case .constant: return
    case .local:
      // The record that a field is read of says nothing beside the field.
      if !isOperand, case .entity = expression.type { return }
      show(expression)
    case .calendar, .records: break
    case .lookup(_, let key) where key.isConstant: break
    case .list(let elements) where elements.allSatisfy({ $0.value.isConstant }): return
    case .builtin(.negate, let operands) where operands.allSatisfy(\.isConstant): return
    default: show(expression)
    }
    parts(of: expression)
  }

  private func parts(of expression: CheckedExpression) {
    switch expression.kind {
    case .comprehension(let comprehension):
      explain(comprehension.range, isOperand: false)
      if comprehension.kind == .all { counterexample(comprehension) }
    case .conditional(let condition, let then, let otherwise):
      explain(condition, isOperand: true)
      if case .bool(let holds) = evaluator.evaluate(condition) { explain(holds ? then : otherwise, isOperand: true) }
    case .bind(_, let value, _): explain(value, isOperand: true)
    case .optionalMap(let receiver, _, _, _): explain(receiver, isOperand: true)
    case .field, .hasField, .history, .versionBound, .resultField, .route, .sla, .function, .table:
      for child in expression.children { explain(child, isOperand: false) }
    default:
      for child in expression.children { explain(child, isOperand: true) }
    }
  }

  /// The first element for which `all` does not hold, with the parts of the condition.
  private func counterexample(_ comprehension: Comprehension) {
    guard comprehension.secondSlot == nil,
      case .list(let list) = bench.calls.ignoring({ evaluator.evaluate(comprehension.range) })
    else { return }
    for element in Array(bench.heap[list]) {
      evaluator[slot: comprehension.slot] = element
      if case .bool(true) = bench.calls.ignoring({ evaluator.evaluate(comprehension.body) }) { continue }
      if let name = comprehension.body.local(comprehension.slot) { add("\(bench.text(name.span))", text(element)) }
      if !comprehension.body.isOperation { show(comprehension.body) }
      parts(of: comprehension.body)
      return
    }
  }

  private func show(_ expression: CheckedExpression) {
    let isLoop = if case .comprehension = expression.kind { true } else { false }
    let value = isLoop ? bench.calls.ignoring { evaluator.evaluate(expression) } : evaluator.evaluate(expression)
    // What a rule gave is told below, in words.
    if case .result = value { return }
    add(bench.text(expression.span), text(value))
  }

  private func add(_ source: String, _ value: String) {
    guard shown.insert(source).inserted else { return }
    rows.append((source, value.truncated(to: Explanation.valueLimit)))
  }

  // MARK: - Values

  /// A value for people: as a formatted string shows it, but texts in quotation marks and lists in brackets.
  func text(_ value: Value) -> String { text(value, depth: 0).displaySafe }

  private func text(_ value: Value, depth: Int) -> String {
    guard depth < 4 else { return "…" }
    switch value {
    case .absent: return "absent"
    case .null: return "null"
    case .string: return bench.heap.describe(value, schema: bench.schema)
    case .error(let reference):
      let error = bench.heap[reference]
      if case .absent = error.kind { return "absent" }
      return "error: \(error.message)"
    case .list(let list):
      let elements = bench.heap[list]
      if case .result? = elements.first { return "\(elements.count) results" }
      let listed = elements.prefix(Explanation.elementLimit).map { text($0, depth: depth + 1) }
      let rest = elements.count > listed.count ? ["… \(elements.count) in all"] : []
      return "[" + (listed + rest).joined(separator: ", ") + "]"
    case .map(let reference):
      let map = bench.heap[reference]
      let entries = zip(map.keys, map.values).prefix(Explanation.elementLimit).map {
        "\(text($0, depth: depth + 1)): \(text($1, depth: depth + 1))"
      }
      let rest = map.keys.count > entries.count ? ["… \(map.keys.count) in all"] : []
      return "{" + (entries + rest).joined(separator: ", ") + "}"
    case .optionalNone: return "nothing"
    case .optionalSome(let place): return text(bench.heap.wrapped(place), depth: depth + 1)
    default: return evaluator.display(value)
    }
  }

  // MARK: - Rules

  /// Why the rules that were called came out as they did.
  func rules() -> [String] { bench.calls.noted.flatMap { RuleExplanation(bench, self).lines(of: $0) } }
}

extension CheckedExpression {
  var isConstant: Bool {
    switch kind {
    case .constant: true
    case .builtin(.negate, let operands): operands.allSatisfy(\.isConstant)
    default: false
    }
  }

  /// An operator's own value says nothing that the verdict does not say.
  fileprivate var isOperation: Bool {
    switch kind {
    case .and, .or, .isAbsent: true
    case .builtin(let builtin, _): builtin.isOperator
    case .comprehension: true
    default: false
    }
  }

  /// A place where a variable is read.
  fileprivate func local(_ slot: Int) -> CheckedExpression? {
    if case .local(slot) = kind { return self }
    for child in children {
      if let found = child.local(slot) { return found }
    }
    return nil
  }
}
