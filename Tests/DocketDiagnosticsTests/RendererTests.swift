import DocketDiagnostics
import Testing

/// The span of the first `text` in the file.
private func span(_ text: String, in file: SourceFile) -> SourceSpan {
  let wanted = Array(text.utf8)
  let start = (0...max(0, file.bytes.count - wanted.count)).first { file.bytes[$0...].starts(with: wanted) }
  return SourceSpan(file: file.id, start: start ?? -1, end: (start ?? -1) + wanted.count)
}

private func text(_ diagnostic: Diagnostic, _ sources: SourceMap, width: Int? = nil) -> String {
  TextRenderer(sources: sources, options: RenderOptions(width: width)).render(diagnostic)
}

@Suite struct TextRendererTests {
  private let rule = """
    route owner for Feedback.owner as f {
      rule outage {
        unless f.kind == bug
        when f.priorty == critical
        to f.product.owner
      }
    }

    """

  @Test func oneLabelAndHelp() {
    var sources = SourceMap()
    let file = sources.add(path: "routing.docket", text: rule)
    let diagnostic = Diagnostic(
      .unexpectedToken, "`Feedback` has no field `priorty`", at: Label(span("priorty", in: file), "unknown field"),
      help: ["did you mean `priority`?", "fields are listed by\n`docket model`"])
    #expect(
      text(diagnostic, sources) == """
        error[D1001]: `Feedback` has no field `priorty`
          ┌─ routing.docket:4:12
        4 │     when f.priorty == critical
          │            ^^^^^^^ unknown field
          = help: did you mean `priority`?
          = help: fields are listed by
                  `docket model`

        """)
  }

  @Test func caretsStandUnderChineseText() {
    var sources = SourceMap()
    let file = sources.add(path: "路由.docket", text: "when 客户.等及 == 金牌 and x")
    let diagnostic = Diagnostic(
      .unexpectedToken, "`客户` has no field `等及`", at: Label(span("等及", in: file), "unknown"),
      secondary: [Label(span("金牌", in: file), "a `等级`")])
    #expect(
      text(diagnostic, sources) == """
        error[D1001]: `客户` has no field `等及`
          ┌─ 路由.docket:1:9
        1 │ when 客户.等及 == 金牌 and x
          │           ^^^^    ---- a `等级`
          │           │
          │           unknown

        """)
  }

  @Test func severalLabelsOnOneLineHangBelow() {
    var sources = SourceMap()
    let file = sources.add(path: "a.docket", text: "let x = first + second * third")
    let diagnostic = Diagnostic(
      .unexpectedToken, "types differ", at: Label(span("+", in: file), "no `+` for these"),
      secondary: [
        Label(span("first", in: file), "an int"), Label(span("second * third", in: file), "a string"),
        Label(span("second", in: file), "because of this"), Label(span("third", in: file)),
      ])
    #expect(
      text(diagnostic, sources) == """
        error[D1001]: types differ
          ┌─ a.docket:1:15
        1 │ let x = first + second * third
          │         ----- ^ -------------- a string
          │         │     │ │
          │         │     │ because of this
          │         │     no `+` for these
          │         an int

        """)
  }

  @Test func aNestedLabelStaysVisible() {
    var sources = SourceMap()
    let file = sources.add(path: "a.docket", text: "a == b")
    let diagnostic = Diagnostic(
      .unexpectedToken, "m", at: Label(span("a == b", in: file), "these differ"),
      secondary: [Label(span("a", in: file), "an int")])
    #expect(
      text(diagnostic, sources) == """
        error[D1001]: m
          ┌─ a.docket:1:1
        1 │ a == b
          │ -^^^^^ these differ
          │ │
          │ an int

        """)
  }

  @Test func linesBetweenLabelsAreLeftOut() {
    var sources = SourceMap()
    let lines = (1...12).map { "line \($0)" }.joined(separator: "\n")
    let file = sources.add(path: "a.docket", text: lines)
    let diagnostic = Diagnostic(
      .unexpectedToken, "declared twice", at: Label(span("line 12", in: file), "again"),
      secondary: [
        Label(span("line 3", in: file), "first"), Label(span("line 5", in: file), "near"),
        Label(span("line 6", in: file)),
      ], severity: .warning)
    #expect(
      text(diagnostic, sources) == """
        warning[D1001]: declared twice
           ┌─ a.docket:12:1
         3 │ line 3
           │ ------ first
         4 │ line 4
         5 │ line 5
           │ ------ near
         6 │ line 6
           │ ------
           ⋮
        12 │ line 12
           │ ^^^^^^^ again

        """)
  }

  @Test func aSpanOverLinesShowsItsFirstAndItsLast() {
    var sources = SourceMap()
    let file = sources.add(path: "a.docket", text: rule)
    let start = Int(span("rule outage", in: file).start)
    let end = Int(span("owner\n  }", in: file).end)
    let diagnostic = Diagnostic(
      .unexpectedToken, "never matches", at: Label(SourceSpan(file: file.id, start: start, end: end), "this rule"))
    #expect(
      text(diagnostic, sources) == """
        error[D1001]: never matches
          ┌─ a.docket:2:3
        2 │   rule outage {
          │   ^^^^^^^^^^^^^
          ⋮
        6 │   }
          │   ^ this rule

        """)
  }

  @Test func labelsInOtherFilesGetTheirOwnSnippet() {
    var sources = SourceMap()
    let one = sources.add(path: "one.docket", text: "let a = 1")
    let two = sources.add(path: "two.docket", text: "\n\nlet a = 2")
    let diagnostic = Diagnostic(
      .unexpectedToken, "`a` is declared twice", at: Label(span("a", in: two), "again here"),
      secondary: [Label(span("a", in: one), "first here")])
    #expect(
      text(diagnostic, sources) == """
        error[D1001]: `a` is declared twice
          ┌─ two.docket:3:5
        3 │ let a = 2
          │     ^ again here
          ┌─ one.docket:1:5
        1 │ let a = 1
          │     - first here

        """)
  }

  @Test func emptySpansAndTheEndOfTheFileHaveACaret() {
    var sources = SourceMap()
    let file = sources.add(path: "a.docket", text: "route {\n")
    #expect(
      text(Diagnostic(.unexpectedToken, "expected `}`", at: Label(file.endSpan, "here")), sources) == """
        error[D1001]: expected `}`
          ┌─ a.docket:2:1
        2 │
          │ ^ here

        """)
    let beforeLineEnd = SourceSpan(file: file.id, start: 7, end: 8)
    #expect(
      text(Diagnostic(.unexpectedToken, "m", at: Label(beforeLineEnd)), sources) == """
        error[D1001]: m
          ┌─ a.docket:1:8
        1 │ route {
          │        ^

        """)
  }

  @Test func tabsAreExpandedAndStrangeBytesShown() {
    var sources = SourceMap()
    let bytes = Array("\tif\tx ".utf8) + [0x1B, 0xFF, 0xC3] + Array(" y\r\n".utf8)
    let file = sources.add(path: "a\u{1B}.docket", bytes: bytes)
    #expect(
      text(Diagnostic(.unexpectedToken, "line\nbreak", at: Label(span("y", in: file), "te\u{7}xt")), sources) == """
        error[D1001]: line␊break
          ┌─ a␛.docket:1:11
        1 │     if  x ␛\u{FFFD}\u{FFFD} y
          │               ^ te␇xt

        """)
  }

  @Test func longLinesAreClippedAroundTheSpan() {
    var sources = SourceMap()
    let line = (0..<40).map { "客户\($0)" }.joined(separator: " ")
    let file = sources.add(path: "a.docket", text: line)
    #expect(
      text(Diagnostic(.unexpectedToken, "m", at: Label(span("户20", in: file), "here")), sources, width: 44) == """
        error[D1001]: m
          ┌─ a.docket:1:92
        1 │ …18 客户19 客户20 客户21 客户22 客户23 …
          │              ^^^^ here

        """)
    #expect(
      text(Diagnostic(.unexpectedToken, "m", at: Label(span("户1", in: file))), sources, width: 44) == """
        error[D1001]: m
          ┌─ a.docket:1:6
        1 │ 客户0 客户1 客户2 客户3 客户4 客户5 客 …
          │         ^^^

        """)
  }

  @Test func aHugeLineIsShownInPart() {
    var sources = SourceMap()
    let file = sources.add(
      path: "a.json", text: String(repeating: "客", count: 50_000) + "!" + String(repeating: "x", count: 50_000))
    let rendered = text(Diagnostic(.unexpectedToken, "m", at: Label(span("!", in: file))), sources, width: 44)
    let rows = rendered.split(separator: "\n")
    #expect(rows.count == 4)
    #expect(rows[2].contains("客客!xx"))
    #expect(rows.allSatisfy { String($0).displayWidth <= 44 })
  }

  @Test func aHugeLineWithoutCellsIsShown() {
    var sources = SourceMap()
    let file = sources.add(path: "a", text: String(repeating: "\u{301}", count: 9000))
    let place = SourceSpan(file: file.id, start: 0, end: 2)
    #expect(text(Diagnostic(.unexpectedToken, "m", at: Label(place)), sources).hasSuffix("│ ^\n"))
  }

  @Test func aProblemWithoutAPlaceHasNoSnippet() {
    let nowhere = SourceSpan(file: FileID(index: 9), start: 0, end: 0)
    let diagnostic = Diagnostic(
      .unexpectedToken, "no such file", fixes: [Fix("create it", replace: nowhere, with: "")])
    #expect(text(diagnostic, SourceMap()) == "error[D1001]: no such file\n  = help: create it\n")
  }

  @Test func colourIsAddedOnlyWhenAsked() {
    var sources = SourceMap()
    let file = sources.add(path: "a.docket", text: "a b")
    let diagnostic = Diagnostic(
      .unexpectedToken, "m", at: Label(span("a", in: file), "one"), secondary: [Label(span("b", in: file), "two")],
      help: ["h"])
    let rendered = render([diagnostic], sources: sources, options: RenderOptions(color: true))
    #expect(
      rendered.replacing("\u{1B}[", with: "<") == """
        <1;31merror[D1001]<0m<1m: m<0m
        <34m  ┌─<0m a.docket:1:1
        <34m1 │<0m a b
        <34m  │<0m <1;31m^<0m <34m-<0m <34mtwo<0m
        <34m  │<0m <1;31m│<0m
        <34m  │<0m <1;31mone<0m
        <34m  =<0m <1mhelp:<0m h

        <1m1 error<0m

        """)
  }

  @Test func aSummaryCloses() {
    let all = [
      Diagnostic(.unexpectedToken, "a"), Diagnostic(.unexpectedToken, "b", severity: .warning),
      Diagnostic(.unexpectedToken, "c"),
    ]
    #expect(
      render(all, sources: SourceMap()) == """
        error[D1001]: a

        warning[D1001]: b

        error[D1001]: c

        2 errors, 1 warning

        """)
    #expect(render([], sources: SourceMap()) == "")
  }
}

@Suite struct LineRendererTests {
  private let sources: SourceMap
  private let diagnostic: Diagnostic

  init() {
    var sources = SourceMap()
    let file = sources.add(path: "50%,a:b.docket", text: "\n客户 x\ny")
    diagnostic = Diagnostic(
      .unexpectedToken, "100% \"wrong\"", at: Label(span("x\ny", in: file), "label"), help: ["a, b: c", "d"],
      fixes: [
        Fix("remove", replace: span("x", in: file), with: "\n"),
        Fix("elsewhere", replace: SourceSpan(file: FileID(index: 7), start: 0, end: 0), with: "z"),
      ], severity: .warning)
    self.sources = sources
  }

  @Test func shortIsOneLine() {
    #expect(
      render([diagnostic, Diagnostic(.unexpectedToken, "no\nplace")], sources: sources, as: .short) == """
        50%,a:b.docket:2:4: warning[D1001]: 100% "wrong"
        error[D1001]: no␊place

        """)
  }

  @Test func jsonIsOneObjectALine() {
    #expect(
      render([diagnostic, Diagnostic(.unexpectedToken, "m")], sources: sources, as: .json) == #"""
        {"code":"D1001","severity":"warning","message":"100% \"wrong\"","file":"50%,a:b.docket","line":2,"column":4,"end_line":3,"end_column":2,"help":["a, b: c","d"],"fixes":[{"title":"remove","start_line":2,"start_column":4,"end_line":2,"end_column":5,"replacement":"\n"}]}
        {"code":"D1001","severity":"error","message":"m","file":null,"line":null,"column":null,"end_line":null,"end_column":null,"help":[],"fixes":[]}

        """#)
  }

  @Test func gitHubIsAnEscapedCommand() {
    #expect(
      render([diagnostic, Diagnostic(.unexpectedToken, "m", severity: .note)], sources: sources, as: .github) == """
        ::warning file=50%25%2Ca%3Ab.docket,line=2,col=4,endLine=3,endColumn=2,title=D1001::100%25 "wrong"%0Ahelp: a, b: c%0Ahelp: d
        ::notice title=D1001::m

        """)
  }
}
