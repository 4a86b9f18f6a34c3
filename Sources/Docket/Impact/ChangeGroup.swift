/// Differences of one kind taken together: from where to where, by which rules, how many, and a few of them.

public struct ChangeGroup: Sendable {
  public static let exampleCount = 3

  /// The rules that decided, where a route's are known.
  public var oldRule: String?
  public var newRule: String?
  public var before: String
  public var after: String
  public var count: Int
  public var examples: [ChangeImpact.Difference]
}

extension ChangeImpact.RuleChange {
  /// What people notice, the most frequent first.
  public var groups: [ChangeGroup] { grouped(differences, isDetail: false) }

  /// What only the books notice, the most frequent first.
  public var detailGroups: [ChangeGroup] { grouped(details, isDetail: true) }

  private func grouped(_ all: [ChangeImpact.Difference], isDetail: Bool) -> [ChangeGroup] {
    struct Key: Hashable {
      var rules: String
      var before: String
      var after: String
    }
    var places: [Key: Int] = [:]
    var groups: [ChangeGroup] = []
    for difference in all {
      let key: Key
      switch (kind, isDetail) {
      case (.route, false): key = Key(rules: difference.note, before: difference.before, after: difference.after)
      // The same owner: the rules are what differs.
      case (.route, true):
        key = Key(rules: "\(difference.before) → \(difference.after)", before: difference.note, after: difference.note)
      case (.sla, false): key = Key(rules: "", before: difference.before, after: difference.after)
      case (.sla, true): key = Key(rules: "", before: difference.note, after: difference.note)
      case (.kpi, _), (.ensure, _): key = Key(rules: "", before: difference.before, after: difference.after)
      }
      if let place = places[key] {
        groups[place].count += 1
        if groups[place].examples.count < ChangeGroup.exampleCount { groups[place].examples.append(difference) }
        continue
      }
      places[key] = groups.count
      let rules = key.rules.split(separator: " → ", omittingEmptySubsequences: false).map(String.init)
      groups.append(
        ChangeGroup(
          oldRule: kind == .route ? rules.first : nil, newRule: kind == .route ? rules.last : nil, before: key.before,
          after: key.after, count: 1, examples: [difference]))
    }
    return groups.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
  }
}
