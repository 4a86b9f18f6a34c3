/// Lists in the format of holiday-cn: `{"year": 2026, "papers": […], "days": [{"name", "date", "isOffDay"}]}`, or several
/// of them in one list.

import DocketData
import DocketTime

enum HolidayListReader {
  typealias Problem = ImportedCalendar.Problem

  static func read(_ bytes: [UInt8]) throws(Problem) -> ImportedCalendar {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let document = JSONValue.parse(bytes) else {
      throw Problem(line: line(of: JSONValue.firstMistake(in: bytes), bytes), message: "the text is no JSON")
    }
    var calendar = ImportedCalendar()
    for year in document.elements ?? [document] {
      guard let days = year["days"]?.elements else {
        throw Problem(line: 1, message: "a list of holidays has \"days\"; this has none")
      }
      for paper in year["papers"]?.elements ?? [] {
        if let paper = paper.text { calendar.origins.append(paper) }
      }
      for (number, day) in days.enumerated() {
        guard let text = day["date"]?.text else {
          throw Problem(line: 1, message: "day \(number + 1) of \"days\" has no \"date\"")
        }
        let line = line(of: text, bytes)
        guard let date = CivilDate.parse(text) else {
          throw Problem(line: line, message: "`\(text)` is no date: 2026-10-01 is one")
        }
        guard case .bool(let isOff)? = day["isOffDay"] else {
          throw Problem(line: line, message: "\(date) does not say with \"isOffDay\" whether it is off")
        }
        calendar.days.append(.init(date: date, name: day["name"]?.text ?? "", isWork: !isOff))
      }
    }
    if let zone = Zone.named("Asia/Shanghai"), document.elements == nil || !calendar.days.isEmpty {
      calendar.zone = zone
    }
    return calendar
  }

  private static func line(of offset: Int, _ bytes: [UInt8]) -> Int {
    1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
  }

  /// Where a text stands for the first time.
  private static func line(of text: String, _ bytes: [UInt8]) -> Int {
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, wanted.count <= bytes.count else { return 1 }
    for start in 0...(bytes.count - wanted.count) where bytes[start] == wanted[0] {
      if bytes[start..<(start + wanted.count)].elementsEqual(wanted) { return line(of: start, bytes) }
    }
    return 1
  }
}
