/// What a reader of any format offers: batches of rows, and the places of what it read.

import DocketDiagnostics
import DocketSemantics

protocol RowReader: AnyObject {
  /// The file as it is named in problems.
  var path: String { get }
  /// Cells in a row.
  var width: Int { get }
  var isAtEnd: Bool { get }
  /// How far the file has been read, of `size`: bytes, or rows of a database.
  var offset: Int { get }
  var size: Int { get }
  /// Of the file.
  var bytes: Int { get }
  var emptyLines: Int { get }
  /// Rows that ended before their last columns.
  var shortRows: Int { get }

  /// Which cell each column of a source is.
  func bind(_ columns: [CheckedSource.Column], report: (DataProblem, SourceSpan) -> Void) -> ColumnBinding

  /// Fills the batch with the next rows; those that cannot be used are left out and are problems. The cells of the batch that was
  /// filled before stay as they are.
  func read(into batch: RowBatch)
  func takeProblems() -> [RowProblem]
  /// Rows may end before their last columns, from so many cells on.
  func takeShortRows(from count: Int)
  /// What is known only after the last row.
  func finish(report: (DataProblem, SourceSpan) -> Void) -> [String]

  /// What the file calls a cell.
  func heading(_ column: Int) -> String
  func place(_ row: RowBatch.Row, column: Int?) -> DataPlace
  func place(_ problem: RowProblem) -> DataPlace
  /// The line of a row that is known by its offset alone.
  func line(at offset: Int) -> Int
  /// A row as it stands in the file.
  func text(at offset: Int) -> String
  /// What has been read need not stay in memory.
  func release()
}

/// Something that makes a row, or all that follows, unreadable.
struct RowProblem {
  var problem: DataProblem
  var line: Int
  /// The place itself, in bytes; without it the row is meant.
  var offset: Int?
  /// Where the row begins that it spoils.
  var row: Int
  /// Whether only one row is affected, so that the next one can be read.
  var isOfRow: Bool
}

extension RowReader {
  var bytes: Int { size }
  var shortRows: Int { 0 }

  func takeShortRows(from count: Int) {}

  func finish(report: (DataProblem, SourceSpan) -> Void) -> [String] { [] }
}

/// Places in a text.
enum TextPlace {
  /// The column of a byte, in scalars, where its line begins at `start`.
  static func column(of offset: Int, from start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var column = 1
    for place in min(start, offset)..<min(offset, bytes.count) where bytes[place] & 0xC0 != 0x80 { column += 1 }
    return column
  }

  static func column(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return column(of: offset, from: start, in: bytes)
  }

  static func line(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var lines = LineCounter()
    return lines.line(of: offset, in: bytes)
  }
}

/// Numbers of lines for places that are mostly asked for in their order, so that a file is not counted anew for each.
struct LineCounter {
  private var counted = 0
  private var line = 1

  mutating func line(of offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if offset < counted { self = LineCounter() }
    let end = min(offset, bytes.count)
    for place in counted..<max(counted, end) where bytes[place] == 0x0A { line += 1 }
    counted = max(counted, end)
    return line
  }
}
