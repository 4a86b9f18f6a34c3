/// `&&`, `||`, `?:` and bindings.

public import DocketSemantics

extension Evaluator {
  /// False wins over errors on either side; otherwise the leftmost error is the result.
  func conjunction(_ operands: [CheckedExpression]) -> Value { absorbing(operands, deciding: false) }

  func disjunction(_ operands: [CheckedExpression]) -> Value { absorbing(operands, deciding: true) }

  private func absorbing(_ operands: [CheckedExpression], deciding: Bool) -> Value {
    var firstError: Value?
    for operand in operands {
      let errorCount = heap.errorCount
      let result = truth(of: operand)
      if case .bool(let bit) = result {
        if bit == deciding { return result }
      } else if firstError == nil {
        firstError = result
      } else {
        discardError(result, from: errorCount)
      }
    }
    return firstError ?? .bool(!deciding)
  }

  /// The value of a condition: a bool or an error.
  public func truth(of expression: CheckedExpression) -> Value {
    let result = value(of: expression)
    switch result {
    case .bool, .error: return result
    default: return fail(.noSuchOverload("a condition is bool, not \(typeName(result))"), at: expression)
    }
  }

  func conditional(_ condition: CheckedExpression, _ then: CheckedExpression, _ otherwise: CheckedExpression) -> Value {
    let decision = truth(of: condition)
    guard case .bool(let holds) = decision else { return decision }
    return value(of: holds ? then : otherwise)
  }

  /// An error is bound too and counts where the name is read, as though the value were found only then (as cel-go does).
  func bind(_ slot: Int, _ bound: CheckedExpression, _ body: CheckedExpression) -> Value {
    self[slot: slot] = value(of: bound)
    return self.value(of: body)
  }

  /// Forgets an error that nobody will see, so that long loops do not collect them.
  func discardError(_ value: Value, from count: Int) {
    guard case .error(let reference) = value, Int(reference.index) >= count else { return }
    heap.discardErrors(from: count)
  }
}
