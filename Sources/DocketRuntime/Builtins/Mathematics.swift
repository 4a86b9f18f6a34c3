/// CEL's math extension, and `abs` of durations.

import DocketSemantics
import DocketTime

extension Evaluator {
  /// `math.greatest` and `math.least` of several numbers or of one list of them; the first of equal ones.
  func extreme(_ builtin: Builtin, _ a: [Value]) -> Value {
    var numbers = a
    if a.count == 1, case .list(let list) = a[0] { numbers = Array(heap[list]) }
    guard let first = numbers.first else {
      return fail(.invalidArgument("\(builtin.rawValue) needs at least one number"))
    }
    var best = first
    for number in numbers {
      guard case .int = number else {
        switch number {
        case .uint: break
        case .double(let double):
          if double.isNaN, numbers.count > 1 { return fail(.invalidArgument("NaN has no order")) }
        default: return noSuchOverload(builtin, a)
        }
        if heap.compare(number, best) == (builtin == .greatest ? .greater : .less) { best = number }
        continue
      }
      if heap.compare(number, best) == (builtin == .greatest ? .greater : .less) { best = number }
    }
    return best
  }

  func rounding(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 1, case .double(let number) = a[0] else { return noSuchOverload(builtin, a) }
    switch builtin {
    case .ceil: return .double(number.rounded(.up))
    case .floor: return .double(number.rounded(.down))
    case .round: return .double(number.rounded(.toNearestOrAwayFromZero))
    default: return .double(number.rounded(.towardZero))
    }
  }

  func magnitude(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(builtin, a) }
    switch a[0] {
    case .int(let number): return number == .min ? fail(.overflow) : .int(Swift.abs(number))
    case .uint: return a[0]
    case .double(let number): return .double(number.magnitude)
    case .duration(let duration) where builtin == .abs: return .duration(duration.magnitude)
    default: return noSuchOverload(builtin, a)
    }
  }

  func sign(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.sign, a) }
    switch a[0] {
    case .int(let number): return .int(number.signum())
    case .uint(let number): return .uint(number == 0 ? 0 : 1)
    case .double(let number): return .double(number > 0 ? 1 : number < 0 ? -1 : number)
    default: return noSuchOverload(.sign, a)
    }
  }

  func classify(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 1, case .double(let number) = a[0] else { return noSuchOverload(builtin, a) }
    switch builtin {
    case .isInf: return .bool(number.isInfinite)
    case .isNaN: return .bool(number.isNaN)
    default: return .bool(number.isFinite)
    }
  }

  func squareRoot(_ a: [Value]) -> Value {
    guard a.count == 1 else { return noSuchOverload(.sqrt, a) }
    switch a[0] {
    case .double(let number): return .double(number.squareRoot())
    case .int(let number): return .double(Double(number).squareRoot())
    case .uint(let number): return .double(Double(number).squareRoot())
    default: return noSuchOverload(.sqrt, a)
    }
  }

  // MARK: - Bits

  func bitwise(_ builtin: Builtin, _ a: [Value]) -> Value {
    func combine<T: FixedWidthInteger>(_ x: T, _ y: T) -> T {
      switch builtin {
      case .bitAnd: x & y
      case .bitOr: x | y
      default: x ^ y
      }
    }
    guard a.count == 2 else { return noSuchOverload(builtin, a) }
    switch (a[0], a[1]) {
    case (.int(let x), .int(let y)): return .int(combine(x, y))
    case (.uint(let x), .uint(let y)): return .uint(combine(x, y))
    default: return noSuchOverload(builtin, a)
    }
  }

  func bitNot(_ a: [Value]) -> Value {
    switch a.first {
    case .int(let number)? where a.count == 1: .int(~number)
    case .uint(let number)? where a.count == 1: .uint(~number)
    default: noSuchOverload(.bitNot, a)
    }
  }

  /// Bits that are pushed out are lost; zeros come in, also at the left of a negative number.
  func shift(_ builtin: Builtin, _ a: [Value]) -> Value {
    guard a.count == 2, case .int(let places) = a[1] else { return noSuchOverload(builtin, a) }
    let bits: UInt64
    switch a[0] {
    case .int(let number): bits = UInt64(bitPattern: number)
    case .uint(let number): bits = number
    default: return noSuchOverload(builtin, a)
    }
    guard places >= 0 else { return fail(.invalidArgument("a shift by \(places) places is negative")) }
    let shifted = places > 63 ? 0 : builtin == .bitShiftLeft ? bits << UInt64(places) : bits >> UInt64(places)
    if case .int = a[0] { return .int(Int64(bitPattern: shifted)) }
    return .uint(shifted)
  }
}
