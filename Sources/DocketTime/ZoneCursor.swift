/// A zone with the last stretch remembered: for loops over many instants, most of which share one offset.
public struct ZoneCursor: Sendable {
  public let zone: Zone
  @usableFromInline var stretch: ZoneStretch

  public init(_ zone: Zone) {
    self.zone = zone
    stretch = zone.stretch(atSeconds: 0)
  }

  /// Seconds east of UTC at `seconds` since the epoch.
  @inlinable
  public mutating func offset(atSeconds seconds: Int64) -> Int32 {
    if seconds < stretch.start || seconds >= stretch.end { stretch = zone.stretch(atSeconds: seconds) }
    return stretch.offset
  }

  /// Whether the offset that was asked for last is in force at `seconds`.
  @inlinable
  public func holds(_ seconds: Int64) -> Bool { seconds >= stretch.start && seconds < stretch.end }

  @inlinable
  public mutating func local(_ instant: Instant) -> CivilDateTime {
    CivilDateTime(
      localSeconds: instant.seconds &+ Int64(offset(atSeconds: instant.seconds)), nanoseconds: instant.nanoseconds)
  }

  @inlinable
  public mutating func localDate(_ instant: Instant) -> CivilDate { local(instant).date }

  /// The day, week, ... that holds `instant`.
  @inlinable
  public mutating func period(_ unit: CalendarUnit, _ instant: Instant) -> Period {
    Period(unit, containing: localDate(instant))
  }
}
