/// What becomes of one column of an export: a field with its type, and how its texts are read.

import DocketData
import DocketTime

struct DraftField {
  indirect enum Kind: Equatable {
    case string
    case int
    case double
    case bool
    case timestamp
    case date
    case duration
    case list
    /// One of a few texts; the place of its enum in the draft, once it has one.
    case choice(Int?)
    /// A record of another entity of the draft.
    case reference(Int)
  }

  struct Acceptance {
    var texts: [String]
    /// A constant, or `absent`.
    var value: String
  }

  var column: ColumnSketch
  var name: String
  var kind = Kind.string
  var isKey = false
  /// The record is what happened then.
  var isEvent = false
  var isOptional = false
  var accepted: [Acceptance] = []
  /// What is read in place of the column itself: an expression of the row's texts.
  var expression: String?
  /// Said behind the field.
  var note: String?
  /// Patterns that read its times, and those that would do as well.
  var shapes: [TimeFacts.Shape] = []
  /// Why there is no field for the column.
  var leftOut: String?

  /// The heading, where the name is another.
  var label: String? { column.heading == name ? nil : column.heading }
  var words: Set<String> { Set(name.split(separator: "_").map(String.init)) }

  init(_ column: ColumnSketch, name: String) {
    self.column = column
    self.name = name
  }

  func has(_ candidates: Set<String>) -> Bool { !words.isDisjoint(with: candidates) }

  // MARK: - Deciding

  /// `usesDecimalComma` is what other columns of the file do.
  mutating func decide(rows: Int, usesDecimalComma: Bool) {
    let facts = column.facts
    isOptional = column.empty > 0 || !column.missing.isEmpty
    if column.heading.isEmpty {
      leftOut = "it has no heading"
      return
    }
    if column.parts > 1 {
      kind = .list
      note = "from \(column.parts) columns of this heading"
      return
    }
    guard facts.seen + column.doubtful.count > 0 else {
      isOptional = true
      note = rows == 0 ? nil : "always empty"
      return
    }
    if facts.areNested {
      leftOut = "it holds objects"
      return
    }
    if let found = asBool() {
      kind = .bool
      accepted = found
    } else if facts.seen > 0, let doubt = facts.times.doubt {
      kind = .string
      note = doubt
    } else if facts.seen > 0, asTime() {
      // The patterns are settled together with those of other columns.
    } else if facts.seen > 0, facts.areNumbers, asNumber(usesDecimalComma) || asDuration(facts) {
    } else if facts.seen > 0, !facts.areNumbers, asDuration(facts) || asNumber(usesDecimalComma) {
    } else if facts.seen > 0, asList() {
    } else if isChoice(rows: rows) {
      kind = .choice(nil)
    } else {
      kind = .string
      if column.isUnique, rows > 1 {
        note = nil
      } else if column.isComplete, column.distinct > 1, column.distinct <= 100, rows >= 4 * column.distinct {
        note = "\(column.distinct) values"
      }
    }
    settleGaps()
    // What is a mark or nothing is never absent.
    if kind == .bool, expression != nil { isOptional = false }
  }

  /// In a text they mean nothing but that there is none; `NA` and others may be names.
  private static let nothing: Set<String> = ["None", "none", "nil", "无", "暂无", "空"]
  private static let nobody: Set<String> = ["Unassigned", "unassigned", "UNASSIGNED", "未分配", "Not assigned", "Nobody"]
  private static let people: Set<String> = [
    "assignee", "assigned", "owner", "agent", "handler", "technician", "responsible", "bearbeiter", "handled",
  ]

  /// Words such as `None`: absent where a number, a time or a text is wanted, and a case of an enum. Spaces alone are nothing
  /// anywhere, which the source says once.
  private mutating func settleGaps() {
    if !column.blanks.isEmpty { isOptional = true }
    switch kind {
    case .reference, .choice: break
    case .string:
      var words = column.doubtful.keys.filter { Self.nothing.contains($0) }
      if has(Self.people) { words += column.values.map(\.text).filter { Self.nobody.contains($0) } }
      guard !words.isEmpty else { return }
      isOptional = true
      accepted.append(Acceptance(texts: words.sorted(), value: "absent"))
    case .int, .double, .bool, .timestamp, .date, .duration, .list:
      let known = Set(accepted.flatMap(\.texts))
      let doubtful = column.doubtful.keys.filter { !known.contains($0) }.sorted()
      guard !doubtful.isEmpty else { return }
      isOptional = true
      guard let expression, let row = rowText else {
        return accepted.append(Acceptance(texts: doubtful, value: "absent"))
      }
      // What is computed from the text has to know of the words itself.
      let words = doubtful.map { DraftText.quoted($0) }.joined(separator: ", ")
      let nothing = expression.hasPrefix("int(") ? "null" : "\"\""
      self.expression = "\(row) in [\(words)] ? \(nothing) : \(expression)"
    }
  }

  // MARK: - Kinds

  /// Without spaces of any kind at its ends.
  func trimmed(_ text: String) -> String {
    let spaces: Set<Character> = [" ", "\t", "\u{A0}", "\u{202F}"]
    var text = text[...]
    while let first = text.first, spaces.contains(first) { text.removeFirst() }
    while let last = text.last, spaces.contains(last) { text.removeLast() }
    return String(text)
  }

  private static let timeWords: Set<String> = [
    "at", "on", "time", "date", "created", "updated", "closed", "resolved", "opened", "timestamp", "ts", "due", "when",
    "modified", "changed", "since", "until", "start", "end", "started", "ended", "day", "dt", "sent", "submitted",
    "am", "datum", "zeit", "frist", "le", "echeance", "ymd", "ymdhm", "ymdhms", "datetime", "created_at", "epoch",
  ]
  /// Headings that no name is made of in English, or in which words grow together: `接入时间`, `createtime`.
  private var isTimeNamed: Bool {
    has(Self.timeWords) || words.contains { $0.hasSuffix("time") || $0.hasSuffix("date") }
      || ["时间", "日期", "時間", "日時"].contains { column.heading.contains($0) }
  }

  private mutating func asTime() -> Bool {
    let times = column.facts.times
    guard !times.isDead, !times.shapes.isEmpty else { return false }
    let isDigits = column.facts.areNumbers
    // Numbers are times only where the heading says so.
    if isDigits, !isTimeNamed { return false }
    if times.days > 0, times.instants + times.locals > 0 {
      note = "days and times"
      return false
    }
    kind = times.days > 0 ? .date : .timestamp
    shapes = times.shapes
    if times.instants > 0, times.locals > 0, shapes.allSatisfy({ !$0.patterns.contains { $0.hasSuffix("'GMT'") } }) {
      note = "some of its times have an offset, and some are read in the zone"
    }
    if times.hasZero { column.standForNothing("0") }
    if !times.words.used.isEmpty {
      guard let row = rowText else { return false }
      expression = times.words.used.reduce(row) { text, word in
        text + ".replace(\(DraftText.quoted(word.text)), \(DraftText.quoted(word.reading)))"
      }
    }
    return true
  }

  // MARK: - In a source

  /// The column as an expression names it; `nil` where it cannot be written.
  var rowText: String? { column.parts == 1 ? DraftText.row(column.heading) : nil }
}
