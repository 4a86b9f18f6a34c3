/// Texts against constants: `x.startsWith("a")`, `x.endsWith("a")`, `x.contains("a")` and `x.matches("a.*b")`.

import DocketSemantics

/// The bytes of a constant text, at an address that stays: those of symbols move when symbols are added.
private struct Needle {
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  init(_ symbol: Symbol, _ heap: Heap) {
    bytes = heap.symbols.withBytes(of: symbol) {
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: $0.count)
      _ = copy.initialize(from: $0)
      return copy
    }
  }

  func deallocate() { bytes.deallocate() }

  @inline(__always) func isPrefix(of text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count >= bytes.count && equals(text.baseAddress!)
  }

  @inline(__always) func isSuffix(of text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count >= bytes.count && equals(text.baseAddress! + (text.count &- bytes.count))
  }

  @inline(__always) func isPart(of text: UnsafeBufferPointer<UInt8>) -> Bool {
    CodePoints.find(UnsafeBufferPointer(bytes), in: text, from: 0) != nil
  }

  /// Words of eight bytes that overlap at the end: a constant is rarely longer than two of them.
  @inline(__always) private func equals(_ text: UnsafePointer<UInt8>) -> Bool {
    let count = bytes.count
    let (a, b) = (UnsafeRawPointer(text), UnsafeRawPointer(bytes.baseAddress!))
    if count >= 8 {
      var offset = 0
      while offset &+ 8 <= count {
        if word(a, offset, UInt64.self) != word(b, offset, UInt64.self) { return false }
        offset &+= 8
      }
      return word(a, count &- 8, UInt64.self) == word(b, count &- 8, UInt64.self)
    }
    if count >= 4 {
      return word(a, 0, UInt32.self) == word(b, 0, UInt32.self)
        && word(a, count &- 4, UInt32.self) == word(b, count &- 4, UInt32.self)
    }
    if count >= 2 {
      return word(a, 0, UInt16.self) == word(b, 0, UInt16.self)
        && word(a, count &- 2, UInt16.self) == word(b, count &- 2, UInt16.self)
    }
    return count == 0 || a.load(as: UInt8.self) == b.load(as: UInt8.self)
  }

  @inline(__always) private func word<Word: FixedWidthInteger & BitwiseCopyable>(
    _ pointer: UnsafeRawPointer, _ offset: Int, _: Word.Type
  ) -> Word {
    pointer.loadUnaligned(fromByteOffset: offset, as: Word.self)
  }
}

/// A text that is tested against a constant one.
class TextTestCode: Condition {
  fileprivate let builtin: Builtin
  private let operand: Code
  private let part: Value
  /// The operand where it is a variable from outside, which is then read here; -1 where it is not.
  private let external: Int

  init(_ expression: CheckedExpression, _ builtin: Builtin, _ operand: Code, _ part: Value) {
    self.builtin = builtin
    self.operand = operand
    self.part = part
    external = (operand as? ExternalCode)?.index ?? -1
    super.init(expression)
  }

  final override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    if external >= 0, case .string(let text) = evaluator.boundValues[external] { return test(text, evaluator) }
    let value = operand.value(evaluator, frame)
    if case .string(let text) = value { return test(text, evaluator) }
    if value.isError { return evaluator.failing(value) }
    evaluator.current = expression
    return evaluator.verdict(evaluator.call(builtin, [value, part]), expression)
  }

  fileprivate func test(_ text: Symbol, _ evaluator: Evaluator) -> Truth {
    preconditionFailure("every test knows what it tests")
  }
}

final class AffixCode: TextTestCode {
  private let needle: Needle
  private let isAtEnd: Bool

  init(_ expression: CheckedExpression, _ builtin: Builtin, _ operand: Code, _ part: Value, _ heap: Heap) {
    guard case .string(let symbol) = part else { preconditionFailure("a text") }
    needle = Needle(symbol, heap)
    isAtEnd = builtin == .endsWith
    super.init(expression, builtin, operand, part)
  }

  deinit { needle.deallocate() }

  fileprivate override func test(_ text: Symbol, _ evaluator: Evaluator) -> Truth {
    evaluator.heap.symbols.withBytes(of: text) {
      Truth(isAtEnd ? needle.isSuffix(of: $0) : needle.isPrefix(of: $0))
    }
  }
}

final class ContainsCode: TextTestCode {
  private let needle: Needle

  init(_ expression: CheckedExpression, _ operand: Code, _ part: Value, _ heap: Heap) {
    guard case .string(let symbol) = part else { preconditionFailure("a text") }
    needle = Needle(symbol, heap)
    super.init(expression, .contains, operand, part)
  }

  deinit { needle.deallocate() }

  fileprivate override func test(_ text: Symbol, _ evaluator: Evaluator) -> Truth {
    evaluator.heap.symbols.withBytes(of: text) { text in
      guard evaluator.charge(text.count / 64) else { return failed(evaluator) }
      return Truth(needle.isPart(of: text))
    }
  }

  @inline(never) private func failed(_ evaluator: Evaluator) -> Truth {
    evaluator.current = expression
    return evaluator.failing(evaluator.failSteps())
  }
}

final class MatchesCode: TextTestCode {
  private let regex: RegexCache.Regex

  /// `nil` where the pattern is wrong, which is an error for each text.
  init?(_ expression: CheckedExpression, _ operand: Code, _ pattern: Value, _ evaluator: Evaluator) {
    guard case .string(let symbol) = pattern else { preconditionFailure("a text") }
    guard let regex = evaluator.regexes.compiled(symbol, heap: evaluator.heap, memory: evaluator.limits.regexBytes)
    else { return nil }
    self.regex = regex
    super.init(expression, .matches, operand, pattern)
  }

  fileprivate override func test(_ text: Symbol, _ evaluator: Evaluator) -> Truth {
    evaluator.heap.symbols.withBytes(of: text) { text in
      guard evaluator.charge(text.count / 64) else { return failed(evaluator) }
      return Truth(regex.search(text))
    }
  }

  @inline(never) private func failed(_ evaluator: Evaluator) -> Truth {
    evaluator.current = expression
    return evaluator.failing(evaluator.failSteps())
  }
}
