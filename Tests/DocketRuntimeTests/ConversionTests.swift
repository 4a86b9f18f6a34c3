import DocketRuntime
import DocketSemantics
import Testing

@Suite struct ConversionTests {
  let t = Tree()

  @Test func numbers() {
    #expect(t.show(t.call(.toInt, t.double(-7.9))) == "-7")
    #expect(t.show(t.call(.toInt, t.double(0x1p63))) == "error: the result is out of range")
    #expect(t.show(t.call(.toInt, t.double(.nan))) == "error: the result is out of range")
    #expect(t.show(t.call(.toInt, t.uint(.max))) == "error: the result is out of range")
    #expect(t.show(t.call(.toUint, t.int(-1))) == "error: the result is out of range")
    #expect(t.show(t.call(.toUint, t.double(1.9))) == "1u")
    #expect(t.show(t.call(.toInt, t.text("987"))) == "987")
    #expect(t.show(t.call(.toInt, t.text("9.5"))) == "error: \"9.5\" is not an int, or out of range")
    #expect(t.show(t.call(.toInt, t.time("2004-09-16T23:59:59Z"))) == "1095379199")
    #expect(t.show(t.call(.toDouble, t.text("6.02214e23"))) == "6.02214e+23")
    #expect(t.show(t.call(.toDouble, t.text("-Infinity"))) == "double(\"-Infinity\")")
    #expect(t.show(t.call(.toDouble, t.text("1e999"))).hasPrefix("error"))
    #expect(t.show(t.call(.toDouble, t.text(""))).hasPrefix("error"))
    #expect(t.show(t.call(.toBool, t.text("True"))) == "true")
    #expect(t.show(t.call(.toBool, t.text("TrUe"))).hasPrefix("error"))
  }

  @Test(arguments: [
    (123.456, "123.456"), (1_000_000, "1e+06"), (123_456, "123456"), (1_234_567, "1.234567e+06"), (0.0001, "0.0001"),
    (0.00001, "1e-05"), (-9.5e33, "-9.5e+33"), (0, "0"), (-0.0, "-0"), (.infinity, "+Inf"), (1.38e-23, "1.38e-23"),
  ])
  func doublesPrintAsInGo(_ number: Double, _ text: String) {
    #expect(t.show(t.call(.toString, t.double(number))) == "\"\(text)\"")
  }

  @Test func texts() {
    #expect(t.show(t.call(.toString, t.bytes([0, 255]))) == "error: the bytes are not UTF-8 text")
    #expect(t.show(t.call(.toBytes, t.text("ÿ"))) == "b\"\\303\\277\"")
    #expect(t.show(t.call(.toString, t.span("1h45m47s"))) == "\"6347s\"")
    #expect(t.show(t.call(.toTimestamp, t.text("10000-01-01T00:00:00Z"))).hasPrefix("error"))
    #expect(t.show(t.call(.toTimestamp, t.int(253_402_300_800))).hasPrefix("error"))
  }

  @Test func types() {
    #expect(t.show(t.call(.typeOf, t.time("2009-02-13T23:31:30Z"))) == "google.protobuf.Timestamp")
    #expect(t.show(t.call(.typeOf, t.list(t.int(1)))) == "list")
    #expect(t.show(t.call(.equal, t.call(.typeOf, t.int(7)), t.constant(.type(.int)))) == "true")
    #expect(t.show(t.call(.equal, t.call(.typeOf, t.list(t.int(7))), t.constant(.type(.list(.string))))) == "true")
    #expect(t.show(t.call(.typeOf, t.call(.typeOf, t.int(7)))) == "type")
  }

  @Test func partsOfInstants() {
    let time = t.time("2009-02-13T23:31:30.5Z")
    #expect(t.show(t.call(.getDayOfMonth, time)) == "12")
    #expect(t.show(t.call(.getDayOfMonth, time, t.text("+11:00"))) == "13")
    #expect(t.show(t.call(.getHours, time, t.text("Asia/Shanghai"))) == "7")
    #expect(t.show(t.call(.getSeconds, time, t.text("-00:00"))) == "30")
    #expect(t.show(t.call(.getMilliseconds, time)) == "500")
    #expect(t.show(t.call(.getDayOfWeek, time, t.text("UTC"))) == "5")
    #expect(t.show(t.call(.getHours, time, t.text("Nowhere"))) == "error: there is no time zone \"Nowhere\"")
    #expect(t.show(t.call(.getMinutes, t.span("3730s"))) == "62")
    #expect(t.show(t.call(.getDate, t.span("3730s"))).hasPrefix("error: no such overload"))
  }
}
