/// The loader of data, on a CSV file of any bytes for an entity with a field of every type: rows that are taken and rows that are
/// left out are together the rows of the file.

import Docket
import DocketData
import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime
import Glibc

enum CSVTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    guard let file = MemoryFile(bytes) else { return "there is no place for a temporary file" }
    let checked = model.checked
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
    var diagnostics = Diagnostics()
    let (world, report) = DataLoader.load(
      sources, directory: nil, sourceMap: model.sources, schema: checked.schema, heap: heap,
      options: DataLoader.Options(zone: checked.zone),
      evaluate: { body, cells in
        row = cells
        return evaluator.evaluate(body)
      }, diagnostics: &diagnostics)
    if let finding = diagnostics.finding(in: model.sources) { return finding }
    guard !diagnostics.hasErrors else { return nil }

    guard let source = report.sources.first, let table = world.tables[0] else { return "nothing is loaded or said" }
    // A file without a name that tells is JSON where it looks like it: its records are not lines.
    let first = bytes.first { $0 > UInt8(ascii: " ") }
    guard first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else { return nil }
    let counted = RecordCount(bytes)
    if source.rows + source.rejectedRows != counted.rows {
      return "\(source.rows) rows taken and \(source.rejectedRows) left out are not the \(counted.rows) of the file"
    }
    if source.emptyLines != counted.emptyLines {
      return "\(source.emptyLines) empty lines are not the \(counted.emptyLines) of the file"
    }
    if table.rowCount != source.rows || table.recordCount > table.rowCount {
      return "the table has \(table.rowCount) rows, the report \(source.rows)"
    }
    for row in 0..<table.rowCount {
      for field in table.columns.indices {
        let reference = EntityReference(entity: 0, row: UInt32(row))
        _ = heap.describe(world.storedField(field, of: reference, at: nil), schema: checked.schema, world: world)
      }
    }
    return nil
  }

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

// MARK: - Counting again

/// The records of a file, counted the slow and plain way: by RFC 4180, a byte at a time.
private struct RecordCount {
  /// Without the heading.
  var rows = -1
  var emptyLines = 0

  init(_ bytes: [UInt8]) {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let heading = bytes.prefix { $0 != 0x0A }
    let delimiter: UInt8 = heading.contains(0x09) && !heading.contains(0x2C) ? 0x09 : 0x2C
    func at(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }
    func endsLine(_ place: Int) -> Bool {
      at(place) == nil || at(place) == 0x0A || at(place) == 0x0D && (at(place + 1) == 0x0A || at(place + 1) == nil)
    }
    records: while index < bytes.count {
      if endsLine(index), at(index) != nil, rows >= 0 || at(index) == 0x0A || at(index + 1) == 0x0A {
        let isCarriageReturnAtEnd = at(index) == 0x0D && at(index + 1) == nil
        index += at(index) == 0x0D ? 2 : 1
        if isCarriageReturnAtEnd { rows += 1 } else { emptyLines += 1 }
        continue
      }
      rows += 1
      var isSpoiled = false
      while true {
        if at(index) == 0x22 {
          index += 1
          while index < bytes.count {
            if at(index) == 0x22 {
              index += 1
              if at(index) != 0x22 { break }
            }
            index += 1
          }
          // What stands behind a closing quote spoils the row, which then ends with its line.
          if at(index) != delimiter, !endsLine(index) { isSpoiled = true }
        }
        while index < bytes.count, isSpoiled || at(index) != delimiter, at(index) != 0x0A { index += 1 }
        if index >= bytes.count { break records }
        index += 1
        if bytes[index - 1] == 0x0A { continue records }
      }
    }
  }
}

// MARK: - Files

/// A file that has a path while it is open and leaves nothing behind.
private struct MemoryFile {
  let path: String

  /// One for the whole run, written anew each time.
  private static let descriptor: Int32 = {
    var template = Array("/tmp/docket-fuzz-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    unlink(template)
    return descriptor
  }()

  init?(_ bytes: [UInt8]) {
    guard Self.descriptor >= 0, ftruncate(Self.descriptor, 0) == 0 else { return nil }
    guard pwrite(Self.descriptor, bytes, bytes.count, 0) == bytes.count else { return nil }
    path = "/proc/self/fd/\(Self.descriptor)"
  }
}
