import DocketRuntime
import DocketSemantics
import Testing

@Suite struct CollectionTests {
  let t = Tree()

  @Test func indexing() {
    let list = t.list(t.int(7), t.int(8))
    #expect(t.show(t.index(list, t.uint(1))) == "8")
    #expect(t.show(t.index(list, t.double(0))) == "7")
    #expect(t.show(t.index(list, t.double(0.5))).hasPrefix("error"))
    #expect(t.show(t.index(list, t.int(2))) == "error: index out of range: 2")
    let map = t.map((t.uint(1), t.double(1)), (t.int(2), t.double(2)), (t.bool(true), t.text("x")))
    #expect(t.show(t.index(map, t.int(1))) == "1.0")
    #expect(t.show(t.index(map, t.double(2))) == "2.0")
    #expect(t.show(t.index(map, t.int(5))) == "error: no such key: 5")
    #expect(t.show(t.index(map, t.bytes([]))) == "error: no such key: b\"\"")
    #expect(t.show(t.map((t.double(1), t.int(1)))) == "error: double cannot be the key of a map")
    #expect(t.show(t.map((t.int(1), t.int(1)), (t.int(1), t.int(2)))) == "error: a map has the key 1 twice")
  }

  @Test func largeMapsFindTheirKeys() {
    let squares = t.macro(
      .transformMap, t.call(.range, t.int(1000)), second: true, t.call(.multiply, t.local(1), t.local(1)))
    #expect(t.show(t.index(squares, t.uint(30))) == "900")
    #expect(t.show(t.call(.contained, t.int(1000), squares)) == "false")
    #expect(t.show(t.call(.equal, squares, squares)) == "true")
  }

  @Test func optionals() {
    let nested = t.map((t.text("c"), t.map((t.text("index"), t.text("goodbye")))))
    let some = t.call(.optionalOf, nested)
    #expect(
      t.show(t.call(.optionalOrValue, t.select(t.select(some, "c"), "index"), t.text("default"))) == "\"goodbye\"")
    #expect(
      t.show(t.call(.optionalOrValue, t.select(t.select(some, "c"), "missing"), t.text("default"))) == "\"default\"")
    #expect(t.show(t.select(t.map(), "c", optional: true)) == "optional.none()")
    #expect(t.show(t.index(t.list(t.text("foo")), t.int(0), optional: true)) == "optional.of(\"foo\")")
    #expect(t.show(t.index(t.call(.optionalNone), t.int(0))) == "optional.none()")
    #expect(t.show(t.has(t.select(t.map(), "x", optional: true), "y")) == "false")
    #expect(t.show(t.call(.value, t.call(.optionalNone))) == "error: the optional is empty")
    #expect(t.show(t.call(.optionalOrValue, t.call(.optionalOf, t.int(1)), t.divisionByZero)) == "1")
    #expect(t.show(t.call(.hasValue, t.call(.optionalOfNonZeroValue, t.null))) == "false")
    #expect(t.show(t.call(.equal, t.call(.optionalOf, t.int(1)), t.call(.optionalOf, t.uint(1)))) == "true")
    let elements = t.node(.list([(t.call(.optionalNone), true), (t.call(.optionalOf, t.int(42)), true)]))
    #expect(t.show(elements) == "[42]")
    let flat = t.node(
      .optionalMap(t.call(.optionalOf, t.int(42)), slot: 0, body: t.call(.add, t.local(0), t.int(1)), isFlat: false))
    #expect(t.show(flat) == "optional.of(43)")
  }

  @Test func absentOrElse() {
    #expect(t.show(t.coalesce(t.null, t.int(1))) == "1")
    #expect(t.show(t.coalesce(t.index(t.map(), t.text("k")), t.int(1))) == "1")
    #expect(t.show(t.coalesce(t.call(.optionalNone), t.int(1))) == "1")
    #expect(t.show(t.coalesce(t.call(.optionalOf, t.int(2)), t.int(1))) == "2")
    #expect(t.show(t.coalesce(t.divisionByZero, t.int(1))) == "error: division by zero")
    #expect(t.show(t.coalesce(t.index(t.list(), t.int(0)), t.int(1))) == "error: index out of range: 0")
  }

  @Test func listFunctions() {
    let list = t.list(t.int(3), t.int(1), t.double(3), t.int(2))
    #expect(t.show(t.call(.sort, list)) == "[1, 2, 3, 3.0]")
    #expect(t.show(t.call(.distinct, list)) == "[3, 1, 2]")
    #expect(t.show(t.call(.slice, list, t.int(1), t.int(3))) == "[1, 3.0]")
    #expect(t.show(t.call(.slice, list, t.int(1), t.int(9))).hasPrefix("error"))
    #expect(t.show(t.call(.flatten, t.list(t.int(1), t.list(t.int(2), t.list(t.int(3)))))) == "[1, 2, [3]]")
    #expect(t.show(t.call(.flatten, t.list(t.int(1), t.list(t.int(2), t.list(t.int(3)))), t.int(2))) == "[1, 2, 3]")
    #expect(t.show(t.call(.reverse, list)) == "[2, 3.0, 1, 3]")
    #expect(t.show(t.call(.first, t.list())) == "optional.none()")
    #expect(t.show(t.call(.last, list)) == "optional.of(2)")
    #expect(t.show(t.call(.sum, t.list(t.span("1s"), t.span("2s")))) == "duration(\"3s\")")
    #expect(t.show(t.call(.sum, t.list(), type: .double)) == "0.0")
    #expect(t.show(t.call(.sum, t.list(t.int(.max), t.int(1)))) == "error: the result is out of range")
    #expect(t.show(t.call(.minimum, list)) == "1")
    #expect(t.show(t.coalesce(t.call(.minimum, t.list()), t.text("none"))) == "\"none\"")
    #expect(
      t.show(t.call(.sort, t.list(t.int(1), t.text("a")))) == "error: no such overload: int and string have no order")
  }

  @Test func mathematics() {
    #expect(t.show(t.call(.greatest, t.double(5.4), t.int(10), t.uint(3))) == "10")
    #expect(t.show(t.call(.least, t.list(t.double(5.4), t.int(10), t.uint(3)))) == "3u")
    #expect(t.show(t.call(.greatest, t.text("a"))).hasPrefix("error: no such overload"))
    #expect(t.show(t.call(.round, t.double(-1.5))) == "-2.0")
    #expect(t.show(t.call(.floor, t.int(1))).hasPrefix("error: no such overload"))
    #expect(t.show(t.call(.mathAbs, t.int(.min))) == "error: the result is out of range")
    #expect(t.show(t.call(.sign, t.double(-32))) == "-1.0")
    #expect(t.show(t.call(.bitShiftRight, t.int(-1024), t.int(3))) == "2305843009213693824")
    #expect(t.show(t.call(.bitShiftLeft, t.int(-1), t.int(200))) == "0")
    #expect(t.show(t.call(.bitShiftRight, t.uint(1), t.int(-1))).hasPrefix("error"))
    #expect(t.show(t.call(.bitNot, t.uint(1))) == "18446744073709551614u")
    #expect(t.show(t.call(.sqrt, t.int(16))) == "4.0")
  }
}
