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

  /// The paths that are present when the condition has the given outcome.
  func implied(by condition: CheckedExpression, when outcome: Bool) -> Set<PresencePath> {
    switch condition.kind {
    case .hasField(let operand, let field):
      guard outcome, var path = path(operand) else { return [] }
      path.fields.append(field.index)
      return prefixes(path)
    case .isAbsent(let operand, let isNegated):
      guard isNegated == outcome, let path = path(operand) else { return [] }
      return prefixes(path)
    case .and(let operands) where outcome, .or(let operands) where !outcome:
      return operands.reduce(into: []) { $0.formUnion(implied(by: $1, when: outcome)) }
    case .and(let operands), .or(let operands):
      // One of them has the outcome: only what all imply is known.
      guard let first = operands.first else { return [] }
      return operands.dropFirst().reduce(implied(by: first, when: outcome)) {
        $0.intersection(implied(by: $1, when: outcome))
      }
    case .builtin(.not, let operands):
      return operands.first.map { implied(by: $0, when: !outcome) } ?? []
    default:
      // A comparison with an outcome has read its fields.
      return read(by: condition)
    }
  }

  /// Fields that an eager expression reads on the way to any value.
  private func read(by expression: CheckedExpression) -> Set<PresencePath> {
    switch expression.kind {
    case .field(let operand, _), .resultField(let operand, _):
      return read(by: operand).union(path(expression).map(prefixes) ?? [])
    case .builtin(_, let operands):
      return operands.reduce(into: []) { $0.formUnion(read(by: $1)) }
    default: return []
    }
  }

  private func prefixes(_ path: PresencePath) -> Set<PresencePath> {
    Set((0...path.fields.count).map { PresencePath(slot: path.slot, fields: Array(path.fields.prefix($0))) })
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
