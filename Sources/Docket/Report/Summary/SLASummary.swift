/// An SLA's clocks, counted by status, and those that need somebody first.

import DocketRules
public import DocketSemantics
public import DocketTime

public struct SLASummary: Sendable {
  public struct Entry: Sendable {
    /// The key of the record.
    public var item: String
    public var cycle: Int
    public var status: ClockStatus
    public var due: Instant?
    public var isProvisional: Bool
    /// Negative once the target is passed.
    public var remaining: TimeDuration?
  }

  /// As many as are listed of each kind.
  public static let listed = 5

  public var title: TitledName
  public var clocks: Int
  /// Those that apply: shares are of these.
  public var measured: Int
  /// In the order of the contract, without those that are none.
  public var statuses: [(status: ClockStatus, clocks: Int)]
  public var effects: Int
  public var provisional: Int
  /// Why clocks are undecided, the most frequent first.
  public var causes: [(cause: String, count: Int)]
  /// What breaches next.
  public var next: [Entry]
  /// What is breached and open, the latest first, and how much there is of it.
  public var late: [Entry]
  public var lateCount: Int

  init(_ engine: RuleEngine, _ index: Int) {
    let sla = engine.rulebook.slas[index]
    let all = engine.clocks(sla: index)
    var byStatus: [ClockStatus: Int] = [:]
    var byCause: [String: Int] = [:]
    var (coming, open): ([Dated], [Dated]) = ([], [])
    effects = 0
    provisional = 0
    for (place, clock) in all.enumerated() {
      byStatus[clock.status, default: 0] += 1
      if clock.status == .undecided { byCause[clock.cause ?? "", default: 0] += 1 }
      effects += clock.effects.count
      if clock.isProvisional { provisional += 1 }
      if clock.status == .running || clock.status == .atRisk, clock.breachFrom != nil {
        coming.append(Dated(place, clock))
      }
      if clock.status == .breached, clock.stop == nil { open.append(Dated(place, clock)) }
    }
    // Of many clocks only those that can be listed are put in order.
    func entries(_ clocks: [Dated]) -> [Entry] {
      guard !clocks.isEmpty else { return [] }
      let last = clocks.map(\.due).sorted()[min(Self.listed, clocks.count) - 1]
      let first = clocks.filter { $0.due <= last }.map { all[$0.place] }
      return Urgency.sorted(first, engine).prefix(Self.listed).map { clock in
        Entry(
          item: engine.keyText(clock.item), cycle: clock.cycle, status: clock.status, due: clock.due,
          isProvisional: clock.isProvisional, remaining: clock.remaining)
      }
    }
    title = TitledName(sla.name, sla.titles)
    clocks = all.count
    measured = all.count - (byStatus[.notApplicable] ?? 0)
    statuses = ClockStatus.allCases.compactMap { status in byStatus[status].map { (status, $0) } }
    causes = byCause.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    next = entries(coming)
    late = entries(open)
    lateCount = open.count
  }

  /// A clock by its place, with what `Urgency` compares first.
  private struct Dated {
    var place: Int
    var due: Instant

    init(_ place: Int, _ clock: Clock) {
      self.place = place
      due = clock.breachFrom == nil ? .maximum : clock.due ?? clock.breachFrom ?? .maximum
    }
  }

  /// Of the clocks that are over, the share that was in time; `nil` where none is.
  public var inTime: Double? {
    var (met, breached) = (0, 0)
    for entry in statuses {
      if entry.status == .met { met = entry.clocks }
      if entry.status == .breached { breached = entry.clocks }
    }
    return met + breached == 0 ? nil : Double(met) / Double(met + breached)
  }
}

extension ReportWords {
  /// Of each status of an SLA, its share of the clocks that apply; `nil` of those that do not.
  func shares(of sla: SLASummary) -> [String?] {
    let applying = sla.statuses.filter { $0.status != .notApplicable }
    var shares = self.shares(applying.map(\.clocks), of: sla.measured)[...]
    return sla.statuses.map { $0.status == .notApplicable ? nil : shares.popFirst() }
  }
}
