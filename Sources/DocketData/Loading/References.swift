/// References: while rows are read they hold the symbol of the key's text, in the end the number of the record.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

struct References {
  let schema: Schema
  let heap: Heap
  /// By base entity.
  var tables: [EntityID: EntityTable]
  /// Entities whose data is known to lack records, so that a missing one is no news.
  var incomplete: Set<EntityID> = []

  /// The record that a key's text names.
  private func record(_ symbol: Symbol, in table: EntityTable, keyType: Type) -> Int? {
    switch keyType {
    case .int, .uint:
      heap.symbols.withBytes(of: symbol) { bytes -> Value? in
        guard let start = bytes.baseAddress else { return nil }
        let cell = RawCell(start: start, count: bytes.count).trimmed
        if case .uint = keyType { return (try? NumberText.uint(cell).get()).map { .uint($0) } }
        return (try? NumberText.int(cell).get()).map { .int($0) }
      }.flatMap { table.record(key: $0) }
    default: table.record(key: .string(symbol))
    }
  }

  private func keyType(_ entity: EntityID) -> Type {
    let fields = schema.fields(of: entity)
    return schema[schema.base(of: entity)].keyIndex.map { fields[$0].type } ?? .string
  }

  /// Reports every reference of an entity's rows that names no record.
  func check(
    _ load: EntityLoad, report: (_ row: Int, DataProblem, _ field: Int) -> Void,
    noData: (DataProblem, _ field: Int) -> Void
  ) {
    for (index, field) in load.entity.fields.enumerated() {
      guard let column = load.builder.columns[index], let target = target(of: field.type) else { continue }
      guard !incomplete.contains(schema.base(of: target)) else { continue }
      let targetName = schema[target].name
      let fieldName = "\(load.entity.name).\(field.name)"
      guard let table = tables[schema.base(of: target)] else {
        let count = (0..<column.count).count { column.isPresent($0) && !load.dropped.contains($0) }
        if count > 0 { noData(.noData(field: fieldName, target: targetName, count: count), index) }
        continue
      }
      let type = keyType(target)
      // By symbol: 0 unknown yet, 1 there, 2 not there.
      var known = [UInt8](repeating: 0, count: heap.symbols.count)
      func exists(_ symbol: Symbol) -> Bool {
        let place = Int(symbol.index)
        if known[place] == 0 { known[place] = record(symbol, in: table, keyType: type) == nil ? 2 : 1 }
        return known[place] == 1
      }
      for row in 0..<column.count where column.isPresent(row) && !load.dropped.contains(row) {
        for symbol in keys(column.value(at: row)) where !exists(symbol) {
          let key = heap.text(symbol)
          report(
            row,
            .dangling(
              key: key.shortened, field: fieldName, target: targetName, nearest: candidates(key, table, target)), index)
        }
      }
    }
  }

  /// Counts what `check` would report, by field.
  func dangling(_ load: EntityLoad) -> [LoadReport.Dangling] {
    load.entity.fields.enumerated().compactMap { index, field in
      guard let column = load.builder.columns[index], let target = target(of: field.type) else { return nil }
      let table = tables[schema.base(of: target)]
      let type = keyType(target)
      var counts: [UInt32: Int] = [:]
      for row in 0..<column.count where column.isPresent(row) && !load.dropped.contains(row) {
        for symbol in keys(column.value(at: row)) { counts[symbol.index, default: 0] += 1 }
      }
      let missing = counts.filter { entry in
        table.map { record(Symbol(index: entry.key), in: $0, keyType: type) == nil } ?? true
      }
      guard !missing.isEmpty else { return nil }
      let frequent = missing.map { (key: heap.text(Symbol(index: $0.key)), count: $0.value) }
        .sorted { ($1.count, $0.key) < ($0.count, $1.key) }
      return LoadReport.Dangling(
        entity: load.entity.name, field: field.name, target: schema[target].name, hasData: table != nil,
        count: missing.values.reduce(0, +), distinct: missing.count,
        keys: frequent.prefix(5).map { ($0.key.shortened, $0.count) })
    }
  }

  /// Puts the records' numbers into a finished table.
  func resolve(_ table: EntityTable) {
    let fields = schema[table.entity].fields
    for (index, field) in fields.enumerated() {
      guard let column = table.columns[index], let target = target(of: field.type),
        let other = tables[schema.base(of: target)]
      else { continue }
      let type = keyType(target)
      let isList = if case .list = field.type { true } else { false }
      var known = [UInt32](repeating: .max, count: heap.symbols.count)
      func number(_ symbol: Symbol) -> UInt32? {
        let place = Int(symbol.index)
        if known[place] == .max { known[place] = record(symbol, in: other, keyType: type).map { UInt32($0) } ?? .max }
        return known[place] == .max ? nil : known[place]
      }
      for row in 0..<table.rowCount where column.isPresent(row) {
        if isList {
          let elements = keys(column.value(at: row)).compactMap(number).map { record -> Value in
            let newest = other.rows(of: Int(record)).upperBound - 1
            return .entity(EntityReference(entity: other.entity.index, row: UInt32(newest)))
          }
          column.set(heap.list(elements), at: row)
        } else {
          column.set(number(Symbol(index: UInt32(column.record(at: row)))).map { .int(Int64($0)) } ?? .absent, at: row)
        }
      }
    }
  }

  private func target(of type: Type) -> EntityID? {
    switch type {
    case .entity(let id): id
    case .list(.entity(let id)): id
    default: nil
    }
  }

  private func keys(_ value: Value) -> [Symbol] {
    switch value {
    case .int(let symbol): [Symbol(index: UInt32(truncatingIfNeeded: symbol))]
    case .list(let list):
      heap[list].compactMap { if case .string(let symbol) = $0 { symbol } else { nil } }
    default: []
    }
  }

  /// Keys that may have been meant: of about the same length, and not more than are looked through in a moment.
  private func candidates(_ key: String, _ table: EntityTable, _ target: EntityID) -> [String] {
    guard let index = schema[schema.base(of: target)].keyIndex, let column = table.columns[index] else { return [] }
    let length = key.utf8.count
    var found: [String] = []
    for record in 0..<table.recordCount {
      let text = heap.keyText(column.value(at: Int(table.firstRows[record])))
      if abs(text.utf8.count - length) <= max(1, length / 3) { found.append(text) }
      if found.count == 5000 { break }
    }
    return found
  }
}
