/// The patterns that one written time may follow: its digits and words are taken apart, and put together again as letters.
///
/// `9/10/2026 8:05 PM` may be `d/M/yyyy h:mm a` or `M/d/yyyy h:mm a`; which one is for the other cells to say.

public import DocketTime

struct TimePatterns {
  private enum Piece {
    case number(String)
    case word(String)
    /// Anything else, a scalar.
    case mark(Unicode.Scalar)
  }

  private var pieces: [Piece] = []

  /// All patterns that read the text, the likeliest first; none where a word beside the hour is not known, which may be half of
  /// the day or a zone.
  static func all(for text: String) -> (formats: [TimeFormat], unknown: String?) {
    guard (6...48).contains(text.utf8.count), text.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else {
      return ([], nil)
    }
    let taken = TimePatterns(text)
    let formats: [TimeFormat] = taken.patterns.compactMap { pattern in
      guard case .success(let format) = TimeFormat.compile(pattern) else { return nil }
      if case .mismatch = format.parse(text) { return nil }
      return format
    }
    guard !formats.isEmpty, let unknown = taken.unknownWord else { return (formats, nil) }
    return ([], unknown)
  }

  private init(_ text: String) {
    for scalar in text.unicodeScalars {
      switch (scalar.value, pieces.last) {
      case (0x30...0x39, .number(let digits)): pieces[pieces.count - 1] = .number(digits + String(scalar))
      case (0x30...0x39, _): pieces.append(.number(String(scalar)))
      case (0x41...0x5A, .word(let letters)), (0x61...0x7A, .word(let letters)):
        pieces[pieces.count - 1] = .word(letters + String(scalar))
      case (0x41...0x5A, _), (0x61...0x7A, _): pieces.append(.word(String(scalar)))
      default: pieces.append(.mark(scalar))
      }
    }
  }

  private var patterns: [String] {
    if pieces.count == 1, case .number(let digits) = pieces[0] { return Self.plainNumber(digits) }
    if pieces.count == 3, case .number(let whole) = pieces[0], case .mark(".") = pieces[1], case .number = pieces[2] {
      return whole.count == 10 ? ["unix"] : []
    }
    if let basic = basicPattern { return [basic] }
    let begin = timeStart ?? pieces.count
    var dates = dayPatterns(pieces[..<begin])
    guard begin < pieces.count else { return ["iso"] + dates }
    guard let time = timePattern(from: begin) else { return [] }
    dates = dates.map { $0 + time }
    return ["iso"] + dates
  }

  /// Digits alone are a time only where they lie in the years that people work with.
  private static func plainNumber(_ digits: String) -> [String] {
    guard let number = Int(digits) else { return [] }
    switch digits.count {
    case 10 where (946_684_800..<4_102_444_800).contains(number): return ["unix"]
    case 13 where (946_684_800_000..<4_102_444_800_000).contains(number): return ["unix_ms"]
    case 8: return ["yyyyMMdd"]
    case 12: return ["yyyyMMddHHmm"]
    case 14: return ["yyyyMMddHHmmss"]
    default: return []
    }
  }

  /// `20241009T205000Z`
  private var basicPattern: String? {
    guard pieces.count >= 3, case .number(let day) = pieces[0], day.count == 8, case .word("T") = pieces[1],
      case .number(let time) = pieces[2], time.count == 4 || time.count == 6
    else { return nil }
    let pattern = "yyyyMMdd'T'" + "HHmmss".prefix(time.count)
    let rest = pieces.dropFirst(3).map { $0 }
    if rest.isEmpty { return pattern }
    if rest.count == 1, case .word("Z") = rest[0] { return pattern + "X" }
    guard rest.count == 2, case .mark(let sign) = rest[0], sign == "+" || sign == "-",
      case .number(let offset) = rest[1]
    else { return nil }
    return offset.count == 4 ? pattern + "XX" : offset.count == 2 ? pattern + "X" : nil
  }

  // MARK: - The time of day

  /// Words around the hour that say nothing about it.
  private static let plainWords: Set<String> = [
    "t", "z", "utc", "gmt", "uhr", "h", "min", "s", "um", "at", "kl", "om", "alle", "ore", "às", "à", "o", "в", "las",
    "a",
    "的", "日", "号", "时", "分", "秒", "点", "時", "시", "분", "초", "일",
  ]
  private static let plainScalars = Set("年月日号時时分秒点星期周一二三四五六天시분초일".unicodeScalars)

  /// The first word behind the last number of the day, or behind the hour, that is none of those.
  private var unknownWord: String? {
    guard let begin = timeStart else { return nil }
    let dayEnd = pieces[..<begin].lastIndex { if case .number = $0 { true } else { false } } ?? begin
    var words: [String] = [""]
    for piece in pieces[dayEnd...] {
      switch piece {
      case .word(let word): words[words.count - 1] += word
      case .mark(let mark) where mark.properties.isAlphabetic: words[words.count - 1].unicodeScalars.append(mark)
      case .mark, .number: if words[words.count - 1] != "" { words.append("") }
      }
    }
    return words.first { word in
      !word.isEmpty && !Self.plainWords.contains(word.lowercased()) && !Self.isHalfDay(word)
        && Self.month(word) == nil && Self.weekday(word) == nil
        && !word.unicodeScalars.allSatisfy { Self.plainScalars.contains($0) }
    }
  }

  /// Where the hour stands: before the first `:`, `时` or `点`, or a half of the day before it.
  private var timeStart: Int? {
    let colon = pieces.indices.dropFirst().first { place in
      guard case .mark(let mark) = pieces[place], [":", "时", "点", "："].contains(mark) else { return false }
      if case .number = pieces[place - 1] { return true }
      return false
    }
    guard let hour = colon.map({ $0 - 1 }) else { return nil }
    // `2026/10/9 PM8:50`, as 下午8:50 is read, and `2026/10/9 PM 8:50`
    if hour >= 1, case .word(let word) = pieces[hour - 1], Self.isHalfDay(word) { return hour - 1 }
    if hour >= 2, case .mark(" ") = pieces[hour - 1], case .word(let word) = pieces[hour - 2], Self.isHalfDay(word) {
      return hour - 2
    }
    return hour
  }

  private static func isHalfDay(_ word: String) -> Bool { ["AM", "PM"].contains(word.uppercased()) }

  private func timePattern(from begin: Int) -> String? {
    var pattern = ""
    var fields = ["H", "m", "s", "S"][...]
    let usesHalves = pieces[begin...].contains { if case .word(let word) = $0 { Self.isHalfDay(word) } else { false } }
    for place in pieces[begin...].indices {
      switch pieces[place] {
      case .number(let digits):
        if let sign = offsetSign(before: place, begin) {
          guard sign else { return nil }
          // The minutes of `+08:00` belong to the offset before them.
          if case .mark(":") = pieces[place - 1] { continue }
          let isExtended = place + 2 < pieces.count && isColon(place + 1)
          pattern += isExtended ? "XXX" : digits.count == 4 ? "XX" : "X"
          continue
        }
        guard let field = fields.popFirst() else { return nil }
        switch field {
        case "H": pattern += usesHalves ? "h" : "H"
        case "S": pattern += String(repeating: "S", count: digits.count)
        default: pattern += digits.count == 2 ? field + field : field
        }
      case .word(let word):
        if Self.isHalfDay(word) {
          pattern += "a"
        } else if word == "Z" {
          pattern += "X"
        } else {
          pattern += "'\(word)'"
        }
      case .mark(let mark):
        // The sign is part of the offset, and so is its colon.
        if mark == "+" || mark == "-" { continue }
        if mark == ":", isInOffset(place, begin) { continue }
        pattern += mark == "'" ? "''" : String(mark)
      }
    }
    return pattern
  }

  private func isColon(_ place: Int) -> Bool {
    if case .mark(":") = pieces[place] { true } else { false }
  }

  /// Whether a `+` or `-` stands before this place.
  private func isInOffset(_ place: Int, _ begin: Int) -> Bool {
    pieces[begin..<place].contains { if case .mark(let mark) = $0 { mark == "+" || mark == "-" } else { false } }
  }

  private func offsetSign(before place: Int, _ begin: Int) -> Bool? { isInOffset(place, begin) ? true : nil }

  // MARK: - The day

  private func dayPatterns(_ pieces: ArraySlice<Piece>) -> [String] {
    let numbers = pieces.indices.filter { if case .number = pieces[$0] { true } else { false } }
    let hasMonthName = pieces.contains { if case .word(let word) = $0 { Self.month(word) != nil } else { false } }
    func count(_ place: Int) -> Int { if case .number(let digits) = pieces[place] { digits.count } else { 0 } }
    let orders: [[String]]
    switch (numbers.count, hasMonthName) {
    case (1, false) where count(numbers[0]) == 8: orders = [["yyyyMMdd"]]
    case (3, false) where count(numbers[0]) == 4: orders = [["yyyy", "M", "d"]]
    case (3, false) where count(numbers[2]) == 4: orders = [["d", "M", "yyyy"], ["M", "d", "yyyy"]]
    case (3, false) where count(numbers[2]) == 2: orders = [["d", "M", "yy"], ["M", "d", "yy"]]
    case (2, true) where count(numbers[0]) == 4: orders = [["yyyy", "d"]]
    case (2, true) where count(numbers[1]) == 4: orders = [["d", "yyyy"]]
    case (2, true) where count(numbers[1]) == 2: orders = [["d", "yy"]]
    default: return []
    }
    let names = Set(pieces.compactMap { if case .word(let word) = $0 { Self.month(word) } else { nil } }.flatMap { $0 })
    let spellings = names.isEmpty ? [""] : names.sorted()
    return orders.flatMap { order in spellings.map { spelled(pieces, order, month: $0) } }
  }

  private func spelled(_ pieces: ArraySlice<Piece>, _ order: [String], month: String) -> String {
    var fields = order[...]
    var pattern = ""
    for piece in pieces {
      switch piece {
      case .number: pattern += fields.popFirst() ?? ""
      case .word(let word):
        if Self.month(word) != nil {
          pattern += month
        } else if let weekday = Self.weekday(word) {
          pattern += weekday
        } else {
          pattern += "'\(word)'"
        }
      case .mark(let mark): pattern += mark == "'" ? "''" : String(mark)
      }
    }
    return pattern
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
  private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

  /// How a month's name may be written in a pattern; `May` is short and long.
  private static func month(_ word: String) -> [String]? {
    let word = word.lowercased()
    if word == "may" { return ["MMM", "MMMM"] }
    if months.contains(word) { return ["MMMM"] }
    return months.contains { $0.prefix(3) == word } ? ["MMM"] : nil
  }

  private static func weekday(_ word: String) -> String? {
    let word = word.lowercased()
    if weekdays.contains(word) { return "EEEE" }
    return weekdays.contains { $0.prefix(3) == word } ? "EEE" : nil
  }
}

extension TimeFormat {
  /// Whether it reads AM and PM.
  public var hasHalfDays: Bool {
    var isQuoted = false
    for letter in pattern {
      if letter == "'" { isQuoted.toggle() }
      if letter == "a", !isQuoted { return true }
    }
    return false
  }
}
