/// What an expression evaluates to: trivial to copy, 16 bytes, without reference counts.
///
/// Text, lists, maps and errors live in the `Heap`; a value holds their place. Errors are values too, so that `&&`, `||`
/// and the macros can absorb them and nothing is thrown.

public import DocketTime

/// The place of an interned text, or of bytes, in a heap's `Symbols`. Equal text, equal symbol.
@frozen public struct Symbol: Hashable, Sendable, BitwiseCopyable {
  public let index: UInt32
  @inlinable public init(index: UInt32) { self.index = index }
}

/// A run of values in the heap.
@frozen public struct ListReference: Hashable, Sendable, BitwiseCopyable {
  public let start: UInt32
  public let count: UInt32
  @inlinable public init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
}

@frozen public struct MapReference: Hashable, Sendable, BitwiseCopyable {
  public let index: UInt32
  @inlinable public init(index: UInt32) { self.index = index }
}

@frozen public struct ErrorReference: Hashable, Sendable, BitwiseCopyable {
  public let index: UInt32
  @inlinable public init(index: UInt32) { self.index = index }
}

/// A record: a row of its entity's table.
@frozen public struct EntityReference: Hashable, Sendable, BitwiseCopyable {
  /// The base entity's place in the schema.
  public let entity: UInt16
  /// A version out of `x.history`: what it refers to is seen as it was then. Otherwise references are seen as of the instant of the evaluation.
  public let isPinned: Bool
  public let row: UInt32
  @inlinable public init(entity: UInt16, row: UInt32, isPinned: Bool = false) {
    self.entity = entity
    self.row = row
    self.isPinned = isPinned
  }
}

@frozen public struct EnumValue: Hashable, Sendable, BitwiseCopyable {
  public let type: UInt16
  public let ordinal: UInt16
  @inlinable public init(type: UInt16, ordinal: UInt16) {
    self.type = type
    self.ordinal = ordinal
  }
}

/// The result of a rule: a run of values in the order of `ResultType.fields`.
@frozen public struct ResultReference: Hashable, Sendable, BitwiseCopyable {
  @frozen public enum Kind: UInt8, Hashable, Sendable, BitwiseCopyable {
    case decision, clock, measure, finding
  }
  public let kind: Kind
  public let start: UInt32
  @inlinable public init(kind: Kind, start: UInt32) {
    self.kind = kind
    self.start = start
  }
}

@frozen public enum Value: Sendable, BitwiseCopyable {
  /// Nothing is there: an empty cell, an unset field. Reading a field turns it into the error `absent`; it is never an operand.
  case absent
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(Symbol)
  case bytes(Symbol)
  case timestamp(Instant)
  case duration(TimeDuration)
  case date(CivilDate)
  case enumeration(EnumValue)
  case entity(EntityReference)
  case list(ListReference)
  case map(MapReference)
  /// Its place in the heap's types.
  case type(UInt32)
  case optionalNone
  /// The place of the wrapped value in the heap.
  case optionalSome(UInt32)
  /// Its place among the rulebook's calendars.
  case calendar(UInt32)
  case result(ResultReference)
  case error(ErrorReference)

  @inlinable public var isError: Bool {
    if case .error = self { true } else { false }
  }

  @inlinable public var isAbsent: Bool {
    if case .absent = self { true } else { false }
  }
}
