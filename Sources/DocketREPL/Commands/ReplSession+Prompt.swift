/// `:help`, `:format`, `:pager`, `:time`, `:history`.

import DocketDiagnostics
import DocketSyntax

extension ReplSession {
  func help(_ name: String) throws -> ReplStatus {
    guard name.isEmpty else {
      let wanted = name.hasPrefix(":") ? String(name.dropFirst()) : name
      let meant = ReplCommandName.meant(by: wanted)
      guard let command = meant.first, meant.count == 1 else {
        // Not a command: perhaps a function or a word of the language.
        return try showDocumentation(name)
      }
      tell(":\(command.rawValue) \(command.arguments)\n  \(command.summary)")
      return .success
    }
    var text = """
      Type an expression, or a declaration such as `let n = 3`; an entry ends where it is complete.
      `it` is the last answer, `_1` the first. TAB completes, Ctrl-R searches what was typed, Ctrl-C cancels, Ctrl-D leaves.

      """
    let width = ReplCommandName.allCases.map { 2 + $0.rawValue.count + $0.arguments.count }.max() ?? 0
    for group in ReplCommandName.Group.allCases {
      text += "\n" + strong(group.rawValue) + "\n"
      for command in ReplCommandName.allCases where command.group == group {
        let call = ":\(command.rawValue) \(command.arguments)"
        text += "  " + call.padded(to: min(width, 36)) + "  " + dimmed(command.summary) + "\n"
      }
    }
    tellLong(text + "\n" + "A command may be shortened to what no other begins with: `:br`, `:ti on`.\n")
    return .success
  }

  func setFormat(_ argument: String) throws -> ReplStatus {
    guard !argument.isEmpty else {
      for format in OutputFormat.allCases {
        tell((format == settings.format ? "* " : "  ") + format.rawValue.padded(to: 10) + dimmed(format.summary))
      }
      return .success
    }
    guard let format = OutputFormat.allCases.first(where: { $0.rawValue.hasPrefix(argument) }) else {
      throw ReplFailure.usage(
        "there is no format `\(argument)`: one of \(OutputFormat.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))"
      )
    }
    settings.format = format
    tell("answers are shown as \(format.rawValue)")
    return .success
  }

  func setPager(_ argument: String) throws -> ReplStatus {
    switch argument {
    case "": tell(settings.usesPager ? "long answers go through the pager" : "answers are printed whole")
    case "on": settings.usesPager = true
    case "off": settings.usesPager = false
    default: throw ReplFailure.usage("`:pager` is `on` or `off`")
    }
    return .success
  }

  func time(_ argument: String) throws -> ReplStatus {
    switch argument {
    case "": tell(settings.isTimed ? "each entry says how long it took" : "entries do not say how long they took")
    case "on": settings.isTimed = true
    case "off": settings.isTimed = false
    default:
      let begin = ContinuousClock.now
      let status = try evaluate(argument)
      tell(dimmed(milliseconds(begin.duration(to: .now))))
      return status
    }
    return .success
  }

  func showHistory(_ argument: String) throws -> ReplStatus {
    let count = argument.isEmpty ? 20 : Int(argument)
    guard let count, count > 0 else { throw ReplFailure.usage("`:history` takes a number of entries") }
    let typed = entries.dropLast()
    let width = String(typed.count).count
    for (index, entry) in typed.enumerated().suffix(count) {
      let lines = entry.split(separator: "\n", omittingEmptySubsequences: false)
      tell(
        dimmed("\(index + 1)".padded(to: width, alignment: .right)) + "  "
          + lines.joined(separator: "\n" + String(repeating: " ", count: width + 2)))
    }
    return .success
  }
}
