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
}
