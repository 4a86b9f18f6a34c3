/// A session without a terminal: text goes in, blocks of text come out.

import DocketREPL
import DocketRuntime
import Foundation
import Testing

@Suite struct ExpressionEntryTests {
  @Test(arguments: [
    ("1 + 2", "3  int\n"), ("\"a\" + \"规则\"", "\"a规则\"  string\n"), ("1h30m * 4", "6h  duration\n"),
    ("[1, 2]", "[1, 2]  list<int>\n"), ("@2026-10-10T09:30", "2026-10-10 09:30 UTC  timestamp\n"),
    ("10.0 / 4", "2.5  double\n"),
    ("@2026-10-10", "2026-10-10  date\n"), ("null", "null  null\n"), ("optional.of(3)", "3  optional<int>\n"),
  ])
  func aValueIsPrintedForPeopleWithItsType(_ text: String, _ answer: String) {
    #expect(Talk().says(text) == answer)
  }

  @Test func answersCanBeNamedAgain() {
    let talk = Talk()
    talk.says("20")
    talk.says("it + 1")
    #expect(talk.says("it + _1") == "41  int\n")
    #expect(talk.says("_3 * 2") == "82  int\n")
  }

  @Test func anErrorShowsThePlaceAndLeavesTheSessionAsItWas() {
    let talk = Talk()
    talk.says("7")
    #expect(talk.says("1 + nosuch") == "")
    #expect(talk.status == .rulebook)
    #expect(talk.problems.contains("<entry>:1:5"))
    #expect(talk.problems.contains("^^^^^^"))
    #expect(talk.says("it") == "7  int\n")
  }

  @Test func anEvaluationThatFailsSaysWhere() {
    let talk = Talk()
    #expect(talk.says("1 / (2 - 2)") == "")
    #expect(talk.status == .failed)
    #expect(talk.problems.contains("division by zero"))
  }

  @Test func whatIsAbsentIsAnAnswer() {
    let talk = Talk.incidents()
    #expect(
      talk.says("Incident[\"INC0000006\"].problem_id") == "absent  string?\n".replacingOccurrences(of: "?", with: ""))
    #expect(talk.status == .success)
  }

  @Test func listsOfRecordsAreTablesThatSayWhatIsCut() {
    let talk = Talk.incidents(width: 80)
    let answer = talk.says("Incident")
    let lines = answer.split(separator: "\n")
    #expect(lines[0].hasPrefix("┌"))
    #expect(lines[1].contains("│ number     │"))
    #expect(lines[2].contains("│ string     │"))
    #expect(lines.last?.hasPrefix("500 rows (20 shown), ") == true)
    #expect(lines.dropLast().allSatisfy { $0.count == lines[0].count && $0.count <= 80 })
  }

  @Test func numbersAreAlignedRight() {
    let talk = Talk.incidents()
    let answer = talk.says(
      "Incident.filter(i, i.priority == critical).map(i, {\"n\": i.reassignment_count + 5, \"t\": \"x\"})")
    #expect(answer.contains("│ 5 │ x │"))
    talk.says(":set rows 2")
    #expect(
      talk.says("Incident.map(i, {\"key\": i.number, \"n\": size(i.history) * 500})").contains("│ INC0000006 │ 1500 │"))
  }

  @Test func formatsForMachinesHoldEveryRow() throws {
    let talk = Talk.incidents()
    talk.says(":format json")
    let lines = talk.says("Incident").split(separator: "\n")
    #expect(lines.count == 500)
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    talk.says(":format csv")
    #expect(talk.says("Incident").split(separator: "\n").count == 501)
    talk.says(":format markdown")
    #expect(talk.says("Incident").hasPrefix("| number | state |"))
    talk.says(":format line")
    #expect(talk.says("Incident[\"INC0000006\"]").contains("priority            moderate\n"))
  }
}

@Suite struct DefinitionEntryTests {
  @Test func aRedefinitionSaysWhatDependedOnIt() {
    let talk = Talk.incidents()
    let answer = talk.says(
      """
      table closure_target "Time to close" (priority: Priority): duration {
        priority | result
        critical | 8h
        high     | 24h
        moderate | 24h
        low      | 348h
      }
      """)
    #expect(answer.contains("redefined table closure_target\n  read by sla closure\n"))
    #expect(answer.contains("through them by kpi closed_in_time, kpi closure_agrees"))
    #expect(talk.says(":diff").contains("sla closure: 329 of 500 clocks have another status"))
    #expect(talk.says(":undo") == "took back table closure_target\n")
    #expect(talk.says(":diff") == "nothing was defined or assumed since the rulebook was loaded\n")
  }

  @Test func aWrongRedefinitionChangesNothing() {
    let talk = Talk.incidents()
    #expect(
      talk.says("table closure_target(priority: Priority): int {\n  priority | result\n  _ | 3\n}")
        == "nothing was changed\n")
    #expect(talk.status == .rulebook)
    #expect(talk.says("closure_target(critical)") == "8h  duration\n")
  }

  @Test func declarationsOfOneTextMayStandInAnyOrder() {
    let talk = Talk()
    talk.says("func twice(n: int): int = n * factor\nlet factor = 2\ntwice(21)")
    #expect(talk.status == .success)
    #expect(talk.says("twice(4)") == "8  int\n")
  }

  @Test func recordsStayWhereTheModelDidNotChange() {
    let talk = Talk.incidents()
    talk.says("Incident[\"INC0000006\"]")
    talk.says("kpi fast over Incident as i { value ratio(i.resolved_at - i.opened_at <= 24h)  absent skip }")
    #expect(talk.says("it.number") == "\"INC0000006\"  string\n")
    #expect(talk.says("fast().n > 400") == "true  bool\n")
  }

  @Test func aNewFieldOfTheModelReadsTheDataAgain() {
    let talk = Talk.incidents()
    let answer = talk.says("extend entity Incident as i { let urgent = i.priority >= Priority.high }")
    #expect(answer.contains("the data was read again"))
    #expect(talk.says("size(Incident.filter(i, i.urgent))") == "28  int\n")
    #expect(talk.says(":undo") == "took back extend entity Incident\n")
    #expect(talk.says("Incident[\"INC0000006\"].urgent") == "")
  }

  @Test func aBrokenDeclarationOfAScriptIsToldOnce() {
    let talk = Talk()
    talk.says("route owner for {\n  where true\n  otherwise nobody\n}\n1 + 1")
    #expect(talk.problems.components(separatedBy: "error[").count == 2)
    #expect(talk.status == .rulebook)
  }
}

@Suite struct EntryReaderTests {
  @Test func anEntryEndsWhereTheParserFindsItComplete() {
    var reader = EntryReader()
    #expect(reader.add("1 +") == nil)
    #expect(reader.add("2") == .expression("1 +\n2"))
    #expect(reader.add("func f(n: int): int =") == nil)
    #expect(reader.add("  n + 1") == .declaration("func f(n: int): int =\n  n + 1"))
    #expect(reader.add("  :help") == .command(":help"))
    #expect(reader.add("") == nil)
    #expect(reader.isEmpty)
  }

  @Test func anEntryThatIsNotCompleteCanBeDropped() {
    var reader = EntryReader()
    #expect(reader.add("enum Level {") == nil)
    #expect(reader.add(":cancel") == .command(":cancel"))
    #expect(reader.isEmpty)
  }

  @Test func thePromptSaysWhatIsOpen() {
    #expect(OpenParts("route owner for F.o as f {\n  rule vip {\n    when (f.x").text == "route{ rule{ (")
    #expect(OpenParts("1 +").text == "")
  }
}

@Suite struct CommandTests {
  @Test func commandsMayBeShortened() {
    let talk = Talk()
    #expect(talk.says(":ty 1") == "int\n")
    talk.says(":w")
    #expect(talk.status == .usage)
    #expect(talk.problems.contains("may mean `:why`, `:why-not`, `:watch`, `:write`"))
    talk.says(":hlp")
    #expect(talk.problems.contains("did you mean `:help`") || talk.problems.contains("did you mean `help`"))
  }

  @Test func theClockCanBeMoved() {
    let talk = Talk.incidents()
    #expect(talk.session.clock == "2016-11-07 17:07")
    #expect(talk.says(":at 2016-03-02T12:00") == "it is 2016-03-02 12:00 UTC\n")
    #expect(talk.says(":at +90m") == "it is 2016-03-02 13:30 UTC\n")
    #expect(talk.says("size(Incident)") == "15  int\n")
    #expect(talk.says(":at data") == "it is 2016-11-07 17:07 UTC\n")
    #expect(talk.says("size(Incident)") == "500  int\n")
  }

  @Test func aFieldCanBeAssumedToBeAnother() {
    let talk = Talk.incidents()
    talk.says("Incident[\"INC0000006\"]")
    #expect(
      talk.says(":set it.priority = critical").contains("Incident[\"INC0000006\"].priority is taken to be critical"))
    #expect(talk.says("Incident[\"INC0000006\"].priority") == "critical  Priority\n")
    #expect(talk.says("closure(Incident[\"INC0000006\"]).status") == "breached  ClockStatus\n")
    talk.says(":route group")
    #expect(talk.says("Incident[\"INC0000006\"].priority") == "critical  Priority\n")
    talk.says(":unset")
    #expect(talk.says("closure(Incident[\"INC0000006\"]).status") == "met  ClockStatus\n")
    talk.says(":set Incident[\"INC0000006\"].number = \"x\"")
    #expect(talk.problems.contains("the key of a record cannot be another"))
    talk.says(":set Incident[\"INC0000006\"].priority = 3")
    #expect(talk.problems.contains("`priority` is a Priority, not an int"))
  }

  @Test func wholeRunsSeeWhatIsAssumed() {
    let talk = Talk.incidents()
    let before = talk.says(":kpi routing_accuracy")
    let table = talk.says("decisions(group).filter(d, d.item.number == \"INC0002430\").map(d, d.to)")
    talk.says(":set Incident[\"INC0002430\"].category = \"Category 44\"")
    let single = talk.says("group(Incident[\"INC0002430\"]).to")
    let whole = talk.says("decisions(group).filter(d, d.item.number == \"INC0002430\").map(d, d.to)")
    #expect(table.contains("Group 73") && !whole.contains("Group 73"), "\(table)\(single)\(whole)\(talk.problems)")
    #expect(talk.says(":diff").contains("INC0002430"), "\(talk.problems)")
    talk.says(":unset")
    #expect(talk.says("decisions(group).filter(d, d.item.number == \"INC0002430\").map(d, d.to)") == table)
    #expect(talk.says(":diff") == "nothing was defined or assumed since the rulebook was loaded\n")
    #expect(talk.says(":kpi routing_accuracy") == before)
  }

  @Test func askingWhyOfNothingSaysWhatCanBeAsked() {
    let talk = Talk.incidents()
    talk.says(":why NOPE")
    #expect(talk.status == .usage)
    #expect(talk.problems.contains("no record has the key `NOPE`, and no rule that name"), "\(talk.problems)")
    talk.says(":why closur")
    #expect(talk.problems.contains("did you mean `closure`"), "\(talk.problems)")
  }

  @Test func theFirstLinesBreakBehindCommas() {
    for width in [20, 40, 60, 100] {
      let talk = Talk(Talk.root + "/scripts/support", data: Talk.root + "/scripts/support/data", width: width)
      let lines = talk.session.banner.split(separator: "\n").dropFirst()
      #expect(lines.dropLast().allSatisfy { $0.hasSuffix(",") }, "\(talk.session.banner)")
      #expect(width < 40 || lines.allSatisfy { $0.count <= width }, "\(talk.session.banner)")
    }
  }

  @Test func aDecisionIsExplained() {
    let talk = Talk.incidents()
    talk.says("group(Incident[\"INC0002430\"])")
    let why = talk.says(":why")
    #expect(why.contains("→ \"Group 73\", by the rule `category_61`"))
    #expect(why.contains("i.category == \"Category 61\""))
    #expect(talk.says(":why-not category_44 INC0002430").contains("i.category == \"Category 44\""))
    #expect(talk.says(":timeline INC0002430").contains("due"))
    #expect(talk.says(":why-not \"Group 24\" INC0002430").contains("Group 24"))
    #expect(talk.says(":why-not nosuch INC0002430").contains("no rule gives it"))
  }

  @Test func theLastAnswerBecomesATest() {
    let talk = Talk.incidents()
    talk.says("group(Incident[\"INC0002430\"])")
    let pinned = talk.says(":pin Category 61 goes to its group")
    #expect(pinned.contains("expect group(Incident[\"INC0002430\"]).to == \"Group 73\""))
    #expect(pinned.contains("given data \"data\""))
    #expect(pinned.contains("1 passed, 0 failed"))
    talk.says("_1.status")
    talk.says(":pin")
    #expect(talk.problems.contains("`_1` is an answer of this session"))
  }

  @Test func whatWasTypedIsSavedAndWritten() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("rules.docket")
    try Data("zone \"UTC\"\n\n// How many.\nlet limit = 3  // at most\nfunc ok(n: int): bool = n <= limit\n".utf8)
      .write(to: file)
    let talk = Talk(folder.path)
    talk.says("let limit = 5\n// Twice.\nfunc twice(n: int): int = n * 2")
    let saved = folder.appendingPathComponent("saved.txt").path
    talk.says(":save \(saved)")
    #expect(
      try String(contentsOfFile: saved, encoding: .utf8)
        == "let limit = 5\n\n// Twice.\nfunc twice(n: int): int = n * 2\n")
    #expect(talk.says(":write").hasSuffix("2 declarations written\n"))
    #expect(
      try String(contentsOf: file, encoding: .utf8)
        == "zone \"UTC\"\n\n// How many.\nlet limit = 5  // at most\n\nfunc ok(n: int): bool = n <= limit\n")
    #expect(talk.says("ok(4)") == "true  bool\n")
    #expect(talk.says(":undo") == "there is nothing to take back\n")
    let again = Talk(folder.path)
    #expect(again.says("twice(4)") == "8  int\n")
  }

  @Test func loadingSomethingWrongLeavesWhatIsThere() {
    let talk = Talk.incidents()
    talk.says(":load /nowhere")
    #expect(talk.status == .rulebook)
    #expect(talk.says("size(Incident)") == "500  int\n")
  }

  @Test func aCancelledEvaluationEndsSoonAndLeavesTheSessionWhole() {
    let talk = Talk.incidents()
    let cancellation = talk.session.cancellation
    let thread = Thread {
      Thread.sleep(forTimeInterval: 0.2)
      cancellation.request()
    }
    thread.start()
    let begin = ContinuousClock.now
    talk.says("lists.range(3000).all(x, lists.range(3000).all(y, lists.range(3000).all(z, x + y + z >= 0)))")
    #expect(begin.duration(to: .now) < .seconds(2))
    #expect(talk.status == .cancelled)
    #expect(talk.problems.contains("cancelled"))
    #expect(talk.says("size(Incident)") == "500  int\n")
    #expect(talk.says("routing_accuracy().n") == "459  int\n")
  }

  @Test func everyCommandSaysWhatItTakes() {
    let talk = Talk()
    let help = talk.says(":help")
    for name in ["load", "why-not", "pin", "watch", "coverage", "diff"] { #expect(help.contains(":\(name) ")) }
    #expect(talk.says(":help diff").contains("over the data"))
    #expect(talk.says(":doc filter").contains("list.filter(x, condition)"))
  }

  @Test(arguments: ["", "zh"])
  func theTourRunsToItsEnd(_ language: String) {
    let talk = Talk.incidents()
    #expect(talk.says(":tour \(language)").contains(language == "zh" ? "欢迎" : "Welcome"))
    var steps = 0
    while talk.session.offeredEntry != nil, steps < 30 {
      let answer = talk.says(":tour next")
      #expect(talk.status == .success, "\(answer) \(talk.problems)")
      #expect(talk.problems.isEmpty, "\(talk.problems)")
      steps += 1
    }
    #expect(steps >= 12)
  }
}
