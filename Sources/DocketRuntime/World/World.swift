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
  /// Fields set while rules run.
  public var overlay = Overlay() {
    didSet { if !overlay.covers(exactly: coveredFields) { updateFieldCells() } }
  }
  /// What is taken to be otherwise than in the data, for whole runs, too.
  var assumed = Overlay()
  /// Told of every record that a question looks at, by base entity and record: what a replay depends on.
  public var readObserver: ((UInt16, UInt32) -> Void)? {
    didSet { if (readObserver != nil) != isObserved { updateFieldCells() } }
  }
  /// Where lowered code finds the cells of fields.
  private var fieldCells: [FieldKey: FieldCells] = [:]
  /// What they were last updated for.
  private var isObserved = false
  private var coveredFields: [FieldKey] = []
  var inverseIndexes: [FieldKey: InverseIndex] = [:]

  public init(schema: Schema, heap: Heap) {
    self.schema = schema
    self.heap = heap
    tables = Array(repeating: nil, count: schema.entities.count)
    hasSource = Array(repeating: false, count: schema.entities.count)
  }

  /// INVARIANT: the columns of the table do not change any more.
  public func install(_ table: EntityTable) {
    tables[Int(table.entity.index)] = table
    inverseIndexes = [:]
    updateFieldCells()
  }

  /// Forgets all records, so that one world, and what is linked to it, serves many tests.
  public func removeAll() {
    for index in tables.indices {
      tables[index] = nil
      hasSource[index] = false
    }
    clearOverlay()
    inverseIndexes = [:]
    updateFieldCells()
  }

  // MARK: - Cells for lowered code

  func cells(of field: FieldReference) -> FieldCells {
    let key = FieldKey(entity: field.entity, field: field.index)
    if let known = fieldCells[key] { return known }
    let cells = FieldCells(field, schema: schema)
    fieldCells[key] = cells
    cells.update(from: self)
    return cells
  }

  /// Whether what a table has of a field is all there is to know of it.
  func isPlain(_ field: FieldReference) -> Bool {
    readObserver == nil && overlay.layers[FieldKey(entity: field.entity, field: field.index)] == nil
  }

  private func updateFieldCells() {
    isObserved = readObserver != nil
    coveredFields = Array(overlay.layers.keys)
    for cells in fieldCells.values { cells.update(from: self) }
  }

  /// The table of an entity or of a view's base.
  public func table(_ entity: EntityID) -> EntityTable? { tables[Int(schema.base(of: entity).index)] }

  /// The table that holds a record.
  func table(_ reference: EntityReference) -> EntityTable? { tables[Int(reference.entity)] }

  /// As of when a record shows what it refers to.
  func instant(of reference: EntityReference, at instant: Instant?) -> Instant? {
    guard reference.isPinned, let table = table(reference), !table.versions.isEmpty else { return instant }
    return table.versions[Int(reference.row)]
  }

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
    guard let table = tables[Int(reference.entity)], let index = entity.keyIndex, let column = table.columns[index]
    else {
      return .absent
    }
    return column.value(at: Int(reference.row))
  }

  /// A stored field as seen at `instant`; absent where nothing is there, or nothing yet.
  public func storedField(_ field: Int, of reference: EntityReference, at instant: Instant?) -> Value {
    guard let table = tables[Int(reference.entity)] else { return .absent }
    let row = Int(reference.row)
    if let readObserver { readObserver(reference.entity, table.recordOfRow[row]) }
    let seenAt = self.instant(of: reference, at: instant)
    if !overlay.isEmpty, !reference.isPinned,
      let layer = overlay.layers[FieldKey(entity: table.entity, field: field)],
      let value = layer.values[table.recordOfRow[row]]
    {
      return seen(value, at: seenAt, isPinned: false)
    }
    guard let column = table.columns[field] else { return .absent }
    let value = column.value(at: row)
    if table.isBackfilled[field], case .timestamp(let stamp) = value, let seenAt, stamp > seenAt { return .absent }
    switch (column.kind, value) {
    case (.reference(let target), .int(let record)):
      return self.reference(to: target, record: Int(record), at: seenAt, isPinned: reference.isPinned)
    case (.list, .list(let list)):
      guard case .list(.entity(let target)) = schema[table.entity].fields[field].type else { return value }
      // A list of references holds the numbers of records; those that do not exist yet are not in it.
      let base = schema.base(of: target)
      let references = (0..<Int(list.count)).compactMap { place -> Value? in
        guard case .int(let record) = heap[list, place] else { return heap[list, place] }
        let value = self.reference(to: base, record: Int(record), at: seenAt, isPinned: reference.isPinned)
        return value.isAbsent ? nil : value
      }
      return heap.list(references)
    default:
      return value
    }
  }

  private func reference(to entity: EntityID, record: Int, at instant: Instant?, isPinned: Bool) -> Value {
    guard let table = tables[Int(entity.index)], record < table.recordCount,
      let row = table.row(of: record, at: instant)
    else {
      return .absent
    }
    return .entity(EntityReference(entity: entity.index, row: UInt32(row), isPinned: isPinned))
  }

  /// References of a value that was set, as of an instant.
  private func seen(_ value: Value, at instant: Instant?, isPinned: Bool) -> Value {
    switch value {
    case .entity(let reference):
      self.reference(
        to: EntityID(index: Int(reference.entity)), record: record(of: reference), at: instant, isPinned: isPinned)
    default: value
    }
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

  /// The newest day that any field holds.
  public var newestDay: CivilDate? {
    var newest: CivilDate?
    for case let table? in tables {
      for case let column? in table.columns where column.kind == .date {
        for row in 0..<table.rowCount where column.isPresent(row) {
          guard case .date(let day) = column.value(at: row) else { continue }
          if newest.map({ $0 < day }) ?? true { newest = day }
        }
      }
    }
    return newest
  }

  /// The newest of all times, whatever they say.
  public var newestTime: Instant? {
    var newest: Instant?
    for case let table? in tables {
      for case let column? in table.columns where column.kind == .timestamp {
        for row in 0..<table.rowCount where column.isPresent(row) {
          let instant = column.instant(at: row)
          if newest.map({ $0 < instant }) ?? true { newest = instant }
        }
      }
    }
    return newest
  }
}
