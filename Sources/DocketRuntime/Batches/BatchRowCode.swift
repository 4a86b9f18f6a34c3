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

/// A value as the key of a group or of a set: equal values, equal keys.
public struct ValueKey: Hashable {
  private var kind: UInt8
  private var high: UInt64
  private var low: UInt64

  public init(_ value: Value, _ world: World) {
    (kind, high, low) =
      switch value {
      case .bool(let bit): (1, 0, bit ? 1 : 0)
      case .int(let number): (2, 0, UInt64(bitPattern: number))
      case .uint(let number): (3, 0, number)
      case .double(let number): (4, 0, (number == 0 ? 0.0 : number).bitPattern)
      case .string(let symbol): (5, 0, UInt64(symbol.index))
      case .timestamp(let instant): (6, UInt64(bitPattern: instant.seconds), UInt64(instant.nanoseconds))
      case .duration(let duration):
        (7, UInt64(bitPattern: duration.seconds), UInt64(bitPattern: Int64(duration.nanoseconds)))
      case .date(let date): (8, 0, UInt64(bitPattern: Int64(date.daysSinceEpoch)))
      case .enumeration(let value): (9, UInt64(value.type), UInt64(value.ordinal))
      case .entity(let reference): (10, UInt64(reference.entity), UInt64(world.record(of: reference)))
      default: (0, 0, 0)
      }
  }
}

/// Numbers for different values, in the order in which they come.
final class ValueKeys {
  private var numbers: [ValueKey: Int] = [:]

  func number(of key: ValueKey) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = numbers.count
    return numbers.count - 1
  }
}

/// An expression evaluated once for each combination of the few values that it reads.
final class LookupCode: BatchCode {
  private let inputs: [BatchCode]
  private let dictionaries: [KeyDictionary]
  /// Of the inputs so far with the next one.
  private let combinations: [PairIndex]
  private var bits: [Int64] = []
  private var states: [UInt8] = []

  private static let limit = 1 << 14

  /// `nil` where there are too many combinations to gain by it, or an input that fails.
  init?(
    _ expression: CheckedExpression, _ wish: BatchWish, inputs: [BatchCode], rows: BatchRowList, _ evaluator: Evaluator,
    slotCount: Int, item: (Int) -> Value
  ) {
    self.inputs = inputs
    dictionaries = inputs.map { _ in KeyDictionary() }
    combinations = inputs.map { _ in PairIndex() }
    super.init(wish.kind)
    let limit = min(Self.limit, max(64, rows.count / 4))
    let scratch = BatchScratch()
    /// The first row of each combination.
    var examples: [UInt32] = []
    for begin in stride(from: 0, to: rows.count, by: BatchRows.limit) {
      if evaluator.isCancelled { return nil }
      scratch.reset()
      let batch = rows.batch(begin)
      guard let codes = encode(batch, scratch, isNew: true) else { return nil }
      // Codes come in order, so one that is new is the next one.
      for index in 0..<batch.count where Int(codes[index]) >= examples.count {
        examples.append(UInt32(truncatingIfNeeded: batch[index]))
      }
      guard examples.count <= limit, dictionaries.allSatisfy({ $0.count <= limit }) else { return nil }
    }
    let body = evaluator.lower(Body(expression: expression, slotCount: slotCount))
    let keys = ValueKeys()
    evaluator.inFrame(of: max(1, slotCount), arguments: []) {
      for example in examples {
        let errorCount = evaluator.heap.errorCount
        evaluator.frame[0] = item(Int(example))
        let value = evaluator.run(body, evaluator.frame)
        let (bit, state) = wish.read(value, evaluator, keys)
        bits.append(bit)
        states.append(state)
        evaluator.discardError(value, from: errorCount)
      }
    }
  }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let truths = scratch.states()
    guard let codes = encode(rows, scratch, isNew: false) else { preconditionFailure("an input fails") }
    states.withUnsafeBufferPointer { states in
      for index in 0..<rows.count { truths[index] = states[Int(codes[index])] }
    }
    return UnsafePointer(truths)
  }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    guard let codes = encode(rows, scratch, isNew: false) else { preconditionFailure("an input fails") }
    let (found, foundStates) = (scratch.bits(), scratch.states())
    states.withUnsafeBufferPointer { states in
      bits.withUnsafeBufferPointer { bits in
        for index in 0..<rows.count {
          (found[index], foundStates[index]) = (bits[Int(codes[index])], states[Int(codes[index])])
        }
      }
    }
    return BatchVector(bits: found, states: UnsafePointer(foundStates))
  }

  /// The combination of each row; `nil` where an input fails.
  private func encode(_ rows: BatchRows, _ scratch: BatchScratch, isNew: Bool) -> UnsafePointer<UInt32>? {
    let next = scratch.rows()
    var codes = scratch.rows()
    codes.update(repeating: 0, count: rows.count)
    for (place, input) in inputs.enumerated() {
      let combined = scratch.rows()
      let keys = input.keys(rows, scratch)
      if let states = keys.states {
        var worst: UInt8 = 0
        for index in 0..<rows.count { worst = max(worst, states[index]) }
        guard worst < BatchState.failed else { return nil }
      }
      if isNew {
        dictionaries[place].encode(keys.bits, keys.states, rows, into: next)
        combinations[place].encode(codes, next, rows.count, into: combined)
      } else {
        dictionaries[place].find(keys.bits, keys.states, rows.count, into: next)
        combinations[place].find(codes, next, rows.count, into: combined)
      }
      codes = combined
    }
    return UnsafePointer(codes)
  }
}

extension BatchCode {
  /// Values as keys: equal values, equal keys. A condition's are 0 and 1.
  func keys(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    switch kind {
    case .bool:
      let truths = truths(rows, scratch)
      let bits = scratch.bits()
      for index in 0..<rows.count { bits[index] = Int64(truths[index] & 1) }
      return BatchVector(bits: bits, states: truths)
    case .double:
      let vector = values(rows, scratch)
      let numbers = UnsafeRawPointer(vector.bits).assumingMemoryBound(to: Double.self)
      let bits = scratch.bits()
      // The two zeros are one key.
      for index in 0..<rows.count { bits[index] = numbers[index] == 0 ? 0 : vector.bits[index] }
      return BatchVector(bits: bits, states: vector.states)
    case .int, .uint, .text, .enumeration, .date, .instant, .duration, .record: return values(rows, scratch)
    }
  }
}
