import DocketDiagnostics
import DocketSyntax
import Testing

@Suite struct ExpressionTests {
  @Test(arguments: [
    ("1 + 2 * 3 - 4", "(- (+ 1 (* 2 3)) 4)"),
    ("a || b && c || d", "(|| a (&& b c) d)"),
    ("a and b && c", "(&& a b c)"),
    ("a < b == c", "(== (< a b) c)"),
    ("a ? b : c ? d : e", "(? a b (? c d e))"),
    ("a in b.c", "(in a (. b c))"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("--1", "(- -1)"), ("- 5", "-5"), ("-x", "(- x)"), ("a -1", "(- a 1)"), ("-1u", "(- 1u)"), ("-1.5.f", "(. -1.5 f)"),
    ("!!a", "(! (! a))"), ("-a.b", "(- (. a b))"), ("!a == b", "(== (! a) b)"),
    (".a.b", "(. .a b)"), (".f(1)", "(call .f 1)"), ("a.f(1, 2)", "(method f a 1 2)"), ("f ()", "(call f)"),
    ("a.?b.c", "(. (.? a b) c)"), ("a[?b][c]", "([] ([?] a b) c)"), ("a ? .b : c", "(? a .b c)"),
    ("[1, ?a, ]", "(list 1 ?a)"), ("[]", "(list)"), ("[,]", "(list)"), ("{}", "(map)"), ("{,}", "(map)"),
    ("{'a': 1, ?b: 2,}", "(map (\"a\" 1) (?b 2))"), ("{a ? b : c : d}", "(map ((? a b c) d))"),
    ("T{}", "(record T)"), (".a.T{f: 1, ?g: 2,}", "(record .a.T (f 1) (?g 2))"),
    ("a.b{`x y`: 1}.c", "(. (record a.b (x y 1)) c)"),
    ("a.`b-c`", "(. a b-c)"), ("{'x': 1}.for", "(. (map (\"x\" 1)) for)"),
    ("a.let().while", "(. (method let a) while)"),
    ("T{if: 1}", "(record T (if 1))"), ("(a).b", "(. a b)"),
    ("0x1d", "29"), ("0xFFu", "255u"), ("1e3", "1000.0"), (".5", "0.5"),
    ("1in[1,2]", "(in 1 (list 1 2))"),
    ("b ? 09:30", "(? b 9 30)"), ("a // c\n + b", "(+ a b)"),
  ])
  func celParsesAsCEL(_ text: String, _ expected: String) {
    #expect(dump(text) == expected)
  }

  @Test(arguments: [
    (#"'a\n\t\\\'\"\x41\101\u00e9\U0001F600'"#, "\"a\n\t\\'\"AAé😀\""), (#"r'\n'"#, #""\n""#),
    ("R\"\"\"a\"b\"\"\"", "\"a\"b\""),
    (#"'''a'b'''"#, #""a'b""#), ("'''a\r\nb\rc'''", "\"a\nb\nc\""), (#"b'\xff\101é'"#, "b[255, 65, 195, 169]"),
    (#"rb'\x'"#, "b[92, 120]"), (#"Br"\x""#, "b[92, 120]"), (#""\?\`""#, #""?`""#),
  ])
  func stringsHaveCELsEscapes(_ text: String, _ expected: String) {
    #expect(dump(text) == expected)
  }

  @Test(arguments: [
    ("a and b or c", "(|| (&& a b) c)"), ("not a", "(! a)"), ("not a == b", "(! (== a b))"),
    ("not a == b and c", "(&& (! (== a b)) c)"), ("a not in b", "(not in a b)"), ("not not a", "(! (! a))"),
    ("not (a) + b == c", "(! (== (+ a b) c))"), ("not !a", "(! (! a))"), ("not true", "(! true)"),
    ("!not a == b", "(! (! (== a b)))"),
    ("not", "not"), ("not in x", "(in not x)"), ("not + 1", "(+ not 1)"), ("not - 1", "(- not 1)"),
    ("not.f", "(. not f)"),
    ("not[0]", "([] not 0)"), ("and", "and"), ("or || and", "(|| or and)"), ("or or and", "(|| or and)"),
    ("{and: or, not: 1}", "(map (and or) (not 1))"), ("a.and.or.not", "(. (. (. a and) or) not)"),
    ("a.or(b)", "(method or a b)"),
    ("to + when.one", "(+ to (. when one))"), ("route(x)", "(call route x)"), ("table - 1", "(- table 1)"),
    ("xs.map(not, not + 1)", "(method map xs not (+ not 1))"), ("a not in b and c", "(&& (not in a b) c)"),
    ("a == not b", "(== a (! b))"),
  ])
  func wordsAreOperatorsOnlyWhereOperatorsStand(_ text: String, _ expected: String) {
    #expect(dump(text) == expected)
  }

  @Test(arguments: [
    ("a ?? b ?? c", "(?? a (?? b c))"), ("-a ?? 3 + 1", "(+ (- (?? a 3)) 1)"), ("a ?? -1", "(?? a -1)"),
    ("a.b ?? c == d", "(== (?? (. a b) c) d)"), ("1h30m + 5s", "(+ 1h30m 5s)"), ("-5m", "(- 5m)"),
    ("@2026-10-10 < @2026-10-10T09:30", "(< @2026-10-10 @2026-10-10T09:30)"),
    ("客户.等级 == 金牌", "(== (. 客户 等级) 金牌)"), ("`odd name` + 1", "(+ odd name 1)"),
    (#"f"{a.b}: {size(xs)}!""#, #"(format (. a b) ": " (call size xs) "!")"#),
    (#"f"{{{a}}}\t""#, "(format \"{\" a \"}\t\")"),
    (#"f"{f"{a}"}""#, "(format (format a))"), (#"f"{ {"a": 1}["a"] }""#, #"(format ([] (map ("a" 1)) "a"))"#),
    ("f'''a\n{b}'''", "(format \"a\n\" b)"),
  ])
  func docketAddsToCEL(_ text: String, _ expected: String) {
    #expect(dump(text) == expected)
  }

  @Test(arguments: [
    ("", "expected a value, found the end of the text"), ("1 +", "expected a value, found the end of the text"),
    ("a b", "expected the end of the expression, found `b`"), ("a.in", "expected the name of a field, found `in`"),
    ("a.true", "expected the name of a field, found `true`"), ("for", "`for` is reserved and cannot be a name here"),
    ("f(a,)", "expected a value, found `)`"), ("(a", "expected `)` to close `(`, found the end of the text"),
    ("[a b]", "expected `]` to close `[`, found `b`"),
    ("a ? b ? c : d : e", "a choice between `?` and `:` needs parentheses"),
    ("a = b", "`=` is written `==` in Docket"), ("a AND b", "`AND` is written `and` in Docket"),
    ("a is b", "`is` is written `==` in Docket"),
    ("NOT a", "`NOT` is written `not` in Docket"), ("a ? b", "expected `:`, found the end of the text"),
    (#"f"{a:2}""#, "expected `}` after the value, found `:`"), (#"f"{}""#, "expected a value, found `}`"),
    ("a ?? ", "expected a value, found the end of the text"), ("{a}", "expected `:`, found `}`"),
    ("a{b: 1", "expected `}` to close `{`, found the end of the text"),
    ("(a){b: 1}", "expected the end of the expression, found `{`"),
    ("a.?f(1)", "expected the end of the expression, found `(`"),
    ("if a then b", "Docket has no `if` in an expression"), ("a is not null", "`is not` is written `!=` in Docket"),
    ("a | b", "expected the end of the expression, found `|`"),
  ])
  func errorsSayWhatWasExpected(_ text: String, _ message: String) {
    #expect(messages(text, asExpression: true).first == message)
    #expect(dump(text).hasPrefix("!"))
  }

  @Test func spansRunFromTheFirstToTheLastByte() throws {
    var diagnostics = Diagnostics()
    let source = file(" (a + b) * f(c) ")
    let expression = try #require(Parser.parseExpression(source, &diagnostics))
    #expect(source.text(expression.span) == "(a + b) * f(c)")
    guard case .binary(_, let left, let right, let place) = expression.kind else { throw Unexpected() }
    #expect(source.text(left.span) == "a + b")
    #expect(source.text(right.span) == "f(c)")
    #expect(source.text(place) == "*")
  }

  @Test func aPromptKnowsWhenToAskForAnotherLine() {
    func entry(_ text: String) -> String {
      var diagnostics = Diagnostics()
      switch Parser.parseEntry(file(text), &diagnostics) {
      case .declaration: return "declaration"
      case .expression: return "expression"
      case .empty: return "empty"
      case .incomplete: return diagnostics.all.isEmpty ? "incomplete" : "reported"
      case .invalid: return diagnostics.hasErrors ? "invalid" : "silent"
      }
    }
    #expect(entry("1 + 2") == "expression")
    #expect(entry(" // x") == "empty")
    #expect(entry("let x = 3") == "declaration")
    #expect(entry("1 +") == "incomplete")
    #expect(entry("f(a,") == "incomplete")
    #expect(entry("enum T {") == "incomplete")
    #expect(entry("route r for A.b as a { rule x {") == "incomplete")
    #expect(entry("'''abc") == "incomplete")
    #expect(entry("f\"\"\"abc {x}") == "incomplete")
    #expect(entry("'abc") == "invalid")
    #expect(entry("a b") == "invalid")
    #expect(entry("a ) +") == "invalid")
    #expect(entry("route(x)") == "expression")
    #expect(entry("table - 1") == "expression")
    #expect(entry("test and x") == "expression")
    #expect(entry("let x = 3 4") == "invalid")
  }
}

struct Unexpected: Error {}
