/// What happened to one clock, line by line: facts only, for whoever words or draws them.

public import DocketRuntime
public import DocketTime

public struct ClockExplanation: Sendable {
  public var sla: Int
  public var item: EntityReference
  public var place: SourcePlace
  /// Every cycle, the newest last.
  public var clocks: [Clock]
  /// By cycle: the calendar's name, and the time that it allows; `nil` where it has none.
  public var calendars: [String?]
  public var targets: [TimeDuration?]
  /// Days are those of this zone.
  public var zone: Zone
  /// The parts of `where`, as of the start.
  public var filter: [ConditionNote]
  /// In order; those after now are what is to be expected.
  public var entries: [TimelineEntry]
}

public struct TimelineEntry: Sendable {
  public enum Kind: Sendable {
    /// Records changed, and what this did to the clock: nothing where there are no steps.
    case change([RecordChange], [ClockStep])
    /// Days on which the calendar does not open, all for one reason.
    case closed(first: CivilDate, last: CivilDate, ClosedReason)
    /// A day with hours of its own, such as a make-up day.
    case open(CivilDate, name: String)
    case effect(EffectRecord)
    case due
    /// The first instant after which the target is exceeded, where that is not `due` itself.
    case breach
    case now
  }
  public var at: Instant
  public var kind: Kind
  /// From 1; `nil` where no cycle runs.
  public var cycle: Int?
  /// Open, running time of the cycle up to here.
  public var total: TimeDuration?
  /// It lies after the instant asked about, or after the end of the cycle.
  public var isAhead: Bool
}

public enum ClosedReason: Sendable, Hashable {
  /// No hours on this weekday.
  case weekday
  /// Named in the calendar; the name may be empty.
  case holiday(String)
}

/// What an instant did to a clock.
public struct ClockStep: Sendable {
  public enum Kind: String, Sendable {
    case started, stopped, paused, resumed, cancelled, restarted, reopened
  }
  public var kind: Kind
  /// The clause behind it, as written; `nil` where it follows from another step.
  public var clause: String?
  public var place: SourcePlace?
  /// What the clause read then.
  public var values: [ValueNote]
}

/// What became known of a record at an instant.
public struct RecordChange: Sendable {
  public struct Field: Sendable {
    public var name: String
    /// `nil` where the record is new.
    public var from: String?
    public var to: String
  }
  public var entity: String
  public var key: String
  public var isItem: Bool
  public var isNew: Bool
  /// Those that differ from the version before; of a new record the first few.
  public var fields: [Field]
}
