/// From checked expressions to batches, as far as they go.

import DocketSemantics
import DocketTime

struct BatchLowering {
  let evaluator: Evaluator
  let source: BatchSource
  let slotCount: Int
  private var depth = 0
  /// Nodes of the expression so far: fields that are computed from fields can make many of few.
  private var nodes = 0
  private var purity: BatchPurity

  init(_ evaluator: Evaluator, _ source: BatchSource, slotCount: Int) {
    self.evaluator = evaluator
    self.source = source
    self.slotCount = slotCount
    purity = BatchPurity(evaluator.rulebook)
  }

  private var schema: Schema { evaluator.schema }

  // MARK: - What is wanted of an expression

  mutating func condition(_ expression: CheckedExpression) -> BatchCode {
    if let code = lower(expression, root: nil), code.kind == .bool { return code }
    // The parts of a condition can be taken apart, so that only those go row by row that must.
    switch expression.kind {
    case .and(let operands) where !operands.isEmpty: return junction(operands[...], isAnd: true)
    case .or(let operands) where !operands.isEmpty: return junction(operands[...], isAnd: false)
    case .builtin(.not, let operands) where operands.count == 1 && operands[0].type == .bool:
      return BatchNegation(condition(operands[0]))
    default: return fallback(expression, .truth)
    }
  }

  private mutating func junction(_ operands: ArraySlice<CheckedExpression>, isAnd: Bool) -> BatchCode {
    let first = condition(operands[operands.startIndex])
    guard operands.count > 1 else { return first }
    return BatchJunction(first, junction(operands.dropFirst(), isAnd: isAnd), isAnd: isAnd)
  }

  /// A number or a duration, of whatever kind.
  mutating func amount(_ expression: CheckedExpression) -> BatchCode {
    if let code = lower(expression, root: nil) {
      switch code.kind {
      case .int, .uint, .double, .duration: return code
      case .bool, .text, .enumeration, .date, .instant, .record: break
      }
    }
    return fallback(expression, .amount)
  }

  /// The second of an instant.
  mutating func second(_ expression: CheckedExpression) -> BatchCode {
    if let code = lower(expression, root: nil), code.kind == .instant { return code }
    if case .field(let target, let field) = expression.kind, let code = lowerSeconds(field, of: target) { return code }
    return fallback(expression, .second)
  }

  /// The seconds of a stored instant, whatever parts of one it has.
  private mutating func lowerSeconds(_ field: FieldReference, of target: CheckedExpression) -> BatchCode? {
    let declaration = schema[field.entity].fields[field.index]
    guard declaration.isStored, declaration.defaultBody == nil, declaration.type == .timestamp else { return nil }
    if case .local(0) = target.kind, source.entity == field.entity {
      return lowerStored(field, .timestamp, nil, ignoresParts: true)
    }
    guard let link = lower(target, root: nil), link.kind == .record(field.entity) else { return nil }
    return lowerStored(field, .timestamp, link, ignoresParts: true)
  }

  /// Whether an instant is in a window.
  mutating func within(_ expression: CheckedExpression, from: Instant, until: Instant) -> BatchCode {
    if let code = lower(expression, root: nil), code.kind == .instant,
      let low = ConstantTest(.greaterOrEqual, .timestamp(from)), let high = ConstantTest(.less, .timestamp(until))
    {
      return BatchJunction(BatchTest(code, low), BatchTest(code, high), isAnd: true)
    }
    return fallback(expression, .within(from: from, until: until))
  }

  /// A value by which rows are told apart.
  mutating func key(_ expression: CheckedExpression) -> BatchCode {
    lower(expression, root: nil) ?? fallback(expression, .key)
  }

  private mutating func fallback(_ expression: CheckedExpression, _ wish: BatchWish) -> BatchCode {
    if let inputs = inputs(of: expression),
      let code = LookupCode(
        expression, wish, inputs: inputs, rows: source.rows, evaluator, slotCount: slotCount, item: source.item)
    {
      return code
    }
    return RowCode(
      expression, wish, evaluator, slotCount: slotCount, isDropped: purity.isPure(expression), item: source.item)
  }

  // MARK: - What an expression reads

  /// The fields that an expression reads of the row, where it depends on nothing else; `nil` where it does, or reads many.
  private mutating func inputs(of expression: CheckedExpression) -> [BatchCode]? {
    guard purity.isPure(expression) else { return nil }
    var paths: [InputPath] = []
    guard collect(expression, &paths), paths.count <= 4, !paths.isEmpty else { return nil }
    var codes: [BatchCode] = []
    for path in paths {
      guard let code = lower(path), !code.needsEvaluator else { return nil }
      codes.append(code)
    }
    return codes
  }

  /// A chain of fields from the row on.
  private struct InputPath: Hashable {
    /// Of results.
    var resultField: Int?
    var fields: [FieldReference]
    var type: Type
  }

  private func collect(_ expression: CheckedExpression, _ paths: inout [InputPath]) -> Bool {
    if let path = path(expression) {
      if !paths.contains(path) { paths.append(path) }
      return true
    }
    if case .hasField(let target, let field) = expression.kind, var path = path(target) ?? root(target) {
      path.fields.append(field)
      path.type = schema[field.entity].fields[field.index].type
      if !paths.contains(path) { paths.append(path) }
      return true
    }
    // The row itself may go anywhere.
    if case .local(0) = expression.kind { return false }
    return expression.children.allSatisfy { collect($0, &paths) }
  }

  private func root(_ expression: CheckedExpression) -> InputPath? {
    guard case .local(0) = expression.kind, source.entity != nil else { return nil }
    return InputPath(resultField: nil, fields: [], type: expression.type)
  }

  private func path(_ expression: CheckedExpression) -> InputPath? {
    switch expression.kind {
    case .field(let target, let field):
      guard var path = path(target) ?? root(target) else { return nil }
      path.fields.append(field)
      path.type = expression.type
      return path
    case .resultField(let target, let index):
      guard case .local(0) = target.kind, source.entity == nil else { return nil }
      return InputPath(resultField: index, fields: [], type: expression.type)
    default: return nil
    }
  }

  private mutating func lower(_ path: InputPath) -> BatchCode? {
    var code: BatchCode?
    if let index = path.resultField {
      let type = path.fields.first.map { Type.entity($0.entity) } ?? path.type
      guard let field = source.code(index, type, schema) else { return nil }
      code = field
    }
    for field in path.fields {
      guard let next = lowerField(field, of: code) else { return nil }
      code = next
    }
    return code
  }

  // MARK: - Nodes

  /// `root` gives the records of slot 0, `nil` the rows themselves.
  private mutating func lower(_ expression: CheckedExpression, root: BatchCode?) -> BatchCode? {
    depth += 1
    defer { depth -= 1 }
    if depth == 1 { nodes = 0 }
    nodes += 1
    guard depth <= 64, nodes <= 256 else { return nil }
    switch expression.kind {
    case .constant(let index): return constant(evaluator.constants[index])
    case .now: return evaluator.instant.flatMap { constant(.timestamp($0)) }
    case .letValue(let index):
      return evaluator.isLetVolatile[index] ? nil : constant(evaluator.letValue(index))
    case .local(0):
      if let root { return root }
      return source.entity.map { BatchRecords(.record($0)) }
    case .field(let target, let field):
      if case .local(0) = target.kind, root != nil || source.entity != nil { return lowerField(field, of: root) }
      guard let link = lower(target, root: root), case .record = link.kind else { return nil }
      return lowerField(field, of: link)
    case .resultField(let target, let index):
      guard root == nil, case .local(0) = target.kind else { return nil }
      return source.code(index, expression.type, schema)
    case .hasField(let target, let field):
      var link = root
      if case .local(0) = target.kind, root != nil || source.entity != nil {
      } else {
        guard let lowered = lower(target, root: root), case .record = lowered.kind else { return nil }
        link = lowered
      }
      return lowerField(field, of: link).map { BatchPresence($0, whenThere: true) }
    case .isAbsent(let operand, let isNegated):
      return lower(operand, root: root).map { BatchPresence($0, whenThere: isNegated) }
    case .coalesce(let operand, let fallback):
      guard !expression.isOrAbsent, let operand = lower(operand, root: root),
        let fallback = lower(fallback, root: root), operand.kind == fallback.kind
      else { return nil }
      return BatchFallback(operand, fallback)
    case .and(let operands): return junction(operands, root, isAnd: true)
    case .or(let operands): return junction(operands, root, isAnd: false)
    case .conditional(let condition, let then, let otherwise):
      guard let condition = lower(condition, root: root), condition.kind == .bool,
        let then = lower(then, root: root), let otherwise = lower(otherwise, root: root), then.kind == otherwise.kind
      else { return nil }
      return BatchChoice(condition, then, otherwise)
    case .builtin(let builtin, let operands): return lowerBuiltin(builtin, operands, root)
    case .local, .external, .calendar, .history, .versionBound, .rowColumn, .select, .index, .hasKey, .list, .map,
      .format, .comprehension, .bind, .optionalMap, .function, .table, .route, .sla, .kpi, .decisions, .cells,
      .findings, .lookup, .records, .aggregate, .siblingMeasure, .invalid:
      return nil
    }
  }

  private func constant(_ value: Value) -> BatchCode? {
    switch value {
    case .bool(let bit): BatchConstant(bit)
    case .int(let number): BatchConstant(.int, number)
    case .uint(let number): BatchConstant(.uint, Int64(bitPattern: number))
    case .double(let number): BatchConstant(.double, Int64(bitPattern: number.bitPattern))
    case .string(let symbol): BatchConstant(.text, Int64(symbol.index))
    case .date(let date): BatchConstant(.date, Int64(date.daysSinceEpoch))
    case .enumeration(let value): BatchConstant(.enumeration(value.type), Int64(value.ordinal))
    case .timestamp(let instant): instant.nanoseconds == 0 ? BatchConstant(.instant, instant.seconds) : nil
    case .duration(let duration): duration.nanoseconds == 0 ? BatchConstant(.duration, duration.seconds) : nil
    default: nil
    }
  }

  private mutating func junction(_ operands: [CheckedExpression], _ root: BatchCode?, isAnd: Bool) -> BatchCode? {
    var codes: [BatchCode] = []
    for operand in operands {
      guard let code = lower(operand, root: root), code.kind == .bool else { return nil }
      codes.append(code)
    }
    guard let last = codes.popLast() else { return BatchConstant(isAnd) }
    return codes.reversed().reduce(last) { BatchJunction($1, $0, isAnd: isAnd) }
  }

  // MARK: - Fields

  private mutating func lowerField(_ field: FieldReference, of target: BatchCode?) -> BatchCode? {
    let declaration = schema[field.entity].fields[field.index]
    let owner: EntityID
    if let target {
      guard case .record(let entity) = target.kind else { return nil }
      owner = entity
    } else {
      guard let entity = source.entity else { return nil }
      owner = entity
    }
    guard owner == field.entity else { return nil }
    switch declaration.kind {
    case .key, .stored, .event:
      guard let stored = lowerStored(field, declaration.type, target) else { return nil }
      guard let body = declaration.defaultBody else { return stored }
      // Where a reference on the way leads nowhere there is no default, and a vector does not tell that from an empty cell.
      guard target == nil, let value = lower(evaluator.rulebook.bodies[body].expression, root: nil),
        value.kind == stored.kind
      else { return nil }
      return BatchFallback(stored, value)
    case .derived(let body): return lower(evaluator.rulebook.bodies[body].expression, root: target)
    case .inverse: return nil
    }
  }

  private func lowerStored(
    _ field: FieldReference, _ type: Type, _ target: BatchCode?, ignoresParts: Bool = false
  ) -> BatchCode? {
    guard evaluator.world.isPlain(field), let kind = BatchKind(type, schema: schema),
      let table = evaluator.world.table(field.entity)
    else { return nil }
    guard let column = table.columns[field.index] else { return BatchConstant(absent: kind) }
    // With parts of a second nothing is hidden by whole ones.
    guard let columnKind = Column.Kind(type, schema: schema), columnKind == column.kind,
      column.holdsWholeSeconds || ignoresParts && !table.isBackfilled[field.index]
    else { return nil }
    var referred: CurrentRows?
    if case .record(let entity) = kind {
      guard let other = evaluator.world.table(entity) else { return BatchConstant(absent: kind) }
      referred = evaluator.currentRows(of: other)
    }
    let isHidden = table.isBackfilled[field.index] && kind == .instant
    return BatchField(
      kind, column, rowCount: table.rowCount, target: target, referred: referred,
      seenUntil: isHidden ? evaluator.instant?.seconds : nil)
  }

  // MARK: - Builtins

  private mutating func lowerBuiltin(_ builtin: Builtin, _ operands: [CheckedExpression], _ root: BatchCode?)
    -> BatchCode?
  {
    switch (builtin, operands.count) {
    case (.equal, 2), (.notEqual, 2), (.less, 2), (.lessOrEqual, 2), (.greater, 2), (.greaterOrEqual, 2):
      return lowerRelation(builtin, operands[0], operands[1], root)
    case (.contained, 2): return lowerContained(operands[0], operands[1], root)
    case (.add, 2), (.subtract, 2), (.multiply, 2), (.divide, 2), (.modulo, 2):
      guard let left = lower(operands[0], root: root), let right = lower(operands[1], root: root) else { return nil }
      return BatchArithmetic.make(builtin, left, right)
    case (.not, 1):
      guard let operand = lower(operands[0], root: root), operand.kind == .bool else { return nil }
      return BatchNegation(operand)
    case (.toDouble, 1):
      guard let operand = lower(operands[0], root: root) else { return nil }
      switch operand.kind {
      case .int, .uint: return BatchDouble(operand)
      case .double: return operand
      case .bool, .text, .enumeration, .date, .instant, .duration, .record: return nil
      }
    default: return nil
    }
  }

  private func value(of expression: CheckedExpression) -> Value? {
    switch expression.kind {
    case .constant(let index): evaluator.constants[index]
    case .now: evaluator.instant.map { .timestamp($0) }
    case .letValue(let index): evaluator.isLetVolatile[index] ? nil : evaluator.letValue(index)
    default: nil
    }
  }

  private mutating func lowerRelation(
    _ relation: Builtin, _ left: CheckedExpression, _ right: CheckedExpression, _ root: BatchCode?
  ) -> BatchCode? {
    if let constant = value(of: right), let code = test(left, relation, constant, root) { return code }
    if let constant = value(of: left), let code = test(right, relation.flipped, constant, root) { return code }
    guard let left = lower(left, root: root), let right = lower(right, root: root), left.kind == right.kind else {
      return nil
    }
    let isOrder = relation != .equal && relation != .notEqual
    switch left.kind {
    case .bool, .text: return isOrder ? nil : BatchRelation(relation, left, right, nil)
    case .record(let entity):
      guard !isOrder, let table = evaluator.world.table(entity) else { return nil }
      return BatchRelation(relation, left, right, table)
    case .int, .uint, .double, .enumeration, .date, .instant, .duration:
      return BatchRelation(relation, left, right, nil)
    }
  }

  private mutating func test(
    _ operand: CheckedExpression, _ relation: Builtin, _ constant: Value, _ root: BatchCode?
  ) -> BatchCode? {
    guard let code = lower(operand, root: root) else { return nil }
    var constant = constant
    // An int that a double holds exactly is that double, as the order of numbers of different types says.
    if case .double = code.kind, case .int(let number) = constant, abs(Double(number)) < 0x1p53 {
      constant = .double(Double(number))
    }
    guard let test = ConstantTest(relation, constant), fits(test, code.kind) else { return nil }
    return BatchTest(code, test)
  }

  private mutating func lowerContained(_ element: CheckedExpression, _ range: CheckedExpression, _ root: BatchCode?)
    -> BatchCode?
  {
    guard case .list(let elements) = range.kind, !elements.contains(where: \.isOptional),
      elements.count <= evaluator.limits.elements
    else { return nil }
    let constants = elements.compactMap { value(of: $0.value) }
    guard constants.count == elements.count, let test = ConstantTest(members: constants),
      let code = lower(element, root: root), fits(test, code.kind)
    else { return nil }
    return BatchTest(code, test)
  }

  private func fits(_ test: ConstantTest, _ kind: BatchKind) -> Bool {
    guard test.shape == kind.shape else { return false }
    switch kind {
    case .enumeration(let type): return test.type == type
    case .instant: return !test.isDuration
    case .duration: return test.isDuration
    case .bool, .int, .uint, .double, .text, .date, .record: return true
    }
  }
}
