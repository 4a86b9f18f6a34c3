/// What `docket diff` prints: which rules a change concerns, from where to where things move, how many, and a few of them.

import DocketDiagnostics

public struct DiffReport {
  private let impact: ChangeImpact
  private let width: Int?
  private let color: Bool
  /// Kinds of moves shown of each rule.
  private let limit: Int

  public init(_ impact: ChangeImpact, width: Int?, color: Bool, limit: Int = 12) {
    self.impact = impact
    self.width = width
    self.color = color
    self.limit = limit
  }

  private var words: ReportWords { ReportWords(impact.language) }

  /// Ends with a newline.
  public func render() -> String {
    guard !impact.isEmpty else { return words[.nothingChanges(rules: impact.rules.count)] + "\n" }
    let changed = impact.rules.filter { !$0.isEmpty }
    var text = words[.changed(changed.count, of: impact.rules.count)] + "\n"
    if !impact.added.isEmpty { text += words[.onlyInNew(impact.added)] + "\n" }
    if !impact.removed.isEmpty { text += words[.onlyInOld(impact.removed)] + "\n" }
    for rule in changed { text += "\n" + render(rule) }
    return text
  }

  private func render(_ rule: ChangeImpact.RuleChange) -> String {
    let kind: Phrase =
      switch rule.kind {
      case .route: .route
      case .sla: .sla
      case .kpi: .kpi
      case .ensure: .ensure
      }
    let name = TextStyle.strong.apply("\(words[kind]) \(rule.name.displaySafe)", color: color)
    switch rule.kind {
    case .route: return name + route(rule)
    case .sla: return name + sla(rule)
    case .kpi: return name + kpi(rule)
    case .ensure: return name + ensure(rule)
    }
  }

  /// How many are not shown, where there are any.
  private func more(_ hidden: Int, _ phrase: (Int) -> ImpactPhrase) -> String {
    hidden > 0 ? words[phrase(hidden)] + "\n" : ""
  }

  // MARK: - Kinds

  private func route(_ rule: ChangeImpact.RuleChange) -> String {
    var text = words[.goElsewhere(rule.differences.count, of: rule.count)] + "\n"
    if !rule.differences.isEmpty {
      var table = TextTable([
        .left(words[.ruleBefore]), .left(words[.ruleNow]), .right(words[.items]), .left(words[.toBefore]),
        .left(words[.toNow]), .left(words[.suchAs]),
      ])
      for group in rule.groups.prefix(limit) {
        table.add([
          group.oldRule ?? "", group.newRule ?? "", Figures.count(group.count), group.before, group.after,
          subjects(group),
        ])
      }
      text += table.render(width: width) + more(rule.groups.count - limit) { .moreWays($0) }
    }
    guard !rule.details.isEmpty else { return text }
    text += words[.goByAnotherRule(rule.details.count)] + "\n"
    var table = TextTable([
      .left(words[.ruleBefore]), .left(words[.ruleNow]), .right(words[.items]),
      .left(words[.owner]), .left(words[.suchAs]),
    ])
    for group in rule.detailGroups.prefix(limit) {
      table.add([group.oldRule ?? "", group.newRule ?? "", Figures.count(group.count), group.after, subjects(group)])
    }
    return text + table.render(width: width) + more(rule.detailGroups.count - limit) { .moreWays($0) }
  }

  private func sla(_ rule: ChangeImpact.RuleChange) -> String {
    var text = words[.haveAnotherStatus(rule.differences.count, of: rule.count)] + "\n"
    if !rule.differences.isEmpty {
      var table = TextTable([
        .left(words[.statusBefore]), .left(words[.statusNow]), .right(words[.clocks]),
        .left(words[.suchAs]),
      ])
      for group in rule.groups.prefix(limit) {
        table.add([group.before, group.after, Figures.count(group.count), subjects(group)])
      }
      text += table.render(width: width) + more(rule.groups.count - limit) { .moreWays($0) }
    }
    let moved = rule.differences.compactMap { difference in difference.due.map { (difference, $0) } }
    let count = rule.details.count + moved.count
    guard count > 0 else { return text }
    text += words[.deadlinesMove(count)] + "\n"
    var table = TextTable([
      .left(words[.item]), .left(words[.dueBefore]), .left(words[.dueNow]),
      .left(words[.status]),
    ])
    let examples =
      rule.details.prefix(ChangeGroup.exampleCount).map { [$0.subject, $0.before, $0.after, $0.note] }
      + moved.prefix(ChangeGroup.exampleCount).map { difference, due in
        [difference.subject, due.before, due.after, "\(difference.before) → \(difference.after)"]
      }
    for row in examples { table.add(row) }
    return text + table.render(width: width) + more(count - examples.count) { .moreDeadlines($0) }
  }

  private func kpi(_ rule: ChangeImpact.RuleChange) -> String {
    var text = words[.cellsMove(rule.differences.count, of: rule.count)] + "\n"
    if !rule.differences.isEmpty {
      var table = TextTable([
        .left(words[.cell]), .right(words[.before]), .right(words[.after]),
        .left(words[.status]),
      ])
      for difference in rule.differences.prefix(limit) {
        table.add([
          difference.subject.isEmpty ? "—" : difference.subject, difference.before, difference.after, difference.note,
        ])
      }
      text += table.render(width: width) + more(rule.differences.count - limit) { .moreCells($0) }
    }
    if !rule.details.isEmpty { text += words[.countOtherRows(rule.details.count)] + "\n" }
    return text
  }

  private func ensure(_ rule: ChangeImpact.RuleChange) -> String {
    let settled = rule.differences.filter(\.isSettled)
    let new = rule.differences.filter { !$0.isSettled }
    var table = TextTable([
      .left(words[.subject]), .left(words[.after]), .left(words[.because]),
    ])
    for difference in (new + settled).prefix(limit) {
      table.add([difference.subject, difference.after, difference.note])
    }
    return words[.findings(new: new.count, settled: settled.count)] + "\n" + table.render(width: width)
      + more(rule.differences.count - limit) { .moreFindings($0) }
  }

  private func subjects(_ group: ChangeGroup) -> String {
    words.names(group.examples.map(\.subject) + (group.count > group.examples.count ? ["…"] : []))
  }
}
