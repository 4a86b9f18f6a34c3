/// Lists, maps and optionals: reading and making them.

import DocketSemantics

/// `m.k` and `m.?k`
final class SelectCode: Code {
  private let target: Code
  private let key: Value
  private let name: Symbol?
  private let isOptional: Bool

  init(_ expression: CheckedExpression, _ target: Code, key: Value, isOptional: Bool) {
    self.target = target
    self.key = key
    if case .string(let symbol) = key { name = symbol } else { name = nil }
    self.isOptional = isOptional
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let target = target.value(evaluator, frame)
    if !isOptional, let name, case .map(let map) = target, let value = evaluator.heap.value(at: name, in: map) {
      return value
    }
    return evaluator.reading(target, key, isOptional: isOptional, expression)
  }
}

/// `m[k]` and `m[?k]`
final class ElementCode: Code {
  private let target: Code
  private let index: Code
  private let isOptional: Bool

  init(_ expression: CheckedExpression, _ target: Code, _ index: Code, isOptional: Bool) {
    self.target = target
    self.index = index
    self.isOptional = isOptional
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let target = target.value(evaluator, frame)
    if target.isError { return target }
    let index = index.value(evaluator, frame)
    switch (target, index) {
    case (_, .error): return index
    case (.list(let list), .int(let place)) where !isOptional && place >= 0 && place < Int64(list.count):
      return evaluator.heap[list, Int(place)]
    case (.map(let map), .string(let name)) where !isOptional:
      if let value = evaluator.heap.value(at: name, in: map) { return value }
    default: break
    }
    return evaluator.reading(target, index, isOptional: isOptional, expression)
  }
}

/// `has(m.k)`
final class HasKeyCode: Condition {
  private let target: Code
  private let key: Value
  private let name: Symbol?

  init(_ expression: CheckedExpression, _ target: Code, key: Value) {
    self.target = target
    self.key = key
    if case .string(let symbol) = key { name = symbol } else { name = nil }
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    let target = target.value(evaluator, frame)
    if let name, case .map(let map) = target { return Truth(evaluator.heap.value(at: name, in: map) != nil) }
    return evaluator.verdict(evaluator.hasKey(target, key, expression), expression)
  }
}

// MARK: - Making

final class ListCode: Code {
  private let elements: [(code: Code, isOptional: Bool)]

  init(_ expression: CheckedExpression, _ elements: [(Code, Bool)]) {
    self.elements = elements
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for element in elements {
      let value = element.code.value(evaluator, frame)
      switch (element.isOptional, value) {
      case (_, .error): return value
      case (false, _): values.append(value)
      case (true, .optionalSome(let place)): values.append(evaluator.heap.wrapped(place))
      case (true, .optionalNone): break
      case (true, _):
        return evaluator.fail(.noSuchOverload("[?\(evaluator.typeName(value))]"), at: element.code.expression)
      }
    }
    return evaluator.makeList(values, expression)
  }
}

final class MapCode: Code {
  private let entries: [(key: Code, value: Code, isOptional: Bool)]

  init(_ expression: CheckedExpression, _ entries: [(Code, Code, Bool)]) {
    self.entries = entries
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    var builder = MapBuilder()
    for entry in entries {
      let key = entry.key.value(evaluator, frame)
      if key.isError { return key }
      var value = entry.value.value(evaluator, frame)
      if value.isError { return value }
      if entry.isOptional {
        switch value {
        case .optionalSome(let place): value = evaluator.heap.wrapped(place)
        case .optionalNone: continue
        default:
          return evaluator.fail(.noSuchOverload("{?…: \(evaluator.typeName(value))}"), at: entry.value.expression)
        }
      }
      if let problem = builder.add(key, value) {
        return evaluator.fail(evaluator.problem(problem, key), at: entry.key.expression)
      }
    }
    return evaluator.makeMap(builder, expression)
  }
}

/// `o.optMap(x, e)` and `o.optFlatMap(x, e)`
final class OptionalMapCode: Code {
  private let receiver: Code
  private let slot: Int
  private let body: Code
  private let isFlat: Bool

  init(_ expression: CheckedExpression, _ receiver: Code, slot: Int, _ body: Code, isFlat: Bool) {
    self.receiver = receiver
    self.slot = slot
    self.body = body
    self.isFlat = isFlat
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let receiver = receiver.value(evaluator, frame)
    switch receiver {
    case .error, .optionalNone: return receiver
    case .optionalSome(let place):
      frame[slot] = evaluator.heap.wrapped(place)
      let value = body.value(evaluator, frame)
      if value.isError { return value }
      guard isFlat else { return evaluator.heap.some(value) }
      switch value {
      case .optionalNone, .optionalSome: return value
      default:
        return evaluator.fail(
          .noSuchOverload("optFlatMap gives an optional, not \(evaluator.typeName(value))"), at: body.expression)
      }
    default:
      return evaluator.fail(.noSuchOverload("\(evaluator.typeName(receiver)).optMap"), at: expression)
    }
  }
}
