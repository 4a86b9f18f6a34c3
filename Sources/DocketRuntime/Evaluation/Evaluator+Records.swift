/// Records by key, all records of a type, and views.

import DocketDiagnostics
public import DocketSemantics

extension Evaluator {
  /// `Team["triage"]`
  func lookUp(_ entity: EntityID, _ key: CheckedExpression, _ expression: CheckedExpression) -> Value {
    let key = value(of: key)
    if key.isError { return key }
    guard let found = record(of: entity, key: key) else {
      let text = heap.describe(key, schema: schema, world: world)
      let near = similarKeys(to: key, of: entity, expression)
      return fail(.unknownRecord("there is no \(schema[entity].name) with the key \(text)\(near)"), at: expression)
    }
    return schema[entity].base == nil ? .entity(found) : admitted(found, to: entity, expression)
  }

  /// `: did you mean …?` for a key that somebody wrote, where there are not too many to look through. It is found once, since a
  /// rule may look for it in every item.
  private func similarKeys(to key: Value, of entity: EntityID, _ expression: CheckedExpression) -> String {
    guard case .lookup(_, let written) = expression.kind, case .constant = written.kind, case .string(let symbol) = key,
      let table = world.table(entity), table.recordCount <= 1000
    else { return "" }
    if let known = suggestedKeys[ObjectIdentifier(expression)], known.table === table { return known.text }
    let keys = (0..<table.recordCount).compactMap { record -> String? in
      guard case .entity(let reference) = world.entity(entity, record: record, at: instant),
        case .string(let known) = world.key(of: reference)
      else { return nil }
      return heap.text(known).displaySafe
    }
    let text = suggest(heap.text(symbol), among: keys, habits: false).map { ": \($0.helpText)" } ?? ""
    suggestedKeys[ObjectIdentifier(expression)] = (table, text)
    return text
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
        .outsideView("the \(entity) \(key) is not \(schema[view].name.withArticle)"), at: (expression ?? current)?.span)
    }
  }
}
