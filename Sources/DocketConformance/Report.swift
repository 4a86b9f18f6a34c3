/// Counts by tier, and the list of what failed.

struct Report {
  private struct Count {
    var passed = 0
    var failed = 0
    var text: String { "\(passed) passed, \(failed) failed" }
  }

  private var tiers: [String] = []
  private var counts: [String: Count] = [:]
  private var failures: [(id: String, expression: String, wanted: String, got: String, reason: String?)] = []

  var hasUnexpectedFailures: Bool { failures.contains { $0.reason == nil } }

  mutating func add(_ outcome: Outcome, of conformanceCase: ConformanceCase) {
    let tier = conformanceCase.tier
    if counts[tier] == nil { tiers.append(tier) }
    switch outcome {
    case .passed: counts[tier, default: Count()].passed += 1
    case .failed(let wanted, let got):
      counts[tier, default: Count()].failed += 1
      failures.append(
        (conformanceCase.id, conformanceCase.expression, wanted, got, ExpectedFailures.reason(conformanceCase.id)))
    }
  }

  var text: String {
    var lines = tiers.map { "\($0): \(counts[$0, default: Count()].text)" }
    let total = counts.values.reduce(into: Count()) {
      $0.passed += $1.passed
      $0.failed += $1.failed
    }
    lines.append("all: \(total.text)")
    for failure in failures where failure.reason == nil {
      lines += [
        "", "failed: \(failure.id)", "  \(failure.expression)", "  want \(failure.wanted)", "  got  \(failure.got)",
      ]
    }
    for (prefix, reason) in ExpectedFailures.reasons {
      let ids = failures.filter { $0.reason != nil && $0.id.hasPrefix(prefix) }
      guard !ids.isEmpty else { continue }
      lines += ["", "left out: \(ids.count) of \(prefix)", "  \(reason)"]
      lines += ids.map { "  \($0.id): \($0.expression): want \($0.wanted), got \($0.got)" }
    }
    return lines.joined(separator: "\n")
  }
}
