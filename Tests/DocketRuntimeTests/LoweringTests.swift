import DocketDiagnostics
import DocketRuntime
import DocketSyntax
import DocketTime
import Testing

@testable import DocketSemantics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lowered form gives what the tree evaluator gives.
@Suite struct LoweringTests {
  static let cases = getenv("DOCKET_CASES").flatMap { Int(String(cString: $0)) } ?? 1_000

  /// A value or an error with its kind and place, as text.
  static func show(_ value: Value, _ evaluator: Evaluator) -> String {
    if case .error(let reference) = value {
      let error = evaluator.heap[reference]
      return "error \(error.kind) at \(error.span.map { "\($0.start)" } ?? "?")"
    }
    return evaluator.heap.describe(value, schema: evaluator.schema, world: evaluator.world)
  }

  @Test func generatedProgramsAgree() {
    var errors = 0
    for seed in 0..<UInt64(Self.cases) {
      var program = LoweringProgram(seed: seed)
      let body = Body(expression: program.expression(), slotCount: LoweringProgram.slotCount)
      let evaluator = program.sample.tree.engine()
      let lowered = evaluator.lower(body)
      let feedback = SampleWorld.feedback.index
      for instant in [nil, SampleWorld.day(2), SampleWorld.day(4), SampleWorld.day(10)] {
        evaluator.instant = instant
        for row in 0..<UInt32(5) {
          let record = EntityReference(entity: feedback, row: row, isPinned: row == 2)
          let arguments: [Value] = [
            .entity(record), .entity(EntityReference(entity: SampleWorld.person.index, row: row % 3)),
          ]
          let wanted = evaluator.evaluate(body, arguments: arguments)
          let got = evaluator.evaluate(lowered, arguments: arguments)
          if wanted.isError { errors += 1 }
          let (shown, wantedText) = (Self.show(got, evaluator), Self.show(wanted, evaluator))
          #expect(shown == wantedText, "seed \(seed), row \(row), \(String(describing: instant))")
          guard shown == wantedText else { return }
        }
      }
    }
    // Neither all errors nor none, or the generator tests nothing.
    #expect(errors > Self.cases && errors < Self.cases * 19)
  }

  // MARK: - What the world does meanwhile

  private static func both(_ sample: SampleWorld, _ expression: CheckedExpression, _ lowered: LoweredBody, row: UInt32)
    -> [String]
  {
    let evaluator = sample.tree.engine()
    let arguments: [Value] = [.entity(EntityReference(entity: SampleWorld.feedback.index, row: row))]
    return [
      show(evaluator.evaluate(Body(expression: expression, slotCount: 4), arguments: arguments), evaluator),
      show(evaluator.evaluate(lowered, arguments: arguments), evaluator),
    ]
  }

  @Test func aValueSetWhileRulesRunIsSeen() {
    let sample = SampleWorld()
    let t = sample.tree
    let expression = t.call(.greaterOrEqual, sample.read(t.local(0), .votes), t.int(4))
    let evaluator = t.engine()
    let lowered = evaluator.lower(Body(expression: expression, slotCount: 4))
    #expect(Self.both(sample, expression, lowered, row: 0) == ["false", "false"])
    let votes = FieldReference(entity: SampleWorld.feedback, index: SampleWorld.FeedbackField.votes.rawValue)
    evaluator.world.override(votes, of: 0, with: .int(9))
    #expect(Self.both(sample, expression, lowered, row: 0) == ["true", "true"])
    evaluator.world.clearOverlay()
    #expect(Self.both(sample, expression, lowered, row: 0) == ["false", "false"])
  }

  @Test func whoNotesWhatIsReadIsTold() {
    let sample = SampleWorld()
    let t = sample.tree
    let expression = t.call(.equal, sample.read(sample.read(t.local(0), .owner), .capacity), t.int(2))
    let evaluator = t.engine()
    let lowered = evaluator.lower(Body(expression: expression, slotCount: 4))
    var read: [UInt32] = []
    evaluator.world.readObserver = { _, record in read.append(record) }
    _ = Self.both(sample, expression, lowered, row: 1)
    #expect(read.count == 4)
    evaluator.world.readObserver = nil
    _ = Self.both(sample, expression, lowered, row: 1)
    #expect(read.count == 4)
  }

  @Test func recordsThatComeAndGoAreFound() {
    let sample = SampleWorld()
    let t = sample.tree
    let expression = t.call(.equal, sample.read(t.local(0), .votes), t.int(3))
    let evaluator = t.engine()
    let lowered = evaluator.lower(Body(expression: expression, slotCount: 4))
    #expect(Self.both(sample, expression, lowered, row: 0) == ["true", "true"])
    evaluator.world.removeAll()
    let without = Self.both(sample, expression, lowered, row: 0)
    #expect(without[0] == without[1])
    t.load?(evaluator.world)
    #expect(Self.both(sample, expression, lowered, row: 0) == ["true", "true"])
  }

  // MARK: - Limits

  @Test func loopsAreCounted() {
    let t = Tree()
    t.limits.steps = 10_000
    let numbers = t.call(.range, t.int(1_000))
    let inner = t.node(
      .comprehension(
        Comprehension(kind: .all, range: numbers, slot: 1, secondSlot: nil, filter: nil, body: t.bool(true))))
    let body = Body(expression: t.macro(.all, numbers, inner), slotCount: 4)
    let evaluator = t.engine()
    let value = evaluator.evaluate(evaluator.lower(body), arguments: [])
    #expect(Self.show(value, evaluator).contains("10000 steps"))
  }

  @Test func listsThatGrowAreBounded() {
    let t = Tree()
    t.limits.elements = 5_000
    var list = t.call(.range, t.int(1_000))
    for _ in 0..<4 { list = t.call(.add, list, list) }
    let evaluator = t.engine()
    let value = evaluator.evaluate(evaluator.lower(Body(expression: list, slotCount: 0)), arguments: [])
    #expect(Self.show(value, evaluator).contains("more than 5000 elements"))
  }

  @Test func deepTreesAreTheSameError() {
    let t = Tree()
    var deep = t.int(1)
    for _ in 0..<2_000 { deep = t.call(.negate, deep) }
    let body = Body(expression: deep, slotCount: 0)
    let evaluator = t.engine()
    let lowered = evaluator.lower(body)
    #expect(
      Self.show(evaluator.evaluate(lowered, arguments: []), evaluator) == Self.show(evaluator.evaluate(body), evaluator)
    )
  }

  @Test func manyOperandsNeedNoDepth() {
    let t = Tree()
    let operands = (0..<100_000).map { t.call(.notEqual, t.local(0), t.int(Int64($0 % 7))) }
    let body = Body(expression: t.node(.and(operands), .bool), slotCount: 1)
    let evaluator = t.engine()
    let lowered = evaluator.lower(body)
    #expect(Self.show(evaluator.evaluate(lowered, arguments: [.int(9)]), evaluator) == "true")
    #expect(Self.show(evaluator.evaluate(lowered, arguments: [.int(3)]), evaluator) == "false")
  }

  @Test func framesComeAndGoInAnyNumber() {
    let t = Tree()
    // A frame larger than a piece of the stack, within others.
    let expression = t.macro(.all, t.call(.range, t.int(50)), t.node(.function(0, [t.local(0)])))
    t.rulebook.functions.append(
      CheckedFunction(
        name: "f", parameters: [(name: "n", type: .int, isOptional: false)], result: .bool, resultIsOptional: false,
        body: Body(expression: t.call(.less, t.local(0), t.int(50)), slotCount: 100_000), span: expression.span))
    let evaluator = t.engine()
    let lowered = evaluator.lower(Body(expression: expression, slotCount: 2))
    for _ in 0..<3 { #expect(Self.show(evaluator.evaluate(lowered, arguments: []), evaluator) == "true") }
  }

  // MARK: - CEL's public cases

  /// `DOCKET_CONFORMANCE`, else beside the package.
  static let path =
    getenv("DOCKET_CONFORMANCE").map { String(cString: $0) }
    ?? #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    + "/shared/conformance/cel.jsonl"

  static let expressions = ConformanceLines.expressions(of: path)

  @Test(.enabled(if: !expressions.isEmpty, "no conformance cases: set DOCKET_CONFORMANCE to a cel.jsonl"))
  func publicExpressionsAgree() {
    var count = 0
    for text in Self.expressions {
      var sources = SourceMap()
      var diagnostics = Diagnostics()
      let file = sources.add(path: "case", text: text)
      guard let expression = Parser.parseExpression(file, &diagnostics) else { continue }
      for isDynamic in [false, true] {
        let checker = Checker()
        checker.check([])
        var check = ExpressionCheck()
        check.isDynamic = isDynamic
        let (body, _) = check.check(expression, in: checker)
        guard !checker.diagnostics.hasErrors else { continue }
        let evaluator = Evaluator(
          rulebook: checker.rulebook, world: World(schema: checker.rulebook.schema, heap: Heap()))
        let wanted = Self.show(evaluator.evaluate(body), evaluator)
        #expect(Self.show(evaluator.evaluate(evaluator.lower(body), arguments: []), evaluator) == wanted, "\(text)")
        count += 1
      }
    }
    #expect(count > 1_000)
  }
}

enum ConformanceLines {
  /// The expressions of a file of cases, one JSON object a line.
  static func expressions(of path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { expression($0) }
  }

  private static func expression(_ line: Substring) -> String? {
    guard let start = line.firstRange(of: "\"expr\": \"")?.upperBound else { return nil }
    var units: [UInt16] = []
    var rest = line[start...].utf16.makeIterator()
    while let unit = rest.next(), unit != UInt16(UInt8(ascii: "\"")) {
      guard unit == UInt16(UInt8(ascii: "\\")), let escape = rest.next() else {
        units.append(unit)
        continue
      }
      switch UInt8(truncatingIfNeeded: escape) {
      case UInt8(ascii: "n"): units.append(10)
      case UInt8(ascii: "r"): units.append(13)
      case UInt8(ascii: "t"): units.append(9)
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      case UInt8(ascii: "u"):
        units.append(
          UInt16(String(decoding: (0..<4).map { _ in rest.next() ?? 0 }, as: UTF16.self), radix: 16) ?? 0xFFFD)
      default: units.append(escape)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
