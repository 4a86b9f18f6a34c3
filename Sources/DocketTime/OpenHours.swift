/// Which windows start on a given day: the definition with its exceptions in sorted tables.
struct OpenHours: Sendable {
  /// By weekday, Monday first; each sorted and free of overlaps.
  private let weekly: [[OpenWindow]]
  private let openDays: [Int32]
  private let openWindows: [[OpenWindow]]
  private let openNames: [String]
  /// Sorted by `first`; they may overlap.
  private let closed: [ClosedDates]
  /// The latest last day of all ranges up to each one, so that a look-up can stop early.
  private let closedUntil: [CivilDate]

  init(_ definition: CalendarDefinition) {
    weekly = Weekday.allCases.map { OpenHours.united(definition.weekly[$0] ?? []) }
    let open = definition.openDates()
    openDays = open.map(\.date.daysSinceEpoch)
    openWindows = open.map { OpenHours.united($0.windows) }
    openNames = open.map { entry in definition.open.first { $0.date == entry.date && !$0.name.isEmpty }?.name ?? "" }
    closed = definition.closed.sorted { $0.first < $1.first }
    var latest = CivilDate.minimum
    closedUntil = closed.map { range in
      latest = max(latest, range.last)
      return latest
    }
  }

  /// Whether all hours of all days are open, so that no clock ever stands still.
  var isAlwaysOpen: Bool {
    weekly.allSatisfy { $0 == [.wholeDay] } && closed.isEmpty && openWindows.allSatisfy { $0 == [.wholeDay] }
  }

  /// The days of exceptions, first and last, as days since the epoch.
  var exceptions: ClosedRange<Int64>? {
    let days =
      [openDays.first, openDays.last, closed.first?.first.daysSinceEpoch, closedUntil.last?.daysSinceEpoch]
      .compactMap { $0 }
    guard let first = days.min(), let last = days.max() else { return nil }
    return Int64(first)...Int64(last)
  }

  /// The windows that start on `date`, sorted.
  func windows(on date: CivilDate) -> [OpenWindow] {
    if let index = openIndex(date) { return openWindows[index] }
    if !closed.isEmpty, closure(on: date) != nil { return [] }
    return weekly[Int(date.weekday.rawValue) - 1]
  }

  func reason(on date: CivilDate) -> DayReason {
    if let index = openIndex(date) { return .open(name: openNames[index]) }
    if let closure = closure(on: date) { return .closed(name: closure.name) }
    return .regular
  }

  private func openIndex(_ date: CivilDate) -> Int? {
    guard !openDays.isEmpty else { return nil }
    let index = openDays.partitionPoint { $0 >= date.daysSinceEpoch }
    return index < openDays.count && openDays[index] == date.daysSinceEpoch ? index : nil
  }

  private func closure(on date: CivilDate) -> ClosedDates? {
    var index = closed.partitionPoint { $0.first > date } - 1
    while index >= 0, closedUntil[index] >= date {
      if closed[index].last >= date { return closed[index] }
      index -= 1
    }
    return nil
  }

  private static func united(_ windows: [OpenWindow]) -> [OpenWindow] {
    var result: [OpenWindow] = []
    for window in windows.sorted(by: { $0.start < $1.start }) where window.end > window.start {
      if let last = result.last, window.start <= last.end {
        result[result.count - 1].end = max(last.end, window.end)
      } else {
        result.append(window)
      }
    }
    return result
  }
}

/// Why a day has the hours it has.
public enum DayReason: Hashable, Sendable {
  /// Those of its weekday.
  case regular
  case closed(name: String)
  case open(name: String)
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element fulfils a condition that holds for all elements after the first that does.
  func partitionPoint(_ isAfter: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
