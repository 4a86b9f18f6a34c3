/// Calls: functions of the rulebook, builtins by overload, aggregates of KPIs.

import DocketDiagnostics
import DocketSyntax

extension BodyChecker {
  // MARK: - f(…)

  func checkCall(_ name: Name, _ arguments: [Expression], isRooted: Bool, _ span: SourceSpan) -> CheckedExpression {
    if !isRooted {
      if name.text == "has" { return checkHas(arguments, name.span, span) }
      if case .measure = context, let aggregate = CheckedKPI.Aggregate.Kind(rawValue: name.text) {
        return checkAggregate(aggregate, arguments, name.span, span)
      }
      if let kind = ResultList(rawValue: name.text), arguments.count == 1,
        let list = checkResultList(kind, name, arguments[0], span)
      {
        return list
      }
    }
    if let binding = checker.functions[name.text]?.binding {
      return checkDeclaredCall(binding, name, arguments, span)
    }
    if name.text == "start_of" || name.text == "end_of", arguments.count == 2,
      case .name(let unit, false) = arguments[0].kind,
      PeriodUnit(rawValue: unit.text) != nil, variable(named: unit.text) == nil
    {
      let unitValue = constant(.string(unit.text), .string, arguments[0].span)
      return call(name.text, [unitValue, check(arguments[1])], isMethod: false, isRooted: isRooted, name.span, span)
    }
    return call(name.text, arguments.map { check($0) }, isMethod: false, isRooted: isRooted, name.span, span)
  }

  private func checkDeclaredCall(
    _ binding: Checker.FunctionBinding, _ name: Name, _ arguments: [Expression], _ span: SourceSpan
  ) -> CheckedExpression {
    switch binding {
    case .function(let index):
      let signature = checker.signatures.functions[index]
      guard let checked = checkArguments(arguments, signature.parameters, of: name, span) else { break }
      checker.noteRead(.function(index), at: span)
      return make(
        .function(index, checked), signature.result,
        absent: signature.resultIsOptional
          || zip(checked, signature.parameters).contains { $0.mayBeAbsent && !$1.isOptional }, span)
    case .table(let index):
      let signature = checker.signatures.tables[index]
      // A cell may ask for absence, so an absent argument is no surprise.
      guard let checked = allowingAbsence({ checkArguments(arguments, signature.parameters, of: name, span) }) else {
        break
      }
      checker.noteRead(.table(index), at: span)
      return make(.table(index, checked), signature.result, absent: signature.resultIsOptional, span)
    case .route(let index):
      let route = checker.signatures.routes[index]
      guard let item = checkItem(arguments, route.entity, of: name, span) else { break }
      return make(.route(index, item), .result(.decision(route: index)), absent: item.mayBeAbsent, span)
    case .sla(let index):
      guard let item = checkItem(arguments, checker.signatures.slas[index], of: name, span) else { break }
      checker.noteRead(.sla(index), at: span)
      return make(.sla(index, item), .result(.clock(sla: index)), absent: item.mayBeAbsent, span)
    case .kpi(let index):
      guard arguments.isEmpty else {
        return invalid(.wrongArgumentCount(name.text, wanted: 0, found: arguments.count), at: span)
      }
      checker.noteRead(.kpi(index), at: span)
      if case .measure = context { return make(.siblingMeasure(kpi: index), .double, span) }
      return make(.kpi(index), .result(.measure(kpi: index)), span)
    }
    return CheckedExpression(.invalid, type: .error, span: span)
  }

  private func checkArguments(
    _ arguments: [Expression], _ parameters: [(name: String, type: Type, isOptional: Bool)], of name: Name,
    _ span: SourceSpan
  ) -> [CheckedExpression]? {
    guard arguments.count == parameters.count else {
      checker.report(.wrongArgumentCount(name.text, wanted: parameters.count, found: arguments.count), at: span)
      return nil
    }
    return zip(arguments, parameters).map { argument, parameter in
      let what = "`\(parameter.name)` of `\(name.text)`"
      return parameter.isOptional
        ? allowingAbsence { check(argument, as: parameter.type, for: what) }
        : check(argument, as: parameter.type, for: what)
    }
  }

  private func checkItem(_ arguments: [Expression], _ entity: EntityID?, of name: Name, _ span: SourceSpan)
    -> CheckedExpression?
  {
    checkArguments(arguments, [("item", Signatures.item(entity), false)], of: name, span)?.first
  }

  /// What is called with the name of a rule, and lists all its results.
  private enum ResultList: String {
    case decisions, cells, findings

    var kindOfRule: String {
      switch self {
      case .decisions: "a route"
      case .cells: "a kpi"
      case .findings: "an invariant"
      }
    }
  }

  /// `decisions(owner)`, `cells(csat)` and `findings(no_overlap)`
  private func checkResultList(_ list: ResultList, _ name: Name, _ argument: Expression, _ span: SourceSpan)
    -> CheckedExpression?
  {
    guard case .name(let rule, false) = argument.kind, variable(named: rule.text) == nil else { return nil }
    switch (list, checker.functions[rule.text]?.binding) {
    case (.decisions, .route(let index)?):
      return make(.decisions(route: index), .list(.result(.decision(route: index))), span)
    case (.cells, .kpi(let index)?):
      checker.noteRead(.kpi(index), at: span)
      return make(.cells(kpi: index), .list(.result(.measure(kpi: index))), span)
    case (.decisions, _), (.cells, _), (.findings, _):
      // Invariants are not called by their names, and so have a name space of their own.
      if list == .findings, let index = checker.ensureDeclarations.firstIndex(where: { $0.name.text == rule.text }) {
        checker.noteRead(.ensure(index), at: span)
        return make(.findings(ensure: index), .list(.result(.finding(ensure: index))), span)
      }
      if checker.functions[name.text] != nil { return nil }
      return invalid(.wantsRule(function: name.text, kind: list.kindOfRule, found: rule.text), at: argument.span)
    }
  }

  // MARK: - e.f(…)

  func checkMethodCall(
    _ receiver: Expression, _ name: Name, _ arguments: [Expression], _ span: SourceSpan, expecting expected: Type?
  ) -> CheckedExpression {
    if let expanded = checkMacro(receiver, name, arguments, span) { return expanded }
    if let qualified = qualifiedName(receiver) {
      let full = qualified.text + "." + name.text
      for candidate in candidates(full, isRooted: qualified.isRooted) {
        if Builtin(rawValue: candidate) != nil || externalFunctions.contains(where: { $0.name == candidate }) {
          return call(candidate, arguments.map { check($0) }, isMethod: false, isRooted: true, name.span, span)
        }
      }
    }
    let value = check(receiver)
    var checked = [value]
    for argument in arguments { checked.append(check(argument, expecting: argumentHint(value))) }
    if checked.contains(where: { $0.type == .error }), !isDynamic {
      return CheckedExpression(.invalid, type: .error, span: span)
    }
    return call(name.text, checked, isMethod: true, isRooted: false, name.span, span)
  }

  /// A method of a list is often given an element.
  private func argumentHint(_ receiver: CheckedExpression) -> Type? {
    switch resolved(receiver) {
    case .list(let element), .optional(let element): element
    default: nil
    }
  }

  // MARK: - Overloads

  func call(_ builtin: Builtin, _ arguments: [CheckedExpression], _ span: SourceSpan) -> CheckedExpression {
    resolve(builtin, arguments, isMethod: false, span)
  }

  private func call(
    _ name: String, _ arguments: [CheckedExpression], isMethod: Bool, isRooted: Bool, _ nameSpan: SourceSpan,
    _ span: SourceSpan
  ) -> CheckedExpression {
    for candidate in isMethod ? [name] : candidates(name, isRooted: isRooted) {
      if let external = externalFunctions.first(where: { $0.name == candidate }) {
        return resolveExternal(external, arguments, span)
      }
      if let builtin = Builtin(rawValue: candidate) {
        if !isDynamic, !builtin.overloads.contains(where: { $0.isMethod == isMethod }) {
          return invalid(.calledTheOtherWay(name, asMethod: !isMethod), at: nameSpan)
        }
        return resolve(builtin, arguments, isMethod: isMethod, span)
      }
    }
    if isDynamic { return unbound(name, span) }
    if arguments.contains(where: { $0.type == .error }) { return CheckedExpression(.invalid, type: .error, span: span) }
    let known = Builtin.allCases.filter { builtin in builtin.overloads.contains { $0.isMethod == isMethod } }.map(
      \.rawValue
    )
    .filter { !$0.hasPrefix("_") && !$0.hasSuffix("_") }
    return invalid(.unknownFunction(name, candidates: checker.functions.keys.sorted() + known), at: nameSpan)
  }

  private func resolve(
    _ builtin: Builtin, _ arguments: [CheckedExpression], isMethod: Bool, _ span: SourceSpan
  ) -> CheckedExpression {
    if isDynamic { return make(.builtin(builtin, arguments), .dyn, span) }
    if arguments.contains(where: { $0.type == .error }) { return CheckedExpression(.invalid, type: .error, span: span) }
    guard let result = match(builtin, arguments, isMethod: isMethod) else {
      return invalid(
        .noOverload(
          builtin.rawValue, arguments: arguments.map { describe($0.type) }, isMethod: isMethod,
          spans: arguments.map(\.span)), at: span)
    }
    if Self.readsClock(builtin), arguments.count == 1, resolved(arguments[0]) == .timestamp {
      checker.report(.utcAccessor(builtin.rawValue), at: span)
    }
    return self.builtin(builtin, arguments, result.type, absent: result.mayBeAbsent, span)
  }

  private static func readsClock(_ builtin: Builtin) -> Bool {
    switch builtin {
    case .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear, .getFullYear, .getHours, .getMinutes, .getMonth: true
    default: false
    }
  }

  private func resolveExternal(_ function: ExternalFunction, _ arguments: [CheckedExpression], _ span: SourceSpan)
    -> CheckedExpression
  {
    guard let result = match(function.overloads, arguments) else {
      return invalid(
        .noOverload(
          function.name, arguments: arguments.map { describe($0.type) }, isMethod: false, spans: arguments.map(\.span)),
        at: span)
    }
    return make(.external(Int.max), result.type, span)
  }

  /// What a call of a builtin gives. Rules ask the same of the same types over and over: where nothing is left to be inferred,
  /// in the arguments and in what comes out, the answer is kept.
  private func match(_ builtin: Builtin, _ arguments: [CheckedExpression], isMethod: Bool) -> Checker.CallResult? {
    if let known = checker.knownCalls.first(where: { $0.isOf(builtin, arguments, isMethod: isMethod) }) {
      return known.result
    }
    let result = match(builtin.overloads.filter { $0.isMethod == isMethod }, arguments)
    if let result, !result.type.hasParameters, !arguments.contains(where: { $0.type.hasParameters }),
      checker.knownCalls.count < Checker.maximumKnownCalls
    {
      checker.knownCalls.append(
        .init(builtin: builtin, isMethod: isMethod, arguments: arguments.map(\.type), result: result))
    }
    return result
  }

  /// The type of a call: that of the first overload that fits. Where an argument's type is not known, others may be meant:
  /// `dyn` where they give different results.
  private func match(_ overloads: [Overload], _ arguments: [CheckedExpression]) -> Checker.CallResult? {
    let types = arguments.map(\.type)
    let areKnown = arguments.allSatisfy { resolved($0).isKnown }
    var result: Checker.CallResult?
    for overload in overloads {
      var fresh = inference.instantiate(overload)
      if fresh.isVariadic, let last = fresh.parameters.last {
        guard types.count >= fresh.parameters.count else { continue }
        while fresh.parameters.count < types.count { fresh.parameters.append(last) }
      }
      guard inference.fits(types, fresh.parameters, checker.schema) else { continue }
      let type = inference.resolve(fresh.result)
      if let known = result {
        if known.type != type {
          result = Checker.CallResult(type: .dyn, mayBeAbsent: known.mayBeAbsent || overload.mayBeAbsent)
        }
      } else {
        result = Checker.CallResult(type: type, mayBeAbsent: overload.mayBeAbsent)
      }
      if areKnown { break }
    }
    return result
  }

  // MARK: - Aggregates

  private func checkAggregate(
    _ kind: CheckedKPI.Aggregate.Kind, _ arguments: [Expression], _ nameSpan: SourceSpan, _ span: SourceSpan
  ) -> CheckedExpression {
    let saved = context
    context = .plain
    defer { context = saved }
    func aggregate(_ argument: CheckedExpression?, percent: Double? = nil, _ type: Type) -> CheckedExpression {
      aggregates.append(CheckedKPI.Aggregate(kind: kind, argument: argument, percent: percent, span: span))
      return make(.aggregate(aggregates.count - 1), type, span)
    }
    let wanted: ClosedRange<Int> = kind == .count ? 0...1 : kind == .percentile ? 2...2 : 1...1
    guard wanted.contains(arguments.count) else {
      return invalid(.wrongArgumentCount(kind.rawValue, wanted: wanted.lowerBound, found: arguments.count), at: span)
    }
    switch kind {
    case .count:
      guard let condition = arguments.first else { return aggregate(nil, .double) }
      return aggregate(allowingAbsence { checkCondition(condition, for: "`count`") }, .double)
    case .ratio:
      return aggregate(allowingAbsence { checkCondition(arguments[0], for: "`ratio`") }, .double)
    case .countDistinct:
      return aggregate(allowingAbsence { check(arguments[0]) }, .double)
    case .sum, .mean, .min, .max, .median, .percentile, .gini:
      let value = allowingAbsence { check(arguments[0]) }
      var percent: Double?
      if kind == .percentile {
        switch arguments[1].kind {
        case .literal(.int(let number)) where (0...100).contains(number): percent = Double(number)
        case .literal(.double(let number)) where (0.0...100.0).contains(number): percent = number
        default: return invalid(.badPercentile, at: arguments[1].span)
        }
      }
      switch resolved(value) {
      // A spread has no unit, whatever is spread.
      case .duration: return aggregate(value, percent: percent, kind == .gini ? .double : .duration)
      case .int, .uint, .double, .dyn: return aggregate(value, percent: percent, .double)
      case .error: return CheckedExpression(.invalid, type: .error, span: span)
      default:
        return invalid(
          .typeMismatch(
            wanted: "a number or a duration", found: describe(value.type), for: "`\(kind.rawValue)`", between: nil),
          at: value.span)
      }
    }
  }
}
