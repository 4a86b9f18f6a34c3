/// The arithmetic of one cycle: open, running time, and the instants at which it reaches an amount.

import DocketTime

/// The running stretches of a cycle on a calendar. All intervals are half-open.
struct ClockMeasure {
  private let calendar: BusinessCalendar
  /// The stretches between pauses; the last one is open unless the clock is paused.
  private let stretches: [(from: Instant, to: Instant?)]

  /// `end` closes the last stretch: a stop does not, since `due` asks how the clock would have gone on.
  init(start: Instant, pauses: [Clock.Pause], calendar: BusinessCalendar) {
    self.calendar = calendar
    var stretches: [(from: Instant, to: Instant?)] = []
    var from: Instant? = start
    for pause in pauses {
      if let begin = from, begin < pause.from || pause.from == start { stretches.append((begin, pause.from)) }
      from = pause.to
    }
    if let from { stretches.append((from, nil)) }
    self.stretches = stretches
  }

  /// The time that counts up to an instant.
  func elapsed(until end: Instant) -> TimeDuration {
    var total = TimeDuration.zero
    for stretch in stretches where stretch.from < end {
      let to = stretch.to.map { $0 < end ? $0 : end } ?? end
      total = total.adding(calendar.elapsed(from: stretch.from, to: to)) ?? .maximum
    }
    return total
  }

  /// The first instant with `elapsed >= amount`, and the infimum of those with `elapsed > amount`; `nil` where a pause is in the way.
  func reaching(_ amount: TimeDuration) -> (due: Instant?, breachFrom: Instant?) {
    var left = amount
    var due: Instant?
    for stretch in stretches {
      guard let to = stretch.to else {
        guard let deadline = calendar.add(stretch.from, left) else { return (due, nil) }
        // An amount that is used up already is due where the last stretch ended.
        return (due ?? deadline.due, deadline.breachFrom)
      }
      let length = calendar.elapsed(from: stretch.from, to: to)
      if left < length {
        let deadline = calendar.add(stretch.from, left)
        return (due ?? deadline?.due, deadline?.breachFrom)
      }
      if left == length, due == nil { due = calendar.add(stretch.from, left)?.due }
      left = left.subtracting(length) ?? .zero
    }
    return (due, nil)
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
