/// A product of cell sets, one a variable; variables that are not named may have any value.

struct Box: Hashable {
  struct Side: Hashable {
    var variable: Int
    var cells: CellSet
  }
  /// In the order of the variables.
  private(set) var sides: [Side] = []

  static let everything = Box()

  init() {}

  init(_ variable: Int, _ cells: CellSet) { sides = [Side(variable: variable, cells: cells)] }

  var isEverything: Bool { sides.isEmpty }

  subscript(variable: Int) -> CellSet? {
    let place = sides.partition { $0.variable >= variable }
    return place < sides.count && sides[place].variable == variable ? sides[place].cells : nil
  }

  mutating func set(_ variable: Int, _ cells: CellSet) {
    let place = sides.partition { $0.variable >= variable }
    if place < sides.count, sides[place].variable == variable {
      sides[place].cells = cells
    } else {
      sides.insert(Side(variable: variable, cells: cells), at: place)
    }
  }

  func intersects(_ other: Box) -> Bool {
    var (i, j) = (0, 0)
    while i < sides.count, j < other.sides.count {
      let (a, b) = (sides[i].variable, other.sides[j].variable)
      if a == b {
        guard sides[i].cells.intersects(other.sides[j].cells) else { return false }
        i += 1
        j += 1
      } else if a < b {
        i += 1
      } else {
        j += 1
      }
    }
    return true
  }

  /// `nil` where nothing is in both.
  func intersection(_ other: Box) -> Box? {
    var result = Box()
    var (i, j) = (0, 0)
    while i < sides.count || j < other.sides.count {
      if j == other.sides.count || (i < sides.count && sides[i].variable < other.sides[j].variable) {
        result.sides.append(sides[i])
        i += 1
      } else if i == sides.count || sides[i].variable > other.sides[j].variable {
        result.sides.append(other.sides[j])
        j += 1
      } else {
        let common = sides[i].cells.intersection(other.sides[j].cells)
        guard !common.isEmpty else { return nil }
        result.sides.append(Side(variable: sides[i].variable, cells: common))
        i += 1
        j += 1
      }
    }
    return result
  }

  /// How much of this box the other holds: 0 is nothing, 1 is all.
  func share(in other: Box, _ all: (Int) -> CellSet) -> Double {
    var share = 1.0
    var i = 0
    for side in other.sides {
      while i < sides.count, sides[i].variable < side.variable { i += 1 }
      let mine = i < sides.count && sides[i].variable == side.variable ? sides[i].cells : all(side.variable)
      let common = mine.commonCount(side.cells)
      guard common > 0 else { return 0 }
      share *= Double(common) / Double(mine.count)
    }
    // So many sides may come to less than a number can say.
    return max(share, .leastNonzeroMagnitude)
  }

  /// Everything in this box is in the other.
  func isSubset(of other: Box, _ all: (Int) -> CellSet) -> Bool {
    other.sides.allSatisfy { (self[$0.variable] ?? all($0.variable)).isSubset(of: $0.cells) }
  }

  /// What is in this box and not in the other, as boxes that do not overlap.
  func subtracting(_ other: Box, _ all: (Int) -> CellSet) -> [Box] {
    guard intersects(other) else { return [self] }
    var rest = self
    var pieces: [Box] = []
    for side in other.sides {
      let mine = rest[side.variable] ?? all(side.variable)
      let outside = mine.subtracting(side.cells)
      if !outside.isEmpty {
        var piece = rest
        piece.set(side.variable, outside)
        pieces.append(piece)
      }
      rest.set(side.variable, mine.intersection(side.cells))
    }
    return pieces
  }

  /// Both as one, where they differ in one variable at most.
  func merged(with other: Box) -> Box? {
    guard sides.count == other.sides.count else { return nil }
    var different: Int?
    for (index, side) in sides.enumerated() where side != other.sides[index] {
      guard side.variable == other.sides[index].variable, different == nil else { return nil }
      different = index
    }
    guard let different else { return self }
    var result = self
    result.sides[different].cells = sides[different].cells.union(other.sides[different].cells)
    return result
  }
}
