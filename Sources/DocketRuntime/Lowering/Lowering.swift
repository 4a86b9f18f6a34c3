/// From a checked expression to its code.

import DocketSemantics

struct Lowering {
  let evaluator: Evaluator
  /// Nodes above the one that is being lowered.
  private var depth = 0
  private var spends = false
  /// Nodes lowered so far: what a loop's body costs.
  private var nodeCount = 0

  private init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  static func lower(_ body: Body, for evaluator: Evaluator) -> LoweredBody {
    // A tree that is too deep is an error of the tree evaluator, and whoever listens hears only that one.
    guard evaluator.observe == nil, let height = height(of: body.expression, limit: evaluator.limits.depth) else {
      return LoweredBody(body, code: TreeCode(body.expression, depth: 0), height: 0, spends: true)
    }
    var lowering = Lowering(evaluator)
    let code = lowering.lower(body.expression)
    return LoweredBody(body, code: code, height: height, spends: lowering.spends)
  }

  private static func height(of expression: CheckedExpression, limit: Int) -> Int? {
    guard limit > 0 else { return nil }
    var height = 0
    for child in expression.children {
      guard let below = self.height(of: child, limit: limit - 1) else { return nil }
      height = max(height, below)
    }
    return height + 1
  }

  // MARK: - Nodes

  mutating func lower(_ expression: CheckedExpression) -> Code {
    nodeCount += 1
    depth += 1
    defer { depth -= 1 }
    switch expression.kind {
    case .constant(let index): return ConstantCode(expression, evaluator.constants[index])
    case .local(let slot): return LocalCode(expression, slot: slot)
    case .external(let index): return ExternalCode(expression, index: index)
    case .now, .calendar: return NameCode(expression)
    case .field(let target, let field): return lowerField(target, field, expression)
    case .select(let target, let key, let isOptional):
      spends = true
      return SelectCode(expression, lower(target), key: evaluator.constants[key], isOptional: isOptional)
    case .index(let target, let index, let isOptional):
      spends = true
      return ElementCode(expression, lower(target), lower(index), isOptional: isOptional)
    case .hasField(let target, let field): return lowerPresence(target, field, expression)
    case .hasKey(let target, let key):
      spends = true
      return HasKeyCode(expression, lower(target), key: evaluator.constants[key])
    case .isAbsent(let operand, let isNegated):
      return AbsenceCode(expression, lower(operand), isNegated: isNegated)
    case .coalesce(let operand, let fallback):
      return CoalesceCode(expression, lower(operand), lower(fallback))
    case .and(let operands): return junction(expression, operands[...]) { AndCode(expression, $0, $1) }
    case .or(let operands): return junction(expression, operands[...]) { OrCode(expression, $0, $1) }
    case .conditional(let condition, let then, let otherwise):
      return ConditionalCode(expression, lower(condition), lower(then), lower(otherwise))
    case .builtin(let builtin, let operands): return lowerBuiltin(builtin, operands, expression)
    case .list(let elements):
      spends = true
      return ListCode(expression, elements.map { (lower($0.value), $0.isOptional) })
    case .map(let entries):
      spends = true
      return MapCode(expression, entries.map { (lower($0.key), lower($0.value), $0.isOptional) })
    case .comprehension(let macro): return lowerComprehension(macro, expression)
    case .bind(let slot, let bound, let body):
      return BindCode(expression, slot: slot, lower(bound), lower(body))
    case .optionalMap(let receiver, let slot, let body, let isFlat):
      spends = true
      return OptionalMapCode(expression, lower(receiver), slot: slot, lower(body), isFlat: isFlat)
    case .function(let index, let arguments): return lowerCall(index, arguments, expression)
    case .table(let index, let arguments): return lowerTable(index, arguments, expression)
    case .letValue, .history, .versionBound, .resultField, .rowColumn, .format, .route, .sla, .kpi, .decisions,
      .cells, .findings,
      .lookup, .records, .aggregate, .siblingMeasure, .invalid:
      return tree(expression)
    }
  }

  /// Left to the tree evaluator.
  private mutating func tree(_ expression: CheckedExpression) -> Code {
    spends = true
    return TreeCode(expression, depth: depth - 1)
  }

  // MARK: - Fields

  private mutating func lowerField(
    _ target: CheckedExpression, _ field: FieldReference, _ expression: CheckedExpression
  ) -> Code {
    let declaration = evaluator.schema[field.entity].fields[field.index]
    switch declaration.kind {
    case .key, .stored, .event:
      if declaration.defaultBody != nil { spends = true }
      if case .list = declaration.type { spends = true }
      return FieldCode(expression, lower(target), evaluator.world.cells(of: field))
    case .derived(let index):
      spends = true
      let below = lower(target)
      guard let body = body(index) else { return FieldCallCode(expression, below, field, depth: depth - 1) }
      return DerivedFieldCode(expression, below, body, depth: depth - 1)
    case .inverse:
      spends = true
      return FieldCallCode(expression, lower(target), field, depth: depth - 1)
    }
  }

  private mutating func lowerPresence(
    _ target: CheckedExpression, _ field: FieldReference, _ expression: CheckedExpression
  ) -> Code {
    let declaration = evaluator.schema[field.entity].fields[field.index]
    if !declaration.isStored || declaration.defaultBody != nil { spends = true }
    if case .list = declaration.type { spends = true }
    return HasFieldCode(expression, lower(target), evaluator.world.cells(of: field), depth: depth - 1)
  }

  // MARK: - Logic

  /// A tree of pairs, as flat as can be: `a && (b && c)` absorbs errors as `a && b && c` does.
  private mutating func junction(
    _ expression: CheckedExpression, _ operands: ArraySlice<CheckedExpression>, _ pair: (Code, Code) -> Code
  ) -> Code {
    if operands.isEmpty {
      if case .and = expression.kind { return ConstantCode(expression, .bool(true)) }
      return ConstantCode(expression, .bool(false))
    }
    if operands.count == 1 {
      let operand = lower(operands[operands.startIndex])
      return operand is Condition ? operand : ConditionCode(operand.expression, operand)
    }
    let middle = operands.startIndex + (operands.count + 1) / 2
    let left = junction(expression, operands[..<middle], pair)
    return pair(left, junction(expression, operands[middle...], pair))
  }

  // MARK: - Builtins

  private mutating func lowerBuiltin(
    _ builtin: Builtin, _ operands: [CheckedExpression], _ expression: CheckedExpression
  ) -> Code {
    if let value = folded(expression) { return ConstantCode(expression, value) }
    switch (builtin, operands.count) {
    case (.equal, 2), (.notEqual, 2), (.less, 2), (.lessOrEqual, 2), (.greater, 2), (.greaterOrEqual, 2):
      return lowerRelation(builtin, operands[0], operands[1], expression)
    case (.contained, 2):
      return lowerContained(operands[0], operands[1], expression)
    case (.add, 2), (.subtract, 2), (.multiply, 2), (.divide, 2), (.modulo, 2):
      spends = true
      return ArithmeticCode(expression, builtin, lower(operands[0]), lower(operands[1]))
    case (.not, 1):
      return NotCode(expression, lower(operands[0]))
    case (.optionalOr, 2), (.optionalOrValue, 2):
      spends = true
      return AlternativeCode(expression, builtin, lower(operands[0]), lower(operands[1]))
    case (.startsWith, 2), (.endsWith, 2):
      if let part = constantText(operands[1]) {
        return AffixCode(expression, builtin, lower(operands[0]), part, evaluator.heap)
      }
    case (.contains, 2):
      if let part = constantText(operands[1]) {
        spends = true
        return ContainsCode(expression, lower(operands[0]), part, evaluator.heap)
      }
    case (.matches, 2):
      if let pattern = constantText(operands[1]) {
        spends = true
        let operand = lower(operands[0])
        if let code = MatchesCode(expression, operand, pattern, evaluator) { return code }
        return BuiltinCode(
          expression, builtin, [operand, ConstantCode(operands[1], pattern)], depth: depth - 1)
      }
    case (.size, 1):
      spends = true
      return SizeCode(expression, lower(operands[0]))
    default: break
    }
    spends = true
    return BuiltinCode(expression, builtin, operands.map { lower($0) }, depth: depth - 1)
  }

  func constant(_ expression: CheckedExpression) -> Value? {
    if case .constant(let index) = expression.kind { evaluator.constants[index] } else { folded(expression) }
  }

  /// What is computed from constants, where it fits a value and is no error: `2 * 60`, `duration("4h")`.
  private func folded(_ expression: CheckedExpression) -> Value? {
    guard case .builtin = expression.kind, Self.isFoldable(expression) else { return nil }
    let errorCount = evaluator.heap.errorCount
    let value = evaluator.value(of: expression)
    switch value {
    case .bool, .int, .uint, .double, .timestamp, .duration, .date: return value
    default:
      evaluator.discardError(value, from: errorCount)
      return nil
    }
  }

  private static func isFoldable(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    case .constant: true
    case .builtin(let builtin, let operands):
      switch builtin {
      case .add, .subtract, .multiply, .divide, .modulo, .negate, .toInt, .toUint, .toDouble, .toTimestamp, .toDuration,
        .toDate:
        operands.allSatisfy { isFoldable($0) }
      default: false
      }
    default: false
    }
  }

  private func constantText(_ expression: CheckedExpression) -> Value? {
    if let value = constant(expression), case .string = value { value } else { nil }
  }

  private mutating func lowerRelation(
    _ builtin: Builtin, _ left: CheckedExpression, _ right: CheckedExpression, _ expression: CheckedExpression
  ) -> Code {
    if let value = constant(right), let test = ConstantTest(builtin, value) {
      return lowerTest(left, test, RelationToConstant(builtin: builtin, constant: value, isFlipped: false), expression)
    }
    if let value = constant(left), constant(right) == nil, let test = ConstantTest(builtin.flipped, value) {
      return lowerTest(right, test, RelationToConstant(builtin: builtin, constant: value, isFlipped: true), expression)
    }
    spends = true
    return RelationCode(expression, builtin, lower(left), lower(right))
  }

  private mutating func lowerTest(
    _ operand: CheckedExpression, _ test: ConstantTest, _ relation: RelationToConstant, _ expression: CheckedExpression
  ) -> Code {
    let code = ConstantTestCode(expression, lower(operand), test, relation)
    return fused(code, operand: code.operand, test) ?? code
  }

  private mutating func lowerContained(
    _ element: CheckedExpression, _ range: CheckedExpression, _ expression: CheckedExpression
  ) -> Code {
    spends = true
    if case .list(let elements) = range.kind, !elements.contains(where: \.isOptional) {
      let constants = elements.compactMap { constant($0.value) }
      if constants.count == elements.count, constants.count <= evaluator.limits.elements {
        let operand = lower(element)
        guard let test = ConstantTest(members: constants) else { return MemberCode(expression, operand, constants) }
        let code = MemberTestCode(expression, operand, test, constants)
        return fused(code, operand: operand, test) ?? code
      }
    }
    return RelationCode(expression, .contained, lower(element), lower(range))
  }

  /// A test of a field of the record in a slot, or up to two references away, reads the cell itself; whatever is unusual about a record
  /// goes to `code`.
  private func fused(_ code: Condition, operand: Code, _ test: ConstantTest) -> Code? {
    guard let field = operand as? FieldCode, judges(test, field.cells.field) else { return nil }
    if let local = field.target as? LocalCode {
      return test.shape == .double
        ? CellDoubleTestCode(code, slot: local.slot, field.cells, test)
        : CellTestCode(code, slot: local.slot, field.cells, test)
    }
    if test.shape != .double, let link = field.target as? FieldCode {
      if let local = link.target as? LocalCode {
        return LinkedCellTestCode(code, slot: local.slot, link.cells, field.cells, test)
      }
      if let first = link.target as? FieldCode, let local = first.target as? LocalCode {
        return TwiceLinkedCellTestCode(code, slot: local.slot, first.cells, link.cells, field.cells, test)
      }
    }
    return nil
  }

  /// Whether a test judges what a field holds: values of its kind.
  private func judges(_ test: ConstantTest, _ field: FieldReference) -> Bool {
    guard evaluator.world.cells(of: field).shape == test.shape else { return false }
    let type = evaluator.schema[field.entity].fields[field.index].type
    return switch test.shape {
    case .enumeration: type == .enumeration(EnumID(index: Int(test.type)))
    case .seconds: test.isDuration == (type == .duration)
    default: true
    }
  }

  /// The comparison of a field with constants that an expression is; `nil` where it is none.
  static func fieldTest(_ expression: CheckedExpression, for evaluator: Evaluator) -> ConstantTest? {
    let lowering = Lowering(evaluator)
    guard case .builtin(let builtin, let operands) = expression.kind, operands.count == 2 else { return nil }
    func test(_ operand: CheckedExpression, _ test: ConstantTest?) -> ConstantTest? {
      guard case .field(_, let field) = operand.kind, let test, lowering.judges(test, field) else { return nil }
      return test
    }
    if builtin == .contained {
      guard case .list(let elements) = operands[1].kind, !elements.contains(where: \.isOptional) else { return nil }
      let constants = elements.compactMap { lowering.constant($0.value) }
      return constants.count == elements.count ? test(operands[0], ConstantTest(members: constants)) : nil
    }
    if let value = lowering.constant(operands[1]) { return test(operands[0], ConstantTest(builtin, value)) }
    return lowering.constant(operands[0]).flatMap { test(operands[1], ConstantTest(builtin.flipped, $0)) }
  }

  // MARK: - Macros and calls

  private mutating func lowerComprehension(_ macro: Comprehension, _ expression: CheckedExpression) -> Code {
    spends = true
    let range = lower(macro.range)
    let before = nodeCount
    let filter = macro.filter.map { lower($0) }
    let body = lower(macro.body)
    let cost = 1 + (nodeCount - before) / 8
    switch macro.kind {
    case .all: return AllCode(expression, macro, range: range, filter: filter, body: body, cost: cost)
    case .exists: return ExistsCode(expression, macro, range: range, filter: filter, body: body, cost: cost)
    case .existsOne: return ExistsOneCode(expression, macro, range: range, filter: filter, body: body, cost: cost)
    case .map, .transformList:
      return TransformListCode(expression, macro, range: range, filter: filter, body: body, cost: cost)
    case .filter: return FilterCode(expression, macro, range: range, filter: filter, body: body, cost: cost)
    case .transformMap, .transformMapEntry, .sortBy: return tree(expression)
    }
  }

  private mutating func lowerCall(_ index: Int, _ arguments: [CheckedExpression], _ expression: CheckedExpression)
    -> Code
  {
    let function = evaluator.rulebook.functions[index]
    guard arguments.count == function.parameters.count, let body = functionBody(index) else { return tree(expression) }
    spends = true
    return FunctionCode(expression, index, arguments.map { lower($0) }, body, depth: depth - 1)
  }

  private mutating func lowerTable(_ index: Int, _ arguments: [CheckedExpression], _ expression: CheckedExpression)
    -> Code
  {
    let table = evaluator.rulebook.tables[index]
    guard arguments.count == table.parameters.count else { return tree(expression) }
    spends = true
    let code = TableCode(
      expression, table, arguments.map { lower($0) }, depth: depth - 1, evaluator.schema, constant: { constant($0) })
    return code ?? tree(expression)
  }

  /// The code of a body of the schema; `nil` where that is being lowered just now.
  private func body(_ index: Int) -> LoweredBody? {
    if let known = evaluator.lowered.bodies[index] { return known }
    guard evaluator.lowered.bodiesUnderWay.insert(index).inserted else { return nil }
    defer { evaluator.lowered.bodiesUnderWay.remove(index) }
    let body = Self.lower(evaluator.rulebook.bodies[index], for: evaluator)
    evaluator.lowered.bodies[index] = body
    return body
  }

  private func functionBody(_ index: Int) -> LoweredBody? {
    if let known = evaluator.lowered.functions[index] { return known }
    guard evaluator.lowered.functionsUnderWay.insert(index).inserted else { return nil }
    defer { evaluator.lowered.functionsUnderWay.remove(index) }
    let body = Self.lower(evaluator.rulebook.functions[index].body, for: evaluator)
    evaluator.lowered.functions[index] = body
    return body
  }
}

extension Builtin {
  /// The relation with its sides exchanged.
  var flipped: Builtin {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }
}
