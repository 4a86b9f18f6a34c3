/// Which declarations read which, by the names that stand in them.
///
/// The names of a rulebook are read off the tokens: a name after a dot is a field, one before a colon that of a field or an argument.
/// A variable that is called like a declaration hides it and may be taken for it here; nothing worse comes of that than one name too many.

import DocketDiagnostics
import DocketSyntax

struct Dependents {
  private struct Node {
    var declaration: Declaration
    var reads: Set<String>
  }

  private var nodes: [Node] = []

  init(_ workbook: Workbook) {
    var tokens: [FileID: [Token]] = [:]
    for tree in workbook.trees { tokens[tree.file] = tree.tokens }
    for declaration in workbook.declarations {
      let span = declaration.span
      guard let all = tokens[span.file] else { continue }
      let file = workbook.sources[span.file]
      let own = all.indices.filter { all[$0].start >= span.start && all[$0].end <= span.end }
      var reads: Set<String> = []
      for index in own where all[index].kind == .identifier || all[index].kind == .quotedIdentifier {
        if index > 0, all[index - 1].kind == .dot { continue }
        let text = file.text(all[index].span(in: span.file))
        reads.insert(all[index].kind == .quotedIdentifier ? String(text.dropFirst().dropLast()) : text)
      }
      nodes.append(Node(declaration: declaration, reads: reads))
    }
  }

  /// Those that read a name directly, and those that read these, without the tests.
  func readers(of name: String) -> (direct: [Declaration], indirect: [Declaration]) {
    let direct = nodes.filter { $0.reads.contains(name) && $0.declaration.shortName != name }.map(\.declaration)
    var seen: Set<String> = [name]
    seen.formUnion(direct.map(\.shortName))
    var queue = direct.filter(\.isNamed).map(\.shortName)
    var indirect: [Declaration] = []
    while let next = queue.popLast() {
      for node in nodes where node.reads.contains(next) && !seen.contains(node.declaration.shortName) {
        seen.insert(node.declaration.shortName)
        indirect.append(node.declaration)
        if node.declaration.isNamed { queue.append(node.declaration.shortName) }
      }
    }
    return (direct, indirect)
  }
}
