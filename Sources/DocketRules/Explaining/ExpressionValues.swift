/// The value of every part of an expression: the one way in which Docket shows why something is true or false.
///
/// It evaluates in the evaluator's current frame, so whoever asks has bound the variables.

import DocketDiagnostics
public import DocketRuntime
public import DocketSemantics

public final class ExpressionValues {
  private let engine: RuleEngine
  private var rows: [ValueNote] = []
  private var shown: Set<String> = []
  private var derivations = 0
  private static let derivationLimit = 4
  /// How loops are evaluated, for callers that keep books on what an expression calls.
  private let quietly: (() -> Value) -> Value

  public init(_ engine: RuleEngine, quietly: @escaping (() -> Value) -> Value = { $0() }) {
    self.engine = engine
    self.quietly = quietly
  }

  private var evaluator: Evaluator { engine.evaluator }

  /// Each part as written, with its value; from the outside to the inside and from left to right, constants left out.
  public func notes(of expression: CheckedExpression) -> [ValueNote] {
    rows = []
    shown = []
    if !expression.isOperation { show(expression) }
    parts(of: expression)
    return rows
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
    case .field(let target, let field) where expression.type == .bool:
      derivation(of: field, target)
      explain(target, isOperand: false)
    case .field, .hasField, .history, .versionBound, .resultField, .route, .sla, .function, .table:
      for child in expression.children { explain(child, isOperand: false) }
    default:
      for child in expression.children { explain(child, isOperand: true) }
    }
  }

  /// A condition that an entity names, such as `f.open`: what it is made of.
  private func derivation(of field: FieldReference, _ target: CheckedExpression) {
    guard case .derived(let index) = engine.rulebook.schema[field.entity].fields[field.index].kind,
      case .entity = evaluator.evaluate(target), derivations < Self.derivationLimit
    else { return }
    let record = evaluator.evaluate(target)
    let body = engine.rulebook.bodies[index]
    derivations += 1
    defer { derivations -= 1 }
    evaluator.withFrame(of: body.slotCount, arguments: [record]) { parts(of: body.expression) }
  }

  /// The first element for which `all` does not hold, with the parts of the condition.
  private func counterexample(_ comprehension: Comprehension) {
    guard comprehension.secondSlot == nil,
      case .list(let list) = quietly({ evaluator.evaluate(comprehension.range) })
    else { return }
    for element in Array(engine.heap[list]) {
      evaluator[slot: comprehension.slot] = element
      if case .bool(true) = quietly({ evaluator.evaluate(comprehension.body) }) { continue }
      if let name = comprehension.body.local(comprehension.slot) { add(source(name), element) }
      if !comprehension.body.isOperation { show(comprehension.body) }
      parts(of: comprehension.body)
      return
    }
  }

  private func show(_ expression: CheckedExpression) {
    let isLoop = if case .comprehension = expression.kind { true } else { false }
    let value = isLoop ? quietly { evaluator.evaluate(expression) } : evaluator.evaluate(expression)
    // What a rule gave is told apart, in words.
    if case .result = value { return }
    add(source(expression), value)
  }

  private func source(_ expression: CheckedExpression) -> String { engine.sourceText(expression.span).displaySafe }

  private func add(_ source: String, _ value: Value) {
    guard shown.insert(source).inserted else { return }
    rows.append(
      ValueNote(
        source: source, text: engine.shown(value).truncated(to: RuleEngine.shownWidth),
        json: value.isError ? "null" : engine.machine.json(value)))
  }
}

extension RuleEngine {
  static let shownWidth = 160
  private static let elementLimit = 8

  /// A value for people: as a formatted string shows it, but texts in quotation marks and lists in brackets.
  public func shown(_ value: Value) -> String { shown(value, depth: 0).displaySafe }

  private func shown(_ value: Value, depth: Int) -> String {
    guard depth < 4 else { return "…" }
    switch value {
    case .absent: return "absent"
    case .null: return "null"
    case .string: return heap.describe(value, schema: rulebook.schema)
    case .error(let reference):
      let error = heap[reference]
      if case .absent = error.kind { return "absent" }
      return "error: \(error.message)"
    case .list(let list):
      let elements = heap[list]
      if case .result? = elements.first { return "\(elements.count) results" }
      let listed = elements.prefix(Self.elementLimit).map { shown($0, depth: depth + 1) }
      let rest = elements.count > listed.count ? ["… \(elements.count) in all"] : []
      return "[" + (listed + rest).joined(separator: ", ") + "]"
    case .map(let reference):
      let map = heap[reference]
      let entries = zip(map.keys, map.values).prefix(Self.elementLimit).map {
        "\(shown($0, depth: depth + 1)): \(shown($1, depth: depth + 1))"
      }
      let rest = map.keys.count > entries.count ? ["… \(map.keys.count) in all"] : []
      return "{" + (entries + rest).joined(separator: ", ") + "}"
    case .optionalNone: return "nothing"
    case .optionalSome(let place): return shown(heap.wrapped(place), depth: depth + 1)
    default: return evaluator.display(value)
    }
  }

  /// A record as people call it: by its name and, where that is another, its key.
  public func shownRecord(_ reference: EntityReference) -> String {
    let key = keyText(reference).displaySafe
    let name = evaluator.display(.entity(reference)).displaySafe
    return name == key ? key : "\(name) (\(key))"
  }

  func place(_ span: SourceSpan) -> SourcePlace {
    let file = sources[span.file]
    return SourcePlace(path: file.path, line: file.location(of: Int(span.start)).line)
  }
}

extension CheckedExpression {
  /// A literal, perhaps with a sign.
  public var isConstant: Bool {
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
