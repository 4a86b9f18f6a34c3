/// Which lists of records a rule asks of its items, and whether there is data for any of them.
///
/// A list without data is empty for every item: no answer was ever given, nobody is trained, no duty has a holder. Where that is all
/// that a rule looks at, it says nothing about the desk.

import DocketRules
import DocketRuntime
import DocketSemantics

struct RecordLists {
  private let engine: RuleEngine

  init(_ engine: RuleEngine) { self.engine = engine }

  private var rulebook: CheckedRulebook { engine.rulebook }

  /// The events that start or stop a clock are of entities without data.
  func allLackData(waitedForBy sla: CheckedSLA) -> Bool {
    let entities = [sla.start, sla.stop].compactMap { trigger -> EntityID? in
      if case .on(_, let entity, _, _)? = trigger { entity } else { nil }
    }
    return allLackData(entities)
  }

  /// Some lists are asked for, and none has data. Lists of other records than the items are beside the point.
  func allLackData(readBy expressions: [CheckedExpression]) -> Bool {
    var walk = Walk(rulebook: rulebook)
    for expression in expressions { walk.enter(expression) }
    return allLackData(Array(walk.found))
  }

  private func allLackData(_ entities: [EntityID]) -> Bool {
    !entities.isEmpty && entities.allSatisfy { engine.world.table($0) == nil }
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
