/// One expression at a time, engine only: the tree evaluator, the lowered form, and what it takes to get there.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax

/// A desk with a few thousand pieces of feedback, in columns.
struct ExpressionBench {
  private static let vocabulary = """
    enum Severity { minor, major, critical }
    enum Tier { free, silver, gold }
    entity Customer { key id: string  tier: Tier  region: string }
    entity Feedback { key id: string  severity: Severity  votes: int  name: string  region: string  customer: Customer }
    """

  static let rowCount = 4096
  private let checker = Checker()
  private let heap = Heap()
  private let world: World
  private let feedback: EntityID
  private let numbers: Value

  init() {
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    let tree = Parser.parse(sources.add(path: "bench.docket", text: Self.vocabulary), &diagnostics)
    checker.check([tree])
    diagnostics.append(checker.diagnostics)
    precondition(!diagnostics.hasErrors, diagnostics.all.map(\.message).joined(separator: "\n"))
    let schema = checker.rulebook.schema
    feedback = schema.entity(named: "Feedback")!
    world = World(schema: schema, heap: heap)
    numbers = heap.list((0..<1000).map { .int(Int64($0 * 7919 % 1000)) })
    load(schema)
  }

  private func load(_ schema: Schema) {
    var random: UInt64 = 42
    func below(_ count: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % count
    }
    let regions = ["eu", "us", "cn", "in"].map { heap.string($0) }
    let customer = schema.entity(named: "Customer")!
    let (tier, severity) = (schema.enumeration(named: "Tier")!.index, schema.enumeration(named: "Severity")!.index)
    let customers = TableBuilder(schema: schema, entity: customer, isVersioned: false, hasCreated: false)
    for number in 0..<256 {
      customers.columns[0]?.append(heap.string("c\(number)"))
      customers.columns[1]?.append(.enumeration(EnumValue(type: tier, ordinal: UInt16(below(3)))))
      customers.columns[2]?.append(regions[below(4)])
      customers.endRow(version: nil, created: nil)
    }
    world.install(customers.finish(heap: heap) { _ in })
    let items = TableBuilder(schema: schema, entity: feedback, isVersioned: false, hasCreated: false)
    for number in 0..<Self.rowCount {
      items.columns[0]?.append(heap.string("f\(number)"))
      items.columns[1]?.append(.enumeration(EnumValue(type: severity, ordinal: UInt16(below(3)))))
      items.columns[2]?.append(.int(Int64(below(6))))
      items.columns[3]?.append(heap.string(["anna", "bert", "alma", "carl"][below(4)]))
      items.columns[4]?.append(regions[below(4)])
      items.columns[5]?.append(.int(Int64(below(256))))
      items.endRow(version: nil, created: nil)
    }
    world.install(items.finish(heap: heap) { _ in })
  }

  // MARK: - Running

  func run() {
    let person = heap.map(
      MapStorage(
        keys: ["name", "region", "age"].map { heap.string($0) },
        values: [heap.string("anna"), heap.string("us"), .int(41)]))
    let row = MapStorage(
      keys: [heap.string("severity"), heap.string("votes"), heap.string("customer")],
      values: [
        .int(2), .int(4), heap.map(MapStorage(keys: [heap.string("tier")], values: [heap.string("gold")])),
      ])
    let dynamicRow = heap.map(row)
    print(padded("ns an evaluation, best of 20", to: 64) + "     tree  lowered    lower    check")
    time("true", [], overRecords: true)
    time("port == 80", [("port", .int, .int(80))])
    time("1 + 1 == 2", [])
    time("f.severity == critical && f.votes >= 3 && f.customer.tier == gold", [], overRecords: true)
    time("f.severity == critical", [], overRecords: true)
    time("f.votes + 1 >= 3 && f.votes * 2 < 9", [], overRecords: true)
    time("f.name.startsWith(\"a\") && f.region in [\"eu\", \"us\"]", [], overRecords: true)
    time("x.severity == 2 && x.votes >= 3 && x.customer.tier == \"gold\"", [("x", .dyn, dynamicRow)])
    time(
      "name.startsWith(\"a\") && region in [\"eu\", \"us\"]",
      [("name", .string, heap.string("anna")), ("region", .string, heap.string("us"))])
    time("p.name.startsWith(\"a\") && p.region in [\"eu\", \"us\"]", [("p", .dyn, person)])
    time("numbers.filter(n, n > 500).size()", [("numbers", .list(.int), numbers)], per: 1000, "an element")
    time("numbers.exists(n, n == 5000)", [("numbers", .list(.int), numbers)], per: 1000, "an element")
    time("numbers.map(n, n * 2 + 1).size()", [("numbers", .list(.int), numbers)], per: 1000, "an element")
  }

  private func time(
    _ text: String, _ variables: [(name: String, type: Type, value: Value)], overRecords: Bool = false,
    per count: Int = 1,
    _ unit: String = ""
  ) {
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    guard let expression = Parser.parseExpression(sources.add(path: "bench", text: text), &diagnostics) else {
      preconditionFailure("\(text) does not parse")
    }
    var check = ExpressionCheck()
    check.externals = variables.map { .init(name: $0.name, type: $0.type) }
    if overRecords { check.parameters = [.init(name: "f", type: .entity(feedback))] }
    let (body, _) = check.check(expression, in: checker)
    precondition(!checker.diagnostics.hasErrors, checker.diagnostics.all.map(\.message).joined(separator: "\n"))
    let evaluator = Evaluator(rulebook: checker.rulebook, world: world)
    evaluator.externals = variables.map(\.value)
    let mark = evaluator.mark()
    let lowered = evaluator.lower(body)
    evaluator.withFrame(of: max(1, body.slotCount), arguments: []) {
      var row: UInt32 = 0
      func truth(_ value: Value) -> Int { if case .bool(true) = value { 1 } else { 0 } }
      func next() {
        if overRecords {
          row = (row &+ 1) & UInt32(Self.rowCount - 1)
          evaluator[slot: 0] = .entity(EntityReference(entity: feedback.index, row: row))
        }
        if count > 1 { heap.reset(to: mark) }
      }
      let tree = nanoseconds {
        next()
        return truth(evaluator.evaluate(body.expression))
      }
      heap.reset(to: mark)
      let code = nanoseconds {
        next()
        return truth(evaluator.evaluate(lowered))
      }
      heap.reset(to: mark)
      let lowering = nanoseconds { evaluator.lower(body).slotCount }
      let checking = nanoseconds {
        var sources = SourceMap()
        guard let expression = Parser.parseExpression(sources.add(path: "bench", text: text), &diagnostics) else {
          return 0
        }
        return check.check(expression, in: checker).body.slotCount
      }
      let figures = [tree / Double(count), code / Double(count), lowering, checking].map {
        padded(digits($0), to: 9, left: true)
      }
      print(padded(text, to: 64) + figures.joined() + (unit.isEmpty ? "" : "  " + unit))
    }
  }
}
