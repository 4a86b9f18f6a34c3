/// Data files to a world: discover → open → bind → convert → sort → resolve, each stage below in that order.

public import DocketDiagnostics
public import DocketRuntime
public import DocketSemantics
public import DocketTime

public struct DataLoader {
  public struct Options: Sendable {
    /// How many errors are told; the rest is counted.
    public var maxErrors = 20
    /// Rows that may be left out of each file, in place of each source's own limit.
    public var rejectLimit: Int?
    /// The rulebook's zone.
    public var zone: Zone?
    /// Whether the report holds the bad rows themselves.
    public var keepsRejects = false
    /// References to records that are not there are counted in the report and read as absent, instead of being errors.
    public var keepsDangling = false
    /// The most text that a packed file may hold, in bytes: it stays in memory while it is read.
    public var unpackedLimit = 4 << 30
    /// Threads that convert the columns of a large file, two at most; what is loaded does not depend on it.
    public var threads = Workers.processors
    /// Called while files are read, at least once for each megabyte.
    public var progress: (@Sendable (LoadProgress) -> Void)?
    /// Asked while files are read, between batches of rows; once it says so, nothing more is read.
    public var isCancelled: (@Sendable () -> Bool)?

    public init(maxErrors: Int = 20, rejectLimit: Int? = nil, zone: Zone? = nil) {
      self.maxErrors = maxErrors
      self.rejectLimit = rejectLimit
      self.zone = zone
    }
  }

  /// Bad rows that are kept where they are asked for: enough to mend an export, and no second copy of a broken one.
  private static let rejectsKept = 100_000

  private let schema: Schema
  private let heap: Heap
  private let options: Options
  private let evaluate: EvaluateRow
  private var report = LoadReport()
  private var diagnostics = Diagnostics(limit: .max)
  private var world: World
  private var logs: [FileProblems] = []

  /// Loads what the sources declare and, from `directory`, what files are named after entities. `evaluate` gives the value of
  /// a source's expression over the texts of a row. After errors the world is incomplete and is not to be used.
  public static func load(
    _ sources: [CheckedSource], directory: String?, sourceMap: SourceMap, schema: Schema, heap: Heap,
    options: Options = Options(), evaluate: (Body, [Value]) -> Value, diagnostics: inout Diagnostics
  ) -> (world: World, report: LoadReport) {
    withoutActuallyEscaping(evaluate) { evaluate in
      var loader = DataLoader(schema: schema, heap: heap, options: options, evaluate: evaluate)
      loader.load(sources, directory: directory, sourceMap: sourceMap)
      diagnostics.append(loader.diagnostics)
      return (loader.world, loader.report)
    }
  }

  private init(schema: Schema, heap: Heap, options: Options, evaluate: @escaping EvaluateRow) {
    self.schema = schema
    self.heap = heap
    self.options = options
    self.evaluate = evaluate
    world = World(schema: schema, heap: heap)
  }

  private mutating func load(_ sources: [CheckedSource], directory: String?, sourceMap: SourceMap) {
    let begin = ContinuousClock.now
    let inputs = Discovery.inputs(
      sources, directory: directory, sourceMap: sourceMap, schema: schema, report: &report, problems: &diagnostics)
    let files = inputs.compactMap { bind($0) }
    report.add(begin.duration(to: .now), to: .open)

    let loads = group(files)
    for load in loads {
      for file in load.files {
        file.load(into: load.builder, evaluate: evaluate, options: options, loadReport: &report)
        if report.isCancelled { return }
      }
    }
    let tables = sortAndCheck(loads)
    let references = References(schema: schema, heap: heap, tables: tables)
    if options.keepsDangling { report.dangling = loads.flatMap { references.dangling($0) } }
    report.time(.resolve) {
      for load in loads {
        guard let table = tables[load.entity.id] else { continue }
        references.resolve(table)
        world.install(table)
      }
    }
    for load in loads {
      if let table = tables[load.entity.id] { summarize(load, table) }
    }
    settle(loads)
    tell()
  }

  // MARK: - Open and bind

  /// `nil` where the file cannot be used; that has been reported.
  private mutating func bind(_ input: DataInput) -> FileLoad? {
    world.hasSource[Int(schema.base(of: input.source.entity).index)] = true
    let limit = max(options.maxErrors, options.rejectLimit ?? input.source.rejectLimit)
    let problems = FileProblems(limit: limit, rowLimit: options.keepsRejects ? Self.rejectsKept : 0)
    logs.append(problems)
    let reader = OpenedFile.open(input, entity: schema[input.source.entity].name, unpackedLimit: options.unpackedLimit)
    { problem, place in
      problems.report(problem.diagnostic(at: place, span: place == nil ? input.span : nil), row: nil)
    }
    guard let reader else { return nil }
    let binding = reader.bind(input.source.columns) { problem, span in
      problems.report(problem.diagnostic(span: span), row: nil)
    }
    // Rows without a key or a version would only repeat what has been said.
    if problems.isFatal { return nil }
    return FileLoad(input, reader, binding, schema: schema, heap: heap, zone: options.zone, problems: problems)
  }

  /// By entity, in the order of the schema, so that the order of sources reaches no result.
  private func group(_ files: [FileLoad]) -> [EntityLoad] {
    schema.entities.compactMap { entity in
      let own = files.filter { schema.base(of: $0.source.entity) == entity.id }
      return own.isEmpty ? nil : EntityLoad(entity, own, schema: schema)
    }
  }

  // MARK: - Sort and check

  /// Rows that references or keys spoil are left out where they may be, which can spoil others that name them: again until
  /// nothing changes.
  private mutating func sortAndCheck(_ loads: [EntityLoad]) -> [EntityID: EntityTable] {
    var tables: [EntityID: EntityTable] = [:]
    var changed = Set(loads.map(\.entity.id))
    while !changed.isEmpty {
      report.time(.sort) {
        for load in loads where changed.contains(load.entity.id) {
          var spoiled: Set<Int> = []
          var table = load.finish(heap: heap) { row, problem, field in
            load.note(problem, row: row, field: field)
            spoiled.insert(row)
          }
          if !spoiled.isEmpty {
            load.dropped.formUnion(spoiled)
            table = load.finish(heap: heap) { _, _, _ in }
          }
          tables[load.entity.id] = table
        }
      }
      changed = []
      if options.keepsDangling { break }
      let references = References(schema: schema, heap: heap, tables: tables, incomplete: incomplete(loads))
      report.time(.resolve) {
        for load in loads {
          var spoiled: Set<Int> = []
          references.check(load) { row, problem, field in
            load.note(problem, row: row, field: field)
            spoiled.insert(row)
          } noData: { problem, field in
            load.files.first?.problems.report(problem.diagnostic(span: load.entity.fields[field].span), row: nil)
          }
          guard !spoiled.isEmpty else { continue }
          load.dropped.formUnion(spoiled)
          changed.insert(load.entity.id)
        }
      }
      // A field without data has been told; asking again would tell it twice.
      if loads.contains(where: { $0.files.contains { $0.problems.isFatal } }) { break }
    }
    return tables
  }

  /// Entities some of whose records could not be read: one cause, one error.
  private func incomplete(_ loads: [EntityLoad]) -> Set<EntityID> {
    var ids = Set(loads.filter { load in load.files.contains { isBeyondRejection($0) } }.map(\.entity.id))
    for entity in schema.entities where world.hasSource[Int(entity.id.index)] {
      if !loads.contains(where: { $0.entity.id == entity.id }) { ids.insert(entity.id) }
    }
    return ids
  }

  private func isBeyondRejection(_ file: FileLoad) -> Bool {
    file.problems.isFatal || file.problems.rejectedRows > (options.rejectLimit ?? file.source.rejectLimit)
  }

  // MARK: - Tell

  private mutating func summarize(_ load: EntityLoad, _ table: EntityTable) {
    var versions: ClosedRange<Instant>?
    if let oldest = table.versions.min(), let newest = table.versions.max() { versions = oldest...newest }
    report.tables.append(
      LoadReport.Table(
        entity: load.entity.name, records: table.recordCount, rows: table.rowCount, versions: versions,
        laterTimes: laterTimes(load, table)))
  }

  /// Times after the version of their own row, unless the source says that they are filled in later.
  private func laterTimes(_ load: EntityLoad, _ table: EntityTable) -> [LoadReport.LaterTimes] {
    guard !table.versions.isEmpty else { return [] }
    return load.entity.fields.indices.compactMap { field in
      guard let column = table.columns[field], column.kind == .timestamp, !table.isBackfilled[field] else { return nil }
      var first: Int?
      var count = 0
      for row in 0..<table.rowCount where column.isPresent(row) && column.instant(at: row) > table.versions[row] {
        count += 1
        if first == nil { first = row }
      }
      guard let first else { return nil }
      let key = load.entity.keyIndex.flatMap { table.columns[$0] }.map { heap.keyText($0.value(at: first)) } ?? ""
      return LoadReport.LaterTimes(
        field: load.entity.fields[field].name, count: count, key: key, time: column.instant(at: first),
        version: table.versions[first])
    }
  }

  /// Rejected rows within the limit go to the report; all else stays an error.
  private mutating func settle(_ loads: [EntityLoad]) {
    for load in loads {
      for file in load.files {
        let problems = file.problems
        let limit = options.rejectLimit ?? file.source.rejectLimit
        if options.keepsRejects { file.keepRejects() }
        if !isBeyondRejection(file), problems.rejectedRows > 0 {
          file.record(rejected: problems.inOrder, rows: problems.rejectedRows)
          logs.removeAll { $0 === problems }
        } else if limit > 0, problems.rejectedRows > limit {
          diagnostics.report(
            DataProblem.tooManyRejected(path: file.reader.path, count: problems.rejectedRows, limit: limit)
              .diagnostic(span: file.source.pathSpan))
        }
        var source = file.report
        source.rows -= load.dropped.count { row in load.file(ofRow: row) === file }
        report.sources.append(source)
      }
    }
  }

  private mutating func tell() {
    var shown = 0
    var counts: [DiagnosticCode: Int] = [:]
    for log in logs {
      for (code, count) in log.counts { counts[code, default: 0] += count }
      for diagnostic in log.inOrder where shown < options.maxErrors {
        diagnostics.report(diagnostic)
        counts[diagnostic.code, default: 0] -= 1
        shown += 1
      }
    }
    let hidden = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    guard !hidden.isEmpty else { return }
    diagnostics.report(
      DataProblem.more(count: hidden.reduce(0) { $0 + $1.value }, counts: hidden.map { ($0.key, $0.value) })
        .diagnostic())
  }
}
