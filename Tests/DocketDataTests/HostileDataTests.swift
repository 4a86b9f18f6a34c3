/// Files that are made to break a reader, or come from one that is broken: an error that says where, or the data as it is.

import DocketDiagnostics
import DocketSemantics
import Testing

@testable import DocketData

@Suite("Hostile data") struct HostileDataTests {
  private func load(_ name: String, _ bytes: [UInt8], change: (inout CheckedSource) -> Void = { _ in }) -> Loaded {
    let fixture = DataFixture()
    let thing = fixture.entity("Thing", [("id", .string), ("votes?", .int), ("note?", .string)])
    fixture.source(thing, name, change: change)
    fixture.write(name, bytes)
    return fixture.load()
  }

  private func load(_ name: String, _ text: String) -> Loaded { load(name, Array(text.utf8)) }

  @Test("a text of ten megabytes is a text")
  func longTexts() {
    let long = String(repeating: "客户 x,", count: 1_500_000)
    let csv = load("t.csv", "id,votes,note\na,1,\"\(long)\"\nb,2,x\n")
    #expect(csv.told == [])
    #expect(csv.rows().map { $0[2].utf8.count } == [long.utf8.count, 1])
    let json = load("t.jsonl", "{\"id\":\"a\",\"note\":\"\(long)\"}\n{\"id\":\"b\"}\n")
    #expect(json.told == [])
    #expect(json.rows().map { $0[2].utf8.count } == [long.utf8.count, "—".utf8.count])
  }

  @Test("a text of ten megabytes where a number is wanted is told in a line")
  func longNumbers() {
    for text in [String(repeating: "9", count: 10_000_000), "1e999999999", "-99999999999999999999"] {
      let told = load("t.csv", "id,votes,note\na,\(text),x\n").told
      #expect(told.count == 1)
      #expect(told.first?.hasPrefix("t.csv:2:3 D4014") == true)
      #expect((told.first?.utf8.count ?? 0) < 300)
    }
    let json = load("t.jsonl", "{\"id\":\"a\",\"votes\":\(String(repeating: "9", count: 1_000_000))}\n").told
    #expect(json.count == 1)
    #expect(json.first?.contains("D4014") == true || json.first?.contains("D4033") == true)
  }

  @Test("a byte order mark and line ends of Windows say nothing, in any format")
  func marks() {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    #expect(load("t.csv", mark + Array("id,votes\r\na,1\r\n\r\nb,2".utf8)).rows().map { $0[1] } == ["1", "2"])
    #expect(load("t.tsv", mark + Array("id\tvotes\r\na\t1\r\n".utf8)).rows().map { $0[1] } == ["1"])
    #expect(
      load("t.jsonl", mark + Array("{\"id\":\"a\",\"votes\":1}\r\n\r\n{\"id\":\"b\",\"votes\":2}\r\n".utf8)).rows()
        .map { $0[1] } == ["1", "2"])
    #expect(load("t.json", mark + Array("[\r\n{\"id\":\"a\",\"votes\":1}\r\n]\r\n".utf8)).rows().map { $0[1] } == ["1"])
  }

  @Test("nesting without end is an error, not a crash")
  func nesting() {
    for text in [
      String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 500_000),
      "{\"id\":" + String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000) + "}",
    ] {
      for name in ["t.json", "t.jsonl"] {
        let told = load(name, text).told
        #expect(!told.isEmpty, "\(name)")
        #expect(told.allSatisfy { $0.utf8.count < 400 })
      }
    }
  }

  @Test("other delimiters and encodings are read where the source names them")
  func named() {
    #expect(load("t.csv", Array("id;votes;note\na;1;x,y\n".utf8)) { $0.delimiter = ";" }.rows() == [["a", "1", "x,y"]])
    #expect(load("t.csv", Array("id|votes\na|1\n".utf8)) { $0.delimiter = "|" }.rows().map { $0[1] } == ["1"])
    #expect(
      load("t.csv", Array("id|votes\na|1\n".utf8)).told == [
        "D4004 the columns of `t.csv` are separated by `|` | write `delimiter \"|\"` in its source, or save it with commas"
      ])
    for bad in ["", ";;", "\"", "\n", "客"] {
      let told = load("t.csv", Array("id;votes\na;1\n".utf8)) { $0.delimiter = bad }.told
      #expect(told.count == 1 && told[0].hasPrefix("D4004 "), "\(bad)")
    }
    #expect(
      load("t.csv", [0x69, 0x64, 0x0A, 0xFF, 0x0A]) { $0.encoding = "ascii" }.told == [
        "t.csv:2:1 D4006 `t.csv` is not ascii text, from here on | name another encoding; leave `encoding` out if the file is UTF-8"
      ])
    let wide: [UInt8] = [0xFF, 0xFE] + "id,votes\na,1\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(load("t.csv", wide) { $0.encoding = "utf-16" }.rows().map { $0[1] } == ["1"])
  }
}
