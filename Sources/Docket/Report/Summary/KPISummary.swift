/// A KPI's cells as a grid of groups and periods, with what it is held to.

import DocketRules
import DocketRuntime
public import DocketSemantics
import DocketSyntax
public import DocketTime

public struct KPISummary: Sendable {
  /// How its numbers are written.
  public enum Figure: Sendable, Hashable {
    case share
    /// In seconds.
    case duration
    case number(unit: String?)
  }

  public struct Limit: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
      case share, duration, number
    }
    /// `>=`
    public var relation: String
    /// In the unit of the values.
    public var value: Double
    public var kind: Kind
  }

  public struct Cell: Sendable {
    /// Places in `periods` and `groups`.
    public var period: Int?
    public var group: Int
    public var isPartial: Bool
    public var value: Double?
    public var rows: Int
    public var interval: (low: Double, high: Double)?
    public var change: Double?
    public var status: MeasureStatus?
  }

  public var title: TitledName
  public var figure: Figure
  /// The names of the groups' parts; empty where the KPI has no groups.
  public var groupNames: [TitledName]
  /// In the order of their values; `nil` is the group of what is absent, which is the last.
  public var groups: [[TitledName?]]
  /// From the first to the last, those without a cell between them too: a gap in time is a gap in a trend.
  public var periods: [Period]
  /// Places of the periods that have cells, which are the columns of tables.
  public var columns: [Int]
  /// In the order of the machine output.
  public var cells: [Cell]
  public var target: Limit?
  public var warning: Limit?
  public var skipped: Int
  public var pending: Int
  public var errors: Int
  /// Why rows or values failed, the first reason.
  public var cause: String?
  public var unplaced: Int
  public var undecided: Int
  public var undecidedCause: String?

  private var places: [Int: Int] = [:]

  init(_ engine: RuleEngine, _ index: Int) {
    let kpi = engine.rulebook.kpis[index]
    let set = engine.measures(kpi: index)
    title = TitledName(kpi.name, kpi.titles)
    groupNames = kpi.groups.map { engine.named($0) }
    if kpi.valueType == .duration {
      figure = .duration
    } else if case .aggregate(let number) = kpi.value.kind, kpi.aggregates[number].kind == .ratio {
      figure = .share
    } else {
      figure = .number(unit: kpi.unit)
    }
    let found = Set(set.cells.compactMap(\.period)).sorted()
    let periods = Self.withoutGaps(found)
    let placeOfPeriod = Dictionary(uniqueKeysWithValues: zip(periods, periods.indices))
    self.periods = periods
    columns = found.compactMap { placeOfPeriod[$0] }
    func key(_ group: [Value]) -> String {
      group.map { $0.isAbsent ? "" : engine.machine.scalar($0) }.joined(separator: "\u{1F}")
    }
    var members: [String: [Value]] = [:]
    for cell in set.cells { members[key(cell.group)] = cell.group }
    let ordered = members.sorted { engine.precedes($0.value, $1.value) }
    let groups = ordered.map { $0.value.map { $0.isAbsent ? nil : engine.named($0) } }
    let placeOfGroup = Dictionary(uniqueKeysWithValues: zip(ordered.map(\.key), ordered.indices))
    let cells = set.cells.map { cell in
      Cell(
        period: cell.period.flatMap { placeOfPeriod[$0] }, group: placeOfGroup[key(cell.group)] ?? 0,
        isPartial: cell.isPartial, value: cell.value, rows: cell.rows, interval: cell.interval, change: cell.change,
        status: cell.status)
    }
    self.groups = groups
    self.cells = cells
    target = kpi.target.map(Self.limit)
    warning = kpi.warning.map(Self.limit)
    skipped = set.cells.reduce(0) { $0 + $1.skipped }
    pending = set.cells.reduce(0) { $0 + $1.pending }
    errors = set.cells.reduce(0) { $0 + $1.errors }
    cause = set.cells.lazy.compactMap(\.cause).first
    unplaced = set.unplaced
    undecided = set.undecided
    undecidedCause = set.firstCause
    for (place, cell) in cells.enumerated() {
      if let period = cell.period { places[cell.group * periods.count + period] = place }
    }
  }

  /// A day in another century among others may be a mistake of the data: beyond this many, gaps are left out.
  private static let longest = 400

  private static func withoutGaps(_ found: [Period]) -> [Period] {
    guard let first = found.first, let last = found.last else { return found }
    var periods = [first]
    while let end = periods.last, end < last, let next = end.next {
      guard periods.count < max(longest, found.count) else { return found }
      periods.append(next)
    }
    return periods
  }

  private static func limit(_ threshold: CheckedKPI.Threshold) -> Limit {
    Limit(
      relation: threshold.relation.rawValue.filter { $0 != "_" }, value: threshold.limit.doubleValue,
      kind: threshold.isDuration ? .duration : threshold.isPercent ? .share : .number)
  }

  /// The cell of a group in a period, where the KPI has both.
  public func cell(group: Int, period: Int) -> Cell? {
    places[group * periods.count + period].map { cells[$0] }
  }

  /// The values of a group over the periods.
  public func series(_ group: Int) -> [Double?] { periods.indices.map { cell(group: group, period: $0)?.value } }

  /// Nothing but one number, or none.
  public var isFigure: Bool { cells.count < 2 }

  /// Of each group the newest cell that says how things stand: that is over, and made of enough rows where there is such a one.
  public var latest: [Cell] {
    var best: [Cell?] = groups.map { _ in nil }
    for cell in cells {
      if weight(cell) >= (best[cell.group].map(weight) ?? 0) { best[cell.group] = cell }
    }
    return best.compactMap(\.self)
  }

  /// What a bar of full length stands for: the whole of a share, unless all of them are small, and the most of anything else.
  public var fullBar: Double {
    let most = cells.compactMap(\.value).max() ?? 1
    return figure == .share && most > 0.5 ? 1 : max(most, .leastNonzeroMagnitude)
  }

  private func weight(_ cell: Cell) -> Int {
    if cell.value == nil { return 0 }
    return cell.isPartial ? 1 : cell.status == .tooFew ? 2 : 3
  }

  /// Whether a limit is one of the axis on which the values lie.
  public func isDrawable(_ limit: Limit) -> Bool {
    switch (limit.kind, figure) {
    case (.duration, .duration), (.share, .share), (.number, .number), (.number, .share), (.share, .number): true
    case (.duration, .share), (.duration, .number), (.share, .duration), (.number, .duration): false
    }
  }
}
