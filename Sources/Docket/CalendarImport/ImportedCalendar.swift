/// Days off and make-up workdays as another program lists them, on their way into Docket source that a person reviews.

public import DocketTime

public struct ImportedCalendar: Sendable {
  public struct Day: Sendable, Hashable {
    public var date: CivilDate
    public var name: String
    public var isWork: Bool
  }

  /// What is wrong with a file, and where.
  public struct Problem: Error, Sendable, Hashable {
    public var line: Int
    public var message: String
  }

  /// As the file calls itself.
  public var title: String?
  /// As the file names its zone.
  public var zone: Zone?
  public var days: [Day] = []
  /// What could not be taken over, in words.
  public var notes: [String] = []
  /// What was taken over though it may not be meant so, in words.
  public var doubts: [String] = []
  /// Where the days were published.
  public var origins: [String] = []

  /// Reads an iCalendar file or a list in the format of holiday-cn, told apart by how they begin. The days of an iCalendar
  /// file are written out up to the end of the year `until`; without it, rules that repeat for ever go to the end of the
  /// latest year that the file names otherwise.
  public static func read(_ bytes: [UInt8], until: Int? = nil) throws(Problem) -> ImportedCalendar {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Problem(line: 1, message: "the file is not UTF-8")
    }
    let first = bytes.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    var calendar: ImportedCalendar
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): calendar = try HolidayListReader.read(bytes)
    case nil: throw Problem(line: 1, message: "the file is empty")
    default: calendar = try ICalendarReader.read(bytes, until: until)
    }
    calendar.days = Array(Set(calendar.days)).sorted { ($0.date, $0.name) < ($1.date, $1.name) }
    guard !calendar.days.isEmpty else { throw Problem(line: 1, message: "the file names no day") }
    return calendar
  }

  // MARK: - Docket source

  /// The source of a calendar. `hours` are those of Monday to Friday and of make-up workdays.
  public func source(name: String, hours: String, file: String) -> String {
    var text =
      "// From \(file.displayLine)\(title.map { ", \"\($0.displayLine)\"" } ?? ""). Review it: the hours are yours to set.\n"
    for origin in origins { text += "// Published: \(origin.displayLine)\n" }
    for note in notes { text += "// Not taken over: \(note.displayLine)\n" }
    for doubt in doubts { text += "// Look at: \(doubt.displayLine)\n" }
    text += "\ncalendar \(name)\(title.map { " \($0.docketString)" } ?? "") {\n"
    if let zone { text += "  zone \(zone.name.docketString)\n" }
    text += "  open mon-fri \(hours)\n"
    var year = 0
    for group in groups() {
      if group.year != year {
        year = group.year
        text += "\n  // \(year)\n"
      }
      for range in group.closed { text += "  closed \(range) \(group.name.docketString)\n" }
      for range in group.open { text += "  open \(range) \(hours) \("make-up day: \(group.name)".docketString)\n" }
    }
    if let last = days.last, let end = CivilDate(year: last.date.year, month: 12, day: 31) {
      text += "\n  known until @\(end)\n"
    }
    return text + "}\n"
  }

  private struct Group {
    var year: Int
    var name: String
    var closed: [String] = []
    var open: [String] = []
  }

  /// By year and holiday, in the order of their first days; days in a row are one range.
  private func groups() -> [Group] {
    var groups: [Group] = []
    var index: [String: Int] = [:]
    var days = self.days[...]
    while let first = days.popFirst() {
      var last = first.date
      while let next = days.first, next.name == first.name, next.isWork == first.isWork,
        next.date.year == first.date.year,
        next.date == last.addingDays(1)
      {
        last = next.date
        days.removeFirst()
      }
      let range = first.date == last ? "@\(first.date)" : "@\(first.date)..@\(last)"
      let key = "\(first.date.year) \(first.name)"
      let place = index[key] ?? groups.count
      if place == groups.count {
        index[key] = place
        groups.append(Group(year: first.date.year, name: first.name))
      }
      if first.isWork { groups[place].open.append(range) } else { groups[place].closed.append(range) }
    }
    return groups
  }
}

extension String {
  /// As a string of Docket.
  var docketString: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default:
        guard scalar.properties.generalCategory != .control else { continue }
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// On one line, for a comment.
  fileprivate var displayLine: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

extension CivilDate {
  var year: Int { parts.year }
}
