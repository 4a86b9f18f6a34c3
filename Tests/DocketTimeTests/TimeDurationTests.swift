import DocketTime
import Testing

@Suite struct TimeDurationTests {
  @Test(arguments: [
    ("0", "0s"), ("1h30m", "5400s"), ("-1.5h", "-5400s"), ("1us", "0.000001s"), ("1µs", "0.000001s"),
    ("1μs", "0.000001s"), ("1ns", "0.000000001s"), ("+5s", "5s"), (".5s", "0.5s"), ("1.s", "1s"), ("1h1h", "7200s"),
    ("1000000s", "1000000s"), ("100ms", "0.1s"), ("-0.25s", "-0.25s"), ("0.3333333333333333333h", "1199.999999999s"),
    ("9223372036.854775807s", "9223372036.854775807s"), ("-9223372036.854775807s", "-9223372036.854775807s"),
  ])
  func `a duration is read as in Go and printed as in CEL`(_ text: String, _ printed: String) throws {
    #expect(try span(text).celString() == printed)
  }

  @Test(arguments: [
    "", "-", "+", "1", "1.5", "s", ".s", "1x", "1 s", "1d", "1h ", "--1s", "1S", "1u", "1n", "320000000000s",
    "-320000000000s", "9223372036.854775808s", "99999999999999999999ns", "1e3s",
  ])
  func `other texts are no durations`(_ text: String) {
    #expect(TimeDuration.parseCEL(text) == nil)
  }

  @Test(arguments: [
    ("0s", "0s"), ("5400s", "1h 30m"), ("557400s", "154h 50m"), ("45s", "45s"), ("1250ms", "1s 250ms"),
    ("-2h", "-2h"), ("3600.000001s", "1h 1us"), ("-90.5s", "-1m 30s 500ms"), ("7ns", "7ns"), ("7200s", "2h"),
  ])
  func `people read hours and minutes`(_ text: String, _ printed: String) throws {
    #expect(try span(text).humanString() == printed)
  }

  @Test(arguments: [
    ("90s", "90s"), ("15m", "900s"), ("4h", "14400s"), ("1h30m", "5400s"), ("1.5h", "5400s"), ("2d", "172800s"),
    ("1w", "604800s"), ("250ms", "0.25s"), ("1w2d3h4m5s6ms7us8ns", "788645.006007008s"), ("0s", "0s"),
    ("0.5ms", "0.0005s"), ("106751d", "9223286400s"),
  ])
  func `a literal of the language is read`(_ text: String, _ printed: String) throws {
    #expect(try TimeDuration.parseLiteral(text).get().celString() == printed)
  }

  @Test(
    arguments: [
      ("", .missingNumber(offset: 0)), ("h", .missingNumber(offset: 0)), ("5", .missingUnit(offset: 1)),
      ("5min", .unknownUnit(offset: 1, length: 3)), ("1h30", .missingUnit(offset: 4)),
      ("30m1h", .unitsNotDescending(offset: 3)), ("1h1h", .unitsNotDescending(offset: 2)),
      ("1.5h30m", .fractionInSeveralParts(offset: 0)), ("1h30.5m", .fractionInSeveralParts(offset: 2)),
      ("1.h", .missingNumber(offset: 2)), ("0.5ns", .finerThanNanosecond), ("106752d", .outOfRange),
      ("99999999999999999999s", .outOfRange), ("1h ", .missingNumber(offset: 2)), ("-1h", .missingNumber(offset: 0)),
    ] as [(String, DurationLiteralProblem)])
  func `a bad literal says what is wrong and where`(_ text: String, _ problem: DurationLiteralProblem) {
    #expect(TimeDuration.parseLiteral(text) == .failure(problem))
  }

  @Test func `arithmetic is checked`() throws {
    let hour = try span("1h")
    #expect(hour.adding(try span("-90m")) == (try span("-30m")))
    #expect(hour.subtracting(try span("0.5s")) == (try span("3599.5s")))
    #expect(TimeDuration.maximum.adding(try span("1ns")) == nil)
    #expect(TimeDuration.minimum.subtracting(try span("1ns")) == nil)
    #expect(TimeDuration.minimum.negated == .maximum)
    #expect(hour.multiplied(by: 3 as Int64) == (try span("3h")))
    #expect(hour.multiplied(by: Int64.max) == nil)
    #expect(hour.multiplied(by: Int64.min) == nil)
    #expect(hour.multiplied(by: 1.5) == (try span("90m")))
    #expect(hour.multiplied(by: Double.nan) == nil)
    #expect(hour.multiplied(by: Double.infinity) == nil)
    #expect(hour.multiplied(by: 1e300) == nil)
    #expect(hour.divided(by: 0 as Int64) == nil)
    #expect(hour.divided(by: 7 as Int64)?.celString() == "514.285714285s")
    #expect(hour.divided(by: 0.0) == nil)
    #expect(hour.divided(by: 1.5) == (try span("40m")))
    #expect(hour.divided(by: Double.infinity) == .zero)
    #expect(hour.ratio(to: try span("15m")) == 4)
    #expect(hour.ratio(to: .zero) == nil)
    #expect(TimeDuration.minimum.divided(by: -1 as Int64) == .maximum)
    #expect(TimeDuration.maximum.multiplied(by: 1.0) == .maximum)
    #expect(TimeDuration(seconds: 1.5) == (try span("1500ms")))
    #expect(TimeDuration(seconds: Double.nan) == nil)
    #expect(TimeDuration(seconds: 1, nanoseconds: -1) == nil)
    #expect(TimeDuration(seconds: .min) == nil)
  }

  @Test func `negative durations sort before positive ones`() throws {
    let sorted = try ["-1h", "-1.5s", "-1s", "-1ns", "0s", "1ns", "1s", "1.5s"].map(span)
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test func `random sums agree with whole nanoseconds`() {
    var random = SeededGenerator(7)
    for _ in 0..<caseCount {
      let left = Int64.random(in: -4_000_000_000_000...4_000_000_000_000, using: &random)
      let right = Int64.random(in: -4_000_000_000_000...4_000_000_000_000, using: &random)
      let sum = TimeDuration(totalNanoseconds: left).adding(TimeDuration(totalNanoseconds: right))
      #expect(sum?.totalNanoseconds == left + right)
      #expect((TimeDuration(totalNanoseconds: left) < TimeDuration(totalNanoseconds: right)) == (left < right))
    }
  }
}
