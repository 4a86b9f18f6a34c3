/// Building short ASCII texts without Foundation's formatters.

extension [UInt8] {
  /// A non-negative number with at least `width` digits.
  mutating func append(_ value: Int, width: Int = 1) {
    var digits: [UInt8] = []
    var rest = value.magnitude
    repeat {
      digits.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    if value < 0 { append(UInt8(ascii: "-")) }
    for _ in 0..<Swift.max(0, width - digits.count) { append(UInt8(ascii: "0")) }
    append(contentsOf: digits.reversed())
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
