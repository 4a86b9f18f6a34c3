/// Calendars. Times of day and spans of weekdays are built here from adjacent tokens: to the lexer `09:30` is CEL.

internal import DocketDiagnostics

extension Parser {
  // Calendar = "calendar" Name Titles Body
  mutating func parseCalendar() -> CalendarDeclaration? {
    let start = advance()
    guard let name = parseName(.declaration(.calendar)) else { return nil }
    var calendar = CalendarDeclaration(name: name, titles: parseTitles(), span: span(from: start))
    _ = parseBody(of: .calendar, clauses: [.zone, .like, .known, .open, .closed, .holidays]) {
      $0.parseCalendarClause(&calendar, &$1)
    }
    calendar.span = span(from: start)
    return calendar
  }

  // CalendarClause = "zone" String | "like" Name | "known" "until" Date | "holidays" String
  //                | "open" Days Windows | "open" Dates Windows [String] | "closed" Dates [String]
  private mutating func parseCalendarClause(_ calendar: inout CalendarDeclaration, _ log: inout ClauseLog) -> Bool {
    let start = token
    guard let word else { return false }
    switch word {
    case .zone:
      advance()
      once("zone", &log, at: start)
      calendar.zone = parseString(.of(.zone))
    case .like:
      advance()
      once("like", &log, at: start)
      calendar.base = parseName(.reference)
    case .known:
      advance()
      once("known until", &log, at: start)
      guard expect(.until) != nil else { return true }
      calendar.knownUntil = parseDate()
    case .holidays:
      advance()
      if let path = parseString(.path) { calendar.items.append(.holidays(path)) }
    case .closed:
      advance()
      guard let dates = parseDates() else { return true }
      let name = kind == .string ? parseString(.of(.closed)) : nil
      calendar.items.append(.closed(dates: dates, name: name, span: span(from: start)))
    case .open:
      advance()
      if kind == .date {
        guard let dates = parseDates(), let windows = parseWindows() else { return true }
        let name = kind == .string ? parseString(.of(.open)) : nil
        calendar.items.append(.openDates(dates: dates, windows: windows, name: name, span: span(from: start)))
      } else {
        guard let days = parseDays(), let windows = parseWindows() else { return true }
        calendar.items.append(.openWeekly(days: days, windows: windows, span: span(from: start)))
      }
    default: return false
    }
    return true
  }

  // MARK: - Days and dates

  // Days = DaySpan {"," DaySpan}
  // DaySpan = Weekday ["-" Weekday]
  private mutating func parseDays() -> [WeekdayName]? {
    var days: [WeekdayName] = []
    repeat {
      guard let first = parseWeekday() else { return nil }
      if take(.minus) != nil {
        guard let last = parseWeekday() else { return nil }
        days += span(of: first, through: last)
      } else {
        days.append(first)
      }
    } while take(.comma) != nil
    return days
  }

  /// `fri-mon` runs through the weekend.
  private func span(of first: WeekdayName, through last: WeekdayName) -> [WeekdayName] {
    let all = WeekdayName.allCases
    let start = all.firstIndex(of: first)!
    let length = (all.firstIndex(of: last)! - start + 7) % 7
    return (0...length).map { all[(start + $0) % 7] }
  }

  mutating func parseWeekday() -> WeekdayName? {
    guard let day = weekday else {
      reportExpected(.weekday)
      return nil
    }
    advance()
    return day
  }

  var weekday: WeekdayName? {
    switch word {
    case .mon: .mon
    case .tue: .tue
    case .wed: .wed
    case .thu: .thu
    case .fri: .fri
    case .sat: .sat
    case .sun: .sun
    default: nil
    }
  }

  // Dates = DateRange {"," DateRange}
  // DateRange = Date [".." Date]
  private mutating func parseDates() -> [DateRange]? {
    var dates: [DateRange] = []
    repeat {
      let start = token
      guard let first = parseDate() else { return nil }
      var last: StringLiteral?
      if take(.range) != nil {
        guard let date = parseDate() else { return nil }
        last = date
      }
      dates.append(DateRange(first: first, last: last, span: span(from: start)))
    } while take(.comma) != nil
    return dates
  }

  private mutating func parseDate() -> StringLiteral? {
    guard kind == .date else {
      reportExpected(.date)
      return nil
    }
    let token = advance()
    return StringLiteral(String(text(token).dropFirst()), span(token))
  }

  // MARK: - Times of day

  // Windows = Window {"," Window}
  // Window = Time "-" Time
  private mutating func parseWindows() -> [TimeWindow]? {
    var windows: [TimeWindow] = []
    repeat {
      let start = token
      guard let opening = parseTime() else { return nil }
      guard take(.minus) != nil else {
        reportExpected(.closingTime)
        return nil
      }
      guard let closing = parseTime() else { return nil }
      windows.append(TimeWindow(start: opening, end: closing, span: span(from: start)))
    } while take(.comma) != nil
    return windows
  }

  // Time = Digit [Digit] ":" Digit Digit [":" Digit Digit], without white space
  mutating func parseTime() -> TimeWindow.TimeOfDay? {
    let start = token
    guard kind == .int, let hour = Int(text(token)), token.end - token.start <= 2, let minute = timePart(ahead: 1)
    else {
      reportExpected(.timeOfDay)
      return nil
    }
    for _ in 0..<3 { advance() }
    let second = timePart(ahead: 0)
    if second != nil {
      for _ in 0..<2 { advance() }
    }
    return TimeWindow.TimeOfDay(hour: hour, minute: minute, second: second ?? 0, span: span(from: start))
  }

  /// The number of a colon and two digits that stand `offset` ahead, glued to what is before them.
  private func timePart(ahead offset: Int) -> Int? {
    let colon = token(ahead: offset)
    let digits = token(ahead: offset + 1)
    guard colon.kind == .colon, !colon.hasSpaceBefore, digits.kind == .int, !digits.hasSpaceBefore,
      digits.end - digits.start == 2
    else { return nil }
    return Int(text(digits))
  }
}
