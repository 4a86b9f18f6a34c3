/// `&&`, `||`, `!` and `?:`.

import DocketSemantics

/// Something that is not a condition by nature where a bool is wanted.
final class ConditionCode: Condition {
  private let operand: Code

  init(_ expression: CheckedExpression, _ operand: Code) {
    self.operand = operand
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth { operand.truth(evaluator, frame) }
}

final class AndCode: Condition {
  private let left: Code
  private let right: Code

  init(_ expression: CheckedExpression, _ left: Code, _ right: Code) {
    self.left = left
    self.right = right
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    switch left.truth(evaluator, frame) {
    case .no: .no
    case .yes: right.truth(evaluator, frame)
    case .failed: evaluator.absorb(right, deciding: .no, frame)
    }
  }
}

final class OrCode: Condition {
  private let left: Code
  private let right: Code

  init(_ expression: CheckedExpression, _ left: Code, _ right: Code) {
    self.left = left
    self.right = right
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    switch left.truth(evaluator, frame) {
    case .yes: .yes
    case .no: right.truth(evaluator, frame)
    case .failed: evaluator.absorb(right, deciding: .yes, frame)
    }
  }
}

extension Evaluator {
  /// The other side of a condition that failed: it decides, or the error stays the one there is.
  @inline(never) fileprivate func absorb(_ other: Code, deciding: Truth, _ frame: Frame) -> Truth {
    let first = failure
    let errorCount = heap.errors.count
    let truth = other.truth(self, frame)
    if truth == deciding { return truth }
    if truth == .failed { discardError(failure, from: errorCount) }
    return failing(first)
  }
}

final class NotCode: Condition {
  private let operand: Code
  private let isCondition: Bool

  init(_ expression: CheckedExpression, _ operand: Code) {
    self.operand = operand
    isCondition = operand is Condition
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    if isCondition {
      switch operand.truth(evaluator, frame) {
      case .no: return .yes
      case .yes: return .no
      case .failed: return .failed
      }
    }
    let value = operand.value(evaluator, frame)
    if case .bool(let bit) = value { return Truth(!bit) }
    if value.isError { return evaluator.failing(value) }
    evaluator.current = expression
    return evaluator.failing(evaluator.not([value]))
  }
}

final class ConditionalCode: Code {
  private let condition: Code
  private let then: Code
  private let otherwise: Code

  init(_ expression: CheckedExpression, _ condition: Code, _ then: Code, _ otherwise: Code) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    switch condition.truth(evaluator, frame) {
    case .yes: then.value(evaluator, frame)
    case .no: otherwise.value(evaluator, frame)
    case .failed: evaluator.failure
    }
  }
}
