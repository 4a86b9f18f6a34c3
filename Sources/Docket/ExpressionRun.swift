/// One expression on its own: parsed, checked and evaluated with variables given as JSON.

public import DocketData
public import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax
public import DocketTime

public struct ExpressionRun {
  public struct Outcome: Sendable {
    /// The value as a literal would write it; `nil` where something is wrong.
    public var value: String?
    public var type: String?
    public var diagnostics: Diagnostics
    /// The expression is right and failed when it was evaluated.
    public var hasFailed = false
    public var sources: SourceMap
  }

  public var variables: [(name: String, value: JSONValue)] = []
  /// The zone of local times; UTC where none is given.
  public var zone = Zone.utc

  public init() {}

  public func evaluate(_ text: String) -> Outcome {
    var outcome = Outcome(diagnostics: Diagnostics(), sources: SourceMap())
    let file = outcome.sources.add(path: "<expression>", text: text)
    let setting = outcome.sources.add(path: "<zone>", text: "zone \"\(zone.name)\"\n")
    var diagnostics = Diagnostics()
    let checker = Checker()
    checker.check([Parser.parse(setting, &diagnostics)])
    guard let expression = Parser.parseExpression(file, &diagnostics) else {
      outcome.diagnostics = diagnostics
      return outcome
    }
    let heap = Heap()
    let values = variables.map { heap.value(of: $0.value) }
    var check = ExpressionCheck()
    check.externals = zip(variables, values).map {
      BodyChecker.External(name: $0.name, type: heap.declaredType(of: $1))
    }
    let (body, type) = check.check(expression, in: checker)
    diagnostics.append(checker.diagnostics)
    outcome.diagnostics = diagnostics
    guard !diagnostics.hasErrors else { return outcome }

    let rulebook = checker.rulebook
    let world = World(schema: rulebook.schema, heap: heap)
    let evaluator = Evaluator(rulebook: rulebook, world: world)
    evaluator.externals = values
    let sources = outcome.sources
    evaluator.sourceText = { sources.text($0) }
    let value = evaluator.evaluate(body)
    outcome.type = rulebook.schema.describe(type)
    if case .error(let reference) = value {
      let error = heap[reference]
      outcome.hasFailed = true
      outcome.diagnostics.report(
        Diagnostic(.evaluationFailed, error.message, at: Label(error.span ?? body.expression.span)))
      return outcome
    }
    outcome.value = heap.describe(value, schema: rulebook.schema, world: world)
    return outcome
  }
}

extension Heap {
  /// A JSON value as a value: whole numbers are int, or uint where only that holds them, other numbers double.
  fileprivate func value(of json: JSONValue) -> Value {
    switch json {
    case .null: .null
    case .bool(let bit): .bool(bit)
    case .number(let text):
      Int64(text).map { .int($0) } ?? UInt64(text).map { .uint($0) } ?? .double(Double(text) ?? .nan)
    case .string(let text): string(text)
    case .array(let elements): list(elements.map { value(of: $0) })
    case .object(let members):
      map(MapStorage(keys: members.map { string($0.key) }, values: members.map { value(of: $0.value) }))
    }
  }

  fileprivate func declaredType(of value: Value) -> Type {
    switch value {
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .list: .list(.dyn)
    case .map: .map(.string, .dyn)
    default: .dyn
    }
  }
}
