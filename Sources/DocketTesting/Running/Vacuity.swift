/// Tests that would pass whatever the rulebook says.

import DocketSemantics

enum Vacuity {
  case noExpectation
  case noSubject

  init?(expectations: Int, asksRulebook: Bool) {
    if expectations == 0 {
      self = .noExpectation
    } else if !asksRulebook {
      self = .noSubject
    } else {
      return nil
    }
  }

  var message: String {
    switch self {
    case .noExpectation: "the test is vacuous: no `expect` was carried out"
    case .noSubject: "the test is vacuous: no `expect` asks for a rule, a table, a function or a record"
    }
  }
}

extension CheckedExpression {
  /// Whether the value depends on something that the rulebook declares: itself, or through a variable that holds such a value.
  func asksRulebook(through slots: Set<Int>) -> Bool {
    switch kind {
    case .local(let slot): slots.contains(slot)
    case .function, .table, .route, .sla, .kpi, .decisions, .cells, .findings, .field, .hasField, .history,
      .versionBound, .lookup,
      .records,
      .letValue, .calendar:
      true
    default: children.contains { $0.asksRulebook(through: slots) }
    }
  }

  /// Whether it can be evaluated without the records: no record, no rule, nothing computed from them.
  func isPlain(_ plainSlots: (Int) -> Bool) -> Bool {
    switch kind {
    case .constant, .now, .calendar: true
    case .local(let slot): plainSlots(slot)
    case .list, .map, .builtin, .conditional, .and, .or: children.allSatisfy { $0.isPlain(plainSlots) }
    default: false
    }
  }

  /// How many slots a frame needs for the variables of its macros.
  var slotsOfMacros: Int {
    let own: Int =
      switch kind {
      case .comprehension(let comprehension): max(comprehension.slot, comprehension.secondSlot ?? 0) + 1
      case .bind(let slot, _, _): slot + 1
      case .optionalMap(_, let slot, _, _): slot + 1
      case .local(let slot): slot + 1
      default: 0
      }
    return children.reduce(own) { max($0, $1.slotsOfMacros) }
  }
}
