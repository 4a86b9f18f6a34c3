/// Which record a person means: `F12`, `Feedback/F12` or `Feedback["F12"]`.

import DocketDiagnostics
public import DocketRules
public import DocketRuntime
import DocketSemantics

public enum ItemName {
  public enum Result {
    case found(EntityReference)
    /// In words, as an error says it.
    case unknown(String)
  }

  public static func find(_ text: String, in engine: RuleEngine) -> Result {
    let schema = engine.rulebook.schema
    if let (entity, key) = qualified(text, schema) {
      if let record = engine.record(key, in: entity) { return .found(record) }
      return .unknown(missing(key, schema[schema.base(of: entity)].name, [entity], engine))
    }
    let entities = schema.entities.filter { $0.base == nil }.map(\.id)
    let found = entities.compactMap { id in engine.record(text, in: id).map { (id: id, record: $0) } }
    if found.count > 1 {
      let names = found.map { "`\(schema[$0.id].name)/\(text)`" }.joined(separator: " or ")
      return .unknown("several records are called `\(text)`: write \(names)")
    }
    if let record = found.first?.record { return .found(record) }
    return .unknown(missing(text, nil, entities, engine))
  }

  /// The entity and the key, where an entity is named.
  private static func qualified(_ text: String, _ schema: Schema) -> (EntityID, String)? {
    if let slash = text.firstIndex(of: "/"), let entity = schema.entity(named: String(text[..<slash])) {
      return (entity, String(text[text.index(after: slash)...]))
    }
    guard text.hasSuffix("]"), let bracket = text.firstIndex(of: "["),
      let entity = schema.entity(named: String(text[..<bracket]))
    else { return nil }
    var key = text[text.index(after: bracket)...].dropLast()
    if key.count >= 2, key.hasPrefix("\""), key.hasSuffix("\"") { key = key.dropFirst().dropLast() }
    return (entity, String(key))
  }

  /// More keys than this are not compared with what was typed.
  private static let suggestionLimit = 20_000

  private static func missing(_ key: String, _ entity: String?, _ entities: [EntityID], _ engine: RuleEngine) -> String
  {
    let what = entity.map { "there is no \($0) `\(key.displaySafe)`" } ?? "no record has the key `\(key.displaySafe)`"
    let keys = entities.flatMap { engine.keys(of: $0, limit: suggestionLimit) }
    let hint = suggest(key, among: keys, habits: false).map { ": \($0.helpText)" } ?? ""
    return what + " at the instant asked about" + hint
  }
}
