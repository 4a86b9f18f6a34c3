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

  @Argument(help: "A rulebook, for its model instead of the standard one; an entity, enum or rule, by name or title.")
  var names: [String] = []

  @Option(help: "The rulebook, where its name could be that of an entity.")
  var rulebook: String?

  @Flag(name: .customLong("zh"), help: "Show Chinese titles.")
  var isChinese = false

  func run() throws {
    var names = names[...]
    var rulebook = rulebook
    if rulebook == nil, let first = names.first, isRulebook(first) { rulebook = names.popFirst() }
    guard names.count < 2 else {
      throw ValidationError(
        "`\(names[names.startIndex + 1])` is one too many: name a rulebook and one thing of its model")
    }
    let loaded = rulebook.map { Rulebook.load($0) } ?? .standardModel
    guard !loaded.diagnostics.hasErrors else {
      Terminal.printError(
        render(
          loaded.diagnostics.all, sources: loaded.sources, as: .text,
          options: RenderOptions(color: Terminal.wantsColor(2), width: nil)))
      throw ExitStatus.rulebook
    }
    let report = ModelReport(loaded, isChinese: isChinese, width: Terminal.width)
    guard let name = names.first else { return Terminal.print(report.overview) }
    guard let text = report.text(of: name) else {
      let help = suggest(name, among: report.names).map { ": \($0.helpText)" } ?? ""
      Terminal.printError("error: the model has no `\(name)`\(help)")
      throw ExitStatus.usage
    }
    Terminal.print(text)
  }

  private func isRulebook(_ path: String) -> Bool {
    path.hasSuffix(".docket") || path.contains("/") || path == "." || RulebookFiles.isFolder(path)
  }
}
