import DocketSemantics

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
