/// The marked lines of one file, as `TextRenderer` draws them.

/// An underline on one line.
struct Mark {
  /// Zero-based.
  var line: Int
  /// UTF-8 offsets in the file.
  var start: Int
  var end: Int
  var text: String
  var style: TextStyle
  var isPrimary: Bool
}

struct Gutter {
  /// Digits of the greatest line number shown in the diagnostic.
  var width: Int
  var color: Bool

  /// `4 │ text`; no number leaves its place empty.
  func row(_ frame: String, _ text: String, number: Int? = nil) -> String {
    let head = (number.map(String.init) ?? "").padded(to: width, alignment: .right) + " " + frame
    let text = String(text.reversed().drop { $0 == " " }.reversed())
    return TextStyle.frame.apply(head, color: color) + (text.isEmpty ? "" : " " + text)
  }
}

struct Snippet {
  let file: SourceFile
  /// `path:line:column` of the first label.
  let name: String
  var marks: [Mark] = []

  private static let defaultWidth = 140
  private static let leastSource = 40

  func render(_ gutter: Gutter, options: RenderOptions) -> [String] {
    let limit = max(Self.leastSource, (options.width ?? Self.defaultWidth) - gutter.width - 3)
    var rows = [gutter.row("┌─", name)]
    var previous: Int?
    for line in Set(marks.map(\.line)).sorted() {
      if let previous, line == previous + 2 {
        rows += render(line: line - 1, [], gutter, limit: limit)
      } else if let previous, line > previous + 2 {
        rows.append(gutter.row("⋮", ""))
      }
      rows += render(line: line, marks.filter { $0.line == line }, gutter, limit: limit)
      previous = line
    }
    return rows
  }

  private func render(line: Int, _ marks: [Mark], _ gutter: Gutter, limit: Int) -> [String] {
    let focus = marks.first { $0.isPrimary } ?? marks.first
    let display = DisplayLine(file, line: line, focus: focus?.start ?? 0)
    let focusCells = focus.map { display.cells(from: $0.start, to: $0.end) } ?? 0..<1
    let window = display.window(around: focusCells, limit: limit)
    let goesOn = window.upperBound < display.width || display.isCutAfter
    let underlines = marks.map { mark in
      Underline(mark, display.cells(from: mark.start, to: mark.end), in: window, lineGoesOn: goesOn)
    }
    return [gutter.row("│", display.text(in: window), number: line + 1)]
      + Underline.rows(underlines).map { gutter.row("│", $0.text(color: gutter.color)) }
  }
}

// MARK: - Underlines

/// A mark in cells of the shown part of its line.
private struct Underline {
  var cells: Range<Int>
  var text: String
  var style: TextStyle
  var isPrimary: Bool

  init(_ mark: Mark, _ cells: Range<Int>, in window: Range<Int>, lineGoesOn: Bool) {
    // One cell past the end of the line can be marked too, unless the line goes on there.
    // A cut line can be all combining marks and so without cells.
    let limit = max(0, window.count - (lineGoesOn ? 1 : 0))
    let lower = min(max(0, cells.lowerBound - window.lowerBound), limit)
    let upper = min(max(lower + 1, cells.upperBound - window.lowerBound), limit + 1)
    self.cells = lower..<upper
    text = mark.text
    style = mark.style
    isPrimary = mark.isPrimary
  }

  /// The underlines with the rightmost text beside them; the other texts hang below, from right to left, each under its
  /// start.
  static func rows(_ underlines: [Underline]) -> [Row] {
    guard !underlines.isEmpty else { return [] }
    var first = Row()
    // Wide ones first and narrow ones over them, so that nested places stay visible; the primary one wins a tie.
    let byWidth = underlines.enumerated().sorted {
      ($1.element.cells.count, $0.element.isPrimary ? 1 : 0, $0.offset)
        < ($0.element.cells.count, $1.element.isPrimary ? 1 : 0, $1.offset)
    }
    for (_, underline) in byWidth { first.put(underline.isPrimary ? "^" : "-", underline.cells, underline.style) }

    var hanging = underlines.enumerated().filter { !$0.element.text.isEmpty }
    let farthest = underlines.reduce(0) { max($0, $1.cells.upperBound) }
    let beside = hanging.filter { $0.element.cells.upperBound == farthest }.max {
      ($0.element.cells.lowerBound, $0.element.isPrimary ? 1 : 0, $1.offset)
        < ($1.element.cells.lowerBound, $1.element.isPrimary ? 1 : 0, $0.offset)
    }
    if let beside {
      first.trailing = (beside.element.text, beside.element.style)
      hanging.removeAll { $0.offset == beside.offset }
    }

    let below = hanging.sorted { ($1.element.cells.lowerBound, $0.offset) < ($0.element.cells.lowerBound, $1.offset) }
      .map(\.element)
    guard !below.isEmpty else { return [first] }
    var rows = [first, Row(connecting: below)]
    for underline in below {
      let lower = underline.cells.lowerBound
      var row = Row(connecting: below.filter { $0.cells.lowerBound < lower })
      row.put(" ", row.cells.count..<max(row.cells.count, lower), nil)
      row.trailing = (underline.text, underline.style)
      row.isTight = true
      rows.append(row)
    }
    return rows
  }
}

/// A row below a source line: single-cell marks, then perhaps a text.
private struct Row {
  var cells: [(mark: Character, style: TextStyle?)] = []
  var trailing: (text: String, style: TextStyle)?
  /// Without a space before the text.
  var isTight = false

  init() {}

  init(connecting underlines: [Underline]) {
    for underline in underlines.sorted(by: { $0.cells.lowerBound < $1.cells.lowerBound }) {
      let lower = underline.cells.lowerBound
      put("│", lower..<lower + 1, underline.style)
    }
  }

  mutating func put(_ mark: Character, _ range: Range<Int>, _ style: TextStyle?) {
    while cells.count < range.upperBound { cells.append((" ", nil)) }
    for cell in range { cells[cell] = (mark, style) }
  }

  func text(color: Bool) -> String {
    var text = ""
    var index = 0
    while index < cells.count {
      let style = cells[index].style
      var run = ""
      while index < cells.count, cells[index].style == style {
        run.append(cells[index].mark)
        index += 1
      }
      text += style?.apply(run, color: color) ?? run
    }
    guard let trailing else { return text }
    return text + (isTight ? "" : " ") + trailing.style.apply(trailing.text, color: color)
  }
}
