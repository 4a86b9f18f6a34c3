/// The records of one entity with their versions, as columns.
///
/// Records are numbered in the order of their keys, so that no result depends on the order of a file; the versions of a record
/// are consecutive rows, oldest first.

public import DocketSemantics
public import DocketTime

public final class EntityTable {
  /// Numbers by row or by record. Of most tables without versions they are 0, 1, 2, …, and then take no memory.
  public struct RowNumbers: Sendable {
    public let count: Int
    /// Empty where number n is n.
    private let numbers: [UInt32]

    init(_ numbers: [UInt32]) {
      count = numbers.count
      // They begin with 0 and rise, first rows by at least one and records by at most one, so that the last one tells.
      self.numbers = numbers.last.map { Int($0) == numbers.count - 1 } ?? true ? [] : numbers
    }

    @inline(__always) public subscript(place: Int) -> UInt32 {
      precondition(place >= 0 && place < count)
      return numbers.isEmpty ? UInt32(truncatingIfNeeded: place) : numbers[place]
    }
  }

  /// The base entity.
  public let entity: EntityID
  /// By field; `nil` for fields that are computed, and for stored fields that the data does not have.
  public let columns: [Column?]
  public let rowCount: Int
  public let recordCount: Int
  /// The first row of each record, and the row count at the end.
  public let firstRows: RowNumbers
  public let recordOfRow: RowNumbers
  /// The instant of each row's version; empty where the data has one state a record.
  public let versions: [Instant]
  /// The instant from which each record exists; empty where the data does not say.
  public let created: [Instant?]
  /// By field: the value is not visible before the instant that it holds.
  public let isBackfilled: [Bool]
  /// The field that says when the record happened.
  public let eventField: Int?
  /// Whether the source keeps history: versions, or an event instant.
  public var hasHistory: Bool { !versions.isEmpty || eventField != nil }

  /// A row a record, which always exists.
  public var hasPlainRecords: Bool {
    versions.isEmpty && created.isEmpty && eventField == nil && rowCount == recordCount
  }

  private let recordsByKey: RecordIndex

  init(
    entity: EntityID, columns: [Column?], rowCount: Int, recordCount: Int, firstRows: [UInt32], recordOfRow: [UInt32],
    versions: [Instant], created: [Instant?], isBackfilled: [Bool], eventField: Int?, recordsByKey: RecordIndex
  ) {
    self.entity = entity
    self.columns = columns
    self.rowCount = rowCount
    self.recordCount = recordCount
    self.firstRows = RowNumbers(firstRows)
    self.recordOfRow = RowNumbers(recordOfRow)
    self.versions = versions
    self.created = created
    self.isBackfilled = isBackfilled
    self.eventField = eventField
    self.recordsByKey = recordsByKey
  }

  /// The number of the record with this key, a string, int or uint.
  public func record(key: Value) -> Int? { Self.keyBits(key).flatMap { recordsByKey[$0] }.map(Int.init) }

  static func keyBits(_ key: Value) -> UInt64? {
    switch key {
    case .string(let symbol): UInt64(symbol.index)
    case .int(let number): UInt64(bitPattern: number)
    case .uint(let number): number
    default: nil
    }
  }

  public func rows(of record: Int) -> Range<Int> { Int(firstRows[record])..<Int(firstRows[record + 1]) }

  /// The row that shows a record as of an instant: its newest version not after it, or its first version before that.
  /// `nil` where the record does not exist yet. Without an instant: the newest.
  public func row(of record: Int, at instant: Instant?) -> Int? {
    let rows = rows(of: record)
    guard let instant else { return rows.upperBound - 1 }
    var low = rows.lowerBound
    if !versions.isEmpty {
      var high = rows.upperBound
      while high - low > 1 {
        let middle = (low + high) / 2
        if versions[middle] <= instant { low = middle } else { high = middle }
      }
    }
    // Before its first version a record's first values are assumed to have held.
    if !created.isEmpty, let birth = created[record], birth > instant { return nil }
    if let eventField, let column = columns[eventField], column.isPresent(low), column.instant(at: low) > instant {
      return nil
    }
    return low
  }
}
