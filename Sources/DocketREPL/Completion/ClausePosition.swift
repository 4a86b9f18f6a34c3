/// Where a clause of a declaration begins, or a name of its heading is wanted: what may stand there is fixed by the grammar.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

enum ClausePosition {
  /// `nil` where an expression is wanted.
  static func candidates(in text: String, rulebook: CheckedRulebook) -> [CompletionCandidate]? {
    let open = OpenParts(text).parts
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
    let schema = rulebook.schema
    let entities = schema.entities.map { CompletionCandidate(text: $0.name, note: "entity") }

    // The heading.
    if let last = words.last, open.isEmpty {
      switch (words.first ?? "", last) {
      case ("route", "for"), ("sla", "for"): return entities
      case ("kpi", "over"):
        return entities + rulebook.routes.map { CompletionCandidate(text: $0.name, note: "route") }
          + rulebook.slas.map { CompletionCandidate(text: $0.name, note: "sla") }
      case ("ensure", "each"):
        return entities
          + schema.enums.filter { $0.span != nil }.map { CompletionCandidate(text: $0.name, note: "enum") }
      case ("extend", "entity"), ("source", "source"): return entities
      case ("use", "use"): return [CompletionCandidate(text: "support", note: "the standard model")]
      default: break
      }
      if words.first == "route", last.hasSuffix("."), let entity = schema.entity(named: String(last.dropLast())) {
        return schema.fields(of: entity).filter(\.isStored).map {
          CompletionCandidate(text: $0.name, note: schema.describe($0.type))
        }
      }
    }
    if line.hasSuffix(": "), let owner = open.last,
      ["entity{", "extend{", "func{"].contains(owner) || open.last == "(" && words.first == "func"
    {
      return types(schema)
    }
    guard let owner = open.last, owner.hasSuffix("{"), words.isEmpty || line.hasSuffix("{ ") || line.hasSuffix("{")
    else { return nil }
    let clauses = Self.clauses[String(owner.dropLast())]
    if owner == "fixture{" { return entities }
    return clauses?.map { CompletionCandidate(text: $0.0, note: $0.1) }
  }

  private static func types(_ schema: Schema) -> [CompletionCandidate] {
    ["bool", "int", "uint", "double", "string", "timestamp", "duration", "date", "list<", "map<", "calendar"]
      .map { CompletionCandidate(text: $0, note: "type") }
      + schema.enums.filter { $0.span != nil }.map { CompletionCandidate(text: $0.name, note: "enum") }
      + schema.entities.map { CompletionCandidate(text: $0.name, note: "entity") }
  }

  private static let clauses: [String: [(String, String)]] = [
    "route": [
      ("where", "which items"), ("order", "who comes first"), ("hit", "first, unique or all"), ("rule", "a rule"),
      ("otherwise", "for all others"),
    ],
    "rule": [
      ("when", "a condition"), ("unless", "a condition that must not hold"), ("to", "who gets it"),
      ("else", "if that fails"),
      ("because", "the reason in words"), ("notify", "tell somebody"), ("set", "change a field"),
    ],
    "sla": [
      ("where", "which items"), ("start", "begins"), ("stop", "ends"), ("restart", "begins anew"),
      ("pause", "stands while"),
      ("cancel", "ends without a verdict"), ("target", "how long"), ("due", "until when"), ("using", "calendar"),
      ("every", "a cadence"), ("cycles", "once or each"), ("on", "change, reopen"), ("at", "a moment"),
      ("after", "breach"),
    ],
    "kpi": [
      ("where", "which rows"), ("settled", "which are final"), ("every", "a period"), ("last", "a window"),
      ("by", "groups"),
      ("value", "what is measured"), ("target", "the goal"), ("warn", "a looser goal"), ("at", "least, off_target"),
      ("unit", "of the value"), ("absent", "skip, no, fail"),
    ],
    "ensure": [
      ("where", "which"), ("during", "how far ahead"), ("expect", "what must hold"), ("because", "the reason in words"),
    ],
    "entity": [("key", "the key"), ("let", "a computed field")],
    "extend": [("let", "a computed field")],
    "source": [
      ("missing", "texts for absent"), ("times", "how times are written"), ("created", "exists from"),
      ("version", "one line a change"),
      ("backfilled", "known too early"), ("accept", "another spelling"), ("encoding", "of the file"),
      ("delimiter", "between cells"), ("heading", "its line"), ("reject", "bad rows"),
    ],
    "calendar": [
      ("open", "hours"), ("closed", "days"), ("zone", "time zone"), ("like", "another calendar"), ("known", "until"),
    ],
    "test": [
      ("now", "the clock"), ("given", "records"), ("let", "a value"), ("cases", "rows"), ("wait", "move the clock"),
      ("set", "change a field"), ("add", "a record"), ("expect", "what must hold"),
    ],
  ]
}
