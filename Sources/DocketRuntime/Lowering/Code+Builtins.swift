/// Operators and functions. The usual kinds of operands are handled here; everything else is what the builtin says.

import DocketSemantics

/// `==`, `<` and their like, and `in`, of two values.
final class RelationCode: Condition {
  private let builtin: Builtin
  private let left: Code
  private let right: Code

  init(_ expression: CheckedExpression, _ builtin: Builtin, _ left: Code, _ right: Code) {
    self.builtin = builtin
    self.left = left
    self.right = right
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    let left = left.value(evaluator, frame)
    if left.isError { return evaluator.failing(left) }
    let right = right.value(evaluator, frame)
    switch (left, right) {
    case (_, .error): return evaluator.failing(right)
    case (.int(let a), .int(let b)):
      if let holds = relation(a, b) { return Truth(holds) }
    case (.double(let a), .double(let b)):
      if let holds = relation(a, b) { return Truth(holds) }
    case (.string(let a), .string(let b)):
      if builtin == .equal { return Truth(a == b) }
      if builtin == .notEqual { return Truth(a != b) }
    case (.enumeration(let a), .enumeration(let b)) where a.type == b.type:
      if let holds = relation(a.ordinal, b.ordinal) { return Truth(holds) }
    default: break
    }
    evaluator.current = expression
    return evaluator.verdict(evaluator.binary(builtin, left, right), expression)
  }

  @inline(__always) private func relation<T: Comparable>(_ a: T, _ b: T) -> Bool? {
    switch builtin {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    default: nil
    }
  }
}

final class ArithmeticCode: Code {
  private let builtin: Builtin
  private let left: Code
  private let right: Code

  init(_ expression: CheckedExpression, _ builtin: Builtin, _ left: Code, _ right: Code) {
    self.builtin = builtin
    self.left = left
    self.right = right
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let left = left.value(evaluator, frame)
    if left.isError { return left }
    let right = right.value(evaluator, frame)
    switch (left, right) {
    case (_, .error): return right
    case (.int(let a), .int(let b)):
      if let result = result(a, b) { return .int(result) }
    case (.double(let a), .double(let b)):
      switch builtin {
      case .add: return .double(a + b)
      case .subtract: return .double(a - b)
      case .multiply: return .double(a * b)
      case .divide: return .double(a / b)
      default: break
      }
    default: break
    }
    evaluator.current = expression
    return evaluator.binary(builtin, left, right)
  }

  /// `nil` where there is none, and an error is due.
  @inline(__always) private func result(_ a: Int64, _ b: Int64) -> Int64? {
    let result: (partialValue: Int64, overflow: Bool)
    switch builtin {
    case .add: result = a.addingReportingOverflow(b)
    case .subtract: result = a.subtractingReportingOverflow(b)
    case .multiply: result = a.multipliedReportingOverflow(by: b)
    case .divide: result = a.dividedReportingOverflow(by: b)
    default: result = a.remainderReportingOverflow(dividingBy: b)
    }
    return result.overflow ? nil : result.partialValue
  }
}

final class SizeCode: Code {
  private let operand: Code

  init(_ expression: CheckedExpression, _ operand: Code) {
    self.operand = operand
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let value = operand.value(evaluator, frame)
    switch value {
    case .error: return value
    case .list(let list): return .int(Int64(list.count))
    default:
      evaluator.current = expression
      return evaluator.size([value])
    }
  }
}

/// `o.or(p)` and `o.orValue(x)`
final class AlternativeCode: Code {
  private let builtin: Builtin
  private let receiver: Code
  private let alternative: Code

  init(_ expression: CheckedExpression, _ builtin: Builtin, _ receiver: Code, _ alternative: Code) {
    self.builtin = builtin
    self.receiver = receiver
    self.alternative = alternative
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let receiver = receiver.value(evaluator, frame)
    switch receiver {
    case .error: return receiver
    case .optionalSome(let place): return builtin == .optionalOr ? receiver : evaluator.heap.wrapped(place)
    default: break
    }
    let alternative = alternative.value(evaluator, frame)
    if alternative.isError { return alternative }
    evaluator.current = expression
    return evaluator.optionalAlternative(builtin, [receiver, alternative])
  }
}

/// Any other builtin.
final class BuiltinCode: Code {
  private let builtin: Builtin
  private let operands: [Code]
  /// Nodes above it in its body: a builtin may read computed fields.
  private let depth: Int

  init(_ expression: CheckedExpression, _ builtin: Builtin, _ operands: [Code], depth: Int) {
    self.builtin = builtin
    self.operands = operands
    self.depth = depth
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    var arguments: [Value] = []
    arguments.reserveCapacity(operands.count)
    for operand in operands {
      let value = operand.value(evaluator, frame)
      if value.isError { return value }
      arguments.append(value)
    }
    evaluator.current = expression
    evaluator.depth += depth
    defer { evaluator.depth -= depth }
    return evaluator.call(builtin, arguments)
  }
}

/// A function of the rulebook.
final class FunctionCode: Code {
  private let index: Int
  private let arguments: [Code]
  private let body: LoweredBody
  private let depth: Int

  init(_ expression: CheckedExpression, _ index: Int, _ arguments: [Code], _ body: LoweredBody, depth: Int) {
    self.index = index
    self.arguments = arguments
    self.body = body
    self.depth = depth
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let function = evaluator.rulebook.functions[index]
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    for (argument, parameter) in zip(arguments, function.parameters) {
      let value = self.value(of: argument, parameter.type, isOptional: parameter.isOptional, evaluator, frame)
      if value.isError { return value }
      values.append(value)
    }
    evaluator.depth += depth
    defer { evaluator.depth -= depth }
    let caller = evaluator.enter(slotCount: max(body.slotCount, values.count))
    for (slot, value) in values.enumerated() { evaluator.frame[slot] = value }
    let result = evaluator.run(body, evaluator.frame)
    evaluator.leave(to: caller)
    if function.resultIsOptional, case .null = result {
      return evaluator.fail(.absent(path: evaluator.path(of: expression)), at: expression)
    }
    return result
  }

  /// What the tree evaluator calls an argument.
  private func value(
    of argument: Code, _ type: Type, isOptional: Bool, _ evaluator: Evaluator, _ frame: Frame
  ) -> Value {
    var value = isOptional ? argument.quiet(evaluator, frame, missingKeys: false) : argument.value(evaluator, frame)
    if isOptional, case .null = value { value = .absent }
    if case .entity(let wanted) = type, evaluator.schema[wanted].base != nil, argument.expression.type != type,
      case .entity(let record) = value
    {
      evaluator.depth += depth
      defer { evaluator.depth -= depth }
      return evaluator.admitted(record, to: wanted, argument.expression)
    }
    return value
  }
}
