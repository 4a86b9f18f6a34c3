/// What the conditions of a clock say about each other, one field at a time.
///
/// A field of an enum or a truth value has few values. With one of them in its place a condition is true, false, or
/// hangs on something else; that is enough to see a pause that never ends and a start inside the stop.

import DocketDiagnostics

struct ClockConditions {
  let rulebook: CheckedRulebook
  /// Slots that hold the same as another: the event of the start is that of the stop.
  var aliases: [Int: Int] = [:]

  enum Truth {
    case yes, no, unknown
  }

  /// A field as it is reached from the item: the slot of the variable, then the fields.
  private struct Path: Hashable {
    var slot: Int
    var fields: [FieldReference]
  }

  /// Whether one of the pauses holds for as long as neither the stop nor the cancellation does.
  func isAlwaysPaused(_ pauses: [CheckedExpression], unless ends: [CheckedExpression]) -> Bool {
    cases(of: pauses).contains { path, values in
      let isPaused = values.map { value in pauses.contains { truth($0, path, value) == .yes } }
      let isEnded = values.map { value in ends.contains { truth($0, path, value) == .yes } }
      return zip(isPaused, isEnded).allSatisfy { $0 || $1 } && zip(isPaused, isEnded).contains { $0 && !$1 }
    }
  }

  /// Whether the stop holds wherever the start may.
  func isInside(_ start: CheckedExpression, _ stop: CheckedExpression) -> Bool {
    cases(of: [start, stop]).contains { path, values in
      let starting = values.filter { truth(start, path, $0) != .no }
      return !starting.isEmpty && starting.allSatisfy { truth(stop, path, $0) == .yes }
    }
  }

  /// Whether each event, or instant, that starts a clock is one that stops it.
  func isInside(_ start: CheckedSLA.Trigger, _ stop: CheckedSLA.Trigger) -> Bool {
    switch (start, stop) {
    case (.when(let opening), .when(let condition)): return isInside(opening, condition)
    case (.at(let opening), .at(let end)): return isSame(opening, end)
    case (.on(let starts, _, let startSlot, let opening), .on(let stops, _, let stopSlot, let condition)):
      guard isSame(starts, stops) else { return false }
      guard let condition else { return true }
      var together = self
      together.aliases[startSlot] = stopSlot
      return opening.map { together.isInside($0, condition) } ?? false
    case (.at, _), (.when, _), (.on, _): return false
    }
  }

  /// Whether two expressions are the same field of the same record.
  private func isSame(_ a: CheckedExpression, _ b: CheckedExpression) -> Bool {
    switch (a.kind, b.kind) {
    case (.local(let a), .local(let b)): a == b
    case (.field(let a, let first), .field(let b, let second)): first == second && isSame(a, b)
    default: false
    }
  }

  /// The fields that the conditions compare with their values, and a round without any.
  private func cases(of conditions: [CheckedExpression]) -> [(path: Path?, values: [Int])] {
    var domains: [Path: Int] = [:]
    for condition in conditions { collect(condition, &domains) }
    return [(nil, [0])] + domains.map { ($0.key, Array(0..<$0.value)) }
  }

  private func collect(_ expression: CheckedExpression, _ domains: inout [Path: Int]) {
    if let path = path(of: expression) {
      switch expression.type {
      case .bool: domains[path] = 2
      case .enumeration(let id): domains[path] = rulebook.schema[id].cases.count
      default: break
      }
    }
    for child in expression.children { collect(child, &domains) }
  }

  private func path(of expression: CheckedExpression) -> Path? {
    switch expression.kind {
    case .local(let slot): return Path(slot: aliases[slot] ?? slot, fields: [])
    case .field(let base, let field):
      // An absent field has none of its values.
      guard !expression.mayBeAbsent, var path = path(of: base) else { return nil }
      path.fields.append(field)
      return path
    default: return nil
    }
  }

  private func truth(_ expression: CheckedExpression, _ path: Path?, _ value: Int) -> Truth {
    if expression.type == .bool, let path, self.path(of: expression) == path { return value == 1 ? .yes : .no }
    switch expression.kind {
    case .constant(let index):
      guard case .bool(let bit) = rulebook.constants[index] else { return .unknown }
      return bit ? .yes : .no
    case .and(let operands):
      let parts = operands.map { truth($0, path, value) }
      return parts.contains(.no) ? .no : parts.allSatisfy { $0 == .yes } ? .yes : .unknown
    case .or(let operands):
      let parts = operands.map { truth($0, path, value) }
      return parts.contains(.yes) ? .yes : parts.allSatisfy { $0 == .no } ? .no : .unknown
    case .builtin(.not, let operands):
      switch truth(operands[0], path, value) {
      case .yes: return .no
      case .no: return .yes
      case .unknown: return .unknown
      }
    case .builtin(.contained, let operands):
      guard let left = ordinal(operands[0], path, value), case .list(let elements) = operands[1].kind else {
        return .unknown
      }
      let ordinals = elements.map { ordinal($0.value, path, value) }
      return ordinals.contains(left) ? .yes : ordinals.contains(nil) ? .unknown : .no
    case .builtin(let comparison, let operands):
      guard operands.count == 2, let left = ordinal(operands[0], path, value),
        let right = ordinal(operands[1], path, value)
      else { return .unknown }
      switch comparison {
      case .equal: return left == right ? .yes : .no
      case .notEqual: return left != right ? .yes : .no
      case .less: return left < right ? .yes : .no
      case .lessOrEqual: return left <= right ? .yes : .no
      case .greater: return left > right ? .yes : .no
      case .greaterOrEqual: return left >= right ? .yes : .no
      default: return .unknown
      }
    default: return .unknown
    }
  }

  /// An enum case by its place, or a truth value as 0 or 1.
  private func ordinal(_ expression: CheckedExpression, _ path: Path?, _ value: Int) -> Int? {
    if let path, self.path(of: expression) == path { return value }
    guard case .constant(let index) = expression.kind else { return nil }
    switch rulebook.constants[index] {
    case .enumeration(_, let ordinal): return ordinal
    case .bool(let bit): return bit ? 1 : 0
    default: return nil
    }
  }
}
