import ArgumentParser
import Docket
import DocketDiagnostics
import DocketTime
import Glibc

/// `docket init`: a first rulebook, from exports or from nothing.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a first rulebook: from exports, or a small example to start from.",
    discussion: """
      With --from, reads the whole of each file (CSV, TSV, JSON, JSON Lines, each also .gz, or an SQLite database) and writes \
      entities with their keys, types, enums, versions and references, and the sources that load them: to --output, else to \
      standard output. Without it, writes a small rulebook with its tests and data into a new folder.
      """)

  @Argument(help: "The new folder, without --from. Default: desk.")
  var folder: String?

  @Option(parsing: .upToNextOption, help: "Exports to draw the rulebook from.")
  var from: [String] = []

  @Option(name: .shortAndLong, help: "The file to write; one that is there stays as it is.")
  var output: String?

  @Option(help: "The zone of times without an offset. Default: a guess.")
  var zone: String?

  func run() throws {
    if let zone, Zone.named(zone) == nil {
      try fail("there is no zone `\(zone)`: write one such as `Europe/Berlin`")
    }
    if from.isEmpty {
      guard output == nil, zone == nil else { try fail("--output and --zone go with --from") }
      try writeStarter(to: folder ?? "desk")
    } else {
      if let folder { try fail("`\(folder)` is one too many: name the file to write with --output") }
      try draw()
    }
  }

  // MARK: - From exports

  private func draw() throws {
    if from.contains("-") { try fail("a file is read several times: save standard input as one first") }
    var target = output
    if let path = target, RulebookFiles.isFolder(path) {
      target = path + (path.hasSuffix("/") ? "" : "/") + "rules.docket"
    }
    if let target, access(target, F_OK) == 0 { try fail("`\(target)` is there already and stays as it is") }
    var draft: Draft
    switch Draft.make(from: from, zone: zone) {
    case .success(let made): draft = made
    case .failure(let failure):
      show(failure.diagnostics)
      throw ExitStatus.data
    }
    let problems = draft.prove()
    let text = draft.text
    guard let target else {
      Terminal.write(text)
      tellProblems(problems)
      if problems.isEmpty { Terminal.printError(draft.summary.joined(separator: "\n")) } else { throw ExitStatus.data }
      return
    }
    guard RulebookFiles.write(text, to: target) else {
      try fail("`\(target)` cannot be written: \(String(cString: strerror(errno)))")
    }
    for line in draft.summary { Terminal.print(line) }
    let isBeside = folderOf(target) == draft.folder
    Terminal.print("wrote \(target); next: docket data \(target)" + (isBeside ? "" : " --data \(draft.folder)"))
    tellProblems(problems)
    if !problems.isEmpty { throw ExitStatus.data }
  }

  private func folderOf(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func tellProblems(_ problems: [Diagnostic]) {
    guard !problems.isEmpty else { return }
    Terminal.printError("the draft does not load as it is:")
    show(problems)
  }

  private func show(_ diagnostics: [Diagnostic]) {
    let options = RenderOptions(color: Terminal.wantsColor(2), width: nil)
    Terminal.printError(render(diagnostics, sources: SourceMap(), as: .text, options: options))
  }

  // MARK: - From nothing

  private func writeStarter(to folder: String) throws {
    guard mkdir(folder, 0o755) == 0 else {
      if errno == EEXIST { try fail("`\(folder)` is there already and stays as it is: name another folder") }
      try fail("`\(folder)` cannot be made: \(String(cString: strerror(errno)))")
    }
    guard mkdir(folder + "/data", 0o755) == 0 else { try fail("`\(folder)/data` cannot be made") }
    for file in Starter.files {
      guard RulebookFiles.write(file.text, to: "\(folder)/\(file.name)") else {
        try fail("`\(folder)/\(file.name)` cannot be written: \(String(cString: strerror(errno)))")
      }
    }
    Terminal.print("wrote \(folder): \(Starter.files.map(\.name).joined(separator: ", "))")
    Terminal.print("next: docket test \(folder), then docket run \(folder) --data \(folder)/data")
  }

  private func fail(_ message: String) throws -> Never {
    Terminal.printError("error: \(message)")
    throw ExitStatus.usage
  }
}
