/// Constants, variables, and what is left to the tree evaluator.

import DocketSemantics

final class ConstantCode: Code {
  let constant: Value

  init(_ expression: CheckedExpression, _ constant: Value) {
    self.constant = constant
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value { constant }
}

final class LocalCode: Code {
  let slot: Int

  init(_ expression: CheckedExpression, slot: Int) {
    self.slot = slot
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let value = frame[slot]
    return value.isAbsent ? evaluator.present(value, expression) : value
  }

  override func quiet(_ evaluator: Evaluator, _ frame: Frame, missingKeys: Bool) -> Value { frame[slot] }
}

final class ExternalCode: Code {
  let index: Int

  init(_ expression: CheckedExpression, index: Int) {
    self.index = index
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let value = evaluator.boundValues[index]
    return value.isAbsent ? evaluator.variable(expression) : value
  }
}

/// `now` and calendars.
final class NameCode: Code {
  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value { evaluator.variable(expression) }
}

/// A part that is not lowered.
final class TreeCode: Code {
  /// Nodes above it in its body.
  let depth: Int

  init(_ expression: CheckedExpression, depth: Int) {
    self.depth = depth
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    // The body itself counts for one already.
    evaluator.depth += depth - 1
    defer { evaluator.depth -= depth - 1 }
    return evaluator.value(of: expression)
  }

  override func quiet(_ evaluator: Evaluator, _ frame: Frame, missingKeys: Bool) -> Value {
    evaluator.depth += depth - 1
    defer { evaluator.depth -= depth - 1 }
    return evaluator.quietly(expression, missingKeys: missingKeys)
  }
}

/// `cel.bind`
final class BindCode: Code {
  let slot: Int
  let bound: Code
  let body: Code

  init(_ expression: CheckedExpression, slot: Int, _ bound: Code, _ body: Code) {
    self.slot = slot
    self.bound = bound
    self.body = body
    super.init(expression)
  }

  /// An error is bound too and counts where the name is read.
  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    frame[slot] = bound.value(evaluator, frame)
    return body.value(evaluator, frame)
  }
}
