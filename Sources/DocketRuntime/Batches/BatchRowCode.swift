/// What batches do not take: rows one by one, or once for each combination of what an expression reads.

import DocketSemantics
import DocketTime

/// What is wanted of a value.
enum BatchWish {
  /// True or not.
  case truth
  /// A number, a duration in seconds; only finite ones.
  case amount
  /// The second of an instant.
  case second
  /// 1 inside a window of time, 0 outside.
  case within(from: Instant, until: Instant)
  /// A number for each different value.
  case key
}

/// An expression by its lowered code, row by row.
final class RowCode: BatchCode {
  let expression: CheckedExpression
  private let evaluator: Evaluator
  private let body: LoweredBody
  private let wish: BatchWish
  private let slotCount: Int
  private let item: (Int) -> Value
  /// Whether what an evaluation makes can be dropped after it: nothing of it is kept anywhere.
  private let isDropped: Bool
  private let keys = ValueKeys()

  init(
    _ expression: CheckedExpression, _ wish: BatchWish, _ evaluator: Evaluator, slotCount: Int, isDropped: Bool,
    item: @escaping (Int) -> Value
  ) {
    self.expression = expression
    self.evaluator = evaluator
    self.wish = wish
    self.slotCount = slotCount
    self.item = item
    if case .key = wish { self.isDropped = false } else { self.isDropped = isDropped }
    body = evaluator.lower(Body(expression: expression, slotCount: slotCount))
    super.init(wish.kind)
  }

  override var needsEvaluator: Bool { true }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let truths = scratch.states()
    visit(rows) { index, value in truths[index] = read(value).state }
    return UnsafePointer(truths)
  }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    let (bits, states) = (scratch.bits(), scratch.states())
    visit(rows) { index, value in (bits[index], states[index]) = read(value) }
    return BatchVector(bits: bits, states: UnsafePointer(states))
  }

  private func visit(_ rows: BatchRows, _ body: (Int, Value) -> Void) {
    let mark = isDropped ? evaluator.mark() : nil
    evaluator.inFrame(of: max(1, slotCount), arguments: []) {
      for index in 0..<rows.count {
        let errorCount = evaluator.heap.errorCount
        evaluator.frame[0] = item(rows[index])
        let value = evaluator.run(self.body, evaluator.frame)
        body(index, value)
        if let mark { evaluator.heap.reset(to: mark) } else { evaluator.discardError(value, from: errorCount) }
      }
    }
  }

  private func read(_ value: Value) -> (bits: Int64, state: UInt8) { wish.read(value, evaluator, keys) }
}

extension BatchWish {
  /// A key is no value to reckon with; its kind is of no account.
  var kind: BatchKind {
    switch self {
    case .truth, .within: .bool
    case .amount: .double
    case .second: .instant
    case .key: .int
    }
  }

  func read(_ value: Value, _ evaluator: Evaluator, _ keys: ValueKeys) -> (bits: Int64, state: UInt8) {
    if case .error(let reference) = value {
      if case .absent = evaluator.heap[reference].kind { return (0, BatchState.absent) }
      return (0, BatchState.failed)
    }
    switch self {
    case .truth:
      guard case .bool(let bit) = value else { return (0, BatchState.failed) }
      return (0, bit ? BatchState.yes : BatchState.there)
    case .amount:
      guard let amount = value.amount else { return (0, BatchState.refused) }
      return (Int64(bitPattern: amount.bitPattern), BatchState.there)
    case .second:
      guard case .timestamp(let instant) = value else { return (0, BatchState.failed) }
      return (instant.seconds, BatchState.there)
    case .within(let from, let until):
      guard case .timestamp(let instant) = value else { return (0, BatchState.failed) }
      return (0, from <= instant && instant < until ? BatchState.yes : BatchState.there)
    case .key:
      return (Int64(keys.number(of: ValueKey(value, evaluator.world))), BatchState.there)
    }
  }
}

extension Value {
  /// What sums and percentiles reckon with: a finite number, a duration in seconds. Zero has no sign.
  public var amount: Double? {
    switch self {
    case .int(let number): Double(number)
    case .uint(let number): Double(number)
    case .double(let number): number.isFinite ? number + 0.0 : nil
    case .duration(let duration): duration.totalSeconds
    default: nil
    }
  }
}
