/// An invariant's findings.

import DocketRules
import DocketSemantics
public import DocketTime

public struct EnsureSummary: Sendable {
  public struct Entry: Sendable {
    /// One a domain.
    public var combination: [TitledName]
    public var from: Instant
    /// `nil` where it lasts as far as was looked.
    public var until: Instant?
    public var because: String?
    /// Why it could not be decided.
    public var cause: String?
  }

  public var title: TitledName
  public var domains: [TitledName]
  /// It is looked at over a span of time.
  public var isDated: Bool
  public var findings: [Entry]

  init(_ engine: RuleEngine, _ index: Int) {
    let ensure = engine.rulebook.ensures[index]
    title = TitledName(ensure.name, ensure.titles)
    domains = ensure.domains.map { domain in
      switch domain.kind {
      case .entity(let id): TitledName(domain.name, engine.rulebook.schema[id].titles)
      case .enumeration(let id): TitledName(domain.name, engine.rulebook.schema[id].titles)
      }
    }
    isDated = ensure.during != nil
    findings = engine.findings(ensure: index).map { finding in
      Entry(
        combination: finding.combination.map { engine.named($0) }, from: finding.from, until: finding.until,
        because: finding.because, cause: finding.cause)
    }
  }
}
