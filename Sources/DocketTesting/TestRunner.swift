/// Runs the tests of a rulebook, one after the other, each in a world of its own.
///
/// A test is a script: steps fill a world and move its clock, expectations ask. With `cases` the whole script runs once a row.

public import DocketDiagnostics
public import DocketSemantics

public enum TestRunner {
  /// Rows of one test that are told in full.
  static let shownFailures = 5

  public static func run(
    rulebook: CheckedRulebook, sources: SourceMap, options: TestOptions = TestOptions()
  ) -> [TestResult] {
    let bench = TestBench(rulebook: rulebook, sources: sources, limits: options.limits)
    let tests = rulebook.tests.filter { isWanted($0, options, bench) }
    bench.load(foldersOf: tests.filter { $0.skip == nil })
    var results: [TestResult] = []
    for test in tests {
      let result = run(test, on: bench)
      results.append(result)
      if options.failFast, result.status == .failed || result.status == .error { break }
    }
    return results
  }

  private static func isWanted(_ test: CheckedTest, _ options: TestOptions, _ bench: TestBench) -> Bool {
    guard options.tags.isEmpty || options.tags.contains(where: test.tags.contains) else { return false }
    return options.run.map { test.name.contains($0) || bench.finds($0, in: test.name) } ?? true
  }

  private static func run(_ test: CheckedTest, on bench: TestBench) -> TestResult {
    let begin = ContinuousClock.now
    let file = bench.sources[test.span.file]
    var result = TestResult(
      name: test.name, tags: test.tags, file: file.path, line: file.location(of: Int(test.span.start)).line,
      status: .passed,
      duration: .zero, reason: test.skip ?? test.todo, failures: [], hiddenFailures: 0)
    guard test.skip == nil else {
      result.status = .skipped
      return result
    }
    var expectations = 0
    var asksRulebook = false
    for row in test.cases.map({ $0.rows.indices.map { Optional($0) } }) ?? [nil] {
      let run = TestRun(test, row: row, on: bench)
      run.run()
      expectations += run.expectationCount
      asksRulebook = asksRulebook || run.asksRulebook
      for failure in run.failures {
        if result.failures.count < shownFailures { result.failures.append(failure) } else { result.hiddenFailures += 1 }
      }
    }
    if result.failures.isEmpty, let vacuity = Vacuity(expectations: expectations, asksRulebook: asksRulebook) {
      result.failures = [TestFailure(kind: .vacuity, line: result.line, row: nil, details: [vacuity.message])]
    }
    settle(&result, isTodo: test.todo != nil)
    result.duration = begin.duration(to: .now)
    return result
  }

  /// What is still to do may fail; once it passes, the mark has to go, so that nobody breaks it again unseen.
  private static func settle(_ result: inout TestResult, isTodo: Bool) {
    if isTodo {
      guard result.failures.isEmpty else {
        result.status = .todo
        return
      }
      result.failures = [
        TestFailure(
          kind: .vacuity, line: result.line, row: nil,
          details: ["it passes although it is marked `todo`: remove the mark"])
      ]
      result.status = .failed
      return
    }
    if result.failures.isEmpty { return }
    result.status = result.failures.allSatisfy { $0.kind == .evaluation } ? .error : .failed
  }
}
