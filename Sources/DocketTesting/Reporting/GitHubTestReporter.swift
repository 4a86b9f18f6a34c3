/// Results as annotations of GitHub Actions, and as the summary of a step.
///
/// GitHub shows the first ten errors, warnings and notices of a step and drops the rest without a word. So the worst come
/// first, and the last of the ten says how many are hidden.

import DocketDiagnostics

public enum GitHubTestReporter {
  static let limit = 10

  private struct Annotation {
    var severity: Severity
    var file: String
    var line: Int
    var title: String
    var message: String
  }

  public static func render(_ results: [TestResult]) -> String {
    let errors =
      results.filter { $0.status == .error }.map { annotation($0, .error) }
      + results.filter { $0.status == .failed }.map { annotation($0, .error) }
    let todos = results.filter { $0.status == .todo }.map { annotation($0, .warning) }
    let skipped = results.filter { $0.status == .skipped }.map { annotation($0, .note) }
    return (limited(errors, "failing tests") + limited(todos, "tests to do") + limited(skipped, "skipped tests"))
      .map { text($0) + "\n" }.joined()
  }

  private static func annotation(_ result: TestResult, _ severity: Severity) -> Annotation {
    let title: String
    switch result.status {
    case .failed: title = "test failed: \(result.name)"
    case .error: title = "test has an error: \(result.name)"
    case .todo: title = "test to do: \(result.name)"
    case .skipped: title = "test skipped: \(result.name)"
    case .passed: title = result.name
    }
    let message = severity == .error ? result.details.joined(separator: "\n") : result.reason ?? ""
    return Annotation(
      severity: severity, file: result.file, line: result.failures.first?.line ?? result.line, title: title,
      message: message)
  }

  private static func limited(_ annotations: [Annotation], _ noun: String) -> [Annotation] {
    guard annotations.count > limit else { return annotations }
    var shown = Array(annotations.prefix(limit))
    let hidden = annotations.count - limit
    shown[limit - 1].message +=
      "\n\n… and \(hidden) more \(noun) that GitHub does not show here: see the log or the summary of this step"
    return shown
  }

  private static func text(_ annotation: Annotation) -> String {
    let command =
      switch annotation.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    let properties = [
      "file=\(GitHubRenderer.escapeProperty(annotation.file))", "line=\(annotation.line)",
      "title=\(GitHubRenderer.escapeProperty(annotation.title))",
    ]
    return "::\(command) \(properties.joined(separator: ","))::\(GitHubRenderer.escapeData(annotation.message))"
  }

  // MARK: - Summary of a step

  private static let summaryLimit = 50

  /// Markdown for `$GITHUB_STEP_SUMMARY`.
  public static func summary(_ results: [TestResult]) -> String {
    let failing = results.filter { $0.status == .failed || $0.status == .error }
    var lines = [failing.isEmpty ? "### ✅ Rule tests passed" : "### ❌ Rule tests failed", ""]
    lines.append("| passed | failed | errors | skipped | to do |")
    lines.append("|---:|---:|---:|---:|---:|")
    let counts = [TestStatus.passed, .failed, .error, .skipped, .todo].map { "\(results.count($0))" }
    lines.append("| \(counts.joined(separator: " | ")) |")
    for result in failing.prefix(summaryLimit) {
      lines.append("")
      lines.append("<details><summary>\(XMLText.escaped(result.name))</summary>")
      lines.append("")
      lines.append("<code>\(XMLText.escaped(result.file)):\(result.failures.first?.line ?? result.line)</code>")
      lines.append("<pre>\(XMLText.content(result.details.joined(separator: "\n")))</pre>")
      lines.append("</details>")
    }
    if failing.count > summaryLimit { lines += ["", "… and \(failing.count - summaryLimit) more failing tests"] }
    return lines.joined(separator: "\n") + "\n"
  }
}
