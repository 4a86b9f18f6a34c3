/// Collects rows in any order and makes an `EntityTable` of them.

public import DocketSemantics
public import DocketTime

public final class TableBuilder {
  /// What is wrong with the rows as a whole, by the numbers under which they were appended.
  public enum Problem: Sendable {
    /// Two rows of one key where the source has no version.
    case duplicateKey(row: Int, first: Int)
    /// Two versions of one record that nothing puts in order, with different content.
    case tie(row: Int, first: Int)
  }

  public let entity: EntityID
  public let columns: [Column?]
  public private(set) var rowCount = 0
  private let keyField: Int
  private var versions: [Instant] = []
  private var ties: [[Value]] = []
  private var created: [Instant?] = []
  private let isVersioned: Bool
  private let hasCreated: Bool
  private let isBackfilled: [Bool]
  private let eventField: Int?

  /// `fields` that are stored get a column; those not in `present` (when given) have no data and get none.
  public init(
    schema: Schema, entity: EntityID, present: Set<Int>? = nil, isVersioned: Bool, hasCreated: Bool,
    backfilled: [Int] = [], capacity: Int = 16
  ) {
    self.entity = entity
    let type = schema[entity]
    columns = type.fields.enumerated().map { index, field in
      guard field.isStored, present?.contains(index) ?? true, let kind = Column.Kind(field.type, schema: schema) else {
        return nil
      }
      return Column(kind: kind, capacity: capacity)
    }
    keyField = type.keyIndex ?? 0
    eventField = type.eventIndex
    self.isVersioned = isVersioned
    self.hasCreated = hasCreated
    var flags = Array(repeating: false, count: type.fields.count)
    for field in backfilled { flags[field] = true }
    isBackfilled = flags
  }

  /// Closes a row: a cell has been appended to every column. Ties of versions are ordered by `ties`.
  public func endRow(version: Instant?, ties: [Value] = [], created: Instant?) {
    if isVersioned {
      versions.append(version ?? .minimum)
      self.ties.append(ties)
    }
    if hasCreated { self.created.append(created) }
    rowCount += 1
  }

  /// Sorts the rows by key and version. `compare` orders the values of keys and ties.
  public func finish(heap: Heap, report: (Problem) -> Void) -> EntityTable {
    guard let key = columns[keyField] else { preconditionFailure("an entity has a key column") }
    // Records in the order of their keys: distinct keys are sorted, then rows are put by record and version.
    var recordOfKey: [UInt64: UInt32] = [:]
    var keys: [Value] = []
    var recordOfRow = [UInt32](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      let value = key.value(at: row)
      guard let bits = EntityTable.keyBits(value) else { continue }
      if let record = recordOfKey[bits] {
        recordOfRow[row] = record
      } else {
        recordOfKey[bits] = UInt32(keys.count)
        recordOfRow[row] = UInt32(keys.count)
        keys.append(value)
      }
    }
    let byKey = (0..<keys.count).sorted { heap.orders(keys[$0], before: keys[$1]) }
    var rank = [UInt32](repeating: 0, count: keys.count)
    for (position, record) in byKey.enumerated() { rank[record] = UInt32(position) }
    for row in 0..<rowCount { recordOfRow[row] = rank[Int(recordOfRow[row])] }
    var recordsByKey: [UInt64: UInt32] = [:]
    recordsByKey.reserveCapacity(keys.count)
    for (bits, record) in recordOfKey { recordsByKey[bits] = rank[Int(record)] }

    // Counting sort by record keeps the order of arrival; then each record's few versions are sorted.
    var firstRows = [UInt32](repeating: 0, count: keys.count + 1)
    for record in recordOfRow { firstRows[Int(record) + 1] += 1 }
    for record in 0..<keys.count { firstRows[record + 1] += firstRows[record] }
    var next = firstRows
    var order = [UInt32](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      let record = Int(recordOfRow[row])
      order[Int(next[record])] = UInt32(row)
      next[record] += 1
    }
    for record in 0..<keys.count {
      let range = Int(firstRows[record])..<Int(firstRows[record + 1])
      guard range.count > 1 else { continue }
      guard isVersioned else {
        for position in range.dropFirst() {
          report(.duplicateKey(row: Int(order[position]), first: Int(order[range.lowerBound])))
        }
        continue
      }
      order[range].sort { versionPrecedes(Int($0), Int($1), heap) }
      for position in range.dropFirst() {
        let (previous, row) = (Int(order[position - 1]), Int(order[position]))
        if !versionPrecedes(previous, row, heap), differs(previous, row, heap) {
          report(.tie(row: max(row, previous), first: min(row, previous)))
        }
      }
    }
    let isSorted = order.enumerated().allSatisfy { $0.offset == Int($0.element) }
    let sorted = isSorted ? columns : columns.map { $0?.reordered(order) }
    return EntityTable(
      entity: entity, columns: sorted, rowCount: rowCount, recordCount: keys.count, firstRows: firstRows,
      recordOfRow: order.map { recordOfRow[Int($0)] }, versions: isVersioned ? order.map { versions[Int($0)] } : [],
      created: hasCreated ? (0..<keys.count).map { created[Int(order[Int(firstRows[$0])])] } : [],
      isBackfilled: isBackfilled, eventField: eventField, recordsByKey: recordsByKey)
  }

  private func versionPrecedes(_ a: Int, _ b: Int, _ heap: Heap) -> Bool {
    if versions[a] != versions[b] { return versions[a] < versions[b] }
    for (left, right) in zip(ties[a], ties[b]) {
      if heap.orders(left, before: right) { return true }
      if heap.orders(right, before: left) { return false }
    }
    return false
  }

  private func differs(_ a: Int, _ b: Int, _ heap: Heap) -> Bool {
    columns.contains { column in
      guard let column else { return false }
      return !heap.isIdentical(column.value(at: a), column.value(at: b))
    }
  }
}

extension Heap {
  /// The order of keys and tie-breakers, which are of one type: numbers, text by code points, instants, enums. Absent comes first.
  public func orders(_ a: Value, before b: Value) -> Bool {
    switch (a, b) {
    case (.string(let a), .string(let b)), (.bytes(let a), .bytes(let b)): symbols.compare(a, b) < 0
    case (.int(let a), .int(let b)): a < b
    case (.uint(let a), .uint(let b)): a < b
    case (.double(let a), .double(let b)): a < b
    case (.bool(let a), .bool(let b)): !a && b
    case (.timestamp(let a), .timestamp(let b)): a < b
    case (.duration(let a), .duration(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.enumeration(let a), .enumeration(let b)): a.ordinal < b.ordinal
    case (.absent, .absent): false
    case (.absent, _): true
    default: false
    }
  }

  /// Whether two cells of one column hold the same.
  func isIdentical(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.absent, .absent), (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.uint(let a), .uint(let b)): a == b
    case (.double(let a), .double(let b)): a.bitPattern == b.bitPattern
    case (.string(let a), .string(let b)), (.bytes(let a), .bytes(let b)): a == b
    case (.timestamp(let a), .timestamp(let b)): a == b
    case (.duration(let a), .duration(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.enumeration(let a), .enumeration(let b)): a == b
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(self[a], self[b]).allSatisfy { isIdentical($0, $1) }
    case (.map(let a), .map(let b)): a == b
    default: false
    }
  }
}
