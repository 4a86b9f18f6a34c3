/// A file whose kind is known and whose heading has been read; its rows come next.

import DocketDiagnostics
import DocketSemantics

struct OpenedFile {
  var path: String
  var file: FileBytes
  var delimiter: UInt8
  var headings: [String]
  /// Stands behind the heading.
  var reader: CSVReader

  static func open(
    _ input: DataInput, report: (DataProblem, DataPlace?) -> Void
  ) -> OpenedFile? {
    var file: FileBytes
    switch FileBytes.open(input.path) {
    case .success(let opened): file = opened
    case .failure(let problem):
      report(.unopened(input.path, problem), nil)
      return nil
    }
    if let encoding = input.source.encoding, !Transcoding.isUTF8(encoding) {
      switch Transcoding.utf8(file.buffer, from: encoding) {
      case .success(let bytes): file = FileBytes(bytes)
      case .failure(.unknownEncoding):
        report(.unknownEncoding(encoding), nil)
        return nil
      case .failure(.invalidText):
        report(.notInEncoding(encoding, path: input.path), nil)
        return nil
      }
    }
    let kind = FileKind(file.buffer)
    guard kind == .text else {
      report(.unsupportedFile(path: input.path, kind), nil)
      return nil
    }
    let delimiter = delimiter(of: file.buffer, path: input.path)
    var reader = CSVReader(file.buffer, delimiter: delimiter)
    guard let headings = reader.readRow() else {
      if reader.problems.isEmpty {
        report(.emptyFile(path: input.path), nil)
      } else {
        for problem in reader.takeProblems() { report(.form(problem), problem.place(path: input.path, file.buffer)) }
      }
      return nil
    }
    if headings.count == 1, headings[0].contains(";") {
      report(.semicolons(path: input.path), nil)
      return nil
    }
    return OpenedFile(path: input.path, file: file, delimiter: delimiter, headings: headings, reader: reader)
  }

  /// A tab where the name says so, or the first line has tabs and no commas.
  private static func delimiter(of bytes: UnsafeBufferPointer<UInt8>, path: String) -> UInt8 {
    let kind = FilePath.split(FilePath.name(of: path)).kind
    if kind == "tsv" || kind == "tab" { return 0x09 }
    let line = bytes.prefix { $0 != 0x0A }
    return line.contains(0x09) && !line.contains(0x2C) ? 0x09 : 0x2C
  }

  /// Where field `index` of the row at `offset` stands.
  func place(offset: Int, field: Int?, value: String?) -> DataPlace {
    guard let start = file.buffer.baseAddress else { return DataPlace(path: path) }
    var line = 1
    for byte in file.buffer[0..<min(offset, file.buffer.count)] where byte == 0x0A { line += 1 }
    let place = CSVReader.place(
      of: field ?? 0, in: RowBatch.Row(start: start + offset, line: line), end: start + file.buffer.count,
      delimiter: delimiter)
    return DataPlace(path: path, line: place.line, column: place.column, value: value)
  }
}

extension CSVProblem {
  func place(path: String, _ bytes: UnsafeBufferPointer<UInt8>) -> DataPlace {
    switch self {
    case .raggedRow(let line, _, _): return DataPlace(path: path, line: line, column: 1)
    case .unterminatedQuote(let line, let offset), .textAfterQuote(let line, let offset), .nulByte(let line, let offset),
      .notUTF8(let line, let offset):
      var column = 1
      var here = offset
      while here > 0, bytes[here - 1] != 0x0A {
        here -= 1
        if bytes[here] & 0xC0 != 0x80 { column += 1 }
      }
      return DataPlace(path: path, line: line, column: column)
    }
  }
}
