/// Exports as help desks write them, and the rulebooks drawn from them: Tests/Exports/<export> with <export>.docket beside it, which
/// a person reviews. `make record` writes these anew.

import Docket
import DocketData
import DocketDiagnostics
import DocketFormat
import DocketRuntime
import Foundation
import Testing

@Suite struct DraftExportTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Exports")

  static let exports: [String] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return found.filter { !$0.hasSuffix(".docket") }.sorted()
  }()

  @Test(arguments: exports)
  func theRulebookReadsAsReviewedChecksAndLoads(_ name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    var draft: Draft
    switch Draft.make(from: [file.path], zone: nil) {
    case .success(let made): draft = made
    case .failure(let failure):
      Issue.record("\(failure.diagnostics.map(\.message))")
      return
    }
    let (text, rulebook) = drawnRulebook(&draft)
    var options = Session.Options(data: Self.folder.path, at: nil)
    options.isInstantOptional = true
    let session = try Session.open(rulebook, options)
    // No row is lost, no cell is empty where the draft says that it never is, and no column goes unread unless that is said.
    for source in session.report.sources {
      #expect(source.rejectedRows == 0, "\(name)")
      #expect(source.absentCells.map(\.field) == [], "\(name)")
      for column in source.unusedColumns {
        #expect(text.contains("`\(column)`") || column.isEmpty, "\(column) of \(name) is lost")
      }
    }

    let golden = Self.folder.appendingPathComponent(name + ".docket")
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try text.write(to: golden, atomically: true, encoding: .utf8)
      return
    }
    #expect(text == (try? String(contentsOf: golden, encoding: .utf8)))
  }
}
