import ArgumentParser
import Docket
import DocketDiagnostics
import DocketRuntime
import DocketTesting

/// `docket mutate`: would the tests notice if a rule were wrong?
struct MutateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate", abstract: "Change a rulebook in one place at a time and see whether its tests notice.",
    discussion: """
      Every limit, operator, case, constant, row, rule, clause, calendar and policy is changed once, and the tests that \
      reach it are run. What no test notices is shown, with a test that would. What no test can notice is marked in the \
      rulebook, on its line or above it: // equivalent: boundary because the log counts whole minutes
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var options: RulebookOptions

  @Option(name: .customLong("run"), help: "Use only tests whose name contains this text or this regular expression.")
  var pattern: String?

  @Option(name: .customLong("tag"), help: "Use only tests with this tag; may stand several times.")
  var tags: [String] = []

  @Option(help: "How many threads run. Default: one for each processor.")
  var jobs: Int?

  @Flag(inversion: .prefixedNo, help: "Look for tests that notice the survivors.")
  var propose = true

  @Option(help: "What is printed: text or json (one object a line).")
  var format = Format.text

  func validate() throws {
    if let jobs, !(1...1_024).contains(jobs) { throw ValidationError("--jobs is from 1 to 1024") }
    if let pattern, let problem = TestRunner.problem(ofPattern: pattern) {
      throw ValidationError("--run: `\(pattern)` is no regular expression: \(problem)")
    }
  }

  func run() throws {
    let begin = ContinuousClock.now
    let rulebook = try options.load()
    var settings = MutationRun.Options()
    settings.tests = TestOptions(run: pattern, tags: tags)
    settings.tests.snapshots.texts = SnapshotFiles.read(rulebook)
    settings.jobs = jobs ?? Workers.processors
    settings.proposes = propose
    let report = rulebook.mutate(settings)
    let rendering = RenderOptions(color: Terminal.wantsColor(), width: Terminal.width)
    switch format {
    case .text: Terminal.write(MutationText(options: rendering).render(report, duration: begin.duration(to: .now)))
    case .json: Terminal.write(MutationJSON.lines(report))
    }
    if let status = ExitStatus(rawValue: report.exitCode), status != .success { throw status }
  }
}
