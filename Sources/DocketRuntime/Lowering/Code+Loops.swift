/// The macros over lists and maps.

import DocketSemantics

/// What the macros have in common.
struct Loop {
  let range: Code
  let slot: Int
  let secondSlot: Int?
  let filter: Code?
  let body: Code
  let kind: Comprehension.Kind
  /// Steps for each element.
  let cost: Int

  /// Visits the elements with the macro's variables set, until `visit` gives a result; it gets the element that one variable
  /// would have.
  @inline(__always) func run(
    _ evaluator: Evaluator, _ frame: Frame, _ expression: CheckedExpression, _ visit: (Value) -> Value?
  ) -> Value? {
    let range = range.value(evaluator, frame)
    guard case .list(let list) = range else { return runOther(range, evaluator, frame, expression, visit) }
    for index in 0..<Int(list.count) {
      guard evaluator.charge(cost) else { return evaluator.failSteps() }
      let element = evaluator.heap[list, index]
      if let secondSlot {
        frame[slot] = .int(Int64(index))
        frame[secondSlot] = element
      } else {
        frame[slot] = element
      }
      if let result = visit(element) { return result }
    }
    return nil
  }

  @inline(never) private func runOther(
    _ range: Value, _ evaluator: Evaluator, _ frame: Frame, _ expression: CheckedExpression, _ visit: (Value) -> Value?
  ) -> Value? {
    if range.isError { return range }
    guard case .map(let reference) = range else {
      return evaluator.fail(.noSuchOverload("\(evaluator.typeName(range)).\(kind.rawValue)"), at: expression)
    }
    let map = evaluator.heap[reference]
    for (key, value) in zip(map.keys, map.values) {
      guard evaluator.charge(cost) else { return evaluator.failSteps() }
      frame[slot] = key
      if let secondSlot { frame[secondSlot] = value }
      if let result = visit(key) { return result }
    }
    return nil
  }
}

class LoopCode: Code {
  final let loop: Loop

  init(_ expression: CheckedExpression, _ loop: Loop) {
    self.loop = loop
    super.init(expression)
  }
}

final class AllCode: LoopCode {
  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value { quantify(evaluator, frame, deciding: false) }
}

final class ExistsCode: LoopCode {
  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value { quantify(evaluator, frame, deciding: true) }
}

extension LoopCode {
  /// One deciding element wins over errors in others; else the first error is the result.
  @inline(__always) fileprivate func quantify(_ evaluator: Evaluator, _ frame: Frame, deciding: Bool) -> Value {
    let decided = Truth(deciding)
    var firstError: Value?
    let decision = loop.run(evaluator, frame, expression) { _ in
      let errorCount = evaluator.heap.errors.count
      let truth = loop.body.truth(evaluator, frame)
      if truth == decided { return .bool(deciding) }
      if truth == .failed {
        if firstError == nil {
          firstError = evaluator.failure
        } else {
          evaluator.discardError(evaluator.failure, from: errorCount)
        }
      }
      return nil
    }
    return decision ?? firstError ?? .bool(!deciding)
  }
}

final class ExistsOneCode: LoopCode {
  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    var count = 0
    let failure = loop.run(evaluator, frame, expression) { _ in
      switch loop.body.truth(evaluator, frame) {
      case .no: break
      case .yes: count += 1
      case .failed: return evaluator.failure
      }
      return nil
    }
    return failure ?? .bool(count == 1)
  }
}

final class FilterCode: LoopCode {
  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    var values: [Value] = []
    let failure = loop.run(evaluator, frame, expression) { element in
      switch loop.body.truth(evaluator, frame) {
      case .no: break
      case .yes: values.append(element)
      case .failed: return evaluator.failure
      }
      return nil
    }
    return failure ?? evaluator.makeList(values, expression)
  }
}

/// `map` and `transformList`
final class TransformListCode: LoopCode {
  override func value(_ evaluator: Evaluator, _ frame: Frame) -> Value {
    var values: [Value] = []
    let failure = loop.run(evaluator, frame, expression) { _ in
      if let filter = loop.filter {
        switch filter.truth(evaluator, frame) {
        case .no: return nil
        case .yes: break
        case .failed: return evaluator.failure
        }
      }
      let value = loop.body.value(evaluator, frame)
      if value.isError { return value }
      values.append(value)
      return nil
    }
    return failure ?? evaluator.makeList(values, expression)
  }
}
