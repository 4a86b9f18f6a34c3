/// All files of one entity on their way into one table.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

final class EntityLoad {
  let entity: EntityType
  let builder: TableBuilder
  let files: [FileLoad]
  /// Rows of the builder that are left out of the table.
  var dropped: Set<Int> = []

  init(_ entity: EntityType, _ files: [FileLoad], schema: Schema) {
    self.entity = entity
    self.files = files
    var present = files.reduce(into: Set<Int>()) { $0.formUnion($1.presentFields) }
    if let key = entity.keyIndex { present.insert(key) }
    builder = TableBuilder(
      schema: schema, entity: entity.id, present: present, isVersioned: files.contains { $0.source.version != nil },
      hasCreated: files.contains { $0.source.created != nil },
      backfilled: Set(files.flatMap(\.source.backfilled)).sorted())
  }

  /// Sorts the rows; what is wrong with them as a whole spoils the later row.
  func finish(heap: Heap, report: (_ row: Int, DataProblem, _ field: Int?) -> Void) -> EntityTable {
    var problems: [(row: Int, first: Int, isTie: Bool)] = []
    let table = builder.finish(heap: heap, dropping: dropped) { problem in
      switch problem {
      case .duplicateKey(let row, let first): problems.append((row, first, false))
      case .tie(let row, let first): problems.append((row, first, true))
      }
    }
    for (row, first, isTie) in problems.sorted(by: { $0.row < $1.row }) {
      let key = keyText(row, heap)
      if isTie {
        report(row, .tie(key: key, entity: entity.name, at: versionText(row, table), firstLine: line(first)), nil)
      } else {
        report(row, .duplicateKey(key, entity: entity.name, firstLine: line(first)), entity.keyIndex)
      }
    }
    return table
  }

  func file(ofRow row: Int) -> FileLoad? { files.last { $0.firstRow <= row && row < $0.firstRow + $0.offsets.count } }

  /// Where a field of a row stands, for problems that are found after the rows have been read.
  func place(row: Int, field: Int?) -> DataPlace? { file(ofRow: row)?.place(row: row, field: field) }

  /// Reports what spoils a row that has been read.
  func note(_ problem: DataProblem, row: Int, field: Int?) {
    guard let file = file(ofRow: row) else { return }
    let offset = file.offsets[row - file.firstRow]
    if file.problems.count(problem.code, row: offset) {
      file.problems.keep(problem.diagnostic(at: place(row: row, field: field)), row: offset)
    }
  }

  private func line(_ row: Int) -> Int { place(row: row, field: nil)?.line ?? 0 }

  func keyText(_ row: Int, _ heap: Heap) -> String {
    guard let column = entity.keyIndex.flatMap({ builder.columns[$0] }) else { return "" }
    return heap.keyText(column.value(at: row))
  }

  private func versionText(_ row: Int, _ table: EntityTable) -> String {
    guard let position = builder.order.firstIndex(of: UInt32(row)), table.versions.indices.contains(position) else {
      return ""
    }
    return table.versions[position].rfc3339()
  }
}

extension FileLoad {
  func place(row: Int, field: Int?) -> DataPlace {
    let column = field.flatMap { field -> Int? in
      guard case .column(let column) = source.mappings.first(where: { $0.field == field })?.value else { return nil }
      return binding.places[column]
    }
    let offset = offsets[row - firstRow]
    return reader.place(RowBatch.Row(offset: offset, line: reader.line(at: offset)), column: column)
  }
}

extension Heap {
  func keyText(_ key: Value) -> String {
    switch key {
    case .string(let symbol): text(symbol)
    case .int(let number): String(number)
    case .uint(let number): String(number)
    default: ""
    }
  }
}
