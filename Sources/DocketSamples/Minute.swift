/// An instant of an export that knows no seconds and no zones: minutes since 1970-01-01 00:00, UTC.
struct Minute: Comparable, Hashable {
  static let perDay = 24 * 60

  var count: Int

  init(count: Int) { self.count = count }

  init(year: Int, month: Int, day: Int) {
    count = daysFromCivil(year: year, month: month, day: day) * Minute.perDay
  }

  static func < (a: Minute, b: Minute) -> Bool { a.count < b.count }
  static func + (a: Minute, minutes: Int) -> Minute { Minute(count: a.count + minutes) }

  /// 0 is Monday. 1970-01-01 was a Thursday.
  var weekday: Int { (count / Minute.perDay + 3) % 7 }

  /// `5/3/2016 01:06`: day and month are not padded, hours and minutes are.
  var dayFirst: String {
    let (year, month, day) = civilFromDays(count / Minute.perDay)
    let minutes = count % Minute.perDay
    return "\(day)/\(month)/\(year) \(padded(minutes / 60)):\(padded(minutes % 60))"
  }

  /// `2026-07-01T09:30`
  var iso: String {
    let minutes = count % Minute.perDay
    return "\(isoDay)T\(padded(minutes / 60)):\(padded(minutes % 60))"
  }

  /// `2026-07-01`
  var isoDay: String {
    let (year, month, day) = civilFromDays(count / Minute.perDay)
    return "\(year)-\(padded(month))-\(padded(day))"
  }

  /// Minutes from Monday to Friday, around the clock, between two instants.
  static func onWeekdays(from a: Minute, to b: Minute) -> Int {
    max(0, weekdayMinutesSinceMonday(b) - weekdayMinutesSinceMonday(a))
  }
}

private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// Counted from Monday 1970-01-05.
private func weekdayMinutesSinceMonday(_ t: Minute) -> Int {
  let (weeks, rest) = (t.count - 4 * Minute.perDay).quotientAndRemainder(dividingBy: 7 * Minute.perDay)
  return weeks * 5 * Minute.perDay + min(rest, 5 * Minute.perDay)
}

// Howard Hinnant, "chrono-compatible low-level date algorithms", for years after 0.

private func daysFromCivil(year: Int, month: Int, day: Int) -> Int {
  let y = month <= 2 ? year - 1 : year
  let era = y / 400
  let yearOfEra = y - era * 400
  let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

private func civilFromDays(_ days: Int) -> (year: Int, month: Int, day: Int) {
  let z = days + 719_468
  let era = z / 146_097
  let dayOfEra = z - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
}
