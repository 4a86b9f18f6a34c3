/// A rulebook from its sources to its checked form: find, read, parse, check.

public import DocketAnalysis
public import DocketDiagnostics
public import DocketSemantics
public import DocketSyntax

public struct Rulebook: Sendable {
  /// The folder that relative paths in the rulebook start from.
  public var folder: String
  /// Its files, and behind them those of the libraries that it uses.
  public var sources: SourceMap
  /// Its own, without those of libraries.
  public var trees: [SyntaxTree]
  public var checked: CheckedRulebook
  public var diagnostics: Diagnostics

  /// Reads and checks the rulebook at `path`. Nothing is thrown: what is wrong is in `diagnostics`.
  public static func load(_ path: String) -> Rulebook {
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    let files = RulebookFiles.find(path) ?? []
    if files.isEmpty {
      diagnostics.report(
        Diagnostic(
          .noRulebook, "there is no rulebook at `\(path)`", help: ["name a folder with `*.docket` files, or one file"]))
    }
    for file in files {
      switch RulebookFiles.read(file) {
      case .success(let bytes): sources.add(path: file, bytes: bytes)
      case .failure(let problem):
        diagnostics.report(Diagnostic(.unreadableFile, "`\(problem.path)` cannot be read: \(problem.reason)"))
      }
    }
    return check(sources, folder: folder(of: path, files), diagnostics)
  }

  /// Checks texts that are at hand, such as those of a test.
  /// `base` is put before the paths of files that they name.
  public static func check(
    _ sources: SourceMap, folder: String = ".", base: String = "", _ earlier: Diagnostics = Diagnostics()
  ) -> Rulebook {
    var diagnostics = earlier
    var trees = sources.files.map { Parser.parse($0, &diagnostics) }
    var sources = sources
    let libraries = LibrarySources.libraries(usedBy: trees, &sources)
    TableRows.read(into: &trees, &sources, base: base, &diagnostics)
    let checked = Checker.check(
      trees, libraries: libraries, holidays: HolidayFile.reader(sources, base: base), &diagnostics)
    return Rulebook(folder: folder, sources: sources, trees: trees, checked: checked, diagnostics: diagnostics)
  }

  /// Checks trees that are parsed already, and gives the checker that expressions can be checked beside them with.
  /// With a `probe`, the checker also says what could stand at its cursor.
  public static func check(
    _ trees: [SyntaxTree], of sources: SourceMap, folder: String, _ earlier: Diagnostics, probe: CompletionProbe? = nil
  ) -> (rulebook: Rulebook, checker: Checker) {
    var diagnostics = earlier
    var trees = trees
    var sources = sources
    let libraries = LibrarySources.libraries(usedBy: trees, &sources)
    TableRows.read(into: &trees, &sources, base: "", &diagnostics)
    let checker = Checker(libraries: libraries, holidays: HolidayFile.reader(sources))
    checker.probe = probe
    checker.check(trees)
    diagnostics.append(checker.takeDiagnostics())
    let rulebook = Rulebook(
      folder: folder, sources: sources, trees: trees, checked: checker.rulebook, diagnostics: diagnostics)
    return (rulebook, checker)
  }

  /// Whether a place is in a file of the rulebook, not of a library.
  public func isOwn(_ span: SourceSpan) -> Bool { Int(span.file.index) < trees.count }

  /// What can never happen, happens twice or is not provided for; nothing where the rulebook has errors.
  public func analysis() -> Analysis {
    guard !diagnostics.hasErrors else { return Analysis() }
    return Analysis.of(checked, trees: trees, sources: sources)
  }

  private static func folder(of path: String, _ files: [String]) -> String {
    guard files == [path] else { return path }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }
}
