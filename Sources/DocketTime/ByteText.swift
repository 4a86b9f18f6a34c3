/// Building short ASCII texts without Foundation's formatters.

extension [UInt8] {
  /// A number with at least `width` digits, at most 19.
  mutating func append(_ value: Int, width: Int = 1) {
    if value < 0 { append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    var place: UInt = 1
    var digits = 1
    while digits < width || rest / place >= 10 {
      place *= 10
      digits += 1
    }
    while place > 0 {
      append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest / place))
      rest %= place
      place /= 10
    }
  }

  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// `.5` for half a second, nothing for none: Go's RFC3339Nano trims trailing zeros.
  mutating func append(fractionOfSecond nanoseconds: Int32) {
    guard nanoseconds != 0 else { return }
    append(UInt8(ascii: "."))
    append(Int(nanoseconds), width: 9)
    while last == UInt8(ascii: "0") { removeLast() }
  }

  var asText: String { String(decoding: self, as: UTF8.self) }
}
