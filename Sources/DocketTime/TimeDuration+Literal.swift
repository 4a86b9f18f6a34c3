/// Duration literals of the language: `90s 15m 4h 1h30m 1.5h 2d 1w 250ms`.

/// Why a text is not a duration literal. Offsets are in bytes from its start.
public enum DurationLiteralProblem: Error, Hashable, Sendable {
  case missingNumber(offset: Int)
  case missingUnit(offset: Int)
  case unknownUnit(offset: Int, length: Int)
  /// The same unit twice, or a larger one after a smaller one.
  case unitsNotDescending(offset: Int)
  /// `1.5h30m`
  case fractionInSeveralParts(offset: Int)
  /// Not a whole number of nanoseconds.
  case finerThanNanosecond
  case outOfRange
}

/// The units of duration literals, largest first. A day is 24 hours, a week 7 days.
public enum DurationUnit: String, CaseIterable, Hashable, Sendable {
  case week = "w"
  case day = "d"
  case hour = "h"
  case minute = "m"
  case second = "s"
  case millisecond = "ms"
  case microsecond = "us"
  case nanosecond = "ns"

  public var nanoseconds: Int64 {
    switch self {
    case .week: 604_800_000_000_000
    case .day: 86_400_000_000_000
    case .hour: 3_600_000_000_000
    case .minute: 60_000_000_000
    case .second: 1_000_000_000
    case .millisecond: 1_000_000
    case .microsecond: 1000
    case .nanosecond: 1
    }
  }
}

extension TimeDuration {
  /// The whole of `bytes` as one literal: decimal numbers glued to units, several parts strictly descending, a fraction
  /// only in a single part.
  public static func parseLiteral(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<TimeDuration, DurationLiteralProblem> {
    var cursor = ByteCursor(bytes)
    var total: UInt64 = 0
    var smallest = Int64.max
    var fractionAt: Int?
    var parts = 0
    repeat {
      let start = cursor.position
      guard cursor.current.isDigit else { return .failure(.missingNumber(offset: start)) }
      guard let number = cursor.decimalNumber() else { return .failure(.outOfRange) }
      if bytes[cursor.position - 1] == UInt8(ascii: ".") { return .failure(.missingNumber(offset: cursor.position)) }
      parts += 1
      if number.scale > 1 { fractionAt = fractionAt ?? start }
      if parts > 1, let fractionAt { return .failure(.fractionInSeveralParts(offset: fractionAt)) }

      let unitStart = cursor.position
      while cursor.current.isLetter { cursor.position += 1 }
      let spelling = bytes[unitStart..<cursor.position]
      if spelling.isEmpty { return .failure(.missingUnit(offset: unitStart)) }
      guard let unit = DurationUnit.allCases.first(where: { $0.rawValue.utf8.elementsEqual(spelling) }) else {
        return .failure(.unknownUnit(offset: unitStart, length: spelling.count))
      }
      guard unit.nanoseconds < smallest else { return .failure(.unitsNotDescending(offset: start)) }
      smallest = unit.nanoseconds

      let size = UInt64(unit.nanoseconds)
      let (high, low) = number.fraction.multipliedFullWidth(by: size)
      if number.scale.dividingFullWidth((high, low)).remainder != 0 { return .failure(.finerThanNanosecond) }
      guard let part = number.nanoseconds(unit: size) else { return .failure(.outOfRange) }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow || sum > UInt64(Int64.max) { return .failure(.outOfRange) }
      total = sum
    } while !cursor.isAtEnd
    return .success(TimeDuration(totalNanoseconds: Int64(total)))
  }

  public static func parseLiteral(_ text: some StringProtocol) -> Result<TimeDuration, DurationLiteralProblem> {
    text.withBytes { parseLiteral($0) }
  }
}
