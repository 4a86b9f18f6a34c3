/// Results as JUnit XML, in the form that Jenkins, GitLab and the others read: a suite for each file, a case for each test.
///
/// Tests/Schemas/junit.xsd is that form. Docket's `failed` is a `failure`, `error` an `error`; `todo` is told as skipped,
/// since readers know nothing else that does not break a build.

public enum JUnitReporter {
  public static func render(_ results: [TestResult]) -> String {
    var files: [String] = []
    var byFile: [String: [TestResult]] = [:]
    for result in results {
      if byFile[result.file] == nil { files.append(result.file) }
      byFile[result.file, default: []].append(result)
    }
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites\(counts(results, name: "docket"))>"]
    for file in files {
      let results = byFile[file] ?? []
      lines.append("  <testsuite\(counts(results, name: file))>")
      for result in results { lines += testCase(result) }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func counts(_ results: [TestResult], name: String) -> String {
    let total = results.reduce(Duration.zero) { $0 + $1.duration }
    let skipped = results.count(.skipped) + results.count(.todo)
    return " name=\"\(XMLText.escaped(name))\" tests=\"\(results.count)\" failures=\"\(results.count(.failed))\""
      + " errors=\"\(results.count(.error))\" skipped=\"\(skipped)\" time=\"\(seconds(total))\""
  }

  private static func testCase(_ result: TestResult) -> [String] {
    let head =
      "    <testcase name=\"\(XMLText.escaped(result.name))\" classname=\"\(XMLText.escaped(className(result.file)))\""
      + " file=\"\(XMLText.escaped(result.file))\" line=\"\(result.line)\" time=\"\(seconds(result.duration))\""
    switch result.status {
    case .passed: return [head + "/>"]
    case .skipped, .todo:
      let word = result.status == .todo ? "todo: " : ""
      return [
        head + ">", "      <skipped message=\"\(XMLText.escaped(word + (result.reason ?? "")))\"/>", "    </testcase>",
      ]
    case .failed, .error:
      let element = result.status == .error ? "error" : "failure"
      let line = result.failures.first?.line ?? result.line
      let text = (["\(result.file):\(line)"] + result.details).joined(separator: "\n")
      return [
        head + ">",
        "      <\(element) message=\"\(XMLText.escaped(result.headline))\" type=\"\(result.kindName)\">"
          + XMLText.content(text) + "</\(element)>",
        "    </testcase>",
      ]
    }
  }

  /// `scripts/incidents/tests.docket` as `scripts.incidents.tests`: readers cut names at the last dot.
  private static func className(_ file: String) -> String {
    var name = file
    if name.hasSuffix(".docket") { name.removeLast(".docket".count) }
    return name.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: ".")
  }

  /// With three digits, as other writers of this form do.
  private static func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let thousandths = String(attoseconds / 1_000_000_000_000_000)
    return "\(seconds).\(String(repeating: "0", count: 3 - thousandths.count))\(thousandths)"
  }
}

extension TestResult {
  /// The first line of what went wrong.
  var headline: String {
    failures.first?.details.first { !$0.isEmpty } ?? status.rawValue
  }

  var kindName: String {
    switch failures.first?.kind {
    case .expectation?: "expectation"
    case .evaluation?: "evaluation"
    case .vacuity?: "vacuous"
    case nil: status.rawValue
    }
  }
}
