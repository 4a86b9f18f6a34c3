/// What is known to be present where: `has(x.f) && …`, `x.f != null and …`, an earlier `where` or `when`.

import DocketSyntax

/// A chain of fields from a variable: `f.owner.manager`.
struct PresencePath: Hashable {
  var slot: Int
  var fields: [Int]
}

extension BodyChecker {
  func path(_ expression: CheckedExpression) -> PresencePath? {
    switch expression.kind {
    case .local(let slot): return PresencePath(slot: slot, fields: [])
    case .field(let operand, let field):
      guard var path = path(operand) else { return nil }
      path.fields.append(field.index)
      return path
    case .resultField(let operand, let index):
      guard var path = path(operand) else { return nil }
      path.fields.append(index)
      return path
    default: return nil
    }
  }

  private func isPath(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    case .local: true
    case .field(let operand, _), .resultField(let operand, _): isPath(operand)
    default: false
    }
  }

  /// The paths that are present when the condition has the given outcome. Those that are always present are left out: nobody
  /// asks for them.
  func implied(by condition: CheckedExpression, when outcome: Bool) -> Set<PresencePath> {
    var found: Set<PresencePath> = []
    imply(condition, when: outcome, &found)
    return found
  }

  private func imply(_ condition: CheckedExpression, when outcome: Bool, _ found: inout Set<PresencePath>) {
    switch condition.kind {
    case .hasField(let operand, let field):
      guard outcome, var path = path(operand) else { return }
      path.fields.append(field.index)
      found.insert(path)
      addPath(operand, &found)
    case .isAbsent(let operand, let isNegated):
      if isNegated == outcome, isPath(operand) { addPath(operand, &found) }
    case .and(let operands) where outcome, .or(let operands) where !outcome:
      for operand in operands { imply(operand, when: outcome, &found) }
    case .and(let operands), .or(let operands):
      // One of them has the outcome: only what all imply is known.
      guard let first = operands.first else { return }
      var common = implied(by: first, when: outcome)
      for operand in operands.dropFirst() where !common.isEmpty {
        common.formIntersection(implied(by: operand, when: outcome))
      }
      found.formUnion(common)
    case .builtin(.not, let operands):
      if let operand = operands.first { imply(operand, when: !outcome, &found) }
    default:
      // A comparison with an outcome has read its fields.
      read(by: condition, &found)
    }
  }

  /// Fields that an eager expression reads on the way to any value.
  private func read(by expression: CheckedExpression, _ found: inout Set<PresencePath>) {
    switch expression.kind {
    case .field(let operand, _), .resultField(let operand, _):
      if isPath(expression) { addPath(expression, &found) } else { read(by: operand, &found) }
    case .builtin(_, let operands):
      for operand in operands { read(by: operand, &found) }
    default: break
    }
  }

  /// A path and those that lead to it.
  private func addPath(_ expression: CheckedExpression, _ found: inout Set<PresencePath>) {
    if mayLack(expression), let path = path(expression) { found.insert(path) }
    switch expression.kind {
    case .field(let operand, _), .resultField(let operand, _): addPath(operand, &found)
    default: break
    }
  }

  /// Whether the last step of a path may be absent by its declaration, whatever is known here.
  private func mayLack(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    case .field(_, let field): checker.schema[field.entity].fields[field.index].isOptional
    case .local(let slot): scope.last { $0.slot == slot }?.isOptional ?? true
    default: true
    }
  }

  /// Runs `work` knowing more.
  func assuming<Result>(_ known: Set<PresencePath>, _ work: () -> Result) -> Result {
    let saved = facts
    facts.formUnion(known)
    defer { facts = saved }
    return work()
  }

  /// Runs `work` where absence is asked about, so that reading an absent field is no surprise.
  func questioning<Result>(_ work: () -> Result) -> Result {
    questionDepth += 1
    defer { questionDepth -= 1 }
    return work()
  }

  /// Runs `work` where an absent value is an answer.
  func allowingAbsence<Result>(_ work: () -> Result) -> Result {
    let saved = absenceMode
    absenceMode = .allow
    defer { absenceMode = saved }
    return work()
  }
}
