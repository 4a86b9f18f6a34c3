/// A JSON array of scalars inside a cell (`["a","b"]`, `[1, 2]`); `null` elements are left out.
enum JSONArrayText {
  /// The elements' texts, strings without their escapes; `nil` where it is not such an array.
  static func elements(_ bytes: [UInt8]) -> [[UInt8]]? {
    var position = 0
    func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }
    func skipSpace() {
      while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }
    func take(_ byte: Character) -> Bool {
      guard let wanted = byte.asciiValue, peek() == wanted else { return false }
      position += 1
      return true
    }
    var elements: [[UInt8]] = []
    guard take("[") else { return nil }
    skipSpace()
    if take("]") {
      skipSpace()
      return peek() == nil ? [] : nil
    }
    while true {
      skipSpace()
      if take("\"") {
        guard let text = string(bytes, &position) else { return nil }
        elements.append(text)
      } else {
        let start = position
        while let byte = peek(), byte != UInt8(ascii: ","), byte != UInt8(ascii: "]"), byte > 0x20 { position += 1 }
        let text = Array(bytes[start..<position])
        guard let first = text.first, first != UInt8(ascii: "["), first != UInt8(ascii: "{") else { return nil }
        if text != Array("null".utf8) { elements.append(text) }
      }
      skipSpace()
      if take("]") {
        skipSpace()
        return peek() == nil ? elements : nil
      }
      guard take(",") else { return nil }
    }
  }

  /// A string after its opening quote, to behind its closing one.
  private static func string(_ bytes: [UInt8], _ position: inout Int) -> [UInt8]? {
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return text }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard position < bytes.count else { return nil }
      let escape = bytes[position]
      position += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
      case UInt8(ascii: "u"):
        guard var unit = hex(bytes, &position) else { return nil }
        if unit & 0xFC00 == 0xD800 {
          guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
          else { return nil }
          position += 2
          guard let low = hex(bytes, &position), low & 0xFC00 == 0xDC00 else { return nil }
          unit = 0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)
        }
        guard unit != 0, let scalar = Unicode.Scalar(unit) else { return nil }
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
      default: return nil
      }
    }
    return nil
  }

  private static func hex(_ bytes: [UInt8], _ position: inout Int) -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    position += 4
    return value
  }
}
