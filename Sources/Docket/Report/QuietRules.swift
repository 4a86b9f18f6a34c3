/// What `use … with all` brought along and this data has nothing for: it is counted in one line, and not shown.
///
/// A library measures more than most desks have data for. Whoever names a rule is told that its data is missing; whoever takes all
/// of them wants to see those that say something.

import DocketRules
import DocketSemantics

public struct QuietRules: Sendable {
  public private(set) var slas: Set<Int> = []
  public private(set) var kpis: Set<Int> = []
  public private(set) var ensures: Set<Int> = []

  /// Rules named in `asked` are shown whatever they have.
  public init(_ session: Session, asked: [String]) {
    let engine = session.engine
    let rulebook = engine.rulebook
    let lists = RecordLists(rulebook, engine.world)
    func mayBeQuiet(_ name: String) -> Bool { rulebook.broughtAlong.contains(name) && !asked.contains(name) }
    for (index, sla) in rulebook.slas.enumerated() where mayBeQuiet(sla.name) {
      if !lists.missing(for: sla).isEmpty || Self.hasNothing(engine.clocks(sla: index)) { slas.insert(index) }
    }
    for (index, kpi) in rulebook.kpis.enumerated() where mayBeQuiet(kpi.name) {
      let hasRecords: Bool
      switch kpi.source {
      case .entity(let entity): hasRecords = engine.recordCount(of: rulebook.schema.base(of: entity)) > 0
      case .sla(let sla):
        hasRecords =
          lists.missing(for: rulebook.slas[sla]).isEmpty && !Self.hasNothing(engine.clocks(sla: sla))
      case .route: hasRecords = true
      }
      if !hasRecords || !lists.missing(for: kpi).isEmpty || Self.hasNothing(engine.measures(kpi: index)) {
        kpis.insert(index)
      }
    }
    for (index, ensure) in rulebook.ensures.enumerated() where mayBeQuiet(ensure.name) {
      let isEmpty = ensure.domains.contains { domain in
        switch domain.kind {
        case .entity(let entity): engine.recordCount(of: rulebook.schema.base(of: entity)) == 0
        case .enumeration: false
        }
      }
      if isEmpty || !lists.missing(for: ensure).isEmpty { ensures.insert(index) }
    }
  }

  public var isEmpty: Bool { slas.isEmpty && kpis.isEmpty && ensures.isEmpty }

  /// How many there are of each kind.
  public var phrase: Phrase { .notShown(slas: slas.count, kpis: kpis.count, ensures: ensures.count) }

  /// No clock has begun: the items are of another kind, or there is no history to replay.
  private static func hasNothing(_ clocks: Clocks) -> Bool {
    clocks.allSatisfy { clock in
      switch clock.status {
      case .notApplicable, .notStarted: true
      case .undecided: clock.cause == Clock.noHistory
      case .running, .atRisk, .paused, .met, .breached, .cancelled: false
      }
    }
  }

  private static func hasNothing(_ set: MeasureSet) -> Bool {
    set.undecided == 0 && set.cells.allSatisfy { $0.value == nil && $0.errors == 0 && $0.status != .error }
  }
}
