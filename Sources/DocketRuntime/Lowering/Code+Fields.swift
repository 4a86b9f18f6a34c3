/// Fields of records, and whether they are there.

import DocketSemantics

/// A stored field.
final class FieldCode: Code {
  let target: Code
  let cells: FieldCells

  init(_ expression: CheckedExpression, _ target: Code, _ cells: FieldCells) {
    self.target = target
    self.cells = cells
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let target = target.value(evaluator, frame)
    if case .entity(let record) = target, let value = cells.value(of: record) { return value }
    return read(target, evaluator)
  }

  override func quiet(_ evaluator: Evaluator, _ frame: Frame, missingKeys: Bool) -> Value {
    let target = target.quiet(evaluator, frame, missingKeys: missingKeys)
    switch target {
    case .absent: return .absent
    case .entity(let record):
      if let value = cells.value(of: record) { return value }
      return evaluator.asking({ evaluator.field(cells.field, of: record, expression) }, missingKeys: missingKeys)
    default: return evaluator.asking({ value(evaluator, frame) }, missingKeys: missingKeys)
    }
  }

  @inline(never) private func read(_ target: Value, _ evaluator: Evaluator) -> Value {
    guard case .entity(let record) = target else { return evaluator.noField(of: target, expression) }
    return evaluator.present(evaluator.field(cells.field, of: record, expression), expression)
  }
}

extension Evaluator {
  func noField(of target: Value, _ expression: CheckedExpression) -> Value {
    target.isError ? target : fail(.noSuchOverload("a field of \(typeName(target))"), at: expression)
  }
}

/// A field that is computed from the record.
final class DerivedFieldCode: Code {
  let target: Code
  let body: LoweredBody
  let depth: Int

  init(_ expression: CheckedExpression, _ target: Code, _ body: LoweredBody, depth: Int) {
    self.target = target
    self.body = body
    self.depth = depth
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let target = target.value(evaluator, frame)
    guard case .entity(let record) = target else { return evaluator.noField(of: target, expression) }
    return evaluator.present(compute(record, evaluator), expression)
  }

  override func quiet(_ evaluator: Evaluator, _ frame: Frame, missingKeys: Bool) -> Value {
    let target = target.quiet(evaluator, frame, missingKeys: missingKeys)
    switch target {
    case .absent: return .absent
    case .entity(let record): return evaluator.asking({ compute(record, evaluator) }, missingKeys: missingKeys)
    default: return evaluator.asking({ value(evaluator, frame) }, missingKeys: missingKeys)
    }
  }

  private func compute(_ record: EntityReference, _ evaluator: Evaluator) -> Value {
    evaluator.depth += depth
    defer { evaluator.depth -= depth }
    let caller = evaluator.enter(slotCount: max(1, body.slotCount))
    defer { evaluator.leave(to: caller) }
    evaluator.frame[0] = .entity(record)
    return evaluator.run(body, evaluator.frame)
  }
}

/// A field that the tree evaluator reads: the records that refer to one.
final class FieldCallCode: Code {
  let target: Code
  let field: FieldReference
  let depth: Int

  init(_ expression: CheckedExpression, _ target: Code, _ field: FieldReference, depth: Int) {
    self.target = target
    self.field = field
    self.depth = depth
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let target = target.value(evaluator, frame)
    guard case .entity(let record) = target else { return evaluator.noField(of: target, expression) }
    return evaluator.present(read(record, evaluator), expression)
  }

  override func quiet(_ evaluator: Evaluator, _ frame: Frame, missingKeys: Bool) -> Value {
    let target = target.quiet(evaluator, frame, missingKeys: missingKeys)
    switch target {
    case .absent: return .absent
    case .entity(let record): return evaluator.asking({ read(record, evaluator) }, missingKeys: missingKeys)
    default: return evaluator.asking({ value(evaluator, frame) }, missingKeys: missingKeys)
    }
  }

  private func read(_ record: EntityReference, _ evaluator: Evaluator) -> Value {
    evaluator.depth += depth
    defer { evaluator.depth -= depth }
    return evaluator.field(field, of: record, expression)
  }
}

// MARK: - Presence

/// `has(x.f)`
final class HasFieldCode: Condition {
  let target: Code
  let cells: FieldCells
  let depth: Int

  init(_ expression: CheckedExpression, _ target: Code, _ cells: FieldCells, depth: Int) {
    self.target = target
    self.cells = cells
    self.depth = depth
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    let target = target.quiet(evaluator, frame, missingKeys: false)
    switch target {
    case .absent: return .no
    case .entity(let record):
      // The cell of a reference may name a record that does not exist yet.
      if cells.holds(record), cells.shape != .reference, cells.isPresent(record) { return .yes }
      return ask(record, evaluator)
    case .error: return evaluator.failing(target)
    default:
      return evaluator.failing(evaluator.fail(.noSuchOverload("has(\(evaluator.typeName(target)))"), at: expression))
    }
  }

  private func ask(_ record: EntityReference, _ evaluator: Evaluator) -> Truth {
    evaluator.depth += depth
    defer { evaluator.depth -= depth }
    let value = evaluator.asking({ evaluator.field(cells.field, of: record, expression) })
    return value.isError ? evaluator.failing(value) : Truth(!value.isAbsent)
  }
}

/// `x.f == null` and `x.f != null`
final class AbsenceCode: Condition {
  let operand: Code
  let isNegated: Bool

  init(_ expression: CheckedExpression, _ operand: Code, isNegated: Bool) {
    self.operand = operand
    self.isNegated = isNegated
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    let value = operand.quiet(evaluator, frame, missingKeys: false)
    switch value {
    case .error: return evaluator.failing(value)
    case .null, .absent: return Truth(!isNegated)
    default: return Truth(isNegated)
    }
  }
}

/// `x.f ?? d`
final class CoalesceCode: Code {
  let operand: Code
  let fallback: Code
  /// Whether an optional is what the whole gives.
  let isOptional: Bool
  /// `o ?? null` of a type without null.
  let isOrAbsent: Bool

  init(_ expression: CheckedExpression, _ operand: Code, _ fallback: Code) {
    self.operand = operand
    self.fallback = fallback
    if case .optional = expression.type { isOptional = true } else { isOptional = false }
    isOrAbsent = expression.isOrAbsent
    super.init(expression)
  }

  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    let value = operand.quiet(evaluator, frame, missingKeys: true)
    switch value {
    case .absent, .null, .optionalNone:
      if isOrAbsent {
        return evaluator.fail(.absent(path: evaluator.path(of: operand.expression)), at: expression)
      }
      return fallback.value(evaluator, frame)
    case .optionalSome(let place): return isOptional ? value : evaluator.heap.wrapped(place)
    default: return value
    }
  }
}
