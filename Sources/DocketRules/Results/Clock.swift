/// One cycle of an SLA's clock for one item.

public import DocketRuntime
public import DocketSemantics
public import DocketTime

public struct Clock: Sendable {
  public struct Pause: Sendable, Hashable {
    public var from: Instant
    /// `nil` while it lasts.
    public var to: Instant?
  }
  /// The cause of a clock with conditions over data that holds one state of each record.
  public static let noHistory = "no history"
  /// The cause of a clock whose target is absent.
  static let noTarget = "no target"
  /// The cause of a breach that a change of the target made.
  static let policyChange = "policy_change"

  public var sla: Int
  public var item: EntityReference
  /// From 1.
  public var cycle: Int
  public var status: ClockStatus
  public var start: Instant?
  public var stop: Instant?
  public var due: Instant?
  /// The first instant after which the target is exceeded.
  public var breachFrom: Instant?
  /// Open, running time from the start to the stop, or to now.
  public var elapsed: TimeDuration?
  /// Plain time from the start to the stop, or to now.
  public var wallElapsed: TimeDuration?
  /// The target less the elapsed time; negative once breached.
  public var remaining: TimeDuration?
  public var pauses: [Pause]
  /// The calendar is not yet known as far as `due`.
  public var isProvisional: Bool
  public var cause: String?
  public var met: Bool?
  public var effects: [EffectRecord]

  init(
    sla: Int, item: EntityReference, cycle: Int, status: ClockStatus, start: Instant?, stop: Instant?, due: Instant?,
    breachFrom: Instant?, elapsed: TimeDuration?, wallElapsed: TimeDuration?, remaining: TimeDuration?, pauses: [Pause],
    isProvisional: Bool, cause: String?, met: Bool?, effects: [EffectRecord]
  ) {
    self.sla = sla
    self.item = item
    self.cycle = cycle
    self.status = status
    self.start = start
    self.stop = stop
    self.due = due
    self.breachFrom = breachFrom
    self.elapsed = elapsed
    self.wallElapsed = wallElapsed
    self.remaining = remaining
    self.pauses = pauses
    self.isProvisional = isProvisional
    self.cause = cause
    self.met = met
    self.effects = effects
  }

  init(sla: Int, item: EntityReference, cycle: Int, status: ClockStatus, cause: String? = nil) {
    self.sla = sla
    self.item = item
    self.cycle = cycle
    self.status = status
    self.cause = cause
    pauses = []
    isProvisional = false
    effects = []
  }
}
