/// Opening hours on the time line: which instants count, and how much time counts between two of them.
///
/// Openness is pointwise: an instant is open iff the local time of the calendar's zone lies inside a window; a window
/// across midnight belongs to the day on which it starts. Intervals are half-open. All results are exact to the
/// nanosecond.
public final class BusinessCalendar: Sendable {
  public let definition: CalendarDefinition
  /// Whether every hour counts, so that elapsed time is plain time.
  public let isAlwaysOpen: Bool
  let hours: OpenHours
  private let tables: OpenTableStore

  public var zone: Zone { definition.zone }

  /// `nil` when one of the problems is fatal; `problems` gains all of them.
  public convenience init?(_ definition: CalendarDefinition, problems: inout [CalendarProblem]) {
    let found = definition.problems()
    problems += found
    guard !found.contains(where: \.isFatal) else { return nil }
    self.init(checked: definition)
  }

  private init(checked definition: CalendarDefinition) {
    self.definition = definition
    hours = OpenHours(definition)
    isAlwaysOpen = hours.isAlwaysOpen
    tables = OpenTableStore(hours: hours, zone: definition.zone)
  }

  /// Every hour counts, and every day is a workday; days are those of UTC.
  public static let always = always(in: .utc)

  /// Every hour counts; days are those of `zone`.
  public static func always(in zone: Zone) -> BusinessCalendar {
    BusinessCalendar(checked: CalendarDefinition(zone: zone, on: Weekday.allCases, [.wholeDay]))
  }
}

extension BusinessCalendar: Equatable {
  public static func == (left: BusinessCalendar, right: BusinessCalendar) -> Bool {
    left === right || left.definition == right.definition
  }
}

// MARK: - Open time

extension BusinessCalendar {
  public func isOpen(_ instant: Instant) -> Bool {
    if isAlwaysOpen { return true }
    let (chunk, second) = BusinessCalendar.place(instant.seconds)
    return tables[chunk].pointee.measure(before: second).isOpen
  }

  /// `instant` itself when it is open, else the next opening; `nil` when there is none before the year 10000.
  public func nextOpen(_ instant: Instant) -> Instant? {
    if isAlwaysOpen { return instant }
    var (chunk, second) = BusinessCalendar.place(instant.seconds)
    while chunk < OpenTable.chunks {
      let table = tables[chunk]
      let position = table.pointee.firstInterval(endingAfter: second)
      if position < table.pointee.intervals.count {
        let start = table.pointee.intervals[position].start
        if start <= second, chunk == BusinessCalendar.place(instant.seconds).chunk { return instant }
        return BusinessCalendar.instant(chunk, max(start, second))
      }
      chunk += 1
      second = 0
    }
    return nil
  }

  /// The first instant from `instant` on that is closed; `nil` when there is none before the year 10000.
  public func nextClosed(_ instant: Instant) -> Instant? {
    if isAlwaysOpen { return nil }
    var (chunk, second) = BusinessCalendar.place(instant.seconds)
    let first = chunk
    while chunk < OpenTable.chunks {
      let table = tables[chunk]
      let position = table.pointee.firstInterval(endingAfter: second)
      guard position < table.pointee.intervals.count, table.pointee.intervals[position].start <= second else {
        return chunk == first && second == BusinessCalendar.place(instant.seconds).second
          ? instant : BusinessCalendar.instant(chunk, second)
      }
      second = table.pointee.intervals[position].end
      if Int64(second) == OpenTable.length {
        chunk += 1
        second = 0
      }
    }
    return nil
  }

  /// Open time in [start, end); negative when `end` is before `start`, so that it is additive in all orders.
  public func elapsed(from start: Instant, to end: Instant) -> TimeDuration {
    if isAlwaysOpen { return end.duration(since: start) }
    if end < start { return elapsed(from: end, to: start).negated }
    let (firstChunk, firstSecond) = BusinessCalendar.place(start.seconds)
    let (lastChunk, lastSecond) = BusinessCalendar.place(end.seconds)
    let firstTable = tables[firstChunk]
    let before = firstTable.pointee.measure(before: firstSecond)
    let until: (sum: Int32, isOpen: Bool)
    var whole: Int64 = 0
    if firstChunk == lastChunk {
      until = firstTable.pointee.measure(before: lastSecond)
    } else {
      whole = Int64(firstTable.pointee.total)
      for chunk in (firstChunk &+ 1)..<lastChunk { whole &+= Int64(tables[chunk].pointee.total) }
      until = tables[lastChunk].pointee.measure(before: lastSecond)
    }
    return TimeDuration(
      balancingSeconds: whole &+ Int64(until.sum) &- Int64(before.sum),
      nanoseconds: (until.isOpen ? end.nanoseconds : 0) &- (before.isOpen ? start.nanoseconds : 0))
  }
}

// MARK: - Deadlines

extension BusinessCalendar {
  /// When open time is used up.
  @frozen
  public struct Deadline: Hashable, Sendable, BitwiseCopyable {
    /// The first instant with elapsed >= d: the closing time when the last open hour ends exactly there.
    public let due: Instant
    /// The infimum of instants with elapsed > d: then the next opening. Equal to `due` otherwise.
    public let breachFrom: Instant
  }

  /// The deadline `duration` of open time after `start`. `nil` when the time line or the open hours end before it.
  /// A negative duration goes back: both instants are the last one from which that much open time passes until `start`.
  public func add(_ start: Instant, _ duration: TimeDuration) -> Deadline? {
    if isAlwaysOpen { return start.adding(duration).map { Deadline(due: $0, breachFrom: $0) } }
    if duration.isNegative { return goBack(start, duration.negated).map { Deadline(due: $0, breachFrom: $0) } }
    guard let due = duration == .zero ? start : goForward(start, duration), let breachFrom = nextOpen(due) else {
      return nil
    }
    return Deadline(due: due, breachFrom: breachFrom)
  }

  private func goForward(_ start: Instant, _ duration: TimeDuration) -> Instant? {
    var (chunk, second) = BusinessCalendar.place(start.seconds)
    var table = tables[chunk]
    // The open time of this chunk at which the deadline lies: `seconds` and a part of a second.
    let here = table.pointee.measure(before: second)
    var seconds = Int64(here.sum) &+ duration.seconds
    var nanoseconds = duration.nanoseconds &+ (here.isOpen ? start.nanoseconds : 0)
    if nanoseconds >= 1_000_000_000 {
      nanoseconds &-= 1_000_000_000
      seconds &+= 1
    }
    var position = table.pointee.firstInterval(endingAfter: second)
    while true {
      // An interval that ends exactly at the deadline holds it, hence the rounding up.
      let needed = seconds &+ (nanoseconds > 0 ? 1 : 0)
      if needed <= Int64(table.pointee.total) {
        let intervals = table.pointee.intervals
        let sum = Int32(truncatingIfNeeded: needed)
        position = OpenTable.gallop(intervals, from: position) { $0.after >= sum }
        let interval = intervals[position]
        second = interval.start &+ (Int32(truncatingIfNeeded: seconds) &- interval.before)
        return BusinessCalendar.instant(chunk, second, nanoseconds)
      }
      seconds &-= Int64(table.pointee.total)
      chunk &+= 1
      guard chunk < OpenTable.chunks else { return nil }
      table = tables[chunk]
      position = 0
    }
  }

  private func goBack(_ start: Instant, _ duration: TimeDuration) -> Instant? {
    var (chunk, second) = BusinessCalendar.place(start.seconds)
    var table = tables[chunk]
    let here = table.pointee.measure(before: second)
    var seconds = Int64(here.sum) &- duration.seconds
    var nanoseconds = (here.isOpen ? start.nanoseconds : 0) &- duration.nanoseconds
    if nanoseconds < 0 {
      nanoseconds &+= 1_000_000_000
      seconds &-= 1
    }
    while seconds < 0 {
      chunk &-= 1
      guard chunk >= 0 else { return nil }
      table = tables[chunk]
      seconds &+= Int64(table.pointee.total)
    }
    // INVARIANT: open time up to `start` is more than `seconds`, so some interval here holds it.
    let intervals = table.pointee.intervals
    let sum = Int32(truncatingIfNeeded: seconds)
    let position = intervals.partitionPoint { $0.after > sum }
    guard position < intervals.count else { return nil }
    second = intervals[position].start &+ (sum &- intervals[position].before)
    return BusinessCalendar.instant(chunk, second, nanoseconds)
  }
}

// MARK: - Chunks

extension BusinessCalendar {
  /// Where `seconds` since the epoch lies: its chunk and the second in it.
  @inline(__always)
  private static func place(_ seconds: Int64) -> (chunk: Int, second: Int32) {
    // An unchecked instant outside the time line must not become an address outside the tables.
    let inRange = max(Instant.minimumSeconds, min(seconds, Instant.maximumSeconds))
    let distance = UInt64(truncatingIfNeeded: inRange &- OpenTable.base)
    let chunk = distance / UInt64(OpenTable.length)
    return (Int(chunk), Int32(truncatingIfNeeded: distance &- chunk &* UInt64(OpenTable.length)))
  }

  /// `nil` past the end of the time line.
  @inline(__always)
  private static func instant(_ chunk: Int, _ second: Int32, _ nanoseconds: Int32 = 0) -> Instant? {
    Instant(
      seconds: OpenTable.base &+ Int64(chunk) &* OpenTable.length &+ Int64(second), nanoseconds: nanoseconds)
  }
}

extension OpenTable {
  /// The first interval from `start` on that fulfils a condition which holds for all after it: near ones are found first,
  /// since most deadlines lie within days.
  @inline(__always)
  static func gallop(
    _ intervals: UnsafeMutableBufferPointer<Interval>, from start: Int, _ isAfter: (Interval) -> Bool
  ) -> Int {
    var low = start
    var step = 1
    while low < intervals.count, !isAfter(intervals[low]) {
      let next = min(low &+ step, intervals.count &- 1)
      if isAfter(intervals[next]) {
        var high = next
        low &+= 1
        while low < high {
          let middle = low &+ (high &- low) / 2
          if isAfter(intervals[middle]) { high = middle } else { low = middle &+ 1 }
        }
        return low
      }
      low = next &+ 1
      step &*= 2
    }
    return low
  }
}
