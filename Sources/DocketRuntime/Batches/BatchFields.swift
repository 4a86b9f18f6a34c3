/// Records and their fields, a column at a time.

import DocketSemantics
import DocketTime

/// The rows of a batch themselves, as records.
final class BatchRecords: BatchCode {
  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    let bits = scratch.bits()
    for index in 0..<rows.count { bits[index] = Int64(rows[index]) }
    return BatchVector(bits: bits, states: nil)
  }
}

/// A stored field of the rows, or of the records that another code gives.
final class BatchField: BatchCode {
  private let column: Column
  private let rowCount: Int
  /// `nil` for the rows themselves.
  private let target: BatchCode?
  /// What a reference leads to.
  private let referred: CurrentRows?
  /// A time later than this many seconds is not seen yet.
  private let seenUntil: Int64?

  init(
    _ kind: BatchKind, _ column: Column, rowCount: Int, target: BatchCode?, referred: CurrentRows?, seenUntil: Int64?
  ) {
    self.column = column
    self.rowCount = min(rowCount, column.count)
    self.target = target
    self.referred = referred
    self.seenUntil = seenUntil
    super.init(kind)
  }

  override var needsEvaluator: Bool { target?.needsEvaluator ?? false }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let read = read(rows, scratch)
    let truths = scratch.states()
    for index in 0..<rows.count { truths[index] = UInt8(truncatingIfNeeded: read.bits[index] & 1) }
    if let states = read.states {
      for index in 0..<rows.count where states[index] != BatchState.there { truths[index] = states[index] }
    }
    return UnsafePointer(truths)
  }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector { read(rows, scratch) }

  private func read(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    var vector: BatchVector
    if let target {
      let links = target.values(rows, scratch)
      // Without rows nothing can be read, and no link leads here.
      guard rowCount > 0 else {
        let states = scratch.states(repeating: BatchState.absent, count: rows.count)
        if let linkStates = links.states {
          for index in 0..<rows.count where linkStates[index] != 0 { states[index] = linkStates[index] }
        }
        return BatchVector(bits: links.bits, states: UnsafePointer(states))
      }
      vector = gather(Links(bits: links.bits, states: links.states), rows.count, scratch)
      if let linkStates = links.states {
        let states = scratch.states()
        for index in 0..<rows.count {
          states[index] = linkStates[index] != 0 ? linkStates[index] : vector.states?[index] ?? 0
        }
        vector.states = UnsafePointer(states)
      }
    } else if let list = rows.list {
      vector = gather(List(rows: list), rows.count, scratch)
    } else {
      vector = scan(rows.first, rows.count, scratch)
    }
    if let referred { vector = resolve(vector, referred, rows.count, scratch) }
    if let seenUntil { vector = hide(vector, seenUntil, rows.count, scratch) }
    return vector
  }

  // MARK: - Rows that follow each other

  private func scan(_ first: Int, _ count: Int, _ scratch: BatchScratch) -> BatchVector {
    let cells = column.cells
    let states = presence(first, count, scratch)
    let bits: UnsafePointer<Int64>
    switch column.kind {
    case .int, .uint, .double, .timestamp, .duration:
      bits = UnsafePointer(cells.data.assumingMemoryBound(to: Int64.self) + first)
    case .bool: bits = widen(UInt8.self, first, count, scratch)
    case .enumeration: bits = widen(UInt16.self, first, count, scratch)
    case .date: bits = widen(Int32.self, first, count, scratch)
    case .string, .bytes, .reference, .calendar, .map, .list: bits = widen(UInt32.self, first, count, scratch)
    }
    return BatchVector(bits: bits, states: states)
  }

  private func widen<T: FixedWidthInteger>(_: T.Type, _ first: Int, _ count: Int, _ scratch: BatchScratch)
    -> UnsafePointer<Int64>
  {
    let cells = UnsafePointer(column.cells.data.assumingMemoryBound(to: T.self) + first)
    let bits = scratch.bits()
    for index in 0..<count { bits[index] = Int64(truncatingIfNeeded: cells[index]) }
    return UnsafePointer(bits)
  }

  /// `nil` where all cells are present.
  private func presence(_ first: Int, _ count: Int, _ scratch: BatchScratch) -> UnsafePointer<UInt8>? {
    let presence = column.cells.presence
    var isFull = true
    var row = first
    while row < first + count, isFull {
      let end = min(first + count, (row | 63) + 1)
      var wanted = ~UInt64(0) << UInt64(row & 63)
      if end & 63 != 0 { wanted &= (1 << UInt64(end & 63)) - 1 }
      isFull = presence[row >> 6] & wanted == wanted
      row = end
    }
    if isFull { return nil }
    let states = scratch.states()
    for index in 0..<count {
      let row = first &+ index
      let bit = UInt8(truncatingIfNeeded: presence[row >> 6] >> UInt64(row & 63) & 1)
      states[index] = (bit ^ 1) &* BatchState.absent
    }
    return UnsafePointer(states)
  }

  // MARK: - Rows here and there

  private protocol Places {
    subscript(index: Int) -> Int { get }
  }

  private struct List: Places {
    let rows: UnsafePointer<UInt32>
    @inline(__always) subscript(index: Int) -> Int { Int(rows[index]) }
  }

  private struct Links: Places {
    let bits: UnsafePointer<Int64>
    let states: UnsafePointer<UInt8>?
    /// Any row will do where there is none: it does not count.
    @inline(__always) subscript(index: Int) -> Int {
      if let states, states[index] != 0 { return 0 }
      return Int(bits[index])
    }
  }

  private func gather<P: Places>(_ places: P, _ count: Int, _ scratch: BatchScratch) -> BatchVector {
    let presence = column.cells.presence
    let states = scratch.states()
    var missing: UInt8 = 0
    for index in 0..<count {
      let row = places[index]
      let bit = UInt8(truncatingIfNeeded: presence[row >> 6] >> UInt64(row & 63) & 1)
      let state = (bit ^ 1) &* BatchState.absent
      states[index] = state
      missing |= state
    }
    let bits = scratch.bits()
    switch column.kind {
    case .int, .uint, .double, .timestamp, .duration, .list: copy(Int64.self, places, count, bits)
    case .bool: copy(UInt8.self, places, count, bits)
    case .enumeration: copy(UInt16.self, places, count, bits)
    case .date: copy(Int32.self, places, count, bits)
    case .string, .bytes, .reference, .calendar, .map: copy(UInt32.self, places, count, bits)
    }
    return BatchVector(bits: bits, states: missing == 0 ? nil : UnsafePointer(states))
  }

  private func copy<T: FixedWidthInteger, P: Places>(
    _: T.Type, _ places: P, _ count: Int, _ bits: UnsafeMutablePointer<Int64>
  ) {
    let cells = UnsafePointer(column.cells.data.assumingMemoryBound(to: T.self))
    for index in 0..<count { bits[index] = Int64(truncatingIfNeeded: cells[places[index]]) }
  }

  // MARK: - What is seen

  /// From the numbers of records to their rows.
  private func resolve(_ vector: BatchVector, _ referred: CurrentRows, _ count: Int, _ scratch: BatchScratch)
    -> BatchVector
  {
    let bits = scratch.bits()
    let states = scratch.states()
    for index in 0..<count {
      let state = vector.states?[index] ?? 0
      guard state == BatchState.there else {
        (bits[index], states[index]) = (0, state)
        continue
      }
      let row = referred.row(of: Int(vector.bits[index]))
      (bits[index], states[index]) = row == .max ? (0, BatchState.absent) : (Int64(row), BatchState.there)
    }
    return BatchVector(bits: bits, states: UnsafePointer(states))
  }

  private func hide(_ vector: BatchVector, _ seenUntil: Int64, _ count: Int, _ scratch: BatchScratch) -> BatchVector {
    var isLater = false
    for index in 0..<count { isLater = isLater || vector.bits[index] > seenUntil }
    guard isLater else { return vector }
    let states = scratch.states()
    for index in 0..<count {
      let state = vector.states?[index] ?? 0
      states[index] = state == BatchState.there && vector.bits[index] > seenUntil ? BatchState.absent : state
    }
    return BatchVector(bits: vector.bits, states: UnsafePointer(states))
  }
}

/// Values that lie in memory one a row, such as the fields of results.
final class BatchBuffer: BatchCode {
  private let bits: UnsafeMutablePointer<Int64>
  private let states: UnsafeMutablePointer<UInt8>
  private let isComplete: Bool

  init(_ kind: BatchKind, _ bits: [Int64], _ states: [UInt8]) {
    self.bits = .allocate(capacity: max(1, bits.count))
    self.states = .allocate(capacity: max(1, bits.count))
    self.bits.initialize(from: bits, count: bits.count)
    self.states.initialize(from: states, count: bits.count)
    isComplete = kind != .bool && !states.contains { $0 != BatchState.there }
    super.init(kind)
  }

  deinit {
    bits.deallocate()
    states.deallocate()
  }

  override func values(_ rows: BatchRows, _ scratch: BatchScratch) -> BatchVector {
    guard let list = rows.list else {
      return BatchVector(bits: bits + rows.first, states: isComplete ? nil : UnsafePointer(states + rows.first))
    }
    let found = scratch.bits()
    for index in 0..<rows.count { found[index] = bits[Int(list[index])] }
    return BatchVector(bits: found, states: isComplete ? nil : gathered(list, rows.count, scratch))
  }

  override func truths(_ rows: BatchRows, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    guard let list = rows.list else { return UnsafePointer(states + rows.first) }
    return gathered(list, rows.count, scratch)
  }

  private func gathered(_ list: UnsafePointer<UInt32>, _ count: Int, _ scratch: BatchScratch) -> UnsafePointer<UInt8> {
    let found = scratch.states()
    for index in 0..<count { found[index] = states[Int(list[index])] }
    return UnsafePointer(found)
  }
}
