/// Which known word a misspelt one was meant to be.

enum Spelling {
  /// The nearest candidate: another case of the same letters, else within a third of its length in edits.
  static func nearest(to text: String, among candidates: [String]) -> String? {
    let lowercased = text.lowercased()
    if let same = candidates.first(where: { $0.lowercased() == lowercased }) { return same }
    guard text.utf8.count <= 24 else { return nil }
    let best = candidates.map { ($0, distance(Array(lowercased), Array($0.lowercased()))) }.min { $0.1 < $1.1 }
    guard let (word, distance) = best, distance <= max(1, min(word.count, text.count) / 3) else { return nil }
    return word
  }

  /// Insertions, deletions, replacements and swaps of neighbours.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var twoBack: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        var cost = min(
          previous[column + 1] + 1, current[column] + 1, previous[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, twoBack[column - 1] + 1)
        }
        current.append(cost)
      }
      twoBack = previous
      previous = current
    }
    return previous[right.count]
  }
}
