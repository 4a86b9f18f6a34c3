/// All items that the small domains allow, and what the engine makes of each: findings by their definitions.

import Docket
import DocketAnalysis
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax

struct BruteForce {
  struct Found: Hashable, CustomStringConvertible {
    var code: DiagnosticCode
    var start: Int32
    var text: String
    var description: String { "\(code) at \(start) `\(text)`" }
  }

  let rulebook: Rulebook
  let evaluator: Evaluator
  let fields: [RandomRulebook.Field]
  let parameters: [RandomRulebook.Field]
  let colors: Int
  private(set) var found: Set<Found> = []
  /// Values of the fields by item, as examples write them.
  private(set) var items: [(reference: Value, values: [String: String])] = []
  private var purity: [ObjectIdentifier: Bool] = [:]

  init(_ rulebook: Rulebook, _ random: RandomRulebook) {
    self.rulebook = rulebook
    fields = random.fields
    parameters = random.parameters
    colors = random.colors.count
    let heap = Heap()
    let world = World(schema: rulebook.checked.schema, heap: heap)
    evaluator = Evaluator(rulebook: rulebook.checked, world: world)
    makeItems(heap, world)
  }

  // MARK: - Items

  /// The values that tell all constants of the generator apart; `nil` is absent.
  private func domain(_ kind: RandomRulebook.Kind, _ heap: Heap) -> [Value] {
    switch kind {
    case .bool: return [.bool(false), .bool(true)]
    case .int: return (-1...6).map { .int(Int64($0)) }
    case .double: return [-1, 0, 0.5, 1, 1.5, 2, 3].map { .double($0) }
    case .string: return ["x", "xa", "y", "other", "x…"].map { heap.string($0) }
    case .color:
      let id = rulebook.checked.schema.enumeration(named: "Color")!
      return (0..<colors).map { .enumeration(EnumValue(type: id.index, ordinal: UInt16($0))) }
    case .customer: return (0..<2 * (colors + 1)).map { .int(Int64($0)) }
    }
  }

  private func domain(_ field: RandomRulebook.Field, _ heap: Heap) -> [Value] {
    domain(field.kind, heap) + (field.isOptional ? [.absent] : [])
  }

  private mutating func makeItems(_ heap: Heap, _ world: World) {
    let schema = rulebook.checked.schema
    let customer = schema.entity(named: "Customer")!
    let customers = TableBuilder(schema: schema, entity: customer, isVersioned: false, hasCreated: false)
    let shades = domain(RandomRulebook.Field(name: "", kind: .color, isOptional: true), heap)
    var customerValues: [[String: String]] = []
    for vip in [false, true] {
      for shade in shades {
        customers.columns[0]!.append(heap.string("c\(customerValues.count + 10)"))
        customers.columns[1]!.append(.bool(vip))
        customers.columns[2]!.append(shade)
        customers.endRow(version: nil, created: nil)
        customerValues.append(["vip": "\(vip)", "shade": describe(shade)])
      }
    }
    world.install(customers.finish(heap: heap) { _ in })

    let item = schema.entity(named: "Item")!
    let builder = TableBuilder(schema: schema, entity: item, isVersioned: false, hasCreated: false)
    var combinations: [[String: Value]] = [[:]]
    for field in fields {
      combinations = combinations.flatMap { known in
        domain(field, heap).map { value in known.merging([field.name: value]) { $1 } }
      }
    }
    var shown: [[String: String]] = []
    for (number, values) in combinations.enumerated() {
      for (index, field) in schema[item].fields.enumerated() {
        guard let column = builder.columns[index] else { continue }
        if index == 0 {
          column.append(heap.string(String(100_000 + number)))
        } else {
          let random = RandomRulebook.all.first { $0.name == field.name }
          column.append(values[field.name] ?? (field.isOptional ? .absent : domain(random!.kind, heap)[0]))
        }
      }
      builder.endRow(version: nil, created: nil)
      var row: [String: String] = [:]
      for (name, value) in values {
        guard fields.first(where: { $0.name == name })?.kind == .customer else {
          row[name] = describe(value)
          continue
        }
        row[name] = value.isAbsent ? "absent" : "there"
        guard case .int(let place) = value else { continue }
        for (field, text) in customerValues[Int(place)] { row["\(name).\(field)"] = text }
      }
      shown.append(row)
    }
    world.install(builder.finish(heap: heap) { _ in })
    items = shown.enumerated().map { (world.entity(item, record: $0, at: nil), $1) }
  }

  private func describe(_ value: Value) -> String { evaluator.heap.describe(value, schema: rulebook.checked.schema) }

  private mutating func note(_ code: DiagnosticCode, _ span: SourceSpan) {
    found.insert(Found(code: code, start: span.start, text: rulebook.sources.text(span)))
  }

  // MARK: - Conditions

  /// The outcome of a condition for every item: `nil` is undecided.
  private func outcomes(_ condition: CheckedExpression, _ slotCount: Int) -> [Bool?] {
    items.map { item in
      evaluator.withFrame(of: slotCount, arguments: [item.reference]) {
        if case .bool(let bit) = evaluator.run(condition) { bit } else { nil }
      }
    }
  }

  private func isFixed(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    case .letValue, .constant: true
    case .local, .field, .hasField: false
    default: expression.children.allSatisfy(isFixed)
    }
  }

  private enum Verdict { case always, never, varies, fixed }

  private func verdict(_ expression: CheckedExpression, _ wanted: Bool, _ context: [Int], _ slotCount: Int) -> Verdict {
    if isFixed(expression) { return .fixed }
    let all = outcomes(expression, slotCount)
    if context.allSatisfy({ all[$0] != wanted }) { return .never }
    return context.allSatisfy { all[$0] == wanted } ? .always : .varies
  }

  @discardableResult
  private mutating func inspect(_ expression: CheckedExpression, _ wanted: Bool, _ context: [Int], _ slotCount: Int)
    -> Verdict
  {
    let verdict = verdict(expression, wanted, context, slotCount)
    switch expression.kind {
    case .builtin(.not, let operands):
      if isJunction(operands[0]) { return inspect(operands[0], !wanted, context, slotCount) }
    case .and(let operands), .or(let operands):
      var isAnd = true
      if case .or = expression.kind { isAnd = false }
      switch verdict {
      case .fixed: return .fixed
      case .varies:
        for operand in operands { inspect(operand, wanted, context, slotCount) }
        return .varies
      case .always, .never:
        guard (isAnd == wanted) == (verdict == .never) else { break }
        for operand in operands {
          let part = self.verdict(operand, wanted, context, slotCount)
          if part == .fixed, outcomes(operand, slotCount)[0] == (verdict == .always ? wanted : !wanted) {
            return verdict
          }
          if part == verdict { return inspect(operand, wanted, context, slotCount) }
        }
      }
    default: break
    }
    if verdict == .always { note(.alwaysHolds, expression.span) }
    if verdict == .never { note(.neverHolds, expression.span) }
    return verdict
  }

  private func isJunction(_ expression: CheckedExpression) -> Bool {
    switch expression.kind {
    case .and, .or: true
    case .builtin(.not, let operands): isJunction(operands[0])
    default: false
    }
  }

  // MARK: - Routes

  private(set) var context: [Int] = []
  /// By rule, the items that it matches.
  private(set) var matches: [String: Set<Int>] = [:]

  mutating func visit(_ route: CheckedRoute) {
    context = Array(items.indices)
    if let filter = route.filter {
      if inspect(filter, true, context, route.slotCount) == .never { return }
      let all = outcomes(filter, route.slotCount)
      context = context.filter { all[$0] == true }
      if context.isEmpty { return }
    }
    var earlier: [(rule: CheckedRoute.Rule, items: Set<Int>, isFinal: Bool)] = []
    for rule in route.rules {
      var matching = Set(context)
      var isDead = false
      for condition in rule.conditions {
        if inspect(condition.expression, !condition.isNegated, context, route.slotCount) == .never { isDead = true }
        let all = outcomes(condition.expression, route.slotCount)
        matching = matching.filter { all[$0] == !condition.isNegated }
      }
      matches[rule.name] = matching
      if matching.isEmpty {
        if !isDead, !rule.conditions.contains(where: { isFixed($0.expression) }) { note(.neverHolds, rule.span) }
        continue
      }
      switch route.hitPolicy {
      case .first:
        let final = earlier.filter(\.isFinal)
        if matching.allSatisfy({ item in final.contains { $0.items.contains(item) } }) {
          let cause = final.first { matching.isSubset(of: $0.items) }
          note(cause?.items == matching ? .repeated : .unreachable, rule.span)
        }
      case .unique:
        if earlier.contains(where: { !$0.items.isDisjoint(with: matching) }) { note(.overlap, rule.span) }
      case .all:
        func targets(_ rule: CheckedRoute.Rule) -> [String] { rule.targets.map { rulebook.sources.text($0.span) } }
        if earlier.contains(where: { $0.items == matching && targets($0.rule) == targets(rule) }) {
          note(.repeated, rule.span)
        }
      }
      let isFinal = !rule.targets.contains { if case .next = $0.kind { true } else { false } }
      earlier.append((rule, matching, isFinal))
    }
  }

  // MARK: - Tables

  /// The values of the parameters, and what each row says to them.
  private(set) var calls: [(values: [Value], texts: [String: String], rows: [Bool?])] = []

  mutating func visit(_ table: CheckedTable) {
    var combinations: [[Value]] = [[]]
    for field in parameters {
      let values = domain(field, evaluator.heap)
      combinations = combinations.flatMap { known in values.map { known + [$0] } }
    }
    calls = combinations.map { values in
      var texts: [String: String] = [:]
      for (field, value) in zip(parameters, values) { texts[field.name] = describe(value) }
      return (values, texts, rows(of: table, values))
    }
    let order = table.rows.indices
    for index in order {
      let span = table.rows[index].span
      let holding = calls.indices.filter { calls[$0].rows[index] == true }
      if holding.isEmpty {
        note(.neverHolds, span)
      } else if table.hitPolicy == .first, holding.allSatisfy({ calls[$0].rows[..<index].contains { $0 != false } }) {
        let cause = (0..<index).first { other in holding.allSatisfy { calls[$0].rows[other] == true } }
        let isSame = cause.map { other in calls.allSatisfy { ($0.rows[other] == true) == ($0.rows[index] == true) } }
        note(isSame == true ? .repeated : .unreachable, span)
      } else if table.hitPolicy == .unique, holding.contains(where: { calls[$0].rows[..<index].contains(true) }) {
        note(.overlap, span)
      }
    }
    visitGaps(table)
  }

  /// Row by row through tables of one row, so that the policy of the whole plays no part.
  private func rows(of table: CheckedTable, _ values: [Value]) -> [Bool?] {
    table.rows.map { row in
      var single = table
      single.rows = [row]
      single.hitPolicy = .unique
      // A new question has a new budget.
      _ = evaluator.evaluate(row.result)
      let result = evaluator.look(in: single, values)
      guard case .error(let reference) = result else { return true }
      if case .noRow = evaluator.heap[reference].kind { return false }
      return nil
    }
  }

  private mutating func visitGaps(_ table: CheckedTable) {
    if table.hitPolicy != .all {
      var left = calls.filter { $0.rows.allSatisfy { $0 == false } }
      for (column, field) in parameters.enumerated() where field.kind == .color {
        var missing: [String] = []
        for value in domain(.color, evaluator.heap) {
          let text = describe(value)
          let here = calls.filter { describe($0.values[column]) == text }
          guard !here.contains(where: { $0.rows.contains(true) }) else { continue }
          if left.contains(where: { describe($0.values[column]) == text }) { missing.append(text) }
        }
        guard !missing.isEmpty, missing.count < colors else { continue }
        note(.missingCase, table.span)
        left = left.filter { !missing.contains(describe($0.values[column])) }
      }
      if !left.isEmpty { note(.gap, table.span) }
    }
    for index in table.rows.indices {
      let isStuck = calls.contains { call in
        call.rows[index] == nil && (table.hitPolicy != .first || call.rows[..<index].allSatisfy { $0 == false })
      }
      guard isStuck else { continue }
      return note(.gap, table.rows[index].span)
    }
  }
}
