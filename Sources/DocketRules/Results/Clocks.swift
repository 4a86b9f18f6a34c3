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
    let clock = packed[index]
    return clock.isElsewhere ? others[Int(clock.row)] : clock.clock(sla, entity, now: now)
  }

  mutating func reserveCapacity(_ count: Int) { packed.reserveCapacity(count) }

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
private struct PackedClock: BitwiseCopyable {
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
  private let status: UInt8
  let isElsewhere: Bool
  private let cause: UInt8
  private var start: Int64 = 0
  private var stop: Int64 = 0
  private var due: Int64 = 0
  private var breachFrom: Int64 = 0
  private var elapsed: Int64 = 0
  private var remaining: Int64 = 0

  init(elsewhere place: Int) {
    row = UInt32(place)
    parts = 0
    status = 0
    isElsewhere = true
    cause = 0
  }

  /// `nil` for a clock that has more to it.
  init?(_ clock: Clock, now: Instant) {
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

  func clock(_ sla: Int, _ entity: UInt16, now: Instant) -> Clock {
    let parts = Parts(rawValue: parts)
    // INVARIANT: it was a status when it was packed.
    var clock = Clock(
      sla: sla, item: EntityReference(entity: entity, row: row), cycle: 1,
      status: ClockStatus(rawValue: Int(status)) ?? .undecided)
    if parts.contains(.start) { clock.start = Instant(uncheckedSeconds: start) }
    if parts.contains(.stop) { clock.stop = Instant(uncheckedSeconds: stop) }
    if parts.contains(.due) {
      clock.due = Instant(uncheckedSeconds: due)
      clock.breachFrom = Instant(uncheckedSeconds: breachFrom)
    }
    if parts.contains(.elapsed) {
      clock.elapsed = TimeDuration(uncheckedSeconds: elapsed)
      clock.wallElapsed = Self.wallElapsed(clock.start, clock.stop, isRunning: true, now: now)
    }
    if parts.contains(.remaining) { clock.remaining = TimeDuration(uncheckedSeconds: remaining) }
    if cause > 0 { clock.cause = Self.causes[Int(cause)] }
    clock.met = parts.contains(.met) ? true : parts.contains(.missed) ? false : nil
    clock.isProvisional = parts.contains(.provisional)
    return clock
  }

  private static func wallElapsed(_ start: Instant?, _ stop: Instant?, isRunning: Bool, now: Instant) -> TimeDuration? {
    guard isRunning, let start else { return nil }
    return (stop ?? now).duration(since: start)
  }
}
