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

  mutating func decide(rows: Int) {
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
    } else if facts.seen > 0, asTime() {
      // The patterns are settled together with those of other columns.
    } else if facts.seen > 0,
      facts.areNumbers ? asNumber(facts) || asDuration(facts) : asDuration(facts) || asNumber(facts)
    {
    } else if facts.seen > 0, facts.areLists {
      kind = .list
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
  }

  /// Words such as `None`: absent where a number or a time is wanted, a text like any other elsewhere. Spaces alone are nothing
  /// anywhere, which the source says once.
  private mutating func settleGaps() {
    if !column.blanks.isEmpty { isOptional = true }
    switch kind {
    case .string, .reference, .choice: break
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

  private static let pairs: [(String, String)] = [
    ("true", "false"), ("yes", "no"), ("ja", "nein"), ("oui", "non"), ("y", "n"), ("t", "f"), ("on", "off"), ("是", "否"),
    ("有", "无"), ("有", "没有"), ("真", "假"), ("达标", "未达标"), ("wahr", "falsch"), ("vrai", "faux"), ("sí", "no"),
    ("si", "no"),
    ("sim", "não"), ("はい", "いいえ"), ("1", "0"), ("√", "×"), ("✓", "✗"),
  ]
  private static let flags: Set<String> = [
    "is", "has", "was", "flag", "active", "vip", "enabled", "breached", "escalated", "overdue", "public", "private",
    "deleted", "archived", "met", "made", "confirmed", "verified", "ok", "reopened", "open", "closed", "resolved",
    "locked", "read", "paid", "flagged", "spam", "merged",
  ]

  /// How the texts of a column of yes and no are read, or `nil` where it is something else.
  private func asBool() -> [Acceptance]? {
    guard column.isComplete, column.distinct <= 8 else { return nil }
    // What stands for nothing in other columns may be the no of this one.
    let texts = column.values.map(\.text) + column.doubtful.keys.filter { ["无"].contains($0) }
    func fold(_ text: String) -> String { trimmed(text).lowercased() }
    let folded = Set(texts.map(fold))
    guard !folded.isEmpty, folded.count <= 2, let pair = Self.pairs.first(where: { folded.isSubset(of: [$0.0, $0.1]) })
    else { return nil }
    let isWord = pair.0 == "true"
    // One side alone says little, and numbers count more often than they tell.
    let isPlain = ["是", "yes", "ja", "oui"].contains(pair.0)
    if folded.count == 1, !isWord, !has(Self.flags), !isPlain { return nil }
    if pair.0 == "1", !has(Self.flags) { return nil }
    let native: Set<String> = ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0"]
    func acceptance(_ wanted: String, _ value: String) -> Acceptance? {
      let spelled = texts.filter { fold($0) == wanted && !native.contains(trimmed($0)) }
      return spelled.isEmpty ? nil : Acceptance(texts: spelled, value: value)
    }
    return [acceptance(pair.0, "true"), acceptance(pair.1, "false")].compactMap { $0 }
  }

  private func trimmed(_ text: String) -> String {
    let spaces: Set<Character> = [" ", "\t", "\u{A0}", "\u{202F}"]
    var text = text[...]
    while let first = text.first, spaces.contains(first) { text.removeFirst() }
    while let last = text.last, spaces.contains(last) { text.removeLast() }
    return String(text)
  }

  private static let timeWords: Set<String> = [
    "at", "on", "time", "date", "created", "updated", "closed", "resolved", "opened", "timestamp", "ts", "due", "when",
    "modified", "changed", "since", "until", "start", "end", "started", "ended", "day", "dt", "sent", "submitted",
    "am", "datum", "zeit", "frist", "le", "echeance",
  ]

  private mutating func asTime() -> Bool {
    let times = column.facts.times
    guard !times.isDead, !times.shapes.isEmpty else { return false }
    let isDigits = column.facts.areNumbers
    // Numbers are times only where the heading says so.
    if isDigits, !has(Self.timeWords) { return false }
    if times.days > 0, times.instants + times.locals > 0 {
      note = "days and times"
      return false
    }
    kind = times.days > 0 ? .date : .timestamp
    shapes = times.shapes
    if times.hasChineseHalfDays {
      guard let row = rowText else { return false }
      expression = "\(row).replace(\"上午\", \"AM\").replace(\"下午\", \"PM\")"
    }
    return true
  }

  private static let codes: Set<String> = [
    "phone", "mobile", "zip", "postal", "postcode", "fax", "version", "sku", "code", "plz", "telefon", "title", "name",
    "subject", "release", "build",
  ]
  private static let minutes: Set<String> = ["minutes", "mins", "min"]
  private static let hours: Set<String> = ["hours", "hrs"]
  private static let seconds: Set<String> = ["seconds", "secs", "sec"]
  private static let milliseconds: Set<String> = ["ms", "millis", "milliseconds"]

  private mutating func asNumber(_ facts: CellFacts) -> Bool {
    if has(Self.codes) { return false }
    if facts.areInts || facts.areWhole {
      kind = .int
      if facts.areInts, facts.largest < 1_000_000_000, let unit = unit, let row = rowText {
        kind = .duration
        expression = "int(\(row)) * 1\(unit)"
      }
      return true
    }
    if facts.areNumbers {
      kind = .double
      return true
    }
    let number = facts.decorated
    guard !number.isDead, !number.isPlain, let prefix = number.prefix, let row = rowText else { return false }
    guard isUnit(prefix), isUnit(number.suffix) else { return false }
    var text = row
    for piece in [prefix, number.suffix] where !piece.isEmpty { text += ".replace(\(DraftText.quoted(piece)), \"\")" }
    if number.groupsByComma { text += ".replace(\",\", \"\")" }
    if number.groupsByPoint { text += ".replace(\".\", \"\")" }
    for mark in number.groupMarks.sorted() { text += ".replace(\(DraftText.quoted(mark)), \"\")" }
    if number.hasParentheses { text += ".replace(\"(\", \"-\").replace(\")\", \"\")" }
    if number.hasDecimalComma { text += ".replace(\",\", \".\")" }
    expression = text
    kind = number.hasFraction ? .double : .int
    let around = [prefix, number.suffix].map { trimmed($0) }.filter { !$0.isEmpty }
    if !around.isEmpty { note = "in \(around.joined(separator: " "))" }
    return true
  }

  /// What may stand around a number: a currency, a percent sign, a unit; not the `INC` of `INC1`.
  private func isUnit(_ text: String) -> Bool {
    let bare = trimmed(text)
    if bare.isEmpty { return true }
    if bare.unicodeScalars.allSatisfy({ "$€£¥￥₹₩%％".unicodeScalars.contains($0) }) { return true }
    let units: Set<String> = [
      "usd", "eur", "gbp", "cny", "rmb", "hkd", "jpy", "inr", "chf", "us$", "hk$", "rmb¥", "元", "万元", "人民币", "美元", "欧元",
      "percent",
      "points", "pts", "次", "个", "分", "人", "件", "条", "天", "小时", "分钟", "秒", "days", "hours", "minutes",
    ]
    return units.contains(bare.lowercased())
  }

  /// The unit of time that a heading names: `First reply time in minutes`.
  private var unit: String? {
    let counts: Set<String> = ["count", "per", "rate", "id", "number"]
    if has(counts) { return nil }
    if has(Self.minutes) { return "m" }
    if has(Self.hours) { return "h" }
    if has(Self.seconds) { return "s" }
    return has(Self.milliseconds) ? "ms" : nil
  }

  private mutating func asDuration(_ facts: CellFacts) -> Bool {
    if facts.areDurations {
      kind = .duration
      return true
    }
    guard let row = rowText else { return false }
    if !facts.spelled.isDead, facts.spelled.isSure || facts.decorated.isDead {
      kind = .duration
      expression = facts.spelled.replacements.reduce(row) { text, entry in
        text + ".replace(\(DraftText.quoted(entry.word)), \(DraftText.quoted(entry.unit)))"
      }
      if !facts.spelled.ending.isEmpty { expression? += " + \(DraftText.quoted(facts.spelled.ending))" }
      return true
    }
    func part(_ place: Int, _ unit: String) -> String { "int(\(row).split(\":\")[\(place)]) * 1\(unit)" }
    let isLength = has([
      "duration", "elapsed", "spent", "hrs", "hours", "handle", "resolution", "response", "wait", "age", "time",
    ])
    if facts.areClocks {
      kind = .duration
      expression = [part(0, "h"), part(1, "m"), part(2, "s")].joined(separator: " + ")
      return true
    }
    if facts.areShortClocks, isLength {
      kind = .duration
      expression = [part(0, "h"), part(1, "m")].joined(separator: " + ")
      return true
    }
    return false
  }

  // MARK: - Choices

  private static let choiceWords: Set<String> = [
    "status", "state", "priority", "severity", "type", "kind", "channel", "level", "tier", "urgency", "impact", "via",
    "source", "resolution", "satisfaction", "sentiment", "stage", "phase", "plan", "rating", "risk", "mood", "notify",
    "category", "importance", "ontime", "segment",
  ]
  private static let openWords: Set<String> = [
    "name", "email", "mail", "phone", "subject", "title", "description", "summary", "comment", "comments", "body",
    "text",
    "note", "notes", "url", "link", "id", "number", "key", "assignee", "agent", "owner", "requester", "reporter", "by",
    "customer", "user", "person", "company", "contact", "address", "tags", "labels", "tag", "caller", "creator",
    "login",
    "handler", "submitter", "organization", "group", "team", "product", "location", "vendor", "caused", "rfc",
    "problem",
    "version", "versions", "content", "author", "city", "member", "employee", "details", "message", "assigned",
    "milestone", "kunde", "bearbeiter", "betreff", "beschreibung", "ersteller", "melder", "firma", "ansprechpartner",
    "bemerkung", "kommentar", "ort", "demandeur", "client", "objet", "titre", "auteur", "nom", "societe", "commentaire",
    "agents", "handlers",
  ]

  private func isChoice(rows: Int) -> Bool {
    guard column.isComplete, column.distinct > 0, column.facts.longest <= 60, !column.facts.hasLines else {
      return false
    }
    let last = name.split(separator: "_").last.map(String.init) ?? name
    let isNamed = Self.choiceWords.contains(last) || (has(Self.choiceWords) && !has(Self.openWords))
    if isNamed {
      return column.distinct <= 24 && (column.distinct <= 8 || rows >= 2 * column.distinct)
    }
    guard !has(Self.openWords), column.distinct >= 2, column.distinct <= 16 else { return false }
    // Values with numbers in them are names of things, of which there will be more.
    let numbered = column.values.count { $0.text.contains(where: \.isNumber) }
    return rows >= 20 && column.filled >= 10 * column.distinct && numbered * 2 < column.values.count
  }

  // MARK: - In a source

  /// The column as an expression names it; `nil` where it cannot be written.
  var rowText: String? { column.parts == 1 ? DraftText.row(column.heading) : nil }
}
