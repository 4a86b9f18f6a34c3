import DocketRuntime
import DocketSyntax
import Testing

@testable import DocketSemantics

@Suite struct TableTests {
  let sample = SampleWorld()
  var t: Tree { sample.tree }

  private func priority(_ ordinal: Int) -> CheckedExpression {
    t.constant(.enumeration(SampleWorld.priority, ordinal: ordinal), .enumeration(SampleWorld.priority))
  }

  private func install(_ policy: HitPolicy, _ rows: [([[CheckedTable.Test]], CheckedExpression)]) {
    t.rulebook.tables = [
      CheckedTable(
        name: "target", titles: [],
        parameters: [("priority", .enumeration(SampleWorld.priority), true), ("votes", .int, true)], result: .int,
        resultIsOptional: true, hitPolicy: policy,
        rows: rows.map { CheckedTable.Row(cells: $0.0, result: $0.1, span: t.null.span) }, slotCount: 2,
        span: t.null.span)
    ]
  }

  private func look(_ priority: CheckedExpression, _ votes: CheckedExpression) -> String {
    t.show(t.node(.table(0, [priority, votes])))
  }

  @Test func theFirstRowThatMatches() {
    install(
      .first,
      [
        ([[.equal(priority(2))], [.relation(.greaterOrEqual, t.int(10))]], t.int(1)),
        ([[.equal(priority(1)), .equal(priority(2))], []], t.call(.multiply, t.local(1), t.int(2))),
        ([[.absent], []], t.int(3)),
        ([[.equal(priority(0))], [.range(t.int(5), t.int(9))]], t.null),
      ])
    #expect(look(priority(2), t.int(10)) == "1")
    #expect(look(priority(2), t.int(9)) == "18")
    #expect(look(t.null, t.int(9)) == "error: `priority` is absent")
    #expect(look(priority(0), t.int(4)) == "error: no row of `target` matches")
    #expect(look(priority(0), t.int(5)) == "error: `target(…)` is absent")
    #expect(t.show(t.coalesce(t.node(.table(0, [priority(0), t.int(9)])), t.int(7))) == "7")
  }

  @Test func aCellThatDoesNotMatchSettlesTheRow() {
    install(
      .first,
      [
        ([[.equal(priority(2))], [.relation(.greaterOrEqual, t.int(10))]], t.int(1)),
        ([[], []], t.int(2)),
      ])
    // The votes are absent, but the priority is another anyway.
    #expect(look(priority(0), t.null) == "2")
    #expect(look(priority(2), t.null) == "error: `votes` is absent")
  }

  @Test func absentMatchesOnlyNull() {
    install(.first, [([[.absent], []], t.int(3)), ([[], [.absent, .equal(t.int(0))]], t.int(4))])
    #expect(look(t.null, t.int(9)) == "3")
    #expect(look(priority(1), t.null) == "4")
    #expect(look(priority(1), t.int(0)) == "4")
  }

  @Test func policies() {
    let rows: [([[CheckedTable.Test]], CheckedExpression)] = [
      ([[], [.relation(.greater, t.int(1))]], t.int(1)), ([[], [.relation(.greater, t.int(5))]], t.int(2)),
    ]
    install(.unique, rows)
    #expect(look(priority(0), t.int(3)) == "1")
    #expect(look(priority(0), t.int(6)) == "error: several rows of `target` match, though its policy is `hit unique`")
  }

  @Test func allRows() {
    install(
      .all,
      [
        ([[], [.relation(.greater, t.int(1))]], t.int(1)), ([[], [.relation(.greater, t.int(5))]], t.int(2)),
      ])
    #expect(look(priority(0), t.int(6)) == "[1, 2]")
    #expect(look(priority(0), t.int(0)) == "[]")
  }

  /// Of generated tables, values and policies: what the tree evaluator gives, the lowered call gives, with the same errors.
  @Test func generatedTablesAgree() {
    var seed: UInt64 = 5
    func below(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % count
    }
    func votes() -> CheckedExpression {
      switch below(10) {
      case 0: t.double(Double(below(5)) + 0.5)
      case 1: t.uint(UInt64(below(5)))
      case 2: t.call(.add, t.int(Int64(below(3))), t.int(2))
      default: t.int(Int64(below(6)))
      }
    }
    func tests(_ value: () -> CheckedExpression) -> [CheckedTable.Test] {
      (0..<max(0, below(4) - 1)).map { _ in
        switch below(7) {
        case 0: .absent
        case 1: .present
        case 2: .range(value(), value())
        case 3: .relation([.less, .lessOrEqual, .greater, .greaterOrEqual, .notEqual][below(5)], value())
        default: .equal(value())
        }
      }
    }
    var outcomes: [String: Int] = [:]
    for _ in 0..<LoweringTests.cases {
      let rows = (0..<(1 + below(5))).map { _ -> ([[CheckedTable.Test]], CheckedExpression) in
        let result = below(8) == 0 ? t.null : below(12) == 0 ? t.local(1) : t.int(Int64(below(100)))
        return ([tests { priority(below(3)) }, tests(votes)], result)
      }
      install([.first, .unique, .all][below(7) / 3], rows)
      // An absent value, or an error, or a value of each kind.
      let first = below(4) == 0 ? t.null : priority(below(3))
      let second = below(5) == 0 ? t.null : below(12) == 0 ? t.divisionByZero : votes()
      let call = t.node(.table(0, [first, second]))
      let evaluator = t.engine()
      let body = Body(expression: call, slotCount: 0)
      let wanted = LoweringTests.show(evaluator.evaluate(body), evaluator)
      let got = LoweringTests.show(evaluator.evaluate(evaluator.lower(body), arguments: []), evaluator)
      #expect(got == wanted)
      outcomes[wanted.hasPrefix("error") ? String(wanted.prefix { $0 != "(" }) : "value", default: 0] += 1
    }
    // Values, no row, several rows, something absent, an error of an argument.
    #expect(outcomes.count >= 5, "\(outcomes)")
  }
}
