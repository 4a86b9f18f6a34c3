/// The boxes of many rules, so that a rule is compared with those only that it may meet.
///
/// Most rules of a long route ask for one of a few values: they are kept under these. To see that a rule has something of its
/// own, one point of it that no earlier box holds is enough, and an ordinary value, which few rules ask for, makes a good one.

struct BoxIndex {
  private struct Entry {
    var owner: Int
    var box: Box
  }
  /// Entries under the cells of one narrow side each.
  fileprivate struct Postings {
    var byCell: [Int: [Int]] = [:]
    var all: [Int] = []
    /// Those whose side has many cells.
    var wide: [Int] = []
  }

  private static let narrow = 8

  private let space: Space
  /// By variable, the cell of an ordinary value.
  private let ordinary: [Int]
  private let parents: Set<Int>
  private var entries: [Entry] = []
  private var bySide: [Int: Postings] = [:]
  private var withoutSide: [Int] = []
  /// By a side that keeps the ordinary value away.
  private var byExclusion: [Int: Postings] = [:]
  private var ordinaryOnes: [Int] = []

  /// `regions` are all that will be added: the ordinary values are those that they ask for least.
  init(_ space: Space, _ regions: [[Box]]) {
    self.space = space
    parents = Set(space.variables.compactMap(\.parent))
    var counts: [Int: [Int]] = [:]
    for side in regions.joined().flatMap(\.sides) {
      let cellCount = space.variables[side.variable].cellCount
      guard cellCount <= 64 else { continue }
      for range in side.cells.ranges {
        for cell in range { counts[side.variable, default: Array(repeating: 0, count: cellCount)][cell] += 1 }
      }
    }
    ordinary = space.variables.indices.map { index in
      if space.variables[index].scale == .text { return 1 + space.variables[index].texts.count }
      guard let counts = counts[index] else { return 1 }
      return counts.indices.dropFirst().min { counts[$0] < counts[$1] } ?? 1
    }
  }

  mutating func add(_ region: [Box], of owner: Int) {
    for box in region {
      let number = entries.count
      entries.append(Entry(owner: owner, box: box))
      if let side = box.sides.min(by: { share($0) < share($1) }), side.cells.count <= Self.narrow {
        bySide[side.variable, default: Postings()].add(number, under: side.cells, limit: Self.narrow)
      } else {
        withoutSide.append(number)
      }
      let excluding = box.sides.filter { !$0.cells.contains(ordinary[$0.variable]) }
      if let side = excluding.min(by: { share($0) < share($1) }) {
        byExclusion[side.variable, default: Postings()].add(number, under: side.cells, limit: Self.narrow)
      } else {
        ordinaryOnes.append(number)
      }
    }
  }

  /// How much of its variable a side lets through: the less, the fewer rules are kept in one place.
  private func share(_ side: Box.Side) -> Double {
    Double(side.cells.count) / Double(space.variables[side.variable].cellCount)
  }

  /// The owners of boxes that share something with a region, in their order.
  func owners(near region: [Box]) -> [Int] {
    var found: Set<Int> = []
    func look(_ numbers: [Int], _ box: Box) {
      for number in numbers where entries[number].box.intersects(box) { found.insert(entries[number].owner) }
    }
    for box in region {
      look(withoutSide, box)
      for (variable, postings) in bySide {
        guard let cells = box[variable], cells.count <= 64 else {
          look(postings.all, box)
          continue
        }
        for range in cells.ranges {
          for cell in range { look(postings.byCell[cell] ?? [], box) }
        }
      }
    }
    return found.sorted()
  }

  /// Whether a point of the region is easily found that lies in no box whose owner counts.
  func hasOwnPoint(_ region: [Box], counting: (Int) -> Bool) -> Bool {
    region.contains { box in
      guard let settled = space.settled(box) else { return false }
      var own: [Int: Int] = [:]
      for side in settled.sides where !side.cells.contains(ordinary[side.variable]) {
        let values = side.cells.intersection(space.variables[side.variable].values)
        own[side.variable] = (values.isEmpty ? side.cells : values).ranges[0].lowerBound
      }
      // What hangs on something absent would have to be absent, too.
      if own.contains(where: { $1 == 0 && parents.contains($0) }) { return false }
      func isTaken(_ numbers: [Int]) -> Bool {
        numbers.contains { number in
          counting(entries[number].owner)
            && entries[number].box.sides.allSatisfy { $0.cells.contains(own[$0.variable] ?? ordinary[$0.variable]) }
        }
      }
      if isTaken(ordinaryOnes) { return false }
      return !own.contains { variable, cell in
        guard let postings = byExclusion[variable] else { return false }
        return isTaken(postings.byCell[cell] ?? []) || isTaken(postings.wide)
      }
    }
  }
}

extension BoxIndex.Postings {
  fileprivate mutating func add(_ number: Int, under cells: CellSet, limit: Int) {
    all.append(number)
    guard cells.count <= limit else { return wide.append(number) }
    for range in cells.ranges {
      for cell in range { byCell[cell, default: []].append(number) }
    }
  }
}
