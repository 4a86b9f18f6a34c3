import ArgumentParser
import Docket
import DocketRules
import DocketSemantics

/// `docket ensure`: what breaks the invariants; exit code 1 where anything does.
struct EnsureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ensure", abstract: "Check the invariants of a rulebook over data. Exits with 1 where one is broken.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, jsonl, csv
  }

  @OptionGroup var rulebookOptions: RulebookOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var languageOptions: LanguageOptions

  @Option(help: "Only these invariants, by name.")
  var only: [String] = []

  @Option(help: "What is printed: text, jsonl or csv.")
  var format = Format.text

  func run() throws {
    let rulebook = try rulebookOptions.load()
    let checked = rulebook.checked
    try RuleNames.check(only, among: checked.ensures.map(\.name), kind: "ensure")
    let session = try dataOptions.open(rulebook, rulebookOptions)
    let engine = session.engine
    let indices = checked.ensures.indices.filter { only.isEmpty || only.contains(checked.ensures[$0].name) }
    let findings = indices.flatMap { engine.findings(ensure: $0) }
    switch format {
    case .text:
      let report = languageOptions.report(session)
      if indices.isEmpty { Terminal.write(report.words(.noEnsures)) }
      for index in indices { Terminal.write(report.ensure(index)) }
    case .jsonl: Terminal.writeLines(findings) { engine.write($0, to: &$1) }
    case .csv: Terminal.write(FindingTable.csv(findings, engine))
    }
    if !findings.isEmpty { throw ExitStatus.failed }
  }
}
