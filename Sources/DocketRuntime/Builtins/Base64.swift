/// Base 64 (RFC 4648, section 4).

enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  static func encode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: encoded(bytes), as: UTF8.self)
  }

  static func encoded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let rest = bytes.count - index
      let a = UInt32(bytes[index])
      let b = rest > 1 ? UInt32(bytes[index + 1]) : 0
      let c = rest > 2 ? UInt32(bytes[index + 2]) : 0
      let word = a << 16 | b << 8 | c
      text.append(alphabet[Int(word >> 18)])
      text.append(alphabet[Int(word >> 12 & 63)])
      text.append(rest > 1 ? alphabet[Int(word >> 6 & 63)] : padding)
      text.append(rest > 2 ? alphabet[Int(word & 63)] : padding)
      index += 3
    }
    return text
  }

  /// Padding may be missing altogether; `nil` for anything else that is not base 64.
  static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var digits = text[...]
    if text.count % 4 == 0 {
      if digits.last == padding { digits.removeLast() }
      if digits.last == padding { digits.removeLast() }
    }
    guard digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3 + 2)
    var word: UInt32 = 0
    var bits = 0
    for byte in digits {
      guard let digit = value(byte) else { return nil }
      word = word << 6 | UInt32(digit)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
      }
    }
    return bytes
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
