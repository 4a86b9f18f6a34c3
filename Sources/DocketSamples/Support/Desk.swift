/// When a desk answers, in the minutes of Shanghai. The rulebook's calendars say the same.
struct Desk {
  /// Minutes of the day.
  var opens: Int
  var closes: Int
  var closed: [Minute] = []
  var extra: [Minute] = []

  static let china = Desk(
    opens: 9 * 60, closes: 18 * 60,
    closed: [Minute("2026-09-25T00:00"), Minute("2026-09-26T00:00"), Minute("2026-09-27T00:00")],
    extra: [Minute("2026-09-20T00:00")])

  /// 09:00 to 17:30 in Berlin, where summer time holds in all of the sample.
  static let europe = Desk(opens: 15 * 60, closes: 23 * 60 + 30)

  func isWorkday(_ day: Minute) -> Bool {
    extra.contains(day) || (day.weekday < 5 && !closed.contains(day))
  }

  func isOpen(_ t: Minute) -> Bool { next(t) == t }

  /// `t` itself where open, else the next opening.
  func next(_ t: Minute) -> Minute {
    var day = t.day
    if isWorkday(day) && t < day + closes { return max(t, day + opens) }
    repeat { day = day + Minute.perDay } while !isWorkday(day)
    return day + opens
  }

  /// The instant at which so much open time has passed.
  func add(_ minutes: Int, to start: Minute) -> Minute {
    var t = next(start)
    var rest = minutes
    while rest > 0 {
      let left = t.day.count + closes - t.count
      if rest <= left { return t + rest }
      rest -= left
      t = next(t.day + closes)
    }
    return t
  }

  /// The open time between two instants.
  func elapsed(from start: Minute, to end: Minute) -> Int {
    var t = next(start)
    var sum = 0
    while t < end {
      let stop = min(t.day + closes, end)
      sum += stop.count - t.count
      t = next(t.day + closes)
    }
    return sum
  }
}

extension Minute {
  /// `2026-07-01T09:30`
  init(_ text: String) {
    let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
    self = Minute(year: parts[0], month: parts[1], day: parts[2]) + parts[3] * 60 + parts[4]
  }

  var day: Minute { Minute(count: count - count % Minute.perDay) }
}
