/// The command line: one file a subcommand.

import ArgumentParser
import Glibc

@main
struct DocketCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket",
    abstract: "Rules for customer service and product management: routing, SLAs, KPIs.",
    version: "0.1.0",
    subcommands: [
      RunCommand.self,
      RouteCommand.self,
      SLACommand.self,
      KPICommand.self,
      EnsureCommand.self,
      ExplainCommand.self,
      DiffCommand.self,
      CheckCommand.self,
      TestCommand.self,
      MutateCommand.self,
      FormatCommand.self,
      EvalCommand.self,
      ReplCommand.self,
      ModelCommand.self,
      DataCommand.self,
      CalendarCommand.self,
      InitCommand.self,
      ManualCommand.self,
    ])

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if try EvalCommand.runPlain(arguments) { return }
      var command = try parseAsRoot(EvalCommand.withoutLeadingMinus(arguments))
      do {
        try command.run()
      } catch let error as ValidationError {
        Terminal.printError(usageMessage(error, of: type(of: command)))
        throw ExitStatus.usage
      }
    } catch let status as ExitStatus {
      Glibc.exit(status.rawValue)
    } catch {
      // Help and the version are asked for; everything else is a mistake of usage.
      let isAnswer = exitCode(for: error) == .success
      let text = fullMessage(for: error)
      if isAnswer { Terminal.print(text) } else { Terminal.printError(text) }
      Glibc.exit(isAnswer ? ExitStatus.success.rawValue : ExitStatus.usage.rawValue)
    }
  }

  /// What is wrong with what was typed, and how the command itself is used, as for a mistake that is found while reading it.
  private static func usageMessage(_ error: ValidationError, of command: any ParsableCommand.Type) -> String {
    let usage = usageString(for: command)
    let name = usage.split(separator: " ").prefix { $0.first != "[" && $0.first != "<" && $0.first != "-" }
    let help = "See '\(name.joined(separator: " ")) --help' for more information."
    return "Error: \(error.message)\nUsage: \(usage)\n  \(help)"
  }
}

/// How a run ended, fixed for ever.
enum ExitStatus: Int32, Error, Comparable {
  case success = 0
  /// A test failed, or something that `--fail-on` names was found.
  case failed = 1
  case usage = 2
  case rulebook = 3
  case data = 4
  case noTests = 5
  case `internal` = 70

  static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}
