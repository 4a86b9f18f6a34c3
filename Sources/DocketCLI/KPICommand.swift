import ArgumentParser
import Docket
import DocketDiagnostics
import DocketRules
import DocketSemantics

/// `docket kpi`: measures, or the rows behind one of their cells.
struct KPICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kpi", abstract: "Show the KPIs of a rulebook, or the rows behind a cell.",
    discussion: """
      --rows takes a KPI, a period and groups, such as `csat/2026-10/product=pay`, and lists which rows count in that \
      cell, which do not, and why.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, jsonl, csv
  }

  @OptionGroup var rulebookOptions: RulebookOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var languageOptions: LanguageOptions

  @Option(help: "Only these KPIs, by name.")
  var only: [String] = []

  @Option(help: "The rows behind a cell, such as csat/2026-10/product=pay.")
  var rows: String?

  @Option(help: "What is printed: text, jsonl or csv.")
  var format = Format.text

  @Option(help: "How many rows the text shows.")
  var limit = 50

  func run() throws {
    let rulebook = try rulebookOptions.load()
    let checked = rulebook.checked
    try RuleNames.check(only, among: checked.kpis.map(\.name), kind: "kpi")
    let session = try dataOptions.open(rulebook, rulebookOptions)
    let engine = session.engine
    let report = languageOptions.report(session)
    if let rows { return try printRows(rows, engine, report) }
    let indices = checked.kpis.indices.filter { only.isEmpty || only.contains(checked.kpis[$0].name) }
    switch format {
    case .text:
      if indices.isEmpty { Terminal.write(report.words(.noKPIs)) }
      for index in indices { Terminal.write(report.kpi(index)) }
    case .jsonl:
      for index in indices { Terminal.writeLines(engine.measures(kpi: index).cells) { engine.write($0, to: &$1) } }
    case .csv: Terminal.write(MeasureTable.csv(indices.flatMap { engine.measures(kpi: $0).cells }, engine))
    }
  }

  private func printRows(_ text: String, _ engine: RuleEngine, _ report: TextReport) throws {
    let selection: CellSelection
    do throws(CellSelection.Unknown) {
      selection = try CellSelection.parse(text, in: engine)
    } catch {
      throw ValidationError(error.message)
    }
    let rows = CellRows(selection, engine)
    switch format {
    case .text: Terminal.write(report.rows(rows, limit: limit))
    case .jsonl: Terminal.writeLines(rows.inside + rows.outside) { engine.write($0, to: &$1) }
    case .csv: Terminal.write(MeasureTable.csv(rows.inside + rows.outside, engine))
    }
  }
}
