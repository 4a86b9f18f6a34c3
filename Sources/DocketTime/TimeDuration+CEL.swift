/// Durations as CEL reads and prints them: Go's syntax.

extension TimeDuration {
  /// `5400s`, `1.5s`, `-0.000000001s`: CEL's `string(duration)`.
  public func celString() -> String {
    var text: [UInt8] = []
    if isNegative { text.append(UInt8(ascii: "-")) }
    text.append(Int(magnitude.seconds))
    text.append(fractionOfSecond: magnitude.nanoseconds)
    text.append(UInt8(ascii: "s"))
    return text.asText
  }

  /// The syntax of Go's `time.ParseDuration`: an optional sign, then decimal numbers with an optional fraction, each with
  /// a unit of `h m s ms us µs ns`; or `0`. Digits finer than a nanosecond are cut off. `nil` for anything else.
  public static func parseCEL(_ bytes: UnsafeBufferPointer<UInt8>) -> TimeDuration? {
    var cursor = ByteCursor(bytes)
    let isNegative = cursor.take(UInt8(ascii: "-"))
    if !isNegative { _ = cursor.take(UInt8(ascii: "+")) }
    if cursor.bytes.count == cursor.position + 1, cursor.current == UInt8(ascii: "0") { return .zero }
    guard !cursor.isAtEnd else { return nil }
    var total: UInt64 = 0
    while !cursor.isAtEnd {
      guard let number = cursor.decimalNumber(), let unit = cursor.goUnit(),
        let part = number.nanoseconds(unit: unit)
      else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { return nil }
      total = sum
    }
    guard total <= UInt64(Int64.max) else { return nil }
    return TimeDuration(totalNanoseconds: isNegative ? -Int64(total) : Int64(total))
  }

  public static func parseCEL(_ text: some StringProtocol) -> TimeDuration? {
    text.withBytes { parseCEL($0) }
  }
}

/// A number as written: `whole` + `fraction` / `scale`.
struct DecimalNumber {
  var whole: UInt64
  var fraction: UInt64 = 0
  /// A power of ten, 1 when there is no fraction.
  var scale: UInt64 = 1

  /// The number times `unit`, rounded down; `nil` on overflow.
  func nanoseconds(unit: UInt64) -> UInt64? {
    let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
    if overflow { return nil }
    let (high, low) = fraction.multipliedFullWidth(by: unit)
    // INVARIANT: fraction < scale, so the quotient is less than `unit`.
    let part = scale.dividingFullWidth((high, low)).quotient
    let (sum, carry) = product.addingReportingOverflow(part)
    return carry ? nil : sum
  }
}

extension ByteCursor {
  /// `1`, `1.5`, `1.` or `.5`; `nil` without a digit or on overflow.
  mutating func decimalNumber() -> DecimalNumber? {
    var number = DecimalNumber(whole: 0)
    var hasDigits = false
    while current.isDigit {
      let (tens, overflow) = number.whole.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(current &- UInt8(ascii: "0")))
      if overflow || carry { return nil }
      number.whole = sum
      hasDigits = true
      position &+= 1
    }
    if take(UInt8(ascii: ".")) {
      while current.isDigit {
        // 10^18 is the finest scale that is kept: an hour has fewer nanoseconds.
        if number.scale < 1_000_000_000_000_000_000 {
          number.fraction = number.fraction &* 10 &+ UInt64(current &- UInt8(ascii: "0"))
          number.scale &*= 10
        }
        hasDigits = true
        position &+= 1
      }
    }
    return hasDigits ? number : nil
  }

  /// A unit of Go's durations, in nanoseconds.
  fileprivate mutating func goUnit() -> UInt64? {
    switch current {
    case UInt8(ascii: "h"):
      position &+= 1
      return 3_600_000_000_000
    case UInt8(ascii: "s"):
      position &+= 1
      return 1_000_000_000
    case UInt8(ascii: "m"):
      position &+= 1
      return take(UInt8(ascii: "s")) ? 1_000_000 : 60_000_000_000
    case UInt8(ascii: "n"):
      position &+= 1
      return take(UInt8(ascii: "s")) ? 1 : nil
    case UInt8(ascii: "u"):
      position &+= 1
      return take(UInt8(ascii: "s")) ? 1000 : nil
    case 0xC2:  // U+00B5, the micro sign
      position &+= 1
      return take(0xB5) && take(UInt8(ascii: "s")) ? 1000 : nil
    case 0xCE:  // U+03BC, the Greek letter mu
      position &+= 1
      return take(0xBC) && take(UInt8(ascii: "s")) ? 1000 : nil
    default:
      return nil
    }
  }
}
