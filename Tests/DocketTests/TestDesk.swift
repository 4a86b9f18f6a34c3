/// A small desk for the tests of the test runner: a route, a clock, a measure, a table and a calendar.

import Docket
import DocketDiagnostics
import DocketTesting
import Testing

enum TestDesk {
  static let rules = """
    zone "UTC"
    enum Tier { standard, gold }
    enum Status { open, waiting, closed }
    calendar office {
      open mon-fri 09:00-17:00
      closed @2026-10-01
    }
    entity Feedback as f {
      key id: string
      tier: Tier
      status: Status = open
      votes: int = 0
      tags: list<string>
      team: string?
      created_at: timestamp
    }
    func tags(f: Feedback): list<string> = f.tags
    table patience(tier: Tier): duration {
      tier     | result
      gold     | 4h
      standard | 8h
    }
    route team for Feedback.team as f {
      where f.team == null
      rule popular {
        when f.votes >= 10 and f.tier == gold
        to "a"
      }
      otherwise to "b"
    }
    sla answer for Feedback as f {
      start  at f.created_at
      stop   when f.status == closed
      pause  while f.status == waiting
      target patience(f.tier)
      using  office
      on reopen count gap
    }
    kpi closed_share over Feedback as f {
      value  ratio(f.status == closed)
      target >= 50%
    }

    """

  static func rulebook(
    _ tests: String, rules: String = TestDesk.rules, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) -> Rulebook {
    var sources = SourceMap()
    sources.add(path: "desk.docket", text: rules)
    sources.add(path: "tests.docket", text: tests)
    let rulebook = Rulebook.check(sources)
    let errors = rulebook.diagnostics.all.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(render(errors, sources: rulebook.sources))", sourceLocation: sourceLocation)
    return rulebook
  }

  static func report(
    _ tests: String, options: TestOptions = TestOptions(),
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) -> TestReport {
    let rulebook = rulebook(tests, sourceLocation: sourceLocation)
    return TestRunner.report(rulebook: rulebook.checked, sources: rulebook.sources, options: options)
  }
}
