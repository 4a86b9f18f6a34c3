/// What tests reach: every kind of thing, in every report.

import Docket
import DocketDiagnostics
import DocketTesting
import Testing

struct CoverageTests {
  private func coverage(_ tests: String, rules: String = TestDesk.rules) throws -> Coverage {
    let rulebook = TestDesk.rulebook(tests, rules: rules)
    var options = TestOptions()
    options.measuresCoverage = true
    let report = TestRunner.report(rulebook: rulebook.checked, sources: rulebook.sources, options: options)
    #expect(report.results.exitCode == 0, "\(report.results.compactMap(\.message))")
    return try #require(report.coverage)
  }

  private func points(_ coverage: Coverage, _ kind: CoveragePoint.Kind) -> [String] {
    coverage.files.flatMap(\.points).filter { $0.kind == kind }.map { point in
      "\(point.text): " + point.outcomes.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    }
  }

  private let one = """
    test "a popular one" {
      now @2026-09-30T10:00
      let f = Feedback { id: "F1", tier: gold, votes: 12, created_at: now }
      expect team(f).to == "a"
      expect answer(f).due == @2026-09-30T14:00
    }

    """

  @Test func `each condition counts what it came to, and what was not asked counts nothing`() throws {
    let coverage = try coverage(one)
    #expect(
      points(coverage, .condition) == [
        "f.team == null: true 1, false 0", "f.votes >= 10: true 1, false 0", "f.tier == gold: true 1, false 0",
        "f.status == closed: true 0, false 1", "f.status == waiting: true 0, false 1",
        "f.status == closed: true 0, false 0",
      ])
    #expect(points(coverage, .rule) == ["popular: reached 1"])
    #expect(points(coverage, .row) == ["gold     | 4h: reached 1", "standard | 8h: reached 0"])
    #expect(points(coverage, .target) == ["to \"b\": reached 0"])
    #expect(points(coverage, .state) == ["answer: running 1, paused 0, met 0, breached 0"])
    #expect(points(coverage, .day) == ["office: working day 1, day off 0, closed date 0"])
    #expect(points(coverage, .measure) == ["closed_share: on_target 0, off_target 0"])
  }

  private let all = """
    test "everything" {
      now @2026-09-30T10:00
      let f = Feedback { id: "F1", tier: gold, votes: 12, created_at: now }
      let g = Feedback { id: "F2", tier: standard, votes: 12, created_at: now }
      let h = Feedback { id: "F3", tier: standard, votes: 1, created_at: now, team: "b" }
      expect team(f).to == "a"
      expect team(g).to == "b"
      expect team(h).status == not_selected
      let i = Feedback { id: "F4", tier: gold, votes: 1, created_at: now }
      expect team(i).to == "b"
      expect answer(f).status == running
      expect answer(g).status == running
      expect cells(closed_share)[0].status == off_target
      wait 1h
      set f.status = waiting
      expect answer(f).status == paused
      set f.status = closed
      expect answer(f).status == met
      set i.status = closed
      expect cells(closed_share)[0].status == on_target
      wait 120h
      expect answer(g).status == breached
    }

    """

  @Test func `everything can be reached`() throws {
    let coverage = try coverage(all)
    let missing = coverage.files.flatMap(\.points).filter { !$0.missing.isEmpty }.map { "\($0.text): \($0.missing)" }
    #expect(missing == [])
    #expect(Coverage.total([coverage]).percentText == "100.0 %")
  }

  @Test func `measuring changes no result`() throws {
    let plain = TestDesk.report(all + one)
    var options = TestOptions()
    options.measuresCoverage = true
    let measured = TestDesk.report(all + one, options: options)
    #expect(plain.results.map(\.status) == measured.results.map(\.status))
    #expect(plain.coverage == nil)
  }

  @Test func `parallel workers count together`() throws {
    let tests = (0..<200).map { number in
      "test \"t\(number)\" { expect patience(\(number % 2 == 0 ? "gold" : "standard")) == \(number % 2 == 0 ? 4 : 8)h }\n"
    }.joined()
    var options = TestOptions()
    options.measuresCoverage = true
    options.jobs = 3
    let coverage = try #require(TestDesk.report(tests, options: options).coverage)
    #expect(points(coverage, .row) == ["gold     | 4h: reached 100", "standard | 8h: reached 100"])
  }

  @Test func `people see the lines that are not reached, with what is missing`() throws {
    let text = CoverageText().render([try coverage(one)])
    #expect(
      text.hasPrefix(
        """

        coverage                    reached  of    share
        ──────────────────────────  ───────  ──  ───────
        rules                             1   1  100.0 %
        conditions, true and false        5  12   41.6 %
        rows of tables                    1   2   50.0 %
        targets and `otherwise`           0   1    0.0 %
        states of SLAs                    1   4   25.0 %
        kinds of calendar days            1   3   33.3 %
        judgements of KPIs                0   2    0.0 %
        ──────────────────────────  ───────  ──  ───────
        in all                            9  25   36.0 %

        desk.docket  36.0 %
        """), "\(text)")
    #expect(text.contains("~ 26 │     when f.votes >= 10 and f.tier == gold\n"), "\(text)")
    #expect(text.contains("       └ never false: f.votes >= 10\n"))
    #expect(text.contains("✗ 21 │   standard | 8h\n       └ no test reaches this row\n"), "\(text)")
    #expect(text.contains("`office` never meets a day off, or a closed date"))
    #expect(text.hasSuffix("✓ reached   ~ reached in part   ✗ never reached\n"))
  }

  @Test func `machines get LCOV, Cobertura, JSON and a page`() throws {
    let coverage = [try coverage(one)]
    let lcov = LCOVReport.render(coverage)
    #expect(lcov.hasPrefix("TN:\nSF:desk.docket\nFN:25,popular\nFNDA:1,popular\nFNF:1\nFNH:1\n"), "\(lcov)")
    #expect(lcov.contains("BRF:21\nBRH:7\n"), "\(lcov)")
    #expect(lcov.hasSuffix("end_of_record\n"))
    let cobertura = CoberturaReport.render(coverage)
    #expect(cobertura.contains("<class name=\"desk.docket\" filename=\"desk.docket\""))
    #expect(
      cobertura.contains("<line number=\"26\" hits=\"1\" branch=\"true\" condition-coverage=\"50% (2/4)\"/>"),
      "\(cobertura)")
    let json = CoverageJSON.render(coverage)
    #expect(json.hasPrefix("{\"reached\":9,\"all\":25,\"percent\":36"), "\(json)")
    #expect(json.contains("{\"kind\":\"rule\",\"line\":25,\"text\":\"popular\",\"outcomes\":{\"reached\":1}}"))
    let html = CoverageHTML.render(coverage)
    #expect(html.contains("<span class=\"x\">✗   21    standard | 8h</span>"), "\(html)")
    #expect(!html.contains("http"))
  }
}
