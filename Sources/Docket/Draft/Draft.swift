/// A first rulebook for exports that nobody has described yet: read, guess, write, and load it once to see that it holds.

import DocketData
public import DocketDiagnostics
import DocketFormat
import DocketSemantics
import DocketTime

public struct Draft {
  private(set) var entities: [DraftEntity] = []
  private(set) var enums: [DraftEnum] = []
  let zone: String
  /// Why that zone; `nil` where it was asked for.
  let zoneReason: String?
  /// The folder that holds all files, which paths in the rulebook start from.
  public let folder: String
  /// What loading it gave, once `prove` has been asked.
  private(set) var report: LoadReport?

  /// Reads the files, all of each; what makes one unreadable is the failure.
  public static func make(from paths: [String], zone: String?) -> Result<Draft, Failure> {
    var files: [ExportFile] = []
    var problems: [Diagnostic] = []
    for path in paths {
      switch ExportFile.open(path) {
      case .success(let found): files += found
      case .failure(let failure): problems += failure.diagnostics
      }
    }
    guard problems.isEmpty else { return .failure(Failure(diagnostics: problems)) }
    let draft = Draft(files, zone: zone)
    problems = draft.entities.compactMap(\.uselessness)
    guard problems.isEmpty else { return .failure(Failure(diagnostics: problems)) }
    return .success(draft)
  }

  public struct Failure: Error {
    public var diagnostics: [Diagnostic]
  }

  private init(_ files: [ExportFile], zone: String?) {
    let chinese = files.contains { file in
      file.columns.contains { $0.heading.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
    }
    let japanese = files.contains { file in
      ["shift_jis", "euc-jp"].contains(file.encoding)
        || file.columns.contains { $0.heading.unicodeScalars.contains { (0x3041...0x30FF).contains($0.value) } }
    }
    self.zone = zone ?? (japanese ? "Asia/Tokyo" : chinese ? "Asia/Shanghai" : "UTC")
    zoneReason =
      zone != nil
      ? nil
      : japanese
        ? "a guess: the text is Japanese"
        : chinese ? "a guess: the headings are Chinese" : "a guess: the files do not say"
    folder = DraftPath.commonFolder(of: files.map(\.path))
    var used: Set<String> = []
    for file in files {
      let stem = file.recordName ?? DraftPath.stem(of: file.path)
      let what = DraftNames.entity(stem)
      let name = DraftNames.unique(DraftEntity.isChangeLog(file) ? DraftNames.change(of: what) : what, &used)
      let isOther = stem.unicodeScalars.contains { !$0.isASCII }
      entities.append(DraftEntity(file, name: name, title: isOther ? stem : nil))
    }
    settleReferences()
    settleEnums(&used)
  }

  // MARK: - Across entities

  private mutating func settleEnums(_ used: inout Set<String>) {
    // Names that the results of rules have.
    used.formUnion(["DecisionStatus", "ClockStatus", "MeasureStatus"])
    for entity in entities.indices {
      for place in entities[entity].readable {
        let field = entities[entity].fields[place]
        guard case .choice = field.kind else { continue }
        let made = DraftEnum(field, name: "")
        if let known = enums.firstIndex(where: { $0.texts == made.texts }) {
          entities[entity].fields[place].kind = .choice(known)
          continue
        }
        var name = DraftNames.type(field.name)
        if used.contains(name) { name = entities[entity].name + name }
        entities[entity].fields[place].kind = .choice(enums.count)
        enums.append(DraftEnum(field, name: DraftNames.unique(name, &used)))
      }
    }
  }

  /// Columns whose texts are the keys of another file.
  private mutating func settleReferences() {
    for entity in entities.indices {
      for place in entities[entity].readable where !entities[entity].fields[place].isKey {
        guard let target = target(of: place, in: entity) else { continue }
        let field = entities[entity].fields[place]
        guard
          let texts = entities[entity].file.strangers(
            in: field.column.index, to: entities[target].file,
            entities[target].fields[entities[target].key].column.index)
        else { continue }
        if texts.unknown == 0, texts.known > 0 {
          entities[entity].fields[place].kind = .reference(target)
          entities[entity].fields[place].accepted = []
          entities[entity].fields[place].note = nil
          shortenName(place, in: entity)
        } else if texts.known > 0, texts.known >= texts.unknown {
          entities[entity].fields[place].note =
            "\(DraftText.count(texts.unknown)) of \(DraftText.count(texts.known + texts.unknown)) are no \(entities[target].name)"
        }
      }
    }
  }

  /// The entity that a column names by its heading, if any.
  private func target(of place: Int, in entity: Int) -> Int? {
    let field = entities[entity].fields[place]
    guard field.expression == nil, field.column.doubtful.isEmpty, field.column.blanks.isEmpty else { return nil }
    let isText: Bool
    switch field.kind {
    case .string, .choice: isText = true
    case .int: isText = false
    case .double, .bool, .timestamp, .date, .duration, .list, .reference: return nil
    }
    for other in entities.indices {
      let key = entities[other].fields[entities[other].key]
      guard entities[other].keyParts.isEmpty, key.isKey, isText == (key.kind == .string) else { continue }
      let entityWords = Set(DraftNames.words(entities[other].name))
      let relations: Set<String> = ["parent", "manager", "duplicate", "linked", "lead", "supervisor", "related"]
      if other == entity {
        if !field.words.isDisjoint(with: relations) { return other }
        continue
      }
      if !entityWords.isDisjoint(with: field.words) { return other }
      let isSpecific = !["id", "key", "no", "number", "code", "name"].contains(key.name)
      if isSpecific, key.name == field.name || key.column.heading == field.column.heading { return other }
      // Two different texts that look like nothing but keys of that file.
      if isText, !key.column.facts.hasSpaces, key.column.facts.hasDigits, field.column.distinct >= 2,
        let texts = entities[entity].file.strangers(in: field.column.index, to: entities[other].file, key.column.index),
        texts.unknown == 0
      {
        return other
      }
    }
    return nil
  }

  /// `customer_id` names a customer, not its number.
  private mutating func shortenName(_ place: Int, in entity: Int) {
    let name = entities[entity].fields[place].name
    for ending in ["_id", "_no", "_key", "_number", "_code", "_ref"] where name.hasSuffix(ending) {
      let short = String(name.dropLast(ending.count))
      let isTaken =
        DraftNames.reserved.contains(short)
        || entities[entity].fields.contains { $0.name == short || $0.column.heading == short }
      if !short.isEmpty, !isTaken { entities[entity].fields[place].name = short }
    }
  }

  // MARK: - Writing

  /// The rulebook as `docket fmt` lays it out.
  public var text: String {
    let written = DraftWriter(self).text
    var sources = SourceMap()
    if case .formatted(let text, _) = Formatter.format(sources.add(path: "draft.docket", bytes: Array(written.utf8))) {
      return text
    }
    return written
  }

  /// Checks and loads what has been written; times that are known too early are declared as such. What is wrong then is
  /// returned, and is a mistake of the draft.
  public mutating func prove() -> [Diagnostic] {
    var isSettled = false
    while true {
      var sources = SourceMap()
      sources.add(path: "\(folder)/draft.docket", bytes: Array(text.utf8))
      let rulebook = Rulebook.check(sources, folder: folder)
      guard !rulebook.diagnostics.hasErrors else { return rulebook.diagnostics.inOrder }
      var options = Session.Options(data: folder, at: nil)
      options.isInstantOptional = true
      do {
        let session = try Session.open(rulebook, options)
        report = session.report
        if !isSettled, backfill(session.report) {
          isSettled = true
          continue
        }
        return []
      } catch {
        switch error {
        case .usage(let message): return [Diagnostic(.noRulebook, message)]
        case .rulebook(let diagnostics): return diagnostics.inOrder
        case .data(let diagnostics, _): return diagnostics.all
        case .cancelled: return []
        }
      }
    }
  }

  private static let planned: Set<String> = [
    "due", "target", "expected", "planned", "deadline", "scheduled", "sla", "until", "expires", "next", "followup",
  ]

  /// Times after their own version are what the export filled in later, unless they were planned. Whether there are any.
  private mutating func backfill(_ report: LoadReport) -> Bool {
    var found = false
    for entity in entities.indices {
      guard let table = report.tables.first(where: { $0.entity == entities[entity].name }) else { continue }
      for later in table.laterTimes {
        guard let place = entities[entity].fields.firstIndex(where: { $0.name == later.field }),
          !entities[entity].fields[place].has(Self.planned), place != entities[entity].created
        else { continue }
        entities[entity].backfilled.append(place)
        // It is not there before its own instant.
        entities[entity].fields[place].isOptional = true
        found = true
      }
    }
    return found
  }

  // MARK: - Telling

  /// What was found, in a line for each file, and the first rows that were left out.
  public var summary: [String] {
    entities.flatMap { [line(of: $0)] + losses(of: $0) }
  }

  private static let lossesTold = 3

  private func losses(of entity: DraftEntity) -> [String] {
    guard let source = report?.sources.first(where: { $0.entity == entity.name }), source.rejectedRows > 0 else {
      return []
    }
    let told = source.rejected.prefix(Self.lossesTold).map { problem in
      "  line \(problem.dataPlace.map { DraftText.count($0.line) } ?? "?"): \(problem.message)"
    }
    let rest = source.rejectedRows - told.count
    return told
      + (rest > 0
        ? ["  and \(DraftText.plural(rest, "row")) more: `docket data … --rejects FILE` writes them all"] : [])
  }

  private func line(of entity: DraftEntity) -> String {
    let file = DraftPath.name(of: entity.file.path) + (entity.file.table.map { " (\($0))" } ?? "")
    guard let table = report?.tables.first(where: { $0.entity == entity.name }) else {
      return "\(file): \(DraftText.plural(entity.file.rows, "row"))"
    }
    let versions = table.rows == table.records ? "" : " in \(DraftText.plural(table.rows, "version"))"
    let source = report?.sources.first { $0.entity == entity.name }
    let rejected = source.map(\.rejectedRows) ?? 0
    let rows = entity.file.rows + entity.file.unreadable + (entity.file.hasTotal ? 1 : 0)
    let left = rejected > 0 ? "; \(DraftText.plural(rejected, "row")) left out and listed" : "; no row left out"
    return
      "\(file): \(DraftText.plural(rows, "row")) → \(DraftText.count(table.records)) \(entity.name)\(versions)\(left)"
  }
}
