/// The open intervals of one chunk of the time line with their running sums.
///
/// A chunk is 1/400 of the Gregorian cycle, 31 556 952 s (about a year), so that a calendar without exceptions repeats
/// after exactly 400 chunks. All times are whole seconds from the chunk's begin: windows and offsets have no fractions.
/// The memory belongs to an `OpenTableStore`, hence the pointers: a shared object would be retained and released by
/// every thread at every query.
struct OpenTable {
  static let length: Int64 = 31_556_952
  /// Chunk 0 begins with the time line.
  static let base = Instant.minimumSeconds
  static let chunks = Int((Instant.maximumSeconds - base) / length) + 1
  private static let indexShift: Int32 = 16
  private static let indexCount = Int(length >> 16) + 1

  struct Interval: BitwiseCopyable {
    var start: Int32
    /// Exclusive.
    var end: Int32
    /// Open seconds of the chunk before `start`.
    var before: Int32

    /// Open seconds of the chunk up to `end`.
    @inline(__always)
    var after: Int32 { before &+ (end &- start) }
  }

  let intervals: UnsafeMutableBufferPointer<Interval>
  /// For each stretch of 2^16 s, the first interval that ends after its begin.
  private let index: UnsafeMutableBufferPointer<Int32>
  /// All open seconds of the chunk.
  let total: Int32

  init(_ list: [Interval]) {
    intervals = .allocate(capacity: list.count)
    _ = intervals.initialize(from: list)
    index = .allocate(capacity: OpenTable.indexCount)
    var next = 0
    for slot in 0..<OpenTable.indexCount {
      let start = Int32(slot) << OpenTable.indexShift
      while next < list.count, list[next].end <= start { next += 1 }
      index.initializeElement(at: slot, to: Int32(next))
    }
    total = list.last?.after ?? 0
  }

  func deallocate() {
    intervals.deallocate()
    index.deallocate()
  }

  /// The first interval that ends after `second`; the number of intervals when there is none.
  @inline(__always)
  func firstInterval(endingAfter second: Int32) -> Int {
    var position = Int(index[Int(second >> OpenTable.indexShift)])
    while position < intervals.count, intervals[position].end <= second { position &+= 1 }
    return position
  }

  /// Open seconds before `second`, and whether it is open itself.
  @inline(__always)
  func measure(before second: Int32) -> (sum: Int32, isOpen: Bool) {
    let position = firstInterval(endingAfter: second)
    guard position < intervals.count else { return (total, false) }
    let interval = intervals[position]
    let inside = second &- interval.start
    return inside >= 0 ? (interval.before &+ inside, true) : (interval.before, false)
  }
}

// MARK: - Compiling

extension OpenTable {
  /// Intersects the windows of each day with the stretches of constant offset. Openness is pointwise: an instant is open
  /// iff its local time lies in a window, so hours in a gap of the clock do not exist and those in a fold count twice.
  static func compile(chunk: Int, hours: OpenHours, zone: Zone) -> OpenTable {
    let begin = base + Int64(chunk) * length
    let end = begin + length
    var list: [Interval] = []
    list.reserveCapacity(400)

    func append(_ start: Int64, _ stop: Int64) {
      let start = Int32(truncatingIfNeeded: start - begin)
      let stop = Int32(truncatingIfNeeded: stop - begin)
      if let last = list.last, start <= last.end {
        list[list.count - 1].end = max(last.end, stop)
      } else {
        list.append(Interval(start: start, end: stop, before: list.last?.after ?? 0))
      }
    }

    var here = zone.stretch(atSeconds: begin)
    while true {
      let low = max(here.start, begin)
      let high = min(here.end, end)
      let offset = Int64(here.offset)
      // The day before may have a window across midnight.
      let firstDay = CivilDateTime(localSeconds: low + offset, nanoseconds: 0).date.daysSinceEpoch - 1
      let lastDay = CivilDateTime(localSeconds: high + offset - 1, nanoseconds: 0).date.daysSinceEpoch
      for day in firstDay...lastDay {
        let midnight = Int64(day) * 86_400 - offset
        for window in hours.windows(on: CivilDate(uncheckedDays: day)) {
          let start = max(midnight + Int64(window.start), low)
          let stop = min(midnight + Int64(window.end), high)
          if start < stop { append(start, stop) }
        }
      }
      if here.end >= end { break }
      here = zone.stretch(atSeconds: here.end)
    }
    return OpenTable(list)
  }
}
