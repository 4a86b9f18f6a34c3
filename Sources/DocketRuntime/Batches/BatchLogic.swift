/// Conditions over batches: comparisons, presence, and logic of three values in which an error stays the leftmost one.

import DocketSemantics

/// A number, text, case, day or time against a constant, or one of several constants.
final class BatchTest: BatchCode {
  private let operand: BatchCode
  private let test: ConstantTest

  init(_ operand: BatchCode, _ test: ConstantTest) {
    self.operand = operand
    self.test = test
    super.init(.bool)
  }

  override var needsEvaluator: Bool { operand.needsEvaluator }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let truths = scratch.states()
    if operand.kind == .bool {
      let operand = operand.truths(rows, scratch)
      for index in 0..<rows.count {
        truths[index] = operand[index] > BatchState.yes ? operand[index] : test.holds(Int64(operand[index])) ? 1 : 0
      }
      return UnsafePointer(truths)
    }
    let vector = operand.values(rows, scratch)
    switch operand.kind {
    case .double:
      test.decide(UnsafeRawPointer(vector.bits).assumingMemoryBound(to: Double.self), rows.count, truths)
    case .uint:
      for index in 0..<rows.count { truths[index] = test.holds(vector.bits[index] ^ .min) ? 1 : 0 }
    default: test.decide(vector.bits, rows.count, truths)
    }
    if let states = vector.states {
      for index in 0..<rows.count where states[index] != BatchState.there { truths[index] = states[index] }
    }
    return UnsafePointer(truths)
  }
}

extension ConstantTest {
  /// Whether it holds, number by number.
  fileprivate func decide(_ keys: UnsafePointer<Int64>, _ count: Int, _ truths: UnsafeMutablePointer<UInt8>) {
    if let (low, span, isInverted) = range {
      let inverted: UInt8 = isInverted ? 1 : 0
      for index in 0..<count {
        let isIn = UInt64(bitPattern: keys[index] &- low) <= span
        truths[index] = unsafeBitCast(isIn, to: UInt8.self) ^ inverted
      }
    } else {
      for index in 0..<count { truths[index] = holds(keys[index]) ? 1 : 0 }
    }
  }

  fileprivate func decide(_ numbers: UnsafePointer<Double>, _ count: Int, _ truths: UnsafeMutablePointer<UInt8>) {
    let limit = limit
    switch relation {
    case .equal: for index in 0..<count { truths[index] = unsafeBitCast(numbers[index] == limit, to: UInt8.self) }
    case .notEqual: for index in 0..<count { truths[index] = unsafeBitCast(numbers[index] != limit, to: UInt8.self) }
    case .less: for index in 0..<count { truths[index] = unsafeBitCast(numbers[index] < limit, to: UInt8.self) }
    case .lessOrEqual: for index in 0..<count { truths[index] = unsafeBitCast(numbers[index] <= limit, to: UInt8.self) }
    case .greater: for index in 0..<count { truths[index] = unsafeBitCast(numbers[index] > limit, to: UInt8.self) }
    default: for index in 0..<count { truths[index] = unsafeBitCast(numbers[index] >= limit, to: UInt8.self) }
    }
  }
}

/// `<` and its like of two values of one kind.
final class BatchRelation: BatchCode {
  private let relation: Builtin
  private let left: BatchCode
  private let right: BatchCode
  /// Of records: which record a row is of.
  private let table: EntityTable?

  init(_ relation: Builtin, _ left: BatchCode, _ right: BatchCode, _ table: EntityTable?) {
    self.relation = relation
    self.left = left
    self.right = right
    self.table = table
    super.init(.bool)
  }

  override var needsEvaluator: Bool { left.needsEvaluator || right.needsEvaluator }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let truths = scratch.states()
    if left.kind == .bool {
      let (a, b) = (left.truths(rows, scratch), right.truths(rows, scratch))
      let wanted = relation == .equal
      for index in 0..<rows.count {
        if a[index] > BatchState.yes {
          truths[index] = a[index]
        } else if b[index] > BatchState.yes {
          truths[index] = b[index]
        } else {
          truths[index] = (a[index] == b[index]) == wanted ? 1 : 0
        }
      }
      return UnsafePointer(truths)
    }
    let (a, b) = (left.values(rows, scratch), right.values(rows, scratch))
    switch left.kind {
    case .double:
      let x = UnsafeRawPointer(a.bits).assumingMemoryBound(to: Double.self)
      let y = UnsafeRawPointer(b.bits).assumingMemoryBound(to: Double.self)
      decide(rows.count, truths) { (x[$0], y[$0]) }
    case .uint:
      decide(rows.count, truths) { (UInt64(bitPattern: a.bits[$0]), UInt64(bitPattern: b.bits[$0])) }
    case .record:
      guard let records = table?.recordOfRow else { preconditionFailure("records are of a table") }
      decide(rows.count, truths) { index -> (UInt32, UInt32) in
        guard merged(a.states, b.states, index) == BatchState.there else { return (0, 0) }
        return (records[Int(a.bits[index])], records[Int(b.bits[index])])
      }
    case .int, .text, .enumeration, .date, .instant, .duration, .bool:
      decide(rows.count, truths) { (a.bits[$0], b.bits[$0]) }
    }
    if a.states != nil || b.states != nil {
      for index in 0..<rows.count {
        let state = merged(a.states, b.states, index)
        if state != BatchState.there { truths[index] = state }
      }
    }
    return UnsafePointer(truths)
  }

  @inline(__always) private func decide<T: Comparable>(
    _ count: Int, _ truths: UnsafeMutablePointer<UInt8>, _ operands: (Int) -> (T, T)
  ) {
    let relation = relation
    for index in 0..<count {
      let (a, b) = operands(index)
      let holds =
        switch relation {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        default: a >= b
        }
      truths[index] = holds ? 1 : 0
    }
  }
}

/// The state of what two operands give: the error of the left one, if it is one.
@inline(__always) func merged(_ a: UnsafePointer<UInt8>?, _ b: UnsafePointer<UInt8>?, _ index: Int) -> UInt8 {
  let left = a?[index] ?? BatchState.there
  return left != BatchState.there ? left : b?[index] ?? BatchState.there
}

/// `&&` and `||`.
final class BatchJunction: BatchCode {
  private let left: BatchCode
  private let right: BatchCode
  /// What decides alone.
  private let deciding: UInt8

  init(_ left: BatchCode, _ right: BatchCode, isAnd: Bool) {
    self.left = left
    self.right = right
    deciding = isAnd ? BatchState.there : BatchState.yes
    super.init(.bool)
  }

  override var needsEvaluator: Bool { left.needsEvaluator || right.needsEvaluator }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let a = left.truths(rows, scratch)
    let b = right.needsEvaluator ? undecided(a, rows, scratch) : right.truths(rows, scratch)
    let truths = scratch.states()
    let deciding = deciding
    for index in 0..<rows.count {
      let (x, y) = (a[index], b[index])
      // One side decides; else an error stays, the left one first; else it is what the right side says.
      truths[index] = x == deciding || y == deciding ? deciding : x > BatchState.yes ? x : y
    }
    return UnsafePointer(truths)
  }

  /// The right side of those rows only that the left one does not decide.
  private func undecided(_ a: UnsafePointer<UInt8>, _ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8>
  {
    let list = scratch.rows()
    var count = 0
    for index in 0..<rows.count {
      list[count] = UInt32(rows[index])
      count += a[index] == deciding ? 0 : 1
    }
    let truths = scratch.states(repeating: deciding, count: rows.count)
    guard count > 0 else { return UnsafePointer(truths) }
    let b = right.truths(BatchRows(first: 0, count: count, list: UnsafePointer(list)), scratch)
    var next = 0
    for index in 0..<rows.count where a[index] != deciding {
      truths[index] = b[next]
      next += 1
    }
    return UnsafePointer(truths)
  }
}

final class BatchNegation: BatchCode {
  private let operand: BatchCode

  init(_ operand: BatchCode) {
    self.operand = operand
    super.init(.bool)
  }

  override var needsEvaluator: Bool { operand.needsEvaluator }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let operand = operand.truths(rows, scratch)
    let truths = scratch.states()
    for index in 0..<rows.count {
      let truth = operand[index]
      truths[index] = truth > BatchState.yes ? truth : truth ^ 1
    }
    return UnsafePointer(truths)
  }
}

/// `has(x.f)`, `x.f == null`, `x.f != null`.
final class BatchPresence: BatchCode {
  private let operand: BatchCode
  /// What it says of what is there.
  private let there: UInt8

  init(_ operand: BatchCode, whenThere there: Bool) {
    self.operand = operand
    self.there = there ? 1 : 0
    super.init(.bool)
  }

  override var needsEvaluator: Bool { operand.needsEvaluator }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let states = operand.kind == .bool ? operand.truths(rows, scratch) : operand.values(rows, scratch).states
    guard let states else { return UnsafePointer(scratch.states(repeating: there, count: rows.count)) }
    let truths = scratch.states()
    for index in 0..<rows.count {
      let state = states[index]
      truths[index] = state <= BatchState.yes ? there : state == BatchState.absent ? there ^ 1 : state
    }
    return UnsafePointer(truths)
  }
}

/// `x.f ?? d`
final class BatchFallback: BatchCode {
  private let operand: BatchCode
  private let fallback: BatchCode

  init(_ operand: BatchCode, _ fallback: BatchCode) {
    self.operand = operand
    self.fallback = fallback
    super.init(operand.kind)
  }

  override var needsEvaluator: Bool { operand.needsEvaluator || fallback.needsEvaluator }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let (a, b) = (operand.truths(rows, scratch), fallback.truths(rows, scratch))
    let truths = scratch.states()
    for index in 0..<rows.count { truths[index] = a[index] == BatchState.absent ? b[index] : a[index] }
    return UnsafePointer(truths)
  }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    let a = operand.values(rows, scratch)
    guard let aStates = a.states else { return a }
    let b = fallback.values(rows, scratch)
    let (bits, states) = (scratch.bits(), scratch.states())
    for index in 0..<rows.count {
      if aStates[index] == BatchState.absent {
        (bits[index], states[index]) = (b.bits[index], b.states?[index] ?? BatchState.there)
      } else {
        (bits[index], states[index]) = (a.bits[index], aStates[index])
      }
    }
    return BatchVector(bits: bits, states: UnsafePointer(states))
  }
}

/// `c ? a : b`
final class BatchChoice: BatchCode {
  private let condition: BatchCode
  private let then: BatchCode
  private let otherwise: BatchCode

  init(_ condition: BatchCode, _ then: BatchCode, _ otherwise: BatchCode) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    super.init(then.kind)
  }

  override var needsEvaluator: Bool {
    condition.needsEvaluator || then.needsEvaluator || otherwise.needsEvaluator
  }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let condition = condition.truths(rows, scratch)
    let (a, b) = (then.truths(rows, scratch), otherwise.truths(rows, scratch))
    let truths = scratch.states()
    for index in 0..<rows.count {
      let truth = condition[index]
      truths[index] = truth > BatchState.yes ? truth : truth == BatchState.yes ? a[index] : b[index]
    }
    return UnsafePointer(truths)
  }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    let condition = condition.truths(rows, scratch)
    let (a, b) = (then.values(rows, scratch), otherwise.values(rows, scratch))
    let (bits, states) = (scratch.bits(), scratch.states())
    for index in 0..<rows.count {
      let truth = condition[index]
      let isThen = truth == BatchState.yes
      bits[index] = isThen ? a.bits[index] : b.bits[index]
      states[index] =
        truth > BatchState.yes
        ? truth : (isThen ? a.states?[index] : b.states?[index]) ?? BatchState.there
    }
    return BatchVector(bits: bits, states: UnsafePointer(states))
  }
}
