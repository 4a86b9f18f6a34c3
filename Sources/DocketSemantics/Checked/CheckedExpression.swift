/// Expressions after checking: every name is resolved, macros are expanded to comprehensions, enum cases and conversions
/// are explicit, and every node carries its type.

public import DocketDiagnostics
public import DocketTime

/// A literal; the checker pools them, and each evaluator links the pool to its own values once.
public enum Constant: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(DoubleBits)
  case string(String)
  case bytes([UInt8])
  case timestamp(Instant)
  case duration(TimeDuration)
  case date(CivilDate)
  case enumeration(EnumID, ordinal: Int)
  case type(Type)

  /// A double by its bits, so that the pool keeps `0.0`, `-0.0` and NaNs apart.
  public struct DoubleBits: Hashable, Sendable {
    public let bits: UInt64
    public init(_ value: Double) { bits = value.bitPattern }
    public var value: Double { Double(bitPattern: bits) }
  }
}

extension Constant {
  /// Texts are the same when their code points are: Swift's `==` would take `e\u{301}` for `é`.
  public static func == (a: Constant, b: Constant) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.uint(let a), .uint(let b)): a == b
    case (.double(let a), .double(let b)): a == b
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.bytes(let a), .bytes(let b)): a == b
    case (.timestamp(let a), .timestamp(let b)): a == b
    case (.duration(let a), .duration(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.enumeration(let a, let aOrdinal), .enumeration(let b, let bOrdinal)): a == b && aOrdinal == bOrdinal
    case (.type(let a), .type(let b)): a == b
    case (.null, _), (.bool, _), (.int, _), (.uint, _), (.double, _), (.string, _), (.bytes, _), (.timestamp, _),
      (.duration, _), (.date, _), (.enumeration, _), (.type, _):
      false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let bit): hasher.combine(bit)
    case .int(let number): hasher.combine(number)
    case .uint(let number): hasher.combine(number)
    case .double(let number): hasher.combine(number)
    case .string(var text): text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .bytes(let bytes): hasher.combine(bytes)
    case .timestamp(let instant): hasher.combine(instant)
    case .duration(let duration): hasher.combine(duration)
    case .date(let date): hasher.combine(date)
    case .enumeration(let type, let ordinal):
      hasher.combine(type)
      hasher.combine(ordinal)
    case .type(let type): hasher.combine(type)
    }
  }
}

public struct FieldReference: Hashable, Sendable {
  /// The base entity, never a view.
  public var entity: EntityID
  public var index: Int
  public init(entity: EntityID, index: Int) {
    self.entity = entity
    self.index = index
  }
}

public final class CheckedExpression: Sendable {
  public let kind: Kind
  public let type: Type
  /// Reading it may give the error `absent`: a `T?` field that nothing has shown to be present.
  public let mayBeAbsent: Bool
  public let span: SourceSpan

  public init(_ kind: Kind, type: Type, mayBeAbsent: Bool = false, span: SourceSpan) {
    self.kind = kind
    self.type = type
    self.mayBeAbsent = mayBeAbsent
    self.span = span
  }

  public indirect enum Kind: Sendable {
    /// Its place in the pool of constants.
    case constant(Int)
    /// A variable of the body, by slot.
    case local(Int)
    /// A variable bound from outside (`eval --var`), by its place among the declared ones.
    case external(Int)
    /// The instant of the evaluation.
    case now
    case letValue(Int)
    case calendar(Int)

    /// A stored, derived or inverse field of an entity.
    case field(CheckedExpression, FieldReference)
    /// `x.history`
    case history(CheckedExpression)
    /// `.at` and `.until` of a version in `x.history`.
    case versionBound(CheckedExpression, isEnd: Bool)
    case resultField(CheckedExpression, index: Int)
    /// Column `index` of the row being loaded.
    case rowColumn(Int)
    /// A key of a map, or of something known only when evaluated; the name is a constant.
    case select(CheckedExpression, key: Int, isOptional: Bool)
    case index(CheckedExpression, CheckedExpression, isOptional: Bool)

    /// `has(e.f)` over an entity; an absent link counts as no.
    case hasField(CheckedExpression, FieldReference)
    /// `has(e.k)` over a map, as in CEL.
    case hasKey(CheckedExpression, key: Int)
    /// `e == null` against a field: never fails for absence.
    case isAbsent(CheckedExpression, isNegated: Bool)
    case coalesce(CheckedExpression, CheckedExpression)

    case and([CheckedExpression])
    case or([CheckedExpression])
    case conditional(CheckedExpression, CheckedExpression, CheckedExpression)
    /// A builtin over evaluated arguments, a method's receiver first; what it does depends on the values, as in CEL.
    case builtin(Builtin, [CheckedExpression])

    case list([(value: CheckedExpression, isOptional: Bool)])
    case map([(key: CheckedExpression, value: CheckedExpression, isOptional: Bool)])
    case format([FormatPart])
    case comprehension(Comprehension)
    /// `cel.bind(x, e, body)`
    case bind(slot: Int, CheckedExpression, body: CheckedExpression)
    /// `o.optMap(x, e)` and `o.optFlatMap(x, e)`
    case optionalMap(CheckedExpression, slot: Int, body: CheckedExpression, isFlat: Bool)

    case function(Int, [CheckedExpression])
    case table(Int, [CheckedExpression])
    case route(Int, CheckedExpression)
    case sla(Int, CheckedExpression)
    /// The cells of a KPI: one result without periods and groups, else a list of them.
    case kpi(Int)
    /// `decisions(owner)`
    case decisions(route: Int)
    /// `cells(csat)`
    case cells(kpi: Int)
    /// `findings(no_overlap)`
    case findings(ensure: Int)

    /// `Team["triage"]`
    case lookup(EntityID, CheckedExpression)
    /// All records of an entity or view, by key.
    case records(EntityID)
    /// An aggregate of a KPI's value, by its place in the KPI.
    case aggregate(Int)
    /// Another KPI's cell of the same period and groups.
    case siblingMeasure(kpi: Int)
    /// Reported already; never evaluated.
    case invalid
  }
}

public enum FormatPart: Sendable {
  /// Its place in the pool of constants.
  case text(Int)
  case value(CheckedExpression)
}

/// A macro over a list or a map. With two variables the first is the index or key and the second the element or value.
public struct Comprehension: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case all, exists, existsOne, map, filter
    case transformList, transformMap, transformMapEntry
    case sortBy
  }
  public var kind: Kind
  public var range: CheckedExpression
  public var slot: Int
  public var secondSlot: Int?
  /// The condition of `map(x, p, t)` and `transform…(i, v, p, t)`.
  public var filter: CheckedExpression?
  public var body: CheckedExpression

  public init(
    kind: Kind, range: CheckedExpression, slot: Int, secondSlot: Int?, filter: CheckedExpression?,
    body: CheckedExpression
  ) {
    self.kind = kind
    self.range = range
    self.slot = slot
    self.secondSlot = secondSlot
    self.filter = filter
    self.body = body
  }
}

/// An expression with the number of slots that its variables need; parameters take the first ones.
public struct Body: Sendable {
  public var expression: CheckedExpression
  public var slotCount: Int

  public init(expression: CheckedExpression, slotCount: Int) {
    self.expression = expression
    self.slotCount = slotCount
  }
}

extension CheckedExpression {
  /// `o ?? null` of a type without null: where `o` gives nothing, the whole is absent.
  public var isOrAbsent: Bool {
    guard case .coalesce(_, let fallback) = kind, fallback.type == .null else { return false }
    return type != .null && type != .dyn
  }
}
