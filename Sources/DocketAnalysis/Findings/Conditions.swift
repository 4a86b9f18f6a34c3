/// Conditions, and parts of them, that have the same outcome for every item.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

extension Analyzer {
  enum Verdict {
    case always, never, varies
    /// It reads nothing: a switch that somebody has set.
    case fixed
  }

  /// What a rule asks, and of which items: those in `context`.
  struct Site {
    var context: [Box]
    var slotCount: Int
    /// The condition that keeps other items away, to be shown beside what follows from it.
    var filter: SourceSpan?
    var subject: String
  }

  /// Reports a condition that always or never has the outcome that is wanted of it, or the part that is to blame.
  @discardableResult
  func inspect(_ expression: CheckedExpression, wants wanted: Bool, _ site: Site) throws(TooComplex) -> Verdict {
    let verdict = try verdict(of: expression, wants: wanted, site)
    switch expression.kind {
    case .builtin(.not, let operands):
      // Of a negated field or comparison people think as one.
      if operands[0].isJunction { return try inspect(operands[0], wants: !wanted, site) }
    case .and(let operands), .or(let operands):
      var isConjunction = true
      if case .or = expression.kind { isConjunction = false }
      // Every operand has to have the wanted outcome, or one is enough.
      let needsAll = isConjunction == wanted
      switch verdict {
      case .fixed: return .fixed
      case .varies:
        for operand in operands { try inspect(operand, wants: wanted, site) }
        return .varies
      case .always, .never:
        if needsAll == (verdict == .never) {
          for operand in operands {
            let part = try self.verdict(of: operand, wants: wanted, site)
            if part == .fixed, outcomeOfFixed(operand) == (verdict == .always ? wanted : !wanted) { return verdict }
            if part == verdict { return try inspect(operand, wants: wanted, site) }
          }
        }
      }
    default: break
    }
    if verdict == .always || verdict == .never { tell(expression, verdict, wants: wanted, site) }
    return verdict
  }

  private func outcomeOfFixed(_ expression: CheckedExpression) -> Bool? {
    if case .bool(let bit) = reader.constant(expression) { return bit }
    return nil
  }

  func verdict(of expression: CheckedExpression, wants wanted: Bool, _ site: Site) throws(TooComplex) -> Verdict {
    if reader.purity.isPure(expression) { return .fixed }
    let formula = reader.read(expression)
    let holds = try reader.space.region(formula, is: wanted)
    if isEmpty(try reader.space.intersection(site.context, holds)) { return .never }
    return try isCovered(site.context, by: holds) ? .always : .varies
  }

  private func tell(_ expression: CheckedExpression, _ verdict: Verdict, wants wanted: Bool, _ site: Site) {
    let formula = reader.read(expression)
    var region = site.context
    // An item that gets part of the way shows more.
    if verdict == .never, let first = operands(expression).first,
      let part = try? reader.space.region(reader.read(first), is: wanted),
      let narrowed = try? reader.space.intersection(region, part), !examples(narrowed, mentioning: []).isEmpty
    {
      region = narrowed
    }
    let isOpaque = reader.mentionsOpaque(formula)
    let filter = matters(site, formula, verdict, wanted) ? site.filter : nil
    var shown: (Example, Bool?)?
    for example in examples(region, mentioning: formula.variables) {
      guard let outcome = evaluate(example, slotCount: site.slotCount, { self.outcome(expression) }) else { continue }
      if (outcome == wanted) == (verdict == .always) {
        shown = (example, outcome)
        break
      }
    }
    guard shown != nil || isOpaque else {
      return leaveOpen(site.subject, at: expression.span, sources.text(expression.span), .tooLarge)
    }
    let text = shown.map { example, outcome in
      AnalysisProblem.Shown(example.text(reader), outcome.map { "\($0)" } ?? "undecided")
    }
    report(
      verdict == .always
        ? .alwaysHolds(wanted, filter: filter, example: text)
        : .neverHolds(wanted, filter: filter, example: text), at: expression.span)
  }

  /// Whether it is the filter from which the verdict follows.
  private func matters(_ site: Site, _ formula: Formula, _ verdict: Verdict, _ wanted: Bool) -> Bool {
    guard site.filter != nil, let holds = try? reader.space.region(formula, is: wanted) else { return false }
    if verdict == .never { return !isEmpty(holds) }
    return (try? isCovered([.everything], by: holds)) != true
  }

  private func operands(_ expression: CheckedExpression) -> [CheckedExpression] {
    switch expression.kind {
    case .and(let operands), .or(let operands): operands
    default: []
    }
  }

  // MARK: - Everywhere

  /// Conditions outside of the rules of routes.
  func analyzeConditions() {
    for sla in rulebook.slas where isOwn(sla.span) {
      let subject = "sla `\(sla.name)`"
      func look(_ condition: CheckedExpression?) {
        if let condition { analyze(condition, subject, sla.slotCount, item: sla.entity) }
      }
      look(sla.filter)
      for trigger in [sla.start, sla.stop, sla.restart] {
        switch trigger {
        case .when(let condition): look(condition)
        case .on(_, _, _, let filter): look(filter)
        case .at, nil: break
        }
      }
      sla.pauses.forEach(look)
      look(sla.cancel)
    }
    for kpi in rulebook.kpis where isOwn(kpi.span) {
      var item: EntityID?
      if case .entity(let entity) = kpi.source { item = entity }
      for condition in [kpi.filter, kpi.settled] {
        if let condition { analyze(condition, "kpi `\(kpi.name)`", kpi.slotCount, item: item) }
      }
    }
    for ensure in rulebook.ensures where isOwn(ensure.span) {
      for condition in [ensure.filter, ensure.expectation] {
        if let condition { analyze(condition, "ensure `\(ensure.name)`", ensure.slotCount, item: nil, isNamed: true) }
      }
    }
    for function in rulebook.functions where isOwn(function.span) {
      let optional = function.parameters.indices.filter { function.parameters[$0].isOptional }
      analyzeBody(function.body.expression, "func `\(function.name)`", function.body.slotCount, Set(optional))
    }
    for entity in rulebook.schema.entities where isOwn(entity.span) {
      for field in entity.fields where isOwn(field.span) {
        guard case .derived(let index) = field.kind else { continue }
        let body = rulebook.bodies[index]
        analyzeBody(body.expression, "`\(entity.name).\(field.name)`", body.slotCount, [], silent: [0])
      }
    }
    for route in rulebook.routes where isOwn(route.span) {
      for rule in route.rules {
        for condition in rule.conditions {
          look(inside: condition.expression, "rule `\(rule.name)` of `\(route.name)`", route.slotCount)
        }
      }
      let targets =
        route.rules.flatMap { rule in rule.targets.map { ($0, "rule `\(rule.name)` of `\(route.name)`") } }
        + route.otherwise.map { ($0, "`otherwise` of `\(route.name)`") }
      for (target, subject) in targets {
        guard case .candidate(let candidate) = target.kind else { continue }
        for condition in [conjunction(candidate.filters), candidate.preference].compactMap({ $0 }) {
          analyze(condition, subject, route.slotCount, item: nil, isNamed: true)
        }
      }
    }
  }

  /// The conditions of a candidate's `where`, which the checker has taken apart, as one again.
  private func conjunction(_ conditions: [CheckedExpression]) -> CheckedExpression? {
    guard conditions.count > 1, let first = conditions.first, let last = conditions.last else {
      return conditions.first
    }
    return CheckedExpression(.and(conditions), type: .bool, span: first.span.union(last.span))
  }

  /// A condition on its own.
  private func analyze(
    _ condition: CheckedExpression, _ subject: String, _ slotCount: Int, item: EntityID?, isNamed: Bool = false
  ) {
    reader.reset()
    if !isNamed { reader.silentSlots = [0] }
    let membership = item.flatMap { reader.membership(ofSlot: 0, in: $0) }
    let formula = reader.read(condition)
    reader.space.freeze()
    do throws(TooComplex) {
      let context = try membership.map { formula throws(TooComplex) in try reader.space.region(formula, is: true) }
      let site = Site(context: context ?? [.everything], slotCount: slotCount, filter: nil, subject: subject)
      try inspect(condition, wants: true, site)
    } catch {
      leaveOpen(subject, at: condition.span, sources.text(condition.span), .tooLarge)
    }
    leaveOpen(subject, at: condition.span, [formula])
    look(inside: condition, subject, slotCount)
  }

  /// The conditions within an expression that is none itself: before `?`, and in macros.
  private func analyzeBody(
    _ expression: CheckedExpression, _ subject: String, _ slotCount: Int, _ optional: Set<Int>, silent: Set<Int> = []
  ) {
    switch expression.kind {
    case .conditional(let test, _, _): analyzeAlone(test, subject, slotCount, optional, silent)
    case .comprehension(let comprehension):
      if let filter = comprehension.filter { analyzeAlone(filter, subject, slotCount, optional, silent) }
      switch comprehension.kind {
      case .all, .exists, .existsOne, .filter:
        analyzeAlone(comprehension.body, subject, slotCount, optional, silent)
      case .map, .transformList, .transformMap, .transformMapEntry, .sortBy: break
      }
    default: break
    }
    for child in expression.children { analyzeBody(child, subject, slotCount, optional, silent: silent) }
  }

  private func analyzeAlone(
    _ condition: CheckedExpression, _ subject: String, _ slotCount: Int, _ optional: Set<Int>, _ silent: Set<Int>
  ) {
    reader.reset()
    reader.optionalSlots = optional
    reader.silentSlots = silent
    let formula = reader.read(condition)
    reader.space.freeze()
    do throws(TooComplex) {
      try inspect(
        condition, wants: true, Site(context: [.everything], slotCount: slotCount, filter: nil, subject: subject))
    } catch {
      leaveOpen(subject, at: condition.span, sources.text(condition.span), .tooLarge)
    }
    leaveOpen(subject, at: condition.span, [formula])
  }

  private func look(inside condition: CheckedExpression, _ subject: String, _ slotCount: Int) {
    analyzeBody(condition, subject, slotCount, [])
  }
}

extension CheckedExpression {
  /// `and`, `or`, or such a condition negated.
  fileprivate var isJunction: Bool {
    switch kind {
    case .and, .or: true
    case .builtin(.not, let operands): operands[0].isJunction
    default: false
    }
  }
}

extension Reader {
  /// That the record in a slot is one of a view; `nil` for an entity, which has all its records.
  func membership(ofSlot slot: Int, in entity: EntityID) -> Formula? {
    guard let filter = schema[entity].filterBody else { return nil }
    let path = FieldPath(slot: slot, fields: [])
    if slotNames[slot] == nil, silentSlots.contains(slot) { slotNames[slot] = "" }
    return condition(rulebook.bodies[filter].expression, Environment(paths: [0: path]))
  }
}
