import DocketDiagnostics
import DocketTime

@testable import DocketSemantics

/// Random expressions over the records of `SampleWorld`, as the checker would make them, and now and then as it never would.
///
/// Slot 0 holds a piece of feedback, slot 1 a person; variables of macros take the slots behind.
struct LoweringProgram {
  enum Sort: CaseIterable {
    case bool, int, uint, double, text, priority, instant, duration, person, numbers, texts, people, map, optional
  }

  static let slotCount = 64
  let sample: SampleWorld
  private var random: SeededNumbers
  private var scope: [(sort: Sort, slot: Int)] = []
  private var nextSlot = 2
  private var t: Tree { sample.tree }

  init(seed: UInt64) {
    sample = SampleWorld()
    random = SeededNumbers(state: seed)
    let doubled = t.call(.multiply, t.local(0), t.int(2))
    let orElse = t.coalesce(t.local(0), t.local(1))
    for (name, body, isOptional) in [("doubled", doubled, false), ("or_else", orElse, true)] {
      t.rulebook.functions.append(
        CheckedFunction(
          name: name,
          parameters: (0..<(isOptional ? 2 : 1)).map { (name: "n\($0)", type: .int, isOptional: isOptional) },
          result: .int, resultIsOptional: isOptional, body: Body(expression: body, slotCount: 2), span: body.span))
    }
  }

  mutating func expression() -> CheckedExpression {
    make(chance(2) ? .bool : pick(Sort.allCases), 2 + random.below(4))
  }

  // MARK: - Choices

  private mutating func chance(_ oneIn: Int) -> Bool { random.below(oneIn) == 0 }
  private mutating func pick<T>(_ choices: [T]) -> T { choices[random.below(choices.count)] }

  private mutating func make(_ sort: Sort, _ depth: Int) -> CheckedExpression {
    // Something of another type, as `dyn` lets it through.
    let sort = chance(40) ? pick(Sort.allCases) : sort
    if depth <= 0 || chance(8) { return leaf(sort) }
    if chance(14) { return t.node(.conditional(make(.bool, depth - 1), make(sort, depth - 1), make(sort, depth - 1))) }
    if chance(24) { return bound(sort, depth) }
    if chance(16) { return t.coalesce(make(sort, depth - 1), make(sort, depth - 1)) }
    switch sort {
    case .bool: return condition(depth)
    case .int: return integer(depth)
    case .uint: return arithmetic(.uint, [.add, .subtract, .multiply, .divide, .modulo], depth)
    case .double: return arithmetic(.double, [.add, .subtract, .multiply, .divide], depth)
    case .text:
      switch random.below(4) {
      case 0: return t.call(.add, make(.text, depth - 1), make(.text, depth - 1))
      case 1: return t.call(.toString, make(pick([.int, .double, .bool]), depth - 1))
      case 2: return t.call(.substring, make(.text, depth - 1), make(.int, 0))
      default: return leaf(.text)
      }
    case .instant: return t.call(pick([.add, .subtract]), make(.instant, depth - 1), make(.duration, depth - 1))
    case .duration:
      return chance(2)
        ? t.call(.subtract, make(.instant, depth - 1), make(.instant, depth - 1))
        : t.call(.multiply, make(.duration, depth - 1), make(.int, depth - 1))
    case .person: return t.index(make(.people, depth - 1), make(.int, 0))
    case .numbers: return list(.numbers, of: .int, depth)
    case .texts: return list(.texts, of: .text, depth)
    case .people: return chance(2) ? filter(.people, of: .person, depth) : leaf(.people)
    case .map:
      return t.map(
        (t.text("a"), make(.int, depth - 1)), (make(.text, chance(3) ? 1 : 0), make(.int, depth - 1)))
    case .optional:
      switch random.below(4) {
      case 0: return t.call(.optionalOf, make(.int, depth - 1))
      case 1: return t.select(make(.map, depth - 1), pick(["a", "b"]), optional: true)
      case 2: return t.index(make(.numbers, depth - 1), make(.int, depth - 1), optional: true)
      default:
        return with(.int) { slot, program in
          program.t.node(
            .optionalMap(
              program.make(.optional, depth - 1), slot: slot, body: program.make(.int, depth - 1),
              isFlat: program.chance(6)))
        }
      }
    case .priority: return leaf(.priority)
    }
  }

  private mutating func leaf(_ sort: Sort) -> CheckedExpression {
    if chance(2), let variable = scope.filter({ $0.sort == sort }).randomElement(using: &random) {
      return t.local(variable.slot)
    }
    switch sort {
    case .bool: return chance(3) ? sample.read(person(), .isBusy) : t.bool(chance(2))
    case .int:
      if chance(3) { return sample.read(t.local(0), .votes) }
      if chance(4) { return sample.read(person(), .capacity) }
      return t.int(pick([0, 1, 2, 3, 4, 5, 7, -1, .max, .min]))
    case .uint: return t.uint(pick([0, 1, 2, 5, .max]))
    case .double: return t.double(pick([0, -0.0, 1, 2.5, 3, .infinity, .nan]))
    case .text:
      return chance(3)
        ? sample.read(person(), pick([.name, .id]))
        : t.text(pick(["", "a", "ab", "li", "zoe", "李", "e\u{301}", "^l|o$", "("]))
    case .priority:
      return chance(2)
        ? sample.read(t.local(0), .priority)
        : t.constant(.enumeration(SampleWorld.priority, ordinal: random.below(3)), .enumeration(SampleWorld.priority))
    case .instant:
      return chance(2)
        ? sample.read(t.local(0), .at)
        : t.constant(.timestamp(SampleWorld.day(random.below(10), random.below(2))), .timestamp)
    case .duration:
      return t.constant(.duration(TimeDuration(uncheckedSeconds: Int64(random.below(200_000)))), .duration)
    case .person: return person()
    case .numbers: return t.list(t.int(1), t.int(2), t.int(3))
    case .texts: return t.list(t.text("a"), t.text("li"))
    case .people: return chance(2) ? sample.read(t.local(0), .watchers) : t.list(t.local(1))
    case .map: return t.map((t.text("a"), t.int(1)))
    case .optional: return chance(2) ? t.call(.optionalNone) : t.call(.optionalOf, t.int(4))
    }
  }

  private mutating func person() -> CheckedExpression {
    let person = chance(2) ? sample.read(t.local(0), .owner) : t.local(1)
    return chance(5) ? sample.read(person, .boss) : person
  }

  // MARK: - Kinds of expressions

  private mutating func arithmetic(_ sort: Sort, _ operators: [Builtin], _ depth: Int) -> CheckedExpression {
    t.call(pick(operators), make(sort, depth - 1), make(sort, depth - 1))
  }

  private mutating func integer(_ depth: Int) -> CheckedExpression {
    switch random.below(10) {
    case 0: return t.call(.size, make(pick([.numbers, .texts, .text, .map, .people]), depth - 1))
    case 1: return t.index(make(.numbers, depth - 1), make(.int, depth - 1))
    case 2: return t.select(make(.map, depth - 1), pick(["a", "b"]))
    case 3: return t.call(pick([.optionalOrValue, .value]), make(.optional, depth - 1), make(.int, depth - 1))
    case 4: return t.node(.function(0, [make(.int, depth - 1)]))
    case 5: return t.node(.function(1, [make(.int, depth - 1), make(.int, depth - 1)]))
    case 6: return t.call(pick([.sum, .minimum]), make(.numbers, depth - 1))
    case 7: return t.call(.negate, make(.int, depth - 1))
    default: return arithmetic(.int, [.add, .subtract, .multiply, .divide, .modulo], depth)
    }
  }

  private mutating func condition(_ depth: Int) -> CheckedExpression {
    switch random.below(12) {
    case 0, 1:
      let operands = (0..<(2 + random.below(3))).map { _ in make(.bool, depth - 1) }
      return t.node(chance(2) ? .and(operands) : .or(operands), .bool)
    case 2: return t.call(.not, make(.bool, depth - 1))
    case 3: return membership(depth)
    case 4:
      let field =
        chance(2)
        ? sample.read(person(), pick([.name, .boss, .isBusy]))
        : sample.read(t.local(0), pick([.votes, .owner, .priority]))
      guard case .field(let target, let reference) = field.kind, chance(2) else {
        return t.node(.isAbsent(chance(4) ? make(.int, depth - 1) : field, isNegated: chance(2)), .bool)
      }
      return t.node(.hasField(target, reference), .bool)
    case 5: return t.has(make(.map, depth - 1), pick(["a", "b"]))
    case 6, 7: return quantifier(depth)
    case 8:
      return t.call(
        pick([.startsWith, .endsWith, .contains, .matches]), make(.text, depth - 1),
        make(.text, chance(2) ? 0 : depth - 1))
    default:
      let sort = pick(Sort.allCases)
      let other = chance(8) ? pick([.int, .uint, .double]) : sort
      return t.call(
        pick([.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]), make(sort, depth - 1),
        make(other, chance(2) ? 0 : depth - 1))
    }
  }

  private mutating func membership(_ depth: Int) -> CheckedExpression {
    let sort = pick([Sort.int, .text, .priority, .double, .uint, .bool])
    if chance(4) { return t.call(.contained, make(.int, depth - 1), make(pick([.numbers, .map]), depth - 1)) }
    let elements = (0..<random.below(5)).map { _ in (value: leaf(chance(9) ? .double : sort), isOptional: false) }
    return t.call(.contained, make(sort, depth - 1), t.node(.list(elements)))
  }

  private mutating func range(_ depth: Int) -> (CheckedExpression, Sort) {
    let (list, element) = pick([(Sort.numbers, Sort.int), (.texts, .text), (.people, .person), (.map, .text)])
    return (make(list, depth - 1), element)
  }

  private mutating func quantifier(_ depth: Int) -> CheckedExpression {
    let (range, element) = range(depth)
    let kind = pick([Comprehension.Kind.all, .exists, .existsOne])
    return with(element) { slot, program in
      let hasTwo = program.chance(4)
      return program.t.node(
        .comprehension(
          Comprehension(
            kind: kind, range: range, slot: hasTwo ? Self.slotCount - 1 : slot, secondSlot: hasTwo ? slot : nil,
            filter: nil,
            body: program.make(.bool, depth - 1))), .bool)
    }
  }

  private mutating func filter(_ sort: Sort, of element: Sort, _ depth: Int) -> CheckedExpression {
    let range = make(sort, depth - 1)
    return with(element) { slot, program in
      program.t.node(
        .comprehension(
          Comprehension(
            kind: .filter, range: range, slot: slot, secondSlot: nil, filter: nil, body: program.make(.bool, depth - 1))
        ))
    }
  }

  private mutating func list(_ sort: Sort, of element: Sort, _ depth: Int) -> CheckedExpression {
    switch random.below(4) {
    case 0:
      return t.node(
        .list(
          (0..<random.below(4)).map { _ in
            let isOptional = chance(6)
            return (make(isOptional ? .optional : element, depth - 1), isOptional)
          }))
    case 1: return filter(sort, of: element, depth)
    case 2: return t.call(.add, make(sort, depth - 1), make(sort, depth - 1))
    default:
      let (range, from) = range(depth)
      return with(from) { slot, program in
        let isSorted = program.chance(5)
        return program.t.node(
          .comprehension(
            Comprehension(
              kind: isSorted ? .sortBy : .map, range: range, slot: slot, secondSlot: nil,
              filter: !isSorted && program.chance(3) ? program.make(.bool, depth - 1) : nil,
              body: program.make(element, depth - 1))))
      }
    }
  }

  private mutating func bound(_ sort: Sort, _ depth: Int) -> CheckedExpression {
    let inner = pick(Sort.allCases)
    let value = make(inner, depth - 1)
    return with(inner) { slot, program in
      program.t.node(.bind(slot: slot, value, body: program.make(sort, depth - 1)))
    }
  }

  /// A variable, in scope while `body` is made.
  private mutating func with(
    _ sort: Sort, _ body: (Int, inout LoweringProgram) -> CheckedExpression
  ) -> CheckedExpression {
    let slot = nextSlot
    nextSlot = min(nextSlot + 1, Self.slotCount - 2)
    scope.append((sort, slot))
    defer {
      scope.removeLast()
      nextSlot = slot
    }
    return body(slot, &self)
  }
}

/// SplitMix64.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}
