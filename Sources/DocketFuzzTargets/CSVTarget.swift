/// The loader of data, on a CSV file of any bytes: rows that are taken and rows that are left out are together the rows of the file.

import DocketData
import DocketDiagnostics

enum CSVTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    guard let load = SampleLoad(bytes) else { return "there is no place for a temporary file" }
    if let finding = load.finding { return finding }
    guard !load.diagnostics.hasErrors else { return nil }
    guard let source = load.report.sources.first else { return "nothing is loaded or said" }
    // A file without a name that tells is JSON where it looks like it: its records are not lines.
    let first = bytes.first { $0 > UInt8(ascii: " ") }
    guard first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else { return nil }
    let counted = RecordCount(bytes)
    if source.rows + source.rejectedRows != counted.rows {
      return "\(source.rows) rows taken and \(source.rejectedRows) left out are not the \(counted.rows) of the file"
    }
    if source.emptyLines != counted.emptyLines {
      return "\(source.emptyLines) empty lines are not the \(counted.emptyLines) of the file"
    }
    return nil
  }
}

// MARK: - Counting again

/// The records of a file, counted the slow and plain way: by RFC 4180, a byte at a time.
private struct RecordCount {
  /// Without the heading.
  var rows = -1
  var emptyLines = 0

  init(_ bytes: [UInt8]) {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let heading = bytes.prefix { $0 != 0x0A }
    var delimiter: UInt8 = heading.contains(0x09) && !heading.contains(0x2C) ? 0x09 : 0x2C
    // Excel's line above the heading.
    for mark in ",;\t|".utf8 {
      for line in ["sep=\(Unicode.Scalar(mark))\n", "sep=\(Unicode.Scalar(mark))\r\n"]
      where bytes[min(index, bytes.count)...].starts(with: Array(line.utf8)) {
        (index, delimiter) = (index + line.utf8.count, mark)
        break
      }
    }
    func at(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }
    func endsLine(_ place: Int) -> Bool {
      at(place) == nil || at(place) == 0x0A || at(place) == 0x0D && (at(place + 1) == 0x0A || at(place + 1) == nil)
    }
    records: while index < bytes.count {
      if endsLine(index), at(index) != nil, rows >= 0 || at(index) == 0x0A || at(index + 1) == 0x0A {
        let isCarriageReturnAtEnd = at(index) == 0x0D && at(index + 1) == nil
        index += at(index) == 0x0D ? 2 : 1
        if isCarriageReturnAtEnd { rows += 1 } else { emptyLines += 1 }
        continue
      }
      rows += 1
      var isSpoiled = false
      while true {
        if at(index) == 0x22 {
          index += 1
          while index < bytes.count {
            if at(index) == 0x22 {
              index += 1
              if at(index) != 0x22 { break }
            }
            index += 1
          }
          // What stands behind a closing quote spoils the row, which then ends with its line.
          if at(index) != delimiter, !endsLine(index) { isSpoiled = true }
        }
        while index < bytes.count, isSpoiled || at(index) != delimiter, at(index) != 0x0A { index += 1 }
        if index >= bytes.count { break records }
        index += 1
        if bytes[index - 1] == 0x0A { continue records }
      }
    }
  }
}
