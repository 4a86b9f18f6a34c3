import ArgumentParser
import Docket
import DocketDiagnostics
import DocketFormat
import Glibc

/// `docket calendar import`: holidays of another program as Docket source.
struct CalendarImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Write a calendar from an iCalendar file or a list in the format of holiday-cn.")

  @Argument(help: "The .ics or .json file; `-` reads standard input.")
  var file: String

  @Option(help: "What the calendar is called.")
  var name = "holidays"

  @Option(help: "The hours of workdays.")
  var hours = "09:00-18:00"

  @Option(
    help: "The year up to which days are written out. Default: all of them, and the latest year for what has no end.")
  var until: Int?

  @Option(name: .shortAndLong, help: "The file to write. Default: standard output.")
  var output: String?

  func run() throws {
    let bytes: [UInt8]
    switch RulebookFiles.read(file == "-" ? "/dev/stdin" : file) {
    case .success(let read): bytes = read
    case .failure(let problem):
      Terminal.printError("error: `\(file)` cannot be read: \(problem.reason)")
      throw ExitStatus.data
    }
    let shown = file == "-" ? "standard input" : file.split(separator: "/").last.map(String.init) ?? file
    let text: String
    do {
      let calendar = try ImportedCalendar.read(bytes, until: until)
      text = calendar.source(name: name, hours: hours, file: shown)
    } catch {
      Terminal.printError("error: \(file):\(error.line): \(error.message)")
      throw ExitStatus.data
    }
    let source = try laidOut(text)
    guard let output else {
      Terminal.write(source)
      return
    }
    guard RulebookFiles.write(source, to: output) else {
      Terminal.printError("error: `\(output)` cannot be written: \(String(cString: strerror(errno)))")
      throw ExitStatus.usage
    }
    Terminal.print("wrote \(output): review it before you use it")
  }

  /// A name or hours that are none of Docket show as errors of its syntax.
  private func laidOut(_ text: String) throws -> String {
    var sources = SourceMap()
    switch Formatter.format(sources.add(path: "calendar", text: text)) {
    case .formatted(let text, _): return text
    case .syntaxErrors(let diagnostics):
      Terminal.printError(
        render(diagnostics.all, sources: sources, options: RenderOptions(color: Terminal.wantsColor(2), width: nil)))
      throw ExitStatus.usage
    case .internalError(let reason):
      Terminal.printError("internal error: \(reason)")
      throw ExitStatus.internal
    }
  }
}
