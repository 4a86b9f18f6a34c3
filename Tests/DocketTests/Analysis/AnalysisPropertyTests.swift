/// What the analysis finds is what trying every item finds: nothing is missed, nothing is made up, and every example shows what
/// it is said to show.

import Docket
import DocketAnalysis
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax
import Foundation
import Testing

@Suite struct AnalysisPropertyTests {
  static let cases = ProcessInfo.processInfo.environment["DOCKET_CASES"].flatMap { Int($0) } ?? 200
  /// The first of them, to look at one again.
  static let first = ProcessInfo.processInfo.environment["DOCKET_SEED"].flatMap { Int($0) } ?? 0

  @Test func findsWhatTryingEveryItemFinds() throws {
    var count = 0
    for seed in Self.first..<Self.first + Self.cases {
      var random = RandomRulebook(seed: seed)
      let text = random.text()
      var sources = SourceMap()
      sources.add(path: "seed-\(seed)", text: text)
      let rulebook = Rulebook.check(sources)
      let isRight = !rulebook.diagnostics.hasErrors
      try #require(isRight, "\(render(rulebook.diagnostics.all, sources: rulebook.sources))\(text)")
      let analysis = rulebook.analysis()
      let route = rulebook.checked.routes[0]
      var brute = BruteForce(rulebook, random)
      brute.visit(route)
      brute.visit(rulebook.checked.tables[0])
      let isAbout = { (diagnostic: Diagnostic) in
        guard diagnostic.code != .unused, let span = diagnostic.primary?.span else { return false }
        return span.start >= route.span.start && !Self.isTest(span, in: rulebook)
      }
      let told = analysis.diagnostics.filter(isAbout)
      let found = Set(
        told.compactMap { diagnostic in
          diagnostic.primary.map {
            BruteForce.Found(code: diagnostic.code, start: $0.span.start, text: rulebook.sources.text($0.span))
          }
        })
      count += found.count
      let (extra, missing) = (found.subtracting(brute.found), brute.found.subtracting(found))
      #expect(extra.isEmpty, "seed \(seed) makes up\n\(text)")
      #expect(missing.isEmpty, "seed \(seed) misses\n\(text)")
      let isOpen = analysis.undecided.contains { $0.part.isEmpty || $0.reason.contains("too many") }
      #expect(!isOpen, "seed \(seed)\n\(text)")
      for diagnostic in told { check(diagnostic, brute, rulebook, "seed \(seed)\n\(text)") }
    }
    #expect(count > Self.cases)
  }

  /// A condition before `?` is looked at by itself, without the route's `where`.
  private static func isTest(_ span: SourceSpan, in rulebook: Rulebook) -> Bool {
    var tests: [SourceSpan] = []
    func look(_ expression: CheckedExpression) {
      if case .conditional(let test, _, _) = expression.kind { tests.append(test.span) }
      expression.children.forEach(look)
    }
    for rule in rulebook.checked.routes[0].rules { for condition in rule.conditions { look(condition.expression) } }
    rulebook.checked.routes[0].filter.map(look)
    return tests.contains { $0.start <= span.start && span.end <= $0.end }
  }

  // MARK: - Examples

  /// All items that have the values of an example show what it says.
  private func check(_ diagnostic: Diagnostic, _ brute: BruteForce, _ rulebook: Rulebook, _ name: String) {
    guard let help = diagnostic.help.first(where: { $0.hasPrefix("for example: ") }) else {
      #expect(diagnostic.message.contains("can never match"), "no example: \(diagnostic.message)\n\(name)")
      return
    }
    let parts = help.dropFirst(13).components(separatedBy: " → ")
    var values: [String: String] = [:]
    for part in parts[0].components(separatedBy: ", ") where part != "any item" {
      if part.hasSuffix(" is absent") {
        values[String(part.dropLast(10))] = "absent"
      } else if part.hasSuffix(" is there") {
        values[String(part.dropLast(9))] = "there"
      } else {
        let sides = part.components(separatedBy: " = ")
        values[sides[0]] = sides.last ?? ""
      }
    }
    let isFitting = { (texts: [String: String]) in values.allSatisfy { texts[$0.key] == $0.value } }
    guard let span = diagnostic.primary?.span else { return }
    let table = rulebook.checked.tables[0]
    if span.start >= table.span.start {
      let fitting = brute.calls.filter { isFitting($0.texts) }
      #expect(!fitting.isEmpty, "no such values: \(help)\n\(name)")
      let row = table.rows.firstIndex { $0.span == span }
      for call in fitting {
        let holds =
          switch diagnostic.code {
          case .gap where row == nil, .missingCase: call.rows.allSatisfy { $0 == false }
          case .gap: call.rows[row!] == nil
          case .overlap: call.rows[row!] == true && call.rows[..<row!].contains(true)
          default: call.rows[row!] == true && call.rows[..<row!].contains { $0 != false }
          }
        #expect(holds, "\(diagnostic.message): \(help)\n\(name)")
      }
      return
    }
    let fitting = brute.context.filter { isFitting(brute.items[$0].values) }
    guard let rule = rulebook.checked.routes[0].rules.first(where: { $0.span == span }) else { return }
    #expect(!fitting.isEmpty, "no such item: \(help)\n\(name)")
    let matching = brute.matches[rule.name] ?? []
    for item in fitting {
      switch diagnostic.code {
      case .unreachable, .repeated:
        guard matching.contains(item), rulebook.checked.routes[0].hitPolicy == .first else { continue }
        let winner = parts.last?.filter { $0 != "`" } ?? ""
        #expect(brute.matches[winner]?.contains(item) == true, "\(diagnostic.message): \(help)\n\(name)")
      case .overlap: #expect(matching.contains(item), "\(diagnostic.message): \(help)\n\(name)")
      default: #expect(!matching.contains(item), "\(diagnostic.message): \(help)\n\(name)")
      }
    }
    if diagnostic.code == .unreachable || diagnostic.code == .repeated {
      #expect(fitting.contains(where: matching.contains), "\(diagnostic.message): \(help)\n\(name)")
    }
  }
}
