/// Names that stand for a value: variables, `let`s, `now`, calendars.

import DocketSemantics

extension Evaluator {
  func variable(_ expression: CheckedExpression) -> Value {
    switch expression.kind {
    case .local(let slot): return present(self[slot: slot], expression)
    case .external(let index):
      guard index < externals.count, !externals[index].isAbsent else {
        return fail(.unbound(sourceText?(expression.span) ?? "the variable"), at: expression)
      }
      return externals[index]
    case .now:
      guard let instant else { return fail(.unbound("now"), at: expression) }
      return .timestamp(instant)
    case .letValue(let index): return letValue(index)
    case .calendar(let index): return .calendar(UInt32(index))
    case .rowColumn(let index): return present(rowColumn?(index) ?? .absent, expression)
    default: preconditionFailure("not a variable")
    }
  }

  /// What a rule gives; the rules module sets how it is found.
  func ruleResult(_ expression: CheckedExpression) -> Value {
    func hook(_ result: Value?) -> Value {
      // Decisions are kept by whoever made them, and with them their errors.
      heap.keepErrors()
      return present(result ?? fail(.unbound(path(of: expression)), at: expression), expression)
    }
    switch expression.kind {
    case .route(let index, let item):
      let item = value(of: item)
      return item.isError ? item : hook(callRoute?(index, item))
    case .sla(let index, let item):
      let item = value(of: item)
      return item.isError ? item : hook(callSLA?(index, item))
    case .kpi(let index): return hook(callKPI?(index))
    case .decisions(let index): return hook(decisions?(index))
    case .cells(let index): return hook(cells?(index))
    case .findings(let index): return hook(findings?(index))
    case .aggregate(let index): return hook(aggregate?(index))
    case .siblingMeasure(let index): return hook(siblingMeasure?(index))
    default: preconditionFailure("not a result of a rule")
    }
  }

  func letValue(_ index: Int) -> Value {
    if let known = letValues[index] { return known }
    let body = rulebook.lets[index].body
    let value = inFrame(of: body.slotCount, arguments: []) { self.value(of: body.expression) }
    if !isLetVolatile[index] {
      letValues[index] = value
      heap.keepErrors()
    }
    return value
  }

  // MARK: - Functions

  func callFunction(_ index: Int, _ arguments: [CheckedExpression], _ expression: CheckedExpression) -> Value {
    let function = rulebook.functions[index]
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    for (argument, parameter) in zip(arguments, function.parameters) {
      let value = self.argument(argument, type: parameter.type, isOptional: parameter.isOptional)
      if value.isError { return value }
      values.append(value)
    }
    let result = inFrame(of: function.body.slotCount, arguments: values) { value(of: function.body.expression) }
    if function.resultIsOptional, case .null = result {
      return fail(.absent(path: path(of: expression)), at: expression)
    }
    return result
  }

  /// An argument of a function or a table: `.absent` only where the parameter is `T?`; a view takes only its records.
  func argument(_ expression: CheckedExpression, type: Type, isOptional: Bool) -> Value {
    var value = isOptional ? quietly(expression) : self.value(of: expression)
    if isOptional, case .null = value { value = .absent }
    if case .entity(let wanted) = type, schema[wanted].base != nil, expression.type != type,
      case .entity(let record) = value
    {
      return admitted(record, to: wanted, expression)
    }
    return value
  }
}

/// Which values depend on the clock, the records or what is bound from outside, and so are computed whenever they are read.
struct Volatility {
  private(set) var lets: [Bool] = []
  private let rulebook: CheckedRulebook
  /// What has been found out, so that a declaration that many read is looked at once.
  private var known: [Declaration: Bool] = [:]

  private enum Declaration: Hashable {
    case constant(Int)
    case function(Int)
    case table(Int)
  }

  init(_ rulebook: CheckedRulebook) {
    self.rulebook = rulebook
    // The checker orders nothing here: a value may read a later one.
    for index in rulebook.lets.indices { lets.append(isVolatile(.constant(index))) }
  }

  private mutating func isVolatile(_ declaration: Declaration) -> Bool {
    if let known = known[declaration] { return known }
    known[declaration] = false
    let result: Bool
    switch declaration {
    case .constant(let index): result = isVolatile(rulebook.lets[index].body.expression)
    case .function(let index): result = isVolatile(rulebook.functions[index].body.expression)
    case .table(let index): result = rulebook.tables[index].rows.contains { isVolatile($0.result) }
    }
    known[declaration] = result
    return result
  }

  private mutating func isVolatile(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    case .external, .now, .field, .history, .versionBound, .resultField, .rowColumn, .hasField, .route, .sla, .kpi,
      .decisions,
      .cells, .findings, .lookup, .records, .aggregate, .siblingMeasure:
      return true
    case .letValue(let index):
      return isVolatile(.constant(index))
    case .function(let index, _):
      if isVolatile(.function(index)) { return true }
    case .table(let index, _):
      if isVolatile(.table(index)) { return true }
    default:
      break
    }
    for child in expression.children where isVolatile(child) { return true }
    return false
  }
}
