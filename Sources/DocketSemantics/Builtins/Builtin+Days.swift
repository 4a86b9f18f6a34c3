/// Signatures of Docket's days, periods and opening hours (language sections 3.2 and 4).

extension Builtin {
  var dayOverloads: [Overload] {
    switch self {
    case .abs: [.int, .uint, .double, .duration].map { .function([$0], $0) }
    case .startOfDay, .endOfDay: [.method([.date], .timestamp)]
    case .addDays: [.method([.date, .int], .date), .method([.timestamp, .int], .timestamp)]
    case .addMonths: [.method([.date, .int], .date), .method([.timestamp, .int], .timestamp)]
    // The unit is a bare word (`day week month quarter year`), which the checker passes as a string.
    case .startOf, .endOf: [.function([.string, .timestamp], .timestamp)]
    default: []
    }
  }

  var calendarOverloads: [Overload] {
    switch self {
    case .isOpen: [.method([.calendar, .timestamp], .bool)]
    case .nextOpen: [.method([.calendar, .timestamp], .timestamp)]
    case .elapsed: [.method([.calendar, .timestamp, .timestamp], .duration)]
    case .addOpen: [.method([.calendar, .timestamp, .duration], .timestamp)]
    case .isWorkday: [.method([.calendar, .timestamp], .bool), .method([.calendar, .date], .bool)]
    case .addWorkdays: [.method([.calendar, .timestamp, .int], .timestamp), .method([.calendar, .date, .int], .date)]
    case .closing: [.method([.calendar, .timestamp, .int], .timestamp)]
    case .timeOfDay: [.method([.calendar, .timestamp, .string], .timestamp)]
    default: []
    }
  }
}
