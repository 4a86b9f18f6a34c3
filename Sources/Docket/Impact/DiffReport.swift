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

  /// Ends with a newline.
  public func render() -> String {
    guard !impact.isEmpty else { return "Nothing changes: \(compared).\n" }
    let changed = impact.rules.filter { !$0.isEmpty }
    var text = "\(Figures.count(changed.count)) of \(count(impact.rules.count, "rule", "rules")) in both "
    text += changed.count == 1 ? "gives other results.\n" : "give other results.\n"
    if !impact.added.isEmpty { text += "Only in the new one: \(impact.added.joined(separator: ", "))\n" }
    if !impact.removed.isEmpty { text += "Only in the old one: \(impact.removed.joined(separator: ", "))\n" }
    for rule in changed { text += "\n" + render(rule) }
    return text
  }

  private var compared: String { "\(count(impact.rules.count, "rule gives", "rules give")) the same results" }

  private func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(Figures.count(number)) \(number == 1 ? one : many)"
  }

  private func render(_ rule: ChangeImpact.RuleChange) -> String {
    let name = TextStyle.strong.apply("\(rule.kind.rawValue) \(rule.name.displaySafe)", color: color)
    switch rule.kind {
    case .route: return name + route(rule)
    case .sla: return name + sla(rule)
    case .kpi: return name + kpi(rule)
    case .ensure: return name + ensure(rule)
    }
  }

  private func more(_ hidden: Int, _ what: String) -> String {
    hidden > 0 ? "and \(Figures.count(hidden)) more \(what)\n" : ""
  }

  // MARK: - Kinds

  private func route(_ rule: ChangeImpact.RuleChange) -> String {
    var text =
      ": \(Figures.count(rule.differences.count)) of \(count(rule.count, "item goes", "items go")) elsewhere\n"
    if !rule.differences.isEmpty {
      var table = TextTable([
        .left("rule before"), .left("rule now"), .right("items"), .left("to before"), .left("to now"), .left("such as"),
      ])
      for group in rule.groups.prefix(limit) {
        table.add([
          group.oldRule ?? "", group.newRule ?? "", Figures.count(group.count), group.before, group.after,
          subjects(group),
        ])
      }
      text += table.render(width: width) + more(rule.groups.count - limit, "ways")
    }
    guard !rule.details.isEmpty else { return text }
    text += "\(count(rule.details.count, "item goes", "items go")) where it went, by another rule\n"
    var table = TextTable([
      .left("rule before"), .left("rule now"), .right("items"), .left("to"), .left("such as"),
    ])
    for group in rule.detailGroups.prefix(limit) {
      table.add([group.oldRule ?? "", group.newRule ?? "", Figures.count(group.count), group.after, subjects(group)])
    }
    return text + table.render(width: width) + more(rule.detailGroups.count - limit, "ways")
  }

  private func sla(_ rule: ChangeImpact.RuleChange) -> String {
    var text =
      ": \(Figures.count(rule.differences.count)) of \(count(rule.count, "clock has", "clocks have")) another status\n"
    if !rule.differences.isEmpty {
      var table = TextTable([.left("status before"), .left("status now"), .right("clocks"), .left("such as")])
      for group in rule.groups.prefix(limit) {
        table.add([group.before, group.after, Figures.count(group.count), subjects(group)])
      }
      text += table.render(width: width) + more(rule.groups.count - limit, "ways")
    }
    let moved = rule.differences.filter { $0.note.contains(" → ") }
    let late = rule.details.count + moved.count
    guard late > 0 else { return text }
    text += "\(count(late, "deadline moves", "deadlines move"))\n"
    var table = TextTable([.left("item"), .left("due before"), .left("due now"), .left("status")])
    let examples =
      rule.details.prefix(ChangeGroup.exampleCount).map { [$0.subject, $0.before, $0.after, $0.note] }
      + moved.prefix(ChangeGroup.exampleCount).map { difference in
        let parts = difference.note.split(separator: " → ").map(String.init)
        let before = parts.first.map { $0.hasPrefix("due ") ? String($0.dropFirst(4)) : $0 } ?? ""
        return [difference.subject, before, parts.last ?? "", "\(difference.before) → \(difference.after)"]
      }
    for row in examples { table.add(row) }
    return text + table.render(width: width) + more(late - examples.count, "deadlines")
  }

  private func kpi(_ rule: ChangeImpact.RuleChange) -> String {
    var text = ": \(Figures.count(rule.differences.count)) of \(count(rule.count, "cell moves", "cells move"))\n"
    if !rule.differences.isEmpty {
      var table = TextTable([.left("cell"), .right("before"), .right("now"), .left("status")])
      for difference in rule.differences.prefix(limit) {
        table.add([
          difference.subject.isEmpty ? "—" : difference.subject, difference.before, difference.after, difference.note,
        ])
      }
      text += table.render(width: width) + more(rule.differences.count - limit, "cells")
    }
    if !rule.details.isEmpty {
      text += "\(count(rule.details.count, "cell counts", "cells count")) other rows and comes to the same\n"
    }
    return text
  }

  private func ensure(_ rule: ChangeImpact.RuleChange) -> String {
    let settled = rule.differences.filter { $0.after == "holds" }
    let new = rule.differences.filter { $0.after != "holds" }
    var parts: [String] = []
    if !new.isEmpty { parts.append(count(new.count, "new finding", "new findings")) }
    if !settled.isEmpty { parts.append("\(count(settled.count, "finding", "findings")) settled") }
    var table = TextTable([.left("for"), .left("now"), .left("because")])
    for difference in (new + settled).prefix(limit) {
      table.add([difference.subject, difference.after, difference.note])
    }
    return ": \(parts.joined(separator: ", "))\n" + table.render(width: width)
      + more(rule.differences.count - limit, "findings")
  }

  private func subjects(_ group: ChangeGroup) -> String {
    group.examples.map(\.subject).joined(separator: ", ") + (group.count > group.examples.count ? ", …" : "")
  }
}
