/// Runs the tests of a rulebook, each in a world of its own, on as many threads as are wanted.
///
/// A test is a script: steps fill a world and move its clock, expectations ask. With `cases` the whole script runs once a row.
/// Workers share nothing but the checked rulebook: each has its own heap, world and engine, so neither their number nor the
/// order of the tests shows in what they give.

public import DocketDiagnostics
import DocketRuntime
public import DocketSemantics
import Synchronization

public enum TestRunner {
  /// Rows of one test that are told in full.
  static let shownFailures = 5
  /// A worker is worth its start for so many tests.
  private static let testsPerWorker = 64

  public static func run(
    rulebook: CheckedRulebook, sources: SourceMap, options: TestOptions = TestOptions()
  ) -> [TestResult] {
    report(rulebook: rulebook, sources: sources, options: options).results
  }

  public static func report(
    rulebook: CheckedRulebook, sources: SourceMap, options: TestOptions = TestOptions()
  ) -> TestReport {
    let bench = TestBench(rulebook: rulebook, sources: sources, limits: options.limits)
    let selection = TestSelection(options: options)
    let tests = rulebook.tests.filter { selection.isWanted($0, bench) }
    let emptiness = EmptySelection(options, rulebook.tests, wanted: tests.count)
    let map = options.measuresCoverage ? CoverageMap(rulebook, sources, ownFiles: options.ownFiles) : nil
    var report = TestReport(results: [], emptiness: emptiness, coverage: nil, snapshots: [:])
    let queue = TestQueue(TestOrder.places(tests.count, seed: options.shuffleSeed), failFast: options.failFast)
    // The bench that chose the tests is the first worker's; the others make their own.
    let first = Handover(bench)
    let workers = min(max(1, options.jobs), max(1, tests.count / testsPerWorker))
    Workers.run(workers) { number in
      let bench =
        number == 0 ? first.value : TestBench(rulebook: rulebook, sources: sources, limits: options.limits)
      bench.snapshots = SnapshotSession(options.snapshots)
      bench.load(foldersOf: tests.filter { $0.skip == nil })
      let recorder = map.map { CoverageRecorder($0, bench) }
      while let position = queue.next() { queue.finish(position, run(tests[position.place], on: bench)) }
      queue.collect(bench.snapshots.seen, recorder?.counts)
    }
    let outcome = queue.outcome
    report.results = outcome.results
    report.snapshots = outcome.snapshots
    report.coverage = map.map { Coverage($0, outcome.counts) }
    return report
  }

  /// Why a pattern is no regular expression; `nil` where it is one.
  public static func problem(ofPattern pattern: String) -> String? {
    TestBench(rulebook: CheckedRulebook(), sources: SourceMap(), limits: TestOptions().limits).problem(of: pattern)
  }

  static func run(_ test: CheckedTest, on bench: TestBench) -> TestResult {
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

/// Something that one thread made and exactly one other takes over.
struct Handover<Content>: @unchecked Sendable {
  let value: Content
  init(_ value: Content) { self.value = value }
}

/// The tests still to be run, and the results so far, shared by the workers.
private final class TestQueue: Sendable {
  struct Outcome: Sendable {
    var results: [TestResult] = []
    var snapshots: [SnapshotKey: String] = [:]
    var counts: [Int] = []
  }

  private struct State {
    var position = 0
    /// Nothing behind this position is wanted: something failed there.
    var end: Int
    /// By position in the order of running.
    var results: [TestResult?]
    var outcome = Outcome()
  }

  private let order: [Int]
  private let failFast: Bool
  private let state: Mutex<State>

  init(_ order: [Int], failFast: Bool) {
    self.order = order
    self.failFast = failFast
    state = Mutex(State(end: order.count, results: Array(repeating: nil, count: order.count)))
  }

  /// The place of the next test; with its position in the order.
  func next() -> Position? {
    state.withLock { state in
      guard state.position < state.end else { return nil }
      defer { state.position += 1 }
      return Position(position: state.position, place: order[state.position])
    }
  }

  func finish(_ position: Position, _ result: TestResult) {
    state.withLock { state in
      state.results[position.position] = result
      if failFast, result.status == .failed || result.status == .error {
        state.end = min(state.end, position.position + 1)
      }
    }
  }

  func collect(_ snapshots: [SnapshotKey: String], _ counts: [Int]?) {
    state.withLock { state in
      state.outcome.snapshots.merge(snapshots) { first, _ in first }
      guard let counts else { return }
      if state.outcome.counts.isEmpty {
        state.outcome.counts = counts
      } else {
        for (place, count) in counts.enumerated() { state.outcome.counts[place] += count }
      }
    }
  }

  /// With `failFast`, what others had begun behind the first failure is dropped, so that their number does not show.
  var outcome: Outcome {
    state.withLock { state in
      var outcome = state.outcome
      outcome.results = zip(order, state.results).prefix(state.end).sorted { $0.0 < $1.0 }.compactMap(\.1)
      return outcome
    }
  }

  struct Position {
    var position: Int
    var place: Int
  }
}
