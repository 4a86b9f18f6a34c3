/// Which cell a row belongs to: cells are numbered in the order in which their first rows come.

import DocketSemantics
import DocketTime

final class CellIndex {
  /// By group of the KPI.
  let groups: [KeyDictionary]
  fileprivate let periods: PeriodIndex?
  /// Of what came so far with the next part of the key.
  fileprivate let pairs: [PairIndex]

  init(groups: Int, unit: CalendarUnit?, zone: Zone) {
    self.groups = (0..<groups).map { _ in KeyDictionary() }
    periods = unit.map { PeriodIndex($0, zone) }
    // The first part of a key is one with the second; alone, and without any, it is one with nothing.
    pairs = (0..<max(1, groups + (unit == nil ? 0 : 1) - 1)).map { _ in PairIndex() }
  }

  var count: Int { pairs[pairs.count - 1].count }

  /// The cells of a batch; `groupKeys` are its keys, of which none failed.
  func encode(
    seconds: UnsafePointer<Int64>?, groupKeys: [BatchVector], _ rows: BatchRows, _ scratch: BatchScratch
  ) -> UnsafeMutablePointer<UInt32> {
    var parts: [UnsafeMutablePointer<UInt32>] = []
    if let periods, let seconds {
      let part = scratch.rows()
      periods.encode(seconds, rows.count, into: part)
      parts.append(part)
    }
    for (place, keys) in groupKeys.enumerated() {
      let part = scratch.rows()
      groups[place].encode(keys.bits, keys.states, rows, into: part)
      parts.append(part)
    }
    while parts.count < 2 {
      let part = scratch.rows()
      part.update(repeating: 0, count: rows.count)
      parts.append(part)
    }
    var cells = parts[0]
    for (index, part) in zip(pairs, parts.dropFirst()) {
      let next = scratch.rows()
      index.encode(cells, part, rows.count, into: next)
      cells = next
    }
    return cells
  }

  /// The period of a cell, and the codes of its groups.
  func key(of cell: Int) -> (period: Period?, codes: [UInt32]) {
    var codes: [UInt32] = []
    var code = UInt32(cell)
    for index in pairs.reversed() {
      codes.append(index.pairs[Int(code)].second)
      code = index.pairs[Int(code)].first
    }
    codes.append(code)
    codes.reverse()
    guard let periods else { return (nil, Array(codes.prefix(groups.count))) }
    return (periods.period(codes[0]), Array(codes.dropFirst().prefix(groups.count)))
  }

  /// The cell of this index that is the same as one of another, a new one where there is none.
  func adopt(_ cell: Int, of other: CellIndex) -> Int {
    let (period, codes) = other.key(of: cell)
    var parts: [UInt32] = []
    if let periods, let period { parts.append(periods.code(period)) }
    for (place, foreign) in codes.enumerated() {
      guard foreign > 0 else {
        parts.append(0)
        continue
      }
      let from = other.groups[place]
      parts.append(groups[place].code(from.keys[Int(foreign) - 1], at: from.places[Int(foreign) - 1]))
    }
    while parts.count < 2 { parts.append(0) }
    return Int(zip(pairs, parts.dropFirst()).reduce(parts[0]) { $1.0.code($0, $1.1) })
  }
}

extension CellIndex {
  /// The cell of this index that is the same as one of another; `nil` where there is none.
  func known(_ cell: Int, of other: CellIndex) -> Int? {
    let (period, codes) = other.key(of: cell)
    var parts: [UInt32] = []
    if let periods, let period { parts.append(periods.known(period)) }
    for (place, foreign) in codes.enumerated() {
      guard foreign > 0 else {
        parts.append(0)
        continue
      }
      let own = groups[place].known(other.groups[place].keys[Int(foreign) - 1])
      guard own > 0 else { return nil }
      parts.append(own)
    }
    while parts.count < 2 { parts.append(0) }
    var code = parts[0]
    for (index, part) in zip(pairs, parts.dropFirst()) {
      guard let next = index.known(code, part) else { return nil }
      code = next
    }
    return Int(code)
  }
}

/// Periods as small numbers, from 1 on. A table from day to period spares most rows the calendar.
final class PeriodIndex {
  private let unit: CalendarUnit
  private var zone: ZoneCursor
  private let starts = KeyDictionary()
  /// By day from `firstDay` on, and one more; 0 where it has not been asked for.
  private let table: UnsafeMutablePointer<UInt32>
  private var firstDay: Int64?
  private static let dayCount: Int64 = 1 << 16

  init(_ unit: CalendarUnit, _ zone: Zone) {
    self.unit = unit
    self.zone = ZoneCursor(zone)
    table = .allocate(capacity: Int(Self.dayCount) + 1)
    table.initialize(repeating: 0, count: Int(Self.dayCount) + 1)
  }

  deinit { table.deallocate() }

  func period(_ code: UInt32) -> Period {
    Period(unit, containing: CivilDate(uncheckedDays: Int32(truncatingIfNeeded: starts.keys[Int(code) - 1])))
  }

  func code(_ period: Period) -> UInt32 { starts.code(Int64(period.start.daysSinceEpoch), at: 0) }

  func known(_ period: Period) -> UInt32 { starts.known(Int64(period.start.daysSinceEpoch)) }

  func encode(_ seconds: UnsafePointer<Int64>, _ count: Int, into codes: UnsafeMutablePointer<UInt32>) {
    guard count > 0 else { return }
    var cursor = zone
    let first = firstDay ?? Self.day(seconds[0], cursor.offset(atSeconds: seconds[0])) - Self.dayCount / 2
    firstDay = first
    var (least, most) = (seconds[0], seconds[0])
    for index in 0..<count {
      least = min(least, seconds[index])
      most = max(most, seconds[index])
    }
    let offset = cursor.offset(atSeconds: least)
    let (table, dayCount) = (table, UInt64(Self.dayCount))
    var isNew = false
    // Most batches lie between two changes of the clock.
    if cursor.holds(most) {
      for index in 0..<count {
        let place = UInt64(bitPattern: Self.day(seconds[index], offset) &- first)
        let code = table[Int(truncatingIfNeeded: min(place, dayCount))]
        codes[index] = code
        isNew = isNew || code == 0
      }
    } else {
      for index in 0..<count {
        let day = Self.day(seconds[index], cursor.offset(atSeconds: seconds[index]))
        let code = table[Int(truncatingIfNeeded: min(UInt64(bitPattern: day &- first), dayCount))]
        codes[index] = code
        isNew = isNew || code == 0
      }
    }
    if isNew {
      for index in 0..<count where codes[index] == 0 {
        let day = Self.day(seconds[index], cursor.offset(atSeconds: seconds[index]))
        codes[index] = code(Period(unit, containing: CivilDate(uncheckedDays: Int32(truncatingIfNeeded: day))))
        let place = UInt64(bitPattern: day &- first)
        if place < dayCount { table[Int(place)] = codes[index] }
      }
    }
    zone = cursor
  }

  @inline(__always) private static func day(_ seconds: Int64, _ offset: Int32) -> Int64 {
    // Shifted by 10,000 years of days, so that the division need not care for signs.
    let shift: Int64 = 3_652_425
    let local = UInt64(bitPattern: seconds &+ Int64(offset) &+ shift &* 86_400)
    return Int64(bitPattern: local / 86_400) &- shift
  }
}
