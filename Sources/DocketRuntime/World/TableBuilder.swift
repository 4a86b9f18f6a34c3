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
  public let isVersioned: Bool
  public let hasCreated: Bool
  /// After `finish`: the rows of the table by the numbers under which they were appended.
  public private(set) var order: [UInt32] = []
  private let keyField: Int
  private var versions: [Instant] = []
  /// `tieCount` values a row.
  private var ties: [Value] = []
  private var tieCount = 0
  private var created: [Instant?] = []
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

  /// Closes a row: a cell has been appended to every column. Ties of versions are ordered by `ties`, as many in every row.
  public func endRow(version: Instant?, ties: [Value] = [], created: Instant?) {
    if isVersioned {
      precondition(rowCount == 0 || ties.count == tieCount)
      tieCount = ties.count
      versions.append(version ?? .minimum)
      self.ties.append(contentsOf: ties)
    }
    if hasCreated { self.created.append(created) }
    rowCount += 1
  }

  /// Closes several rows at once: as many cells have been appended to every column. The first `count` cells of the given
  /// columns hold the rows' versions, ties and creation.
  public func endRows(_ count: Int, version: Column?, ties: [Column], created: Column?) {
    if isVersioned {
      precondition(rowCount == 0 || ties.count == tieCount)
      tieCount = ties.count
      for row in 0..<count {
        versions.append(version.map { $0.isPresent(row) ? $0.instant(at: row) : .minimum } ?? .minimum)
        for tie in ties { self.ties.append(tie.value(at: row)) }
      }
    }
    if hasCreated {
      for row in 0..<count { self.created.append(created.flatMap { $0.isPresent(row) ? $0.instant(at: row) : nil }) }
    }
    rowCount += count
  }

  /// Sorts the rows by key and version. `compare` orders the values of keys and ties.
  public func finish(heap: Heap, report: (Problem) -> Void) -> EntityTable {
    finish(heap: heap, dropping: [], report: report)
  }

  /// The same without some of the rows. It can be asked again: the rows stay as they were appended.
  public func finish(heap: Heap, dropping dropped: Set<Int>, report: (Problem) -> Void) -> EntityTable {
    guard let key = columns[keyField] else { preconditionFailure("an entity has a key column") }
    // Records in the order of their keys: distinct keys are sorted, then rows are put by record and version.
    let (recordOfAppended, keys, firstRows) = records(key: key, heap: heap, dropping: dropped)
    arrange(recordOfAppended, firstRows)
    for record in 0..<keys.count {
      let range = Int(firstRows[record])..<Int(firstRows[record + 1])
      guard range.count > 1 else { continue }
      guard isVersioned else {
        for position in range.dropFirst() {
          report(.duplicateKey(row: Int(order[position]), first: Int(order[range.lowerBound])))
        }
        continue
      }
      sortVersions(range, heap)
      for position in range.dropFirst() {
        let (previous, row) = (Int(order[position - 1]), Int(order[position]))
        if !versionPrecedes(previous, row, heap), differs(previous, row, heap) {
          report(.tie(row: max(row, previous), first: min(row, previous)))
        }
      }
    }
    var isSorted = order.count == rowCount
    for position in 0..<order.count where isSorted { isSorted = position == Int(order[position]) }
    return EntityTable(
      entity: entity, columns: isSorted ? columns : columns.map { $0?.reordered(order) }, rowCount: order.count,
      recordCount: keys.count, firstRows: firstRows, recordOfRow: order.map { recordOfAppended[Int($0)] },
      versions: isVersioned ? order.map { versions[Int($0)] } : [],
      created: hasCreated ? (0..<keys.count).map { created[Int(order[Int(firstRows[$0])])] } : [],
      isBackfilled: isBackfilled, eventField: eventField, recordsByKey: RecordIndex(records: keys))
  }

  /// The record of every row, the records' keys in order, and where each record's rows begin.
  private func records(
    key: Column, heap: Heap, dropping dropped: Set<Int>
  ) -> (ofRow: [UInt32], keys: [Value], firstRows: [UInt32]) {
    if dropped.isEmpty, let keys = sortedKeys(key, heap) {
      return (Array(0..<UInt32(rowCount)), keys, Array(0...UInt32(rowCount)))
    }
    var rows: [UInt32] = []
    var bitsOfRows: [UInt64] = []
    rows.reserveCapacity(rowCount)
    bitsOfRows.reserveCapacity(rowCount)
    for row in 0..<rowCount where dropped.isEmpty || !dropped.contains(row) {
      guard let bits = EntityTable.keyBits(key.value(at: row)) else { continue }
      rows.append(UInt32(row))
      bitsOfRows.append(bits)
    }
    var index = RecordIndex(keys: bitsOfRows)
    var keys: [Value] = []
    var recordOfRow = [UInt32](repeating: .max, count: rowCount)
    for (row, bits) in zip(rows, bitsOfRows) {
      let record = index.insert(bits, UInt32(keys.count))
      if Int(record) == keys.count { keys.append(key.value(at: Int(row))) }
      recordOfRow[Int(row)] = record
    }
    let byKey = heap.sortedByKey(keys)
    var rank = [UInt32](repeating: 0, count: keys.count)
    for (position, record) in byKey.enumerated() { rank[record] = UInt32(position) }
    var firstRows = [UInt32](repeating: 0, count: keys.count + 1)
    for row in 0..<rowCount where recordOfRow[row] != .max {
      let record = rank[Int(recordOfRow[row])]
      recordOfRow[row] = record
      firstRows[Int(record) + 1] += 1
    }
    for record in 0..<keys.count { firstRows[record + 1] += firstRows[record] }
    return (recordOfRow, byKey.map { keys[$0] }, firstRows)
  }

  /// The keys, where each row has one of its own and they stand in order, as most exports of records without versions do.
  private func sortedKeys(_ key: Column, _ heap: Heap) -> [Value]? {
    guard !isVersioned, rowCount > 0, key.absentCount(from: 0) == 0 else { return nil }
    var keys: [Value] = []
    keys.reserveCapacity(rowCount)
    var last = key.value(at: 0)
    guard EntityTable.keyBits(last) != nil else { return nil }
    keys.append(last)
    for row in 1..<rowCount {
      let value = key.value(at: row)
      guard heap.orders(last, before: value) else { return nil }
      keys.append(value)
      last = value
    }
    return keys
  }

  /// A counting sort by record, which keeps the order of arrival; rows without a record are left out.
  private func arrange(_ recordOfRow: [UInt32], _ firstRows: [UInt32]) {
    var next = firstRows
    order = [UInt32](repeating: 0, count: Int(firstRows.last ?? 0))
    for row in 0..<rowCount where recordOfRow[row] != .max {
      let record = Int(recordOfRow[row])
      order[Int(next[record])] = UInt32(row)
      next[record] += 1
    }
  }

  /// Most records have few versions, which mostly stand in order.
  private func sortVersions(_ range: Range<Int>, _ heap: Heap) {
    if range.count > 32 {
      let sorted = order[range].sorted { versionPrecedes(Int($0), Int($1), heap) }
      for (offset, row) in sorted.enumerated() { order[range.lowerBound + offset] = row }
      return
    }
    for position in range.dropFirst() {
      let row = order[position]
      var place = position
      while place > range.lowerBound, versionPrecedes(Int(row), Int(order[place - 1]), heap) {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = row
    }
  }

  private func versionPrecedes(_ a: Int, _ b: Int, _ heap: Heap) -> Bool {
    if versions[a] != versions[b] { return versions[a] < versions[b] }
    for tie in 0..<tieCount {
      let (left, right) = (ties[a * tieCount + tie], ties[b * tieCount + tie])
      if heap.orders(left, before: right) { return true }
      if heap.orders(right, before: left) { return false }
    }
    return false
  }

  private func differs(_ a: Int, _ b: Int, _ heap: Heap) -> Bool {
    if hasCreated, created[a] != created[b] { return true }
    return columns.contains { column in
      guard let column else { return false }
      return switch column.kind {
      case .list, .map: !heap.isIdentical(column.value(at: a), column.value(at: b))
      default: !column.holdsSameBits(a, b)
      }
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

  /// The places of distinct keys in their order.
  func sortedByKey(_ keys: [Value]) -> [Int] {
    var isSorted = true
    for place in keys.indices.dropFirst() where isSorted { isSorted = orders(keys[place - 1], before: keys[place]) }
    if isSorted { return Array(keys.indices) }
    guard case .string = keys.first else { return keys.indices.sorted { orders(keys[$0], before: keys[$1]) } }
    // Texts are mostly told apart by their first 16 bytes, which are compared without going to the heap.
    var places: [(high: UInt64, low: UInt64, place: Int)] = []
    places.reserveCapacity(keys.count)
    for (place, key) in keys.enumerated() {
      guard case .string(let symbol) = key else { continue }
      let (high, low) = symbols.prefix(symbol)
      places.append((high, low, place))
    }
    places.sort { a, b in
      if a.high != b.high { return a.high < b.high }
      if a.low != b.low { return a.low < b.low }
      return orders(keys[a.place], before: keys[b.place])
    }
    return places.map(\.place)
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
    case (.calendar(let a), .calendar(let b)): a == b
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(self[a], self[b]).allSatisfy { isIdentical($0, $1) }
    case (.map(let a), .map(let b)): a == b
    default: false
    }
  }
}
