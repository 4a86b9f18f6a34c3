import ArgumentParser
import DocketData

/// `docket manual`: the manual page, made from the commands themselves. `make man` installs what it prints.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, in roff.", shouldDisplay: false)

  func run() throws {
    guard let root = JSONValue.parse(DocketCommand._dumpHelp().utf8)?["command"] else { throw ExitStatus.internal }
    Terminal.write(ManualPage(root).text)
  }
}

/// A manual page from the description of a command and those below it.
private struct ManualPage {
  private(set) var text = ""

  init(_ root: JSONValue) {
    let name = root["commandName"]?.text ?? ""
    text = ".TH \(name.uppercased()) 1 \"\" \"\(name)\" \"User Commands\"\n"
    section("NAME")
    line("\(name) \\- \(escaped(root["abstract"]?.text ?? ""))")
    section("SYNOPSIS")
    line(".B \(name)\n.I command\n.RI [ options ]")
    section("DESCRIPTION")
    line(escaped(Self.description))
    section("COMMANDS")
    for command in commands(root) { add(command, of: name) }
    section("EXIT STATUS")
    for (code, meaning) in Self.exitCodes { item("\(code)", meaning) }
    section("FILES")
    item("~/.local/state/docket/history", "What was typed at the prompt, for the user alone; XDG_STATE_HOME moves it.")
    item("~/.config/docket/repl.docket", "Entries that the prompt runs first; XDG_CONFIG_HOME moves it.")
    section("ENVIRONMENT")
    item("NO_COLOR", "No colours, whatever its value.")
    item("PAGER, DOCKET_PAGER", "The program through which long answers of the prompt go; less \\-FRX unless set.")
    item("VISUAL, EDITOR", "The program of the prompt's :edit.")
    item("INPUTRC", "The settings of GNU readline, such as vi mode.")
  }

  private func commands(_ command: JSONValue) -> [JSONValue] {
    (command["subcommands"]?.elements ?? []).filter {
      ($0["shouldDisplay"].map(\.isTrue) ?? true) && $0["commandName"]?.text != "help"
    }
  }

  private mutating func add(_ command: JSONValue, of parent: String) {
    let name = "\(parent) \(command["commandName"]?.text ?? "")"
    let arguments = (command["arguments"]?.elements ?? []).filter { $0["shouldDisplay"]?.isTrue ?? true }
    let positional = arguments.filter { $0["kind"]?.text == "positional" }
    let usage = positional.map { argument in
      let name = escaped(argument["valueName"]?.text ?? "")
      return argument["isOptional"]?.isTrue ?? false ? "[\(name)]" : name
    }
    line(".SS \"\(name)\(usage.isEmpty ? "" : " " + usage.joined(separator: " "))\"")
    line(escaped(command["abstract"]?.text ?? ""))
    if let discussion = command["discussion"]?.text { line(".PP\n" + escaped(discussion)) }
    for argument in arguments {
      let names = (argument["names"]?.elements ?? []).compactMap { name -> String? in
        guard let text = name["name"]?.text else { return nil }
        if text == "help" || text == "version" || text == "h" { return nil }
        return name["kind"]?.text == "short" ? "-\(text)" : "--\(text)"
      }
      let isPositional = argument["kind"]?.text == "positional"
      guard isPositional || !names.isEmpty else { continue }
      let value = argument["valueName"]?.text ?? ""
      let head =
        isPositional ? value : names.joined(separator: ", ") + (argument["kind"]?.text == "option" ? " \(value)" : "")
      var summary = argument["abstract"]?.text ?? ""
      if let fallback = argument["defaultValue"]?.text { summary += " (default: \(fallback))" }
      item(head, summary)
    }
    for inner in commands(command) { add(inner, of: name) }
  }

  private mutating func section(_ title: String) { text += ".SH \(title)\n" }

  private mutating func item(_ head: String, _ summary: String) {
    text += ".TP\n.B \(escaped(head))\n\(escaped(summary))\n"
  }

  private mutating func line(_ content: String) { text += content + "\n" }

  /// Backslashes, hyphens of options, and lines that would be read as requests.
  private func escaped(_ content: String) -> String {
    var escaped = content.replacing("\\-", with: "-").replacing("\\", with: "\\e").replacing("-", with: "\\-")
    if escaped.hasPrefix(".") || escaped.hasPrefix("'") { escaped = "\\&" + escaped }
    return escaped.replacing("\n.", with: "\n\\&.").replacing("\n'", with: "\n\\&'")
  }

  private static let description =
    "Docket reads rulebooks, which say in a small language who handles what, until when, and how well it goes, and runs them over "
    + "exports of tickets, people and time. A rulebook is a folder with *.docket files, or one file."

  private static let exitCodes = [
    (0, "Everything is well."), (1, "A test failed, or something that \\-\\-fail\\-on names was found."),
    (2, "A mistake of usage."),
    (3, "The rulebook has errors."), (4, "The data has errors."), (5, "There were no tests."),
    (70, "An internal error."),
  ]
}
