/// What a run came to, as facts: computed once from the engine, then worded and drawn by text and by pages.
///
/// Nothing here is in a language: names come with their titles, times are instants, shares are numbers.

import DocketRules
import DocketRuntime
import DocketSemantics
public import DocketTime

public struct RunSummary: Sendable {
  public var data: DataSummary
  public var routes: [RouteSummary]
  public var slas: [SLASummary]
  public var kpis: [KPISummary]
  public var ensures: [EnsureSummary]
  /// What of `with all` is left out, for want of data.
  public var hidden: QuietRules?
  public var zone: Zone

  /// The rules with these numbers; all of them where nothing is given, but for those that `quiet` leaves out.
  public init(
    _ session: Session, routes: [Int]? = nil, slas: [Int]? = nil, kpis: [Int]? = nil, ensures: [Int]? = nil,
    quiet: QuietRules? = nil
  ) {
    let engine = session.engine
    let rulebook = engine.rulebook
    data = DataSummary(session)
    self.routes = (routes ?? Array(rulebook.routes.indices)).map { RouteSummary(engine, $0) }
    let slas = slas ?? rulebook.slas.indices.filter { quiet?.slas.contains($0) != true }
    let kpis = kpis ?? rulebook.kpis.indices.filter { quiet?.kpis.contains($0) != true }
    let ensures = ensures ?? rulebook.ensures.indices.filter { quiet?.ensures.contains($0) != true }
    self.slas = slas.map { SLASummary(engine, $0) }
    self.kpis = kpis.map { KPISummary(engine, $0) }
    self.ensures = ensures.map { EnsureSummary(engine, $0) }
    hidden = quiet.flatMap { $0.isEmpty ? nil : $0 }
    zone = rulebook.zone ?? .utc
  }
}

extension RuleEngine {
  /// A group of a KPI, with the titles of the type that its values have.
  func named(_ group: CheckedKPI.Group) -> TitledName {
    switch group.type {
    case .entity(let id): TitledName(group.name, rulebook.schema[id].titles)
    case .enumeration(let id): TitledName(group.name, rulebook.schema[id].titles)
    default: TitledName(group.name)
    }
  }

  /// A value as people read it, with its labels where it is a case of an enum.
  func named(_ value: Value) -> TitledName {
    let text = evaluator.display(value)
    guard case .enumeration(let choice) = value, Int(choice.type) < rulebook.schema.enums.count else {
      return TitledName(text)
    }
    let cases = rulebook.schema.enums[Int(choice.type)].cases
    guard Int(choice.ordinal) < cases.count else { return TitledName(text) }
    return TitledName(text, cases[Int(choice.ordinal)].labels)
  }
}
