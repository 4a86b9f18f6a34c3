import DocketDiagnostics
import DocketSemantics
import Testing

@testable import DocketData

/// What stands around the rows of a file, and rows that are none.
@Suite("The form of a file") struct FileFormTests {
  private func load(_ name: String, _ bytes: [UInt8], change: (inout CheckedSource) -> Void = { _ in }) -> Loaded {
    let fixture = DataFixture()
    let entity = fixture.entity("Thing", [("id", .string), ("votes?", .int), ("note?", .string)])
    fixture.write(name, bytes)
    fixture.source(entity, name, change: change)
    return fixture.load()
  }

  private func load(_ text: String, name: String = "t.csv", change: (inout CheckedSource) -> Void = { _ in }) -> Loaded
  {
    load(name, Array(text.utf8), change: change)
  }

  // MARK: - Headings

  @Test("headings stand in the line that the source names")
  func headingLine() {
    let text = "Board,\n\n\"All\nof it\"\nid,votes,note\na,1,x\n"
    #expect(load(text) { $0.headingLine = 5 }.rows() == [["a", "1", "x"]])
    #expect(
      load(text) { $0.headingLine = 9 }.told == [
        "D4005 `t.csv` has no line 9, where its source says that the headings are | lines count from 1: `heading line 4` passes over three"
      ])
    #expect(load(text) { $0.headingLine = 0 }.told.count == 1)
    #expect(
      load("[]", name: "t.json") { $0.headingLine = 2 }.told == [
        "D4005 `t.json` has no line of headings | leave out `heading line`, which is for CSV"
      ])
  }

  @Test("lines of nothing but delimiters name nothing and hold nothing")
  func emptyRows() {
    let loaded = load(",,\nid,votes,note\n,,\na,1,x\n,\n\n\"\",,\n")
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["a", "1", "x"]])
    #expect(loaded.report.sources[0].emptyLines == 4)
    #expect(
      load(String(repeating: ",", count: 5000)).told == ["D4005 `t.csv` is empty | the first line names the columns"])
  }

  @Test("the heading again is no record")
  func repeatedHeading() {
    let loaded = load("id,votes,note\na,1,x\nid,votes,note\nb,2,y\n")
    #expect(loaded.told == ["t.csv:3:1 D4011 this row is the heading again | leave it out: `reject at most 1`"])
    let taken = load("id,votes,note\na,1,x\nid,votes,note\nb,2,y\n") { $0.rejectLimit = 1 }
    #expect(taken.rows().map { $0[0] } == ["a", "b"])
  }

  @Test("what nobody can mean as a heading is refused at once")
  func absurd() {
    let long = "id," + String(repeating: "h", count: 1 << 20) + "\na,1\n"
    #expect(
      load(long).told.first?.hasPrefix("D4005 `t.csv` has no headings: the first cell of column 2 is 1 MB long") == true
    )
    let wide = String(repeating: "c,", count: 70_000) + "\n"
    #expect(load(wide).told.first?.contains("D4003 this line has 70001 fields") == true)
  }

  @Test("many columns are bound in little time")
  func manyColumns() {
    let count = 20_000
    let text = "id,votes,note," + (0..<count).map { "c\($0)" }.joined(separator: ",") + "\n"
    #expect(load(text).report.sources[0].unusedColumns.count == count)
    let keys = "[{\"id\":\"a\"," + (0..<count).map { "\"k\($0)\":1" }.joined(separator: ",") + "}]"
    #expect(load(keys, name: "t.json").report.sources[0].unusedColumns.count == count)
  }

  // MARK: - Rows

  @Test("empty cells behind the last column are no cells")
  func surplus() {
    #expect(load("id,votes,note\na,1,x,\nb,2,y,,\"\"\n").rows().map { $0[0] } == ["a", "b"])
    #expect(load("id,votes,note\na,1,x,,z\n").told.first?.contains("D4011 this row has 5 fields") == true)
  }

  @Test("cells that are cut off at the end are absent where they may be, and counted")
  func shortRows() {
    let loaded = load("id,votes,note\na,1\nb,2,y\n")
    #expect(loaded.told == [])
    #expect(loaded.rows() == [["a", "1", "—"], ["b", "2", "y"]])
    #expect(loaded.report.sources[0].shortRows == 1)
    // A last line without its end may have been cut by accident, and one cell alone is a remark.
    #expect(load("id,votes,note\na,1,x\nb,2").told.first?.hasPrefix("t.csv:3:1 D4011") == true)
    #expect(load("id,votes,note\na,1,x\n2 rows\n").told.first?.hasPrefix("t.csv:3:1 D4011") == true)
    // What every record has cannot be cut off.
    #expect(load("votes,note,id\n1,x,a\n2,y\n").told.first?.hasPrefix("t.csv:3:1 D4011") == true)
  }

  @Test("lines may end with CR alone")
  func returns() {
    #expect(load("id,votes,note\ra,1,\"x\ry\"\rb,2,z\r").rows() == [["a", "1", "x\ry"], ["b", "2", "z"]])
    #expect(
      load("id,votes,note\na,1,x\rb,2,y\n").told == [
        "t.csv:2:1 D4011 this row has 5 fields, the heading has 3; a carriage return stands alone in it | write LF or CRLF at the end of every line"
      ])
  }

  // MARK: - Text

  @Test("a bad byte in UTF-8 spoils its row and no other")
  func badByte() {
    let bytes = Array("id,note\na,Müller\nb,Größe\nc,J".utf8) + [0xE4] + Array("ger\nd,ok\n".utf8)
    #expect(
      load("t.csv", bytes).told == [
        "t.csv:4:4 D4006 the byte at offset 31 is no UTF-8, as the rest of the file is | mend this row, or let the source leave it out: `reject at most 1`"
      ])
    #expect(load("t.csv", bytes) { $0.rejectLimit = 1 }.rows().map { $0[0] } == ["a", "b", "d"])
    let lines = Array("{\"id\":\"ü\",\"note\":\"ö\"}\n{\"id\":\"".utf8) + [0xE4] + Array("\"}\n{\"id\":\"c\"}\n".utf8)
    #expect(load("t.jsonl", lines) { $0.rejectLimit = 1 }.rows().map { $0[0] } == ["c", "ü"])
  }

  @Test(
    "what is no table of text is said in one line",
    arguments: [
      (" <!DOCTYPE html><html>", "is a web page (HTML)"),
      ("<table><tr><td>id</td></tr></table>", "is a web page (HTML)"),
      ("<?xml version=\"1.0\"?><a/>", "is XML"), ("%PDF-1.7", "is a PDF document"),
    ])
  func markup(text: String, message: String) {
    #expect(load(text).told.count == 1)
    #expect(load(text).told.first?.contains(message) == true)
  }

  // MARK: - JSON

  @Test("the one list of objects is found inside of objects, and by its path")
  func nested() {
    let text = "{\"data\":{\"things\":{\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"page\":{\"next\":null}}}}"
    #expect(load(text, name: "t.json").rows().map { $0[0] } == ["a", "b"])
    #expect(load(text, name: "t.json") { $0.table = "data.things.nodes" }.rows().map { $0[0] } == ["a", "b"])
    #expect(
      load(text, name: "t.json") { $0.table = "data.things" }.told.first?.contains(
        "D4036 there is no list `data.things` here") == true)
    let several = "{\"x\":[{\"id\":\"a\"}],\"y\":[{\"id\":\"b\"}]}"
    #expect(load(several, name: "t.json") { $0.table = "y" }.rows().map { $0[0] } == ["b"])
    // An empty list on another day is still the list.
    #expect(load("{\"data\":{\"things\":{\"nodes\":[]}}}", name: "t.json").rows().isEmpty)
    // The lists of a record are its own.
    #expect(load("{\"id\":\"a\",\"x\":{\"y\":[{\"id\":\"b\"}]}}", name: "t.json").rows().map { $0[0] } == ["a"])
  }

  @Test(
    "records in another form are not taken for one record",
    arguments: [
      ("{\"T-1\":{\"id\":\"a\"},\"T-2\":{\"id\":\"b\"}}", "the records stand under keys of their own (`T-1`, `T-2` …)"),
      ("{\"columns\":[\"id\"],\"data\":[[\"a\"],[\"b\"]]}", "this is a table as lists of values"),
      ("{\"id\":[\"a\",\"b\"],\"votes\":[1,2]}", "this is a table as lists of values"),
      ("[[\"id\"],[\"a\"]]", "this is a table as lists of values"),
    ])
  func otherForms(text: String, message: String) {
    #expect(load(text, name: "t.json").told.first?.contains("D4036 \(message)") == true)
  }

  @Test("objects one after another, over several lines")
  func values() {
    for name in ["t.json", "t.jsonl"] {
      let loaded = load("{\n \"id\": \"a\"\n}\n{\n \"id\": \"b\",\n \"votes\": 2\n}\n", name: name)
      #expect(loaded.told == [])
      #expect(loaded.rows().map { $0[0] } == ["a", "b"])
    }
    #expect(load("{\"id\":\"a\"}{\"id\":\"b\"}", name: "t.json").rows().map { $0[0] } == ["a", "b"])
    #expect(
      load("{\n \"id\": \"a\"\n}\n{\n \"id\":", name: "t.json").told.first?.contains("the record is not complete")
        == true)
  }

  @Test("a value that is an object elsewhere is told among what nothing reads")
  func mixed() {
    let text = "{\"id\":\"a\",\"c\":{\"n\":1}}\n{\"id\":\"b\",\"c\":\"x\"}\n{\"id\":\"d\",\"c\":\"\"}\n"
    #expect(load(text, name: "t.jsonl").report.sources[0].unusedColumns == ["c.n", "c"])
    let clean = "{\"id\":\"a\",\"c\":{\"n\":1}}\n{\"id\":\"b\",\"c\":\"\"}\n{\"id\":\"d\",\"c\":[]}\n"
    #expect(load(clean, name: "t.jsonl").report.sources[0].unusedColumns == ["c.n"])
  }
}
