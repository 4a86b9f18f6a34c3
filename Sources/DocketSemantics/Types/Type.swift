/// The types of Docket: CEL's, and the enums, entities and results of a rulebook.

/// The place of an enum in `Schema.enums`.
public struct EnumID: Hashable, Sendable, BitwiseCopyable {
  public let index: UInt16
  public init(index: Int) { self.index = UInt16(index) }
}

/// The place of an entity or view in `Schema.entities`.
public struct EntityID: Hashable, Sendable, BitwiseCopyable {
  public let index: UInt16
  /// Stands where a name of no entity was reported. INVARIANT: such a rulebook has errors and is never run.
  static let unknown = EntityID(index: Int(UInt16.max))
  public init(index: Int) { self.index = UInt16(index) }
}

public indirect enum Type: Hashable, Sendable {
  /// Something that has been reported already: fits everywhere, so that one cause gives one error.
  case error
  /// Known only when evaluated, as in CEL.
  case dyn
  case null
  case bool
  case int
  case uint
  case double
  case string
  case bytes
  case timestamp
  case duration
  /// A civil day in the rulebook's zone.
  case date
  case list(Type)
  case map(Type, Type)
  case optional(Type)
  /// The type of a type: `type(int)` is what `int` has.
  case type(Type)
  case enumeration(EnumID)
  case entity(EntityID)
  case calendar
  /// What calling a route, an SLA or a KPI gives.
  case result(ResultType)
  /// A type that only a host's declarations know, such as `tuple(int, string)`.
  case abstract(String, [Type])
  /// A type parameter of a signature, or a variable of one inference.
  case parameter(Int)

  /// How many types stand inside one another.
  var depth: Int {
    switch self {
    case .list(let inner), .optional(let inner), .type(let inner): 1 + inner.depth
    case .map(let key, let value): 1 + max(key.depth, value.depth)
    case .abstract(_, let arguments): 1 + (arguments.map(\.depth).max() ?? 0)
    default: 1
    }
  }

  /// A variable of an inference stands somewhere in it.
  var hasParameters: Bool {
    switch self {
    case .parameter: true
    case .list(let inner), .optional(let inner), .type(let inner): inner.hasParameters
    case .map(let key, let value): key.hasParameters || value.hasParameters
    case .abstract(_, let arguments): arguments.contains(where: \.hasParameters)
    default: false
    }
  }

  public var isNumeric: Bool {
    switch self {
    case .int, .uint, .double: true
    default: false
    }
  }

  /// `dyn`, or poisoned: nothing more can be said about it.
  public var isUnknown: Bool { self == .dyn || self == .error }

  /// Nothing in it is left to be found out, by the checker or by evaluation.
  var isKnown: Bool {
    switch self {
    case .dyn, .error, .parameter: false
    case .list(let element), .optional(let element): element.isKnown
    case .map(let key, let value): key.isKnown && value.isKnown
    case .abstract(_, let parameters): parameters.allSatisfy(\.isKnown)
    default: true
    }
  }
}

/// What a rule gives when it is called; the number is its place in the rulebook.
public enum ResultType: Hashable, Sendable {
  case decision(route: Int)
  case clock(sla: Int)
  case measure(kpi: Int)
  case finding(ensure: Int)

  /// In place of a number: results of several rules, one beside the other. What they are about may be of any type.
  static let several = -1

  /// What two results have in common; `nil` where they are of different kinds.
  func joined(_ other: ResultType) -> ResultType? {
    switch (self, other) {
    case (.decision, .decision): .decision(route: Self.several)
    case (.clock, .clock): .clock(sla: Self.several)
    case (.measure, .measure): .measure(kpi: Self.several)
    case (.finding, .finding): .finding(ensure: Self.several)
    case (.decision, _), (.clock, _), (.measure, _), (.finding, _): nil
    }
  }
}
