/// Numbers and lengths of time, with what stands around them taken away.

import DocketData

extension DraftField {
  private static let codes: Set<String> = [
    "phone", "mobile", "zip", "postal", "postcode", "fax", "version", "sku", "code", "plz", "telefon", "title", "name",
    "subject", "release", "build",
  ]
  private static let minutes: Set<String> = ["minutes", "mins", "min"]
  private static let hours: Set<String> = ["hours", "hrs"]
  private static let seconds: Set<String> = ["seconds", "secs", "sec"]
  private static let milliseconds: Set<String> = ["ms", "millis", "milliseconds"]

  mutating func asNumber(_ usesDecimalComma: Bool) -> Bool {
    if has(Self.codes) { return false }
    let facts = column.facts
    let marks = facts.decorated.isDead ? nil : facts.decorated.marks(usesDecimalComma: usesDecimalComma)
    // `1.234` is a thousand where other columns have `0,5`.
    if let marks, marks.isByFile { return asDecorated(facts.decorated, marks) }
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
      if facts.arePlainDecimals, let unit = unit, let row = rowText {
        kind = .duration
        expression = "\(row) + \"\(unit)\""
      }
      return true
    }
    guard let marks else { return false }
    return asDecorated(facts.decorated, marks)
  }

  private mutating func asDecorated(_ number: DecoratedNumber, _ marks: DecoratedNumber.Marks) -> Bool {
    let isPlain = number.isPlain && !marks.groupsByComma && !marks.groupsByPoint && !marks.hasDecimalComma
    guard !isPlain, let prefix = number.prefix, let row = rowText else { return false }
    guard isUnit(prefix), isUnit(number.suffix) else { return false }
    var text = row
    for piece in [prefix, number.suffix] where !piece.isEmpty { text += ".replace(\(DraftText.quoted(piece)), \"\")" }
    if marks.groupsByComma { text += ".replace(\",\", \"\")" }
    if marks.groupsByPoint { text += ".replace(\".\", \"\")" }
    for mark in number.groupMarks.sorted() { text += ".replace(\(DraftText.quoted(mark)), \"\")" }
    if number.hasParentheses { text += ".replace(\"(\", \"-\").replace(\")\", \"\")" }
    if marks.hasDecimalComma { text += ".replace(\",\", \".\")" }
    expression = text
    kind = marks.hasFraction ? .double : .int
    let around = [prefix, number.suffix].map { trimmed($0) }.filter { !$0.isEmpty }
    if !around.isEmpty { note = "in \(around.joined(separator: " "))" }
    if marks.isByFile, let example = column.values.map(\.text).first(where: { $0.contains { $0 == "." || $0 == "," } })
    {
      let reading = marks.hasFraction ? "a fraction" : "thousands"
      note = "`\(example)` is read as \(reading): a comma stands before fractions in this file"
    }
    return true
  }

  /// What may stand around a number: a currency, a percent sign, a unit; not the `INC` of `INC1`.
  private func isUnit(_ text: String) -> Bool {
    let bare = trimmed(text)
    if bare.isEmpty { return true }
    if bare.unicodeScalars.allSatisfy({ "$€£¥￥₹₩₽₺₫₴₪฿%％".unicodeScalars.contains($0) }) { return true }
    let units: Set<String> = [
      "usd", "eur", "gbp", "cny", "rmb", "hkd", "jpy", "inr", "chf", "us$", "hk$", "rmb¥", "r$", "a$", "c$", "nt$",
      "s$",
      "mx$", "kr", "kr.", "sek", "nok", "dkk", "pln", "czk", "brl", "cad", "aud", "rs", "rs.", "zł", "kč", "ft", "lei",
      "руб.", "元", "万元", "人民币", "美元", "欧元",
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

  mutating func asDuration(_ facts: CellFacts) -> Bool {
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
    let ending = facts.clockEnding ?? ""
    let clock = ending.isEmpty ? row : "\(row).replace(\(DraftText.quoted(ending)), \"\")"
    func part(_ place: Int, _ unit: String) -> String { "int(\(clock).split(\":\")[\(place)]) * 1\(unit)" }
    let isLength = has([
      "duration", "elapsed", "spent", "hrs", "hours", "handle", "resolution", "response", "wait", "age", "time",
      "aufgewendete", "aufwand", "dauer", "bearbeitungszeit", "duree", "temps",
    ])
    if facts.areClocks {
      kind = .duration
      expression = [part(0, "h"), part(1, "m"), part(2, "s")].joined(separator: " + ")
      return true
    }
    if facts.areShortClocks, isLength || !ending.isEmpty {
      kind = .duration
      expression = [part(0, "h"), part(1, "m")].joined(separator: " + ")
      return true
    }
    return false
  }
}
