/// Runs one case: parse, check, evaluate, compare.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax

enum Outcome {
  case passed(got: String)
  case failed(wanted: String, got: String)

  /// One line for a person who follows.
  func line(_ id: String) -> String {
    switch self {
    case .passed(let got): "passed \(id): \(got)"
    case .failed(let wanted, let got): "failed \(id): want \(wanted), got \(got)"
    }
  }
}

struct CaseRunner {
  let conformanceCase: ConformanceCase
  private let heap = Heap()
  private var sources = SourceMap()
  private var diagnostics = Diagnostics()

  static func run(_ conformanceCase: ConformanceCase) -> Outcome {
    var runner = CaseRunner(conformanceCase)
    return runner.run()
  }

  private init(_ conformanceCase: ConformanceCase) { self.conformanceCase = conformanceCase }

  private mutating func run() -> Outcome {
    let file = sources.add(path: conformanceCase.id, text: conformanceCase.expression)
    guard let expression = Parser.parseExpression(file, &diagnostics) else {
      return wantsError("syntax") || wantsError("parse")
        ? .passed(got: messages) : failed(got: "syntax error: \(messages)")
    }
    var check = ExpressionCheck()
    var values: [Value] = []
    for (name, type) in declarations {
      var reader = TypeReader()
      guard let type = reader.read(type) else { return failed(got: "the unknown type \(type)") }
      check.externals.append(.init(name: name, type: type))
      let binding = conformanceCase.bindings.first { $0.name == name }
      guard let value = binding.map({ heap.value(ofTagged: $0.value) }) ?? .absent else {
        return failed(got: "an unreadable value of \(name)")
      }
      values.append(value)
    }
    check.functions = conformanceCase.functions
    check.container = conformanceCase.container
    check.isDynamic = conformanceCase.isUnchecked
    let checker = Checker()
    checker.check([])
    let (body, type) = check.check(expression, in: checker)
    diagnostics.append(checker.diagnostics)
    if diagnostics.hasErrors {
      let isUnknown = diagnostics.all.contains { $0.code == .unknownFunction }
      return wantsError(isUnknown ? "unbound function" : "") ? .passed(got: messages) : failed(got: messages)
    }
    if let wanted = conformanceCase.deducedType, !conformanceCase.isUnchecked {
      var reader = TypeReader()
      guard let wantedType = reader.read(wanted), type.isDeduced(as: wantedType) else {
        return .failed(wanted: "type \(wanted)", got: "type \(type.caseText)")
      }
    }
    if case .checkOnly = conformanceCase.expectation { return .passed(got: type.caseText) }
    return evaluate(body, checker.rulebook, values)
  }

  /// Declared names, then those that have only a value.
  private var declarations: [(name: String, type: String)] {
    let bound = conformanceCase.bindings.map(\.name)
    return conformanceCase.variables
      + bound.filter { name in !conformanceCase.variables.contains { $0.name == name } }.map { ($0, "dyn") }
  }

  private func evaluate(_ body: Body, _ rulebook: CheckedRulebook, _ externals: [Value]) -> Outcome {
    let evaluator = Evaluator(rulebook: rulebook, world: World(schema: rulebook.schema, heap: heap))
    evaluator.externals = externals
    evaluator.sourceText = { [sources] in sources.text($0) }
    let value = evaluator.evaluate(body)
    let shown = heap.describe(value, schema: rulebook.schema)
    guard case .value(let tagged) = conformanceCase.expectation else {
      guard case .error(let reference) = value else { return failed(got: shown) }
      // A call that has no value is one of a function that is not known.
      if case .unbound(let text) = heap[reference].kind, text.hasSuffix(")") {
        return wantsError("unbound function") ? .passed(got: shown) : failed(got: shown)
      }
      return .passed(got: shown)
    }
    guard let wanted = heap.value(ofTagged: tagged) else { return failed(got: "an unreadable expected value") }
    return heap.isSame(value, wanted)
      ? .passed(got: shown) : .failed(wanted: heap.describe(wanted, schema: rulebook.schema), got: shown)
  }

  /// Whether the case wants an error whose text has this part.
  private func wantsError(_ part: String) -> Bool {
    guard case .error(let texts) = conformanceCase.expectation else { return false }
    return part.isEmpty || texts.contains { $0.lowercased().contains(part) }
  }

  private func failed(got: String) -> Outcome {
    switch conformanceCase.expectation {
    case .value(let tagged):
      .failed(wanted: heap.value(ofTagged: tagged).map { heap.describe($0, schema: Schema()) } ?? "a value", got: got)
    case .error(let texts): .failed(wanted: "error: \(texts.joined(separator: " or "))", got: got)
    case .checkOnly: .failed(wanted: "type \(conformanceCase.deducedType ?? "?")", got: got)
    }
  }

  private var messages: String {
    diagnostics.all.filter { $0.severity == .error }.map(\.message).joined(separator: "; ")
  }
}
