/// Lengths of time with their units as words: `3小时5分钟`, `2 days 4 hrs`, `3h05`.
///
/// With the words replaced by the units of duration literals, and spaces left out, all cells of a column must be such literals.

import DocketTime

public struct SpelledDuration: Sendable {
  /// What a word is replaced by. A word that holds another one stands before it.
  private static let words: [(word: String, unit: String)] = [
    ("个小时", "h"), ("小时", "h"), ("分钟", "m"), ("秒钟", "s"), ("天", "d"), ("时", "h"), ("分", "m"), ("秒", "s"), ("days", "d"),
    ("day", "d"), ("hours", "h"), ("hour", "h"), ("hrs", "h"), ("hr", "h"), ("minutes", "m"), ("minute", "m"),
    ("mins", "m"),
    ("min", "m"), ("seconds", "s"), ("second", "s"), ("secs", "s"), ("sec", "s"), ("Tage", "d"), ("Tag", "d"),
    ("Stunden", "h"), ("Stunde", "h"), ("Std.", "h"), ("Std", "h"), ("Min.", "m"), ("Min", "m"), ("Sek.", "s"),
  ]

  public private(set) var isDead = false
  /// Places in `words`.
  private var used: Set<Int> = []
  private var hasSpaces = false
  /// Minutes without their unit behind hours: `3h05`.
  private var endsInDigits: Bool?

  /// What to replace, in this order, and what to write behind the text then.
  public var replacements: [(word: String, unit: String)] {
    used.sorted().map { Self.words[$0] } + (hasSpaces ? [(word: " ", unit: "")] : [])
  }
  public var ending: String { endsInDigits == true ? "m" : "" }

  /// One unit alone may be a count of points, or the hour of a day: `5分`.
  public var isSure: Bool {
    let doubtful: Set<String> = ["分", "时"]
    return used.contains { !doubtful.contains(Self.words[$0].word) } || used.count > 1 || endsInDigits == true
  }

  mutating func see(_ cell: RawCell) {
    guard !isDead else { return }
    guard cell.count <= 40, let first = cell.bytes.first, first >= 0x30 && first <= 0x39 else {
      isDead = true
      return
    }
    var text = cell.text
    for (place, entry) in Self.words.enumerated() where text.contains(entry.word) {
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
