/// Type inference within one body: fresh variables for the type parameters of signatures and of empty literals, bound as
/// arguments are seen. The rules of what fits what are CEL's (cel-spec, "Type Checking"; gradual through `dyn`), with views
/// fitting their entity and the other way round.

struct Inference {
  private var bindings: [Int: Type] = [:]
  /// What was bound over what, so that an attempt can be undone without a copy of all that is known: a chain of n comparisons
  /// binds n variables.
  private var trail: [(variable: Int, before: Type?)] = []
  private var nextVariable = 1_000

  mutating func fresh() -> Type {
    nextVariable += 1
    return .parameter(nextVariable)
  }

  /// The signature's parameters replaced by fresh variables, the same one for the same parameter.
  mutating func instantiate(_ overload: Overload) -> Overload {
    var renamed: [Int: Type] = [:]
    var result = overload
    for type in overload.parameters + [overload.result] {
      _ = type.mapped { index in
        if renamed[index] == nil { renamed[index] = fresh() }
        return .dyn
      }
    }
    result.parameters = overload.parameters.map { $0.mapped { renamed[$0] ?? .dyn } }
    result.result = overload.result.mapped { renamed[$0] ?? .dyn }
    return result
  }

  /// The type with every bound variable replaced; unbound ones stay, or become `dyn` in the end.
  func resolve(_ type: Type, final: Bool = false) -> Type {
    type.mapped { index in
      if let bound = bindings[index] { return resolve(bound, final: final) }
      return final ? .dyn : .parameter(index)
    }
  }

  /// Whether `actual` fits where `expected` is wanted; binds variables only when it does.
  mutating func fits(_ actual: Type, _ expected: Type, _ schema: Schema) -> Bool {
    attempt { $0.assign(actual, expected, schema) }
  }

  /// Whether all fit together.
  mutating func fits(_ actual: [Type], _ expected: [Type], _ schema: Schema) -> Bool {
    guard actual.count == expected.count else { return false }
    return attempt { inference in
      for (a, e) in zip(actual, expected) where !inference.assign(a, e, schema) { return false }
      return true
    }
  }

  /// Leaves no trace of what fails.
  private mutating func attempt(_ work: (inout Inference) -> Bool) -> Bool {
    trail.removeAll(keepingCapacity: true)
    if work(&self) { return true }
    for (variable, before) in trail.reversed() { bindings[variable] = before }
    return false
  }

  private mutating func set(_ variable: Int, to type: Type) {
    trail.append((variable, bindings[variable]))
    bindings[variable] = type
  }

  /// The common type of two branches or elements: the more general of two that fit, else `nil`.
  mutating func join(_ a: Type, _ b: Type, _ schema: Schema) -> Type? {
    if fits(a, b, schema) { return mostGeneral(a, b, schema) }
    switch (a, b) {
    case (.result(let a), .result(let b)): return a.joined(b).map { .result($0) }
    // A list of one rule's results beside a list of another's.
    case (.list(.result(let a)), .list(.result(let b))): return a.joined(b).map { .list(.result($0)) }
    default: return nil
    }
  }

  // MARK: - Rules

  private mutating func assign(_ a: Type, _ b: Type, _ schema: Schema) -> Bool {
    if case .parameter(let variable) = b {
      let (isValid, wasBound) = bind(variable, to: a, schema)
      if isValid { return true }
      if wasBound { return false }
    }
    if case .parameter(let variable) = a { return bind(variable, to: b, schema).isValid }
    if a.isUnknown || b.isUnknown { return true }
    if a == .null { return Self.isNullable(b) }
    if b == .null { return Self.isNullable(a) }
    switch (a, b) {
    case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)): return assign(a, b, schema)
    case (.map(let aKey, let aValue), .map(let bKey, let bValue)):
      return assign(aKey, bKey, schema) && assign(aValue, bValue, schema)
    case (.type, .type): return true
    case (.abstract(let a, let aParameters), .abstract(let b, let bParameters)):
      guard a == b, aParameters.count == bParameters.count else { return false }
      for (a, b) in zip(aParameters, bParameters) where !assign(a, b, schema) { return false }
      return true
    case (.entity(let a), .entity(let b)): return schema.base(of: a) == schema.base(of: b)
    default: return a == b
    }
  }

  private mutating func bind(_ variable: Int, to type: Type, _ schema: Schema) -> (isValid: Bool, wasBound: Bool) {
    if type == .parameter(variable) { return (true, true) }
    if let bound = bindings[variable] {
      if bound == type { return (true, true) }
      guard assign(type, bound, schema) else { return (false, true) }
      let general = mostGeneral(type, bound, schema)
      if !occurs(variable, in: general) { set(variable, to: general) }
      return (true, true)
    }
    guard !occurs(variable, in: type) else { return (false, false) }
    set(variable, to: type)
    return (true, false)
  }

  private func occurs(_ variable: Int, in type: Type) -> Bool {
    switch type {
    case .parameter(let index): index == variable || bindings[index].map { occurs(variable, in: $0) } ?? false
    case .list(let element), .optional(let element), .type(let element): occurs(variable, in: element)
    case .map(let key, let value): occurs(variable, in: key) || occurs(variable, in: value)
    case .abstract(_, let parameters): parameters.contains { occurs(variable, in: $0) }
    default: false
    }
  }

  private static func isNullable(_ type: Type) -> Bool {
    switch type {
    case .null, .timestamp, .duration, .optional, .abstract: true
    default: false
    }
  }

  private func mostGeneral(_ a: Type, _ b: Type, _ schema: Schema) -> Type { isAsGeneral(a, as: b, schema) ? a : b }

  private func isAsGeneral(_ a: Type, as b: Type, _ schema: Schema) -> Bool {
    if a.isUnknown { return true }
    if case .parameter = a { return true }
    if b.isUnknown { return false }
    if case .parameter = b { return false }
    // What accepts null holds it beside its own values.
    if b == .null { return true }
    switch (a, b) {
    case (.list(let a), .list(let b)), (.optional(let a), .optional(let b)), (.type(let a), .type(let b)):
      return isAsGeneral(a, as: b, schema)
    case (.map(let aKey, let aValue), .map(let bKey, let bValue)):
      return isAsGeneral(aKey, as: bKey, schema) && isAsGeneral(aValue, as: bValue, schema)
    case (.abstract(let a, let aParameters), .abstract(let b, let bParameters)):
      return a == b && aParameters.count == bParameters.count
        && zip(aParameters, bParameters).allSatisfy { isAsGeneral($0, as: $1, schema) }
    case (.entity(let a), .entity(let b)): return schema.base(of: a) == schema.base(of: b) && schema[a].base == nil
    default: return a == b
    }
  }
}

extension Type {
  /// The type with its `.parameter`s replaced.
  func mapped(_ replace: (Int) -> Type) -> Type {
    switch self {
    case .parameter(let index): replace(index)
    case .list(let element): .list(element.mapped(replace))
    case .optional(let element): .optional(element.mapped(replace))
    case .type(let element): .type(element.mapped(replace))
    case .map(let key, let value): .map(key.mapped(replace), value.mapped(replace))
    case .abstract(let name, let parameters): .abstract(name, parameters.map { $0.mapped(replace) })
    default: self
    }
  }
}
