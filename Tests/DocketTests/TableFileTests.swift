/// Rows of tables in files: like the same rows in the rulebook, and nothing that stands in a file can do harm.

import Docket
import DocketDiagnostics
import DocketSemantics
import Foundation
import Testing

@Suite struct TableFileTests {
  private func inFolder<Result>(_ files: [String: [UInt8]], _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, bytes) in files { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
    return try body(folder.path)
  }

  private static let types = "enum Tier { standard, gold }\n"

  @Test func theSameRowsAreTheSameTable() throws {
    var random = SystemRandomNumberGenerator()
    let cells = ["_", "gold", "standard", ">= gold", "standard, gold", "null"]
    let numbers = ["_", "1", "1..9", "< 3", "1, 2", "null", "> 2, 1"]
    let results = ["\"a\"", "\"a, b; c | d\"", "f\"{tier}: {votes}\"", "null", "'it'", "\"two \" + \"words\""]
    for _ in 0..<50 {
      let rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        [cells, numbers, results].map { $0.randomElement(using: &random) ?? "_" }
      }
      let separator = [",", ";", "\t"].randomElement(using: &random) ?? ","
      let end = Bool.random(using: &random) ? "\r\n" : "\n"
      let file = ([["tier", "votes", "result"]] + rows).map { row in
        row.map { cell in
          let isPlain = !cell.contains { ",;\t\"".contains($0) } && Bool.random(using: &random)
          return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: separator) + end
      }.joined()
      let inline = rows.map { $0.joined(separator: " | ") + "\n" }.joined()
      let head = Self.types + "table t(tier: Tier?, votes: int?): string "
      let (written, read) = try inFolder([
        "a.docket": Array((head + "{\n  tier | votes | result\n\(inline)}\n").utf8),
        "b.docket": Array((head + "from \"t.csv\"\n").utf8), "t.csv": Array(file.utf8),
      ]) { (Rulebook.load($0 + "/a.docket"), Rulebook.load($0 + "/b.docket")) }
      #expect(!written.diagnostics.hasErrors && !read.diagnostics.hasErrors, "\(file)")
      let (ours, theirs) = (written.checked.tables[0], read.checked.tables[0])
      #expect(ours.rows.count == rows.count && theirs.rows.count == rows.count, "\(file)")
      #expect(written.checked.constants.count == read.checked.constants.count, "\(file)")
      for (a, b) in zip(ours.rows, theirs.rows) { #expect(a.cells.map(\.count) == b.cells.map(\.count), "\(file)") }
    }
  }

  @Test func anyBytesAreReadOrToldOf() throws {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("\",,;\n\n\r\t |}{()[]abgold_01<>=.-&fr'\\/é表".utf8) + [0, 0xFF, 0xEF, 0xBB, 0xBF]
    let rules = Array((Self.types + "table t(tier: Tier, votes: int): string from \"t.csv\"\n").utf8)
    for _ in 0..<200 {
      var bytes = Array("tier,votes,result\n".utf8)
      if Bool.random(using: &random) { bytes = [] }
      for _ in 0..<Int.random(in: 0...60, using: &random) { bytes.append(alphabet.randomElement(using: &random) ?? 0) }
      try inFolder(["a.docket": rules, "t.csv": bytes]) { folder in
        let rulebook = Rulebook.load(folder)
        for diagnostic in rulebook.diagnostics.all {
          // Whatever is told has a place that can be shown.
          if let span = diagnostic.primary?.span { _ = rulebook.sources.text(span) }
        }
        _ = render(rulebook.diagnostics.all, sources: rulebook.sources)
      }
    }
  }

  @Test func aFolderOrAPipeIsNoFileOfRows() throws {
    try inFolder(["a.docket": Array("table t(n: int): int from \"/dev/zero\"\n".utf8)]) { folder in
      let told = Rulebook.load(folder).diagnostics.all
      #expect(told.map(\.message) == ["the rows in `/dev/zero` cannot be read: it is no file"])
    }
    try inFolder(["a.docket": Array("table t(n: int): int from \".\"\n".utf8)]) { folder in
      #expect(Rulebook.load(folder).diagnostics.all.map(\.code) == [.tableUnreadable])
    }
  }
}
