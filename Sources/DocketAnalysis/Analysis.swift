/// Static analysis of a checked rulebook: what can never happen, what happens twice, what is not provided for.
///
/// Conditions become regions of the values that they read (`Reading/`, `Space/`); questions about rules are questions about
/// regions. What the analysis claims is shown by an example, which the engine has evaluated (`Witness/`). Where it cannot
/// tell, it says nothing, and lists why in `undecided`.

public import DocketDiagnostics
import DocketRuntime
public import DocketSemantics
public import DocketSyntax

public struct Analysis: Sendable {
  /// Something that the analysis left open.
  public struct Undecided: Sendable, Hashable {
    public var span: SourceSpan
    /// What it is about: "rule `outage` of `owner`".
    public var subject: String
    /// The part that is beyond the analysis, as written; empty for the whole.
    public var part: String
    public var reason: String
  }

  public private(set) var diagnostics: [Diagnostic] = []
  public private(set) var undecided: [Undecided] = []

  /// Of a rulebook that cannot be analysed.
  public init() {}

  private init(diagnostics: [Diagnostic], undecided: [Undecided]) {
    self.diagnostics = diagnostics
    self.undecided = undecided
  }

  /// Analyses a rulebook that was checked without errors. Only what stands in `trees` is told about: `sources` may hold
  /// libraries, too.
  public static func of(_ rulebook: CheckedRulebook, trees: [SyntaxTree], sources: SourceMap) -> Analysis {
    let analyzer = Analyzer(rulebook, Set(trees.map(\.file)), sources)
    for route in rulebook.routes where analyzer.isOwn(route.span) { analyzer.analyze(route) }
    for table in rulebook.tables where analyzer.isOwn(table.span) { analyzer.analyze(table) }
    analyzer.analyzeConditions()
    analyzer.findUnused(trees)
    return Analysis(
      diagnostics: analyzer.diagnostics.inOrder,
      undecided: analyzer.undecided.sorted { ($0.span.file.index, $0.span.start) < ($1.span.file.index, $1.span.start) }
    )
  }
}

final class Analyzer {
  let rulebook: CheckedRulebook
  let sources: SourceMap
  let reader: Reader
  private let files: Set<FileID>
  private(set) var diagnostics = Diagnostics()
  private(set) var undecided: [Analysis.Undecided] = []
  private var listed: Set<Analysis.Undecided> = []

  init(_ rulebook: CheckedRulebook, _ files: Set<FileID>, _ sources: SourceMap) {
    self.rulebook = rulebook
    self.files = files
    self.sources = sources
    let world = World(schema: rulebook.schema, heap: Heap())
    let evaluator = Evaluator(rulebook: rulebook, world: world)
    evaluator.sourceText = { sources.text($0) }
    reader = Reader(rulebook, evaluator, sources)
  }

  func isOwn(_ span: SourceSpan) -> Bool { files.contains(span.file) }

  func report(_ problem: AnalysisProblem, at span: SourceSpan) { diagnostics.report(problem, at: span) }

  func leaveOpen(_ subject: String, at span: SourceSpan, _ part: String, _ reason: OpaqueReason) {
    let entry = Analysis.Undecided(span: span, subject: subject, part: part, reason: reason.text)
    if listed.insert(entry).inserted { undecided.append(entry) }
  }

  /// Lists the parts of formulas that only the engine decides.
  func leaveOpen(_ subject: String, at span: SourceSpan, _ formulas: [Formula]) {
    for index in Set(formulas.flatMap(\.variables)).sorted() {
      let variable = reader.space.variables[index]
      if case .opaque(let reason) = variable.subject { leaveOpen(subject, at: span, variable.name, reason) }
    }
  }

  // MARK: - Regions

  /// Whether no record lies in a region.
  func isEmpty(_ region: [Box]) -> Bool { region.allSatisfy { reader.space.settled($0) == nil } }

  /// Whether every record of the first region lies in the second.
  func isCovered(_ region: [Box], by other: [Box]) throws(TooComplex) -> Bool {
    try reader.space.isCovered(region, by: other)
  }

  // MARK: - Examples

  /// Examples out of a region. What depends on something beyond the analysis has none: nobody could say which values it takes.
  func examples(_ region: [Box], mentioning variables: some Sequence<Int>) -> [Example] {
    let space = reader.space
    func isPlain(_ box: Box) -> Bool { box.sides.allSatisfy { !space.variables[$0.variable].isOpaque } }
    let boxes = region.lazy.filter(isPlain).compactMap { space.settled($0) }
    let mentioned = Array(Set(variables))
    return boxes.prefix(6).map { Example(cells: space.point(in: $0), mentioned: mentioned) }
  }

  /// Evaluates something on the records of an example, in a frame with its variables.
  func evaluate<Result>(_ example: Example, slotCount: Int, _ work: () -> Result) -> Result? {
    guard let world = ExampleWorld(example, reader) else { return nil }
    let count = max(slotCount, (world.arguments.keys.max() ?? -1) + 1)
    let arguments = (0..<count).map { world.arguments[$0] ?? .absent }
    return reader.evaluator.withFrame(of: count, arguments: arguments, work)
  }

  /// What the engine makes of a condition: `nil` is undecided.
  func outcome(_ condition: CheckedExpression) -> Bool? {
    if case .bool(let bit) = reader.evaluator.run(condition) { bit } else { nil }
  }
}

extension Formula {
  /// The variables that it asks about.
  var variables: [Int] {
    switch self {
    case .truth, .undecided: []
    case .test(let index, _, _): [index]
    case .not(let inner), .certainly(let inner): inner.variables
    case .all(let parts), .any(let parts): parts.flatMap(\.variables)
    case .cases(let cases): cases.flatMap { $0.guard.variables + $0.body.variables }
    }
  }
}
