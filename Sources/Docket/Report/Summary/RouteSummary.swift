/// A route's decisions, counted by rule, by owner and by what became of the items.

import DocketRules
import DocketRuntime
public import DocketSemantics
import DocketSyntax

public struct RouteSummary: Sendable {
  /// A rule that assigned something; `otherwise` is one too.
  public struct Rule: Sendable {
    public var title: TitledName
    public var isOtherwise: Bool
    public var items: Int
  }

  /// Who got items, how many, and by which rules: places in `rules`, the most first.
  public struct Owner: Sendable {
    public var name: TitledName
    public var items: Int
    public var rules: [(rule: Int, items: Int)]
  }

  /// A reason why something could not be decided.
  public struct Cause: Sendable {
    public var rule: String
    public var cause: String
    public var count: Int
    /// The key of the first item.
    public var first: String
  }

  public var title: TitledName
  public var items: Int
  public var assigned: Int
  /// In the order of the contract, without those that are none.
  public var statuses: [(status: DecisionStatus, items: Int)]
  /// In the order of the rulebook.
  public var rules: [Rule]
  /// Those with the most items first.
  public var owners: [Owner]
  /// Rules whose conditions held for no item.
  public var unusedRules: Int
  /// Items that were decided although an earlier rule could not be.
  public var pastUndecided: Int
  /// The most frequent first.
  public var causes: [Cause]

  init(_ engine: RuleEngine, _ index: Int) {
    let route = engine.rulebook.routes[index]
    let decisions = engine.decisions(route: index)
    var byRule: [String: Int] = [:]
    var byStatus: [DecisionStatus: Int] = [:]
    var byOwner: [String: (name: TitledName, items: Int, rules: [String: Int])] = [:]
    var byCause: [String: Cause] = [:]
    var matched: Set<String> = []
    var past = 0
    for (decision, count) in decisions.grouped {
      byStatus[decision.status, default: 0] += count
      matched.formUnion(decision.matchedRules)
      if decision.status != .undecided, !decision.undecided.isEmpty { past += count }
      for entry in decision.undecided {
        let first = engine.keyText(decision.item)
        byCause[
          "\(entry.rule): \(entry.cause)",
          default: Cause(rule: entry.rule, cause: entry.cause, count: 0, first: first)
        ].count += count
      }
      guard decision.status == .assigned else { continue }
      let names =
        decision.rule == "otherwise" || route.hitPolicy != .all ? [decision.rule ?? ""] : decision.matchedRules
      for name in names { byRule[name, default: 0] += count }
      for value in decision.to {
        let key = engine.machine.scalar(value)
        var owner = byOwner[key] ?? (engine.named(value), 0, [:])
        owner.items += count
        for name in names { owner.rules[name, default: 0] += count }
        byOwner[key] = owner
      }
    }
    title = TitledName(route.name, route.titles)
    items = decisions.count
    assigned = byStatus[.assigned] ?? 0
    statuses = DecisionStatus.allCases.compactMap { status in byStatus[status].map { (status, $0) } }
    var rules: [Rule] = []
    var places: [String: Int] = [:]
    for rule in route.rules {
      guard let count = byRule[rule.name] else { continue }
      places[rule.name] = rules.count
      rules.append(Rule(title: TitledName(rule.name, rule.titles), isOtherwise: false, items: count))
    }
    if let count = byRule["otherwise"] {
      places["otherwise"] = rules.count
      rules.append(Rule(title: TitledName("otherwise"), isOtherwise: true, items: count))
    }
    self.rules = rules
    owners = byOwner.sorted { ($1.value.items, $0.key) < ($0.value.items, $1.key) }.map { _, owner in
      Owner(
        name: owner.name, items: owner.items,
        rules: owner.rules.compactMap { name, count in places[name].map { ($0, count) } }
          .sorted { ($1.1, $0.0) < ($0.1, $1.0) })
    }
    unusedRules = route.rules.count { !matched.contains($0.name) }
    pastUndecided = past
    causes = byCause.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.value)
  }
}
