/// Arithmetic over batches. Integers, instants and durations are checked, as everywhere: what does not fit is an error of its row.

import DocketSemantics
import DocketTime

final class BatchArithmetic: BatchCode {
  enum Operation {
    case addInts, subtractInts, multiplyInts, divideInts, moduloInts
    case addDoubles, subtractDoubles, multiplyDoubles, divideDoubles
    /// `t - t`: a duration of the language.
    case distance
    /// `t + d` and `t - d`.
    case later, earlier
    case addDurations, subtractDurations
    case multiplyDuration
    /// `d / d`: how many times it fits.
    case ratio
  }

  private let operation: Operation
  private let left: BatchCode
  private let right: BatchCode

  private init(_ operation: Operation, _ left: BatchCode, _ right: BatchCode, _ kind: BatchKind) {
    self.operation = operation
    self.left = left
    self.right = right
    super.init(kind)
  }

  override var needsEvaluator: Bool { left.needsEvaluator || right.needsEvaluator }

  /// `nil` for what is left to others.
  static func make(_ builtin: Builtin, _ left: BatchCode, _ right: BatchCode) -> BatchCode? {
    func code(_ operation: Operation, _ kind: BatchKind) -> BatchCode {
      BatchArithmetic(operation, left, right, kind)
    }
    switch (builtin, left.kind, right.kind) {
    case (.add, .int, .int): return code(.addInts, .int)
    case (.subtract, .int, .int): return code(.subtractInts, .int)
    case (.multiply, .int, .int): return code(.multiplyInts, .int)
    case (.divide, .int, .int): return code(.divideInts, .int)
    case (.modulo, .int, .int): return code(.moduloInts, .int)
    case (.add, .double, .double): return code(.addDoubles, .double)
    case (.subtract, .double, .double): return code(.subtractDoubles, .double)
    case (.multiply, .double, .double): return code(.multiplyDoubles, .double)
    case (.divide, .double, .double): return code(.divideDoubles, .double)
    case (.subtract, .instant, .instant): return code(.distance, .duration)
    case (.add, .instant, .duration): return code(.later, .instant)
    case (.add, .duration, .instant): return code(.later, .instant)
    case (.subtract, .instant, .duration): return code(.earlier, .instant)
    case (.add, .duration, .duration): return code(.addDurations, .duration)
    case (.subtract, .duration, .duration): return code(.subtractDurations, .duration)
    case (.multiply, .duration, .int): return code(.multiplyDuration, .duration)
    case (.divide, .duration, .duration): return code(.ratio, .double)
    default: return nil
    }
  }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    let (a, b) = (left.values(rows, scratch), right.values(rows, scratch))
    let bits = scratch.bits()
    let count = rows.count
    let failed: UnsafeMutablePointer<UInt8>? =
      switch operation {
      case .addInts: check(a, b, bits, count, scratch) { $0.addingReportingOverflow($1) }
      case .subtractInts: check(a, b, bits, count, scratch) { $0.subtractingReportingOverflow($1) }
      case .multiplyInts: check(a, b, bits, count, scratch) { $0.multipliedReportingOverflow(by: $1) }
      // By zero it fails too, with another text.
      case .divideInts: check(a, b, bits, count, scratch) { $0.dividedReportingOverflow(by: $1) }
      case .moduloInts: check(a, b, bits, count, scratch) { $0.remainderReportingOverflow(dividingBy: $1) }
      case .addDoubles: reckon(a, b, bits, count) { $0 + $1 }
      case .subtractDoubles: reckon(a, b, bits, count) { $0 - $1 }
      case .multiplyDoubles: reckon(a, b, bits, count) { $0 * $1 }
      case .divideDoubles: reckon(a, b, bits, count) { $0 / $1 }
      case .distance, .subtractDurations: check(a, b, bits, count, scratch) { Self.duration($0 &- $1) }
      case .addDurations: check(a, b, bits, count, scratch) { Self.duration($0 &+ $1) }
      case .later: check(a, b, bits, count, scratch) { Self.instant($0 &+ $1) }
      case .earlier: check(a, b, bits, count, scratch) { Self.instant($0 &- $1) }
      case .multiplyDuration:
        check(a, b, bits, count, scratch) { duration, factor in
          let (product, overflow) = duration.multipliedReportingOverflow(by: factor)
          let (seconds, isOut) = Self.duration(product)
          return (seconds, overflow || isOut)
        }
      case .ratio:
        check(a, b, bits, count, scratch) { a, b in
          // As `TimeDuration.ratio(to:)`.
          let (x, y) =
            TimeDuration(uncheckedSeconds: a).ratio(to: TimeDuration(uncheckedSeconds: b)).map { ($0, false) } ?? (
              0, true
            )
          return (Int64(bitPattern: x.bitPattern), y)
        }
      }
    return BatchVector(bits: bits, states: states(a, b, failed, count, scratch))
  }

  /// Durations of the language end at 2^63 nanoseconds.
  @inline(__always) private static func duration(_ seconds: Int64) -> (Int64, Bool) {
    (seconds, seconds > 9_223_372_036 || seconds < -9_223_372_036)
  }

  @inline(__always) private static func instant(_ seconds: Int64) -> (Int64, Bool) {
    (seconds, seconds < Instant.minimumSeconds || seconds > Instant.maximumSeconds)
  }

  /// Where it failed; `nil` where it did not. What stands in rows without operands is of no account.
  @inline(__always) private func check(
    _ a: BatchVector, _ b: BatchVector, _ bits: UnsafeMutablePointer<Int64>, _ count: Int, _ scratch: BatchScratch,
    _ operation: (Int64, Int64) -> (Int64, Bool)
  ) -> UnsafeMutablePointer<UInt8>? {
    var anyFailed = false
    for index in 0..<count {
      let (result, isOut) = operation(a.bits[index], b.bits[index])
      bits[index] = result
      anyFailed = anyFailed || isOut
    }
    guard anyFailed else { return nil }
    let failed = scratch.states()
    for index in 0..<count { failed[index] = operation(a.bits[index], b.bits[index]).1 ? BatchState.failed : 0 }
    return failed
  }

  @inline(__always) private func reckon(
    _ a: BatchVector, _ b: BatchVector, _ bits: UnsafeMutablePointer<Int64>, _ count: Int,
    _ operation: (Double, Double) -> Double
  ) -> UnsafeMutablePointer<UInt8>? {
    let x = UnsafeRawPointer(a.bits).assumingMemoryBound(to: Double.self)
    let y = UnsafeRawPointer(b.bits).assumingMemoryBound(to: Double.self)
    let result = UnsafeMutableRawPointer(bits).assumingMemoryBound(to: Double.self)
    for index in 0..<count { result[index] = operation(x[index], y[index]) }
    return nil
  }

  private func states(
    _ a: BatchVector, _ b: BatchVector, _ failed: UnsafeMutablePointer<UInt8>?, _ count: Int, _ scratch: BatchScratch
  ) -> UnsafePointer<UInt8>? {
    guard a.states != nil || b.states != nil || failed != nil else { return nil }
    let states = scratch.states()
    for index in 0..<count {
      let state = merged(a.states, b.states, index)
      states[index] = state != BatchState.there ? state : failed?[index] ?? BatchState.there
    }
    return UnsafePointer(states)
  }
}

/// `double(n)`
final class BatchDouble: BatchCode {
  private let operand: BatchCode

  init(_ operand: BatchCode) {
    self.operand = operand
    super.init(.double)
  }

  override var needsEvaluator: Bool { operand.needsEvaluator }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    let vector = operand.values(rows, scratch)
    let bits = scratch.bits()
    let numbers = UnsafeMutableRawPointer(bits).assumingMemoryBound(to: Double.self)
    if operand.kind == .uint {
      for index in 0..<rows.count { numbers[index] = Double(UInt64(bitPattern: vector.bits[index])) }
    } else {
      for index in 0..<rows.count { numbers[index] = Double(vector.bits[index]) }
    }
    return BatchVector(bits: bits, states: vector.states)
  }
}
