import DocketDiagnostics
import DocketFormat
import Testing

@Suite("The layout of expressions and comments")
struct ExpressionTests {
  @Test(
    "spaces follow the meaning",
    arguments: [
      ("a+b * -c- - 1", "a + b * -c - -1"),
      ("- -x", "--x"),
      ("! a&&!!b||not c", "!a && !!b || not c"),
      ("a?b:c ? d : e", "a ? b : c ? d : e"),
      ("(a)?(b):(c)", "(a) ? (b) : (c)"),
      ("x [ 0 ] . y ( a , b ) [? k ]", "x[0].y(a, b)[?k]"),
      ("x . ? y??z ?? 1", "x.?y ?? z ?? 1"),
      ("( a ) [ 1 ]", "(a)[1]"),
      ("[ ]", "[]"),
      ("[ ? a , b , ]", "[?a, b,]"),
      ("{ }", "{}"),
      ("{ ? 'a' : 1,b : c?d:e }", "{?'a': 1, b: c ? d : e}"),
      ("T{ }", "T {}"),
      ("a.T{x:1,}", "a.T { x: 1, }"),
      (". a + .f( 1 )", ".a + .f(1)"),
      ("1in[1,2]", "1 in [1, 2]"),
      ("a not  in b", "a not in b"),
      ("5 % 3", "5 % 3"),
      ("1 .size()", "1.size()"),
      ("@2026-10-10T09:30 - 1h30m", "@2026-10-10T09:30 - 1h30m"),
      ("f\"a {  b+1 } {{ \"", "f\"a {  b+1 } {{ \""),
      ("f\"\"\"{ // c\n x }  \n  y\"\"\"+r'\\'", "f\"\"\"{ // c\n x }  \n  y\"\"\" + r'\\'"),
      ("`odd  name` . `b c`", "`odd  name`.`b c`"),
    ])
  func spacing(_ text: String, _ expected: String) {
    expect("let x=\(text)", becomes: "let x = \(expected)\n")
  }

  @Test("line breaks stay where the author put them, and brackets that end a line are closed on one")
  func breaks() {
    expect(
      """
      let x =
      a and (
      b
      or c)
      and f(d,
      e
      + 1) in [
      T {
      a: 1, b: f(
      2),

      c: { 'k':
      3 } } ]
      """,
      becomes: """
        let x =
          a and (
            b
            or c
          )
          and f(d,
            e
              + 1) in [
                T {
                  a: 1, b: f(
                    2
                  ),

                  c: {'k':
                      3}
                }
              ]

        """)
  }

  @Test("a comment on a line of its own is indented like what follows")
  func ownLines() {
    expect(
      """
         // first

            // about a
      enum A {
      // about b
      b, // b
                 // about c
      c // c
      // last
      }
      // behind


      // about d
      let d = [ // d
      // one
      1
      // end
      ]
      route r for F.o as f { // r
      // about the rule
      rule a // a
      {
      when x
      // or
      or y
      // about to
      to z
      // nothing more
      }

      // the rest
      otherwise nobody }  // done
      // the end
      """,
      becomes: """
        // first

        // about a
        enum A {
          // about b
          b,  // b
          // about c
          c  // c
          // last
        }

        // behind

        // about d
        let d = [  // d
          // one
          1
          // end
        ]

        route r for F.o as f {  // r
          // about the rule
          rule a  // a
          {
            when x
              // or
              or y
            // about to
            to z
            // nothing more
          }

          // the rest
          otherwise nobody
        }  // done
        // the end

        """)
  }

  @Test("comments behind adjacent lines line up")
  func trailing() {
    expect(
      """
      entity E {
        key id: string // one
        名称: string         // two
        b: int
        c: int // three

        dd: int //four \t
      }
      """,
      becomes: """
        entity E {
          key id: string  // one
          名称: string    // two
          b: int
          c: int  // three

          dd: int  //four
        }

        """)
  }

  @Test("a byte order mark and carriage returns are dropped")
  func otherSystems() {
    expect(
      "\u{FEFF}let a = 1\r\n\r\n\r\n// c\r\nlet b = \"\"\"x\r\n  y\"\"\"\r\n",
      becomes: "let a = 1\n\n// c\nlet b = \"\"\"x\n  y\"\"\"\n")
    #expect(!isFormatted("let a = 1\r\n"))
    #expect(!isFormatted("\u{FEFF}let a = 1\n"))
    #expect(!isFormatted("let a = 1"))
    #expect(isFormatted("let a = 1\n"))
  }

  @Test(
    "a file with syntax errors is left alone",
    arguments: [
      "let a = ", "enum A { a", "let a = \"x", "route r for F.o as f { rule a { to b }", "let a = f\"{b", "let a = 1；",
      "x = 1",
      "/* c */ let a = 1", "let a = \"\"\"x\n",
    ])
  func errors(_ text: String) {
    guard case .syntaxErrors(let diagnostics) = Formatter.format(sourceFile(text)) else {
      Issue.record("\(text) was formatted")
      return
    }
    #expect(diagnostics.hasErrors)
    #expect(!isFormatted(text))
  }
}
