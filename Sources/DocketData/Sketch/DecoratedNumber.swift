/// Numbers with something around or inside them: `$1,200.50`, `85 %`, `¥99`, `1.234,56 €`, `1 234,56 €`, `($5.00)`, `12 件`.
///
/// All cells of a column must have the same before and behind, and one way of grouping, for the number to be taken out.

public struct DecoratedNumber: Sendable {
  public private(set) var isDead = false
  /// What stands before and behind every number.
  public private(set) var prefix: String?
  public private(set) var suffix = ""
  /// Spaces of some kind, or apostrophes, that stand between thousands.
  public private(set) var groupMarks: Set<String> = []
  /// Losses stand in parentheses.
  public private(set) var hasParentheses = false
  // What is sure: `1,234.5` groups by comma, `0,5` has a fraction behind one.
  private var groupsByComma = false
  private var groupsByPoint = false
  public private(set) var hasDecimalComma = false
  public private(set) var hasDecimalPoint = false
  /// `1,234` and `1.234`, which may be either.
  private var openComma = false
  private var openPoint = false

  /// What commas and points are.
  public struct Marks: Sendable {
    /// Between thousands.
    public var groupsByComma: Bool
    public var groupsByPoint: Bool
    public var hasDecimalComma: Bool
    public var hasFraction: Bool
    /// Only the other columns of the file say that.
    public var isByFile: Bool
  }

  /// Numbers only of digits and points need none of this.
  public var isPlain: Bool { prefix == "" && suffix == "" && groupMarks.isEmpty && !hasParentheses }

  /// `nil` where no reading fits all the numbers. `usesDecimalComma` is what other columns of the file do.
  public func marks(usesDecimalComma: Bool) -> Marks? {
    let isGroupOfPoints = groupsByPoint || hasDecimalComma
    let isFractionByFile = usesDecimalComma && !groupsByComma && !hasDecimalPoint
    let pointIsGroup = isGroupOfPoints || isFractionByFile
    let commaIsFraction = isGroupOfPoints || isFractionByFile
    let marks = Marks(
      groupsByComma: groupsByComma || openComma && !commaIsFraction,
      groupsByPoint: groupsByPoint || openPoint && pointIsGroup,
      hasDecimalComma: hasDecimalComma || openComma && commaIsFraction,
      hasFraction: hasDecimalComma || hasDecimalPoint || openComma && commaIsFraction || openPoint && !pointIsGroup,
      isByFile: (openComma || openPoint) && !isGroupOfPoints && isFractionByFile)
    let hasPoint = hasDecimalPoint || openPoint && !pointIsGroup
    if marks.groupsByComma && marks.hasDecimalComma || marks.groupsByPoint && hasPoint
      || marks.hasDecimalComma && hasPoint
      || marks.groupsByComma && marks.groupsByPoint
    {
      return nil
    }
    return marks
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
    var before = String(decoding: bytes[..<start], as: UTF8.self)
    // `-$5.00`: without the currency the sign stands before the number.
    if before.count > 1, before.hasPrefix("-") { before.removeFirst() }
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
    // As in India: `1,23,456`
    func isLakhs(_ marks: [Int], until end: Int) -> Bool {
      guard let first = marks.first, (1...2).contains(first - digits.startIndex), let last = marks.last else {
        return false
      }
      return end - last == 4 && zip(marks, marks.dropFirst()).allSatisfy { $1 - $0 == 3 }
    }
    if isCode {
      isDead = true
    } else if !commas.isEmpty, !points.isEmpty {
      // Whatever comes last stands before the fraction.
      if commas[commas.count - 1] < points[0], points.count == 1,
        isGrouped(commas, until: points[0]) || isLakhs(commas, until: points[0])
      {
        (groupsByComma, hasDecimalPoint) = (true, true)
      } else if points[points.count - 1] < commas[0], commas.count == 1, isGrouped(points, until: commas[0]) {
        (groupsByPoint, hasDecimalComma) = (true, true)
      } else {
        isDead = true
      }
    } else if commas.count > 1 {
      let isGroup = isGrouped(commas, until: digits.endIndex) || isLakhs(commas, until: digits.endIndex)
      if isGroup { groupsByComma = true } else { isDead = true }
    } else if points.count > 1 {
      if isGrouped(points, until: digits.endIndex) { groupsByPoint = true } else { isDead = true }
    } else if commas.count == 1 {
      if isGrouped(commas, until: digits.endIndex), digits.first != 0x30 {
        openComma = true
      } else {
        hasDecimalComma = true
      }
    } else if points.count == 1 {
      if isGrouped(points, until: digits.endIndex), digits.first != 0x30 {
        openPoint = true
      } else {
        hasDecimalPoint = true
      }
    }
    if marks(usesDecimalComma: false) == nil, marks(usesDecimalComma: true) == nil { isDead = true }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
