/// Words: yes and no, lists, and one of a few.

import DocketData

extension DraftField {
  // MARK: - Yes and no

  private static let pairs: [(String, String)] = [
    ("true", "false"), ("yes", "no"), ("ja", "nein"), ("oui", "non"), ("y", "n"), ("t", "f"), ("on", "off"), ("是", "否"),
    ("有", "无"), ("有", "没有"), ("真", "假"), ("达标", "未达标"), ("wahr", "falsch"), ("vrai", "faux"), ("sí", "no"),
    ("si", "no"),
    ("sim", "não"), ("はい", "いいえ"), ("예", "아니오"), ("да", "нет"), ("evet", "hayır"), ("tak", "nie"), ("对", "错"),
    ("对", "不对"), ("1", "0"), ("√", "×"), ("✓", "✗"), ("✔", "✘"), ("☑", "☐"), ("✅", "❌"), ("enabled", "disabled"),
    ("active", "inactive"), ("开", "关"), ("已确认", "未确认"),
  ]
  /// What stands for yes in a column whose other cells are empty.
  private static let checks: Set<String> = ["✓", "✔", "√", "☑", "✅", "x", "X", "×", "●", "•"]
  private static let flags: Set<String> = [
    "is", "has", "was", "flag", "active", "vip", "enabled", "breached", "escalated", "overdue", "public", "private",
    "deleted", "archived", "met", "made", "confirmed", "verified", "ok", "reopened", "open", "closed", "resolved",
    "locked", "read", "paid", "flagged", "spam", "merged",
  ]

  /// How the texts of a column of yes and no are read, or `nil` where it is something else.
  mutating func asBool() -> [Acceptance]? {
    guard column.isComplete, column.distinct <= 8 else { return nil }
    if let only = column.values.first?.text, column.distinct == 1, column.empty > 0, column.blanks.isEmpty,
      !has(Self.openWords), let row = rowText,
      Self.checks.contains(trimmed(only.replacing("\u{FE0F}", with: "")))
    {
      expression = "(\(row) ?? \"\") == \(DraftText.quoted(only))"
      note = "an empty cell is false"
      return []
    }
    // What stands for nothing in other columns may be the no of this one.
    let texts = column.values.map(\.text) + column.doubtful.keys.filter { ["无"].contains($0) }
    func fold(_ text: String) -> String { trimmed(text).replacing("\u{FE0F}", with: "").lowercased() }
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

  // MARK: - Lists

  /// Lists as JSON or Python writes them, and texts with marks between their parts.
  mutating func asList() -> Bool {
    if column.facts.areLists {
      kind = .list
      return true
    }
    guard let row = rowText else { return false }
    if column.facts.areQuotedLists {
      kind = .list
      expression = "\(row).replace(\"'\", \"\\\"\")"
      return true
    }
    if column.facts.areLooseLists {
      kind = .list
      return true
    }
    guard column.doubtful.isEmpty,
      let list = DelimitedList(column, isNamed: isListNamed, isOpen: has(Self.openWords))
    else { return false }
    kind = .list
    expression = list.expression(row)
    return true
  }

  private static let listWords: Set<String> = [
    "tags", "labels", "tag", "label", "cc", "ccs", "watchers", "followers", "collaborators", "components", "categories",
    "contacts", "channels", "products", "emails", "skills", "participants", "assignees", "etiquetas", "schlagworte",
    "interests", "topics",
  ]
  private var isListNamed: Bool {
    has(Self.listWords) || ["标签", "抄送", "多选"].contains { column.heading.contains($0) }
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

  func isChoice(rows: Int) -> Bool {
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
}
