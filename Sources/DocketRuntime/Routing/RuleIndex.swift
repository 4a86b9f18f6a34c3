/// Which rules can match an item, found for all of them at once. The first of them is the gate: where it does not match, the
/// others are not asked.
///
/// For each path that conditions read there is, by value, the set of the rules that the value does not exclude, as bits; the
/// rules of an item are what is in the sets of all its values. A rule in all of them matches, unless it has conditions that
/// are not in the index, or one that could not be decided: such rules are *open*, and are put to the evaluator. So the first
/// match, what is undecided before it, and every error are those of trying the rules in order.
///
/// The idea is that of the bitmap indexes of packet classifiers (Lakshman and Stiliadis, SIGCOMM 1998).

public import DocketSemantics

/// The conditions of one rule: all must hold, those that are negated must not.
public typealias RuleConditions = [(expression: CheckedExpression, isNegated: Bool)]

public final class RuleIndex {
  public let ruleCount: Int
  /// 64 rules each.
  let wordCount: Int

  /// Sets of more than one word are read four words at a time.
  static func wordCount(_ ruleCount: Int) -> Int {
    let words = (ruleCount + 63) / 64
    return words <= 1 ? words : (words + 3) & ~3
  }

  /// Rules with conditions outside the index.
  let open: [UInt64]
  let groups: [PathGroup]
  /// Whether the gate can be open.
  let hasOpenGate: Bool
  let hasOpenRules: Bool

  /// `nil` where no condition is of the kind that an index answers. INVARIANT: used as long as the world and the instant are
  /// the same, and nothing is set over the fields that were not set over when it was made.
  public init?(_ rules: [RuleConditions], evaluator: Evaluator) {
    var builder = RuleIndexBuilder(evaluator, ruleCount: rules.count)
    for (rule, conditions) in rules.enumerated() {
      for condition in conditions { builder.add(condition.expression, isNegated: condition.isNegated, of: rule) }
    }
    let (groups, open) = builder.build()
    guard !groups.isEmpty else { return nil }
    ruleCount = rules.count
    wordCount = Self.wordCount(rules.count)
    (self.groups, self.open) = (groups, open)
    hasOpenRules = open.contains { $0 != 0 } || groups.contains { $0.open != nil }
    hasOpenGate = open[0] & 1 != 0 || groups.contains { $0.opensGate }
  }
}

/// The sets of rules of one path, or of several whose values are numbered together.
final class PathGroup {
  /// With what the codes of a path count in the number of the combination, in words of the sets.
  let members: [(coding: PathCoding, map: [UInt32])]
  /// By combination: the rules that it does not exclude.
  let possible: UnsafeMutablePointer<UInt64>
  /// By combination: rules among them that it does not settle; `nil` where there are none.
  let open: UnsafeMutablePointer<UInt64>?
  /// Whether the gate is among them.
  let opensGate: Bool

  init(
    members: [(coding: PathCoding, map: [UInt32])], possible: UnsafeMutablePointer<UInt64>,
    open: UnsafeMutablePointer<UInt64>?, opensGate: Bool
  ) {
    (self.members, self.possible, self.open, self.opensGate) = (members, possible, open, opensGate)
  }

  deinit {
    possible.deallocate()
    open?.deallocate()
  }
}

// MARK: - Candidates

/// The rules that are candidates for the items of a block, for items that are asked about in the order of the block.
public final class RuleCandidates {
  /// How many items are looked at together.
  public static let blockSize = 1024
  /// No further rule.
  public static let none = UInt32.max

  private let index: RuleIndex
  /// By group and item: where the set of the item's combination begins.
  private let offsets: UnsafeMutablePointer<UInt32>
  /// By item: the first candidate behind the gate, or `none`; 0 where the gate is shut or open.
  public let first: UnsafeMutablePointer<UInt32>
  /// By item: the first candidate is open.
  public let isOpen: UnsafeMutablePointer<Bool>

  public init(_ index: RuleIndex) {
    self.index = index
    offsets = .allocate(capacity: index.groups.count * Self.blockSize)
    first = .allocate(capacity: Self.blockSize)
    isOpen = .allocate(capacity: Self.blockSize)
  }

  deinit {
    offsets.deallocate()
    first.deallocate()
    isOpen.deallocate()
  }

  /// Finds the first candidates of the rows of at most a block of items.
  public func load(_ rows: UnsafeBufferPointer<UInt32>) {
    precondition(rows.count <= Self.blockSize)
    for (place, group) in index.groups.enumerated() {
      let offsets = offsets + place * Self.blockSize
      offsets.update(repeating: 0, count: rows.count)
      for member in group.members {
        member.map.withUnsafeBufferPointer { member.coding.add($0.baseAddress!, rows: rows, to: offsets) }
      }
    }
    let groupCount = index.groups.count
    // The groups' sets, and those of the item at hand.
    withUnsafeTemporaryAllocation(of: UnsafePointer<UInt64>.self, capacity: groupCount * 2) { sets in
      for (place, group) in index.groups.enumerated() {
        sets.initializeElement(at: place, to: UnsafePointer(group.possible))
        sets.initializeElement(at: groupCount + place, to: UnsafePointer(group.possible))
      }
      let sets = UnsafeMutablePointer(sets.baseAddress!)
      switch (index.wordCount, groupCount) {
      case (1, 1): for item in 0..<rows.count { findAmongFew(item, sets, 1) }
      case (1, 2): for item in 0..<rows.count { findAmongFew(item, sets, 2) }
      case (1, 3): for item in 0..<rows.count { findAmongFew(item, sets, 3) }
      case (1, 4): for item in 0..<rows.count { findAmongFew(item, sets, 4) }
      case (1, _): for item in 0..<rows.count { findAmongFew(item, sets, groupCount) }
      case (_, 5): for item in 0..<rows.count { findAmongMany(item, sets, 5) }
      case (_, 6): for item in 0..<rows.count { findAmongMany(item, sets, 6) }
      case (_, 7): for item in 0..<rows.count { findAmongMany(item, sets, 7) }
      default: for item in 0..<rows.count { findAmongMany(item, sets, groupCount) }
      }
    }
  }

  /// At most 64 rules.
  @inline(__always)
  private func findAmongFew(_ item: Int, _ sets: UnsafeMutablePointer<UnsafePointer<UInt64>>, _ count: Int) {
    var bits = UInt64.max
    for group in 0..<count { bits &= sets[group][Int(offsets[group &* Self.blockSize &+ item])] }
    if !settle(item, 0, bits) { (first[item], isOpen[item]) = (Self.none, false) }
  }

  @inline(__always)
  private func findAmongMany(_ item: Int, _ sets: UnsafeMutablePointer<UnsafePointer<UInt64>>, _ count: Int) {
    let own = sets + count
    for group in 0..<count { own[group] = sets[group] + Int(offsets[group &* Self.blockSize &+ item]) }
    var word = 0
    while word < index.wordCount {
      var bits = Self.load(own[0] + word)
      for group in 1..<max(1, count) { bits &= Self.load(own[group] + word) }
      if bits[0] | bits[1] | bits[2] | bits[3] != 0 || word == 0 {
        for place in 0..<4 where settle(item, word &+ place, bits[place]) { return }
      }
      word &+= 4
    }
    (first[item], isOpen[item]) = (Self.none, false)
  }

  @inline(__always) private static func load(_ words: UnsafePointer<UInt64>) -> SIMD4<UInt64> {
    UnsafeRawPointer(words).loadUnaligned(as: SIMD4<UInt64>.self)
  }

  /// Takes the first rule of a word, or what the gate says; `false` where neither tells anything.
  @inline(__always) private func settle(_ item: Int, _ word: Int, _ bits: UInt64) -> Bool {
    var bits = bits
    if word == 0 {
      if bits & 1 == 0 || index.hasOpenGate && openRules(item, 0) & 1 != 0 {
        first[item] = 0
        isOpen[item] = bits & 1 != 0
        return true
      }
      bits &= ~1
    }
    guard bits != 0 else { return false }
    let bit = UInt64(truncatingIfNeeded: bits.trailingZeroBitCount)
    first[item] = UInt32(truncatingIfNeeded: word &* 64) | UInt32(truncatingIfNeeded: bit)
    isOpen[item] = index.hasOpenRules && openRules(item, word) >> bit & 1 != 0
    return true
  }

  /// The first candidate of an item of the block that is not before a rule, `none` where there is no more, and whether it is
  /// open.
  public func candidate(of item: Int, from rule: UInt32) -> (rule: UInt32, isOpen: Bool) {
    guard rule < UInt32(index.ruleCount) else { return (Self.none, false) }
    var mask = UInt64.max << UInt64(rule & 63)
    for word in Int(rule >> 6)..<index.wordCount {
      var bits = mask
      for (place, group) in index.groups.enumerated() {
        bits &= group.possible[Int(offsets[place * Self.blockSize + item]) + word]
      }
      if bits != 0 {
        let bit = UInt64(bits.trailingZeroBitCount)
        return (UInt32(word * 64) + UInt32(bit), openRules(item, word) >> bit & 1 != 0)
      }
      mask = .max
    }
    return (Self.none, false)
  }

  /// The rules of a word that are open for an item.
  private func openRules(_ item: Int, _ word: Int) -> UInt64 {
    var bits = index.open[word]
    for (place, group) in index.groups.enumerated() {
      if let open = group.open { bits |= open[Int(offsets[place * Self.blockSize + item]) + word] }
    }
    return bits
  }
}
