/// Results as TAP 14 (testanything.org): one line a test, with a block of YAML below those that failed.

import DocketDiagnostics

public enum TAPReporter {
  public static func render(_ results: [TestResult]) -> String {
    var lines = ["TAP version 14", "1..\(results.count)"]
    for (index, result) in results.enumerated() {
      let isGood = result.status == .passed || result.status == .skipped
      var line = "\(isGood ? "ok" : "not ok") \(index + 1) - \(escaped(oneLine(result.name)))"
      switch result.status {
      case .skipped: line += " # SKIP " + oneLine(result.reason ?? "")
      case .todo: line += " # TODO " + oneLine(result.reason ?? "")
      case .passed, .failed, .error: break
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
      if result.status == .failed || result.status == .error { lines += diagnostic(result) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func diagnostic(_ result: TestResult) -> [String] {
    var lines = ["  ---"]
    lines.append("  file: \(quoted(result.file))")
    lines.append("  line: \(result.failures.first?.line ?? result.line)")
    lines.append("  severity: \(result.status == .error ? "error" : "fail")")
    lines.append("  message: |")
    lines += result.details.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }.map { "    \($0)" }
    return lines + ["  ..."]
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").displaySafe
  }

  /// A `#` would begin a directive.
  private static func escaped(_ text: String) -> String {
    text.map { $0 == "#" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.displaySafe.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}
