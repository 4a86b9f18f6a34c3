/// A file of any bytes, loaded for an entity with a field of every type: what targets that fuzz the loader share.

import Docket
import DocketData
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime
import Glibc

struct SampleLoad {
  let world: World
  let report: LoadReport
  let diagnostics: Diagnostics
  private let path: String

  /// `nil` where there is no place for a temporary file.
  init?(_ bytes: [UInt8]) {
    guard let file = MemoryFile(bytes) else { return nil }
    defer { withExtendedLifetime(file) {} }
    let checked = Self.model.checked
    var sources = checked.sources
    sources[0].path = file.path
    let heap = Heap()
    var limits = Limits()
    limits.steps = 10_000
    limits.textBytes = 1 << 16
    let evaluator = Evaluator(rulebook: checked, world: World(schema: checked.schema, heap: heap), limits: limits)
    var row: [Value] = []
    evaluator.rowColumn = { row.indices.contains($0) ? row[$0] : .absent }
    defer { evaluator.rowColumn = nil }
    var options = DataLoader.Options(zone: checked.zone)
    options.unpackedLimit = 1 << 24
    var diagnostics = Diagnostics()
    (world, report) = DataLoader.load(
      sources, directory: nil, sourceMap: Self.model.sources, schema: checked.schema, heap: heap, options: options,
      evaluate: { body, cells in
        row = cells
        return evaluator.evaluate(body)
      }, diagnostics: &diagnostics)
    self.diagnostics = diagnostics
    path = file.path
  }

  /// What cannot be, whatever the file holds.
  var finding: String? {
    if let finding = diagnostics.finding(in: Self.model.sources) { return finding }
    guard !diagnostics.hasErrors else { return nil }
    guard let source = report.sources.first, let table = world.tables[0] else { return "nothing is loaded or said" }
    if table.rowCount != source.rows || table.recordCount > table.rowCount {
      return "the table has \(table.rowCount) rows, the report \(source.rows)"
    }
    _ = rows
    return nil
  }

  /// Every row as text, in the order of the table.
  var rows: [String] {
    guard let table = world.tables[0] else { return [] }
    return (0..<table.rowCount).map { row in
      table.columns.indices.map { field in
        let reference = EntityReference(entity: 0, row: UInt32(row))
        return world.heap.describe(
          world.storedField(field, of: reference, at: nil), schema: Self.model.checked.schema, world: world)
      }.joined(separator: " | ")
    }
  }

  /// What was told, without the places and the name of the file, which each load has its own.
  var messages: [String] { diagnostics.all.map { $0.message.replacing(path, with: "the file") } }

  private static let model: Rulebook = {
    var sources = SourceMap()
    sources.add(
      path: "model.docket",
      text: """
        zone "Europe/Berlin"
        enum Level { low "Low", high "High, really" }
        entity Sample {
          key id: string "Number"
          flag: bool?
          count: int?
          size: uint?
          share: double?
          name: string?
          level: Level?
          at: timestamp?
          day: date?
          span: duration?
          names: list<string>?
          boss: Sample?
          code: string?
          rank: int = 3
        }
        source Sample from "data.csv" as row {
          missing "?", "-"
          times "d/M/yyyy H:mm"
          accept level "?!" as absent
          code = row.code.upperAscii() + row.name
          reject at most 1000000
        }
        """)
    let rulebook = Rulebook.check(sources)
    precondition(!rulebook.diagnostics.hasErrors, render(rulebook.diagnostics.all, sources: rulebook.sources))
    return rulebook
  }()
}

// MARK: - Files

/// A file that has a path while it is open and leaves nothing behind. Tests load several at once, so that each has its own.
private final class MemoryFile {
  let path: String
  private let descriptor: Int32

  init?(_ bytes: [UInt8]) {
    var template = Array("/tmp/docket-fuzz-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    path = "/proc/self/fd/\(descriptor)"
    guard descriptor >= 0 else { return nil }
    unlink(template)
    guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { return nil }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}
