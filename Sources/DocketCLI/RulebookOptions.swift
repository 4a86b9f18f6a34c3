/// What all commands share that read a rulebook or its data.

public import ArgumentParser
import Docket
import DocketData
import DocketDiagnostics
import Glibc

struct RulebookOptions: ParsableArguments {
  @Argument(help: "A folder with *.docket files, or one file.")
  var rulebook = "."

  @Option(name: .customLong("errors"), help: "How problems are shown: text, short, json or github.")
  var errorFormat = DiagnosticFormat.text

  /// The rulebook, or exit 3 after telling what is wrong with it.
  func load() throws -> Rulebook {
    let loaded = Kept.toTheEnd(Rulebook.load(rulebook))
    guard !loaded.diagnostics.hasErrors else {
      show(loaded.diagnostics.inOrder, loaded.sources)
      throw ExitStatus.rulebook
    }
    return loaded
  }

  func show(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
    guard !diagnostics.isEmpty else { return }
    let options = RenderOptions(color: Terminal.wantsColor(2), width: nil)
    Terminal.printError(render(diagnostics, sources: sources, as: errorFormat, options: options))
  }
}

struct DataOptions: ParsableArguments {
  @Option(help: "The folder with the data.")
  var data: String?

  @Option(help: "The instant to run at, such as 2026-10-09T20:50:00Z. Default: the newest instant in the data.")
  var at: String?

  @Option(help: "How many problems of the data are shown.")
  var maxErrors = 20

  @Option(help: "Leave out up to this many bad rows, and list them.")
  var reject: Int?

  @Option(help: "Write the bad rows as they stand to this file, each with its reason, as JSON Lines.")
  var rejects: String?

  func open(
    _ rulebook: Rulebook, _ options: RulebookOptions, adjust: (inout Session.Options) -> Void = { _ in }
  ) throws -> Session {
    var settings = Session.Options(data: data, at: at)
    settings.loading.maxErrors = maxErrors
    settings.loading.rejectLimit = reject
    settings.loading.keepsRejects = rejects != nil
    adjust(&settings)
    let progress = Terminal.isError ? LoadingProgress() : nil
    if let progress { settings.loading.progress = { progress.tell($0) } }
    do {
      let session = Kept.toTheEnd(try Session.open(rulebook, settings))
      progress?.end()
      try writeRejects(session.report)
      return session
    } catch let error as Session.Failure {
      progress?.end()
      switch error {
      case .usage(let message):
        Terminal.printError("error: \(message)")
        throw ExitStatus.usage
      case .rulebook(let diagnostics):
        options.show(diagnostics.all, rulebook.sources)
        throw ExitStatus.rulebook
      case .data(let diagnostics, let report):
        options.show(diagnostics.all, rulebook.sources)
        try writeRejects(report)
        throw ExitStatus.data
      case .cancelled: throw ExitStatus.data
      }
    }
  }

  private func writeRejects(_ report: LoadReport) throws {
    guard let rejects, let reason = RejectsFile.write(report, to: rejects) else { return }
    Terminal.printError("error: cannot write `\(rejects)`: \(reason)")
    throw ExitStatus.usage
  }
}

extension DiagnosticFormat: ExpressibleByArgument {}

/// What a command loads and makes is needed to the end of the process, which gives back all memory in one go: taking a rulebook
/// or a world of records apart, piece by piece, would be work for nothing.
enum Kept {
  private final class Box<Value> {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  static func toTheEnd<Value>(_ value: Value) -> Value {
    _ = Unmanaged.passRetained(Box(value))
    return value
  }
}
