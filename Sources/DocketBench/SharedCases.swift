/// The expressions of `bench/expressions.json`, which other engines of CEL are timed on as well.
///
/// An expression is timed by a conjunction of many repetitions minus one of few, so that what an evaluation costs as such
/// cancels out, as it does for the others.

import DocketData
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax

struct SharedCase {
  struct Unreadable: Error {
    var what: String
  }

  var name: String
  var expression: String
  /// How often the expression stands in the short text and in the long one.
  var repeats: (few: Int, many: Int)
  var variables: [(name: String, type: String, value: JSONValue)]

  static func read(_ path: String) throws(Unreadable) -> [SharedCase] {
    guard case .success(let file) = FileBytes.open(path), let json = JSONValue.parse(file.buffer),
      let cases = json["cases"]?.elements
    else { throw Unreadable(what: path) }
    var read: [SharedCase] = []
    for record in cases {
      guard let made = SharedCase(record) else { throw Unreadable(what: "\(path): a case") }
      read.append(made)
    }
    return read
  }

  private init?(_ json: JSONValue) {
    guard let name = json["case"]?.text, let expression = json["expression"]?.text,
      let repeats = json["repeats"]?.elements?.compactMap(\.whole), repeats.count == 2,
      case .object(let variables)? = json["variables"]
    else { return nil }
    self.name = name
    self.expression = expression
    self.repeats = (repeats[0], repeats[1])
    self.variables = []
    for variable in variables {
      guard let type = variable.value["type"]?.text else { return nil }
      if let ends = variable.value["range"]?.elements?.compactMap(\.whole), ends.count == 2 {
        self.variables.append((variable.key, type, .array((ends[0]...ends[1]).map { .number("\($0)") })))
      } else if let value = variable.value["value"] {
        self.variables.append((variable.key, type, value))
      } else {
        return nil
      }
    }
  }
}

extension JSONValue {
  fileprivate var whole: Int? {
    if case .number(let text) = self { Int(text) } else { nil }
  }
}

// MARK: - Timing

/// Times one case.
struct SharedCaseRun {
  /// A ticket whose fields have types, as records of an export have; the case `records` reads it.
  private static let vocabulary = """
    entity Address { key id: string  country: string }
    entity Customer { key id: string  tier: string  address: Address }
    entity Ticket { key id: string  severity: int  customer: Customer }
    """

  let sharedCase: SharedCase
  private let heap = Heap()
  private let checker = Checker()
  private let world: World
  private var check = ExpressionCheck()
  private var externals: [Value] = []
  /// Variables in slots, as the conditions of rules have them.
  private var slots: [Value] = []

  init(_ sharedCase: SharedCase) throws(SharedCase.Unreadable) {
    self.sharedCase = sharedCase
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    checker.check([Parser.parse(sources.add(path: "bench.docket", text: Self.vocabulary), &diagnostics)])
    world = World(schema: checker.rulebook.schema, heap: heap)
    for variable in sharedCase.variables {
      if let type = Self.types[variable.type] {
        check.externals.append(.init(name: variable.name, type: type))
        externals.append(heap.value(of: variable.value))
      } else if let entity = checker.rulebook.schema.entity(named: variable.type) {
        check.parameters.append(.init(name: variable.name, type: .entity(entity)))
        slots.append(try load(variable.value, as: entity))
      } else {
        throw .init(what: "the type \(variable.type)")
      }
    }
  }

  private static let types: [String: Type] = [
    "int": .int, "string": .string, "list(int)": .list(.int), "map(string, dyn)": .map(.string, .dyn),
  ]

  /// A JSON object as the only record of its entity.
  private func load(_ json: JSONValue, as entity: EntityID) throws(SharedCase.Unreadable) -> Value {
    let schema = checker.rulebook.schema
    let table = TableBuilder(schema: schema, entity: entity, isVersioned: false, hasCreated: false)
    for (place, field) in schema[entity].fields.enumerated() {
      if case .key = field.kind {
        table.columns[place]?.append(heap.string("1"))
        continue
      }
      switch (field.type, json[field.name]) {
      case (.entity(let target), let value?):
        _ = try load(value, as: target)
        table.columns[place]?.append(.int(0))
      case (_, let value?): table.columns[place]?.append(heap.value(of: value))
      default: throw .init(what: "\(field.name) of a record")
      }
    }
    table.endRow(version: nil, created: nil)
    world.install(table.finish(heap: heap) { _ in })
    return .entity(EntityReference(entity: entity.index, row: 0))
  }

  /// One line of JSON an evaluator.
  func run() throws(SharedCase.Unreadable) {
    let single = SourceText(sharedCase.expression, 1)
    let short = try prepare(sharedCase.repeats.few)
    let long = try prepare(sharedCase.repeats.many)
    let lowering = nanoseconds {
      guard let body = compile(single) else { return 0 }
      return short.evaluator.lower(body).slotCount
    }
    report(
      "lowered", short: try time(short) { $0.evaluate($1) }, long: try time(long) { $0.evaluate($1) }, compile: lowering
    )
    let checking = nanoseconds { compile(single)?.slotCount ?? 0 }
    report("tree", short: try timeTree(short), long: try timeTree(long), compile: checking)
  }

  private func report(_ evaluator: String, short: Double, long: Double, compile: Double) {
    let repetitions = sharedCase.repeats.many - sharedCase.repeats.few
    let ns = (long - short) / Double(repetitions)
    print(
      #"{"case": "\#(sharedCase.name)", "evaluator": "\#(evaluator)", "ns": \#(ns), "compile_ns": \#(compile), "#
        + #""short_ns": \#(short), "long_ns": \#(long), "repetitions": \#(repetitions)}"#)
  }

  /// A text that can be parsed again and again.
  private struct SourceText {
    let file: SourceFile

    init(_ expression: String, _ count: Int) {
      var sources = SourceMap()
      let text = count == 1 ? expression : Array(repeating: "(\(expression))", count: count).joined(separator: " && ")
      file = sources.add(path: "bench", text: text)
    }
  }

  private func compile(_ text: SourceText) -> Body? {
    var diagnostics = Diagnostics()
    return Parser.parseExpression(text.file, &diagnostics).map { check.check($0, in: checker).body }
  }

  private struct Prepared {
    let evaluator: Evaluator
    let body: Body
    let lowered: LoweredBody
  }

  private func prepare(_ count: Int) throws(SharedCase.Unreadable) -> Prepared {
    guard let body = compile(SourceText(sharedCase.expression, count)), !checker.diagnostics.hasErrors else {
      throw .init(what: "\(sharedCase.name): \(checker.diagnostics.all.map(\.message).joined(separator: "; "))")
    }
    let evaluator = Evaluator(rulebook: checker.rulebook, world: world)
    evaluator.externals = externals
    return Prepared(evaluator: evaluator, body: body, lowered: evaluator.lower(body))
  }

  private func timeTree(_ prepared: Prepared) throws(SharedCase.Unreadable) -> Double {
    try time(prepared) { evaluator, _ in evaluator.evaluate(prepared.body.expression) }
  }

  private func time(_ prepared: Prepared, _ evaluate: (Evaluator, LoweredBody) -> Value) throws(SharedCase.Unreadable)
    -> Double
  {
    let evaluator = prepared.evaluator
    let mark = evaluator.mark()
    return try evaluator.withFrame(of: max(slots.count, prepared.body.slotCount), arguments: slots) {
      () -> Result<Double, SharedCase.Unreadable> in
      guard case .bool(true) = evaluate(evaluator, prepared.lowered) else {
        return .failure(.init(what: "\(sharedCase.name): it is not true"))
      }
      return .success(
        nanoseconds {
          heap.reset(to: mark)
          if case .bool(true) = evaluate(evaluator, prepared.lowered) { return 1 }
          return 0
        })
    }.get()
  }
}

extension Heap {
  fileprivate func value(of json: JSONValue) -> Value {
    switch json {
    case .null: .null
    case .bool(let bit): .bool(bit)
    case .number(let text): Int64(text).map { .int($0) } ?? .double(Double(text) ?? .nan)
    case .string(let text): string(text)
    case .array(let elements): list(elements.map { value(of: $0) })
    case .object(let members):
      map(MapStorage(keys: members.map { string($0.key) }, values: members.map { value(of: $0.value) }))
    }
  }
}
