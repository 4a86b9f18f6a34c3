/// Coverage for people: how much of each kind is reached, and the source around everything that is not.
///
///     ✓ 12 │   where i.assignment_group == null
///     ~ 31 │     when i.subcategory in ["Subcategory 72"]
///                     └ never true: i.subcategory in ["Subcategory 72"]
///     ✗ 40 │   rule site_51 {

public import DocketDiagnostics

public struct CoverageText: Sendable {
  private let options: RenderOptions
  private static let context = 1
  private static let textLimit = 90

  public init(options: RenderOptions = RenderOptions()) { self.options = options }

  /// Ends with a newline; begins with an empty line, as it stands below the results.
  public func render(_ coverages: [Coverage]) -> String {
    let files = coverages.flatMap(\.files)
    let points = files.flatMap(\.points)
    guard !points.isEmpty else { return "\ncoverage: the rulebook has nothing that tests could reach\n" }
    var table = TextTable([.left("coverage"), .right("reached"), .right("of"), .right("share")])
    for kind in CoveragePoint.Kind.allCases {
      let total = Coverage.Total(points.filter { $0.kind == kind })
      if total.all > 0 { table.add([kind.title, "\(total.reached)", "\(total.all)", total.percentText]) }
    }
    let total = Coverage.Total(points)
    table.footer = ["in all", "\(total.reached)", "\(total.all)", total.percentText]
    var text = "\n" + table.render(width: options.width)
    for file in files where file.total.reached < file.total.all { text += "\n" + render(file) }
    if total.reached < total.all {
      text += "\n✓ reached   ~ reached in part   ✗ never reached\n"
    }
    return text
  }

  private func render(_ file: Coverage.File) -> String {
    let byLine = Dictionary(grouping: file.points, by: \.line)
    let gaps = Set(file.points.filter { $0.reached < $0.outcomes.count }.map(\.line))
    let shown = file.lines.indices.map { $0 + 1 }.filter { line in
      gaps.contains { abs($0 - line) <= Self.context }
    }
    let width = String(shown.last ?? 1).count
    var lines = [TextStyle.strong.apply(file.path.displaySafe, color: options.color) + "  \(file.total.percentText)"]
    var last = 0
    for line in shown {
      if last > 0, line > last + 1 { lines.append(frame(String(repeating: " ", count: width + 3) + "…")) }
      last = line
      let points = byLine[line] ?? []
      lines.append(
        "\(mark(points)) " + frame(String(line).padded(to: width, alignment: .right) + " │ ")
          + file.lines[line - 1].displaySafe)
      for point in points where point.reached < point.outcomes.count {
        lines.append(String(repeating: " ", count: width + 5) + note(point))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func frame(_ text: String) -> String { TextStyle.frame.apply(text, color: options.color) }

  private func mark(_ points: [Coverage.Point]) -> String {
    guard !points.isEmpty else { return " " }
    let total = Coverage.Total(points)
    if total.reached == total.all { return TextStyle.good.apply("✓", color: options.color) }
    return total.reached == 0
      ? TextStyle.error.apply("✗", color: options.color) : TextStyle.warning.apply("~", color: options.color)
  }

  private func note(_ point: Coverage.Point) -> String {
    TextStyle.warning.apply("└ \(point.complaint.truncated(to: Self.textLimit))", color: options.color)
  }
}

extension Coverage.Point {
  /// What is not reached, in words; empty where everything is.
  var complaint: String {
    guard !missing.isEmpty else { return "" }
    let list = missing.joined(separator: ", ")
    switch kind {
    case .rule: return "the rule `\(text)` never matches"
    case .condition: return missing.count == 2 ? "never evaluated: \(text)" : "never \(list): \(text)"
    case .row: return "no test reaches this row"
    case .target: return "never taken: \(outcomes[0].name == "reached" ? text : outcomes[0].name)"
    case .state: return "no clock of `\(text)` is ever \(list)"
    case .day: return "`\(text)` never meets a \(missing.joined(separator: ", or a "))"
    case .measure: return "no cell of `\(text)` is ever \(list)"
    }
  }
}
