/// Days, weeks, ... of a zone as stretches of the time line: from `start` on, up to but not including `end`.

extension Zone {
  /// The first instant whose local date is `date` or, where the clock skipped that whole day, later; `nil` outside the
  /// time line.
  public func startOfDay(_ date: CivilDate) -> Instant? {
    switch resolve(CivilDateTime(date: date, uncheckedSecond: 0, nanoseconds: 0)) {
    case .unique(let instant): instant
    case .fold(let first, _): first
    // Midnight was jumped over: the day begins at the jump.
    case .gap(let before, _): nextTransition(after: before)
    case .outOfRange: nil
    }
  }

  /// The period of the civil calendar that holds `instant` in this zone.
  public func period(_ unit: CalendarUnit, _ instant: Instant) -> Period {
    Period(unit, containing: localDate(instant))
  }

  public func start(of period: Period) -> Instant? { startOfDay(period.start) }

  /// The first instant after the period.
  public func end(of period: Period) -> Instant? { startOfDay(period.end) }

  /// The language's `start_of(unit, t)`.
  public func startOf(_ unit: CalendarUnit, _ instant: Instant) -> Instant? { start(of: period(unit, instant)) }

  /// The language's `end_of(unit, t)`: the first instant of the next day, week, ...
  public func endOf(_ unit: CalendarUnit, _ instant: Instant) -> Instant? { end(of: period(unit, instant)) }

  /// The same local time `count` days later: a day across a change of the clock has 23 or 25 hours.
  public func adding(days count: Int64, to instant: Instant) -> Instant? {
    moving(instant) { $0.addingDays(count) }
  }

  /// The same local time `count` months later, clamped to the end of the month.
  public func adding(months count: Int64, to instant: Instant) -> Instant? {
    moving(instant) { $0.addingMonths(count) }
  }

  func moving(_ instant: Instant, _ move: (CivilDate) -> CivilDate?) -> Instant? {
    let local = local(instant)
    guard let date = move(local.date) else { return nil }
    // The second occurrence of a folded time stays where it is.
    if date == local.date { return instant }
    return resolve(CivilDateTime(date: date, uncheckedSecond: local.secondOfDay, nanoseconds: local.nanoseconds))
      .instant
  }
}
