import ArgumentParser
import Docket
import DocketDiagnostics
import DocketFormat
import Glibc

/// `docket fmt`: one layout for all rulebooks.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Lay out rulebooks in the one way.")

  @Argument(help: "Folders with *.docket files, or files; `-` reads standard input and prints the result.")
  var paths = ["."]

  @Flag(help: "Change nothing; exit with 1 where a file is laid out otherwise, and name it.")
  var check = false

  func run() throws {
    var worst = ExitStatus.success
    for path in paths {
      if path == "-" {
        worst = max(worst, formatInput())
        continue
      }
      guard let files = RulebookFiles.find(path), !files.isEmpty else {
        Terminal.printError("error: there are no *.docket files at `\(path)`")
        throw ExitStatus.usage
      }
      for file in files { worst = max(worst, format(file)) }
    }
    if worst != .success { throw worst }
  }

  private func format(_ path: String) -> ExitStatus {
    let bytes: [UInt8]
    switch RulebookFiles.read(path) {
    case .success(let read): bytes = read
    case .failure(let problem):
      Terminal.printError("error: `\(problem.path)` cannot be read: \(problem.reason)")
      return .usage
    }
    var sources = SourceMap()
    switch Formatter.format(sources.add(path: path, bytes: bytes)) {
    case .formatted(_, isChanged: false): return .success
    case .formatted(let text, isChanged: true):
      if check {
        Terminal.print(path)
        return .failed
      }
      guard RulebookFiles.write(text, to: path) else {
        Terminal.printError("error: `\(path)` cannot be written: \(String(cString: strerror(errno)))")
        return .usage
      }
      Terminal.print("formatted \(path)")
      return .success
    case .syntaxErrors(let diagnostics): return show(diagnostics, sources)
    case .internalError(let reason): return fail(path, reason)
    }
  }

  private func formatInput() -> ExitStatus {
    guard case .success(let bytes) = RulebookFiles.read("/dev/stdin") else { return .usage }
    var sources = SourceMap()
    switch Formatter.format(sources.add(path: "<stdin>", bytes: bytes)) {
    case .formatted(let text, let isChanged):
      if check { return isChanged ? .failed : .success }
      Terminal.write(text)
      return .success
    case .syntaxErrors(let diagnostics): return show(diagnostics, sources)
    case .internalError(let reason): return fail("<stdin>", reason)
    }
  }

  private func show(_ diagnostics: Diagnostics, _ sources: SourceMap) -> ExitStatus {
    let options = RenderOptions(color: Terminal.wantsColor(2), width: nil)
    Terminal.printError(render(diagnostics.all, sources: sources, options: options))
    return .rulebook
  }

  private func fail(_ path: String, _ reason: String) -> ExitStatus {
    Terminal.printError("internal error: `\(path)` was left as it is: \(reason)")
    return .internal
  }
}
