/// Macros: `has`, and the methods whose arguments are evaluated once an element.

import DocketDiagnostics
import DocketSyntax

extension BodyChecker {
  func checkHas(_ arguments: [Expression], _ nameSpan: SourceSpan, _ span: SourceSpan) -> CheckedExpression {
    guard arguments.count == 1, case .select(let operand, let field, let isOptional) = arguments[0].kind, !isOptional
    else {
      return invalid(.badHas, at: arguments.first?.span ?? span)
    }
    let value = questioning { check(operand) }
    if value.type == .error, !isDynamic { return CheckedExpression(.invalid, type: .error, span: span) }
    switch resolved(value) {
    case .entity(let id):
      let fields = checker.schema.fields(of: id)
      guard let index = fields.firstIndex(where: { $0.name == field.text }) else {
        return invalid(
          .unknownField(field.text, on: checker.schema[id].name, candidates: fields.map(\.name)), at: field.span)
      }
      return make(.hasField(value, FieldReference(entity: checker.schema.base(of: id), index: index)), .bool, span)
    case .result:
      let selected = questioning { select(value, field, isOptional: false, arguments[0].span) }
      if selected.type == .error { return selected }
      return make(.isAbsent(selected, isNegated: true), .bool, span)
    case .map, .optional, .dyn, .error, .parameter: break
    default:
      if !isDynamic { return invalid(.noFields(describe(value.type), field: field.text), at: field.span) }
    }
    return make(.hasKey(value, key: checker.constant(.string(field.text))), .bool, absent: value.mayBeAbsent, span)
  }

  /// The expansion of a macro call, or `nil` where this is an ordinary method.
  func checkMacro(_ receiver: Expression, _ name: Name, _ arguments: [Expression], _ span: SourceSpan)
    -> CheckedExpression?
  {
    if name.text == "bind", arguments.count == 3, case .name(let root, _) = receiver.kind, root.text == "cel",
      variable(named: "cel") == nil
    {
      return checkBind(arguments, span)
    }
    switch (name.text, arguments.count) {
    case ("optMap", 2): return checkOptionalMap(receiver, arguments, isFlat: false, span)
    case ("optFlatMap", 2): return checkOptionalMap(receiver, arguments, isFlat: true, span)
    case ("all", 2): return comprehension(.all, receiver, [arguments[0]], nil, arguments[1], span)
    case ("exists", 2): return comprehension(.exists, receiver, [arguments[0]], nil, arguments[1], span)
    case ("exists_one", 2), ("existsOne", 2):
      return comprehension(.existsOne, receiver, [arguments[0]], nil, arguments[1], span)
    case ("filter", 2): return comprehension(.filter, receiver, [arguments[0]], nil, arguments[1], span)
    case ("map", 2): return comprehension(.map, receiver, [arguments[0]], nil, arguments[1], span)
    case ("map", 3): return comprehension(.map, receiver, [arguments[0]], arguments[1], arguments[2], span)
    case ("sortBy", 2), ("sort_by", 2): return comprehension(.sortBy, receiver, [arguments[0]], nil, arguments[1], span)
    case ("all", 3): return comprehension(.all, receiver, Array(arguments[0..<2]), nil, arguments[2], span)
    case ("exists", 3): return comprehension(.exists, receiver, Array(arguments[0..<2]), nil, arguments[2], span)
    case ("existsOne", 3), ("exists_one", 3):
      return comprehension(.existsOne, receiver, Array(arguments[0..<2]), nil, arguments[2], span)
    case ("transformList", 3):
      return comprehension(.transformList, receiver, Array(arguments[0..<2]), nil, arguments[2], span)
    case ("transformList", 4):
      return comprehension(.transformList, receiver, Array(arguments[0..<2]), arguments[2], arguments[3], span)
    case ("transformMap", 3):
      return comprehension(.transformMap, receiver, Array(arguments[0..<2]), nil, arguments[2], span)
    case ("transformMap", 4):
      return comprehension(.transformMap, receiver, Array(arguments[0..<2]), arguments[2], arguments[3], span)
    case ("transformMapEntry", 3):
      return comprehension(.transformMapEntry, receiver, Array(arguments[0..<2]), nil, arguments[2], span)
    case ("transformMapEntry", 4):
      return comprehension(.transformMapEntry, receiver, Array(arguments[0..<2]), arguments[2], arguments[3], span)
    default: return nil
    }
  }

  private func variableName(_ expression: Expression) -> Name? {
    if case .name(let name, false) = expression.kind { name } else { nil }
  }

  private func checkBind(_ arguments: [Expression], _ span: SourceSpan) -> CheckedExpression {
    guard let name = variableName(arguments[0]) else { return invalid(.badMacroVariable, at: arguments[0].span) }
    let value = check(arguments[1])
    return withScope {
      let slot = declare(name.text, type: resolved(value), span: name.span)
      let body = check(arguments[2])
      return make(
        .bind(slot: slot, value, body: body), body.type, absent: value.mayBeAbsent || body.mayBeAbsent, span)
    }
  }

  private func checkOptionalMap(_ receiver: Expression, _ arguments: [Expression], isFlat: Bool, _ span: SourceSpan)
    -> CheckedExpression
  {
    guard let name = variableName(arguments[0]) else { return invalid(.badMacroVariable, at: arguments[0].span) }
    let value = check(receiver)
    var wrapped = Type.dyn
    switch resolved(value) {
    case .optional(let inner): wrapped = inner
    case .dyn, .error, .parameter: break
    default: if !isDynamic { return invalid(.notOptional(describe(value.type)), at: value.span) }
    }
    return withScope {
      let slot = declare(name.text, type: wrapped, span: name.span)
      let body = check(arguments[1])
      return make(
        .optionalMap(value, slot: slot, body: body, isFlat: isFlat), isFlat ? body.type : .optional(body.type),
        absent: value.mayBeAbsent || body.mayBeAbsent, span)
    }
  }

  private func comprehension(
    _ kind: Comprehension.Kind, _ receiver: Expression, _ variables: [Expression], _ filter: Expression?,
    _ body: Expression, _ span: SourceSpan
  ) -> CheckedExpression {
    var names: [Name] = []
    for variable in variables {
      guard let name = variableName(variable) else { return invalid(.badMacroVariable, at: variable.span) }
      names.append(name)
    }
    if names.count == 2, names[0].text == names[1].text {
      return invalid(.repeatedMacroVariable(names[0].text), at: names[1].span)
    }
    let range = check(receiver)
    if range.type == .error, !isDynamic { return CheckedExpression(.invalid, type: .error, span: span) }
    let types: [Type]
    let isMap: Bool
    switch resolved(range) {
    case .list(let element): (types, isMap) = (names.count == 2 ? [.int, element] : [element], false)
    case .map(let key, let value): (types, isMap) = (names.count == 2 ? [key, value] : [key], true)
    case .dyn, .error, .parameter: (types, isMap) = (names.map { _ in .dyn }, false)
    default:
      if !isDynamic { return invalid(.notIterable(describe(range.type), macro: kind.rawValue), at: range.span) }
      (types, isMap) = (names.map { _ in .dyn }, false)
    }
    return withScope {
      let slots = zip(names, types).map { declare($0.text, type: $1, span: $0.span) }
      let condition = filter.map {
        isDynamic ? check($0) : checkCondition($0, for: "the condition of `\(kind.rawValue)`")
      }
      let known = condition.map { implied(by: $0, when: true) } ?? []
      let value = assuming(known) { () -> CheckedExpression in
        switch kind {
        case .all, .exists, .existsOne, .filter:
          return isDynamic ? check(body) : checkCondition(body, for: "the condition of `\(kind.rawValue)`")
        case .sortBy: return allowingAbsence { check(body) }
        default: return check(body)
        }
      }
      let type: Type
      switch kind {
      case .all, .exists, .existsOne: type = .bool
      case .filter:
        // Over a map, as in CEL, the keys that pass.
        type = isMap ? .list(types[0]) : resolved(range)
      case .map, .transformList: type = .list(resolved(value))
      case .sortBy: type = resolved(range)
      case .transformMap: type = .map(types[0], resolved(value))
      case .transformMapEntry:
        if case .map(let key, let element) = resolved(value) {
          type = .map(key, element)
        } else if resolved(value).isUnknown || isDynamic {
          type = .map(.dyn, .dyn)
        } else {
          return invalid(
            .typeMismatch(
              wanted: "map", found: describe(value.type), for: "the entry of `transformMapEntry`", between: nil),
            at: value.span)
        }
      }
      let node = Comprehension(
        kind: kind, range: range, slot: slots[0], secondSlot: slots.count > 1 ? slots[1] : nil, filter: condition,
        body: value)
      let absent = range.mayBeAbsent || (condition?.mayBeAbsent ?? false) || (value.mayBeAbsent && kind != .sortBy)
      return make(.comprehension(node), type, absent: absent, span)
    }
  }
}
