/// Makes a rule index: which conditions it can answer, what they say of each value, and how paths are put together.
///
/// A condition is answered by the evaluator itself, asked once of a row for every value that the data has; only comparisons of
/// values too many for that are answered from their limits, as lowered code compares them.

import DocketSemantics

struct RuleIndexBuilder {
  private let evaluator: Evaluator
  private let ruleCount: Int
  private let wordCount: Int
  private var open: [UInt64]
  private var places: [FieldPath: Int] = [:]
  private var paths: [PathConditions] = []

  /// How large the sets of one group may be, in words: they are read at random, and should stay in the nearest cache.
  private static let groupWords = 1 << 12
  /// So many combinations go into a group in any case: each group is one more set to read for every item.
  private static let groupCombinations = 64
  /// How large those of one path may be, where that can be chosen, and in any case: 4 and 32 MB.
  private static let pathWords = 1 << 19
  fileprivate static let maximumPathWords = 1 << 22
  /// How many answers to questions about values are worth having; with more the values are cut by limits.
  private static let maximumAnswers = 1 << 21

  init(_ evaluator: Evaluator, ruleCount: Int) {
    self.evaluator = evaluator
    self.ruleCount = ruleCount
    wordCount = RuleIndex.wordCount(ruleCount)
    open = Array(repeating: 0, count: wordCount)
  }

  // MARK: - Conditions

  /// Adds a condition of a rule, part by part where it is a conjunction.
  mutating func add(_ expression: CheckedExpression, isNegated: Bool, of rule: Int) {
    switch expression.kind {
    case .builtin(.not, let operands): add(operands[0], isNegated: !isNegated, of: rule)
    case .and(let operands) where !isNegated: for operand in operands { add(operand, isNegated: false, of: rule) }
    case .or(let operands) where isNegated: for operand in operands { add(operand, isNegated: true, of: rule) }
    default:
      guard let path = FieldPath.only(in: expression) else { return setOpen(rule) }
      let place = places[path] ?? paths.count
      if place == paths.count {
        places[path] = place
        paths.append(PathConditions(path))
      }
      paths[place].add(expression, isNegated: isNegated, of: rule, evaluator)
    }
  }

  private mutating func setOpen(_ rule: Int) { open[rule >> 6] |= 1 << UInt64(rule & 63) }

  // MARK: - Sets

  mutating func build() -> (groups: [PathGroup], open: [UInt64]) {
    var sets: [PathSets] = []
    for conditions in paths {
      let coding = PathCoding(
        conditions.path, limits: conditions.limits, maximumLimits: max(1, Self.pathWords / wordCount),
        maximumCodes: min(Self.maximumAnswers / conditions.questionCount, conditions.usefulCodes), evaluator: evaluator)
      if let made = coding.flatMap({ conditions.sets($0, ruleCount: ruleCount, wordCount: wordCount, evaluator) }) {
        sets.append(made)
      } else {
        for rule in conditions.rules { setOpen(rule) }
      }
    }
    return (grouped(sets).map { group(of: $0) }, open)
  }

  /// Which paths go together: the largest first, each to the first group that it fits.
  private func grouped(_ sets: [PathSets]) -> [[PathSets]] {
    var groups: [(count: Int, sets: [PathSets])] = []
    for one in sets.enumerated().sorted(by: { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }) {
      let place = groups.firstIndex {
        let count = $0.count * one.element.count
        return count <= Self.groupCombinations || count * wordCount <= Self.groupWords
      }
      if let place {
        groups[place].count *= one.element.count
        groups[place].sets.append(one.element)
      } else {
        groups.append((one.element.count, [one.element]))
      }
    }
    return groups.map(\.sets)
  }

  private func group(of sets: [PathSets]) -> PathGroup {
    let count = sets.reduce(1) { $0 * $1.count }
    let words = count * wordCount
    let possible = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
    let isSettled = sets.allSatisfy { $0.isSettled }
    let open = isSettled ? nil : UnsafeMutablePointer<UInt64>.allocate(capacity: words)
    for combination in 0..<count {
      let row = combination * wordCount
      for word in 0..<wordCount {
        var rest = combination
        var bits = UInt64.max
        var unsettled: UInt64 = 0
        for set in sets {
          let own = rest % set.count * wordCount + word
          rest /= set.count
          bits &= set.possible[own]
          unsettled |= set.open[own]
        }
        (possible + row + word).initialize(to: bits)
        if let open { (open + row + word).initialize(to: unsettled & bits) }
      }
    }
    var stride = UInt32(wordCount)
    var members: [(coding: PathCoding, map: [UInt32])] = []
    for set in sets {
      members.append((set.coding, set.classes.map { $0 * stride }))
      stride *= UInt32(set.count)
    }
    let opensGate = sets.contains { set in (0..<set.count).contains { set.open[$0 * wordCount] & 1 != 0 } }
    return PathGroup(members: members, possible: possible, open: open, opensGate: opensGate)
  }
}

/// The sets of one path: values that all conditions judge alike are one class.
private struct PathSets {
  var coding: PathCoding
  /// By code.
  var classes: [UInt32]
  /// How many classes there are.
  var count: Int
  /// By class.
  var possible: [UInt64]
  var open: [UInt64]
  var isSettled: Bool
}

/// What a condition says of a value.
private enum Verdict: UInt8 {
  case no
  case yes
  /// It cannot be decided, or not by the value's number alone.
  case open
}

/// The conditions that read one path.
private struct PathConditions {
  let path: FieldPath
  private(set) var limits: [Int64] = []
  private var questions: [Question] = []
  private var places: [QuestionKey: Int] = [:]
  private var uses: [(rule: Int, question: Int, isNegated: Bool)] = []

  /// A condition, whatever rules ask it.
  private struct Question {
    var expression: CheckedExpression
    /// The integers for which it holds, where it is a comparison.
    var ranges: [ClosedRange<Int64>]?
  }

  /// Equal conditions, equal keys.
  private enum QuestionKey: Hashable {
    case comparison(Builtin, constant: Int, isFlipped: Bool)
    case other(ObjectIdentifier)
  }

  var rules: [Int] { uses.map(\.rule) }
  var questionCount: Int { questions.count }
  /// Where all questions are comparisons, more values than these are told apart by the limits with less work.
  var usefulCodes: Int { questions.allSatisfy { $0.ranges != nil } ? 64 + 2 * limits.count : .max }

  init(_ path: FieldPath) { self.path = path }

  mutating func add(_ expression: CheckedExpression, isNegated: Bool, of rule: Int, _ evaluator: Evaluator) {
    let key = Self.key(of: expression)
    let place = places[key] ?? questions.count
    if place == questions.count {
      places[key] = place
      let ranges = Lowering.fieldTest(expression, for: evaluator)?.ranges
      questions.append(Question(expression: expression, ranges: ranges))
      for range in ranges ?? [] {
        if range.lowerBound > .min { limits.append(range.lowerBound) }
        if range.upperBound < .max { limits.append(range.upperBound + 1) }
      }
    }
    uses.append((rule, place, isNegated))
  }

  private static func key(of expression: CheckedExpression) -> QuestionKey {
    if case .builtin(let builtin, let operands) = expression.kind, operands.count == 2 {
      if case .constant(let constant) = operands[1].kind, case .field = operands[0].kind {
        return .comparison(builtin, constant: constant, isFlipped: false)
      }
      if case .constant(let constant) = operands[0].kind, case .field = operands[1].kind {
        return .comparison(builtin, constant: constant, isFlipped: true)
      }
    }
    return .other(ObjectIdentifier(expression))
  }

  // MARK: - Sets

  /// `nil` where they would be too large.
  func sets(_ coding: PathCoding, ruleCount: Int, wordCount: Int, _ evaluator: Evaluator) -> PathSets? {
    // One frame for all: questions are many, and values too.
    let verdicts = evaluator.withFrame(of: 1, arguments: [.absent]) {
      questions.map { question in coding.values.map { verdict($0, question, evaluator) } }
    }
    let (classes, firstCodes) = classes(coding, verdicts)
    guard firstCodes.count * wordCount <= RuleIndexBuilder.maximumPathWords else { return nil }
    var all = Array(repeating: UInt64(0), count: wordCount)
    for word in 0..<ruleCount / 64 { all[word] = .max }
    if ruleCount & 63 != 0 { all[ruleCount / 64] = (1 << UInt64(ruleCount & 63)) - 1 }
    var possible: [UInt64] = []
    possible.reserveCapacity(firstCodes.count * wordCount)
    for _ in firstCodes { possible += all }
    var open = Array(repeating: UInt64(0), count: possible.count)
    var isSettled = true
    for use in uses {
      let verdicts = verdicts[use.question]
      let excluding: Verdict = use.isNegated ? .yes : .no
      let (word, bit) = (use.rule >> 6, UInt64(1) << UInt64(use.rule & 63))
      for (row, code) in firstCodes.enumerated() {
        let verdict = verdicts[code]
        if verdict == excluding {
          possible[row * wordCount + word] &= ~bit
        } else if verdict == .open {
          open[row * wordCount + word] |= bit
          isSettled = false
        }
      }
    }
    return PathSets(
      coding: coding, classes: classes, count: firstCodes.count, possible: possible, open: open, isSettled: isSettled)
  }

  /// The class of each code, and the first code of each class.
  private func classes(_ coding: PathCoding, _ verdicts: [[Verdict]]) -> (classes: [UInt32], firstCodes: [Int]) {
    if coding.isCutByLimits { return ((0..<UInt32(coding.count)).map { $0 }, Array(0..<coding.count)) }
    let count = coding.count
    var classes = Array(repeating: UInt32(0), count: count)
    var classCount = 1
    for verdicts in verdicts where classCount < count {
      // By former class and verdict.
      var parts = Array(repeating: UInt32.max, count: classCount * 3)
      var partCount = 0
      for code in 0..<count {
        let part = Int(classes[code]) * 3 + Int(verdicts[code].rawValue)
        if parts[part] == .max {
          parts[part] = UInt32(partCount)
          partCount += 1
        }
        classes[code] = parts[part]
      }
      classCount = partCount
    }
    var firstCodes: [Int] = []
    for code in 0..<count where Int(classes[code]) == firstCodes.count { firstCodes.append(code) }
    return (classes, firstCodes)
  }

  /// INVARIANT: a frame with a slot for the item has been entered.
  private func verdict(_ value: CodedValue, _ question: Question, _ evaluator: Evaluator) -> Verdict {
    switch value {
    // No row has it, so nobody will ask.
    case .row(nil): return .no
    case .row(let row?):
      let item = EntityReference(entity: path.fields[0].entity.index, row: UInt32(row))
      let heap = evaluator.heap
      let mark = heap.mark()
      defer { heap.reset(to: mark) }
      evaluator[slot: 0] = .entity(item)
      guard case .bool(let holds) = evaluator.run(question.expression) else { return .open }
      return holds ? .yes : .no
    case .cell(let cell):
      guard let ranges = question.ranges else { return .open }
      if ranges.contains(where: { $0.lowerBound <= cell.lowerBound && cell.upperBound <= $0.upperBound }) {
        return .yes
      }
      return ranges.contains(where: { $0.overlaps(cell) }) ? .open : .no
    }
  }
}
