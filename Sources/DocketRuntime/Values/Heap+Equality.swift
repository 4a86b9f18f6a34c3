/// CEL's equality: deep, total, and blind to the type of a number.

public import DocketSemantics

extension Heap {
  /// Deeper nesting than any sensible value has; beyond it comparing gives up rather than overflow the stack.
  static let nestingLimit = 256

  /// Whether two values are equal; values of different types are not, except numbers. `nil` where they are nested too deeply,
  /// or where comparing them takes more than `budget` steps: shared parts make small values that are endless.
  ///
  /// `sameRecord` says whether two references show the same record; by default they are told apart by their rows.
  public func equals(
    _ a: Value, _ b: Value, budget: inout Int, depth: Int = 0,
    sameRecord: (EntityReference, EntityReference) -> Bool = { $0.row == $1.row }
  ) -> Bool? {
    switch (a, b) {
    case (.null, .null), (.absent, .absent), (.optionalNone, .optionalNone): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.int(let a), .int(let b)): return a == b
    case (.uint(let a), .uint(let b)): return a == b
    case (.double(let a), .double(let b)): return a == b
    case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .double), (.double, .int), (.double, .uint):
      return Numbers.compare(a, b) == 0
    case (.string(let a), .string(let b)), (.bytes(let a), .bytes(let b)): return a == b
    case (.timestamp(let a), .timestamp(let b)): return a == b
    case (.duration(let a), .duration(let b)): return a == b
    case (.date(let a), .date(let b)): return a == b
    case (.enumeration(let a), .enumeration(let b)): return a == b
    case (.entity(let a), .entity(let b)): return a.entity == b.entity && sameRecord(a, b)
    case (.calendar(let a), .calendar(let b)): return a == b
    case (.type(let a), .type(let b)): return type(at: a).erased == type(at: b).erased
    case (.result(let a), .result(let b)): return a == b
    case (.optionalSome, .optionalSome), (.list, .list), (.map, .map):
      guard depth < Heap.nestingLimit else { return nil }
      return partsAreEqual(a, b, &budget, depth + 1, sameRecord)
    default: return false
    }
  }

  private func partsAreEqual(
    _ a: Value, _ b: Value, _ budget: inout Int, _ depth: Int, _ sameRecord: (EntityReference, EntityReference) -> Bool
  ) -> Bool? {
    switch (a, b) {
    case (.optionalSome(let a), .optionalSome(let b)):
      return equals(wrapped(a), wrapped(b), budget: &budget, depth: depth, sameRecord: sameRecord)
    case (.list(let a), .list(let b)):
      guard a.count == b.count else { return false }
      for index in 0..<Int(a.count) {
        budget -= 1
        guard budget >= 0,
          let equal = equals(self[a, index], self[b, index], budget: &budget, depth: depth, sameRecord: sameRecord)
        else { return nil }
        if !equal { return false }
      }
      return true
    case (.map(let a), .map(let b)):
      let (left, right) = (self[a], self[b])
      guard left.count == right.count else { return false }
      for (key, value) in zip(left.keys, left.values) {
        budget -= 1
        guard let key = MapKey(key), let other = right[key] else { return false }
        guard budget >= 0, let equal = equals(value, other, budget: &budget, depth: depth, sameRecord: sameRecord)
        else {
          return nil
        }
        if !equal { return false }
      }
      return true
    default: return false
    }
  }
}

extension Type {
  /// The type as a value has it: without parameters.
  public var erased: Type {
    switch self {
    case .list: .list(.dyn)
    case .map: .map(.dyn, .dyn)
    case .optional: .optional(.dyn)
    case .type: .type(.dyn)
    default: self
    }
  }
}
