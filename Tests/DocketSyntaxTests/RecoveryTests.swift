import DocketDiagnostics
import Testing

@testable import DocketSyntax

@Suite struct RecoveryTests {
  @Test func severalErrorsARunEachOnce() {
    assertDiagnostics(
      """
      route owner for F.owner as f {
        where f.x 1️⃣y
        rule a {
          2️⃣whn f.priority == critical
          to f.a
        }
        rule b {
          when
          3️⃣to f.b
        }
        otherwise nobody
      }
      let x =
      4️⃣route r for F.g as f { rule c { to f.c } otherwise nobody }
      5️⃣rout s for F.g as f { otherwise nobody }
      """,
      (.unknownClause, "expected a clause of the route, found `y`"),
      (.unknownClause, "expected a clause of the rule, found `whn`"),
      (.unexpectedToken, "expected a value, found `to`"),
      (.unexpectedToken, "expected a value, found `route`"),
      (.unknownDeclaration, "expected a declaration, found `rout`"))
  }

  @Test func aMissingBraceIsReportedAtTheNextDeclaration() {
    assertDiagnostics(
      """
      sla s for F as f {
        start at f.t
        stop at f.u
        target 3h
      1️⃣route r for F.g as f { rule c { to f.c } otherwise nobody }
      """, (.unclosedBracket, "expected `}` to close `{`, found `route`"))
  }

  @Test func whatIsMissingIsToldOnlyOfABodyReadWhole() {
    assertDiagnostics(
      "route 1️⃣r for F.g as f { rule 2️⃣c { when true } }", (.missingClause, "the route `r` has no `otherwise`"),
      (.missingClause, "the rule `c` has no `to`"))
    assertDiagnostics("kpi 1️⃣k over F as f { where f.x }", (.missingClause, "the KPI `k` has no `value`"))
    assertDiagnostics("ensure 1️⃣e for each F as f { where f.x }", (.missingClause, "the invariant `e` has no `expect`"))
    #expect(
      messages("sla s for F as f { where f.x }") == [
        "the SLA `s` has no `stop`", "the SLA `s` has no `start`", "the SLA `s` has no `target`",
      ])
    assertDiagnostics(
      "kpi k over F as f { 1️⃣vlue count() }", (.unknownClause, "expected a clause of the KPI, found `vlue`"))
  }

  @Test func aRepeatedClauseShowsBothPlaces() throws {
    assertDiagnostics(
      "kpi k over F as f { value count() 1️⃣value sum(f.x) where f.a 2️⃣where f.b }",
      (.repeatedClause, "`value` stands here twice"),
      (.repeatedClause, "`where` stands here twice"))
    var diagnostics = Diagnostics()
    _ = Parser.parse(file("kpi k over F as f { value count() value sum(f.x) }"), &diagnostics)
    #expect(diagnostics.all[0].secondary.map { Int($0.span.start) } == [20])
  }

  @Test(arguments: ["where p.a 1️⃣where p.b", "prefer p.a 1️⃣prefer p.b", "pick lowest p.a 1️⃣pick lowest p.b"])
  func aRepeatInAChoiceIsARepeat(_ clauses: String) {
    let word = String(clauses.prefix { $0 != " " })
    assertDiagnostics(
      "route r for F.g as f { rule a { to one P as p \(clauses) } otherwise nobody }",
      (.repeatedClause, "this choice has a `\(word)` already"))
  }

  @Test func behindOtherwiseASecondWhereIsTheRoutes() {
    assertDiagnostics("route r for F.g as f { otherwise to one P as p where p.a where f.b }")
    assertDiagnostics(
      "route r for F.g as f { where f.a otherwise to one P as p where p.a 1️⃣where f.b }",
      (.repeatedClause, "`where` stands here twice"))
  }

  @Test func aCellNamesWhatStandsBetweenItsValues() {
    assertDiagnostics(
      """
      table t(l: L): int {
        l          | result
        low 1️⃣high | 1
      }
      """, (.unexpectedToken, "expected `,` before another value, `|` or the end of the row, found `high`"))
  }

  @Test func aBodyIsReadBehindABrokenHeading() {
    assertDiagnostics(
      """
      route r 1️⃣form F.g as f {
        rule a { when 2️⃣}
        3️⃣otherwis nobody
      }
      sla s for F 4️⃣{ start at f.t stop at f.t target 3h }
      let y = 5️⃣)
      """, (.unexpectedToken, "expected `for`, found `form`"), (.unexpectedToken, "expected a value, found `}`"),
      (.unknownClause, "expected a clause of the route, found `otherwis`"),
      (.unexpectedToken, "expected `as`, found `{`"),
      (.unexpectedToken, "expected a value, found `)`"))
    assertDiagnostics(
      """
      route r for F 1️⃣as f
      {
        rule a { when 2️⃣}
        let x = 3 4
      }
      let y = 3️⃣)
      """, (.unexpectedToken, "expected `.` and the field that the route decides, found `as`"),
      (.unexpectedToken, "expected a value, found `}`"),
      (.unexpectedToken, "expected a value, found `)`"))
  }

  @Test func aMisspeltClauseBehindABrokenOneIsTold() {
    assertDiagnostics(
      """
      calendar c {
        closed 1️⃣2026
        2️⃣know until @2026-12-31
        open mon 09:30-12:00
      }
      """, (.unexpectedToken, "expected a date, found `2026`"),
      (.unknownClause, "expected a clause of the calendar, found `know`"))
  }

  @Test func aValueIsGivenWithASingleSign() {
    assertDiagnostics("let x 1️⃣== 3", (.foreignSpelling, "a value is given with a single `=`"))
    assertDiagnostics("entity E { x: int 1️⃣== 3 }", (.foreignSpelling, "a value is given with a single `=`"))
    assertDiagnostics("test \"t\" { set x.y 1️⃣== 3 }", (.foreignSpelling, "a value is given with a single `=`"))
  }

  @Test func rowsAreReadOnTheirOwn() {
    assertDiagnostics(
      """
      table t(a: int, b: int): int {
        a | b | result
        1️⃣1 | 2
        1 | 2 3️⃣3 | 4
        1 | 4️⃣| 3
        5️⃣1 | 2 | 3 | 4
        1 | 2 | 3
      }
      """.replacing("3️⃣", with: "2️⃣").replacing("4️⃣", with: "3️⃣").replacing("5️⃣", with: "4️⃣"),
      (.rowWidth, "this row has 2 cells, its heading has 3 columns"),
      (.unexpectedToken, "expected `,` before another value, `|` or the end of the row, found `3`"),
      (.unexpectedToken, "expected a value, found `|`"),
      (.rowWidth, "this row has 4 cells, its heading has 3 columns"))
    assertDiagnostics(
      "table t(a: int): int {\n 1️⃣a | b\n 1 | 2\n}", (.invalidHeading, "the last column of a table is named `result`"))
    assertDiagnostics(
      "table t(a: int): int {\n a | result\n 1 | 1️⃣>= 2\n}", (.unexpectedToken, "the result of a row is one value"))
    assertDiagnostics("table t(a: int): int { 1️⃣}", (.unexpectedToken, "expected the heading of the table, found `}`"))
  }

  @Test func fieldsCasesAndRecordsGoOnAfterAnError() {
    assertDiagnostics(
      """
      entity E {
        key id string
        at: 2️⃣3
        ok: int
        let x 3️⃣3
      }
      enum T { a 4️⃣b c, d }
      fixture f {
        A { x 5️⃣1 }
        B { y: 1 }
      }
      """.replacing("id string", with: "id 1️⃣string"),
      (.unexpectedToken, "expected `:`, found `string`"), (.unexpectedToken, "expected the name of a type, found `3`"),
      (.unexpectedToken, "expected `=`, found `3`"), (.unexpectedToken, "expected `,` between the cases, found `b`"),
      (.unexpectedToken, "expected `:`, found `1`"))
  }

  @Test func clausesSayWhatTheyWant() {
    assertDiagnostics(
      "calendar c { open 1️⃣monday 09:30-12:00 }",
      (.unexpectedToken, "expected a day of the week or a date, found `monday`"))
    assertDiagnostics("calendar c { open mon 1️⃣9-12 }", (.unexpectedToken, "expected a time of day, found `9`"))
    assertDiagnostics(
      "calendar c { open mon 09:30 1️⃣}", (.unexpectedToken, "expected `-` and a closing time, found `}`"))
    assertDiagnostics(
      "kpi k over F as f { value count() target 1️⃣90% }", (.unexpectedToken, "expected a comparison, found `90`"))
    assertDiagnostics(
      "kpi k over F as f { value count() target >= 1️⃣\"x\" }",
      (.unexpectedToken, "expected a number, a percentage, a duration or a name, found `\"x\"`"))
    assertDiagnostics(
      "sla s for F as f { start at f.t stop at f.t target 1️⃣>= 4h }",
      (.unexpectedToken, "the target of an SLA is a duration, not a comparison"))
    assertDiagnostics(
      "sla s for F as f { start at f.t stop at f.t target 4h at 75% 1️⃣}",
      (.unexpectedToken, "expected `notify`, found `}`"))
    assertDiagnostics(
      "route r for F.g as f { rule a { 1️⃣else next to f.x } otherwise nobody }",
      (.unexpectedToken, "this `else` has no `to` before it"))
    assertDiagnostics(
      "route r for F.g as f { rule a { to f.x notify f.y 1️⃣} otherwise nobody }",
      (.unexpectedToken, "expected the text of the message, found `}`"))
    assertDiagnostics(
      "test \"t\" { expect a matches 1️⃣\"x\" }", (.unexpectedToken, "expected `snapshot`, found `\"x\"`"))
    assertDiagnostics(
      "zone 1️⃣Asia", (.unexpectedToken, "expected a time zone in quotes, such as `\"Asia/Shanghai\"`, found `Asia`"))
    assertDiagnostics("let x = 3\n1️⃣}\nlet y = 4", (.unclosedBracket, "this `}` closes nothing"))
    assertDiagnostics("test 1️⃣f\"x\" { }", (.unexpectedToken, "a formatted string cannot stand here"))
  }

  @Test func someNamesCannotBeDeclared() {
    assertDiagnostics("let 1️⃣for = 3", (.reservedName, "`for` is reserved and cannot be a name here"))
    assertDiagnostics("entity E { 1️⃣not: int }", (.reservedName, "`not` is an operator and cannot be a name"))
    assertDiagnostics("func f(1️⃣or: int): int = 3", (.reservedName, "`or` is an operator and cannot be a name"))
    assertDiagnostics("enum E { a, 1️⃣true }", (.unexpectedToken, "expected the name of a case, found `true`"))
  }

  @Test func aNearWordIsSuggested() {
    var diagnostics = Diagnostics()
    _ = Parser.parse(file("kpi k over F as f { value count() Where f.x targt > 3 }"), &diagnostics)
    #expect(
      diagnostics.all.map(\.help) == [["did you mean `where`?"]]
        || diagnostics.all.map(\.help) == [["did you mean `where`?"], ["did you mean `target`?"]])
    #expect(Spelling.nearest(to: "otherwize", among: ["other", "otherwise"]) == "otherwise")
    #expect(Spelling.nearest(to: "xyz", among: ["where", "when"]) == nil)
  }
}
