import ArgumentParser
import Docket
import DocketData
import DocketDiagnostics
import DocketTime

/// `docket eval`: the value of one expression.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Evaluate an expression.",
    discussion: "docket eval 'price * n > 100.0' --var price=12.5 --var n=9")

  @Argument(help: "The expression.")
  var expression: String

  @Option(name: .customLong("var"), help: "A variable as name=json; may stand several times.")
  var variables: [String] = []

  @Option(help: "A file with a JSON object whose members are variables.")
  var vars: String?

  @Option(help: "The zone of local times.")
  var zone = "UTC"

  @Flag(help: "Print the type too.")
  var type = false

  func run() throws {
    var run = ExpressionRun()
    guard let zone = Zone.named(zone) else {
      let hint = suggest(zone, among: Zone.allNames(), habits: false).map { ": \($0.helpText)" } ?? ""
      throw ValidationError("there is no time zone `\(zone)`\(hint)")
    }
    run.zone = zone
    if let vars { run.variables = try members(of: vars) }
    for variable in variables {
      guard let equals = variable.firstIndex(of: "="), equals != variable.startIndex else {
        throw ValidationError("`\(variable)` is no variable: write name=json, such as n=3 or name='\"Ann\"'")
      }
      let name = String(variable[..<equals])
      let text = variable[variable.index(after: equals)...]
      guard let value = JSONValue.parse(text.utf8) else {
        throw ValidationError("`\(text)` is no JSON; a text is written with quotes: \(name)='\"\(text)\"'")
      }
      run.variables.removeAll { $0.name == name }
      run.variables.append((name, value))
    }
    try Self.show(run.evaluate(expression), type: type)
  }

  private static func show(_ outcome: ExpressionRun.Outcome, type: Bool) throws(ExitStatus) {
    if !outcome.diagnostics.all.isEmpty {
      let options = RenderOptions(color: Terminal.wantsColor(2), width: nil)
      Terminal.printError(render(outcome.diagnostics.all, sources: outcome.sources, options: options))
    }
    guard let value = outcome.value else { throw outcome.hasFailed ? ExitStatus.failed : ExitStatus.rulebook }
    Terminal.print(type ? "\(value): \(outcome.type ?? "")" : value)
  }

  /// `docket eval '1 + 1'` and nothing else, done at once: to describe all commands and options to the parser of arguments takes
  /// several times as long as to evaluate an expression. Whether it was that.
  static func runPlain(_ arguments: [String]) throws(ExitStatus) -> Bool {
    guard arguments.count == 2, arguments[0] == configuration.commandName, !arguments[1].hasPrefix("-") else {
      return false
    }
    try show(ExpressionRun().evaluate(arguments[1]), type: false)
    return true
  }

  /// `docket eval -1`: what begins with `-` and is no option is the expression, which stands last, behind `--`.
  static func withoutLeadingMinus(_ arguments: [String]) -> [String] {
    guard arguments.first == configuration.commandName, !arguments.contains("--") else { return arguments }
    let expression = arguments.firstIndex { argument in
      guard argument.first == "-", let next = argument.dropFirst().first else { return false }
      return next.isNumber || "(.[ \"'".contains(next)
    }
    guard let expression else { return arguments }
    var arguments = arguments
    let moved = arguments.remove(at: expression)
    return arguments + ["--", moved]
  }

  private func members(of path: String) throws -> [(name: String, value: JSONValue)] {
    guard case .success(let bytes) = RulebookFiles.read(path) else {
      Terminal.printError("error: `\(path)` cannot be read")
      throw ExitStatus.data
    }
    guard case .object(let members)? = JSONValue.parse(bytes) else {
      Terminal.printError("error: `\(path)` holds no JSON object, such as {\"n\": 3}")
      throw ExitStatus.data
    }
    return members.map { ($0.key, $0.value) }
  }
}
