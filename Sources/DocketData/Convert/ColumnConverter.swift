/// Fills one typed column from one column of a file, a batch at a time.

import DocketRuntime
import DocketSemantics
import DocketTime

/// A cell that could not be converted: its row in the batch, and which of the load's targets it was for.
struct FailedCell {
  var row: Int
  var target: Int
  var failure: CellFailure
  /// What an expression gave in place of the cell.
  var text: Symbol?
}

/// What the conversion of one column of a batch met.
struct Outcome {
  var failed: [FailedCell] = []
  var moved = MovedTimes()
}

/// How often a local time was skipped or doubled by its zone.
struct MovedTimes {
  var gaps = 0
  var folds = 0
  /// The first few: the row in the batch and the place of the file's column.
  var samples: [(row: Int, column: Int)] = []

  mutating func add(_ other: MovedTimes) {
    gaps += other.gaps
    folds += other.folds
    samples += other.samples
  }
}

final class ColumnConverter {
  let column: Column
  var type: Type { parser.type }
  /// Whether a conversion touches nothing but the column, so that it may run beside others.
  var isApart: Bool { parser.isApart }
  private var parser: CellParser
  private let stride: Int

  init(_ column: Column, _ parser: CellParser) {
    self.column = column
    self.parser = parser
    stride = column.kind.stride
  }

  /// Appends a cell for every row of the batch; those that fail are left absent.
  func convert(_ batch: RowBatch, from index: Int, target: Int, failed: inout [FailedCell], moved: inout MovedTimes) {
    let cells = column.extend(by: batch.count)
    switch stride {
    case 1: fill(UInt8.self, cells, batch, index, target, &failed, &moved)
    case 2: fill(UInt16.self, cells, batch, index, target, &failed, &moved)
    case 4: fill(UInt32.self, cells, batch, index, target, &failed, &moved)
    default: fill(UInt64.self, cells, batch, index, target, &failed, &moved)
    }
  }

  @inline(__always)
  private func fill<Bits: FixedWidthInteger & BitwiseCopyable>(
    _: Bits.Type, _ cells: Column.Cells, _ batch: RowBatch, _ index: Int, _ target: Int, _ failed: inout [FailedCell],
    _ moved: inout MovedTimes
  ) {
    // A loop for each shape, so that nothing is asked again at every cell.
    switch parser.plainShape {
    case .text: fill(Bits.self, .text, cells, batch, index, target, &failed, &moved)
    case .int: fill(Bits.self, .int, cells, batch, index, target, &failed, &moved)
    case .double: fill(Bits.self, .double, cells, batch, index, target, &failed, &moved)
    case .instant: fill(Bits.self, .instant, cells, batch, index, target, &failed, &moved)
    case .words: fill(Bits.self, .words, cells, batch, index, target, &failed, &moved)
    case .other: fill(Bits.self, .other, cells, batch, index, target, &failed, &moved)
    }
  }

  @inline(__always)
  private func fill<Bits: FixedWidthInteger & BitwiseCopyable>(
    _: Bits.Type, _ shape: CellParser.PlainShape, _ cells: Column.Cells, _ batch: RowBatch, _ index: Int,
    _ target: Int, _ failed: inout [FailedCell], _ moved: inout MovedTimes
  ) {
    // Neighbouring rows often hold the same: versions of one record, sorted exports.
    var last = RawCell(start: UnsafePointer(bitPattern: 1).unsafelyUnwrapped, count: -1)
    var result = ParsedCell.absent
    var bits: UInt64 = 0
    var isPlain = false
    // Taken out for the loop, which would otherwise check for exclusive access at every cell.
    var parser = self.parser
    defer { self.parser = parser }
    let width = batch.width
    var next = batch.cells + index
    for row in 0..<batch.count {
      let cell = next.pointee
      next += width
      if !cell.isSame(as: last) {
        last = cell
        if let plain = parser.plain(cell, shape) {
          bits = plain
          isPlain = true
        } else {
          result = parser.parse(cell)
          if case .value(let value) = result, let plain = value.columnBits {
            bits = plain
            isPlain = true
          } else {
            isPlain = false
          }
        }
      }
      if isPlain {
        cells.store(Bits(truncatingIfNeeded: bits), at: row)
        continue
      }
      switch result {
      case .absent: continue
      case .value(let value): column.set(value, at: cells.firstRow + row)
      case .moved(let value, let isGap):
        column.set(value, at: cells.firstRow + row)
        if isGap { moved.gaps += 1 } else { moved.folds += 1 }
        if moved.samples.count < LoadReport.sampleLimit { moved.samples.append((row, index)) }
      case .failure(let failure):
        failed.append(FailedCell(row: row, target: target, failure: failure))
      }
    }
  }

  /// Appends a list for every row of the batch, of what its cells in some columns hold.
  func gather(_ batch: RowBatch, from indices: [Int], heap: Heap, target: Int, failed: inout [FailedCell]) {
    var elements: [Value] = []
    for row in 0..<batch.count {
      elements.removeAll(keepingCapacity: true)
      var failure: FailedCell?
      for index in indices where failure == nil {
        let cell = batch.cell(row, index)
        if let reason = parser.addElements(of: cell, to: &elements) {
          failure = FailedCell(row: row, target: target, failure: reason, text: heap.symbols.intern(cell.bytes))
        }
      }
      if let failure { failed.append(failure) }
      if failure != nil || elements.isEmpty { column.appendAbsent() } else { column.append(heap.list(elements)) }
    }
  }

  /// Appends one cell whose value has been computed; what it is for the column is decided here.
  func append(
    _ result: ParsedCell, text: Symbol?, row: Int, target: Int, failed: inout [FailedCell], moved: inout MovedTimes
  ) {
    switch result {
    case .absent: column.appendAbsent()
    case .value(let value): column.append(value)
    case .moved(let value, let isGap):
      column.append(value)
      if isGap { moved.gaps += 1 } else { moved.folds += 1 }
    case .failure(let failure):
      column.appendAbsent()
      failed.append(FailedCell(row: row, target: target, failure: failure, text: text))
    }
  }

  /// What a value that an expression gave is for this column; text is parsed.
  func accept(_ value: Value, heap: Heap) -> ParsedCell {
    switch (value, column.kind) {
    case (.absent, _), (.null, _): return .absent
    case (.error(let error), _):
      if case .absent = heap[error].kind { return .absent }
      return .failure(.evaluation(error))
    case (.string(let symbol), _):
      // Copied, since interning parts of it may move the text.
      let text = heap.symbols.withBytes(of: symbol) { Array($0) }
      return text.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { parser.parse(RawCell(start: $0, count: bytes.count)) } ?? .absent
      }
    case (.int(let number), .double): return .value(.double(Double(number)))
    case (.int(let number), .reference): return .value(heap.string(String(number)))
    case (.uint(let number), .reference): return .value(heap.string(String(number)))
    case (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.bytes, .bytes), (.timestamp, .timestamp),
      (.duration, .duration), (.date, .date), (.calendar, .calendar), (.list, .list), (.map, .map):
      return .value(value)
    case (.enumeration(let item), .enumeration(let id)) where item.type == id.index: return .value(value)
    default: return .failure(.wrongResult)
    }
  }
}

extension Value {
  /// The bits of a cell; `nil` for what has more to it than that, which goes through `Column.set`.
  @inline(__always) var columnBits: UInt64? {
    switch self {
    case .bool(let bit): bit ? 1 : 0
    case .int(let number): UInt64(bitPattern: number)
    case .uint(let number): number
    case .double(let number): number.bitPattern
    case .string(let symbol), .bytes(let symbol): UInt64(symbol.index)
    case .timestamp(let instant): instant.nanoseconds == 0 ? UInt64(bitPattern: instant.seconds) : nil
    case .duration(let duration): duration.nanoseconds == 0 ? UInt64(bitPattern: duration.seconds) : nil
    case .date(let date): UInt64(truncatingIfNeeded: Int64(date.daysSinceEpoch))
    case .enumeration(let value): UInt64(value.ordinal)
    case .calendar(let index): UInt64(index)
    default: nil
    }
  }
}
