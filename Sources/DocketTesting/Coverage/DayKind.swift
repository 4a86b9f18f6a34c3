/// The kinds of days that a calendar tells apart.

import DocketTime

enum DayKind: Int, CaseIterable {
  case working, off, closed, opened

  var name: String {
    switch self {
    case .working: "working day"
    case .off: "day off"
    case .closed: "closed date"
    case .opened: "opened date"
    }
  }

  /// Those that there are in a calendar.
  static func kinds(of calendar: BusinessCalendar) -> [DayKind] {
    let definition = calendar.definition
    func hasHours(_ day: Weekday) -> Bool { definition.weekly[day]?.isEmpty == false }
    var kinds: [DayKind] = []
    if Weekday.allCases.contains(where: hasHours) { kinds.append(.working) }
    if !Weekday.allCases.allSatisfy(hasHours) { kinds.append(.off) }
    if !definition.closed.isEmpty { kinds.append(.closed) }
    if !definition.open.isEmpty { kinds.append(.opened) }
    return kinds
  }

  init(_ date: CivilDate, in calendar: BusinessCalendar) {
    let definition = calendar.definition
    if definition.open.contains(where: { $0.date == date }) {
      self = .opened
    } else if definition.closed.contains(where: { $0.first <= date && date <= $0.last }) {
      self = .closed
    } else {
      self = definition.weekly[date.weekday]?.isEmpty == false ? .working : .off
    }
  }
}
