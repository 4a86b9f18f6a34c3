/// Looking at eight bytes at a time.

@inline(__always) private func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

enum WordScan {
  static let highBits: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  static func pattern(_ byte: UInt8) -> UInt64 { repeated(byte) }

  /// The high bit of every byte of `word` that equals the pattern's; exact, without carries between bytes.
  @inline(__always)
  static func matches(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    return ~(((difference & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | difference | 0x7F7F_7F7F_7F7F_7F7F)
  }

  /// The first byte that a mask of `matches` marks.
  @inline(__always)
  static func firstIndex(_ mask: UInt64) -> Int { mask.trailingZeroBitCount >> 3 }

  /// The eight bytes at `position`; past `end` they read as spaces, which nothing looks for.
  @inline(__always)
  static func load(_ position: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> UInt64 {
    let available = end - position
    if available >= 8 { return UnsafeRawPointer(position).loadUnaligned(as: UInt64.self).littleEndian }
    var word: UInt64 = 0x2020_2020_2020_2020
    for index in 0..<max(0, available) {
      let shift = UInt64(8 * index)
      word = word & ~(0xFF << shift) | UInt64(position[index]) << shift
    }
    return word
  }
}
