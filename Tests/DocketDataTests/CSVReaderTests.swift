import Testing

@testable import DocketData

/// The rows of a text, and what was wrong with it.
func rows(_ text: String, width: Int, delimiter: UInt8 = UInt8(ascii: ",")) -> (
  rows: [[String]], problems: [CSVProblem]
) {
  rows(Array(text.utf8), width: width, delimiter: delimiter)
}

func rows(_ bytes: [UInt8], width: Int, delimiter: UInt8 = UInt8(ascii: ",")) -> (
  rows: [[String]], problems: [CSVProblem]
) {
  let file = FileBytes(bytes)
  var reader = CSVReader(file.buffer, delimiter: delimiter)
  let batch = RowBatch(width: width)
  var rows: [[String]] = []
  while !reader.isAtEnd {
    reader.read(into: batch)
    for row in 0..<batch.count { rows.append((0..<width).map { batch.cell(row, $0).text }) }
  }
  return (rows, reader.problems)
}

@Suite("Reading CSV") struct CSVReaderTests {
  @Test(
    "follows RFC 4180",
    arguments: [
      ("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
      ("aaa,bbb,ccc\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
      ("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
      ("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]]),
      ("\"aaa\",\"b\"\"bb\",\"ccc\"", [["aaa", "b\"bb", "ccc"]]),
      (",,\na,,\n\"\",,\n,,", [["a", "", ""]]),
      ("a,b,c,\nd,e,f,,\n", [["a", "b", "c"], ["d", "e", "f"]]),
      ("\"\",\"\"\"\",\"a,b\"\n", [["", "\"", "a,b"]]),
      ("a b, c ,5\" pipe\n", [["a b", " c ", "5\" pipe"]]),
      ("一,二,\"三\n四\"\n", [["一", "二", "三\n四"]]),
      ("a,b,c\n\n\r\nd,e,f\n\n", [["a", "b", "c"], ["d", "e", "f"]]),
      ("", []),
      ("\u{FEFF}a,b,c", [["a", "b", "c"]]),
      ("a,b,\"c\"\r", [["a", "b", "c"]]),
    ])
  func followsRFC(text: String, expected: [[String]]) {
    let read = rows(text, width: 3)
    #expect(read.rows == expected)
    #expect(read.problems == [])
  }
}

@Suite("What is wrong with CSV") struct CSVProblemTests {
  @Test(
    "is told with its line, and the other rows are read",
    arguments: [
      ("a,b\nc\nd,e\n", [CSVProblem.raggedRow(line: 2, found: 1, wanted: 2)], 2),
      ("a,b\nc,d,e\nf,g\n", [.raggedRow(line: 2, found: 3, wanted: 2)], 2),
      ("a,b\n\"c\nd\",e\nf\n", [.raggedRow(line: 4, found: 1, wanted: 2)], 2),
      ("a,b\n\"c\"x,d\ne,f\n", [.textAfterQuote(line: 2, offset: 7)], 2),
      ("a,b\n\n\"c,d\ne,f\n", [.unterminatedQuote(line: 3, offset: 5)], 1),
      ("a,b\nc,\"", [.unterminatedQuote(line: 2, offset: 6)], 1),
      ("a,b\nc,\0\nd,e", [.nulByte(line: 2, offset: 6)], 1),
      ("a,b\n\"c\n\0\",d", [.nulByte(line: 3, offset: 7)], 1),
    ])
  func isTold(text: String, problems: [CSVProblem], rowCount: Int) {
    let read = rows(text, width: 2)
    #expect(read.problems == problems)
    #expect(read.rows.count == rowCount)
  }

  @Test("text of another encoding is told with its offset and line")
  func otherEncoding() {
    // 客户 in GB 18030.
    let read = rows(Array("a,b\n\"c\nd\",".utf8) + [0xBF, 0xCD, 0xBB, 0xA7, 0x0A], width: 2)
    #expect(read.problems == [.notUTF8(line: 3, offset: 10)])
    #expect(read.rows.count == 1)
  }

  @Test(
    "UTF-8 is checked as RFC 3629 says",
    arguments: [
      ([0xC3, 0xA9], true), ([0xE5, 0xAE, 0xA2], true), ([0xF0, 0x9F, 0x98, 0x80], true),
      ([0xF4, 0x8F, 0xBF, 0xBF], true),
      ([0xC0, 0x80], false), ([0xC1, 0xBF], false), ([0xE0, 0x9F, 0xBF], false), ([0xED, 0xA0, 0x80], false),
      ([0xF0, 0x8F, 0xBF, 0xBF], false), ([0xF4, 0x90, 0x80, 0x80], false), ([0xF5, 0x80, 0x80, 0x80], false),
      ([0x80], false), ([0xE5, 0xAE], false), ([0xC3], false), ([0xFF], false),
    ] as [([UInt8], Bool)])
  func utf8(bytes: [UInt8], isValid: Bool) {
    for padding in 0..<10 {
      let read = rows([UInt8](repeating: 0x61, count: padding) + bytes + [0x2C, 0x62], width: 2)
      #expect(read.problems.isEmpty == isValid)
      #expect((String(validating: bytes, as: UTF8.self) != nil) == isValid)
    }
  }
}

@Suite("The CSV reader, for all files") struct CSVReaderProperties {
  /// Byte by byte, as one would write it first.
  private func naive(_ bytes: [UInt8]) -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    var position = 0
    while position < bytes.count {
      var row: [[UInt8]] = []
      fields: while true {
        var field: [UInt8] = []
        if position < bytes.count, bytes[position] == 0x22 {
          position += 1
          while true {
            if bytes[position] == 0x22 {
              guard position + 1 < bytes.count, bytes[position + 1] == 0x22 else { break }
              position += 1
            }
            field.append(bytes[position])
            position += 1
          }
          position += 1
        } else {
          while position < bytes.count, bytes[position] != 0x2C, bytes[position] != 0x0A {
            field.append(bytes[position])
            position += 1
          }
          if field.last == 0x0D, position == bytes.count || bytes[position] == 0x0A { field.removeLast() }
        }
        if position < bytes.count, bytes[position] == 0x0D { position += 1 }
        row.append(field)
        guard position < bytes.count else { break fields }
        position += 1
        if bytes[position - 1] == 0x0A { break fields }
      }
      if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
    }
    return rows
  }

  @Test("generated tables are read as a plain reader reads them")
  func agreesWithNaive() {
    var random = SplitMix(state: 1)
    let pieces = ["", "a", "12", "客户", "é", " ", "long text of a cell", "5\" pipe", "1,5", "a\"b", "x\ny", "z\r\n"]
    for _ in 0..<caseCount {
      let width = Int.random(in: 2...9, using: &random)
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        for column in 0..<width {
          let piece = pieces.randomElement(using: &random)!
          let mustQuote = piece.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
          let isQuoted = mustQuote || Bool.random(using: &random)
          text += isQuoted ? "\"\(piece.replacing("\"", with: "\"\""))\"" : piece
          if column < width - 1 { text += "," }
        }
        text += Bool.random(using: &random) ? "\n" : "\r\n"
      }
      if Bool.random(using: &random), text.hasSuffix("\n") { text.unicodeScalars.removeLast() }
      let read = rows(text, width: width)
      #expect(read.problems == [])
      #expect(read.rows == naive(Array(text.utf8)).map { $0.map { String(decoding: $0, as: UTF8.self) } })
    }
  }

  @Test("arbitrary bytes never crash, and every line is accounted for")
  func anyBytes() {
    var random = SplitMix(state: 2)
    let alphabet: [UInt8] = Array("a,b\"\"\n\r,;\t\n".utf8) + [0, 0xC3, 0xA9, 0xE5, 0xFF]
    for number in 0..<caseCount {
      let bytes = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        number % 2 == 0 ? alphabet.randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random)
      }
      for width in [1, 2, 3] { _ = rows(bytes, width: width) }
      let file = FileBytes(bytes)
      var reader = CSVReader(file.buffer, delimiter: 0x2C)
      _ = reader.readRow()
    }
  }
}
