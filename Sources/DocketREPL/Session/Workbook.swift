/// The declarations of a session: those of the rulebook's files, and those typed since, each in the place of what it redefines.
///
/// A value: what was before a definition is kept by copying it, for `:undo` and `:diff`.

import Docket
import DocketDiagnostics
import DocketSemantics
import DocketSyntax

struct Workbook {
  /// What was loaded; `nil` for a session that began with nothing.
  var path: String?
  /// Where relative paths start.
  var folder = "."
  /// The rulebook's files, then one text an entry.
  private(set) var sources = SourceMap()
  /// The declarations in force. A redefinition stands where the declaration stood that it replaces, so that what is
  /// numbered by its place keeps its number.
  private(set) var trees: [SyntaxTree] = []
  /// The files as they were read.
  private(set) var originals: [SyntaxTree] = []
  private(set) var diagnostics = Diagnostics()

  var loadedCount: Int { originals.count }

  /// An empty session. It has a zone, so that times can be written without an offset.
  init(zone: String = "UTC") {
    var ignored = Diagnostics()
    trees = [Parser.parse(sources.add(path: "<zone>", text: "zone \"\(zone)\"\n"), &ignored)]
    originals = trees
  }

  /// The files of a rulebook, read and parsed.
  init(rulebook: Rulebook, path: String) {
    self.path = path
    folder = rulebook.folder
    for file in rulebook.sources.files.prefix(rulebook.trees.count) { sources.add(path: file.path, bytes: file.bytes) }
    trees = rulebook.trees
    originals = rulebook.trees
  }

  // MARK: - Definitions

  struct Change {
    /// The declarations of the entry, in its order, and whether each takes the place of another.
    var defined: [(declaration: Declaration, isNew: Bool)] = []
    var shapesData: Bool { defined.contains { $0.declaration.shapesData } }
  }

  /// Reads an entry and puts its declarations in force; `nil` where it cannot be read, which is in `problems`.
  mutating func define(_ text: String, path: String, _ problems: inout Diagnostics) -> Change? {
    let file = sources.add(path: path, text: text)
    var found = Diagnostics()
    var tree = Parser.parse(file, &found)
    problems.append(found)
    guard !found.hasErrors else { return nil }
    var change = Change()
    var rest: [Declaration] = []
    let count = trees.count
    for declaration in tree.declarations {
      let name = declaration.declaredName
      var isNew = true
      for tree in 0..<count where isNew {
        guard let place = trees[tree].declarations.firstIndex(where: { $0.declaredName.isReplaced(by: name) }) else {
          continue
        }
        trees[tree].declarations[place] = declaration
        isNew = false
      }
      if isNew { rest.append(declaration) }
      change.defined.append((declaration, isNew))
    }
    tree.declarations = rest
    trees.append(tree)
    return change
  }

  /// Puts a declaration that is still being typed in force, whatever is wrong with it, to see what it would mean.
  mutating func draft(_ text: String) {
    let file = sources.add(path: "<entry>", text: text)
    var ignored = Diagnostics()
    var tree = Parser.parse(file, &ignored)
    for declaration in tree.declarations {
      let name = declaration.declaredName
      for index in trees.indices { trees[index].declarations.removeAll { $0.declaredName.isReplaced(by: name) } }
    }
    tree.declarations = Array(tree.declarations.prefix(1))
    trees.append(tree)
  }

  /// Puts an expression beside the declarations, so that messages can show it.
  func sources(with text: String, of rulebook: Rulebook) -> (sources: SourceMap, file: SourceFile) {
    var sources = rulebook.sources
    let file = sources.add(path: "<entry>", text: text)
    return (sources, file)
  }

  func check() -> (rulebook: Rulebook, checker: Checker) {
    Rulebook.check(trees, of: sources, folder: folder, diagnostics)
  }

  // MARK: - Questions

  var declarations: [Declaration] { trees.flatMap(\.declarations) }

  /// Typed in this session, and still in force.
  var typed: [Declaration] { declarations.filter { isTyped($0) } }

  func isTyped(_ declaration: Declaration) -> Bool { Int(declaration.span.file.index) >= loadedCount }

  func declarations(named name: String) -> [Declaration] { declarations.filter { $0.shortName == name } }

  /// The text of a declaration, with the comments directly above it.
  func text(of declaration: Declaration) -> String {
    let span = declaration.span
    let file = sources[span.file]
    var line = file.lineIndex(of: Int(span.start))
    let isAlone =
      file.line(line).prefix { $0 == UInt8(ascii: " ") }.count + Int(file.lineStarts[line]) == Int(span.start)
    var start = Int(span.start)
    while isAlone, line > 0, String(decoding: file.line(line - 1), as: UTF8.self).hasPrefix("//") {
      line -= 1
      start = Int(file.lineStarts[line])
    }
    // A comment behind it belongs to it.
    var end = Int(span.end)
    let last = file.line(file.lineIndex(of: max(0, end - 1)))
    let rest = String(decoding: last.suffix(from: min(max(end, last.startIndex), last.endIndex)), as: UTF8.self)
    if rest.drop(while: { $0 == " " }).hasPrefix("//") { end = last.endIndex }
    return file.text(SourceSpan(file: span.file, start: start, end: end))
  }

  /// A place as people look it up.
  func place(of span: SourceSpan) -> String {
    let file = sources[span.file]
    return "\(file.path):\(file.location(of: Int(span.start)).line)"
  }
}
