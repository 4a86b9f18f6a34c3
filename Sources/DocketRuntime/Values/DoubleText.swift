/// Doubles as text, without a locale: the shortest digits that name the number, or exactly rounded ones.

public enum DoubleText {
  /// As cel-go prints a double: Go's `%g`. `1.5`, `1e+06`, `+Inf`, `NaN`.
  static func general(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
    let (digits, exponent) = shortest(value.magnitude)
    let sign = value.sign == .minus ? "-" : ""
    // Go turns to an exponent from the seventh place before the point on.
    return sign + (exponent < -4 || exponent >= 6 ? scientific(digits, exponent) : plain(digits, exponent))
  }

  /// For people: `12`, `1.5`, `0.001`; very large and very small numbers with an exponent.
  static func human(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    let (digits, exponent) = shortest(value.magnitude)
    let sign = value < 0 ? "-" : ""
    return sign + (exponent < -6 || exponent >= 16 ? scientific(digits, exponent) : plain(digits, exponent))
  }

  /// As people write it in a letter: four significant digits, at least two after the point: `0.7843`, `12.35`, `1234.57`, `12`.
  public static func told(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return human(value) }
    let exponent = shortest(value.magnitude).exponent
    guard exponent >= -6, exponent < 15 else { return human(value) }
    var text = fixed(value, places: max(2, 3 - exponent))
    while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
    if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
    return text
  }

  /// Never with an exponent: Go's `%f` with the fewest digits.
  static func plain(_ value: Double) -> String {
    guard value.isFinite else { return human(value) }
    let (digits, exponent) = shortest(value.magnitude)
    return (value.sign == .minus ? "-" : "") + plain(digits, exponent)
  }

  /// The shortest digits that name a number, without a point, and the power of ten of the first.
  static func shortest(_ magnitude: Double) -> (digits: [UInt8], exponent: Int) {
    guard magnitude != 0 else { return ([UInt8(ascii: "0")], 0) }
    // Swift prints the shortest digits, as `123.45`, `5e-324` or `1.5e+300`.
    var digits: [UInt8] = []
    var pointAt: Int?
    var exponent = 0
    let text = Array(magnitude.description.utf8)
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: ".") {
        pointAt = digits.count
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        break
      } else {
        digits.append(byte)
      }
    }
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    exponent += (pointAt ?? digits.count) - 1 - leading
    digits.removeFirst(leading)
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, exponent)
  }

  static func plain(_ digits: [UInt8], _ exponent: Int) -> String {
    var text: [UInt8] = []
    if exponent < 0 {
      text.append(contentsOf: "0.".utf8)
      text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -exponent - 1))
      text.append(contentsOf: digits)
    } else {
      text.append(contentsOf: digits.prefix(exponent + 1))
      text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, exponent + 1 - digits.count)))
      if digits.count > exponent + 1 {
        text.append(UInt8(ascii: "."))
        text.append(contentsOf: digits.dropFirst(exponent + 1))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `1.5e+06`, with at least two digits of exponent.
  static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
    var text: [UInt8] = [digits[0]]
    if digits.count > 1 {
      text.append(UInt8(ascii: "."))
      text.append(contentsOf: digits.dropFirst())
    }
    text.append(UInt8(ascii: "e"))
    text.append(UInt8(ascii: exponent < 0 ? "-" : "+"))
    let magnitude = String(exponent.magnitude)
    if magnitude.utf8.count < 2 { text.append(UInt8(ascii: "0")) }
    text.append(contentsOf: magnitude.utf8)
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: - Exact rounding

  /// C's `%.{places}f`: exactly rounded, ties to even.
  static func fixed(_ value: Double, places: Int) -> String {
    let exact = ExactDecimal(value.magnitude)
    let digits = exact.rounded(toPlace: -places)
    // `digits` counts units of 10^-places.
    var text = Array(repeating: UInt8(ascii: "0"), count: max(0, places + 1 - digits.count)) + digits
    if places > 0 { text.insert(UInt8(ascii: "."), at: text.count - places) }
    if value.sign == .minus { text.insert(UInt8(ascii: "-"), at: 0) }
    return String(decoding: text, as: UTF8.self)
  }

  /// C's `%.{places}e`.
  static func scientific(_ value: Double, places: Int) -> String {
    let sign = value.sign == .minus ? "-" : ""
    guard value != 0 else {
      return sign + scientific([UInt8](repeating: UInt8(ascii: "0"), count: places + 1), 0)
    }
    let exact = ExactDecimal(value.magnitude)
    var exponent = exact.exponent
    var digits = exact.rounded(toPlace: exponent - places)
    if digits.count > places + 1 {
      // 9.99… rounded up to 10.
      digits.removeLast()
      exponent += 1
    }
    return sign + scientific(digits, exponent)
  }
}

/// All decimal digits of a finite double: every one has finitely many, at most 1,075.
private struct ExactDecimal {
  /// Without leading zeros; empty for zero.
  private let digits: [UInt8]
  /// How many of them stand after the point.
  private let places: Int

  init(_ magnitude: Double) {
    guard magnitude > 0 else {
      digits = []
      places = 0
      return
    }
    // magnitude = significand * 2^power
    let isNormal = magnitude.exponentBitPattern != 0
    let significand = magnitude.significandBitPattern | (isNormal ? 1 << 52 : 0)
    let power = (isNormal ? Int(magnitude.exponentBitPattern) : 1) - 1075
    // Base 10^9, the lowest limb first; 2^-1 is 5 * 10^-1.
    var limbs: [UInt32] = []
    var rest = significand
    while rest > 0 {
      limbs.append(UInt32(rest % 1_000_000_000))
      rest /= 1_000_000_000
    }
    func multiply(by factor: UInt64) {
      var carry: UInt64 = 0
      for index in limbs.indices {
        let product = UInt64(limbs[index]) * factor + carry
        limbs[index] = UInt32(product % 1_000_000_000)
        carry = product / 1_000_000_000
      }
      while carry > 0 {
        limbs.append(UInt32(carry % 1_000_000_000))
        carry /= 1_000_000_000
      }
    }
    for _ in 0..<power.magnitude { multiply(by: power < 0 ? 5 : 2) }
    var text: [UInt8] = []
    for limb in limbs.reversed() {
      let part = Array(String(limb).utf8)
      if !text.isEmpty { text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 9 - part.count)) }
      text.append(contentsOf: part)
    }
    digits = text
    places = power < 0 ? -power : 0
  }

  /// The power of ten of the first digit.
  var exponent: Int { digits.count - places - 1 }

  /// The number in units of 10^place, rounded to the nearest, ties to even; without leading zeros, empty for zero.
  func rounded(toPlace place: Int) -> [UInt8] {
    let dropped = place + places
    guard dropped > 0 else { return digits + Array(repeating: UInt8(ascii: "0"), count: -dropped) }
    guard dropped <= digits.count else { return [] }
    var kept = Array(digits.dropLast(dropped))
    let tail = digits.suffix(dropped)
    let half = UInt8(ascii: "5")
    let isAbove =
      tail.first.map { $0 > half || ($0 == half && tail.dropFirst().contains { $0 != UInt8(ascii: "0") }) } ?? false
    let isTie = tail.first == half && !isAbove
    let isOdd = (kept.last ?? UInt8(ascii: "0")) & 1 == 1
    guard isAbove || (isTie && isOdd) else { return kept }
    var index = kept.count
    while index > 0 {
      index -= 1
      if kept[index] < UInt8(ascii: "9") {
        kept[index] += 1
        return kept
      }
      kept[index] = UInt8(ascii: "0")
    }
    kept.insert(UInt8(ascii: "1"), at: 0)
    return kept
  }
}
