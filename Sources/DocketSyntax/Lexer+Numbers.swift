/// Numbers, durations such as `1h30m`, and dates behind `@`.
///
/// CEL lets a word follow a number without a space (`1in[1, 2]`). A duration is therefore a number with letters only where the
/// whole run of letters and digits is a valid duration; otherwise CEL's tokens stand, and a word that CEL could not accept there is an error.

internal import DocketDiagnostics

extension Scanner {
  // Number = Digits ["u" | "U"] | "0x" HexDigits ["u" | "U"] | Digits ["." Digits] [Exponent] | "." Digits [Exponent]
  mutating func scanNumber() {
    let start = position
    var kind = Token.Kind.int
    if byte(0) == UInt8(ascii: "0"), byte(1) == UInt8(ascii: "x"), byte(2).hexValue != nil {
      position += 2
      while byte(0).hexValue != nil { position += 1 }
      if byte(0) | 0x20 == UInt8(ascii: "u") {
        position += 1
        kind = .uint
      }
    } else {
      skipDigits()
      if byte(0) == UInt8(ascii: "."), byte(1).isASCIIDigit {
        position += 1
        skipDigits()
        kind = .double
      }
      if byte(0).isASCIILetter, let end = durationEnd(from: start) {
        position = end
        return add(.duration, from: start)
      }
      if skipExponent() {
        kind = .double
      } else if kind == .int, byte(0) | 0x20 == UInt8(ascii: "u") {
        position += 1
        kind = .uint
      }
    }
    finishNumber(kind, from: start)
  }

  /// `.5`
  mutating func scanFraction() {
    let start = position
    position += 1
    skipDigits()
    _ = skipExponent()
    finishNumber(.double, from: start)
  }

  private mutating func finishNumber(_ kind: Token.Kind, from start: Int) {
    guard startsName(at: position) else { return add(kind, from: start) }
    let numberEnd = position
    skipNameRest()
    switch text(numberEnd, position) {
    case "in", "and", "or", "not":
      position = numberEnd
      add(kind, from: start)
    default:
      while byte(0) == UInt8(ascii: "."), byte(1).isASCIIDigit {
        position += 1
        skipNameRest()
      }
      report(DurationSpelling.problem(of: text(start, position)), from: start)
      add(.invalid, from: start)
    }
  }

  private mutating func skipDigits() {
    while byte(0).isASCIIDigit { position += 1 }
  }

  private mutating func skipExponent() -> Bool {
    guard byte(0) | 0x20 == UInt8(ascii: "e") else { return false }
    let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
    guard byte(1 + sign).isASCIIDigit else { return false }
    position += 1 + sign
    skipDigits()
    return true
  }

  /// The end of the run of letters and digits from `start`, if all of it is a duration; `position` stands behind the first digits.
  private func durationEnd(from start: Int) -> Int? {
    var end = position
    while let length = nameContinuation(at: end) { end += length }
    return DurationSpelling.isValid(bytes[start..<end]) ? end : nil
  }

  // Date      = "@" YYYY-MM-DD
  // Timestamp = "@" YYYY-MM-DD "T" HH ":" MM [":" SS ["." Digits]] ["Z" | ("+" | "-") HH ":" MM]
  mutating func scanDate() {
    let start = position
    guard byte(1).isASCIIDigit else {
      position += 1
      skipNameRest()
      report(.dateSpelling(text(start, position)), from: start)
      return add(.invalid, from: start)
    }
    var kind = Token.Kind.invalid
    position += 1
    if matches("dddd-dd-dd", at: position) {
      kind = .date
      position += 10
      if byte(0) == UInt8(ascii: "T"), matches("dd:dd", at: position + 1) {
        kind = .timestamp
        position += 6
        if matches(":dd", at: position) {
          position += 3
          if byte(0) == UInt8(ascii: "."), byte(1).isASCIIDigit {
            position += 1
            skipDigits()
          }
        }
        if byte(0) == UInt8(ascii: "Z") {
          position += 1
        } else if byte(0) == UInt8(ascii: "+") || byte(0) == UInt8(ascii: "-"), matches("dd:dd", at: position + 1) {
          position += 6
        }
      }
    }
    if kind == .invalid || nameContinuation(at: position) != nil || matches(":d", at: position) {
      while nameContinuation(at: position) != nil || byte(0) == UInt8(ascii: "-") || byte(0) == UInt8(ascii: ":") {
        position += nameContinuation(at: position) ?? 1
      }
      report(.dateSpelling(text(start, position)), from: start)
      return add(.invalid, from: start)
    }
    if let problem = DateSpelling.problem(of: text(start + 1, position)) {
      report(problem, from: start)
    }
    add(kind, from: start)
  }

  /// `d` stands for a digit, anything else for itself.
  private func matches(_ pattern: StaticString, at index: Int) -> Bool {
    pattern.withUTF8Buffer { pattern in
      for offset in 0..<pattern.count {
        let byte = at(index + offset)
        guard pattern[offset] == UInt8(ascii: "d") ? byte.isASCIIDigit : byte == pattern[offset] else { return false }
      }
      return true
    }
  }
}

/// What is and what is nearly a duration literal.
enum DurationSpelling {
  /// From the largest to the smallest, which is the order in which the parts stand.
  static let units = ["w", "d", "h", "m", "s", "ms", "us", "ns"]

  static func isValid(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let parts = parts(of: bytes) else { return false }
    return isDescending(parts) && (parts.count == 1 || !parts.contains { $0.hasFraction })
  }

  /// Why `text`, a number with letters glued to it, is none.
  static func problem(of text: String) -> SyntaxProblem {
    if let parts = Array(text.utf8).withUnsafeBufferPointer({ parts(of: $0[...]) }) {
      return isDescending(parts) ? .durationFraction(text) : .durationOrder(text)
    }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = String(text.dropFirst(digits.count))
    if let short = unitWords[unit.lowercased()] {
      return .durationUnit(text, suggestion: digits.first == "." ? "0\(digits)\(short)" : digits + short)
    }
    if lengthlessUnits.contains(unit.lowercased()) { return .durationWithoutLength(unit) }
    return .gluedNumber(text, number: String(digits))
  }

  /// Words that people write for the units.
  static let unitWords: [String: String] = {
    var words: [String: String] = [:]
    for unit in units { words[unit] = unit }
    let spelled: [(String, [String])] = [
      ("w", ["week", "weeks", "wk", "wks", "周"]), ("d", ["day", "days", "天", "日"]),
      ("h", ["hour", "hours", "hr", "hrs", "小时", "时"]), ("m", ["minute", "minutes", "min", "mins", "分钟", "分"]),
      ("s", ["second", "seconds", "sec", "secs", "秒"]), ("ms", ["millisecond", "milliseconds", "msec", "毫秒"]),
      ("us", ["microsecond", "microseconds", "µs"]), ("ns", ["nanosecond", "nanoseconds"]),
    ]
    for (unit, spellings) in spelled {
      for spelling in spellings { words[spelling] = unit }
    }
    return words
  }()

  static let lengthlessUnits: Set<String> = [
    "month", "months", "mon", "mo", "year", "years", "yr", "quarter", "quarters", "月", "年",
  ]

  private struct Part {
    var rank: Int
    var hasFraction: Bool
  }

  private static func isDescending(_ parts: [Part]) -> Bool {
    zip(parts, parts.dropFirst()).allSatisfy { $0.rank < $1.rank }
  }

  /// `nil` where the text is not a row of numbers with units.
  private static func parts(of bytes: Slice<UnsafeBufferPointer<UInt8>>) -> [Part]? {
    var parts: [Part] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index].isASCIIDigit else { return nil }
      var hasFraction = false
      while index < bytes.endIndex, bytes[index].isASCIIDigit || bytes[index] == UInt8(ascii: ".") {
        if bytes[index] == UInt8(ascii: ".") { hasFraction = true }
        index += 1
      }
      let unitStart = index
      while index < bytes.endIndex, bytes[index].isASCIILetter { index += 1 }
      guard let rank = units.firstIndex(where: { $0.utf8.elementsEqual(bytes[unitStart..<index]) }) else { return nil }
      parts.append(Part(rank: rank, hasFraction: hasFraction))
    }
    return parts.isEmpty ? nil : parts
  }
}

/// Whether the fields of a date or timestamp, spelled with the right widths, name one that exists.
enum DateSpelling {
  /// `text` stands after the `@` and has the widths of the production.
  static func problem(of text: String) -> SyntaxProblem? {
    let digits = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int {
      digits[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    let year = number(0..<4)
    let month = number(5..<7)
    let day = number(8..<10)
    guard year >= 1 else { return .noSuchDate(text, .year) }
    guard (1...12).contains(month) else { return .noSuchDate(text, .month) }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    guard (1...length).contains(day) else { return .noSuchDate(text, .day(last: length)) }
    guard digits.count > 10 else { return nil }
    guard number(11..<13) <= 23, number(14..<16) <= 59 else { return .noSuchDate(text, .time) }
    var index = 16
    if index < digits.count, digits[index] == UInt8(ascii: ":") {
      guard number(17..<19) <= 59 else { return .noSuchDate(text, .time) }
      index = 19
      if index < digits.count, digits[index] == UInt8(ascii: ".") {
        let start = index + 1
        index = start
        while index < digits.count, digits[index].isASCIIDigit { index += 1 }
        guard index - start <= 9 else { return .noSuchDate(text, .fraction) }
      }
    }
    if index < digits.count, digits[index] != UInt8(ascii: "Z") {
      guard number(index + 1..<index + 3) <= 23, number(index + 4..<index + 6) <= 59 else {
        return .noSuchDate(text, .offset)
      }
    }
    return nil
  }
}
