/// The decisions of a run, in its order.
///
/// Most decisions of a route differ in nothing but their item: this rule matched, and gives what it always gives. Such
/// outcomes are made once, and a decision is then two numbers; a `Decision` is put together when somebody looks at it.

public import DocketRuntime
import DocketSemantics

public struct DecisionList: RandomAccessCollection, Sendable {
  /// More than there are decisions where the run was cancelled.
  private var items: [EntityReference] = []
  /// By item: a place in `shared`, or behind them in `own`.
  private var outcomes: [UInt32] = []
  /// Without an item.
  private var shared: [Decision] = []
  /// Of one item each.
  private var own: [Decision] = []
  private var sharedCount: UInt32 = 0

  /// A list for the decisions of items, to be appended in their order.
  init(of items: [EntityReference] = [], shared: [Decision] = []) {
    self.items = items
    outcomes.reserveCapacity(items.count)
    self.shared = shared
    sharedCount = UInt32(shared.count)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { outcomes.count }

  public subscript(position: Int) -> Decision {
    let outcome = outcomes[position]
    if outcome >= sharedCount { return own[Int(outcome - sharedCount)] }
    var decision = shared[Int(outcome)]
    decision.item = items[position]
    return decision
  }

  public func item(at position: Int) -> EntityReference {
    let outcome = outcomes[position]
    return outcome < sharedCount ? items[position] : own[Int(outcome - sharedCount)].item
  }

  /// What a decision shares with others, as a number below `outcomeCount`: they differ in nothing but their item. `nil` where it
  /// is the only one of its kind.
  public func sharedOutcome(at position: Int) -> Int? {
    let outcome = outcomes[position]
    return outcome < sharedCount ? Int(outcome) : nil
  }

  public var outcomeCount: Int { shared.count }

  /// What `value` gives for each decision. It must not depend on the item: it is asked once for decisions of one outcome.
  func mapOutcomes<Result>(_ value: (Decision) -> Result) -> [Result] {
    var known = [Result?](repeating: nil, count: shared.count)
    return indices.map { position in
      guard let outcome = sharedOutcome(at: position) else { return value(self[position]) }
      if let result = known[outcome] { return result }
      let result = value(self[position])
      known[outcome] = result
      return result
    }
  }

  /// The first decisions of a kind, and how many there are. What is wanted must not depend on the item.
  public func first(_ limit: Int, where isWanted: (Decision) -> Bool) -> (decisions: [Decision], count: Int) {
    let places = zip(indices, mapOutcomes(isWanted)).lazy.filter(\.1).map(\.0)
    return (places.prefix(limit).map { self[$0] }, places.reduce(0) { count, _ in count + 1 })
  }

  /// The decisions that differ in nothing but their item, with how many there are; the first item stands for all. In the order
  /// of the first ones.
  public var grouped: [(decision: Decision, count: Int)] {
    var counts = Array(repeating: 0, count: shared.count)
    var groups: [(decision: Decision, count: Int)] = []
    var places = Array(repeating: 0, count: shared.count)
    for (position, outcome) in outcomes.enumerated() {
      guard outcome < sharedCount else {
        groups.append((own[Int(outcome - sharedCount)], 1))
        continue
      }
      if counts[Int(outcome)] == 0 {
        places[Int(outcome)] = groups.count
        groups.append((self[position], 0))
      }
      counts[Int(outcome)] += 1
    }
    for outcome in shared.indices where counts[outcome] > 0 { groups[places[outcome]].count = counts[outcome] }
    return groups
  }

  /// Appends the next item's decision.
  mutating func append(_ decision: Decision) {
    if outcomes.count == items.count { items.append(decision.item) }
    outcomes.append(sharedCount + UInt32(own.count))
    own.append(decision)
  }

  // MARK: - Shared outcomes

  /// Says what a shared outcome is, before the first item has it.
  mutating func share(_ decision: Decision, as outcome: Int) { shared[outcome] = decision }

  /// Appends outcomes that the next items share with others.
  mutating func append(sharing outcomes: UnsafeBufferPointer<UInt32>) { self.outcomes.append(contentsOf: outcomes) }

  /// The list with other decisions for the items of a status, or none where they have it again. `decide` gives a list of the
  /// same route, so that what an outcome is called there it is called here.
  func replacing(_ status: DecisionStatus, with decide: ([EntityReference]) -> DecisionList) -> DecisionList {
    let hasStatus = outcomes.map { outcome in
      outcome < sharedCount ? shared[Int(outcome)].status == status : own[Int(outcome - sharedCount)].status == status
    }
    guard hasStatus.contains(true) else { return self }
    let others = decide(indices.filter { hasStatus[$0] }.map { items[$0] })
    var list = DecisionList(shared: shared)
    var next = 0
    for position in indices {
      guard hasStatus[position] else {
        list.append(position, of: self)
        continue
      }
      // Fewer where the run was cancelled.
      guard next < others.count else { break }
      if others[next].status != status { list.append(next, of: others) }
      next += 1
    }
    return list
  }

  private mutating func append(_ position: Int, of other: DecisionList) {
    let outcome = other.outcomes[position]
    guard outcome < other.sharedCount else { return append(other.own[Int(outcome - other.sharedCount)]) }
    shared[Int(outcome)] = other.shared[Int(outcome)]
    items.append(other.items[position])
    outcomes.append(outcome)
  }
}
