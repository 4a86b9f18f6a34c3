/// The variables of a test over a world that was built anew: the same records in other rows.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

extension TestWorld {
  func current(_ entity: EntityID, _ key: Value) -> Value {
    guard let record = bench.world.table(entity)?.record(key: key) else { return .absent }
    return bench.world.entity(entity, record: record, at: clock)
  }

  func mentionsRecords(_ value: Value) -> Bool {
    switch value {
    case .entity, .result: true
    case .list(let list): heap[list].contains { mentionsRecords($0) }
    case .map(let map): heap[map].values.contains { mentionsRecords($0) }
    case .optionalSome(let place): mentionsRecords(heap.wrapped(place))
    default: false
    }
  }

  /// The value with the rows that its records have now.
  func rebound(_ value: Value, _ before: [EntityTable?]) -> Value {
    switch value {
    case .entity(let reference): return rebound(reference, before)
    case .list(let list): return heap.list(Array(heap[list]).map { rebound($0, before) })
    case .map(let map):
      let storage = heap[map]
      return heap.map(MapStorage(keys: storage.keys, values: storage.values.map { rebound($0, before) }))
    case .optionalSome(let place): return heap.some(rebound(heap.wrapped(place), before))
    case .result(let result):
      let fields = (0..<result.kind.fieldCount).map { rebound(heap.field($0, of: result), before) }
      return heap.result(result.kind, fields)
    default: return value
    }
  }

  func rebound(_ reference: EntityReference, _ before: [EntityTable?]) -> Value {
    let place = Int(reference.entity)
    guard let old = before[place], let new = bench.world.tables[place] else { return .entity(reference) }
    let entity = schema.entities[place]
    let number = Int(old.recordOfRow[Int(reference.row)])
    guard let column = entity.keyIndex.flatMap({ old.columns[$0] }),
      let record = new.record(key: column.value(at: Int(reference.row)))
    else { return .absent }
    guard reference.isPinned else { return bench.world.entity(entity.id, record: record, at: clock) }
    // Versions are only ever added behind the others.
    let version = Int(reference.row) - old.rows(of: number).lowerBound
    return .entity(
      EntityReference(entity: reference.entity, row: UInt32(new.rows(of: record).lowerBound + version), isPinned: true))
  }
}

extension ResultReference.Kind {
  fileprivate var fieldCount: Int {
    switch self {
    case .decision: DecisionField.allCases.count
    case .clock: ClockField.allCases.count
    case .measure: MeasureField.allCases.count
    case .finding: FindingField.allCases.count
    }
  }
}
