import DocketRuntime
import DocketSemantics
import Testing

@Suite struct LogicTests {
  @Test func aDecidingOperandAbsorbsErrors() {
    let t = Tree()
    #expect(t.show(t.and(t.divisionByZero, t.bool(false))) == "false")
    #expect(t.show(t.and(t.text("horses"), t.bool(false))) == "false")
    #expect(t.show(t.or(t.divisionByZero, t.overflow, t.bool(true))) == "true")
    #expect(t.show(t.or(t.text("horses"), t.bool(true))) == "true")
  }

  @Test func theLeftmostErrorIsTheResult() {
    let t = Tree()
    #expect(t.show(t.and(t.bool(true), t.divisionByZero, t.overflow)) == "error: division by zero")
    #expect(t.show(t.or(t.overflow, t.divisionByZero, t.bool(false))) == "error: the result is out of range")
    #expect(t.show(t.call(.add, t.overflow, t.divisionByZero)) == "error: the result is out of range")
    #expect(t.show(t.list(t.divisionByZero, t.overflow)) == "error: division by zero")
    #expect(t.show(t.call(.charAt, t.text("a"), t.divisionByZero)) == "error: division by zero")
    #expect(
      t.show(t.and(t.text("less filling"), t.text("tastes great")))
        == "error: no such overload: a condition is bool, not string")
  }

  @Test func absorbedErrorsAreForgotten() {
    let t = Tree()
    let body = t.call(.equal, t.call(.divide, t.local(0), t.int(0)), t.int(1))
    let range = t.call(.range, t.int(1000))
    #expect(t.show(t.macro(.exists, range, body)) == "error: division by zero")
    #expect(t.engine().heap.errorCount == 1)
  }

  @Test func macrosAbsorbLikeOperators() {
    let t = Tree()
    let numbers = t.list(t.int(1), t.int(2), t.int(3))
    let sixOver = t.call(.equal, t.call(.divide, t.int(6), t.call(.subtract, t.int(2), t.local(0))), t.int(6))
    #expect(t.show(t.macro(.all, numbers, sixOver)) == "false")
    #expect(t.show(t.macro(.exists, numbers, sixOver)) == "true")
    #expect(t.show(t.macro(.existsOne, numbers, sixOver)) == "error: division by zero")
    #expect(t.show(t.macro(.all, t.list(), t.divisionByZero)) == "true")
    #expect(t.show(t.macro(.map, numbers, t.call(.multiply, t.local(0), t.local(0)))) == "[1, 4, 9]")
    #expect(t.show(t.macro(.filter, numbers, t.call(.greater, t.local(0), t.int(1)))) == "[2, 3]")
  }

  @Test func macrosOfTwoVariables() {
    let t = Tree()
    let sum = t.call(.add, t.call(.multiply, t.local(1), t.local(1)), t.local(0))
    #expect(t.show(t.macro(.transformList, t.list(t.int(3), t.int(4)), second: true, sum)) == "[9, 17]")
    let words = t.map((t.text("foo"), t.text("bar")), (t.text("baz"), t.text("bux")))
    let notBaz = t.call(.notEqual, t.local(0), t.text("baz"))
    #expect(
      t.show(t.macro(.transformMap, words, second: true, filter: notBaz, t.call(.add, t.local(0), t.local(1))))
        == "{\"foo\": \"foobar\"}")
    #expect(
      t.show(t.macro(.transformMapEntry, words, second: true, t.map((t.local(1), t.local(0)))))
        == "{\"bar\": \"foo\", \"bux\": \"baz\"}")
    #expect(
      t.show(t.macro(.transformMapEntry, words, second: true, t.map((t.int(1), t.local(0)))))
        == "error: a map has the key 1 twice")
    #expect(t.show(t.macro(.sortBy, t.list(t.int(3), t.int(1), t.int(2)), t.call(.negate, t.local(0)))) == "[3, 2, 1]")
  }

  @Test func budgetsEndInErrors() {
    let t = Tree()
    t.limits.steps = 1000
    #expect(
      t.show(t.macro(.all, t.call(.range, t.int(2000)), t.bool(true)))
        == "error: the evaluation takes more than 1000 steps")
    var deep = t.bool(true)
    for _ in 0..<5000 { deep = t.call(.not, deep) }
    #expect(t.show(deep) == "error: the evaluation is nested more than 500 deep")
    let large = Tree()
    large.limits.textBytes = 100
    let repeated = large.call(
      .replace, large.text(String(repeating: "a", count: 50)), large.text("a"), large.text("aaa"))
    #expect(large.show(repeated) == "error: a text has more than 100 bytes")
  }
}
