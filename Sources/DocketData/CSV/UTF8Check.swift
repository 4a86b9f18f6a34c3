/// Whether bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
  /// The offset of the first byte that begins no valid character; `nil` where all is well.
  static func firstInvalid(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int? {
    var position = start
    while position < end {
      if end - position >= 8, UnsafeRawPointer(position).loadUnaligned(as: UInt64.self) & WordScan.highBits == 0 {
        position += 8
        continue
      }
      let lead = position[0]
      if lead < 0x80 {
        position += 1
        continue
      }
      let available = end - position
      let length: Int
      var range: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0:
        length = 3
        range = 0xA0...0xBF
      case 0xED:
        length = 3
        range = 0x80...0x9F
      case 0xE1...0xEF: length = 3
      case 0xF0:
        length = 4
        range = 0x90...0xBF
      case 0xF4:
        length = 4
        range = 0x80...0x8F
      case 0xF1...0xF3: length = 4
      default: return position - start
      }
      guard available >= length, range.contains(position[1]) else { return position - start }
      if length > 2, position[2] & 0xC0 != 0x80 { return position - start }
      if length > 3, position[3] & 0xC0 != 0x80 { return position - start }
      position += length
    }
    return nil
  }
}
