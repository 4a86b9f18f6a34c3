import ArgumentParser
import Docket
import DocketData
import DocketDiagnostics
import DocketRules
import DocketSemantics

/// `docket run`: every rule of a rulebook over its data.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the routes, SLAs and KPIs of a rulebook over data.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl
  }

  enum Failure: String, ExpressibleByArgument, CaseIterable {
    case breached, undecided
    case offTarget = "off_target"
  }

  @OptionGroup var rulebookOptions: RulebookOptions
  @OptionGroup var dataOptions: DataOptions

  @Option(help: "What is printed: text, json or jsonl.")
  var format = Format.text

  @Option(help: "Run only these rules, by name.")
  var only: [String] = []

  @Option(help: "Exit with 1 where something is breached, undecided or off_target.")
  var failOn: [Failure] = []

  @Flag(help: "Tell on standard error how long each stage took.")
  var timings = false

  func run() throws {
    var clock = StageClock()
    let rulebook = try rulebookOptions.load()
    clock.end("check rulebook")
    let checked = rulebook.checked
    let known = checked.routes.map(\.name) + checked.slas.map(\.name) + checked.kpis.map(\.name)
    for name in only where !known.contains(name) {
      let hint = suggest(name, among: known, habits: false).map { ": \($0.helpText)" } ?? ""
      throw ValidationError("the rulebook has no rule `\(name)`\(hint)")
    }
    let session = try dataOptions.open(rulebook, rulebookOptions)
    clock.end("load data")
    let engine = session.engine
    func isWanted(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
    let routes = checked.routes.indices.filter { isWanted(checked.routes[$0].name) }
    let slas = checked.slas.indices.filter { isWanted(checked.slas[$0].name) }
    let kpis = checked.kpis.indices.filter { isWanted(checked.kpis[$0].name) }
    for index in routes { _ = engine.decisions(route: index) }
    clock.end("route")
    for index in slas { _ = engine.clocks(sla: index) }
    clock.end("clocks")
    for index in kpis { _ = engine.measures(kpi: index) }
    clock.end("measures")

    rulebookOptions.show(session.rulebook.diagnostics.all.filter { $0.severity != .error }, rulebook.sources)
    switch format {
    case .text:
      let report = TextReport(session, width: Terminal.width, color: Terminal.wantsColor())
      Terminal.write(report.heading())
      for index in routes { Terminal.write(report.route(index)) }
      for index in slas { Terminal.write(report.sla(index)) }
      for index in kpis { Terminal.write(report.kpi(index)) }
    case .jsonl: writeLines(engine, routes, slas, kpis)
    case .json: writeObject(engine, routes, slas, kpis)
    }
    clock.end("print")
    if timings { Terminal.printError(clock.table(session.report)) }
    if hasFailed(engine, routes, slas, kpis) { throw ExitStatus.failed }
  }

  // MARK: - Machine output

  private func writeLines(_ engine: RuleEngine, _ routes: [Int], _ slas: [Int], _ kpis: [Int]) {
    var json = JSONWriter(reservingCapacity: 1 << 20)
    func end() {
      json.endLine()
      if json.bytes.count > 1 << 19 {
        Terminal.write(json.bytes)
        json.removeAll()
      }
    }
    for index in routes {
      for decision in engine.decisions(route: index) {
        engine.write(decision, to: &json)
        end()
      }
    }
    for index in slas {
      for clock in engine.clocks(sla: index) {
        engine.write(clock, to: &json)
        end()
      }
    }
    for index in kpis {
      for measure in engine.measures(kpi: index).cells {
        engine.write(measure, to: &json)
        end()
      }
    }
    Terminal.write(json.bytes)
  }

  private func writeObject(_ engine: RuleEngine, _ routes: [Int], _ slas: [Int], _ kpis: [Int]) {
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
      json.array { _ in }
    }
    json.endLine()
    Terminal.write(json.bytes)
  }

  private func hasFailed(_ engine: RuleEngine, _ routes: [Int], _ slas: [Int], _ kpis: [Int]) -> Bool {
    failOn.contains { failure in
      switch failure {
      case .breached: slas.contains { engine.clocks(sla: $0).contains { $0.status == .breached } }
      case .undecided:
        routes.contains { engine.decisions(route: $0).contains { $0.status == .undecided } }
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
