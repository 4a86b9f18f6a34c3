import ArgumentParser
import Docket
import DocketData
import DocketDiagnostics
import DocketREPL
import DocketRules
import DocketSemantics
import Glibc

/// `docket run`: every rule of a rulebook over its data.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the routes, SLAs, KPIs and invariants of a rulebook over data.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl
  }

  enum Failure: String, ExpressibleByArgument, CaseIterable {
    case finding, breached, undecided
    case offTarget = "off_target"
  }

  @OptionGroup var rulebookOptions: RulebookOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var languageOptions: LanguageOptions

  @Option(help: "What is printed: text, json or jsonl.")
  var format = Format.text

  @Option(help: "Also write the report as a page to this file.")
  var html: String?

  @Option(help: "The heading of the page. Default: the name of the rulebook's folder.")
  var title: String?

  @Option(help: "Run only these rules, by name.")
  var only: [String] = []

  @Option(help: "Exit with 1 where there is a finding, or something breached, undecided or off_target.")
  var failOn: [Failure] = []

  @Flag(help: "Fill the verdicts of decisions: how each rule came out, and by which clause.")
  var verdicts = false

  @Option(help: "Earlier decisions as JSON Lines, which round robin goes on from.")
  var previous: String?

  @Flag(help: "Tell on standard error how long each stage took.")
  var timings = false

  func run() throws {
    // A script of entries, as the prompt takes them.
    if rulebookOptions.rulebook == "-" { return try runScript() }
    var clock = StageClock()
    let rulebook = try rulebookOptions.load()
    clock.end("check rulebook")
    let checked = rulebook.checked
    try RuleNames.check(
      only,
      among: checked.routes.map(\.name) + checked.slas.map(\.name) + checked.kpis.map(\.name)
        + checked.ensures.map(\.name), kind: "rule")
    let session = try dataOptions.open(rulebook, rulebookOptions)
    clock.end("load data")
    let engine = session.engine
    engine.notesVerdicts = verdicts
    try PreviousDecisions.give(previous, to: engine)
    func isWanted(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
    let routes = checked.routes.indices.filter { isWanted(checked.routes[$0].name) }
    let quiet = QuietRules(session, asked: only)
    let slas = checked.slas.indices.filter { isWanted(checked.slas[$0].name) && !quiet.slas.contains($0) }
    let kpis = checked.kpis.indices.filter { isWanted(checked.kpis[$0].name) && !quiet.kpis.contains($0) }
    let ensures = checked.ensures.indices.filter { isWanted(checked.ensures[$0].name) && !quiet.ensures.contains($0) }
    for index in routes { _ = engine.decisions(route: index) }
    clock.end("route")
    for index in slas { _ = engine.clocks(sla: index) }
    clock.end("clocks")
    for index in kpis { _ = engine.measures(kpi: index) }
    clock.end("measures")
    for index in ensures { _ = engine.findings(ensure: index) }
    if !ensures.isEmpty { clock.end("invariants") }

    rulebookOptions.show(session.rulebook.diagnostics.all.filter { $0.severity != .error }, rulebook.sources)
    lazy var summary = RunSummary(
      session, routes: routes, slas: slas, kpis: kpis, ensures: ensures, quiet: only.isEmpty ? quiet : nil)
    switch format {
    case .text:
      Terminal.write(languageOptions.report(session).render(summary))
    case .jsonl: writeLines(engine, routes, slas, kpis, ensures)
    case .json: writeObject(engine, routes, slas, kpis, ensures)
    }
    if let html { try writePage(summary, to: html) }
    clock.end("print")
    if timings { Terminal.printError(clock.table(session.report)) }
    if hasFailed(engine, routes, slas, kpis, ensures) { throw ExitStatus.failed }
  }

  private func runScript() throws {
    var script = Repl.Options()
    script.data = dataOptions.data
    script.at = dataOptions.at
    let status = Repl.run(script)
    if status != 0 { Glibc.exit(status) }
  }

  private func writePage(_ summary: RunSummary, to path: String) throws {
    let page = PageReport(
      summary, title: title ?? RulebookFiles.title(of: rulebookOptions.rulebook), language: languageOptions.language)
    guard !RulebookFiles.write(page.render(), to: path) else { return }
    Terminal.printError("error: cannot write `\(path)`: \(String(cString: strerror(errno)).lowercased())")
    throw ExitStatus.usage
  }

  // MARK: - Machine output

  private func writeLines(_ engine: RuleEngine, _ routes: [Int], _ slas: [Int], _ kpis: [Int], _ ensures: [Int]) {
    let decisions = DecisionLines(engine, .jsonLines)
    for index in routes { decisions.write(engine.decisions(route: index)) { Terminal.write($0) } }
    for index in slas { Terminal.writeLines(engine.clocks(sla: index)) { engine.write($0, to: &$1) } }
    for index in kpis { Terminal.writeLines(engine.measures(kpi: index).cells) { engine.write($0, to: &$1) } }
    for index in ensures { Terminal.writeLines(engine.findings(ensure: index)) { engine.write($0, to: &$1) } }
  }

  private func writeObject(_ engine: RuleEngine, _ routes: [Int], _ slas: [Int], _ kpis: [Int], _ ensures: [Int]) {
    var json = JSONWriter(reservingCapacity: 1 << 20)
    json.object { json in
      json.key("decisions")
      json.array { json in
        for index in routes { for item in engine.decisions(route: index) { engine.write(item, to: &json) } }
      }
      json.key("clocks")
      json.array { json in for index in slas { for item in engine.clocks(sla: index) { engine.write(item, to: &json) } }
      }
      json.key("measures")
      json.array { json in
        for index in kpis { for item in engine.measures(kpi: index).cells { engine.write(item, to: &json) } }
      }
      json.key("findings")
      json.array { json in
        for index in ensures { for item in engine.findings(ensure: index) { engine.write(item, to: &json) } }
      }
    }
    json.endLine()
    Terminal.write(json.bytes)
  }

  private func hasFailed(_ engine: RuleEngine, _ routes: [Int], _ slas: [Int], _ kpis: [Int], _ ensures: [Int]) -> Bool
  {
    failOn.contains { failure in
      switch failure {
      case .finding: ensures.contains { !engine.findings(ensure: $0).isEmpty }
      case .breached: slas.contains { engine.clocks(sla: $0).contains { $0.status == .breached } }
      case .undecided:
        routes.contains { engine.decisions(route: $0).grouped.contains { $0.decision.status == .undecided } }
          || slas.contains { engine.clocks(sla: $0).contains { $0.status == .undecided } }
      case .offTarget: kpis.contains { engine.measures(kpi: $0).cells.contains { $0.status == .offTarget } }
      }
    }
  }
}

/// Wall time by stage, for `--timings`.
struct StageClock {
  private var start = ContinuousClock.now
  private let begin = ContinuousClock.now
  private var stages: [(name: String, duration: Duration)] = []

  mutating func end(_ name: String) {
    let now = ContinuousClock.now
    stages.append((name, start.duration(to: now)))
    start = now
  }

  func table(_ report: LoadReport) -> String {
    var table = TextTable([.left("stage"), .right("ms")])
    func milliseconds(_ duration: Duration) -> String {
      let (seconds, attoseconds) = duration.components
      let tenths = (Double(seconds) * 10_000 + Double(attoseconds) / 1e14).rounded()
      return "\(Int(tenths) / 10).\(Int(tenths) % 10)"
    }
    for stage in stages {
      table.add([stage.name, milliseconds(stage.duration)])
      if stage.name == "load data" {
        for part in report.timings { table.add(["  \(part.stage.rawValue)", milliseconds(part.duration)]) }
      }
    }
    table.footer = ["in all", milliseconds(begin.duration(to: start))]
    return table.render()
  }
}
