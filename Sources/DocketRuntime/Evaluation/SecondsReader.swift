/// Instants and durations of whole seconds that an expression gives for one record after the other.

public import DocketSemantics
public import DocketTime

public final class SecondsReader {
  @frozen public enum Reading: BitwiseCopyable, Sendable {
    case seconds(Int64)
    case absent
    /// Whoever asks evaluates the expression as always: an error, a fraction of a second, another type.
    case other
  }

  private let evaluator: Evaluator
  private let expression: CheckedExpression
  private let slotCount: Int
  private let isDuration: Bool
  /// Of a field of the record itself that has no default.
  private let cells: FieldCells?
  private let constant: Int64?
  private let isTimeless: Bool

  /// `isTimeless` reads only what is the same at all times: cells of the record, and constants. The rest is `.other`.
  /// INVARIANT: nobody listens to the evaluator while this is used.
  public init(_ expression: CheckedExpression, slotCount: Int, isTimeless: Bool = false, _ evaluator: Evaluator) {
    self.isTimeless = isTimeless
    self.evaluator = evaluator
    self.expression = expression
    self.slotCount = slotCount
    isDuration = expression.type == .duration
    var cells: FieldCells?
    var constant: Int64?
    evaluator.body(of: expression)._withUnsafeGuaranteedRef { body in
      if let field = body.code as? FieldCode, let local = field.target as? LocalCode, local.slot == 0 {
        let declared = evaluator.schema[field.cells.field.entity].fields[field.cells.field.index]
        if field.cells.shape == .seconds, declared.defaultBody == nil { cells = field.cells }
      } else if let code = body.code as? ConstantCode {
        switch code.constant {
        case .timestamp(let instant) where instant.nanoseconds == 0: constant = instant.seconds
        case .duration(let duration) where duration.nanoseconds == 0: constant = duration.seconds
        default: break
        }
      }
    }
    self.cells = cells
    self.constant = constant
  }

  /// What the expression is for a record, with everything read as of an instant.
  public func read(_ record: EntityReference, at instant: Instant) -> Reading {
    if let cells, cells.holds(record) {
      if let seconds = cells.integer(of: record) { return .seconds(seconds) }
      return cells.isPresent(record) ? .other : .absent
    }
    if let constant { return .seconds(constant) }
    if isTimeless { return .other }
    switch evaluator.runQuietly(expression, about: record, slotCount: slotCount, at: instant) {
    case .timestamp(let instant) where !isDuration && instant.nanoseconds == 0: return .seconds(instant.seconds)
    case .duration(let duration) where isDuration && duration.nanoseconds == 0: return .seconds(duration.seconds)
    case .absent: return .absent
    default: return .other
    }
  }
}
