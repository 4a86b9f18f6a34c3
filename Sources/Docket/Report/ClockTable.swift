/// Clocks as rows: in order of urgency, as a table for people, as CSV for spreadsheets.

import DocketDiagnostics
public import DocketRules
import DocketSemantics
import DocketTime

/// What needs somebody first: open clocks by what is due, those that are late already before; then paused ones, then what is
/// over.
public enum Urgency {
  public static func isOpen(_ clock: Clock) -> Bool {
    switch clock.status {
    case .running, .atRisk, .paused: true
    case .breached: clock.stop == nil
    case .notApplicable, .notStarted, .met, .cancelled, .undecided: false
    }
  }

  public static func sorted(_ clocks: [Clock], _ engine: RuleEngine) -> [Clock] {
    func rank(_ clock: Clock) -> Int {
      if isOpen(clock) { return clock.breachFrom == nil ? 1 : 0 }
      return clock.status == .undecided ? 2 : 3
    }
    // What is due as the calendar closes breaches as it opens again. People see `due`, so it comes before the breach.
    let keyed = clocks.map {
      (clock: $0, rank: rank($0), due: $0.due ?? $0.breachFrom ?? .maximum, key: engine.keyText($0.item))
    }
    return keyed.sorted { ($0.rank, $0.due, $0.key, $0.clock.cycle) < ($1.rank, $1.due, $1.key, $1.clock.cycle) }
      .map(\.clock)
  }
}

extension TextReport {
  public func clocks(_ clocks: [Clock], limit: Int) -> String {
    guard !clocks.isEmpty else { return words[.noClocks] + "\n" }
    let hasCycles = clocks.contains { $0.cycle > 1 }
    var columns: [TextTable.Column] = [.left(words[.sla]), .left(words[.item])]
    if hasCycles { columns.append(.right(words[.cycle])) }
    let statusColumn = columns.count
    columns += [
      .left(words[.status]), .left(words[.due]), .right(words[.remaining]), .right(words[.elapsed]),
      .left(words[.cause]),
    ]
    if !clocks.prefix(limit).contains(where: { $0.cause != nil }) { columns.removeLast() }
    var table = TextTable(columns)
    for clock in clocks.prefix(max(0, limit)) {
      var row = [engine.rulebook.slas[clock.sla].name, engine.keyText(clock.item)]
      if hasCycles { row.append("\(clock.cycle)") }
      row += [
        words.status(clock.status),
        clock.due.map { words.instant($0) + (clock.isProvisional ? " (\(words[.provisional]))" : "") } ?? "—",
        clock.remaining.map { words.duration($0) } ?? "—", clock.elapsed.map { words.duration($0) } ?? "—",
        clock.cause ?? "",
      ]
      table.add(row, styles: clock.status.style.map { [statusColumn: $0] } ?? [:])
    }
    let shown = min(clocks.count, max(0, limit))
    return render(table) + (shown < clocks.count ? words[.clocksShown(shown, of: clocks.count)] + "\n" : "")
  }

  public func effects(_ effects: [EffectRecord]) -> String {
    guard !effects.isEmpty else { return words[.noEffects] + "\n" }
    var table = TextTable([.left(words[.at]), .left(words[.to]), .left(words[.text]), .left(words[.identifier])])
    for effect in effects { table.add([words.instant(effect.at), effect.to ?? "—", effect.text, effect.id]) }
    return render(table)
  }
}

public enum ClockTable {
  /// The contract's fields without pauses and effects, which are no cells.
  public static func csv(_ clocks: [Clock], _ engine: RuleEngine) -> String {
    CSVText.table(
      [
        "sla", "item", "cycle", "status", "stopped", "met", "start", "stop", "due", "breach_from", "elapsed",
        "wall_elapsed",
        "remaining", "provisional", "cause",
      ],
      clocks.map { clock in
        [
          engine.rulebook.slas[clock.sla].name, engine.keyText(clock.item), "\(clock.cycle)", clock.status.name,
          "\(clock.stop != nil)", clock.met.map { "\($0)" } ?? "", clock.start?.rfc3339() ?? "",
          clock.stop?.rfc3339() ?? "",
          clock.due?.rfc3339() ?? "", clock.breachFrom?.rfc3339() ?? "", clock.elapsed?.celString() ?? "",
          clock.wallElapsed?.celString() ?? "", clock.remaining?.celString() ?? "", "\(clock.isProvisional)",
          clock.cause ?? "",
        ]
      })
  }
}
