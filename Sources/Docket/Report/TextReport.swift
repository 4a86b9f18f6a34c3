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
    let name = "\(words[kind]) \(title.name.displaySafe)"
    let strong = TextStyle.strong.apply(name, color: color)
    guard let text = title.title(language)?.displaySafe else { return "\n" + strong + "\n" }
    if let width, name.displayWidth + 2 + text.displayWidth > width {
      return "\n" + strong + "\n" + lines(text, indent: 2)
    }
    return "\n" + strong + "  " + text + "\n"
  }

  /// A sentence, in as many lines as it needs where the width is known; it ends with a newline.
  func lines(_ text: String, indent: Int = 0) -> String {
    let pieces = width.map { text.wrapped(to: max(8, $0 - indent)) } ?? [text]
    return pieces.map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
  }

  func line(_ parts: [String]) -> String { parts.isEmpty ? "" : lines(words.list(parts)) }

  /// A phrase on a line of its own.
  public func words(_ phrase: Phrase) -> String { lines(words[phrase]) }

  // MARK: - Whole runs

  public func render(_ summary: RunSummary) -> String {
    var text = render(summary.data)
    for route in summary.routes { text += render(route) }
    for sla in summary.slas { text += render(sla) }
    for kpi in summary.kpis { text += render(kpi) }
    for ensure in summary.ensures { text += render(ensure) }
    return text + (summary.hidden.map { "\n" + lines(words[$0.phrase]) } ?? "")
  }

  public func data() -> String { render(DataSummary(session)) }

  public func render(_ data: DataSummary) -> String {
    var text = lines(words[.asOf(words.instant(data.instant), isNewest: data.isNewest)])
    for table in data.tables {
      text += lines(
        words[
          .records(
            table.records, entity: table.entity.label(language), versions: table.versions, existing: table.existing,
            files: words.names(table.files))])
      for remark in table.remarks { text += lines(words.remark(remark), indent: 2) }
    }
    return text
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

  private func part(_ part: Int, of whole: Int) -> Double { Double(part) / Double(max(1, whole)) }

  private func rules(_ route: RouteSummary, hasBars: Bool, hasTitles: Bool) -> TextTable {
    var columns: [TextTable.Column] = [
      .left(words[.rule]), .right(words[.items]), .right(words[.share]),
    ]
    if hasBars { columns.append(.fixed("")) }
    if hasTitles { columns.append(.left(words[.title])) }
    var table = TextTable(columns)
    let most = route.rules.map(\.items).max() ?? 1
    for (rule, share) in zip(route.rules, words.shares(route.rules.map(\.items), of: route.assigned)) {
      var row = [rule.title.name, words.count(rule.items), share]
      if hasBars { row.append(Glyphs.bar(part(rule.items, of: most), width: Self.barWidth)) }
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
    let shares = words.shares(route.owners.map(\.items), of: route.assigned)
    for (owner, share) in zip(route.owners, shares).prefix(Self.ownersShown) {
      var row = [owner.name.label(language), words.count(owner.items), share]
      if hasBars { row.append(Glyphs.bar(part(owner.items, of: most), width: Self.barWidth)) }
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
      text += lines(
        words[
          .undecidedBecause(rule: cause.rule, cause: cause.cause.displaySafe, count: cause.count, first: cause.first)],
        indent: 2)
    }
    if route.causes.count > 3 { text += lines(words[.moreReasons(route.causes.count - 3)], indent: 2) }
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
      text += lines(
        words[.undecidedBecause(rule: nil, cause: entry.cause.displaySafe, count: entry.count, first: nil)], indent: 2)
    }
    return text + urgent(sla.late, heading: .lateAndOpen, margin: .lateBy)
      + urgent(sla.next, heading: .nextToBreach, margin: .remaining)
  }

  private func statuses(_ sla: SLASummary, hasBars: Bool) -> TextTable {
    var table = TextTable(
      [.left(words[.status]), .right(words[.clocks]), .right(words[.share])] + (hasBars ? [.fixed("")] : []))
    for (entry, share) in zip(sla.statuses, words.shares(of: sla)) {
      let row = [words.status(entry.status), words.count(entry.clocks), share ?? ""]
      let style = entry.status.style
      table.add(
        row
          + (hasBars
            ? [share == nil ? "" : Glyphs.bar(part(entry.clocks, of: sla.measured), width: Self.barWidth * 2)] : []),
        styles: style.map { [0: $0, 3: $0] } ?? [3: .frame])
    }
    return table
  }

  /// What is late, and what breaches next.
  private func urgent(_ entries: [SLASummary.Entry], heading: Phrase, margin: Phrase) -> String {
    guard !entries.isEmpty else { return "" }
    func table(_ title: String, _ time: (Instant) -> String) -> TextTable {
      var table = TextTable([.left(title), .fixed(words[Phrase.due]), .right(words[margin])])
      for entry in entries {
        let seconds = entry.remaining.map { abs($0.totalSeconds) }
        table.add([
          entry.cycle > 1 ? "\(entry.item) (\(entry.cycle))" : entry.item, entry.due.map(time) ?? "—",
          seconds.map { words.duration(seconds: $0) } ?? "—",
        ])
      }
      return table
    }
    // The zone stands at the head of the report: where room is short, it is not said again.
    let tables = [table(words[heading]) { words.instant($0) }, table(words[heading]) { words.moment($0) }]
    if let fitting = tables.first(where: { table in width.map { table.naturalWidth <= $0 } ?? true }) {
      return "\n" + render(fitting)
    }
    return "\n" + lines(words[heading]) + render(table(words[Phrase.item]) { words.moment($0) })
  }

  // MARK: - Invariants

  private static let findingsShown = 20

  public func ensure(_ index: Int) -> String { render(EnsureSummary(engine, index)) }

  public func render(_ ensure: EnsureSummary) -> String {
    let text = heading(.ensure, ensure.title)
    guard !ensure.findings.isEmpty else {
      return text + TextStyle.onTarget.apply(words[.holds], color: color) + "\n"
    }
    let count = ensure.findings.count
    return text + findings(ensure)
      + (count > Self.findingsShown
        ? words[.findingsShown(Self.findingsShown, of: count)] : words[.findings(count)]) + "\n"
  }

  /// So much of a reason says something.
  private static let shortestReason = 24

  /// A table, or where it would cut reasons to nothing, a few lines a finding.
  private func findings(_ ensure: EnsureSummary) -> String {
    let shown = ensure.findings.prefix(Self.findingsShown)
    func because(_ finding: EnsureSummary.Entry) -> String {
      finding.because ?? finding.cause.map { words[Phrase.undecided($0)] } ?? ""
    }
    func table(_ time: (Instant) -> String) -> TextTable {
      var columns = ensure.domains.map { TextTable.Column.left($0.label(language)) }
      if ensure.isDated { columns += [.fixed(words[Phrase.from]), .fixed(words[.until])] }
      var table = TextTable(columns + [.left(words[Phrase.because])])
      for finding in shown {
        var row = finding.combination.map { $0.label(language) }
        if ensure.isDated { row += [time(finding.from), finding.until.map(time) ?? "…"] }
        table.add(row + [because(finding)])
      }
      return table
    }
    guard let width else { return render(table { words.instant($0) }) }
    // The zone stands at the head of the report.
    for made in [table { words.instant($0) }, table { words.moment($0) }]
    where made.width(cuttingLastTo: Self.shortestReason) <= width {
      return render(made)
    }
    return shown.map { finding in
      var lines = [words.names(finding.combination.map { $0.label(language) }).displaySafe]
      if ensure.isDated {
        lines.append("  \(words.moment(finding.from)) – \(finding.until.map { words.moment($0) } ?? "…")")
      }
      lines += because(finding).displaySafe.wrapped(to: max(8, width - 2)).map { "  " + $0 }
      return lines.filter { !$0.allSatisfy { $0 == " " } }.map { $0 + "\n" }.joined()
    }.joined()
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
