import DocketTime
import Testing

@Suite struct InstantTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0, 0),
      ("2009-02-13T23:31:30Z", 1_234_567_890, 0),
      ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
      ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999),
      ("1969-12-31T23:59:59.5Z", -1, 500_000_000),
      ("2000-02-29T12:00:00.000001Z", 951_825_600, 1000),
    ] as [(String, Int64, Int32)])
  func `an instant is read and printed as RFC 3339`(_ text: String, _ seconds: Int64, _ nanoseconds: Int32) throws {
    let instant = try utc(text)
    #expect(instant == Instant(seconds: seconds, nanoseconds: nanoseconds))
    #expect(instant.rfc3339() == text)
  }

  @Test(arguments: [
    ("2026-10-10T09:30:00+08:00", "2026-10-10T01:30:00Z"),
    ("2026-10-10T09:30:00.500-02:30", "2026-10-10T12:00:00.5Z"),
    ("2026-10-10T09:30:00-00:00", "2026-10-10T09:30:00Z"),
    ("0001-01-01T08:00:00+08:00", "0001-01-01T00:00:00Z"),
  ])
  func `an offset is taken into account`(_ text: String, _ expected: String) throws {
    #expect(try utc(text).rfc3339() == expected)
  }

  @Test(arguments: [
    "", "2026", "2026-10-10", "2026-10-10T09:30:00", "2026-10-10 09:30:00Z", "2026-10-10t09:30:00Z",
    "2026-10-10T09:30:00z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-04-31T00:00:00Z", "2026-10-10T24:00:00Z", "2026-10-10T09:60:00Z", "2026-12-31T23:59:60Z",
    "2026-10-10T09:30:00.Z", "2026-10-10T09:30:00.1234567890Z", "2026-10-10T09:30:00+8:00",
    "2026-10-10T09:30:00+08", "2026-10-10T09:30:00+24:00", "2026-10-10T09:30:00Zx", "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "２026-10-10T09:30:00Z",
  ])
  func `anything else is refused`(_ text: String) {
    #expect(Instant.parseRFC3339(text) == nil)
  }

  @Test func `sums are checked against the time line`() throws {
    #expect(Instant.maximum.adding(try span("1ns")) == nil)
    #expect(Instant.minimum.adding(try span("-1ns")) == nil)
    #expect(Instant.maximum.adding(.maximum) == nil)
    #expect(Instant.minimum.subtracting(TimeDuration.maximum) == nil)
    let sum = try utc("0001-01-01T00:00:01.000000001Z").adding(try span("-999999999ns"))
    #expect(sum == (try utc("0001-01-01T00:00:00.000000002Z")))
  }

  @Test func `a distance is exact, and a duration of the language only within 292 years`() throws {
    let whole = Instant.maximum.duration(since: .minimum)
    #expect(whole.seconds == 315_537_897_599)
    #expect(whole.nanoseconds == 999_999_999)
    #expect(Instant.maximum.subtracting(Instant.minimum) == nil)
    let distance: TimeDuration? = try utc("1970-01-01T00:00:00Z").subtracting(try utc("1970-01-01T00:00:00.25Z"))
    #expect(distance == (try span("-250ms")))
  }

  @Test func `instants print with an offset`() throws {
    let instant = try utc("2026-10-10T01:30:00Z")
    #expect(instant.rfc3339(offset: 28_800) == "2026-10-10T09:30:00+08:00")
    #expect(instant.rfc3339(offset: -9000) == "2026-10-09T23:00:00-02:30")
    #expect(Instant.minimum.rfc3339(offset: -3600) == "0000-12-31T23:00:00-01:00")
  }
}
