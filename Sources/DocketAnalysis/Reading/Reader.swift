/// Turns checked conditions into formulas over the variables of a space.
///
/// Derived fields, functions, tables and bindings are read through, so that two ways of writing one question are one
/// variable. What is beyond the analysis becomes a variable of its own, known by how it reads: the same question is the same
/// variable wherever it stands.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

final class Reader {
  let rulebook: CheckedRulebook
  let evaluator: Evaluator
  let sources: SourceMap
  var purity: Purity
  var space = Space()
  /// Variables that stand for a parameter declared `T?`, by slot.
  var optionalSlots: Set<Int> = []
  /// How the rulebook calls the variables of slots.
  var slotNames: [Int: String] = [:]
  /// Slots whose name goes without saying in an example: the item of a rule.
  var silentSlots: Set<Int> = []
  /// Fields whose values are hidden until their time has come.
  let backfilled: Set<FieldReference>
  /// Nodes looked at; functions in functions could come to any number.
  var nodesLeft = 20_000
  /// Functions, derived fields and bindings read through inside one another.
  static let maximumDepth = 40
  let root = Environment(isRoot: true)

  init(_ rulebook: CheckedRulebook, _ evaluator: Evaluator, _ sources: SourceMap) {
    self.rulebook = rulebook
    self.evaluator = evaluator
    self.sources = sources
    purity = Purity(rulebook)
    backfilled = Set(
      rulebook.sources.flatMap { source in
        source.backfilled.map { FieldReference(entity: rulebook.schema.base(of: source.entity), index: $0) }
      })
  }

  var schema: Schema { rulebook.schema }
  var heap: Heap { evaluator.heap }

  /// Starts anew with another group of conditions.
  func reset() {
    space = Space()
    optionalSlots = []
    silentSlots = []
    slotNames = [:]
  }

  // MARK: - Environment

  /// What the variables of a body stand for: those of the site itself stand for themselves.
  final class Environment {
    let bindings: [Int: (expression: CheckedExpression, environment: Environment)]
    let paths: [Int: FieldPath]
    let isRoot: Bool
    let depth: Int

    init(
      bindings: [Int: (expression: CheckedExpression, environment: Environment)] = [:], paths: [Int: FieldPath] = [:],
      isRoot: Bool = false, depth: Int = 0
    ) {
      self.bindings = bindings
      self.paths = paths
      self.isRoot = isRoot
      self.depth = depth
    }
  }

  /// Pieces of a value: the one whose guard is true; absent where none is.
  struct Term {
    enum Leaf {
      case variable(Int)
      case value(Value)
    }
    var cases: [(guard: Formula, leaf: Leaf)]

    init(_ leaf: Leaf) { cases = [(.truth(true), leaf)] }
    init(cases: [(guard: Formula, leaf: Leaf)]) { self.cases = cases }
  }

  // MARK: - Conditions

  func read(_ expression: CheckedExpression) -> Formula {
    nodesLeft = 20_000
    return condition(expression, root)
  }

  func condition(_ expression: CheckedExpression, _ environment: Environment) -> Formula {
    nodesLeft -= 1
    guard nodesLeft > 0 else { return opaque(expression, environment, .tooLarge) }
    if let known = known(expression, environment) { return known }
    return opaque(expression, environment, reason(expression))
  }

  /// `nil` where only the engine knows.
  private func known(_ expression: CheckedExpression, _ environment: Environment) -> Formula? {
    if purity.isPure(expression) {
      guard case .bool(let bit) = constant(expression) else { return nil }
      return .truth(bit)
    }
    switch expression.kind {
    case .and(let operands): return .all(operands.map { condition($0, environment) })
    case .or(let operands): return .any(operands.map { condition($0, environment) })
    case .builtin(.not, let operands): return .not(condition(operands[0], environment))
    case .conditional(let test, let yes, let no):
      let test = condition(test, environment)
      return .cases([(test, condition(yes, environment)), (.not(test), condition(no, environment))])
    case .isAbsent(let operand, let isNegated):
      guard let present = presence(of: operand, environment) else { return nil }
      return isNegated ? present : .not(present)
    case .hasField(let target, let field):
      let read = CheckedExpression(
        .field(target, field), type: schema[field.entity].fields[field.index].type, span: expression.span)
      return presence(of: read, environment)
    case .builtin(let builtin, let operands):
      switch builtin {
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
        return comparison(builtin, operands[0], operands[1], environment)
      case .contained: return membership(operands[0], operands[1], environment)
      case .startsWith: return prefix(operands[0], operands[1], environment)
      default: return nil
      }
    case .function(let index, let arguments):
      guard let inner = call(index, arguments, environment) else { return nil }
      let body = condition(rulebook.functions[index].body.expression, inner.environment)
      return inner.guards.isEmpty ? body : .cases([(.all(inner.guards), body)])
    case .bind(let slot, let bound, let body):
      return condition(body, binding(slot, bound, environment))
    case .field, .local, .coalesce, .table:
      guard let term = term(expression, environment) else { return nil }
      return formula(term) { self.test($0, .equal, .bool(true)) }
    default: return nil
    }
  }

  /// The outcome of a question about each piece of a term.
  private func formula(_ term: Term, _ ask: (Term.Leaf) -> Formula?) -> Formula? {
    var cases: [(guard: Formula, body: Formula)] = []
    for (condition, leaf) in term.cases {
      // `null` in a branch or a row is absent.
      if case .value(.null) = leaf { continue }
      guard let body = ask(leaf) else { return nil }
      cases.append((condition, body))
    }
    if cases.isEmpty { return .undecided }
    if cases.count == 1, case .truth(true) = cases[0].guard { return cases[0].body }
    return .cases(cases)
  }

  /// Whether something is there, which is always decided.
  private func presence(of operand: CheckedExpression, _ environment: Environment) -> Formula? {
    guard let term = term(operand, environment) else { return nil }
    guard let present = formula(term, { presence($0) }) else { return nil }
    if case .test = present { return present }
    return .certainly(present)
  }

  // MARK: - Comparisons

  private func comparison(
    _ relation: Builtin, _ left: CheckedExpression, _ right: CheckedExpression, _ environment: Environment
  ) -> Formula? {
    guard let a = term(left, environment), let b = term(right, environment), a.cases.count * b.cases.count <= 64 else {
      return nil
    }
    var cases: [(guard: Formula, body: Formula)] = []
    for (first, x) in a.cases {
      for (second, y) in b.cases {
        guard let body = comparison(relation, x, y) else { return nil }
        cases.append((.all([first, second]), body))
      }
    }
    if a.cases.count == 1, b.cases.count == 1, case .truth(true) = a.cases[0].guard,
      case .truth(true) = b.cases[0].guard
    {
      return cases[0].body
    }
    return .cases(cases)
  }

  private func comparison(_ relation: Builtin, _ left: Term.Leaf, _ right: Term.Leaf) -> Formula? {
    switch (left, right) {
    case (.value(.null), _), (_, .value(.null)): return .undecided
    case (.variable, .value(let value)): return test(left, relation, value)
    case (.value(let value), .variable): return test(right, relation.mirrored, value)
    case (.value(let a), .value(let b)):
      switch heap.compare(a, b) {
      case .less?: return .truth([.less, .lessOrEqual, .notEqual].contains(relation))
      case .equal?: return .truth([.lessOrEqual, .greaterOrEqual, .equal].contains(relation))
      case .greater?: return .truth([.greater, .greaterOrEqual, .notEqual].contains(relation))
      case .unordered?, nil: return nil
      }
    case (.variable(let a), .variable(let b)):
      guard a == b else { return nil }
      let holds = [Builtin.equal, .lessOrEqual, .greaterOrEqual].contains(relation)
      let present = Predicate.anything(space.variables[a])
      return holds ? .test(a, present, whenNothing: nil) : .not(.test(a, present, whenNothing: nil))
    }
  }

  /// `leaf RELATION value`
  func test(_ leaf: Term.Leaf, _ relation: Builtin, _ value: Value) -> Formula? {
    let index: Int
    switch leaf {
    case .value: return comparison(relation, leaf, .value(value))
    case .variable(let number): index = number
    }
    let scale = space.variables[index].scale
    switch (scale, value) {
    case (.presence, _): return nil
    case (.text, .string(let symbol)):
      guard relation == .equal || relation == .notEqual else { return nil }
      return test(index, .texts([Array(heap.text(symbol).utf8)], isNegated: relation == .notEqual))
    case (.text, _): return nil
    default: return scale.ranges(relation, value).map { test(index, .ranges($0)) }
    }
  }

  private func test(_ index: Int, _ predicate: Predicate) -> Formula {
    space.note(predicate, of: index)
    return .test(index, predicate, whenNothing: nil)
  }

  private func membership(_ element: CheckedExpression, _ list: CheckedExpression, _ environment: Environment)
    -> Formula?
  {
    if purity.isPure(list), case .list(let reference) = constant(list) {
      guard let term = term(element, environment) else { return nil }
      let values = heap[reference]
      return formula(term) { isOne($0, of: values) }
    }
    guard purity.isPure(element), let path = path(list, environment), case .list = list.type else { return nil }
    let value = constant(element)
    guard !value.isError else { return nil }
    let holder = variable(path, list.type)
    let name = "\(heap.describe(value, schema: schema)) in \(space.variables[holder].name)"
    let hasParent = space.variables[holder].canBeNothing
    let index = space.add(
      Variable(
        .member(path, value), scale: .bool, type: .bool, name: name, parent: hasParent ? holder : nil, isOptional: false
      ),
      key: "\(key(path)) has \(heap.describe(value, schema: schema))")
    return test(index, .ranges([1...1]))
  }

  /// Equal to one of the values, compared in their order as `in` does.
  private func isOne(_ leaf: Term.Leaf, of values: [Value]) -> Formula? {
    guard case .variable(let index) = leaf else {
      var parts: [Formula] = []
      for value in values {
        guard let part = test(leaf, .equal, value) else { return nil }
        parts.append(part)
      }
      return .any(parts)
    }
    let scale = space.variables[index].scale
    if scale == .presence { return nil }
    if scale == .text {
      var texts: [[UInt8]] = []
      for value in values {
        guard case .string(let symbol) = value else { return nil }
        texts.append(Array(heap.text(symbol).utf8))
      }
      return test(index, .texts(texts, isNegated: false))
    }
    var ranges: [ClosedRange<Int128>] = []
    for value in values {
      guard let places = scale.ranges(.equal, value) else { return nil }
      ranges += places
    }
    return test(index, .ranges(ranges))
  }

  private func prefix(_ text: CheckedExpression, _ prefix: CheckedExpression, _ environment: Environment) -> Formula? {
    guard purity.isPure(prefix), case .string(let symbol) = constant(prefix), let term = term(text, environment) else {
      return nil
    }
    let bytes = Array(heap.text(symbol).utf8)
    return formula(term) { leaf in
      switch leaf {
      case .variable(let index):
        return space.variables[index].scale == .text ? test(index, .startsWith(bytes)) : nil
      case .value(.string(let symbol)): return .truth(Array(heap.text(symbol).utf8).starts(with: bytes))
      case .value: return nil
      }
    }
  }

  // MARK: - Constants

  /// What a pure expression comes to.
  func constant(_ expression: CheckedExpression) -> Value {
    evaluator.evaluate(Body(expression: expression, slotCount: expression.slotLimit))
  }
}

extension Predicate {
  /// Any value that a variable has.
  static func anything(_ variable: Variable) -> Predicate {
    variable.scale == .text ? .texts([], isNegated: true) : .ranges([.min ... .max])
  }
}

extension Builtin {
  /// `3 < x` is `x > 3`.
  var mirrored: Builtin {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }
}

extension CheckedExpression {
  /// One more than the highest slot that it names.
  var slotLimit: Int {
    var limit = children.reduce(0) { max($0, $1.slotLimit) }
    switch kind {
    case .local(let slot), .bind(let slot, _, _), .optionalMap(_, let slot, _, _): limit = max(limit, slot + 1)
    case .comprehension(let comprehension):
      limit = max(limit, comprehension.slot + 1, (comprehension.secondSlot ?? 0) + 1)
    default: break
    }
    return limit
  }
}
