/// Lengths of time with their units as words: `3小时5分钟`, `2 days 4 hrs`, `3h05`.
///
/// With the words replaced by the units of duration literals, and spaces left out, all cells of a column must be such literals.

import DocketTime

public struct SpelledDuration: Sendable {
  /// What a word is replaced by. A word that holds another one stands before it.
  private static let words: [(word: String, unit: String)] = [
    (" and ", " "), (" und ", " "), (", ", " "), ("an hour", "1h"), ("a day", "1d"), ("a minute", "1m"),
    ("a second", "1s"), ("a week", "1w"), ("eine Stunde", "1h"), ("eine Minute", "1m"), ("einen Tag", "1d"),
    ("ein Tag", "1d"),
    ("个小时", "h"), ("小时", "h"), ("分钟", "m"), ("秒钟", "s"), ("天", "d"), ("时", "h"), ("分", "m"), ("秒", "s"),
    ("weeks", "w"), ("week", "w"), ("Weeks", "w"), ("Week", "w"), ("Days", "d"), ("Day", "d"), ("Hours", "h"),
    ("Hour", "h"), ("Hrs", "h"), ("Minutes", "m"), ("Minute", "m"), ("Mins", "m"), ("Seconds", "s"), ("Second", "s"),
    ("days", "d"), ("day", "d"), ("hours", "h"), ("hour", "h"), ("hrs", "h"), ("hr", "h"), ("minutes", "m"),
    ("minute", "m"), ("mins", "m"), ("min", "m"), ("seconds", "s"), ("second", "s"), ("secs", "s"), ("sec", "s"),
    ("Tage", "d"), ("Tag", "d"), ("Stunden", "h"), ("Stunde", "h"), ("Std.", "h"), ("Std", "h"), ("Minuten", "m"),
    ("Min.", "m"), ("Min", "m"), ("Sek.", "s"),
  ]
  /// Of ISO 8601: `P1DT2H30M`.
  private static let isoWords: [(word: String, unit: String)] = [
    ("P", ""), ("T", ""), ("W", "w"), ("D", "d"), ("H", "h"), ("M", "m"), ("S", "s"),
  ]

  public private(set) var isDead = false
  private var isISO: Bool?
  /// Places in `words`, or in those of ISO.
  private var used: Set<Int> = []
  private var hasSpaces = false
  /// Minutes without their unit behind hours: `3h05`.
  private var endsInDigits: Bool?

  /// What to replace, in this order, and what to write behind the text then.
  public var replacements: [(word: String, unit: String)] {
    used.sorted().map { (isISO == true ? Self.isoWords : Self.words)[$0] } + (hasSpaces ? [(word: " ", unit: "")] : [])
  }
  public var ending: String { endsInDigits == true ? "m" : "" }

  /// One unit alone may be a count of points, or the hour of a day: `5分`.
  public var isSure: Bool {
    let doubtful: Set<String> = ["分", "时"]
    if isISO == true { return true }
    return used.contains { !doubtful.contains(Self.words[$0].word) } || used.count > 1 || endsInDigits == true
  }

  /// `a day`, which has no digit and is a length all the same.
  static func isOne(_ cell: RawCell) -> Bool {
    let text = cell.text
    return words.contains { $0.unit.first == "1" && $0.word == text }
  }

  mutating func see(_ cell: RawCell) {
    guard !isDead else { return }
    guard cell.count <= 40, let first = cell.bytes.first else {
      isDead = true
      return
    }
    var text = cell.text
    let startsISO = first == UInt8(ascii: "P")
    if isISO == nil { isISO = startsISO }
    // Months and years are of no fixed length.
    let days = text.prefix { $0 != "T" }
    guard isISO == startsISO, !startsISO || !days.contains("M") && !text.contains("Y") else {
      isDead = true
      return
    }
    for (place, entry) in (startsISO ? Self.isoWords : Self.words).enumerated() where text.contains(entry.word) {
      text.replace(entry.word, with: entry.unit)
      used.insert(place)
    }
    if text.contains(" ") {
      text.replace(" ", with: "")
      hasSpaces = true
    }
    let isOpen = text.utf8.last.map { $0 >= 0x30 && $0 <= 0x39 } ?? false
    if isOpen { text = text.contains("h") ? text + "m" : "" }
    if endsInDigits == nil { endsInDigits = isOpen }
    let isLiteral = Array(text.utf8).withUnsafeBufferPointer { bytes in
      if case .success = TimeDuration.parseLiteral(bytes) { true } else { false }
    }
    if !isLiteral || endsInDigits != isOpen { isDead = true }
  }
}
