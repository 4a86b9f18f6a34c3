/// Rows as CSV, by RFC 4180 with line feeds.

public enum CSVText {
  public static func table(_ heading: [String], _ rows: [[String]]) -> String {
    var text: [UInt8] = []
    append(heading, to: &text)
    for row in rows { append(row, to: &text) }
    return String(decoding: text, as: UTF8.self)
  }

  static func append(_ row: [String], to text: inout [UInt8]) {
    for (column, cell) in row.enumerated() {
      if column > 0 { text.append(UInt8(ascii: ",")) }
      append(cell, to: &text)
    }
    text.append(UInt8(ascii: "\n"))
  }

  static func append(_ cell: String, to text: inout [UInt8]) {
    var cell = cell
    cell.withUTF8 { append($0, to: &text) }
  }

  static func append(_ cell: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    guard cell.contains(where: isSpecial) else { return text.append(contentsOf: cell) }
    let quote = UInt8(ascii: "\"")
    text.append(quote)
    for byte in cell {
      if byte == quote { text.append(quote) }
      text.append(byte)
    }
    text.append(quote)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
