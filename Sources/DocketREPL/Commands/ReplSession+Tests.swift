/// `:test`, `:coverage`, `:check`, `:pin`, `:watch`: is it right?

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTesting
import DocketTime

extension ReplSession {
  func runTests(_ pattern: String) throws -> ReplStatus {
    let begin = ContinuousClock.now
    var options = TestOptions(run: pattern.isEmpty ? nil : pattern)
    options.limits.cancellation = cancellation
    let results = TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources, options: options)
    guard !cancellation.isRequested else { return .cancelled }
    let reporter = TestReporter(options: RenderOptions(color: output.color, width: output.width()))
    tell(reporter.render(results, duration: begin.duration(to: .now)))
    return ReplStatus(rawValue: results.exitCode) ?? .failed
  }

  func checkAgain() -> ReplStatus {
    show(rulebook.diagnostics.inOrder, rulebook.sources)
    let warnings = rulebook.diagnostics.all.count { $0.severity == .warning }
    tell(
      "\(plural(workbook.declarations.count, "declaration")), \(warnings == 0 ? "no complaints" : plural(warnings, "warning"))"
    )
    return .success
  }

  /// Which rules matched anything in the data that is loaded.
  func showCoverage() throws -> ReplStatus {
    let engine = try engine()
    guard !rulebook.checked.routes.isEmpty else {
      tell("there is no route")
      return .success
    }
    for (index, route) in rulebook.checked.routes.enumerated() {
      var matched: [String: Int] = [:]
      var decided: [String: Int] = [:]
      for decision in engine.decisions(route: index) {
        for rule in decision.matchedRules { matched[rule, default: 0] += 1 }
        if let rule = decision.rule { decided[rule, default: 0] += 1 }
      }
      var table = TextTable([.left("rule"), .right("matched"), .right("decided"), .left("")])
      for rule in route.rules {
        let count = matched[rule.name] ?? 0
        table.add([rule.name, grouped(count), grouped(decided[rule.name] ?? 0), count == 0 ? "never matched" : ""])
      }
      let unused = route.rules.count { matched[$0.name] == nil }
      tell(strong("route \(route.name)"))
      tell(table.render(width: output.width()))
      tell(
        "\(plural(route.rules.count - unused, "rule")) of \(grouped(route.rules.count)) matched something in the data")
    }
    return .success
  }

  // MARK: - Pinning

  /// Makes a test of the last answer: over the data that is loaded, at the instant of the clock.
  func pin(_ name: String) throws -> ReplStatus {
    guard let expression = lastExpression, let last = results.last else {
      throw ReplFailure.usage("ask for something first: `:pin` makes a test of the last answer")
    }
    if expression.contains("it") || expression.contains("_") {
      // Answers have no meaning outside of the session.
      let names = Set(results.externals.map(\.name))
      var sources = SourceMap()
      var ignored = Diagnostics()
      let file = sources.add(path: "", text: expression)
      let tokens = Lexer.lex(file, &ignored).tokens
      if let used = tokens.first(where: { $0.kind == .identifier && names.contains(file.text($0.span(in: file.id))) }) {
        throw ReplFailure.usage(
          "`\(file.text(used.span(in: file.id)))` is an answer of this session: ask the whole question in one expression, then pin it"
        )
      }
    }
    let engine = try engine()
    var lines = [
      "test \(Quoted.text(name.isEmpty ? "\(expression) is as on \(instantText(engine.instant))".oneLine : name)) {"
    ]
    lines.append("  now @\(atLiteral(engine.instant))")
    if hasRecords { lines.append("  given data \(Quoted.text(dataPath))") }
    guard let expectations = expectations(expression, last.value, engine) else {
      throw ReplFailure.usage(
        "\(describe(last.type).withArticle) cannot be written as a literal: pin a part of it, such as its `size()`")
    }
    lines += expectations.map { "  expect \($0)" }
    lines.append("}")
    let text = formatted(lines.joined(separator: "\n") + "\n")
    let folder = workbook.folder
    let status = define([text.trimmed], path: folder == "." ? "pinned.docket" : folder + "/pinned.docket")
    guard status == .success else { return status }
    tell(text)
    return try runTests(testName(of: text))
  }

  private func testName(of text: String) -> String {
    var sources = SourceMap()
    var ignored = Diagnostics()
    let tree = Parser.parse(sources.add(path: "", text: text), &ignored)
    return tree.declarations.first?.shortName ?? ""
  }

  private func expectations(_ expression: String, _ value: Value, _ engine: RuleEngine) -> [String]? {
    let subject = needsParentheses(expression) ? "(\(expression))" : expression
    let heap = engine.world.heap
    guard case .result(let result) = value else {
      return literal(value, engine).map { ["\(subject) == \($0)"] }
    }
    let fields: [(name: String, index: Int)]
    switch result.kind {
    case .decision: fields = [("status", 4), ("to", 2), ("rule", 3)]
    case .clock: fields = [("status", 3), ("due", 8)]
    case .measure: fields = [("value", 4), ("n", 5)]
    case .finding: fields = []
    }
    return fields.compactMap { field in
      let value = heap.field(field.index, of: result)
      if value.isAbsent { return "\(subject).\(field.name) == null" }
      return literal(value, engine).map { "\(subject).\(field.name) == \($0)" }
    }
  }

  private func needsParentheses(_ text: String) -> Bool {
    var sources = SourceMap()
    var ignored = Diagnostics()
    guard let expression = Parser.parseExpression(sources.add(path: "", text: text), &ignored) else { return true }
    switch expression.kind {
    case .literal, .name, .select, .index, .call, .methodCall, .list, .map: return false
    default: return true
    }
  }

  /// A value as a rulebook writes it.
  private func literal(_ value: Value, _ engine: RuleEngine) -> String? {
    let heap = engine.world.heap
    switch value {
    case .bool, .int, .uint, .double, .string, .null: return heap.describe(value, schema: rulebook.checked.schema)
    case .enumeration(let value):
      let type = rulebook.checked.schema.enums[Int(value.type)]
      let name = type.cases[Int(value.ordinal)].name
      let owners = rulebook.checked.schema.enums.count { $0.cases.contains { $0.name == name } }
      return owners == 1 || type.span == nil ? name : "\(type.name).\(name)"
    case .timestamp(let instant): return "@\(atLiteral(instant))"
    case .date(let date): return "@\(date)"
    case .duration(let duration):
      let nanoseconds = duration.totalNanoseconds ?? 0
      guard nanoseconds >= 0, nanoseconds % 1_000_000 == 0 else { return "duration(\"\(duration.celString())\")" }
      return duration.humanString().replacing(" ", with: "")
    case .entity(let record):
      let key = heap.describe(engine.world.key(of: record), schema: rulebook.checked.schema)
      return "\(rulebook.checked.schema.entities[Int(record.entity)].name)[\(key)]"
    case .list(let list):
      guard list.count <= 20 else { return nil }
      let elements = (0..<Int(list.count)).map { literal(heap[list, $0], engine) }
      return elements.contains { $0 == nil } ? nil : "[" + elements.compactMap { $0 }.joined(separator: ", ") + "]"
    default: return nil
    }
  }

  /// The folder of the data as seen from the rulebook's files.
  private var dataPath: String {
    guard let dataFolder else { return "." }
    let base = workbook.folder
    if base == "." || dataFolder.hasPrefix("/") != base.hasPrefix("/") { return dataFolder }
    let from = base.split(separator: "/").filter { $0 != "." }
    let to = dataFolder.split(separator: "/").filter { $0 != "." }
    var shared = 0
    while shared < from.count, shared < to.count, from[shared] == to[shared], from[shared] != ".." { shared += 1 }
    guard !from[shared...].contains("..") else { return dataFolder }
    let path = (Array(repeating: "..", count: from.count - shared) + to[shared...].map(String.init)).joined(
      separator: "/")
    return path.isEmpty ? "." : path
  }

  // MARK: - Watching

  /// Runs the tests, or an expression, now and whenever a file of the rulebook changes, until it is cancelled.
  func watch(_ expression: String) throws -> ReplStatus {
    guard let path = workbook.path else { throw ReplFailure.usage("there is no rulebook to watch: `:load` one") }
    func ask() throws {
      if expression.isEmpty { _ = try runTests("") } else { _ = try evaluate(expression) }
    }
    try ask()
    tell(dimmed("watching \(path); Ctrl-C ends it"))
    var seen = FileStamps.of(path)
    while !cancellation.isRequested {
      Pause.milliseconds(100)
      let now = FileStamps.of(path)
      guard now != seen else { continue }
      seen = now
      tell(dimmed("— changed, \(instantText(RealClock.now))"))
      if try reload() == .success { try ask() }
    }
    cancellation.clear()
    endInterruptedLine()
    return .success
  }
}

extension ReplSession {
  /// `2016-11-07T17:07`, in the rulebook's zone.
  func atLiteral(_ instant: Instant) -> String {
    instantText(instant, withZone: false).replacing(" ", with: "T")
  }
}

/// A text as a rulebook writes it.
enum Quoted {
  static func text(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }
}

extension String {
  fileprivate var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
