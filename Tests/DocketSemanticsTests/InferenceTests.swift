/// Types that the checker deduces, as CEL does, and what Docket adds.

import DocketDiagnostics
import DocketSyntax
import Testing

@testable import DocketSemantics

/// The type of an expression as text, or the codes of what is wrong with it.
private func typeOf(_ expression: String, externals: [BodyChecker.External] = [], rulebook: String = "") -> String {
  var sources = SourceMap()
  var diagnostics = Diagnostics()
  let checker = Checker()
  checker.check([Parser.parse(sources.add(path: "rulebook", text: rulebook), &diagnostics)])
  guard let parsed = Parser.parseExpression(sources.add(path: "expression", text: expression), &diagnostics) else {
    return diagnostics.all.map(\.code.rawValue).joined(separator: " ")
  }
  var check = ExpressionCheck()
  check.externals = externals
  let type = check.check(parsed, in: checker).type
  diagnostics.append(checker.diagnostics)
  if diagnostics.hasErrors {
    return diagnostics.all.filter { $0.severity == .error }.map(\.code.rawValue).joined(separator: " ")
  }
  return checker.rulebook.schema.describe(type)
}

@Suite struct DeductionTests {
  @Test(arguments: [
    ("1", "int"), ("1u", "uint"), ("1.0", "double"), ("'a'", "string"), ("b'a'", "bytes"), ("null", "null"),
    ("[]", "list<dyn>"), ("[1]", "list<int>"), ("[1, 'a']", "list<dyn>"), ("[[], [1]]", "list<list<int>>"),
    ("[[1], []]", "list<list<int>>"), ("{}", "map<dyn, dyn>"), ("{'a': 1}", "map<string, int>"),
    ("{'a': 1, 2: 3}", "map<dyn, int>"), ("[1][0]", "int"), ("{'a': 1}['a']", "int"), ("{'a': 1}.a", "int"),
    ("[optional.none(), optional.of(1)]", "list<optional<int>>"), ("[optional.of(1), null][0]", "optional<int>"),
    ("{'a': 1}.?a", "optional<int>"), ("{'a': {'b': 1}}.?a.b", "optional<int>"),
    ("[1].map(x, string(x))", "list<string>"),
    ("{'a': 1}.map(k, k)", "list<string>"), ("[1, 2].filter(x, x > 1)", "list<int>"),
    ("[1].transformMap(i, v, string(v))", "map<int, string>"), ("true ? 1 : 2", "int"), ("type(1)", "type<int>"),
    ("timestamp('2026-01-01T00:00:00Z') - duration('1h')", "timestamp"), ("cel.bind(x, 1, [x])", "list<int>"),
    ("dyn(1) + 1", "int"), ("dyn(1) + dyn(1)", "dyn"), ("size('a') == 1", "bool"),
  ])
  func deducesAsCELDoes(_ expression: String, _ type: String) { #expect(typeOf(expression) == type) }

  @Test(arguments: [
    ("1 + 1.5", "double"), ("2u * 1.5", "double"), ("1 < 1.5", "bool"), ("1 in [1.0]", "bool"), ("1h30m", "duration"),
    ("1h * 2", "duration"), ("1h / 30m", "double"), ("@2026-10-10", "date"), ("f\"{1}\"", "string"),
    ("{'a': 1}.b ?? 2", "int"),
    ("optional.of(1) ?? 2", "int"), ("not true or false", "bool"), ("1 not in [1]", "bool"), ("[1, 2].sum()", "int"),
    ("true ? 1 : 2.5", "double"),
  ])
  func addsWhereCELHasATypeError(_ expression: String, _ type: String) { #expect(typeOf(expression) == type) }

  @Test(arguments: [
    ("x", "D2001"), ("1 + 'a'", "D2024"), ("f(1)", "D2002"), ("'a'.size", "D2031"), ("1 ? 2 : 3", "D2022"),
    ("true ? 1 : 'a'", "D2027"), ("[1, 2].all(x, x)", "D2022"), ("1 + 1u", "D2029"), ("-'a'", "D2024"),
    ("1[0]", "D2032"),
  ])
  func refuses(_ expression: String, _ code: String) { #expect(typeOf(expression) == code) }

  @Test func aVariableOfAMacroHidesAQualifiedName() {
    let externals = [BodyChecker.External(name: "y.z", type: .int)]
    #expect(typeOf("[{'z': 'a'}].exists(y, y.z == 'a')", externals: externals) == "bool")
    #expect(typeOf("y.z + 1", externals: externals) == "int")
  }

  @Test func textsThatOnlyLookEqualAreDifferentConstants() {
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    let checker = Checker()
    guard let parsed = Parser.parseExpression(sources.add(path: "e", text: "'\u{E9}' == 'e\u{301}'"), &diagnostics)
    else {
      Issue.record("it parses")
      return
    }
    _ = ExpressionCheck().check(parsed, in: checker)
    #expect(checker.rulebook.constants.count == 2)
  }
}

@Suite struct PresenceTests {
  private func warnings(_ condition: String) -> Int {
    let rulebook = """
      entity Person { key id: string  name: string }
      entity Ticket as t { key id: string  score: int?  owner: Person?  votes: int }
      func answer(t: Ticket): bool = \(condition)
      """
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    let tree = Parser.parse(sources.add(path: "rulebook", text: rulebook), &diagnostics)
    _ = Checker.check([tree], &diagnostics)
    #expect(!diagnostics.hasErrors)
    return diagnostics.all.count { $0.code == .unguardedRead }
  }

  @Test(arguments: [
    "has(t.score) && t.score > 3", "t.score != null and t.score > 3", "t.score == null or t.score > 3",
    "!has(t.score) || t.score > 3", "has(t.score) ? t.score > 3 : false", "(t.score ?? 0) > 3", "has(t.owner.name)",
    "t.owner.name == null", "not (t.score == null) and t.score > 3",
  ])
  func aGuardMakesReadingSafe(_ condition: String) { #expect(warnings(condition) == 0) }

  @Test(arguments: [
    "t.score > 3", "t.votes > 1 && t.score > 3", "has(t.score) || t.score > 3", "t.owner.name == 'a'",
    "has(t.owner) ? t.score > 3 : true",
  ])
  func anUnguardedReadIsWarnedOf(_ condition: String) { #expect(warnings(condition) == 1) }

  @Test func aComparisonThatHeldHasReadItsField() {
    #expect(warnings("t.score > 3 && t.score < 9") == 1)
  }
}
