import DocketDiagnostics
import Testing

@testable import DocketSyntax

@Suite struct LexerTests {
  func kinds(_ text: String) -> [Token.Kind] {
    var diagnostics = Diagnostics()
    return Lexer.lex(file(text), &diagnostics).tokens.map(\.kind).dropLast()
  }

  func spellings(_ text: String) -> [String] {
    var diagnostics = Diagnostics()
    let source = file(text)
    return Lexer.lex(source, &diagnostics).tokens.dropLast().map { source.text($0.span(in: source.id)) }
  }

  @Test func aRangeOfNumbersIsThreeTokens() {
    #expect(kinds("1..5") == [.int, .range, .int])
    #expect(kinds("1.5..2.5") == [.double, .range, .double])
    #expect(spellings("1...5") == ["1", "..", ".5"])
  }

  @Test func numbersAreCELs() {
    #expect(
      kinds("1 1u 0x1F 0x1Fu 1.5 .5 1e5 1.5e-3") == [.int, .uint, .int, .uint, .double, .double, .double, .double])
    #expect(kinds("0x1d 1.sum() 1u") == [.int, .int, .dot, .identifier, .leftParenthesis, .rightParenthesis, .uint])
  }

  @Test(arguments: ["90s", "15m", "4h", "1h30m", "1.5h", "2d", "1w", "250ms", "1w2d3h4m5s6ms7us8ns", "1us"])
  func aDurationIsOneToken(_ text: String) {
    #expect(kinds(text) == [.duration])
  }

  @Test func aWordOfCELMayFollowANumberWithoutASpace() {
    #expect(spellings("1in[1,2]") == ["1", "in", "[", "1", ",", "2", "]"])
    #expect(spellings("1uin[1]") == ["1u", "in", "[", "1", "]"])
    #expect(spellings("1.5in x") == ["1.5", "in", "x"])
    #expect(kinds("1s in x") == [.duration, .identifier, .identifier])
  }

  @Test func datesAndTimestampsTakeTheLongestMatch() {
    #expect(spellings("@2026-10-01..@2026-10-07") == ["@2026-10-01", "..", "@2026-10-07"])
    #expect(spellings("@2026-10-10T09:30-5m") == ["@2026-10-10T09:30", "-", "5m"])
    #expect(
      kinds("@2026-10-10 @2026-10-10T09:30 @2026-10-10T09:30:00.5+08:00 @2026-10-10T09:30Z")
        == [.date, .timestamp, .timestamp, .timestamp])
  }

  @Test func formattedStringsAreAFlatRun() {
    #expect(
      kinds(#"f"a{b}c{{ {m["x"]}""#) == [
        .formatStart, .formatText, .holeStart, .identifier, .holeEnd, .formatText, .holeStart, .identifier,
        .leftBracket, .string, .rightBracket, .holeEnd, .formatEnd,
      ])
    #expect(kinds(#"f"""#) == [.formatStart, .formatEnd])
    #expect(
      kinds(#"f"{ {'a': 1}['a'] }""#) == [
        .formatStart, .holeStart, .leftBrace, .string, .colon, .int, .rightBrace, .leftBracket, .string, .rightBracket,
        .holeEnd, .formatEnd,
      ])
    #expect(
      kinds("f'''a\n'{x}'''") == [.formatStart, .formatText, .holeStart, .identifier, .holeEnd, .formatEnd])
    #expect(kinds(#"f"{f"{x}"}""#).filter { $0 == .formatEnd }.count == 2)
  }

  @Test func anOpenFormattedStringStillHasItsEnds() {
    for text in ["f\"{a", "f\"{f\"{b\n", "f\"a\nb", "f\"\"\"{a"] {
      let found = kinds(text)
      #expect(found.filter { $0 == .formatStart }.count == found.filter { $0 == .formatEnd }.count, "\(text)")
      #expect(found.filter { $0 == .holeStart }.count == found.filter { $0 == .holeEnd }.count, "\(text)")
      #expect(messages(text, asExpression: true).first == "the string is not closed", "\(text)")
    }
  }

  @Test func namesAreUnicode() {
    #expect(kinds("客户.等级 == 金牌") == [.identifier, .dot, .identifier, .equal, .identifier])
    #expect(kinds("`odd name`.x") == [.quotedIdentifier, .dot, .identifier])
  }

  @Test func flagsSayWhatStoodBefore() {
    var diagnostics = Diagnostics()
    let tokens = Lexer.lex(file("a b // c\n  d(e"), &diagnostics).tokens
    #expect(tokens.map(\.hasNewlineBefore) == [false, false, true, false, false, false])
    #expect(tokens.map(\.hasSpaceBefore) == [false, true, true, false, false, false])
  }

  @Test func commentsAreKeptWithoutTheirLineEnd() {
    var diagnostics = Diagnostics()
    let source = file("a // one\r\n// 二\nb//")
    let comments = Lexer.lex(source, &diagnostics).comments
    #expect(
      comments.map { source.text(SourceSpan(file: source.id, start: Int($0.start), end: Int($0.end))) } == [
        "// one", "// 二", "//",
      ])
  }

  @Test func badBytesAreOneErrorARun() {
    var diagnostics = Diagnostics()
    let source = SourceFile(
      id: FileID(index: 0), path: "x", bytes: [0x61, 0x2B, 0xFF, 0xFE, 0xFD, 0x2B, 0xC0, 0x0A, 0x01, 0x02])
    let kinds = Lexer.lex(source, &diagnostics).tokens.map(\.kind)
    #expect(kinds == [.identifier, .plus, .invalid, .plus, .invalid, .invalid, .end])
    #expect(diagnostics.all.map(\.code) == [.sourceNotUTF8, .sourceNotUTF8, .unexpectedCharacter])
  }

  @Test func aByteOrderMarkIsSkipped() {
    #expect(kinds("\u{FEFF}a") == [.identifier])
  }

  @Test(arguments: [
    ("a === b", "`===` is written `==` in Docket"), ("a !== b", "`!==` is written `!=` in Docket"),
    ("a <> b", "`<>` is written `!=` in Docket"), ("a & b", "`&` is written `and` in Docket"),
    ("f(a，b)", "`，` is written `,` in Docket"), ("（a)", "`（` is written `(` in Docket"),
    ("a => b", "`=>` is written `>=` in Docket"), ("a ≥ b", "`≥` is written `>=` in Docket"),
    ("a;", "Docket has no `;`"), ("“a” + b", "typographic quotation marks do not quote in Docket"),
    ("a\u{3000}+ b", "unusual space character U+3000"), ("a # b", "`#` starts no comment in Docket"),
    ("a /* x */ + b", "`/*` starts no comment in Docket"), ("a ~ b", "unexpected character `~`"),
  ])
  func aSpellingOfAnotherLanguageIsOneError(_ text: String, _ message: String) {
    let found = messages(text, asExpression: true)
    #expect(found.first == message)
    #expect(found.count == 1 || text.contains("~"))
  }

  @Test(arguments: [
    ("5min", "`5min` is written `5m` in Docket"), ("3 days", "`3 days` is written `3d` in Docket"),
    ("5分钟", "`5分钟` is written `5m` in Docket"), (".5h", "`.5h` is written `0.5h` in Docket"),
    ("30m1h", "the parts of `30m1h` are not in order"), ("1.5h30m", "`1.5h30m` has a fraction and several parts"),
    ("2months", "a duration cannot be counted in `months`: they differ in length"),
    ("2 years", "a duration cannot be counted in `years`: they differ in length"),
    ("12abc", "`12abc` is neither a number nor a duration"), ("1h30", "`1h30` is neither a number nor a duration"),
    ("@2026-1-1", "`@2026-1-1` is not a date"), ("@today", "`@today` is not a date"),
    ("@2026-02-29", "there is no `@2026-02-29`"), ("@2026-13-01", "there is no `@2026-13-01`"),
    ("@2026-10-10T24:00", "there is no `@2026-10-10T24:00`"), ("@2026-10-10T9:30", "`@2026-10-10T9:30` is not a date"),
    ("9223372036854775808", "`9223372036854775808` is too large"), ("1e999", "`1e999` is too large"),
    ("18446744073709551616u", "`18446744073709551616u` is too large"),
    (#""\q""#, #"`\q` is no escape"#), (#""\uD800""#, "this escape names no character"),
    (#"b"\u0041""#, "bytes have no Unicode escapes"), (#""\x4""#, "this escape needs 2 hexadecimal digits"),
    (#""\09""#, #"an octal escape has three digits, from `\000` to `\377`"#),
    (#"f"a}b""#, "a single `}` in a formatted string"), ("\"abc", "the string is not closed"),
    ("'''abc", "the string is not closed"), ("`abc", "the name in backquotes is not closed"),
  ])
  func aLiteralThatIsNoneIsOneError(_ text: String, _ message: String) {
    #expect(messages(text, asExpression: true) == [message])
  }

  @Test func aTextThatIsTooLongIsOneError() {
    var diagnostics = Diagnostics()
    #expect(Lexer.scan(file("a + b"), &diagnostics, maximumLength: 4).tokens.map(\.kind) == [.end])
    #expect(diagnostics.all.map(\.code) == [.textTooLong])
  }
}
