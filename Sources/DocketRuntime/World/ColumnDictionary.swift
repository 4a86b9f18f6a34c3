/// The values of a column that has few different ones, numbered: what is asked of a value is then asked once, not once a row.

/// INVARIANT: its column does not change any more.
final class ColumnDictionary {
  /// More different values than this, and the column has no dictionary.
  static let limit = 4096

  /// By row: the number of its value; 0 where the cell is absent.
  let codes: UnsafeMutablePointer<UInt16>
  /// By code: the first row that has the value, or -1. Only "absent" may have none.
  let firstRows: [Int]

  /// How many codes there are, "absent" among them.
  var count: Int { firstRows.count }

  /// `nil` where there are too many values, or they are not told apart by their bits.
  init?(_ column: Column) {
    guard column.hasPlainBits else { return nil }
    let codes = UnsafeMutablePointer<UInt16>.allocate(capacity: max(1, column.count))
    self.codes = codes
    // The bits are read, whatever they stand for.
    let field = BatchField(.int, column, rowCount: column.count, target: nil, referred: nil, seenUntil: nil)
    let keys = KeyDictionary()
    let scratch = BatchScratch()
    var firstAbsent = -1
    for first in stride(from: 0, to: column.count, by: BatchRows.limit) {
      scratch.reset()
      let rows = BatchRows(first: first, count: min(BatchRows.limit, column.count - first))
      let read = field.values(rows, scratch)
      let found = scratch.rows()
      keys.encode(read.bits, read.states, rows, into: found)
      if keys.count > Self.limit {
        firstRows = []
        return nil
      }
      for index in 0..<rows.count { codes[first + index] = UInt16(truncatingIfNeeded: found[index]) }
      if firstAbsent < 0, read.states != nil {
        firstAbsent = (0..<rows.count).first { found[$0] == 0 }.map { first + $0 } ?? -1
      }
    }
    firstRows = [firstAbsent] + keys.places.map { Int($0) }
  }

  deinit { codes.deallocate() }
}
