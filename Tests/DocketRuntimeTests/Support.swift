import DocketDiagnostics
import DocketRuntime
import DocketTime
import Testing

@testable import DocketSemantics

/// Builds checked trees by hand, as the checker would, and shows what they evaluate to.
final class Tree {
  var rulebook = CheckedRulebook()
  var limits = Limits()
  var instant: Instant?
  /// Fills the world before the first evaluation.
  var load: ((World) -> Void)?
  private(set) var evaluator: Evaluator?
  private var position = 0

  init(zone: Zone? = nil) { rulebook.zone = zone }

  // MARK: Nodes

  func node(_ kind: CheckedExpression.Kind, _ type: Type = .dyn) -> CheckedExpression {
    position += 1
    return CheckedExpression(
      kind, type: type, span: SourceSpan(file: FileID(index: 0), start: position, end: position + 1))
  }

  func pooled(_ constant: Constant) -> Int {
    // Swift's strings are equal when they look the same; CEL's when their code points are.
    if case .string = constant {} else if let index = rulebook.constants.firstIndex(of: constant) { return index }
    rulebook.constants.append(constant)
    return rulebook.constants.count - 1
  }

  func constant(_ constant: Constant, _ type: Type = .dyn) -> CheckedExpression {
    node(.constant(pooled(constant)), type)
  }
  func int(_ value: Int64) -> CheckedExpression { constant(.int(value), .int) }
  func uint(_ value: UInt64) -> CheckedExpression { constant(.uint(value), .uint) }
  func double(_ value: Double) -> CheckedExpression { constant(.double(.init(value)), .double) }
  func text(_ value: String) -> CheckedExpression { constant(.string(value), .string) }
  func bytes(_ value: [UInt8]) -> CheckedExpression { constant(.bytes(value), .bytes) }
  func bool(_ value: Bool) -> CheckedExpression { constant(.bool(value), .bool) }
  var null: CheckedExpression { constant(.null, .null) }
  func time(_ value: String) -> CheckedExpression { call(.toTimestamp, text(value)) }
  func span(_ value: String) -> CheckedExpression { call(.toDuration, text(value)) }
  func list(_ elements: CheckedExpression...) -> CheckedExpression {
    node(.list(elements.map { ($0, false) }), .list(.dyn))
  }
  func map(_ entries: (CheckedExpression, CheckedExpression)...) -> CheckedExpression {
    node(.map(entries.map { ($0.0, $0.1, false) }), .map(.dyn, .dyn))
  }
  func call(_ builtin: Builtin, _ arguments: CheckedExpression..., type: Type = .dyn) -> CheckedExpression {
    node(.builtin(builtin, arguments), type)
  }
  func local(_ slot: Int) -> CheckedExpression { node(.local(slot)) }
  func and(_ operands: CheckedExpression...) -> CheckedExpression { node(.and(operands), .bool) }
  func or(_ operands: CheckedExpression...) -> CheckedExpression { node(.or(operands), .bool) }
  func index(_ target: CheckedExpression, _ key: CheckedExpression, optional: Bool = false) -> CheckedExpression {
    node(.index(target, key, isOptional: optional))
  }
  func select(_ target: CheckedExpression, _ key: String, optional: Bool = false) -> CheckedExpression {
    node(.select(target, key: pooled(.string(key)), isOptional: optional))
  }
  func has(_ target: CheckedExpression, _ key: String) -> CheckedExpression {
    node(.hasKey(target, key: pooled(.string(key))), .bool)
  }
  func coalesce(_ a: CheckedExpression, _ b: CheckedExpression) -> CheckedExpression { node(.coalesce(a, b)) }
  func macro(
    _ kind: Comprehension.Kind, _ range: CheckedExpression, second: Bool = false, filter: CheckedExpression? = nil,
    _ body: CheckedExpression
  ) -> CheckedExpression {
    node(
      .comprehension(
        Comprehension(kind: kind, range: range, slot: 0, secondSlot: second ? 1 : nil, filter: filter, body: body)))
  }

  /// `1 / 0`, and another error that can be told from it.
  var divisionByZero: CheckedExpression { call(.divide, int(1), int(0)) }
  var overflow: CheckedExpression { call(.add, int(.max), int(1)) }

  // MARK: Evaluating

  func engine() -> Evaluator {
    if let evaluator, evaluator.rulebook.constants.count == rulebook.constants.count { return evaluator }
    let world = World(schema: rulebook.schema, heap: Heap())
    load?(world)
    let evaluator = Evaluator(rulebook: rulebook, world: world, limits: limits)
    evaluator.instant = instant
    self.evaluator = evaluator
    return evaluator
  }

  func value(_ expression: CheckedExpression, _ arguments: [Value] = []) -> Value {
    engine().evaluate(Body(expression: expression, slotCount: max(8, arguments.count)), arguments: arguments)
  }

  /// The value as a literal, an error by its message.
  func show(_ expression: CheckedExpression, _ arguments: [Value] = []) -> String {
    let value = value(expression, arguments)
    let engine = engine()
    return engine.heap.describe(value, schema: rulebook.schema, world: engine.world)
  }
}

func instant(_ text: String) throws -> Instant { try #require(Instant.parseRFC3339(text)) }
