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

  /// Whether text is UTF-8 but for a few places: another encoding has hardly a character that is one of UTF-8 by chance.
  static func isMostlyValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard var here = bytes.baseAddress else { return true }
    let end = here + bytes.count
    var (characters, invalid) = (0, 0)
    while here < end {
      let stop = firstInvalid(here, end).map { here + $0 } ?? end
      while here < stop {
        if here[0] >= 0xC0 { characters += 1 }
        here += 1
      }
      guard here < end else { break }
      invalid += 1
      if here[0] == 0xED, end - here >= 3, here[1] >= 0xA0, here[2] & 0xC0 == 0x80 {
        // Half of a character of UTF-16, written as if it were one.
        characters += 2
        here += 3
      } else {
        here += 1
      }
      if invalid > 1000, invalid > characters { return false }
    }
    return characters >= 2 * invalid
  }
}
