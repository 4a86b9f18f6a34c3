/// A comparison with a constant, made ready: values that are numbers of some kind (also texts, which are symbols, and cases of
/// enums) are in a range of integers, or not.

import DocketSemantics
import DocketTime

struct ConstantTest {
  let shape: FieldCells.Shape
  /// Of an enum's cases.
  let type: UInt16
  /// Of `.seconds`: durations, not instants.
  let isDuration: Bool
  private let low: Int64
  private let span: UInt64
  private let isInverted: Bool
  private let isRange: Bool
  /// Which of the 64 integers from `low` on; 0 where it is a range.
  private let mask: UInt64
  /// In order; only where they are no range and do not fit the mask.
  private let members: [Int64]
  let relation: Builtin
  /// Of `.double`.
  let limit: Double

  /// `nil` where the relation takes more than this: times with fractions, the order of texts, values with parts.
  init?(_ relation: Builtin, _ constant: Value) {
    if case .double(let number) = constant {
      self.init(shape: .double, low: 0, span: 0, isInverted: false, relation: relation, limit: number)
      return
    }
    guard let (shape, key) = Self.key(constant) else { return nil }
    if shape == .text, relation != .equal, relation != .notEqual { return nil }
    var type: UInt16 = 0
    if case .enumeration(let value) = constant { type = value.type }
    var isDuration = false
    if case .duration = constant { isDuration = true }
    var low = key
    var high = key
    var isInverted = false
    switch relation {
    case .equal: break
    case .notEqual: isInverted = true
    case .less:
      if key == .min {
        (low, high, isInverted) = (.min, .max, true)
      } else {
        (low, high) = (.min, key - 1)
      }
    case .lessOrEqual: low = .min
    case .greater:
      if key == .max {
        (low, high, isInverted) = (.min, .max, true)
      } else {
        (low, high) = (key + 1, .max)
      }
    case .greaterOrEqual: high = .max
    default: return nil
    }
    self.init(
      shape: shape, type: type, isDuration: isDuration, low: low, span: UInt64(bitPattern: high &- low),
      isInverted: isInverted,
      relation: relation)
  }

  /// Whether a value is one of several; `nil` where they are not all of one kind.
  init?(members constants: [Value]) {
    var keys: [Int64] = []
    var type: UInt16?
    var shape: FieldCells.Shape?
    for constant in constants {
      guard let (kind, key) = Self.key(constant), shape ?? kind == kind, kind != .seconds else { return nil }
      if case .enumeration(let value) = constant {
        guard type ?? value.type == value.type else { return nil }
        type = value.type
      }
      shape = kind
      keys.append(key)
    }
    keys.sort()
    guard let shape, let low = keys.first, let high = keys.last else { return nil }
    var mask: UInt64 = 0
    let span = UInt64(bitPattern: high &- low)
    if span < 64 {
      for key in keys { mask |= 1 << UInt64(bitPattern: key &- low) }
      keys = []
    }
    self.init(
      shape: shape, type: type ?? 0, low: low, span: span, isInverted: false, mask: mask, members: keys,
      relation: .contained)
  }

  private init(
    shape: FieldCells.Shape, type: UInt16 = 0, isDuration: Bool = false, low: Int64, span: UInt64, isInverted: Bool,
    mask: UInt64 = 0, members: [Int64] = [], relation: Builtin, limit: Double = 0
  ) {
    self.shape = shape
    self.type = type
    self.isDuration = isDuration
    self.low = low
    self.span = span
    self.isInverted = isInverted
    isRange = mask == 0 && members.isEmpty
    self.mask = mask
    self.members = members
    self.relation = relation
    self.limit = limit
  }

  /// A value as an integer.
  private static func key(_ value: Value) -> (FieldCells.Shape, Int64)? {
    switch value {
    case .bool(let bit): (.bool, bit ? 1 : 0)
    case .int(let number): (.int, number)
    case .uint(let number): (.uint, Int64(bitPattern: number) ^ .min)
    case .string(let symbol): (.text, Int64(symbol.index))
    case .date(let date): (.date, Int64(date.daysSinceEpoch))
    case .enumeration(let value): (.enumeration, Int64(value.ordinal))
    case .timestamp(let instant): instant.nanoseconds == 0 ? (.seconds, instant.seconds) : nil
    case .duration(let duration): duration.nanoseconds == 0 ? (.seconds, duration.seconds) : nil
    default: nil
    }
  }

  /// The closed ranges of integers that pass, in order; a double is as `orderedKey` of it. `nil` where it takes more to tell.
  var ranges: [ClosedRange<Int64>]? {
    if shape == .double {
      guard !limit.isNaN else { return nil }
      let key = Self.orderedKey(limit)
      return switch relation {
      case .equal: [key...key]
      case .less: [.min...(key - 1)]
      case .lessOrEqual: [.min...key]
      case .greater: [(key + 1)...(.max)]
      case .greaterOrEqual: [key...(.max)]
      default: nil
      }
    }
    guard isRange else {
      let keys = mask == 0 ? members : (0..<64).filter { mask >> UInt64($0) & 1 != 0 }.map { low &+ Int64($0) }
      return keys.map { $0...$0 }
    }
    let high = low &+ Int64(bitPattern: span)
    guard isInverted else { return [low...high] }
    var ranges: [ClosedRange<Int64>] = []
    if low > .min { ranges.append(.min...(low - 1)) }
    if high < .max { ranges.append((high + 1)...(.max)) }
    return ranges
  }

  /// Integers in the order of doubles that are no NaN; none is the least or the greatest integer.
  @inline(__always) static func orderedKey(_ number: Double) -> Int64 {
    // `-0.0` is `0.0`.
    let bits = Int64(bitPattern: (number + 0.0).bitPattern)
    return bits < 0 ? ~bits ^ .min : bits
  }

  // MARK: - Testing

  /// The range of integers that it admits, or all others; `nil` where they are no range.
  var range: (low: Int64, span: UInt64, isInverted: Bool)? { isRange ? (low, span, isInverted) : nil }

  @inline(__always) func holds(_ key: Int64) -> Bool {
    let distance = UInt64(bitPattern: key &- low)
    if isRange { return (distance <= span) != isInverted }
    if mask != 0 { return mask >> distance & 1 != 0 }
    return Self.isMember(key, of: members)
  }

  @inline(__always) func admits(_ number: Double) -> Bool {
    switch relation {
    case .equal: number == limit
    case .notEqual: number != limit
    case .less: number < limit
    case .lessOrEqual: number <= limit
    case .greater: number > limit
    default: number >= limit
    }
  }

  /// `nil` for a value of another kind than the constant's: the relation itself knows what that means.
  @inline(__always) func verdict(on value: Value) -> Bool? {
    switch value {
    case .int(let number) where shape == .int: holds(number)
    case .string(let symbol) where shape == .text: holds(Int64(symbol.index))
    case .enumeration(let value) where shape == .enumeration && value.type == type: holds(Int64(value.ordinal))
    case .double(let number) where shape == .double: admits(number)
    case .bool(let bit) where shape == .bool: holds(bit ? 1 : 0)
    case .uint(let number) where shape == .uint: holds(Int64(bitPattern: number) ^ .min)
    case .date(let date) where shape == .date: holds(Int64(date.daysSinceEpoch))
    case .timestamp(let instant) where shape == .seconds && !isDuration && instant.nanoseconds == 0:
      holds(instant.seconds)
    case .duration(let duration) where shape == .seconds && isDuration && duration.nanoseconds == 0:
      holds(duration.seconds)
    default: nil
    }
  }

  /// Static, so that testing needs no copy of the whole.
  @inline(never) private static func isMember(_ key: Int64, of members: [Int64]) -> Bool {
    members.withUnsafeBufferPointer { members in
      var low = 0
      var high = members.count
      while high - low > 8 {
        let middle = (low + high) / 2
        if members[middle] <= key { low = middle } else { high = middle }
      }
      for place in low..<high where members[place] == key { return true }
      return false
    }
  }
}

/// The relation as written, for values that the test does not know.
struct RelationToConstant {
  let builtin: Builtin
  let constant: Value
  /// The constant stands on the left.
  let isFlipped: Bool
}

/// Any value against a constant.
final class ConstantTestCode: Condition {
  let operand: Code
  private let test: ConstantTest
  private let relation: RelationToConstant
  /// The operand where it is a variable, which is then read here; -1 where it is not.
  private let slot: Int
  private let external: Int

  init(_ expression: CheckedExpression, _ operand: Code, _ test: ConstantTest, _ relation: RelationToConstant) {
    self.operand = operand
    self.test = test
    self.relation = relation
    slot = (operand as? LocalCode)?.slot ?? -1
    external = (operand as? ExternalCode)?.index ?? -1
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    if slot >= 0 {
      if let holds = test.verdict(on: frame[slot]) { return Truth(holds) }
    } else if external >= 0 {
      if let holds = test.verdict(on: evaluator.boundValues[external]) { return Truth(holds) }
    }
    return decide(operand.value(evaluator, frame), evaluator)
  }

  @inline(__always) private func decide(_ value: Value, _ evaluator: Evaluator) -> Truth {
    if let holds = test.verdict(on: value) { return Truth(holds) }
    return value.isError ? evaluator.failing(value) : relate(value, evaluator)
  }

  @inline(never) private func relate(_ value: Value, _ evaluator: Evaluator) -> Truth {
    evaluator.current = expression
    return evaluator.verdict(
      relation.isFlipped
        ? evaluator.binary(relation.builtin, relation.constant, value)
        : evaluator.binary(relation.builtin, value, relation.constant), expression)
  }
}

/// `x in ["eu", "us"]` where the constants are of one kind.
final class MemberTestCode: Condition {
  private let operand: Code
  private let test: ConstantTest
  private let members: [Value]

  init(_ expression: CheckedExpression, _ operand: Code, _ test: ConstantTest, _ members: [Value]) {
    self.operand = operand
    self.test = test
    self.members = members
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    let value = operand.value(evaluator, frame)
    if let holds = test.verdict(on: value) { return Truth(holds) }
    return value.isError ? evaluator.failing(value) : evaluator.isMember(value, of: members, expression)
  }
}

/// `x in [1, 2.0, "a"]`
final class MemberCode: Condition {
  private let operand: Code
  private let members: [Value]

  init(_ expression: CheckedExpression, _ operand: Code, _ members: [Value]) {
    self.operand = operand
    self.members = members
    super.init(expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    let value = operand.value(evaluator, frame)
    return value.isError ? evaluator.failing(value) : evaluator.isMember(value, of: members, expression)
  }
}

extension Evaluator {
  fileprivate func isMember(_ value: Value, of members: [Value], _ expression: CheckedExpression) -> Truth {
    current = expression
    for member in members {
      guard charge(1) else { return failing(failSteps()) }
      let equal = equality(value, member)
      guard case .bool(false) = equal else { return verdict(equal, expression) }
    }
    return .no
  }
}

// MARK: - Cells

/// A field of the record in a slot against constants. What is unusual about the record, such as an absent cell, goes the long way.
final class CellTestCode: Condition {
  private let code: Condition
  private let slot: Int
  private let cells: FieldCells
  private let test: ConstantTest

  init(_ code: Condition, slot: Int, _ cells: FieldCells, _ test: ConstantTest) {
    self.code = code
    self.slot = slot
    self.cells = cells
    self.test = test
    super.init(code.expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    guard case .entity(let record) = frame[slot], let key = cells.integer(of: record) else {
      return code.truth(evaluator, frame)
    }
    return Truth(test.holds(key))
  }
}

final class CellDoubleTestCode: Condition {
  private let code: Condition
  private let slot: Int
  private let cells: FieldCells
  private let test: ConstantTest

  init(_ code: Condition, slot: Int, _ cells: FieldCells, _ test: ConstantTest) {
    self.code = code
    self.slot = slot
    self.cells = cells
    self.test = test
    super.init(code.expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    guard case .entity(let record) = frame[slot], let number = cells.double(of: record) else {
      return code.truth(evaluator, frame)
    }
    return Truth(test.admits(number))
  }
}

/// The same one reference away: `f.customer.tier == gold`.
final class LinkedCellTestCode: Condition {
  private let code: Condition
  private let slot: Int
  private let link: FieldCells
  private let cells: FieldCells
  private let test: ConstantTest

  init(_ code: Condition, slot: Int, _ link: FieldCells, _ cells: FieldCells, _ test: ConstantTest) {
    self.code = code
    self.slot = slot
    self.link = link
    self.cells = cells
    self.test = test
    super.init(code.expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    guard case .entity(let record) = frame[slot], let target = link.target(of: record),
      let key = cells.integer(of: target)
    else {
      return code.truth(evaluator, frame)
    }
    return Truth(test.holds(key))
  }
}

/// And two references away: `f.customer.country.region == eu`.
final class TwiceLinkedCellTestCode: Condition {
  private let code: Condition
  private let slot: Int
  private let first: FieldCells
  private let second: FieldCells
  private let cells: FieldCells
  private let test: ConstantTest

  init(
    _ code: Condition, slot: Int, _ first: FieldCells, _ second: FieldCells, _ cells: FieldCells, _ test: ConstantTest
  ) {
    self.code = code
    self.slot = slot
    self.first = first
    self.second = second
    self.cells = cells
    self.test = test
    super.init(code.expression)
  }

  override func truth(_ evaluator: Evaluator, _ frame: Frame) -> Truth {
    guard case .entity(let record) = frame[slot], let link = first.target(of: record),
      let target = second.target(of: link), let key = cells.integer(of: target)
    else {
      return code.truth(evaluator, frame)
    }
    return Truth(test.holds(key))
  }
}
