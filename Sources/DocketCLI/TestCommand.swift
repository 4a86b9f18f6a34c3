import ArgumentParser
import Docket
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTesting
import Glibc

/// `docket test`: the tests that rulebooks bring.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests of rulebooks.",
    discussion: """
      Several reports at once: an --out belongs to the --format or --coverage before it, as in
      `docket test --format pretty --format junit --out junit.xml`.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case pretty, json, tap, junit, github
  }

  enum CoverageFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, lcov, cobertura, html
  }

  @Argument(help: "Folders with *.docket files, or single files; each is a rulebook.")
  var paths: [String] = ["."]

  @Option(name: .customLong("errors"), help: "How problems are shown: text, short, json or github.")
  var errorFormat = DiagnosticFormat.text

  @Option(
    name: .customLong("run"),
    help: "Only tests whose name contains this text, or in which this regular expression is found.")
  var pattern: String?

  @Option(name: .customLong("tag"), help: "Only tests with this tag; may stand several times.")
  var tags: [String] = []

  @Option(help: "How many threads run tests. Default: one for each processor.")
  var jobs: Int?

  @Option(help: "Run the tests in another order, made from this number.")
  var shuffle: UInt64?

  @Flag(help: "Stop after the first test that fails.")
  var failFast = false

  @Flag(help: "Run again whenever a file changes.")
  var watch = false

  @Option(help: "What is reported: pretty, json (one object a line), tap, junit or github. May stand several times.")
  var format: [Format] = []

  @Option(defaultAsFlag: .text, help: "What the tests reach: text, json, lcov, cobertura or html.")
  var coverage: CoverageFormat?

  @Option(help: "Exit with 1 where the tests reach less than this share, in percent.")
  var minCoverage: Double?

  @Option(name: .customLong("out"), help: "Write the report named before into this file instead of printing it.")
  var out: [String] = []

  @Flag(help: "Record the values that `matches snapshot` compares with. Refused where CI is set.")
  var updateSnapshots = false

  func validate() throws {
    if let jobs, !(1...1_024).contains(jobs) { throw ValidationError("--jobs is from 1 to 1024") }
    if let minCoverage, !(0...100).contains(minCoverage) {
      throw ValidationError("--min-coverage is a percentage, from 0 to 100")
    }
    if let pattern, let problem = TestRunner.problem(ofPattern: pattern) {
      throw ValidationError("--run: `\(pattern)` is no regular expression: \(problem)")
    }
    if updateSnapshots, let variable = getenv("CI"), !["", "0", "false"].contains(String(cString: variable)) {
      throw ValidationError(
        "--update-snapshots is refused where CI is set: record them at your desk, review and commit them")
    }
  }

  func run() throws {
    let outputs: TestOutputs
    do throws(TestOutputs.Problem) {
      outputs = try TestOutputs(Array(CommandLine.arguments.dropFirst()))
    } catch {
      throw ValidationError(error.message)
    }
    guard watch else {
      let status = try runOnce(outputs)
      if status != .success { throw status }
      return
    }
    var files = FileWatch(paths)
    while true {
      // Moves to the top of a terminal; a file or a pipe keeps everything.
      if Terminal.isOutput { Terminal.write("\u{1B}[2J\u{1B}[H") }
      _ = try? runOnce(outputs)
      Terminal.print(TextStyle.frame.apply("waiting for a change, Ctrl-C ends", color: Terminal.wantsColor()))
      files.wait()
    }
  }

  // MARK: - One run

  private func runOnce(_ outputs: TestOutputs) throws -> ExitStatus {
    let begin = ContinuousClock.now
    var reports: [TestReport] = []
    var coverages: [Coverage] = []
    for path in paths {
      let rulebook = Rulebook.load(path)
      guard !rulebook.diagnostics.hasErrors else {
        show(rulebook.diagnostics.inOrder, rulebook.sources)
        return .rulebook
      }
      let report = try run(rulebook)
      reports.append(report)
      if let coverage = report.coverage { coverages.append(coverage) }
    }
    let report = TestReport.joined(reports)
    let duration = begin.duration(to: .now)
    for output in outputs.outputs { try write(output, report, coverages, duration) }
    if outputs.outputs.contains(where: { $0.report == .format(.github) }) { try writeStepSummary(report.results) }
    var status = ExitStatus(rawValue: report.results.exitCode) ?? .internal
    if let minCoverage, status == .success || status == .failed {
      let total = Coverage.total(coverages)
      if total.percent < minCoverage {
        Terminal.printError(
          "error: the tests reach \(total.percentText) of the rulebook, less than the \(Coverage.Total.text(minCoverage)) wanted"
        )
        status = .failed
      }
    }
    return status
  }

  private func run(_ rulebook: Rulebook) throws -> TestReport {
    var options = TestOptions(run: pattern, tags: tags, failFast: failFast)
    options.jobs = jobs ?? Workers.processors
    options.shuffleSeed = shuffle
    options.measuresCoverage = coverage != nil || minCoverage != nil
    options.ownFiles = rulebook.trees.count
    let before = SnapshotFiles.read(rulebook)
    options.snapshots.texts = before
    if updateSnapshots { options.snapshots.mode = .record }
    let report = TestRunner.report(rulebook: rulebook.checked, sources: rulebook.sources, options: options)
    if updateSnapshots {
      let ran = Set(report.results.filter { $0.status != .skipped }.map(\.name))
      let changes = SnapshotFiles.write(report.snapshots, of: rulebook, before: before, ran: ran)
      for path in changes.failed {
        Terminal.printError("error: cannot write `\(path)`")
        throw ExitStatus.usage
      }
      Terminal.printError(
        "snapshots: \(changes.added) added, \(changes.changed) changed, \(changes.removed) removed")
    }
    return report
  }

  private func show(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
    let options = RenderOptions(color: Terminal.wantsColor(2), width: nil)
    Terminal.printError(render(diagnostics, sources: sources, as: errorFormat, options: options))
  }

  // MARK: - Reports

  private func write(_ output: TestOutputs.Output, _ report: TestReport, _ coverages: [Coverage], _ duration: Duration)
    throws
  {
    let isPrinted = output.path == nil
    let options = RenderOptions(
      color: isPrinted && Terminal.wantsColor(), width: isPrinted ? Terminal.width : nil)
    let text: String
    switch output.report {
    case .format(.pretty):
      text = TestReporter(options: options).render(report.results, duration: duration, emptiness: report.emptiness)
    case .format(.json): text = TestJSON.lines(report.results)
    case .format(.tap): text = TAPReporter.render(report.results)
    case .format(.junit): text = JUnitReporter.render(report.results)
    case .format(.github): text = GitHubTestReporter.render(report.results)
    case .coverage(.text): text = CoverageText(options: options).render(coverages)
    case .coverage(.json): text = CoverageJSON.render(coverages)
    case .coverage(.lcov): text = LCOVReport.render(coverages)
    case .coverage(.cobertura): text = CoberturaReport.render(coverages)
    case .coverage(.html): text = CoverageHTML.render(coverages)
    }
    // Whoever prints nothing for people still says why there is nothing.
    if output.report != .format(.pretty), let emptiness = report.emptiness, isPrinted {
      Terminal.printError(emptiness.message)
    }
    guard let path = output.path else { return Terminal.write(text) }
    guard RulebookFiles.write(text, to: path) else {
      Terminal.printError("error: cannot write `\(path)`: \(String(cString: strerror(errno)))")
      throw ExitStatus.usage
    }
  }

  /// GitHub shows what stands in this file below the step.
  private func writeStepSummary(_ results: [TestResult]) throws {
    guard let variable = getenv("GITHUB_STEP_SUMMARY"), variable.pointee != 0 else { return }
    let path = String(cString: variable)
    guard RulebookFiles.append(GitHubTestReporter.summary(results), to: path) else {
      return Terminal.printError("warning: cannot write the summary `\(path)`: \(String(cString: strerror(errno)))")
    }
  }
}
