/// Operators: CEL's, with numbers of different types, enums and absence added where CEL has a type error.

import DocketDiagnostics
import DocketSyntax

extension BodyChecker {
  func checkUnary(_ op: UnaryOperator, _ operand: Expression, _ span: SourceSpan) -> CheckedExpression {
    let value = check(operand)
    switch op {
    case .not: return call(.not, [value], span)
    case .negate: return call(.negate, [value], span)
    }
  }

  func checkLogical(_ op: LogicalOperator, _ operands: [Expression], _ span: SourceSpan) -> CheckedExpression {
    var checked: [CheckedExpression] = []
    let saved = facts
    defer { facts = saved }
    for operand in operands {
      let value = check(operand)
      let type = resolved(value)
      if !isDynamic, type != .bool, !type.isUnknown, !inference.fits(type, .bool, checker.schema) {
        checked.append(invalid(.notCondition(found: describe(type), operator: op.rawValue), at: value.span))
      } else {
        checked.append(value)
      }
      facts.formUnion(implied(by: value, when: op == .and))
    }
    let absent = checked.contains(where: \.mayBeAbsent)
    return make(op == .and ? .and(checked) : .or(checked), .bool, absent: absent, span)
  }

  func checkConditional(
    _ condition: Expression, _ yes: Expression, _ no: Expression, expecting expected: Type?, _ span: SourceSpan
  ) -> CheckedExpression {
    let test = isDynamic ? check(condition) : checkCondition(condition, for: "the condition before `?`")
    let hint = expected ?? branchHint(yes, no)
    let first = assuming(implied(by: test, when: true)) { check(yes, expecting: hint) }
    let second = assuming(implied(by: test, when: false)) { check(no, expecting: hint ?? resolved(first)) }
    let type: Type
    if let joined = inference.join(resolved(first), resolved(second), checker.schema) {
      type = joined
    } else if isDynamic {
      type = .dyn
    } else if resolved(first).isNumeric, resolved(second).isNumeric {
      return make(
        .conditional(test, convert(first, to: .double, for: "`?:`"), convert(second, to: .double, for: "`?:`")),
        .double,
        absent: test.mayBeAbsent || first.mayBeAbsent || second.mayBeAbsent, span)
    } else {
      return invalid(
        .branchesDiffer(describe(first.type), first.span, describe(second.type), second.span), at: span)
    }
    return make(
      .conditional(test, first, second), type,
      absent: test.mayBeAbsent || first.mayBeAbsent || second.mayBeAbsent, span)
  }

  /// The type of the branch that can be read alone, for a branch that is a bare enum case.
  private func branchHint(_ yes: Expression, _ no: Expression) -> Type? {
    guard needsExpectation(yes), !needsExpectation(no) else { return nil }
    return quietType(of: no)
  }

  func checkCoalesce(_ left: Expression, _ right: Expression, expecting expected: Type?, _ span: SourceSpan)
    -> CheckedExpression
  {
    let first = questioning { check(left, expecting: expected) }
    var firstType = resolved(first)
    if case .optional(let wrapped) = firstType { firstType = wrapped }
    let second = check(right, expecting: expected ?? firstType)
    let secondType = resolved(second)
    let type: Type
    if firstType == .null {
      type = secondType
    } else if secondType == .null, !firstType.isUnknown {
      // `o ?? null`: what the optional holds, else absent.
      return make(.coalesce(first, second), firstType, absent: true, span)
    } else if let joined = inference.join(firstType, secondType, checker.schema) {
      type = joined
    } else if firstType.isNumeric, secondType.isNumeric {
      return make(
        .coalesce(convert(first, to: .double, for: "`??`"), convert(second, to: .double, for: "`??`")), .double,
        absent: second.mayBeAbsent, span)
    } else if isDynamic {
      type = .dyn
    } else {
      return invalid(.branchesDiffer(describe(firstType), first.span, describe(secondType), second.span), at: span)
    }
    return make(.coalesce(first, second), type, absent: second.mayBeAbsent, span)
  }

  func checkBinary(
    _ op: BinaryOperator, _ left: Expression, _ right: Expression, operatorSpan: SourceSpan, _ span: SourceSpan
  ) -> CheckedExpression {
    if op == .equal || op == .notEqual, let test = checkNullTest(op, left, right, span) { return test }
    let (first, second) = checkOperands(op, left, right)
    if first.type == .error || second.type == .error, !isDynamic {
      return CheckedExpression(.invalid, type: .error, span: span)
    }
    let a = resolved(first)
    let b = resolved(second)
    switch op {
    case .in, .notIn:
      if case .list(let element) = b, !inference.fits(a, element, checker.schema), a.isNumeric, element.isNumeric {
        return negatedIf(op == .notIn, builtin(.contained, [first, second], .bool, span), span)
      }
      return negatedIf(op == .notIn, call(.contained, [first, second], span), span)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      if case .row = context, isRawColumn(first) || isRawColumn(second) {
        return invalid(.rawColumnCompared, at: span)
      }
      if (a, b) == (.timestamp, .date) || (a, b) == (.date, .timestamp) {
        return invalid(.dateAgainstTimestamp(dateFirst: a == .date), at: span)
      }
      let sameEnum: Bool
      if case .enumeration(let x) = a, case .enumeration(let y) = b { sameEnum = x == y } else { sameEnum = false }
      if (a.isNumeric && b.isNumeric) || sameEnum {
        return builtin(Builtin(op), [first, second], .bool, span)
      }
      return call(Builtin(op), [first, second], span)
    case .add, .subtract, .multiply, .divide, .modulo:
      if op == .divide, a == .int, b == .int { checker.report(.integerDivision, at: span) }
      if a.isNumeric, b.isNumeric, a != b, !isDynamic {
        if a == .double || b == .double {
          return call(
            Builtin(op),
            [
              a == .double ? first : builtin(.toDouble, [first], .double, first.span),
              b == .double ? second : builtin(.toDouble, [second], .double, second.span),
            ], span)
        }
        return invalid(.signedAgainstUnsigned(op.rawValue), at: span)
      }
      return call(Builtin(op), [first, second], span)
    }
  }

  private func negatedIf(_ isNegated: Bool, _ value: CheckedExpression, _ span: SourceSpan) -> CheckedExpression {
    isNegated ? builtin(.not, [value], .bool, span) : value
  }

  private func isRawColumn(_ expression: CheckedExpression) -> Bool {
    if case .rowColumn = expression.kind { true } else { false }
  }

  /// Both operands; one that is a bare enum case is read with the type of the other.
  private func checkOperands(_ op: BinaryOperator, _ left: Expression, _ right: Expression)
    -> (CheckedExpression, CheckedExpression)
  {
    let isMembership = op == .in || op == .notIn
    if needsExpectation(left), !needsExpectation(right) {
      let second = check(right)
      var hint: Type? = resolved(second)
      if isMembership {
        switch resolved(second) {
        case .list(let element): hint = element
        case .map(let key, _): hint = key
        default: hint = nil
        }
      }
      return (check(left, expecting: hint), second)
    }
    let first = check(left)
    let type = resolved(first)
    return (first, check(right, expecting: isMembership ? .list(type) : type))
  }

  /// `e == null` and `e != null` where the other side is a field or another thing that may be absent.
  private func checkNullTest(_ op: BinaryOperator, _ left: Expression, _ right: Expression, _ span: SourceSpan)
    -> CheckedExpression?
  {
    let operand: Expression
    if case .literal(.null) = right.kind {
      operand = left
    } else if case .literal(.null) = left.kind {
      operand = right
    } else {
      return nil
    }
    guard !isDynamic else { return nil }
    let value = questioning { check(operand) }
    switch value.kind {
    case .field, .resultField, .local, .function, .table, .lookup, .rowColumn, .versionBound, .builtin, .letValue:
      switch resolved(value) {
      case .dyn, .null, .parameter, .optional, .error: break
      default: return make(.isAbsent(value, isNegated: op == .notEqual), .bool, span)
      }
    default: break
    }
    let null = constant(.null, .null, span)
    let builtinOperator = Builtin(op)
    if value.type == .error { return CheckedExpression(.invalid, type: .error, span: span) }
    return call(builtinOperator, [value, null], span)
  }
}

extension Builtin {
  /// The builtin behind an operator; `not in` is `in` negated.
  init(_ op: BinaryOperator) {
    switch op {
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .divide: self = .divide
    case .modulo: self = .modulo
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .in, .notIn: self = .contained
    }
  }
}
