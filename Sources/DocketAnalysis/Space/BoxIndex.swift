/// The boxes of many rules, so that a rule is compared with those only that it may meet.
///
/// For every variable that many boxes name it holds, by cell, the set of boxes that have the cell, as bits: the sets of what a
/// rule asks for, put together with `&`, leave the boxes that it may meet. To see that a rule has something of its own, one
/// point of it that no box above holds is enough, and an ordinary value, which few rules ask for, makes a good one.

struct BoxIndex {
  /// The boxes that one variable lets through, by blocks of neighbouring cells.
  private struct Column {
    var variable: Int
    /// Cells of a block: one, but for variables with many cells.
    var width: Int
    /// The bits of block 0, one a box, then those of block 1 and so on.
    var words: [UInt64]
  }

  /// A record of a settled box: the cells of the box's sides. Of what the box leaves open it has an ordinary value.
  private struct Point {
    var box: Box
    var cells: [Int] = []
  }

  /// Blocks that a variable may have, and words that all columns may come to.
  private static let blockLimit = 64
  private static let wordLimit = 1 << 22
  /// Cells of a side that are looked through for the most ordinary one.
  private static let cellLimit = 64

  private let space: Space
  private let boxes: [Box]
  /// By box, the number of its region.
  private let owners: [Int]
  /// By region, the number of its first box, and at the end that of all boxes.
  private let starts: [Int]
  /// By variable and cell, how many boxes ask for it; none for a variable that no box names.
  private let demand: [[Int]]
  private let ordinary: [Int]
  private var columns: [Column] = []
  /// The words of a set of boxes.
  private let wordCount: Int

  init(_ space: Space, _ regions: [[Box]]) {
    self.space = space
    boxes = Array(regions.joined())
    owners = regions.enumerated().flatMap { number, region in region.map { _ in number } }
    starts = regions.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    wordCount = (boxes.count + 63) / 64
    demand = Self.demand(space, boxes)
    ordinary = demand.enumerated().map { variable, counts in
      // No constant's text, and otherwise what fewest ask for.
      if space.variables[variable].scale == .text { return 1 + space.variables[variable].texts.count }
      return counts.indices.dropFirst().min { counts[$0] < counts[$1] }
        ?? min(1, space.variables[variable].cellCount - 1)
    }
    makeColumns()
  }

  private static func demand(_ space: Space, _ boxes: [Box]) -> [[Int]] {
    var counts = [[Int]](repeating: [], count: space.variables.count)
    // How many more than for the cell before, until all are added up.
    for box in boxes {
      for side in box.sides {
        if counts[side.variable].isEmpty {
          counts[side.variable] = Array(repeating: 0, count: space.variables[side.variable].cellCount + 1)
        }
        for range in side.cells.ranges {
          counts[side.variable][range.lowerBound] += 1
          counts[side.variable][range.upperBound] -= 1
        }
      }
    }
    for variable in counts.indices where !counts[variable].isEmpty {
      for cell in counts[variable].indices.dropFirst() { counts[variable][cell] += counts[variable][cell - 1] }
      counts[variable].removeLast()
    }
    return counts
  }

  private mutating func makeColumns() {
    var places: [Int: [Int]] = [:]
    for (place, box) in boxes.enumerated() {
      for side in box.sides { places[side.variable, default: []].append(place) }
    }
    // What few boxes name keeps only these away.
    let named = places.filter { $0.value.count * 64 >= boxes.count }.sorted { $0.key < $1.key }
    let limit = min(Self.blockLimit, max(1, Self.wordLimit / max(1, wordCount * named.count)))
    for (variable, places) in named {
      let cellCount = space.variables[variable].cellCount
      let width = (cellCount + limit - 1) / limit
      var open = [UInt64](repeating: .max, count: wordCount)
      for place in places { open[place / 64] &= ~(1 << UInt64(place % 64)) }
      var words = Array(stride(from: 0, to: cellCount, by: width).map { _ in open }.joined())
      for place in places {
        for range in boxes[place][variable]?.ranges ?? [] {
          for block in range.lowerBound / width...(range.upperBound - 1) / width {
            words[block * wordCount + place / 64] |= 1 << UInt64(place % 64)
          }
        }
      }
      columns.append(Column(variable: variable, width: width, words: words))
    }
  }

  // MARK: - Questions

  /// Whether every record of a region lies in a region above.
  func isCovered(_ region: [Box], above owner: Int) throws(TooComplex) -> Bool {
    try space.isCovered(region, by: boxes) { piece in
      let point = point(in: piece)
      return places(around: point, above: owner).lazy.filter { holds(boxes[$0], point) }
    }
  }

  /// The regions above that share something with a region, in their order; looked for as far as somebody asks.
  func owners(near region: [Box], above owner: Int) -> some Sequence<Int> {
    owners(of: places(near: region, above: owner)).lazy.filter { other in
      boxes(of: other).contains { box in region.contains { $0.intersects(box) } }
    }
  }

  /// The regions above that hold some record of a region: one that holds all of it is among them.
  func owners(around region: [Box], above owner: Int) -> some Sequence<Int> {
    let piece = region.lazy.compactMap { space.settled($0) }.first
    let point = point(in: piece ?? .everything)
    let owners = piece == nil ? [] : owners(of: places(around: point, above: owner))
    return owners.lazy.filter { other in boxes(of: other).contains { holds($0, point) } }
  }

  private func boxes(of owner: Int) -> ArraySlice<Box> { boxes[starts[owner]..<starts[owner + 1]] }

  private func owners(of places: [Int]) -> [Int] {
    places.reduce(into: []) { found, place in
      if found.last != owners[place] { found.append(owners[place]) }
    }
  }

  // MARK: - Places

  /// The boxes above that may share something with a region.
  private func places(near region: [Box], above owner: Int) -> [Int] {
    let needed = 0..<(starts[owner] + 63) / 64
    var found = [UInt64](repeating: 0, count: needed.count)
    for box in region {
      var meeting = [UInt64](repeating: .max, count: needed.count)
      for column in columns {
        guard let cells = box[column.variable] else { continue }
        var here = [UInt64](repeating: 0, count: needed.count)
        // Ranges may have a block in common.
        var next = 0
        for range in cells.ranges {
          let end = (range.upperBound - 1) / column.width + 1
          for block in max(next, range.lowerBound / column.width)..<max(next, end) {
            for index in needed { here[index] |= column.words[block * wordCount + index] }
          }
          next = end
        }
        for index in needed { meeting[index] &= here[index] }
      }
      for index in needed { found[index] |= meeting[index] }
    }
    return places(found, starts[owner])
  }

  /// The boxes above that may hold a point.
  private func places(around point: Point, above owner: Int) -> [Int] {
    let needed = 0..<(starts[owner] + 63) / 64
    var found = [UInt64](repeating: .max, count: needed.count)
    for column in columns {
      let start = cell(of: column.variable, at: point) / column.width * wordCount
      for index in needed { found[index] &= column.words[start + index] }
    }
    return places(found, starts[owner])
  }

  /// The members of a set, as far as they are less than `count`.
  private func places(_ words: [UInt64], _ count: Int) -> [Int] {
    var places: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        let place = index * 64 + rest.trailingZeroBitCount
        guard place < count else { return places }
        places.append(place)
        rest &= rest - 1
      }
    }
    return places
  }

  // MARK: - Points

  private func point(in box: Box) -> Point {
    var point = Point(box: box)
    // Parents come before what hangs on them.
    for side in box.sides {
      var allowed = side.cells
      if let parent = space.variables[side.variable].parent {
        if cell(of: parent, at: point) == 0 {
          allowed = CellSet(cell: 0)
        } else if !space.variables[side.variable].isOptional {
          allowed = allowed.intersection(space.variables[side.variable].values)
        }
      }
      let values = allowed.intersection(space.variables[side.variable].values)
      point.cells.append(plainCell(of: side.variable, values.isEmpty ? allowed : values))
    }
    return point
  }

  private func plainCell(of variable: Int, _ cells: CellSet) -> Int {
    if cells.contains(ordinary[variable]) { return ordinary[variable] }
    var best = cells.ranges.first?.lowerBound ?? 0
    var left = Self.cellLimit
    for range in cells.ranges where left > 0 {
      for cell in range.prefix(left) where demand(variable, cell) < demand(variable, best) { best = cell }
      left -= range.count
    }
    return best
  }

  private func demand(_ variable: Int, _ cell: Int) -> Int { demand[variable].isEmpty ? 0 : demand[variable][cell] }

  private func cell(of variable: Int, at point: Point) -> Int {
    let place = point.box.sides.partition { $0.variable >= variable }
    if place < point.cells.count, point.box.sides[place].variable == variable { return point.cells[place] }
    // Behind an absent reference everything is absent.
    if let parent = space.variables[variable].parent, cell(of: parent, at: point) == 0 { return 0 }
    return ordinary[variable]
  }

  private func holds(_ box: Box, _ point: Point) -> Bool {
    box.sides.allSatisfy { $0.cells.contains(cell(of: $0.variable, at: point)) }
  }
}
