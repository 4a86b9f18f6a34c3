import DocketRuntime
import DocketSemantics
import Testing

@Suite struct OperatorTests {
  @Test func integersAreChecked() {
    let t = Tree()
    #expect(t.show(t.call(.add, t.int(.max), t.int(1))) == "error: the result is out of range")
    #expect(t.show(t.call(.divide, t.int(.min), t.int(-1))) == "error: the result is out of range")
    #expect(t.show(t.call(.modulo, t.int(.min), t.int(-1))) == "error: the result is out of range")
    #expect(t.show(t.call(.negate, t.int(.min))) == "error: the result is out of range")
    #expect(t.show(t.call(.subtract, t.uint(0), t.uint(1))) == "error: the result is out of range")
    #expect(t.show(t.call(.divide, t.int(15), t.int(0))) == "error: division by zero")
    #expect(t.show(t.call(.modulo, t.int(-3), t.int(5))) == "-3")
    #expect(t.show(t.call(.divide, t.double(15.75), t.double(0))) == "double(\"Infinity\")")
    #expect(t.show(t.call(.negate, t.uint(42))) == "error: no such overload: -uint")
    #expect(t.show(t.call(.add, t.int(1), t.double(1))) == "error: no such overload: int + double")
  }

  @Test func numbersOfAllTypesShareOneLine() {
    let t = Tree()
    #expect(t.show(t.call(.equal, t.int(1), t.uint(1))) == "true")
    #expect(t.show(t.call(.equal, t.int(1), t.double(1))) == "true")
    #expect(t.show(t.call(.less, t.int(-1), t.uint(0))) == "true")
    #expect(t.show(t.call(.less, t.uint(.max), t.int(.min))) == "false")
    #expect(t.show(t.call(.greater, t.uint(9_223_372_036_854_775_808), t.int(1))) == "true")
    // The conformance cases have a 64-bit integer compared as the nearest double.
    #expect(t.show(t.call(.less, t.int(.max), t.double(0x1p63))) == "false")
    #expect(t.show(t.call(.less, t.int(.max), t.double(0x1p63 + 2048))) == "true")
    #expect(t.show(t.call(.equal, t.double(.nan), t.double(.nan))) == "false")
    #expect(t.show(t.call(.notEqual, t.int(1), t.double(.nan))) == "true")
    #expect(t.show(t.call(.lessOrEqual, t.double(.nan), t.int(1))) == "false")
  }

  @Test func equalityIsDeepAndTotal() {
    let t = Tree()
    #expect(t.show(t.call(.equal, t.list(t.double(1), t.int(2)), t.list(t.uint(1), t.int(2)))) == "true")
    #expect(
      t.show(
        t.call(
          .equal, t.map((t.text("a"), t.int(1)), (t.text("c"), t.null)),
          t.map((t.text("c"), t.null), (t.text("a"), t.uint(1))))) == "true")
    #expect(t.show(t.call(.equal, t.text("1"), t.int(1))) == "false")
    #expect(t.show(t.call(.equal, t.list(), t.null)) == "false")
    #expect(t.show(t.call(.less, t.list(t.int(0)), t.list(t.int(1)))) == "error: no such overload: list < list")
    #expect(t.show(t.call(.less, t.null, t.null)) == "error: no such overload: null < null")
    #expect(t.show(t.call(.less, t.bool(false), t.bool(true))) == "true")
  }

  @Test func membership() {
    let t = Tree()
    #expect(t.show(t.call(.contained, t.uint(3), t.list(t.int(5), t.double(3)))) == "true")
    #expect(t.show(t.call(.contained, t.double(3), t.map((t.int(1), t.int(1)), (t.uint(3), t.int(3))))) == "true")
    #expect(t.show(t.call(.contained, t.double(3.1), t.map((t.int(3), t.int(1))))) == "false")
    #expect(t.show(t.call(.contained, t.bytes([]), t.map())) == "false")
  }

  @Test func durationsAndInstants() {
    let t = Tree()
    #expect(
      t.show(t.call(.add, t.time("9999-12-31T23:59:59.999999999Z"), t.span("1ns")))
        == "error: the result is out of range")
    #expect(
      t.show(t.call(.subtract, t.time("0001-01-01T00:00:00Z"), t.time("9999-12-31T23:59:59Z")))
        == "error: the result is out of range")
    #expect(t.show(t.call(.add, t.span("200000000000s"), t.span("1s"))).hasPrefix("error:"))
    #expect(t.show(t.call(.multiply, t.span("90s"), t.int(2))) == "duration(\"180s\")")
    #expect(t.show(t.call(.multiply, t.double(1.5), t.span("60s"))) == "duration(\"90s\")")
    #expect(t.show(t.call(.divide, t.span("90s"), t.span("60s"))) == "1.5")
    #expect(t.show(t.call(.divide, t.span("90s"), t.int(0))) == "error: division by zero")
    #expect(t.show(t.call(.abs, t.call(.negate, t.span("5s")))) == "duration(\"5s\")")
  }
}
