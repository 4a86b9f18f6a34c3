/// Lines in columns without a heading, by terminal cells: the last cell of a line is wrapped, the others are padded.

import DocketDiagnostics

struct AlignedLines {
  private var rows: [[String]] = []
  private let indent: Int
  private static let gap = 2
  /// The last column is not made narrower than this: the line is then too long instead.
  private static let narrowest = 24

  init(indent: Int) { self.indent = indent }

  var isEmpty: Bool { rows.isEmpty }

  mutating func add(_ cells: [String]) { rows.append(cells.map(\.displaySafe)) }

  /// Ends with a newline, unless there are no lines.
  func render(width: Int) -> String {
    let count = rows.reduce(0) { max($0, $1.count) }
    let widths = (0..<count).map { column in
      rows.reduce(0) { $1.count - 1 > column ? max($0, $1[column].displayWidth) : $0 }
    }
    var text = ""
    for row in rows {
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() where column < row.count - 1 {
        line += cell.padded(to: widths[column]) + String(repeating: " ", count: Self.gap)
      }
      let left = line.displayWidth
      let pieces = (row.last ?? "").wrapped(to: max(Self.narrowest, width - left))
      for (number, piece) in pieces.enumerated() {
        text += (number == 0 ? line : String(repeating: " ", count: left)) + piece
        while text.last == " " { text.removeLast() }
        text += "\n"
      }
    }
    return text
  }
}
