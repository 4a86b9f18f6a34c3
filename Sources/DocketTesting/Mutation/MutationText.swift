/// Mutants for people: each survivor with the change that nobody noticed, and a test that would.

public import DocketDiagnostics

public struct MutationText: Sendable {
  private let options: RenderOptions

  public init(options: RenderOptions = RenderOptions()) { self.options = options }

  /// Ends with a newline.
  public func render(_ report: MutationReport, duration: Duration) -> String {
    if !report.badMarks.isEmpty { return marks(report.badMarks, .error) }
    if let emptiness = report.emptiness {
      return emptiness.message + "\n" + (emptiness.help.map { "   = help: \($0)\n" } ?? "")
    }
    if !report.failing.isEmpty {
      return TestReporter(options: options).render(report.failing, duration: duration)
        + "nothing was changed: first the tests have to pass\n"
    }
    var text = report.survivors.map { survivor($0) + "\n" }.joined()
    text += marks(report.idleMarks, .warning)
    return text + summary(report, duration)
  }

  private func survivor(_ mutant: MutationReport.Mutant) -> String {
    let kind = mutant.mutation.kind.rawValue.split(separator: "_").joined(separator: " ")
    var lines = [
      TextStyle.error.apply("SURVIVED", color: options.color) + " "
        + TextStyle.strong.apply(kind, color: options.color) + "  "
        + TextStyle.frame.apply("\(mutant.file.displaySafe):\(mutant.line)", color: options.color)
    ]
    lines += mutant.old.map { "    " + TextStyle.error.apply("- \($0.displaySafe)", color: options.color) }
    lines += mutant.new.map { "    " + TextStyle.good.apply("+ \($0.displaySafe)", color: options.color) }
    lines.append("  \(reach(mutant))")
    if let proposal = mutant.proposal {
      lines.append("  this test passes now, and fails after the change:")
      lines.append("")
      lines += proposal.test.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.isEmpty ? "" : "      \($0)"
      }
    } else if mutant.isSearched {
      lines.append(
        "  no input was found that tells them apart: where there is none, say why with "
          + "`// equivalent: \(mutant.mutation.kind.rawValue) because …`")
    }
    while lines.last == "" { lines.removeLast() }
    return lines.map { $0 + "\n" }.joined()
  }

  private func reach(_ mutant: MutationReport.Mutant) -> String {
    guard let first = mutant.reachedBy.first else { return "no test reaches it" }
    let name = "\"\(first.displaySafe)\""
    switch mutant.reachedBy.count {
    case 1: return "only \(name) reaches it, and passes"
    case 2: return "\(name) and 1 more test reach it, and pass"
    case let count: return "\(name) and \(count - 1) more tests reach it, and pass"
    }
  }

  private func marks(_ marks: [MutationReport.Mark], _ style: TextStyle) -> String {
    let word = style == .error ? "error" : "warning"
    return marks.map {
      TextStyle.frame.apply("\($0.file.displaySafe):\($0.line): ", color: options.color)
        + style.apply(word, color: options.color) + ": \($0.message)\n"
    }.joined()
  }

  /// `214 changes: 210 noticed, 1 survived, 3 equivalent; 12 more are no rulebook (1.4 s)`
  private func summary(_ report: MutationReport, _ duration: Duration) -> String {
    let survived = report.survivors.count
    let style: TextStyle = survived > 0 ? .error : .good
    let counts = "\(report.killed) noticed, \(survived) survived, \(report.equivalent) equivalent"
    let (seconds, attoseconds) = duration.components
    let invalid = report.invalid > 0 ? "; \(report.invalid) more the checker refuses" : ""
    return "\(report.valid) changes under \(report.testCount) \(report.testCount == 1 ? "test" : "tests"): "
      + style.apply(counts, color: options.color)
      + invalid
      + " (\(seconds).\(attoseconds / 100_000_000_000_000_000) s)\n"
  }
}
