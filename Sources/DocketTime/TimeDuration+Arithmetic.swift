/// Checked arithmetic: every result is a duration of the language or `nil`.

extension TimeDuration {
  @inlinable
  public func adding(_ other: TimeDuration) -> TimeDuration? {
    let (sum, overflow) = seconds.addingReportingOverflow(other.seconds)
    if overflow || sum == .min || sum == .max { return nil }
    let result = TimeDuration(balancingSeconds: sum, nanoseconds: nanoseconds &+ other.nanoseconds)
    return result.isInRange ? result : nil
  }

  @inlinable
  public func subtracting(_ other: TimeDuration) -> TimeDuration? {
    adding(other.negated)
  }

  /// The range is symmetric, so this cannot fail.
  @inlinable
  public var negated: TimeDuration {
    TimeDuration(uncheckedSeconds: 0 &- seconds, nanoseconds: 0 &- nanoseconds)
  }

  @inlinable
  public var magnitude: TimeDuration { isNegative ? negated : self }

  @inlinable
  public func multiplied(by factor: Int64) -> TimeDuration? {
    guard let total = totalNanoseconds else { return nil }
    let (product, overflow) = total.multipliedReportingOverflow(by: factor)
    return overflow || product == .min ? nil : TimeDuration(totalNanoseconds: product)
  }

  /// Rounded to the nearest nanosecond; `nil` for a result out of range or not a number.
  public func multiplied(by factor: Double) -> TimeDuration? {
    let whole = Double(seconds)
    let product = whole * factor
    guard product.isFinite else { return nil }
    // What the rounding of `product` lost, so that years of nanoseconds stay exact.
    let lost = (-product).addingProduct(whole, factor)
    return TimeDuration(seconds: product, more: lost, nanoseconds: Double(nanoseconds) * factor)
  }

  /// Rounded toward zero to a nanosecond; `nil` when `divisor` is 0.
  @inlinable
  public func divided(by divisor: Int64) -> TimeDuration? {
    guard divisor != 0, let total = totalNanoseconds else { return nil }
    // INVARIANT: total is never Int64.min, so -1 cannot overflow.
    return TimeDuration(totalNanoseconds: total / divisor)
  }

  /// Rounded to the nearest nanosecond; `nil` when `divisor` is 0 or the result is out of range.
  public func divided(by divisor: Double) -> TimeDuration? {
    guard divisor != 0 else { return nil }
    let whole = Double(seconds)
    let quotient = whole / divisor
    guard quotient.isFinite else { return nil }
    let lost = divisor.isFinite ? whole.addingProduct(-quotient, divisor) / divisor : 0
    return TimeDuration(seconds: quotient, more: lost, nanoseconds: Double(nanoseconds) / divisor)
  }

  /// How many times `other` fits; `nil` when `other` is zero.
  public func ratio(to other: TimeDuration) -> Double? {
    guard other != .zero else { return nil }
    if let total = totalNanoseconds, let unit = other.totalNanoseconds { return Double(total) / Double(unit) }
    return totalSeconds / other.totalSeconds
  }

  /// The nearest duration to a number of seconds; `nil` out of range or not a number.
  public init?(seconds: Double) {
    self.init(seconds: seconds, more: 0, nanoseconds: 0)
  }

  private init?(seconds: Double, more: Double, nanoseconds: Double) {
    guard seconds > -1e10, seconds < 1e10 else { return nil }
    let whole = seconds.rounded(.towardZero)
    let rest = ((seconds - whole) + more) * 1e9 + nanoseconds
    guard rest > -9.3e18, rest < 9.3e18 else { return nil }
    let total = Int128(whole) * 1_000_000_000 + Int128(rest.rounded(.toNearestOrAwayFromZero))
    guard let exact = Int64(exactly: total), exact != .min else { return nil }
    self.init(totalNanoseconds: exact)
  }
}
