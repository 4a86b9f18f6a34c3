/// The values of a column that has few different ones, numbered: what is asked of a value is then asked once, not once a row.

/// INVARIANT: its column does not change any more.
final class ColumnDictionary {
  /// More different values than this, and the column has no dictionary.
  static let limit = 4096

  /// By row: the number of its value; 0 where the cell is absent.
  let codes: UnsafeMutablePointer<UInt16>
  /// By code: the first row that has the value, or -1. Only "absent" may have none.
  private(set) var firstRows: [Int] = [-1]

  /// How many codes there are, "absent" among them.
  var count: Int { firstRows.count }

  /// `nil` where there are too many values, or they are not told apart by their bits.
  init?(_ column: Column) {
    guard column.hasPlainBits else { return nil }
    let rows = column.count
    codes = .allocate(capacity: max(1, rows))
    let isFull =
      switch column.kind.stride {
      case 1: fill(from: column.cells, rows, UInt8.self)
      case 2: fill(from: column.cells, rows, UInt16.self)
      case 4: fill(from: column.cells, rows, UInt32.self)
      default: fill(from: column.cells, rows, UInt64.self)
      }
    if !isFull { return nil }
  }

  deinit { codes.deallocate() }

  private func fill<Bits: FixedWidthInteger & BitwiseCopyable>(from cells: Column.Cells, _ rows: Int, _: Bits.Type)
    -> Bool
  {
    let values = cells.data.assumingMemoryBound(to: Bits.self)
    // Open addressing, at most half full.
    let slotCount = Self.limit * 2
    let mask = slotCount - 1
    return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: slotCount) { slots in
      withUnsafeTemporaryAllocation(of: Bits.self, capacity: Self.limit + 1) { known in
        slots.initialize(repeating: 0)
        var last: Bits = 0
        var lastCode: UInt16 = 0
        for row in 0..<rows {
          guard cells.presence[row >> 6] >> UInt64(row & 63) & 1 != 0 else {
            codes[row] = 0
            if firstRows[0] < 0 { firstRows[0] = row }
            continue
          }
          let bits = values[row]
          if bits == last, lastCode != 0 {
            codes[row] = lastCode
            continue
          }
          var slot = Int(truncatingIfNeeded: (UInt64(truncatingIfNeeded: bits) &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
          while slots[slot] != 0, known[Int(slots[slot])] != bits { slot = (slot &+ 1) & mask }
          if slots[slot] == 0 {
            guard firstRows.count <= Self.limit else { return false }
            known.initializeElement(at: firstRows.count, to: bits)
            slots[slot] = UInt16(firstRows.count)
            firstRows.append(row)
          }
          (last, lastCode) = (bits, slots[slot])
          codes[row] = lastCode
        }
        return true
      }
    }
  }
}
