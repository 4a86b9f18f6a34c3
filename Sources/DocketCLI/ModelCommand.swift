import ArgumentParser
import Docket
import DocketDiagnostics

/// `docket model`: what rules can speak of.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Show the standard model, or that of a rulebook.",
    discussion:
      "Without a name, all entities, enums and rules; with one, the fields of that entity, the cases of that enum or the "
      + "text of that rule."
  )

  @Argument(help: "An entity, enum or rule, by name or title.")
  var name: String?

  @Option(help: "Show the model of this rulebook instead of the standard one.")
  var rulebook: String?

  @Flag(name: .customLong("zh"), help: "Show Chinese titles.")
  var isChinese = false

  func run() throws {
    let loaded = rulebook.map { Rulebook.load($0) } ?? .standardModel
    guard !loaded.diagnostics.hasErrors else {
      Terminal.printError(
        render(
          loaded.diagnostics.all, sources: loaded.sources, as: .text,
          options: RenderOptions(color: Terminal.wantsColor(2), width: nil)))
      throw ExitStatus.rulebook
    }
    let report = ModelReport(loaded, isChinese: isChinese, width: Terminal.width)
    guard let name else { return Terminal.print(report.overview) }
    guard let text = report.text(of: name) else {
      let help = suggest(name, among: report.names).map { ": \($0.helpText)" } ?? ""
      Terminal.printError("error: the model has no `\(name)`\(help)")
      throw ExitStatus.usage
    }
    Terminal.print(text)
  }
}
