/// What could stand at the cursor: commands and what they take, keys of records, clauses of a declaration, and what the checker knows
/// of the expression there.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax

extension ReplSession {
  typealias Completions = (start: Int, found: [CompletionCandidate], appendix: Character?)

  /// `before` are the lines of the entry that are typed already; the offset counts bytes of `line`.
  func completions(before: String, line: String, cursor: Int) -> Completions {
    let text = String(decoding: Array(line.utf8).prefix(cursor), as: UTF8.self)
    let blank = text.prefix { $0 == " " }.utf8.count
    if before.isEmpty, text.dropFirst(blank).first == ":" { return commandCompletions(text, blank) }
    return codeCompletions(before: before, text: text, offset: 0)
  }

  // MARK: - Commands

  private func commandCompletions(_ text: String, _ blank: Int) -> Completions {
    let body = text.dropFirst(blank + 1)
    guard let space = body.firstIndex(of: " ") else {
      let found = ReplCommandName.allCases.filter { $0.rawValue.hasPrefix(body) }.map {
        CompletionCandidate(text: $0.rawValue, note: $0.arguments)
      }
      return (blank + 1, found.sorted { $0.text < $1.text }, " ")
    }
    let meant = ReplCommandName.meant(by: String(body[..<space]))
    let argumentStart = blank + 1 + body[...space].utf8.count
    let argument = String(body[body.index(after: space)...])
    let word = argument.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let wordStart = argumentStart + argument.utf8.count - word.utf8.count
    guard meant.count == 1, let command = meant.first else { return (wordStart, [], nil) }
    func names(_ names: [(String, String)]) -> Completions {
      (wordStart, matching(names.map { CompletionCandidate(text: $0.0, note: $0.1) }, word), " ")
    }
    let declared = workbook.declarations.filter { $0.isNamed }.map { ($0.shortName, $0.kind) }
    let checked = rulebook.checked
    switch command {
    case .info, .edit: return names(declared)
    case .doc:
      return names(
        declared + Builtin.allCases.filter { !$0.isOperator }.map { ($0.rawValue, "function") }
          + LanguageDocs.macros.map { ($0.name, "function") } + LanguageDocs.words.map { ($0.word, "declaration") })
    case .model:
      return names(
        checked.schema.entities.map { ($0.name, "entity") }
          + checked.schema.enums.filter { $0.span != nil }.map { ($0.name, "enum") })
    case .browse:
      return names(
        [
          "enums", "entity", "view", "source", "calendar", "let", "func", "table", "route", "sla", "kpi", "ensure",
          "fixture", "test",
        ].map { ($0, "") })
    case .rows:
      return names(checked.schema.entities.map { ($0.name, "entity") } + checked.kpis.map { ($0.name, "kpi") })
    case .route: return names(checked.routes.map { ($0.name, $0.titles.first ?? "") })
    case .sla: return names(checked.slas.map { ($0.name, $0.titles.first ?? "") })
    case .kpi: return names(checked.kpis.map { ($0.name, $0.titles.first ?? "") })
    case .ensure: return names(checked.ensures.map { ($0.name, $0.titles.first ?? "") })
    case .calendar: return names(checked.calendars.map { ($0.name, $0.titles.first ?? "") })
    case .format: return names(OutputFormat.allCases.map { ($0.rawValue, $0.summary) })
    case .pager: return names([("on", ""), ("off", "")])
    case .diff: return names([("last", "")])
    case .at: return names([("data", "the newest instant in the data"), ("now", "the real clock")])
    case .tour: return names([("zh", "中文"), ("next", ""), ("stop", "")])
    case .help: return names(ReplCommandName.allCases.map { ($0.rawValue, $0.arguments) })
    case .load, .save: return (wordStart, FileCompletion.files(word), nil)
    case .whyNot where !argument.contains(" "):
      return names(checked.routes.flatMap { route in route.rules.map { ($0.name, route.name) } })
    case .type, .why, .whyNot, .timeline, .set, .unset, .watch, .time:
      let start = command == .whyNot ? String(argument.drop { $0 != " " }) : argument
      let skipped = argument.utf8.count - start.utf8.count
      return codeCompletions(before: "", text: start, offset: argumentStart + skipped, isExpression: true)
    case .undo, .reset, .test, .coverage, .check, .pin, .reload, .write, .history, .cancel, .quit:
      return (wordStart, [], nil)
    }
  }

  // MARK: - Code

  private func codeCompletions(before: String, text: String, offset: Int, isExpression: Bool = false) -> Completions {
    if let keys = keyCompletions(text, offset) { return keys }
    let word = String(text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    let head = String(text.dropLast(word.count))
    let start = offset + head.utf8.count
    let all = before.isEmpty ? head : before + "\n" + head
    let isAtStart = all.allSatisfy(\.isWhitespace)
    if head.last == "\"" || OpenString.isInside(text) { return (start, [], nil) }

    if isAtStart, !isExpression {
      let declarations = LanguageDocs.words.map { CompletionCandidate(text: $0.word + " ", note: $0.summary) }
      let found =
        matching(names(expected: nil, variables: answers), word) + (word.isEmpty ? [] : matching(declarations, word))
      return (start, found, nil)
    }
    if !isExpression, let clauses = ClausePosition.candidates(in: all, rulebook: rulebook.checked) {
      return (start, matching(clauses, word), " ")
    }
    let place = probe(all, isDeclaration: !isExpression && LanguageDocs.startsDeclaration(all))
    return (start, matching(candidates(at: place, head), word), nil)
  }

  private var answers: [(name: String, type: Type)] { results.externals.map { ($0.name, $0.type) } }

  /// Checks the text with a name at the cursor that nobody uses, and everything open closed behind it.
  private func probe(_ text: String, isDeclaration: Bool) -> CompletionProbe.Place? {
    let cursor = text + CompletionProbe.cursor + OpenBrackets.closing(text)
    let probe = CompletionProbe()
    if isDeclaration {
      var draft = workbook
      draft.draft(cursor)
      _ = Rulebook.check(draft.trees, of: draft.sources, folder: draft.folder, Diagnostics(), probe: probe)
      return probe.place
    }
    let (_, file) = workbook.sources(with: cursor, of: rulebook)
    var ignored = Diagnostics()
    var parsed = Parser.parseExpression(file, &ignored)
    if parsed == nil {
      // What stands before the last complete part may be wrong; the part at the cursor still says something.
      let part = OpenBrackets.lastPart(text)
      let (_, file) = workbook.sources(with: part + CompletionProbe.cursor + OpenBrackets.closing(part), of: rulebook)
      ignored = Diagnostics()
      parsed = Parser.parseExpression(file, &ignored)
    }
    guard let parsed else { return nil }
    var check = ExpressionCheck()
    check.externals = results.externals
    checker.probe = probe
    _ = check.check(parsed, in: checker)
    checker.probe = nil
    _ = checker.takeDiagnostics()
    return probe.place
  }

  private func candidates(at place: CompletionProbe.Place?, _ head: String) -> [CompletionCandidate] {
    switch place {
    case .member(let type)?:
      return MemberCompletion(schema: rulebook.checked.schema, checked: rulebook.checked).members(of: type)
    case .enumCase(let id)?:
      return rulebook.checked.schema[id].cases.map { CompletionCandidate(text: $0.name, note: $0.labels.first ?? "") }
        + [CompletionCandidate(text: "values", note: "list<\(rulebook.checked.schema[id].name)>")]
    case .name(let expected, let variables)?: return names(expected: expected, variables: variables)
    case nil: return head.hasSuffix(".") ? [] : names(expected: nil, variables: answers)
    }
  }

  /// Bare names: the cases of the expected enum first, then what is nearest.
  private func names(expected: Type?, variables: [(name: String, type: Type)]) -> [CompletionCandidate] {
    let checked = rulebook.checked
    let schema = checked.schema
    var found: [CompletionCandidate] = []
    func wanted(_ type: Type?) {
      switch type {
      case .enumeration(let id)?:
        found += schema[id].cases.map { CompletionCandidate(text: $0.name, note: $0.labels.first ?? schema[id].name) }
      case .list(let element)?: wanted(element)
      case .bool?: break
      default: break
      }
    }
    wanted(expected)
    // After `x.severity == ` nothing else is likely.
    if !found.isEmpty, found.count <= 40 {
      found += variables.filter { $0.type == expected }.map {
        CompletionCandidate(text: $0.name, note: schema.describe($0.type))
      }
      return found
    }
    found += variables.map { CompletionCandidate(text: $0.name, note: schema.describe($0.type)) }
    found += schema.entities.map { CompletionCandidate(text: $0.name, note: "list<\($0.name)>") }
    found += checked.lets.map { CompletionCandidate(text: $0.name, note: schema.describe($0.type)) }
    found += checked.functions.map { CompletionCandidate(text: $0.name + "(", note: schema.describe($0.result)) }
    found += checked.tables.map { CompletionCandidate(text: $0.name + "(", note: schema.describe($0.result)) }
    found += checked.routes.map { CompletionCandidate(text: $0.name + "(", note: "decision") }
    found += checked.slas.map { CompletionCandidate(text: $0.name + "(", note: "clock") }
    found += checked.kpis.map { CompletionCandidate(text: $0.name + "()", note: "measure") }
    found += checked.calendars.map { CompletionCandidate(text: $0.name, note: "calendar") }
    found += schema.enums.filter { $0.span != nil }.map { CompletionCandidate(text: $0.name + ".", note: "enum") }
    for builtin in Builtin.allCases where !builtin.isOperator {
      guard let overload = builtin.overloads.first(where: { !$0.isMethod }) else { continue }
      found.append(CompletionCandidate(text: builtin.rawValue + "(", note: schema.describe(overload.result)))
    }
    found += [
      ("has(", "bool"), ("decisions(", "list<decision>"), ("cells(", "list<measure>"), ("now", "timestamp"),
      ("true", "bool"), ("false", "bool"), ("null", "null"), ("not ", "bool"),
    ]
    .map { CompletionCandidate(text: $0.0, note: $0.1) }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.text).inserted }
  }

  /// Those that begin with what is typed; where none does, whatever the case of the letters. What is typed stays as it is as long
  /// as something fits it.
  private func matching(_ candidates: [CompletionCandidate], _ word: String) -> [CompletionCandidate] {
    var seen: Set<String> = []
    let exact = candidates.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted }
    guard exact.isEmpty else { return exact }
    let wanted = word.lowercased()
    return candidates.filter { $0.text.lowercased().hasPrefix(wanted) && seen.insert($0.text).inserted }
  }

  // MARK: - Keys of records

  /// `Team["<TAB>`; nothing is read for it, and only so many records are looked at.
  private func keyCompletions(_ text: String, _ offset: Int) -> Completions? {
    let bytes = Array(text.utf8)
    guard let opening = bytes.lastIndex(of: UInt8(ascii: "[")) else { return nil }
    let inside = String(decoding: bytes[(opening + 1)...], as: UTF8.self)
    let isQuoted = inside.first == "\""
    let typed = isQuoted ? String(inside.dropFirst()) : inside
    guard isQuoted || inside.isEmpty, !typed.contains("\"") else { return nil }
    let name = String(
      String(decoding: bytes[..<opening], as: UTF8.self).reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        .reversed())
    guard let entity = rulebook.checked.schema.entity(named: name) else { return nil }
    guard let world = loaded?.engine.world, let table = world.table(entity) else {
      return (offset + bytes.count, [], nil)
    }
    let base = rulebook.checked.schema[rulebook.checked.schema.base(of: entity)]
    let keyIsText = base.keyIndex.map { base.fields[$0].type == .string } ?? true
    guard keyIsText || !isQuoted else { return nil }
    let title = base.index(of: "name") ?? base.index(of: "title") ?? base.index(of: "subject")
    var found: [CompletionCandidate] = []
    let wanted = typed.lowercased()
    for record in 0..<min(table.recordCount, 200_000) where found.count < 400 {
      guard case .entity(let item) = world.entity(entity, record: record, at: loaded?.engine.instant) else { continue }
      let key = loaded?.engine.keyText(item) ?? ""
      guard wanted.isEmpty || key.lowercased().hasPrefix(wanted) else { continue }
      var note = ""
      if let title, case .string(let symbol) = world.storedField(title, of: item, at: loaded?.engine.instant) {
        note = world.heap.text(symbol).displaySafe
      }
      let escaped = key.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      let text = keyIsText ? (isQuoted ? escaped : "\"" + escaped) + "\"]" : key + "]"
      found.append(CompletionCandidate(text: text, note: note, label: key.displaySafe))
    }
    return (offset + opening + 1 + (isQuoted ? 1 : 0), found, nil)
  }
}
