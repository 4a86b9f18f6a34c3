/// The arithmetic of one cycle: open, running time, and the instants at which it reaches an amount.

import DocketTime

/// The running stretches of a cycle, each on the calendar of its time. All intervals are half-open.
struct ClockMeasure {
  /// A calendar and the instant from which on time counts by it.
  typealias Calendar = (from: Instant, calendar: BusinessCalendar)

  fileprivate struct Stretch {
    var from: Instant
    /// `nil` for the last one, which goes on.
    var to: Instant?
    var calendar: BusinessCalendar
  }

  /// Between pauses and changes of the calendar; the last one is open unless the clock is paused.
  private let first: Stretch?
  /// Apart, since most clocks have no more than one and need no array.
  private let later: [Stretch]

  /// Without pauses, and on one calendar.
  init(start: Instant, calendar: BusinessCalendar) {
    first = Stretch(from: start, to: nil, calendar: calendar)
    later = []
  }

  init(start: Instant, pauses: [Clock.Pause], calendar: BusinessCalendar) {
    if pauses.isEmpty {
      self.init(start: start, calendar: calendar)
    } else {
      self.init(start: start, pauses: pauses, calendars: [(start, calendar)])
    }
  }

  /// A stop does not end the last stretch, since `due` asks how the clock would have gone on. The first calendar counts
  /// from the start.
  init(start: Instant, pauses: [Clock.Pause], calendars: [Calendar]) {
    var stretches: [Stretch] = []
    func add(_ from: Instant, _ to: Instant?) {
      var here = from
      for (index, calendar) in calendars.enumerated() {
        let until = index + 1 < calendars.count ? calendars[index + 1].from : nil
        // The calendar's time is over before this stretch begins.
        if let until, until <= here { continue }
        guard let until, to.map({ until < $0 }) ?? true else {
          stretches.append(Stretch(from: here, to: to, calendar: calendar.calendar))
          return
        }
        stretches.append(Stretch(from: here, to: until, calendar: calendar.calendar))
        here = until
      }
    }
    var from: Instant? = start
    for pause in pauses {
      if let begin = from, begin < pause.from || pause.from == start { add(begin, pause.from) }
      from = pause.to
    }
    if let from { add(from, nil) }
    first = stretches.first
    later = Array(stretches.dropFirst())
  }

  /// The time that counts up to an instant.
  func elapsed(until end: Instant) -> TimeDuration {
    guard let first else { return .zero }
    var total = first.elapsed(until: end)
    if !total.isInRange { total = .maximum }
    for stretch in later where stretch.from < end {
      total = total.adding(stretch.elapsed(until: end)) ?? .maximum
    }
    return total
  }

  /// The first instant with `elapsed >= amount`, and the infimum of those with `elapsed > amount`; `nil` where a pause is in the way.
  func reaching(_ amount: TimeDuration) -> (due: Instant?, breachFrom: Instant?) {
    var left = amount
    var due: Instant?
    guard let first else { return (nil, nil) }
    if let found = first.reaching(&left, &due) { return found }
    for stretch in later {
      if let found = stretch.reaching(&left, &due) { return found }
    }
    return (due, nil)
  }
}

extension ClockMeasure.Stretch {
  /// The time that counts in it up to an instant.
  fileprivate func elapsed(until end: Instant) -> TimeDuration {
    guard from < end else { return .zero }
    return calendar.elapsed(from: from, to: to.map { $0 < end ? $0 : end } ?? end)
  }

  /// Where what is left of an amount is used up; `nil` where it is not in this stretch, with less left.
  fileprivate func reaching(_ left: inout TimeDuration, _ due: inout Instant?) -> (due: Instant?, breachFrom: Instant?)?
  {
    guard let to else {
      guard let deadline = calendar.add(from, left) else { return (due, nil) }
      // An amount that is used up already is due where the last stretch ended.
      return (due ?? deadline.due, deadline.breachFrom)
    }
    let length = calendar.elapsed(from: from, to: to)
    if left < length {
      let deadline = calendar.add(from, left)
      return (due ?? deadline?.due, deadline?.breachFrom)
    }
    if left == length, due == nil { due = calendar.add(from, left)?.due }
    left = left.subtracting(length) ?? .zero
    return nil
  }
}

extension TimeDuration {
  /// The share of a duration, exact and cut to the nanosecond: `numerator / 10^scale` of it.
  func share(numerator: Int64, scale: Int) -> TimeDuration {
    var divisor: Int128 = 1
    for _ in 0..<scale { divisor *= 10 }
    let total = Int128(seconds) * 1_000_000_000 + Int128(nanoseconds)
    let share = total * Int128(numerator) / divisor
    return Int64(exactly: share).map { TimeDuration(totalNanoseconds: $0) } ?? .maximum
  }
}
