/// The variables of a group of conditions that are looked at together, and the regions of their values.
///
/// A region is a list of boxes. What the boxes of a region say is exact but for the ties between a field and the references
/// before it on its path, which `settled` adds: behind an absent reference everything is absent.

import DocketSemantics

/// More cases than are looked through.
struct TooComplex: Error {}

struct Space {
  /// Boxes of one region.
  static let boxLimit = 500
  /// Comparisons of a piece with a box that a question may come to.
  static let stepLimit = 50_000

  private(set) var variables: [Variable] = []
  private var numbers: [String: Int] = [:]
  private var hasParents = false

  // MARK: - Variables

  func number(of key: String) -> Int? { numbers[key] }

  mutating func add(_ variable: Variable, key: String) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = variables.count
    variables.append(variable)
    if variable.parent != nil { hasParents = true }
    return variables.count - 1
  }

  mutating func note(_ predicate: Predicate, of variable: Int) { variables[variable].note(predicate) }

  /// Cuts the values into cells, once all conditions are read.
  mutating func freeze() {
    for index in variables.indices { variables[index].freeze() }
  }

  func all(_ variable: Int) -> CellSet { variables[variable].all }

  // MARK: - Regions

  func intersection(_ a: [Box], _ b: [Box]) throws(TooComplex) -> [Box] {
    if a.count == 1, a[0].isEverything { return b }
    if b.count == 1, b[0].isEverything { return a }
    var result: [Box] = []
    for x in a {
      for y in b {
        if let common = x.intersection(y) { try add(common, to: &result) }
      }
    }
    return result
  }

  func union(_ a: [Box], _ b: [Box]) throws(TooComplex) -> [Box] {
    var result = a
    for box in b { try add(box, to: &result) }
    return result
  }

  /// Keeps regions small: a box that another holds is left out, and two that differ in one variable become one.
  private func add(_ box: Box, to region: inout [Box]) throws(TooComplex) {
    guard region.count < Self.boxLimit else { throw TooComplex() }
    for index in region.indices.suffix(64).reversed() {
      if box.isSubset(of: region[index], all) { return }
      if let merged = region[index].merged(with: box) {
        region.remove(at: index)
        return try add(merged, to: &region)
      }
    }
    region.append(box)
  }

  func complement(_ region: [Box]) throws(TooComplex) -> [Box] {
    var rest = [Box.everything]
    for box in region {
      var next: [Box] = []
      for piece in rest { next += piece.subtracting(box, all) }
      guard next.count <= Self.boxLimit else { throw TooComplex() }
      rest = next
    }
    return rest
  }

  /// Whether every record of a region lies in one of the boxes.
  ///
  /// `meeting` are the places of boxes that may share something with a piece of the region; of those that hold some record of
  /// the piece, none is missing. The one that holds most of the piece is taken away: often it holds all, or leaves one piece. A
  /// piece that no box meets is the answer, so nothing else is looked at when it is found.
  func isCovered(_ region: [Box], by boxes: [Box], meeting: (Box) -> some Sequence<Int>) throws(TooComplex) -> Bool {
    var stepsLeft = Self.stepLimit
    var open = region
    while let part = open.popLast() {
      guard let piece = settled(part) else { continue }
      var best: (place: Int, share: Double) = (0, 0)
      for place in meeting(piece) {
        stepsLeft -= 1
        let share = piece.share(in: boxes[place], all)
        if share > best.share { best = (place, share) }
        if share == 1 { break }
      }
      if best.share == 0 { return false }
      guard stepsLeft > 0 else { throw TooComplex() }
      if best.share < 1 { open += piece.subtracting(boxes[best.place], all) }
    }
    return true
  }

  func isCovered(_ region: [Box], by boxes: [Box]) throws(TooComplex) -> Bool {
    try isCovered(region, by: boxes) { _ in boxes.indices }
  }

  // MARK: - Ties between a field and the references before it

  /// The box without what no record can have; `nil` where nothing is left.
  func settled(_ box: Box) -> Box? {
    if box.sides.contains(where: { $0.cells.isEmpty }) { return nil }
    guard hasParents else { return box }
    var box = box
    // A parent has a smaller number than what comes behind it.
    var place = box.sides.count - 1
    while place >= 0 {
      let side = box.sides[place]
      let variable = variables[side.variable]
      if let parent = variable.parent {
        let allowsNothing = side.cells.contains(0)
        let allowsValue = side.cells.ranges.contains { $0.upperBound > 1 } || (variable.isOptional && allowsNothing)
        var allowed = CellSet.empty
        if allowsNothing { allowed = CellSet(cell: 0) }
        if allowsValue { allowed = allowed.union(variables[parent].values) }
        let before = box[parent] ?? all(parent)
        let after = before.intersection(allowed)
        guard !after.isEmpty else { return nil }
        if after != before || box[parent] != nil {
          let isNew = box[parent] == nil
          box.set(parent, after)
          if isNew { place += 1 }
        }
      }
      place -= 1
    }
    return box
  }

  /// A cell for every variable of a settled box and for what they hang on, values before nothing.
  func point(in box: Box) -> [Int] {
    var cells: [Int] = []
    cells.reserveCapacity(variables.count)
    var sides = box.sides[...]
    for index in variables.indices {
      let isBehindNothing = variables[index].parent.map { cells[$0] == 0 } ?? false
      guard let side = sides.first, side.variable == index else {
        cells.append(isBehindNothing ? 0 : plainCell(of: index, variables[index].values))
        continue
      }
      sides.removeFirst()
      let values = side.cells.intersection(variables[index].values)
      cells.append(isBehindNothing ? 0 : plainCell(of: index, values.isEmpty ? side.cells : values))
    }
    return cells
  }

  /// Of several cells one whose values are no threshold where possible: an ordinary value.
  private func plainCell(of variable: Int, _ allowed: CellSet) -> Int {
    guard let first = allowed.ranges.first?.lowerBound else { return 0 }
    guard variables[variable].scale == .text else { return first }
    let other = 1 + variables[variable].texts.count
    return allowed.contains(other) ? other : first
  }
}
