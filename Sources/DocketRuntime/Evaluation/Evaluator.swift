/// The tree evaluator: the readable reference of what an expression means.
///
/// It walks the checked tree. Errors are values: an operator that gets one passes on the leftmost, and only `&&`, `||`, `all`,
/// `exists`, `??` and the questions for absence look further. Its concerns are extensions, one a file.

public import DocketDiagnostics
public import DocketSemantics
public import DocketTime

public final class Evaluator {
  public let rulebook: CheckedRulebook
  public let schema: Schema
  public let world: World
  public let heap: Heap
  /// The rulebook's zone; UTC where it declares none, as times are printed then.
  public let zone: Zone
  public let limits: Limits
  private let cancellation: Cancellation?

  /// What `now` is, and as of when records are seen. Without it `now` is an error, and records are seen in their newest state.
  public var instant: Instant?
  /// The values of variables bound from outside, in the order of their declaration.
  public var externals: [Value] = [] {
    didSet { boundValues.fill(externals) }
  }

  // MARK: Set by others

  public var callRoute: ((Int, Value) -> Value)?
  public var callSLA: ((Int, Value) -> Value)?
  public var callKPI: ((Int) -> Value)?
  /// `decisions(owner)`
  public var decisions: ((Int) -> Value)?
  /// `cells(csat)`
  public var cells: ((Int) -> Value)?
  /// `findings(no_overlap)`
  public var findings: ((Int) -> Value)?
  /// Told of every calendar that is asked for its hours.
  public var calendarObserver: ((Int) -> Void)?
  /// The row being loaded, by column; absent where a cell is empty.
  public var rowColumn: ((Int) -> Value)?
  public var aggregate: ((Int) -> Value)?
  public var siblingMeasure: ((Int) -> Value)?
  /// The text of a piece of source, for paths in messages; without it paths are made from the tree.
  public var sourceText: ((SourceSpan) -> String?)?
  /// Told of every node that is evaluated, with its value, for coverage. Lowered code does not tell: while somebody listens,
  /// everything is left to the tree evaluator, and nothing else pays for it.
  public var observe: ((CheckedExpression, Value) -> Void)? {
    didSet { lowered = LoweredBodies(rulebook) }
  }

  /// How a result's field is told in a text for people; `nil` for the usual way.
  public var resultText: ((ResultReference, Int) -> String?)?

  // MARK: State of an evaluation

  /// A text for people is being made: numbers with many digits are rounded.
  var isTellingPeople = false

  var constants: [Value] = []
  /// Values that read neither the clock nor records are computed once.
  var letValues: [Value?]
  /// By look-up that found nothing: what was probably meant.
  var suggestedKeys: [ObjectIdentifier: (table: EntityTable, text: String)] = [:]
  let isLetVolatile: [Bool]
  /// The variables of all bodies under evaluation; `frame` is where those of the current one start.
  let frames = FrameStack()
  var frame: Frame
  private var frameSize = 0
  /// `externals`, for lowered code.
  let boundValues = BoundValues()
  var lowered: LoweredBodies
  /// The error of a condition of lowered code that just came out as `.failed`.
  var failure = Value.absent
  var depth = 0
  var stepsLeft = 0
  private var heapBytesAtStart = 0
  /// The node whose builtin runs: where an error arises, and what type an empty sum has.
  var current: CheckedExpression?
  let regexes = RegexCache()
  /// By entity: which row shows each record at `rowsInstant`.
  private var currentRows: [UInt16: (table: EntityTable, rows: CurrentRows)] = [:]
  private var rowsInstant: Instant?

  public init(rulebook: CheckedRulebook, world: World, limits: Limits = Limits()) {
    self.rulebook = rulebook
    self.limits = limits
    cancellation = limits.cancellation
    self.world = world
    schema = rulebook.schema
    heap = world.heap
    zone = rulebook.zone ?? .utc
    letValues = Array(repeating: nil, count: rulebook.lets.count)
    isLetVolatile = Volatility(rulebook).lets
    frame = frames.base
    lowered = LoweredBodies(rulebook)
    constants = rulebook.constants.map { heap.value(of: $0) }
  }

  // MARK: - Entry

  /// The value of an expression that has no variables, or whose variables are in the current frame.
  public func evaluate(_ expression: CheckedExpression) -> Value { value(of: expression) }

  public func evaluate(_ body: Body, arguments: [Value] = []) -> Value {
    inFrame(of: body.slotCount, arguments: arguments) { value(of: body.expression) }
  }

  /// Evaluates several expressions of one frame: the conditions of a rule share the slots of its item and its candidates.
  public func withFrame<Result>(of slotCount: Int, arguments: [Value], _ body: () -> Result) -> Result {
    inFrame(of: slotCount, arguments: arguments, body)
  }

  /// A variable of the current frame.
  public subscript(slot slot: Int) -> Value {
    get {
      precondition(slot < frameSize)
      return frame[slot]
    }
    set {
      precondition(slot < frameSize)
      frame[slot] = newValue
    }
  }

  /// A mark of the heap to go back to. Values that are computed once are made before it.
  public func mark() -> Heap.Mark {
    for index in rulebook.lets.indices where !isLetVolatile[index] { _ = letValue(index) }
    return heap.mark()
  }

  /// Which row shows each record of a table as of now; found once.
  func currentRows(of table: EntityTable) -> CurrentRows {
    if rowsInstant != instant {
      rowsInstant = instant
      currentRows = [:]
    }
    if let known = currentRows[table.entity.index], known.table === table { return known.rows }
    let rows = CurrentRows(table, at: instant)
    currentRows[table.entity.index] = (table, rows)
    return rows
  }

  func begin() {
    stepsLeft = limits.steps
    heapBytesAtStart = heap.byteCount
  }

  func inFrame<Result>(of slotCount: Int, arguments: [Value], _ body: () -> Result) -> Result {
    let caller = enter(slotCount: max(slotCount, arguments.count))
    for (slot, argument) in arguments.enumerated() { frame[slot] = argument }
    defer { leave(to: caller) }
    return body()
  }

  /// Makes a frame with nothing in its slots the current one; returns the one to go back to.
  func enter(slotCount: Int) -> (frame: Frame, size: Int) {
    let caller = (frame, frameSize)
    frame = frames.push(slotCount)
    frameSize = slotCount
    return caller
  }

  func leave(to caller: (frame: Frame, size: Int)) {
    frames.pop(frame)
    (frame, frameSize) = caller
  }

  // MARK: - Budgets and errors

  /// Spends steps; `false` when none are left, or somebody wants the evaluation to end.
  func charge(_ steps: Int) -> Bool {
    stepsLeft -= steps
    return stepsLeft >= 0 && !isCancelled
  }

  /// Whoever goes over many records looks at it between them.
  public var isCancelled: Bool { cancellation?.isRequested ?? false }

  var isHeapExhausted: Bool { heap.byteCount - heapBytesAtStart > limits.heapBytes }

  func fail(_ kind: EvaluationError.Kind) -> Value { heap.error(kind, at: current?.span) }

  func fail(_ kind: EvaluationError.Kind, at expression: CheckedExpression) -> Value {
    heap.error(kind, at: expression.span)
  }

  func failSteps() -> Value { fail(stepsProblem) }

  var stepsProblem: EvaluationError.Kind {
    .limit(isCancelled ? "the evaluation was cancelled" : "the evaluation takes more than \(limits.steps) steps")
  }

  /// Links the constants of expressions that were checked beside the rulebook since.
  public func addConstants(of rulebook: CheckedRulebook) {
    for constant in rulebook.constants.dropFirst(constants.count) { constants.append(heap.value(of: constant)) }
  }

  // MARK: - The tree

  /// The value of a node: never `.absent`, which is an error where a value is wanted.
  func value(of expression: CheckedExpression) -> Value {
    let value = node(expression)
    if let observe { observe(expression, value) }
    return value
  }

  @inline(__always) private func node(_ expression: CheckedExpression) -> Value {
    // Whoever asks first, the budgets are those of one question.
    if depth == 0 { begin() }
    depth += 1
    defer { depth -= 1 }
    guard charge(1) else {
      current = expression
      return failSteps()
    }
    guard depth <= limits.depth else {
      return fail(.limit("the evaluation is nested more than \(limits.depth) deep"), at: expression)
    }
    switch expression.kind {
    case .constant(let index): return constants[index]
    case .local, .external, .now, .letValue, .calendar, .rowColumn: return variable(expression)
    case .field, .history, .versionBound, .resultField: return present(reading(expression), expression)
    case .select(let target, let key, let isOptional):
      return select(target, key: key, isOptional: isOptional, expression)
    case .index(let target, let index, let isOptional):
      return element(target, index, isOptional: isOptional, expression)
    case .hasField, .hasKey, .isAbsent, .coalesce: return presence(expression)
    case .and(let operands): return conjunction(operands)
    case .or(let operands): return disjunction(operands)
    case .conditional(let condition, let then, let otherwise): return conditional(condition, then, otherwise)
    case .builtin(let builtin, let arguments): return call(builtin, arguments, expression)
    case .list(let elements): return list(elements, expression)
    case .map(let entries): return map(entries, expression)
    case .format(let parts): return format(parts, expression)
    case .comprehension(let comprehension): return comprehend(comprehension, expression)
    case .bind(let slot, let bound, let body): return bind(slot, bound, body)
    case .optionalMap(let receiver, let slot, let body, let isFlat):
      return optionalMap(receiver, slot: slot, body: body, isFlat: isFlat, expression)
    case .function(let index, let arguments): return callFunction(index, arguments, expression)
    case .table(let index, let arguments): return callTable(index, arguments, expression)
    case .route, .sla, .kpi, .decisions, .cells, .findings, .aggregate, .siblingMeasure: return ruleResult(expression)
    case .lookup(let entity, let key): return lookUp(entity, key, expression)
    case .records(let entity): return records(of: entity, expression)
    case .invalid: return fail(.custom("this expression has an error that was reported"), at: expression)
    }
  }
}
