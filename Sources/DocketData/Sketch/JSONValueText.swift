/// Whether a text is one value of JSON and nothing else; prose that begins with a bracket is not.

enum JSONValueText {
  private static let depthLimit = 64

  static func isValue(_ bytes: [UInt8]) -> Bool {
    var position = 0
    guard skipValue(bytes, &position, depth: 0) else { return false }
    skipSpace(bytes, &position)
    return position == bytes.count
  }

  private static func skipSpace(_ bytes: [UInt8], _ position: inout Int) {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private static func take(_ byte: Character, _ bytes: [UInt8], _ position: inout Int) -> Bool {
    skipSpace(bytes, &position)
    guard position < bytes.count, bytes[position] == byte.asciiValue else { return false }
    position += 1
    return true
  }

  private static func skipValue(_ bytes: [UInt8], _ position: inout Int, depth: Int) -> Bool {
    guard depth < depthLimit else { return false }
    if take("\"", bytes, &position) { return skipString(bytes, &position) }
    if take("[", bytes, &position) {
      if take("]", bytes, &position) { return true }
      repeat {
        guard skipValue(bytes, &position, depth: depth + 1) else { return false }
      } while take(",", bytes, &position)
      return take("]", bytes, &position)
    }
    if take("{", bytes, &position) {
      if take("}", bytes, &position) { return true }
      repeat {
        guard take("\"", bytes, &position), skipString(bytes, &position), take(":", bytes, &position),
          skipValue(bytes, &position, depth: depth + 1)
        else { return false }
      } while take(",", bytes, &position)
      return take("}", bytes, &position)
    }
    // A number or a word of the language.
    let start = position
    while position < bytes.count, isPlain(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    return ["true", "false", "null"].contains(word) || Double(word) != nil
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"): true
    default: false
    }
  }

  /// From behind the opening quote to behind the closing one.
  private static func skipString(_ bytes: [UInt8], _ position: inout Int) -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") { position += 1 }
    }
    return false
  }
}
