public import DocketSemantics
import DocketTime

/// The rows that a measure goes over: records of a table, or results.
public final class BatchSource {
  /// How many rows there are. The rows of a table are told by their number there, others by their place.
  let rows: BatchRowList
  /// The entity of the rows; `nil` for results.
  let entity: EntityID?
  /// A row as the variable of the measure.
  let item: (Int) -> Value
  /// A field of the results, row by row.
  private let field: ((Int) -> [Value])?
  private var fields: [Int: BatchCode?] = [:]

  /// The records of an entity or view that exist now.
  public init(_ entity: EntityID, _ evaluator: Evaluator) {
    let world = evaluator.world
    let base = world.schema.base(of: entity)
    self.entity = base
    item = { row in .entity(EntityReference(entity: base.index, row: UInt32(truncatingIfNeeded: row))) }
    field = nil
    guard let table = world.table(base) else {
      rows = BatchRowList(count: 0)
      return
    }
    let current = evaluator.currentRows(of: table)
    rows = current.isIdentity ? BatchRowList(count: current.recordCount) : BatchRowList(current.existing())
  }

  /// Results: `field` gives one of their fields for all of them, `item` one as a value.
  public init(count: Int, item: @escaping (Int) -> Value, field: @escaping (Int) -> [Value]) {
    rows = BatchRowList(count: count)
    entity = nil
    self.item = item
    self.field = field
  }

  public var count: Int { rows.count }

  /// The values of a field of results; `nil` where they are not all of one kind that batches know.
  func code(_ index: Int, _ type: Type, _ schema: Schema) -> BatchCode? {
    if let known = fields[index] { return known }
    let made = field.flatMap { Self.code($0(index), type, schema) }
    fields[index] = .some(made)
    return made
  }

  private static func code(_ values: [Value], _ type: Type, _ schema: Schema) -> BatchCode? {
    guard let kind = BatchKind(type, schema: schema) else { return nil }
    var (bits, states): ([Int64], [UInt8]) = ([], [])
    bits.reserveCapacity(values.count)
    states.reserveCapacity(values.count)
    for value in values {
      if value.isAbsent {
        bits.append(0)
        states.append(BatchState.absent)
      } else if let read = kind.bits(of: value) {
        bits.append(read)
        states.append(kind == .bool ? UInt8(read) : BatchState.there)
      } else {
        return nil
      }
    }
    return BatchBuffer(kind, bits, states)
  }
}

extension BatchKind {
  /// A value of this kind; `nil` for others and for parts of a second.
  func bits(of value: Value) -> Int64? {
    switch (self, value) {
    case (.bool, .bool(let bit)): bit ? 1 : 0
    case (.int, .int(let number)): number
    case (.uint, .uint(let number)): Int64(bitPattern: number)
    case (.double, .double(let number)): Int64(bitPattern: number.bitPattern)
    case (.text, .string(let symbol)): Int64(symbol.index)
    case (.enumeration(let type), .enumeration(let value)): value.type == type ? Int64(value.ordinal) : nil
    case (.date, .date(let date)): Int64(date.daysSinceEpoch)
    case (.instant, .timestamp(let instant)): instant.nanoseconds == 0 ? instant.seconds : nil
    case (.duration, .duration(let duration)): duration.nanoseconds == 0 ? duration.seconds : nil
    case (.record(let entity), .entity(let reference)):
      reference.entity == entity.index && !reference.isPinned ? Int64(reference.row) : nil
    default: nil
    }
  }
}

/// Rows in the order in which they count.
struct BatchRowList {
  let count: Int
  /// `nil` where row n is at place n.
  private let list: RowNumbers?

  private final class RowNumbers {
    let rows: UnsafeMutablePointer<UInt32>
    init(_ rows: [UInt32]) {
      self.rows = .allocate(capacity: max(1, rows.count))
      self.rows.initialize(from: rows, count: rows.count)
    }
    deinit { rows.deallocate() }
  }

  init(count: Int) {
    self.count = count
    list = nil
  }

  init(_ rows: [UInt32]) {
    count = rows.count
    list = RowNumbers(rows)
  }

  /// INVARIANT: used only as long as this list is.
  func batch(_ begin: Int) -> BatchRows {
    let size = min(BatchRows.limit, count - begin)
    return BatchRows(first: begin, count: size, list: list.map { UnsafePointer($0.rows + begin) })
  }
}
