/// The row that shows each record of a table as of an instant.

public import DocketTime

public final class CurrentRows {
  /// Where record n is row n and all exist.
  let isIdentity: Bool
  let recordCount: Int
  /// By record; `.max` where it does not exist then.
  private let rows: UnsafeMutablePointer<UInt32>

  public init(_ table: EntityTable, at instant: Instant?) {
    recordCount = table.recordCount
    isIdentity = table.hasPlainRecords
    rows = .allocate(capacity: isIdentity ? 1 : max(1, recordCount))
    guard !isIdentity else { return }
    if let instant, table.versions.isEmpty, table.created.isEmpty, table.rowCount == recordCount,
      let eventField = table.eventField, let column = table.columns[eventField]
    {
      fill(column, at: instant)
    } else {
      for record in 0..<recordCount {
        rows[record] = table.row(of: record, at: instant).map { UInt32($0) } ?? .max
      }
    }
  }

  deinit { rows.deallocate() }

  /// Records that exist from the instant of an event on, a row each.
  private func fill(_ events: Column, at instant: Instant) {
    let cells = events.cells
    let seconds = cells.data.assumingMemoryBound(to: Int64.self)
    for row in 0..<recordCount {
      let isPresent = cells.presence[row >> 6] >> UInt64(row & 63) & 1 != 0
      // A fraction decides only within the second.
      let isLater =
        isPresent && seconds[row] >= instant.seconds
        && (seconds[row] > instant.seconds || events.instant(at: row) > instant)
      rows[row] = isLater ? .max : UInt32(truncatingIfNeeded: row)
    }
  }

  @inline(__always) func row(of record: Int) -> UInt32 {
    guard record < recordCount else { return .max }
    return isIdentity ? UInt32(truncatingIfNeeded: record) : rows[record]
  }

  /// The rows of the records that exist, in the order of the records.
  public func existing() -> [UInt32] {
    if isIdentity { return Array(0..<UInt32(recordCount)) }
    var existing: [UInt32] = []
    existing.reserveCapacity(recordCount)
    for record in 0..<recordCount where rows[record] != .max { existing.append(rows[record]) }
    return existing
  }
}
