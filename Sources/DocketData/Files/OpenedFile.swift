/// Opens a file with the reader for what it is: by its name, and where the name says nothing, by its first bytes.

import DocketDiagnostics
import DocketSemantics

enum OpenedFile {
  /// The rows of an input; `nil` where it has none to give, which has been reported.
  static func open(
    _ input: DataInput, entity: String, unpackedLimit: Int, report: (DataProblem, DataPlace?) -> Void
  ) -> (any RowReader)? {
    var file: FileBytes
    switch FileBytes.open(input.path) {
    case .success(let opened): file = opened
    case .failure(let problem):
      report(.unopened(input.path, problem), nil)
      return nil
    }
    let named = DataFormat(name: FilePath.name(of: input.path))
    if FileKind(file.buffer) == .sqlite, input.path != "-" {
      if input.source.headingLine != nil {
        report(.headingOfOther(path: input.path), nil)
        return nil
      }
      switch SQLiteRows.open(input.path, table: input.source.table, entity: entity, bytes: file.buffer.count) {
      case .success(let rows): return rows
      case .failure(let problem):
        report(.database(problem, path: input.path), nil)
        return nil
      }
    }
    if named == .sqlite {
      report(.database(.notDatabase, path: input.path), nil)
      return nil
    }
    if FileKind(file.buffer) == .gzip {
      switch Gzip.unpack(file.buffer, limit: unpackedLimit) {
      case .success(let bytes): file = bytes
      case .failure(let problem):
        report(.packed(problem, path: input.path), nil)
        return nil
      }
    }
    if let encoding = input.source.encoding, !Transcoding.isUTF8(encoding) {
      switch Transcoding.utf8(file.buffer, from: encoding) {
      case .success(let bytes): file = FileBytes(bytes)
      case .failure(.unknownEncoding):
        report(.unknownEncoding(encoding), nil)
        return nil
      case .failure(.invalidText(let offset)):
        report(
          .notInEncoding(encoding, path: input.path),
          DataPlace(path: input.path, line: TextPlace.line(of: offset, in: file.buffer), column: 1))
        return nil
      }
    }
    let kind = FileKind(file.buffer)
    guard kind == .text else {
      report(.unsupportedFile(path: input.path, kind), nil)
      return nil
    }
    let format = named ?? DataFormat(firstBytesOf: file.buffer)
    switch format {
    case .json, .jsonLines:
      if input.source.headingLine != nil {
        report(.headingOfOther(path: input.path), nil)
        return nil
      }
      return JSONDocument.open(
        file, path: input.path, isLines: format == .jsonLines, table: input.source.table, report: report)
    case .csv, .sqlite:
      if input.source.table != nil {
        report(.database(.tableOfText, path: input.path), nil)
        return nil
      }
      let heading = input.source.headingLine
      guard let written = input.source.delimiter else {
        return CSVRows(file, path: input.path, headingLine: heading, report: report)
      }
      let bytes = Array(written.utf8)
      // A quote or a line end has its own meaning in such text.
      guard bytes.count == 1, bytes[0] < 0x80, ![0x22, 0x0A, 0x0D, 0x00].contains(bytes[0]) else {
        report(.badDelimiter(written), nil)
        return nil
      }
      return CSVRows(file, path: input.path, delimiter: bytes[0], headingLine: heading, report: report)
    }
  }
}
