/// Tagged values of the cases as values of a heap, and when two are the same.

import DocketData
import DocketRuntime
import DocketSemantics
import DocketTime

extension Heap {
  /// `{"int": "1"}`, `{"list": […]}` and so on; `nil` where it is none of them.
  func value(ofTagged json: JSONValue) -> Value? {
    guard case .object(let members) = json, let member = members.first else { return nil }
    let content = member.value
    switch member.key {
    case "null": return .null
    case "bool":
      if case .bool(let bit) = content { return .bool(bit) }
      return nil
    case "int": return content.text.flatMap { Int64($0) }.map { .int($0) }
    case "uint": return content.text.flatMap { UInt64($0) }.map { .uint($0) }
    case "double": return content.text.flatMap { Double($0) }.map { .double($0) }
    case "string": return content.text.map { string($0) }
    case "bytes": return content.text.flatMap { Base64Text.decode($0) }.map { bytes($0) }
    case "type":
      var reader = TypeReader()
      return content.text.flatMap { reader.read($0) }.map { type($0.erased) }
    case "timestamp":
      let text = content.text ?? content["value"]?.text
      return text.flatMap { Array($0.utf8).withUnsafeBufferPointer { Instant.parseRFC3339($0) } }.map { .timestamp($0) }
    case "duration":
      let text = content.text ?? content["value"]?.text
      return text.flatMap { Array($0.utf8).withUnsafeBufferPointer { TimeDuration.parseCEL($0) } }.map { .duration($0) }
    case "list":
      guard let elements = content.elements else { return nil }
      let values = elements.compactMap { value(ofTagged: $0) }
      return values.count == elements.count ? list(values) : nil
    case "map":
      guard let entries = content.elements else { return nil }
      var keys: [Value] = []
      var values: [Value] = []
      for entry in entries {
        guard let pair = entry.elements, pair.count == 2, let key = self.value(ofTagged: pair[0]),
          let value = self.value(ofTagged: pair[1])
        else { return nil }
        keys.append(key)
        values.append(value)
      }
      return map(MapStorage(keys: keys, values: values))
    default: return nil
    }
  }

  /// Stricter than CEL's `==`: of one type, a NaN is a NaN, zeros have their sign; maps are in no order.
  func isSame(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .double), (.double, .int), (.double, .uint):
      return false
    case (.double(let a), .double(let b)): return (a.isNaN && b.isNaN) || (a == b && a.sign == b.sign)
    case (.optionalSome(let a), .optionalSome(let b)): return isSame(wrapped(a), wrapped(b))
    case (.list(let a), .list(let b)):
      return a.count == b.count && (0..<Int(a.count)).allSatisfy { isSame(self[a, $0], self[b, $0]) }
    case (.map(let a), .map(let b)):
      let (left, right) = (self[a], self[b])
      return left.count == right.count
        && left.keys.indices.allSatisfy { index in
          right.keys.indices.contains {
            isSame(left.keys[index], right.keys[$0]) && isSame(left.values[index], right.values[$0])
          }
        }
    default:
      // What is left has no parts.
      var budget = 100
      return equals(a, b, budget: &budget) ?? false
    }
  }
}

/// Base 64, as the cases write bytes.
private enum Base64Text {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var word: UInt32 = 0
    var bits = 0
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      guard let digit = alphabet.firstIndex(of: byte) else { return nil }
      word = word << 6 | UInt32(digit)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
      }
    }
    return bytes
  }
}
