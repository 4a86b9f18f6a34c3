/// Values as CEL literals, for people and for tests: `"abc"`, `[1, 2]`, `{"a": 1u}`, `timestamp("…")`.

public import DocketSemantics
import DocketTime

extension Heap {
  /// At most a million bytes; what does not fit is left out.
  public func describe(_ value: Value, schema: Schema, world: World? = nil) -> String {
    var text = BoundedText(limit: 1 << 20)
    describe(value, schema, world, depth: 0, into: &text)
    return text.isFull ? text.text + "…" : text.text
  }

  private func describe(_ value: Value, _ schema: Schema, _ world: World?, depth: Int, into text: inout BoundedText) {
    guard depth < Heap.nestingLimit else { return text.append("…") }
    guard !text.isFull else { return }
    switch value {
    case .optionalSome(let place):
      text.append("optional.of(")
      describe(wrapped(place), schema, world, depth: depth + 1, into: &text)
      text.append(")")
    case .list(let list):
      text.append("[")
      for index in 0..<Int(list.count) where !text.isFull {
        if index > 0 { text.append(", ") }
        describe(self[list, index], schema, world, depth: depth + 1, into: &text)
      }
      text.append("]")
    case .map(let reference):
      let map = self[reference]
      text.append("{")
      for (index, key) in map.keys.enumerated() where !text.isFull {
        if index > 0 { text.append(", ") }
        describe(key, schema, world, depth: depth + 1, into: &text)
        text.append(": ")
        describe(map.values[index], schema, world, depth: depth + 1, into: &text)
      }
      text.append("}")
    default:
      text.append(literal(value, schema, world))
    }
  }

  /// A value without parts.
  private func literal(_ value: Value, _ schema: Schema, _ world: World?) -> String {
    switch value {
    case .absent: return "absent"
    case .null: return "null"
    case .bool(let bit): return bit ? "true" : "false"
    case .int(let number): return "\(number)"
    case .uint(let number): return "\(number)u"
    case .double(let number):
      guard number.isFinite else { return "double(\"\(DoubleText.human(number))\")" }
      let shown = number == 0 && number.sign == .minus ? "-0" : DoubleText.human(number)
      return shown.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") } ? shown : shown + ".0"
    case .string(let symbol): return Quoting.quoted(text(symbol))
    case .bytes(let symbol): return "b" + symbols.withBytes(of: symbol) { Quoting.quotedBytes($0) }
    case .timestamp(let instant): return "timestamp(\"\(instant.rfc3339())\")"
    case .duration(let duration): return "duration(\"\(duration.celString())\")"
    case .date(let date): return "@\(date)"
    case .enumeration(let value): return schema.name(of: value)
    case .entity(let reference):
      let entity = schema.entities[Int(reference.entity)].name
      guard let world else { return entity }
      return "\(entity)[\(literal(world.key(of: reference), schema, world))]"
    case .type(let index): return type(at: index).celName(schema)
    case .optionalNone: return "optional.none()"
    case .calendar: return "calendar"
    case .result(let result):
      switch result.kind {
      case .decision: return "decision"
      case .clock: return "clock"
      case .measure: return "measure"
      case .finding: return "finding"
      }
    case .error(let reference): return "error: \(self[reference].message)"
    case .optionalSome, .list, .map: return "…"
    }
  }

  /// A text without quotes; other values as `describe` calls them.
  func plainText(_ value: Value, schema: Schema, world: World) -> String {
    if case .string(let symbol) = value { return text(symbol) }
    return describe(value, schema: schema, world: world)
  }
}

extension Schema {
  /// The name of an enum's case.
  public func name(of value: EnumValue) -> String {
    guard Int(value.type) < enums.count else { return "\(value.ordinal)" }
    let cases = enums[Int(value.type)].cases
    return Int(value.ordinal) < cases.count ? cases[Int(value.ordinal)].name : "\(value.ordinal)"
  }
}

extension Schema {
  /// How people read an enum's case: its first label, else its name.
  public func label(of value: EnumValue) -> String {
    guard Int(value.type) < enums.count, Int(value.ordinal) < enums[Int(value.type)].cases.count else {
      return name(of: value)
    }
    return enums[Int(value.type)].cases[Int(value.ordinal)].labels.first ?? name(of: value)
  }
}

/// Quotation marks and escapes, as `strings.quote` writes them.
enum Quoting {
  static func quoted(_ text: String) -> String {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 { append(byte, to: &result) }
    result.append(UInt8(ascii: "\""))
    return String(decoding: result, as: UTF8.self)
  }

  static func append(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case 0x07: text.append(contentsOf: "\\a".utf8)
    case 0x08: text.append(contentsOf: "\\b".utf8)
    case 0x09: text.append(contentsOf: "\\t".utf8)
    case 0x0A: text.append(contentsOf: "\\n".utf8)
    case 0x0B: text.append(contentsOf: "\\v".utf8)
    case 0x0C: text.append(contentsOf: "\\f".utf8)
    case 0x0D: text.append(contentsOf: "\\r".utf8)
    case UInt8(ascii: "\""): text.append(contentsOf: "\\\"".utf8)
    case UInt8(ascii: "\\"): text.append(contentsOf: "\\\\".utf8)
    default: text.append(byte)
    }
  }

  static func quotedBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text = "\""
    for byte in bytes {
      if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let octal = String(byte, radix: 8)
        text += "\\" + String(repeating: "0", count: 3 - octal.utf8.count) + octal
      }
    }
    return text + "\""
  }
}
