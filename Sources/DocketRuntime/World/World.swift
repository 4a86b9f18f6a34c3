/// All records that rules are evaluated against, with their history.

public import DocketSemantics
public import DocketTime

public final class World {
  public let schema: Schema
  public let heap: Heap
  /// By entity; `nil` for views and for entities without data.
  public private(set) var tables: [EntityTable?]
  /// Entities for which a source or a file was given, with or without records.
  public var hasSource: [Bool]

  public init(schema: Schema, heap: Heap) {
    self.schema = schema
    self.heap = heap
    tables = Array(repeating: nil, count: schema.entities.count)
    hasSource = Array(repeating: false, count: schema.entities.count)
  }

  public func install(_ table: EntityTable) { tables[Int(table.entity.index)] = table }

  /// The table of an entity or of a view's base.
  public func table(_ entity: EntityID) -> EntityTable? { tables[Int(schema.base(of: entity).index)] }

  /// A record as of an instant, or absent where it does not exist then.
  public func entity(_ entity: EntityID, record: Int, at instant: Instant?) -> Value {
    let base = schema.base(of: entity)
    guard let table = tables[Int(base.index)], let row = table.row(of: record, at: instant) else { return .absent }
    return .entity(EntityReference(entity: base.index, row: UInt32(row)))
  }

  /// The number of the record that a value shows.
  public func record(of reference: EntityReference) -> Int {
    guard let table = tables[Int(reference.entity)] else { return 0 }
    return Int(table.recordOfRow[Int(reference.row)])
  }

  /// The key of a record.
  public func key(of reference: EntityReference) -> Value {
    let entity = schema.entities[Int(reference.entity)]
    guard let table = tables[Int(reference.entity)], let index = entity.keyIndex, let column = table.columns[index] else {
      return .absent
    }
    return column.value(at: Int(reference.row))
  }

  /// A stored field as seen at `instant`; absent where nothing is there, or nothing yet.
  public func storedField(_ field: Int, of reference: EntityReference, at instant: Instant?) -> Value {
    guard let table = tables[Int(reference.entity)], let column = table.columns[field] else { return .absent }
    let row = Int(reference.row)
    let seenAt = reference.isPinned && !table.versions.isEmpty ? table.versions[row] : instant
    let value = column.value(at: row)
    if table.isBackfilled[field], case .timestamp(let stamp) = value, let seenAt, stamp > seenAt { return .absent }
    if case .reference(let target) = column.kind, case .int(let record) = value {
      guard let other = tables[Int(target.index)], let otherRow = other.row(of: Int(record), at: seenAt) else { return .absent }
      return .entity(EntityReference(entity: target.index, row: UInt32(otherRow), isPinned: reference.isPinned))
    }
    return value
  }

  /// The newest instant that the data speaks of: a version, an event or a creation. `nil` where there is none.
  public var newestInstant: Instant? {
    var newest: Instant?
    func consider(_ instant: Instant) {
      if newest.map({ $0 < instant }) ?? true { newest = instant }
    }
    for case let table? in tables {
      for version in table.versions { consider(version) }
      for case let birth? in table.created { consider(birth) }
      if let field = table.eventField, let column = table.columns[field] {
        for row in 0..<table.rowCount where column.isPresent(row) { consider(column.instant(at: row)) }
      }
    }
    return newest
  }
}
