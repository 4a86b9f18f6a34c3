/// Changes of calendars: other hours, days more and less.

import DocketDiagnostics
import DocketSyntax
import DocketTime

extension MutationFinder {
  mutating func visit(_ calendar: CalendarDeclaration) {
    for item in calendar.items {
      switch item {
      case .openWeekly(let days, let windows, let span):
        visit(days, span)
        for window in windows { visit(window) }
      case .openDates(let dates, let windows, _, let span):
        removeLine(.calendar, span)
        for range in dates { visit(range) }
        for window in windows { visit(window) }
      case .closed(let dates, _, let span):
        removeLine(.calendar, span)
        for range in dates { visit(range) }
      case .holidays(let path): removeLine(.calendar, path.span)
      }
    }
  }

  /// One day less at either end, and one day more.
  private mutating func visit(_ days: [WeekdayName], _ span: SourceSpan) {
    let tokens = self.tokens(in: span).dropFirst()
    let names = tokens.prefix { $0.kind == .identifier || $0.kind == .minus || $0.kind == .comma }
    guard let first = names.first, let last = names.last else { return }
    let place = SourceSpan(file: tree.file, start: Int(first.start), end: Int(last.end))
    func list(_ days: [WeekdayName]) -> String { days.map(\.rawValue).joined(separator: ", ") }
    if days.count > 1 {
      add(.calendar, place, list(Array(days.dropFirst())))
      add(.calendar, place, list(Array(days.dropLast())))
    } else {
      removeLine(.calendar, span)
    }
    if let more = WeekdayName.allCases.first(where: { !days.contains($0) }) {
      add(.calendar, place, list(days + [more]))
    }
  }

  private mutating func visit(_ window: TimeWindow) {
    visit(window.start)
    visit(window.end)
  }

  /// A minute later; the end of a day a minute earlier.
  mutating func visit(_ time: TimeWindow.TimeOfDay) {
    let minutes = time.hour * 60 + time.minute
    let other = minutes == 24 * 60 ? minutes - 1 : minutes + 1
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    add(.calendar, time.span, "\(two(other / 60)):\(two(other % 60))")
  }

  /// One day less at the end of a range; a single date moves.
  private mutating func visit(_ range: DateRange) {
    guard let last = range.last, let end = CivilDate.parse(last.value), let first = CivilDate.parse(range.first.value)
    else { return }
    guard let earlier = end.addingDays(-1), let later = first.addingDays(1), earlier >= later else { return }
    add(.calendar, last.span, "@\(earlier)")
    add(.calendar, range.first.span, "@\(later)")
  }
}
