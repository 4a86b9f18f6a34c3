/// Whether the tests of a rulebook would notice a change of it.

import DocketDiagnostics
import DocketSyntax
public import DocketTesting

extension Rulebook {
  public func mutate(_ options: MutationRun.Options = MutationRun.Options()) -> MutationReport {
    let folder = folder
    // A change is in one file: the others are parsed once for all changes. (`trees` hold the rows of table files already.)
    var ignored = Diagnostics()
    let parsed = trees.map { Parser.parse(sources[$0.file], &ignored) }
    let original = sources
    return MutationRun.run(subject, options: options) { sources in
      var diagnostics = Diagnostics()
      let trees = sources.files.enumerated().map { place, file in
        place < parsed.count && file.bytes == original[file.id].bytes ? parsed[place] : Parser.parse(file, &diagnostics)
      }
      let changed = Rulebook.check(trees, of: sources, folder: folder, diagnostics).rulebook
      return (changed.subject, changed.diagnostics.all)
    }
  }

  private var subject: MutationRun.Subject {
    MutationRun.Subject(trees: trees, sources: sources, rulebook: checked)
  }
}
