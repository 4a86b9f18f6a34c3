/// What differs between two texts, line by line: `- ` was there, `+ ` is there now.

enum LineDifference {
  /// Lines around a change that are shown with it.
  private static let context = 2
  /// Longer texts are compared only where they begin and end to differ.
  private static let limit = 2_000

  static func lines(from old: [String], to new: [String]) -> [String] {
    var head = 0
    while head < min(old.count, new.count), old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < min(old.count, new.count) - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    let (a, b) = (Array(old[head..<(old.count - tail)]), Array(new[head..<(new.count - tail)]))
    var marked: [(mark: Character, line: String)] = old[..<head].map { (" ", $0) }
    marked += changes(a, b)
    marked += old[(old.count - tail)...].map { (" ", $0) }
    let isNear = marked.indices.map { place in
      marked[max(0, place - context)...min(marked.count - 1, place + context)].contains { $0.mark != " " }
    }
    var lines: [String] = []
    for (place, line) in marked.enumerated() {
      if isNear[place] {
        lines.append("\(line.mark) \(line.line)")
      } else if place > 0, isNear[place - 1] {
        lines.append("  …")
      }
    }
    if lines.last == "  …" { lines.removeLast() }
    return lines
  }

  private static func changes(_ old: [String], _ new: [String]) -> [(mark: Character, line: String)] {
    guard old.count * new.count <= limit * limit / 4 else { return old.map { ("-", $0) } + new.map { ("+", $0) } }
    // The longest common subsequence, from the end.
    var length = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        length[i][j] = old[i] == new[j] ? length[i + 1][j + 1] + 1 : max(length[i + 1][j], length[i][j + 1])
      }
    }
    var marked: [(mark: Character, line: String)] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        marked.append((" ", old[i]))
        (i, j) = (i + 1, j + 1)
      } else if j == new.count || (i < old.count && length[i + 1][j] >= length[i][j + 1]) {
        marked.append(("-", old[i]))
        i += 1
      } else {
        marked.append(("+", new[j]))
        j += 1
      }
    }
    return marked
  }
}
