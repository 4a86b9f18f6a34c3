/// Some rows of a file as raw cells, before anything is known of what they mean. Every reader fills batches, whatever the format
/// of its file; conversion takes a batch a column at a time.

/// The bytes of a cell, in the file or in the batch's own memory.
struct RawCell: BitwiseCopyable {
  var start: UnsafePointer<UInt8>
  var count: Int

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Without spaces and tabs at its ends.
  var trimmed: RawCell {
    var (start, count) = (start, count)
    while count > 0, start[0] == 0x20 || start[0] == 0x09 {
      start += 1
      count -= 1
    }
    while count > 0, start[count - 1] == 0x20 || start[count - 1] == 0x09 { count -= 1 }
    return RawCell(start: start, count: count)
  }

  @inline(__always)
  func isSame(as other: RawCell) -> Bool {
    guard count == other.count else { return false }
    if count >= 8 {
      var offset = 0
      while offset &+ 8 < count {
        if word(offset) != other.word(offset) { return false }
        offset &+= 8
      }
      return word(count &- 8) == other.word(count &- 8)
    }
    for offset in 0..<count where start[offset] != other.start[offset] { return false }
    return true
  }

  @inline(__always)
  private func word(_ offset: Int) -> UInt64 {
    UnsafeRawPointer(start).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}

final class RowBatch {
  struct Row: BitwiseCopyable {
    /// Where it begins in the file, in bytes; in a database, how many rows stand before it. No other row has this number.
    var offset: Int
    var line: Int
  }

  let width: Int
  let capacity: Int
  var count = 0
  /// Row by row, `width` each.
  let cells: UnsafeMutablePointer<RawCell>
  let rows: UnsafeMutablePointer<Row>
  private var owned: [UnsafeMutablePointer<UInt8>] = []
  private var free = 0
  private var next: UnsafeMutablePointer<UInt8>?

  init(width: Int) {
    self.width = width
    // Small enough for the cells and their text to stay in the cache while the columns are converted one after another.
    capacity = max(16, 8192 / max(1, width))
    cells = .allocate(capacity: capacity * width)
    rows = .allocate(capacity: capacity)
  }

  deinit {
    clear()
    cells.deallocate()
    rows.deallocate()
  }

  func clear() {
    count = 0
    for memory in owned { memory.deallocate() }
    owned.removeAll(keepingCapacity: true)
    free = 0
    next = nil
  }

  /// Memory that lives until the batch is cleared; small pieces share a block.
  func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    if let memory = next, count <= free {
      next = memory + count
      free -= count
      return memory
    }
    let size = max(count, 1 << 14)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    owned.append(memory)
    if size - count > free {
      next = memory + count
      free = size - count
    }
    return memory
  }

  /// A cell with its own copy of some bytes.
  func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> RawCell {
    let memory = allocate(bytes.count)
    if let start = bytes.baseAddress { memory.update(from: start, count: bytes.count) }
    return RawCell(start: UnsafePointer(memory), count: bytes.count)
  }

  /// Takes out a row; those behind it move up.
  func remove(_ row: Int) {
    count -= 1
    let start = cells + row * width
    start.update(from: start + width, count: (count - row) * width)
    (rows + row).update(from: rows + row + 1, count: count - row)
  }

  @inline(__always)
  func cell(_ row: Int, _ column: Int) -> RawCell { cells[row &* width &+ column] }
}
