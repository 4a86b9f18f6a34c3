/// Fixtures and tests.

import DocketDiagnostics
import DocketSyntax

extension Checker {
  func checkFixtures() {
    rulebook.fixtures = fixtureDeclarations.map { declared in
      CheckedFixture(
        name: declared.name.text,
        records: declared.records.compactMap { record in
          let body = BodyChecker(checker: self)
          body.nowProblem = .nowInFixture
          return checkRecord(record.entity, record.fields, record.span, body)
        }, span: declared.name.span)
    }
  }

  /// A partial record: fields that are not given are absent. A reference may be given by its key.
  private func checkRecord(_ name: Name, _ fields: [RecordField], _ span: SourceSpan, _ body: BodyChecker)
    -> CheckedRecord?
  {
    guard let id = entity(name) else { return nil }
    let entity = schema.base(of: id)
    let declared = schema[entity].fields
    var given: [(field: Int, value: CheckedExpression)] = []
    var seen: [Int: SourceSpan] = [:]
    for field in fields {
      guard let index = declared.firstIndex(where: { $0.name == field.name.text }) else {
        report(
          .unknownField(field.name.text, on: schema[entity].name, candidates: declared.filter(\.isStored).map(\.name)),
          at: field.name.span)
        continue
      }
      guard declared[index].isStored else {
        report(.computedFieldInSource(field.name.text), at: field.name.span)
        continue
      }
      if let first = seen[index] {
        report(.duplicate(field.name.text, first: first), at: field.name.span)
        continue
      }
      seen[index] = field.name.span
      given.append((index, checkFieldValue(field.value, declared[index], body)))
    }
    return CheckedRecord(entity: entity, fields: given, span: span)
  }

  private func checkFieldValue(_ expression: Expression, _ field: Field, _ body: BodyChecker) -> CheckedExpression {
    if case .literal(.null) = expression.kind {
      return CheckedExpression(.constant(constant(.null)), type: field.type, mayBeAbsent: true, span: expression.span)
    }
    let checked = body.allowingAbsence { body.check(expression, expecting: field.type) }
    let type = body.resolved(checked)
    switch field.type {
    case .entity(let target):
      if type == keyType(of: target) { return checked }
    case .list(.entity(let target)):
      if case .list(let element) = type, element == keyType(of: target) { return checked }
    default: break
    }
    return body.convert(checked, to: field.type, for: "`\(field.name)`")
  }

  private func keyType(of entity: EntityID) -> Type? {
    schema.fields(of: entity).first { if case .key = $0.kind { true } else { false } }?.type
  }

  func checkTests() {
    var seen: [String: SourceSpan] = [:]
    rulebook.tests = testDeclarations.map { declared in
      if let first = seen[declared.name.value] {
        report(.duplicate(declared.name.value, first: first), at: declared.name.span)
      }
      seen[declared.name.value] = declared.name.span
      return checkTest(declared)
    }
  }

  private func checkTest(_ declared: TestDeclaration) -> CheckedTest {
    let body = BodyChecker(checker: self)
    body.absenceMode = .allow
    if !declared.steps.contains(where: { if case .now = $0 { true } else { false } }) { body.nowProblem = .nowInTest }
    var steps: [CheckedTest.Step] = []
    var cases: CheckedTest.Cases?
    for step in declared.steps {
      switch step {
      case .now(let instant, _):
        steps.append(.now(body.check(instant, as: .timestamp, for: "`now`")))
      case .givenFixture(let name, let span):
        guard case .fixture(let index)? = values[name.text]?.binding else {
          report(.unknownFixture(name.text, candidates: fixtureDeclarations.map(\.name.text)), at: name.span)
          continue
        }
        _ = span
        steps.append(.givenFixture(index))
      case .givenData(let path, let span): steps.append(.givenData(path: path.value, span: span))
      case .constant(let binding):
        if case .record(let type, _, let fields) = binding.value.kind, let name = type.last {
          guard let record = checkRecord(name, fields, binding.value.span, body) else { continue }
          let slot = body.declare(binding.name.text, type: .entity(record.entity), span: binding.name.span)
          steps.append(.bindRecord(slot: slot, name: binding.name.text, record))
        } else {
          let value =
            binding.type.map { body.check(binding.value, as: resolveType($0), for: "`\(binding.name.text)`") }
            ?? body.check(binding.value)
          let slot = body.declare(binding.name.text, type: body.resolved(value), span: binding.name.span)
          steps.append(.bind(slot: slot, name: binding.name.text, value))
        }
      case .cases(let table):
        if cases != nil {
          report(.secondCases, at: table.span)
          continue
        }
        cases = checkCases(table, steps.count, body)
      case .wait(let length, _): steps.append(.wait(body.check(length, as: .duration, for: "`wait`")))
      case .set(let target, let value, _):
        let variable: SetTarget
        if let key = target.key {
          guard let (slot, name, record) = setRecord(target.variable, key, body) else { continue }
          steps.append(.bind(slot: slot, name: name.text, record))
          variable = SetTarget(variable: name, field: target.field)
        } else {
          variable = target
        }
        guard let (slot, field) = setTarget(variable, body) else { continue }
        let declaredField = schema[field.entity].fields[field.index]
        steps.append(.set(slot: slot, field, value: checkFieldValue(value, declaredField, body)))
      case .add(let record, _):
        if let checked = checkRecord(record.entity, record.fields, record.span, body) { steps.append(.add(checked)) }
      case .expect(let expression, let check, let span):
        if let step = checkExpect(expression, check, span, body) { steps.append(step) }
      }
    }
    return CheckedTest(
      name: declared.name.value, tags: declared.tags.map(\.value), skip: declared.skip?.value,
      todo: declared.todo?.value,
      steps: steps, cases: cases, slotCount: body.slotCount, span: declared.name.span)
  }

  /// The record of `set Team["triage"].lead = …`, as a variable that nobody can name.
  private func setRecord(_ entity: Name, _ key: Expression, _ body: BodyChecker)
    -> (slot: Int, name: Name, record: CheckedExpression)?
  {
    guard let id = self.entity(entity) else { return nil }
    let record = body.lookup(id, key, entity.span.union(key.span))
    let name = Name("\(entity.text)[…]", entity.span)
    return (body.declare(name.text, type: .entity(id), span: entity.span), name, record)
  }

  private func checkExpect(
    _ expression: Expression, _ check: TestDeclaration.Check, _ span: SourceSpan, _ body: BodyChecker
  ) -> CheckedTest.Step? {
    switch check {
    case .fails(let text): return .expect(body.check(expression), .fails(text.value), span: span)
    case .matchesSnapshot(let name): return .expect(body.check(expression), .matchesSnapshot(name.value), span: span)
    case .holds: return .expect(body.checkCondition(expression, for: "`expect`"), .holds, span: span)
    case .within(let limit):
      guard case .binary(.equal, _, _, _) = expression.kind else {
        report(.withinNeedsEquality, at: expression.span)
        return nil
      }
      let checked = body.checkCondition(expression, for: "`expect`")
      switch checkLimit(limit) {
      case .ratio(let ratio, let isPercent)?: return .expect(checked, .within(ratio, isPercent: isPercent), span: span)
      case .duration(let duration)?: return .expect(checked, .withinDuration(duration), span: span)
      case nil: return nil
      }
    }
  }

  private func checkCases(_ table: TestDeclaration.CaseTable, _ stepIndex: Int, _ body: BodyChecker)
    -> CheckedTest.Cases
  {
    // Cells are read before the columns are names, so that a column may be called like a case of its enum.
    var types = table.columns.map { column in column.type.map { resolveType($0) } }
    var rows: [(cells: [CheckedExpression], span: SourceSpan)] = []
    for row in table.rows {
      // The parser has reported a row of another width.
      guard row.cells.count == table.columns.count else { continue }
      let cells = row.cells.enumerated().map { index, cell -> CheckedExpression in
        let what = "the column `\(table.columns[index].name.text)`"
        if case .literal(.null) = cell.kind {
          return CheckedExpression(
            .constant(constant(.null)), type: types[index] ?? .null, mayBeAbsent: true, span: cell.span)
        }
        guard let type = types[index] else {
          let checked = body.check(cell)
          types[index] = body.resolved(checked)
          return checked
        }
        return body.check(cell, as: type, for: what)
      }
      rows.append((cells, row.span))
    }
    let slots = zip(table.columns, types).map { column, type in
      let resolved = type ?? .dyn
      return (
        slot: body.declare(column.name.text, type: resolved, isOptional: false, span: column.name.span),
        name: column.name.text, type: resolved
      )
    }
    return CheckedTest.Cases(slots: slots, rows: rows, stepIndex: stepIndex)
  }
}
