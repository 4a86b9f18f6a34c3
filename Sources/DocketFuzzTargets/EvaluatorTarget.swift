/// The evaluator, on any expression, as it is checked by Docket and as it is by CEL without a checker: it ends within tight
/// limits, and its lowered form, which runs rules, gives what the tree gives.

import Docket
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

enum EvaluatorTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    var sources = world.sources
    let file = sources.add(path: "fuzz", bytes: bytes)
    var diagnostics = Diagnostics()
    guard let expression = Parser.parseExpression(file, &diagnostics) else { return diagnostics.finding(in: sources) }
    let checker = Checker()
    checker.check(world.trees)
    var told = checker.diagnostics.all.count
    for isDynamic in [false, true] {
      var check = ExpressionCheck()
      check.isDynamic = isDynamic
      check.externals = externals.map { .init(name: $0.name, type: $0.type) }
      let body = check.check(expression, in: checker).body
      var diagnostics = Diagnostics()
      for diagnostic in checker.diagnostics.all[told...] { diagnostics.report(diagnostic) }
      told = checker.diagnostics.all.count
      if let finding = diagnostics.finding(in: sources) { return finding }
      // An exact repeat is told once, so that what had errors when it was checked closely may have none to tell now.
      if checker.diagnostics.hasErrors, !isDynamic || diagnostics.hasErrors { continue }
      let byTree = evaluate(body, checker.rulebook, sources) { $0.evaluate(body) }
      let lowered = evaluate(body, checker.rulebook, sources) { $0.evaluate($0.lower(body), arguments: []) }
      // Both stop at limits, but count what they do differently.
      if !byTree.isLimited, !lowered.isLimited, byTree.text != lowered.text {
        return "the tree gives \(byTree.text) and the lowered form \(lowered.text)"
      }
    }
    return nil
  }

  private static func evaluate(
    _ body: Body, _ rulebook: CheckedRulebook, _ sources: SourceMap, by run: (Evaluator) -> Value
  ) -> (text: String, isLimited: Bool) {
    let heap = Heap()
    var limits = Limits()
    limits.steps = 20_000
    limits.elements = 10_000
    limits.textBytes = 1 << 16
    limits.heapBytes = 8 << 20
    limits.regexBytes = 1 << 16
    let evaluator = Evaluator(rulebook: rulebook, world: World(schema: rulebook.schema, heap: heap), limits: limits)
    evaluator.instant = Instant.parseRFC3339("2026-10-09T20:50:00Z")
    evaluator.sourceText = { sources.text($0) }
    evaluator.externals = externals.map { $0.value(heap) }
    let value = run(evaluator)
    var isLimited = false
    if case .error(let error) = value, case .limit = heap[error].kind { isLimited = true }
    return (heap.describe(value, schema: rulebook.schema) + "\n" + evaluator.display(value), isLimited)
  }

  // MARK: - What expressions find

  /// Names of each kind that an expression can meet.
  private static let world: Rulebook = {
    var sources = SourceMap()
    sources.add(
      path: "world.docket",
      text: """
        zone "Europe/Berlin"
        enum Level { low "Low", medium, high "High" }
        entity Person as p { key id: string  name: string  level: Level?  age: int?  boss: Person? }
        calendar desk { open mon-fri 09:00-17:00 }
        let limit = 3
        let names = ["a", "ä", "😀"]
        func twice(n: int): int = n * 2
        func older(p: Person, n: int): bool = p.age > n
        table price (level: Level, n: int): double {
          level | n    | result
          high  | > 10 | 1.5
          low   | _    | 2.0
          _     | 0..9 | 3.0
        }
        """)
    let rulebook = Rulebook.check(sources)
    precondition(!rulebook.diagnostics.hasErrors, render(rulebook.diagnostics.all, sources: rulebook.sources))
    return rulebook
  }()

  private static let externals: [(name: String, type: Type, value: @Sendable (Heap) -> Value)] = [
    ("b", .bool, { _ in .bool(true) }),
    ("i", .int, { _ in .int(-7) }),
    ("u", .uint, { _ in .uint(7) }),
    ("d", .double, { _ in .double(0.5) }),
    ("s", .string, { $0.string("ä😀 x") }),
    ("y", .bytes, { $0.bytes([98, 0, 0xFF]) }),
    ("l", .list(.int), { $0.list([.int(3), .int(1), .int(2)]) }),
    (
      "m", .map(.string, .dyn),
      { $0.map(MapStorage(keys: [$0.string("a"), $0.string("b")], values: [.int(1), $0.list([.null])])) }
    ),
    ("t", .timestamp, { _ in .timestamp(Instant.parseRFC3339("2024-02-29T23:59:59.5Z")!) }),
    ("h", .duration, { _ in .duration(TimeDuration(totalNanoseconds: 5_400_000_000_000)) }),
    ("o", .optional(.int), { $0.some(.int(1)) }),
    ("x", .dyn, { $0.map(MapStorage(keys: [.int(1)], values: [$0.list([.uint(2), .double(3)])])) }),
    ("n", .null, { _ in .null }),
  ]
}
