/// One small JSON document, such as the variables of an expression: numbers keep their text, so that none is rounded on the way.

public indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  /// In the order of the file; a repeated key keeps its first value.
  case object([Member])

  public struct Member: Sendable {
    public var key: String
    public var value: JSONValue
  }

  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var isTrue: Bool {
    if case .bool(true) = self { true } else { false }
  }

  public var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// `nil` for anything that is not one JSON value.
  public static func parse(_ bytes: some Collection<UInt8>) -> JSONValue? {
    var parser = JSONParser(bytes: Array(bytes))
    return parser.parseDocument()
  }

  /// About where a text stops being JSON, as an offset; its end where it just ends too early.
  public static func firstMistake(in bytes: some Collection<UInt8>) -> Int {
    var parser = JSONParser(bytes: Array(bytes))
    _ = parser.parseDocument()
    return parser.position
  }
}

private struct JSONParser {
  private static let maximumDepth = 200

  let bytes: [UInt8]
  fileprivate private(set) var position = 0
  private var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func parseDocument() -> JSONValue? {
    guard let value = parseValue() else { return nil }
    skipSpace()
    return position == bytes.count ? value : nil
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard position + length <= bytes.count,
      word.withUTF8Buffer({ $0.elementsEqual(bytes[position..<position + length]) })
    else { return false }
    position += length
    return true
  }

  private mutating func parseValue() -> JSONValue? {
    guard depth < Self.maximumDepth else { return nil }
    depth += 1
    defer { depth -= 1 }
    skipSpace()
    switch next {
    case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
    case UInt8(ascii: "t"): return take(word: "true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take(word: "false") ? .bool(false) : nil
    case UInt8(ascii: "\""): return parseString().map { .string($0) }
    case UInt8(ascii: "["): return parseArray()
    case UInt8(ascii: "{"): return parseObject()
    default: return parseNumber()
    }
  }

  private mutating func parseNumber() -> JSONValue? {
    let start = position
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return Double(text) == nil ? nil : .number(text)
  }

  private mutating func parseArray() -> JSONValue? {
    guard take("[") else { return nil }
    if take("]") { return .array([]) }
    var elements: [JSONValue] = []
    repeat {
      guard let element = parseValue() else { return nil }
      elements.append(element)
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func parseObject() -> JSONValue? {
    guard take("{") else { return nil }
    if take("}") { return .object([]) }
    var members: [JSONValue.Member] = []
    repeat {
      skipSpace()
      guard let key = parseString(), take(":"), let value = parseValue() else { return nil }
      members.append(.init(key: key, value: value))
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func parseString() -> String? {
    guard next == UInt8(ascii: "\"") else { return nil }
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = parseEscape() else { return nil }
        text.append(contentsOf: String(Character(scalar)).utf8)
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func parseEscape() -> Unicode.Scalar? {
    guard let escape = next else { return nil }
    position += 1
    switch escape {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(escape)
    case UInt8(ascii: "u"):
      guard let unit = parseUnit() else { return nil }
      guard unit & 0xFC00 == 0xD800 else { return Unicode.Scalar(unit) }
      guard take(word: "\\u"), let low = parseUnit(), low & 0xFC00 == 0xDC00 else { return nil }
      return Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF))
    default: return nil
    }
  }

  private mutating func parseUnit() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = bytes[position..<position + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    position += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
