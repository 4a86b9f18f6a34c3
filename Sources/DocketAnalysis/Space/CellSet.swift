/// A set of cells of one variable, as sorted ranges of their numbers: `== x` is one range, `!= x` two, whatever the number
/// of cells.

struct CellSet: Hashable {
  /// Not empty, apart from each other, in order.
  private(set) var ranges: [Range<Int>]

  static let empty = CellSet(sorted: [])

  init(_ range: Range<Int>) { ranges = range.isEmpty ? [] : [range] }

  init(cell: Int) { ranges = [cell..<cell + 1] }

  /// Any ranges in any order.
  init(_ parts: [Range<Int>]) {
    ranges = []
    for range in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = ranges.last, range.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
  }

  private init(sorted: [Range<Int>]) { ranges = sorted }

  var isEmpty: Bool { ranges.isEmpty }

  var count: Int { ranges.reduce(0) { $0 + $1.count } }

  func contains(_ cell: Int) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= cell { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= cell
  }

  func intersects(_ other: CellSet) -> Bool {
    var (i, j) = (0, 0)
    while i < ranges.count, j < other.ranges.count {
      if ranges[i].overlaps(other.ranges[j]) { return true }
      if ranges[i].upperBound < other.ranges[j].upperBound { i += 1 } else { j += 1 }
    }
    return false
  }

  func intersection(_ other: CellSet) -> CellSet {
    var result: [Range<Int>] = []
    var (i, j) = (0, 0)
    while i < ranges.count, j < other.ranges.count {
      let common = ranges[i].clamped(to: other.ranges[j])
      if !common.isEmpty { result.append(common) }
      if ranges[i].upperBound < other.ranges[j].upperBound { i += 1 } else { j += 1 }
    }
    return CellSet(sorted: result)
  }

  /// How many cells are in both.
  func commonCount(_ other: CellSet) -> Int {
    var (i, j, count) = (0, 0, 0)
    while i < ranges.count, j < other.ranges.count {
      let (a, b) = (ranges[i], other.ranges[j])
      count += max(0, min(a.upperBound, b.upperBound) - max(a.lowerBound, b.lowerBound))
      if a.upperBound < b.upperBound { i += 1 } else { j += 1 }
    }
    return count
  }

  func union(_ other: CellSet) -> CellSet { CellSet(ranges + other.ranges) }

  func subtracting(_ other: CellSet) -> CellSet {
    var result: [Range<Int>] = []
    var j = 0
    for range in ranges {
      var start = range.lowerBound
      while j < other.ranges.count, other.ranges[j].upperBound <= start { j += 1 }
      var k = j
      while k < other.ranges.count, other.ranges[k].lowerBound < range.upperBound {
        if other.ranges[k].lowerBound > start { result.append(start..<other.ranges[k].lowerBound) }
        start = max(start, other.ranges[k].upperBound)
        k += 1
      }
      if start < range.upperBound { result.append(start..<range.upperBound) }
    }
    return CellSet(sorted: result)
  }

  func isSubset(of other: CellSet) -> Bool {
    var j = 0
    for range in ranges {
      while j < other.ranges.count, other.ranges[j].upperBound <= range.lowerBound { j += 1 }
      guard j < other.ranges.count, other.ranges[j].lowerBound <= range.lowerBound,
        range.upperBound <= other.ranges[j].upperBound
      else { return false }
    }
    return true
  }
}
