import ArgumentParser
import Docket
import DocketAnalysis
import DocketDiagnostics
import DocketSemantics

/// `docket check`: is the rulebook right?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a rulebook without data.")

  @OptionGroup var options: RulebookOptions

  @Flag(help: "Warnings make the exit code 3 too.")
  var strict = false

  @Flag(help: "List what the analysis of conditions could not tell, and why.")
  var analysis = false

  func run() throws {
    let rulebook = Kept.toTheEnd(Rulebook.load(options.rulebook))
    let found = Kept.toTheEnd(rulebook.analysis())
    var diagnostics = Diagnostics()
    // First, so that many warnings of reads do not keep these away.
    for diagnostic in found.diagnostics { diagnostics.report(diagnostic) }
    diagnostics.append(rulebook.diagnostics)
    options.show(diagnostics.inOrder, rulebook.sources)
    if diagnostics.hasErrors || (strict && !diagnostics.all.isEmpty) { throw ExitStatus.rulebook }
    guard options.errorFormat == .text else { return }
    if analysis { printUndecided(found.undecided, rulebook.sources) }
    let checked = rulebook.checked
    let files = count(rulebook.trees.count, "file")
    let rules = [
      count(checked.routes.count, "route"), count(checked.slas.count, "sla"), count(checked.kpis.count, "kpi"),
      count(checked.tables.count { rulebook.isOwn($0.span) }, "table"), count(checked.tests.count, "test"),
    ]
    Terminal.print("\(files): \(rules.joined(separator: ", ")), no errors")
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// By file and subject, in the order of the source.
  private func printUndecided(_ undecided: [Analysis.Undecided], _ sources: SourceMap) {
    guard !undecided.isEmpty else {
      return Terminal.print("Every condition was looked through; nothing was left open.\n")
    }
    Terminal.print("What cannot be told from the rulebook alone:\n")
    var last = ""
    for entry in undecided {
      let file = sources[entry.span.file]
      let place = "\(file.path):\(file.location(of: Int(entry.span.start)).line)"
      let heading = "  \(entry.subject) (\(place))"
      if heading != last { Terminal.print(heading) }
      last = heading
      Terminal.print("    \(entry.part.isEmpty ? "as a whole" : "`\(entry.part)`") \(entry.reason)")
    }
    Terminal.print("")
  }
}
