/// What the tests of one worker share: a heap with the linked constants, an engine, a world that every test fills anew, and the
/// folders of data that tests name.

import DocketData
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

/// The records of a folder; or what is wrong with it, for every test that wants it.
enum DataFolder {
  case loaded(tables: [EntityTable], hasSource: [Bool])
  case broken(String)
}

final class TestBench {
  let rulebook: CheckedRulebook
  let sources: SourceMap
  let heap: Heap
  let world: World
  let engine: RuleEngine
  let calls = RuleCalls()
  var snapshots = SnapshotSession(Snapshots())
  /// Whether a failure says why. Who only counts failures, as mutation does, saves the time.
  var explains = true
  /// By entity: the entities with a field that refers to it. Their tables hold its records' numbers.
  let referrers: [Set<Int>]

  private var folders: [String: DataFolder] = [:]
  /// Without a clock there is no `now`, and no rule that counts time.
  private var hasClock = false
  private var base: Heap.Mark

  var evaluator: Evaluator { engine.evaluator }
  var schema: Schema { rulebook.schema }

  init(rulebook: CheckedRulebook, sources: SourceMap, limits: Limits) {
    self.rulebook = rulebook
    self.sources = sources
    heap = Heap()
    world = World(schema: rulebook.schema, heap: heap)
    engine = RuleEngine(rulebook: rulebook, world: world, instant: .maximum, sources: sources, limits: limits)
    referrers = Self.referrers(rulebook.schema)
    engine.evaluator.instant = nil
    base = engine.evaluator.mark()
    listen()
  }

  /// An empty world, and no values but those that all tests share.
  func reset() {
    world.removeAll()
    heap.reset(to: base)
    calls.stop()
    restart(at: nil)
  }

  /// The clock stands at an instant, or there is none; what was decided before is forgotten.
  func restart(at instant: Instant?) {
    engine.restart(at: instant ?? .maximum)
    evaluator.instant = instant
    hasClock = instant != nil
  }

  private static func referrers(_ schema: Schema) -> [Set<Int>] {
    var referrers = Array(repeating: Set<Int>(), count: schema.entities.count)
    for (index, entity) in schema.entities.enumerated() {
      for field in entity.fields where field.isStored {
        switch field.type {
        case .entity(let target), .list(.entity(let target)):
          referrers[Int(schema.base(of: target).index)].insert(index)
        default: break
        }
      }
    }
    return referrers
  }

  // MARK: - Rules

  /// Calls are noted for explanations, and refused where they need a clock that the test does not set.
  private func listen() {
    let (route, sla, kpi) = (evaluator.callRoute, evaluator.callSLA, evaluator.callKPI)
    let (decisions, cells, findings) = (evaluator.decisions, evaluator.cells, evaluator.findings)
    evaluator.callRoute = { [unowned self] index, item in
      if rulebook.routes[index].waits, let refusal = refusal(rulebook.routes[index].name) { return refusal }
      calls.note(.route(index), item)
      return route?(index, item) ?? .absent
    }
    evaluator.callSLA = { [unowned self] index, item in
      if let refusal = refusal(rulebook.slas[index].name) { return refusal }
      calls.note(.sla(index), item)
      return sla?(index, item) ?? .absent
    }
    evaluator.callKPI = { [unowned self] index in
      if let refusal = refusal(rulebook.kpis[index].name) { return refusal }
      calls.note(.kpi(index), nil)
      return kpi?(index) ?? .absent
    }
    evaluator.decisions = { [unowned self] index in
      if rulebook.routes[index].waits, let refusal = refusal(rulebook.routes[index].name) { return refusal }
      return decisions?(index) ?? .absent
    }
    evaluator.cells = { [unowned self] index in
      if let refusal = refusal(rulebook.kpis[index].name) { return refusal }
      calls.note(.kpi(index), nil)
      return cells?(index) ?? .absent
    }
    evaluator.findings = { [unowned self] index in
      if let refusal = refusal(rulebook.ensures[index].name) { return refusal }
      calls.note(.ensure(index), nil)
      return findings?(index) ?? .absent
    }
  }

  private func refusal(_ rule: String) -> Value? {
    guard !hasClock else { return nil }
    return heap.error(.custom("`\(rule)` counts time, and this test has no clock: begin with `now @2026-10-10T09:30`"))
  }

  // MARK: - Data

  /// Loads what the tests will be given, before their own values come into the heap.
  func load(foldersOf tests: [CheckedTest]) {
    reset()
    for test in tests {
      for case .givenData(let path, let span) in test.steps { _ = folder(path, at: span) }
    }
    base = evaluator.mark()
  }

  func folder(_ path: String, at span: SourceSpan) -> DataFolder {
    let directory = resolve(path, at: span)
    if let known = folders[directory] { return known }
    let folder = load(directory)
    folders[directory] = folder
    return folder
  }

  /// A path of the rulebook starts from the file that it stands in.
  private func resolve(_ path: String, at span: SourceSpan) -> String {
    let file = sources[span.file].path
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return String(file[...slash]) + path
  }

  private func load(_ directory: String) -> DataFolder {
    let evaluator = evaluator
    var row: [Value] = []
    evaluator.rowColumn = { row[$0] }
    defer { evaluator.rowColumn = nil }
    var diagnostics = Diagnostics(limit: .max)
    let (loaded, _) = DataLoader.load(
      rulebook.sources, directory: directory, sourceMap: sources, schema: schema, heap: heap,
      options: DataLoader.Options(zone: rulebook.zone),
      evaluate: { body, cells in
        row = cells
        return evaluator.evaluate(body)
      }, diagnostics: &diagnostics)
    let errors = diagnostics.all.filter { $0.severity == .error }
    guard errors.isEmpty else {
      let more = errors.count > 3 ? "; and \(errors.count - 3) more errors" : ""
      return .broken(errors.prefix(3).map { place(of: $0) + $0.message }.joined(separator: "; ") + more)
    }
    return .loaded(tables: loaded.tables.compactMap { $0 }, hasSource: loaded.hasSource)
  }

  private func place(of diagnostic: Diagnostic) -> String {
    guard let place = diagnostic.dataPlace, place.line > 0 else { return "" }
    return "\(place.path):\(place.line): "
  }

  // MARK: - Texts

  /// Whether a regular expression is found in a text; one that is wrong is found nowhere.
  func finds(_ pattern: String, in text: String) -> Bool {
    if case .bool(true) = search(pattern, in: text) { true } else { false }
  }

  /// Why a pattern is no regular expression.
  func problem(of pattern: String) -> String? {
    guard case .error(let reference) = search(pattern, in: "") else { return nil }
    return heap[reference].message
  }

  private func search(_ pattern: String, in text: String) -> Value {
    let span = SourceSpan(file: FileID(index: 0), start: 0, end: 0)
    func external(_ index: Int) -> CheckedExpression { CheckedExpression(.external(index), type: .string, span: span) }
    evaluator.externals = [heap.string(text), heap.string(pattern)]
    defer { evaluator.externals = [] }
    let search = CheckedExpression(.builtin(.matches, [external(0), external(1)]), type: .bool, span: span)
    return evaluator.evaluate(search)
  }

  func line(of span: SourceSpan) -> Int { sources[span.file].location(of: Int(span.start)).line }

  /// A piece of source on one line.
  func text(_ span: SourceSpan) -> String {
    sources.text(span).split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(separator: " ")
      .displaySafe
  }

  /// The line in which a span begins, without its indentation.
  func lineText(_ span: SourceSpan) -> String {
    let file = sources[span.file]
    let bytes = file.line(file.lineIndex(of: Int(span.start)))
    var text = Substring(String(decoding: bytes, as: UTF8.self)).drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text).displaySafe
  }
}

extension CheckedRoute {
  /// Whether a target opens with time.
  var waits: Bool {
    otherwise.contains { $0.delay != nil } || rules.contains { $0.targets.contains { $0.delay != nil } }
  }
}
