import ArgumentParser
import DocketDiagnostics
import DocketREPL
import DocketTime
import Glibc

/// `docket repl`: the prompt.
struct ReplCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl", abstract: "Experiment with rules and data at a prompt.",
    discussion: """
      Without a rulebook, starts on the shipped demonstration. Input from a pipe runs as a script: no prompt, and the \
      exit code of the first error.
      """)

  @Argument(help: "A folder with *.docket files, or one file.")
  var rulebook: String?

  @Option(help: "The folder with the data. Default: the folder `data` of the rulebook.")
  var data: String?

  @Option(help: "The instant to start at. Default: the newest instant in the data.")
  var at: String?

  @Option(help: "The zone of local times in a session without a rulebook.")
  var zone = "UTC"

  @Option(name: [.customShort("c"), .long], help: "Run this and leave; may stand several times.")
  var command: [String] = []

  @Option(name: .customLong("init"), help: "Run the entries of this file first.")
  var initFile: String?

  @Flag(help: "Do not read ~/.config/docket/repl.docket.")
  var noUserFile = false

  @Flag(help: "Go on after an error in a script.")
  var keepGoing = false

  func run() throws {
    var options = Repl.Options()
    options.rulebook = rulebook
    options.data = data
    options.at = at
    guard Zone.named(zone) != nil else {
      let hint = suggest(zone, among: Zone.allNames(), habits: false).map { ": \($0.helpText)" } ?? ""
      throw ValidationError("there is no time zone `\(zone)`\(hint)")
    }
    options.zone = zone
    options.commands = command
    options.initFile = initFile
    options.readsUserFile = !noUserFile
    options.keepsGoing = keepGoing
    let status = Repl.run(options)
    if status != 0 { Glibc.exit(status) }
  }
}
