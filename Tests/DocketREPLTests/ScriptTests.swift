/// The prompt without a terminal: a script in a pipe, commands, files.

import Foundation
import Testing

@Suite struct ScriptTests {
  struct Outcome {
    var status: Int32
    var output: String
    var error: String
  }

  private func repl(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: TestScreen.program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: Talk.root)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (standardInput, output, error) = (Pipe(), Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = output
    process.standardError = error
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let problems = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      error: String(decoding: problems, as: UTF8.self))
  }

  @Test func aScriptPrintsAnswersAndNothingElse() throws {
    let run = try repl(
      ["repl"], input: "let n = 3\n\nfunc f(x: int): int =\n  x * n\nf(14)\n:type n\n",
      environment: ["TERM": "xterm-256color"])
    #expect(run.status == 0)
    #expect(run.output == "defined let n\ndefined func f\n42  int\nint\n")
    #expect(run.error.isEmpty)
  }

  @Test func aScriptStopsAtTheFirstErrorWithItsExitCode() throws {
    let wrong = try repl(["repl"], input: "1 + nosuch\n2 + 2\n")
    #expect(wrong.status == 3)
    #expect(wrong.output.isEmpty)
    #expect(wrong.error.contains("unknown") || wrong.error.contains("nosuch"))
    #expect(try repl(["repl"], input: "1 / 0\n2 + 2\n").status == 1)
    #expect(try repl(["repl"], input: ":nosuch\n").status == 2)
    #expect(try repl(["repl", "scripts/incidents", "--data", "/nowhere"], input: "1\n").status == 4)
    let goesOn = try repl(["repl", "--keep-going"], input: "1 / 0\n2 + 2\n")
    #expect(goesOn.status == 1)
    #expect(goesOn.output == "4  int\n")
  }

  @Test func commandsRunAndLeave() throws {
    let run = try repl(["repl", "scripts/incidents", "-c", "size(Incident)", "-c", ":at"])
    #expect(run.status == 0)
    #expect(run.output == "500  int\n2016-11-07 17:07 UTC\n")
    #expect(try repl(["repl", "scripts/incidents", "-c", ":test"]).status == 0)
  }

  @Test func anInitFileRunsFirst() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("init-\(UUID().uuidString).docket")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("let limit = 20\n:set rows 5\n".utf8).write(to: file)
    let run = try repl(["repl", "--init", file.path, "-c", "limit * 2"])
    #expect(run.output.hasSuffix("40  int\n"))
    #expect(try repl(["repl", "--init", "/nowhere", "-c", "1"]).status == 2)
  }

  @Test func runReadsAScriptFromStandardInput() throws {
    let run = try repl(["run", "-"], input: "20 + 1\n")
    #expect(run.status == 0)
    #expect(run.output == "21  int\n")
  }

  @Test func theManualPageNamesEveryCommand() throws {
    let page = try repl(["manual"])
    #expect(page.status == 0)
    for command in ["run", "sla", "check", "test", "fmt", "eval", "model", "calendar", "repl"] {
      #expect(page.output.contains(".SS \"docket \(command)"))
    }
    #expect(page.output.contains("\\-\\-keep\\-going"))
    #expect(!page.output.contains("docket manual"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func aShellCanCompleteTheCommands(_ shell: String) throws {
    let script = try repl(["--generate-completion-script", shell])
    #expect(script.status == 0)
    #expect(script.output.contains("calendar") && script.output.contains("keep-going"))
  }

  @Test func aRulebookThatIsWrongEndsAScript() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("wrong-\(UUID().uuidString).docket")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("let n: int = \"x\"\n".utf8).write(to: file)
    let run = try repl(["repl", file.path], input: "1\n")
    #expect(run.status == 3)
    #expect(run.output.isEmpty)
  }
}
