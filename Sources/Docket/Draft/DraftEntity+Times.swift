/// How the times of an export are written: one list of patterns for all its columns, so that no text is read in two ways.

import DocketData
import DocketTime

extension DraftEntity {
  mutating func settleTimes() {
    let places = readable.filter { !fields[$0].shapes.isEmpty }
    guard !places.isEmpty else { return }
    let order = dayOrder(places)
    for place in places {
      var chosen: [TimeFormat] = []
      for shape in fields[place].shapes {
        guard let format = shape.formats.first(where: { order.fits($0) }) else {
          chosen = []
          break
        }
        if !chosen.contains(format) { chosen.append(format) }
      }
      if chosen.isEmpty {
        readAsText(place, "days and months are the other way round than in other columns")
      } else {
        fields[place].shapes = zip(fields[place].shapes, chosen + chosen).map { shape, _ in
          var shape = shape
          shape.formats = [shape.formats.first { order.fits($0) }].compactMap { $0 }
          return shape
        }
      }
    }
    var list: [TimeFormat] = []
    for place in places {
      for format in fields[place].shapes.flatMap(\.formats) where format.pattern != "iso" && !list.contains(format) {
        list.append(format)
      }
    }
    // Any digits are milliseconds since 1970, and most are seconds, so that these come last.
    let last = ["unix", "unix_ms"]
    list = list.filter { !last.contains($0.pattern) } + last.compactMap { name in list.first { $0.pattern == name } }
    for place in places where !agrees(place, with: list) { readAsText(place, "its times would be read as others") }
    let used = Set(places.flatMap { fields[$0].shapes.flatMap(\.patterns) })
    times = list.map(\.pattern).filter { used.contains($0) }
    settleZone(places)
    if case .assumed(let isDayFirst) = order, let example = ambiguousExample(places) {
      notes.append(
        "`\(example)` is read \(isDayFirst ? "day" : "month") first: the data does not say. If that is wrong, swap `d` and `M`."
      )
    }
  }

  /// One zone holds for all times of a source that have no offset: what two columns say apart is not read.
  private mutating func settleZone(_ places: [Int]) {
    func named(_ place: Int) -> String? {
      let field = fields[place]
      if let zone = field.column.facts.times.words.zone { return zone }
      let isUTC = field.shapes.flatMap(\.patterns).contains { $0.hasSuffix("'UTC'") || $0.hasSuffix("'GMT'") }
      return isUTC ? "UTC" : nil
    }
    for place in places where !fields[place].shapes.isEmpty {
      guard let zone = named(place) else { continue }
      if timeZone == nil {
        timeZone = zone
      } else if zone != timeZone {
        readAsText(place, "its times are of \(zone), those of other columns of \(timeZone ?? "")")
      }
    }
    guard let timeZone else { return }
    let others = places.filter {
      fields[$0].kind == .timestamp && fields[$0].column.facts.times.locals > 0 && named($0) == nil
    }
    guard !others.isEmpty else { return }
    let names = others.map { "`\(fields[$0].name)`" }.joined(separator: ", ")
    notes.append("\(names): no zone is named there, and \(timeZone) is taken as in the other columns.")
  }

  private mutating func readAsText(_ place: Int, _ note: String) {
    fields[place].kind = .string
    fields[place].shapes = []
    fields[place].expression = nil
    fields[place].accepted = []
    fields[place].note = note
  }

  /// Whether the source's list reads every text as the column's own pattern does.
  private func agrees(_ place: Int, with list: [TimeFormat]) -> Bool {
    guard !fields[place].shapes.isEmpty else { return true }
    let own = fields[place].shapes.flatMap(\.formats)
    return readings(place).allSatisfy { text in
      func first(_ formats: [TimeFormat]) -> ParsedTime? {
        formats.lazy.map { $0.parse(text) }.first { $0 != .mismatch }
      }
      return first(own) == nil || first(list) == nil || first(own) == first(list)
    }
  }

  /// The texts of a column as patterns read them.
  private func readings(_ place: Int) -> [String] {
    let words = fields[place].column.facts.times.words
    let texts = fields[place].column.values.map(\.text)
    return words.used.isEmpty ? texts : texts.map { words.applied(to: $0) }
  }

  private func ambiguousExample(_ places: [Int]) -> String? {
    for place in places {
      for shape in fields[place].column.facts.times.shapes
      where shape.formats.contains(where: { DayOrder.isDayFirst($0) == true })
        && shape.formats.contains(where: { DayOrder.isDayFirst($0) == false })
      {
        return shape.example
      }
    }
    return nil
  }

  // MARK: - Day or month first

  enum DayOrder {
    case dayFirst
    case monthFirst
    /// Nothing in the data says.
    case assumed(isDayFirst: Bool)

    func fits(_ format: TimeFormat) -> Bool {
      guard let isDayFirst = Self.isDayFirst(format) else { return true }
      switch self {
      case .dayFirst: return isDayFirst
      case .monthFirst: return !isDayFirst
      case .assumed(let assumed): return isDayFirst == assumed
      }
    }

    /// `nil` where the pattern cannot be mistaken.
    static func isDayFirst(_ format: TimeFormat) -> Bool? {
      let pattern = format.pattern
      guard !pattern.hasPrefix("y"), !pattern.contains("MMM"), let day = pattern.firstIndex(of: "d"),
        let month = pattern.firstIndex(of: "M")
      else { return nil }
      return day < month
    }
  }

  /// One column with a day above twelve decides for all; else the order of the rows, which mostly follows time.
  private func dayOrder(_ places: [Int]) -> DayOrder {
    var (day, month) = (0, 0)
    var open: [(place: Int, shape: TimeFacts.Shape)] = []
    for place in places {
      for shape in fields[place].shapes {
        let orders = Set(shape.formats.compactMap { DayOrder.isDayFirst($0) })
        if orders == [true] { day += fields[place].column.filled }
        if orders == [false] { month += fields[place].column.filled }
        if orders.count == 2 { open.append((place, shape)) }
      }
    }
    if day != month { return day > month ? .dayFirst : .monthFirst }
    var (dayBreaks, monthBreaks) = (0, 0)
    for (place, shape) in open {
      let texts = readings(place)
      for format in shape.formats.prefix(2) {
        let breaks = Self.breaks(texts, format)
        if DayOrder.isDayFirst(format) == true { dayBreaks += breaks } else { monthBreaks += breaks }
      }
    }
    for (place, shape) in open {
      if let isDayFirst = Self.runsOverDays(readings(place), shape.formats) {
        return isDayFirst ? .dayFirst : .monthFirst
      }
    }
    if dayBreaks + monthBreaks > 2, dayBreaks * 3 < monthBreaks { return .dayFirst }
    if dayBreaks + monthBreaks > 2, monthBreaks * 3 < dayBreaks { return .monthFirst }
    // Where clocks have twelve hours, months mostly come first; not so in other languages than English.
    let usesHalves = open.contains { place, shape in
      shape.formats.contains(where: \.hasHalfDays) && !fields[place].column.facts.times.words.hasHalves
    }
    return .assumed(isDayFirst: !usesHalves)
  }

  /// One number stays for three days or more while the other rises by ones: the other one is the day. Whether it stands first.
  private static func runsOverDays(_ texts: [String], _ formats: [TimeFormat]) -> Bool? {
    func days(_ isDayFirst: Bool) -> [Int]? {
      guard let format = formats.first(where: { DayOrder.isDayFirst($0) == isDayFirst }) else { return nil }
      let days = texts.compactMap { text -> Int? in
        switch format.parse(text) {
        case .local(let local): Int(local.date.daysSinceEpoch)
        case .date(let date): Int(date.daysSinceEpoch)
        case .instant, .mismatch: nil
        }
      }
      return days.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
    func runs(_ days: [Int]) -> Bool { days.count > 2 && zip(days, days.dropFirst()).allSatisfy { $1 - $0 == 1 } }
    guard let dayFirst = days(true), let monthFirst = days(false), runs(dayFirst) != runs(monthFirst) else {
      return nil
    }
    return runs(dayFirst)
  }

  /// How often the times turn against the direction in which most of them run.
  private static func breaks(_ texts: [String], _ format: TimeFormat) -> Int {
    func seconds(_ time: ParsedTime) -> Int64? {
      switch time {
      case .instant(let instant): instant.seconds
      case .local(let local): local.localSeconds
      case .date(let date): Int64(date.daysSinceEpoch) * 86_400
      case .mismatch: nil
      }
    }
    let times = texts.compactMap { seconds(format.parse($0)) }
    let up = zip(times, times.dropFirst()).count { $0 < $1 }
    let down = zip(times, times.dropFirst()).count { $0 > $1 }
    return min(up, down)
  }
}
