/// Rulebooks under Tests/Rulebooks bring their own tests: each must pass.

import Docket
import DocketDiagnostics
import DocketTesting
import Foundation
import Testing

@Suite struct RulebookTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Rulebooks")

  /// Every file below the folder is a rulebook of its own.
  static let rulebooks: [String] =
    ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".docket") }
    .sorted()

  @Test(arguments: rulebooks)
  func passesItsOwnTests(_ name: String) throws {
    let rulebook = Rulebook.load(Self.folder.appendingPathComponent(name).path)
    #expect(render(rulebook.diagnostics.all, sources: rulebook.sources) == "")
    let results = TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources)
    #expect(!results.isEmpty)
    let failures = results.filter { $0.status != .passed }
    #expect(failures.isEmpty, "\(TestReporter().render(results, duration: .zero))")
  }

  @Test func thereAreRulebooks() { #expect(!Self.rulebooks.isEmpty) }
}
