/// KPIs: measures over entities, decisions and clocks.

import DocketDiagnostics
import DocketSyntax
import DocketTime

extension Checker {
  func checkKPIs() {
    rulebook.kpis = kpiDeclarations.enumerated().compactMap { index, declared in
      within(.kpi(index)) { checkKPI(declared) }
    }
    // A KPI that fails keeps its place, so that the numbers of the others hold.
    precondition(rulebook.kpis.count == kpiDeclarations.count)
  }

  private func checkKPI(_ declared: KPIDeclaration) -> CheckedKPI? {
    let body = BodyChecker(checker: self)
    let (source, rowType) = kpiSource(declared)
    body.declare(declared.variable.text, type: rowType, span: declared.variable.span)
    let filter = declared.filter.map { body.checkCondition($0, for: "`where`") }
    if let filter { body.facts.formUnion(body.implied(by: filter, when: true)) }
    let settled = declared.settled.map { body.checkCondition($0, for: "`settled when`") }
    if let settled { body.facts.formUnion(body.implied(by: settled, when: true)) }

    let window: CheckedKPI.Window?
    switch declared.window {
    case .every(let unit, let instant)?:
      if rulebook.zone == nil { report(.noZone(declared.name.text), at: declared.name.span) }
      window = .every(CalendarUnit(unit), of: body.allowingAbsence { body.check(instant, as: .timestamp, for: "`of`") })
    case .last(let length, let instant)?:
      window = .last(
        body.check(length, as: .duration, for: "`last`"),
        of: body.allowingAbsence { body.check(instant, as: .timestamp, for: "`of`") })
    case nil: window = nil
    }
    let groups = declared.groups.compactMap { checkGroup($0, body) }
    for (index, group) in groups.enumerated() {
      if groups[..<index].contains(where: { $0.name == group.name }) {
        report(.duplicateGroup(group.name), at: declared.name.span)
      }
    }

    body.context = .measure
    body.unguardedReads = []
    var value = CheckedExpression(.invalid, type: .error, span: declared.name.span)
    if let written = declared.value { value = body.check(written) }
    body.context = .plain
    let unguarded = body.unguardedReads
    let valueType = body.resolved(value)
    switch valueType {
    case .double, .duration, .error, .dyn: break
    case .int, .uint: value = body.convert(value, to: .double, for: "`value`")
    default:
      report(
        .typeMismatch(wanted: "a number or a duration", found: body.describe(valueType), for: "`value`", between: nil),
        at: value.span)
    }
    if declared.value != nil, value.type != .error, body.aggregates.isEmpty, !value.readsSibling {
      report(.valueWithoutAggregate, at: value.span)
    }
    if let first = unguarded.first, declared.absence == nil {
      report(.missingAbsencePolicy(declared.name.text), at: first)
    }
    if case .no? = declared.absence?.policy, let absenceSpan = declared.absence?.span,
      body.aggregates.contains(where: { $0.kind != .count && $0.kind != .ratio })
    {
      report(.absenceNoNeedsCondition, at: absenceSpan)
    }
    let isDuration = valueType == .duration
    let target = declared.target.flatMap { threshold($0, isDuration: isDuration) }
    let warning = declared.warning.flatMap { threshold($0, isDuration: isDuration) }
    if let target, let warning, let span = declared.warning?.span { checkBands(target, warning, span) }
    let effects = declared.moments.map { moment in
      CheckedKPI.Moment(kind: moment.kind, effects: kpiEffects(moment, declared, groups))
    }
    return CheckedKPI(
      name: declared.name.text, titles: declared.titles.map(\.value), source: source, filter: filter, settled: settled,
      window: window, groups: groups, aggregates: body.aggregates, value: value,
      valueType: isDuration ? .duration : .double,
      target: target, warning: warning, minimumRows: declared.minimumRows ?? 0, unit: declared.unit?.value,
      absence: declared.absence?.policy, moments: effects, slotCount: body.slotCount, span: declared.name.span)
  }

  private func kpiSource(_ declared: KPIDeclaration) -> (CheckedKPI.Source, Type) {
    if let binding = functions[declared.over.text]?.binding {
      switch binding {
      case .route(let index): return (.route(index), .result(.decision(route: index)))
      case .sla(let index):
        noteRead(.sla(index), at: declared.over.span)
        return (.sla(index), .result(.clock(sla: index)))
      default: break
      }
    }
    if case .entity(let id)? = values[declared.over.text]?.binding { return (.entity(id), .entity(id)) }
    report(
      .unknownPopulation(
        declared.over.text,
        candidates: entityNames + routeDeclarations.map(\.name.text) + slaDeclarations.map(\.name.text)),
      at: declared.over.span)
    return (.entity(.unknown), .error)
  }

  private func checkGroup(_ group: KPIDeclaration.Group, _ body: BodyChecker) -> CheckedKPI.Group? {
    switch group {
    case .key(let expression, let name):
      let key = body.allowingAbsence { body.check(expression) }
      guard let label = name?.text ?? lastName(expression) else {
        report(.groupWithoutName, at: expression.span)
        return nil
      }
      return .init(name: label, kind: .key(key), type: body.resolved(key))
    case .spine(let entityName, let variable, let on):
      guard let id = entity(entityName) else { return nil }
      let key = body.allowingAbsence { body.check(on, as: .entity(id), for: "`on`") }
      return .init(name: variable.text, kind: .spine(id, on: key), type: .entity(id))
    }
  }

  private func lastName(_ expression: Expression) -> String? {
    switch expression.kind {
    case .name(let name, _), .select(_, let name, _): name.text
    default: nil
    }
  }

  private func threshold(_ declared: KPIDeclaration.Threshold, isDuration: Bool) -> CheckedKPI.Threshold? {
    let relation = Builtin(declared.relation)
    switch checkLimit(declared.limit) {
    case .ratio(let ratio, let isPercent)?:
      if isDuration {
        report(
          .typeMismatch(wanted: "duration", found: "number", for: "the threshold", between: nil),
          at: declared.limit.span)
        return nil
      }
      return .init(relation: relation, limit: ratio, isPercent: isPercent, isDuration: false)
    case .duration(let duration)?:
      guard isDuration, let nanoseconds = duration.totalNanoseconds else {
        report(
          .typeMismatch(wanted: "number", found: "duration", for: "the threshold", between: nil),
          at: declared.limit.span)
        return nil
      }
      return .init(
        relation: relation, limit: Ratio(numerator: nanoseconds, scale: 9), isPercent: false, isDuration: true)
    case nil: return nil
    }
  }

  /// The warning looks the same way as the target and is looser.
  private func checkBands(_ target: CheckedKPI.Threshold, _ warning: CheckedKPI.Threshold, _ span: SourceSpan) {
    func isUpward(_ relation: Builtin) -> Bool? {
      switch relation {
      case .greater, .greaterOrEqual: true
      case .less, .lessOrEqual: false
      default: nil
      }
    }
    guard let up = isUpward(target.relation), isUpward(warning.relation) == up else {
      report(.bandsDiffer, at: span)
      return
    }
    let (t, w) = (target.limit.doubleValue, warning.limit.doubleValue)
    if up ? w > t : w < t { report(.warningStricter, at: span) }
  }

  /// Texts of effects name the groups and the fields of the cell.
  private func kpiEffects(
    _ moment: KPIDeclaration.Moment, _ declared: KPIDeclaration, _ groups: [CheckedKPI.Group]
  ) -> [CheckedEffect] {
    guard case .kpi(let index)? = functions[declared.name.text]?.binding else { return [] }
    let body = BodyChecker(checker: self)
    body.absenceMode = .allow
    body.declare("", type: .result(.measure(kpi: index)), kind: .open)
    for group in groups {
      if MeasureField(rawValue: group.name) != nil { report(.groupLikeField(group.name), at: moment.span) }
      body.declare(group.name, type: group.type, isOptional: true)
    }
    return moment.effects.compactMap { checkEffect($0, body) }
  }
}

extension CheckedExpression {
  var readsSibling: Bool {
    if case .siblingMeasure = kind { return true }
    return children.contains(where: \.readsSibling)
  }
}
