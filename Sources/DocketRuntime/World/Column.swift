/// One field of all rows of a table: typed cells and a bit each that says whether the cell is present.

public import DocketSemantics
public import DocketTime

public final class Column {
  /// What a cell holds; texts, lists and maps are places in the heap.
  public enum Kind: Hashable, Sendable {
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    /// Seconds; the nanoseconds are kept beside, once one is not zero.
    case timestamp
    case duration
    case date
    case enumeration(EnumID)
    /// The record's number in the referred table.
    case reference(EntityID)
    /// Its place among the rulebook's calendars.
    case calendar
    case list
    case map

    /// Bytes of a cell.
    public var stride: Int {
      switch self {
      case .bool: 1
      case .enumeration: 2
      case .string, .bytes, .date, .reference, .calendar, .map: 4
      case .int, .uint, .double, .timestamp, .duration, .list: 8
      }
    }

    /// The kind of cell for a field's type; references are told apart by the schema. `nil` where the type cannot be stored.
    public init?(_ type: Type, schema: Schema) {
      switch type {
      case .bool: self = .bool
      case .int: self = .int
      case .uint: self = .uint
      case .double: self = .double
      case .string: self = .string
      case .bytes: self = .bytes
      case .timestamp: self = .timestamp
      case .duration: self = .duration
      case .date: self = .date
      case .enumeration(let id): self = .enumeration(id)
      case .entity(let id): self = .reference(schema.base(of: id))
      case .calendar: self = .calendar
      case .list: self = .list
      case .map: self = .map
      default: return nil
      }
    }
  }

  public let kind: Kind
  public private(set) var count = 0
  private var capacity: Int
  private var data: UnsafeMutableRawPointer
  private var presence: UnsafeMutablePointer<UInt64>
  private var nanoseconds: UnsafeMutablePointer<Int32>?
  /// For how many rows it was made.
  private var dictionaryOfRows: (rows: Int, dictionary: ColumnDictionary?)?

  public init(kind: Kind, capacity: Int = 16) {
    self.kind = kind
    self.capacity = max(64, capacity)
    data = .allocate(byteCount: self.capacity * kind.stride, alignment: 8)
    let words = (self.capacity + 63) / 64
    presence = .allocate(capacity: words)
    presence.initialize(repeating: 0, count: words)
  }

  deinit {
    data.deallocate()
    presence.deallocate()
    nanoseconds?.deallocate()
  }

  public func isPresent(_ row: Int) -> Bool { presence[row >> 6] & (1 << UInt64(row & 63)) != 0 }

  /// How many cells from a row on are absent.
  public func absentCount(from first: Int) -> Int {
    var present = 0
    var row = first
    while row < count {
      let end = min(count, (row | 63) + 1)
      var word = presence[row >> 6] >> UInt64(row & 63)
      if end - row < 64 { word &= (1 << UInt64(end - row)) - 1 }
      present += word.nonzeroBitCount
      row = end
    }
    return count - first - present
  }

  // MARK: - Reading

  /// The cell as a value; a reference comes as `.int(record)`, which only `World` turns into an entity.
  public func value(at row: Int) -> Value {
    precondition(row < count)
    guard isPresent(row) else { return .absent }
    switch kind {
    case .bool: return .bool(load(row, UInt8.self) != 0)
    case .int: return .int(load(row, Int64.self))
    case .uint: return .uint(load(row, UInt64.self))
    case .double: return .double(load(row, Double.self))
    case .string: return .string(Symbol(index: load(row, UInt32.self)))
    case .bytes: return .bytes(Symbol(index: load(row, UInt32.self)))
    case .timestamp: return .timestamp(instant(at: row))
    case .duration:
      return .duration(
        TimeDuration(uncheckedSeconds: load(row, Int64.self), nanoseconds: nanoseconds.map { $0[row] } ?? 0))
    case .date: return .date(CivilDate(uncheckedDays: load(row, Int32.self)))
    case .enumeration(let id): return .enumeration(EnumValue(type: id.index, ordinal: load(row, UInt16.self)))
    case .reference: return .int(Int64(load(row, UInt32.self)))
    case .calendar: return .calendar(load(row, UInt32.self))
    case .list:
      let bits = load(row, UInt64.self)
      return .list(
        ListReference(start: UInt32(truncatingIfNeeded: bits >> 32), count: UInt32(truncatingIfNeeded: bits)))
    case .map: return .map(MapReference(index: load(row, UInt32.self)))
    }
  }

  /// The cell of a present timestamp.
  public func instant(at row: Int) -> Instant {
    Instant(uncheckedSeconds: load(row, Int64.self), nanoseconds: nanoseconds.map { $0[row] } ?? 0)
  }

  /// The record that a present reference names.
  public func record(at row: Int) -> Int { Int(load(row, UInt32.self)) }

  private func load<T: BitwiseCopyable>(_ row: Int, _: T.Type) -> T {
    data.load(fromByteOffset: row &* MemoryLayout<T>.stride, as: T.self)
  }

  // MARK: - Writing

  public func appendAbsent() {
    reserve()
    count += 1
  }

  /// Appends a cell; the value is of the column's kind, or absent.
  public func append(_ value: Value) {
    reserve()
    count += 1
    set(value, at: count - 1)
  }

  public func set(_ value: Value, at row: Int) {
    precondition(row < count)
    presence[row >> 6] |= 1 << UInt64(row & 63)
    switch value {
    case .bool(let bit): store(UInt8(bit ? 1 : 0), row)
    case .int(let number):
      if case .reference = kind { store(UInt32(truncatingIfNeeded: number), row) } else { store(number, row) }
    case .uint(let number): store(number, row)
    case .double(let number): store(number, row)
    case .string(let symbol), .bytes(let symbol): store(symbol.index, row)
    case .timestamp(let instant):
      store(instant.seconds, row)
      storeNanoseconds(instant.nanoseconds, row)
    case .duration(let duration):
      store(duration.seconds, row)
      storeNanoseconds(duration.nanoseconds, row)
    case .date(let date): store(date.daysSinceEpoch, row)
    case .enumeration(let value): store(value.ordinal, row)
    case .calendar(let index): store(index, row)
    case .list(let list): store(UInt64(list.start) << 32 | UInt64(list.count), row)
    case .map(let map): store(map.index, row)
    default: presence[row >> 6] &= ~(1 << UInt64(row & 63))
    }
  }

  private func store<T: BitwiseCopyable>(_ value: T, _ row: Int) {
    precondition(MemoryLayout<T>.stride == kind.stride)
    data.storeBytes(of: value, toByteOffset: row &* MemoryLayout<T>.stride, as: T.self)
  }

  private func storeNanoseconds(_ value: Int32, _ row: Int) {
    if nanoseconds == nil {
      guard value != 0 else { return }
      nanoseconds = .allocate(capacity: capacity)
      nanoseconds?.initialize(repeating: 0, count: capacity)
    }
    nanoseconds?[row] = value
  }

  // MARK: - Loading

  /// The storage of a run of rows, for loaders that fill a column cell by cell without a call for each.
  /// INVARIANT: used only until the column is next changed.
  @frozen public struct Cells {
    public let data: UnsafeMutableRawPointer
    public let presence: UnsafeMutablePointer<UInt64>
    public let firstRow: Int

    /// Stores a present cell; `Bits` has the stride of the column's kind.
    @inlinable @inline(__always)
    public func store<Bits: FixedWidthInteger & BitwiseCopyable>(_ bits: Bits, at offset: Int) {
      let row = firstRow &+ offset
      data.storeBytes(of: bits, toByteOffset: row &* MemoryLayout<Bits>.stride, as: Bits.self)
      presence[row >> 6] |= 1 << UInt64(truncatingIfNeeded: row & 63)
    }
  }

  /// The cells of all rows, for code that reads them one by one.
  var cells: Cells { Cells(data: data, presence: presence, firstRow: 0) }

  /// Whether every instant and duration of the column is one of whole seconds.
  var holdsWholeSeconds: Bool { nanoseconds == nil }

  /// Whether equal cells have equal bits and nothing beside them.
  var hasPlainBits: Bool {
    switch kind {
    case .list, .map: false
    default: nanoseconds == nil
    }
  }

  /// The numbered values of a column that does not change any more, made when first asked for; `nil` where there are too many.
  func dictionary() -> ColumnDictionary? {
    if let known = dictionaryOfRows, known.rows == count { return known.dictionary }
    let made = ColumnDictionary(self)
    dictionaryOfRows = (count, made)
    return made
  }

  /// Adds `rows` absent cells, to be filled through what is returned.
  public func extend(by rows: Int) -> Cells {
    reserveCapacity(count + rows)
    let cells = Cells(data: data, presence: presence, firstRow: count)
    count += rows
    return cells
  }

  /// Drops the rows from `first` on for which `isDropped` says so, counted from `first`.
  public func compact(from first: Int, isDropped: [Bool]) {
    var kept = first
    for (offset, dropped) in isDropped.enumerated() where !dropped {
      let row = first + offset
      if kept != row { set(value(at: row), at: kept) }
      kept += 1
    }
    for row in kept..<count {
      presence[row >> 6] &= ~(1 << UInt64(row & 63))
      nanoseconds?[row] = 0
    }
    count = kept
  }

  public func removeAll() { compact(from: 0, isDropped: Array(repeating: true, count: count)) }

  public func reserveCapacity(_ rows: Int) {
    if rows > capacity { grow(to: max(rows, capacity * 2)) }
  }

  private func reserve() {
    if count == capacity { grow(to: capacity * 2) }
  }

  private func grow(to grown: Int) {
    let newData = UnsafeMutableRawPointer.allocate(byteCount: grown * kind.stride, alignment: 8)
    newData.copyMemory(from: data, byteCount: count * kind.stride)
    data.deallocate()
    data = newData
    let words = (grown + 63) / 64
    let newPresence = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
    newPresence.initialize(repeating: 0, count: words)
    newPresence.update(from: presence, count: (capacity + 63) / 64)
    presence.deallocate()
    presence = newPresence
    if let old = nanoseconds {
      let newNanoseconds = UnsafeMutablePointer<Int32>.allocate(capacity: grown)
      newNanoseconds.initialize(repeating: 0, count: grown)
      newNanoseconds.update(from: old, count: count)
      old.deallocate()
      nanoseconds = newNanoseconds
    }
    capacity = grown
  }

  /// The column with its rows in another order: row n of the result is row `order[n]` of this one.
  func reordered(_ order: [UInt32]) -> Column {
    let result = Column(kind: kind, capacity: order.count)
    result.count = order.count
    order.withUnsafeBufferPointer { order in
      switch kind.stride {
      case 1: gather(UInt8.self, into: result, order)
      case 2: gather(UInt16.self, into: result, order)
      case 4: gather(UInt32.self, into: result, order)
      default: gather(UInt64.self, into: result, order)
      }
      if let nanoseconds {
        let target = UnsafeMutablePointer<Int32>.allocate(capacity: result.capacity)
        target.initialize(repeating: 0, count: result.capacity)
        for row in 0..<order.count { target[row] = nanoseconds[Int(order[row])] }
        result.nanoseconds = target
      }
    }
    return result
  }

  private func gather<T: BitwiseCopyable>(_: T.Type, into result: Column, _ order: UnsafeBufferPointer<UInt32>) {
    let from = data.assumingMemoryBound(to: T.self)
    let to = result.data.assumingMemoryBound(to: T.self)
    var word: UInt64 = 0
    for row in 0..<order.count {
      let source = Int(order[row])
      to[row] = from[source]
      word |= (presence[source >> 6] >> UInt64(source & 63) & 1) << UInt64(row & 63)
      if row & 63 == 63 {
        result.presence[row >> 6] = word
        word = 0
      }
    }
    if order.count & 63 != 0 { result.presence[order.count >> 6] = word }
  }

  /// Whether two rows hold the same bits; lists and maps, which the heap tells apart, are not compared here.
  func holdsSameBits(_ a: Int, _ b: Int) -> Bool {
    let present = isPresent(a)
    guard present == isPresent(b) else { return false }
    guard present else { return true }
    if let nanoseconds, nanoseconds[a] != nanoseconds[b] { return false }
    switch kind.stride {
    case 1: return load(a, UInt8.self) == load(b, UInt8.self)
    case 2: return load(a, UInt16.self) == load(b, UInt16.self)
    case 4: return load(a, UInt32.self) == load(b, UInt32.self)
    default: return load(a, UInt64.self) == load(b, UInt64.self)
    }
  }
}
