/// The index of boxes finds what comparing each region with all above it finds, and what trying every point finds: on fields of few
/// and of many values, with references that may be absent.

import DocketSemantics
import Foundation
import Testing

@testable import DocketAnalysis

@Suite struct BoxIndexTests {
  private static let cases = max(
    10, (ProcessInfo.processInfo.environment["DOCKET_CASES"].flatMap { Int($0) } ?? 200) / 5)

  @Test func findsWhatComparingAllFinds() throws {
    var covered = 0
    for seed in 0..<Self.cases {
      var random = SplitMix(state: UInt64(seed))
      let space = space(&random)
      let points = points(of: space)
      let regions = (0..<1 + random.below(random.pick([8, 80]))).map { _ in
        (0..<random.pick([1, 1, 1, 2, 3])).map { _ in box(space, &random) }
      }
      let index = BoxIndex(space, regions)
      let held = regions.map { region in
        Set(points.indices.filter { point in region.contains { points[point].isIn($0) } })
      }
      for (number, region) in regions.enumerated() {
        let above = regions[..<number]
        let name = "region \(number) of seed \(seed)"

        let near = above.indices.filter { above[$0].contains { box in region.contains { $0.intersects(box) } } }
        #expect(Array(index.owners(near: region, above: number)) == near, "\(name)")

        let isCovered = held[number].subtracting(held[..<number].joined()).isEmpty
        #expect(try index.isCovered(region, above: number) == isCovered, "\(name)")
        #expect(try space.isCovered(region, by: Array(above.joined())) == isCovered, "\(name)")
        if isCovered, !held[number].isEmpty { covered += 1 }

        let around = index.owners(around: region, above: number)
        for other in above.indices where !held[number].isEmpty {
          let holdsAll = held[number].isSubset(of: held[other])
          #expect(try space.isCovered(region, by: regions[other]) == holdsAll, "\(name), \(other)")
          #expect(!holdsAll || around.contains(other), "\(name), \(other)")
        }
      }
    }
    #expect(covered > Self.cases)
  }

  // MARK: - Spaces

  /// Three or four fields, of which some stand behind a reference that may be absent.
  private func space(_ random: inout SplitMix) -> Space {
    var space = Space()
    var reference: Int?
    for number in 0..<3 + random.below(2) {
      let isReference = random.chance(30)
      let variable = space.add(
        Variable(
          .path(FieldPath(slot: number, fields: [])), scale: isReference ? .presence : .int, type: .int,
          name: "\(number)",
          parent: random.chance(60) ? reference : nil, isOptional: random.chance(isReference ? 80 : 30)),
        key: "\(number)")
      if isReference, space.variables[variable].canBeNothing { reference = variable }
      // One may have more values than the index keeps apart.
      let cuts = isReference ? 0 : number == 0 && random.chance(40) ? 150 : 1 + random.below(5)
      for cut in 0..<cuts { space.note(.ranges([Int128(cut)...Int128.max]), of: variable) }
    }
    space.freeze()
    return space
  }

  private func box(_ space: Space, _ random: inout SplitMix) -> Box {
    var box = Box.everything
    for variable in space.variables.indices where random.chance(60) {
      let count = space.variables[variable].cellCount
      var ranges: [Range<Int>] = []
      for _ in 0..<random.pick([1, 1, 2, 3]) {
        let low = random.below(count)
        ranges.append(low..<low + 1 + random.below(random.chance(50) ? count - low : min(3, count - low)))
      }
      let cells = CellSet(ranges).intersection(space.all(variable))
      if !cells.isEmpty { box.set(variable, cells) }
    }
    return box
  }

  // MARK: - Points

  /// What records can be: behind an absent reference everything is absent, and only there what is not optional.
  private func points(of space: Space) -> [[Int]] {
    var points: [[Int]] = [[]]
    for variable in space.variables {
      points = points.flatMap { point in
        let isBehindNothing = variable.parent.map { point[$0] == 0 } ?? false
        let cells = isBehindNothing ? 0..<1 : (variable.isOptional ? 0 : 1)..<variable.cellCount
        return cells.map { point + [$0] }
      }
    }
    return points
  }
}

extension [Int] {
  fileprivate func isIn(_ box: Box) -> Bool { box.sides.allSatisfy { $0.cells.contains(self[$0.variable]) } }
}
