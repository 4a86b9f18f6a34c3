import DocketRuntime
import DocketSemantics
import DocketTime
import Testing

@Suite struct DisplayTests {
  private func text(_ t: Tree, _ holes: CheckedExpression...) -> String {
    t.show(t.node(.format(holes.flatMap { [.value($0), .text(t.pooled(.string("|")))] }), .string))
  }

  @Test func valuesForPeople() throws {
    let sample = SampleWorld(zone: Zone.named("Asia/Shanghai"))
    let t = sample.tree
    t.instant = SampleWorld.day(2)
    #expect(
      text(t, t.time("2026-10-09T12:50:00Z"), t.time("2026-10-09T12:50:07.5Z"))
        == "\"2026-10-09 20:50|2026-10-09 20:50:07.5|\"")
    #expect(
      text(t, t.span("5400s"), t.double(12), t.double(1.5), t.list(t.int(1), t.text("a"))) == "\"1h 30m|12|1.5|1, a|\"")
    let owner = sample.read(sample.feedback("f1"), .owner)
    #expect(text(t, owner, sample.person("li"), sample.person("zoe"), t.null) == "\"—|李|zoe|—|\"")
    #expect(text(t, sample.read(sample.feedback("f1"), .priority)) == "\"low|\"")
    #expect(text(t, t.divisionByZero, owner) == "error: division by zero")
  }

  @Test func valuesForMachines() throws {
    let sample = SampleWorld()
    let t = sample.tree
    t.instant = SampleWorld.day(4)
    func json(_ expression: CheckedExpression) -> String {
      let value = t.value(expression)
      return MachineText(heap: t.engine().heap, schema: t.rulebook.schema, world: t.engine().world).json(value)
    }
    #expect(json(t.time("2026-10-09T12:50:00+08:00")) == "\"2026-10-09T04:50:00Z\"")
    #expect(json(t.span("1h30m")) == "\"5400s\"")
    #expect(
      json(t.list(sample.read(sample.feedback("f1"), .owner), t.null, t.double(0.5), t.text("a\"\n\u{1}")))
        == "[\"li\",null,0.5,\"a\\\"\\n\\u0001\"]")
    #expect(json(t.map((t.int(1), t.bool(true)))) == "{\"1\":true}")
    #expect(json(sample.read(sample.feedback("f1"), .priority)) == "\"high\"")
  }

  @Test func daysOfTheZone() throws {
    let t = Tree(zone: Zone.named("America/New_York"))
    let day = t.call(.toDate, t.time("2026-11-01T05:30:00Z"))
    #expect(t.show(day) == "@2026-11-01")
    #expect(t.show(t.call(.subtract, t.call(.endOfDay, day), t.call(.startOfDay, day))) == "duration(\"90000s\")")
    #expect(
      t.show(t.call(.addDays, t.time("2026-10-31T12:00:00-04:00"), t.int(1))) == "timestamp(\"2026-11-01T17:00:00Z\")")
    #expect(t.show(t.call(.addMonths, t.call(.toDate, t.text("2026-01-31")), t.int(1))) == "@2026-02-28")
    #expect(
      t.show(t.call(.startOf, t.text("month"), t.time("2026-11-20T00:00:00Z"))) == "timestamp(\"2026-11-01T04:00:00Z\")"
    )
    #expect(t.show(t.call(.startOf, t.text("fortnight"), t.time("2026-11-20T00:00:00Z"))).hasPrefix("error"))
    #expect(t.show(t.call(.toDate, t.text("2026-02-30"))).hasPrefix("error"))
  }
}
