/// Changes a rulebook in one place at a time and runs the tests that reach that place.

public import DocketDiagnostics
import DocketRuntime
public import DocketSemantics
public import DocketSyntax
import Synchronization

public struct MutationRun: Sendable {
  /// A rulebook that was parsed and checked.
  public struct Subject: Sendable {
    public var trees: [SyntaxTree]
    public var sources: SourceMap
    public var rulebook: CheckedRulebook

    public init(trees: [SyntaxTree], sources: SourceMap, rulebook: CheckedRulebook) {
      self.trees = trees
      self.sources = sources
      self.rulebook = rulebook
    }
  }

  /// Checks the texts of a rulebook; `nil` with what is wrong.
  public typealias Check = @Sendable (SourceMap) -> (subject: Subject, problems: [Diagnostic])

  public struct Options: Sendable {
    public var tests = TestOptions()
    public var jobs = 1
    /// Whether to look for tests that kill the survivors.
    public var proposes = true

    public init() {}
  }

  let subject: Subject
  let options: Options
  let check: Check

  public static func run(_ subject: Subject, options: Options, check: @escaping Check) -> MutationReport {
    MutationRun(subject: subject, options: options, check: check).report()
  }

  private func report() -> MutationReport {
    var report = MutationReport()
    let (marks, problems) = EquivalentMark.find(subject.trees, subject.sources)
    report.badMarks = problems.map {
      MutationReport.Mark(file: subject.sources[$0.file].path, line: $0.line, message: $0.message)
    }
    guard report.badMarks.isEmpty else { return report }
    let baseline = baseline()
    report.testCount = baseline.tests.count
    report.emptiness = EmptySelection(options.tests, subject.rulebook.tests, wanted: baseline.tests.count)
    report.failing = baseline.failing
    guard report.failing.isEmpty, report.emptiness == nil else { return report }

    let mutations = MutationFinder.find(subject.trees, subject.sources, subject.rulebook)
    let results = Mutex<[MutationReport.Mutant?]>(Array(repeating: nil, count: mutations.count))
    let next = Atomic<Int>(0)
    Workers.run(min(options.jobs, max(1, mutations.count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < mutations.count else { return }
        let mutant = self.mutant(mutations[index], baseline, marks)
        results.withLock { $0[index] = mutant }
      }
    }
    report.mutants = results.withLock { $0.compactMap { $0 } }
    report.idleMarks = marks.filter { mark in
      !report.mutants.contains { mutant in
        if case .equivalent = mutant.outcome { mark.covers(mutant.mutation, subject.sources) } else { false }
      }
    }.map {
      MutationReport.Mark(
        file: subject.sources[$0.file].path, line: $0.place, message: "every change here is noticed: remove the mark")
    }
    return report
  }

  // MARK: - Before anything is changed

  struct Baseline: Sendable {
    /// The places of the tests that are wanted, in the rulebook's list.
    var tests: [Int] = []
    /// What each of them evaluates.
    var reach: [Set<SourceSpan>] = []
    var failing: [TestResult] = []
  }

  private func baseline() -> Baseline {
    let bench = bench(subject)
    let selection = TestSelection(options: options.tests)
    var baseline = Baseline()
    let tests = subject.rulebook.tests
    baseline.tests = tests.indices.filter {
      tests[$0].skip == nil && tests[$0].todo == nil && selection.isWanted(tests[$0], bench)
    }
    bench.load(foldersOf: baseline.tests.map { tests[$0] })
    let recorder = ReachRecorder(bench)
    for place in baseline.tests {
      let result = TestRunner.run(tests[place], on: bench)
      if result.status == .failed || result.status == .error { baseline.failing.append(result) }
      baseline.reach.append(recorder.take())
    }
    return baseline
  }

  func bench(_ subject: Subject) -> TestBench {
    let bench = TestBench(rulebook: subject.rulebook, sources: subject.sources, limits: options.tests.limits)
    bench.snapshots = SnapshotSession(options.tests.snapshots)
    return bench
  }

  // MARK: - One change

  private func mutant(_ mutation: Mutation, _ baseline: Baseline, _ marks: [EquivalentMark]) -> MutationReport.Mutant {
    let file = subject.sources[mutation.span.file]
    let (old, new) = mutation.difference(in: subject.sources)
    var start = Int(mutation.span.start)
    while start < Int(mutation.span.end), file.bytes[start] == UInt8(ascii: " ") { start += 1 }
    var mutant = MutationReport.Mutant(
      mutation: mutation, file: file.path, line: file.location(of: start).line, old: old, new: new,
      outcome: .survived, reachedBy: [], proposal: nil)
    let (changed, problems) = check(sources(with: mutation))
    guard !problems.contains(where: { $0.severity == .error }) else {
      mutant.outcome = .invalid
      return mutant
    }
    let reaching = self.reaching(mutation, baseline)
    let tests = subject.rulebook.tests
    mutant.reachedBy = reaching.map { tests[$0].name }
    if let killer = killer(changed, reaching) {
      mutant.outcome = .killed(by: killer)
      return mutant
    }
    if let mark = marks.first(where: { $0.covers(mutation, subject.sources) }) {
      mutant.outcome = .equivalent(mark.reason)
      return mutant
    }
    guard options.proposes else { return mutant }
    mutant.isSearched = true
    // Where nothing reaches the place, tests of its declaration may come near, or else any test.
    var templates = reaching.isEmpty ? self.reaching(mutation.declaration, baseline) : reaching
    if templates.isEmpty { templates = baseline.tests }
    mutant.proposal = KillerSearch(self, mutation).find(templates)
    return mutant
  }

  private func reaching(_ mutation: Mutation, _ baseline: Baseline) -> [Int] {
    reaching(mutation.unit, baseline)
  }

  /// Calendars may be like one another, and so those that tests use count as one.
  private func reaching(_ unit: SourceSpan, _ baseline: Baseline) -> [Int] {
    var places = [unit]
    let calendars = subject.rulebook.calendars.map(\.span)
    if calendars.contains(where: unit.contains) { places += calendars }
    return zip(baseline.tests, baseline.reach).compactMap { test, reach in
      reach.contains { span in places.contains { $0.contains(span) } } ? test : nil
    }
  }

  /// The name of the first test that fails; tests over folders of data come last, since they take longest.
  private func killer(_ changed: Subject, _ reaching: [Int]) -> String? {
    let tests = changed.rulebook.tests
    guard !reaching.isEmpty, tests.count == subject.rulebook.tests.count else { return nil }
    let plain = reaching.filter { !tests[$0].readsData }
    let bench = bench(changed)
    bench.explains = false
    if let killer = plain.first(where: { fails(tests[$0], bench) }) { return tests[killer].name }
    let heavy = reaching.filter { tests[$0].readsData }
    return heavy.first {
      bench.load(foldersOf: [tests[$0]])
      return fails(tests[$0], bench)
    }.map { tests[$0].name }
  }

  private func fails(_ test: CheckedTest, _ bench: TestBench) -> Bool {
    let status = TestRunner.run(test, on: bench).status
    return status == .failed || status == .error
  }

  func sources(with mutation: Mutation?, adding extra: String? = nil) -> SourceMap {
    var sources = SourceMap()
    for tree in subject.trees {
      let file = subject.sources[tree.file]
      let bytes = mutation?.span.file == tree.file ? mutation?.apply(to: file) ?? file.bytes : file.bytes
      sources.add(path: file.path, bytes: bytes)
    }
    if let extra { sources.add(path: "<proposal>", text: extra) }
    return sources
  }
}

extension CheckedTest {
  var readsData: Bool { steps.contains { if case .givenData = $0 { true } else { false } } }
}
