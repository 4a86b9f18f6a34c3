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
    // Where a CR stands alone, it depends on all others whether it ends a line.
    guard !bytes.indices.contains(where: { bytes[$0] == 0x0D && ($0 + 1 == bytes.count || bytes[$0 + 1] != 0x0A) })
    else {
      return nil
    }
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
    while index < bytes.count {
      if endsLine(index), rows >= 0 || at(index) == 0x0A || at(index + 1) == 0x0A {
        index += at(index) == 0x0D ? 2 : 1
        emptyLines += 1
        continue
      }
      let isFilled = readRecord(bytes, &index, delimiter, endsLine)
      if isFilled {
        rows += 1
      } else if rows >= 0 {
        emptyLines += 1
      }
    }
  }

  /// Goes behind a record; whether it holds more than delimiters.
  private func readRecord(
    _ bytes: [UInt8], _ index: inout Int, _ delimiter: UInt8, _ endsLine: (Int) -> Bool
  ) -> Bool {
    func at(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }
    var isFilled = false
    var isSpoiled = false
    while true {
      if at(index) == 0x22 {
        let start = index + 1
        index += 1
        while index < bytes.count {
          if at(index) == 0x22 {
            index += 1
            if at(index) != 0x22 { break }
          }
          index += 1
        }
        if index - 1 > start { isFilled = true }
        // What stands behind a closing quote spoils the row, which then ends with its line.
        if at(index) != delimiter, !endsLine(index) { isSpoiled = true }
      }
      while index < bytes.count, isSpoiled || at(index) != delimiter, at(index) != 0x0A {
        if isSpoiled || !endsLine(index) { isFilled = true }
        index += 1
      }
      if index >= bytes.count { return isFilled }
      index += 1
      if bytes[index - 1] == 0x0A { return isFilled }
    }
  }
}
