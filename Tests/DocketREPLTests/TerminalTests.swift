/// The prompt on a real terminal, driven key by key.

import Foundation
import Testing

@Suite(.enabled(if: TestScreen.isAvailable), .serialized) struct TerminalTests {
  private let incidents = "scripts/incidents"

  /// A rulebook with nothing in it, so that the prompt is short.
  private func empty() throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "docket-empty-\(UUID().uuidString.prefix(8)).docket")
    try Data("let nothing = 0\n".utf8).write(to: file)
    return file.path
  }

  /// readline is loaded when there is somebody to type.
  @Test func withoutReadlineThePromptSaysWhatElseWorks() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("this is no library".utf8).write(to: folder.appendingPathComponent("libreadline.so.8"))
    let screen = try TestScreen([try empty()], environment: ["LD_LIBRARY_PATH": folder.path], width: 120)
    try screen.wait(for: "left with 2")
    let text = try screen.text()
    #expect(text.contains("error: the prompt needs GNU readline"), "\(text)")
    #expect(text.contains("help: without it `-c` and a script on standard input work"), "\(text)")
  }

  // MARK: - Editing

  @Test func aLineCanBeEdited() throws {
    let screen = try TestScreen([try empty()])
    try screen.waitForPrompt("docket> ")
    try screen.type("1 + 4")
    try screen.press("BSpace", "2", "Home", "1", "End", "Enter")
    try screen.wait(for: "13  int")
    // Kill and yank.
    try screen.type("7 * 6")
    try screen.press("C-u", "C-y", "Enter")
    try screen.wait(for: "42  int")
  }

  @Test func chineseIsTypedShownAndErasedByCharacter() throws {
    let screen = try TestScreen([try empty()], width: 60)
    try screen.waitForPrompt("docket> ")
    try screen.type("size(\"规则引擎\")")
    try screen.wait(for: "规则引擎")
    // 8 cells of prompt, 6 of `size("`, 8 of four wide characters, 2 behind.
    try screen.wait("the cursor stands behind it") { _ in (try? screen.cursorColumn()) == 24 }
    try screen.press("Left", "Left", "BSpace", "Enter")
    try screen.wait(for: "3  int")
    // A line that wraps inside a wide character.
    try screen.enter("\"" + String(repeating: "规则", count: 20) + "\" == \"\"")
    try screen.wait(for: "false  bool")
  }

  @Test func controlDLeavesOnAnEmptyLineOnly() throws {
    let screen = try TestScreen([try empty()])
    try screen.waitForPrompt("docket> ")
    try screen.type("12")
    try screen.press("C-d", "Enter")
    try screen.wait(for: "12  int")
    try screen.press("C-d")
    try screen.wait(for: "left with 0")
  }

  @Test func viModeOfAnInputrcIsHonoured() throws {
    let inputrc = FileManager.default.temporaryDirectory.appendingPathComponent(
      "inputrc-\(UUID().uuidString.prefix(8))")
    try Data("set editing-mode vi\nset keyseq-timeout 10\n".utf8).write(to: inputrc)
    let screen = try TestScreen([try empty()], environment: ["INPUTRC": inputrc.path])
    try screen.waitForPrompt("docket> ")
    try screen.type("2 + 2")
    try screen.press("Escape")
    Thread.sleep(forTimeInterval: 0.3)
    try screen.type("0x")
    try screen.press("i")
    try screen.type("40")
    try screen.press("Enter")
    try screen.wait(for: "42  int")
  }

  @Test func thePromptOfAFurtherLineSaysWhatIsOpen() throws {
    let screen = try TestScreen([try empty()])
    try screen.waitForPrompt("docket> ")
    try screen.enter("enum Level {")
    try screen.wait(for: "enum{>")
    try screen.enter("low, high")
    try screen.enter("}")
    try screen.wait(for: "defined enum Level")
    try screen.enter("size(")
    try screen.wait(for: "(>")
    try screen.press("C-c")
    try screen.waitForPrompt("docket> ")
    try screen.enter("Level.high > low")
    try screen.wait(for: "true  bool")
  }

  // MARK: - Ctrl-C

  @Test func controlCDropsTheLineAndStays() throws {
    let screen = try TestScreen([try empty()])
    try screen.waitForPrompt("docket> ")
    try screen.type("this is wrong")
    // The terminal drops what was not read yet when Ctrl-C comes.
    try screen.wait(for: "this is wrong")
    try screen.press("C-c")
    try screen.wait(for: "this is wrong^C")
    try screen.press("C-c", "C-c")
    try screen.enter("5 + 6")
    try screen.wait(for: "11  int")
  }

  @Test func controlCEndsALongEvaluationAtOnce() throws {
    let screen = try TestScreen([try empty()])
    try screen.waitForPrompt("docket> ")
    try screen.enter("lists.range(3000).all(x, lists.range(3000).all(y, lists.range(3000).all(z, x + y + z >= 0)))")
    Thread.sleep(forTimeInterval: 0.4)
    try screen.press("C-c")
    // The promise is 100 ms; the look at the screen and a busy machine take their time too.
    let duration = try screen.wait(for: "cancelled")
    #expect(duration < .seconds(2))
    try screen.enter("6 * 7")
    try screen.wait(for: "42  int")
  }

  // MARK: - Completion

  @Test(arguments: [
    // Commands, and what they take.
    (":bro", "k", ":browse k"), (":rel", "", ":reload"), (":format mark", "", ":format markdown"),
    (":kpi routing", "", ":kpi routing_accuracy"), (":load scripts/inc", "", ":load scripts/incidents/"),
    // Words at a declaration, clauses inside one.
    ("ens", "", "ensure"), ("route x for Inci", "", "route x for Incident"),
    ("kpi x over Incident as i { val", "", "kpi x over Incident as i { value"),
    // Fields of the receiver's type, cases of the expected enum.
    ("Incident.filter(i, i.resolved_b", "", "Incident.filter(i, i.resolved_by"),
    ("Incident.filter(i, i.priority == crit", "", "Incident.filter(i, i.priority == critical"),
    ("Priority.mod", "", "Priority.moderate"),
    (
      "sla x for Incident as j { target closure_target(j.prio", "",
      "sla x for Incident as j { target closure_target(j.priority"
    ),
    // Keys, functions, methods.
    ("Incident[\"INC000000", "6", "Incident[\"INC0000006"), ("Incident[\"inc0002430", "", "Incident[\"INC0002430\"]"),
    ("closure_t", "", "closure_target("), ("c", "losure_t", "closure_t"),
    ("\"a\".starts", "", "\"a\".startsWith("),
    ("1 + + Inci", "", "1 + + Incident"),
  ])
  func completionFits(_ typed: String, _ rest: String, _ wanted: String) throws {
    let screen = try TestScreen([incidents], width: 120)
    try screen.waitForPrompt("07> ")
    try screen.type(typed)
    try screen.press("Tab")
    if !rest.isEmpty {
      Thread.sleep(forTimeInterval: 0.3)
      try screen.type(rest)
    }
    try screen.wait("the last line is completed") { $0.split(separator: "\n").last?.contains("> " + wanted) ?? false }
  }

  @Test func candidatesAreShownWithTheirTypes() throws {
    let screen = try TestScreen([incidents], width: 100)
    try screen.waitForPrompt("07> ")
    try screen.type("Incident[\"INC0000006\"].re")
    try screen.press("Tab")
    try screen.wait(for: "reassignment_count  int")
    try screen.wait(for: "resolved_at         timestamp?")
  }

  // MARK: - Paste and history

  @Test func aFileOfTwoHundredLinesCanBePasted() throws {
    let screen = try TestScreen([try empty()], height: 50)
    try screen.waitForPrompt("docket> ")
    var text = ""
    for number in 1...49 {
      text += "// Number \(number), 说明\nfunc f\(number)(n: int): int =\n  n + f\(number + 1)(n)\n\n"
    }
    text += "func f50(n: int): int = n\nf1(1)"
    try screen.paste(text)
    Thread.sleep(forTimeInterval: 0.5)
    try screen.press("Enter")
    try screen.wait(for: "50  int", seconds: 30)
    #expect(try screen.allText().contains("defined func f50"))
    let all = try screen.allText()
    #expect(!all.contains("error"))
  }

  @Test func historyKeepsEntriesWholeAcrossSessions() throws {
    let first = try TestScreen([try empty()])
    try first.waitForPrompt("docket> ")
    try first.enter("enum Level {")
    try first.enter("  low, high")
    try first.enter("}")
    try first.wait(for: "defined enum Level")
    try first.enter("11 * 11")
    try first.wait(for: "121  int")
    try first.enter(" 5 * 5")
    try first.wait(for: "25  int")
    // What was typed is kept at once, whatever becomes of the session.
    let file = first.home.appendingPathComponent("docket/history")
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let second = try TestScreen([try empty()], home: first.home)
    try second.waitForPrompt("docket> ")
    try second.press("Up")
    try second.wait(for: "> 11 * 11")
    try second.press("Up", "Enter")
    try second.wait(for: "defined enum Level")
    // Ctrl-R looks for what was typed.
    try second.press("C-r")
    try second.type("11 *")
    try second.press("Enter")
    try second.wait(for: "121  int")
  }

  // MARK: - Terminals

  @Test func anotherSizeOfTheWindowIsNoticed() throws {
    let screen = try TestScreen([incidents], width: 120)
    try screen.waitForPrompt("07> ")
    try screen.resize(width: 60, height: 40)
    Thread.sleep(forTimeInterval: 0.5)
    try screen.enter("Incident")
    try screen.wait(for: "500 rows (20 shown)")
    let table = try screen.lines().filter { $0.hasPrefix("│") }
    #expect(!table.isEmpty && table.allSatisfy { $0.count <= 60 })
    // A long line wraps where the window ends now.
    try screen.type(String(repeating: "1+", count: 40) + "1")
    try screen.press("Enter")
    try screen.wait(for: "41  int")
  }

  @Test func chineseWorksWithoutALocale() throws {
    let screen = try TestScreen([try empty()], environment: ["LC_ALL": "C", "LANG": "C"])
    try screen.waitForPrompt("docket> ")
    try screen.enter("\"规则\" + \"引擎\"")
    try screen.wait(for: "\"规则引擎\"  string")
  }

  @Test func aDumbTerminalIsEnough() throws {
    let screen = try TestScreen([try empty()], environment: ["TERM": "dumb"])
    try screen.waitForPrompt("docket> ")
    try screen.enter("1 + nosuch")
    try screen.wait(for: "^^^^^^")
    try screen.enter("3 * 3")
    try screen.wait(for: "9  int")
    let shown = try screen.text()
    #expect(!shown.contains("[1m") && !shown.contains("[?2004h"))
  }

  @Test func aPagerThatIsLeftEarlyLeavesTheSessionAlone() throws {
    let screen = try TestScreen([incidents], environment: ["PAGER": "head -n 3"], width: 100, height: 15)
    try screen.waitForPrompt("07> ")
    try screen.enter("Incident")
    try screen.waitForPrompt("07> ")
    try screen.enter("2 + 2")
    try screen.wait(for: "4  int")
  }

  @Test func aDeclarationCanBeChangedInTheEditor() throws {
    let screen = try TestScreen([try empty()], environment: ["EDITOR": "sed -i s/0/41/"])
    try screen.waitForPrompt("docket> ")
    try screen.enter(":edit nothing")
    try screen.wait(for: "redefined let nothing")
    try screen.enter("nothing + 1")
    try screen.wait(for: "42  int")
  }

  @Test func aRulebookCanBeWatched() throws {
    let file = try empty()
    let screen = try TestScreen([file])
    try screen.waitForPrompt("docket> ")
    try screen.enter(":watch nothing + 2")
    try screen.wait(for: "Ctrl-C ends it")
    try Data("let nothing = 40\n".utf8).write(to: URL(fileURLWithPath: file))
    try screen.wait(for: "42  int")
    try screen.press("C-c")
    try screen.waitForPrompt("docket> ")
    try screen.enter("nothing")
    try screen.wait(for: "40  int")
  }

  @Test func aSuspendedSessionGoesOn() throws {
    let screen = try TestScreen([try empty()], isInShell: true)
    try screen.waitForPrompt("docket> ")
    try screen.type("6 * ")
    try screen.wait(for: "6 *")
    try screen.press("C-z")
    try screen.wait(for: "Stopped")
    try screen.enter("fg")
    try screen.wait(for: "docket> 6 *")
    try screen.enter("7")
    try screen.wait(for: "42  int")
  }

  @Test func theTourGoesOnWithEnter() throws {
    let screen = try TestScreen([incidents], width: 100, height: 40)
    try screen.waitForPrompt("07> ")
    try screen.enter(":tour zh")
    try screen.wait(for: "1/14  欢迎")
    try screen.press("Enter")
    try screen.wait(for: "6h  duration")
    try screen.wait(for: "2/14")
  }
}
