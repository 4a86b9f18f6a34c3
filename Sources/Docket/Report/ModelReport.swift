/// What a rulebook speaks of, for people: its entities, and the fields of one of them.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

public struct ModelReport {
  let rulebook: Rulebook
  private let isChinese: Bool
  let width: Int?

  private var schema: Schema { rulebook.checked.schema }

  public init(_ rulebook: Rulebook, isChinese: Bool = false, width: Int? = nil) {
    self.rulebook = rulebook
    self.isChinese = isChinese
    self.width = width
  }

  /// The names that `text(of:)` knows.
  public var names: [String] { schema.entities.map(\.name) + enums.map(\.name) + rules.map(\.name) }

  // MARK: - Everything

  /// All entities, views, enums and rules.
  public var overview: String {
    var entities = TextTable([
      .left("entity"), .left("title"), .right("fields"), .right("lists"), .left("must have"),
    ])
    for entity in schema.entities where entity.base == nil {
      let lists = entity.fields.count { if case .inverse = $0.kind { true } else { false } }
      entities.add([
        entity.name, title(entity.titles), "\(entity.fields.count - lists)", lists == 0 ? "" : "\(lists)",
        gist(of: entity),
      ])
    }
    var blocks = [entities.render(width: width)]
    let views = schema.entities.filter { $0.base != nil }
    if !views.isEmpty {
      var table = TextTable([.left("view"), .left("title"), .left("shows")])
      for view in views { table.add([view.name, title(view.titles), condition(of: view)]) }
      blocks.append(table.render(width: width))
    }
    if !enums.isEmpty {
      var table = TextTable([.left("enum"), .left("title"), .left("cases")])
      for item in enums {
        table.add([
          item.name, title(item.titles),
          item.cases.map(isChinese ? { title($0.labels) } : \.name).joined(separator: ", "),
        ])
      }
      blocks.append(table.render(width: width))
    }
    return (blocks + ruleTables).joined(separator: "\n")
  }

  // MARK: - One

  /// One entity, view, enum or rule; `nil` where nothing has this name or title.
  public func text(of name: String) -> String? {
    let wanted = fold(name)
    func isMeant(_ name: String, _ titles: [String]) -> Bool { ([name] + titles).contains { fold($0) == wanted } }
    if let entity = schema.entities.first(where: { isMeant($0.name, $0.titles) }) { return text(of: entity) }
    if let item = enums.first(where: { isMeant($0.name, $0.titles) }) { return text(of: item) }
    if let rule = rules.first(where: { isMeant($0.name, $0.titles) }) { return text(of: rule) }
    return nil
  }

  private func text(of entity: EntityType) -> String {
    let base = schema[schema.base(of: entity.id)]
    var lines = [heading(entity.name, entity.titles)]
    if entity.base != nil { lines.append("Shows \(condition(of: entity)).") }
    var table = TextTable([.left("field"), .left("type"), .left("title"), .left("")])
    for field in base.fields {
      table.add([
        field.name, schema.describe(field.type) + (field.isOptional ? "?" : ""), title(field.titles), note(on: field),
      ])
    }
    var blocks = [lines.map { $0 + "\n" }.joined(), table.render(width: width)]
    let references = references(to: base.id)
    if !references.isEmpty { blocks.append(wrapped("Referred to by " + references.joined(separator: ", ") + ".")) }
    return blocks.joined(separator: "\n")
  }

  private func text(of item: EnumType) -> String {
    var table = TextTable([.left("case"), .left("labels")])
    for entry in item.cases { table.add([entry.name, entry.labels.joined(separator: " · ")]) }
    var blocks = [heading(item.name, item.titles) + "\n", table.render(width: width)]
    let users = schema.entities.flatMap { entity in
      entity.fields.filter { mentions($0.type, .enumeration(item.id)) }.map { "\(entity.name).\($0.name)" }
    }
    if !users.isEmpty { blocks.append(wrapped("The type of " + users.joined(separator: ", ") + ".")) }
    return blocks.joined(separator: "\n")
  }

  // MARK: - Parts

  /// Without those that Docket itself declares.
  private var enums: [EnumType] { schema.enums.filter { $0.span != nil } }

  func heading(_ name: String, _ titles: [String]) -> String {
    ([name] + titles.filter { $0 != name }).joined(separator: " · ")
  }

  /// The first title that has Chinese in it, or the first that has none.
  func title(_ titles: [String]) -> String {
    titles.first { $0.unicodeScalars.contains { (0x2E80...0x9FFF).contains($0.value) } == isChinese } ?? titles.first
      ?? ""
  }

  private func fold(_ text: String) -> String { text.lowercased().filter { $0 != "_" && $0 != " " } }

  /// The fields that tell most: the first few that the data must have.
  private func gist(of entity: EntityType) -> String {
    let needed = entity.fields.filter { field in
      switch field.kind {
      case .key: false
      case .stored, .event: !field.isOptional && field.defaultBody == nil
      case .derived, .inverse: false
      }
    }
    return needed.map { isChinese ? title($0.titles) : $0.name }.joined(separator: ", ")
  }

  private func condition(of view: EntityType) -> String {
    let base = schema[schema.base(of: view.id)].name
    guard let body = view.filterBody else { return base }
    return "\(base) where \(source(body))"
  }

  private func note(on field: Field) -> String {
    switch field.kind {
    case .key: return "key"
    case .event: return "event"
    case .stored: return field.defaultBody.map { "= \(source($0))" } ?? ""
    case .derived(let body): return "computed: \(source(body))"
    case .inverse(let other, let index, let filter):
      let origin = "from \(schema[other].name).\(schema.fields(of: other)[index].name)"
      return filter.map { "\(origin) where \(source($0))" } ?? origin
    }
  }

  private func source(_ body: Int) -> String {
    let text = rulebook.sources.text(rulebook.checked.bodies[body].expression.span)
    return text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  private func wrapped(_ sentence: String) -> String {
    var lines = [""]
    for word in sentence.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count > width ?? 100 {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = line + " " + word
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func references(to entity: EntityID) -> [String] {
    schema.entities.flatMap { other in
      other.fields.filter { $0.isStored && refers($0.type, to: entity) }.map { "\(other.name).\($0.name)" }
    }
  }

  private func refers(_ type: Type, to entity: EntityID) -> Bool {
    switch type {
    case .entity(let id): schema.base(of: id) == entity
    case .list(let element), .optional(let element): refers(element, to: entity)
    case .map(let key, let value): refers(key, to: entity) || refers(value, to: entity)
    default: false
    }
  }

  private func mentions(_ type: Type, _ wanted: Type) -> Bool {
    switch type {
    case wanted: true
    case .list(let element), .optional(let element): mentions(element, wanted)
    case .map(let key, let value): mentions(key, wanted) || mentions(value, wanted)
    default: false
    }
  }
}
