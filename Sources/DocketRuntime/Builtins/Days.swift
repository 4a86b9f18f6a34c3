/// Days, months and periods of the rulebook's zone, so exact across a change of the clock.

import DocketSemantics
import DocketTime

extension Evaluator {
  func result(_ instant: Instant?) -> Value { instant.map { .timestamp($0) } ?? fail(.overflow) }

  func result(_ date: CivilDate?) -> Value { date.map { .date($0) } ?? fail(.overflow) }

  /// `d.start()` and `d.end()`, the start of the next day.
  func boundOfDay(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 1, case .date(let date) = a[0] else { return noSuchOverload(builtin, a) }
    let period = Period(.day, containing: date)
    return result(builtin == .startOfDay ? zone.start(of: period) : zone.end(of: period))
  }

  func addCalendarDays(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 2, case .int(let count) = a[1] else { return noSuchOverload(builtin, a) }
    switch (a[0], builtin) {
    case (.date(let date), .addDays): return result(date.addingDays(count))
    case (.date(let date), _): return result(date.addingMonths(count))
    case (.timestamp(let instant), .addDays): return result(zone.adding(days: count, to: instant))
    case (.timestamp(let instant), _): return result(zone.adding(months: count, to: instant))
    default: return noSuchOverload(builtin, a)
    }
  }

  /// `start_of(month, t)` and `end_of(month, t)`, the start of the next month.
  func boundOfPeriod(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 2, case .string(let symbol) = a[0], case .timestamp(let instant) = a[1] else {
      return noSuchOverload(builtin, a)
    }
    guard let unit = CalendarUnit(rawValue: heap.text(symbol)) else {
      return fail(.invalidArgument("a period is day, week, month, quarter or year, not \(heap.text(symbol))"))
    }
    return result(builtin == .startOf ? zone.startOf(unit, instant) : zone.endOf(unit, instant))
  }

  // MARK: - Opening hours

  func onCalendar(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard case .calendar(let index)? = a.first, Int(index) < rulebook.calendars.count else {
      return noSuchOverload(builtin, a)
    }
    calendarObserver?(Int(index))
    let calendar = rulebook.calendars[Int(index)].calendar
    switch (builtin, a.count > 1 ? a[1] : nil, a.count > 2 ? a[2] : nil) {
    case (.isOpen, .timestamp(let t)?, nil): return .bool(calendar.isOpen(t))
    case (.nextOpen, .timestamp(let t)?, nil): return result(calendar.nextOpen(t))
    case (.elapsed, .timestamp(let a)?, .timestamp(let b)?):
      let elapsed = calendar.elapsed(from: a, to: b)
      return elapsed.isInRange ? .duration(elapsed) : fail(.overflow)
    case (.addOpen, .timestamp(let t)?, .duration(let d)?): return result(calendar.add(t, d)?.due)
    case (.isWorkday, .timestamp(let t)?, nil): return .bool(calendar.isWorkday(t))
    case (.isWorkday, .date(let d)?, nil): return .bool(calendar.isWorkday(d))
    case (.addWorkdays, .timestamp(let t)?, .int(let n)?): return result(calendar.addWorkdays(t, n))
    case (.addWorkdays, .date(let d)?, .int(let n)?): return result(calendar.workday(d, n))
    case (.closing, .timestamp(let t)?, .int(let n)?): return result(calendar.closing(t, n))
    case (.timeOfDay, .timestamp(let t)?, .string(let symbol)?):
      let text = heap.text(symbol)
      guard TimeOfDay.parse(text) != nil else {
        return fail(.invalidArgument("\(Quoting.quoted(text)) is not a time of day such as \"08:30\""))
      }
      return result(calendar.at(t, text))
    default: return noSuchOverload(builtin, a)
    }
  }

  // MARK: - Records

  /// `up(p, n)`: n steps along `manager`, at most 100, stopping at the last.
  func up(_ a: [Value]) -> Value {
    guard a.count == 2, case .entity(var person) = a[0], case .int(let steps) = a[1] else {
      return noSuchOverload(.up, a)
    }
    let entity = EntityID(index: Int(person.entity))
    guard let index = schema[entity].index(of: "manager"), case .entity = schema[entity].fields[index].type else {
      return fail(.noSuchField("manager"))
    }
    for _ in 0..<min(max(steps, 0), 100) {
      let manager = field(FieldReference(entity: entity, index: index), of: person)
      switch manager {
      case .entity(let reference) where reference.entity == person.entity: person = reference
      case .error: return manager
      default: return .entity(person)
      }
    }
    return .entity(person)
  }
}
