/// Checks a rulebook: collects its names, resolves its types, and checks every body against them.
///
/// The order is that of `check(_:)`: names first, so that declarations may stand in any order; then the vocabulary; then
/// values and functions, whose inferred types are found on demand; then everything that only reads them.

public import DocketDiagnostics
public import DocketSyntax
import DocketTime

public final class Checker {
  /// What a name of the value name space stands for.
  enum ValueBinding {
    case constant(Int)
    case calendar(Int)
    case enumeration(EnumID)
    case entity(EntityID)
    case fixture(Int)
  }

  /// What a name stands for that is called.
  enum FunctionBinding {
    case function(Int)
    case table(Int)
    case route(Int)
    case sla(Int)
    case kpi(Int)
  }

  public internal(set) var rulebook = CheckedRulebook()
  public internal(set) var diagnostics = Diagnostics()

  // Names.
  var values: [String: (binding: ValueBinding, span: SourceSpan)] = [:]
  var functions: [String: (binding: FunctionBinding, span: SourceSpan)] = [:]
  /// Of the rulebook's constants.
  private var constantTable = IndexTable()

  // Declarations by kind; each has the number of its place in the rulebook.
  var entityDeclarations: [EntityID: EntityDeclaration] = [:]
  var viewDeclarations: [EntityID: ViewDeclaration] = [:]
  var extensions: [ExtendDeclaration] = []
  var sourceDeclarations: [SourceDeclaration] = []
  var calendarDeclarations: [CalendarDeclaration] = []
  var letDeclarations: [LetDeclaration] = []
  var functionDeclarations: [FuncDeclaration] = []
  var tableDeclarations: [TableDeclaration] = []
  var routeDeclarations: [RouteDeclaration] = []
  var slaDeclarations: [SLADeclaration] = []
  var kpiDeclarations: [KPIDeclaration] = []
  var ensureDeclarations: [EnsureDeclaration] = []
  var fixtureDeclarations: [FixtureDeclaration] = []
  var testDeclarations: [TestDeclaration] = []
  var zoneSpan: SourceSpan?

  // Libraries: those at hand, who uses them, and where problems of their files are told.
  let libraries: [Library]
  var uses: [UseDeclaration] = []
  var useOfLibrary: [FileID: (name: String, span: SourceSpan)] = [:]
  var selectedSpans: [(declaration: SourceSpan, place: SourceSpan)] = []

  /// Types of what can be called, known before any body is checked.
  var signatures = Signatures()

  // Types that are inferred when they are first asked for.
  enum Progress {
    case waiting, running, done
  }
  var letProgress: [Progress] = []
  var derivedSources: [FieldReference: DerivedSource] = [:]

  /// What a call of a builtin with arguments of some types gives.
  struct KnownCall {
    var builtin: Builtin
    var isMethod: Bool
    var arguments: [Type]
    var result: CallResult

    func isOf(_ builtin: Builtin, _ arguments: [CheckedExpression], isMethod: Bool) -> Bool {
      self.builtin == builtin && self.isMethod == isMethod && self.arguments.count == arguments.count
        && zip(self.arguments, arguments).allSatisfy { $0 == $1.type }
    }
  }

  struct CallResult {
    var type: Type
    var mayBeAbsent: Bool
  }

  /// The first calls that were met, where no variable of an inference is involved. A rulebook has few different ones, so they
  /// stand in a list.
  var knownCalls: [KnownCall] = []
  static let maximumKnownCalls = 64

  /// How many expressions are being checked inside one another, those of other declarations included.
  var checkDepth = 0
  /// Deeper than this no further declaration is looked into, so that the stack lasts.
  static let maximumCheckDepth = 400
  private var hasToldOfDepth = false
  /// Asked where the cursor stands, for completion.
  public var probe: CompletionProbe?

  /// Which functions, tables, values and derived fields read which.
  var dependencies = DependencyGraph()
  /// The declaration whose body is being checked.
  var currentNode: DependencyGraph.Node?

  /// Reads the files of `holidays`.
  let holidays: HolidayFile.Reader

  /// `libraries` are those that the rulebook may `use`.
  public init(libraries: [Library] = [], holidays: @escaping HolidayFile.Reader = HolidayFile.none) {
    self.libraries = libraries
    self.holidays = holidays
  }

  /// Checks the trees of one rulebook together.
  public static func check(
    _ trees: [SyntaxTree], libraries: [Library] = [], holidays: @escaping HolidayFile.Reader = HolidayFile.none,
    _ diagnostics: inout Diagnostics
  ) -> CheckedRulebook {
    let checker = Checker(libraries: libraries, holidays: holidays)
    checker.check(trees)
    diagnostics.append(checker.diagnostics)
    return checker.rulebook
  }

  /// What was reported since this was last asked for, so that each entry of a session is told its own problems.
  public func takeDiagnostics() -> Diagnostics {
    defer { diagnostics = Diagnostics() }
    return diagnostics
  }

  public func check(_ trees: [SyntaxTree]) {
    declareBuiltinEnums()
    collect(trees)
    collectLibraries(trees)
    resolveSchema()
    resolveCalendars()
    resolveSignatures()
    checkDerivedFields()
    checkLets()
    checkFunctions()
    checkTables()
    checkSources()
    checkRoutes()
    checkSLAs()
    checkKPIs()
    checkEnsures()
    checkFixtures()
    checkTests()
    orderRoutes()
    reportCycles()
    redirectLibraryProblems()
  }

  // MARK: - Shared by all stages

  var schema: Schema { rulebook.schema }

  /// What a name of the value name space stands for; the rulebook's own names hide those of Docket's enums.
  func binding(_ name: String) -> ValueBinding? {
    values[name]?.binding ?? BuiltinEnum.allCases.first { $0.name == name }.map { .enumeration($0.id) }
  }

  func report(_ problem: SemanticProblem, at span: SourceSpan) {
    diagnostics.report(problem, at: span)
  }

  /// Whether the type of a declaration can still be inferred; where not, that is reported, once.
  func canInfer(_ name: String, at span: SourceSpan) -> Bool {
    if checkDepth < Self.maximumCheckDepth { return true }
    if !hasToldOfDepth { report(.inferenceTooDeep(name, limit: Self.maximumCheckDepth), at: span) }
    hasToldOfDepth = true
    return false
  }

  /// An inferred type that others may read: one of no more than 250 levels, or the error that was reported.
  func bounded(_ type: Type, of name: String, at span: SourceSpan) -> Type {
    guard type.depth > Parser.maximumDepth else { return type }
    report(.typeTooDeep(name, limit: Parser.maximumDepth), at: span)
    return .error
  }

  func constant(_ constant: Constant) -> Int {
    let hash = constant.hashValue
    if let index = constantTable.index(hash: hash, where: { rulebook.constants[$0] == constant }) { return index }
    constantTable.add(rulebook.constants.count, hash: hash)
    rulebook.constants.append(constant)
    return rulebook.constants.count - 1
  }

  func addBody(_ body: Body) -> Int {
    rulebook.bodies.append(body)
    return rulebook.bodies.count - 1
  }

  /// Runs `work` while everything read is noted as read by `node`.
  func within<Result>(_ node: DependencyGraph.Node, _ work: () -> Result) -> Result {
    let outer = currentNode
    currentNode = node
    defer { currentNode = outer }
    return work()
  }

  func noteRead(_ node: DependencyGraph.Node, at span: SourceSpan) {
    if let currentNode { dependencies.add(from: currentNode, to: node, at: span) }
  }
}

struct Signatures {
  struct Callable {
    var parameters: [(name: String, type: Type, isOptional: Bool)]
    var result: Type
    var resultIsOptional: Bool
  }
  var lets: [(type: Type, isOptional: Bool)] = []
  var functions: [Callable] = []
  var tables: [Callable] = []
  /// The entity is `nil` where its name is not known, which has been reported: then its type is `.error`.
  var routes: [(entity: EntityID?, field: FieldReference, fieldType: Type)] = []
  var slas: [EntityID?] = []

  static func item(_ entity: EntityID?) -> Type { entity.map { .entity($0) } ?? .error }
}

/// A derived field's expression until it is checked.
struct DerivedSource {
  var expression: Expression
  var variable: Name?
  var hasDeclaredType: Bool
  var progress: Checker.Progress
}
