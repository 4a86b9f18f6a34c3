import DocketDiagnostics
import Testing

@Suite struct TextTableTests {
  private func table() -> TextTable {
    var table = TextTable([.left("priority"), .right("made"), .right("total")])
    table.add(["critical", "5", "270"])
    table.add(["中等", "15145", "23466"])
    return table
  }

  @Test func columnsAlignByCells() {
    #expect(
      table().render() == """
        priority   made  total
        ────────  ─────  ─────
        critical      5    270
        中等      15145  23466

        """)
  }

  @Test func aFooterStandsBelowARule() {
    var table = table()
    table.footer = ["all", "15150", "23736"]
    #expect(
      table.render() == """
        priority   made  total
        ────────  ─────  ─────
        critical      5    270
        中等      15145  23466
        ────────  ─────  ─────
        all       15150  23736

        """)
  }

  @Test func theWidestTextColumnIsCutAndNumbersNever() {
    var table = TextTable([.left("rule"), .left("because"), .right("n")])
    table.add(["outage", "客户说支付一直失败，请尽快处理", "1234567"])
    table.add(["wishes"])
    #expect(
      table.render(width: 30) == """
        rule    because              n
        ──────  ─────────────  ───────
        outage  客户说支付一…  1234567
        wishes

        """)
  }

  @Test func cellsStayOnTheirLine() {
    var table = TextTable([.left("subject")])
    table.add(["two\nlines", "extra"])
    #expect(table.render() == "subject\n─────────\ntwo␊lines\n")
  }
}
