/// A rulebook that a benchmark brings as text.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

struct BenchRulebook {
  let checked: CheckedRulebook
  let sources: SourceMap

  init(_ name: String, _ text: String) {
    var sources = SourceMap()
    var diagnostics = Diagnostics()
    let tree = Parser.parse(sources.add(path: name, text: text), &diagnostics)
    checked = Checker.check([tree], &diagnostics)
    precondition(!diagnostics.hasErrors, diagnostics.all.map(\.message).joined(separator: "\n"))
    self.sources = sources
  }
}
