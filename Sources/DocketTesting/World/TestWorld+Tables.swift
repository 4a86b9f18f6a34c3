/// From the records of a test to the tables of its world, and checks of what they refer to.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

extension TestWorld {
  /// Brings the world of the bench up to date.
  func refresh() throws(StepFailure) {
    guard isStale else { return }
    try checkReferences()
    let views = uncheckedReferences.filter { schema[$0.to].base != nil }
    uncheckedReferences = []
    let before = bench.world.tables
    for place in grown {
      records[place]?.sort(heap)
      // Their tables hold numbers of records, which have moved.
      changed.formUnion(bench.referrers[place].filter { records[$0] != nil })
    }
    for place in changed.sorted() {
      if let table = table(place) { bench.world.install(table) }
    }
    changed = []
    grown = []
    isStale = false
    bench.restart(at: clock)
    try checkMembership(views)
    for (slot, record) in recordSlots { evaluator[slot: slot] = current(record.entity, record.key) }
    for slot in valueSlots { evaluator[slot: slot] = rebound(evaluator[slot: slot], before) }
  }

  private func checkReferences() throws(StepFailure) {
    for reference in uncheckedReferences where !exists(reference.target, in: schema.base(of: reference.to)) {
      throw failure(reference, names: schema[reference.to].name, "which the test does not have")
    }
  }

  /// Where a field wants a record of a view, it gets one.
  private func checkMembership(_ references: [Reference]) throws(StepFailure) {
    for reference in references {
      let base = schema.base(of: reference.to)
      guard case .entity(let record) = current(base, reference.target),
        case .bool(false) = evaluator.isMember(record, of: reference.to)
      else { continue }
      throw failure(reference, names: schema[base].name, "which is not a `\(schema[reference.to].name)`")
    }
  }

  private func failure(_ reference: Reference, names entity: String, _ problem: String) -> StepFailure {
    let owner = schema[reference.from]
    return StepFailure(
      message: "`\(owner.fields[reference.field].name)` of the `\(owner.name)` \(text(reference.key)) names the "
        + "`\(entity)` \(text(reference.target)), \(problem)",
      span: reference.span)
  }

  private func exists(_ key: Value, in entity: EntityID) -> Bool {
    let place = Int(entity.index)
    if dataPath[place] != nil { return bench.world.tables[place]?.record(key: key) != nil }
    return records[place]?.place(of: key) != nil
  }

  /// INVARIANT: the records of the entity are sorted.
  private func number(of key: Value, in entity: EntityID) -> Int? {
    let place = Int(entity.index)
    return dataPath[place] != nil ? bench.world.tables[place]?.record(key: key) : records[place]?.number(of: key)
  }

  private func table(_ place: Int) -> EntityTable? {
    guard let own = records[place] else { return nil }
    let entity = schema.entities[place]
    var present: Set<Int> = []
    for (index, field) in entity.fields.enumerated() where field.isStored {
      let isNeeded = field.defaultBody != nil || index == entity.keyIndex
      if isNeeded || own.all.contains(where: { $0.versions.contains { !$0.cells[index].isAbsent } }) {
        present.insert(index)
      }
    }
    let builder = TableBuilder(
      schema: schema, entity: entity.id, present: present, isVersioned: true,
      hasCreated: own.all.contains { $0.created != nil }, backfilled: backfilled[place].filter { present.contains($0) })
    for position in own.order {
      let record = own[position]
      for (number, version) in record.versions.enumerated() {
        for index in present { builder.columns[index]?.append(stored(version.cells[index], entity.fields[index].type)) }
        // Versions of one instant keep their order.
        builder.endRow(version: version.at, ties: [.int(Int64(number))], created: record.created)
      }
    }
    return builder.finish(heap: heap) { _ in }
  }

  /// A cell as a column holds it: references as numbers of records.
  private func stored(_ cell: Value, _ type: Type) -> Value {
    func reference(_ key: Value, _ target: EntityID) -> Value {
      key.isAbsent ? .absent : number(of: key, in: schema.base(of: target)).map { .int(Int64($0)) } ?? .absent
    }
    switch (type, cell) {
    case (.entity(let target), _): return reference(cell, target)
    case (.list(.entity(let target)), .list(let list)):
      return heap.list(Array(heap[list]).map { reference($0, target) })
    default: return cell
    }
  }
}
