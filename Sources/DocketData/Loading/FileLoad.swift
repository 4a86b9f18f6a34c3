/// One file's rows into the columns of its entity's table.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

/// Evaluates an expression of a source over a row's texts.
typealias EvaluateRow = (Body, [Value]) -> Value

final class FileLoad {
  /// A file of less is converted before a second thread has begun.
  private static let bytesForHelper = 1 << 20

  let source: CheckedSource
  let reader: any RowReader
  let binding: ColumnBinding
  private(set) var report: LoadReport.Source
  /// Rows of this file, by the numbers of the table's builder.
  private(set) var firstRow = 0
  /// Where each of these rows begins in the file: `RowBatch.Row.offset`.
  private(set) var offsets: [Int] = []
  let problems: FileProblems

  private let schema: Schema
  private let heap: Heap
  private let zone: Zone?

  init(
    _ input: DataInput, _ reader: any RowReader, _ binding: ColumnBinding, schema: Schema, heap: Heap, zone: Zone?,
    problems: FileProblems
  ) {
    source = input.source
    self.reader = reader
    self.binding = binding
    self.schema = schema
    self.heap = heap
    self.problems = problems
    self.zone = input.source.timeZone ?? zone
    report = LoadReport.Source(entity: schema[source.entity].name, path: reader.path)
    report.bytes = reader.bytes
    report.unusedColumns = binding.unused
  }

  /// The fields that this file gives a value for.
  var presentFields: Set<Int> {
    Set(
      source.mappings.compactMap { mapping in
        if case .column(let column) = mapping.value, place(column) == nil { nil } else { mapping.field }
      })
  }

  private func place(_ column: Int) -> Int? {
    binding.places.indices.contains(column) ? binding.places[column] : nil
  }

  /// Columns of the file that a row cannot do without.
  private var neededColumns: [Int] {
    let fields = schema.fields(of: source.entity)
    let needed = source.mappings.filter { mapping in
      let field = fields[mapping.field]
      if case .key = field.kind { return true }
      return !field.isOptional && field.defaultBody == nil
    }.map(\.value)
    let values = needed + [source.created, source.version].compactMap { $0 } + source.tieBreakers
    return values.flatMap { value -> [Int] in
      switch value {
      case .column(let column): [column]
      case .expression(let body): Array(body.expression.rowColumns)
      }
    }.filter { binding.lists[$0] == nil }.compactMap(place)
  }

  // MARK: - Rows

  func load(
    into builder: TableBuilder, evaluate: @escaping EvaluateRow, options: DataLoader.Options,
    loadReport: inout LoadReport
  ) {
    firstRow = builder.rowCount
    let fields = schema.fields(of: source.entity)
    var targets = fieldTargets(builder, evaluate)
    let version = instantTarget("version", source.version, .absentVersion)
    let created = instantTarget("created", source.created, .absentCreated)
    let ties = source.tieBreakers.enumerated().map { tieTarget($0.element, number: $0.offset) }
    let firstExtra = targets.count
    targets += (version.map { [$0] } ?? []) + (created.map { [$0] } ?? []) + ties
    let withoutData = builder.columns.enumerated().compactMap { field, column in
      targets.prefix(firstExtra).contains { $0.converter.column === column } ? nil : column
    }

    reader.takeShortRows(from: (neededColumns.max() ?? -1) + 1)
    let pieces = ReadAhead(reader)
    let conversion = Conversion(
      targets, heap: heap, evaluate,
      helper: options.threads > 1 && reader.bytes > Self.bytesForHelper ? Helper() : nil)
    var failed: [FailedCell] = []
    var moved = MovedTimes()
    var told = 0
    while true {
      if options.isCancelled?() ?? false {
        loadReport.isCancelled = true
        return
      }
      let begin = ContinuousClock.now
      guard let piece = pieces.take() else { break }
      let (batch, misshapen) = (piece.batch, piece.problems)
      let split = ContinuousClock.now
      loadReport.add(begin.duration(to: split), to: .read)
      if piece.offset - told > 1 << 20 || piece.isLast {
        told = piece.offset
        options.progress?(LoadProgress(path: reader.path, done: told, total: reader.size))
      }
      if batch.count == 0 {
        for problem in misshapen { tell(problem) }
        continue
      }

      let base = builder.rowCount
      if base == firstRow { reserve(builder, piece) }
      for outcome in conversion.convert(batch, beside: pieces.readAhead) {
        failed += outcome.failed
        moved.add(outcome.moved)
      }
      for column in withoutData { _ = column.extend(by: batch.count) }
      note(moved, batch)
      moved = MovedTimes()

      var kept = batch.count
      if failed.isEmpty {
        for problem in misshapen { tell(problem) }
        for row in 0..<batch.count { offsets.append(batch.rows[row].offset) }
      } else {
        let isDropped = drop(failed, misshapen, batch, targets)
        failed.removeAll(keepingCapacity: true)
        kept -= isDropped.count { $0 }
        for case let column? in builder.columns { column.compact(from: base, isDropped: isDropped) }
        for target in targets[firstExtra...] { target.converter.column.compact(from: 0, isDropped: isDropped) }
        for row in 0..<batch.count where !isDropped[row] { offsets.append(batch.rows[row].offset) }
      }
      builder.endRows(
        kept, version: version?.converter.column, ties: ties.map(\.converter.column),
        created: created?.converter.column)
      for target in targets[firstExtra...] { target.converter.column.removeAll() }
      loadReport.add(split.duration(to: .now), to: .convert)
      reader.release()
    }
    let unread = reader.finish { problem, span in problems.report(problem.diagnostic(span: span), row: nil) }
    report.unusedColumns += unread
    report.rows = builder.rowCount - firstRow
    report.emptyLines = reader.emptyLines
    report.shortRows = reader.shortRows
    for (index, field) in fields.enumerated() where field.isStored && !field.isOptional && field.defaultBody == nil {
      guard let column = builder.columns[index] else { continue }
      let absent = column.absentCount(from: firstRow)
      if absent > 0 { report.absentCells.append((field.name, absent)) }
    }
  }

  /// Room for the whole file, judged by its first rows.
  private func reserve(_ builder: TableBuilder, _ piece: ReadAhead.Piece) {
    let batch = piece.batch
    guard batch.count == batch.capacity else { return }
    let used = piece.offset - batch.rows[0].offset
    let left = reader.size - piece.offset
    let rows = batch.count + left * batch.count / max(1, used) * 21 / 20
    for case let column? in builder.columns { column.reserveCapacity(builder.rowCount + rows) }
    offsets.reserveCapacity(rows)
  }

  // MARK: - Targets

  private func fieldTargets(_ builder: TableBuilder, _ evaluate: EvaluateRow) -> [Target] {
    let entity = schema[source.entity]
    let fields = schema.fields(of: source.entity)
    return source.mappings.compactMap { mapping in
      guard let column = builder.columns[mapping.field], let origin = origin(mapping.value) else { return nil }
      let field = fields[mapping.field]
      var words = CellParser.Words(missing: source.missing)
      for acceptance in source.accepted where acceptance.field == mapping.field {
        let value = acceptance.value.map { evaluate(Body(expression: $0, slotCount: 0), []) } ?? .absent
        for text in acceptance.texts { words.accepted.append((text, value)) }
      }
      var required: CellFailure?
      if case .key = field.kind { required = .absentKey }
      return Target(
        origin: origin, converter: ColumnConverter(column, parser(field.type, words)),
        name: "\(entity.name).\(field.name)", field: field.name, required: required)
    }
  }

  private func instantTarget(_ name: String, _ value: CheckedSource.Value?, _ failure: CellFailure) -> Target? {
    guard let value, let origin = origin(value) else { return nil }
    let words = CellParser.Words(missing: source.missing)
    return Target(
      origin: origin, converter: ColumnConverter(Column(kind: .timestamp), parser(.timestamp, words)), name: name,
      field: name,
      required: failure)
  }

  private func tieTarget(_ value: CheckedSource.Value, number: Int) -> Target {
    var type = Type.string
    if case .expression(let body) = value, Column.Kind(body.expression.type, schema: schema) != nil {
      type = body.expression.type
    }
    let kind = Column.Kind(type, schema: schema) ?? .string
    // A column that the file does not have has been reported; nothing is read for it.
    return Target(
      origin: origin(value) ?? .column(0),
      converter: ColumnConverter(Column(kind: kind), parser(type, CellParser.Words(missing: source.missing))),
      name: "version", field: "version", required: nil)
  }

  private func origin(_ value: CheckedSource.Value) -> Target.Origin? {
    switch value {
    case .column(let column):
      if let columns = binding.lists[column] { return .columns(columns) }
      return place(column).map { .column($0) }
    case .expression(let body):
      return .expression(ExpressionConverter(body, bound: binding.places, missing: source.missing, heap: heap))
    }
  }

  private func parser(_ type: Type, _ words: CellParser.Words) -> CellParser {
    CellParser(type, schema: schema, heap: heap, words: words, time: TimeText(formats: source.timeFormats, zone: zone))
  }

  // MARK: - Problems

  private func tell(_ problem: RowProblem) {
    let row = problem.isOfRow ? problem.row : nil
    guard problems.count(problem.problem.code, row: row) else { return }
    problems.keep(problem.problem.diagnostic(at: reader.place(problem)), row: row)
  }

  /// Reports the rows and cells that failed, in the order of the file, and says which rows of the batch go.
  private func drop(
    _ failed: [FailedCell], _ misshapen: [RowProblem], _ batch: RowBatch, _ targets: [Target]
  ) -> [Bool] {
    var misshapen = misshapen[...]
    var isDropped = Array(repeating: false, count: batch.count)
    for cell in failed.sorted(by: { ($0.row, $0.target) < ($1.row, $1.target) }) {
      isDropped[cell.row] = true
      let row = batch.rows[cell.row]
      while let problem = misshapen.first, problem.row < row.offset {
        tell(problem)
        misshapen.removeFirst()
      }
      let target = targets[cell.target]
      var index: Int?
      var heading: String?
      switch target.origin {
      case .column(let place):
        index = place
        heading = reader.heading(place)
      case .columns(let places): heading = reader.heading(places[0])
      case .expression(let expression): index = expression.onlyColumn
      }
      guard problems.count(cell.failure.code(target.converter.type), row: row.offset) else { continue }
      let text = index.map { batch.cell(cell.row, $0).text } ?? ""
      var place = reader.place(row, column: index)
      if index != nil { place.value = text }
      var reason = ""
      if case .evaluation(let error) = cell.failure { reason = heap[error].message }
      let problem = CellProblem(
        failure: cell.failure, target: target.name, field: target.field, type: target.converter.type,
        heading: heading, value: (cell.text.map { heap.text($0) } ?? text).shortened, schema: schema,
        formats: source.timeFormats.map(\.pattern) + ["iso"], reason: reason)
      problems.keep(DataProblem.cell(problem).diagnostic(at: place), row: row.offset)
    }
    for problem in misshapen { tell(problem) }
    return isDropped
  }

  private func note(_ moved: MovedTimes, _ batch: RowBatch) {
    report.gapTimes += moved.gaps
    report.foldTimes += moved.folds
    for (row, column) in moved.samples where report.movedTimes.count < LoadReport.sampleLimit {
      var place = reader.place(batch.rows[row], column: column)
      place.value = batch.cell(row, column).text
      report.movedTimes.append(place)
    }
  }

  func record(rejected: [Diagnostic], rows: Int) {
    report.rejected += rejected
    report.rejectedRows += rows
  }

  /// Keeps the bad rows themselves, whether or not they may be left out.
  func keepRejects() {
    report.rejects = problems.rejects.map { row, reason in
      LoadReport.Reject(line: reader.line(at: row), text: reader.text(at: row), reason: reason)
    }
  }
}

extension String {
  /// For messages: a cell may be megabytes long.
  var shortened: String {
    unicodeScalars.count <= 60 ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(57))) + "…"
  }
}
