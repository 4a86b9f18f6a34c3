/// The decisions of a run, in its order.
///
/// Most decisions of a route differ in nothing but their item: this rule matched, and gives what it always gives. Such
/// outcomes are made once, and a decision is then two numbers; a `Decision` is put together when somebody looks at it.

import DocketRuntime
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

  /// The list with other decisions for the items of a status, or none where they have it again.
  func replacing(_ status: DecisionStatus, with decide: ([EntityReference]) -> DecisionList) -> DecisionList {
    let others = decide(indices.filter { self[$0].status == status }.map { items[$0] })
    var list = DecisionList()
    var next = 0
    for decision in self {
      guard decision.status == status else {
        list.append(decision)
        continue
      }
      // Fewer where the run was cancelled.
      guard next < others.count else { break }
      if others[next].status != status { list.append(others[next]) }
      next += 1
    }
    return list
  }
}
