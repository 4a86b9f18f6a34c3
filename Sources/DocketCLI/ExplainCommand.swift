import ArgumentParser
import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics

/// `docket explain`: why the rules say about one record what they say.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain what the rules say about one record, and why.",
    discussion: """
      For each route: the rule that decided, the rules that did not, who else could have been chosen, and the smallest \
      change of one field with another outcome. For each SLA: the timeline. For KPIs and invariants: where the record \
      counts.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var rulebookOptions: RulebookOptions

  @Argument(help: "The record: F12, Feedback/F12 or 'Feedback[\"F12\"]'.")
  var item: String

  @OptionGroup var dataOptions: DataOptions

  @OptionGroup var languageOptions: LanguageOptions

  @Option(name: .customLong("rule"), help: "Only these routes, SLAs, KPIs and invariants, by name.")
  var rules: [String] = []

  @Option(help: "Say, too, why a route did not give this value: a key, a name, a case or a text.")
  var whyNot: String?

  @Flag(help: "Show quiet stretches of timelines in full.")
  var full = false

  @Option(help: "Earlier decisions as JSON Lines, which round robin goes on from.")
  var previous: String?

  @Option(help: "What is printed: text or json.")
  var format = Format.text

  func run() throws {
    let rulebook = try rulebookOptions.load()
    let checked = rulebook.checked
    try RuleNames.check(
      rules,
      among: checked.routes.map(\.name) + checked.slas.map(\.name) + checked.kpis.map(\.name)
        + checked.ensures.map(\.name), kind: "rule")
    let session = try dataOptions.open(rulebook, rulebookOptions)
    let engine = session.engine
    try PreviousDecisions.give(previous, to: engine)
    let record: EntityReference
    switch ItemName.find(item, in: engine) {
    case .found(let found): record = found
    case .unknown(let words): throw refuse(words)
    }
    var asked: [Int: Value] = [:]
    if let whyNot { asked = try values(whyNot, engine, record) }
    let explanation = engine.explain(record, only: rules) { asked[$0] }
    switch format {
    case .text:
      let report = ExplanationReport(
        engine, width: Terminal.width, color: Terminal.wantsColor(), folds: !full,
        language: languageOptions.language)
      Terminal.write(report.text(explanation))
    case .json:
      var json = JSONWriter()
      engine.write(explanation, to: &json)
      json.endLine()
      Terminal.write(json.bytes)
    }
  }

  /// What was asked about, as a value of each route's field that has it.
  private func values(_ text: String, _ engine: RuleEngine, _ record: EntityReference) throws -> [Int: Value] {
    let routes = engine.rulebook.routes.enumerated().filter { index, route in
      (rules.isEmpty || rules.contains(route.name)) && engine.isOver(route.entity, record)
    }.map(\.offset)
    guard !routes.isEmpty else { throw refuse("no route decides about this record, so --why-not has no answer") }
    var found: [Int: Value] = [:]
    for index in routes { found[index] = engine.routedValue(text, route: index) }
    guard found.isEmpty else { return found }
    let names = routes.flatMap { engine.routedNames(route: $0) }
    let hint = suggest(text, among: names, habits: false).map { ": \($0.helpText)" } ?? ""
    throw refuse("no route could give `\(text)`\(hint)")
  }

  private func refuse(_ words: String) -> ExitStatus {
    Terminal.printError("error: \(words)")
    return .usage
  }
}
