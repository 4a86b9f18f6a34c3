/// From the fields of a record as written to its cells: values at the clock, defaults, references by key.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

extension TestWorld {
  /// The cells of a new record: what is given, defaults, absent for the rest.
  func cells(
    _ record: CheckedRecord, _ entity: EntityType, eventAtClock: Bool
  ) throws(StepFailure) -> (cells: [Value], references: [Reference]) {
    var cells = Array(repeating: Value.absent, count: entity.fields.count)
    var given = Array(repeating: false, count: entity.fields.count)
    var references: [Reference] = []
    for (index, expression) in record.fields {
      let field = FieldReference(entity: entity.id, index: index)
      cells[index] = try cell(expression, field, entity.fields[index], &references)
      given[index] = true
    }
    for (index, field) in entity.fields.enumerated() where !given[index] {
      if case .event = field.kind, eventAtClock, let clock {
        cells[index] = .timestamp(clock)
      } else if let body = field.defaultBody {
        let body = bench.rulebook.bodies[body]
        cells[index] = try ownFrame(body.slotCount) { () throws(StepFailure) in
          try cell(body.expression, FieldReference(entity: entity.id, index: index), field, &references)
        }
      }
    }
    return (cells, references)
  }

  func cell(
    _ expression: CheckedExpression, _ field: FieldReference, _ declared: Field, _ references: inout [Reference]
  ) throws(StepFailure) -> Value {
    func note(_ key: Value, _ target: EntityID, _ references: inout [Reference]) {
      guard !key.isAbsent else { return }
      references.append(
        Reference(from: field.entity, key: .absent, field: field.index, to: target, target: key, span: expression.span))
    }
    switch declared.type {
    case .entity(let target):
      let key = try key(expression)
      note(key, target, &references)
      return key
    case .list(.entity(let target)):
      var keys: [Value] = []
      if case .list(let elements) = expression.kind {
        for element in elements { keys.append(try key(element.value)) }
      } else {
        let value = try optionalValue(expression)
        guard case .list(let list) = value else { return value }
        keys = heap[list].map { self.key(of: $0) }
      }
      for key in keys { note(key, target, &references) }
      return heap.list(keys)
    default:
      return try optionalValue(expression)
    }
  }

  /// The key that a reference is given by. Records of the same fixture are not there to be looked up yet, so keys are read as written.
  private func key(_ expression: CheckedExpression) throws(StepFailure) -> Value {
    switch expression.kind {
    case .local(let slot):
      if let known = recordSlots[slot] { return known.key }
    case .lookup(_, let key): return try value(key)
    default: break
    }
    return key(of: try optionalValue(expression))
  }

  private func key(of value: Value) -> Value {
    if case .entity(let reference) = value { return bench.world.key(of: reference) }
    return value
  }

  /// Fixtures and defaults have variables of their own. INVARIANT: the world is not refreshed there, for that sets the test's.
  func ownFrame<Result>(_ slots: Int, _ body: () throws(StepFailure) -> Result) throws(StepFailure) -> Result {
    let wasInOwnFrame = isInOwnFrame
    isInOwnFrame = true
    defer { isInOwnFrame = wasInOwnFrame }
    let outcome: Swift.Result<Result, StepFailure> = evaluator.withFrame(of: slots, arguments: []) {
      do throws(StepFailure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  func text(_ key: Value) -> String { heap.describe(key, schema: schema) }
}
