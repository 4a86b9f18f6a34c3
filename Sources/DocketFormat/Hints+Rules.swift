/// Routes, SLAs, KPIs, invariants and tests: where their clauses start, and what lines up in them.

internal import DocketDiagnostics
internal import DocketSyntax

extension Hints {
  // MARK: - Routes

  mutating func mark(_ route: RouteDeclaration) {
    begin(route.span)
    let body = markBody(of: route.span, .opensClauses)
    markClause(1, before: route.filter)
    markClause(2, before: route.order.first?.key)
    for key in route.order.dropFirst() { mark(key.key) }
    markPair("hit", HitPolicy.spellings, in: body)
    for rule in route.rules { mark(rule) }
    switch route.otherwise {
    case .nobody(let span): markClause(1, before: first(span))
    case .to(let targets):
      if let target = targets.first { markClause(1, before: first(target.span)) }
      mark(targets)
    case nil: break
    }
  }

  private mutating func mark(_ rule: RuleDeclaration) {
    markItem(first(rule.span))
    markBody(of: rule.span, .opensClauses)
    for condition in rule.conditions { markClause(1, before: condition.condition) }
    if let target = rule.targets.first { markItem(first(target.span)) }
    mark(rule.targets)
    for effect in rule.effects {
      markItem(first(effect.span))
      mark(effect)
    }
    markClause(1, before: rule.because)
  }

  /// A target and the `else`s behind it.
  private mutating func mark(_ targets: [Target]) {
    for (offset, target) in targets.enumerated() {
      if offset > 0 { tokens[first(target.span)].insert(.startsBranch) }
      mark(target.delay?.after)
      mark(target.delay?.calendar)
      mark(target.delay?.from)
      switch target.kind {
      case .value(let value): mark(value)
      case .candidate(let candidate): mark(candidate)
      case .next: break
      }
    }
  }

  private mutating func mark(_ candidate: CandidateTarget) {
    tokens[first(candidate.entity.span) - 1].insert(.candidate)
    for refinement in [candidate.filter, candidate.preference] {
      guard let refinement else { continue }
      mark(refinement)
      tokens[first(refinement) - 1].insert(.startsRefinement)
    }
    for (offset, pick) in candidate.picks.enumerated() {
      let start: Int
      switch pick {
      case .key(let key):
        mark(key.key)
        start = first(key.key) - 1
      case .roundRobin(let span): start = first(span)
      }
      if offset == 0 { tokens[start - 1].insert(.startsRefinement) }
    }
  }

  private mutating func mark(_ effect: Effect) {
    switch effect {
    case .notify(let receiver, let text, _):
      mark(receiver)
      mark(text)
    case .set(_, let value, _): mark(value)
    }
  }

  // MARK: - SLAs

  mutating func mark(_ sla: SLADeclaration) {
    begin(sla.span)
    let body = markBody(of: sla.span, .opensClauses)
    markClause(1, before: sla.filter, aligned: body)
    for trigger in [sla.start, sla.stop, sla.restart] {
      switch trigger {
      case .at(let expression), .when(let expression): markClause(2, before: expression, aligned: body)
      case .on(let list, _, let filter):
        markClause(2, before: list, aligned: body)
        mark(filter)
      case nil: break
      }
    }
    for pause in sla.pauses { markClause(2, before: pause, aligned: body) }
    markClause(2, before: sla.cancel, aligned: body)
    switch sla.target {
    case .duration(let length), .workdays(let length): markClause(1, before: length, aligned: body)
    case nil: break
    }
    markClause(1, before: sla.due?.instant, aligned: body)
    markClause(1, before: sla.calendar, aligned: body)
    if let cadence = sla.cadence {
      markClause(3, before: cadence.from, aligned: body)
      mark(cadence.until)
      markTight(cadence.time.span)
    }
    if let policy = sla.changePolicy {
      markItem(first(policy.span))
      if case .grace(let length) = policy.policy { mark(length) }
    }
    if let policy = sla.reopenPolicy { markItem(first(policy.span)) }
    markPair("cycles", ["once", "each"], in: body)
    for moment in sla.moments {
      if case .afterBreach(let every, _, _) = moment.kind {
        mark(every)
        markMoment(moment.span, during: moment.during, moment.effects, isAligned: false)
      } else {
        markMoment(moment.span, during: moment.during, moment.effects, isAligned: true)
      }
    }
  }

  private mutating func markMoment(_ span: SourceSpan, during: Expression?, _ effects: [Effect], isAligned: Bool) {
    let start = first(span)
    markItem(start)
    mark(during)
    for effect in effects { mark(effect) }
    guard isAligned, let effect = effects.first else { return }
    stops[during.map { first($0) - 1 } ?? first(effect.span)] = .effect(moment: start)
  }

  // MARK: - KPIs and invariants

  mutating func mark(_ kpi: KPIDeclaration) {
    begin(kpi.span)
    let body = markBody(of: kpi.span, .opensClauses)
    markClause(1, before: kpi.filter, aligned: body)
    markClause(2, before: kpi.settled, aligned: body)
    switch kpi.window {
    case .every(_, let instant): markClause(3, before: instant, aligned: body)
    case .last(let length, let instant):
      markClause(1, before: length, aligned: body)
      mark(instant)
    case nil: break
    }
    for (offset, group) in kpi.groups.enumerated() {
      switch group {
      case .key(let key, _):
        mark(key)
        if offset == 0 { markClause(1, before: first(key), aligned: body) }
      case .spine(let entity, _, let on):
        mark(on)
        if offset == 0 { markClause(2, before: first(entity.span), aligned: body) }
      }
    }
    markClause(1, before: kpi.value, aligned: body)
    for threshold in [kpi.target, kpi.warning] {
      if let threshold { markClause(1, before: first(threshold.span), aligned: body) }
    }
    markClause(1, before: kpi.unit, aligned: body)
    if let absence = kpi.absence { markClause(0, before: first(absence.span), aligned: body) }
    markPair("at", ["least"], in: body)
    for moment in kpi.moments { markMoment(moment.span, during: nil, moment.effects, isAligned: true) }
  }

  mutating func mark(_ ensure: EnsureDeclaration) {
    begin(ensure.span)
    markBody(of: ensure.span, .opensClauses)
    markClause(1, before: ensure.filter)
    markClause(2, before: ensure.during)
    markClause(1, before: ensure.expectation)
    markClause(1, before: ensure.because)
  }

  // MARK: - Tests

  mutating func mark(_ test: TestDeclaration) {
    begin(test.span)
    markBody(of: test.span, .opensClauses)
    for step in test.steps {
      switch step {
      case .now(let value, let span), .wait(let value, let span):
        markItem(first(span))
        mark(value)
      case .set(let target, let value, let span):
        markItem(first(span))
        if let key = target.key {
          mark(key)
          tokens[next(after: target.variable.span)].insert(.gluedBefore)
        }
        mark(value)
      case .givenFixture(_, let span), .givenData(_, let span): markItem(first(span))
      case .constant(let constant):
        markItem(first(constant.span))
        mark(constant.type)
        mark(constant.value)
      case .cases(let cases): mark(cases)
      case .add(let record, let span):
        markItem(first(span))
        mark(record)
      case .expect(let expression, _, let span):
        markItem(first(span))
        mark(expression)
      }
    }
  }

  private mutating func mark(_ cases: TestDeclaration.CaseTable) {
    markItem(first(cases.span))
    for column in cases.columns { mark(column.type) }
    if let body = markBody(of: cases.span, .opensRows) { markRows(in: body, heading: body + 1) }
    for row in cases.rows {
      for cell in row.cells { mark(cell) }
    }
  }
}

extension Effect {
  fileprivate var span: SourceSpan {
    switch self {
    case .notify(_, _, let span), .set(_, _, let span): span
    }
  }
}
