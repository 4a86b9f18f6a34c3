/// A table of the sample, written as CSV, JSON Lines or JSON by the ending of its name.
struct Sheet {
  enum Cell {
    case none
    case text(String)
    case number(String)
    case flag(Bool)
    case list([String])
  }

  var name: String
  var columns: [String]
  var rows: [[Cell]] = []

  init(_ name: String, columns: String) {
    self.name = name
    self.columns = columns.split(separator: ",").map(String.init)
  }

  /// Rows as they are written by hand: a heading, then a row a line, cells between bars. A column `x#` holds numbers, `x?`
  /// true or false, `x[]` lists with blanks in between.
  init(_ name: String, _ text: String) {
    let lines = text.split(separator: "\n").map(barredCells)
    let headings = lines[0]
    self.name = name
    columns = headings.map { $0.filter { !"#?[]".contains($0) } }
    rows = lines.dropFirst().map { line in
      precondition(line.count == headings.count, "\(name): \(line)")
      return zip(headings, line).map { heading, cell in
        switch heading.last {
        case _ where cell.isEmpty: .none
        case "#": .number(cell)
        case "?": .flag(cell == "true")
        case "]": .list(cell.split(separator: " ").map(String.init))
        default: .text(cell)
        }
      }
    }
  }

  mutating func add(_ cells: [String?]) {
    precondition(cells.count == columns.count, "\(name): \(cells)")
    rows.append(cells.map { $0.map(Cell.text) ?? .none })
  }

  var file: OutputFile {
    if name.hasSuffix(".csv") { return OutputFile(name: name, text: csv) }
    let objects = rows.map(object)
    if name.hasSuffix(".jsonl") { return OutputFile(name: name, text: objects.map { $0 + "\n" }.joined()) }
    return OutputFile(name: name, text: "[\n  " + objects.joined(separator: ",\n  ") + "\n]\n")
  }

  private var csv: String {
    let lines = [columns.joined(separator: ",")] + rows.map { $0.map(quoted).joined(separator: ",") }
    return lines.map { $0 + "\n" }.joined()
  }

  private func quoted(_ cell: Cell) -> String {
    switch cell {
    case .none: return ""
    case .number(let text): return text
    case .flag(let flag): return String(flag)
    case .list(let items): return quoted(.text(object(items)))
    case .text(let text):
      guard text.contains(where: { ",\"\n".contains($0) }) else { return text }
      return "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
  }

  /// What is absent is left out.
  private func object(_ row: [Cell]) -> String {
    let fields = zip(columns, row).compactMap { column, cell -> String? in
      switch cell {
      case .none: nil
      case .text(let text): "\"\(column)\":\(string(text))"
      case .number(let text): "\"\(column)\":\(text)"
      case .flag(let flag): "\"\(column)\":\(flag)"
      case .list(let items): "\"\(column)\":\(object(items))"
      }
    }
    return "{" + fields.joined(separator: ",") + "}"
  }

  private func object(_ items: [String]) -> String { "[" + items.map(string).joined(separator: ",") + "]" }

  private func string(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}

/// The cells of a line, without the blanks around them.
func barredCells(_ line: Substring) -> [String] {
  line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
    String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
