import DocketDiagnostics
import Testing

@Suite struct JSONWriterTests {
  @Test func keysKeepTheirOrder() {
    var json = JSONWriter()
    json.object { json in
      json.field("route", "owner")
      json.field("n", 3)
      json.field("value", 0.1)
      json.field("met", true)
      json.field("to", String?.none)
      json.field("undecided", ["a", "b"])
      json.key("group")
      json.object { _ in }
      json.key("pauses")
      json.array { json in
        json.array { json in
          json.string("x")
          json.null()
        }
        json.int(UInt64.max)
        json.raw("{}".utf8)
      }
    }
    json.endLine()
    json.array { _ in }
    #expect(
      json.text == #"""
        {"route":"owner","n":3,"value":0.1,"met":true,"to":null,"undecided":["a","b"],"group":{},"pauses":[["x",null],18446744073709551615,{}]}
        []
        """#)
  }

  @Test func everyByteThatNeedsItIsEscaped() {
    var json = JSONWriter()
    json.string("a\"b\\c\n\r\t\u{8}\u{C}\u{0}\u{1F}\u{7F}客/")
    #expect(json.text == "\"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0000\\u001f\u{7F}客/\"")
  }

  @Test func invalidUTF8IsRepaired() {
    var json = JSONWriter()
    json.string(repairing: [0x61, 0xFF, 0x62])
    #expect(json.text == "\"a\u{FFFD}b\"")
  }

  @Test func doublesReadBackAndOthersAreNull() {
    var json = JSONWriter()
    json.array { json in
      for value in [1.0, -0.0, 1e21, .leastNonzeroMagnitude, 0.1 + 0.2, .nan, .infinity, -.infinity] {
        json.double(value)
      }
    }
    #expect(json.text == "[1.0,-0.0,1e+21,5e-324,0.30000000000000004,null,null,null]")
  }

  @Test func aWriterCanBeUsedAgain() {
    var json = JSONWriter(reservingCapacity: 16)
    json.string("a")
    json.removeAll()
    json.string("b")
    #expect(json.bytes == Array("\"b\"".utf8))
  }
}
