/// Changes of a rulebook: which there are, which tests notice them, and what is proposed where none does.

import Docket
import DocketDiagnostics
import DocketTesting
import Testing

struct MutationTests {
  private func report(_ tests: String, rules: String = TestDesk.rules, proposes: Bool = false) -> MutationReport {
    var options = MutationRun.Options()
    options.proposes = proposes
    return TestDesk.rulebook(tests, rules: rules).mutate(options)
  }

  private func changes(_ rules: String, _ test: String = "test \"t\" { expect f(1) }") -> [String] {
    report(test, rules: rules).mutants.map { mutant in
      let mark =
        switch mutant.outcome {
        case .killed: "killed"
        case .survived: "survived"
        case .equivalent: "equivalent"
        case .invalid: "invalid"
        }
      return "\(mutant.mutation.kind.rawValue) \(mutant.new.joined(separator: " / ").drop { $0 == " " }): \(mark)"
    }
  }

  @Test func `limits, operators and numbers are changed one at a time`() {
    #expect(
      changes("func f(n: int): bool = n > 0 and n + 1 < 10\n") == [
        "boundary func f(n: int): bool = n >= 0 and n + 1 < 10: survived",
        "constant func f(n: int): bool = n > 1 and n + 1 < 10: killed",
        "operator func f(n: int): bool = n > 0 or n + 1 < 10: survived",
        "operator func f(n: int): bool = n > 0 and n - 1 < 10: survived",
        "constant func f(n: int): bool = n > 0 and n + 2 < 10: survived",
        "boundary func f(n: int): bool = n > 0 and n + 1 <= 10: survived",
        "constant func f(n: int): bool = n > 0 and n + 1 < 11: survived",
      ])
  }

  @Test func `cases, lists and negations are changed`() {
    #expect(
      changes(
        "enum Tier { standard, gold }\nfunc f(n: int): bool = not (n in [3, 4]) and Tier.gold > standard\n"
      ) == [
        "operator func f(n: int): bool = (n in [3, 4]) and Tier.gold > standard: killed",
        "operator func f(n: int): bool = not (n not in [3, 4]) and Tier.gold > standard: killed",
        "element func f(n: int): bool = not (n in [4]) and Tier.gold > standard: survived",
        "element func f(n: int): bool = not (n in [3]) and Tier.gold > standard: survived",
        "operator func f(n: int): bool = not (n in [3, 4]) or Tier.gold > standard: survived",
        "enum func f(n: int): bool = not (n in [3, 4]) and Tier.standard > standard: killed",
        "boundary func f(n: int): bool = not (n in [3, 4]) and Tier.gold >= standard: survived",
        "enum func f(n: int): bool = not (n in [3, 4]) and Tier.gold > gold: killed",
      ])
  }

  private let tests = """
    test "a popular one" {
      now @2026-09-30T10:00
      let f = Feedback { id: "F1", tier: gold, votes: 12, created_at: now }
      expect team(f).to == "a"
      expect answer(f).due == @2026-09-30T14:00
    }

    """

  @Test func `rules, rows, clauses, calendars, pauses and policies are changed`() {
    let report = report(tests)
    let kinds = Set(report.mutants.map(\.mutation.kind))
    #expect(
      kinds == [
        .boundary, .operator, .enum, .constant, .row, .rule, .clause, .calendar, .pause, .policy,
      ])
    #expect(report.failing.isEmpty)
    #expect(report.exitCode == 1)
    let pause = report.mutants.first { $0.mutation.kind == .pause }
    #expect(pause?.old == ["  pause  while f.status == waiting"])
    #expect(pause?.new == [])
    #expect(pause?.reachedBy == ["a popular one"])
  }

  @Test func `the hit policy of a route is changed where it has rules to choose from`() {
    let rule = "    when f.votes >= 10 and f.tier == gold\n    to \"a\"\n  }\n"
    let another = "  rule gold {\n    when f.tier == gold\n    to \"c\"\n  }\n"
    let rules = TestDesk.rules.replacing(rule, with: rule + another)
    func policies(_ rules: String) -> [MutationReport.Mutant] {
      report(tests, rules: rules).mutants.filter { $0.mutation.kind == .hitPolicy }
    }
    #expect(policies(TestDesk.rules).isEmpty)
    #expect(policies(rules).map { $0.new.last } == ["  hit unique"])
    if case .killed? = policies(rules).first?.outcome {} else { Issue.record("two rules match: nobody noticed") }
  }

  private let shifts = """
    zone "UTC"
    entity Shift as s {
      key id: string
      from: timestamp
      night: bool = false
    }
    ensure prepared for each Shift as s {
      where not s.night
      during next 2h
      expect now < s.from
    }

    """
  private let shiftTest = """
    test "a shift begins in an hour" {
      now @2026-09-30T10:00
      add Shift { id: "S1", from: @2026-09-30T11:00 }
      expect findings(prepared)[0].from == @2026-09-30T11:00
    }
    """

  @Test func `conditions and spans of invariants are changed`() {
    #expect(
      changes(shifts, shiftTest) == [
        "constant night: bool = true: killed",
        "clause : survived",
        "operator where s.night: killed",
        "clause : killed",
        "constant during next 2h1m: survived",
        "boundary expect now <= s.from: killed",
      ])
  }

  @Test func `what an invariant would find is asked by the test that is proposed`() throws {
    let survivors = report(shiftTest, rules: shifts, proposes: true).survivors
    let clause = try #require(survivors.first { $0.mutation.kind == .clause })
    #expect(
      clause.proposal?.test.contains("expect size(findings(prepared)) == ") == true,
      "\(clause.proposal?.test ?? "none")")
  }

  @Test func `a test that the survivor would fail is proposed, and was run`() throws {
    let report = report(tests, proposes: true)
    let boundary = try #require(report.survivors.first { $0.new.first?.contains("f.votes > 10") == true })
    let proposal = try #require(boundary.proposal)
    #expect(proposal.test.contains("votes: 10"), "\(proposal.test)")
    #expect(TestDesk.report(proposal.test).results.map(\.status) == [.passed])
    let changed = TestDesk.rules.split(separator: "\n").map {
      $0.contains("f.votes >= 10") ? "    when f.votes > 10 and f.tier == gold" : String($0)
    }.joined(separator: "\n")
    let after = TestDesk.rulebook(proposal.test, rules: changed)
    #expect(TestRunner.run(rulebook: after.checked, sources: after.sources).map(\.status) == [.failed])
  }

  @Test func `a clock's pause is told by a test that is proposed`() throws {
    let tests = """
      test "waits" {
        now @2026-09-30T10:00
        let f = Feedback { id: "F1", tier: gold, created_at: now }
        wait 1h
        set f.status = waiting
        expect answer(f).status != met
      }
      """
    let pause = try #require(report(tests, proposes: true).survivors.first { $0.mutation.kind == .pause })
    #expect(pause.proposal?.test.contains("expect answer(f).status == ") == true, "\(pause.proposal?.test ?? "none")")
  }

  @Test func `a table and a function are called with the values that they mention`() {
    let rules = """
      enum Tier { standard, gold }
      table patience(tier: Tier, votes: int): duration {
        tier | votes | result
        gold | >= 10 | 1h
        _    | _     | 8h
      }
      func twice(n: int): int = n > 7 ? n * 2 : n

      """
    let report = report(
      "test \"t\" {\n  expect patience(gold, 50) == 1h and twice(50) == 100\n}\n", rules: rules, proposes: true)
    let proposals = report.survivors.compactMap(\.proposal?.test)
    #expect(
      proposals.contains("test \"boundary at line 4\" {\n  expect patience(Tier.gold, 10) == 1h\n}\n"), "\(proposals)")
    #expect(proposals.contains("test \"boundary at line 7\" {\n  expect twice(7) == 7\n}\n"), "\(proposals)")
    #expect(report.survivors.allSatisfy { $0.proposal != nil })
  }

  @Test func `what is marked as equivalent does not survive, with its reason`() {
    let rules = "func f(n: int): bool = n > 0 // equivalent: boundary, constant because nobody counts to nothing\n"
    let report = report("test \"t\" { expect f(5) }", rules: rules)
    #expect(report.survivors.isEmpty)
    #expect(report.equivalent == 2)
    #expect(report.exitCode == 0)
    #expect(report.idleMarks.isEmpty)
    if case .equivalent(let reason) = report.mutants[0].outcome { #expect(reason == "nobody counts to nothing") }
  }

  @Test func `a mark above a line means that line, and one that is not needed is told`() {
    let rules = """
      // equivalent: boundary because it is so
      // and more about it
      func f(n: int): bool = n > 0
      func g(n: int): bool = n > 0 // equivalent: operator because of nothing
      """
    let report = report("test \"t\" { expect f(5) and g(1) and not g(0) }", rules: rules)
    #expect(report.survivors.map(\.line) == [3])
    #expect(report.idleMarks.map(\.line) == [4])
  }

  @Test func `a mark without a reason, or of no known kind, is an error`() {
    func problem(_ mark: String) -> String? {
      let report = report("test \"t\" { expect f(5) }", rules: "func f(n: int): bool = n > 0 // equivalent: \(mark)\n")
      #expect(report.exitCode == 3)
      return report.badMarks.first?.message
    }
    #expect(problem("boundary") == "the reason is missing: write `// equivalent: boundary because …`")
    #expect(problem("bondary because x") == "`bondary` is no kind of change: did you mean `boundary`?")
  }

  @Test func `nothing is changed while a test fails, or where there is none`() {
    let failing = report("test \"t\" { expect patience(gold) == 1h }")
    #expect(failing.mutants.isEmpty)
    #expect(failing.exitCode == 1)
    #expect(report("").exitCode == 5)
  }

  @Test func `people see the change as a difference`() {
    let rules = "func f(n: int): bool = n > 0\n"
    let text = MutationText().render(
      report("test \"t\" { expect f(5) }", rules: rules, proposes: true), duration: .zero)
    #expect(
      text.hasPrefix(
        """
        SURVIVED boundary  desk.docket:1
            - func f(n: int): bool = n > 0
            + func f(n: int): bool = n >= 0
          only "t" reaches it, and passes
        """), "\(text)")
    #expect(text.hasSuffix("2 changes under 1 test: 0 noticed, 2 survived, 0 equivalent (0.0 s)\n"), "\(text)")
  }

  @Test func `threads change nothing`() {
    var options = MutationRun.Options()
    options.proposes = false
    let rulebook = TestDesk.rulebook(tests)
    let serial = MutationJSON.lines(rulebook.mutate(options))
    options.jobs = 4
    #expect(MutationJSON.lines(rulebook.mutate(options)) == serial)
  }
}
