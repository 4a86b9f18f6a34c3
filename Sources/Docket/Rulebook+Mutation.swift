/// Whether the tests of a rulebook would notice a change of it.

import DocketDiagnostics
public import DocketTesting

extension Rulebook {
  public func mutate(_ options: MutationRun.Options = MutationRun.Options()) -> MutationReport {
    let folder = folder
    return MutationRun.run(subject, options: options) { sources in
      let changed = Rulebook.check(sources, folder: folder)
      return (changed.subject, changed.diagnostics.all)
    }
  }

  private var subject: MutationRun.Subject {
    MutationRun.Subject(trees: trees, sources: sources, rulebook: checked)
  }
}
