/// Values of one type as whole numbers in the same order, so that thresholds cut every type in the same way.
///
/// A double is the rank of its bits: neighbours are neighbours, and both zeros are one. Times count nanoseconds.

import DocketRuntime
import DocketSemantics
import DocketTime

enum Scale: Hashable {
  case bool
  case int
  case uint
  case double
  case duration
  case timestamp
  case date
  case enumeration(EnumID, cases: Int)
  /// There or not: records, lists, maps.
  case presence
  /// Not ordered: cells are texts.
  case text

  init(_ type: Type, _ schema: Schema) {
    switch type {
    case .bool: self = .bool
    case .int: self = .int
    case .uint: self = .uint
    case .double: self = .double
    case .duration: self = .duration
    case .timestamp: self = .timestamp
    case .date: self = .date
    case .string: self = .text
    case .enumeration(let id): self = .enumeration(id, cases: schema[id].cases.count)
    case .entity, .list, .map, .bytes, .calendar, .optional, .type, .result, .abstract, .dyn, .null, .error, .parameter:
      self = .presence
    }
  }

  var bounds: ClosedRange<Int128> {
    switch self {
    case .bool: 0...1
    case .int: Int128(Int64.min)...Int128(Int64.max)
    case .uint: 0...Int128(UInt64.max)
    case .double: -Self.rank(Double.greatestFiniteMagnitude)...Self.rank(Double.greatestFiniteMagnitude)
    case .duration: -Int128(Int64.max)...Int128(Int64.max)
    case .timestamp: Self.nanoseconds(.minimum)...Self.nanoseconds(.maximum)
    case .date: Int128(CivilDate.minimum.daysSinceEpoch)...Int128(CivilDate.maximum.daysSinceEpoch)
    case .enumeration(_, let cases): 0...Int128(max(1, cases) - 1)
    case .presence, .text: 0...0
    }
  }

  /// The place of a value of this type; `nil` for values of other types.
  func point(_ value: Value) -> Int128? {
    switch (self, value) {
    case (.bool, .bool(let bit)): bit ? 1 : 0
    case (.int, .int(let number)), (.uint, .int(let number)): Int128(number)
    case (.int, .uint(let number)), (.uint, .uint(let number)): Int128(number)
    case (.double, .double(let number)): number.isFinite ? Self.rank(number) : nil
    case (.double, .int(let number)): Double(exactly: number).map(Self.rank)
    case (.double, .uint(let number)): Double(exactly: number).map(Self.rank)
    case (.int, .double(let number)), (.uint, .double(let number)): Int128(exactly: number)
    case (.duration, .duration(let length)): length.totalNanoseconds.map { Int128($0) }
    case (.timestamp, .timestamp(let instant)): Self.nanoseconds(instant)
    case (.date, .date(let date)): Int128(date.daysSinceEpoch)
    case (.enumeration(let id, _), .enumeration(let value)): value.type == id.index ? Int128(value.ordinal) : nil
    default: nil
    }
  }

  /// The values for which `value RELATION limit` holds; `nil` where that cannot be said exactly.
  func ranges(_ relation: Builtin, _ limit: Value) -> [ClosedRange<Int128>]? {
    var relation = relation
    var place = point(limit)
    if place == nil, self == .int || self == .uint, case .double(let number) = limit, number.isFinite,
      let floor = Int128(exactly: number.rounded(.down))
    {
      // Between two whole numbers.
      switch relation {
      case .equal: return []
      case .notEqual: return [.min ... .max]
      case .less: relation = .lessOrEqual
      case .greaterOrEqual: relation = .greater
      default: break
      }
      place = floor
    }
    guard let place else { return nil }
    switch relation {
    case .equal: return [place...place]
    case .notEqual: return [Int128.min...place - 1, place + 1...Int128.max]
    case .less: return [Int128.min...place - 1]
    case .lessOrEqual: return [Int128.min...place]
    case .greater: return [place + 1...Int128.max]
    case .greaterOrEqual: return [place...Int128.max]
    default: return nil
    }
  }

  /// The value at a place.
  func value(_ place: Int128) -> Value {
    switch self {
    case .bool: .bool(place != 0)
    case .int: .int(Int64(truncatingIfNeeded: place))
    case .uint: .uint(UInt64(truncatingIfNeeded: place))
    case .double: .double(Self.double(place))
    case .duration: .duration(TimeDuration(totalNanoseconds: Int64(truncatingIfNeeded: place)))
    case .timestamp: .timestamp(Self.instant(place))
    case .date: .date(CivilDate(uncheckedDays: Int32(truncatingIfNeeded: place)))
    case .enumeration(let id, _): .enumeration(EnumValue(type: id.index, ordinal: UInt16(truncatingIfNeeded: place)))
    case .presence, .text: .absent
    }
  }

  /// A place within a range that people like to read: near its limits, and round.
  func plainPlace(in range: ClosedRange<Int128>) -> Int128 {
    var candidates: [Int128] = []
    let whole = bounds
    switch self {
    case .duration, .timestamp:
      let second: Int128 = 1_000_000_000
      for step in [86_400 * second, 3_600 * second, 60 * second, second] {
        if range.upperBound < whole.upperBound { candidates.append(range.upperBound + 1 - step) }
        if range.lowerBound > whole.lowerBound { candidates.append(range.lowerBound - 1 + step) }
      }
      if self == .duration { candidates.insert(0, at: 0) }
      // The year 2026 begins.
      if range == whole { candidates.insert(self == .duration ? 3_600 * second : 1_767_225_600 * second, at: 0) }
    case .double:
      // The limits themselves lie just outside.
      let hasLow = range.lowerBound > whole.lowerBound
      let hasHigh = range.upperBound < whole.upperBound
      let low = Self.double(hasLow ? range.lowerBound - 1 : range.lowerBound)
      let high = Self.double(hasHigh ? range.upperBound + 1 : range.upperBound)
      var numbers: [Double] = []
      if hasLow { numbers += [(low + 1).rounded(.down), low + 1] }
      if hasHigh { numbers += [(high - 1).rounded(.up), high - 1] }
      numbers.append((low + high) / 2)
      numbers.insert(0, at: 0)
      candidates = numbers.filter(\.isFinite).map(Self.rank)
    case .date:
      candidates = [20_454]
    default:
      candidates = [0]
    }
    if range.upperBound < whole.upperBound { candidates.append(range.upperBound) }
    return candidates.first { range.contains($0) } ?? range.lowerBound
  }

  // MARK: - Places of numbers

  private static func rank(_ number: Double) -> Int128 {
    let magnitude = Int128(number.magnitude.bitPattern)
    return number < 0 ? -magnitude : magnitude
  }

  private static func double(_ rank: Int128) -> Double {
    let magnitude = Double(bitPattern: UInt64(truncatingIfNeeded: rank.magnitude))
    return rank < 0 ? -magnitude : magnitude
  }

  private static func nanoseconds(_ instant: Instant) -> Int128 {
    Int128(instant.seconds) * 1_000_000_000 + Int128(instant.nanoseconds)
  }

  private static func instant(_ nanoseconds: Int128) -> Instant {
    let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let borrow: Int128 = remainder < 0 ? 1 : 0
    return Instant(
      uncheckedSeconds: Int64(truncatingIfNeeded: quotient - borrow),
      nanoseconds: Int32(truncatingIfNeeded: remainder + borrow * 1_000_000_000))
  }
}
