/// Lists, maps and optionals: making them, and reading keys and elements.

import DocketSemantics

extension Evaluator {
  // MARK: - Reading

  func select(_ target: CheckedExpression, key: Int, isOptional: Bool, _ expression: CheckedExpression) -> Value {
    reading(value(of: target), constants[key], isOptional: isOptional, expression)
  }

  func element(
    _ target: CheckedExpression, _ index: CheckedExpression, isOptional: Bool, _ expression: CheckedExpression
  ) -> Value {
    let target = value(of: target)
    if target.isError { return target }
    let index = value(of: index)
    if index.isError { return index }
    return reading(target, index, isOptional: isOptional, expression)
  }

  /// `target[key]`. Reading through an optional gives an optional, and so does `?`.
  func reading(_ target: Value, _ key: Value, isOptional: Bool, _ expression: CheckedExpression) -> Value {
    switch target {
    case .error, .optionalNone: return target
    case .optionalSome(let place):
      return reading(heap.wrapped(place), key, isOptional: true, expression)
    default: break
    }
    switch find(key, in: target, expression) {
    case .found(let value): return isOptional ? heap.some(value) : value
    case .missing(let error): return isOptional ? .optionalNone : fail(error, at: expression)
    case .failed(let error): return error
    }
  }

  private enum Finding {
    case found(Value)
    case missing(EvaluationError.Kind)
    case failed(Value)
  }

  private func find(_ key: Value, in target: Value, _ expression: CheckedExpression) -> Finding {
    switch target {
    case .map(let map):
      if let key = MapKey(key), let value = heap[map][key] { return .found(value) }
      return .missing(.noSuchKey(heap.describe(key, schema: schema, world: world)))
    case .list(let list):
      guard let index = Self.index(key) else {
        return .failed(fail(.invalidArgument("a list is indexed by int, not \(typeName(key))"), at: expression))
      }
      guard index >= 0, index < Int64(list.count) else { return .missing(.indexOutOfRange("\(index)")) }
      return .found(heap[list, Int(index)])
    case .entity(let reference):
      // Only where the type is not known before: otherwise the checker has found the field.
      guard case .string(let name) = key,
        let index = schema.entities[Int(reference.entity)].index(of: heap.text(name))
      else { return .missing(.noSuchField(heap.plainText(key, schema: schema, world: world))) }
      let field = FieldReference(entity: EntityID(index: Int(reference.entity)), index: index)
      let value = self.field(field, of: reference, expression)
      if value.isError { return .failed(value) }
      return value.isAbsent ? .missing(.absent(path: path(of: expression))) : .found(value)
    default:
      return .failed(fail(.noSuchOverload("\(typeName(target))[\(typeName(key))]"), at: expression))
    }
  }

  /// An integral number as the index of a list.
  static func index(_ value: Value) -> Int64? {
    switch value {
    case .int(let number): number
    case .uint(let number): Int64(clamping: number)
    case .double(let number): Int64(exactly: number)
    default: nil
    }
  }

  /// `has(m.k)`; through an optional, whether what it holds has the key.
  func hasKey(_ target: Value, _ key: Value, _ expression: CheckedExpression) -> Value {
    switch target {
    case .error: return target
    case .optionalNone: return .bool(false)
    case .optionalSome(let place): return hasKey(heap.wrapped(place), key, expression)
    case .map(let map): return .bool(MapKey(key).flatMap { heap[map][$0] } != nil)
    case .entity:
      switch find(key, in: target, expression) {
      case .found: return .bool(true)
      case .missing(.noSuchField(let name)): return fail(.noSuchField(name), at: expression)
      case .missing: return .bool(false)
      case .failed(let error): return error
      }
    default: return fail(.noSuchOverload("has(\(typeName(target)))"), at: expression)
    }
  }

  // MARK: - Making

  func list(_ elements: [(value: CheckedExpression, isOptional: Bool)], _ expression: CheckedExpression) -> Value {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for element in elements {
      let value = self.value(of: element.value)
      if value.isError { return value }
      switch (element.isOptional, value) {
      case (false, _): values.append(value)
      case (true, .optionalSome(let place)): values.append(heap.wrapped(place))
      case (true, .optionalNone): break
      case (true, _): return fail(.noSuchOverload("[?\(typeName(value))]"), at: element.value)
      }
    }
    return makeList(values, expression)
  }

  func map(
    _ entries: [(key: CheckedExpression, value: CheckedExpression, isOptional: Bool)], _ expression: CheckedExpression
  ) -> Value {
    var builder = MapBuilder()
    for entry in entries {
      let key = value(of: entry.key)
      if key.isError { return key }
      var value = self.value(of: entry.value)
      if value.isError { return value }
      if entry.isOptional {
        switch value {
        case .optionalSome(let place): value = heap.wrapped(place)
        case .optionalNone: continue
        default: return fail(.noSuchOverload("{?…: \(typeName(value))}"), at: entry.value)
        }
      }
      if let problem = builder.add(key, value) { return fail(self.problem(problem, key), at: entry.key) }
    }
    return makeMap(builder, expression)
  }

  func problem(_ problem: MapBuilder.Problem, _ key: Value) -> EvaluationError.Kind {
    switch problem {
    case .notAKey: .invalidArgument("\(typeName(key)) cannot be the key of a map")
    case .repeated: .invalidArgument("a map has the key \(heap.describe(key, schema: schema, world: world)) twice")
    }
  }

  func makeList(_ values: [Value], _ expression: CheckedExpression? = nil) -> Value {
    guard values.count <= limits.elements, charge(values.count / 16) else { return failElements(expression) }
    guard !isHeapExhausted else { return failHeap(expression) }
    return heap.list(values)
  }

  func makeMap(_ builder: MapBuilder, _ expression: CheckedExpression? = nil) -> Value {
    guard builder.keys.count <= limits.elements, charge(builder.keys.count / 4) else { return failElements(expression) }
    guard !isHeapExhausted else { return failHeap(expression) }
    return heap.map(MapStorage(keys: builder.keys, values: builder.values))
  }

  func makeText(_ bytes: [UInt8]) -> Value {
    if let problem = textProblem(bytes.count) { return problem }
    return heap.string(bytes)
  }

  func makeText(_ text: BoundedText) -> Value {
    if text.isFull { return fail(.limit("a text has more than \(limits.textBytes) bytes")) }
    return makeText(text.bytes)
  }

  func makeBytes(_ bytes: [UInt8]) -> Value {
    if let problem = textProblem(bytes.count) { return problem }
    return heap.bytes(bytes)
  }

  /// The error for a text that would have so many bytes.
  func textProblem(_ count: Int) -> Value? {
    guard count <= limits.textBytes else { return fail(.limit("a text has more than \(limits.textBytes) bytes")) }
    guard charge(count / 64) else { return failSteps() }
    return isHeapExhausted ? failHeap(nil) : nil
  }

  private func failElements(_ expression: CheckedExpression?) -> Value {
    heap.error(
      stepsLeft < 0 || isCancelled
        ? stepsProblem
        : .limit("a list or map has more than \(limits.elements) elements"), at: (expression ?? current)?.span)
  }

  private func failHeap(_ expression: CheckedExpression?) -> Value {
    heap.error(.limit("the evaluation needs more than \(limits.heapBytes) bytes"), at: (expression ?? current)?.span)
  }

  // MARK: - Optionals

  func optionalMap(
    _ receiver: CheckedExpression, slot: Int, body: CheckedExpression, isFlat: Bool, _ expression: CheckedExpression
  ) -> Value {
    let receiver = value(of: receiver)
    switch receiver {
    case .error, .optionalNone: return receiver
    case .optionalSome(let place):
      self[slot: slot] = heap.wrapped(place)
      let value = self.value(of: body)
      if value.isError { return value }
      guard isFlat else { return heap.some(value) }
      switch value {
      case .optionalNone, .optionalSome: return value
      default: return fail(.noSuchOverload("optFlatMap gives an optional, not \(typeName(value))"), at: body)
      }
    default:
      return fail(.noSuchOverload("\(typeName(receiver)).optMap"), at: expression)
    }
  }
}

/// Entries of a map that is being made.
struct MapBuilder {
  enum Problem {
    case notAKey, repeated
  }
  private(set) var keys: [Value] = []
  private(set) var values: [Value] = []
  private var seen: Set<MapKey> = []

  mutating func add(_ key: Value, _ value: Value) -> Problem? {
    guard MapKey.isKey(key), let identity = MapKey(key) else { return .notAKey }
    guard seen.insert(identity).inserted else { return .repeated }
    keys.append(key)
    values.append(value)
    return nil
  }
}
