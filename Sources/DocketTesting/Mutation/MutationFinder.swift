/// Every change of a rulebook that is worth trying, in the order of its files.
///
/// Changes are made in the source and checked again like anything that somebody writes, so what is tried is always a
/// rulebook, and what survives can be shown as a change of lines. Texts for people, data and tests are left alone.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

struct MutationFinder {
  let tree: SyntaxTree
  let file: SourceFile
  /// The names of the cases of an enum's neighbours: what else could stand there.
  let enums: [(name: String, cases: [String])]
  private(set) var found: [Mutation] = []

  var unit: SourceSpan
  var declaration: SourceSpan

  static func find(_ trees: [SyntaxTree], _ sources: SourceMap, _ rulebook: CheckedRulebook) -> [Mutation] {
    // The rulebook's own come before those of Docket.
    let own = rulebook.schema.enums.dropFirst(BuiltinEnum.allCases.count)
    let enums = (own + rulebook.schema.enums.prefix(BuiltinEnum.allCases.count)).map {
      (name: $0.name, cases: $0.cases.map(\.name))
    }
    return trees.flatMap { tree -> [Mutation] in
      var finder = MutationFinder(tree, sources[tree.file], enums)
      for declaration in tree.declarations { finder.visit(declaration) }
      return finder.found.sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    }
  }

  private init(_ tree: SyntaxTree, _ file: SourceFile, _ enums: [(name: String, cases: [String])]) {
    self.tree = tree
    self.file = file
    self.enums = enums
    unit = SourceSpan(file: tree.file, start: 0, end: 0)
    declaration = unit
  }

  mutating func add(_ kind: MutationKind, _ span: SourceSpan, _ replacement: String) {
    found.append(
      Mutation(kind: kind, span: span, replacement: replacement, unit: unit, declaration: declaration))
  }

  private mutating func within(_ span: SourceSpan, isPart: Bool = false, _ body: (inout MutationFinder) -> Void) {
    let before = (unit, declaration)
    unit = span
    if !isPart { declaration = span }
    body(&self)
    (unit, declaration) = before
  }

  // MARK: - Declarations

  private mutating func visit(_ declaration: Declaration) {
    switch declaration {
    case .zone, .use, .enumeration, .source, .fixture, .test: break
    case .entity(let entity): visit(entity.fields)
    case .extend(let extend): visit(extend.fields)
    case .view(let view): within(view.span) { $0.visit(view.filter) }
    case .calendar(let calendar): within(calendar.span) { $0.visit(calendar) }
    case .constant(let constant): within(constant.span) { $0.visit(constant.value) }
    case .function(let function): within(function.span) { $0.visit(function.body) }
    case .table(let table): within(table.span) { $0.visit(table) }
    case .route(let route): within(route.span) { $0.visit(route) }
    case .sla(let sla): within(sla.span) { $0.visit(sla) }
    case .kpi(let kpi): within(kpi.span) { $0.visit(kpi) }
    case .ensure(let ensure): within(ensure.span) { $0.visit(ensure) }
    }
  }

  private mutating func visit(_ fields: [FieldDeclaration]) {
    for field in fields {
      within(field.span) { finder in
        switch field.kind {
        case .key, .event: break
        case .stored(let value): if let value { finder.visit(value) }
        case .derived(let value): finder.visit(value)
        case .inverse(_, _, _, let filter): if let filter { finder.visit(clause: filter) }
        }
      }
    }
  }

  private mutating func visit(_ table: TableDeclaration) {
    for row in table.rows {
      removeLine(.row, row.span)
      for (cell, _) in row.cells {
        guard case .alternatives(let tests) = cell else { continue }
        for test in tests {
          switch test {
          case .absent, .present: break
          case .equal(let expression): visit(expression)
          case .range(let low, let high):
            visit(low)
            visit(high)
          case .relation(let relation, let limit):
            if let token = token(before: limit.span) { visit(relation, at: token) }
            visit(limit)
          }
        }
      }
      visit(row.result)
    }
  }

  // MARK: - Routes

  private mutating func visit(_ route: RouteDeclaration) {
    if let filter = route.filter { visit(clause: filter) }
    for key in route.order { visit(key) }
    visitHitPolicy(route)
    for rule in route.rules {
      within(rule.span, isPart: true) { finder in
        finder.removeLine(.rule, rule.span)
        for condition in rule.conditions { finder.visit(clause: condition.condition) }
        finder.visit(rule.targets)
        for effect in rule.effects { finder.visit(effect) }
      }
    }
    if case .to(let targets)? = route.otherwise { visit(targets) }
  }

  /// Tables are left alone: the checker proves that the rows of `hit unique` never overlap, so there its policy cannot be told.
  /// Nor can it where there is one rule.
  private mutating func visitHitPolicy(_ route: RouteDeclaration) {
    guard route.rules.count > 1 else { return }
    switch route.hitPolicy {
    case .first:
      if let (_, policy) = words("hit", "first", in: route.span) {
        add(.hitPolicy, policy, "unique")
      } else if let open = tree.tokens.first(where: { $0.kind == .leftBrace && $0.start >= route.span.start }) {
        add(.hitPolicy, SourceSpan(file: tree.file, start: Int(open.end), end: Int(open.end)), "\n  hit unique")
      }
    case .unique:
      if let (_, policy) = words("hit", "unique", in: route.span) { add(.hitPolicy, policy, "first") }
    case .all: break
    }
  }

  private mutating func visit(_ targets: [Target]) {
    for (index, target) in targets.enumerated() {
      if index > 0 { removeLine(.target, target.span) }
      switch target.kind {
      case .value(let expression): visit(expression)
      case .candidate(let candidate):
        if let filter = candidate.filter { visit(clause: filter) }
        if let preference = candidate.preference { visit(clause: preference) }
        for case .key(let key) in candidate.picks { visit(key) }
      case .next: break
      }
      guard let delay = target.delay else { continue }
      visit(delay.after)
    }
  }

  mutating func visit(_ key: SortKey) {
    if let word = token(before: key.key.span) { add(.order, word, key.isDescending ? "lowest" : "highest") }
    visit(key.key)
  }

  private mutating func visit(_ effect: Effect) {
    switch effect {
    case .notify: break
    case .set(_, let value, _): visit(value)
    }
  }

  // MARK: - SLAs

  private mutating func visit(_ sla: SLADeclaration) {
    if let filter = sla.filter { visit(clause: filter) }
    for trigger in [sla.start, sla.stop, sla.restart] {
      switch trigger {
      case .at(let expression)?, .when(let expression)?: visit(expression)
      case .on(let list, _, let filter)?:
        visit(list)
        if let filter { visit(clause: filter) }
      case nil: break
      }
    }
    for pause in sla.pauses {
      remove(.pause, clause: pause, words: ["pause", "while"])
      visit(pause)
    }
    if let cancel = sla.cancel {
      remove(.clause, clause: cancel, words: ["cancel", "when"])
      visit(cancel)
    }
    switch sla.target {
    case .duration(let expression)?, .workdays(let expression)?: visit(expression)
    case nil: break
    }
    if let due = sla.due { visit(due.instant) }
    if let calendar = sla.calendar {
      remove(.calendar, clause: calendar, words: ["using"])
      visit(calendar)
    }
    if let cadence = sla.cadence { visit(cadence.time) }
    visitPolicies(sla)
    for moment in sla.moments {
      switch moment.kind {
      case .limit(let limit): visit(limit)
      case .breach: break
      case .afterBreach(let every, _, _): visit(every)
      }
    }
  }

  private mutating func visitPolicies(_ sla: SLADeclaration) {
    if let reopen = sla.reopenPolicy {
      let other: SLADeclaration.ReopenPolicy =
        switch reopen.policy {
        case .ignore: .countGap
        case .countGap: .excludeGap
        case .excludeGap: .countGap
        case .newCycle: .ignore
        case .restart: .ignore
        }
      replaceWords(.policy, ["on", "reopen"], reopen.policy.rawValue, other.rawValue, in: sla.span)
    }
    guard let change = sla.changePolicy else { return }
    switch change.policy {
    case .retroactive: replaceWords(.policy, ["on", "change"], "retroactive", "keep", in: sla.span)
    case .keep: replaceWords(.policy, ["on", "change"], "keep", "retroactive", in: sla.span)
    case .restart: replaceWords(.policy, ["on", "change"], "restart", "retroactive", in: sla.span)
    case .carry: replaceWords(.policy, ["on", "change"], "carry", "retroactive", in: sla.span)
    case .grace(let length): visit(length)
    }
  }

  // MARK: - KPIs

  private mutating func visit(_ kpi: KPIDeclaration) {
    if let filter = kpi.filter { visit(clause: filter) }
    if let settled = kpi.settled { remove(.clause, clause: settled, words: ["settled", "when"]) }
    if let settled = kpi.settled { visit(settled) }
    switch kpi.window {
    case .every(let unit, let instant)?:
      let other: PeriodUnit =
        switch unit {
        case .day: .week
        case .week: .month
        case .month: .quarter
        case .quarter: .year
        case .year: .quarter
        }
      replaceWords(.window, ["every"], unit.rawValue, other.rawValue, in: kpi.span)
      visit(instant)
    case .last(let length, let instant)?:
      visit(length)
      visit(instant)
    case nil: break
    }
    for group in kpi.groups {
      switch group {
      case .key(let key, _): visit(key)
      case .spine(_, _, let key): visit(key)
      }
    }
    if let value = kpi.value {
      visitAggregates(value)
      visit(value)
    }
    for threshold in [kpi.target, kpi.warning] {
      guard let threshold else { continue }
      if let token = token(before: threshold.limit.span) { visit(threshold.relation, at: token) }
      visit(threshold.limit)
    }
    if let minimum = kpi.minimumRows {
      replaceWords(.constant, ["at", "least"], "\(minimum)", "\(minimum + 1)", in: kpi.span)
    }
    guard let absence = kpi.absence else { return }
    switch absence.policy {
    case .skip, .fail: replaceWords(.policy, ["absent"], absence.policy.rawValue, "no", in: kpi.span)
    case .no: replaceWords(.policy, ["absent"], "no", "skip", in: kpi.span)
    }
  }

  private mutating func visitAggregates(_ expression: Expression) {
    let others = ["min": "max", "max": "min", "mean": "median", "median": "mean", "sum": "mean"]
    if case .call(let name, _, _) = expression.kind, let other = others[name.text] { add(.aggregate, name.span, other) }
    for part in expression.parts { visitAggregates(part) }
  }

  // MARK: - Invariants

  private mutating func visit(_ ensure: EnsureDeclaration) {
    if let filter = ensure.filter { visit(clause: filter) }
    if let during = ensure.during {
      remove(.clause, clause: during, words: ["during", "next"])
      visit(during)
    }
    if let expectation = ensure.expectation { visit(expectation) }
  }
}
