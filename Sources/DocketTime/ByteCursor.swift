/// A position in bytes that are being parsed: what all parsers of this module share. No method reads past the end.
@usableFromInline
struct ByteCursor {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  @inline(__always)
  var isAtEnd: Bool { position >= bytes.count }

  /// The byte here, or 0 at the end (no format of this module contains a NUL).
  @inline(__always)
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position &+= 1
    return true
  }

  /// Exactly `count` digits (at most 9), or `nil`.
  @inline(__always)
  mutating func digits(_ count: Int) -> Int32? {
    guard bytes.count &- position >= count else { return nil }
    var value: Int32 = 0
    for index in position..<(position &+ count) {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int32(digit)
    }
    position &+= count
    return value
  }

  /// Between one and `limit` digits (at most 9), as many as there are.
  @inline(__always)
  mutating func digits(upTo limit: Int) -> Int32? {
    var value: Int32 = 0
    let start = position
    while position < bytes.count, position &- start < limit {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ Int32(digit)
      position &+= 1
    }
    return position > start ? value : nil
  }

  /// One to nine digits after a decimal point, as nanoseconds; more digits are refused.
  mutating func fraction() -> Int32? {
    let start = position
    guard var value = digits(upTo: 9) else { return nil }
    if current.isDigit { return nil }
    for _ in (position &- start)..<9 { value &*= 10 }
    return value
  }
}

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
}

extension StringProtocol {
  /// The text as bytes, without a copy where it is already UTF-8.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(utf8).withUnsafeBufferPointer(body)
  }
}
