/// What becomes of one export: an entity with its fields, its key, and the source that reads it.

import DocketData
import DocketDiagnostics
import DocketTime

struct DraftEntity {
  let file: ExportFile
  var name: String
  /// What the file calls it, where that is another word.
  var title: String?
  var fields: [DraftField]
  /// The field that tells records apart.
  var key = 0
  /// What the key is put together from, where no column is enough.
  var keyParts: [Int] = []
  var version: Int?
  var ties: [Int] = []
  var created: Int?
  /// When the change happened that a row of a log tells of.
  var event: Int?
  var backfilled: [Int] = []
  var missing: [String] = []
  var times: [String] = []
  /// Of the times that say so themselves: `2026-10-09 20:50 UTC`.
  var timeZone: String?
  /// Rows that are allowed to be left out, and why.
  var rejects: [(count: Int, reason: String)] = []
  /// Said above the source.
  var notes: [String] = []

  init(_ file: ExportFile, name: String, title: String?) {
    self.file = file
    self.name = name
    self.title = title
    var used: Set<String> = []
    let headings = Set(file.columns.map(\.heading))
    fields = Self.columns(of: file).map { column in
      var name = DraftNames.field(column.heading)
      // A name that is another column's heading would read that one.
      if name != column.heading, headings.contains(name) || file.namesObject(name) { name += "_2" }
      return DraftField(column, name: DraftNames.unique(name, &used))
    }
    let usesDecimalComma = Self.usesDecimalComma(file)
    for place in fields.indices {
      fields[place].decide(rows: file.rows, usesDecimalComma: usesDecimalComma)
      fields[place].takeOffGuard()
    }
    leaveOutAddresses()
    settleTimes()
    settleMissing()
    settleKey()
    settleCreated()
    noteWhatIsRead()
    if file.unreadable > 0 {
      rejects.append(
        (
          file.unreadable,
          "\(file.unreadable == 1 ? "has" : "have") another number of cells than the heading, or cannot be read otherwise"
        ))
    }
  }

  /// Whether a comma stands before fractions: where one surely does, or cells lie between semicolons and no point does.
  private static func usesDecimalComma(_ file: ExportFile) -> Bool {
    let numbers = file.columns.map(\.facts).filter { $0.seen > 0 && !$0.decorated.isDead }.map(\.decorated)
    if numbers.contains(where: \.hasDecimalComma) { return !numbers.contains(where: \.hasDecimalPoint) }
    return file.delimiter == ";" && !numbers.contains(where: \.hasDecimalPoint)
  }

  /// Rows that say what was changed, from what to what, are no states of a record.
  static func isChangeLog(_ file: ExportFile) -> Bool {
    let names = file.columns.map { Set(DraftNames.words($0.heading)) }
    func has(_ side: Set<String>, _ whole: Set<String>) -> Bool {
      names.contains {
        !$0.isDisjoint(with: whole) || !$0.isDisjoint(with: side) && !$0.isDisjoint(with: ["value", "string"])
      }
    }
    let old: Set<String> = ["oldvalue", "原值", "旧值", "变更前", "修改前"]
    let new: Set<String> = ["newvalue", "新值", "变更后", "修改后"]
    return has(["old", "original", "previous", "from"], old) && has(["new", "to"], new)
  }

  /// Those of the file, but for lists that are written over several.
  private static func columns(of file: ExportFile) -> [ColumnSketch] {
    file.columns.compactMap { column in
      guard let list = file.lists.first(where: { $0.columns.contains(column.index) }) else { return column }
      return list.columns[0] == column.index ? ColumnSketch(list, of: file.columns) : nil
    }
  }

  var readable: [Int] { fields.indices.filter { fields[$0].leftOut == nil } }

  /// Answers of web services are full of links to more of them.
  private mutating func leaveOutAddresses() {
    guard fields.count > 40 else { return }
    for place in fields.indices where fields[place].leftOut == nil {
      let facts = fields[place].column.facts
      if fields[place].name == "html_url" { continue }
      if facts.seen > 0, facts.areAddresses { fields[place].leftOut = "web addresses" }
      if facts.seen == 0, fields[place].column.doubtful.isEmpty { fields[place].leftOut = "always empty" }
    }
  }

  /// What a program wrote for nothing is nothing wherever it stands.
  private mutating func settleMissing() {
    var found: [String: Int] = [:]
    for field in fields where field.leftOut == nil {
      for (text, count) in field.column.missing { found[text, default: 0] += count }
      // Readers pass over spaces around numbers and times; a text would hold them.
      let keepsSpaces: Bool
      switch field.kind {
      case .string, .choice, .reference, .list: keepsSpaces = true
      case .bool, .int, .double, .timestamp, .date, .duration: keepsSpaces = field.expression != nil
      }
      for (text, count) in field.column.blanks where keepsSpaces { found[text, default: 0] += count }
    }
    missing = found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    for place in fields.indices where fields[place].kind == .string {
      let column = fields[place].column
      fields[place].isOptional =
        column.empty > 0 || !column.blanks.isEmpty || column.missing.keys.contains { missing.contains($0) }
        || !fields[place].accepted.isEmpty || fields[place].isOptional && column.filled == 0
    }
  }

  /// The times that create a record; one that every row has.
  private mutating func settleCreated() {
    let signs = [
      "created", "create", "creation", "opened", "open", "submitted", "reported", "received", "registered", "raised",
      "requested", "asked", "ordered", "accepted", "erstellt", "eroeffnet", "angelegt", "eingegangen", "cree", "ouvert",
      "soumis",
      "recu",
    ]
    guard event == nil else { return }
    func place(_ kind: DraftField.Kind) -> Int? {
      let possible = readable.filter { place in
        fields[place].kind == kind && !fields[place].isOptional && place != version
          && !fields[place].has(["due", "target", "expected", "planned", "last"])
      }
      for sign in signs {
        if let place = possible.first(where: { fields[$0].has([sign]) }) { return place }
      }
      return nil
    }
    created = place(.timestamp)
    // Of a day alone it is the beginning, unless versions say more.
    guard created == nil, version == nil, let day = place(.date) else { return }
    created = day
    for pattern in fields[day].shapes.flatMap(\.patterns) where pattern != "iso" && !times.contains(pattern + " H:mm") {
      times.append(pattern + " H:mm")
    }
  }

  // MARK: - The key

  private static let idWords: Set<String> = [
    "id", "key", "number", "no", "code", "serial", "uuid", "guid", "ref", "reference", "iid", "nr", "nummer", "numero",
    "ticket", "case", "incident",
  ]
  private static let foreignWords: Set<String> = [
    "customer", "user", "requester", "assignee", "organization", "org", "parent", "product", "group", "caller",
    "account",
    "external", "agent", "owner", "contact", "company", "author", "team", "session", "submitter", "reporter", "creator",
    "phone",
    "mobile", "order", "node", "brand", "form", "kd", "kunde", "kunden", "client",
    "zip", "postcode", "postal", "plz", "telefon", "fax",
  ]
  private static let wordyWords: Set<String> = [
    "subject", "title", "description", "name", "email", "url", "comment", "content", "body", "summary", "note",
    "message", "details",
  ]

  private func score(_ place: Int) -> Int {
    let field = fields[place]
    guard field.leftOut == nil, field.kind == .string || field.kind == .int, !hasGaps(place) else { return .min }
    let words = field.name.split(separator: "_").map(String.init)
    let own = Set(DraftNames.words(name).map { $0.lowercased() })
    var score = place == 0 ? 3 : place < 3 ? 1 : 0
    let isId = words.last.map { Self.idWords.contains($0) } ?? false
    if isId { score += 4 }
    if isId, words.count == 1 || !own.isDisjoint(with: words) { score += 3 }
    if field.has(Self.foreignWords), own.isDisjoint(with: words) { score -= 5 }
    if field.has(Self.wordyWords), !isId { score -= 6 }
    if field.column.facts.hasSpaces || field.column.facts.longest > 40 { score -= 4 }
    if field.kind == .int, !isId, place > 0 { score -= 3 }
    return score
  }

  private func hasGaps(_ place: Int) -> Bool {
    let column = fields[place].column
    let hasWords = fields[place].kind != .string && !column.doubtful.isEmpty
    return column.empty > 0 || !column.blanks.isEmpty || !column.missing.isEmpty || column.rows == 0 || hasWords
  }

  private mutating func settleKey() {
    let ranked = readable.map { (place: $0, score: score($0)) }.filter { $0.score > .min }
      .sorted { (-$0.score, $0.place) < (-$1.score, $1.place) }
    let unique = ranked.first { fields[$0.place].column.isUnique }
    if Self.isChangeLog(file) { settleEvent() }
    if let unique, unique.score >= 3 { return take(key: unique.place) }
    if let best = ranked.first(where: { $0.score >= 3 }) {
      let repeats = file.repeats(of: [best.place], missing: missing)
      if repeats.differing == 0 {
        rejects.append((repeats.repeated, "are copies of another row"))
        return take(key: best.place)
      }
      if event == nil, settleVersion(key: best.place) { return take(key: best.place) }
    }
    if let unique, unique.score >= -2 { return take(key: unique.place) }
    // Nothing is known of a file without rows.
    if file.rows == 0, let first = readable.first { return take(key: first) }
    settleParts(from: ranked.map(\.place))
  }

  private mutating func take(key place: Int) {
    key = place
    fields[place].isKey = true
    fields[place].isOptional = false
    fields[place].note = nil
    if fields[place].kind == .string { fields[place].accepted = [] }
    if case .choice = fields[place].kind { fields[place].kind = .string }
  }

  /// A key of several columns: as few as tell the rows apart.
  private mutating func settleParts(from ranked: [Int]) {
    let full = readable.filter { !hasGaps($0) }.sorted {
      (-fields[$0].column.distinct, $0) < (-fields[$1].column.distinct, $1)
    }
    var parts: [Int] = []
    var rest = ExportFile.Repeats(repeated: file.rows, differing: file.rows)
    // Each try reads the file again.
    for place in (ranked.prefix(1) + (event.map { [$0] } ?? []) + full + readable.filter({ hasGaps($0) })).prefix(24)
    where rest.differing > 0 && !parts.contains(place) {
      guard fields[place].rowText != nil else { continue }
      let next = file.repeats(of: parts + [place], missing: missing)
      guard next.repeated < rest.repeated || parts.isEmpty else { continue }
      parts.append(place)
      rest = next
      if rest.repeated == 0 { break }
    }
    keyParts = parts
    if rest.repeated > 0 {
      let reason = rest.differing == 0 ? "are copies of another row" : "have the key of another row"
      rejects.append((rest.repeated, reason))
    }
    notes.append("No column tells the rows apart: the key is put together.")
  }

  // MARK: - Events

  /// When a row of a log of changes happened.
  private mutating func settleEvent() {
    let times = readable.filter { fields[$0].kind == .timestamp && !hasGaps($0) }
    guard !times.isEmpty else { return }
    notes.append("Each row is one change, not the state of a record: it has a key of its own.")
    let signs: Set<String> = ["edit", "edited", "changed", "change", "modified", "updated", "date", "time", "created"]
    let openings: Set<String> = ["opened", "open", "closed"]
    guard let place = times.first(where: { fields[$0].has(signs) && !fields[$0].has(openings) }) ?? times.first else {
      return
    }
    event = place
    fields[place].isEvent = true
  }

  // MARK: - Versions

  private mutating func settleVersion(key: Int) -> Bool {
    let signs: Set<String> = ["updated", "modified", "changed", "version", "last"]
    let planned: Set<String> = ["due", "target", "expected", "planned"]
    let times = readable.filter { fields[$0].kind == .timestamp && !hasGaps($0) && !fields[$0].has(planned) }
    let named = times.filter { fields[$0].has(signs) }
    var best: (place: Int, repeats: ExportFile.Repeats)?
    for place in (named.isEmpty ? times : named).prefix(12) {
      let repeats = file.repeats(of: [key, place], missing: missing)
      if best.map({ repeats.repeated < $0.repeats.repeated }) ?? true { best = (place, repeats) }
    }
    guard let best else { return false }
    version = best.place
    var rest = best.repeats
    // What is no counter orders nothing: by the alphabet `Closed` comes before `New`.
    let counters: Set<String> = [
      "mod", "version", "revision", "seq", "sequence", "updates", "step", "number", "no", "count", "counter", "serial",
      "row_no", "log", "event",
    ]
    let candidates = readable.filter { place in
      place != key && place != best.place && !hasGaps(place) && fields[place].rowText != nil
        && fields[place].kind == .int && fields[place].expression == nil && fields[place].has(counters)
    }
    // A counter of changes settles it alone; else whatever helps most, up to three.
    while rest.differing > 0, ties.count < 3 {
      var better: (place: Int, repeats: ExportFile.Repeats)?
      for place in candidates.prefix(8) where !ties.contains(place) {
        let next = file.repeats(of: [key, best.place] + ties + [place], missing: missing)
        if next.differing < better?.repeats.differing ?? rest.differing { better = (place, next) }
        if next.differing == 0 { break }
      }
      guard let better else { break }
      ties.append(better.place)
      rest = better.repeats
    }
    if rest.differing > 0 {
      rejects.append((rest.differing, "are changes of one instant, and nothing tells their order"))
    }
    return true
  }
}
