import DocketDiagnostics
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("route", 5), ("客户满意度", 10), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4), ("한국어", 6),
    ("ひらがな", 8), ("，。", 4), ("𠮷", 2), ("é", 1), ("─│┌…“”", 6), ("zero\u{200B}width", 9),
    ("e\u{301}", 1), ("\u{1100}\u{1161}\u{11A8}", 2), ("a\tb\u{1B}", 2),
  ])
  func textTakesItsCells(text: String, cells: Int) {
    #expect(text.displayWidth == cells)
  }

  @Test(arguments: ["😀", "👍🏽", "🇨🇳", "👩‍👩‍👧‍👦", "❤️", "1️⃣", "⌚", "🏳️‍🌈"])
  func anEmojiSequenceTakesTwoCells(emoji: String) {
    #expect(emoji.displayWidth == 2)
    #expect("客\(emoji)a".displayWidth == 5)
  }

  @Test func paddingCountsCells() {
    #expect("客户".padded(to: 6) == "客户  ")
    #expect("12".padded(to: 4, alignment: .right) == "  12")
    #expect("longer".padded(to: 3) == "longer")
  }

  @Test func truncationKeepsWholeCharacters() {
    #expect("priority".truncated(to: 8) == "priority")
    #expect("priority".truncated(to: 5) == "prio…")
    #expect("客户满意度".truncated(to: 6) == "客户…")
    #expect("客户满意度".truncated(to: 5) == "客户…")
    #expect("客户".truncated(to: 1) == "…")
    #expect("客户".truncated(to: 0) == "")
  }

  @Test func nothingPrintedCanMoveTheCursor() {
    #expect("a\u{1B}[31m\nb\tc\u{202E}\u{7F}".displaySafe == "a␛[31m␊b c\u{FFFD}␡")
  }
}
