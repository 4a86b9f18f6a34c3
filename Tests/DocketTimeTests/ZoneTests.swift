import DocketTime
import Glibc
import Testing

@Suite(.serialized) struct ZoneTests {
  @Test(arguments: [
    "Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo",
    "Africa/Casablanca", "Europe/Dublin", "America/Nuuk", "Pacific/Apia", "Asia/Tehran", "Asia/Gaza",
    "America/St_Johns", "Antarctica/Troll", "Pacific/Chatham", "Asia/Kathmandu", "Etc/GMT+8", "Africa/Cairo",
  ])
  func `offsets agree with the C library`(_ name: String) throws {
    let zone = try zone(name)
    var cursor = ZoneCursor(zone)
    setenv("TZ", name, 1)
    tzset()
    defer {
      unsetenv("TZ")
      tzset()
    }
    var random = SeededGenerator(3)
    var different: [Int64] = []
    for number in 0..<(caseCount * 20) {
      // Half of the cases in this and the last century, half over the time line.
      let range = number % 2 == 0 ? -3_000_000_000...5_000_000_000 : Instant.minimumSeconds...Instant.maximumSeconds
      let seconds = Int64.random(in: range, using: &random)
      var time = time_t(seconds)
      var parts = tm()
      localtime_r(&time, &parts)
      let offset = Int32(parts.tm_gmtoff)
      if zone.offset(atSeconds: seconds) != offset || cursor.offset(atSeconds: seconds) != offset {
        different.append(seconds)
      }
    }
    #expect(different == [])
  }

  @Test func `transitions are where the offset changes`() throws {
    for name in ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"] {
      let zone = try zone(name)
      var here = Instant.minimum
      var count = 0
      while let next = zone.nextTransition(after: here), count < 2000 {
        let before = zone.offset(atSeconds: next.seconds - 1)
        #expect(before != zone.offset(at: next))
        #expect(before == zone.offset(at: here))
        here = next
        count += 1
      }
      #expect(count > 20)
    }
    #expect(try zone("Asia/Shanghai").nextTransition(after: utc("2000-01-01T00:00:00Z")) == nil)
    #expect(
      try zone("America/New_York").nextTransition(after: utc("9998-12-01T00:00:00Z"))
        == utc("9999-03-14T07:00:00Z"))
  }

  @Test func `a gap moves forward or back, a fold happens twice`() throws {
    let zone = try zone("America/New_York")
    func local(_ date: String, _ hour: Int, _ minute: Int) throws -> CivilDateTime {
      try #require(CivilDateTime(date: try day(date), hour: hour, minute: minute))
    }
    #expect(
      zone.resolve(try local("2026-03-08", 2, 30))
        == .gap(before: try utc("2026-03-08T06:30:00Z"), after: try utc("2026-03-08T07:30:00Z")))
    #expect(zone.resolve(try local("2026-03-08", 3, 0)) == .unique(try utc("2026-03-08T07:00:00Z")))
    #expect(zone.resolve(try local("2026-03-08", 1, 59)) == .unique(try utc("2026-03-08T06:59:00Z")))
    #expect(
      zone.resolve(try local("2026-11-01", 1, 0))
        == .fold(first: try utc("2026-11-01T05:00:00Z"), second: try utc("2026-11-01T06:00:00Z")))
    #expect(zone.resolve(try local("2026-11-01", 2, 0)) == .unique(try utc("2026-11-01T07:00:00Z")))
    #expect(zone.resolve(try local("9999-12-31", 23, 0)) == .outOfRange)
    #expect(try Zone.utc.resolve(local("9999-12-31", 23, 0)) == .unique(try utc("9999-12-31T23:00:00Z")))
  }

  @Test func `local time and its resolution are inverse`() throws {
    var random = SeededGenerator(5)
    for name in ["America/New_York", "Asia/Shanghai", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo"] {
      let zone = try zone(name)
      for _ in 0..<caseCount {
        let seconds = Int64.random(in: -62_135_000_000...253_402_000_000, using: &random)
        let instant = Instant(uncheckedSeconds: seconds, nanoseconds: 5)
        switch zone.resolve(zone.local(instant)) {
        case .unique(let found): #expect(found == instant)
        case .fold(let first, let second): #expect(first == instant || second == instant)
        case .gap, .outOfRange: Issue.record("\(name) \(instant)")
        }
      }
    }
  }

  @Test func `a day begins at its first instant, also where midnight was skipped`() throws {
    #expect(
      try zone("America/Sao_Paulo").startOfDay(day("2018-11-04")) == utc("2018-11-04T03:00:00Z"))
    #expect(try zone("Pacific/Apia").startOfDay(day("2011-12-30")) == utc("2011-12-30T10:00:00Z"))
    #expect(try zone("Pacific/Apia").startOfDay(day("2011-12-31")) == utc("2011-12-30T10:00:00Z"))
    #expect(try zone("Asia/Shanghai").startOfDay(day("2026-10-10")) == utc("2026-10-09T16:00:00Z"))
  }

  @Test func `units begin and end in the zone`() throws {
    let zone = try zone("America/New_York")
    let instant = try utc("2026-11-01T12:00:00Z")
    #expect(zone.startOf(.day, instant) == (try utc("2026-11-01T04:00:00Z")))
    #expect(zone.endOf(.day, instant) == (try utc("2026-11-02T05:00:00Z")))
    #expect(zone.startOf(.week, instant) == (try utc("2026-10-26T04:00:00Z")))
    #expect(zone.startOf(.quarter, instant) == (try utc("2026-10-01T04:00:00Z")))
    #expect(zone.endOf(.year, instant) == (try utc("2027-01-01T05:00:00Z")))
    #expect(zone.adding(days: 1, to: try utc("2026-10-31T12:00:00Z")) == (try utc("2026-11-01T13:00:00Z")))
    #expect(zone.adding(months: -1, to: try utc("2026-03-31T12:00:00Z")) == (try utc("2026-02-28T13:00:00Z")))
    #expect(zone.endOf(.day, .maximum) == nil)
    #expect(Zone.utc.endOf(.day, .maximum) == nil)
    #expect(zone.startOf(.day, .minimum) == nil)
  }

  @Test(
    arguments: [
      ("UTC", 0), ("+08:00", 28_800), ("-02:30", -9000), ("-00:00", 0), ("02:00", 7200), ("+23:59", 86_340),
    ] as [(String, Int32)])
  func `fixed offsets need no file`(_ name: String, _ offset: Int32) throws {
    #expect(try zone(name).offset(at: .maximum) == offset)
    #expect(try zone(name).isFixed)
  }

  @Test(arguments: [
    "", ".", "..", "../etc/passwd", "/etc/localtime", "Asia", "Asia/", "Asia//Shanghai", "asia/shanghai",
    "Asia/Nowhere", "zone1970.tab", "leapseconds", "right/Asia/Shanghai", "posixrules", "localtime", "+24:00",
    "+8:00", "Asia/Shanghai\0", "Asia/../Asia/Shanghai", "上海",
  ])
  func `other names are no zones`(_ name: String) {
    #expect(Zone.named(name) == nil)
  }

  @Test func `a zone is loaded once and lists its names`() throws {
    #expect(try zone("Asia/Shanghai") === zone("Asia/Shanghai"))
    #expect(Zone.allNames().contains("Asia/Shanghai"))
    #expect(Zone.allNames().filter { Zone.named($0) == nil } == [])
    #expect(try zone("America/New_York").abbreviation(at: utc("2026-07-01T00:00:00Z")) == "EDT")
    #expect(try zone("America/New_York").isDaylightTime(at: utc("3026-07-01T00:00:00Z")))
    #expect(Zone.offsetText(-12_600) == "-03:30")
  }
}
