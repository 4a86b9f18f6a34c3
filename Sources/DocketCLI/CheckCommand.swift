import ArgumentParser
import Docket
import DocketDiagnostics
import DocketSemantics

/// `docket check`: is the rulebook right?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a rulebook without data.")

  @OptionGroup var options: RulebookOptions

  @Flag(help: "Warnings make the exit code 3 too.")
  var strict = false

  func run() throws {
    let rulebook = Rulebook.load(options.rulebook)
    options.show(rulebook.diagnostics.inOrder, rulebook.sources)
    if rulebook.diagnostics.hasErrors || (strict && !rulebook.diagnostics.all.isEmpty) { throw ExitStatus.rulebook }
    guard options.errorFormat == .text else { return }
    let checked = rulebook.checked
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let files = count(rulebook.trees.count, "file")
    let rules = [
      count(checked.routes.count, "route"), count(checked.slas.count, "sla"), count(checked.kpis.count, "kpi"),
      count(checked.tables.count { rulebook.isOwn($0.span) }, "table"), count(checked.tests.count, "test"),
    ]
    Terminal.print("\(files): \(rules.joined(separator: ", ")), no errors")
  }
}
