/// Text in lines of a terminal.

extension String {
  /// Broken at spaces into lines of at most `width` cells; a longer word stands on a line of its own, cut where it must be.
  public func wrapped(to width: Int) -> [String] {
    guard displayWidth > width else { return [self] }
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      if line.isEmpty {
        line = word
      } else if line.displayWidth + 1 + word.displayWidth <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = word
      }
      // Chinese has no spaces: a line may end after any character.
      while line.displayWidth > width {
        var head = ""
        var used = 0
        for character in line {
          if used + character.displayWidth > width { break }
          head.append(character)
          used += character.displayWidth
        }
        // What ends a clause does not begin a line.
        if let next = line.dropFirst(head.count).first, Self.closing.contains(next), head.count > 1 {
          head.removeLast()
        }
        guard !head.isEmpty, head.count < line.count else { break }
        lines.append(head)
        line = String(line.dropFirst(head.count))
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  private static let closing: Set<Character> = ["，", "。", "、", "；", "：", "）", "！", "？", "」", "》"]
}
