/// Values as JSON, the contract of machine output: RFC 3339 in UTC, durations as CEL prints them, enum cases by name,
/// references by key, absent as null.

import DocketDiagnostics
public import DocketSemantics
import DocketTime

public struct MachineText {
  private let heap: Heap
  private let schema: Schema
  private let world: World?

  public init(heap: Heap, schema: Schema, world: World?) {
    self.heap = heap
    self.schema = schema
    self.world = world
  }

  /// The value as JSON.
  public func json(_ value: Value) -> String {
    var text: [UInt8] = []
    append(value, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  public func append(_ value: Value, to text: inout [UInt8]) {
    append(value, to: &text, end: text.count + MachineText.limit, depth: 0)
  }

  /// Bytes of one value; lists and maps beyond them, and those nested without end, are written as null.
  private static let limit = 256 << 20

  private func append(_ value: Value, to text: inout [UInt8], end: Int, depth: Int) {
    guard depth < Heap.nestingLimit, text.count < end else { return text.append(contentsOf: "null".utf8) }
    switch value {
    case .absent, .null, .optionalNone, .error: text.append(contentsOf: "null".utf8)
    case .bool(let bit): text.append(contentsOf: (bit ? "true" : "false").utf8)
    case .int(let number): text.append(contentsOf: "\(number)".utf8)
    case .uint(let number): text.append(contentsOf: "\(number)".utf8)
    case .double(let number):
      // JSON has no words for these.
      if number.isFinite {
        text.append(contentsOf: DoubleText.human(number).utf8)
      } else {
        JSONWriter.quote(DoubleText.human(number), to: &text)
      }
    case .entity(let reference): append(world?.key(of: reference) ?? .null, to: &text, end: end, depth: depth + 1)
    case .optionalSome(let place): append(heap.wrapped(place), to: &text, end: end, depth: depth + 1)
    case .list(let list):
      text.append(UInt8(ascii: "["))
      for index in 0..<Int(list.count) where text.count < end {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        append(heap[list, index], to: &text, end: end, depth: depth + 1)
      }
      text.append(UInt8(ascii: "]"))
    case .map(let reference):
      let map = heap[reference]
      text.append(UInt8(ascii: "{"))
      for (index, key) in map.keys.enumerated() where text.count < end {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        JSONWriter.quote(scalar(key), to: &text)
        text.append(UInt8(ascii: ":"))
        append(map.values[index], to: &text, end: end, depth: depth + 1)
      }
      text.append(UInt8(ascii: "}"))
    case .string(let symbol): heap.symbols.withBytes(of: symbol) { JSONWriter.quote($0, to: &text) }
    case .bytes, .timestamp, .duration, .date, .enumeration, .type, .calendar, .result:
      JSONWriter.quote(scalar(value), to: &text)
    }
  }

  /// The bytes of a text.
  public func withBytes(of symbol: Symbol, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    heap.symbols.withBytes(of: symbol, body)
  }

  /// A value as one cell of text, as CSV and the keys of JSON objects have it; absent is empty.
  public func scalar(_ value: Value) -> String {
    switch value {
    case .absent, .null, .optionalNone, .error: ""
    case .string(let symbol): heap.text(symbol)
    case .bytes(let symbol): heap.symbols.withBytes(of: symbol) { Base64.encode($0) }
    case .timestamp(let instant): instant.rfc3339()
    case .duration(let duration): duration.celString()
    case .date(let date): "\(date)"
    case .enumeration(let value): schema.name(of: value)
    case .double(let number): DoubleText.human(number)
    case .entity(let reference): scalar(world?.key(of: reference) ?? .absent)
    case .type(let index): heap.type(at: index).celName(schema)
    case .optionalSome(let place): scalar(heap.wrapped(place))
    case .calendar, .result: heap.describe(value, schema: schema, world: world)
    case .bool, .int, .uint, .list, .map: json(value)
    }
  }
}
