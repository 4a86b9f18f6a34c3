import DocketDiagnostics
import DocketSemantics
import Testing

@testable import DocketData

@Suite("Bad data, as it is told") struct BadDataTests {
  private func told(_ bytes: [UInt8], name: String = "Thing.csv", change: (DataFixture) -> Void = { _ in }) -> [String]
  {
    let fixture = DataFixture()
    fixture.entity("Thing", [("id", .string), ("votes", .int)], titles: ["votes": ["票数"]])
    fixture.write(name, bytes)
    change(fixture)
    return fixture.load().told
  }

  private func told(_ text: String, change: (DataFixture) -> Void = { _ in }) -> [String] {
    told(Array(text.utf8), change: change)
  }

  @Test("a missing file, with the name that is there")
  func missingFile() {
    #expect(
      told("id,votes\n") { fixture in fixture.source(EntityID(index: 0), "Things.csv") }
        == ["D4001 there is no file `Things.csv` | did you mean `Thing.csv`?"])
  }

  @Test(
    "what is not a table of text, by its first bytes",
    arguments: [
      (
        [0x50, 0x4B, 0x03, 0x04, 0x14],
        "D4003 `Thing.csv` is an Excel workbook | save the sheet as \"CSV UTF-8 (comma delimited)\" and load that"
      ),
      (
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        "D4003 `Thing.csv` is an Excel workbook | save the sheet as \"CSV UTF-8 (comma delimited)\" and load that"
      ),
      (
        [0x1F, 0x8B, 0x08],
        "D4031 `Thing.csv` ends in the middle: after 3 packed bytes, 0 bytes of text | copy the file again: a part of it is missing"
      ),
      (Array("SQLite format 3\0x".utf8), "D4039 `Thing.csv` is no SQLite database, or a damaged one"),
      (
        [0xFF, 0xFE, 0x69, 0x00],
        "D4003 `Thing.csv` is UTF-16 text | write `encoding \"utf-16\"` in its source, or save it as UTF-8"
      ),
      ([], "D4005 `Thing.csv` is empty | the first line names the columns"),
      (
        Array("id;votes\n1;2\n".utf8),
        "D4004 the columns of `Thing.csv` are separated by `;` | write `delimiter \";\"` in its source, or save it with commas"
      ),
    ] as [([UInt8], String)])
  func otherFiles(bytes: [UInt8], expected: String) {
    #expect(told(bytes) == [expected])
  }

  @Test("text in another encoding, and how to name it")
  func otherEncoding() {
    let bytes = Array("id,votes\n".utf8) + [0xBF, 0xCD, 0xBB, 0xA7] + Array(",1\n".utf8)
    #expect(
      told(bytes) == [
        "Thing.csv:2:1 D4006 the text is not UTF-8 from offset 9 on | name the encoding in the source, such as `encoding \"gb18030\"`, or save the file as UTF-8"
      ])
    let fixture = DataFixture()
    let thing = fixture.entity("Thing", [("id", .string), ("votes", .int)])
    fixture.source(thing, "t.csv") { $0.encoding = "gb18030" }
    fixture.write("t.csv", bytes)
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["客户", "1"]])
    #expect(
      told(bytes) { fixture in fixture.source(EntityID(index: 0), "Thing.csv") { $0.encoding = "klingon" } }
        == ["D4008 there is no encoding `klingon` | such as \"gb18030\" or \"windows-1252\""])
  }

  @Test("a ragged row, an open quote, text after a quote, a NUL byte")
  func form() {
    #expect(
      told("id,votes\na,1\nb\nc,1,2\n") == [
        "Thing.csv:3:1 D4011 this row has 1 field, the heading has 2",
        "Thing.csv:4:1 D4011 this row has 3 fields, the heading has 2 | put a field that holds the delimiter into quotes",
      ])
    #expect(
      told("id,votes\na,1\n客,\"1\nb,2\n")
        == ["Thing.csv:3:3 D4009 this quote is never closed | a quote inside a quoted field is doubled: `\"\"`"])
    #expect(
      told("id,votes\n\"a\"b,1\n") == [
        "Thing.csv:2:4 D4010 there is text after the closing quote of a field | a quote inside a quoted field is doubled: `\"\"`"
      ])
    #expect(told("id,votes\na,\0\n") == ["Thing.csv:2:3 D4007 there is a NUL byte at offset 11: this is not text"])
  }

  @Test("a missing column with the nearest heading, and two headings for one field")
  func columns() {
    #expect(
      told("id,vote\na,1\n")
        == ["D4012 `Thing.csv` has no column `votes` (or `票数`) | did you mean `vote`?"])
    #expect(
      told("id,Votes,VOTES\na,1,2\n")
        == ["D4013 `Thing.csv` has 2 columns for `votes`: `Votes` and `VOTES` | say which: `votes = row.`Votes``"])
    #expect(
      told("id,votes,votes\na,1,2\n")
        == [
          "D4013 `Thing.csv` has 2 columns for `votes`: `votes (1)` and `votes (2)` | say which: `votes = row.`votes (1)`` "
            + "| a field of type `list<string>` takes what all of them hold"
        ])
  }

  @Test("a cell with its line and column, in scalars, across quoted lines")
  func cells() {
    #expect(
      told("id,votes\n\"客\n户\",x\n客户,\"y\"\n") == [
        "Thing.csv:3:4 D4014 `x` in column `votes` is not a whole number | Thing.votes wants an int",
        "Thing.csv:4:4 D4014 `y` in column `votes` is not a whole number | Thing.votes wants an int",
      ])
  }

  @Test("an absent key, and two rows of one key")
  func keys() {
    #expect(told("id,votes\n,1\n") == ["Thing.csv:2:1 D4023 the key `id` is absent"])
    #expect(
      told("id,votes\na,1\nb,1\na,2\na,1\n") == [
        "Thing.csv:4:1 D4025 two rows for the Thing `a`; the first is in line 2 | if each row is a change of the record, name its instant: `version row.…`",
        "Thing.csv:5:1 D4025 two rows for the Thing `a`; the first is in line 2 | if each row is a change of the record, name its instant: `version row.…`",
      ])
  }

  @Test("errors beyond the limit are counted by kind")
  func limit() {
    var text = "id,votes\n"
    for number in 0..<30 { text += "k\(number),x\n" }
    text += "a,1,2\n"
    let lines = told(text) { $0.options.maxErrors = 3 }
    #expect(lines.count == 4)
    #expect(lines.last == "D4030 28 more problems are not shown | 27 × D4014 bad number, 1 × D4011 ragged row")
  }

  @Test("bad rows are left out, counted and listed up to the number that is allowed")
  func reject() throws {
    let fixture = DataFixture()
    let thing = fixture.entity("Thing", [("id", .string), ("votes", .int)])
    fixture.source(thing, "t.csv") { $0.rejectLimit = 3 }
    fixture.write("t.csv", "id,votes\na,1\nb,x\nc\na,2\nd,4\n")
    let loaded = fixture.load()
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["a", "1"], ["d", "4"]])
    let source = try #require(loaded.report.sources.first)
    #expect((source.rows, source.rejectedRows) == (2, 3))
    #expect(
      source.rejected.map { "\($0.dataPlace?.line ?? 0) \($0.code.rawValue)" } == ["3 D4014", "4 D4011", "5 D4025"])

    fixture.write("t.csv", "id,votes\na,1\nb,x\nc\na,2\nd,4\n,5\n")
    let tooMany = fixture.load()
    #expect(tooMany.diagnostics.map(\.code.rawValue) == ["D4029", "D4014", "D4011", "D4025", "D4023"])
    #expect(tooMany.told.first == "D4029 4 rows of `t.csv` would be rejected, more than the 3 that are allowed")
  }
}

@Suite("Loading, for all files") struct LoadingProperties {
  @Test("arbitrary bytes never crash, and a file is either taken whole or reported")
  func anyBytes() {
    var random = SplitMix(state: 5)
    let pieces = [
      "a", "b", "1", "2016-01-01T00:00Z", "true", "gold", ",", ",", "\n", "\n", "\"", "客", "\0", "?", ";", "-1", "1h",
    ]
    for number in 0..<max(20, caseCount / 10) {
      let fixture = DataFixture()
      let tier = fixture.enumeration("Tier", ("gold", []), ("silver", ["Silver"]))
      fixture.entity("Thing", [("id", .string), ("b?", tier), ("c?", .timestamp), ("d?", .entity(EntityID(index: 0)))])
      var bytes = Array("id,b,c,d\n".utf8)
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        if number % 3 == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        } else {
          bytes += Array(pieces.randomElement(using: &random)!.utf8)
        }
      }
      fixture.write("Thing.csv", bytes)
      let loaded = fixture.load()
      let filled = bytes.split(separator: 0x0A).dropFirst().count { $0 != [0x0D] }
      if loaded.diagnostics.isEmpty, !bytes.contains(0x22) {
        #expect(loaded.report.sources[0].rows == filled)
      }
    }
  }
}
