/// Names, fields and indexes.
///
/// The order in which a bare name is looked up: variables of the body, the fields of an open result, variables from outside,
/// `now`, values of the rulebook, entities, cases of the expected enum, cases of any one enum, names of types.

import DocketDiagnostics
import DocketSyntax

extension BodyChecker {
  // MARK: - Bare names

  func checkName(_ name: Name, isRooted: Bool, expecting expected: Type?, _ span: SourceSpan) -> CheckedExpression {
    if let probe = checker.probe, probe.isCursor(name.text) {
      probe.note(.name(expected: expected.map { inference.resolve($0) }, variables: completionVariables))
      return CheckedExpression(.invalid, type: .error, span: span)
    }
    if let found = variableOrValue(name, isRooted: isRooted, span) {
      if let id = expectedEnum(expected), checker.schema[id].ordinal(of: name.text) != nil {
        return invalid(.variableLikeCase(name.text, enumeration: checker.schema[id].name), at: span)
      }
      return found
    }
    if let id = expectedEnum(expected), let ordinal = checker.schema[id].ordinal(of: name.text) {
      return enumCase(id, ordinal, span)
    }
    let owners = checker.schema.enums.filter { $0.span != nil && $0.ordinal(of: name.text) != nil }
    if owners.count == 1, let ordinal = owners[0].ordinal(of: name.text) {
      return enumCase(owners[0].id, ordinal, span)
    }
    if let type = Self.typeNames[name.text] { return typeValue(type, span) }
    if isDynamic { return unbound(name.text, span) }
    // What it is compared with is wrong, and has been told: which enum was meant is not known.
    if owners.count > 1, expected == .error { return CheckedExpression(.invalid, type: .error, span: span) }
    if owners.count > 1 { return invalid(.ambiguousCase(name.text, enums: owners.map(\.name)), at: span) }
    if let binding = checker.binding(name.text), case .enumeration(let id) = binding {
      return invalid(.enumAsValue(name.text, example: checker.schema[id].cases.first?.name), at: span)
    }
    if let id = expectedEnum(expected) {
      let type = checker.schema[id]
      return invalid(.unknownCase(name.text, enumeration: type.name, candidates: type.cases.map(\.name)), at: span)
    }
    return invalid(.unknownName(name.text, candidates: namesInScope), at: span)
  }

  private func variableOrValue(_ name: Name, isRooted: Bool, _ span: SourceSpan) -> CheckedExpression? {
    if !isRooted {
      if let variable = variable(named: name.text) { return local(variable, span) }
      for holder in scope.reversed() where holder.kind == .open {
        if case .result(let result) = holder.type,
          let field = checker.resultFields(result).first(where: { $0.name == name.text })
        {
          return make(
            .resultField(make(.local(holder.slot), holder.type, span), index: field.index), field.type,
            absent: field.isOptional, span)
        }
      }
    }
    if let external = external(named: name.text, isRooted: isRooted) { return self.external(external, span) }
    if name.text == "now", !isDynamic {
      if let nowProblem { return invalid(nowProblem, at: span) }
      return make(.now, .timestamp, span)
    }
    guard let binding = checker.values[name.text]?.binding else { return nil }
    switch binding {
    case .constant(let index):
      let type = checker.letType(index, at: span)
      return make(.letValue(index), type.type, absent: type.isOptional, span)
    case .calendar(let index): return make(.calendar(index), .calendar, span)
    case .entity(let id):
      if case .rule = context { return invalid(.recordsInRule(name.text), at: span) }
      return make(.records(id), .list(.entity(id)), span)
    case .fixture: return invalid(.fixtureAsValue(name.text), at: span)
    case .enumeration: return nil
    }
  }

  func local(_ variable: Variable, _ span: SourceSpan) -> CheckedExpression {
    let isKnown = facts.contains(PresencePath(slot: variable.slot, fields: []))
    let absent = variable.isOptional && !isKnown
    if absent { noteUnguarded(variable.name, span) }
    return make(.local(variable.slot), variable.type, absent: absent, span)
  }

  func noteUnguarded(_ path: String, _ span: SourceSpan) {
    guard questionDepth == 0, !isDynamic else { return }
    unguardedReads.append(span)
    if absenceMode == .warn { checker.report(.unguardedRead(path), at: span) }
  }

  private func expectedEnum(_ type: Type?) -> EnumID? {
    if case .enumeration(let id)? = type { id } else { nil }
  }

  func enumCase(_ id: EnumID, _ ordinal: Int, _ span: SourceSpan) -> CheckedExpression {
    constant(.enumeration(id, ordinal: ordinal), .enumeration(id), span)
  }

  func typeValue(_ type: Type, _ span: SourceSpan) -> CheckedExpression {
    constant(.type(type), .type(type), span)
  }

  /// CEL's names of types that can be written as values.
  static let typeNames: [String: Type] = [
    "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
    "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null, "type": .type(.dyn),
    "optional_type": .optional(.dyn), "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
  ]

  var namesInScope: [String] {
    let names =
      scope.map(\.name) + externals.map(\.name) + checker.values.keys.sorted()
      + checker.schema.enums.filter { $0.span != nil }.flatMap { $0.cases.map(\.name) }
    // A record that was given no name has an empty one.
    return names.filter { !$0.isEmpty }
  }

  // MARK: - Names from outside

  /// The candidates of a name in the container, the innermost name space first (cel-spec, "Name Resolution").
  func candidates(_ name: String, isRooted: Bool) -> [String] {
    guard !isRooted, !container.isEmpty else { return [name] }
    var parts = container.split(separator: ".")
    var result: [String] = []
    while !parts.isEmpty {
      result.append(parts.joined(separator: ".") + "." + name)
      parts.removeLast()
    }
    return result + [name]
  }

  private func external(named name: String, isRooted: Bool) -> Int? {
    for candidate in candidates(name, isRooted: isRooted) {
      if let index = externals.firstIndex(where: { $0.name == candidate }) { return index }
    }
    return nil
  }

  private func external(_ index: Int, _ span: SourceSpan) -> CheckedExpression {
    make(.external(index), externals[index].type, span)
  }

  /// A name without a value, which fails when it is evaluated.
  func unbound(_ name: String, _ span: SourceSpan) -> CheckedExpression {
    make(.external(Int.max), .dyn, span)
  }

  // MARK: - Fields

  func checkSelect(_ expression: Expression, _ operand: Expression, _ field: Name, isOptional: Bool)
    -> CheckedExpression
  {
    let span = expression.span
    if !isOptional, let qualified = qualifiedName(expression) {
      if let index = external(named: qualified.text, isRooted: qualified.isRooted) { return external(index, span) }
      if let type = Self.typeNames[qualified.text] { return typeValue(type, span) }
      if case .name(let root, _) = operand.kind, let found = enumMember(root, field, span) { return found }
    }
    if case .row(let variable) = context, case .name(let root, _) = operand.kind, root.text == variable,
      !(checker.probe?.isCursor(field.text) ?? false)
    {
      return rowColumn(field, span)
    }
    let value = check(operand)
    if value.type == .error, !isDynamic { return CheckedExpression(.invalid, type: .error, span: span) }
    return select(value, field, isOptional: isOptional, span)
  }

  /// `Tier.gold` and `Tier.values`, where `Tier` is not a variable.
  private func enumMember(_ root: Name, _ member: Name, _ span: SourceSpan) -> CheckedExpression? {
    guard variable(named: root.text) == nil, let binding = checker.binding(root.text) else { return nil }
    switch binding {
    case .enumeration(let id):
      if let probe = checker.probe, probe.isCursor(member.text) { probe.note(.enumCase(id)) }
      let type = checker.schema[id]
      if let ordinal = type.ordinal(of: member.text) { return enumCase(id, ordinal, span) }
      if member.text == "values" {
        let all = type.cases.indices.map { (value: enumCase(id, $0, span), isOptional: false) }
        return make(.list(all), .list(.enumeration(id)), span)
      }
      return invalid(
        .unknownCase(member.text, enumeration: type.name, candidates: type.cases.map(\.name)), at: member.span)
    case .entity(let id) where member.text == "values":
      if case .rule = context { return invalid(.recordsInRule(root.text), at: span) }
      return make(.records(id), .list(.entity(id)), span)
    default: return nil
    }
  }

  private func rowColumn(_ field: Name, _ span: SourceSpan) -> CheckedExpression {
    let index = rowColumns.firstIndex { $0.name == field.text } ?? rowColumns.count
    if index == rowColumns.count { rowColumns.append((field.text, field.span)) }
    return make(.rowColumn(index), .string, absent: true, span)
  }

  func select(_ value: CheckedExpression, _ field: Name, isOptional: Bool, _ span: SourceSpan) -> CheckedExpression {
    let type = resolved(value)
    if let probe = checker.probe, probe.isCursor(field.text) {
      probe.note(.member(of: type))
      return CheckedExpression(.invalid, type: .error, span: span)
    }
    switch type {
    case .entity(let id):
      let fields = checker.schema.fields(of: id)
      if let index = fields.firstIndex(where: { $0.name == field.text }) {
        return entityField(value, FieldReference(entity: checker.schema.base(of: id), index: index), span)
      }
      if field.text == "history" { return make(.history(value), .list(type), absent: value.mayBeAbsent, span) }
      if field.text == "at" { return make(.versionBound(value, isEnd: false), .timestamp, span) }
      if field.text == "until" { return make(.versionBound(value, isEnd: true), .timestamp, absent: true, span) }
      return invalid(
        .unknownField(field.text, on: checker.schema[id].name, candidates: fields.map(\.name)), at: field.span)
    case .result(let result):
      let fields = checker.resultFields(result)
      guard let found = fields.first(where: { $0.name == field.text }) else {
        return invalid(.unknownField(field.text, on: describe(type), candidates: fields.map(\.name)), at: field.span)
      }
      let node = CheckedExpression.Kind.resultField(value, index: found.index)
      let absent = found.isOptional && !isKnownPresent(node, found.type, span)
      if absent { noteUnguarded(field.text, span) }
      return make(node, found.type, absent: absent || value.mayBeAbsent, span)
    case .map(let key, let element):
      if !isDynamic, !key.isUnknown, !inference.fits(key, .string, checker.schema) {
        return invalid(
          .typeMismatch(wanted: "string", found: describe(key), for: "the key of a map", between: nil), at: field.span)
      }
      return keySelect(value, field, isOptional ? .optional(element) : element, isOptional, span)
    case .optional(let wrapped):
      // A field of an optional is optional again (cel-spec, "Optional values").
      if case .map(_, let element) = wrapped { return keySelect(value, field, .optional(element), isOptional, span) }
      if case .parameter = wrapped { return keySelect(value, field, .optional(.dyn), isOptional, span) }
      if wrapped.isUnknown { return keySelect(value, field, .optional(.dyn), isOptional, span) }
      if case .entity(let id) = wrapped,
        let index = checker.schema.fields(of: id).firstIndex(where: { $0.name == field.text })
      {
        return keySelect(
          value, field,
          .optional(
            checker.fieldType(FieldReference(entity: checker.schema.base(of: id), index: index), at: span).type),
          isOptional, span)
      }
      return invalid(.noFields(describe(type), field: field.text), at: field.span)
    case .dyn, .error, .parameter:
      return keySelect(value, field, isOptional ? .optional(.dyn) : .dyn, isOptional, span)
    default:
      if isDynamic { return keySelect(value, field, .dyn, isOptional, span) }
      return invalid(.noFields(describe(type), field: field.text), at: field.span)
    }
  }

  func keySelect(_ value: CheckedExpression, _ field: Name, _ type: Type, _ isOptional: Bool, _ span: SourceSpan)
    -> CheckedExpression
  {
    make(
      .select(value, key: checker.constant(.string(field.text)), isOptional: isOptional), type,
      absent: value.mayBeAbsent, span)
  }

  func entityField(_ value: CheckedExpression, _ field: FieldReference, _ span: SourceSpan) -> CheckedExpression {
    let type = checker.fieldType(field, at: span)
    let node = CheckedExpression.Kind.field(value, field)
    let absent = type.isOptional && !isKnownPresent(node, type.type, span)
    if absent { noteUnguarded(checker.schema[field.entity].fields[field.index].name, span) }
    return make(node, type.type, absent: absent || value.mayBeAbsent, span)
  }

  private func isKnownPresent(_ kind: CheckedExpression.Kind, _ type: Type, _ span: SourceSpan) -> Bool {
    guard let path = path(CheckedExpression(kind, type: type, span: span)) else { return false }
    return facts.contains(path)
  }

  /// `a.b.c` as one name, unless it starts with a variable of the body.
  func qualifiedName(_ expression: Expression) -> (text: String, isRooted: Bool)? {
    switch expression.kind {
    case .name(let name, let isRooted):
      if !isRooted, variable(named: name.text) != nil { return nil }
      return (name.text, isRooted)
    case .select(let operand, let field, false):
      guard let outer = qualifiedName(operand) else { return nil }
      return (outer.text + "." + field.text, outer.isRooted)
    default: return nil
    }
  }

  // MARK: - Indexes

  func checkIndex(_ operand: Expression, _ index: Expression, isOptional: Bool, _ span: SourceSpan) -> CheckedExpression
  {
    if case .name(let root, _) = operand.kind, variable(named: root.text) == nil,
      case .entity(let id)? = checker.values[root.text]?.binding
    {
      return lookup(id, index, span)
    }
    let value = check(operand)
    if value.type == .error, !isDynamic { return CheckedExpression(.invalid, type: .error, span: span) }
    let type = resolved(value)
    let element: Type
    var keyHint: Type?
    switch type {
    case .list(let inner): (element, keyHint) = (inner, .int)
    case .map(let key, let inner): (element, keyHint) = (inner, key)
    case .optional(.list(let inner)): (element, keyHint) = (.optional(inner), .int)
    case .optional(.map(let key, let inner)): (element, keyHint) = (.optional(inner), key)
    case .optional: element = .optional(.dyn)
    case .dyn, .error, .parameter: element = .dyn
    default:
      if !isDynamic { return invalid(.notIndexable(describe(type)), at: value.span) }
      element = .dyn
    }
    let key = check(index, expecting: keyHint)
    if let keyHint, !isDynamic, !inference.fits(key.type, keyHint, checker.schema) {
      let isWidened = keyHint.isNumeric && resolved(key).isNumeric
      if !isWidened {
        return invalid(
          .typeMismatch(wanted: describe(keyHint), found: describe(key.type), for: "the index", between: nil),
          at: key.span)
      }
    }
    var result = element
    if isOptional, case .optional = element {} else if isOptional { result = .optional(element) }
    return make(
      .index(value, key, isOptional: isOptional), result, absent: value.mayBeAbsent || key.mayBeAbsent, span)
  }

  /// `Team["triage"]`
  func lookup(_ id: EntityID, _ index: Expression, _ span: SourceSpan) -> CheckedExpression {
    let base = checker.schema[checker.schema.base(of: id)]
    let keyType = base.keyIndex.map { base.fields[$0].type } ?? .string
    let key = check(index, as: keyType, for: "the key of `\(checker.schema[id].name)`")
    return make(.lookup(id, key), .entity(id), absent: key.mayBeAbsent, span)
  }

  // MARK: - What an expression needs to be read

  /// Whether it is a bare name, or made of bare names, that only an expected enum can give a meaning.
  func needsExpectation(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .name(let name, false):
      return variable(named: name.text) == nil && externals.allSatisfy { $0.name != name.text } && name.text != "now"
        && checker.values[name.text] == nil && !scope.contains { $0.kind == .open }
    case .list(let elements): return !elements.isEmpty && elements.allSatisfy { needsExpectation($0.value) }
    case .conditional(_, let yes, let no): return needsExpectation(yes) && needsExpectation(no)
    default: return false
    }
  }

  /// The type of an expression, without reporting anything or keeping what it declares.
  func quietType(of expression: Expression) -> Type {
    let (diagnostics, slots, reads) = (checker.diagnostics, slotCount, unguardedReads)
    defer {
      checker.diagnostics = diagnostics
      slotCount = slots
      unguardedReads = reads
    }
    return resolved(check(expression))
  }
}
