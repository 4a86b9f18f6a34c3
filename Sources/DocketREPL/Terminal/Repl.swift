/// The prompt as a program: on a terminal with line editing, in a pipe as a script.

import Docket
import DocketDiagnostics
import DocketRuntime
import Glibc

public struct Repl {
  public struct Options: Sendable {
    /// `nil` starts on the shipped demonstration.
    public var rulebook: String?
    public var data: String?
    public var at: String?
    /// Of a session without a rulebook.
    public var zone = "UTC"
    /// `-c`: run these and leave.
    public var commands: [String] = []
    public var initFile: String?
    public var readsUserFile = true
    /// A script goes on after an error.
    public var keepsGoing = false

    public init() {}
  }

  private let options: Options
  private let session: ReplSession

  /// The exit code of the program.
  public static func run(_ options: Options) -> Int32 { Repl(options).run() }

  private init(_ options: Options) {
    self.options = options
    let color = Screen.wantsColor()
    session = ReplSession(
      output: ReplOutput(
        color: color, width: { Screen.width ?? 100 }, write: { Screen.write($0) },
        writeProblem: { Screen.write($0, to: Screen.isInteractive ? 1 : 2) }),
      cancellation: Interrupts.cancellation, zone: options.zone)
  }

  private var isScript: Bool { !options.commands.isEmpty || !Screen.isInteractive }

  private func run() -> Int32 {
    if !isScript {
      if let failure = LineEditor.failure {
        session.output.writeProblem(
          """
          error: the prompt needs GNU readline, which is not there: \(failure)
          help: install it, on Debian and Ubuntu with `apt-get install libreadline8`
          help: without it `-c` and a script on standard input work

          """)
        return ReplStatus.usage.rawValue
      }
      Interrupts.install()
    }
    let start = startOptions()
    let status = session.load(start)
    if status != .success, isScript { return status.rawValue }
    if let failure = runInitFiles(), isScript { return failure.rawValue }
    if !options.commands.isEmpty { return runCommands().rawValue }
    if isScript { return runScript().rawValue }
    return converse().rawValue
  }

  private func startOptions() -> ReplSession.Options {
    let rulebook = options.rulebook ?? (isScript ? nil : Demonstration.place)
    var data = options.data
    if data == nil, let rulebook, RulebookFiles.isFolder(rulebook + "/data") { data = rulebook + "/data" }
    return ReplSession.Options(rulebook: rulebook, data: data, at: options.at)
  }

  // MARK: - Scripts

  private func runInitFiles() -> ReplStatus? {
    var files: [String] = []
    if options.readsUserFile, !isScript, let folder = UserFolders.configuration,
      access(folder + "/repl.docket", R_OK) == 0
    {
      files.append(folder + "/repl.docket")
    }
    if let file = options.initFile { files.append(file) }
    for file in files {
      switch RulebookFiles.read(file) {
      case .success(let bytes):
        let status = session.run(text: String(decoding: bytes, as: UTF8.self), keepGoing: options.keepsGoing)
        if status != .success { return status }
      case .failure(let problem):
        session.output.writeProblem("error: `\(problem.path)` cannot be read: \(problem.reason)\n")
        return .usage
      }
    }
    return nil
  }

  private func runCommands() -> ReplStatus {
    var first = ReplStatus.success
    for command in options.commands {
      let status = session.run(text: command, keepGoing: options.keepsGoing)
      if status != .success {
        if first == .success { first = status }
        if !options.keepsGoing { break }
      }
    }
    return first
  }

  /// Lines of standard input; declarations that follow each other are checked together.
  private func runScript() -> ReplStatus {
    var reader = EntryReader(isBatch: true)
    var waiting: [ReplEntry] = []
    var first = ReplStatus.success
    func settle(_ entries: [ReplEntry]) -> Bool {
      let status = session.run(entries, keepGoing: options.keepsGoing)
      if status != .success, first == .success { first = status }
      return status == .success || options.keepsGoing
    }
    while let line = readLine(strippingNewline: true) {
      guard let entry = reader.add(line) else { continue }
      waiting.append(entry)
      if case .declaration = entry { continue }
      guard settle(waiting), !session.isOver else { return first }
      waiting = []
    }
    if let entry = reader.finish() { waiting.append(entry) }
    _ = settle(waiting)
    return first
  }

  // MARK: - Conversation

  private func converse() -> ReplStatus {
    let color = session.output.color
    session.isConversation = true
    session.editText = { Screen.edit($0) }
    session.page = { Screen.page($0) }
    Screen.write(session.banner)
    let isDemonstration = options.rulebook == nil && session.hasRulebook
    Screen.write(
      dim(
        (isDemonstration ? "The shipped demonstration: " : "")
          + "`:tour` shows around, `:tour zh` 中文导览, `:help` helps.",
        color) + "\n")
    var history = HistoryFile()
    var reader = EntryReader()
    var typed: [String] = []
    let pending = Pending()
    let editor = LineEditor(hasColor: color) { [session] line, cursor in
      session.completions(before: pending.text, line: line, cursor: cursor)
    }
    while !session.isOver {
      pending.text = reader.text
      session.cancellation.clear()
      switch editor.read(prompt: prompt(reader)) {
      case .end:
        if reader.isEmpty {
          Screen.write("\n")
          return .success
        }
        reader.clear()
        typed = []
        Screen.write("\n")
        if Interrupts.hasEnded { return .success }
      case .cancelled:
        reader.clear()
        typed = []
      case .text(let text):
        if reader.isEmpty, text.allSatisfy(\.isWhitespace) {
          if session.tour != nil { _ = session.advanceTour() }
          continue
        }
        typed.append(text)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        reader.isBatch = lines.count > 1
        let entries = lines.compactMap { reader.add($0) }
        if reader.isEmpty {
          history.add(typed.joined(separator: "\n"))
          typed = []
        }
        session.run(entries)
        _ = Interrupts.takeInterrupt()
      }
    }
    return .success
  }

  /// The name, the clock where it is not the real one, and on further lines what is still open.
  private func prompt(_ reader: EntryReader) -> String {
    let color = session.output.color
    func paint(_ text: String, _ code: String) -> String {
      color ? "\u{1}\u{1B}[\(code)m\u{2}\(text)\u{1}\u{1B}[0m\u{2}" : text
    }
    let clock = session.clock
    guard reader.isEmpty else {
      let open = OpenParts(reader.text).text
      let width = "docket".count + (clock.map { $0.count + 1 } ?? 0)
      let text = open.isEmpty ? ".." : open
      return paint(text.padded(to: width, alignment: .right), "2") + "> "
    }
    return paint("docket", "1") + (clock.map { " " + paint($0, "36") } ?? "") + "> "
  }
}

/// The lines of an entry that is not complete, for completion.
private final class Pending {
  var text = ""
}

/// The rulebook that ships with the program.
enum Demonstration {
  private static let names = ["scripts/support", "scripts/incidents"]

  static var place: String? {
    var roots = ["."]
    var path = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    if count > 0 {
      var folder = String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      // Beside the program, or above the folder that it was built in.
      for _ in 0..<5 {
        guard let slash = folder.lastIndex(of: "/") else { break }
        folder = String(folder[..<slash])
        roots.append(folder)
        roots.append(folder + "/share/docket")
      }
    }
    for root in roots {
      for name in names {
        let place = root == "." ? name : "\(root)/\(name)"
        if !(RulebookFiles.find(place) ?? []).isEmpty { return place }
      }
    }
    return nil
  }
}

extension ReplSession {
  var hasRulebook: Bool { workbook.path != nil }
}
