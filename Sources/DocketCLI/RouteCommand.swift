import ArgumentParser
import Docket
import DocketDiagnostics
import DocketRules
import DocketSemantics

/// `docket route`: who gets what, item by item.
struct RouteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "route", abstract: "Show what the routes of a rulebook decide, item by item.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, jsonl, csv
  }

  @OptionGroup var rulebookOptions: RulebookOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var languageOptions: LanguageOptions

  @Option(help: "Only these routes, by name.")
  var only: [String] = []

  @Option(help: "Only decisions with this status, such as no_candidate or undecided.")
  var status: [String] = []

  @Option(help: "What is printed: text, jsonl or csv.")
  var format = Format.text

  @Option(help: "How many decisions of a route the text shows.")
  var limit = 50

  func run() throws {
    let rulebook = try rulebookOptions.load()
    let checked = rulebook.checked
    try RuleNames.check(only, among: checked.routes.map(\.name), kind: "route")
    let known = DecisionStatus.allCases.map(\.name)
    for name in status where !known.contains(name) {
      let hint = suggest(name, among: known, habits: false).map { ": \($0.helpText)" } ?? ""
      throw ValidationError("decisions have no status `\(name)`\(hint)")
    }
    let session = try dataOptions.open(rulebook, rulebookOptions)
    let engine = session.engine
    let report = languageOptions.report(session)
    let indices = checked.routes.indices.filter { only.isEmpty || only.contains(checked.routes[$0].name) }
    func isWanted(_ decision: Decision) -> Bool {
      status.isEmpty ? decision.status != .notSelected : status.contains(decision.status.name)
    }
    func write(_ lines: DecisionLines) {
      Terminal.write(lines.heading)
      for index in indices { lines.write(engine.decisions(route: index), where: isWanted) { Terminal.write($0) } }
    }
    switch format {
    case .text:
      if indices.isEmpty { Terminal.write(report.words(.noRoutes)) }
      for index in indices {
        let decisions = engine.decisions(route: index)
        Terminal.write(report.route(index) + "\n" + report.decisions(decisions, where: isWanted, limit: limit))
      }
    case .jsonl: write(DecisionLines(engine, .jsonLines))
    case .csv: write(DecisionLines(engine, .csv))
    }
  }
}
