/// The macros over lists and maps.

import DocketSemantics

extension Evaluator {
  func comprehend(_ macro: Comprehension, _ expression: CheckedExpression) -> Value {
    let range = value(of: macro.range)
    switch range {
    case .error: return range
    case .list, .map: break
    default: return fail(.noSuchOverload("\(typeName(range)).\(macro.kind.rawValue)"), at: expression)
    }
    switch macro.kind {
    case .all: return quantify(macro, range, deciding: false)
    case .exists: return quantify(macro, range, deciding: true)
    case .existsOne: return existsOne(macro, range)
    case .map, .transformList: return transformList(macro, range, expression)
    case .filter: return filter(macro, range, expression)
    case .transformMap, .transformMapEntry: return transformMap(macro, range, expression)
    case .sortBy: return sortBy(macro, range, expression)
    }
  }

  /// Visits the elements with the macro's variables set, until `body` gives a result.
  /// `body` gets the element that one variable would have: the element of a list, the key of a map.
  private func visit(_ macro: Comprehension, _ range: Value, _ body: (Value) -> Value?) -> Value? {
    switch range {
    case .list(let list):
      for index in 0..<Int(list.count) {
        guard charge(1) else { return failSteps() }
        let element = heap[list, index]
        if let second = macro.secondSlot {
          self[slot: macro.slot] = .int(Int64(index))
          self[slot: second] = element
        } else {
          self[slot: macro.slot] = element
        }
        if let result = body(element) { return result }
      }
    case .map(let reference):
      let map = heap[reference]
      for (key, value) in zip(map.keys, map.values) {
        guard charge(1) else { return failSteps() }
        self[slot: macro.slot] = key
        if let second = macro.secondSlot { self[slot: second] = value }
        if let result = body(key) { return result }
      }
    default: preconditionFailure("a list or a map")
    }
    return nil
  }

  /// `all` and `exists`: one deciding element wins over errors in others; else the first error is the result.
  private func quantify(_ macro: Comprehension, _ range: Value, deciding: Bool) -> Value {
    var firstError: Value?
    let decision = visit(macro, range) { _ in
      let errorCount = heap.errorCount
      let result = truth(of: macro.body)
      if case .bool(let bit) = result {
        if bit == deciding { return result }
      } else if firstError == nil {
        firstError = result
      } else {
        discardError(result, from: errorCount)
      }
      return nil
    }
    return decision ?? firstError ?? .bool(!deciding)
  }

  private func existsOne(_ macro: Comprehension, _ range: Value) -> Value {
    var count = 0
    let failure = visit(macro, range) { _ in
      let result = truth(of: macro.body)
      guard case .bool(let holds) = result else { return result }
      if holds { count += 1 }
      return nil
    }
    return failure ?? .bool(count == 1)
  }

  /// Whether the element passes the macro's own condition; the error where that fails.
  private func passes(_ macro: Comprehension) -> (Bool, Value?) {
    guard let filter = macro.filter else { return (true, nil) }
    let result = truth(of: filter)
    guard case .bool(let holds) = result else { return (false, result) }
    return (holds, nil)
  }

  private func transformList(_ macro: Comprehension, _ range: Value, _ expression: CheckedExpression) -> Value {
    var values: [Value] = []
    let failure = visit(macro, range) { _ in
      let (holds, error) = passes(macro)
      guard holds else { return error }
      let value = self.value(of: macro.body)
      if value.isError { return value }
      values.append(value)
      return nil
    }
    return failure ?? makeList(values, expression)
  }

  private func filter(_ macro: Comprehension, _ range: Value, _ expression: CheckedExpression) -> Value {
    var values: [Value] = []
    let failure = visit(macro, range) { element in
      let result = truth(of: macro.body)
      guard case .bool(let holds) = result else { return result }
      if holds { values.append(element) }
      return nil
    }
    return failure ?? makeList(values, expression)
  }

  private func transformMap(_ macro: Comprehension, _ range: Value, _ expression: CheckedExpression) -> Value {
    var builder = MapBuilder()
    let failure = visit(macro, range) { _ in
      let (holds, error) = passes(macro)
      guard holds else { return error }
      let value = self.value(of: macro.body)
      if value.isError { return value }
      if macro.kind == .transformMap {
        // A list's elements are keyed by their index.
        let key = self[slot: macro.slot]
        return builder.add(key, value).map { fail(problem($0, key), at: macro.body) }
      }
      guard case .map(let reference) = value else {
        return fail(.noSuchOverload("transformMapEntry gives a map, not \(typeName(value))"), at: macro.body)
      }
      let entries = heap[reference]
      for (key, value) in zip(entries.keys, entries.values) {
        if let problem = builder.add(key, value) { return fail(self.problem(problem, key), at: macro.body) }
      }
      return nil
    }
    return failure ?? makeMap(builder, expression)
  }

  /// By key, ties in their order; an absent key sorts last.
  private func sortBy(_ macro: Comprehension, _ range: Value, _ expression: CheckedExpression) -> Value {
    var pairs: [(key: Value, element: Value)] = []
    let failure = visit(macro, range) { element in
      let key = quietly(macro.body)
      if key.isError { return key }
      pairs.append((key, element))
      return nil
    }
    if let failure { return failure }
    return sorted(pairs, expression)
  }

  func sorted(_ pairs: [(key: Value, element: Value)], _ expression: CheckedExpression?) -> Value {
    let present = pairs.filter { !$0.key.isAbsent }
    // One order for all keys is checked first, so that sorting itself cannot fail.
    if let first = present.first {
      for (key, _) in present where heap.compare(first.key, key) == nil {
        return heap.error(
          .noSuchOverload("\(typeName(first.key)) and \(typeName(key)) have no order"),
          at: (expression ?? current)?.span)
      }
    }
    guard charge(pairs.count * 8) else { return failSteps() }
    let order = present.indices.sorted { left, right in
      switch heap.compare(present[left].key, present[right].key) {
      case .less: true
      case .greater: false
      case .equal: left < right
      default:
        // NaNs come last, so that the order is one.
        isNaN(present[left].key) != isNaN(present[right].key) ? isNaN(present[right].key) : left < right
      }
    }
    return makeList(order.map { present[$0].element } + pairs.filter(\.key.isAbsent).map(\.element), expression)
  }

  private func isNaN(_ value: Value) -> Bool {
    if case .double(let number) = value { number.isNaN } else { false }
  }
}
