/// Prints the value of an expression in the format that is set.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics

struct ResultPrinter {
  let engine: RuleEngine
  var format: OutputFormat
  /// Rows of a table for people.
  var rowLimit: Int
  var width: Int?
  var color: Bool

  /// The text of a value, with its type beside or below it; ends with a newline.
  func text(of value: Value, type: Type) -> String {
    let maker = GridMaker(engine: engine)
    let typeName = engine.rulebook.schema.describe(type)
    if let grid = maker.grid(of: value) { return text(of: grid, typeName) }
    let answer = ValueText(engine).answer(value)
    switch format {
    case .json: return engine.machine.json(value) + "\n"
    case .csv: return CSVText.table(["value"], [[engine.machine.scalar(value)]])
    case .box, .line, .markdown:
      let isLong = answer.displayWidth > (width ?? 100)
      if case .list(let list) = value, isLong { return text(of: maker.column(of: list), typeName) }
      return answer + "  " + dim(typeName, color) + "\n"
    }
  }

  func text(of grid: Grid, _ typeName: String) -> String {
    switch format {
    case .box: return grid.isRecord ? record(grid, typeName) : table(grid, typeName)
    case .line: return lines(grid, typeName)
    case .markdown: return markdown(grid)
    case .csv: return csv(grid)
    case .json: return json(grid)
    }
  }

  // MARK: - For people

  private func table(_ grid: Grid, _ typeName: String) -> String {
    let shown = min(grid.count, rowLimit)
    let places = grid.columns.indices.filter { !grid.columns[$0].isConstant }
    var table = BoxTable(
      columns: places.map {
        .init(name: grid.columns[$0].name, type: grid.columns[$0].type, isNumber: grid.columns[$0].isNumber)
      })
    for row in 0..<shown where !engine.evaluator.isCancelled {
      let cells = grid.row(row)
      table.rows.append(places.map { $0 < cells.count ? cells[$0].text : "" })
    }
    let (text, hidden) = table.render(width: width, color: color)
    return text + footer(grid, shown: table.rows.count, hiddenColumns: hidden, typeName)
  }

  private func footer(_ grid: Grid, shown: Int, hiddenColumns: Int, _ typeName: String) -> String {
    var parts = [plural(grid.count, "row") + (shown < grid.count ? " (\(grouped(shown)) shown)" : "")]
    if hiddenColumns > 0 { parts.append(plural(hiddenColumns, "more column")) }
    return parts.joined(separator: ", ") + "  " + dim(typeName, color) + "\n"
  }

  private func record(_ grid: Grid, _ typeName: String) -> String {
    var table = BoxTable(columns: grid.columns.map { .init(name: $0.name, type: "", isNumber: false) })
    table.hasHeading = false
    for row in 0..<grid.count { table.rows.append(grid.row(row).map(\.text)) }
    // The type stands in a column of its own, which is the first to go on a narrow terminal.
    let name = grid.noun == typeName ? typeName : "\(grid.noun)  \(typeName)"
    return table.render(width: width, color: color).text + dim(name, color) + "\n"
  }

  private func lines(_ grid: Grid, _ typeName: String) -> String {
    if grid.isRecord {
      let rows = (0..<grid.count).map { grid.row($0) }
      let width = rows.map { $0[0].text.displayWidth }.max() ?? 0
      return rows.map { "\($0[0].text.padded(to: width))  \($0[1].text)\n" }.joined()
    }
    let width = grid.columns.map(\.name.displayWidth).max() ?? 0
    let shown = min(grid.count, rowLimit)
    var text = ""
    for row in 0..<shown where !engine.evaluator.isCancelled {
      text += dim("── \(grouped(row + 1)) ──", color) + "\n"
      for (column, cell) in zip(grid.columns, grid.row(row)) {
        text += "\(column.name.padded(to: width))  \(cell.text)\n"
      }
    }
    return text + footer(grid, shown: shown, hiddenColumns: 0, typeName)
  }

  private func markdown(_ grid: Grid) -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    var text = line(grid.columns.map(\.name))
    text += "|" + grid.columns.map { $0.isNumber ? "---:|" : "---|" }.joined() + "\n"
    for row in 0..<min(grid.count, rowLimit) { text += line(grid.row(row).map(\.text)) }
    if grid.count > rowLimit { text += "\n\(plural(grid.count, "row")) (\(grouped(rowLimit)) shown)\n" }
    return text
  }

  // MARK: - For machines: every row

  private func csv(_ grid: Grid) -> String {
    let rows = (0..<grid.count).map { row in
      let cells = grid.row(row)
      return grid.isRecord
        ? [cells[0].text, engine.machine.scalar(cells[1].value)] : cells.map { engine.machine.scalar($0.value) }
    }
    return CSVText.table(grid.isRecord ? ["field", "value"] : grid.columns.map(\.name), rows)
  }

  private func json(_ grid: Grid) -> String {
    var json = JSONWriter()
    if grid.isRecord {
      json.object { json in
        for row in 0..<grid.count {
          let cells = grid.row(row)
          json.key(cells[0].text)
          json.raw(engine.machine.json(cells[1].value).utf8)
        }
      }
      json.endLine()
      return json.text
    }
    for row in 0..<grid.count {
      json.object { json in
        for (column, cell) in zip(grid.columns, grid.row(row)) {
          json.key(column.name)
          json.raw(engine.machine.json(cell.value).utf8)
        }
      }
      json.endLine()
    }
    return json.text
  }
}
