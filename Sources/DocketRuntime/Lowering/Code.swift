/// Lowered code: the form of an expression that runs.
///
/// It is the checked tree again, but of nodes that know at lowering what the tree evaluator asks at each visit: types, columns,
/// constants, bodies of functions. A node gives a `Value`, or as a condition a `Truth`, which needs no value to be made and
/// taken apart. What is rare is not lowered: `TreeCode` hands it back to the tree evaluator, which stays the reference. Both
/// give the same values and the same errors.

public import DocketSemantics

/// What a condition comes to. After `.failed` the error is in the evaluator's `failure`, until the next condition fails.
enum Truth: UInt8 {
  case no
  case yes
  case failed

  /// The bits are those of a bool: choosing between the cases would be a branch, and one that is hard to predict.
  @inline(__always) init(_ bit: Bool) { self = unsafeBitCast(bit, to: Truth.self) }
}

/// A node. Every one has `value`; those that are conditions by nature are a `Condition`.
class Code {
  /// What was lowered: for errors, and where they arise.
  final let expression: CheckedExpression

  init(_ expression: CheckedExpression) { self.expression = expression }

  /// Never `.absent`, like the tree evaluator's `value(of:)`.
  func value(_ evaluator: Evaluator, _ frame: Frame) -> Value { preconditionFailure("every node has a value") }

  func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    evaluator.verdict(value(evaluator, frame), expression)
  }

  /// `.absent` where a link of the chain is, like the tree evaluator's `quietly`.
  func quiet(_ evaluator: Evaluator, _ frame: Frame, missingKeys: Bool) -> Value {
    evaluator.asking({ value(evaluator, frame) }, missingKeys: missingKeys)
  }
}

class Condition: Code {
  final override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let truth = truth(evaluator, frame)
    return truth == .failed ? evaluator.failure : .bool(truth == .yes)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    preconditionFailure("every condition has a truth")
  }
}

extension Evaluator {
  @inline(__always) func verdict(_ value: Value, _ expression: CheckedExpression) -> Truth {
    if case .bool(let bit) = value { return Truth(bit) }
    return refusal(value, expression)
  }

  @inline(never) private func refusal(_ value: Value, _ expression: CheckedExpression) -> Truth {
    failure =
      value.isError ? value : fail(.noSuchOverload("a condition is bool, not \(typeName(value))"), at: expression)
    return .failed
  }

  /// Sets an error as what a condition came to.
  @inline(__always) func failing(_ error: Value) -> Truth {
    failure = error
    return .failed
  }
}

// MARK: - Bodies

/// An expression with its code.
public final class LoweredBody {
  public let expression: CheckedExpression
  public let slotCount: Int
  let code: Code
  /// Nested nodes, for the limit of depth.
  let height: Int
  /// Whether evaluating takes from a budget: it loops, calls, or makes text, lists or maps.
  let spends: Bool

  init(_ body: Body, code: Code, height: Int, spends: Bool) {
    expression = body.expression
    slotCount = body.slotCount
    self.code = code
    self.height = height
    self.spends = spends
  }
}

/// What an evaluator has lowered.
struct LoweredBodies {
  /// The bodies of functions and of the schema, by their place in the rulebook; `nil` until first needed.
  var functions: [LoweredBody?]
  var bodies: [LoweredBody?]
  /// Bodies that are being lowered: one that needs itself is left to the tree evaluator.
  var functionsUnderWay: Set<Int> = []
  var bodiesUnderWay: Set<Int> = []
  /// What `run` has met.
  let expressions = IdentityTable()

  init(_ rulebook: CheckedRulebook) {
    functions = rulebook.functions.map { _ in nil }
    bodies = rulebook.bodies.map { _ in nil }
  }
}

extension Evaluator {
  /// The code of a body; made once by whoever evaluates it often.
  public func lower(_ body: Body) -> LoweredBody { Lowering.lower(body, for: self) }

  /// The value of a lowered expression whose variables are in the current frame.
  public func evaluate(_ lowered: LoweredBody) -> Value { run(lowered, frame) }

  /// The value of a lowered body in a frame of its own.
  public func evaluate(_ lowered: LoweredBody, arguments: [Value]) -> Value {
    let caller = enter(slotCount: max(lowered.slotCount, arguments.count))
    defer { leave(to: caller) }
    for (slot, argument) in arguments.enumerated() { frame[slot] = argument }
    return run(lowered, frame)
  }

  /// The value of an expression of the current frame by its code, which is made when it is first evaluated and kept.
  public func run(_ expression: CheckedExpression) -> Value {
    body(of: expression)._withUnsafeGuaranteedRef { run($0, frame) }
  }

  /// The code of an expression; good until somebody listens or ceases to.
  @inline(__always) func body(of expression: CheckedExpression) -> Unmanaged<LoweredBody> {
    lowered.expressions[expression] ?? keep(expression)
  }

  @inline(never) private func keep(_ expression: CheckedExpression) -> Unmanaged<LoweredBody> {
    let made = lower(Body(expression: expression, slotCount: 0))
    lowered.expressions.insert(made)
    return .passUnretained(made)
  }

  /// `.absent` where `run` gives the error that something is absent.
  func quietly(lowered body: Unmanaged<LoweredBody>) -> Value {
    body._withUnsafeGuaranteedRef { body in
      body.spends ? asking { runSpending(body, frame) } : body.code.quiet(self, frame, missingKeys: false)
    }
  }

  @inline(__always) func run(_ body: LoweredBody, _ frame: Frame) -> Value {
    body.spends ? runSpending(body, frame) : body.code.value(self, frame)
  }

  private func runSpending(_ body: LoweredBody, _ frame: Frame) -> Value {
    if depth == 0 { begin() }
    guard depth + body.height <= limits.depth else { return value(of: body.expression) }
    depth += 1
    defer { depth -= 1 }
    return body.code.value(self, frame)
  }
}
