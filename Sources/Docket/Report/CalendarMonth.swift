/// A calendar's month as people draw it: weeks as rows, each day with its hours or the reason why it is closed.

import DocketDiagnostics
public import DocketTime

public struct CalendarMonth {
  let calendar: BusinessCalendar
  let month: Period

  public init(_ calendar: BusinessCalendar, _ month: Period) {
    self.calendar = calendar
    self.month = month
  }

  public func render(color: Bool) -> String {
    var table = TextTable(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { .left($0) })
    var total = TimeDuration.zero
    var notes: [Note] = []
    var monday: CivilDate? = month.start.monday
    while let first = monday, first < month.end {
      // A day has its number, then a line a window.
      var lines: [[String]] = []
      for offset in 0..<7 {
        guard let date = first.addingDays(Int64(offset)), month.contains(date) else { continue }
        let cell = self.cell(date, &total, &notes)
        for (line, text) in cell.enumerated() {
          while lines.count <= line { lines.append(Array(repeating: "", count: 7)) }
          lines[line][offset] = text
        }
      }
      for line in lines { table.add(line) }
      monday = first.addingDays(7)
      if let monday, monday < month.end { table.add([]) }
    }
    var text = table.render()
    text += "open \(total.humanString()) in \(month), zone \(calendar.zone.name)\n"
    for note in notes {
      text += note.first == note.last ? "\(note.first) \(note.text)\n" : "\(note.first)..\(note.last) \(note.text)\n"
    }
    if let known = calendar.definition.knownUntil {
      text += "known until \(known): deadlines after it are provisional\n"
    }
    return text
  }

  private func cell(_ date: CivilDate, _ total: inout TimeDuration, _ notes: inout [Note]) -> [String] {
    guard let day = calendar.daySegments(on: date) else { return ["\(date.day)"] }
    for interval in day.open { total = total.adding(interval.end.duration(since: interval.start)) ?? total }
    let number: String
    switch day.reason {
    case .regular: number = "\(date.day)"
    case .closed(let name):
      number = "\(date.day) closed"
      note(date, "closed" + (name.isEmpty ? "" : ": \(name)"), &notes)
    case .open(let name):
      number = "\(date.day) open"
      note(date, "open" + (name.isEmpty ? "" : ": \(name)"), &notes)
    }
    return [number]
      + day.windows.map { "\(TimeOfDay.text($0.start))-\(TimeOfDay.text($0.end > 86_400 ? $0.end - 86_400 : $0.end))" }
  }

  /// Days in a row with one reason.
  private struct Note {
    var first: CivilDate
    var last: CivilDate
    var text: String
  }

  private func note(_ date: CivilDate, _ text: String, _ notes: inout [Note]) {
    if let last = notes.indices.last, notes[last].text == text, notes[last].last.addingDays(1) == date {
      notes[last].last = date
    } else {
      notes.append(Note(first: date, last: date, text: text))
    }
  }
}
