/// CEL means here what it means there: one line a case, `expression => value as a literal`, or `=> error` where evaluation
/// fails. `unchecked` runs it as CEL does without its checker.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax
import Testing

@Suite struct CELCasesTests {
  // MARK: - Language

  @Test func literals() { check(Self.literals) }
  @Test func arithmetic() { check(Self.arithmetic) }
  @Test func comparisons() { check(Self.comparisons) }
  @Test func logic() { check(Self.logic) }
  @Test func lists() { check(Self.lists) }
  @Test func maps() { check(Self.maps) }
  @Test func macros() { check(Self.macros) }
  @Test func texts() { check(Self.texts) }
  @Test func codePoints() { check(Self.codePoints) }
  @Test func conversions() { check(Self.conversions) }
  @Test func instants() { check(Self.instants) }

  // MARK: - Library

  @Test func strings() { check(Self.strings) }
  @Test func formats() { check(Self.formats) }
  @Test func mathematics() { check(Self.mathematics) }
  @Test func optionals() { check(Self.optionals) }
  @Test func macrosOfTwoVariables() { check(Self.macrosOfTwoVariables) }
  @Test func bindings() { check(Self.bindings) }
  @Test func encodings() { check(Self.encodings) }

  // MARK: - Running

  private func check(_ cases: String) {
    for line in cases.split(separator: "\n") {
      guard let arrow = line.ranges(of: " => ").last else {
        Issue.record("not a case: \(line)")
        continue
      }
      let wanted = line[arrow.upperBound...]
      let found = Self.show(line[..<arrow.lowerBound])
      if wanted == "error" {
        #expect(found.hasPrefix("error: "), "\(line)")
      } else {
        // Byte by byte: Swift's `==` is blind to how a character is made up.
        #expect(found.utf8.elementsEqual(wanted.utf8), "\(line)\ngot \(found)")
      }
    }
  }

  /// The value of an expression, or what is wrong with it.
  private static func show(_ text: Substring) -> String {
    let unchecked = "unchecked "
    let isUnchecked = text.hasPrefix(unchecked)
    var sources = SourceMap()
    let file = sources.add(path: "case", text: String(isUnchecked ? text.dropFirst(unchecked.count) : text))
    var diagnostics = Diagnostics()
    guard let expression = Parser.parseExpression(file, &diagnostics) else { return messages(diagnostics) }
    let checker = Checker()
    checker.check([])
    var check = ExpressionCheck()
    check.isDynamic = isUnchecked
    let (body, _) = check.check(expression, in: checker)
    guard !checker.diagnostics.hasErrors else { return messages(checker.diagnostics) }
    let heap = Heap()
    let evaluator = Evaluator(
      rulebook: checker.rulebook, world: World(schema: checker.rulebook.schema, heap: heap))
    return heap.describe(evaluator.evaluate(body), schema: checker.rulebook.schema)
  }

  private static func messages(_ diagnostics: Diagnostics) -> String {
    diagnostics.all.filter { $0.severity == .error }.map(\.message).joined(separator: "; ")
  }
}
