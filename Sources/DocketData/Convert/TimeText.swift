/// Times as a source writes them: its `times` in their order, then ISO 8601 and RFC 3339.

import DocketRuntime
import DocketTime

struct TimeText {
  private let formats: [TimeFormat]
  private let zone: Zone?
  /// For days on which a zone's offset does not change: the day's number and its offset; a direct-mapped cache.
  private var days: [(day: Int32, offset: Int32)]
  private static let cacheSize = 512

  init(formats: [TimeFormat], zone: Zone?) {
    var formats = formats
    if case .success(let iso) = TimeFormat.compile("iso"), !formats.contains(iso) { formats.append(iso) }
    self.formats = formats
    self.zone = zone
    days = Array(repeating: (.min, 0), count: Self.cacheSize)
  }

  /// Whether times are only read as ISO 8601 writes them.
  var isISO: Bool { formats.count == 1 && formats[0].pattern == "iso" }

  mutating func timestamp(_ cell: RawCell) -> ParsedCell {
    var failure = CellFailure.notTimestamp
    for format in formats {
      switch format.parse(cell.bytes) {
      case .instant(let instant): return .value(.timestamp(instant))
      case .local(let local): return resolve(local)
      case .date: failure = .dateOnly
      case .mismatch: continue
      }
    }
    return .failure(failure)
  }

  func date(_ cell: RawCell) -> ParsedCell {
    var failure = CellFailure.notDate
    for format in formats {
      switch format.parse(cell.bytes) {
      case .date(let date): return .value(.date(date))
      case .instant, .local: failure = .timeOfDay
      case .mismatch: continue
      }
    }
    return .failure(failure)
  }

  private mutating func resolve(_ local: CivilDateTime) -> ParsedCell {
    guard let zone else { return .failure(.noZone) }
    let day = local.date.daysSinceEpoch
    let place = Int(day) & (Self.cacheSize - 1)
    if days[place].day == day {
      return instant(local.localSeconds &- Int64(days[place].offset), local.nanoseconds)
    }
    if let offset = plainOffset(of: local.date, zone) {
      days[place] = (day, offset)
      return instant(local.localSeconds &- Int64(offset), local.nanoseconds)
    }
    switch zone.resolve(local) {
    case .unique(let instant): return .value(.timestamp(instant))
    case .gap(_, let after): return .moved(.timestamp(after), isGap: true)
    case .fold(let first, _): return .moved(.timestamp(first), isGap: false)
    case .outOfRange: return .failure(.outOfRange)
    }
  }

  private func instant(_ seconds: Int64, _ nanoseconds: Int32) -> ParsedCell {
    Instant(seconds: seconds, nanoseconds: nanoseconds).map { .value(.timestamp($0)) } ?? .failure(.outOfRange)
  }

  /// The offset of a day from whose first to last second each local time is one instant and the offset is the same.
  private func plainOffset(of date: CivilDate, _ zone: Zone) -> Int32? {
    guard let midnight = CivilDateTime(date: date), let last = CivilDateTime(date: date, secondOfDay: 86_399),
      case .unique(let begin) = zone.resolve(midnight), case .unique(let end) = zone.resolve(last),
      end.seconds - begin.seconds == 86_399, zone.nextTransition(after: begin).map({ $0 > end }) ?? true
    else { return nil }
    return Int32(truncatingIfNeeded: midnight.localSeconds - begin.seconds)
  }
}
