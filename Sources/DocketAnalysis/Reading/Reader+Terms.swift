/// Values in conditions: fields along paths, and what functions, tables and bindings make of them.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketSyntax

extension Reader {
  /// `nil` where only the engine knows.
  func term(_ expression: CheckedExpression, _ environment: Environment) -> Term? {
    nodesLeft -= 1
    guard nodesLeft > 0, environment.depth <= Self.maximumDepth else { return nil }
    guard let term = knownTerm(expression, environment), term.cases.count <= 64 else { return nil }
    return term
  }

  private func knownTerm(_ expression: CheckedExpression, _ environment: Environment) -> Term? {
    if purity.isPure(expression) {
      let value = constant(expression)
      return value.isError ? nil : Term(.value(value))
    }
    switch expression.kind {
    case .local(let slot):
      if let path = environment.paths[slot] { return Term(.variable(variable(path, expression.type))) }
      if let bound = environment.bindings[slot] { return term(bound.expression, bound.environment) }
      guard let path = path(expression, environment) else { return nil }
      return Term(.variable(variable(path, expression.type)))
    case .field(let target, let field):
      guard let path = path(target, environment) else { return nil }
      switch schema[field.entity].fields[field.index].kind {
      case .key, .stored, .event, .inverse: return Term(.variable(variable(path.appending(field), expression.type)))
      case .derived(let body):
        let holder = variable(path, target.type)
        let inner = Environment(paths: [0: path], depth: environment.depth + 1)
        guard let derived = term(rulebook.bodies[body].expression, inner, asCondition: true) else { return nil }
        guard space.variables[holder].canBeNothing else { return derived }
        let present = Formula.test(holder, .ranges([.min ... .max]), whenNothing: false)
        return Term(cases: derived.cases.map { (.all([present, $0.guard]), $0.leaf) })
      }
    case .conditional(let test, let yes, let no):
      guard let yes = term(yes, environment), let no = term(no, environment) else { return nil }
      let test = condition(test, environment)
      return Term(
        cases: yes.cases.map { (.all([test, $0.guard]), $0.leaf) }
          + no.cases.map { (.all([.not(test), $0.guard]), $0.leaf) })
    case .coalesce(let operand, let fallback):
      guard let first = term(operand, environment, asCondition: true) else { return nil }
      if expression.isOrAbsent { return first }
      guard let second = term(fallback, environment, asCondition: true) else { return nil }
      let present = first.cases.map { (condition: Formula.all([$0.guard, presence($0.leaf)]), leaf: $0.leaf) }
      let isThere = Formula.certainly(.any(present.map { .certainly($0.condition) }))
      return Term(
        cases: present.map { ($0.condition, $0.leaf) }
          + second.cases.map { (.all([.not(isThere), $0.guard]), $0.leaf) })
    case .function(let index, let arguments):
      guard let inner = call(index, arguments, environment),
        let result = term(rulebook.functions[index].body.expression, inner.environment, asCondition: true)
      else { return nil }
      return Term(cases: result.cases.map { (.all(inner.guards + [$0.guard]), $0.leaf) })
    case .table(let index, let arguments): return look(in: rulebook.tables[index], arguments, environment)
    case .bind(let slot, let bound, let body): return term(body, binding(slot, bound, environment))
    default: return nil
    }
  }

  /// The same, where conditions stand for their outcome.
  private func term(_ expression: CheckedExpression, _ environment: Environment, asCondition: Bool) -> Term? {
    if let term = term(expression, environment) { return term }
    guard asCondition, expression.type == .bool else { return nil }
    let formula = condition(expression, environment)
    // What only the engine decides may fail for other reasons than absence.
    guard !mentionsOpaque(formula) else { return nil }
    return Term(cases: [(formula, .value(.bool(true))), (.not(formula), .value(.bool(false)))])
  }

  /// Whether a value is there, which is always decided.
  func presence(_ leaf: Term.Leaf) -> Formula {
    switch leaf {
    case .value(.null): .truth(false)
    case .value: .truth(true)
    case .variable(let index): .test(index, .anything(space.variables[index]), whenNothing: false)
    }
  }

  func mentionsOpaque(_ formula: Formula) -> Bool {
    switch formula {
    case .truth, .undecided: false
    case .test(let index, _, _): space.variables[index].isOpaque
    case .not(let inner), .certainly(let inner): mentionsOpaque(inner)
    case .all(let parts), .any(let parts): parts.contains(where: mentionsOpaque)
    case .cases(let cases): cases.contains { mentionsOpaque($0.guard) || mentionsOpaque($0.body) }
    }
  }

  // MARK: - Paths

  /// The fields that lead to a record or a list.
  func path(_ expression: CheckedExpression, _ environment: Environment) -> FieldPath? {
    switch expression.kind {
    case .local(let slot):
      if let path = environment.paths[slot] { return path }
      if let bound = environment.bindings[slot] { return path(bound.expression, bound.environment) }
      guard environment.isRoot else { return nil }
      if slotNames[slot] == nil { slotNames[slot] = silentSlots.contains(slot) ? "" : sources.text(expression.span) }
      return FieldPath(slot: slot, fields: [])
    case .field(let target, let field):
      guard let path = path(target, environment) else { return nil }
      switch schema[field.entity].fields[field.index].kind {
      case .key, .stored, .event: return path.appending(field)
      case .derived(let body):
        guard environment.depth <= Self.maximumDepth else { return nil }
        return self.path(
          rulebook.bodies[body].expression, Environment(paths: [0: path], depth: environment.depth + 1))
      case .inverse: return nil
      }
    default: return nil
    }
  }

  func key(_ path: FieldPath) -> String {
    "s\(path.slot)" + path.fields.map { ".\($0.entity.index):\($0.index)" }.joined()
  }

  /// The variable of a path; those of references before it come first. `type` is that of its value.
  func variable(_ path: FieldPath, _ type: Type) -> Int {
    if let known = space.number(of: key(path)) { return known }
    guard let last = path.fields.last else {
      return space.add(
        Variable(
          .path(path), scale: Scale(type, schema), type: type, name: slotNames[path.slot] ?? "", parent: nil,
          isOptional: optionalSlots.contains(path.slot)), key: key(path))
    }
    var before = path
    before.fields.removeLast()
    let holder = variable(before, .entity(last.entity))
    let field = schema[last.entity].fields[last.index]
    // A default takes the place of what is absent.
    let isOptional: Bool
    if let body = field.defaultBody {
      isOptional = rulebook.bodies[body].expression.mayBeAbsent
    } else {
      isOptional = field.isOptional || backfilled.contains(last)
    }
    let above = space.variables[holder]
    return space.add(
      Variable(
        .path(path), scale: Scale(field.type, schema), type: field.type,
        name: above.name.isEmpty ? field.name : "\(above.name).\(field.name)",
        parent: above.canBeNothing ? holder : nil, isOptional: isOptional),
      key: key(path))
  }

  // MARK: - Calls

  func binding(_ slot: Int, _ bound: CheckedExpression, _ environment: Environment) -> Environment {
    var bindings = environment.bindings
    bindings[slot] = (bound, environment)
    return Environment(
      bindings: bindings, paths: environment.paths, isRoot: environment.isRoot, depth: environment.depth + 1)
  }

  /// The variables of a function's body, and what must hold for it to be called: arguments are there.
  func call(_ index: Int, _ arguments: [CheckedExpression], _ environment: Environment)
    -> (environment: Environment, guards: [Formula])?
  {
    let parameters = rulebook.functions[index].parameters
    guard environment.depth < Self.maximumDepth else { return nil }
    guard let guards = guards(parameters, arguments, environment) else { return nil }
    var bindings: [Int: (expression: CheckedExpression, environment: Environment)] = [:]
    for (slot, argument) in arguments.enumerated() { bindings[slot] = (argument, environment) }
    return (Environment(bindings: bindings, depth: environment.depth + 1), guards)
  }

  private func guards(
    _ parameters: [(name: String, type: Type, isOptional: Bool)], _ arguments: [CheckedExpression],
    _ environment: Environment
  ) -> [Formula]? {
    var guards: [Formula] = []
    for (argument, parameter) in zip(arguments, parameters) {
      // Whether a record is one of a view is for the engine to say.
      if case .entity(let wanted) = parameter.type, schema[wanted].base != nil, argument.type != parameter.type {
        return nil
      }
      if parameter.isOptional || purity.isPure(argument) { continue }
      if let path = path(argument, environment) {
        let index = variable(path, argument.type)
        guard space.variables[index].canBeNothing else { continue }
        guards.append(presence(.variable(index)))
      } else if let term = term(argument, environment, asCondition: true) {
        guards.append(.certainly(.any(term.cases.map { .certainly(.all([$0.guard, presence($0.leaf)])) })))
      } else {
        return nil
      }
    }
    return guards
  }

  // MARK: - Tables

  /// The result of a table, row by row.
  private func look(in table: CheckedTable, _ arguments: [CheckedExpression], _ environment: Environment) -> Term? {
    // Where no row matches, the failure is another one than absence.
    guard table.hitPolicy == .first, table.rows.count <= 40, table.rows.contains(where: \.matchesAnything),
      var all = guards(table.parameters, arguments, environment)
    else { return nil }
    var bindings: [Int: (expression: CheckedExpression, environment: Environment)] = [:]
    for (slot, argument) in arguments.enumerated() { bindings[slot] = (argument, environment) }
    let inner = Environment(bindings: bindings, depth: environment.depth + 1)
    var cases: [(guard: Formula, leaf: Term.Leaf)] = []
    for row in table.rows {
      guard let result = term(row.result, inner) else { return nil }
      var cells: [Formula] = []
      for (column, tests) in row.cells.enumerated() where !tests.isEmpty {
        guard let argument = term(arguments[column], environment), let cell = cell(tests, argument) else { return nil }
        cells.append(cell)
      }
      cases += result.cases.map { (.all(all + cells + [$0.guard]), $0.leaf) }
      all.append(.not(.all(cells)))
    }
    return Term(cases: cases)
  }

  private func cell(_ tests: [CheckedTable.Test], _ argument: Term) -> Formula? {
    guard argument.cases.count == 1, case .truth(true) = argument.cases[0].guard else { return nil }
    return cell(tests, argument.cases[0].leaf)
  }

  /// A cell of a decision table against a value: alternatives, of which one must hold.
  func cell(_ tests: [CheckedTable.Test], _ leaf: Term.Leaf) -> Formula? {
    var parts: [Formula] = []
    for test in tests {
      switch test {
      case .absent: parts.append(.not(presence(leaf)))
      case .present: parts.append(presence(leaf))
      case .equal(let expression):
        guard let part = self.test(leaf, .equal, expression) else { return nil }
        parts.append(part)
      case .range(let low, let high):
        guard let above = self.test(leaf, .greaterOrEqual, low), let below = self.test(leaf, .lessOrEqual, high) else {
          return nil
        }
        parts.append(.all([above, below]))
      case .relation(let relation, let expression):
        guard let part = self.test(leaf, relation, expression) else { return nil }
        parts.append(part)
      }
    }
    return .any(parts)
  }

  private func test(_ leaf: Term.Leaf, _ relation: Builtin, _ expression: CheckedExpression) -> Formula? {
    guard purity.isPure(expression) else { return nil }
    let value = constant(expression)
    return value.isError ? nil : test(leaf, relation, value)
  }
}

extension CheckedTable.Row {
  var matchesAnything: Bool { cells.allSatisfy(\.isEmpty) }
}

extension FieldPath {
  func appending(_ field: FieldReference) -> FieldPath { FieldPath(slot: slot, fields: fields + [field]) }
}
