/// A rulebook with its data at an instant: what every command that runs rules starts from.

public import DocketData
public import DocketDiagnostics
public import DocketRules
import DocketRuntime
import DocketSemantics
public import DocketTime

public struct Session {
  public var rulebook: Rulebook
  public var engine: RuleEngine
  public var report: LoadReport
  /// The instant was found in the data, not given.
  public var isInstantFromData: Bool

  public struct Options: Sendable {
    /// The data folder; without it sources are looked for beside the rulebook.
    public var data: String?
    /// An instant as typed: RFC 3339, or a local time in the rulebook's zone.
    public var at: String?
    /// Where nothing says as of when, everything is seen as it ends.
    public var isInstantOptional = false
    public var loading = DataLoader.Options()

    public init(data: String?, at: String?) {
      self.data = data
      self.at = at
    }
  }

  public enum Failure: Error {
    /// What the person typed does not fit.
    case usage(String)
    case rulebook(Diagnostics)
    case data(Diagnostics, LoadReport)
    /// By `DataLoader.Options.isCancelled`.
    case cancelled
  }

  /// Loads the data of a rulebook that was checked without errors.
  public static func open(_ rulebook: Rulebook, _ options: Options) throws(Failure) -> Session {
    guard !rulebook.diagnostics.hasErrors else { throw .rulebook(rulebook.diagnostics) }
    let checked = rulebook.checked
    var instant: Instant?
    if let text = options.at {
      guard let found = Session.instant(text, zone: checked.zone) else {
        throw .usage(
          "`\(text)` is no instant: write `2026-10-09T20:50:00Z`, or a local time such as `2026-10-09T20:50`")
      }
      instant = found
    }
    if let folder = options.data, !RulebookFiles.isFolder(folder) {
      var problems = Diagnostics()
      problems.report(
        Diagnostic(
          .missingDataFile, "`\(folder)` is no folder", help: ["--data names the folder that holds the data files"]))
      throw .data(problems, LoadReport())
    }
    let heap = Heap()
    var diagnostics = Diagnostics(limit: .max)
    let rows = RowEvaluator(checked, heap)
    var loading = options.loading
    loading.zone = checked.zone
    let (world, report) = DataLoader.load(
      checked.sources, directory: options.data, sourceMap: rulebook.sources, schema: checked.schema, heap: heap,
      options: loading, evaluate: rows.evaluate, diagnostics: &diagnostics)
    guard !report.isCancelled else { throw .cancelled }
    guard !diagnostics.hasErrors else { throw .data(diagnostics, report) }
    let fallback: Instant? = options.isInstantOptional ? .maximum : nil
    guard let at = instant ?? world.newestInstant ?? fallback else {
      // Its times are of some use: the newest of them.
      let day = world.newestDay.map { "\($0)T18:00:00Z" }
      let example = world.newestTime?.rfc3339() ?? day ?? "2026-10-09T20:50:00Z"
      throw .usage("the data does not say when it is from: add an instant, such as `--at \(example)`")
    }
    var rulebook = rulebook
    rulebook.diagnostics.append(diagnostics)
    for entity in entitiesOfRules(checked, world) where world.table(entity) == nil {
      let name = checked.schema[checked.schema.base(of: entity)].name
      rulebook.diagnostics.report(
        Diagnostic(
          .noDataForRules, "there is no data for `\(name)`, which rules go over",
          at: Label(checked.schema[entity].span),
          help: [
            options.data.map { "put `\(name).csv` into `\($0)`, or declare a `source`" }
              ?? "name the folder of the data with --data"
          ]))
    }
    let engine = RuleEngine(rulebook: checked, world: world, instant: at, sources: rulebook.sources)
    return Session(rulebook: rulebook, engine: engine, report: report, isInstantFromData: instant == nil)
  }

  /// The entities whose records routes, SLAs, KPIs and invariants go over, and of the lists without which they say nothing; but
  /// for rules that `with all` brought along.
  private static func entitiesOfRules(_ rulebook: CheckedRulebook, _ world: World) -> [EntityID] {
    let lists = RecordLists(rulebook, world)
    func isAskedFor(_ name: String) -> Bool { !rulebook.broughtAlong.contains(name) }
    var found: [EntityID] = rulebook.routes.map(\.entity)
    for sla in rulebook.slas where isAskedFor(sla.name) {
      found.append(sla.entity)
      found += lists.missing(for: sla).sorted { $0.index < $1.index }
    }
    for kpi in rulebook.kpis where isAskedFor(kpi.name) {
      if case .entity(let entity) = kpi.source { found.append(entity) }
      found += lists.missing(for: kpi).sorted { $0.index < $1.index }
    }
    for ensure in rulebook.ensures where isAskedFor(ensure.name) {
      for domain in ensure.domains {
        if case .entity(let entity) = domain.kind { found.append(entity) }
      }
      found += lists.missing(for: ensure).sorted { $0.index < $1.index }
    }
    var seen: Set<EntityID> = []
    return found.filter { seen.insert(rulebook.schema.base(of: $0)).inserted }
  }

  /// An instant as a person types it; a date alone is its first instant.
  public static func instant(_ text: String, zone: Zone?) -> Instant? {
    guard case .success(let format) = TimeFormat.compile("iso") else { return nil }
    let zone = zone ?? .utc
    switch format.parse(text) {
    case .instant(let instant): return instant
    case .local(let local): return zone.resolve(local).instant
    case .date(let date): return zone.startOfDay(date)
    case .mismatch: return nil
    }
  }
}

/// Evaluates the expressions of sources, which read the texts of one row.
private final class RowEvaluator {
  private let evaluator: Evaluator
  private var row: [Value] = []

  init(_ rulebook: CheckedRulebook, _ heap: Heap) {
    evaluator = Evaluator(rulebook: rulebook, world: World(schema: rulebook.schema, heap: heap))
    evaluator.rowColumn = { [unowned self] in row.indices.contains($0) ? row[$0] : .absent }
  }

  func evaluate(_ body: Body, _ row: [Value]) -> Value {
    self.row = row
    return evaluator.evaluate(body)
  }
}
