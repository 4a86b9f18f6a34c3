/// Coverage as Cobertura's XML, which GitLab, Jenkins and others show beside a change: files are classes, outcomes are branches.

public enum CoberturaReport {
  public static func render(_ coverages: [Coverage]) -> String {
    let files = coverages.flatMap(\.files)
    let (lines, branches) = rates(files)
    var text = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    text.append(
      "<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\">")
    // The form wants an instant; results do not depend on the wall clock, and so neither does this.
    text.append(
      "<coverage line-rate=\"\(lines.rate)\" branch-rate=\"\(branches.rate)\" lines-covered=\"\(lines.reached)\""
        + " lines-valid=\"\(lines.all)\" branches-covered=\"\(branches.reached)\" branches-valid=\"\(branches.all)\""
        + " complexity=\"0\" version=\"docket\" timestamp=\"0\">")
    text += ["  <sources><source>.</source></sources>", "  <packages>"]
    text.append(
      "    <package name=\"rules\" line-rate=\"\(lines.rate)\" branch-rate=\"\(branches.rate)\" complexity=\"0\">")
    text.append("      <classes>")
    for file in files { text += render(file) }
    text += ["      </classes>", "    </package>", "  </packages>", "</coverage>"]
    return text.joined(separator: "\n") + "\n"
  }

  private static func render(_ file: Coverage.File) -> [String] {
    let (lines, branches) = rates([file])
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    var text = [
      "        <class name=\"\(XMLText.escaped(name))\" filename=\"\(XMLText.escaped(file.path))\""
        + " line-rate=\"\(lines.rate)\" branch-rate=\"\(branches.rate)\" complexity=\"0\">",
      "          <methods/>", "          <lines>",
    ]
    for hit in file.hits {
      let branches = hit.points.filter { $0.outcomes.count > 1 }
      let (reached, all) = (branches.reduce(0) { $0 + $1.reached }, branches.reduce(0) { $0 + $1.outcomes.count })
      let condition =
        all == 0
        ? "branch=\"false\"" : "branch=\"true\" condition-coverage=\"\(reached * 100 / all)% (\(reached)/\(all))\""
      text.append("            <line number=\"\(hit.line)\" hits=\"\(hit.count)\" \(condition)/>")
    }
    return text + ["          </lines>", "        </class>"]
  }

  private struct Rate {
    var reached = 0
    var all = 0
    /// Four digits.
    var rate: String {
      guard all > 0 else { return "1.0000" }
      let parts = reached * 10_000 / all
      let digits = String(parts % 10_000)
      return "\(parts / 10_000)." + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }

  private static func rates(_ files: [Coverage.File]) -> (lines: Rate, branches: Rate) {
    var (lines, branches) = (Rate(), Rate())
    for file in files {
      for hit in file.hits {
        lines.all += 1
        if hit.count > 0 { lines.reached += 1 }
      }
      for point in file.points where point.outcomes.count > 1 {
        branches.all += point.outcomes.count
        branches.reached += point.reached
      }
    }
    return (lines, branches)
  }
}
