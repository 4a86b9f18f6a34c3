/// Expressions about one record, asked for one record after the other.

public import DocketSemantics
public import DocketTime

extension Evaluator {
  /// The value of an expression about the record in slot 0, with everything read as of an instant. `event` is a second
  /// variable.
  public func run(
    _ expression: CheckedExpression, about record: EntityReference, slotCount: Int, at instant: Instant,
    with event: (slot: Int, value: Value)? = nil
  ) -> Value {
    self.instant = instant
    let caller = enter(slotCount: slotCount)
    defer { leave(to: caller) }
    frame[0] = .entity(record)
    if let event { self[slot: event.slot] = event.value }
    return run(expression)
  }

  /// The same, but `.absent` where `run` gives the error that something is absent: no error and no text are made for it.
  public func runQuietly(
    _ expression: CheckedExpression, about record: EntityReference, slotCount: Int, at instant: Instant
  ) -> Value {
    // Whoever watches what is evaluated sees the nodes as they are always evaluated.
    guard observe == nil else {
      return asking { run(expression, about: record, slotCount: slotCount, at: instant) }
    }
    self.instant = instant
    let caller = enter(slotCount: slotCount)
    defer { leave(to: caller) }
    frame[0] = .entity(record)
    return quietly(lowered: body(of: expression))
  }
}
