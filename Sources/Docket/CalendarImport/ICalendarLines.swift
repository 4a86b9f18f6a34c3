/// The content lines of an iCalendar file (RFC 5545): unfolded, with their names, parameters and values.

struct ICalendarLine {
  typealias Problem = ImportedCalendar.Problem

  /// Where it begins, from 1.
  var number: Int
  /// In upper case, as are the names of parameters.
  var name: String
  var parameters: [String: String]
  var value: String

  /// A value of the type TEXT without its escapes.
  var text: String {
    var result = ""
    var isEscaped = false
    for character in value {
      if isEscaped {
        result.append(character == "n" || character == "N" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// Lines end with CRLF or LF; one that begins with a space or a tab goes on with the one before.
  static func lines(of bytes: [UInt8]) throws(Problem) -> [ICalendarLine] {
    var unfolded: [(number: Int, bytes: [UInt8])] = []
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      var line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if index == 0, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
      if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"), !unfolded.isEmpty {
        // A line may be folded inside a character: bytes are put together, not texts.
        unfolded[unfolded.count - 1].bytes += line.dropFirst()
      } else {
        unfolded.append((index + 1, Array(line)))
      }
    }
    var lines: [ICalendarLine] = []
    for (number, bytes) in unfolded where !bytes.isEmpty {
      lines.append(try ICalendarLine(String(decoding: bytes, as: UTF8.self), number))
    }
    return lines
  }

  // contentline = name *(";" param "=" value) ":" value
  private init(_ line: String, _ number: Int) throws(Problem) {
    self.number = number
    var parts: [String] = [""]
    var isQuoted = false
    var colon: String.Index?
    for index in line.indices {
      let character = line[index]
      if character == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, character == ":" {
        colon = index
        break
      } else if !isQuoted, character == ";" {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    guard let colon, !parts[0].isEmpty else {
      throw Problem(line: number, message: "this is no line of iCalendar: a line is NAME:value")
    }
    name = parts[0].uppercased()
    value = String(line[line.index(after: colon)...])
    parameters = [:]
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: "=") else { continue }
      parameters[part[..<equals].uppercased()] = String(part[part.index(after: equals)...])
    }
  }
}
