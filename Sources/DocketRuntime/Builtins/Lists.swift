/// CEL's lists extension, and `sum`, `min` and `max`.

import DocketSemantics
import DocketTime

extension Evaluator {
  func slice(_ a: [Value]) -> Value {
    guard a.count == 3, case .list(let list) = a[0], case .int(let from) = a[1], case .int(let to) = a[2] else {
      return noSuchOverload(.slice, a)
    }
    guard from >= 0, to >= 0, from <= to, to <= Int64(list.count) else {
      return fail(.invalidArgument("a list of \(list.count) has no part from \(from) to \(to)"))
    }
    return .list(ListReference(start: list.start + UInt32(from), count: UInt32(to - from)))
  }

  func flatten(_ a: [Value]) -> Value {
    guard a.count == 1 || a.count == 2, case .list(let list) = a[0] else { return noSuchOverload(.flatten, a) }
    var depth: Int64 = 1
    if a.count == 2 {
      guard case .int(let given) = a[1] else { return noSuchOverload(.flatten, a) }
      guard given >= 0 else { return fail(.invalidArgument("the depth of flatten is negative")) }
      depth = given
    }
    var values: [Value] = []
    guard flatten(list, min(depth, Int64(Heap.nestingLimit)), into: &values) else { return failSteps() }
    return makeList(values)
  }

  private func flatten(_ list: ListReference, _ depth: Int64, into values: inout [Value]) -> Bool {
    guard charge(Int(list.count) + 1) else { return false }
    for index in 0..<Int(list.count) {
      if depth > 0, case .list(let inner) = heap[list, index] {
        guard flatten(inner, depth - 1, into: &values) else { return false }
      } else {
        values.append(heap[list, index])
      }
    }
    return true
  }

  /// Each element where it first stands; numbers of different types that are equal count as one.
  func distinct(_ a: [Value]) -> Value {
    guard a.count == 1, case .list(let list) = a[0] else { return noSuchOverload(.distinct, a) }
    var seen: Set<MapKey> = []
    var values: [Value] = []
    // What has no key, such as a list, is compared with all of its like.
    var others: [Value] = []
    for index in 0..<Int(list.count) {
      let element = heap[list, index]
      guard charge(1) else { return failSteps() }
      if let key = identity(of: element) {
        if seen.insert(key).inserted { values.append(element) }
        continue
      }
      var isNew = true
      for other in others where isNew {
        guard charge(1) else { return failSteps() }
        switch equality(element, other) {
        case .bool(let isEqual): isNew = !isEqual
        case let error: return error
        }
      }
      if isNew {
        values.append(element)
        others.append(element)
      }
    }
    return makeList(values)
  }

  /// What tells an element from all that are not equal to it; `nil` where it has to be compared.
  private func identity(of element: Value) -> MapKey? {
    guard case .entity(let reference) = element else { return MapKey(element) }
    return .record(entity: reference.entity, record: UInt32(world.record(of: reference)))
  }

  func sort(_ a: [Value]) -> Value {
    guard a.count == 1, case .list(let list) = a[0] else { return noSuchOverload(.sort, a) }
    return sorted(heap[list].map { ($0, $0) }, nil)
  }

  func range(_ a: [Value]) -> Value {
    guard a.count == 1, case .int(let count) = a[0] else { return noSuchOverload(.range, a) }
    guard count >= 0 else { return makeList([]) }
    guard count <= Int64(limits.elements) else {
      return fail(.limit("a list or map has more than \(limits.elements) elements"))
    }
    return makeList((0..<count).map { .int($0) })
  }

  func endOfList(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 1, case .list(let list) = a[0] else { return noSuchOverload(builtin, a) }
    guard list.count > 0 else { return .optionalNone }
    return heap.some(heap[list, builtin == .first ? 0 : Int(list.count) - 1])
  }

  // MARK: - Aggregates

  /// The sum of no numbers is the zero of the list's type.
  func sum(_ a: [Value]) -> Value {
    guard a.count == 1, case .list(let list) = a[0] else { return noSuchOverload(.sum, a) }
    guard list.count > 0 else {
      switch current?.type {
      case .double?: return .double(0)
      case .uint?: return .uint(0)
      case .duration?: return .duration(.zero)
      default: return .int(0)
      }
    }
    var total = heap[list, 0]
    switch total {
    case .int, .uint, .double, .duration: break
    default: return noSuchOverload(.sum, a)
    }
    for index in 1..<Int(list.count) {
      guard charge(1) else { return failSteps() }
      total = binary(.add, total, heap[list, index])
      if total.isError { return total }
    }
    return total
  }

  /// The first of the smallest or largest; of an empty list absent.
  func extremeOfList(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 1, case .list(let list) = a[0] else { return noSuchOverload(builtin, a) }
    guard list.count > 0 else {
      return fail(.absent(path: current.map { path(of: $0) } ?? "\(builtin.rawValue)()"))
    }
    var best = heap[list, 0]
    for index in 0..<Int(list.count) {
      guard charge(1) else { return failSteps() }
      guard let order = heap.compare(heap[list, index], best) else {
        return noSuchOverload(builtin, [heap[list, index], best])
      }
      if order == .unordered { return fail(.invalidArgument("NaN has no order")) }
      if order == (builtin == .minimum ? .less : .greater) { best = heap[list, index] }
    }
    return best
  }
}
