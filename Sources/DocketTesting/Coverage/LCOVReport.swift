/// Coverage as LCOV's trace files: rules are functions, outcomes are branches, and a line counts as often as its busiest point.

public enum LCOVReport {
  public static func render(_ coverages: [Coverage]) -> String {
    coverages.flatMap(\.files).map(render).joined()
  }

  private static func render(_ file: Coverage.File) -> String {
    var lines = ["TN:", "SF:\(file.path)"]
    let rules = file.points.filter { $0.kind == .rule }
    for rule in rules { lines.append("FN:\(rule.line),\(rule.text)") }
    for rule in rules { lines.append("FNDA:\(rule.outcomes[0].count),\(rule.text)") }
    lines.append("FNF:\(rules.count)")
    lines.append("FNH:\(rules.count { $0.reached > 0 })")
    var branches = 0
    var taken = 0
    for (block, point) in file.points.enumerated() where point.outcomes.count > 1 {
      let isEvaluated = point.reached > 0
      for (branch, outcome) in point.outcomes.enumerated() {
        branches += 1
        if outcome.count > 0 { taken += 1 }
        // `-` is a branch whose condition was never asked.
        lines.append("BRDA:\(point.line),\(block),\(branch),\(isEvaluated ? String(outcome.count) : "-")")
      }
    }
    lines += ["BRF:\(branches)", "BRH:\(taken)"]
    let hits = file.hits
    for hit in hits { lines.append("DA:\(hit.line),\(hit.count)") }
    lines += ["LF:\(hits.count)", "LH:\(hits.count { $0.count > 0 })", "end_of_record"]
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Coverage.File {
  /// The lines with something to reach, and how often they were.
  var hits: [(line: Int, count: Int, points: [Coverage.Point])] {
    Dictionary(grouping: points, by: \.line).map { line, points in
      (line, points.flatMap { $0.outcomes.map(\.count) }.max() ?? 0, points)
    }.sorted { $0.line < $1.line }
  }
}
