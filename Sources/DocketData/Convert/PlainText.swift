/// The plain spellings of numbers and times, which nearly all cells have. What is not spelled so is left to `NumberText` and
/// `TimeText`, which know all spellings and all errors.

import DocketRuntime
import DocketTime

enum PlainText {
  /// Up to 18 digits, perhaps behind a minus.
  @inline(__always)
  static func int(_ cell: RawCell) -> Int64? {
    guard cell.count > 0, cell.count <= 18 else { return nil }
    var offset = 0
    let isNegative = cell.start[0] == 0x2D
    if isNegative {
      guard cell.count > 1 else { return nil }
      offset = 1
    }
    var number: Int64 = 0
    while offset < cell.count {
      let digit = cell.start[offset] &- 0x30
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int64(digit)
      offset &+= 1
    }
    return isNegative ? 0 &- number : number
  }

  /// Up to 15 digits with at most one point between them: the quotient of two exact doubles is the nearest (Clinger 1990).
  @inline(__always)
  static func double(_ cell: RawCell) -> Double? {
    guard cell.count > 0, cell.count <= 16 else { return nil }
    var offset = 0
    let isNegative = cell.start[0] == 0x2D
    if isNegative { offset = 1 }
    var number: Int64 = 0
    var point = -1
    let first = offset
    while offset < cell.count {
      let digit = cell.start[offset] &- 0x30
      if digit < 10 {
        number = number &* 10 &+ Int64(digit)
      } else {
        guard cell.start[offset] == 0x2E, point < 0, offset > first else { return nil }
        point = offset
      }
      offset &+= 1
    }
    let digits = cell.count &- first &- (point < 0 ? 0 : 1)
    guard digits > 0, digits <= 15 else { return nil }
    let value = point < 0 ? Double(number) : Double(number) / powers[cell.count &- 1 &- point]
    return isNegative ? -value : value
  }

  private static let powers: InlineArray<16, Double> = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// `2026-10-09T20:50:00Z`, as seconds since 1970.
  @inline(__always)
  static func instant(_ cell: RawCell) -> Int64? {
    let text = cell.start
    guard cell.count == 20, text[4] == 0x2D, text[7] == 0x2D, text[10] == 0x54, text[13] == 0x3A, text[16] == 0x3A,
      text[19] == 0x5A, let century = pair(text), let year = pair(text + 2), let month = pair(text + 5),
      let day = pair(text + 8), let hour = pair(text + 11), let minute = pair(text + 14), let second = pair(text + 17),
      hour < 24, minute < 60, second < 60, let date = CivilDate(year: century * 100 + year, month: month, day: day)
    else { return nil }
    return Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
  }

  @inline(__always)
  private static func pair(_ text: UnsafePointer<UInt8>) -> Int? {
    let (tens, ones) = (text[0] &- 0x30, text[1] &- 0x30)
    guard tens < 10, ones < 10 else { return nil }
    return Int(tens) &* 10 &+ Int(ones)
  }
}
