import DocketDiagnostics
import DocketSyntax
import Testing

@Suite struct DeclarationTests {
  func parse(_ text: String) -> [Declaration] {
    var diagnostics = Diagnostics()
    let tree = Parser.parse(file(text), &diagnostics)
    #expect(diagnostics.all.map(\.message) == [])
    return tree.declarations
  }

  func one(_ text: String) throws -> Declaration {
    let declarations = parse(text)
    #expect(declarations.count == 1)
    return try #require(declarations.first)
  }

  @Test func theTourParsesWithoutADiagnostic() {
    var diagnostics = Diagnostics()
    let source = file(tour)
    let tree = Parser.parse(source, &diagnostics)
    #expect(diagnostics.all.map { "\(source.location(of: Int($0.primary!.span.start)).line): \($0.message)" } == [])
    #expect(tree.declarations.count == 37)
    #expect(tree.comments.count == 2)
  }

  @Test func anEmptyTextHasNoDeclarations() {
    #expect(parse("").isEmpty)
    #expect(parse("// nothing\n").isEmpty)
  }

  @Test func aUseSelectsWhatRuns() throws {
    guard case .use(let some) = try one("use support with a, b"), case .named(let names) = some.selection else {
      throw Unexpected()
    }
    #expect(names.map(\.text) == ["a", "b"])
    guard case .use(let all) = try one("use support with all"), case .all = all.selection else { throw Unexpected() }
    guard case .use(let none) = try one("use support"), case .none = none.selection else { throw Unexpected() }
    #expect(none.library.text == "support")
  }

  @Test func enumCasesCarryLabels() throws {
    guard case .enumeration(let declaration) = try one(#"enum P "title" { low "4" "低", `not that`, high, }"#) else {
      throw Unexpected()
    }
    #expect(declaration.titles.map(\.value) == ["title"])
    #expect(declaration.cases.map(\.name.text) == ["low", "not that", "high"])
    #expect(declaration.cases[0].labels.map(\.value) == ["4", "低"])
  }

  @Test func fieldsAreStoredKeyedDatedDerivedOrInverse() throws {
    guard
      case .entity(let entity) = try one(
        """
        entity E "title" as e {
          key id: string
          votes: int "票" = 0
          at: timestamp event
          open: list<map<string, F?>>? from F.e as f where f.x
          let hot = e.votes > 3
          event: bool  key: bool  let: bool  from: bool
        }
        """)
    else { throw Unexpected() }
    #expect(entity.variable?.text == "e")
    #expect(entity.fields.map(\.name.text) == ["id", "votes", "at", "open", "hot", "event", "key", "let", "from"])
    guard case .key = entity.fields[0].kind, case .stored(let value?) = entity.fields[1].kind,
      case .event = entity.fields[2].kind,
      case .inverse(let of, let field, let variable?, let filter?) = entity.fields[3].kind,
      case .derived(let derived) = entity.fields[4].kind
    else { throw Unexpected() }
    #expect(value.dump == "0")
    #expect(entity.fields[1].titles.map(\.value) == ["票"])
    #expect([of.text, field.text, variable.text, filter.dump] == ["F", "e", "f", "(. f x)"])
    #expect(derived.dump == "(> (. e votes) 3)")
    let type = try #require(entity.fields[3].type)
    #expect(type.isOptional && type.name.text == "list" && type.arguments[0].arguments[1].isOptional)
  }

  @Test func aViewAndAnExtension() throws {
    guard case .view(let view) = try one("entity V \"v\" = E as e where e.x") else { throw Unexpected() }
    #expect(
      [view.name.text, view.base.text, view.variable?.text ?? "", view.filter.dump] == ["V", "E", "e", "(. e x)"])
    guard case .extend(let extend) = try one("extend entity E as e { x: int }") else { throw Unexpected() }
    #expect([extend.entity.text, extend.variable?.text ?? ""] == ["E", "e"])
    #expect(extend.fields.count == 1)
  }

  @Test func aSourceMapsAnExport() throws {
    guard
      case .source(let source) = try one(
        """
        source E from "a.sqlite" table "t" as row {
          missing "?", "-"  times "unix" zone "UTC"  created row.a  version row.b, row.c
          backfilled x, y  accept s "1", "2" as absent  accept s "3" as gold  encoding "gb18030"
          heading line 4  reject at most 20  group = row.g  times = row.t  line = row.l
        }
        """)
    else { throw Unexpected() }
    #expect(source.table?.value == "t" && source.variable?.text == "row" && source.path.value == "a.sqlite")
    #expect(
      source.missing.map(\.value) == ["?", "-"] && source.timeFormats.map(\.value) == ["unix"]
        && source.timeZone?.value == "UTC")
    #expect(source.created?.dump == "(. row a)" && source.version.map(\.dump) == ["(. row b)", "(. row c)"])
    #expect(
      source.backfilled.map(\.text) == ["x", "y"] && source.encoding?.value == "gb18030"
        && source.rejectLimit?.count == 20 && source.headingLine?.count == 4)
    #expect(
      source.accepted.map { $0.texts.count } == [2, 1] && source.accepted.map { $0.value?.dump } == [nil, "gold"])
    #expect(source.mappings.map(\.field.text) == ["group", "times", "line"])
  }

  @Test func aCalendarReadsDaysAndTimes() throws {
    guard
      case .calendar(let calendar) = try one(
        """
        calendar c { open sat-mon, wed 9:30-12:00, 22:00-24:00
          open @2026-10-10 09:30-21:00 "x"  closed @2026-10-01..@2026-10-07, @2026-12-25
          holidays "h.csv"  zone "UTC"  like base  known until @2026-12-31 }
        """)
    else { throw Unexpected() }
    #expect(
      calendar.zone?.value == "UTC" && calendar.base?.text == "base" && calendar.knownUntil?.value == "2026-12-31")
    guard case .openWeekly(let days, let windows, _) = calendar.items[0],
      case .openDates(let dates, _, let name, _) = calendar.items[1],
      case .closed(let closed, nil, _) = calendar.items[2], case .holidays(let path) = calendar.items[3]
    else { throw Unexpected() }
    #expect(days == [.sat, .sun, .mon, .wed])
    #expect(
      windows.map { [$0.start.hour, $0.start.minute, $0.end.hour, $0.end.minute] } == [
        [9, 30, 12, 0], [22, 0, 24, 0],
      ])
    #expect(dates[0].first.value == "2026-10-10" && name?.value == "x")
    #expect(closed.map { $0.last?.value } == ["2026-10-07", nil] && path.value == "h.csv")
  }

  @Test func aTableHasCellsAndResults() throws {
    guard
      case .table(let table) = try one(
        """
        table t(a: int, b: Tier): duration {
          hit all
          a | b | result
          1..2, 5, < 0 | gold, silver | 1h
          _ | null | null
        }
        """)
    else { throw Unexpected() }
    #expect(table.hitPolicy == .all && table.columns.map(\.text) == ["a", "b"] && table.rows.count == 2)
    guard case .alternatives(let tests) = table.rows[0].cells[0].cell, case .range(let low, let high) = tests[0],
      case .equal(let five) = tests[1], case .relation(.less, let zero) = tests[2],
      case .any = table.rows[1].cells[0].cell,
      case .alternatives(let absent) = table.rows[1].cells[1].cell, case .absent = absent[0]
    else { throw Unexpected() }
    #expect([low, high, five, zero].map(\.dump) == ["1", "2", "5", "0"])
    #expect(table.rows.map(\.result.dump) == ["1h", "null"])
    guard case .table(let kept) = try one(#"table t(a: int): int from "t.csv" { hit unique }"#) else {
      throw Unexpected()
    }
    #expect(kept.path?.value == "t.csv" && kept.hitPolicy == .unique)
  }

  @Test func aRouteHasRulesTargetsAndEffects() throws {
    guard
      case .route(let route) = try one(
        """
        route r "t" for F.owner as f {
          otherwise to f.a else next
          rule one "x" {
            to one P as p pick lowest p.n then round robin where p.ok prefer p.best
            else after 30m of desk from f.at to f.b
            because "why" when f.x unless f.y notify f.z "text" set f.w = 3
          }
          order highest f.p then lowest f.q  hit all  where f.k
        }
        """)
    else { throw Unexpected() }
    #expect(
      route.order.map(\.isDescending) == [true, false] && route.hitPolicy == .all && route.filter?.dump == "(. f k)")
    let rule = try #require(route.rules.first)
    #expect(
      rule.conditions.map(\.isNegated) == [false, true] && rule.effects.count == 2 && rule.because?.dump == "\"why\"")
    guard case .candidate(let candidate) = rule.targets[0].kind, case .value(let value) = rule.targets[1].kind,
      let delay = rule.targets[1].delay, case .roundRobin = candidate.picks[1]
    else { throw Unexpected() }
    #expect([candidate.filter?.dump, candidate.preference?.dump] == ["(. p ok)", "(. p best)"])
    #expect(
      [value.dump, delay.after.dump, delay.calendar?.dump, delay.from.dump] == ["(. f b)", "30m", "desk", "(. f at)"])
    guard case .to(let fallback)? = route.otherwise, case .next = fallback[1].kind else { throw Unexpected() }
  }

  @Test func anSLAIsAClock() throws {
    guard
      case .sla(let sla) = try one(
        """
        sla s for F as f { target 2 workdays start on f.m as m where m.x stop at f.t using f.c
          pause while f.p pause while f.q on change grace 30m on reopen new cycle cycles each
          at 75% during d notify "a" "b" after breach every 4h up to 3 times as n notify "a" "b" at breach notify "a" "b" }
        """)
    else { throw Unexpected() }
    guard case .workdays(let days)? = sla.target, case .on(_, let variable?, _?)? = sla.start, case .at? = sla.stop,
      case .grace(let grace)? = sla.changePolicy?.policy, case .newCycle? = sla.reopenPolicy?.policy,
      case .limit(let limit) = sla.moments[0].kind, case .number("75", isPercent: true) = limit.kind,
      case .afterBreach(let every, 3, let counter?) = sla.moments[1].kind, case .breach = sla.moments[2].kind
    else { throw Unexpected() }
    #expect([days.dump, variable.text, grace.dump, every.dump, counter.text] == ["2", "m", "30m", "4h", "n"])
    #expect(sla.pauses.count == 2 && sla.cyclesEach && sla.moments[0].during?.dump == "d")
    guard case .sla(let cadence) = try one("sla s for F as f { every month from f.t due 28 17:30 stop on f.m }"),
      let clock = cadence.cadence, case .number(28)? = clock.day
    else { throw Unexpected() }
    #expect(clock.unit == .month && clock.time.hour == 17 && clock.time.minute == 30 && clock.until == nil)
    guard
      case .sla(let ending) = try one("sla s for F as f { every week from f.t until f.u ?? f.v due 17:30 stop on f.m }")
    else { throw Unexpected() }
    #expect(ending.cadence?.until?.dump == "(?? (. f u) (. f v))")
    guard case .sla(let due) = try one("sla s for F as f { start at f.t stop at f.t due f.d as of start }") else {
      throw Unexpected()
    }
    #expect(due.due?.isAsOfStart == true)
  }

  @Test func aKPIIsAMeasure() throws {
    guard
      case .kpi(let kpi) = try one(
        """
        kpi k over s as r { by r.a as x, every P as p on r.p value ratio(r.m) target >= 99.5% warn >= limit
          at least 30 rows absent no unit "h" last 28d of r.t settled when r.s at off_target notify "a" "b" }
        """)
    else { throw Unexpected() }
    guard case .key(_, let name?) = kpi.groups[0], case .spine(let entity, _, let on) = kpi.groups[1],
      case .last(let length, _)? = kpi.window,
      case .number("99.5", isPercent: true)? = kpi.target?.limit.kind, case .name(let limit)? = kpi.warning?.limit.kind
    else { throw Unexpected() }
    #expect([name.text, entity.text, on.dump, length.dump, limit.text] == ["x", "P", "(. r p)", "28d", "limit"])
    #expect(
      kpi.target?.relation == .greaterOrEqual && kpi.minimumRows == 30 && kpi.absence?.policy == .no
        && kpi.unit?.value == "h")
    #expect(kpi.moments.map(\.kind) == [.offTarget])
    guard case .kpi(let every) = try one("kpi k over s as r { value count() by every }"),
      case .key(let key, nil) = every.groups[0]
    else { throw Unexpected() }
    #expect(key.dump == "every")
  }

  @Test func anInvariantAFixtureAndATest() throws {
    guard
      case .ensure(let ensure) = try one(
        "ensure e for each A as a, each B as b { during next 90d where a.x expect b.y because \"z\" }")
    else { throw Unexpected() }
    #expect(
      ensure.domains.map(\.type.text) == ["A", "B"] && ensure.during?.dump == "90d"
        && ensure.expectation?.dump == "(. b y)")
    guard case .fixture(let fixture) = try one("fixture f { A { x: 1 } B { } }") else { throw Unexpected() }
    #expect(fixture.records.map(\.entity.text) == ["A", "B"])
    guard
      case .test(let test) = try one(
        """
        test "t" tags "a", "b" todo "c" {
          now @2026-01-01  given f  given data "d"  let x = A { y: 1 }  wait 5m  set x.y = 2  add A { y: 3 }
          cases {
            a: int | b
            1 | "x"
            2 | [
              3]
          }
          expect a fails "b"  expect a within 2h  expect a matches snapshot "s"  expect a == b
        }
        """)
    else { throw Unexpected() }
    #expect(test.tags.count == 2 && test.todo?.value == "c" && test.steps.count == 12)
    guard case .cases(let cases) = test.steps[7], case .expect(_, .within(let limit), _) = test.steps[9],
      case .duration("2h", false) = limit.kind
    else { throw Unexpected() }
    #expect(cases.columns.map(\.name.text) == ["a", "b"] && cases.rows.map(\.cells.count) == [2, 2])
  }

  @Test func canonicallyEquivalentSpellingsAreOneName() throws {
    guard case .constant(let composed) = try one("let caf\u{E9} = 1"),
      case .constant(let decomposed) = try one("let cafe\u{301} = 1")
    else { throw Unexpected() }
    #expect(composed.name.text == decomposed.name.text)
    #expect(Set([composed.name.text, decomposed.name.text]).count == 1)
  }

  @Test func aClauseWordAloneOnItsLineIsAValue() {
    _ = parse("sla s for F as f {\n start at f.t target 3h stop when f.x ==\n stop\n pause while f.y\n}")
  }

  @Test func wordsOfTheGrammarAreNamesWhereverNamesStand() {
    _ = parse(
      """
      enum rule { when, to, else_, then, hit, one, every, at, table }
      entity target as start { key key: int  where: int  stop: int = 3  to: int }
      func table(when: int, to: int): int = when + to.table(one) - every
      let route = table(1, 2) ? when : to
      """)
  }
}
