import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime
import Testing

@testable import DocketData

@Suite("Cells by type") struct CellParserTests {
  /// One column `value` of a type, one row a text.
  private func load(
    _ type: Type, _ texts: [String], zone: Zone? = .utc, times: [String] = [], fixture: DataFixture = DataFixture()
  ) -> Loaded {
    let entity = fixture.entity("Thing", [("id", .int), ("value?", type)])
    fixture.source(entity, "things.csv", times: times)
    fixture.options.zone = zone
    var text = "id,value\n"
    for (number, cell) in texts.enumerated() { text += "\(number),\"\(cell.replacing("\"", with: "\"\""))\"\n" }
    fixture.write("things.csv", text)
    return fixture.load()
  }

  private func values(
    _ type: Type, _ texts: [String], zone: Zone? = .utc, times: [String] = [], fixture: DataFixture = DataFixture()
  ) -> [String] {
    let loaded = load(type, texts, zone: zone, times: times, fixture: fixture)
    #expect(loaded.told == [])
    return loaded.rows().map { $0[1] }
  }

  @Test("bools are true, false, 1 and 0")
  func bools() {
    #expect(values(.bool, ["true", "False", "1", " 0 ", ""]) == ["true", "false", "true", "false", "—"])
    #expect(
      load(.bool, ["yes"]).told == [
        "things.csv:2:3 D4015 `yes` in column `value` is not a bool | Thing.value wants `true` or `false` | or say what it means: `accept value \"yes\" as true`, `as false`, or `as absent`"
      ])
  }

  @Test("whole numbers are exact to their ends")
  func wholeNumbers() {
    #expect(
      values(.int, ["-9223372036854775808", "9223372036854775807", "+7", " 12 ", "12.00", "007"])
        == ["-9223372036854775808", "9223372036854775807", "7", "12", "12", "7"])
    #expect(values(.uint, ["18446744073709551615", "0", "-0"]) == ["18446744073709551615u", "0u", "0u"])
    #expect(
      load(.int, ["9223372036854775808", "1.5", "1,000", "0x1d", "1e3", "-"]).diagnostics.map(\.message) == [
        "`9223372036854775808` in column `value` is out of range",
        "`1.5` in column `value` is not a whole number", "`1,000` in column `value` is not a whole number",
        "`0x1d` in column `value` is not a whole number", "`1e3` in column `value` is not a whole number",
        "`-` in column `value` is not a whole number",
      ])
    #expect(load(.uint, ["-1"]).diagnostics.map(\.message) == ["`-1` in column `value` is out of range"])
  }

  @Test("doubles are the nearest to what is written")
  func doubles() {
    var random = SplitMix(state: 3)
    var texts = ["0.1", "-2.50", "1e22", "1E-7", ".5", "5.", "123456789012345678901234567890", "4.9e-324", "0.000"]
    for _ in 0..<500 {
      texts.append(
        "\(Double(bitPattern: random.next() & ~(0x7FF << 52) | UInt64.random(in: 960...1080, using: &random) << 52))")
      texts.append("\(Int.random(in: 0...99_999_999, using: &random)).\(Int.random(in: 0...9999, using: &random))")
    }
    #expect(
      values(.double, texts)
        == texts.map { "\(Double($0.hasPrefix(".") ? "0" + $0 : $0.hasSuffix(".") ? $0 + "0" : $0)!)" })
    #expect(
      load(.double, ["nan", "inf", "0x1p3", "1e400", "1e", "."]).diagnostics.map(\.code)
        == [.badNumber, .badNumber, .badNumber, .badNumber, .badNumber, .badNumber])
  }

  @Test("times are tried in the order of `times`, then as ISO 8601")
  func timestamps() {
    #expect(
      values(
        .timestamp,
        ["29/2/2016 01:16", "2016-02-29 01:16", "2016-02-29T01:16:00.5+08:00", "1456708560", " 2016-02-29T01:16:00Z "],
        times: ["d/M/yyyy H:mm", "unix"]) == [
          "2016-02-29T01:16:00Z", "2016-02-29T01:16:00Z", "2016-02-28T17:16:00.5Z", "2016-02-29T01:16:00Z",
          "2016-02-29T01:16:00Z",
        ])
    #expect(
      values(.timestamp, ["3/4/2016 10:00"], times: ["d/M/yyyy H:mm", "M/d/yyyy H:mm"]) == ["2016-04-03T10:00:00Z"])
    #expect(
      load(.timestamp, ["30/2/2016 01:16"], times: ["d/M/yyyy H:mm"]).told == [
        "things.csv:2:3 D4016 `30/2/2016 01:16` in column `value` is not a time | Thing.value wants a timestamp; tried `d/M/yyyy H:mm` and `iso`"
      ])
    #expect(
      load(.timestamp, ["2016-02-29"]).told == [
        "things.csv:2:3 D4016 `2016-02-29` in column `value` is a day without a time | Thing.value wants a timestamp; a day is never taken for its midnight: declare the field as `date`"
      ])
    #expect(
      load(.timestamp, ["2016-02-29T10:00", "2016-02-29T10:00Z"], zone: nil).diagnostics.map(\.message)
        == ["`2016-02-29T10:00` in column `value` has no zone"])
  }

  @Test("local times in a gap move forward, in a fold take the first, and both are counted and listed")
  func gapsAndFolds() throws {
    let berlin = try #require(Zone.named("Europe/Berlin"))
    let loaded = load(
      .timestamp,
      [
        "2026-03-29T01:59", "2026-03-29T02:30", "2026-03-29T03:00", "2026-10-25T02:30", "2026-10-25T03:00",
        "2026-10-25T02:30",
      ],
      zone: berlin)
    #expect(loaded.told == [])
    #expect(
      loaded.rows().map { $0[1] } == [
        "2026-03-29T00:59:00Z", "2026-03-29T01:30:00Z", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z",
        "2026-10-25T02:00:00Z", "2026-10-25T00:30:00Z",
      ])
    let source = try #require(loaded.report.sources.first)
    #expect((source.gapTimes, source.foldTimes) == (1, 2))
    #expect(source.movedTimes.map(\.line) == [3, 5, 7])
  }

  @Test("every local minute of a zone's year is the instant that the zone says")
  func agreesWithZone() throws {
    let zone = try #require(Zone.named("America/St_Johns"))
    var texts: [String] = []
    for day in 0..<366 {
      let date = try #require(CivilDate(year: 2006, month: 1, day: 1)?.addingDays(Int64(day)))
      for minute in [0, 1, 30, 61, 120, 1439] {
        let time = "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
        texts.append("\(date)T\(time)")
      }
    }
    guard case .success(let iso) = TimeFormat.compile("iso") else { return }
    let expected = texts.map { text -> String in
      guard case .local(let local) = iso.parse(text) else { return "?" }
      return zone.resolve(local).instant?.rfc3339() ?? "?"
    }
    #expect(values(.timestamp, texts, zone: zone) == expected)
  }

  @Test("days are dates, times are not")
  func dates() {
    #expect(values(.date, ["2026-10-09", "9/10/2026"], times: ["d/M/yyyy"]) == ["2026-10-09", "2026-10-09"])
    #expect(
      load(.date, ["2026-10-09T10:00", "2026-13-01"]).diagnostics.map(\.message) == [
        "`2026-10-09T10:00` in column `value` is a time, not a day alone",
        "`2026-13-01` in column `value` is not a day",
      ])
  }

  @Test("durations are written as in Docket or as in CEL")
  func durations() {
    #expect(
      values(.duration, ["1h30m", "5400s", "1.5h", "2d", "-90s"]) == ["5400s", "5400s", "5400s", "172800s", "-90s"])
    #expect(load(.duration, ["90"]).diagnostics.map(\.code) == [.badDuration])
  }

  @Test("lists stand between `;` or `|`, or are JSON arrays")
  func lists() {
    #expect(
      values(.list(.string), ["a;b ; c", "a|b", "one", "[\"a\",\"b;\\u5ba2\\n\"]", "[]", "", ";;"])
        == ["[a,b,c]", "[a,b]", "[one]", "[a,b;客\n]", "[]", "—", "[]"])
    #expect(values(.list(.int), ["1;2", "[3, 4]"]) == ["[1,2]", "[3,4]"])
    #expect(load(.list(.int), ["1;x", "[1"]).diagnostics.map(\.code) == [.badNumber, .badList])
  }

  @Test("labels and names of an enum bind exactly; what differs is told with what was meant")
  func enums() {
    let fixture = DataFixture()
    let tier = fixture.enumeration("Tier", ("standard", ["标准"]), ("gold", ["Gold", "金牌"]))
    #expect(values(tier, ["gold", "Gold", "金牌", "标准"], fixture: fixture) == ["gold", "gold", "gold", "standard"])
    let other = DataFixture()
    let same = other.enumeration("Tier", ("standard", ["标准"]), ("gold", ["Gold", "金牌"]))
    #expect(
      load(same, ["Gold ", "platinum"], fixture: other).told == [
        "things.csv:2:3 D4020 `Gold ` in column `value` is no Tier | did you mean `gold`? | or say what it means: `accept value \"Gold \" as gold`, or `as absent`",
        "things.csv:3:3 D4020 `platinum` in column `value` is no Tier | the cases are `standard` and `gold` | or say that it means nothing: `accept value \"platinum\" as absent`",
      ])
    let lists = DataFixture()
    guard case .enumeration(let id) = lists.enumeration("Tier", ("standard", []), ("gold", [])) else { return }
    #expect(
      load(.list(.enumeration(id)), ["standard,gold", "standard;gould"], fixture: lists).told == [
        "things.csv:2:3 D4020 `standard,gold` in column `value` is no Tier | the cases are `standard` and `gold` | between the elements of a list stands `;` or `|`, as in `a;b`; or write a JSON array",
        "things.csv:3:3 D4020 `standard;gould` in column `value` is no Tier | did you mean `gold`?",
      ])
  }
}
