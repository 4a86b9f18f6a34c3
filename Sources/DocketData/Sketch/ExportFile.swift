/// An export of which nothing is known but its name: what is in it, found by reading all of it.
///
/// The file is read by the loader's own readers, so that what is found here is what loading finds.

public import DocketDiagnostics
import DocketSemantics
import DocketTime

public final class ExportFile {
  public let path: String
  /// Of a database, or the path of a list in JSON.
  public let table: String?
  /// As a source has to say it; `nil` where nothing need be said.
  public let encoding: String?
  public let delimiter: String?
  /// Some words as they were decoded, where the encoding may be another one.
  public let words: [String]
  /// Where the headings stand below titles.
  public let headingLine: Int?
  /// Where a last row begins that is the sum of the others.
  private let total: Int?
  public private(set) var columns: [ColumnSketch] = []
  public private(set) var rows = 0
  /// Rows that cannot be read, and why the first cannot.
  public private(set) var unreadable = 0
  public private(set) var firstProblem: Diagnostic?
  /// Rows that end before their last columns.
  public private(set) var shortRows = 0
  /// Keys of JSON that hold an object in some records, and in so many others a value, which no column can be made of.
  public private(set) var mixed: [(path: String, values: Int)] = []
  /// Columns of one heading that hold one thing each of several.
  public private(set) var lists: [RepeatedHeading] = []
  /// Keys of JSON that hold objects, by their paths.
  private var objects: Set<Heading> = []
  /// The hashes of each column's different texts, where there are not too many.
  private var texts: [Set<UInt64>] = []

  private static let textLimit = 1 << 21
  private static let columnLimit = 4096
  private static let longestHeading = 1 << 14

  public var hasTotal: Bool { total != nil }

  /// The tables in a file: one, or those of a database.
  public static func open(_ path: String) -> Result<[ExportFile], Problems> {
    let file: FileBytes
    switch FileBytes.open(path) {
    case .success(let bytes): file = bytes
    case .failure(let problem): return .failure(Problems([DataProblem.unopened(path, problem).diagnostic()]))
    }
    if FileKind(file.buffer) == .sqlite {
      switch SQLiteDatabase.open(path).flatMap({ $0.tables() }) {
      case .success(let tables):
        return each(tables.map { ExportFile(path, Form(table: $0)) })
      case .failure(let problem): return .failure(Problems([DataProblem.database(problem, path: path).diagnostic()]))
      }
    }
    var text = file
    if FileKind(file.buffer) == .gzip {
      switch Gzip.unpack(file.buffer, limit: DataLoader.Options().unpackedLimit) {
      case .success(let bytes): text = bytes
      case .failure(let problem): return .failure(Problems([DataProblem.packed(problem, path: path).diagnostic()]))
      }
    }
    switch FileKind(text.buffer) {
    case .text, .utf16, .utf32: break
    case let kind: return .failure(Problems([DataProblem.unsupportedFile(path: path, kind).diagnostic()]))
    }
    let encoding = TextEncoding.guess(text.buffer)
    var form = Form(encoding: encoding.name)
    if let name = encoding.name {
      guard case .success(let bytes) = Transcoding.utf8(text.buffer, from: name) else {
        return .failure(Problems([DataProblem.notInEncoding(name, path: path).diagnostic()]))
      }
      text = FileBytes(bytes)
      if encoding.isDoubtful { form.words = TextEncoding.words(text.buffer) }
      let kind = FileKind(text.buffer)
      guard kind == .text else {
        return .failure(Problems([DataProblem.unsupportedFile(path: path, kind).diagnostic()]))
      }
    }
    let format = DataFormat(name: FilePath.name(of: path)) ?? DataFormat(firstBytesOf: text.buffer)
    switch format {
    case .json, .jsonLines:
      let tables = JSONDocument.tables(text.buffer, isLines: format == .jsonLines)
      guard !tables.isEmpty else { return each([ExportFile(path, form)]) }
      return each(
        tables.map { table in
          var form = form
          form.table = table
          return ExportFile(path, form)
        })
    case .csv, .sqlite:
      if let problem = form.settle(LineEnds.plain(text).buffer, path) {
        return .failure(Problems([problem.diagnostic()]))
      }
      return each([ExportFile(path, form)])
    }
  }

  /// What a source has to say of a file.
  private struct Form {
    var table: String?
    var encoding: String?
    var words: [String] = []
    var delimiter: String?
    var headingLine: Int?
    var total: Int?

    /// Finds the parts of a table of text.
    mutating func settle(_ bytes: UnsafeBufferPointer<UInt8>, _ path: String) -> DataProblem? {
      let found = CellDelimiter.guess(bytes)
      // Only where the reader would take another one.
      delimiter = found == CSVRows.delimiter(of: bytes, path: path) ? nil : String(UnicodeScalar(found))
      switch HeadingLine.find(HeadingLine.rows(bytes, found)) {
      case .first: break
      case .line(let line): headingLine = line
      case .unclear: return .titleLines(path: path)
      case .two(let line, let texts): return .twoHeadings(line: line, texts: texts, path: path)
      }
      total = TotalRow.offset(in: bytes, found)
      return nil
    }
  }

  public struct Problems: Error {
    public var diagnostics: [Diagnostic]
    init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  }

  private init(_ path: String, _ form: Form) {
    self.path = path
    table = form.table
    encoding = form.encoding
    words = form.words
    delimiter = form.delimiter
    headingLine = form.headingLine
    total = form.total
  }

  private static func each(_ files: [ExportFile]) -> Result<[ExportFile], Problems> {
    for file in files {
      if let problems = file.scan() { return .failure(problems) }
    }
    return .success(files)
  }

  // MARK: - Reading

  private static let nowhere = SourceSpan(file: FileID(index: 0), start: 0, end: 0)

  private func reader(_ problems: inout [Diagnostic]) -> (any RowReader)? {
    var source = CheckedSource(
      entity: EntityID(index: 0), path: path, pathSpan: Self.nowhere, table: table, columns: [], mappings: [],
      span: Self.nowhere)
    source.encoding = encoding
    source.delimiter = delimiter
    source.headingLine = headingLine
    let reader = OpenedFile.open(
      DataInput(source: source, path: path, span: Self.nowhere), entity: "",
      unpackedLimit: DataLoader.Options().unpackedLimit
    ) { problems.append($0.diagnostic(at: $1)) }
    // What is cut off is empty, and what is empty in some rows is optional.
    reader?.takeShortRows(from: 2)
    return reader
  }

  /// The next rows, without a sum of them.
  private func read(_ reader: any RowReader, _ batch: RowBatch) {
    reader.read(into: batch)
    if let total, batch.count > 0, batch.rows[batch.count - 1].offset == total { batch.count -= 1 }
  }

  /// A reader whose cells are the columns; JSON has to be asked for its keys first.
  private func boundReader(_ problems: inout [Diagnostic]) -> (reader: any RowReader, headings: [String])? {
    guard let reader = reader(&problems) else { return nil }
    guard let json = reader as? JSONRows else {
      return (reader, Heading.numbered((0..<reader.width).map { reader.heading($0) }))
    }
    var names = columns.map(\.heading)
    if names.isEmpty {
      (names, mixed) = json.keyPaths(limit: Self.columnLimit)
      guard let again = self.reader(&problems) else { return nil }
      return bind(again, names)
    }
    return bind(reader, names)
  }

  private func bind(_ reader: any RowReader, _ names: [String]) -> (reader: any RowReader, headings: [String])? {
    let columns = names.map {
      CheckedSource.Column(name: $0, alternatives: [], isRequired: false, span: Self.nowhere)
    }
    _ = reader.bind(columns) { _, _ in }
    return (reader, names)
  }

  private func scan() -> Problems? {
    var problems: [Diagnostic] = []
    guard let (reader, headings) = boundReader(&problems) else { return Problems(problems) }
    if headings.count > Self.columnLimit {
      return Problems([DataProblem.tooManyColumns(limit: Self.columnLimit, path: path).diagnostic()])
    }
    if let place = headings.firstIndex(where: { $0.utf8.count > Self.longestHeading }) {
      let bytes = headings[place].utf8.count
      return Problems([DataProblem.longHeading(column: place + 1, bytes: bytes, path: path).diagnostic()])
    }
    var scans = headings.enumerated().map { ColumnScan(heading: $1, index: $0, limit: Self.textLimit) }
    var repeats = reader is JSONRows ? [] : RepeatedHeading.all((0..<reader.width).map { reader.heading($0) })
    var isBroken = false
    let batch = RowBatch(width: reader.width)
    while !reader.isAtEnd {
      read(reader, batch)
      for problem in reader.takeProblems() {
        unreadable += 1
        if !problem.isOfRow { isBroken = true }
        if firstProblem == nil { firstProblem = problem.problem.diagnostic(at: reader.place(problem)) }
      }
      for column in scans.indices { scans[column].see(batch, column) }
      for place in repeats.indices { repeats[place].see(batch) }
      rows += batch.count
      reader.release()
    }
    // What stands behind such a place would be lost without a word.
    if isBroken || rows == 0, let firstProblem { return Problems([firstProblem]) }
    if unreadable > rows, let firstProblem {
      let most = DataProblem.mostRows(unreadable, of: rows + unreadable, path: path)
      return Problems([most.diagnostic(), firstProblem])
    }
    if headings.isEmpty || reader is JSONRows && rows == 0 {
      return Problems([DataProblem.noRecords(path: table.map { "\(path)` list `\($0)" } ?? path).diagnostic()])
    }
    shortRows = reader.shortRows
    if reader is JSONRows {
      for name in headings {
        for point in name.indices where name[point] == "." { objects.insert(Heading(String(name[..<point]))) }
      }
    }
    for column in scans.indices { scans[column].finish() }
    columns = scans.map(\.sketch)
    lists = repeats.filter { $0.isList(columns) }
    texts = scans.map(\.texts)
    return nil
  }

  /// Whether a name would be taken for that of an object, which is no value.
  public func namesObject(_ name: String) -> Bool { objects.contains(Heading(name)) }

  // MARK: - Across columns

  public struct Repeats: Sendable {
    /// Rows whose texts in the columns have been seen before, and those among them that differ from that row elsewhere.
    public var repeated = 0
    public var differing = 0

    public init(repeated: Int = 0, differing: Int = 0) {
      self.repeated = repeated
      self.differing = differing
    }
  }

  /// Whether some columns tell the rows apart; texts that are `missing` are as good as none.
  public func repeats(of chosen: [Int], missing: [String] = []) -> Repeats {
    let words = missing.map { Array($0.utf8) }
    func add(_ cell: RawCell, to hash: inout TextHash) {
      let isMissing = words.contains { $0.count == cell.count && $0.elementsEqual(cell.bytes) }
      hash.add(isMissing ? RawCell(start: cell.start, count: 0) : cell)
    }
    var problems: [Diagnostic] = []
    var result = Repeats()
    guard let (reader, _) = boundReader(&problems) else { return result }
    var rowOfTexts: [UInt64: UInt64] = [:]
    let batch = RowBatch(width: reader.width)
    while !reader.isAtEnd {
      read(reader, batch)
      _ = reader.takeProblems()
      for row in 0..<batch.count {
        var key = TextHash()
        for column in chosen { add(batch.cell(row, column), to: &key) }
        var whole = TextHash()
        for column in 0..<batch.width { add(batch.cell(row, column), to: &whole) }
        if let first = rowOfTexts[key.value] {
          result.repeated += 1
          if first != whole.value { result.differing += 1 }
        } else {
          rowOfTexts[key.value] = whole.value
        }
      }
      reader.release()
    }
    return result
  }

  /// How many of a column's different texts are not among those of another file's; `nil` where there are too many to know.
  public func strangers(in column: Int, to keys: ExportFile, _ keyColumn: Int) -> (known: Int, unknown: Int)? {
    let own = texts[column]
    let other = keys.texts[keyColumn]
    guard own.count == columns[column].distinct, other.count == keys.columns[keyColumn].distinct else { return nil }
    let unknown = own.count { !other.contains($0) }
    return (own.count - unknown, unknown)
  }
}

// MARK: - Names

extension ExportFile {
  /// What the file calls its records, where it has a word for them: the table of a database, a list in JSON.
  public var recordName: String? {
    guard let table else { return nil }
    let vague: Set<String> = [
      "nodes", "edges", "items", "records", "results", "result", "data", "rows", "list", "values", "entries",
    ]
    let words = table.split(separator: ".").map(String.init)
    guard words.count > 1 else { return table }
    return words.last { !vague.contains($0.lowercased()) && !$0.hasPrefix("_") }
  }
}
