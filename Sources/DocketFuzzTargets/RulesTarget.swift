/// Whole rulebooks: what checks without errors runs its tests, with their fixtures, routes, clocks and measures, within tight limits.

import Docket
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTesting

enum RulesTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    var sources = SourceMap()
    sources.add(path: "fuzz.docket", bytes: bytes)
    let rulebook = Rulebook.check(sources)
    guard !rulebook.diagnostics.hasErrors else { return nil }
    var checked = rulebook.checked
    // Files of the machine are none of the fuzzer's business.
    checked.tests.removeAll { test in
      test.steps.contains { step in
        if case .givenData = step { true } else { false }
      }
    }
    var options = TestOptions()
    options.limits.steps = 50_000
    options.limits.elements = 10_000
    options.limits.textBytes = 1 << 16
    options.limits.heapBytes = 16 << 20
    let first = TestRunner.run(rulebook: checked, sources: rulebook.sources, options: options)
    let second = TestRunner.run(rulebook: checked, sources: rulebook.sources, options: options)
    guard first.map(\.status) == second.map(\.status), first.map(\.failures) == second.map(\.failures) else {
      return "twice is not the same"
    }
    return TestReporter(options: RenderOptions()).render(first, duration: .zero).isEmpty ? "nothing is reported" : nil
  }
}
