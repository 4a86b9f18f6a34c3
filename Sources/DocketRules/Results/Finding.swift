/// One violation of an invariant: a combination, and the time over which it does not hold.

public import DocketRuntime
public import DocketTime

public struct Finding: Sendable {
  public var ensure: Int
  /// One a domain of the invariant, in their order.
  public var combination: [Value]
  public var from: Instant
  /// `nil` where it lasts as far as was looked.
  public var until: Instant?
  public var because: String?
  /// Why it could not be decided; such a finding is no violation for certain.
  public var cause: String?
}
