/// Files that a person reviews: Tests/Cases/<topic>/<behaviour>.docket with what is said about it in `.err` beside it.
///
/// `make record` writes the expected files anew.

import Docket
import DocketAnalysis
import DocketDiagnostics
import Foundation
import Testing

@Suite struct CaseTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Cases")

  static let cases: [String] = {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".docket") }.sorted()
  }()

  @Test(arguments: cases)
  func saysWhatIsExpected(_ name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name)))
    var sources = SourceMap()
    sources.add(path: name, bytes: bytes)
    let rulebook = Rulebook.check(sources, base: Self.folder.path + "/")
    var diagnostics = rulebook.diagnostics
    // The analysis has cases of its own; those of the checker are full of what nobody uses.
    if name.hasPrefix("analysis/") {
      for diagnostic in rulebook.analysis().diagnostics { diagnostics.report(diagnostic) }
    }
    let said = render(diagnostics.all, sources: rulebook.sources)
    let expectedFile = Self.folder.appendingPathComponent(name.replacingOccurrences(of: ".docket", with: ".err"))
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      if said.isEmpty {
        try? FileManager.default.removeItem(at: expectedFile)
      } else {
        try said.write(to: expectedFile, atomically: true, encoding: .utf8)
      }
      return
    }
    let expected = (try? String(contentsOf: expectedFile, encoding: .utf8)) ?? ""
    #expect(said == expected)
  }

  @Test func everyCodeOfTheCheckerHasACase() throws {
    var seen: Set<String> = []
    for name in Self.cases {
      let file = Self.folder.appendingPathComponent(name.replacingOccurrences(of: ".docket", with: ".err"))
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      for code in DiagnosticCode.allCases where text.contains("[\(code.rawValue)]") { seen.insert(code.rawValue) }
    }
    let missing = DiagnosticCode.allCases.map(\.rawValue).filter {
      ($0.hasPrefix("D2") || $0.hasPrefix("D3")) && !seen.contains($0)
    }
    #expect(missing.isEmpty, "codes without a case file: \(missing)")
  }
}
