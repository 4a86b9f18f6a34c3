/// Whole working days: a workday is a local date on which a window starts.

extension BusinessCalendar {
  public func isWorkday(_ date: CivilDate) -> Bool { !hours.windows(on: date).isEmpty }

  public func isWorkday(_ instant: Instant) -> Bool { isWorkday(zone.localDate(instant)) }

  /// Whether the holidays of this instant's day are not known yet.
  public func isProvisional(_ instant: Instant) -> Bool {
    definition.knownUntil.map { zone.localDate(instant) > $0 } ?? false
  }

  /// Rolls to a workday keeping the local time, then goes `count` workdays on; 0 only rolls. With a negative count it
  /// rolls back and goes back. `nil` outside the time line.
  public func addWorkdays(_ instant: Instant, _ count: Int64) -> Instant? {
    zone.moving(instant) { workday($0, count) }
  }

  /// The workday `count` workdays after `date`, which is first rolled to a workday.
  public func workday(_ date: CivilDate, _ count: Int64) -> CivilDate? {
    // There are fewer days than this; a loop over more would only be slow.
    guard count > -4_000_000, count < 4_000_000 else { return nil }
    let step: Int64 = count < 0 ? -1 : 1
    var day = date
    var left = count.magnitude
    while true {
      if isWorkday(day) {
        if left == 0 { return day }
        left -= 1
      }
      guard let next = day.addingDays(step) else { return nil }
      day = next
    }
  }

  /// Closing time of the `count`-th workday after the day of `instant`; 0 is that day itself, rolled to a workday. The
  /// closing is the end of the day's last window, also when that lies past midnight.
  public func closing(_ instant: Instant, _ count: Int64) -> Instant? {
    guard count >= 0 else { return nil }
    let today = zone.localDate(instant)
    // From a day off, the first workday after it is the next one: rolling has counted it already.
    let isRolled = count > 0 && !isWorkday(today)
    guard let day = workday(today, isRolled ? count - 1 : count) else { return nil }
    return closing(of: day)
  }

  /// The end of the last window that starts on `date`; `nil` when none does.
  public func closing(of date: CivilDate) -> Instant? {
    guard let end = hours.windows(on: date).last?.end else { return nil }
    let day = CivilDate(uncheckedDays: date.daysSinceEpoch + end / 86_400)
    switch zone.resolve(CivilDateTime(date: day, uncheckedSecond: end % 86_400, nanoseconds: 0)) {
    case .unique(let instant):
      return instant
    case .gap(let before, _):
      // The window was still open when the clock jumped over its end.
      return zone.nextTransition(after: before)
    case .fold(let first, let second):
      // Open until the later one, unless the clock only fell back onto the end itself.
      return Instant(seconds: second.seconds - 1).map(isOpen) ?? false ? second : first
    case .outOfRange:
      return nil
    }
  }

  /// The instant at `secondOfDay` (0 ... 86 400) on the local date of `instant`: forward out of a gap, the first of a fold.
  public func at(_ instant: Instant, secondOfDay: Int32) -> Instant? {
    guard secondOfDay >= 0, secondOfDay <= 86_400 else { return nil }
    let day = CivilDate(uncheckedDays: zone.localDate(instant).daysSinceEpoch + secondOfDay / 86_400)
    return zone.resolve(CivilDateTime(date: day, uncheckedSecond: secondOfDay % 86_400, nanoseconds: 0)).instant
  }

  /// The same with a text such as `08:30`; `nil` when it is not a time of day.
  public func at(_ instant: Instant, _ time: some StringProtocol) -> Instant? {
    TimeOfDay.parse(time).flatMap { at(instant, secondOfDay: $0) }
  }
}
