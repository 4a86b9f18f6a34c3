/// The test runner: every status, the world of a test, and what a failure says.

import Docket
import DocketDiagnostics
import DocketTesting
import Testing

/// A small desk: people answer feedback of customers within four hours.
private let desk = """
  zone "UTC"
  enum Status { open, waiting, closed }
  enum Tier { standard, gold }
  entity Customer { key id: string  name: string  tier: Tier  best_friend: Customer? }
  entity Person { key id: string  name: string  capacity: int = 2 }
  entity Boss = Person as p where p.capacity > 1
  entity Feedback as f {
    key id: string
    boss: Boss?
    status: Status = open
    customer: Customer?
    owner: Person?
    votes: int
    created_at: timestamp
    let popular = f.votes > 10
  }
  entity Message { key number: int  feedback: Feedback  at: timestamp event  public: bool }
  entity Tag { key id: string  on: list<Feedback> }
  extend entity Feedback { messages: list<Message> from Message.feedback }
  extend entity Person { load: list<Feedback> from Feedback.owner }
  func weight(f: Feedback): int = f.votes * 2
  table patience(tier: Tier): duration {
    tier     | result
    gold     | 4h
    standard | 8h
  }
  route owner for Feedback.owner as f {
    where f.status == open
    rule gold { when f.customer.tier == gold  to one Person as p where size(p.load) < p.capacity pick lowest p.id  because "gold" }
    rule popular { when f.popular  to Person["li"] }
    otherwise nobody
  }
  sla handled for Feedback as f {
    start at f.created_at
    stop when f.status == closed
    pause while f.status == waiting
    target patience(f.customer.tier)
    on reopen count gap
  }
  sla answered for Feedback as f {
    start at f.created_at
    stop on f.messages as m where m.public
    target 1h
  }
  kpi closed_share over Feedback as f { value ratio(f.status == closed) }
  fixture people {
    Person { id: "li", name: "Li" }
    Person { id: "wang", name: "Wang", capacity: 1 }
  }
  fixture customers {
    Customer { id: "acme", name: "Acme", tier: gold, best_friend: "bolt" }
    Customer { id: "bolt", name: "Bolt", tier: standard, best_friend: Customer["acme"] }
  }

  """

struct TestRunnerTests {
  /// Runs tests of the small desk; they stand in a file of their own, `tests.docket`.
  private func runDesk(
    _ tests: String, options: TestOptions = TestOptions(), sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) -> [TestResult] {
    var sources = SourceMap()
    sources.add(path: "desk.docket", text: desk)
    sources.add(path: "tests.docket", text: tests)
    let rulebook = Rulebook.check(sources)
    let errors = rulebook.diagnostics.all.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(render(errors, sources: rulebook.sources))", sourceLocation: sourceLocation)
    guard errors.isEmpty else { return [] }
    return TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources, options: options)
  }

  /// One test of the small desk, by its steps.
  private func script(_ steps: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) -> TestResult? {
    let results = runDesk("test \"it\" {\n\(steps)\n}\n", sourceLocation: sourceLocation)
    #expect(results.count == 1, sourceLocation: sourceLocation)
    return results.first
  }

  private func expectPasses(_ steps: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    let result = script(steps, sourceLocation: sourceLocation)
    #expect(result?.status == .passed, "\(result?.message ?? "")", sourceLocation: sourceLocation)
  }

  private func expectMessage(
    _ status: TestStatus, _ message: String, _ steps: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let result = script(steps, sourceLocation: sourceLocation)
    #expect(result?.status == status, sourceLocation: sourceLocation)
    #expect(result?.message == message, "\(result?.message ?? "")", sourceLocation: sourceLocation)
  }

  private var repository: String {
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  }

  // MARK: - Statuses

  @Test func `a test passes where every expectation holds`() {
    expectPasses("expect patience(gold) == 4h\n expect patience(standard) == 8h")
  }

  @Test func `a test that is skipped says why and does nothing`() {
    let results = runDesk("test \"a\" skip \"later\" { expect patience(gold) == 1h }\n")
    #expect(results.map(\.status) == [.skipped])
    #expect(results[0].message == "later")
    #expect(results.exitCode == 0)
  }

  @Test func `a test to do may fail, but not pass`() {
    let results = runDesk(
      """
      test "a" todo "soon" { expect patience(gold) == 1h }
      test "b" todo "soon" { expect patience(gold) == 4h }
      """)
    #expect(results.map(\.status) == [.todo, .failed])
    #expect(results[1].message == "soon\nit passes although it is marked `todo`: remove the mark")
  }

  @Test func `a rulebook without tests has its own exit code`() {
    #expect(runDesk("").exitCode == 5)
    #expect(TestReporter().render([], duration: .zero) == "no tests found\n")
  }

  @Test func `an evaluation error in an expectation is an error`() {
    expectMessage(
      .error,
      """
      expect f.customer.tier == gold
             f.customer.tier   absent
             f.customer        absent
      it cannot be evaluated: `f.customer` is absent
      """, "let f = Feedback { votes: 1 }\n expect f.customer.tier == gold")
  }

  @Test func `an evaluation error in a step ends the test`() {
    expectMessage(
      .error,
      """
      let n = 1 / (f.votes - 1)
      division by zero
      """, "let f = Feedback { votes: 1 }\n let n = 1 / (f.votes - 1)\n expect weight(f) == n")
  }

  // MARK: - Vacuity

  @Test func `a test without an expectation is vacuous`() {
    expectMessage(.failed, "the test is vacuous: no `expect` was carried out", "let f = Feedback { votes: 1 }")
  }

  @Test func `a test that asks nothing of the rulebook is vacuous`() {
    expectMessage(
      .failed, "the test is vacuous: no `expect` asks for a rule, a table, a function or a record",
      "let n = 1 + 1\n expect n == 2")
  }

  @Test func `a variable that holds what the rulebook said is no vacuous subject`() {
    expectPasses("let d = patience(gold)\n expect d == 4h")
  }

  // MARK: - Cases

  @Test func `every row of cases runs the whole script, and a failure names its row`() {
    expectMessage(
      .failed,
      """
      in the row tier standard, votes 2, longest 4h (line 5)
      expect patience(tier) == longest
             patience(tier)   8h
             tier             standard
             longest          4h
      the table `patience` gives 8h in the row desk.docket:25
      """,
      """
      cases {
        tier: Tier | votes | longest
        gold       | 1     | 4h
        standard   | 2     | 4h
      }
      let f = Feedback { id: "F1", votes: votes }
      expect f.votes == votes
      expect patience(tier) == longest
      """)
  }

  @Test func `a cell of null is absent`() {
    expectPasses(
      """
      cases {
        votes: int | popular
        null       | false
        12         | true
      }
      let f = Feedback { votes: votes }
      expect (f.votes ?? 0) > 10 == popular
      """)
  }

  // MARK: - Worlds

  @Test func `records of fixtures refer to each other in any order`() {
    expectPasses(
      """
      given customers
      given customers
      expect Customer["acme"].best_friend.name == "Bolt"
      expect Customer["bolt"].best_friend == Customer["acme"]
      expect Customer.values.map(c, c.id) == ["acme", "bolt"]
      """)
  }

  @Test func `a reference to a record that is not there names both`() {
    expectMessage(
      .error,
      """
      let f = Feedback { id: "F1", customer: "acme" }
      `customer` of the `Feedback` "F1" names the `Customer` "acme", which the test does not have
      """, "let f = Feedback { id: \"F1\", customer: \"acme\" }\n expect f.votes == 1")
  }

  @Test func `a reference to a record outside a view says so`() {
    expectMessage(
      .error,
      """
      let f = Feedback { id: "F1", boss: "wang" }
      `boss` of the `Feedback` "F1" names the `Person` "wang", which is not a `Boss`
      """, "given people\n let f = Feedback { id: \"F1\", boss: \"wang\" }\n expect f.boss.name == \"Wang\"")
    expectPasses("given people\n let f = Feedback { boss: \"li\" }\n expect f.boss.name == \"Li\"")
  }

  @Test func `a variable that is looked up can be set, and others see it`() {
    expectPasses(
      """
      now @2026-10-09T10:00
      given people
      let li = Person["li"]
      wait 1h
      set li.capacity = 5
      let extra = Person { id: "a", name: "A" }
      expect li.capacity == 5 and Person["li"].capacity == 5
      expect li.history.map(p, p.capacity) == [2, 5]
      """)
  }

  @Test func `lists of decisions stay readable from one expectation to the next`() {
    expectPasses(
      """
      given people
      let f = Feedback { id: "F1", votes: 20 }
      let g = Feedback { id: "F2", votes: 1 }
      expect decisions(owner).map(d, d.item.id + "") == ["F1", "F2"]
      expect size(decisions(owner)[0].undecided) == 1
      expect decisions(owner)[0].undecided == ["gold: `f.customer` is absent"]
      expect decisions(owner)[0].to == Person["li"]
      """)
  }

  @Test func `only the branch that was taken is explained`() {
    expectMessage(
      .failed,
      """
      expect f.votes == (f.votes > 1 ? 1 : weight(f))
             f.votes                       2
             f.votes > 1 ? 1 : weight(f)   1
             f.votes > 1                   true
      """, "let f = Feedback { votes: 2 }\n expect f.votes == (f.votes > 1 ? 1 : weight(f))")
  }

  @Test func `data that cannot be loaded is an error of the tests that want it`() {
    let result = script("now @2026-10-09T10:00\n given data \"nowhere\"\n expect size(Person.values) == 0")
    #expect(result?.status == .error)
    #expect(result?.message?.hasPrefix("given data \"nowhere\"\n`nowhere` cannot be loaded: ") == true)
  }

  @Test func `a key may stand only once`() {
    expectMessage(
      .error,
      """
      let b = Feedback { id: "F1" }
      there is a `Feedback` "F1" already
      """, "let a = Feedback { id: \"F1\" }\n let b = Feedback { id: \"F1\" }\n expect a == b")
  }

  @Test func `records without a key get a fresh one, and keep their variables as others join`() {
    expectPasses(
      """
      now @2026-10-09T10:00
      let z = Feedback { id: "z", votes: 1 }
      expect z.votes == 1
      let a = Feedback { votes: 2 }
      let both = [z, a]
      expect a.id == "feedback-2"
      let first = Feedback { id: "a", votes: 3 }
      expect z.votes == 1 and a.votes == 2 and first.votes == 3
      expect both.map(f, f.votes) == [1, 2]
      add Message { feedback: z, public: true }
      add Message { feedback: z, public: false }
      expect z.messages.map(m, m.number) == [1, 2]
      """)
  }

  @Test func `a field without a value has its default, also where null is given`() {
    expectPasses(
      """
      let a = Feedback { id: "a" }
      let b = Feedback { id: "b", status: null }
      expect a.status == open
      expect b.status == open and a.votes == null
      """)
  }

  @Test func `lists of references are given by key or by record`() {
    expectPasses(
      """
      let a = Feedback { id: "a", votes: 1 }
      let t = Tag { id: "t", on: [a, "b"] }
      let b = Feedback { id: "b", votes: 2 }
      expect t.on.map(f, f.votes) == [1, 2]
      """)
  }

  // MARK: - The clock

  @Test func `waiting and setting make the history that a clock is replayed over`() {
    expectPasses(
      """
      now @2026-10-09T10:00
      given customers
      let f = Feedback { id: "F1", customer: "acme", created_at: now }
      expect handled(f).status == running
      wait 1h
      set f.status = waiting
      expect handled(f).status == paused
      wait 10h
      set f.status = open
      expect handled(f).elapsed == 1h
      wait 3h
      expect handled(f).due == @2026-10-10T00:00
      set f.status = closed
      set f.status = closed
      expect handled(f).status == met
      expect size(f.history) == 4
      expect f.history[1].status == waiting
      """)
  }

  @Test func `an event that is added happens at the clock`() {
    expectPasses(
      """
      now @2026-10-09T10:00
      let f = Feedback { id: "F1", created_at: now }
      wait 20m
      add Message { feedback: f, public: false }
      wait 20m
      add Message { feedback: f, public: true }
      expect answered(f).stop == @2026-10-09T10:40
      expect f.messages.map(m, m.at) == [@2026-10-09T10:20, @2026-10-09T10:40]
      """)
  }

  @Test func `a field that is set to null is absent from then on`() {
    expectPasses(
      """
      now @2026-10-09T10:00
      let f = Feedback { id: "F1", votes: 3 }
      wait 1h
      set f.votes = null
      expect f.votes == null
      expect f.history[0].votes == 3
      """)
  }

  @Test func `a rule that counts time needs a clock`() {
    let result = script("let f = Feedback { id: \"F1\" }\n expect handled(f).status == running")
    #expect(result?.status == .error)
    #expect(
      result?.message?.contains("`handled` counts time, and this test has no clock: begin with `now @2026-10-10T09:30`")
        == true)
  }

  @Test func `the clock does not go back`() {
    expectMessage(
      .error,
      """
      wait -1h
      `wait` cannot go back by -1h
      """, "now @2026-10-09T10:00\n wait -1h\n expect patience(gold) == 4h")
    expectMessage(
      .error,
      """
      wait 1h
      `wait` moves a clock, and this test has none: begin with `now @2026-10-10T09:30`
      """, "wait 1h\n expect patience(gold) == 4h")
  }

  // MARK: - Checks

  @Test func `fails wants an error with a text`() {
    expectPasses("let f = Feedback { id: \"F1\" }\n expect f.customer.name fails \"is absent\"")
    expectMessage(
      .failed,
      """
      expect patience(gold) fails "no row"
             patience(gold)   4h
      it should fail with "no row", but it is 4h
      the table `patience` gives 4h in the row desk.docket:24
      """, "expect patience(gold) fails \"no row\"")
    expectMessage(
      .failed,
      """
      expect f.votes fails "zero"
             f.votes   absent
      it should fail with "zero", but it fails with "`f.votes` is absent"
      """, "let f = Feedback { id: \"F1\" }\n expect f.votes fails \"zero\"")
  }

  @Test func `within compares with a number, a share or a duration`() {
    expectPasses(
      """
      let f = Feedback { votes: 10 }
      expect weight(f) == 21 within 1
      expect weight(f) == 25 within 20%
      expect patience(gold) == 3h55m within 5m
      expect patience(gold) == 5h within 20%
      """)
    expectMessage(
      .failed,
      """
      expect weight(f) == 25 within 10%
             weight(f)   20
      they are 5 apart, more than 2.5
      the function `weight` (desk.docket:21) gives 20
      expect patience(gold) == 5h within 59m  tests.docket:4
             patience(gold)   4h
      they are 1h apart, more than 59m
      the table `patience` gives 4h in the row desk.docket:24
      """, "let f = Feedback { votes: 10 }\n expect weight(f) == 25 within 10%\n expect patience(gold) == 5h within 59m"
    )
  }

  // MARK: - Explanations

  @Test func `a failure shows why a clock is as it is`() {
    expectMessage(
      .failed,
      """
      expect handled(f).status == breached
             handled(f).status   met
      the clock `handled` (desk.docket:33) of F1: met, elapsed 3h of 4h, due 2026-10-09 15:00
        started 2026-10-09 10:00, stopped 2026-10-09 14:00, paused 2026-10-09 11:00 to 2026-10-09 12:00
      the table `patience` gives 4h in the row desk.docket:24
      """,
      """
      now @2026-10-09T10:00
      given customers
      let f = Feedback { id: "F1", customer: "acme", created_at: now }
      wait 1h
      set f.status = waiting
      wait 1h
      set f.status = open
      wait 2h
      set f.status = closed
      expect handled(f).status == breached
      """)
  }

  @Test func `a failure shows why a route decided as it did`() {
    expectMessage(
      .failed,
      """
      expect owner(f).to == Person["wang"] and f.votes == 3
             owner(f).to == Person["wang"]   false
             owner(f).to                     Li
             f.votes == 3                    true
             f.votes                         3
      the route `owner` of F1: assigned to Li by the rule `gold` (desk.docket:29)
        because gold
        refused 1 by size(p.load) < p.capacity
        the nearest rule that does not match is `popular` (desk.docket:30):
          when f.popular
            f.votes   3
      """,
      """
      given customers
      given people
      let g = Feedback { id: "F0", owner: "wang" }
      let f = Feedback { id: "F1", customer: "acme", votes: 3 }
      expect owner(f).to == Person["wang"] and f.votes == 3
      """)
  }

  @Test func `a failure says why the rule that was expected did not decide`() {
    expectMessage(
      .failed,
      """
      expect owner(f).rule == "popular"
             owner(f).rule   "gold"
      the route `owner` of F1: assigned to Li by the rule `gold` (desk.docket:29)
          when f.customer.tier == gold
            f.customer.tier   gold
            f.customer   Acme
        because gold
        the rule `popular` (desk.docket:30) would match, but `gold` decides before it
      expect owner(g).rule == "gold"  tests.docket:7
             owner(g).rule   "popular"
      the route `owner` of F2: assigned to Li by the rule `popular` (desk.docket:30)
          when f.popular
            f.votes   30
        the rule `gold` (desk.docket:29) does not match:
          when f.customer.tier == gold
            f.customer.tier   standard
            f.customer   Bolt
      """,
      """
      given customers
      given people
      let f = Feedback { id: "F1", customer: "acme", votes: 30 }
      let g = Feedback { id: "F2", customer: "bolt", votes: 30 }
      expect owner(f).rule == "popular"
      expect owner(g).rule == "gold"
      """)
  }

  @Test func `the rule that is expected may be named in a column of cases`() {
    expectMessage(
      .failed,
      """
      in the row votes 30, rule "popular" (line 6)
      expect owner(f).rule == rule
             owner(f).rule   "gold"
             rule            "popular"
      the route `owner` of F1: assigned to Li by the rule `gold` (desk.docket:29)
          when f.customer.tier == gold
            f.customer.tier   gold
            f.customer   Acme
        because gold
        the rule `popular` (desk.docket:30) would match, but `gold` decides before it
      """,
      """
      given customers
      given people
      cases {
        votes | rule
        30    | "popular"
      }
      let f = Feedback { id: "F1", customer: "acme", votes: votes }
      expect owner(f).rule == rule
      """)
  }

  @Test func `functions and rows of tables are told where they are few`() {
    let rules =
      "func next(n: int): int = n + 1\ntable twice(n: int): int {\n  n | result\n  1 | 2\n  2 | 4\n  3 | 6\n  4 | 8\n  5 | 9\n}\n"
    func message(_ expectation: String) -> String? {
      var sources = SourceMap()
      sources.add(path: "rules.docket", text: rules + "test \"t\" { expect \(expectation) }\n")
      let rulebook = Rulebook.check(sources)
      return TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources).first?.message
    }
    let few = message("twice(4) + twice(next(4)) == 18")
    #expect(few?.contains("the table `twice` gives 8 in the row rules.docket:7") == true, "\(few ?? "")")
    #expect(few?.contains("the table `twice` gives 9 in the row rules.docket:8") == true, "\(few ?? "")")
    #expect(few?.contains("the function `next` (rules.docket:1) gives 5") == true, "\(few ?? "")")
    let many = message("[0, 1, 2, 3, 4].all(n, twice(next(n)) == 2 * n + 2 or n < 4)")
    #expect(many?.contains("the table `twice`") == false, "\(many ?? "")")
    #expect(many?.contains("the function `next`") == false, "\(many ?? "")")
  }

  @Test func `a failure shows the undecided rules and the cells of measures`() {
    expectMessage(
      .failed,
      """
      expect owner(f).status == assigned
             owner(f).status   no_rule
      the route `owner` of F1: no_rule
        undecided: gold: `f.customer` is absent
        the nearest rule that does not match is `gold` (desk.docket:29):
          when f.customer.tier == gold, which is undecided: `f.customer` is absent
            f.customer.tier   absent
            f.customer   absent
      expect closed_share().value == 1.0  tests.docket:5
             closed_share().value   0
      the measure `closed_share` (desk.docket:45): 1 cell
        value 0 of 1 row, not judged
      """,
      """
      now @2026-10-09T10:00
      let f = Feedback { id: "F1", votes: 3 }
      expect owner(f).status == assigned
      expect closed_share().value == 1.0
      """)
  }

  @Test func `a failing all shows the first element that spoils it`() {
    expectMessage(
      .failed,
      """
      expect Feedback.values.all(f, f.votes < 5)
             f         b
             f.votes   7
      """,
      """
      let a = Feedback { id: "a", votes: 1 }
      let b = Feedback { id: "b", votes: 7 }
      expect Feedback.values.all(f, f.votes < 5)
      """)
  }

  // MARK: - Choosing and reporting

  @Test func `tests are chosen by name, by expression and by tag`() {
    let tests = """
      test "one (a)" tags "x" { expect patience(gold) == 4h }
      test "two" tags "y", "x" { expect patience(gold) == 4h }
      test "three" { expect patience(gold) == 4h }
      """
    func names(_ options: TestOptions) -> [String] { runDesk(tests, options: options).map(\.name) }
    #expect(names(TestOptions(run: "(a)")) == ["one (a)"])
    #expect(names(TestOptions(run: "^t.*e$")) == ["three"])
    #expect(names(TestOptions(tags: ["x"])) == ["one (a)", "two"])
    #expect(names(TestOptions(run: "tw", tags: ["x"])) == ["two"])
    #expect(names(TestOptions(run: "(")) == ["one (a)"])
  }

  @Test func `the first failure can be the last test`() {
    let results = runDesk(
      """
      test "a" { expect patience(gold) == 4h }
      test "b" { expect patience(gold) == 1h }
      test "c" { expect patience(gold) == 4h }
      """, options: TestOptions(failFast: true))
    #expect(results.map(\.status) == [.passed, .failed])
    #expect(results.exitCode == 1)
  }

  @Test func `the report shows what failed and counts the rest`() {
    let results = runDesk(
      """
      test "gold is quick" { expect patience(gold) == 1h }
      test "b" { expect patience(gold) == 4h }
      test "c" skip "later" { expect patience(gold) == 4h }
      test "d" {
        let f = Feedback { votes: 1 }
        expect 1 / (f.votes - 1) == 0
      }
      """)
    let text = TestReporter().render(results, duration: .milliseconds(1234))
    #expect(
      text == """
        FAIL  gold is quick  tests.docket:1
              expect patience(gold) == 1h
                     patience(gold)   4h
              the table `patience` gives 4h in the row desk.docket:24

        ERROR d              tests.docket:6
              expect 1 / (f.votes - 1) == 0
                     1 / (f.votes - 1)   error: division by zero
                     f.votes - 1         0
                     f.votes             1
              it cannot be evaluated: division by zero

        1 passed, 1 failed, 1 skipped, 1 error (1.23 s)

        """, "\(text)")
  }

  @Test func `machines read one object a line`() {
    let results = runDesk("test \"a\" {\n expect patience(gold) == 1h\n}\n")
    var result = results[0]
    result.duration = .milliseconds(12)
    #expect(
      TestJSON.lines([result]) == """
        {"test":"a","file":"tests.docket","line":1,"status":"failed","duration":"0.012s","message":"expect patience(gold) == 1h\\n       patience(gold)   4h\\nthe table `patience` gives 4h in the row desk.docket:24"}

        """)
  }

  // MARK: - Many tests

  @Test func `a thousand small tests share one bench`() {
    let tests = (1...1000).map { number in
      """
      test "number \(number)" {
        now @2026-10-09T10:00
        given people
        given customers
        let f = Feedback { id: "F\(number)", customer: "acme", created_at: now, votes: \(number) }
        expect owner(f).rule == "gold"
        wait 5m
        set f.status = waiting
        expect handled(f).status == paused
      }
      """
    }.joined(separator: "\n")
    #expect(runDesk(tests).count(.passed) == 1000)
  }

  // MARK: - The shipped rulebook

  @Test func `the tests of the incident desk pass`() {
    let rulebook = Rulebook.load(repository + "/scripts/incidents")
    #expect(!rulebook.diagnostics.hasErrors)
    let begin = ContinuousClock.now
    let results = TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources)
    let text = TestReporter().render(results, duration: begin.duration(to: .now))
    #expect(results.exitCode == 0, "\n\(text)")
  }

  /// Runs tests beside the rulebook of the incident desk.
  private func runIncidents(_ tests: String) -> [TestResult] {
    var sources = SourceMap()
    let folder = repository + "/scripts/incidents"
    for path in RulebookFiles.find(folder) ?? [] where !path.hasSuffix("tests.docket") {
      if case .success(let bytes) = RulebookFiles.read(path) { sources.add(path: path, bytes: bytes) }
    }
    sources.add(path: folder + "/more.docket", text: tests)
    let rulebook = Rulebook.check(sources)
    #expect(!rulebook.diagnostics.hasErrors, "\(render(rulebook.diagnostics.all, sources: rulebook.sources))")
    return TestRunner.run(rulebook: rulebook.checked, sources: rulebook.sources)
  }

  @Test func `data is seen as of the clock, and moves with it`() {
    let results = runIncidents(
      """
      test "it moves" {
        now @2016-03-01T00:00
        given data "data"
        let before = size(Incident.values)
        wait 400d
        expect before < 500
        expect size(Incident.values) == 500
        let first = Incident.values[0]
        expect first.done
      }
      """)
    #expect(results.map(\.status) == [.passed], "\(TestReporter().render(results, duration: .zero))")
  }

  @Test func `data that was loaded can be changed, and others can join it`() {
    let results = runIncidents(
      """
      test "one record changes, from the clock on" {
        now @2017-03-01T00:00
        given data "data"
        let first = Incident.values[0]
        expect first.done
        let before = first.priority
        wait 1h
        set first.state = active
        expect not first.done
        expect first.priority == before
        expect size(Incident.values) == 500
        expect Incident.values.filter(i, i.done).size() == 499
        expect first.history.exists(h, h.done)
      }
      test "what the data says of later instants still comes" {
        now @2016-03-01T00:00
        given data "data"
        let first = Incident.values[0]
        set first.symptom = "Symptom 1"
        expect first.symptom == "Symptom 1"
        expect not first.done
        wait 300d
        expect first.done
      }
      test "a new one joins" {
        now @2017-03-01T00:00
        given data "data"
        let more = Incident { number: "INC0000000", state: new, priority: high, opened_at: now }
        expect size(Incident.values) == 501
        expect not more.done
        expect Incident.values.filter(i, i.done).size() == 500
        expect cells(closure_agrees).all(c, c.value == 1.0)
      }
      """)
    #expect(results.map(\.status) == [.passed, .passed, .passed], "\(TestReporter().render(results, duration: .zero))")
  }

  @Test func `a failure in the middle of much data stays short`() {
    let results = runIncidents(
      """
      test "too strict" {
        now @2017-03-01T00:00
        given data "data"
        expect Incident.values.all(i, closure(i).status == met)
        expect cells(made_sla)[0].value == 1.0
      }
      """)
    #expect(results[0].failures.count == 2)
    #expect(results[0].failures.allSatisfy { $0.details.count < 12 })
    #expect(results[0].message?.contains("  priority 3 - Moderate, value 0.74") == true)
  }
}
