/// The libraries that ship inside the program, as text. They are parsed only where a rulebook uses them.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

public enum LibrarySources {
  /// The files of a library with the names under which they are shown; `nil` where there is no such library.
  public static func files(of library: String) -> [(path: String, text: String)]? {
    switch library {
    case "support": SupportLibrary.files
    default: nil
    }
  }

  /// Adds the texts of the libraries that the trees use, and parses them.
  static func libraries(usedBy trees: [SyntaxTree], _ sources: inout SourceMap) -> [Library] {
    var found: [Library] = []
    for case .use(let use) in trees.flatMap(\.declarations) {
      let name = use.library.text
      guard !found.contains(where: { $0.name == name }), let files = files(of: name) else { continue }
      // A test keeps the libraries free of mistakes.
      var ignored = Diagnostics()
      let trees = files.map { Parser.parse(sources.add(path: $0.path, text: $0.text), &ignored) }
      found.append(Library(name: name, trees: trees))
    }
    return found
  }
}

extension Rulebook {
  /// The standard model on its own, with all that can be named behind `with`.
  public static var standardModel: Rulebook {
    var sources = SourceMap()
    sources.add(path: "<model>", text: "use support with all\n\nzone \"UTC\"\n")
    return check(sources)
  }
}
