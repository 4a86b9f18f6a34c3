import DocketRuntime
import DocketSemantics
import Testing

typealias CheckedNode = CheckedExpression

@Suite struct TextTests {
  let t = Tree()

  @Test func textIsCountedInCodePoints() {
    #expect(t.show(t.call(.size, t.text("e\u{301}"))) == "2")
    #expect(t.show(t.call(.size, t.text("\r\n"))) == "2")
    #expect(t.show(t.call(.size, t.text("👩‍👩‍👧"))) == "5")
    #expect(t.show(t.call(.size, t.text("客户反馈"))) == "4")
    #expect(t.show(t.call(.charAt, t.text("客户反馈"), t.int(1))) == "\"户\"")
    #expect(t.show(t.call(.substring, t.text("a🐱b"), t.int(1), t.int(2))) == "\"🐱\"")
    #expect(t.show(t.call(.indexOf, t.text("שלום עולם"), t.text("עולם"))) == "5")
    #expect(t.show(t.call(.equal, t.text("é"), t.text("e\u{301}"))) == "false")
    #expect(t.show(t.call(.less, t.text("a"), t.text("\u{E1}"))) == "true")
    #expect(t.show(t.call(.reverse, t.text("Ta©oCαt"))) == "\"tαCo©aT\"")
    #expect(t.show(t.call(.split, t.text("a\r\nb"), t.text("\n"))) == "[\"a\\r\", \"b\"]")
  }

  @Test func searching() {
    #expect(t.show(t.call(.indexOf, t.text("tacocat"), t.text(""), t.int(3))) == "3")
    #expect(t.show(t.call(.indexOf, t.text("ta©o©αT"), t.text("©"), t.int(3))) == "4")
    #expect(t.show(t.call(.indexOf, t.text("tacocat"), t.text("a"), t.int(30))) == "error: index out of range: 30")
    #expect(t.show(t.call(.lastIndexOf, t.text("bananananana"), t.text("nana"), t.int(7))) == "6")
    #expect(t.show(t.call(.lastIndexOf, t.text("ta©o©αT"), t.text("©α"), t.int(4))) == "4")
    #expect(t.show(t.call(.lastIndexOf, t.text("tacocat"), t.text("a"), t.int(-1))) == "error: index out of range: -1")
    #expect(t.show(t.call(.lastIndexOf, t.text(""), t.text("@@"))) == "-1")
    #expect(t.show(t.call(.contains, t.text("abababc"), t.text("ababc"))) == "true")
    #expect(t.show(t.call(.matches, t.text("🐱😀😀"), t.text("(a|😀){2}"))) == "true")
    #expect(t.show(t.call(.matches, t.text("a"), t.text("("))).hasPrefix("error: the regular expression is wrong"))
    #expect(
      t.show(t.call(.matches, t.text("a"), t.text("((a{100}){100}){100}"))).hasPrefix("error: the regular expression"))
  }

  @Test func changing() {
    #expect(t.show(t.call(.replace, t.text("abc"), t.text(""), t.text("-"))) == "\"-a-b-c-\"")
    #expect(t.show(t.call(.replace, t.text("aaa"), t.text("a"), t.text("b"), t.int(2))) == "\"bba\"")
    #expect(t.show(t.call(.split, t.text("o©o©o©o"), t.text("©"), t.int(-1))) == "[\"o\", \"o\", \"o\", \"o\"]")
    #expect(t.show(t.call(.split, t.text("abc"), t.text(""))) == "[\"a\", \"b\", \"c\"]")
    #expect(t.show(t.call(.split, t.text("a b c"), t.text(" "), t.int(0))) == "[]")
    #expect(t.show(t.call(.split, t.text("a b c"), t.text(" "), t.int(2))) == "[\"a\", \"b c\"]")
    #expect(t.show(t.call(.trim, t.text("\u{85}\u{A0}\u{1680}text\u{3000}"))) == "\"text\"")
    #expect(t.show(t.call(.trim, t.text("\u{180E}text\u{200B}"))) == "\"\u{180E}text\u{200B}\"")
    #expect(t.show(t.call(.upperAscii, t.text("tacoCαt"))) == "\"TACOCαT\"")
    #expect(t.show(t.call(.join, t.list(t.text("a"), t.text("b")), t.text("-"))) == "\"a-b\"")
    #expect(t.show(t.call(.quote, t.text("\u{7}\"\\"))) == "\"\\\"\\\\a\\\\\\\"\\\\\\\\\\\"\"")
    #expect(t.show(t.call(.charAt, t.text("hello"), t.bool(true))) == "error: no such overload: charAt(string, bool)")
    #expect(t.show(t.call(.substring, t.text("tacocat"), t.int(4), t.int(2))).hasPrefix("error:"))
  }

  private func format(_ pattern: String, _ value: CheckedNode) -> String {
    t.show(t.call(.format, t.text(pattern), t.list(value)))
  }

  @Test func formatting() {
    #expect(
      format("%s", t.list(t.text("abc"), t.double(3.14), t.null, t.list(t.int(9)))) == "\"[abc, 3.14, null, [9]]\"")
    #expect(format("%s", t.map((t.text("b"), t.bool(true)), (t.text("a"), t.span("2h")))) == "\"{a: 7200s, b: true}\"")
    #expect(format("%.3f", t.double(1.2345)) == "\"1.234\"")
    #expect(format("%.0f", t.double(2.5)) == "\"2\"")
    #expect(format("%.0f", t.double(1.5)) == "\"2\"")
    #expect(format("%.2f", t.double(0.001)) == "\"0.00\"")
    #expect(format("%.1f", t.double(9.96)) == "\"10.0\"")
    #expect(format("%f", t.int(-2)) == "\"-2.000000\"")
    #expect(format("%.6e", t.double(1052.032911275)) == "\"1.052033e+03\"")
    #expect(format("%.1e", t.double(9.96)) == "\"1.0e+01\"")
    #expect(format("%e", t.double(0)) == "\"0.000000e+00\"")
    #expect(format("%.20f", t.double(0.1)) == "\"0.10000000000000000555\"")
    #expect(format("%.1f", t.double(.leastNonzeroMagnitude)) == "\"0.0\"")
    #expect(format("%.0f", t.double(1e23)) == "\"99999999999999991611392\"")
    #expect(format("%d", t.double(.nan)) == "\"NaN\"")
    #expect(format("%X", t.bytes(Array("byte string".utf8))) == "\"6279746520737472696E67\"")
    #expect(format("%x", t.int(-64)) == "\"-40\"")
    #expect(format("%b", t.int(5)) == "\"101\"")
    #expect(format("%%%o%%", t.int(11)) == "\"%13%\"")
    #expect(format("%a", t.int(1)) == "error: there is no formatting clause %a")
    #expect(format("%d %d", t.int(1)) == "error: index out of range: 1")
    #expect(format("%b", t.text("abc")) == "error: %b formats integers and bools, not string")
    #expect(format("%f", t.null) == "error: %f formats numbers, not null")
    #expect(format("%", t.null) == "error: a formatting clause is not finished")
  }

  @Test func encodings() {
    #expect(t.show(t.call(.base64Encode, t.bytes(Array("hello".utf8)))) == "\"aGVsbG8=\"")
    #expect(t.show(t.call(.base64Decode, t.text("aGVsbG8"))) == "b\"hello\"")
    #expect(t.show(t.call(.base64Decode, t.text("aGVsbG8=="))) == "error: the text is not base64")
    #expect(t.show(t.call(.base64Decode, t.text("_"))) == "error: the text is not base64")
  }
}
