/// Numbers with something around or inside them: `$1,200.50`, `85 %`, `¥99`, `1.234,56 €`, `12 小时`.
///
/// All cells of a column must have the same before and behind, and one way of grouping, for the number to be taken out.

public struct DecoratedNumber: Sendable {
  public private(set) var isDead = false
  /// What stands before and behind every number.
  public private(set) var prefix: String?
  public private(set) var suffix = ""
  /// Whether a comma, or a point, stands between thousands; and whether a comma stands before the fraction.
  public private(set) var groupsByComma = false
  public private(set) var groupsByPoint = false
  public private(set) var hasDecimalComma = false
  public private(set) var hasFraction = false
  private var hasDecimalPoint = false

  /// Numbers only of digits and points need none of this.
  public var isPlain: Bool { prefix == "" && suffix == "" && !groupsByComma && !groupsByPoint && !hasDecimalComma }

  mutating func see(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !isDead else { return }
    guard bytes.count <= 40, let first = bytes.firstIndex(where: Self.isDigit),
      let last = bytes.lastIndex(where: Self.isDigit)
    else {
      isDead = true
      return
    }
    var start = first
    // A sign before the number belongs to it, one before the currency does not go away.
    if start > 0, bytes[start - 1] == UInt8(ascii: "-") { start -= 1 }
    let before = String(decoding: bytes[..<start], as: UTF8.self)
    let behind = String(decoding: bytes[(last + 1)...], as: UTF8.self)
    if let prefix, prefix != before || suffix != behind {
      isDead = true
      return
    }
    (prefix, suffix) = (before, behind)
    if (before + behind).unicodeScalars.contains(where: {
      $0 == "-" || $0 == "(" || $0 == "\"" || $0 == "\\" || $0.value < 0x20
    }) {
      isDead = true
      return
    }
    seeDigits(bytes[first...last])
  }

  private mutating func seeDigits(_ digits: Slice<UnsafeBufferPointer<UInt8>>) {
    guard digits.allSatisfy({ Self.isDigit($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }),
      digits.count <= 20
    else {
      isDead = true
      return
    }
    let commas = digits.indices.filter { digits[$0] == UInt8(ascii: ",") }
    let points = digits.indices.filter { digits[$0] == UInt8(ascii: ".") }
    let isCode =
      digits.first == 0x30 && digits.count > 1 && (commas.first ?? points.first ?? 99) != digits.startIndex + 1
    func isGrouped(_ marks: [Int], until end: Int) -> Bool {
      guard let first = marks.first, (1...3).contains(first - digits.startIndex) else { return false }
      return zip(marks, marks.dropFirst() + [end]).allSatisfy { $1 - $0 == 4 }
    }
    if isCode {
      isDead = true
    } else if !commas.isEmpty, !points.isEmpty {
      // Whatever comes last stands before the fraction.
      if commas[commas.count - 1] < points[0], points.count == 1, isGrouped(commas, until: points[0]) {
        groupsByComma = true
        (hasDecimalPoint, hasFraction) = (true, true)
      } else if points[points.count - 1] < commas[0], commas.count == 1, isGrouped(points, until: commas[0]) {
        groupsByPoint = true
        (hasDecimalComma, hasFraction) = (true, true)
      } else {
        isDead = true
      }
    } else if !commas.isEmpty {
      if isGrouped(commas, until: digits.endIndex) {
        groupsByComma = true
      } else if commas.count == 1 {
        (hasDecimalComma, hasFraction) = (true, true)
      } else {
        isDead = true
      }
    } else if points.count > 1 {
      if isGrouped(points, until: digits.endIndex) { groupsByPoint = true } else { isDead = true }
    } else if points.count == 1 {
      (hasDecimalPoint, hasFraction) = (true, true)
    }
    if groupsByComma && hasDecimalComma || groupsByPoint && hasDecimalPoint || hasDecimalComma && hasDecimalPoint {
      isDead = true
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
