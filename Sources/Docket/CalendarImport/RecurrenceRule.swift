/// A rule of iCalendar by which an event comes back (RFC 5545, section 3.3.10), for events of whole days.

import DocketTime

struct RecurrenceRule {
  typealias Problem = ImportedCalendar.Problem

  private enum Frequency: String {
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"
  }

  /// More dates than anybody reviews.
  static let maximumCount = 10_000

  private var frequency = Frequency.yearly
  private var interval = 1
  private var count: Int?
  private(set) var until: CivilDate?
  private var months: [Int] = []
  private var weeks: [Int] = []
  private var yearDays: [Int] = []
  private var monthDays: [Int] = []
  /// The n-th such weekday of its month or year, from the end where n is negative; every one where there is no number.
  private var weekdays: [(weekday: Weekday, number: Int?)] = []
  private var positions: [Int] = []
  private var weekStart = Weekday.monday
  private let line: Int

  /// Whether the rule names its last date, or how many there are.
  var isEndless: Bool { count == nil && until == nil }

  /// `date` reads a date or time as the event's other lines are read.
  init(_ line: ICalendarLine, date: (String) throws(Problem) -> CivilDate) throws(Problem) {
    self.line = line.number
    var seen: Set<String> = []
    for part in line.value.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { throw Problem(line: line.number, message: "`\(part)` of the RRULE has no value") }
      let (key, value) = (pair[0].uppercased(), pair[1].uppercased())
      guard seen.insert(key).inserted else {
        throw Problem(line: line.number, message: "the RRULE has \(key) twice")
      }
      try take(key, value, date)
    }
    guard seen.contains("FREQ") else { throw Problem(line: line.number, message: "the RRULE has no FREQ") }
    if count != nil, until != nil {
      throw Problem(line: line.number, message: "the RRULE has both COUNT and UNTIL: one of them ends it")
    }
    try checkParts()
  }

  private mutating func take(
    _ key: String, _ value: String, _ date: (String) throws(Problem) -> CivilDate
  ) throws(Problem) {
    switch key {
    case "FREQ":
      guard let frequency = Frequency(rawValue: value) else {
        throw unsupported("FREQ=\(value)", "days come back DAILY, WEEKLY, MONTHLY or YEARLY")
      }
      self.frequency = frequency
    case "INTERVAL": interval = try number(value, 1...1000, key)
    case "COUNT": count = try number(value, 1...Self.maximumCount, key)
    case "UNTIL": until = try date(value)
    case "BYMONTH": months = try numbers(value, 1...12, key)
    case "BYWEEKNO": weeks = try numbers(value, -53...53, key)
    case "BYYEARDAY": yearDays = try numbers(value, -366...366, key)
    case "BYMONTHDAY": monthDays = try numbers(value, -31...31, key)
    case "BYSETPOS": positions = try numbers(value, -366...366, key)
    case "WKST": weekStart = try weekday(value, key)
    case "BYDAY":
      for text in value.split(separator: ",", omittingEmptySubsequences: false) {
        let day = try weekday(String(text.suffix(2)), key)
        let digits = String(text.dropLast(2))
        weekdays.append((day, digits.isEmpty ? nil : try number(digits, -53...53, key)))
      }
    default: throw unsupported(key, "events of whole days come back by days, weeks, months and years")
    }
  }

  /// Parts that do not go together are refused: what they would mean is not defined.
  private func checkParts() throws(Problem) {
    let isNumbered = weekdays.contains { $0.number != nil }
    if isNumbered, frequency == .daily || frequency == .weekly {
      throw unsupported("a numbered BYDAY and FREQ=\(frequency.rawValue)", "a number counts in a month or a year")
    }
    if isNumbered, !weeks.isEmpty {
      throw unsupported("a numbered BYDAY and BYWEEKNO", "a week has each weekday once")
    }
    if !weeks.isEmpty, frequency != .yearly {
      throw unsupported("BYWEEKNO and FREQ=\(frequency.rawValue)", "weeks are numbered in a year")
    }
    if !yearDays.isEmpty, frequency != .yearly {
      throw unsupported("BYYEARDAY and FREQ=\(frequency.rawValue)", "it counts in a year")
    }
    if !monthDays.isEmpty, frequency == .weekly {
      throw unsupported("BYMONTHDAY and FREQ=WEEKLY", "it counts in a month or a year")
    }
    if !positions.isEmpty, months.isEmpty, weeks.isEmpty, yearDays.isEmpty, monthDays.isEmpty, weekdays.isEmpty {
      throw unsupported("BYSETPOS alone", "it chooses among the days that another part names")
    }
  }

  // MARK: - Values

  private func unsupported(_ what: String, _ why: String) -> Problem {
    Problem(line: line, message: "an RRULE with \(what) is not understood: \(why)")
  }

  private func number(_ text: String, _ range: ClosedRange<Int>, _ key: String) throws(Problem) -> Int {
    guard let number = Int(text), range.contains(number), number != 0 else {
      throw Problem(line: line, message: "`\(text)` does not fit \(key) of the RRULE")
    }
    return number
  }

  private func numbers(_ text: String, _ range: ClosedRange<Int>, _ key: String) throws(Problem) -> [Int] {
    var found: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      found.append(try number(String(part), range, key))
    }
    return found
  }

  private func weekday(_ text: String, _ key: String) throws(Problem) -> Weekday {
    let names: [String: Weekday] = [
      "MO": .monday, "TU": .tuesday, "WE": .wednesday, "TH": .thursday, "FR": .friday, "SA": .saturday, "SU": .sunday,
    ]
    guard let weekday = names[text] else {
      throw Problem(line: line, message: "`\(text)` is no weekday for \(key) of the RRULE: MO is one")
    }
    return weekday
  }

  // MARK: - Dates

  /// The dates from the event's first one on, which counts whether the rule names it or not, up to `horizon`; and whether
  /// a rule with an end goes on after that.
  func dates(from first: CivilDate, until horizon: CivilDate) throws(Problem) -> (dates: [CivilDate], isCut: Bool) {
    let last = until.map { min($0, horizon) } ?? horizon
    var dates: [CivilDate] = []
    if first <= last { dates.append(first) }
    var period = begin(of: first)
    while let current = period, current <= last, dates.count < count ?? .max {
      for date in chosen(in: current, first) where date > first && date <= last && dates.count < count ?? .max {
        dates.append(date)
      }
      guard dates.count <= Self.maximumCount else {
        throw Problem(
          line: line, message: "the RRULE names more than \(Self.maximumCount) days: say with --until where to end")
      }
      period = next(current)
    }
    return (dates, until.map { $0 > horizon } ?? count.map { dates.count < $0 } ?? false)
  }

  /// Whether the rule itself names the event's first date.
  func names(_ first: CivilDate) -> Bool { begin(of: first).map { chosen(in: $0, first).contains(first) } ?? false }

  private func begin(of date: CivilDate) -> CivilDate? {
    let (year, month, _) = date.parts
    return switch frequency {
    case .daily: date
    case .weekly: date.addingDays(-Int64(place(of: date.weekday)))
    case .monthly: CivilDate(year: year, month: month, day: 1)
    case .yearly: CivilDate(year: year, month: 1, day: 1)
    }
  }

  private func next(_ period: CivilDate) -> CivilDate? {
    let (year, month, _) = period.parts
    switch frequency {
    case .daily: return period.addingDays(Int64(interval))
    case .weekly: return period.addingDays(7 * Int64(interval))
    case .monthly:
      let months = month - 1 + interval
      return CivilDate(year: year + months / 12, month: months % 12 + 1, day: 1)
    case .yearly: return CivilDate(year: year + interval, month: 1, day: 1)
    }
  }

  /// The dates of a period that all parts name, in order.
  private func chosen(in period: CivilDate, _ first: CivilDate) -> [CivilDate] {
    let (year, month, _) = period.parts
    let length =
      switch frequency {
      case .daily: 1
      case .weekly: 7
      case .monthly: CivilDate.daysInMonth(month, year: year)
      case .yearly: Self.daysInYear(year)
      }
    let named = (0..<length).compactMap { period.addingDays(Int64($0)) }.filter { isNamed($0, first) }
    guard !positions.isEmpty else { return named }
    return named.enumerated().filter {
      positions.contains($0.offset + 1) || positions.contains($0.offset - named.count)
    }
    .map(\.element)
  }

  private func isNamed(_ date: CivilDate, _ first: CivilDate) -> Bool {
    let (year, month, day) = date.parts
    if !months.isEmpty, !months.contains(month) { return false }
    if !weeks.isEmpty {
      let (week, count) = weekNumber(date)
      guard weeks.contains(week) || weeks.contains(week - count - 1) else { return false }
    }
    let length = CivilDate.daysInMonth(month, year: year)
    if !yearDays.isEmpty {
      let yearDay = Self.dayOfYear(date)
      guard yearDays.contains(yearDay) || yearDays.contains(yearDay - Self.daysInYear(year) - 1) else { return false }
    }
    if !monthDays.isEmpty {
      guard monthDays.contains(day) || monthDays.contains(day - length - 1) else { return false }
    }
    if !weekdays.isEmpty { return weekdays.contains { isNamed(date, $0.weekday, $0.number) } }
    // What no part says is as on the first date.
    switch frequency {
    case .daily: return true
    case .weekly: return date.weekday == first.weekday
    case .monthly: return !monthDays.isEmpty || day == first.parts.day
    case .yearly:
      if !yearDays.isEmpty || !monthDays.isEmpty { return true }
      if !weeks.isEmpty { return date.weekday == first.weekday }
      return day == first.parts.day && (!months.isEmpty || month == first.parts.month)
    }
  }

  /// A number counts in the month; in the year where the rule is one of years and names no months.
  private func isNamed(_ date: CivilDate, _ weekday: Weekday, _ number: Int?) -> Bool {
    guard date.weekday == weekday else { return false }
    guard let number else { return true }
    let (year, month, day) = date.parts
    let isOfYear = frequency == .yearly && months.isEmpty
    let place = isOfYear ? Self.dayOfYear(date) : day
    let length = isOfYear ? Self.daysInYear(year) : CivilDate.daysInMonth(month, year: year)
    return number == (place - 1) / 7 + 1 || number == -((length - place) / 7 + 1)
  }

  // MARK: - Weeks

  /// Days since the week began.
  private func place(of weekday: Weekday) -> Int {
    (Int(weekday.rawValue) - Int(weekStart.rawValue) + 7) % 7
  }

  /// The number of a date's week, and how many weeks its year has: week 1 is the first with four days in the year.
  private func weekNumber(_ date: CivilDate) -> (week: Int, count: Int) {
    let year = date.parts.year
    for candidate in [year + 1, year, year - 1] {
      guard let begin = firstWeek(of: candidate), begin <= date else { continue }
      let count = firstWeek(of: candidate + 1).map { Int($0.days(since: begin)) / 7 } ?? 52
      return (Int(date.days(since: begin)) / 7 + 1, count)
    }
    return (0, 0)
  }

  private func firstWeek(of year: Int) -> CivilDate? {
    guard let fourth = CivilDate(year: year, month: 1, day: 4) else { return nil }
    return fourth.addingDays(-Int64(place(of: fourth.weekday)))
  }

  private static func daysInYear(_ year: Int) -> Int { 337 + CivilDate.daysInMonth(2, year: year) }

  private static func dayOfYear(_ date: CivilDate) -> Int {
    guard let first = CivilDate(year: date.parts.year, month: 1, day: 1) else { return 0 }
    return Int(date.days(since: first)) + 1
  }
}
