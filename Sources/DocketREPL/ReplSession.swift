/// A session at the prompt, without a terminal: text goes in, blocks of text come out.
///
/// It holds the declarations as an editable list, the rulebook that they check to, and the records with the engine that runs the
/// rules over them. A wrong entry leaves everything as it was.

import Docket
import DocketDiagnostics
import DocketRules
public import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

/// How an entry ended; the numbers are those of the program's exit codes.
public enum ReplStatus: Int32, Sendable {
  case success = 0
  case failed = 1
  case usage = 2
  case rulebook = 3
  case data = 4
  case noTests = 5
  case cancelled = 130
}

/// An entry that cannot go on; what is wrong has been told unless `message` says it.
struct ReplFailure: Error {
  var status: ReplStatus
  var message: String?

  static func usage(_ message: String) -> ReplFailure { ReplFailure(status: .usage, message: message) }
  static func told(_ status: ReplStatus) -> ReplFailure { ReplFailure(status: status) }
}

public final class ReplSession {
  public struct Options: Sendable {
    public var rulebook: String?
    public var data: String?
    public var at: String?

    public init(rulebook: String?, data: String?, at: String?) {
      self.rulebook = rulebook
      self.data = data
      self.at = at
    }
  }

  public var output: ReplOutput
  /// Ends what is being evaluated.
  public let cancellation: Cancellation
  /// Somebody sits at a terminal.
  public var isConversation = false
  /// `:quit` was said.
  public internal(set) var isOver = false

  // MARK: Declarations

  var workbook: Workbook
  /// As loaded, for `:diff` and `:reset`.
  var baseline: Workbook
  var rulebook: Rulebook
  var checker: Checker
  var undoSteps: [UndoStep] = []
  var entryNumber = 0

  // MARK: Data

  var dataFolder: String?
  /// The clock as it was set; otherwise it stands at the newest instant in the data.
  var clockText: String?
  /// The records and the engine over them, once they are read.
  var loaded: Session?
  /// Fields that are set for the time being.
  var assumptions: [Assumption] = []

  // MARK: Answers

  var results = Results()
  var lastExpression: String?
  var entries: [String] = []
  var settings = ReplSettings()
  var tour: Tour?
  /// The texts behind the expression that is evaluated, for paths in messages.
  var currentSources = SourceMap()

  /// Asks a person to edit a text; without one, nothing can be edited.
  public var editText: ((String) -> String?)?
  /// Shows a long text page by page.
  public var page: ((String) -> Bool)?

  /// The zone is that of a session without a rulebook.
  public init(output: ReplOutput, cancellation: Cancellation = Cancellation(), zone: String = "UTC") {
    self.output = output
    self.cancellation = cancellation
    workbook = Workbook(zone: zone)
    baseline = workbook
    (rulebook, checker) = workbook.check()
  }

  // MARK: - Entries

  /// Runs entries one after the other; declarations that follow each other are checked together, so that they may stand in any order.
  @discardableResult
  public func run(_ entries: [ReplEntry], keepGoing: Bool = true) -> ReplStatus {
    var status = ReplStatus.success
    var index = 0
    while index < entries.count, !isOver {
      var step: ReplStatus
      if case .declaration = entries[index] {
        var texts: [String] = []
        while index < entries.count, case .declaration(let text) = entries[index] {
          texts.append(text)
          index += 1
        }
        step = timed { self.define(texts) }
      } else {
        let entry = entries[index]
        index += 1
        step = run(entry)
      }
      if step != .success {
        status = status == .success ? step : status
        if !keepGoing { return step }
      }
    }
    return status
  }

  /// Cuts a text into entries and runs them.
  @discardableResult
  public func run(text: String, keepGoing: Bool = true) -> ReplStatus {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasSuffix("\r") ? String(line.dropLast()) : String(line)
    }
    var reader = EntryReader(isBatch: true)
    var entries: [ReplEntry] = []
    for line in lines {
      if let entry = reader.add(line) { entries.append(entry) }
    }
    if let entry = reader.finish() { entries.append(entry) }
    return run(entries, keepGoing: keepGoing)
  }

  public func run(_ entry: ReplEntry) -> ReplStatus {
    entries.append(entry.text)
    return timed {
      switch entry {
      case .command(let text): self.runCommand(text)
      case .declaration(let text): self.define([text])
      case .expression(let text): self.attempt { try self.evaluate(text) }
      case .broken(let text): self.tellBroken(text)
      }
    }
  }

  /// Runs work that may fail, and tells why it did.
  func attempt(_ work: () throws -> ReplStatus) -> ReplStatus {
    let status: ReplStatus
    do {
      status = try work()
    } catch let failure as ReplFailure {
      if let message = failure.message { tellProblem(message) }
      status = failure.status
    } catch {
      tellProblem("\(error)")
      status = .failed
    }
    return settleCancellation() ? .cancelled : status
  }

  /// What a cancelled run has left half done is forgotten. Whether there was a request.
  private func settleCancellation() -> Bool {
    guard cancellation.isRequested else { return false }
    cancellation.clear()
    renewEngine()
    endInterruptedLine()
    tellProblem("cancelled")
    return true
  }

  private func timed(_ work: () -> ReplStatus) -> ReplStatus {
    cancellation.clear()
    guard settings.isTimed else { return work() }
    let begin = ContinuousClock.now
    let status = work()
    tell(dim(milliseconds(begin.duration(to: .now)), output.color))
    return status
  }

  private func tellBroken(_ text: String) -> ReplStatus {
    var sources = SourceMap()
    var problems = Diagnostics()
    let file = sources.add(path: "<entry>", text: text)
    if case .incomplete = Parser.parseEntry(file, &problems) {
      var found = Diagnostics()
      _ = Parser.parse(file, &found)
      // An expression that breaks off is no rulebook; the parser of expressions says where it ends.
      problems = found
      if !LanguageDocs.startsDeclaration(text) {
        problems = Diagnostics()
        _ = Parser.parseExpression(file, &problems)
      }
    }
    show(problems.all, sources)
    return .rulebook
  }

  // MARK: - Telling

  /// Behind the `^C` that the terminal shows.
  func endInterruptedLine() {
    if isConversation { output.write("\n") }
  }

  func tell(_ text: String) { output.write(text.isEmpty || text.hasSuffix("\n") ? text : text + "\n") }

  func tellProblem(_ text: String) {
    output.writeProblem(TextStyle.error.apply("error", color: output.color) + ": \(text)\n")
  }

  func show(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
    guard !diagnostics.isEmpty else { return }
    var text = render(
      diagnostics, sources: sources, options: RenderOptions(color: output.color, width: output.width()))
    // How many there were is plain to see.
    if diagnostics.count == 1 {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.count > 3, lines[lines.count - 3].isEmpty {
        text = lines.dropLast(3).map { $0 + "\n" }.joined()
      }
    }
    output.writeProblem(text)
  }

  /// A long text goes to the pager where there is one.
  func tellLong(_ text: String) {
    if settings.usesPager, let page, page(text) { return }
    tell(text)
  }

  func dimmed(_ text: String) -> String { dim(text, output.color) }
  func strong(_ text: String) -> String { TextStyle.strong.apply(text, color: output.color) }
}

/// `12.3 ms`, `1.42 s`
func milliseconds(_ duration: Duration) -> String {
  let (seconds, attoseconds) = duration.components
  let microseconds = Double(seconds) * 1e6 + Double(attoseconds) / 1e12
  func fixed(_ number: Double, _ places: Int) -> String {
    let scale = places == 1 ? 10.0 : 100.0
    let whole = Int((number * scale).rounded())
    let fraction = String(whole % Int(scale))
    return "\(whole / Int(scale)).\(String(repeating: "0", count: places - fraction.utf8.count))\(fraction)"
  }
  return microseconds < 1e6 ? fixed(microseconds / 1e3, 1) + " ms" : fixed(microseconds / 1e6, 2) + " s"
}
