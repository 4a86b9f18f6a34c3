import Testing

@testable import DocketTime

@Suite struct PosixRuleTests {
  private func parse(_ text: String) -> PosixRule? {
    Array(text.utf8).withUnsafeBufferPointer { PosixRule.parse($0) }
  }

  private func transitions(_ text: String, _ year: Int) throws -> [String] {
    try #require(parse(text)).transitions(in: year).map {
      "\(Instant(uncheckedSeconds: $0.0)) \(Zone.offsetText($0.1.offset))"
    }
  }

  @Test func `a footer without daylight time is one offset`() throws {
    #expect(try #require(parse("<+03>-3")).standard.offset == 10_800)
    #expect(try #require(parse("<+0330>-3:30")).standard.offset == 12_600)
    #expect(try #require(parse("CST-8")).standard.abbreviation == "CST")
    #expect(try transitions("CST-8", 2026) == [])
  }

  @Test func `the days of a footer are found in each form`() throws {
    #expect(
      try transitions("EST5EDT,M3.2.0,M11.1.0", 2026) == [
        "2026-03-08T07:00:00Z -04:00", "2026-11-01T06:00:00Z -05:00",
      ])
    #expect(
      try transitions("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026) == [
        "2026-03-29T01:00:00Z -01:00", "2026-10-25T01:00:00Z -02:00",
      ])
    #expect(
      try transitions("AAA0BBB,J60/0,J365/0", 2024) == ["2024-03-01T00:00:00Z +01:00", "2024-12-30T23:00:00Z +00:00"])
    #expect(
      try transitions("AAA0BBB,59/0,300/0", 2024) == ["2024-02-29T00:00:00Z +01:00", "2024-10-26T23:00:00Z +00:00"])
    #expect(
      try transitions("IST-2IDT,M3.4.4/50,M10.4.4/50", 2026) == [
        "2026-03-28T00:00:00Z +03:00", "2026-10-23T23:00:00Z +02:00",
      ])
  }

  @Test(arguments: [
    "", "A5", "EST", "EST5EDT,M3.2.0", "EST5EDT,M13.1.0,M1.1.0", "EST5EDT,M3.2.7,M1.1.0", "<+03-3", "EST25",
  ])
  func `a damaged footer is refused`(_ text: String) {
    #expect(parse(text) == nil)
  }

  @Test func `damaged zone files are no zones`() throws {
    let bytes = try #require(ZoneFiles.read("/usr/share/zoneinfo/America/New_York", limit: 1 << 20))
    #expect(TZif.parse(bytes, name: "x") != nil)
    for length in 0..<bytes.count - 1 {
      #expect(TZif.parse(Array(bytes[..<length]), name: "x")?.offset(at: .maximum) ?? 0 <= 0)
    }
    var random = SeededGenerator(9)
    for _ in 0..<caseCount {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      // Whatever it became, it must not trap.
      if let zone = TZif.parse(damaged, name: "x") {
        _ = zone.offset(at: .maximum)
        _ = zone.resolve(zone.local(.maximum))
        _ = zone.nextTransition(after: .minimum)
      }
    }
  }
}
