/// A time zone: which offset from UTC is in force at each instant.
///
/// Zones come from the system's TZif files (RFC 8536) or are fixed offsets. The rule in a file's footer is unrolled for
/// 400 years behind the last transition, a whole Gregorian cycle of 146 097 days = 20 871 weeks; every later instant is
/// looked up one or more cycles earlier. So each look-up is a table look-up, to the end of the time line.
public final class Zone: Sendable {
  /// `Asia/Shanghai`, `UTC`, `+08:00`.
  public let name: String

  /// Seconds since the epoch at which a new segment begins, ascending.
  let transitions: [Int64]
  /// INVARIANT: one more than `transitions`; the first holds before all of them.
  let segments: [ZoneSegment]
  /// From here on the offsets repeat every 400 years; `Int64.max` when `transitions` is empty.
  let periodicFrom: Int64
  /// The end of the unrolled table, `periodicFrom` + 400 years.
  private let periodicEnd: Int64
  /// For each stretch of 2^24 s (194 days) from `indexBase` on, the segment in force at its begin.
  private let index: [Int32]
  private let indexBase: Int64

  /// The length of the Gregorian cycle in seconds.
  static let cycle: Int64 = 12_622_780_800
  private static let indexShift: Int64 = 24

  /// INVARIANT of the caller: `transitions` ascend and cover `periodicFrom` + one cycle when there are any.
  init(name: String, transitions: [Int64], segments: [ZoneSegment], periodicFrom: Int64) {
    self.name = name
    self.transitions = transitions
    self.segments = segments
    guard let first = transitions.first else {
      self.periodicFrom = .max
      periodicEnd = .max
      index = []
      indexBase = 0
      return
    }
    self.periodicFrom = periodicFrom
    periodicEnd = periodicFrom + Zone.cycle
    indexBase = first
    var index: [Int32] = []
    var segment = 0
    for start in stride(from: first, through: periodicEnd, by: 1 << Zone.indexShift) {
      while segment < transitions.count, transitions[segment] <= start { segment += 1 }
      index.append(Int32(segment))
    }
    self.index = index
  }

  /// A zone whose offset never changes.
  convenience init(name: String, fixedOffset offset: Int32, abbreviation: String) {
    self.init(
      name: name, transitions: [],
      segments: [ZoneSegment(offset: offset, isDaylight: false, abbreviation: abbreviation)], periodicFrom: .max)
  }

  public static let utc = Zone(name: "UTC", fixedOffset: 0, abbreviation: "UTC")

  /// Whether one offset holds for all time.
  public var isFixed: Bool { transitions.isEmpty }
}

/// What holds between two transitions.
struct ZoneSegment: Hashable, Sendable {
  /// Seconds east of UTC.
  var offset: Int32
  var isDaylight: Bool
  var abbreviation: String
}

/// A stretch of time with one offset: `start <= t < end`, in seconds since the epoch.
@usableFromInline
struct ZoneStretch: Sendable, BitwiseCopyable {
  @usableFromInline var start: Int64
  @usableFromInline var end: Int64
  @usableFromInline var offset: Int32
  var segment: Int32
}

extension Zone: Hashable {
  public static func == (left: Zone, right: Zone) -> Bool { left === right || left.name == right.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

// MARK: - Offsets

extension Zone {
  /// How many cycles `seconds` lies behind the unrolled table, in seconds.
  @inline(__always)
  private func cyclesBehind(_ seconds: Int64) -> Int64 {
    seconds < periodicEnd ? 0 : (seconds &- periodicFrom) / Zone.cycle &* Zone.cycle
  }

  /// The segment that holds `seconds`, which lies before the end of the unrolled table.
  @inline(__always)
  private func segmentIndex(_ seconds: Int64) -> Int {
    guard !transitions.isEmpty, seconds >= indexBase else { return 0 }
    var segment = Int(index[Int((seconds &- indexBase) >> Zone.indexShift)])
    while segment < transitions.count, transitions[segment] <= seconds { segment &+= 1 }
    return segment
  }

  /// Seconds east of UTC in force at `seconds` since the epoch.
  public func offset(atSeconds seconds: Int64) -> Int32 {
    segments[segmentIndex(seconds &- cyclesBehind(seconds))].offset
  }

  public func offset(at instant: Instant) -> Int32 { offset(atSeconds: instant.seconds) }

  @usableFromInline
  func stretch(atSeconds seconds: Int64) -> ZoneStretch {
    let shift = cyclesBehind(seconds)
    let segment = segmentIndex(seconds &- shift)
    var start = Int64.min
    if segment > 0 { start = transitions[segment - 1] &+ shift }
    var end = Int64.max
    if segment < transitions.count {
      end = transitions[segment] &+ shift
    } else if !transitions.isEmpty {
      // The last unrolled segment: it may go on in the next cycle, so ask again there.
      end = periodicEnd &+ shift
    }
    return ZoneStretch(start: start, end: end, offset: segments[segment].offset, segment: Int32(segment))
  }

  /// `CST`, `EDT`, `+03`: as the zone's data calls it.
  public func abbreviation(at instant: Instant) -> String {
    segments[Int(stretch(atSeconds: instant.seconds).segment)].abbreviation
  }

  public func isDaylightTime(at instant: Instant) -> Bool {
    segments[Int(stretch(atSeconds: instant.seconds).segment)].isDaylight
  }

  /// The first instant after `instant` at which the offset changes; `nil` when there is none in range.
  public func nextTransition(after instant: Instant) -> Instant? {
    var here = stretch(atSeconds: instant.seconds)
    let offset = here.offset
    while here.end <= Instant.maximumSeconds {
      let next = stretch(atSeconds: here.end)
      if next.offset != offset { return Instant(seconds: here.end) }
      here = next
    }
    return nil
  }

  /// `+08:00`, `-02:30`.
  public static func offsetText(_ offset: Int32) -> String {
    var text: [UInt8] = []
    text.append(offset: offset)
    return text.asText
  }
}

// MARK: - Local time

extension Zone {
  /// What a clock in this zone shows. In the first and last hours of the time line the date may lie one day outside the
  /// range of `CivilDate`.
  public func local(_ instant: Instant) -> CivilDateTime {
    CivilDateTime(
      localSeconds: instant.seconds &+ Int64(offset(atSeconds: instant.seconds)), nanoseconds: instant.nanoseconds)
  }

  public func localDate(_ instant: Instant) -> CivilDate { local(instant).date }

  /// The instants at which a clock in this zone shows `local`.
  public func resolve(_ local: CivilDateTime) -> LocalResolution {
    let wall = local.localSeconds
    func at(_ seconds: Int64) -> Instant? { Instant(seconds: seconds, nanoseconds: local.nanoseconds) }

    // No offset exceeds 26 hours, so the stretches that matter begin before wall + 26 h and end after wall - 26 h.
    var here = stretch(atSeconds: wall &- 93_600)
    var first: Int64?
    while true {
      let candidate = wall &- Int64(here.offset)
      if candidate >= here.start, candidate < here.end {
        guard let earlier = first else {
          first = candidate
          if here.end == .max || here.end > wall &+ 93_600 { break }
          here = stretch(atSeconds: here.end)
          continue
        }
        if earlier != candidate {
          guard let first = at(earlier), let second = at(candidate) else { return .outOfRange }
          return .fold(first: first, second: second)
        }
      }
      if here.end == .max || here.end > wall &+ 93_600 { break }
      let next = stretch(atSeconds: here.end)
      if first == nil, here.end &+ Int64(here.offset) <= wall, wall < here.end &+ Int64(next.offset) {
        // The clock jumps over `local` at here.end.
        guard let before = at(wall &- Int64(next.offset)), let after = at(candidate) else { return .outOfRange }
        return .gap(before: before, after: after)
      }
      here = next
    }
    guard let first, let instant = at(first) else { return .outOfRange }
    return .unique(instant)
  }
}
