/// Numbers with something around or inside them: `$1,200.50`, `85 %`, `¥99`, `1.234,56 €`, `1 234,56 €`, `($5.00)`, `12 件`.
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
  /// Spaces of some kind, or apostrophes, that stand between thousands.
  public private(set) var groupMarks: Set<String> = []
  /// Losses stand in parentheses.
  public private(set) var hasParentheses = false
  public private(set) var hasDecimalComma = false
  public private(set) var hasFraction = false
  private var hasDecimalPoint = false

  /// Numbers only of digits and points need none of this.
  public var isPlain: Bool {
    prefix == "" && suffix == "" && !groupsByComma && !groupsByPoint && !hasDecimalComma && groupMarks.isEmpty
      && !hasParentheses
  }

  private static let marks = [" ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "’"]

  mutating func see(_ whole: UnsafeBufferPointer<UInt8>) {
    guard !isDead else { return }
    if whole.count > 2, whole.count <= 40, whole[0] == UInt8(ascii: "("), whole[whole.count - 1] == UInt8(ascii: ")") {
      hasParentheses = true
      return see(UnsafeBufferPointer(rebasing: whole[1..<(whole.count - 1)]))
    }
    // Marks between thousands are taken out first; each stands before three digits.
    let isGrouped = whole.count <= 40 && whole.contains { $0 == 0x20 || $0 == 0x27 || $0 == 0xC2 || $0 == 0xE2 }
    guard isGrouped, let text = withoutMarks(String(decoding: whole, as: UTF8.self)) else { return seeNumber(whole) }
    Array(text.utf8).withUnsafeBufferPointer { seeNumber($0) }
  }

  private mutating func withoutMarks(_ text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    func isDigit(_ place: Int) -> Bool {
      scalars.indices.contains(place) && scalars[place].value >= 0x30 && scalars[place].value <= 0x39
    }
    var result = String.UnicodeScalarView()
    var found: Set<String> = []
    for (place, scalar) in scalars.enumerated() {
      let isMark =
        Self.marks.contains(String(scalar)) && isDigit(place - 1) && (1...3).allSatisfy { isDigit(place + $0) }
        && !isDigit(place + 4)
      if isMark { found.insert(String(scalar)) } else { result.append(scalar) }
    }
    groupMarks.formUnion(found)
    return found.isEmpty ? nil : String(result)
  }

  private mutating func seeNumber(_ bytes: UnsafeBufferPointer<UInt8>) {
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
