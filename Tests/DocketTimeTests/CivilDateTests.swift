import DocketTime
import Testing

@Suite struct CivilDateTests {
  @Test func `every day of ten thousand years is its own inverse`() {
    var date = CivilDate.minimum
    var (year, month, day, weekday) = (1, 1, 1, Weekday.monday)
    var mismatches = 0
    while true {
      let parts = date.parts
      if parts != (year, month, day) || date.weekday != weekday
        || CivilDate(year: year, month: month, day: day) != date
      {
        mismatches += 1
      }
      guard let next = date.addingDays(1) else { break }
      date = next
      weekday = weekday.next
      day += 1
      if day > CivilDate.daysInMonth(month, year: year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect(mismatches == 0)
    #expect(date == .maximum)
    #expect((year, month, day) == (9999, 12, 31))
  }

  @Test(arguments: [
    ("2026-10-09", 2026, 41), ("2025-12-29", 2026, 1), ("2027-01-01", 2026, 53), ("2024-12-30", 2025, 1),
    ("2021-01-03", 2020, 53), ("0001-01-01", 1, 1), ("9999-12-31", 9999, 52), ("2005-01-01", 2004, 53),
  ])
  func `weeks are those of ISO 8601`(_ text: String, _ year: Int, _ week: Int) throws {
    #expect(try day(text).isoWeek == (year, week))
  }

  @Test(
    arguments: [
      ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
      ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"), ("2024-02-29", 12, "2025-02-28"),
      ("2024-02-29", -48, "2020-02-29"), ("2026-10-31", 0, "2026-10-31"),
    ] as [(String, Int64, String)])
  func `months are clamped to their end`(_ text: String, _ count: Int64, _ expected: String) throws {
    #expect(try day(text).addingMonths(count)?.description == expected)
  }

  @Test func `sums are checked`() {
    #expect(CivilDate.maximum.addingDays(1) == nil)
    #expect(CivilDate.minimum.addingDays(-1) == nil)
    #expect(CivilDate.epoch.addingDays(.max) == nil)
    #expect(CivilDate.maximum.addingMonths(1) == nil)
    #expect(CivilDate.minimum.addingMonths(-1) == nil)
    #expect(CivilDate.epoch.addingMonths(.min) == nil)
    #expect(CivilDate(year: 2026, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 0, month: 1, day: 1) == nil)
    #expect(CivilDate(year: .max, month: .min, day: 1) == nil)
  }

  @Test(arguments: ["2026-1-01", "2026-01-1", "26-01-01", "2026-02-30", "2026-01-01 ", "", "2026/01/01", "-026-01-01"])
  func `a date has fixed widths`(_ text: String) {
    #expect(CivilDate.parse(text) == nil)
  }

  @Test(arguments: [
    (CalendarUnit.day, "2026-10-09", "2026-10-10"), (.week, "2026-W41", "2026-W42"), (.month, "2026-10", "2026-11"),
    (.quarter, "2026-Q4", "2027-Q1"), (.year, "2026", "2027"),
  ])
  func `a period has a label and neighbours`(_ unit: CalendarUnit, _ label: String, _ next: String) throws {
    let period = Period(unit, containing: try day("2026-10-09"))
    #expect(period.description == label)
    #expect(period.next?.description == next)
    #expect(period.next?.previous == period)
    #expect(period.contains(try day("2026-10-09")))
    #expect(Period(unit, containing: .maximum).next == nil)
    #expect(Period(unit, containing: .minimum).previous == nil)
  }

  @Test func `a period is the same for all its days`() {
    var random = SeededGenerator(11)
    for _ in 0..<caseCount {
      let date = CivilDate(daysSinceEpoch: Int64.random(in: -719_000...2_932_000, using: &random)) ?? .epoch
      for unit in CalendarUnit.allCases {
        let period = Period(unit, containing: date)
        #expect(period.start <= date && date < period.end)
        #expect(Period(unit, containing: period.start) == period)
        #expect(Period(unit, containing: CivilDate(uncheckedDays: period.end.daysSinceEpoch - 1)) == period)
      }
    }
  }
}
