/// The world of a test while its script runs: records with their versions, and a clock.
///
/// Steps only note what they change. Tables are made from it before the next question, and only those that changed.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics
import DocketTime

final class TestWorld {
  let bench: TestBench
  private(set) var clock: Instant?

  /// By entity.
  private var records: [TestRecords?]
  private var fixtures: Set<Int> = []
  /// Entities whose records come from a folder, and its path.
  private var dataPath: [String?]
  /// Time has passed since the first records: new ones are created then.
  private var hasTimePassed = false

  // What the world of the bench does not show yet.
  private var isStale = true
  private var changed: Set<Int> = []
  private var grown: Set<Int> = []
  private var uncheckedReferences: [Reference] = []
  private var isInOwnFrame = false

  /// Variables of the test that are records, by slot.
  private var recordSlots: [Int: (entity: EntityID, key: Value)] = [:]
  /// Variables whose values may hold records.
  private var valueSlots: Set<Int> = []

  struct Reference {
    var from: EntityID
    /// The record that refers.
    var key: Value
    var field: Int
    /// As declared: an entity or a view.
    var to: EntityID
    var target: Value
    var span: SourceSpan
  }

  init(_ bench: TestBench) {
    self.bench = bench
    records = Array(repeating: nil, count: bench.schema.entities.count)
    dataPath = Array(repeating: nil, count: bench.schema.entities.count)
  }

  private var heap: Heap { bench.heap }
  private var schema: Schema { bench.schema }
  private var evaluator: Evaluator { bench.evaluator }

  // MARK: - Clock

  func set(clock instant: Instant, at span: SourceSpan) throws(StepFailure) {
    if let clock {
      guard instant >= clock else { throw StepFailure(message: "the clock cannot go back from \(display(clock)) to \(display(instant))", span: span) }
      hasTimePassed = hasTimePassed || instant > clock
    }
    clock = instant
    isStale = true
    // Without records nothing depends on the tables, and `now` can be read at once.
    evaluator.instant = instant
  }

  func wait(_ length: TimeDuration, at span: SourceSpan) throws(StepFailure) {
    guard let clock else {
      throw StepFailure(message: "`wait` moves a clock, and this test has none: begin with `now @2026-10-10T09:30`", span: span)
    }
    guard !length.isNegative else { throw StepFailure(message: "`wait` cannot go back by \(length.humanString())", span: span) }
    guard let later = clock.adding(length) else { throw StepFailure(message: "the clock cannot go beyond the year 9999", span: span) }
    try set(clock: later, at: span)
  }

  private func display(_ instant: Instant) -> String { evaluator.display(.timestamp(instant)) }

  // MARK: - Values

  /// A value as of the clock, or the reason why there is none.
  func value(_ expression: CheckedExpression) throws(StepFailure) -> Value {
    try prepare(expression)
    let value = evaluator.evaluate(expression)
    if case .error(let reference) = value {
      throw StepFailure(message: heap[reference].message, span: heap[reference].span ?? expression.span)
    }
    return value
  }

  /// The same, where nothing may be there.
  func optionalValue(_ expression: CheckedExpression) throws(StepFailure) -> Value {
    try prepare(expression)
    let value = evaluator.quietly(expression)
    switch value {
    case .null: return .absent
    case .error(let reference): throw StepFailure(message: heap[reference].message, span: heap[reference].span ?? expression.span)
    default: return value
    }
  }

  private func prepare(_ expression: CheckedExpression) throws(StepFailure) {
    guard isStale, !isInOwnFrame else { return }
    if expression.isPlain({ recordSlots[$0] == nil && !valueSlots.contains($0) }) { return }
    try refresh()
  }

  func bind(slot: Int, _ value: Value) {
    evaluator[slot: slot] = value
    if mentionsRecords(value) { valueSlots.insert(slot) }
  }

  // MARK: - Records

  func give(fixture index: Int) throws(StepFailure) {
    // Sets: giving one again changes nothing.
    guard fixtures.insert(index).inserted else { return }
    let fixture = bench.rulebook.fixtures[index]
    let values = fixture.records.flatMap { $0.fields.map(\.value) }
    for value in values { try prepare(value) }
    // Its records refer to each other in any order, so nothing is looked at before all are there.
    try ownFrame(values.reduce(0) { max($0, $1.slotsOfMacros) }) { () throws(StepFailure) in
      for record in fixture.records { _ = try add(record, eventAtClock: false) }
    }
  }

  func give(data path: String, at span: SourceSpan) throws(StepFailure) {
    guard dataPath.allSatisfy({ $0 == nil }) else { throw StepFailure(message: "a test is given one folder of data", span: span) }
    switch bench.folder(path, at: span) {
    case .broken(let message): throw StepFailure(message: "`\(path)` cannot be loaded: \(message)", span: span)
    case .loaded(let tables, let hasSource):
      for table in tables {
        let index = Int(table.entity.index)
        guard records[index] == nil else {
          throw StepFailure(
            message: "`\(path)` has records of `\(schema[table.entity].name)`, and the test has made some already: this version does not combine them",
            span: span)
        }
        dataPath[index] = path
        bench.world.install(table)
      }
      for (index, known) in hasSource.enumerated() where known { bench.world.hasSource[index] = true }
      isStale = true
    }
  }

  /// Adds a record, and gives it a key where it has none. In a script an event without an instant happens now.
  func add(_ record: CheckedRecord, eventAtClock: Bool = true) throws(StepFailure) -> Value {
    let entity = schema[record.entity]
    let place = Int(record.entity.index)
    if let path = dataPath[place] {
      throw StepFailure(
        message: "the records of `\(entity.name)` come from `\(path)`: this version does not add to them", span: record.span)
    }
    let (cells, references) = try cells(record, entity, eventAtClock: eventAtClock)
    var version = TestRecord.Version(at: clock, cells: cells)
    let keyIndex = entity.keyIndex ?? 0
    var key = cells[keyIndex]
    if key.isAbsent {
      key = freshKey(entity, keyIndex)
      version.cells[keyIndex] = key
    }
    if records[place]?.place(of: key) != nil {
      throw StepFailure(message: "there is a `\(entity.name)` \(text(key)) already", span: record.span)
    }
    let born = TestRecord(key: key, created: hasTimePassed ? clock : nil, versions: [version])
    records[place, default: TestRecords()].add(born)
    uncheckedReferences += references.map { reference in
      var reference = reference
      reference.key = key
      return reference
    }
    changed.insert(place)
    grown.insert(place)
    isStale = true
    return key
  }

  func bind(slot: Int, _ entity: EntityID, key: Value) {
    recordSlots[slot] = (entity, key)
    valueSlots.remove(slot)
  }

  /// A new version of a record at the clock; at the instant of its last version it takes that one's place.
  func set(slot: Int, _ field: FieldReference, to expression: CheckedExpression) throws(StepFailure) {
    let entity = schema[field.entity]
    let declared = entity.fields[field.index]
    if case .key = declared.kind { throw StepFailure(message: "the key of a record cannot change", span: expression.span) }
    let place = Int(field.entity.index)
    let key = try self.key(ofSlot: slot, expression.span)
    var references: [Reference] = []
    let cell = try cell(expression, field, declared, &references)
    guard let index = records[place]?.place(of: key) else {
      let path = dataPath[place] ?? "data"
      throw StepFailure(
        message: "the records of `\(entity.name)` come from `\(path)`: this version does not change them", span: expression.span)
    }
    guard var record = records[place]?[index] else { return }
    var version = record.versions[record.versions.count - 1]
    version.cells[field.index] = cell
    if version.at == clock {
      record.versions[record.versions.count - 1] = version
    } else {
      version.at = clock
      record.versions.append(version)
    }
    records[place]?[index] = record
    uncheckedReferences += references.map { reference in
      var reference = reference
      reference.key = key
      return reference
    }
    changed.insert(place)
    isStale = true
  }

  private func key(ofSlot slot: Int, _ span: SourceSpan) throws(StepFailure) -> Value {
    if let known = recordSlots[slot] { return known.key }
    if isStale { try refresh() }
    guard case .entity(let reference) = evaluator[slot: slot] else {
      throw StepFailure(message: "there is no record to set a field of", span: span)
    }
    return bench.world.key(of: reference)
  }

  /// `feedback-1`, or a number above all others.
  private func freshKey(_ entity: EntityType, _ keyIndex: Int) -> Value {
    let known = records[Int(entity.id.index)]
    var number = (known?.all.count ?? 0) + 1
    while true {
      let key: Value =
        switch entity.fields[keyIndex].type {
        case .int: .int(Int64(number))
        case .uint: .uint(UInt64(number))
        default: heap.string("\(entity.name.lowercased())-\(number)")
        }
      if known?.place(of: key) == nil { return key }
      number += 1
    }
  }

  // MARK: - Fields

  /// The cells of a new record: what is given, defaults, absent for the rest.
  private func cells(
    _ record: CheckedRecord, _ entity: EntityType, eventAtClock: Bool
  ) throws(StepFailure) -> (cells: [Value], references: [Reference]) {
    var cells = Array(repeating: Value.absent, count: entity.fields.count)
    var given = Array(repeating: false, count: entity.fields.count)
    var references: [Reference] = []
    for (index, expression) in record.fields {
      let field = FieldReference(entity: entity.id, index: index)
      cells[index] = try cell(expression, field, entity.fields[index], &references)
      given[index] = true
    }
    for (index, field) in entity.fields.enumerated() where !given[index] {
      if case .event = field.kind, eventAtClock, let clock {
        cells[index] = .timestamp(clock)
      } else if let body = field.defaultBody {
        let body = bench.rulebook.bodies[body]
        cells[index] = try ownFrame(body.slotCount) { () throws(StepFailure) in
          try cell(body.expression, FieldReference(entity: entity.id, index: index), field, &references)
        }
      }
    }
    return (cells, references)
  }

  private func cell(
    _ expression: CheckedExpression, _ field: FieldReference, _ declared: Field, _ references: inout [Reference]
  ) throws(StepFailure) -> Value {
    func note(_ key: Value, _ target: EntityID, _ references: inout [Reference]) {
      guard !key.isAbsent else { return }
      references.append(
        Reference(from: field.entity, key: .absent, field: field.index, to: target, target: key, span: expression.span))
    }
    switch declared.type {
    case .entity(let target):
      let key = try key(expression)
      note(key, target, &references)
      return key
    case .list(.entity(let target)):
      var keys: [Value] = []
      if case .list(let elements) = expression.kind {
        for element in elements { keys.append(try key(element.value)) }
      } else {
        let value = try optionalValue(expression)
        guard case .list(let list) = value else { return value }
        keys = heap[list].map { self.key(of: $0) }
      }
      for key in keys { note(key, target, &references) }
      return heap.list(keys)
    default:
      return try optionalValue(expression)
    }
  }

  /// The key that a reference is given by. Records of the same fixture are not there to be looked up yet, so keys are read as written.
  private func key(_ expression: CheckedExpression) throws(StepFailure) -> Value {
    switch expression.kind {
    case .local(let slot):
      if let known = recordSlots[slot] { return known.key }
    case .lookup(_, let key): return try value(key)
    default: break
    }
    return key(of: try optionalValue(expression))
  }

  private func key(of value: Value) -> Value {
    if case .entity(let reference) = value { return bench.world.key(of: reference) }
    return value
  }

  /// Fixtures and defaults have variables of their own. INVARIANT: the world is not refreshed there, for that sets the test's.
  private func ownFrame<Result>(_ slots: Int, _ body: () throws(StepFailure) -> Result) throws(StepFailure) -> Result {
    let wasInOwnFrame = isInOwnFrame
    isInOwnFrame = true
    defer { isInOwnFrame = wasInOwnFrame }
    let outcome: Swift.Result<Result, StepFailure> = evaluator.withFrame(of: slots, arguments: []) {
      do throws(StepFailure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  private func text(_ key: Value) -> String { heap.describe(key, schema: schema) }

  // MARK: - From records to tables

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
      if isNeeded || own.all.contains(where: { $0.versions.contains { !$0.cells[index].isAbsent } }) { present.insert(index) }
    }
    let builder = TableBuilder(
      schema: schema, entity: entity.id, present: present, isVersioned: true, hasCreated: own.all.contains { $0.created != nil })
    for position in own.order {
      let record = own[position]
      for version in record.versions {
        for index in present { builder.columns[index]?.append(stored(version.cells[index], entity.fields[index].type)) }
        builder.endRow(version: version.at, created: record.created)
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
    case (.list(.entity(let target)), .list(let list)): return heap.list(Array(heap[list]).map { reference($0, target) })
    default: return cell
    }
  }

  // MARK: - Variables over a changed world

  private func current(_ entity: EntityID, _ key: Value) -> Value {
    guard let record = bench.world.table(entity)?.record(key: key) else { return .absent }
    return bench.world.entity(entity, record: record, at: clock)
  }

  private func mentionsRecords(_ value: Value) -> Bool {
    switch value {
    case .entity, .result: true
    case .list(let list): heap[list].contains { mentionsRecords($0) }
    case .map(let map): heap[map].values.contains { mentionsRecords($0) }
    case .optionalSome(let place): mentionsRecords(heap.wrapped(place))
    default: false
    }
  }

  /// The value with the rows that its records have now.
  private func rebound(_ value: Value, _ before: [EntityTable?]) -> Value {
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

  private func rebound(_ reference: EntityReference, _ before: [EntityTable?]) -> Value {
    let place = Int(reference.entity)
    guard let old = before[place], let new = bench.world.tables[place] else { return .entity(reference) }
    let entity = schema.entities[place]
    let number = Int(old.recordOfRow[Int(reference.row)])
    guard let column = entity.keyIndex.flatMap({ old.columns[$0] }), let record = new.record(key: column.value(at: Int(reference.row)))
    else { return .absent }
    guard reference.isPinned else { return bench.world.entity(entity.id, record: record, at: clock) }
    // Versions are only ever added behind the others.
    let version = Int(reference.row) - old.rows(of: number).lowerBound
    return .entity(EntityReference(entity: reference.entity, row: UInt32(new.rows(of: record).lowerBound + version), isPinned: true))
  }
}

extension ResultReference.Kind {
  fileprivate var fieldCount: Int {
    switch self {
    case .decision: DecisionField.allCases.count
    case .clock: ClockField.allCases.count
    case .measure: MeasureField.allCases.count
    }
  }
}

extension [TestRecords?] {
  fileprivate subscript(place: Int, default fallback: @autoclosure () -> TestRecords) -> TestRecords {
    get { self[place] ?? fallback() }
    set { self[place] = newValue }
  }
}
