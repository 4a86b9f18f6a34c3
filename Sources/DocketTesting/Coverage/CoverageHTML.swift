/// Coverage as one page without anything from elsewhere: the whole source, green where it is reached, with a note where not.

public enum CoverageHTML {
  public static func render(_ coverages: [Coverage]) -> String {
    let files = coverages.flatMap(\.files)
    var html = [
      "<!doctype html>", "<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Docket coverage</title>", style,
      "</head><body>", "<h1>What the tests reach: \(Coverage.total(coverages).percentText)</h1>", "<table>",
      "<tr><th>kind</th><th>reached</th><th>of</th><th>share</th></tr>",
    ]
    for kind in CoveragePoint.Kind.allCases {
      let total = Coverage.Total(files.flatMap(\.points).filter { $0.kind == kind })
      guard total.all > 0 else { continue }
      html.append(
        "<tr><td>\(XMLText.escaped(kind.title.filter { $0 != "`" }))</td><td>\(total.reached)</td><td>\(total.all)</td>"
          + "<td>\(total.percentText)</td></tr>")
    }
    html.append("</table>")
    for file in files { html += render(file) }
    html.append("</body></html>")
    return html.joined(separator: "\n") + "\n"
  }

  private static func render(_ file: Coverage.File) -> [String] {
    let byLine = Dictionary(grouping: file.points, by: \.line)
    var html = ["<h2>\(XMLText.escaped(file.path)) <small>\(file.total.percentText)</small></h2>", "<pre>"]
    for (index, line) in file.lines.enumerated() {
      let points = byLine[index + 1] ?? []
      let total = Coverage.Total(points)
      let mark = points.isEmpty ? "n" : total.reached == total.all ? "y" : total.reached == 0 ? "x" : "p"
      let sign = ["n": " ", "y": "✓", "x": "✗", "p": "~"][mark] ?? " "
      let number = String(repeating: " ", count: max(0, 5 - String(index + 1).count)) + String(index + 1)
      html.append("<span class=\"\(mark)\">\(sign)\(number)  \(XMLText.escaped(line))</span>")
      for point in points where point.reached < point.outcomes.count {
        html.append("<span class=\"m\">         └ \(XMLText.escaped(point.complaint))</span>")
      }
    }
    return html + ["</pre>"]
  }

  private static let style = """
    <style>
    body { font: 15px/1.4 system-ui, sans-serif; margin: 2em; color: #222; background: #fff }
    table { border-collapse: collapse } td, th { padding: .2em .8em; text-align: right } td:first-child, th:first-child { text-align: left }
    pre { font: 13px/1.5 ui-monospace, monospace; border: 1px solid #ddd; padding: .5em 0; overflow-x: auto }
    pre span { display: block; padding: 0 1em } h2 small { color: #666; font-weight: normal }
    .y { background: #e9f7ea } .p { background: #fff6d6 } .x { background: #fde4e1 } .m { color: #9a4a00 }
    </style>
    """
}
