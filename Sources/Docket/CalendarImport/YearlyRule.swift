/// A rule of iCalendar by which a holiday comes back every year: on its date, or on a weekday of a month such as the
/// fourth Thursday of November.

import DocketTime

struct YearlyRule {
  typealias Problem = ImportedCalendar.Problem

  private var interval = 1
  private var count: Int?
  private var until: CivilDate?
  private var months: [Int] = []
  private var days: [Int] = []
  /// The n-th weekday of the month, from its end where n is negative.
  private var weekdays: [(weekday: Weekday, number: Int)] = []

  init(_ line: ICalendarLine) throws(Problem) {
    func unsupported(_ what: String) -> Problem {
      Problem(
        line: line.number,
        message:
          "RRULE with \(what) is not supported: write the days as events of their own, or FREQ=YEARLY with BYMONTH, BYMONTHDAY or BYDAY=4TH"
      )
    }
    var isYearly = false
    for part in line.value.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { throw Problem(line: line.number, message: "`\(part)` of the RRULE has no value") }
      let (key, value) = (pair[0].uppercased(), pair[1].uppercased())
      func numbers(_ range: ClosedRange<Int>) throws(Problem) -> [Int] {
        var found: [Int] = []
        for text in value.split(separator: ",") {
          guard let number = Int(text), range.contains(number), number != 0 else {
            throw Problem(line: line.number, message: "`\(text)` does not fit \(key) of the RRULE")
          }
          found.append(number)
        }
        return found
      }
      switch key {
      case "FREQ":
        guard value == "YEARLY" else { throw unsupported("FREQ=\(value)") }
        isYearly = true
      case "INTERVAL": interval = try numbers(1...1000).first ?? 1
      case "COUNT": count = try numbers(1...10_000).first
      case "UNTIL":
        guard let date = ICalendarReader.date(Array(value.utf8).prefix(8)) else {
          throw Problem(line: line.number, message: "`\(value)` is no date for UNTIL of the RRULE")
        }
        until = date
      case "BYMONTH": months = try numbers(1...12)
      case "BYMONTHDAY": days = try numbers(-31...31)
      case "BYDAY":
        for text in value.split(separator: ",") {
          let names = [
            "MO": Weekday.monday, "TU": .tuesday, "WE": .wednesday, "TH": .thursday, "FR": .friday,
            "SA": .saturday, "SU": .sunday,
          ]
          guard let weekday = names[String(text.suffix(2))], let number = Int(text.dropLast(2)), number != 0,
            (-5...5).contains(number)
          else { throw unsupported("BYDAY=\(text)") }
          weekdays.append((weekday, number))
        }
      case "WKST": break
      default: throw unsupported(key)
      }
    }
    guard isYearly else { throw unsupported("no FREQ") }
    if !weekdays.isEmpty, months.isEmpty { throw unsupported("BYDAY but no BYMONTH") }
    if !weekdays.isEmpty, !days.isEmpty { throw unsupported("both BYDAY and BYMONTHDAY") }
  }

  /// The dates from the first one on; a rule without an end goes on to the end of the year `latest`.
  func dates(from first: CivilDate, until latest: Int) -> [CivilDate] {
    var dates: [CivilDate] = []
    var year = first.parts.year
    let lastYear = until?.parts.year ?? (count == nil ? max(latest, year) : 9999)
    while year <= min(lastYear, 9999), dates.count < min(count ?? 10_000, 10_000) {
      for date in self.dates(in: year, first).sorted() where date >= first && (until.map { date <= $0 } ?? true) {
        if let count, dates.count == count { break }
        dates.append(date)
      }
      year += interval
    }
    return dates
  }

  private func dates(in year: Int, _ first: CivilDate) -> [CivilDate] {
    let months = self.months.isEmpty ? [first.parts.month] : self.months
    return months.flatMap { month -> [CivilDate] in
      let length = CivilDate.daysInMonth(month, year: year)
      guard weekdays.isEmpty else {
        return weekdays.compactMap { weekday, number in
          let all = (1...length).compactMap { CivilDate(year: year, month: month, day: $0) }
            .filter { $0.weekday == weekday }
          let index = number > 0 ? number - 1 : all.count + number
          return all.indices.contains(index) ? all[index] : nil
        }
      }
      return (days.isEmpty ? [first.parts.day] : days).compactMap { day in
        // The 29th of February comes in leap years only.
        CivilDate(year: year, month: month, day: day > 0 ? day : length + 1 + day)
      }
    }
  }
}
