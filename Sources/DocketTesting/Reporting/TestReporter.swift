/// Results for people: one block for each test that needs attention, and a summary.

public import DocketDiagnostics

public struct TestReporter: Sendable {
  public let options: RenderOptions

  public init(options: RenderOptions = RenderOptions()) { self.options = options }

  /// Ends with a newline.
  public func render(_ results: [TestResult], duration: Duration, emptiness: EmptySelection? = nil) -> String {
    guard !results.isEmpty else {
      let help = emptiness?.help.map { "   = help: \($0)\n" } ?? ""
      return (emptiness?.message ?? "no tests found") + "\n" + help
    }
    let failing = results.filter { $0.status == .failed || $0.status == .error }
    let width = min(72, failing.reduce(0) { max($0, $1.name.displaySafe.displayWidth) })
    return failing.map { render($0, nameWidth: width) + "\n" }.joined() + summary(results, duration: duration) + "\n"
  }

  private func render(_ result: TestResult, nameWidth: Int) -> String {
    let word = result.status == .error ? "ERROR" : "FAIL "
    let line = result.failures.first?.line ?? result.line
    let name = result.name.displaySafe.padded(to: nameWidth)
    let head =
      TextStyle.error.apply(word, color: options.color) + " " + TextStyle.strong.apply(name, color: options.color)
      + "  "
      + TextStyle.frame.apply("\(result.file.displaySafe):\(line)", color: options.color)
    return ([head] + result.details.map { "      " + $0 }).map { $0 + "\n" }.joined()
  }

  /// `19 passed, 0 failed (0.03 s)`
  private func summary(_ results: [TestResult], duration: Duration) -> String {
    let (passed, failed, errors) = (results.count(.passed), results.count(.failed), results.count(.error))
    var parts = ["\(passed) passed", "\(failed) failed"]
    for (status, word) in [(TestStatus.skipped, "skipped"), (.todo, "todo")] where results.count(status) > 0 {
      parts.append("\(results.count(status)) \(word)")
    }
    if errors > 0 { parts.append("\(errors) \(errors == 1 ? "error" : "errors")") }
    let style: TextStyle = failed + errors > 0 ? .error : .good
    return style.apply(parts.joined(separator: ", "), color: options.color) + " (\(seconds(duration)))"
  }

  private func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let hundredths = Int(attoseconds / 10_000_000_000_000_000)
    return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths) s"
  }
}
