/// The records of JSON Lines, or of a JSON array, as rows with a cell for each column of the source.

import CSimdjson
import DocketDiagnostics
import DocketSemantics

final class JSONRows: RowReader {
  /// Records are looked at together up to this many bytes: enough for simdjson to run, and little to remember.
  private static let blockSize = 1 << 18
  /// The tokens of a record take up to four times its bytes.
  private static let recordLimit = 1 << 28

  let path: String
  private let file: FileBytes
  private let start: JSONSplitter
  private var splitter: JSONSplitter
  private var columns: [CheckedSource.Column] = []
  private var keys = JSONKeys([])
  private var reader: JSONRecordReader?
  /// Another one, to look at single records again without disturbing the first.
  private var probe: JSONRecordReader?
  private var problems: [RowProblem] = []
  private var records: [JSONSplitter.Record] = []
  private var nextRecord = 0
  /// Where the indexed text begins and ends.
  private var indexed = 0..<0
  private var isBroken = false
  /// Whether bytes that are no UTF-8 are exceptions; `nil` until there is one.
  private var isMostlyUTF8: Bool?
  /// Something could not be read, so that a key that has not been seen may be there.
  private var hasRefused = false
  private var released = 0
  private var lines = LineCounter()

  private(set) var width = 0
  var size: Int { file.buffer.count }
  var emptyLines: Int { splitter.emptyLines }
  var isAtEnd: Bool { isBroken || (nextRecord == records.count && splitter.isAtEnd) }
  var offset: Int { isAtEnd ? size : nextRecord < records.count ? records[nextRecord].start : splitter.position }

  init(_ file: FileBytes, path: String, splitter: JSONSplitter) {
    self.path = path
    self.file = file
    self.splitter = splitter
    start = splitter
  }

  // MARK: - Columns

  func bind(_ columns: [CheckedSource.Column], report: (DataProblem, SourceSpan) -> Void) -> ColumnBinding {
    self.columns = columns
    width = columns.count
    keys = JSONKeys(columns)
    reader = JSONRecordReader(keys, width: width)
    probe = JSONRecordReader(keys, width: width)
    // The first records tell what is missing before each of many rows says so.
    let batch = RowBatch(width: width)
    var sample = start
    var count = 0
    var isReadable = true
    while count < 1000, isReadable, !sample.isAtEnd, let record = sample.next() {
      isReadable = look(record, batch)
      count += 1
    }
    if sample.isAtEnd, sample.problem == nil, isReadable, count > 0 { reportMissing(report) }
    return ColumnBinding(places: Array(columns.indices), unused: [])
  }

  /// The keys of all records, those inside objects by their paths, in the order of the file; and those that hold an object
  /// in some records and a value in others. Such a key is known by what is inside the object, as one is that holds nothing in
  /// others. Beyond `limit` keys no more are looked for.
  func keyPaths(limit: Int) -> (names: [String], mixed: [(path: String, values: Int)]) {
    _ = bind([]) { _, _ in }
    let batch = RowBatch(width: 0)
    while !isAtEnd, keys.all.count <= limit {
      read(into: batch)
      release()
    }
    let paths = keys.all
    let outer = Set(
      paths.flatMap { path in path.indices.filter { path[$0] == "." }.map { String(path[..<$0]) } })
    return (paths.filter { !outer.contains($0) }, reader?.mixed ?? [])
  }

  private func reportMissing(_ report: (DataProblem, SourceSpan) -> Void) {
    for (column, heading) in zip(columns, keys.headings) where heading == nil && column.isRequired {
      report(
        .missingColumn(column.name, labels: column.alternatives, headings: keys.all, path: path), column.span)
    }
  }

  func finish(report: (DataProblem, SourceSpan) -> Void) -> [String] {
    if !hasRefused, !records.isEmpty || start.layout == .lines && size > Self.blockSize { reportMissing(report) }
    // What stands beside an object is read by nothing, unless the source names it.
    let mixed = reader.map { $0.mixed.map(\.path) } ?? []
    let seen = Set(keys.all)
    return keys.unused + mixed.filter { !seen.contains($0) }
  }

  func heading(_ column: Int) -> String { keys.headings[column] ?? columns[column].name }

  // MARK: - Rows

  func read(into batch: RowBatch) {
    batch.clear()
    guard let reader, file.buffer.baseAddress != nil else {
      isBroken = true
      return
    }
    csimdjson_clear(reader.handle)
    while batch.count < batch.capacity, !isAtEnd {
      if nextRecord == records.count, !fill(reader) { return }
      let record = records[nextRecord]
      nextRecord += 1
      if record.end > indexed.upperBound, !index(record, reader) { continue }
      var place = 0
      let status = csimdjson_record(
        reader.handle, record.start - indexed.lowerBound, record.end - indexed.lowerBound, cells(batch, batch.count),
        &place)
      guard status == CSIMDJSON_OK else {
        refuse(status, at: indexed.lowerBound + place, record)
        continue
      }
      batch.rows[batch.count] = RowBatch.Row(offset: record.start, line: record.line)
      batch.count += 1
    }
  }

  private func cells(_ batch: RowBatch, _ row: Int) -> UnsafeMutablePointer<csimdjson_cell> {
    // Both are a pointer and a count.
    UnsafeMutableRawPointer(batch.cells + row * batch.width).assumingMemoryBound(to: csimdjson_cell.self)
  }

  /// Finds the next records and indexes them together; where that fails, each is indexed when its turn comes.
  private func fill(_ reader: JSONRecordReader) -> Bool {
    records.removeAll(keepingCapacity: true)
    nextRecord = 0
    var bytes = 0
    while bytes < Self.blockSize, !splitter.isAtEnd, let record = splitter.next() {
      records.append(record)
      bytes = record.end - records[0].start
    }
    if let problem = splitter.problem {
      let (json, place): (JSONProblem, Int) =
        switch problem {
        case .truncated(let start): (.malformed(.incomplete), start)
        case .unexpected(let place): (JSONProblem(CSIMDJSON_UNEXPECTED, text: text(from: place)), place)
        }
      problems.append(
        RowProblem(
          problem: .json(json), line: line(at: place), offset: min(place, max(0, size - 1)), row: place, isOfRow: false)
      )
    }
    guard let first = records.first, let last = records.last else { return false }
    guard records.count > 1 else {
      indexed = first.start..<first.start
      return true
    }
    let isIndexed =
      csimdjson_index(reader.handle, file.buffer.baseAddress! + first.start, last.end - first.start) == CSIMDJSON_OK
    indexed = first.start..<(isIndexed ? last.end : first.start)
    return true
  }

  private func index(_ record: JSONSplitter.Record, _ reader: JSONRecordReader) -> Bool {
    indexed = record.start..<record.start
    guard record.end - record.start <= Self.recordLimit else {
      append(.json(.tooLong(limit: Self.recordLimit)), at: nil, record, isOfRow: true)
      return false
    }
    let text = file.buffer.baseAddress! + record.start
    let status = csimdjson_index(reader.handle, text, record.end - record.start)
    guard status != CSIMDJSON_OK else {
      indexed = record.start..<record.end
      return true
    }
    if status == CSIMDJSON_NOT_UTF8 {
      let place = record.start + (UTF8Check.firstInvalid(text, text + (record.end - record.start)) ?? 0)
      // Text in another encoding is wrong all through: it is told once.
      let isException = isMostlyUTF8 ?? UTF8Check.isMostlyValid(file.buffer)
      isMostlyUTF8 = isException
      let found = (line: line(of: place, in: record), offset: place)
      append(
        .form(
          isException
            ? .badByte(line: found.line, offset: found.offset) : .notUTF8(line: found.line, offset: found.offset)),
        at: place, record, isOfRow: isException)
      if !isException { isBroken = true }
    } else if status == CSIMDJSON_NO_MEMORY {
      append(.json(.malformed(.noMemory)), at: nil, record, isOfRow: true)
    } else {
      var place = 0
      let found = csimdjson_diagnose(text, record.end - record.start, &place)
      refuse(found, at: record.start + place, record)
    }
    return false
  }

  private func refuse(_ status: csimdjson_status, at place: Int, _ record: JSONSplitter.Record) {
    let problem: DataProblem =
      if status == CSIMDJSON_NUL, file.buffer[min(place, size - 1)] == 0 {
        .form(.nulByte(line: line(of: place, in: record), offset: place))
      } else {
        .json(JSONProblem(status, text: text(from: place)))
      }
    let isOfRow = status != CSIMDJSON_TOO_MANY_KEYS
    append(problem, at: place, record, isOfRow: isOfRow)
    if !isOfRow { isBroken = true }
  }

  private func append(_ problem: DataProblem, at place: Int?, _ record: JSONSplitter.Record, isOfRow: Bool) {
    problems.append(
      RowProblem(
        problem: problem, line: place.map { line(of: $0, in: record) } ?? record.line, offset: place ?? record.start,
        row: record.start, isOfRow: isOfRow))
  }

  func takeProblems() -> [RowProblem] {
    if !problems.isEmpty { hasRefused = true }
    defer { problems = [] }
    return problems
  }

  // MARK: - Places

  /// Reads one record alone.
  private func look(_ record: JSONSplitter.Record, _ batch: RowBatch) -> Bool {
    guard let probe, let base = file.buffer.baseAddress, record.end - record.start <= Self.recordLimit else {
      return false
    }
    var place = 0
    let count = record.end - record.start
    defer { csimdjson_clear(probe.handle) }
    return csimdjson_index(probe.handle, base + record.start, count) == CSIMDJSON_OK
      && csimdjson_record(probe.handle, 0, count, cells(batch, 0), &place) == CSIMDJSON_OK
  }

  private func end(of start: Int) -> Int {
    if splitter.layout == .lines { return JSONSplitter.lineEnd(start, in: file.buffer) }
    return JSONSplitter.end(of: start, in: file.buffer) ?? size
  }

  func place(_ row: RowBatch.Row, column: Int?) -> DataPlace {
    var offset = row.offset
    if let column, let probe {
      let record = JSONSplitter.Record(start: row.offset, end: end(of: row.offset), line: row.line)
      if look(record, RowBatch(width: width)) {
        let origin = csimdjson_origin(probe.handle, Int32(column))
        if origin >= 0 { offset += Int(origin) }
      }
    }
    let record = JSONSplitter.Record(start: row.offset, end: size, line: row.line)
    return DataPlace(
      path: path, line: line(of: offset, in: record), column: TextPlace.column(of: offset, in: file.buffer))
  }

  func place(_ problem: RowProblem) -> DataPlace {
    DataPlace(
      path: path, line: problem.line, column: TextPlace.column(of: problem.offset ?? problem.row, in: file.buffer))
  }

  private func line(of place: Int, in record: JSONSplitter.Record) -> Int {
    var line = record.line
    for here in record.start..<max(record.start, min(place, size)) where file.buffer[here] == 0x0A { line += 1 }
    return line
  }

  func line(at offset: Int) -> Int { lines.line(of: offset, in: file.buffer) }

  /// The token at a place, for messages; a string without its quotes.
  private func text(from place: Int) -> String {
    guard place < size else { return "" }
    var start = place
    var end = JSONSplitter.end(of: place, in: file.buffer) ?? size
    if file.buffer[place] == UInt8(ascii: "\"") {
      start += 1
      end -= 1
    }
    if end <= start { end = start + 1 }
    return String(decoding: file.buffer[start..<min(end, start + 200, size)], as: UTF8.self).shortened
  }

  func text(at offset: Int) -> String {
    var end = end(of: offset)
    while end > offset, JSONSplitter.isSpace(file.buffer[end - 1]) { end -= 1 }
    return String(decoding: file.buffer[offset..<max(offset, end)], as: UTF8.self)
  }

  func release() {
    guard offset - released > 1 << 24 else { return }
    released = offset
    file.release(before: released)
  }
}
