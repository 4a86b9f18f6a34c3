/// Records by key, all records of a type, and views.

public import DocketSemantics

extension Evaluator {
  /// `Team["triage"]`
  func lookUp(_ entity: EntityID, _ key: CheckedExpression, _ expression: CheckedExpression) -> Value {
    let key = value(of: key)
    if key.isError { return key }
    guard let found = record(of: entity, key: key) else {
      let text = heap.describe(key, schema: schema, world: world)
      return fail(.unknownRecord("there is no \(schema[entity].name) with the key \(text)"), at: expression)
    }
    return schema[entity].base == nil ? .entity(found) : admitted(found, to: entity, expression)
  }

  /// The record of a key as of the instant of the evaluation.
  public func record(of entity: EntityID, key: Value) -> EntityReference? {
    guard let record = world.table(entity)?.record(key: key),
      case .entity(let reference) = world.entity(entity, record: record, at: instant)
    else { return nil }
    return reference
  }

  /// All records that exist at the instant, in the order of their keys.
  func records(of entity: EntityID, _ expression: CheckedExpression) -> Value {
    var values: [Value] = []
    for record in 0..<(world.table(entity)?.recordCount ?? 0) {
      guard charge(1) else { return failSteps() }
      guard case .entity(let reference) = world.entity(entity, record: record, at: instant) else { continue }
      switch isMember(reference, of: entity) {
      case .bool(true): values.append(.entity(reference))
      case .error(let error): return .error(error)
      default: break
      }
    }
    return makeList(values, expression)
  }

  /// Whether a record is one of a view: a bool, or an error where the view's condition cannot be decided. An entity has all its records.
  public func isMember(_ record: EntityReference, of entity: EntityID) -> Value {
    guard let filter = schema[entity].filterBody else { return .bool(true) }
    let body = rulebook.bodies[filter]
    return inFrame(of: body.slotCount, arguments: [.entity(record)]) { truth(of: body.expression) }
  }

  /// A record where one of a view is wanted.
  public func admitted(_ record: EntityReference, to view: EntityID, _ expression: CheckedExpression? = nil) -> Value {
    let membership = isMember(record, of: view)
    switch membership {
    case .bool(true): return .entity(record)
    case .error: return membership
    default:
      let key = heap.describe(world.key(of: record), schema: schema, world: world)
      let entity = schema.entities[Int(record.entity)].name
      return heap.error(
        .outsideView("the \(entity) \(key) is not a \(schema[view].name)"), at: (expression ?? current)?.span)
    }
  }
}
