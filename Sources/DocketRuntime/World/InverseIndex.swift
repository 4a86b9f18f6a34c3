/// Which records refer to a record: built once for a field, over all versions, and checked again at the instant of a question.

public import DocketSemantics
public import DocketTime

/// The referring records of each referred one, ascending and so in the order of their keys: run n of `records` is `starts[n]..<starts[n + 1]`.
final class InverseIndex {
  private let starts: [UInt32]
  private let records: [UInt32]

  init(table: EntityTable, field: Int, targetCount: Int, heap: Heap) {
    var pairs: [(target: UInt32, record: UInt32)] = []
    if let column = table.columns[field] {
      for row in 0..<table.rowCount where column.isPresent(row) {
        let record = table.recordOfRow[row]
        switch column.value(at: row) {
        case .int(let target): pairs.append((UInt32(truncatingIfNeeded: target), record))
        case .list(let list):
          for element in heap[list] {
            if case .int(let target) = element { pairs.append((UInt32(truncatingIfNeeded: target), record)) }
          }
        default: break
        }
      }
    }
    // Rows are in the order of records, so a counting sort by target leaves each run ascending; versions repeat a record.
    var counts = [UInt32](repeating: 0, count: targetCount + 1)
    pairs.removeAll { $0.target >= targetCount }
    for pair in pairs { counts[Int(pair.target) + 1] += 1 }
    for target in 0..<targetCount { counts[target + 1] += counts[target] }
    var sorted = [UInt32](repeating: 0, count: pairs.count)
    var next = counts
    for pair in pairs {
      sorted[Int(next[Int(pair.target)])] = pair.record
      next[Int(pair.target)] += 1
    }
    var starts: [UInt32] = [0]
    starts.reserveCapacity(targetCount + 1)
    var unique: [UInt32] = []
    unique.reserveCapacity(sorted.count)
    for target in 0..<targetCount {
      let first = unique.count
      for record in sorted[Int(counts[target])..<Int(counts[target + 1])]
      where unique.count == first || unique.last != record {
        unique.append(record)
      }
      starts.append(UInt32(unique.count))
    }
    self.starts = starts
    records = unique
  }

  subscript(target: Int) -> ArraySlice<UInt32> {
    guard target + 1 < starts.count else { return [] }
    return records[Int(starts[target])..<Int(starts[target + 1])]
  }
}

extension World {
  /// The records of `entity` that refer to `target` by a field at an instant, in the order of their keys.
  public func referringRecords(
    _ entity: EntityID, field: Int, to target: EntityReference, at instant: Instant?
  ) -> [EntityReference] {
    let base = schema.base(of: entity)
    guard let table = table(base) else { return [] }
    let wanted = record(of: target)
    let layer = overlay.isEmpty ? nil : overlay.layers[FieldKey(entity: base, field: field)]
    var candidates = Array(inverseIndex(base, field: field, target: target)[wanted])
    if let layer {
      candidates.removeAll { layer.values[$0] != nil }
      candidates.append(contentsOf: layer.referring[UInt32(wanted)] ?? [])
      candidates.sort()
    }
    return candidates.compactMap { record in
      if let readObserver { readObserver(base.index, record) }
      guard let row = table.row(of: Int(record), at: instant) else { return nil }
      let reference = EntityReference(entity: base.index, row: UInt32(row), isPinned: target.isPinned)
      guard refers(storedField(field, of: reference, at: instant), to: target.entity, record: wanted) else {
        return nil
      }
      return reference
    }
  }

  private func refers(_ value: Value, to entity: UInt16, record wanted: Int) -> Bool {
    switch value {
    case .entity(let reference): reference.entity == entity && record(of: reference) == wanted
    case .list(let list): heap[list].contains { refers($0, to: entity, record: wanted) }
    default: false
    }
  }

  private func inverseIndex(_ entity: EntityID, field: Int, target: EntityReference) -> InverseIndex {
    let key = FieldKey(entity: entity, field: field)
    if let known = inverseIndexes[key] { return known }
    let count = tables[Int(target.entity)]?.recordCount ?? 0
    guard let table = table(entity) else { preconditionFailure("only entities with a table are indexed") }
    let index = InverseIndex(table: table, field: field, targetCount: count, heap: heap)
    inverseIndexes[key] = index
    return index
  }
}
