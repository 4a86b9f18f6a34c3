import Testing

@testable import DocketData

/// The rows of a text, and what was wrong with it.
func rows(_ text: String, width: Int, delimiter: UInt8 = UInt8(ascii: ",")) -> (rows: [[String]], problems: [CSVProblem]) {
  rows(Array(text.utf8), width: width, delimiter: delimiter)
}

func rows(_ bytes: [UInt8], width: Int, delimiter: UInt8 = UInt8(ascii: ",")) -> (rows: [[String]], problems: [CSVProblem]) {
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
      (",,\n,,", [["", "", ""], ["", "", ""]]),
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
