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
  var records: [TestRecords?]
  var fixtures: Set<Int> = []
  /// Entities whose records come from a folder, and its path.
  var dataPath: [String?]
  /// By entity: fields of loaded records that cannot be seen before the instant that they hold.
  var backfilled: [[Int]]
  /// Time has passed since the first records: new ones are created then.
  private var hasTimePassed = false

  // What the world of the bench does not show yet.
  var isStale = true
  var changed: Set<Int> = []
  var grown: Set<Int> = []
  var uncheckedReferences: [Reference] = []
  var isInOwnFrame = false

  /// Variables of the test that are records, by slot.
  var recordSlots: [Int: (entity: EntityID, key: Value)] = [:]
  /// Variables whose values may hold records.
  var valueSlots: Set<Int> = []

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
    backfilled = Array(repeating: [], count: bench.schema.entities.count)
  }

  var heap: Heap { bench.heap }
  var schema: Schema { bench.schema }
  var evaluator: Evaluator { bench.evaluator }

  // MARK: - Clock

  func set(clock instant: Instant, at span: SourceSpan) throws(StepFailure) {
    if let clock {
      guard instant >= clock else {
        throw StepFailure(message: "the clock cannot go back from \(display(clock)) to \(display(instant))", span: span)
      }
      hasTimePassed = hasTimePassed || instant > clock
    }
    clock = instant
    isStale = true
    // Without records nothing depends on the tables, and `now` can be read at once.
    evaluator.instant = instant
  }

  func wait(_ length: TimeDuration, at span: SourceSpan) throws(StepFailure) {
    guard let clock else {
      throw StepFailure(
        message: "`wait` moves a clock, and this test has none: begin with `now @2026-10-10T09:30`", span: span)
    }
    guard !length.isNegative else {
      throw StepFailure(message: "`wait` cannot go back by \(length.humanString())", span: span)
    }
    guard let later = clock.adding(length) else {
      throw StepFailure(message: "the clock cannot go beyond the year 9999", span: span)
    }
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
    case .error(let reference):
      throw StepFailure(message: heap[reference].message, span: heap[reference].span ?? expression.span)
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
    guard dataPath.allSatisfy({ $0 == nil }) else {
      throw StepFailure(message: "a test is given one folder of data", span: span)
    }
    switch bench.folder(path, at: span) {
    case .broken(let message): throw StepFailure(message: "`\(path)` cannot be loaded: \(message)", span: span)
    case .loaded(let tables, let hasSource):
      for table in tables {
        let index = Int(table.entity.index)
        guard records[index] == nil else {
          throw StepFailure(
            message: "`\(path)` has records of `\(schema[table.entity].name)`, and the test has made some already: "
              + "this version does not combine them",
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
    takeOver(place)
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
    if case .key = declared.kind {
      throw StepFailure(message: "the key of a record cannot change", span: expression.span)
    }
    let place = Int(field.entity.index)
    let key = try self.key(ofSlot: slot, expression.span)
    var references: [Reference] = []
    let cell = try cell(expression, field, declared, &references)
    takeOver(place)
    guard let index = records[place]?.place(of: key), var record = records[place]?[index] else { return }
    // What the data says of later instants still comes.
    let current =
      record.versions.lastIndex { version in
        guard let at = version.at, let clock else { return true }
        return at <= clock
      } ?? 0
    var version = record.versions[current]
    version.cells[field.index] = cell
    if version.at == clock {
      record.versions[current] = version
    } else {
      version.at = clock
      record.versions.insert(version, at: current + 1)
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
}

extension [TestRecords?] {
  fileprivate subscript(place: Int, default fallback: @autoclosure () -> TestRecords) -> TestRecords {
    get { self[place] ?? fallback() }
    set { self[place] = newValue }
  }
}
