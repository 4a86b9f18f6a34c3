import ArgumentParser
import Docket
import DocketDiagnostics
import DocketRules
import DocketTime

/// `docket diff`: what a change of rules changes over the same data.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what changes between two rulebooks over the same data.",
    discussion: """
      Rules are matched by name, items by key. Both run as of the same instant: --at, or the newest in the data as the \
      new rulebook reads it.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "The rulebook as it was: a folder with *.docket files, or one file.")
  var old: String

  @Argument(help: "The rulebook as it is to be.")
  var new: String

  @OptionGroup var dataOptions: DataOptions

  @OptionGroup var languageOptions: LanguageOptions

  @Option(name: .customLong("errors"), help: "How problems are shown: text, short, json or github.")
  var errorFormat = DiagnosticFormat.text

  @Flag(help: "Exit with 1 where anything changes.")
  var failOnChange = false

  @Option(help: "What is printed: text or json.")
  var format = Format.text

  func run() throws {
    let after = try open(new, at: dataOptions.at)
    let before = try open(old, at: after.engine.instant.rfc3339())
    let language = format == .text ? languageOptions.language : .english
    let impact = ChangeImpact.between(before.engine, after.engine, language: language)
    switch format {
    case .text:
      Terminal.write(DiffReport(impact, width: Terminal.width, color: Terminal.wantsColor()).render())
    case .json:
      var json = JSONWriter()
      impact.write(to: &json)
      Terminal.write(json.bytes)
    }
    if failOnChange, !impact.isEmpty { throw ExitStatus.failed }
  }

  private func open(_ path: String, at instant: String?) throws -> Session {
    var rulebook = RulebookOptions()
    rulebook.rulebook = path
    rulebook.errorFormat = errorFormat
    var data = dataOptions
    data.at = instant
    return try data.open(rulebook.load(), rulebook)
  }
}
