import Testing

@Suite("The layout of each declaration")
struct DeclarationTests {
  @Test("enums stay on one line or many")
  func enums() {
    expect(
      #"enum  Priority"P"{low"4 - Low" "低" ,high}"#, becomes: #"enum Priority "P" { low "4 - Low" "低", high }"# + "\n")
    expect("enum A{\na,b,\n  c }", becomes: "enum A {\n  a, b,\n  c\n}\n")
    expect("enum A {\n}", becomes: "enum A {}\n")
  }

  @Test("fields on one line stand two spaces apart")
  func entities() {
    expect(
      #"entity M "沟通" as m{key id:string feedback : Feedback? at:timestamp event, let a:int= - 1}"#,
      becomes: #"entity M "沟通" as m { key id: string  feedback: Feedback?  at: timestamp event, let a: int = -1 }"#
        + "\n")
    expect(
      "entity M\n{\n\n key id :string\n\n\n votes: map < string , list<int> > ? = { 'a' : [ 1 ] }\n\n}",
      becomes: "entity M {\n  key id: string\n\n  votes: map<string, list<int>>? = {'a': [1]}\n}\n")
    expect("entity V=P as p where\np.x\n", becomes: "entity V = P as p where\n  p.x\n")
    expect(
      "extend   entity P {\n xs: list<F> from F . owner as g where g . open }",
      becomes: "extend entity P {\n  xs: list<F> from F.owner as g where g.open\n}\n")
  }

  @Test("sources line up their words, and their mappings among themselves")
  func sources() {
    expect(
      """
      source I from "i.csv" as row { missing "?", ""
       times "d/M/yyyy" zone "UTC"
       heading line 4
       reject at most 20
       state=row.incident_state
       priority_confirmed = row.u

       x = 1 }
      """,
      becomes: """
        source I from "i.csv" as row {
          missing "?", ""
          times   "d/M/yyyy" zone "UTC"
          heading line 4
          reject  at most 20
          state              = row.incident_state
          priority_confirmed = row.u

          x = 1
        }

        """)
    expect(
      #"source I from "i.csv" as row { missing "?" a=row.a b = row.b}"#,
      becomes: #"source I from "i.csv" as row { missing "?"  a = row.a  b = row.b }"# + "\n")
  }

  @Test("times of day, spans of weekdays and ranges of dates have no spaces inside")
  func calendars() {
    expect(
      """
      calendar c "班" {
        open mon-fri , sun 09:30-12:00,13:00-21:00:30
        closed @2026-10-01 .. @2026-10-07,@2026-12-25 "放假"  open @2026-10-10 09:30-21:00
      }
      """,
      becomes: """
        calendar c "班" {
          open mon-fri, sun 09:30-12:00, 13:00-21:00:30
          closed @2026-10-01..@2026-10-07, @2026-12-25 "放假"
          open @2026-10-10 09:30-21:00
        }

        """)
    expect("calendar w{open mon-fri 00:00-24:00}", becomes: "calendar w { open mon-fri 00:00-24:00 }\n")
  }

  @Test("tables line up their columns, Chinese ones too")
  func tables() {
    expect(
      """
      table 时限 "时限" (级别: 级别, n: int): duration { hit unique 级别|n|result
      紧急, 高 | >=3 | 15m // 最快
      _ | 1 .. 2|null
        // the rest
      低|<  -1| [
        1,
      2] }
      """,
      becomes: """
        table 时限 "时限" (级别: 级别, n: int): duration {
          hit unique
          级别     | n    | result
          紧急, 高 | >= 3 | 15m  // 最快
          _        | 1..2 | null
          // the rest
          低       | < -1 | [
            1,
            2
          ]
        }

        """)
    expect(
      #"table t(a: int): int from "t.csv" {hit all}"#, becomes: #"table t(a: int): int from "t.csv" { hit all }"# + "\n"
    )
  }

  @Test("the refinements of `to one` stand under `one`")
  func routes() {
    expect(
      """
      route r for F.owner as f { where f.a
      and f.b
      rule a "A"
      {
      when (f.x or f.y) unless -f.z>0
      to one P as p where p.ok
      and p.free
      prefer p.x pick lowest p.n
      else to one P as p
      pick round robin
      else after 30m of desk from f.at to one P as p
      where true
      notify f.owner
      "text" set f.x=1 }
      rule b{to f.x else next}
      otherwise to one P as p
      where p.y
      }
      """,
      becomes: """
        route r for F.owner as f {
          where f.a
            and f.b
          rule a "A" {
            when (f.x or f.y)
            unless -f.z > 0
            to one P as p where p.ok
              and p.free
               prefer p.x pick lowest p.n
            else to one P as p
                    pick round robin
            else after 30m of desk from f.at to one P as p
               where true
            notify f.owner
              "text"
            set f.x = 1
          }
          rule b { to f.x else next }
          otherwise to one P as p
                       where p.y
        }

        """)
  }

  @Test("SLAs line up their words and their moments")
  func slas() {
    expect(
      """
      sla s for F as f {
        where f.a
        restart on f.ms as m where m.x
        start at f.at stop when f.done
        pause while f.w
        target 2 workdays
        every week from f.at until f.end due fri 17:00
        due f.d as of start
        cycles   each
        on reopen   count gap
        on change grace   30m
        at 75 % notify "a" "b"
        at breach during desk notify "a" f"{ x }"
        at -5m notify "a" "b" set f.x = 1

        at late notify "a" "b"
        after breach every 4h up to 3 times as n notify "a" "b"
      }
      """,
      becomes: """
        sla s for F as f {
          where   f.a
          restart on f.ms as m where m.x
          start   at f.at
          stop    when f.done
          pause   while f.w
          target  2 workdays
          every   week from f.at until f.end due fri 17:00
          due     f.d as of start
          cycles each
          on reopen count gap
          on change grace 30m
          at 75%    notify "a" "b"
          at breach during desk notify "a" f"{ x }"
          at -5m    notify "a" "b" set f.x = 1

          at late notify "a" "b"
          after breach every 4h up to 3 times as n notify "a" "b"
        }

        """)
  }

  @Test("KPIs line up their words")
  func kpis() {
    expect(
      """
      kpi k "满意度" over S as s {
        settled   when s.done
        last 28d of s.at
        by s.a as x, every P as p on s.p
        value ratio( s.score>=4 ) * 100.0%3.0
        absent skip
        target>=90 %
        warn >= -1h
        unit "h"
        at   least 30 rows
        at off_target notify "a" "b"
        at warning notify "a" "b"
      }
      """,
      becomes: """
        kpi k "满意度" over S as s {
          settled when s.done
          last    28d of s.at
          by      s.a as x, every P as p on s.p
          value   ratio(s.score >= 4) * 100.0 % 3.0
          absent  skip
          target  >= 90%
          warn    >= -1h
          unit    "h"
          at least 30 rows
          at off_target notify "a" "b"
          at warning    notify "a" "b"
        }

        """)
    expect(
      "kpi k over S as s{every day of s.at value count()}",
      becomes: "kpi k over S as s { every day of s.at  value count() }\n")
  }

  @Test("invariants, fixtures and tests")
  func others() {
    expect(
      "ensure e for each P as p , each D as d { during next 90d\nexpect x( p,d )==1 because f\"{p}\" }",
      becomes:
        "ensure e for each P as p, each D as d {\n  during next 90d\n  expect x(p, d) == 1\n  because f\"{p}\"\n}\n")
    expect(
      "fixture a { P{id:\"a\"} Q { id : \"b\", n : [1 , 2] }\n R {} }",
      becomes: "fixture a {\n  P { id: \"a\" }  Q { id: \"b\", n: [1, 2] }\n  R {}\n}\n")
    expect(
      """
      test "t" tags "a","b" skip "later" { now @2026-10-09T10:00 given data "d"
       cases { 级别 : Level|n:int
       高|- 1
       "x"|f(1,
       2) }
       add M{ from:agent }
       set f . x = 1
       expect f(x) . due==now fails "no"
      }
      """,
      becomes: """
        test "t" tags "a", "b" skip "later" {
          now @2026-10-09T10:00
          given data "d"
          cases {
            级别: Level | n: int
            高          | -1
            "x"         | f(1,
              2)
          }
          add M { from: agent }
          set f.x = 1
          expect f(x).due == now fails "no"
        }

        """)
  }

  @Test("one blank line stands between declarations; one-line declarations of a kind may stand together")
  func between() {
    expect(
      "\n\nzone \"UTC\" use a\nlet b = 1\nlet c = 2\n\n\nlet d = [\n1]\nlet e = 1\nfunc f(): int = 1 enum A { a }\nenum B { b }\n\n\n",
      becomes: """
        zone "UTC"
        use a

        let b = 1
        let c = 2

        let d = [
          1
        ]

        let e = 1

        func f(): int = 1

        enum A { a }
        enum B { b }

        """)
    expect("", becomes: "")
    expect(" \n\n", becomes: "")
  }
}
