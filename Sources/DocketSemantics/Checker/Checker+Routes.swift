/// Routes: what decides one field of an entity.

import DocketDiagnostics
import DocketSyntax

extension Checker {
  func routeSignature(_ declared: RouteDeclaration) -> (entity: EntityID?, field: FieldReference, fieldType: Type) {
    guard let id = entity(declared.entity) else {
      return (nil, FieldReference(entity: .unknown, index: 0), .error)
    }
    let base = schema.base(of: id)
    let fields = schema[base].fields
    guard let index = fields.firstIndex(where: { $0.name == declared.field.text }) else {
      report(
        .unknownField(declared.field.text, on: declared.entity.text, candidates: fields.map(\.name)),
        at: declared.field.span)
      return (id, FieldReference(entity: base, index: 0), .error)
    }
    if !fields[index].isStored { report(.routedFieldComputed(declared.field.text), at: declared.field.span) }
    return (id, FieldReference(entity: base, index: index), fields[index].type)
  }

  func checkRoutes() {
    rulebook.routes = routeDeclarations.enumerated().map { checkRoute($1, signatures.routes[$0]) }
    reportSecondRoutes()
  }

  /// Two routes for one field would each give an answer, and nothing says which one counts.
  private func reportSecondRoutes() {
    var first: [FieldReference: Int] = [:]
    for (index, route) in rulebook.routes.enumerated() where route.fieldType != .error {
      guard let other = first[route.field] else {
        first[route.field] = index
        continue
      }
      let entity = schema[route.field.entity]
      report(
        .secondRoute(
          "\(entity.name).\(entity.fields[route.field.index].name)", other: rulebook.routes[other].name,
          rulebook.routes[other].span),
        at: route.span)
    }
  }

  private func checkRoute(
    _ declared: RouteDeclaration, _ signature: (entity: EntityID?, field: FieldReference, fieldType: Type)
  ) -> CheckedRoute {
    let body = BodyChecker(checker: self)
    body.context = .rule
    body.declare(declared.variable.text, type: Signatures.item(signature.entity), span: declared.variable.span)
    let filter = declared.filter.map { body.checkCondition($0, for: "`where`") }
    // What `where` implies holds in every rule.
    if let filter { body.facts.formUnion(body.implied(by: filter, when: true)) }
    let order = sortKeys(declared.order, body)
    let targetType = routedType(signature.fieldType, declared.hitPolicy)
    let routeFacts = body.facts
    var rules: [CheckedRoute.Rule] = []
    // A route may have thousands of rules.
    var spans: [String: SourceSpan] = [:]
    for rule in declared.rules {
      if let first = spans[rule.name.text] {
        report(.duplicate(rule.name.text, first: first), at: rule.name.span)
      } else {
        spans[rule.name.text] = rule.name.span
      }
      body.facts = routeFacts
      rules.append(body.withScope { checkRule(rule, targetType, body) })
    }
    body.facts = routeFacts
    var otherwise: [CheckedRoute.Target] = []
    if case .to(let targets)? = declared.otherwise {
      otherwise = body.withScope { targets.map { checkTarget($0, targetType, body) } }
    }
    return CheckedRoute(
      name: declared.name.text, titles: declared.titles.map(\.value), entity: signature.entity ?? .unknown,
      field: signature.field,
      fieldType: signature.fieldType, filter: filter,
      measuredFilter: filter.flatMap { measured($0, without: signature.field) }, order: order,
      hitPolicy: declared.hitPolicy, rules: rules, otherwise: otherwise, slotCount: body.slotCount,
      span: declared.name.span)
  }

  /// With `hit all` the field is a list and every target gives an element.
  private func routedType(_ type: Type, _ policy: HitPolicy) -> Type {
    if policy == .all, case .list(let element) = type { element } else { type }
  }

  private func checkRule(_ declared: RuleDeclaration, _ targetType: Type, _ body: BodyChecker) -> CheckedRoute.Rule {
    var conditions: [CheckedRoute.Condition] = []
    for condition in declared.conditions {
      let checked = body.checkCondition(condition.condition, for: condition.isNegated ? "`unless`" : "`when`")
      conditions.append(.init(isNegated: condition.isNegated, expression: checked))
      body.facts.formUnion(body.implied(by: checked, when: !condition.isNegated))
    }
    let targets = declared.targets.map { checkTarget($0, targetType, body) }
    let effects = declared.effects.compactMap { checkEffect($0, body) }
    let because = declared.because.map { body.check($0, as: .string, for: "`because`") }
    return CheckedRoute.Rule(
      name: declared.name.text, titles: declared.titles.map(\.value), conditions: conditions, targets: targets,
      effects: effects, because: because, span: declared.name.span)
  }

  private func checkTarget(_ declared: Target, _ type: Type, _ body: BodyChecker) -> CheckedRoute.Target {
    let delay = declared.delay.map { delay in
      CheckedRoute.Target.Delay(
        after: body.check(delay.after, as: .duration, for: "`after`"),
        calendar: delay.calendar.map { body.check($0, as: .calendar, for: "`of`") },
        from: body.check(delay.from, as: .timestamp, for: "`from`"))
    }
    let kind: CheckedRoute.Target.Kind
    switch declared.kind {
    case .value(let expression):
      kind = .value(body.allowingAbsence { body.check(expression, as: type, for: "the target") })
    case .next: kind = .next
    case .candidate(let candidate):
      guard let id = entity(candidate.entity) else {
        kind = .next
        break
      }
      if case .entity(let wanted) = type, schema.base(of: wanted) == schema.base(of: id) {
      } else if type != .error {
        report(
          .typeMismatch(wanted: schema.describe(type), found: candidate.entity.text, for: "the target", between: nil),
          at: candidate.entity.span)
      }
      kind = .candidate(
        body.withScope {
          let slot = body.declare(candidate.variable.text, type: .entity(id), span: candidate.variable.span)
          let savedFacts = body.facts
          defer { body.facts = savedFacts }
          let filter = candidate.filter.map { body.checkCondition($0, for: "`where`") }
          if let filter { body.facts.formUnion(body.implied(by: filter, when: true)) }
          let filters: [CheckedExpression]
          if case .and(let conjuncts)? = filter?.kind {
            filters = conjuncts
          } else {
            filters = filter.map { [$0] } ?? []
          }
          return CheckedRoute.Candidate(
            entity: id, slot: slot, filters: filters,
            preference: candidate.preference.map { body.checkCondition($0, for: "`prefer`") },
            picks: candidate.picks.map { pick in
              switch pick {
              case .key(let key): .key(sortKeys([key], body)[0])
              case .roundRobin: .roundRobin
              }
            })
        })
    }
    return CheckedRoute.Target(kind: kind, delay: delay, span: declared.span)
  }

  // MARK: - Shared with SLAs and KPIs

  func sortKeys(_ keys: [SortKey], _ body: BodyChecker) -> [CheckedSortKey] {
    keys.map { key in
      // An absent key sorts last, so that it is no surprise.
      let checked = body.allowingAbsence { body.check(key.key) }
      switch body.resolved(checked) {
      case .list, .map, .entity, .calendar, .result, .optional, .null:
        report(.notOrdered(body.describe(checked.type)), at: checked.span)
      default: break
      }
      return CheckedSortKey(isDescending: key.isDescending, key: checked)
    }
  }

  func checkEffect(_ effect: Effect, _ body: BodyChecker) -> CheckedEffect? {
    switch effect {
    case .notify(let to, let text, let span):
      let recipient = body.allowingAbsence { body.check(to) }
      switch body.resolved(recipient) {
      case .string, .entity, .dyn, .error, .list(.string), .list(.entity), .list(.dyn): break
      default: report(.badRecipient(body.describe(recipient.type)), at: recipient.span)
      }
      return .notify(to: recipient, text: body.check(text, as: .string, for: "the text of `notify`"), span: span)
    case .set(let target, let value, let span):
      guard let (slot, field) = setTarget(target, body) else { return nil }
      let type = schema[field.entity].fields[field.index].type
      return .set(
        slot: slot, field, value: body.allowingAbsence { body.check(value, as: type, for: "`\(target.field.text)`") },
        span: span)
    }
  }

  func setTarget(_ target: SetTarget, _ body: BodyChecker) -> (slot: Int, field: FieldReference)? {
    guard let variable = body.variable(named: target.variable.text) else {
      report(.unknownName(target.variable.text, candidates: body.scope.map(\.name)), at: target.variable.span)
      return nil
    }
    guard case .entity(let id) = variable.type else {
      report(.noFields(body.describe(variable.type), field: target.field.text), at: target.variable.span)
      return nil
    }
    let fields = schema.fields(of: id)
    guard let index = fields.firstIndex(where: { $0.name == target.field.text }) else {
      report(
        .unknownField(target.field.text, on: schema[id].name, candidates: fields.map(\.name)), at: target.field.span)
      return nil
    }
    guard fields[index].isStored else {
      report(.computedFieldInSource(target.field.text), at: target.field.span)
      return nil
    }
    return (variable.slot, FieldReference(entity: schema.base(of: id), index: index))
  }

  /// The condition without its top-level conjuncts that read the field of the item.
  private func measured(_ filter: CheckedExpression, without field: FieldReference) -> CheckedExpression? {
    guard case .and(let conjuncts) = filter.kind else { return filter.reads(field, ofSlot: 0) ? nil : filter }
    let kept = conjuncts.filter { !$0.reads(field, ofSlot: 0) }
    switch kept.count {
    case 0: return nil
    case 1: return kept[0]
    default: return CheckedExpression(.and(kept), type: .bool, mayBeAbsent: filter.mayBeAbsent, span: filter.span)
    }
  }
}

extension CheckedExpression {
  /// Whether it reads this field of the record in a slot.
  func reads(_ field: FieldReference, ofSlot slot: Int) -> Bool {
    switch kind {
    case .field(let operand, let read), .hasField(let operand, let read):
      if read == field, case .local(slot) = operand.kind { return true }
    default: break
    }
    return children.contains { $0.reads(field, ofSlot: slot) }
  }
}
