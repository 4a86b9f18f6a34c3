/// What `docket run` prints for people: what was read, then routes by rule and owner, clocks by status, invariants.
/// Measures stand in a file of their own.

import DocketDiagnostics
import DocketRules
import DocketSemantics
import DocketTime

public struct TextReport {
  let session: Session
  let width: Int?
  let color: Bool
  let words: ReportWords

  public init(_ session: Session, width: Int?, color: Bool, language: ReportLanguage = .english) {
    self.session = session
    self.width = width
    self.color = color
    words = ReportWords(language, zone: session.engine.rulebook.zone ?? .utc)
  }

  var engine: RuleEngine { session.engine }
  var zone: Zone { words.zone }
  var language: ReportLanguage { words.language }

  func render(_ table: TextTable) -> String { table.render(width: width, color: color) }

  /// The first of the tables, from the fullest to the barest, that fits.
  func render(firstFitting tables: [() -> TextTable]) -> String {
    for make in tables.dropLast() {
      let table = make()
      if width.map({ table.naturalWidth <= $0 }) ?? true { return render(table) }
    }
    return tables.last.map { render($0()) } ?? ""
  }

  func heading(_ kind: Phrase, _ title: TitledName) -> String {
    let name = TextStyle.strong.apply("\(words[kind]) \(title.name.displaySafe)", color: color)
    return "\n" + name + (title.title(language).map { "  \($0.displaySafe)" } ?? "") + "\n"
  }

  private func line(_ parts: [String]) -> String { parts.isEmpty ? "" : words.list(parts) + "\n" }

  /// A phrase on a line of its own.
  public func words(_ phrase: Phrase) -> String { words[phrase] + "\n" }

  // MARK: - Whole runs

  public func render(_ summary: RunSummary) -> String {
    var text = render(summary.data)
    for route in summary.routes { text += render(route) }
    for sla in summary.slas { text += render(sla) }
    for kpi in summary.kpis { text += render(kpi) }
    for ensure in summary.ensures { text += render(ensure) }
    return text + (summary.hidden.map { "\n" + words[$0.phrase] + "\n" } ?? "")
  }

  public func data() -> String { render(DataSummary(session)) }

  public func render(_ data: DataSummary) -> String {
    var lines = [words[.asOf(words.instant(data.instant), isNewest: data.isNewest)]]
    for table in data.tables {
      lines.append(
        words[
          .records(
            table.records, entity: table.entity.label(language), versions: table.versions, existing: table.existing,
            files: words.names(table.files))])
      lines += table.remarks.map { "  " + words.remark($0) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - Routes

  public func route(_ index: Int) -> String { render(RouteSummary(engine, index)) }

  public func render(_ route: RouteSummary) -> String {
    var text = heading(.route, route.title)
    guard !route.rules.isEmpty else {
      return text + words[.nothingAssigned] + "\n" + routeRemarks(route)
    }
    let hasTitles = route.rules.contains { !$0.title.titles.isEmpty }
    text += render(firstFitting: [
      { rules(route, hasBars: true, hasTitles: hasTitles) }, { rules(route, hasBars: false, hasTitles: hasTitles) },
      { rules(route, hasBars: false, hasTitles: false) },
    ])
    if !route.owners.isEmpty {
      text += "\n"
      text += render(firstFitting: [
        { owners(route, hasBars: true) }, { owners(route, hasBars: false) },
      ])
      let hidden = route.owners.count - Self.ownersShown
      if hidden > 0 { text += words[.moreOwners(hidden)] + "\n" }
    }
    return text + routeRemarks(route)
  }

  private static let ownersShown = 15
  private static let barWidth = 12

  private func share(_ part: Int, of whole: Int) -> Double { Double(part) / Double(max(1, whole)) }

  private func rules(_ route: RouteSummary, hasBars: Bool, hasTitles: Bool) -> TextTable {
    var columns: [TextTable.Column] = [
      .left(words[.rule]), .right(words[.items]), .right(words[.share]),
    ]
    if hasBars { columns.append(.fixed("")) }
    if hasTitles { columns.append(.left(words[.title])) }
    var table = TextTable(columns)
    let most = route.rules.map(\.items).max() ?? 1
    for rule in route.rules {
      var row = [
        rule.title.name, words.count(rule.items), words.percent(share(rule.items, of: route.assigned)),
      ]
      if hasBars { row.append(Glyphs.bar(share(rule.items, of: most), width: Self.barWidth)) }
      if hasTitles { row.append(rule.title.title(language) ?? "") }
      table.add(row, styles: [3: .frame])
    }
    return table
  }

  private func owners(_ route: RouteSummary, hasBars: Bool) -> TextTable {
    var columns: [TextTable.Column] = [
      .left(words[.owner]), .right(words[.items]), .right(words[.share]),
    ]
    if hasBars { columns.append(.fixed("")) }
    var table = TextTable(columns + [.left(words[.byRules])])
    let most = route.owners.first?.items ?? 1
    for owner in route.owners.prefix(Self.ownersShown) {
      var row = [
        owner.name.label(language), words.count(owner.items), words.percent(share(owner.items, of: route.assigned)),
      ]
      if hasBars { row.append(Glyphs.bar(share(owner.items, of: most), width: Self.barWidth)) }
      let rules = owner.rules.map { entry in
        let name = route.rules[entry.rule].title.name
        return owner.rules.count == 1 ? name : "\(name) \(words.count(entry.items))"
      }
      table.add(row + [words.names(rules)], styles: hasBars ? [3: .frame] : [:])
    }
    return table
  }

  private func routeRemarks(_ route: RouteSummary) -> String {
    var parts = [words[.amount(route.assigned, words.status(.assigned))]]
    for entry in route.statuses where entry.status != .assigned {
      parts.append(words[.amount(entry.items, words.status(entry.status))])
    }
    if route.unusedRules > 0 { parts.append(words[.unusedRules(route.unusedRules)]) }
    if route.pastUndecided > 0 { parts.append(words[.pastUndecided(route.pastUndecided)]) }
    var text = line(parts)
    for cause in route.causes.prefix(3) {
      text +=
        "  "
        + words[
          .undecidedBecause(rule: cause.rule, cause: cause.cause.displaySafe, count: cause.count, first: cause.first)]
        + "\n"
    }
    if route.causes.count > 3 { text += "  " + words[.moreReasons(route.causes.count - 3)] + "\n" }
    return text
  }

  // MARK: - Clocks

  public func sla(_ index: Int) -> String { render(SLASummary(engine, index)) }

  public func render(_ sla: SLASummary) -> String {
    var text = heading(.sla, sla.title)
    guard !sla.statuses.isEmpty else { return text + words[.noClocks] + "\n" }
    text += render(firstFitting: [{ statuses(sla, hasBars: true) }, { statuses(sla, hasBars: false) }])
    var parts: [String] = []
    if sla.lateCount > 0 { parts.append(words[.openLate(sla.lateCount)]) }
    if sla.effects > 0 { parts.append(words[.effectsDue(sla.effects)]) }
    if sla.provisional > 0 { parts.append(words[.provisionalDeadlines(sla.provisional)]) }
    text += line(parts)
    for entry in sla.causes.prefix(3) {
      text +=
        "  " + words[.undecidedBecause(rule: nil, cause: entry.cause.displaySafe, count: entry.count, first: nil)]
        + "\n"
    }
    return text + urgent(sla)
  }

  private func statuses(_ sla: SLASummary, hasBars: Bool) -> TextTable {
    var table = TextTable(
      [.left(words[.status]), .right(words[.clocks]), .right(words[.share])] + (hasBars ? [.fixed("")] : []))
    for entry in sla.statuses {
      let isPart = entry.status != .notApplicable
      let share = share(entry.clocks, of: sla.measured)
      let row = [words.status(entry.status), words.count(entry.clocks), isPart ? words.percent(share) : ""]
      let style = entry.status.style
      table.add(
        row + (hasBars ? [isPart ? Glyphs.bar(share, width: Self.barWidth * 2) : ""] : []),
        styles: style.map { [0: $0, 3: $0] } ?? [3: .frame])
    }
    return table
  }

  /// What breaches next.
  private func urgent(_ sla: SLASummary) -> String {
    guard !sla.next.isEmpty else { return "" }
    // The zone stands at the head of the report: where room is short, it is not said again.
    return "\n" + render(firstFitting: [{ urgent(sla) { words.instant($0) } }, { urgent(sla) { words.moment($0) } }])
  }

  private func urgent(_ sla: SLASummary, _ time: (Instant) -> String) -> TextTable {
    var table = TextTable([.left(words[.nextToBreach]), .fixed(words[.due]), .right(words[.remaining])])
    for entry in sla.next {
      table.add([entry.item, entry.due.map(time) ?? "—", entry.remaining.map { words.duration($0) } ?? "—"])
    }
    return table
  }

  // MARK: - Invariants

  private static let findingsShown = 20

  public func ensure(_ index: Int) -> String { render(EnsureSummary(engine, index)) }

  public func render(_ ensure: EnsureSummary) -> String {
    let text = heading(.ensure, ensure.title)
    guard !ensure.findings.isEmpty else {
      return text + TextStyle.onTarget.apply(words[.holds], color: color) + "\n"
    }
    var columns = ensure.domains.map { TextTable.Column.left($0.label(language)) }
    if ensure.isDated { columns += [.fixed(words[.from]), .fixed(words[.until])] }
    var table = TextTable(columns + [.left(words[.because])])
    for finding in ensure.findings.prefix(Self.findingsShown) {
      var row = finding.combination.map { $0.label(language) }
      if ensure.isDated { row += [words.instant(finding.from), finding.until.map { words.instant($0) } ?? "…"] }
      table.add(row + [finding.because ?? finding.cause.map { words[.undecided($0)] } ?? ""])
    }
    let count = ensure.findings.count
    return text + render(table)
      + (count > Self.findingsShown
        ? words[.findingsShown(Self.findingsShown, of: count)] : words[.findings(count)]) + "\n"
  }
}

extension ClockStatus {
  var style: TextStyle? {
    switch self {
    case .met: .onTarget
    case .atRisk: .nearTarget
    case .breached: .offTarget
    case .notApplicable, .cancelled: .faint
    case .undecided: .nearTarget
    case .notStarted, .running, .paused: nil
    }
  }
}

extension MeasureStatus {
  var style: TextStyle? {
    switch self {
    case .onTarget: .onTarget
    case .warning: .nearTarget
    case .offTarget, .error: .offTarget
    case .noData, .tooFew: .faint
    }
  }
}
