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
    for place in fields.indices {
      fields[place].decide(rows: file.rows)
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

  /// What a program wrote for nothing is nothing wherever it stands; a single text in a column of texts may be one.
  private mutating func settleMissing() {
    var found: [String: (columns: Int, isNeeded: Bool, count: Int)] = [:]
    for field in fields where field.leftOut == nil {
      for (text, count) in field.column.missing {
        found[text, default: (0, false, 0)].columns += 1
        found[text, default: (0, false, 0)].count += count
        if field.kind != .string { found[text, default: (0, false, 0)].isNeeded = true }
      }
      // Readers pass over spaces around numbers and times; a text would hold them.
      let keepsSpaces: Bool
      switch field.kind {
      case .string, .choice, .reference, .list: keepsSpaces = true
      case .bool, .int, .double, .timestamp, .date, .duration: keepsSpaces = field.expression != nil
      }
      for (text, count) in field.column.blanks where keepsSpaces {
        found[text, default: (0, false, 0)].count += count
        found[text, default: (0, false, 0)].isNeeded = true
      }
    }
    missing = found.filter { $0.value.isNeeded || $0.value.columns > 1 }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.key)
    for place in fields.indices where fields[place].kind == .string {
      let column = fields[place].column
      fields[place].isOptional =
        column.empty > 0 || !column.blanks.isEmpty || column.missing.keys.contains { missing.contains($0) }
        || fields[place].isOptional && column.filled == 0
    }
  }

  /// The times that create a record; one that every row has.
  private mutating func settleCreated() {
    let signs = [
      "created", "create", "opened", "open", "submitted", "reported", "received", "registered", "raised", "requested",
      "asked", "ordered", "accepted", "erstellt", "eroffnet", "angelegt", "eingegangen", "cree", "ouvert", "soumis",
      "recu",
    ]
    func isPossible(_ place: Int) -> Bool {
      fields[place].kind == .timestamp && !fields[place].isOptional && place != version
        && !fields[place].has(["due", "target", "expected", "planned", "last"])
    }
    for sign in signs {
      if let place = readable.first(where: { isPossible($0) && fields[$0].has([sign]) }) {
        created = place
        return
      }
    }
  }

  // MARK: - The key

  private static let idWords: Set<String> = [
    "id", "key", "number", "no", "code", "serial", "uuid", "guid", "ref", "reference", "iid", "nr", "nummer", "numero",
  ]
  private static let foreignWords: Set<String> = [
    "customer", "user", "requester", "assignee", "organization", "org", "parent", "product", "group", "caller",
    "account",
    "external", "agent", "owner", "contact", "company", "author", "team", "session", "submitter", "reporter", "creator",
    "phone",
    "mobile", "order", "node", "brand", "form", "kd", "kunde", "kunden", "client",
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
    if field.kind == .int, !isId { score -= 3 }
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
    if let unique, unique.score >= 3 { return take(key: unique.place) }
    if let best = ranked.first(where: { $0.score >= 3 }) {
      let repeats = file.repeats(of: [best.place], missing: missing)
      if repeats.differing == 0 {
        rejects.append((repeats.repeated, "are copies of another row"))
        return take(key: best.place)
      }
      if settleVersion(key: best.place) { return take(key: best.place) }
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
    for place in (ranked.prefix(1) + full + readable.filter({ hasGaps($0) })).prefix(24)
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
    let counters: Set<String> = ["mod", "version", "revision", "seq", "sequence", "updates", "step", "number", "no"]
    let full = readable.filter { $0 != key && $0 != best.place && !hasGaps($0) && fields[$0].rowText != nil }
    let ints = full.filter { fields[$0].kind == .int && fields[$0].expression == nil }
    var candidates: [Int] = []
    for place in ints.filter({ fields[$0].has(counters) }) + ints + full where !candidates.contains(place) {
      candidates.append(place)
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
