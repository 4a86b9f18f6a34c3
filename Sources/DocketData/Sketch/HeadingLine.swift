/// Where the headings of an unknown table stand: in its first line, or below titles, as boards and reports are exported.

enum HeadingLine {
  enum Finding: Hashable {
    /// In the first line that is not empty.
    case first
    case line(Int)
    /// The first line is none, and no other one is surely one.
    case unclear
    /// A second line goes on with what the first one leaves out.
    case two(line: Int, texts: [String])
  }

  struct Row {
    var line: Int
    var cells: [String]
    var filled: Int

    init(line: Int, cells: [String]) {
      self.line = line
      self.cells = cells
      filled = cells.count { !$0.isEmpty }
    }
  }

  private static let sample = 200
  private static let sampleBytes = 1 << 20

  /// The first rows that are not empty.
  static func rows(_ bytes: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> [Row] {
    var end = min(bytes.count, sampleBytes)
    while end < bytes.count, end > 0, bytes[end - 1] != 0x0A { end -= 1 }
    var reader = CSVReader(UnsafeBufferPointer(rebasing: bytes[..<end]), delimiter: delimiter)
    var rows: [Row] = []
    var cells = 0
    while rows.count < sample, cells < 1 << 16, let row = reader.readRow() {
      cells += row.count
      let found = Row(line: reader.rowLine, cells: row)
      let isSeparator = rows.isEmpty && row[0].hasPrefix("sep=") && row.joined().utf8.count <= 5
      if found.filled > 0, !isSeparator { rows.append(found) }
    }
    return rows
  }

  /// As many cells as most rows have.
  static func width(_ rows: [Row]) -> (cells: Int, rows: Int) {
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.cells.count, default: 0] += 1 }
    let most = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
    return (most?.key ?? 0, most?.value ?? 0)
  }

  static func find(_ rows: [Row]) -> Finding {
    let width = width(rows).cells
    guard rows.count > 1, width > 1 else { return .first }
    guard isTitle(rows[0], width) else { return second(rows) ?? .first }
    for (place, row) in rows.enumerated().dropFirst() where isHeading(row, width) {
      let below = rows[(place + 1)...]
      if below.count(where: { $0.cells.count == width }) * 2 >= below.count { return .line(row.line) }
    }
    return rows[0].cells.count == width ? .first : .unclear
  }

  /// A line of which a table has hardly any cell.
  private static func isTitle(_ row: Row, _ width: Int) -> Bool {
    row.cells.count == 1 || row.filled == 1 && width > 2 || row.filled * 3 <= width && row.cells.count != width
  }

  /// Names, each another one, for nearly all columns.
  private static func isHeading(_ row: Row, _ width: Int) -> Bool {
    let names = row.cells.filter { !$0.isEmpty }
    return row.cells.count == width && names.count >= 2 && names.count * 5 >= width * 4
      && Set(names).count * 10 >= names.count * 9 && names.allSatisfy(isName)
  }

  private static func isName(_ text: String) -> Bool {
    let letters = text.unicodeScalars.count { $0.properties.isAlphabetic }
    let digits = text.unicodeScalars.count { $0.properties.numericType != nil }
    return letters > digits
  }

  /// Surveys put the parts of a question below it.
  private static func second(_ rows: [Row]) -> Finding? {
    guard rows.count > 3, rows[1].cells.count == rows[0].cells.count else { return nil }
    let (first, second) = (rows[0].cells, rows[1].cells)
    let added = first.indices.filter { first[$0].isEmpty && !second[$0].isEmpty }
    guard !added.isEmpty, second[0].isEmpty, !first[0].isEmpty else { return nil }
    let texts = second.filter { !$0.isEmpty }
    guard texts.allSatisfy({ isName($0) && !$0.contains(where: \.isNumber) }), Set(texts).count == texts.count else {
      return nil
    }
    let below = rows.dropFirst(2).prefix(20).filter { $0.cells.count == first.count }
    let isFilled = first.indices.filter { second[$0].isEmpty }.allSatisfy { column in
      below.count { !$0.cells[column].isEmpty } * 5 >= below.count * 4
    }
    return isFilled && !below.isEmpty ? .two(line: rows[1].line, texts: texts) : nil
  }
}
