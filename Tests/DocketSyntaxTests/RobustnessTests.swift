import DocketDiagnostics
import DocketSyntax
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct RobustnessTests {
  @Test(arguments: [
    ("(", ")"), ("[", "]"), ("{1: ", "}"), ("not ", ""), ("!", ""), ("- ", ""), ("a + ", ""), ("a ? b : ", ""),
    ("a ?? ", ""),
    ("f(", ")"), ("a.f(", ")"), ("f\"{", "}\""), ("not (", ")"), ("!(", ")"), ("a ? (", ") : c"), ("T{f: ", "}"),
    ("a == ", ""), ("a && (", ")"),
    ("a[", "]"),
  ])
  func nestingHasALimitAndOneError(_ open: String, _ close: String) {
    let text = String(repeating: open, count: 100_000) + "x" + String(repeating: close, count: 100_000)
    #expect(messages(text, asExpression: true) == ["this is nested more than 250 levels deep"])
    #expect(messages("let a = \(text)\nlet b = 1").first == "this is nested more than 250 levels deep")
  }

  @Test(arguments: ["(", "[", "{", "f(", "f\"{", "f'{", "not ", "a ? ", "{a: ", "T{a: ", "list<", "'''"])
  func whatIsNeverClosedIsReported(_ open: String) {
    let text = String(repeating: open, count: 100_000)
    #expect(!messages(text, asExpression: true).isEmpty)
    #expect(messages("let a: \(text)").count <= 2)
  }

  @Test(arguments: [" + x", ".f", "[0]", ".f()", " == x", " ?? x", "{a: 1}"])
  func chainsHaveALimitToo(_ suffix: String) {
    let text = "x" + String(repeating: suffix, count: 100_000)
    #expect(messages(text, asExpression: true).count == 1)
  }

  @Test func longConditionsAreNotDeep() {
    #expect(messages("x" + String(repeating: " && x", count: 100_000), asExpression: true) == [])
    #expect(messages("[1" + String(repeating: ", 1", count: 100_000) + "]", asExpression: true) == [])
  }

  @Test func depthBelowTheLimitParses() {
    #expect(
      messages(String(repeating: "(", count: 249) + "x" + String(repeating: ")", count: 249), asExpression: true) == [])
    #expect(messages("x" + String(repeating: " + x", count: 249), asExpression: true) == [])
    #expect(
      messages(
        "let a: " + String(repeating: "list<", count: 200) + "int" + String(repeating: " >", count: 200) + " = x") == []
    )
  }

  @Test func otherDeclarationsAreReadAfterOneThatNestsTooDeep() {
    let deep = String(repeating: "(", count: 1_000)
    #expect(
      messages("test \"a\" {\n  expect \(deep)\n  let x = 3 4\n}\nlet y = 5 +\nlet z = 6") == [
        "this is nested more than 250 levels deep", "expected a value, found `let`",
      ])
  }

  @Test func deepNestingIsRefusedAtOnce() {
    let source = file(String(repeating: "(", count: 100_000) + "x" + String(repeating: ")", count: 100_000))
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      var diagnostics = Diagnostics()
      _ = Parser.parseExpression(source, &diagnostics)
    }
    #expect(elapsed < .seconds(1))
  }

  // MARK: - Fuzz

  /// SplitMix64: the same texts on every run.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let cases = getenv("DOCKET_CASES").flatMap { Int(String(cString: $0)) } ?? 1_000

  func parseEverything(_ bytes: [UInt8]) {
    let source = SourceFile(id: FileID(index: 0), path: "fuzz", bytes: bytes)
    var diagnostics = Diagnostics()
    let tree = Parser.parse(source, &diagnostics)
    // INVARIANT: tokens lie in order inside the text and end with `end`.
    var end: Int32 = 0
    for token in tree.tokens {
      #expect(token.start >= end && token.end >= token.start)
      end = token.end
    }
    #expect(tree.tokens.last?.kind == .end && Int(end) == bytes.count)
    for diagnostic in diagnostics.all {
      #expect(diagnostic.primary.map { $0.span.start >= 0 && Int($0.span.end) <= bytes.count } ?? false)
    }
    _ = Parser.parseExpression(source, &diagnostics)
    var ignored = Diagnostics()
    _ = Parser.parseEntry(source, &ignored)
  }

  @Test func randomBytesNeverCrash() {
    var generator = Generator(state: 1)
    for _ in 0..<Self.cases {
      parseEverything(
        (0..<Int.random(in: 0...80, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  @Test func tokenSoupNeverCrashes() {
    var diagnostics = Diagnostics()
    let source = file(tour)
    let vocabulary =
      Lexer.lex(source, &diagnostics).tokens.map { source.text($0.span(in: source.id)) }
      + ["f\"", "'''", "\"", "`", "@", "\n", "\n", "“", "，", "??", "not", "and", "or", "in", "1️⃣", "\\"]
    var generator = Generator(state: 2)
    for _ in 0..<Self.cases {
      let words = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        vocabulary.randomElement(using: &generator)!
      }
      parseEverything(Array(words.joined(separator: Bool.random(using: &generator) ? " " : "").utf8))
    }
  }

  @Test func aTourWithASlipNeverCrashes() {
    let bytes = Array(tour.utf8)
    var generator = Generator(state: 3)
    for _ in 0..<Self.cases / 10 {
      var slipped = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<slipped.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: slipped.remove(at: place)
        case 1: slipped.insert(slipped.randomElement(using: &generator)!, at: place)
        default: slipped.removeSubrange(place..<min(slipped.count, place + Int.random(in: 1...40, using: &generator)))
        }
      }
      parseEverything(slipped)
    }
  }
}
