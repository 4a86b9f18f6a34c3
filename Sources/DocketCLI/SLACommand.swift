import ArgumentParser
import Docket
import DocketDiagnostics
import DocketRules
import DocketSemantics
import DocketTime

/// `docket sla`: clocks, the most urgent first, or the effects that have come due.
struct SLACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sla", abstract: "Show the clocks of a rulebook's SLAs, the most urgent first.",
    discussion: "With --since, lists every effect that came due after that instant and up to --at, each exactly once.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, jsonl, csv
  }

  @OptionGroup var rulebookOptions: RulebookOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var languageOptions: LanguageOptions

  @Option(help: "Only these SLAs, by name.")
  var only: [String] = []

  @Option(help: "Only clocks with this status, such as breached or at_risk.")
  var status: [String] = []

  @Option(help: "Only the clocks that breach next, this many.")
  var next: Int?

  @Option(help: "List the effects due after this instant and up to --at.")
  var since: String?

  @Option(help: "What is printed: text, jsonl or csv.")
  var format = Format.text

  @Option(help: "How many rows the text shows.")
  var limit = 50

  func run() throws {
    let rulebook = try rulebookOptions.load()
    let checked = rulebook.checked
    try RuleNames.check(only, among: checked.slas.map(\.name), kind: "sla")
    let known = ClockStatus.allCases.map(\.name)
    for name in status where !known.contains(name) {
      let hint = suggest(name, among: known, habits: false).map { ": \($0.helpText)" } ?? ""
      throw ValidationError("clocks have no status `\(name)`\(hint)")
    }
    var from: Instant?
    if let since {
      from = Session.instant(since, zone: checked.zone)
      if from == nil { throw ValidationError("`\(since)` is no instant: write `2026-10-09T20:50:00Z`") }
    }
    let session = try dataOptions.open(rulebook, rulebookOptions)
    let engine = session.engine
    let quiet = QuietRules(session, asked: only)
    let indices = checked.slas.indices.filter {
      (only.isEmpty || only.contains(checked.slas[$0].name)) && !quiet.slas.contains($0)
    }
    var clocks = indices.flatMap { engine.clocks(sla: $0) }
    if let from {
      return printEffects(clocks.flatMap(\.effects).filter { from < $0.at }, session)
    }
    if !status.isEmpty { clocks.removeAll { !status.contains($0.status.name) } }
    clocks = Urgency.sorted(clocks, engine)
    if let next {
      clocks = Array(clocks.filter { Urgency.isOpen($0) && $0.breachFrom != nil && $0.met == nil }.prefix(next))
    }
    switch format {
    case .text:
      Terminal.write(languageOptions.report(session).clocks(clocks, limit: limit))
    case .jsonl: Terminal.writeLines(clocks) { engine.write($0, to: &$1) }
    case .csv: Terminal.write(ClockTable.csv(clocks, engine))
    }
  }

  private func printEffects(_ effects: [EffectRecord], _ session: Session) {
    let sorted = effects.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    switch format {
    case .text: Terminal.write(languageOptions.report(session).effects(sorted))
    case .jsonl: Terminal.writeLines(sorted) { session.engine.write($0, to: &$1) }
    case .csv:
      let rows = sorted.map { [$0.id, $0.at.rfc3339(), $0.kind.rawValue, $0.to ?? "", $0.text] }
      Terminal.write(CSVText.table(["id", "at", "kind", "to", "text"], rows))
    }
  }
}
