/// What is wrong, or looks wrong, with a calendar's definition.
public enum CalendarProblem: Hashable, Sendable {
  /// No weekday has hours that are not closed for ever, and no open date has any.
  case neverOpens
  /// The window's end is not after its start.
  case windowEmpty(CalendarDay, OpenWindow)
  /// A window starts outside 00:00 ..< 24:00 or is longer than 24 hours.
  case timeOutOfRange(CalendarDay, OpenWindow)
  /// Two windows of one day share time, which is counted once.
  case windowOverlap(CalendarDay, OpenWindow, OpenWindow)
  /// A window goes on after midnight into one of the next day; what they share is counted once.
  case windowOverlapsNextDay(CalendarDay, OpenWindow, OpenWindow)
  /// A window ends at 23:59, so the last minute of the day is closed: `24:00` was probably meant.
  case lastMinuteClosed(CalendarDay, OpenWindow)
  /// The range's last day lies before its first.
  case rangeReversed(ClosedDates)
  /// The open date has no windows: what is meant is a closed date.
  case openDateWithoutHours(CivilDate)

  /// Whether the calendar cannot be used; the others are worth a warning.
  public var isFatal: Bool {
    switch self {
    case .neverOpens, .windowEmpty, .timeOutOfRange, .rangeReversed, .openDateWithoutHours: true
    case .windowOverlap, .windowOverlapsNextDay, .lastMinuteClosed: false
    }
  }
}

/// The day that a window belongs to.
public enum CalendarDay: Hashable, Sendable {
  case weekday(Weekday)
  case date(CivilDate)
}

// MARK: - Finding problems

extension CalendarDefinition {
  /// All problems, in the order of the week and then of the dates.
  public func problems() -> [CalendarProblem] {
    var problems: [CalendarProblem] = []
    for day in Weekday.allCases { check(weekly[day] ?? [], of: .weekday(day), &problems) }
    for day in Weekday.allCases {
      let next = Weekday(rawValue: day.rawValue % 7 + 1) ?? .monday
      guard let last = weekly[day]?.max(by: { $0.end < $1.end }), last.end > 86_400 else { continue }
      for window in weekly[next] ?? [] where window.start < last.end - 86_400 {
        problems.append(.windowOverlapsNextDay(.weekday(next), last, window))
      }
    }
    for range in closed where range.last < range.first { problems.append(.rangeReversed(range)) }
    for (date, windows) in openDates() {
      if windows.isEmpty { problems.append(.openDateWithoutHours(date)) }
      check(windows, of: .date(date), &problems)
    }
    if open.isEmpty, !opensWeekly { problems.append(.neverOpens) }
    return problems
  }

  /// Whether a weekday with hours is left between the closed ranges.
  private var opensWeekly: Bool {
    guard weekly.values.contains(where: { !$0.isEmpty }) else { return false }
    var here = CivilDate.minimum
    for range in closed.sorted(by: { $0.first < $1.first }) where range.first <= range.last {
      // A week between two ranges has every weekday.
      for _ in 0..<7 where here < range.first {
        if !(weekly[here.weekday] ?? []).isEmpty { return true }
        here = here.addingDays(1) ?? range.first
      }
      guard range.last >= here else { continue }
      guard let next = range.last.addingDays(1) else { return false }
      here = next
    }
    return true
  }

  private func check(_ windows: [OpenWindow], of day: CalendarDay, _ problems: inout [CalendarProblem]) {
    var previous: OpenWindow?
    for window in windows.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      if window.start < 0 || window.start >= 86_400 || window.end > window.start &+ 86_400 {
        problems.append(.timeOutOfRange(day, window))
      } else if window.end <= window.start {
        problems.append(.windowEmpty(day, window))
      } else {
        if let previous, window.start < previous.end { problems.append(.windowOverlap(day, previous, window)) }
        if window.end == 86_340 { problems.append(.lastMinuteClosed(day, window)) }
        previous = previous.map { $0.end > window.end ? $0 : window } ?? window
      }
    }
  }

  /// The dates with hours of their own, ascending; several entries for one date unite.
  func openDates() -> [(date: CivilDate, windows: [OpenWindow])] {
    var byDate: [CivilDate: [OpenWindow]] = [:]
    for entry in open {
      let windows: [OpenWindow]
      switch entry.hours {
      case .windows(let own): windows = own
      case .like(let weekday): windows = weekly[weekday] ?? []
      case .usual: windows = Weekday.allCases.lazy.compactMap { weekly[$0] }.first { !$0.isEmpty } ?? []
      }
      byDate[entry.date, default: []] += windows
    }
    return byDate.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
