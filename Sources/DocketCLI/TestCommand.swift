import ArgumentParser
import Docket
import DocketDiagnostics
import DocketSemantics
import DocketTesting

/// `docket test`: the tests that a rulebook brings.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests of a rulebook.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case pretty, json
  }

  @OptionGroup var rulebookOptions: RulebookOptions

  @Option(
    name: .customLong("run"),
    help: "Only tests whose name contains this text, or in which this regular expression is found.")
  var pattern: String?

  @Option(name: .customLong("tag"), help: "Only tests with this tag; may stand several times.")
  var tags: [String] = []

  @Flag(help: "Stop after the first test that fails.")
  var failFast = false

  @Option(help: "What is printed: pretty or json (one object a line).")
  var format = Format.pretty

  func run() throws {
    let rulebook = try rulebookOptions.load()
    let begin = ContinuousClock.now
    let results = TestRunner.run(
      rulebook: rulebook.checked, sources: rulebook.sources,
      options: TestOptions(run: pattern, tags: tags, failFast: failFast))
    switch format {
    case .pretty:
      let options = RenderOptions(color: Terminal.wantsColor(), width: Terminal.width)
      Terminal.write(TestReporter(options: options).render(results, duration: begin.duration(to: .now)))
    case .json: Terminal.write(TestJSON.lines(results))
    }
    if let status = ExitStatus(rawValue: results.exitCode), status != .success { throw status }
  }
}
