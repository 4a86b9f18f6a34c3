/// Where text, lists, maps, types and errors live.
///
/// What is loaded and linked stays; what an evaluation makes is dropped by `reset(to:)`, which takes the heap back to a mark.
/// INVARIANT: a value made after a mark is not used after a reset to it.

public import DocketDiagnostics
public import DocketSemantics

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
  public var keys: [Value]
  public var values: [Value]

  public init(keys: [Value], values: [Value]) {
    self.keys = keys
    self.values = values
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
  public private(set) var values: [Value] = []
  public private(set) var maps: [MapStorage] = []
  public private(set) var errors: [EvaluationError] = []
  public private(set) var types: [Type] = []

  public init() {
    symbols = Symbols()
  }

  public func mark() -> Mark {
    Mark(values: values.count, maps: maps.count, errors: errors.count, symbols: symbols.count, types: types.count)
  }

  public func reset(to mark: Mark) {
    values.removeSubrange(mark.values...)
    maps.removeSubrange(mark.maps...)
    errors.removeSubrange(mark.errors...)
    types.removeSubrange(mark.types...)
    symbols.reset(to: mark.symbols)
  }

  // MARK: - Making values

  public func string(_ text: String) -> Value { .string(symbols.intern(text)) }

  public func list(_ elements: some Collection<Value>) -> Value {
    let start = values.count
    values.append(contentsOf: elements)
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
    values.append(contentsOf: fields)
    return .result(ResultReference(kind: kind, start: UInt32(start)))
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

  public subscript(list: ListReference) -> ArraySlice<Value> {
    values[Int(list.start)..<Int(list.start) + Int(list.count)]
  }

  public subscript(list: ListReference, index: Int) -> Value { values[Int(list.start) + index] }

  public subscript(map: MapReference) -> MapStorage { maps[Int(map.index)] }

  public subscript(error: ErrorReference) -> EvaluationError { errors[Int(error.index)] }

  public func text(_ symbol: Symbol) -> String { symbols.text(symbol) }

  public func wrapped(_ index: UInt32) -> Value { values[Int(index)] }

  public func field(_ index: Int, of result: ResultReference) -> Value { values[Int(result.start) + index] }

  public func type(at index: UInt32) -> Type { types[Int(index)] }
}
