/// What a local time means in a zone.
public enum LocalResolution: Hashable, Sendable {
  case unique(Instant)
  /// The clock jumped over this time. `after` is the local time moved forward by the length of the gap, `before` moved
  /// back by it.
  case gap(before: Instant, after: Instant)
  /// The clock showed this time twice.
  case fold(first: Instant, second: Instant)
  /// The instant lies outside the time line.
  case outOfRange

  /// The language's rule where a single instant is needed: forward out of a gap, the first of a fold.
  public var instant: Instant? {
    switch self {
    case .unique(let instant): instant
    case .gap(_, let after): after
    case .fold(let first, _): first
    case .outOfRange: nil
    }
  }
}
