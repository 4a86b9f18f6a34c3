/// Why a text is not a pattern for times. Offsets are in bytes of UTF-8 from its start.
public enum TimeFormatProblem: Error, Hashable, Sendable {
  case empty
  /// A letter that has no meaning, or has none this many times.
  case unknownField(String, offset: Int)
  case unterminatedQuote(offset: Int)
  /// The same part of a time twice.
  case repeatedField(TimeFormatField, offset: Int)
  /// A number of one or two digits directly before another number.
  case ambiguousWidth(offset: Int)
  /// A part without which the others say nothing, such as the day of a month.
  case missingField(TimeFormatField)
  /// `a` needs `h`, and `H` goes without it.
  case halfDayMismatch(offset: Int)
}

/// The parts of a time.
public enum TimeFormatField: String, CaseIterable, Hashable, Sendable {
  case year, month, day, weekday, hour, minute, second, fraction, halfDay, offset
}

// MARK: - Compiling

extension TimeFormat {
  public static func compile(_ pattern: String) -> Result<TimeFormat, TimeFormatProblem> {
    switch pattern {
    case "": return .failure(.empty)
    case "iso": return .success(TimeFormat(pattern: pattern, form: .iso))
    case "unix": return .success(TimeFormat(pattern: pattern, form: .unix))
    case "unix_ms": return .success(TimeFormat(pattern: pattern, form: .unixMilliseconds))
    default: break
    }
    var pieces = PatternPieces()
    let bytes = Array(pattern.utf8)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "'") {
        guard let next = pieces.quoted(bytes, position) else { return .failure(.unterminatedQuote(offset: position)) }
        position = next
      } else if byte.isLetter {
        let start = position
        while position < bytes.count, bytes[position] == byte { position += 1 }
        if let problem = pieces.field(byte, count: position - start, at: start) { return .failure(problem) }
      } else {
        pieces.elements.append(.literal(byte))
        position += 1
      }
    }
    if let problem = pieces.problemOfWhole() { return .failure(problem) }
    return .success(
      TimeFormat(
        pattern: pattern,
        form: .elements(
          pieces.elements, hasTime: pieces.places[.hour] != nil, hasOffset: pieces.places[.offset] != nil)))
  }
}

/// A pattern while it is read.
private struct PatternPieces {
  var elements: [TimeFormatElement] = []
  /// Where each field stands.
  var places: [TimeFormatField: Int] = [:]
  private var isHalfDayHour = false

  /// Text in quotes; two quotes are one, inside or outside. Returns the position behind it.
  mutating func quoted(_ bytes: [UInt8], _ start: Int) -> Int? {
    var position = start + 1
    if position < bytes.count, bytes[position] == UInt8(ascii: "'") {
      elements.append(.literal(UInt8(ascii: "'")))
      return position + 1
    }
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "'") {
        guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "'") else { return position + 1 }
        position += 1
      }
      elements.append(.literal(bytes[position]))
      position += 1
    }
    return nil
  }

  mutating func field(_ letter: UInt8, count: Int, at offset: Int) -> TimeFormatProblem? {
    guard let (field, element) = PatternPieces.meaning(letter, count) else {
      return .unknownField(
        String(decoding: [UInt8](repeating: letter, count: min(count, 16)), as: UTF8.self), offset: offset)
    }
    if places[field] != nil { return .repeatedField(field, offset: offset) }
    if let last = elements.last, last.isOpenNumber, element.startsWithDigit { return .ambiguousWidth(offset: offset) }
    if letter == UInt8(ascii: "h") { isHalfDayHour = true }
    places[field] = offset
    elements.append(element)
    return nil
  }

  func problemOfWhole() -> TimeFormatProblem? {
    for field in [TimeFormatField.year, .month, .day] where places[field] == nil { return .missingField(field) }
    if let hour = places[.hour], isHalfDayHour, places[.halfDay] == nil { return .halfDayMismatch(offset: hour) }
    if let half = places[.halfDay], places[.hour] != nil, !isHalfDayHour { return .halfDayMismatch(offset: half) }
    // Each part of a time needs the one above it.
    let needs: [(TimeFormatField, TimeFormatField)] = [
      (.offset, .hour), (.halfDay, .hour), (.minute, .hour), (.second, .minute), (.fraction, .second),
    ]
    for (field, needed) in needs where places[field] != nil && places[needed] == nil { return .missingField(needed) }
    return nil
  }

  private static func meaning(_ letter: UInt8, _ count: Int) -> (TimeFormatField, TimeFormatElement)? {
    switch (letter, count) {
    case (UInt8(ascii: "y"), 4), (UInt8(ascii: "y"), 1): (.year, .year)
    case (UInt8(ascii: "y"), 2): (.year, .shortYear)
    case (UInt8(ascii: "M"), 1), (UInt8(ascii: "M"), 2): (.month, .month(exact: count == 2))
    case (UInt8(ascii: "M"), 3), (UInt8(ascii: "M"), 4): (.month, .monthName(full: count == 4))
    case (UInt8(ascii: "d"), 1), (UInt8(ascii: "d"), 2): (.day, .day(exact: count == 2))
    case (UInt8(ascii: "E"), 1...4): (.weekday, .weekdayName(full: count == 4))
    case (UInt8(ascii: "H"), 1), (UInt8(ascii: "H"), 2): (.hour, .hour(exact: count == 2))
    case (UInt8(ascii: "h"), 1), (UInt8(ascii: "h"), 2): (.hour, .halfDayHour(exact: count == 2))
    case (UInt8(ascii: "m"), 1), (UInt8(ascii: "m"), 2): (.minute, .minute(exact: count == 2))
    case (UInt8(ascii: "s"), 1), (UInt8(ascii: "s"), 2): (.second, .second(exact: count == 2))
    case (UInt8(ascii: "S"), 1...9): (.fraction, .fraction(digits: UInt8(count)))
    case (UInt8(ascii: "a"), 1): (.halfDay, .halfDay)
    case (UInt8(ascii: "X"), 1): (.offset, .offset(allowsZ: true, style: .short))
    case (UInt8(ascii: "X"), 2): (.offset, .offset(allowsZ: true, style: .basic))
    case (UInt8(ascii: "X"), 3): (.offset, .offset(allowsZ: true, style: .extended))
    case (UInt8(ascii: "x"), 1): (.offset, .offset(allowsZ: false, style: .short))
    case (UInt8(ascii: "x"), 2): (.offset, .offset(allowsZ: false, style: .basic))
    case (UInt8(ascii: "x"), 3): (.offset, .offset(allowsZ: false, style: .extended))
    case (UInt8(ascii: "Z"), 1...3): (.offset, .offset(allowsZ: false, style: .basic))
    case (UInt8(ascii: "Z"), 5): (.offset, .offset(allowsZ: true, style: .extended))
    default: nil
    }
  }
}

extension TimeFormatElement {
  /// Whether it may read one digit or two.
  fileprivate var isOpenNumber: Bool {
    switch self {
    case .month(let exact), .day(let exact), .hour(let exact), .halfDayHour(let exact), .minute(let exact),
      .second(let exact):
      !exact
    case .literal, .year, .shortYear, .monthName, .weekdayName, .fraction, .halfDay, .offset: false
    }
  }

  fileprivate var startsWithDigit: Bool {
    switch self {
    case .literal(let byte): byte.isDigit
    case .year, .shortYear, .month, .day, .hour, .halfDayHour, .minute, .second, .fraction: true
    case .monthName, .weekdayName, .halfDay, .offset: false
    }
  }
}
