/// What all cells of a column that have been seen have in common: as what they can be read without losing one.
///
/// The readers of the loader decide, so that what is found here loads.

import DocketTime

public struct CellFacts: Sendable {
  /// Whole numbers as they are written by hand: no leading zeros, no `+`.
  public private(set) var areInts = true
  /// Whole numbers too, some of them as `12.0`.
  public private(set) var areWhole = true
  public private(set) var areNumbers = true
  /// Of whole numbers.
  public private(set) var largest: UInt64 = 0
  /// `1h30m`
  public private(set) var areDurations = true
  public private(set) var spelled = SpelledDuration()
  /// Digits with at most six behind a point, which make a length of time with a unit behind them.
  public private(set) var arePlainDecimals = true
  /// `12:30:00`, and `12:30`.
  public private(set) var areClocks = true
  public private(set) var areShortClocks = true
  /// What stands behind all of them: ` hrs`.
  public private(set) var clockEnding: String?
  public private(set) var areLists = true
  /// As `areLists`, or with words that have no quotes, beside some that are JSON: `[]`, `[Kim]`.
  public var areLooseLists: Bool { areBracketed && lists > 0 }
  private var areBracketed = true
  /// `['a', 'b']`, which are lists of JSON once the quotes are doubled.
  public private(set) var areQuotedLists = true
  private var nested = 0
  private var lists = 0
  public private(set) var areAddresses = true
  public private(set) var hasSpaces = false
  public private(set) var hasLines = false
  public private(set) var hasDigits = false
  public private(set) var longest = 0
  /// Whether a value has another one's spelling but for spaces at its ends.
  public private(set) var times = TimeFacts()
  public private(set) var decorated = DecoratedNumber()
  public private(set) var seen = 0

  /// Objects or lists of objects, as JSON writes them.
  public var areNested: Bool { nested > 0 && nested + lists == seen }

  /// Nothing but times, days or lengths of time, of which there are some.
  var areTimes: Bool {
    seen > 0 && !areNumbers
      && (!times.isDead && !times.shapes.isEmpty || areDurations || areClocks || areShortClocks || !spelled.isDead)
  }

  mutating func see(_ whole: RawCell) {
    seen += 1
    longest = max(longest, whole.count)
    let cell = whole.trimmed
    let bytes = cell.bytes
    if bytes.contains(0x0A) { hasLines = true }
    if bytes.contains(0x20) { hasSpaces = true }
    if !hasDigits, bytes.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) { hasDigits = true }
    if areNumbers || areWhole { seeNumber(cell) }
    decorated.see(bytes)
    if areClocks || areShortClocks { seeClock(bytes) }
    if areDurations { seeDuration(cell) }
    spelled.see(cell)
    seeBrackets(bytes)
    if areAddresses { areAddresses = cell.text.hasPrefix("http://") || cell.text.hasPrefix("https://") }
    times.see(cell)
  }

  /// Prose begins with brackets too.
  private mutating func seeBrackets(_ bytes: UnsafeBufferPointer<UInt8>) {
    let first = bytes.first ?? 0
    guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else {
      areLists = false
      areBracketed = false
      areQuotedLists = false
      return
    }
    let text = Array(bytes)
    // The loader takes words without quotes too, as in `[Steps]`.
    let isJSON = JSONValueText.isValue(text)
    if isJSON, JSONArrayText.elements(text) != nil {
      lists += 1
      return
    }
    areLists = false
    if JSONArrayText.elements(text) == nil { areBracketed = false }
    if isJSON { nested += 1 }
    if areQuotedLists {
      let doubled = text.map { $0 == UInt8(ascii: "'") ? UInt8(ascii: "\"") : $0 }
      if JSONArrayText.elements(doubled) == nil || !JSONValueText.isValue(doubled) { areQuotedLists = false }
    }
  }

  private mutating func seeNumber(_ cell: RawCell) {
    let bytes = cell.bytes
    if arePlainDecimals {
      let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      arePlainDecimals =
        parts.count <= 2 && parts[0].count <= 9 && parts.dropFirst().allSatisfy { $0.count <= 6 }
        && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    }
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
    // A code such as `007` would lose its zeros.
    let isCode = digits.count > 1 && digits.first == UInt8(ascii: "0") && digits.dropFirst().first != UInt8(ascii: ".")
    let isPlain = !isCode && bytes.first != UInt8(ascii: "+")
    switch NumberText.whole(cell) {
    case .value(let isNegative, let magnitude) where isPlain && magnitude <= UInt64(Int64.max):
      largest = max(largest, magnitude)
      if cell.text.contains(".") || (isNegative && magnitude == 0) { areInts = false }
    default:
      areInts = false
      areWhole = false
    }
    // More digits than a double holds would be lost.
    let significant = bytes.drop { $0 < 0x31 || $0 > 0x39 }.count { $0 >= 0x30 && $0 <= 0x39 }
    let isDouble = if case .success = NumberText.double(cell) { true } else { false }
    if !isPlain || !isDouble || significant > 17 { areNumbers = false }
    if !areNumbers { areWhole = false }
    if !areWhole { areInts = false }
  }

  private mutating func seeClock(_ whole: UnsafeBufferPointer<UInt8>) {
    let end = (whole.lastIndex { $0 >= 0x30 && $0 <= 0x39 } ?? -1) + 1
    let ending = String(decoding: whole[end...], as: UTF8.self)
    if clockEnding == nil { clockEnding = ending }
    let bytes = whole[..<end]
    guard ending == clockEnding, ["", " hrs", " hr", " hours", " h", "h"].contains(ending) else {
      areClocks = false
      areShortClocks = false
      return
    }
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let isClock =
      (2...3).contains(parts.count) && (1...5).contains(parts[0].count)
      && parts.dropFirst().allSatisfy { $0.count == 2 && $0.first.map { $0 < UInt8(ascii: "6") } ?? false }
      && parts.allSatisfy { $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    if !isClock || parts.count != 3 { areClocks = false }
    if !isClock || parts.count != 2 { areShortClocks = false }
  }

  private mutating func seeDuration(_ cell: RawCell) {
    guard cell.count <= 40 else {
      areDurations = false
      return
    }
    if case .success = TimeDuration.parseLiteral(cell.bytes) { return }
    if TimeDuration.parseCEL(cell.bytes) == nil { areDurations = false }
  }
}
