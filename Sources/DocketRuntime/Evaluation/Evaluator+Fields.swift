/// Reading records: stored, derived and inverse fields, versions, and the fields of results.

public import DocketSemantics
import DocketTime

extension Evaluator {
  /// The value of a node that reads a field; `.absent` where nothing is there.
  func reading(_ expression: CheckedExpression) -> Value {
    switch expression.kind {
    case .field(let target, let field):
      return withRecord(target, expression) { self.field(field, of: $0, expression) }
    case .history(let target):
      return withRecord(target, expression) { heap.list(history(of: $0)) }
    case .versionBound(let target, let isEnd):
      return withRecord(target, expression) { versionBound(of: $0, isEnd: isEnd) }
    case .resultField(let target, let index):
      let target = value(of: target)
      guard case .result(let result) = target else {
        return target.isError ? target : fail(.noSuchOverload("a field of \(typeName(target))"), at: expression)
      }
      return heap.field(index, of: result)
    default: preconditionFailure("not a field")
    }
  }

  private func withRecord(
    _ target: CheckedExpression, _ expression: CheckedExpression, _ read: (EntityReference) -> Value
  ) -> Value {
    let target = value(of: target)
    guard case .entity(let reference) = target else {
      return target.isError ? target : fail(.noSuchOverload("a field of \(typeName(target))"), at: expression)
    }
    return read(reference)
  }

  /// A field of a record as of the instant of the evaluation, or as of its own version where it is one out of a history.
  public func field(_ field: FieldReference, of record: EntityReference, _ expression: CheckedExpression? = nil)
    -> Value
  {
    let declaration = schema[field.entity].fields[field.index]
    switch declaration.kind {
    case .key, .stored, .event:
      let value = world.storedField(field.index, of: record, at: instant)
      // Without data for it the field has its default.
      if value.isAbsent, let body = declaration.defaultBody { return compute(body, of: record) }
      return value
    case .derived(let body):
      return compute(body, of: record)
    case .inverse(let entity, let referring, let filter):
      return referringRecords(of: entity, field: referring, to: record, filter: filter, expression)
    }
  }

  private func compute(_ body: Int, of record: EntityReference) -> Value {
    let body = rulebook.bodies[body]
    return inFrame(of: body.slotCount, arguments: [.entity(record)]) { value(of: body.expression) }
  }

  /// The records of `entity` whose field refers to `record`, in the order of their keys.
  private func referringRecords(
    of entity: EntityID, field: Int, to record: EntityReference, filter: Int?, _ expression: CheckedExpression?
  ) -> Value {
    let seenAt = world.instant(of: record, at: instant)
    var values: [Value] = []
    for candidate in world.referringRecords(entity, field: field, to: record, at: seenAt) {
      guard charge(1) else { return failSteps() }
      guard let filter else {
        values.append(.entity(candidate))
        continue
      }
      switch compute(filter, of: candidate) {
      case .bool(true): values.append(.entity(candidate))
      case .bool(false): break
      case .error(let error): return .error(error)
      case let other: return fail(.noSuchOverload("a condition is bool, not \(typeName(other))"))
      }
    }
    return makeList(values, expression)
  }

  // MARK: - History

  /// The versions of a record that the instant of the evaluation sees, oldest first.
  func history(of record: EntityReference) -> [Value] {
    guard let table = world.table(record) else { return [] }
    let rows = table.rows(of: world.record(of: record))
    return rows.filter { row in
      guard let instant, !table.versions.isEmpty else { return true }
      // Before its first version a record's first values are assumed to have held.
      return row == rows.lowerBound || table.versions[row] <= instant
    }.map { .entity(EntityReference(entity: record.entity, row: UInt32($0), isPinned: true)) }
  }

  /// When a version began and ended to hold; the newest has no end.
  func versionBound(of record: EntityReference, isEnd: Bool) -> Value {
    guard let table = world.table(record) else { return .absent }
    let row = Int(record.row)
    guard !table.versions.isEmpty else {
      guard !isEnd, !table.created.isEmpty, let birth = table.created[world.record(of: record)] else { return .absent }
      return .timestamp(birth)
    }
    guard isEnd else { return .timestamp(table.versions[row]) }
    guard row + 1 < table.rows(of: world.record(of: record)).upperBound else { return .absent }
    let end = table.versions[row + 1]
    if let instant, end > instant { return .absent }
    return .timestamp(end)
  }
}
