/// One pass over the cells of a field: how many hold something, how many different values, which most often, from where to
/// where.
///
/// Texts, cases and records are numbers from a small range and are counted in an array; numbers and times are sorted.

public import DocketRuntime
import DocketSemantics
import DocketTime

public struct ColumnProfile {
  /// How many values are kept beside their count.
  static let topCount = 10

  /// Records with a value.
  public private(set) var filled = 0
  public private(set) var distinct = 0
  /// The most frequent values, for a list its elements; empty where no value repeats.
  public private(set) var top: [(value: Value, count: Int)] = []
  /// Of numbers, times and keys.
  public private(set) var range: (lowest: Value, highest: Value)?

  private init() {}

  init(_ table: EntityTable, field: Int, rows: [Int], world: World, at instant: Instant, isKey: Bool) {
    self.init()
    guard let column = table.columns[field] else { return }
    var present: [Int] = []
    present.reserveCapacity(rows.count)
    for row in rows where column.isPresent(row) { present.append(row) }
    if table.isBackfilled[field] { present.removeAll { column.instant(at: $0) > instant } }
    filled = present.count
    switch column.kind {
    case .bool:
      count(present.map { if case .bool(true) = column.value(at: $0) { 1 } else { 0 } }, below: 2) { .bool($0 == 1) }
    case .string, .bytes:
      let isText = column.kind == .string
      count(present.map { Self.symbol(column.value(at: $0)) }, below: world.heap.symbols.count) {
        isText ? .string(Symbol(index: UInt32($0))) : .bytes(Symbol(index: UInt32($0)))
      }
    case .enumeration(let id):
      count(present.map { Self.ordinal(column.value(at: $0)) }, below: world.schema[id].cases.count) {
        .enumeration(EnumValue(type: id.index, ordinal: UInt16($0)))
      }
    case .calendar:
      count(present.map { Self.calendar(column.value(at: $0)) }, below: world.schema.calendarNames.count) {
        .calendar(UInt32($0))
      }
    case .reference(let target):
      // Without records to refer to, a cell says nothing that could be shown.
      guard let other = world.table(target) else { return }
      count(present.map { column.record(at: $0) }, below: other.recordCount) { record in
        .entity(EntityReference(entity: target.index, row: UInt32(other.rows(of: record).upperBound - 1)))
      }
    case .int:
      sort(present.compactMap { if case .int(let number) = column.value(at: $0) { number } else { nil } }) { .int($0) }
    case .uint:
      sort(present.compactMap { if case .uint(let number) = column.value(at: $0) { number } else { nil } }) {
        .uint($0)
      }
    case .double:
      sort(present.compactMap { if case .double(let number) = column.value(at: $0) { number } else { nil } }) {
        .double($0)
      }
    case .timestamp: sort(present.map { column.instant(at: $0) }) { .timestamp($0) }
    case .duration:
      sort(present.compactMap { if case .duration(let length) = column.value(at: $0) { length } else { nil } }) {
        .duration($0)
      }
    case .date:
      sort(present.compactMap { if case .date(let day) = column.value(at: $0) { day } else { nil } }) { .date($0) }
    case .list: countElements(present.map { column.value(at: $0) }, world)
    case .map: break
    }
    if isKey, range == nil, let first = present.first, let last = present.last {
      range = (column.value(at: first), column.value(at: last))
    }
  }

  // MARK: - Counting

  private static func symbol(_ value: Value) -> Int {
    switch value {
    case .string(let symbol), .bytes(let symbol): Int(symbol.index)
    default: 0
    }
  }

  private static func ordinal(_ value: Value) -> Int {
    if case .enumeration(let item) = value { Int(item.ordinal) } else { 0 }
  }

  private static func calendar(_ value: Value) -> Int {
    if case .calendar(let index) = value { Int(index) } else { 0 }
  }

  private mutating func count(_ numbers: [Int], below limit: Int, _ value: (Int) -> Value) {
    var counts = [UInt32](repeating: 0, count: limit)
    var seen: [Int] = []
    for number in numbers where number < limit {
      if counts[number] == 0 { seen.append(number) }
      counts[number] += 1
    }
    take(seen.map { ($0, Int(counts[$0])) }, value)
  }

  private mutating func sort<T: Comparable>(_ items: [T], _ value: (T) -> Value) {
    let sorted = items.sorted()
    guard let first = sorted.first, let last = sorted.last else { return }
    range = (value(first), value(last))
    var runs: [(T, Int)] = []
    for item in sorted {
      if let previous = runs.last, previous.0 == item {
        runs[runs.count - 1].1 += 1
      } else {
        runs.append((item, 1))
      }
    }
    take(runs, value)
  }

  private mutating func countElements(_ lists: [Value], _ world: World) {
    let machine = MachineText(heap: world.heap, schema: world.schema, world: world)
    var counts: [String: (value: Value, order: Int, count: Int)] = [:]
    for case .list(let list) in lists {
      for element in world.heap[list] {
        let order = counts.count
        counts[machine.json(element), default: (element, order, 0)].count += 1
      }
    }
    take(counts.values.sorted { $0.order < $1.order }.map { ($0.value, $0.count) }) { $0 }
  }

  /// Keeps the most frequent of values in the order in which they were met.
  private mutating func take<T>(_ found: [(T, Int)], _ value: (T) -> Value) {
    distinct = found.count
    guard found.contains(where: { $0.1 > 1 }) || found.count <= Self.topCount else { return }
    let order = found.indices.sorted { (-found[$0].1, $0) < (-found[$1].1, $1) }
    top = order.prefix(Self.topCount).map { (value(found[$0].0), found[$0].1) }
  }
}
