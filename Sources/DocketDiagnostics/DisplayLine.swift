/// One source line laid out in terminal cells: tabs expanded, invalid UTF-8 and controls made visible, and for every byte
/// the cell where it is shown.

struct DisplayLine {
  private struct Glyph {
    var text: String
    var cell: Int
    var width: Int
    /// UTF-8 offset in the file.
    var start: Int
  }

  private var glyphs: [Glyph] = []
  /// Where the line, or the part of it that was laid out, ends in the file.
  private let end: Int
  /// Cells of the part that was laid out.
  private(set) var width = 0
  /// A line of more than `longest` bytes is laid out only around `focus`.
  let isCutBefore: Bool
  let isCutAfter: Bool

  private static let tabStop = 4
  private static let longest = 8192

  init(_ file: SourceFile, line: Int, focus: Int) {
    let whole = file.line(line)
    var start = whole.startIndex
    var end = whole.endIndex
    if whole.count > Self.longest {
      start = max(start, min(focus, end) - Self.longest / 4)
      end = min(end, start + Self.longest)
      while start > whole.startIndex, start < end, whole[start] & 0xC0 == 0x80 { start += 1 }
    }
    self.end = end
    isCutBefore = start > whole.startIndex
    isCutAfter = end < whole.endIndex
    layOut(file.bytes[start..<end])
  }

  /// Invalid bytes become one `�` each run that the decoder reports, so offsets stay true to the file.
  private mutating func layOut(_ bytes: ArraySlice<UInt8>) {
    var offsets: [Int] = []
    var text = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = bytes.startIndex
    decoding: while true {
      let length: Int
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        length = encoded.count
        let scalar = Unicode.UTF8.decode(encoded)
        text.append(scalar == "\t" ? scalar : scalar.displaySafe)
      case .error(let invalid):
        length = invalid
        text.append("\u{FFFD}")
      case .emptyInput:
        break decoding
      }
      offsets.append(offset)
      offset += length
    }

    var index = 0
    for character in String(text) {
      let isTab = character == "\t"
      let cells = isTab ? Self.tabStop - width % Self.tabStop : character.displayWidth
      let shown = isTab ? String(repeating: " ", count: cells) : String(character)
      glyphs.append(Glyph(text: shown, cell: width, width: cells, start: offsets[index]))
      width += cells
      index += character.unicodeScalars.count
    }
  }

  /// The cells of the text from `start` to `end`, at least one; a place at or past the end of the line is the cell after it.
  func cells(from start: Int, to end: Int) -> Range<Int> {
    let first = start >= self.end ? width : glyph(at: start)?.cell ?? 0
    guard end > start else { return first..<first + 1 }
    let last = end > self.end ? width : glyph(at: end - 1).map { $0.cell + $0.width } ?? 0
    return first..<max(first + 1, last)
  }

  private func glyph(at offset: Int) -> Glyph? {
    var low = 0
    var high = glyphs.count
    while low < high {
      let middle = (low + high) / 2
      if glyphs[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? glyphs[low - 1] : nil
  }

  /// The part of at most `limit` cells that shows `focus` best.
  func window(around focus: Range<Int>, limit: Int) -> Range<Int> {
    if width <= limit && !isCutBefore && !isCutAfter { return 0..<width }
    if focus.upperBound < limit && !isCutBefore { return 0..<min(limit, width) }
    let lower = max(0, min(focus.lowerBound - limit / 3, width - limit))
    return lower..<min(lower + limit, width)
  }

  /// The text in `window`, with `…` where something is left out.
  func text(in window: Range<Int>) -> String {
    let cutsBefore = isCutBefore || window.lowerBound > 0
    let cutsAfter = isCutAfter || window.upperBound < width
    var text = cutsBefore ? "…" : ""
    var cell = window.lowerBound + (cutsBefore ? 1 : 0)
    let end = window.upperBound - (cutsAfter ? 1 : 0)
    for glyph in glyphs where glyph.cell >= cell && glyph.cell + glyph.width <= end {
      text += String(repeating: " ", count: glyph.cell - cell) + glyph.text
      cell = glyph.cell + glyph.width
    }
    if cutsAfter { text += String(repeating: " ", count: max(0, end - cell)) + "…" }
    return text
  }
}
