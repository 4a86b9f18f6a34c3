/// What separates the cells of an unknown text, judged by its first lines.

enum CellDelimiter {
  private static let candidates: [UInt8] = [
    UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|"),
  ]

  /// What makes a table of the first rows: the candidate that stands most often in the first line, unless most rows have
  /// no more than one cell by it.
  static func guess(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let likely = mostFrequent(bytes)
    func table(_ delimiter: UInt8) -> (cells: Int, isMost: Bool) {
      let rows = HeadingLine.rows(bytes, delimiter)
      let width = HeadingLine.width(rows)
      return (width.cells, width.rows * 2 > rows.count)
    }
    if table(likely).cells > 1 { return likely }
    let others = candidates.map { (delimiter: $0, table: table($0)) }.filter { $0.table.cells > 1 && $0.table.isMost }
    return others.max { $0.table.cells < $1.table.cells }?.delimiter ?? likely
  }

  /// The candidate that stands most often in the heading, outside of quotes; a comma where there is none.
  private static func mostFrequent(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    var counts = [Int](repeating: 0, count: candidates.count)
    var isQuoted = false
    for byte in bytes.prefix(1 << 20) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if byte == 0x0A { break }
      if let place = candidates.firstIndex(of: byte) { counts[place] += 1 }
    }
    let most = counts.max() ?? 0
    return most == 0 ? UInt8(ascii: ",") : candidates[counts.firstIndex(of: most) ?? 0]
  }
}
