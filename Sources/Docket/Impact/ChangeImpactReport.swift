/// The impact of a change for people: a heading a rule that is concerned, then what is another, then what is as it was.

import DocketDiagnostics

public struct ChangeImpactReport {
  let impact: ChangeImpact
  let width: Int?
  let color: Bool
  /// Differences shown of each rule.
  let limit: Int

  public init(_ impact: ChangeImpact, width: Int?, color: Bool, limit: Int = 10) {
    self.impact = impact
    self.width = width
    self.color = color
    self.limit = limit
  }

  /// Ends with a newline.
  public func render() -> String {
    guard !impact.isEmpty else { return "nothing is another over this data\n" }
    var text = ""
    for rule in impact.rules where !rule.isEmpty { text += (text.isEmpty ? "" : "\n") + render(rule) }
    var rest: [String] = []
    if !impact.added.isEmpty { rest.append("new: " + impact.added.joined(separator: ", ")) }
    if !impact.removed.isEmpty { rest.append("gone: " + impact.removed.joined(separator: ", ")) }
    let same = unchanged()
    if !same.isEmpty { rest.append("as before: " + same.joined(separator: ", ")) }
    if !rest.isEmpty { text += (text.isEmpty ? "" : "\n") + rest.map { $0 + "\n" }.joined() }
    return text
  }

  /// By name where there are few of a kind.
  private func unchanged() -> [String] {
    let kinds: [ChangeImpact.RuleChange.Kind] = [.route, .sla, .kpi, .ensure]
    return kinds.compactMap { kind in
      let names = impact.rules.filter { $0.kind == kind && $0.isEmpty }.map(\.name)
      if names.isEmpty { return nil }
      return names.count > 3 ? "\(names.count) \(kind.rawValue)s" : "\(kind.rawValue) \(names.joined(separator: ", "))"
    }
  }

  private func render(_ rule: ChangeImpact.RuleChange) -> String {
    var text = TextStyle.strong.apply("\(rule.kind.rawValue) \(rule.name)", color: color) + ": \(gist(rule))\n"
    let shown = rule.differences.isEmpty ? rule.details : rule.differences
    var table = TextTable(columns(rule.kind, isDetail: rule.differences.isEmpty))
    for difference in shown.prefix(limit) {
      table.add([difference.subject, difference.before, difference.after, difference.note])
    }
    text += table.render(width: width)
    if shown.count > limit { text += "\(Figures.count(shown.count)) rows (\(Figures.count(limit)) shown)\n" }
    if !rule.differences.isEmpty, let flow = flows(rule) { text += flow }
    return text
  }

  private func columns(_ kind: ChangeImpact.RuleChange.Kind, isDetail: Bool) -> [TextTable.Column] {
    switch kind {
    case .route: [.left("item"), .left("before"), .left("now"), .left(isDetail ? "to" : "rule")]
    case .sla: [.left("item"), .left("before"), .left("now"), .left(isDetail ? "status" : "due")]
    case .kpi: [.left("cell"), .right("before"), .right("now"), .left(isDetail ? "value" : "status")]
    case .ensure: [.left("for"), .left("before"), .left("now"), .left("because")]
    }
  }

  private func gist(_ rule: ChangeImpact.RuleChange) -> String {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(Figures.count(number)) \(number == 1 ? one : many)"
    }
    let (differences, details) = (rule.differences.count, rule.details.count)
    var parts: [String] = []
    switch rule.kind {
    case .route:
      parts.append("\(Figures.count(differences)) of \(count(rule.count, "item goes", "items go")) elsewhere")
      if details > 0 { parts.append(count(details, "goes there by another rule", "go there by another rule")) }
    case .sla:
      parts.append("\(Figures.count(differences)) of \(count(rule.count, "clock has", "clocks have")) another status")
      if details > 0 { parts.append(count(details, "has another deadline only", "have another deadline only")) }
    case .kpi:
      parts.append("\(Figures.count(differences)) of \(count(rule.count, "cell moves", "cells move"))")
      if details > 0 { parts.append(count(details, "counts other rows", "count other rows")) }
    case .ensure:
      let gone = rule.differences.count(where: \.isSettled)
      if differences > gone { parts.append(count(differences - gone, "new finding", "new findings")) }
      if gone > 0 { parts.append(count(gone, "finding is settled", "findings are settled")) }
    }
    return parts.joined(separator: ", ")
  }

  /// From where to where, counted, where there is more to it than the rows that are shown.
  private func flows(_ rule: ChangeImpact.RuleChange) -> String? {
    guard rule.kind == .route || rule.kind == .sla, rule.differences.count > limit else { return nil }
    var counts: [String: Int] = [:]
    for difference in rule.differences { counts["\(difference.before) → \(difference.after)", default: 0] += 1 }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let shown = sorted.prefix(5).map { "  \(Figures.count($0.value)) \($0.key)\n" }.joined()
    return shown + (sorted.count > 5 ? "  and \(sorted.count - 5) more kinds\n" : "")
  }
}
