/// One file's rows into the columns of its entity's table.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime
import Synchronization

/// Evaluates an expression of a source over a row's texts.
typealias EvaluateRow = (Body, [Value]) -> Value

final class FileLoad {
  /// What a column of the file is converted to.
  private struct Target {
    enum Origin {
      case column(Int)
      /// Columns of one heading that fill a list.
      case columns([Int])
      case expression(ExpressionConverter)
    }
    var origin: Origin
    var converter: ColumnConverter
    /// `Incident.priority`, or `version`.
    var name: String
    var field: String
    /// The failure where a row has no value here; `nil` where it may.
    var required: CellFailure?

    /// Whether its conversion may run beside that of other targets.
    var isApart: Bool {
      if case .column = origin { converter.isApart } else { false }
    }
  }

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
    let batch = RowBatch(width: reader.width)
    let conversion = Conversion(
      targets, heap: heap, evaluate,
      helper: options.threads > 1 && reader.bytes > Self.bytesForHelper ? Helper() : nil)
    var failed: [FailedCell] = []
    var moved = MovedTimes()
    var told = 0
    while !reader.isAtEnd {
      if options.isCancelled?() ?? false {
        loadReport.isCancelled = true
        return
      }
      let begin = ContinuousClock.now
      reader.read(into: batch)
      let misshapen = reader.takeProblems()
      let split = ContinuousClock.now
      loadReport.add(begin.duration(to: split), to: .read)
      if reader.offset - told > 1 << 20 || reader.isAtEnd {
        told = reader.offset
        options.progress?(LoadProgress(path: reader.path, done: told, total: reader.size))
      }
      if batch.count == 0 {
        for problem in misshapen { tell(problem) }
        continue
      }

      let base = builder.rowCount
      if base == firstRow { reserve(builder, batch) }
      for outcome in conversion.convert(batch) {
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

  /// The conversion of batches, a column at a time. Columns that touch nothing but themselves are converted by whichever thread
  /// comes to them first, all others by this one and in their order, as they share the heap.
  private final class Conversion {
    private let targets: [Target]
    private let heap: Heap
    private let evaluate: EvaluateRow
    private var helper: Helper?
    /// How long batches took with the helper, and how much of it was waiting for it.
    private var helped = Duration.zero
    private var waited = Duration.zero
    private let apart: [Int]
    /// The next place in `apart`.
    private let next = Atomic(0)
    private let outcomes: UnsafeMutableBufferPointer<Outcome>

    init(_ targets: [Target], heap: Heap, _ evaluate: @escaping EvaluateRow, helper: Helper?) {
      (self.targets, self.heap, self.evaluate, self.helper) = (targets, heap, evaluate, helper)
      apart = targets.indices.filter { targets[$0].isApart }
      outcomes = .allocate(capacity: targets.count)
      outcomes.initialize(repeating: Outcome())
    }

    deinit {
      outcomes.deinitialize()
      outcomes.deallocate()
    }

    /// Appends a cell for each row to the column of each target, and tells what was met, target by target.
    func convert(_ batch: RowBatch) -> UnsafeMutableBufferPointer<Outcome> {
      guard let helper, !apart.isEmpty else {
        for number in targets.indices { convert(batch, number) }
        return outcomes
      }
      let begin = ContinuousClock.now
      next.store(0, ordering: .relaxed)
      // Each thread changes the columns and the outcomes of the targets that it takes, and nothing else.
      nonisolated(unsafe) let (conversion, shared) = (self, batch)
      helper.start { conversion.convertApart(shared) }
      for number in targets.indices where !targets[number].isApart { convert(batch, number) }
      convertApart(batch)
      let done = ContinuousClock.now
      helper.wait()
      judge(helped: begin.duration(to: .now), waited: done.duration(to: .now))
      return outcomes
    }

    /// Where the processors have other work, the helper is kept from its piece for longer than the whole batch takes: then it is
    /// let go.
    private func judge(helped: Duration, waited: Duration) {
      self.helped += helped
      self.waited += waited
      if self.helped > .milliseconds(20), self.waited * 3 > self.helped { helper = nil }
    }

    private func convertApart(_ batch: RowBatch) {
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < apart.count else { return }
        convert(batch, apart[place])
      }
    }

    private func convert(_ batch: RowBatch, _ number: Int) {
      let target = targets[number]
      var outcome = Outcome()
      switch target.origin {
      case .column(let index):
        target.converter.convert(
          batch, from: index, target: number, failed: &outcome.failed, moved: &outcome.moved)
      case .columns(let indices):
        target.converter.gather(batch, from: indices, heap: heap, target: number, failed: &outcome.failed)
      case .expression(let expression):
        expression.convert(
          batch, into: target.converter, heap: heap, evaluate: evaluate, target: number, failed: &outcome.failed,
          moved: &outcome.moved)
      }
      if let failure = target.required { require(failure, number, batch, &outcome) }
      outcomes[number] = outcome
    }

    private func require(_ failure: CellFailure, _ number: Int, _ batch: RowBatch, _ outcome: inout Outcome) {
      let column = targets[number].converter.column
      let first = column.count - batch.count
      guard column.absentCount(from: first) > 0 else { return }
      // A cell that failed has its own reason.
      let known = Set(outcome.failed.map(\.row))
      for row in 0..<batch.count where !column.isPresent(first + row) && !known.contains(row) {
        outcome.failed.append(FailedCell(row: row, target: number, failure: failure))
      }
    }
  }

  /// Room for the whole file, judged by its first rows.
  private func reserve(_ builder: TableBuilder, _ batch: RowBatch) {
    guard batch.count == batch.capacity else { return }
    let used = reader.offset - batch.rows[0].offset
    let left = reader.size - reader.offset
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
