/// The vocabulary: fields of entities with their types, views, derived fields.

import DocketDiagnostics
import DocketSyntax

extension Checker {
  // MARK: - Fields

  func resolveSchema() {
    for (index, entity) in schema.entities.enumerated() {
      if let view = viewDeclarations[entity.id] { resolveBase(of: view, at: index) }
    }
    for entity in schema.entities {
      if let declared = entityDeclarations[entity.id] {
        addFields(declared.fields, to: entity.id, variable: declared.variable)
      }
    }
    for declared in extensions {
      guard case .entity(let id)? = values[declared.entity.text]?.binding else {
        report(.unknownType(declared.entity.text, candidates: entityNames), at: declared.entity.span)
        continue
      }
      addFields(declared.fields, to: schema.base(of: id), variable: declared.variable)
    }
    for entity in schema.entities
    where entity.base == nil && viewDeclarations[entity.id] == nil && entity.keyIndex == nil {
      report(.entityWithoutKey(entity.name), at: entity.span)
    }
  }

  var entityNames: [String] { schema.entities.map(\.name) }

  private func resolveBase(of view: ViewDeclaration, at index: Int) {
    guard case .entity(let base)? = values[view.base.text]?.binding else {
      report(.unknownType(view.base.text, candidates: entityNames), at: view.base.span)
      return
    }
    guard viewDeclarations[base] == nil else {
      report(.viewOfView(view.base.text), at: view.base.span)
      return
    }
    rulebook.schema.entities[index].base = base
  }

  private func addFields(_ declarations: [FieldDeclaration], to entity: EntityID, variable: Name?) {
    for declared in declarations {
      if let first = schema[entity].fields.first(where: { $0.name == declared.name.text }) {
        report(.duplicate(declared.name.text, first: first.span), at: declared.name.span)
        continue
      }
      let reference = FieldReference(entity: entity, index: schema[entity].fields.count)
      var type = Type.dyn
      var isOptional = false
      if let written = declared.type {
        type = resolveType(written)
        isOptional = written.isOptional
      }
      let kind: Field.Kind
      switch declared.kind {
      case .key:
        kind = .key
        if let other = schema[entity].keyIndex {
          report(
            .secondKey(schema[entity].fields[other].name, schema[entity].fields[other].span), at: declared.name.span)
        }
        if ![Type.string, .int, .uint, .error].contains(type) || isOptional {
          report(.badKey(schema.describe(type)), at: declared.type?.span ?? declared.name.span)
        }
      case .stored: kind = .stored
      case .event:
        kind = .event
        if type != .timestamp, type != .error {
          report(
            .eventNotTimestamp(declared.name.text, schema.describe(type)), at: declared.type?.span ?? declared.name.span
          )
        }
      case .derived(let expression):
        kind = .derived(body: -1)
        derivedSources[reference] = DerivedSource(
          expression: expression, variable: variable, hasDeclaredType: declared.type != nil, progress: .waiting)
      case .inverse(let other, let field, _, _):
        kind = resolveInverse(other, field, of: entity, type: type, declared)
      }
      if declared.type != nil, !isStorable(type), type != .error {
        report(.notStorable(declared.name.text, schema.describe(type)), at: declared.type?.span ?? declared.name.span)
      }
      rulebook.schema.entities[Int(entity.index)].fields.append(
        Field(
          name: declared.name.text, titles: declared.titles.map(\.value), type: type, isOptional: isOptional,
          kind: kind,
          span: declared.name.span))
    }
  }

  private func isStorable(_ type: Type) -> Bool {
    switch type {
    case .dyn, .null, .type, .optional, .result, .parameter, .abstract: false
    default: true
    }
  }

  private func resolveInverse(
    _ other: Name, _ field: Name, of entity: EntityID, type: Type, _ declared: FieldDeclaration
  ) -> Field.Kind {
    guard case .entity(let id)? = values[other.text]?.binding else {
      report(.unknownType(other.text, candidates: entityNames), at: other.span)
      return .stored
    }
    let base = schema.base(of: id)
    // The other entity's fields may not be resolved yet: its declarations tell.
    let fields =
      (entityDeclarations[base]?.fields ?? [])
      + extensions.filter { $0.entity.text == schema[base].name }.flatMap(\.fields)
    guard let index = fields.firstIndex(where: { $0.name.text == field.text }) else {
      report(.unknownField(field.text, on: other.text, candidates: fields.map(\.name.text)), at: field.span)
      return .stored
    }
    if let written = fields[index].type {
      let target = resolveType(written)
      var isReference = false
      if case .entity(let id) = target, schema.base(of: id) == entity { isReference = true }
      if case .list(.entity(let id)) = target, schema.base(of: id) == entity { isReference = true }
      if !isReference, target != .error {
        report(.inverseOfOther(field.text, schema.describe(target), wanted: schema[entity].name), at: field.span)
      }
    }
    if case .list(.entity(let element)) = type, schema.base(of: element) == base {
    } else if type != .error {
      report(.inverseType(declared.name.text, wanted: other.text), at: declared.type?.span ?? declared.name.span)
    }
    return .inverse(entity: id, field: index, filter: nil)
  }

  // MARK: - Types

  func resolveType(_ written: TypeExpression) -> Type {
    let arguments = written.arguments.map { resolveType($0) }
    func plain(_ type: Type) -> Type {
      if !arguments.isEmpty { report(.typeWithoutArguments(written.name.text), at: written.span) }
      return type
    }
    switch written.name.text {
    case "bool": return plain(.bool)
    case "int": return plain(.int)
    case "uint": return plain(.uint)
    case "double": return plain(.double)
    case "string": return plain(.string)
    case "bytes": return plain(.bytes)
    case "timestamp": return plain(.timestamp)
    case "date": return plain(.date)
    case "duration": return plain(.duration)
    case "calendar": return plain(.calendar)
    case "dyn": return plain(.dyn)
    case "list":
      guard arguments.count == 1 else {
        report(.wrongTypeArguments("list", wanted: "list<T>"), at: written.span)
        return .error
      }
      return .list(arguments[0])
    case "map":
      guard arguments.count == 2 else {
        report(.wrongTypeArguments("map", wanted: "map<K, V>"), at: written.span)
        return .error
      }
      return .map(arguments[0], arguments[1])
    default: break
    }
    switch binding(written.name.text) {
    case .enumeration(let id): return plain(.enumeration(id))
    case .entity(let id): return plain(.entity(id))
    default:
      let builtin = [
        "bool", "int", "uint", "double", "string", "bytes", "timestamp", "date", "duration", "calendar", "list", "map",
      ]
      report(
        .unknownType(
          written.name.text, candidates: builtin + entityNames + schema.enums.filter { $0.span != nil }.map(\.name)),
        at: written.name.span)
      return .error
    }
  }

  // MARK: - Derived fields, defaults, filters

  /// The type of a field; that of a derived field without a written one is found by checking it.
  func fieldType(_ field: FieldReference, at span: SourceSpan) -> (type: Type, isOptional: Bool) {
    if derivedSources[field] != nil {
      noteRead(.derived(field), at: span)
      let isWaiting = derivedSources[field]?.progress == .waiting
      guard !isWaiting || canInfer(schema[field.entity].fields[field.index].name, at: span) else {
        return (.error, false)
      }
      checkDerived(field)
    } else if case .inverse = schema[field.entity].fields[field.index].kind {
      noteRead(.derived(field), at: span)
    }
    let declared = schema[field.entity].fields[field.index]
    return (declared.type, declared.isOptional)
  }

  func checkDerivedFields() {
    for field in derivedSources.keys.sorted(by: { ($0.entity.index, $0.index) < ($1.entity.index, $1.index) }) {
      checkDerived(field)
    }
    for entity in schema.entities {
      if let view = viewDeclarations[entity.id], let base = entity.base {
        let id = entity.id
        let body = within(.view(id)) {
          recordBody(view.variable, base) { $0.checkCondition(view.filter, for: "the condition of a view") }
        }
        rulebook.schema.entities[Int(id.index)].filterBody = addBody(body)
      }
      guard let declared = entityDeclarations[entity.id] else { continue }
      checkFieldBodies(declared.fields, entity.id, variable: declared.variable)
    }
    for declared in extensions {
      guard case .entity(let id)? = values[declared.entity.text]?.binding else { continue }
      checkFieldBodies(declared.fields, schema.base(of: id), variable: declared.variable)
    }
  }

  private func checkFieldBodies(_ declarations: [FieldDeclaration], _ entity: EntityID, variable: Name?) {
    for declared in declarations {
      guard let index = schema[entity].index(of: declared.name.text) else { continue }
      switch declared.kind {
      case .stored(let value?):
        let type = schema[entity].fields[index].type
        let checker = BodyChecker(checker: self)
        let body = checker.body(checker.check(value, as: type, for: "the default of `\(declared.name.text)`"))
        rulebook.schema.entities[Int(entity.index)].fields[index].defaultBody = addBody(body)
      case .inverse(_, _, let filterVariable, let filter?):
        guard case .inverse(let other, let field, _) = schema[entity].fields[index].kind else { continue }
        let reference = FieldReference(entity: entity, index: index)
        let body = within(.derived(reference)) {
          recordBody(filterVariable, other) {
            $0.checkCondition(filter, for: "the condition of `\(declared.name.text)`")
          }
        }
        rulebook.schema.entities[Int(entity.index)].fields[index].kind = .inverse(
          entity: other, field: field, filter: addBody(body))
      default: break
      }
    }
  }

  /// A body over one record in slot 0, named `variable`.
  private func recordBody(_ variable: Name?, _ entity: EntityID, _ check: (BodyChecker) -> CheckedExpression) -> Body {
    let checker = BodyChecker(checker: self)
    checker.declare(variable?.text ?? "", type: .entity(entity), span: variable?.span)
    return checker.body(check(checker))
  }

  private func checkDerived(_ field: FieldReference) {
    guard let source = derivedSources[field] else { return }
    switch source.progress {
    case .done: return
    case .running:
      // A cycle: `reportCycles` tells of it.
      return
    case .waiting: break
    }
    derivedSources[field]?.progress = .running
    let entity = field.entity
    let declared = schema[entity].fields[field.index]
    let body = within(.derived(field)) {
      recordBody(source.variable, entity) { checker in
        if source.variable == nil { self.report(.derivedWithoutVariable(self.schema[entity].name), at: declared.span) }
        return checker.allowingAbsence {
          source.hasDeclaredType
            ? checker.check(source.expression, as: declared.type, for: "`\(declared.name)`")
            : checker.check(source.expression)
        }
      }
    }
    derivedSources[field]?.progress = .done
    if !source.hasDeclaredType {
      rulebook.schema.entities[Int(entity.index)].fields[field.index].type = bounded(
        body.expression.type.mapped { _ in .dyn }, of: declared.name, at: declared.span)
    }
    if body.expression.mayBeAbsent {
      rulebook.schema.entities[Int(entity.index)].fields[field.index].isOptional = true
    }
    rulebook.schema.entities[Int(entity.index)].fields[field.index].kind = .derived(body: addBody(body))
  }

  /// The fields of a rule's result.
  func resultFields(_ result: ResultType) -> [ResultField] {
    switch result {
    case .decision(ResultType.several), .clock(ResultType.several): return result.fields(item: .dyn, to: .dyn)
    case .decision(let route):
      let signature = signatures.routes[route]
      return result.fields(item: Signatures.item(signature.entity), to: signature.fieldType)
    case .clock(let sla): return result.fields(item: Signatures.item(signatures.slas[sla]), to: .dyn)
    case .measure, .finding: return result.fields(item: .dyn, to: .dyn)
    }
  }

  func reportCycles() {
    for cycle in dependencies.cycles() {
      guard let first = cycle.first, let last = cycle.last else { continue }
      let name: String
      switch first.node {
      case .function(let index): name = functionDeclarations[index].name.text
      case .table(let index): name = tableDeclarations[index].name.text
      case .constant(let index): name = letDeclarations[index].name.text
      case .derived(let field): name = "\(schema[field.entity].name).\(schema[field.entity].fields[field.index].name)"
      case .view(let id): name = schema[id].name
      case .kpi(let index): name = kpiDeclarations[index].name.text
      case .ensure(let index): name = ensureDeclarations[index].name.text
      case .sla(let index): name = slaDeclarations[index].name.text
      case .route, .routedItem:
        reportCircle(cycle)
        continue
      }
      report(.cycle(name), at: last.span)
    }
  }

  /// Routes that wait for each other.
  private func reportCircle(_ cycle: [(node: DependencyGraph.Node, span: SourceSpan)]) {
    var steps: [(name: String, span: SourceSpan)] = []
    for (node, span) in cycle {
      switch node {
      case .route(let index), .routedItem(let index): steps.append((routeDeclarations[index].name.text, span))
      case .function, .table, .constant, .derived, .view, .kpi, .ensure, .sla: continue
      }
    }
    guard let last = steps.last else { return }
    report(.circleOfRoutes(steps.map(\.name), also: steps.dropLast().map(\.span)), at: last.span)
  }
}
