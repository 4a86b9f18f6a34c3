/// What `docket explain` prints: everything that the rules say about one record, and why.

import DocketDiagnostics
public import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime

public struct ExplanationReport {
  let engine: RuleEngine
  let width: Int
  let color: Bool
  /// Long quiet stretches of timelines are folded.
  let folds: Bool
  let words: ReportWords

  /// Without a width lines are as long as a wide terminal's.
  public init(
    _ engine: RuleEngine, width: Int?, color: Bool, folds: Bool = true, language: ReportLanguage = .english
  ) {
    self.engine = engine
    self.width = max(40, width ?? 120)
    self.color = color
    self.folds = folds
    words = ReportWords(language, zone: engine.rulebook.zone ?? .utc)
  }

  var rulebook: CheckedRulebook { engine.rulebook }
  var zone: Zone { words.zone }

  func strong(_ text: String) -> String { TextStyle.strong.apply(text, color: color) }

  /// Ends with a newline.
  public func text(_ explanation: ItemExplanation) -> String {
    var text = heading(explanation)
    for route in explanation.routes { text += "\n" + self.text(route) }
    for clock in explanation.clocks { text += "\n" + self.text(clock) }
    text += measures(explanation.memberships) + invariants(explanation.findings)
    if explanation.routes.isEmpty, explanation.clocks.isEmpty, explanation.memberships.isEmpty,
      explanation.findings.isEmpty
    {
      text += "\n\(words[.nothingIsOver(explanation.entity)])\n"
    }
    return text
  }

  private func heading(_ explanation: ItemExplanation) -> String {
    let name = engine.shownRecord(explanation.item)
    return strong("\(explanation.entity) \(name)") + words[.asOf(words.instant(engine.instant))] + "\n"
  }

  /// `route owner  Who answers`, and at the right where it stands.
  func title(_ kind: String, _ name: String, _ titles: [String], _ place: SourcePlace) -> String {
    let left = "\(kind) \(name)"
    let rest = TitledName(name, titles).title(words.language).map { "  \($0.displaySafe)" } ?? ""
    let used = left.displayWidth + rest.displayWidth
    let gap = String(repeating: " ", count: max(2, min(width, 100) - used - place.name.displayWidth))
    return strong(left) + rest + gap + TextStyle.frame.apply(place.name, color: color) + "\n"
  }

  // MARK: - Conditions

  static func mark(_ isMet: Bool?) -> String {
    switch isMet {
    case true?: "✓"
    case false?: "✗"
    case nil: "?"
    }
  }

  /// `f.votes = 2, f.customer.tier = gold`; what the clause itself says is left out.
  func values(_ notes: [ValueNote], of clause: String) -> String {
    notes.filter { $0.source != clause }.map { "\($0.source) = \($0.text)" }.joined(separator: ", ")
  }

  /// A line a condition: whether it is met, what it says, what it read.
  func conditions(_ notes: [ConditionNote], indent: Int) -> String {
    var lines = AlignedLines(indent: indent)
    for note in notes {
      var read = values(note.values, of: note.source)
      if let cause = note.cause { read += (read.isEmpty ? "" : ": ") + cause }
      lines.add(["\(Self.mark(note.isMet)) \(note.clause.truncated(to: clauseWidth))", read])
    }
    return lines.render(width: width)
  }

  /// So that a clause leaves room for what it read.
  var clauseWidth: Int { max(24, min(60, (width - 30) / 2)) }

  /// A sentence of its own, wrapped and indented; what continues it is indented further.
  func sentence(_ text: String, indent: Int) -> String {
    let lines = text.wrapped(to: max(24, width - indent - 2))
    return lines.enumerated().map { number, line in
      String(repeating: " ", count: number == 0 ? indent : indent + 2) + strong(line) + "\n"
    }.joined()
  }

  // MARK: - Measures

  private func measures(_ memberships: [Membership]) -> String {
    guard !memberships.isEmpty else { return "" }
    let hasCycles = memberships.contains { ($0.cycle ?? 1) > 1 }
    var lines = AlignedLines(indent: 2)
    for membership in memberships {
      let kpi = rulebook.kpis[membership.kpi]
      let cycle = hasCycles ? membership.cycle.map { words[.cycle($0)] } : nil
      lines.add([
        words[.fate(membership.fate)], words.list([kpi.name] + (cycle.map { [$0] } ?? [])), detail(membership, kpi),
      ])
    }
    return "\n" + strong(words[.measures]) + "  \(words[.measuresNote])\n" + lines.render(width: width)
  }

  private func detail(_ membership: Membership, _ kpi: CheckedKPI) -> String {
    var parts: [String] = []
    let cell = (membership.period.map { [words.period($0)] } ?? []) + membership.group
    if !cell.isEmpty { parts.append(words[.inCell(words.names(cell))]) }
    if !membership.notes.isEmpty {
      parts.append(membership.notes.map { "\($0.what) = \($0.text)" }.joined(separator: ", "))
    }
    if let value = membership.cell?.value, let rows = membership.cell?.rows {
      parts.append(words[.cellIs(words.value(value, of: kpi), rows: rows)])
    }
    if let note = membership.conditions.first(where: { $0.isMet != true }) {
      let read = values(note.values, of: note.source)
      parts.append(note.clause + (read.isEmpty ? "" : " (\(read))"))
    }
    return words.clauses(parts)
  }

  // MARK: - Invariants

  private func invariants(_ entries: [(ensure: Int, findings: [Finding])]) -> String {
    guard !entries.isEmpty else { return "" }
    var lines = AlignedLines(indent: 2)
    for (index, findings) in entries {
      let ensure = rulebook.ensures[index]
      if findings.isEmpty { lines.add(["✓", ensure.name, words[.noFinding]]) }
      for finding in findings {
        let others = finding.combination.map { engine.shown($0) }.joined(separator: ", ")
        let lasts = ExplanationPhrase.lasts(
          from: words.instant(finding.from), to: finding.until.map { words.instant($0) })
        let told = others + (ensure.during == nil ? "" : words[lasts])
        let reason = finding.because ?? finding.cause.map { words[.undecidedBecause($0)] } ?? ""
        lines.add(["✗", ensure.name, reason.isEmpty ? told : words[.reason(told, because: reason)]])
      }
    }
    return "\n" + strong(words[.invariants]) + "\n" + lines.render(width: width)
  }
}
