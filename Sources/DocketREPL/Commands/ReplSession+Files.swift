/// `:load`, `:reload`, `:edit`, `:save`, `:write`: between the session and the files.

import Docket
import DocketDiagnostics
import DocketFormat
import DocketSemantics
import DocketSyntax
import Glibc

extension ReplSession {
  func load(_ argument: String) throws -> ReplStatus {
    var words = argument.split(whereSeparator: \.isWhitespace).map(String.init)
    func take(_ option: String) throws -> String? {
      guard let place = words.firstIndex(of: option) else { return nil }
      guard place + 1 < words.count else { throw ReplFailure.usage("`\(option)` needs a value") }
      defer { words.removeSubrange(place...place + 1) }
      return words[place + 1]
    }
    let data = try take("--data")
    let at = try take("--at")
    guard words.count == 1 else {
      throw ReplFailure.usage("write `:load FOLDER`, with `--data DIR` where the data lies elsewhere")
    }
    let path = words[0]
    let folder = data ?? (RulebookFiles.isFolder(path + "/data") ? path + "/data" : nil)
    let status = load(Options(rulebook: path, data: folder, at: at))
    if status == .success { tell(banner) }
    return status
  }

  /// The files as they are now, with what was typed on top; nothing changes where that does not go together.
  func reload() throws -> ReplStatus {
    guard let path = workbook.path else { throw ReplFailure.usage("there is no rulebook to read again: `:load` one") }
    let read = Rulebook.load(path)
    guard !read.diagnostics.hasErrors else {
      show(read.diagnostics.inOrder, read.sources)
      tell(dimmed("what was loaded stays"))
      return .rulebook
    }
    let typed = workbook.typed.map { (text: workbook.text(of: $0), path: workbook.sources[$0.span.file].path) }
    let fresh = Workbook(rulebook: read, path: path)
    var next = fresh
    var problems = Diagnostics()
    for entry in typed {
      guard next.define(entry.text, path: entry.path, &problems) != nil else {
        show(problems.all, next.sources)
        return .rulebook
      }
    }
    let (rulebook, checker) = next.check()
    guard !rulebook.diagnostics.hasErrors else {
      show(rulebook.diagnostics.inOrder, rulebook.sources)
      tell(dimmed("what was loaded stays"))
      return .rulebook
    }
    let before = (workbook, baseline, self.rulebook, self.checker, loaded, assumptions)
    (workbook, baseline, self.rulebook, self.checker) = (next, fresh, rulebook, checker)
    do {
      if loaded != nil {
        loaded = nil
        assumptions = []
        try readData()
      }
    } catch {
      (workbook, baseline, self.rulebook, self.checker, loaded, assumptions) = before
      throw error
    }
    undoSteps = []
    results.removeAll()
    tell("read again" + (typed.isEmpty ? "" : ", with \(plural(typed.count, "declaration")) of this session"))
    return .success
  }

  func edit(_ name: String) throws -> ReplStatus {
    guard let editText else { throw ReplFailure.usage("there is nobody here to edit") }
    var text = ""
    if name.isEmpty {
      text = entries.dropLast().last { !$0.hasPrefix(":") } ?? ""
    } else {
      guard let found = workbook.declarations(named: name).first else {
        let hint =
          suggest(name, among: workbook.declarations.map(\.shortName), habits: false).map { ": \($0.helpText)" } ?? ""
        throw ReplFailure.usage("nothing is called `\(name)`\(hint)")
      }
      text = workbook.text(of: found)
    }
    guard let edited = editText(text + "\n") else { throw ReplFailure.usage("the editor ended without a text") }
    guard edited.trimmed != text.trimmed else {
      tell("nothing was changed")
      return .success
    }
    return run(text: edited)
  }

  // MARK: - Saving

  /// What was typed, as a rulebook file.
  func save(_ path: String) throws -> ReplStatus {
    guard !path.isEmpty else {
      throw ReplFailure.usage("`:save` takes a file; `:write` puts what was typed into the rulebook's files")
    }
    let typed = workbook.typed
    guard !typed.isEmpty else {
      tell("nothing was defined yet")
      return .success
    }
    let text = formatted(typed.map { workbook.text(of: $0) }.joined(separator: "\n\n") + "\n")
    try write(text, to: path)
    tell("saved \(plural(typed.count, "declaration")) to \(path)")
    return .success
  }

  /// Redefinitions go where the declarations stood that they replace; new ones to a file of their own.
  func writeFiles() throws -> ReplStatus {
    guard workbook.path != nil else {
      throw ReplFailure.usage("there is no rulebook to write to: `:save FILE` saves what was typed")
    }
    guard !workbook.typed.isEmpty else {
      tell("nothing was defined yet")
      return .success
    }
    var count = 0
    for (index, original) in workbook.originals.enumerated() {
      let file = workbook.sources[FileID(index: Int32(index))]
      var text = String(decoding: file.bytes, as: UTF8.self)
      let replaced = zip(original.declarations, workbook.trees[index].declarations).filter { workbook.isTyped($0.1) }
      guard !replaced.isEmpty else { continue }
      guard case .success(let onDisk) = RulebookFiles.read(file.path), onDisk == file.bytes else {
        throw ReplFailure(status: .failed, message: "`\(file.path)` was changed since it was loaded: `:reload` first")
      }
      var bytes = Array(text.utf8)
      for (old, new) in replaced.reversed() {
        bytes.replaceSubrange(Int(old.span.start)..<Int(old.span.end), with: Array(bareText(of: new).utf8))
      }
      text = formatted(String(decoding: bytes, as: UTF8.self))
      try write(text, to: file.path)
      tell("wrote \(file.path)" + dimmed("  \(replaced.map { "\($1.kind) \($1.shortName)" }.joined(separator: ", "))"))
      count += replaced.count
    }
    let new = workbook.trees.suffix(from: workbook.loadedCount).flatMap(\.declarations)
    if !new.isEmpty { count += try writeNew(new) }
    // The files now say what the session says.
    guard let path = workbook.path else { return .success }
    let read = Rulebook.load(path)
    guard !read.diagnostics.hasErrors else {
      show(read.diagnostics.inOrder, read.sources)
      return .rulebook
    }
    let fresh = Workbook(rulebook: read, path: path)
    let (rulebook, checker) = fresh.check()
    let keepsData = SchemaLayout.isSame(rulebook.checked.schema, self.rulebook.checked.schema)
    (workbook, baseline, self.rulebook, self.checker, undoSteps) = (fresh, fresh, rulebook, checker, [])
    results.removeAll()
    if let session = loaded {
      loaded = keepsData ? session.with(rulebook) : nil
      if keepsData { renewEngine() } else { try readData() }
    }
    tell("\(plural(count, "declaration")) written")
    return .success
  }

  private func writeNew(_ declarations: [Declaration]) throws -> Int {
    let folder = workbook.folder
    let path: String
    if let only = workbook.path, !RulebookFiles.isFolder(only) {
      path = only
    } else {
      path = folder == "." ? "session.docket" : folder + "/session.docket"
    }
    var text = ""
    if case .success(let bytes) = RulebookFiles.read(path) { text = String(decoding: bytes, as: UTF8.self) + "\n" }
    text += declarations.map { workbook.text(of: $0) }.joined(separator: "\n\n") + "\n"
    try write(formatted(text), to: path)
    tell("wrote \(path)" + dimmed("  \(declarations.map { "\($0.kind) \($0.shortName)" }.joined(separator: ", "))"))
    return declarations.count
  }

  private func bareText(of declaration: Declaration) -> String { workbook.sources.text(declaration.span) }

  private func write(_ text: String, to path: String) throws {
    guard RulebookFiles.write(text, to: path) else {
      throw ReplFailure(
        status: .failed, message: "`\(path)` cannot be written: \(String(cString: strerror(errno)).lowercased())")
    }
  }

  /// In the one layout; as it is where it cannot be laid out.
  func formatted(_ text: String) -> String {
    var sources = SourceMap()
    if case .formatted(let laid, _) = Formatter.format(sources.add(path: "", text: text)) { return laid }
    return text
  }
}
