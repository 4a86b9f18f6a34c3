/// Which lists of records a rule asks of its items, and whether there is data for any of them.
///
/// A list without data is empty for every item: no answer was ever given, nobody is trained, no duty has a holder. Where that is all
/// that a rule looks at, it says nothing about the desk.

import DocketRuntime
import DocketSemantics

struct RecordLists {
  private let rulebook: CheckedRulebook
  private let world: World

  init(_ rulebook: CheckedRulebook, _ world: World) {
    self.rulebook = rulebook
    self.world = world
  }

  /// The events that start or stop a clock, where none of them has data.
  func missing(for sla: CheckedSLA) -> Set<EntityID> {
    var entities: Set<EntityID> = []
    for case .on(_, let entity, _, _)? in [sla.start, sla.stop] { entities.insert(rulebook.schema.base(of: entity)) }
    return missing(entities)
  }

  func missing(for kpi: CheckedKPI) -> Set<EntityID> {
    missing(readBy: [kpi.filter].compactMap(\.self) + kpi.aggregates.compactMap(\.argument))
  }

  func missing(for ensure: CheckedEnsure) -> Set<EntityID> {
    missing(readBy: [ensure.filter, ensure.expectation].compactMap(\.self))
  }

  /// Lists of other records than the items are beside the point.
  private func missing(readBy expressions: [CheckedExpression]) -> Set<EntityID> {
    var walk = Walk(rulebook: rulebook)
    for expression in expressions { walk.enter(expression) }
    return missing(walk.found)
  }

  private func missing(_ entities: Set<EntityID>) -> Set<EntityID> {
    entities.allSatisfy { world.table($0) == nil } ? entities : []
  }

  /// Follows functions, as what they ask is asked by their callers.
  private struct Walk {
    let rulebook: CheckedRulebook
    var found: Set<EntityID> = []
    private var seen: Set<Int> = []

    init(rulebook: CheckedRulebook) { self.rulebook = rulebook }

    mutating func enter(_ expression: CheckedExpression) {
      if case .field(let owner, let field) = expression.kind, case .local = owner.kind,
        case .inverse(let entity, _, _) = rulebook.schema[field.entity].fields[field.index].kind
      {
        found.insert(rulebook.schema.base(of: entity))
      }
      if case .function(let index, _) = expression.kind, seen.insert(index).inserted {
        enter(rulebook.functions[index].body.expression)
      }
      for child in expression.children { enter(child) }
    }
  }
}
