/// The batches of a file one after another, the next of which may be read while one is converted.
///
/// Only one thread uses the reader at a time: `readAhead` runs beside work on the last batch that touches that batch alone.
final class ReadAhead {
  struct Piece {
    var batch: RowBatch
    var problems: [RowProblem]
    /// How far the file was read with it.
    var offset: Int
    var isLast: Bool
  }

  private let reader: any RowReader
  /// A batch is read into while the other one is worked on.
  private var batches: (RowBatch, RowBatch)
  private var next: Piece?

  init(_ reader: any RowReader) {
    self.reader = reader
    batches = (RowBatch(width: reader.width), RowBatch(width: reader.width))
  }

  func readAhead() {
    guard next == nil, !reader.isAtEnd else { return }
    batches = (batches.1, batches.0)
    reader.read(into: batches.0)
    next = Piece(
      batch: batches.0, problems: reader.takeProblems(), offset: reader.offset, isLast: reader.isAtEnd)
  }

  /// The next batch, read now unless it has been; `nil` at the end. The batch before the last one is gone.
  func take() -> Piece? {
    readAhead()
    defer { next = nil }
    return next
  }
}
