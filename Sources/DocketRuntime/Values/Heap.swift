/// Where text, lists, maps, types and errors live.
///
/// What is loaded and linked stays; what an evaluation makes is dropped by `reset(to:)`, which takes the heap back to a mark.
/// INVARIANT: a value made after a mark is not used after a reset to it.

public import DocketDiagnostics
public import DocketSemantics
public import DocketTime

/// Why an evaluation failed.
public struct EvaluationError: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A field without a value; the path as written.
    case absent(path: String)
    case divisionByZero
    case modulusByZero
    case overflow
    case noSuchKey(String)
    case noSuchField(String)
    case indexOutOfRange(String)
    case noSuchOverload(String)
    case invalidArgument(String)
    case invalidConversion(String)
    case noRow(table: String)
    case unknownRecord(String)
    case outsideView(String)
    case limit(String)
    case unbound(String)
    case custom(String)
  }
  public var kind: Kind
  /// Where in a rulebook it arose.
  public var span: SourceSpan?

  public init(_ kind: Kind, at span: SourceSpan?) {
    self.kind = kind
    self.span = span
  }

  public var message: String {
    switch kind {
    case .absent(let path): "`\(path)` is absent"
    case .divisionByZero: "division by zero"
    case .modulusByZero: "modulus by zero"
    case .overflow: "the result is out of range"
    case .noSuchKey(let key): "no such key: \(key)"
    case .noSuchField(let field): "no such field: \(field)"
    case .indexOutOfRange(let index): "index out of range: \(index)"
    case .noSuchOverload(let call): "no such overload: \(call)"
    case .invalidArgument(let text), .invalidConversion(let text), .limit(let text), .custom(let text): text
    case .noRow(let table): "no row of `\(table)` matches"
    case .unknownRecord(let text), .outsideView(let text): text
    case .unbound(let name): "`\(name)` has no value"
    }
  }
}

public struct MapStorage: Sendable {
  /// In the order of the entries.
  public let keys: [Value]
  public let values: [Value]
  /// The place of each key; only maps that are worth it have one.
  private let places: [MapKey: Int]

  public init(keys: [Value], values: [Value]) {
    self.keys = keys
    self.values = values
    var places: [MapKey: Int] = [:]
    if keys.count > 8 {
      places.reserveCapacity(keys.count)
      for (place, key) in keys.enumerated() {
        if let key = MapKey(key) { places[key] = place }
      }
    }
    self.places = places
  }

  public var count: Int { keys.count }

  /// The value of an equal key; `1`, `1u` and `1.0` are equal.
  public subscript(key: MapKey) -> Value? {
    if keys.count > 8 { return places[key].map { values[$0] } }
    return keys.firstIndex { MapKey($0) == key }.map { values[$0] }
  }

  /// The value of a text, the usual key, which only the same text equals.
  subscript(name: Symbol) -> Value? {
    if keys.count > 8 { return places[.string(name)].map { values[$0] } }
    for place in 0..<keys.count {
      if case .string(let key) = keys[place], key == name { return values[place] }
    }
    return nil
  }
}

/// A value as the key of a map: equal keys are equal here, whatever their numeric type.
public enum MapKey: Hashable, Sendable {
  case bool(Bool)
  case int(Int64)
  /// Beyond the range of int.
  case uint(UInt64)
  case string(Symbol)
  case enumeration(EnumValue)
  case date(CivilDate)
  /// Never the key of a map: only a set of records is made of these.
  case record(entity: UInt16, record: UInt32)

  /// `nil` for a value that equals no key.
  public init?(_ value: Value) {
    switch value {
    case .bool(let bit): self = .bool(bit)
    case .int(let number): self = .int(number)
    case .uint(let number): self = Int64(exactly: number).map(MapKey.int) ?? .uint(number)
    case .double(let number):
      if let int = Int64(exactly: number) {
        self = .int(int)
      } else if let uint = UInt64(exactly: number) {
        self = .uint(uint)
      } else {
        return nil
      }
    case .string(let symbol): self = .string(symbol)
    case .enumeration(let value): self = .enumeration(value)
    case .date(let date): self = .date(date)
    default: return nil
    }
  }

  /// Whether a map may be made with this key.
  public static func isKey(_ value: Value) -> Bool {
    switch value {
    case .bool, .int, .uint, .string, .enumeration, .date: true
    default: false
    }
  }
}

public final class Heap {
  public struct Mark: Sendable {
    var values: Int
    var maps: Int
    var errors: Int
    var symbols: Int
    var types: Int
  }

  public let symbols: Symbols
  /// Elements of lists and results, wrapped values of optionals.
  private let values = GrowingBuffer<Value>(capacity: 1 << 8)
  private let maps = GrowingBuffer<MapStorage>(capacity: 1 << 4)
  private let errors = GrowingBuffer<EvaluationError>(capacity: 1 << 4)
  private var types: [Type] = []
  private var keptErrors = 0

  public init() {
    symbols = Symbols()
  }

  public func mark() -> Mark {
    Mark(values: values.count, maps: maps.count, errors: errors.count, symbols: symbols.count, types: types.count)
  }

  public func reset(to mark: Mark) {
    // Most evaluations make nothing.
    if values.count == mark.values, maps.count == mark.maps, errors.count == mark.errors,
      symbols.count == mark.symbols, types.count == mark.types
    {
      return
    }
    values.removeAll(from: mark.values)
    maps.removeAll(from: mark.maps)
    errors.removeAll(from: mark.errors)
    types.removeSubrange(mark.types...)
    keptErrors = min(keptErrors, errors.count)
    symbols.reset(to: mark.symbols)
  }

  /// Forgets errors that were absorbed, except those to be kept. INVARIANT: no value holds one of the others.
  func discardErrors(from count: Int) {
    let first = max(count, keptErrors)
    if first < errors.count { errors.removeAll(from: first) }
  }

  /// Whoever stores error values beyond an expression says so; they last until a reset.
  public func keepErrors() { keptErrors = errors.count }

  /// How many errors there are, absorbed or not.
  public var errorCount: Int { errors.count }

  /// The bytes in use, for budgets.
  var byteCount: Int { symbols.byteCount + values.count * MemoryLayout<Value>.stride + maps.count * 64 }

  // MARK: - Making values

  public func string(_ text: String) -> Value { .string(symbols.intern(text)) }

  public func string(_ bytes: [UInt8]) -> Value { .string(bytes.withUnsafeBufferPointer { symbols.intern($0) }) }

  public func bytes(_ bytes: [UInt8]) -> Value { .bytes(bytes.withUnsafeBufferPointer { symbols.intern($0) }) }

  public func list(_ elements: some Collection<Value>) -> Value {
    let start = values.count
    append(elements)
    return .list(ListReference(start: UInt32(start), count: UInt32(values.count - start)))
  }

  public func map(_ storage: MapStorage) -> Value {
    maps.append(storage)
    return .map(MapReference(index: UInt32(maps.count - 1)))
  }

  public func some(_ value: Value) -> Value {
    values.append(value)
    return .optionalSome(UInt32(values.count - 1))
  }

  public func result(_ kind: ResultReference.Kind, _ fields: [Value]) -> Value {
    let start = values.count
    append(fields)
    return .result(ResultReference(kind: kind, start: UInt32(start)))
  }

  private func append(_ elements: some Collection<Value>) {
    let isDone: Void? = elements.withContiguousStorageIfAvailable { values.append(contentsOf: $0) }
    if isDone == nil { Array(elements).withUnsafeBufferPointer { values.append(contentsOf: $0) } }
  }

  public func type(_ type: Type) -> Value {
    if let index = types.firstIndex(of: type) { return .type(UInt32(index)) }
    types.append(type)
    return .type(UInt32(types.count - 1))
  }

  public func error(_ kind: EvaluationError.Kind, at span: SourceSpan? = nil) -> Value {
    errors.append(EvaluationError(kind, at: span))
    return .error(ErrorReference(index: UInt32(errors.count - 1)))
  }

  // MARK: - Reading values

  public subscript(list: ListReference) -> [Value] {
    Array(values[Int(list.start)..<Int(list.start) + Int(list.count)])
  }

  public subscript(list: ListReference, index: Int) -> Value { values[Int(list.start) + index] }

  func count(of map: MapReference) -> Int { maps[Int(map.index)].count }

  public subscript(map: MapReference) -> MapStorage { maps[Int(map.index)] }

  func value(at name: Symbol, in map: MapReference) -> Value? { maps[Int(map.index)][name] }

  public subscript(error: ErrorReference) -> EvaluationError { errors[Int(error.index)] }

  public func text(_ symbol: Symbol) -> String { symbols.text(symbol) }

  public func wrapped(_ index: UInt32) -> Value { values[Int(index)] }

  public func field(_ index: Int, of result: ResultReference) -> Value { values[Int(result.start) + index] }

  public func type(at index: UInt32) -> Type { types[Int(index)] }
}
