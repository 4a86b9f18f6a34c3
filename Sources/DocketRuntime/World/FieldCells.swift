/// Where the cells of one field lie, so that lowered code reads them without asking the world each time.
///
/// The world keeps it up to date: where a read has more to it than a cell (values set while rules run, somebody who notes what
/// is read, times that are hidden until they have come, defaults), there are no rows here and every read asks the world.

import DocketSemantics
import DocketTime

final class FieldCells {
  /// How a cell is read as an integer that is equal, and in the same order, where the values are.
  enum Shape: UInt8 {
    case bool
    case int
    case uint
    /// Equal, but in no order.
    case text
    case enumeration
    case date
    /// An instant or a duration of whole seconds.
    case seconds
    case double
    /// The number of a record.
    case reference
    case other
  }

  let field: FieldReference
  let entity: UInt16
  let shape: Shape
  private let target: EntityID?
  private let isDuration: Bool
  private let isListOfReferences: Bool

  /// The rows that may be read here.
  private(set) var rowCount: UInt32 = 0
  private var data: UnsafeRawPointer
  private var presence: UnsafePointer<UInt64>
  private var column: Unmanaged<Column>?
  /// Of a table with a row a record, of which all always exist: the records that a reference leads to without asking.
  private var targetCount: UInt32 = 0
  private var hasWholeSeconds = false

  init(_ field: FieldReference, schema: Schema) {
    self.field = field
    entity = field.entity.index
    let type = schema[field.entity].fields[field.index].type
    let kind = Column.Kind(type, schema: schema)
    shape = kind.map { Shape($0) } ?? .other
    isDuration = kind == .duration
    if case .reference(let id)? = kind { target = id } else { target = nil }
    if case .list(.entity) = type { isListOfReferences = true } else { isListOfReferences = false }
    // Never read: there are no rows.
    data = UnsafeRawPointer(bitPattern: 8)!
    presence = UnsafePointer(bitPattern: 8)!
  }

  /// INVARIANT: called whenever a table comes or goes, since the pointers are those of its columns.
  func update(from world: World) {
    rowCount = 0
    column = nil
    guard world.isPlain(field), let table = world.tables[Int(entity)], !table.isBackfilled[field.index],
      !isListOfReferences,
      let column = table.columns[field.index], Shape(column.kind) == shape
    else { return }
    (data, presence) = (UnsafeRawPointer(column.cells.data), UnsafePointer(column.cells.presence))
    hasWholeSeconds = column.holdsWholeSeconds
    self.column = Unmanaged.passUnretained(column)
    rowCount = UInt32(min(table.rowCount, column.count))
    targetCount = 0
    if let target, let other = world.tables[Int(target.index)], other.hasPlainRecords {
      targetCount = UInt32(other.recordCount)
    }
  }

  /// The whole column, where all there is to know of the field is in its cells.
  var wholeColumn: Column? {
    guard let column = column?.takeUnretainedValue(), rowCount > 0, Int(rowCount) == column.count else { return nil }
    return column
  }

  /// Of a reference that leads to records without asking: how many records there are.
  var recordCount: Int? { shape == .reference && targetCount > 0 ? Int(targetCount) : nil }

  // MARK: - Reading

  /// Whether the cell of a record can be read here.
  @inline(__always) func holds(_ record: EntityReference) -> Bool { record.entity == entity && record.row < rowCount }

  /// Whether there is a value; the record's cell can be read here.
  @inline(__always) func isPresent(_ record: EntityReference) -> Bool {
    presence[Int(record.row >> 6)] >> UInt64(record.row & 63) & 1 != 0
  }

  /// A cell as an integer; `nil` where nothing is there, or not here.
  @inline(__always) func integer(of record: EntityReference) -> Int64? {
    guard holds(record), isPresent(record) else { return nil }
    switch shape {
    case .bool: return Int64(load(record, UInt8.self))
    case .enumeration: return Int64(load(record, UInt16.self))
    case .text: return Int64(load(record, UInt32.self))
    case .date: return Int64(load(record, Int32.self))
    case .int: return load(record, Int64.self)
    case .uint: return load(record, Int64.self) ^ .min
    case .seconds: return hasWholeSeconds ? load(record, Int64.self) : nil
    case .double, .reference, .other: return nil
    }
  }

  @inline(__always) func double(of record: EntityReference) -> Double? {
    guard holds(record), isPresent(record), shape == .double else { return nil }
    return load(record, Double.self)
  }

  /// The record that a reference leads to; `nil` where there is none, or it takes the world to find it.
  @inline(__always) func target(of record: EntityReference) -> EntityReference? {
    guard let target, holds(record), isPresent(record), !record.isPinned else { return nil }
    let row = load(record, UInt32.self)
    return row < targetCount ? EntityReference(entity: target.index, row: row) : nil
  }

  /// A present cell as a value; `nil` where nothing is there, or not here.
  @inline(__always) func value(of record: EntityReference) -> Value? {
    guard holds(record), isPresent(record) else { return nil }
    switch shape {
    case .int: return .int(load(record, Int64.self))
    case .double: return .double(load(record, Double.self))
    case .text: return .string(Symbol(index: load(record, UInt32.self)))
    case .reference: return target(of: record).map { .entity($0) }
    case .seconds where hasWholeSeconds:
      let seconds = load(record, Int64.self)
      return isDuration
        ? .duration(TimeDuration(uncheckedSeconds: seconds)) : .timestamp(Instant(uncheckedSeconds: seconds))
    default: return column?._withUnsafeGuaranteedRef { $0.value(at: Int(record.row)) }
    }
  }

  @inline(__always) private func load<T: BitwiseCopyable>(_ record: EntityReference, _: T.Type) -> T {
    data.load(fromByteOffset: Int(record.row) &* MemoryLayout<T>.stride, as: T.self)
  }
}

extension FieldCells.Shape {
  init(_ kind: Column.Kind) {
    switch kind {
    case .bool: self = .bool
    case .int: self = .int
    case .uint: self = .uint
    case .double: self = .double
    case .string: self = .text
    case .timestamp, .duration: self = .seconds
    case .date: self = .date
    case .enumeration: self = .enumeration
    case .reference: self = .reference
    case .bytes, .calendar, .list, .map: self = .other
    }
  }
}
