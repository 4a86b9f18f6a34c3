/// Records that come from a folder of data, and change or get company in a test: from then on the test keeps them itself.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

extension TestWorld {
  /// Takes over the records of an entity that were loaded, and those that refer to them: their tables hold numbers that move.
  func takeOver(_ place: Int) {
    guard dataPath[place] != nil, let table = bench.world.tables[place] else { return }
    dataPath[place] = nil
    let entity = schema.entities[place]
    backfilled[place] = entity.fields.indices.filter { table.isBackfilled[$0] }
    var taken = TestRecords()
    for record in 0..<table.recordCount {
      let versions = table.rows(of: record).map { row in
        TestRecord.Version(
          at: table.versions.isEmpty ? nil : table.versions[row],
          cells: entity.fields.indices.map { cell($0, row, table, entity) })
      }
      let key = versions[0].cells[entity.keyIndex ?? 0]
      taken.add(
        TestRecord(key: key, created: table.created.isEmpty ? nil : table.created[record], versions: versions))
    }
    // Numbers are those of the table until something joins.
    taken.sort(heap)
    records[place] = taken
    for referrer in bench.referrers[place].sorted() { takeOver(referrer) }
  }

  /// A cell as the test keeps it: references by key.
  private func cell(_ field: Int, _ row: Int, _ table: EntityTable, _ entity: EntityType) -> Value {
    guard let column = table.columns[field], column.isPresent(row) else { return .absent }
    let value = column.value(at: row)
    func key(_ number: Value, _ target: EntityID) -> Value {
      guard case .int(let number) = number else { return .absent }
      let base = schema.base(of: target)
      guard let other = bench.world.tables[Int(base.index)] else { return .absent }
      let row = other.rows(of: Int(number)).lowerBound
      return bench.world.key(of: EntityReference(entity: base.index, row: UInt32(row)))
    }
    switch (entity.fields[field].type, value) {
    case (.entity(let target), _): return key(value, target)
    case (.list(.entity(let target)), .list(let list)):
      return heap.list(Array(heap[list]).map { key($0, target) })
    default: return value
    }
  }
}
