/// The rulebook's files, its records, and the clock.

import Docket
import DocketData
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketTime
import Glibc

extension ReplSession {
  /// Loads a rulebook, or leaves everything as it is and tells why.
  @discardableResult
  public func load(_ options: Options) -> ReplStatus {
    attempt {
      guard let path = options.rulebook else { return .success }
      let read = Rulebook.load(path)
      guard !read.diagnostics.hasErrors else {
        self.show(read.diagnostics.inOrder, read.sources)
        return .rulebook
      }
      let next = Workbook(rulebook: read, path: path)
      let (rulebook, checker) = next.check()
      let before = (self.workbook, self.rulebook, self.checker, self.loaded, self.dataFolder, self.clockText)
      (self.workbook, self.baseline, self.rulebook, self.checker) = (next, next, rulebook, checker)
      (self.loaded, self.dataFolder, self.clockText) = (nil, options.data, options.at)
      do {
        if let at = options.at, Session.instant(at, zone: rulebook.checked.zone) == nil {
          throw ReplFailure.usage(
            "`\(at)` is no instant: write `2026-10-09T20:50:00Z`, or a local time such as `2026-10-09T20:50`")
        }
        if let data = options.data, !RulebookFiles.isFolder(data) {
          throw ReplFailure(
            status: .data, message: "`\(data)` is no folder: --data names the folder that holds the data files")
        }
        if self.readsAtOnce { try self.readData() }
      } catch {
        (self.workbook, self.rulebook, self.checker, self.loaded, self.dataFolder, self.clockText) = before
        throw error
      }
      self.undoSteps = []
      self.assumptions = []
      self.results.removeAll()
      return .success
    }
  }

  // MARK: - Records

  /// Small data is read before the first prompt; more of it when it is first needed, so that nobody waits for a prompt.
  private var readsAtOnce: Bool {
    if dataFolder == nil, rulebook.checked.sources.isEmpty { return true }
    return FolderSize.bytes(in: dataFolder ?? workbook.folder) < 4 << 20
  }

  /// The engine over the records, which are read if they were not yet.
  func engine() throws -> RuleEngine {
    if loaded == nil {
      if !readsAtOnce { output.writeProblem(dimmed("reading the data …") + "\n") }
      try readData()
    }
    guard let loaded else { throw ReplFailure.told(.data) }
    return loaded.engine
  }

  func readData() throws {
    var options = Session.Options(data: dataFolder, at: clockText)
    options.loading.isCancelled = { [cancellation] in cancellation.isRequested }
    var found: Session?
    while found == nil {
      do {
        found = try Session.open(rulebook, options)
      } catch {
        switch error {
        case .usage(let message):
          // Without data that says when it is from, it is now.
          guard options.at == nil else { throw ReplFailure.usage(message) }
          options.at = RealClock.now.rfc3339()
        case .rulebook(let diagnostics):
          show(diagnostics.inOrder, rulebook.sources)
          throw ReplFailure.told(.rulebook)
        case .data(let diagnostics, _):
          show(diagnostics.all, rulebook.sources)
          throw ReplFailure.told(.data)
        case .cancelled: throw ReplFailure.told(.cancelled)
        }
      }
    }
    loaded = found
    results.removeAll()
    renewEngine()
  }

  /// An engine that remembers nothing, over the same records at the same instant.
  func renewEngine() {
    guard var session = loaded else { return }
    session.engine = makeEngine(rulebook: checker.rulebook, sources: rulebook.sources, like: session.engine)
    loaded = session
    applyAssumptions()
  }

  func makeEngine(rulebook: CheckedRulebook, sources: SourceMap, like engine: RuleEngine) -> RuleEngine {
    var limits = Limits()
    limits.cancellation = cancellation
    return RuleEngine(
      rulebook: rulebook, world: engine.world, instant: engine.instant, sources: sources, limits: limits)
  }

  // MARK: - For the prompt and the banner

  /// When it is, where the clock is not the real one; `nil` before the records are read.
  public var clock: String? {
    guard let loaded, hasRecords || clockText != nil else { return nil }
    return instantText(loaded.engine.instant, withZone: false)
  }

  var hasRecords: Bool { loaded.map { !$0.report.tables.isEmpty } ?? false }

  func instantText(_ instant: Instant, withZone: Bool = true) -> String {
    let zone = rulebook.checked.zone ?? .utc
    let local = zone.local(instant)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let seconds = local.second == 0 ? "" : ":\(two(local.second))"
    return "\(local.date) \(two(local.hour)):\(two(local.minute))\(seconds)" + (withZone ? " \(zone.name)" : "")
  }

  /// One or two lines that say where one is.
  public var banner: String {
    guard let path = workbook.path else { return "an empty session: type an expression, or `:load FOLDER`\n" }
    let checked = rulebook.checked
    let counts = [
      (checked.routes.count, "route", "routes"), (checked.slas.count, "sla", "slas"),
      (checked.kpis.count, "kpi", "kpis"),
      (checked.ensures.count, "ensure", "ensures"), (checked.tests.count, "test", "tests"),
    ]
    let rules = counts.filter { $0.0 > 0 }.map { plural($0.0, $0.1, $0.2) }.joined(separator: ", ")
    var text = "\(strong(path))  \(rules)\n"
    if let loaded {
      let tables = loaded.report.tables.map { table in
        "\(grouped(table.records)) \(table.entity)"
          + (table.rows == table.records ? "" : " in \(grouped(table.rows)) versions")
      }
      text +=
        tables.isEmpty
        ? (rulebook.checked.schema.entities.isEmpty ? "" : "no data\n")
        : flow(tables + ["as of \(instantText(loaded.engine.instant))"])
    } else {
      text += "the data is read when it is first needed\n"
    }
    return text
  }
}

extension ReplSession {
  /// Parts with commas between them, in lines that break behind commas only.
  private func flow(_ parts: [String]) -> String {
    let width = output.width() ?? .max
    var text = ""
    var used = 0
    for (place, part) in parts.enumerated() {
      let piece = part + (place + 1 < parts.count ? "," : "")
      if used > 0, used + 1 + piece.displayWidth > width {
        text += "\n"
        used = 0
      }
      text += (used > 0 ? " " : "") + piece
      used += piece.displayWidth + (used > 0 ? 1 : 0)
    }
    return text + "\n"
  }
}

/// How much there is to read below a folder, so far as a prompt has to know.
enum FolderSize {
  static func bytes(in folder: String, depth: Int = 0) -> Int {
    guard depth < 4, let directory = opendir(folder) else { return 0 }
    defer { closedir(directory) }
    var total = 0
    while let entry = readdir(directory), total < 64 << 20 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      var status = stat()
      let path = folder + "/" + name
      guard stat(path, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        total += bytes(in: path, depth: depth + 1)
      } else {
        total += Int(status.st_size)
      }
    }
    return total
  }
}
