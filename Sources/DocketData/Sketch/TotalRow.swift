/// A last row that sums the others up, as reports have: it is no record.

enum TotalRow {
  private static let words: Set<String> = [
    "total", "totals", "grand total", "sum", "sum total", "summe", "gesamt", "gesamtsumme", "gesamtergebnis",
    "total général",
    "total general", "totale", "totaal", "suma", "razem", "итого", "всего", "合计", "总计", "总和", "共计", "小计", "合計", "総計",
    "總計",
    "합계", "총계",
  ]
  private static let longest = 1 << 14

  /// Where such a row begins.
  static func offset(in bytes: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> Int? {
    var end = bytes.count
    while end > 0, [0x0A, 0x0D, 0x20, 0x09, delimiter].contains(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > 0, bytes[start - 1] != 0x0A {
      start -= 1
      if end - start > longest { return nil }
    }
    // Below a heading and some rows.
    guard bytes[..<start].suffix(1 << 16).count(where: { $0 == 0x0A }) > 2 else { return nil }
    var reader = CSVReader(UnsafeBufferPointer(rebasing: bytes[start...]), delimiter: delimiter)
    guard let cells = reader.readRow(), cells.count > 1, cells.contains(where: \.isEmpty),
      let label = cells.first(where: { !$0.isEmpty })
    else { return nil }
    let word = label.lowercased().filter { $0 != ":" && $0 != "：" }
    return words.contains(word.split(separator: " ").joined(separator: " ")) ? start : nil
  }
}
