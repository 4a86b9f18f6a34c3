/// What an earlier run assigned, for `round robin`, which takes turns across runs.

import DocketRuntime
public import DocketSemantics

public struct EarlierDecision: Sendable {
  /// The route's name.
  public var route: String
  /// The keys of those who were assigned.
  public var to: [String]

  public init(route: String, to: [String]) {
    self.route = route
    self.to = to
  }
}

extension RuleEngine {
  /// Goes on after earlier decisions, given in their order. Routes that the rulebook no longer has, and records that the data
  /// no longer has, have no turns to take.
  public func remember(_ decisions: [EarlierDecision]) {
    for (index, route) in rulebook.routes.enumerated() {
      guard case .entity(let entity) = route.elementType, let table = world.table(entity) else { continue }
      var known: [String: Int] = [:]
      for record in 0..<table.recordCount {
        let row = table.rows(of: record).lowerBound
        known[keyText(EntityReference(entity: table.entity.index, row: UInt32(row)))] = record
      }
      earlierTurns[index] = decisions.filter { $0.route == route.name }.flatMap(\.to).compactMap { known[$0] }
    }
    restart(at: instant)
  }

  /// The keys of an entity's records, in their order; at most `limit` of them.
  public func keys(of entity: EntityID, limit: Int) -> [String] {
    guard let table = world.table(entity) else { return [] }
    return (0..<min(limit, table.recordCount)).map { record in
      keyText(EntityReference(entity: table.entity.index, row: UInt32(table.rows(of: record).lowerBound)))
    }
  }
}
