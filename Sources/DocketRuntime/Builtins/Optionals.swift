/// CEL's optional values.

import DocketSemantics
import DocketTime

extension Evaluator {
  func optionalOfNonZeroValue(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.optionalOfNonZeroValue, a) }
    return isZero(a[0]) ? .optionalNone : heap.some(a[0])
  }

  private func isZero(_ value: Value) -> Bool {
    switch value {
    case .null, .optionalNone: true
    case .bool(let bit): !bit
    case .int(let number): number == 0
    case .uint(let number): number == 0
    case .double(let number): number == 0
    case .string(let symbol), .bytes(let symbol): heap.symbols.byteCount(of: symbol) == 0
    case .list(let list): list.count == 0
    case .map(let map): heap[map].count == 0
    case .duration(let duration): duration == .zero
    case .timestamp(let instant): instant == .minimum
    default: false
    }
  }

  func hasValue(_ a: [Value]) -> Value {
    switch a.first {
    case .optionalSome? where a.count == 1: .bool(true)
    case .optionalNone? where a.count == 1: .bool(false)
    default: noSuchOverload(.hasValue, a)
    }
  }

  func optionalValue(_ a: [Value]) -> Value {
    switch a.first {
    case .optionalSome(let place)? where a.count == 1: heap.wrapped(place)
    case .optionalNone? where a.count == 1: fail(.invalidArgument("the optional is empty"))
    default: noSuchOverload(.value, a)
    }
  }

  /// `o.or(p)` and `o.orValue(x)`: the argument matters only where the receiver is empty.
  func optionalAlternative(
    _ builtin: Builtin, _ operands: [CheckedExpression], _ expression: CheckedExpression
  ) -> Value {
    let receiver = value(of: operands[0])
    switch receiver {
    case .error: return receiver
    case .optionalSome(let place): return builtin == .optionalOr ? receiver : heap.wrapped(place)
    default: break
    }
    let alternative = value(of: operands[1])
    if alternative.isError { return alternative }
    current = expression
    return optionalAlternative(builtin, [receiver, alternative])
  }

  func optionalAlternative(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 2 else { return noSuchOverload(builtin, a) }
    switch (a[0], builtin) {
    case (.optionalSome(let place), _): return builtin == .optionalOr ? a[0] : heap.wrapped(place)
    case (.optionalNone, .optionalOrValue): return a[1]
    case (.optionalNone, _):
      switch a[1] {
      case .optionalNone, .optionalSome: return a[1]
      default: return noSuchOverload(builtin, a)
      }
    default: return noSuchOverload(builtin, a)
    }
  }

  /// What the optionals of a list hold; empty ones are left out.
  func unwrap(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 1, case .list(let list) = a[0] else { return noSuchOverload(builtin, a) }
    var values: [Value] = []
    for index in 0..<Int(list.count) {
      switch heap[list, index] {
      case .optionalSome(let place): values.append(heap.wrapped(place))
      case .optionalNone: break
      default: return noSuchOverload(builtin, a)
      }
    }
    return makeList(values)
  }
}
