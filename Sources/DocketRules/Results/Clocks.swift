/// The clocks of an SLA, in the order of their items.
///
/// Most clocks have run once, without a pause or an effect, and in whole seconds: those are kept in a quarter of the
/// memory that a `Clock` takes, and made when they are asked for.

import DocketRuntime
import DocketSemantics
import DocketTime

public struct Clocks: RandomAccessCollection, Sendable {
  private let sla: Int
  private let entity: UInt16
  private let now: Instant
  private var packed: [PackedClock] = []
  private var others: [Clock] = []

  init(sla: Int, entity: UInt16, now: Instant) {
    self.sla = sla
    self.entity = entity
    self.now = now
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { packed.count }

  public subscript(index: Int) -> Clock {
    if packed[index].isElsewhere { return others[Int(packed[index].row)] }
    return packed[index].clock(sla, entity, now: now)
  }

  /// The places of the clocks that apply to their items.
  var applicable: [UInt32] {
    packed.indices.compactMap { place in
      let clock = packed[place]
      let applies =
        clock.isElsewhere ? others[Int(clock.row)].status != .notApplicable : clock.status != Self.notApplicable
      return applies ? UInt32(place) : nil
    }
  }

  private static let notApplicable = UInt8(truncatingIfNeeded: ClockStatus.notApplicable.rawValue)

  mutating func reserveCapacity(_ count: Int) { packed.reserveCapacity(count) }

  mutating func append(_ clock: PackedClock) { packed.append(clock) }

  mutating func append(_ clock: Clock) {
    if clock.sla == sla, clock.item.entity == entity, let small = PackedClock(clock, now: now) {
      packed.append(small)
    } else {
      packed.append(PackedClock(elsewhere: others.count))
      others.append(clock)
    }
  }
}

/// A clock in little memory: whole seconds, and what follows from other fields left out.
struct PackedClock: BitwiseCopyable {
  /// What is there.
  private struct Parts: OptionSet {
    let rawValue: UInt8
    static let start = Parts(rawValue: 1)
    static let stop = Parts(rawValue: 2)
    static let due = Parts(rawValue: 4)
    static let elapsed = Parts(rawValue: 8)
    static let remaining = Parts(rawValue: 16)
    static let met = Parts(rawValue: 32)
    static let missed = Parts(rawValue: 64)
    static let provisional = Parts(rawValue: 128)
  }

  /// The causes that many clocks share.
  private static let causes = [nil, Clock.noHistory, Clock.noTarget, Clock.policyChange]

  /// The item's row, or the place of a clock that is kept as it is.
  let row: UInt32
  private let parts: UInt8
  let status: UInt8
  let isElsewhere: Bool
  private let cause: UInt8
  private var start: Int64 = 0
  private var stop: Int64 = 0
  private var due: Int64 = 0
  private var breachFrom: Int64 = 0
  private var elapsed: Int64 = 0
  private var remaining: Int64 = 0

  init(notStarted item: EntityReference) {
    row = item.row
    parts = 0
    status = UInt8(truncatingIfNeeded: ClockStatus.notStarted.rawValue)
    isElsewhere = false
    cause = 0
  }

  /// A clock that has an amount of time, in seconds, and a deadline; `stop` is its end.
  @inline(__always) init(
    _ item: EntityReference, from start: Instant, to stop: Instant?, elapsed: Int64, target: Int64,
    _ deadline: BusinessCalendar.Deadline, isProvisional: Bool
  ) {
    let isExceeded = elapsed > target
    var parts: Parts = [.start, .due, .elapsed, .remaining]
    let status: ClockStatus
    if stop != nil {
      parts.insert(.stop)
      parts.insert(isExceeded ? .missed : .met)
      status = isExceeded ? .breached : .met
    } else if isExceeded {
      parts.insert(.missed)
      status = .breached
    } else {
      status = .running
    }
    if isProvisional { parts.insert(.provisional) }
    row = item.row
    self.parts = parts.rawValue
    self.status = UInt8(truncatingIfNeeded: status.rawValue)
    isElsewhere = false
    cause = 0
    self.start = start.seconds
    self.stop = stop?.seconds ?? 0
    due = deadline.due.seconds
    breachFrom = deadline.breachFrom.seconds
    self.elapsed = elapsed
    remaining = target &- elapsed
  }

  fileprivate init(elsewhere place: Int) {
    row = UInt32(place)
    parts = 0
    status = 0
    isElsewhere = true
    cause = 0
  }

  /// `nil` for a clock that has more to it.
  fileprivate init?(_ clock: Clock, now: Instant) {
    guard clock.cycle == 1, clock.pauses.isEmpty, clock.effects.isEmpty, !clock.item.isPinned,
      let cause = clock.cause == nil ? 0 : Self.causes.firstIndex(of: clock.cause)
    else { return nil }
    self.cause = UInt8(truncatingIfNeeded: cause)
    var parts: Parts = []
    var isWhole = true
    func take(_ instant: Instant?, _ part: Parts) -> Int64 {
      guard let instant else { return 0 }
      parts.insert(part)
      if instant.nanoseconds != 0 { isWhole = false }
      return instant.seconds
    }
    func take(_ duration: TimeDuration?, _ part: Parts) -> Int64 {
      guard let duration else { return 0 }
      parts.insert(part)
      if duration.nanoseconds != 0 { isWhole = false }
      return duration.seconds
    }
    start = take(clock.start, .start)
    stop = take(clock.stop, .stop)
    due = take(clock.due, .due)
    breachFrom = take(clock.breachFrom, .due)
    elapsed = take(clock.elapsed, .elapsed)
    remaining = take(clock.remaining, .remaining)
    if let met = clock.met { parts.insert(met ? .met : .missed) }
    if clock.isProvisional { parts.insert(.provisional) }
    guard isWhole, (clock.due == nil) == (clock.breachFrom == nil),
      clock.wallElapsed == Self.wallElapsed(clock.start, clock.stop, isRunning: parts.contains(.elapsed), now: now)
    else { return nil }
    row = clock.item.row
    self.parts = parts.rawValue
    status = UInt8(truncatingIfNeeded: clock.status.rawValue)
    isElsewhere = false
  }

  fileprivate func clock(_ sla: Int, _ entity: UInt16, now: Instant) -> Clock {
    let parts = Parts(rawValue: parts)
    func instant(_ seconds: Int64, _ part: Parts) -> Instant? {
      parts.contains(part) ? Instant(uncheckedSeconds: seconds) : nil
    }
    func duration(_ seconds: Int64, _ part: Parts) -> TimeDuration? {
      parts.contains(part) ? TimeDuration(uncheckedSeconds: seconds) : nil
    }
    let start = instant(start, .start)
    let stop = instant(stop, .stop)
    // INVARIANT: the status was one when it was packed.
    return Clock(
      sla: sla, item: EntityReference(entity: entity, row: row), cycle: 1,
      status: ClockStatus(rawValue: Int(status)) ?? .undecided, start: start, stop: stop, due: instant(due, .due),
      breachFrom: instant(breachFrom, .due), elapsed: duration(elapsed, .elapsed),
      wallElapsed: Self.wallElapsed(start, stop, isRunning: parts.contains(.elapsed), now: now),
      remaining: duration(remaining, .remaining), pauses: [], isProvisional: parts.contains(.provisional),
      cause: cause == 0 ? nil : Self.causes[Int(cause)],
      met: parts.contains(.met) ? true : parts.contains(.missed) ? false : nil, effects: [])
  }

  private static func wallElapsed(_ start: Instant?, _ stop: Instant?, isRunning: Bool, now: Instant) -> TimeDuration? {
    guard isRunning, let start else { return nil }
    return (stop ?? now).duration(since: start)
  }
}
