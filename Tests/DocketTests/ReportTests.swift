/// Reports as people read them: the goldens in Tests/Reports are reviewed by eye; `DOCKET_RECORD=1` writes them anew.

import Docket
import DocketDiagnostics
import Foundation
import Testing

@Suite struct ReportTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Reports")

  private func expect(_ text: String, is name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["DOCKET_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test(arguments: [ReportLanguage.english, .chinese], [nil, 60, 30])
  func textReadsAsReviewed(_ language: ReportLanguage, _ width: Int?) throws {
    let session = try ReportFixture.session()
    let report = TextReport(session, width: width, color: false, language: language)
    let text = report.render(RunSummary(session))
    try expect(text, is: "desk-\(language.rawValue)\(width.map { "-\($0)" } ?? "").txt")
    #expect(!text.contains("\u{1B}"))
  }

  @Test func noPeriodIsEverCut() throws {
    let session = try ReportFixture.session()
    for width in 1...80 {
      let report = TextReport(session, width: width, color: false)
      let text = report.kpi(0) + report.kpi(1)
      #expect(text.contains("2026-09 …"), "at \(width)")
      #expect(!text.contains("2026-…") && !text.contains("2026…"), "at \(width)")
    }
  }

  @Test func tablesStayWithinATerminalThatIsWideEnoughForTheirFigures() throws {
    let session = try ReportFixture.session()
    for language in ReportLanguage.allCases {
      for width in [48, 60, 80, 120] {
        let summary = RunSummary(session)
        let text = TextReport(session, width: width, color: false, language: language).render(summary)
        // Sentences below the tables are not cut.
        for line in text.split(separator: "\n") where line.contains("─") {
          #expect(String(line).displayWidth <= width, "\(language) at \(width): \(line)")
        }
      }
    }
  }

  @Test func sharesAreRoundedAndEqualPartsReadAlike() {
    let words = ReportWords()
    #expect(words.shares([1, 1, 1], of: 3) == ["33.3 %", "33.3 %", "33.3 %"])
    #expect(words.shares([2, 1], of: 3) == ["66.7 %", "33.3 %"])
    #expect(words.shares([9, 7], of: 16) == ["56.3 %", "43.8 %"])
    #expect(words.shares([99_999, 1], of: 100_000) == ["> 99.9 %", "< 0.1 %"])
    #expect(words.shares([0, 5], of: 5) == ["0.0 %", "100.0 %"])
    #expect(words.shares([], of: 0) == [])
    #expect(ReportWords(.chinese).shares([1, 2], of: 3) == ["33.3%", "66.7%"])
  }

  @Test func aShareChangesByPoints() throws {
    let session = try ReportFixture.session()
    let share = TextReport(session, width: nil, color: false).kpi(0)
    #expect(share.contains(" pts") == share.contains("change"), "\(share)")
    #expect(!share.contains("+") || share.contains(" pts"), "\(share)")
  }

  @Test func whatIsLateIsListedBeforeWhatBreachesNext() throws {
    let session = try ReportFixture.session()
    for language in ReportLanguage.allCases {
      let text = TextReport(session, width: 80, color: false, language: language).sla(0)
      let late = try #require(text.range(of: language == .english ? "late and open" : "已超时未完成"))
      let next = try #require(text.range(of: language == .english ? "next to breach" : "最先到期"))
      #expect(late.lowerBound < next.lowerBound)
      #expect(text.contains("T5"))
    }
  }

  @Test func reasonsAreNotCutAwayOnNarrowTerminals() throws {
    let session = try ReportFixture.session()
    for language in ReportLanguage.allCases {
      for width in [20, 30, 40, 60, 80] {
        let text = TextReport(session, width: width, color: false, language: language).ensure(0)
        let joined = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
        #expect(joined.contains("<b>T4</b> has none"), "\(language) at \(width): \(text)")
      }
    }
  }

  @Test func colourIsOnlyWhereItIsAskedFor() throws {
    let session = try ReportFixture.session()
    let plain = TextReport(session, width: 100, color: false).render(RunSummary(session))
    let coloured = TextReport(session, width: 100, color: true).render(RunSummary(session))
    #expect(coloured.contains("\u{1B}[31m"))
    let stripped = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(stripped == plain)
  }

  @Test func figuresAddUp() throws {
    let session = try ReportFixture.session()
    let summary = RunSummary(session)
    let route = try #require(summary.routes.first)
    #expect(route.rules.reduce(0) { $0 + $1.items } == route.assigned)
    #expect(route.owners.reduce(0) { $0 + $1.items } == route.assigned)
    #expect(route.statuses.reduce(0) { $0 + $1.items } == route.items)
    #expect(route.owners.map(\.name.name) == ["值班组", "on <call> & co"])
    #expect(route.unusedRules == 1)
    let sla = try #require(summary.slas.first)
    #expect(sla.statuses.reduce(0) { $0 + $1.clocks } == sla.clocks)
    #expect(sla.late.map(\.item) == ["T5"] && sla.lateCount == 1)
    #expect(sla.next.map(\.item) == ["T6", "T7", "T8"])
    let kpi = summary.kpis[0]
    #expect(kpi.groups.map { $0.map { $0?.name } } == [["Low"], ["High"]])
    #expect(kpi.periods.count == 3 && kpi.series(0) == [1, 1, 0])
    // How things stand is what the last month that is over says.
    #expect(kpi.latest.map(\.value) == [1, 0.5])
    #expect(summary.ensures[0].findings.map(\.because) == ["<b>T4</b> has none"])
  }

  @Test func languagesAreFoundByTheirNames() {
    #expect(ReportLanguage(named: "zh_CN.UTF-8") == .chinese)
    #expect(ReportLanguage(named: "zh-Hans") == .chinese)
    #expect(ReportLanguage(named: "EN") == .english)
    #expect(ReportLanguage(named: "C") == nil)
    #expect(ReportLanguage(named: "") == nil)
  }

  @Test func titlesAreInTheReadersLanguage() {
    let both = TitledName("owner", ["Who answers", "谁来处理"])
    #expect(both.title(.english) == "Who answers" && both.title(.chinese) == "谁来处理")
    let reversed = TitledName("owner", ["谁来处理", "Who answers"])
    #expect(reversed.title(.english) == "Who answers" && reversed.title(.chinese) == "谁来处理")
    #expect(TitledName("owner", ["Who answers"]).title(.chinese) == "Who answers")
    #expect(TitledName("Low", ["Low", "低"]).label(.chinese) == "低")
    #expect(TitledName("Low", ["Low"]).label(.chinese) == "Low")
  }

  @Test func chineseTimesAndDurations() {
    let words = ReportWords(.chinese)
    #expect(words.duration(seconds: 9_000) == "2小时30分钟")
    #expect(words.duration(seconds: -90) == "-1分钟30秒")
    #expect(words.percent(0.5) == "50.0%")
    #expect(words.list(["一", "二"]) == "一，二" && words.names(["一", "二"]) == "一、二")
  }
}
