/// A draft as Docket source, with what was inferred from what beside it. The formatter does the layout.

import DocketData

struct DraftWriter {
  private let draft: Draft

  init(_ draft: Draft) { self.draft = draft }

  var text: String {
    let files = draft.entities.map { DraftPath.name(of: $0.file.path) }
    var seen: Set<String> = []
    let names = files.filter { seen.insert($0).inserted }
    let rows = draft.entities.reduce(0) { $0 + $1.file.rows }
    var lines =
      wrapped(
        "A first rulebook, drawn from \(names.joined(separator: ", ")): \(DraftText.plural(rows, "row")).", at: 118) + [
        "// What was guessed is said beside it; change what is wrong. Names and orders are yours to choose, the texts in",
        "// quotes are what the export says.",
        "",
        "zone \(DraftText.quoted(draft.zone))" + (draft.zoneReason.map { "  // \($0)" } ?? ""),
      ]
    for (place, item) in draft.enums.enumerated() { lines += [""] + self.lines(of: item, at: place) }
    for entity in draft.entities {
      lines += [""] + self.lines(of: entity)
      lines += [""] + sourceLines(of: entity)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Enums

  private func lines(of item: DraftEnum, at place: Int) -> [String] {
    let users = draft.entities.flatMap { entity in
      entity.fields.filter { $0.kind == .choice(place) && $0.leftOut == nil }.map { "\(entity.name).\($0.name)" }
    }
    var lines = wrapped(
      "\(users.joined(separator: ", ")): \(DraftText.plural(item.cases.count, "value")), \(item.orderNote).", at: 118)
    lines.append("enum \(item.name) {")
    for (number, entry) in item.cases.enumerated() {
      let labels = entry.labels.map { " " + DraftText.quoted($0) }.joined()
      lines.append("  \(entry.name)\(labels)\(number + 1 < item.cases.count ? "," : "")")
    }
    return lines + ["}"]
  }

  // MARK: - Entities

  private func lines(of entity: DraftEntity) -> [String] {
    var lines: [String] = []
    let leftOut = entity.fields.filter { $0.leftOut != nil }
    for reason in Set(leftOut.compactMap(\.leftOut)).sorted() {
      let names = leftOut.filter { $0.leftOut == reason }.map {
        $0.column.heading.isEmpty ? "column \($0.column.index + 1)" : "`\($0.column.heading)`"
      }
      var seen: Set<String> = []
      let unique = names.filter { seen.insert($0).inserted }
      lines += wrapped("Not read: \(unique.joined(separator: ", ")) (\(reason)).")
    }
    lines.append("entity \(entity.name)\(entity.title.map { " " + DraftText.quoted($0) } ?? "") {")
    if !entity.keyParts.isEmpty {
      let parts = entity.keyParts.map { entity.fields[$0].name }.joined(separator: ", ")
      lines.append("  key \(keyName(of: entity)): string  // \(parts)")
    } else if let key = entity.fields.indices.contains(entity.key) ? entity.fields[entity.key] : nil {
      lines.append("  " + line(of: key, in: entity))
    }
    for place in entity.readable where !entity.fields[place].isKey {
      lines.append("  " + line(of: entity.fields[place], in: entity))
    }
    return lines + ["}"]
  }

  private func line(of field: DraftField, in entity: DraftEntity) -> String {
    var line = field.isKey ? "key " : ""
    line += "\(field.name): \(type(field))\(field.isOptional ? "?" : "")"
    if let label = field.label { line += " " + DraftText.quoted(label) }
    if field.isEvent { line += " event" }
    let note = field.isKey ? keyNote(entity) : field.note
    return line + (note.map { "  " + DraftText.comment($0) } ?? "")
  }

  private func keyNote(_ entity: DraftEntity) -> String? {
    guard entity.file.rows > 0 else { return nil }
    let key = entity.fields[entity.key].column
    if let version = entity.version {
      return
        "\(DraftText.count(key.distinct)) in \(DraftText.count(entity.file.rows)) rows: one for each \(entity.fields[version].name)"
    }
    return key.isUnique ? "no two rows have the same" : nil
  }

  /// A name for a key that no column has.
  private func keyName(of entity: DraftEntity) -> String {
    var used = Set(entity.fields.map(\.name) + entity.fields.map(\.column.heading))
    return DraftNames.unique("id", &used)
  }

  private func type(_ field: DraftField) -> String {
    switch field.kind {
    case .string: "string"
    case .int: "int"
    case .double: "double"
    case .bool: "bool"
    case .timestamp: "timestamp"
    case .date: "date"
    case .duration: "duration"
    case .list: "list<string>"
    case .choice(let place): place.map { draft.enums[$0].name } ?? "string"
    case .reference(let place): draft.entities[place].name
    }
  }

  // MARK: - Sources

  private func sourceLines(of entity: DraftEntity) -> [String] {
    var clauses: [String] = []
    var notes = entity.notes
    let file = entity.file
    if let encoding = file.encoding { clauses.append("encoding \(DraftText.quoted(encoding))") }
    if let delimiter = file.delimiter { clauses.append("delimiter \(DraftText.quoted(delimiter))") }
    if let line = file.headingLine { clauses.append("heading line \(line)") }
    if !entity.missing.isEmpty { clauses.append("missing \(strings(entity.missing))") }
    // A zone needs a pattern before it.
    let times = entity.times.isEmpty && entity.timeZone != nil ? ["iso"] : entity.times
    if !times.isEmpty {
      clauses.append("times \(strings(times))\(entity.timeZone.map { " zone " + DraftText.quoted($0) } ?? "")")
    }
    if let created = entity.created, let row = value(entity.fields[created]) {
      let isDay = entity.fields[created].kind == .date
      clauses.append(isDay ? "created \(row) + \" 00:00\"" : "created \(row)")
    }
    if let version = entity.version, let row = value(entity.fields[version]) {
      let ties = entity.ties.compactMap { place -> String? in
        let field = entity.fields[place]
        guard let row = field.rowText else { return nil }
        return field.kind == .int && field.expression == nil && field.column.facts.areInts ? "int(\(row))" : row
      }
      clauses.append("version \(([row] + ties).joined(separator: ", "))")
      notes.append(
        "Each row is one state of a record, from `\(fields(entity, [version]))` on"
          + (ties.isEmpty ? "." : "; `\(fields(entity, entity.ties))` tells the order of changes at one instant."))
    }
    if !entity.backfilled.isEmpty {
      let names = entity.backfilled.map { entity.fields[$0].name }.joined(separator: ", ")
      clauses.append("backfilled \(names)")
      notes.append("Rows name times that lie after them (\(names)): these are seen from their own instant on.")
    }
    for place in entity.readable {
      for acceptance in entity.fields[place].accepted {
        clauses.append("accept \(entity.fields[place].name) \(strings(acceptance.texts)) as \(acceptance.value)")
      }
    }
    let rejects = entity.rejects.reduce(0) { $0 + $1.count }
    if rejects > 0 {
      let reasons = entity.rejects.map { "\(DraftText.count($0.count)) \($0.reason)" }.joined(separator: "; ")
      clauses.append("reject at most \(rejects)")
      notes.append("Rows are left out and listed: \(reasons).")
    }
    if !entity.keyParts.isEmpty {
      let parts = entity.keyParts.compactMap { place -> String? in
        let field = entity.fields[place]
        guard let row = field.rowText else { return nil }
        let hasGaps = field.column.filled < field.column.rows
        guard hasGaps else { return row }
        // A key is never empty, whatever its one part is.
        return (entity.keyParts.count == 1 ? "\"#\" + " : "") + "(\(row) ?? \"\")"
      }
      clauses.append("\(keyName(of: entity)) = \(parts.joined(separator: " + \"/\" + "))")
    }
    for place in entity.readable {
      if let expression = entity.fields[place].expression {
        clauses.append("\(entity.fields[place].name) = \(expression)")
      }
    }
    let path = DraftText.quoted(DraftPath.relative(file.path, to: draft.folder))
    let table = file.table.map { " table " + DraftText.quoted($0) } ?? ""
    var lines = notes.flatMap(wrapped)
    let usesRow = clauses.contains { $0.contains("row.") }
    let head = "source \(entity.name) from \(path)\(table)"
    guard !clauses.isEmpty else { return lines + [head] }
    lines.append(head + (usesRow ? " as row {" : " {"))
    return lines + clauses.map { "  " + $0 } + ["}"]
  }

  private func fields(_ entity: DraftEntity, _ places: [Int]) -> String {
    places.map { entity.fields[$0].name }.joined(separator: ", ")
  }

  private func value(_ field: DraftField) -> String? { field.expression ?? field.rowText }

  private func strings(_ texts: [String]) -> String { texts.map(DraftText.quoted).joined(separator: ", ") }

  /// A sentence as comments of lines that are not too long.
  private func wrapped(_ sentence: String) -> [String] { wrapped(sentence, at: 110) }

  private func wrapped(_ sentence: String, at width: Int) -> [String] {
    var lines = ["//"]
    for word in DraftText.comment(sentence).dropFirst(3).split(separator: " ") {
      if lines[lines.count - 1].count + 1 + word.count > width { lines.append("//") }
      lines[lines.count - 1] += " " + word
    }
    return lines
  }
}
