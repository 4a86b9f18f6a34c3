/// The rows of comma- or tab-separated text below its heading.

import DocketDiagnostics
import DocketSemantics

final class CSVRows: RowReader {
  let path: String
  private let file: FileBytes
  private let delimiter: UInt8
  private let headings: [String]
  private let headingBytes: [[UInt8]]
  /// Rows that are the heading again.
  private var repeats: [RowProblem] = []
  private var reader: CSVReader
  private var released = 0
  private var lines = LineCounter()

  var width: Int { headings.count }
  var isAtEnd: Bool { reader.isAtEnd }
  var offset: Int { reader.offset }
  var size: Int { file.buffer.count }
  var emptyLines: Int { reader.emptyLines }
  var shortRows: Int { reader.shortRows }

  /// A heading of more than this is no name.
  private static let longestHeading = 1 << 14
  /// How much of the heading says what separates its cells.
  private static let longestLine = 1 << 16

  /// Reads the heading; `nil` where there is none that can be used.
  init?(
    _ file: FileBytes, path: String, delimiter: UInt8? = nil, headingLine: Int? = nil,
    report: (DataProblem, DataPlace?) -> Void
  ) {
    let file = LineEnds.plain(file)
    self.delimiter = delimiter ?? Self.delimiter(of: file.buffer, path: path)
    let delimiter = self.delimiter
    reader = CSVReader(file.buffer, delimiter: delimiter)
    self.path = path
    self.file = file
    if let headingLine {
      guard headingLine > 0, reader.skip(toLine: headingLine) else {
        report(.noHeadingLine(headingLine, path: path), nil)
        return nil
      }
    } else if Self.separatorLine(file.buffer) != nil {
      _ = reader.readRow()
    }
    var found = reader.readRow()
    // What holds nothing but delimiters names nothing.
    while let headings = found, headings.count > 1, headings.allSatisfy(\.isEmpty) { found = reader.readRow() }
    guard let headings = found else {
      if reader.problems.isEmpty {
        report(.emptyFile(path: path), nil)
      } else {
        for (problem, row) in reader.takeProblems() {
          let problem = RowProblem(problem, row: row)
          report(problem.problem, Self.place(problem, path, file.buffer))
        }
      }
      return nil
    }
    if headings.count == 1, let other = [";", "|"].first(where: { (mark: String) in headings[0].contains(mark) }) {
      report(.otherDelimiter(other, path: path), nil)
      return nil
    }
    if let place = headings.firstIndex(where: { $0.utf8.count > Self.longestHeading }) {
      report(.longHeading(column: place + 1, bytes: headings[place].utf8.count, path: path), nil)
      return nil
    }
    self.headings = headings
    headingBytes = headings.map { Array($0.utf8) }
  }

  /// What a first line `sep=;` says, which Excel writes above the heading.
  private static func separatorLine(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let line = bytes[start...].prefix(8).prefix { $0 != 0x0A }
    guard line.starts(with: Array("sep=".utf8)), line.count == 5 || line.count == 6 && line.last == 0x0D else {
      return nil
    }
    let mark = line[start + 4]
    return [0x2C, 0x3B, 0x09, 0x7C].contains(mark) ? mark : nil
  }

  /// What the file itself says, a tab where its name says so, or where the first line has tabs and no commas.
  static func delimiter(of bytes: UnsafeBufferPointer<UInt8>, path: String) -> UInt8 {
    if let said = separatorLine(bytes) { return said }
    let kind = FilePath.plainKind(FilePath.name(of: path)).kind
    if kind == "tsv" || kind == "tab" { return 0x09 }
    let line = bytes.prefix(longestLine).prefix { $0 != 0x0A }
    return line.contains(0x09) && !line.contains(0x2C) ? 0x09 : 0x2C
  }

  func bind(_ columns: [CheckedSource.Column], report: (DataProblem, SourceSpan) -> Void) -> ColumnBinding {
    ColumnBinding.bind(columns, to: headings, path: path, report: report)
  }

  func read(into batch: RowBatch) {
    reader.read(into: batch)
    guard width > 1, let first = headingBytes.first else { return }
    var row = 0
    while row < batch.count {
      if batch.cell(row, 0).count == first.count, repeatsHeading(batch, row) {
        let place = batch.rows[row]
        repeats.append(
          RowProblem(
            problem: .form(.repeatedHeading(line: place.line)), line: place.line, offset: nil, row: place.offset,
            isOfRow: true))
        batch.remove(row)
      } else {
        row += 1
      }
    }
  }

  private func repeatsHeading(_ batch: RowBatch, _ row: Int) -> Bool {
    headingBytes.indices.allSatisfy { batch.cell(row, $0).bytes.elementsEqual(headingBytes[$0]) }
  }

  func takeShortRows(from count: Int) { reader.shortest = max(2, count) }

  func takeProblems() -> [RowProblem] {
    defer { repeats = [] }
    let problems = reader.takeProblems().map { RowProblem($0.problem, row: $0.row) }
    return repeats.isEmpty ? problems : (problems + repeats).sorted { $0.row < $1.row }
  }

  func heading(_ column: Int) -> String { headings[column] }

  func place(_ row: RowBatch.Row, column: Int?) -> DataPlace {
    let place = CSVReader.place(of: column ?? 0, in: row, bytes: file.buffer, delimiter: delimiter)
    return DataPlace(path: path, line: place.line, column: place.column)
  }

  func place(_ problem: RowProblem) -> DataPlace { Self.place(problem, path, file.buffer) }

  private static func place(_ problem: RowProblem, _ path: String, _ bytes: UnsafeBufferPointer<UInt8>) -> DataPlace {
    DataPlace(path: path, line: problem.line, column: problem.offset.map { TextPlace.column(of: $0, in: bytes) } ?? 1)
  }

  func line(at offset: Int) -> Int { lines.line(of: offset, in: file.buffer) }

  func text(at offset: Int) -> String {
    var reader = CSVReader(file.buffer, delimiter: delimiter)
    var end = reader.skipRow(from: offset)
    while end > offset, file.buffer[end - 1] == 0x0A || file.buffer[end - 1] == 0x0D { end -= 1 }
    return String(decoding: file.buffer[offset..<max(offset, end)], as: UTF8.self)
  }

  func release() {
    guard reader.offset - released > 1 << 24 else { return }
    released = reader.offset
    file.release(before: released)
  }
}

extension RowProblem {
  fileprivate init(_ problem: CSVProblem, row: Int) {
    var offset: Int?
    switch problem {
    case .raggedRow, .repeatedHeading, .tooManyFields: break
    case .unterminatedQuote(_, let place), .textAfterQuote(_, let place), .nulByte(_, let place),
      .notUTF8(_, let place), .badByte(_, let place):
      offset = place
    }
    self.init(problem: .form(problem), line: problem.line, offset: offset, row: row, isOfRow: problem.isOfRow)
  }
}
