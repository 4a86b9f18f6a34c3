/// Arithmetic, comparison and `in`. Integers are checked, doubles follow IEEE 754.

import DocketSemantics
import DocketTime

extension Evaluator {
  func binary(_ builtin: Builtin, _ a: Value, _ b: Value) -> Value {
    switch builtin {
    case .equal: return equality(a, b)
    case .notEqual:
      let equal = equality(a, b)
      guard case .bool(let bit) = equal else { return equal }
      return .bool(!bit)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return comparison(builtin, a, b)
    case .contained: return contained(a, b)
    default: break
    }
    switch (a, b) {
    case (.int(let a), .int(let b)): return integer(builtin, a, b) { .int($0) }
    case (.uint(let a), .uint(let b)): return integer(builtin, a, b) { .uint($0) }
    case (.double(let x), .double(let y)):
      switch builtin {
      case .add: return .double(x + y)
      case .subtract: return .double(x - y)
      case .multiply: return .double(x * y)
      case .divide: return .double(x / y)
      default: return noSuchOverload(builtin, [a, b])
      }
    case (.string, .string), (.bytes, .bytes), (.list, .list):
      return builtin == .add ? concatenate(a, b) : noSuchOverload(builtin, [a, b])
    default: return temporal(builtin, a, b)
    }
  }

  // MARK: - Equality and order

  func equality(_ a: Value, _ b: Value) -> Value {
    if let equal = heap.equals(a, b, budget: &stepsLeft, sameRecord: isSameRecord) { return .bool(equal) }
    if stepsLeft < 0 { return failSteps() }
    return fail(.limit("values nested more than \(Heap.nestingLimit) deep cannot be compared"))
  }

  /// Versions of one record are the same record.
  func isSameRecord(_ a: EntityReference, _ b: EntityReference) -> Bool {
    a.row == b.row || world.record(of: a) == world.record(of: b)
  }

  func comparison(_ builtin: Builtin, _ a: Value, _ b: Value) -> Value {
    guard let order = heap.compare(a, b) else { return noSuchOverload(builtin, [a, b]) }
    switch builtin {
    case .less: return .bool(order == .less)
    case .lessOrEqual: return .bool(order == .less || order == .equal)
    case .greater: return .bool(order == .greater)
    default: return .bool(order == .greater || order == .equal)
    }
  }

  private func contained(_ element: Value, _ range: Value) -> Value {
    switch range {
    case .list(let list):
      for index in 0..<Int(list.count) {
        guard charge(1) else { return failSteps() }
        let equal = equality(element, heap[list, index])
        guard case .bool(false) = equal else { return equal }
      }
      return .bool(false)
    case .map(let map):
      return .bool(MapKey(element).flatMap { heap[map][$0] } != nil)
    default:
      return noSuchOverload(.contained, [element, range])
    }
  }

  // MARK: - Arithmetic

  private func integer<T: FixedWidthInteger>(_ builtin: Builtin, _ a: T, _ b: T, _ wrap: (T) -> Value) -> Value {
    let result: (partialValue: T, overflow: Bool)
    switch builtin {
    case .add: result = a.addingReportingOverflow(b)
    case .subtract: result = a.subtractingReportingOverflow(b)
    case .multiply: result = a.multipliedReportingOverflow(by: b)
    case .divide:
      guard b != 0 else { return fail(.divisionByZero) }
      result = a.dividedReportingOverflow(by: b)
    default:
      guard b != 0 else { return fail(.modulusByZero) }
      result = a.remainderReportingOverflow(dividingBy: b)
    }
    return result.overflow ? fail(.overflow) : wrap(result.partialValue)
  }

  func negate(_ a: [Value]) -> Value {
    switch a.first {
    case .int(let number)? where a.count == 1:
      let (result, overflow) = (0 as Int64).subtractingReportingOverflow(number)
      return overflow ? fail(.overflow) : .int(result)
    case .double(let number)? where a.count == 1: return .double(-number)
    case .duration(let duration)? where a.count == 1: return .duration(duration.negated)
    default: return noSuchOverload(.negate, a)
    }
  }

  func not(_ a: [Value]) -> Value {
    if a.count == 1, case .bool(let bit) = a[0] { .bool(!bit) } else { noSuchOverload(.not, a) }
  }

  private func concatenate(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.string(let a), .string(let b)): concatenated(a, b, makeText)
    case (.bytes(let a), .bytes(let b)): concatenated(a, b, makeBytes)
    case (.list(let a), .list(let b)):
      if a.count == 0 { .list(b) } else if b.count == 0 { .list(a) } else { makeList(Array(heap[a]) + Array(heap[b])) }
    default: noSuchOverload(.add, [a, b])
    }
  }

  private func concatenated(_ a: Symbol, _ b: Symbol, _ make: ([UInt8]) -> Value) -> Value {
    if let problem = textProblem(heap.symbols.byteCount(of: a) + heap.symbols.byteCount(of: b)) { return problem }
    return make(bytes(a) + bytes(b))
  }

  // MARK: - Instants and durations

  private func temporal(_ builtin: Builtin, _ a: Value, _ b: Value) -> Value {
    func instant(_ result: Instant?) -> Value { result.map { .timestamp($0) } ?? fail(.overflow) }
    func duration(_ result: TimeDuration?) -> Value { result.map { .duration($0) } ?? fail(.overflow) }
    switch (builtin, a, b) {
    case (.add, .timestamp(let a), .duration(let b)): return instant(a.adding(b))
    case (.add, .duration(let a), .timestamp(let b)): return instant(b.adding(a))
    case (.add, .duration(let a), .duration(let b)): return duration(a.adding(b))
    case (.subtract, .timestamp(let a), .timestamp(let b)): return duration(a.subtracting(b))
    case (.subtract, .timestamp(let a), .duration(let b)): return instant(a.subtracting(b))
    case (.subtract, .duration(let a), .duration(let b)): return duration(a.subtracting(b))
    case (.multiply, .duration(let a), .int(let b)), (.multiply, .int(let b), .duration(let a)):
      return duration(a.multiplied(by: b))
    case (.multiply, .duration(let a), .double(let b)), (.multiply, .double(let b), .duration(let a)):
      return duration(a.multiplied(by: b))
    case (.divide, .duration(let a), .int(let b)):
      return b == 0 ? fail(.divisionByZero) : duration(a.divided(by: b))
    case (.divide, .duration(let a), .double(let b)):
      return b == 0 ? fail(.divisionByZero) : duration(a.divided(by: b))
    case (.divide, .duration(let a), .duration(let b)):
      return a.ratio(to: b).map { .double($0) } ?? fail(.divisionByZero)
    default: return noSuchOverload(builtin, [a, b])
    }
  }
}
