/// A table in a frame, with the type of each column below its name:
///
///     ┌────────────┬──────────┬───────┐
///     │ number     │ priority │ votes │
///     │ string     │ Priority │   int │
///     ├────────────┼──────────┼───────┤
///     │ INC0000045 │ moderate │     7 │
///     └────────────┴──────────┴───────┘
///
/// With a width, wide columns of text are cut with `…` first; then columns are left out from the right, and the footer says so.

import DocketDiagnostics

struct BoxTable {
  struct Column {
    var name: String
    var type: String
    var isNumber: Bool
  }

  var columns: [Column]
  var rows: [[String]] = []
  /// The names are those of fields, not of columns: no heading.
  var hasHeading = true

  private static let narrowest = 8
  private static let widestText = 48

  /// The lines with their line ends, and how many columns are missing.
  func render(width limit: Int?, color: Bool) -> (text: String, hidden: Int) {
    var widths = columns.indices.map { index in
      let cells = rows.map { index < $0.count ? $0[index].displayWidth : 0 }
      let heading = hasHeading ? max(columns[index].name.displayWidth, columns[index].type.displayWidth) : 0
      return max(1, heading, cells.max() ?? 0)
    }
    for index in widths.indices where !columns[index].isNumber && columns.count > 1 {
      widths[index] = min(widths[index], max(Self.widestText, (limit ?? 0) / 2))
    }
    var shown = columns.count
    if let limit {
      shrink(&widths, to: limit)
      while shown > 1, total(widths.prefix(shown)) > limit { shown -= 1 }
      if shown < columns.count, shown > 1 {
        // A narrow last column says that there are more.
        while shown > 1, total(widths.prefix(shown)) + 4 > limit { shown -= 1 }
      }
    }
    let kept = Array(widths.prefix(shown))
    let isCut = shown < columns.count
    let last = isCut ? kept + [1] : kept

    func rule(_ left: String, _ middle: String, _ right: String) -> String {
      dim(left + last.map { String(repeating: "─", count: $0 + 2) }.joined(separator: middle) + right, color) + "\n"
    }
    func line(_ cells: [String], _ paint: (String) -> String) -> String {
      let bar = dim("│", color)
      var text = bar
      for (index, width) in kept.enumerated() {
        let cell = (index < cells.count ? cells[index] : "").truncated(to: width)
        text += " " + paint(cell.padded(to: width, alignment: columns[index].isNumber ? .right : .left)) + " " + bar
      }
      if isCut { text += " … " + bar }
      return text + "\n"
    }
    var text = rule("┌", "┬", "┐")
    if hasHeading {
      text += line(columns.map(\.name)) { TextStyle.strong.apply($0, color: color) }
      if columns.contains(where: { !$0.type.isEmpty }) { text += line(columns.map(\.type)) { dim($0, color) } }
      text += rule("├", "┼", "┤")
    }
    for row in rows { text += line(row) { $0 } }
    text += rule("└", "┴", "┘")
    return (text, columns.count - shown)
  }

  private func total(_ widths: some Collection<Int>) -> Int { widths.reduce(0, +) + 3 * widths.count + 1 }

  private func shrink(_ widths: inout [Int], to limit: Int) {
    while total(widths) > limit {
      let cuttable = widths.indices.filter { !columns[$0].isNumber && widths[$0] > Self.narrowest }
      guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { return }
      // Only what is far wider than its neighbours is cut before columns are left out.
      guard widths[widest] > 16 || widths.count <= 4 else { return }
      widths[widest] -= 1
    }
  }
}

/// What is said beside the thing itself: types, frames, hints.
func dim(_ text: String, _ color: Bool) -> String {
  color && !text.isEmpty ? "\u{1B}[2m\(text)\u{1B}[0m" : text
}
