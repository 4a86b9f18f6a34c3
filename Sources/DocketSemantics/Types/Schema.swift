/// The vocabulary of a rulebook: its enums and entities, resolved.

public import DocketDiagnostics

public struct EnumType: Sendable {
  public struct Case: Sendable {
    public var name: String
    /// How exports and reports spell it.
    public var labels: [String]
    public init(name: String, labels: [String]) {
      self.name = name
      self.labels = labels
    }
  }
  public var id: EnumID
  public var name: String
  public var titles: [String]
  /// From the lowest to the highest.
  public var cases: [Case]
  /// `nil` for the enums that Docket itself declares, such as the status of a clock.
  public var span: SourceSpan?

  public init(id: EnumID, name: String, titles: [String], cases: [Case], span: SourceSpan?) {
    self.id = id
    self.name = name
    self.titles = titles
    self.cases = cases
    self.span = span
  }

  public func ordinal(of name: String) -> Int? { cases.firstIndex { $0.name == name } }
}

public struct Field: Sendable {
  public enum Kind: Sendable {
    case key
    case stored
    /// The instant at which the record happened; a later one is not seen.
    case event
    /// Computed from the record in slot 0; the place of its body in `CheckedRulebook.bodies`.
    case derived(body: Int)
    /// The records of `entity` whose `field` refers to this one, perhaps filtered (record in slot 0).
    case inverse(entity: EntityID, field: Int, filter: Int?)
  }
  public var name: String
  public var titles: [String]
  public var type: Type
  /// Declared `T?`.
  public var isOptional: Bool
  public var kind: Kind
  /// The body that gives the value where the data has none.
  public var defaultBody: Int?
  public var span: SourceSpan

  public init(
    name: String, titles: [String], type: Type, isOptional: Bool, kind: Kind, defaultBody: Int? = nil, span: SourceSpan
  ) {
    self.name = name
    self.titles = titles
    self.type = type
    self.isOptional = isOptional
    self.kind = kind
    self.defaultBody = defaultBody
    self.span = span
  }

  /// Whether the data holds it, so that it has a column.
  public var isStored: Bool {
    switch kind {
    case .key, .stored, .event: true
    case .derived, .inverse: false
    }
  }
}

public struct EntityType: Sendable {
  public var id: EntityID
  public var name: String
  public var titles: [String]
  /// The entity whose records a view shows; `nil` where this is an entity itself.
  public var base: EntityID?
  /// A view's condition over the record in slot 0: its place in `CheckedRulebook.bodies`.
  public var filterBody: Int?
  /// Empty for a view: its base has them.
  public var fields: [Field]
  public var span: SourceSpan

  public init(id: EntityID, name: String, titles: [String], base: EntityID?, span: SourceSpan) {
    self.id = id
    self.name = name
    self.titles = titles
    self.base = base
    fields = []
    self.span = span
  }

  public var keyIndex: Int? {
    fields.firstIndex {
      if case .key = $0.kind { true } else { false }
    }
  }

  public var eventIndex: Int? {
    fields.firstIndex {
      if case .event = $0.kind { true } else { false }
    }
  }

  public func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
}

public struct Schema: Sendable {
  public var enums: [EnumType] = []
  public var entities: [EntityType] = []
  /// How data spells each calendar: its name, then its titles.
  public var calendarNames: [[String]] = []

  public init() {}

  public subscript(id: EnumID) -> EnumType { enums[Int(id.index)] }
  public subscript(id: EntityID) -> EntityType { entities[Int(id.index)] }

  /// The entity that owns the fields and records: the base of a view, else itself.
  public func base(of id: EntityID) -> EntityID { self[id].base ?? id }

  public func fields(of id: EntityID) -> [Field] { self[base(of: id)].fields }

  public func entity(named name: String) -> EntityID? {
    entities.first { $0.name == name }?.id
  }

  public func enumeration(named name: String) -> EnumID? {
    enums.first { $0.name == name }?.id
  }

  /// A type as it is written: `list<Feedback>`.
  public func describe(_ type: Type) -> String {
    switch type {
    case .error: "?"
    case .dyn: "dyn"
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .date: "date"
    case .list(let element): "list<\(describe(element))>"
    case .map(let key, let value): "map<\(describe(key)), \(describe(value))>"
    case .optional(let wrapped): "optional<\(describe(wrapped))>"
    case .type(let type): "type<\(describe(type))>"
    case .enumeration(let id): self[id].name
    case .entity(let id): self[id].name
    case .calendar: "calendar"
    case .result(.decision): "decision"
    case .result(.clock): "clock"
    case .result(.measure): "measure"
    case .result(.finding): "finding"
    case .abstract(let name, let parameters):
      parameters.isEmpty ? name : "\(name)<\(parameters.map(describe).joined(separator: ", "))>"
    case .parameter(let index): "T\(index)"
    }
  }
}
