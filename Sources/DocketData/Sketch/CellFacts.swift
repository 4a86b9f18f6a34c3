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
  /// `12:30:00`, and `12:30`.
  public private(set) var areClocks = true
  public private(set) var areShortClocks = true
  public private(set) var areLists = true
  /// Objects or lists of objects, as JSON writes them.
  public private(set) var areNested = false
  public private(set) var areAddresses = true
  public private(set) var hasSpaces = false
  public private(set) var hasLines = false
  public private(set) var hasDigits = false
  public private(set) var longest = 0
  /// Whether a value has another one's spelling but for spaces at its ends.
  public private(set) var times = TimeFacts()
  public private(set) var decorated = DecoratedNumber()
  public private(set) var seen = 0

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
    let first = bytes.first ?? 0
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      let isList = JSONArrayText.elements(Array(bytes)) != nil
      if !isList { areNested = true }
      areLists = areLists && isList
    } else {
      areLists = false
    }
    if areAddresses { areAddresses = cell.text.hasPrefix("http://") || cell.text.hasPrefix("https://") }
    times.see(cell)
  }

  private mutating func seeNumber(_ cell: RawCell) {
    let bytes = cell.bytes
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
    let significant = bytes.count { $0 >= 0x30 && $0 <= 0x39 }
    let isDouble = if case .success = NumberText.double(cell) { true } else { false }
    if !isPlain || !isDouble || significant > 17 { areNumbers = false }
    if !areNumbers { areWhole = false }
    if !areWhole { areInts = false }
  }

  private mutating func seeClock(_ bytes: UnsafeBufferPointer<UInt8>) {
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
