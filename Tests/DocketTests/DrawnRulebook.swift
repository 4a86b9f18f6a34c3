/// The rulebook that a draft writes, held to what every drawn rulebook must be: proved on the data, laid out, without a word from the
/// checker.

import Docket
import DocketDiagnostics
import DocketFormat
import Testing

func drawnRulebook(_ draft: inout Draft, sourceLocation: Testing.SourceLocation = #_sourceLocation) -> (
  text: String, rulebook: Rulebook
) {
  let problems = draft.prove()
  let text = draft.text
  #expect(problems.map(\.message) == [], "\(text)", sourceLocation: sourceLocation)
  var sources = SourceMap()
  sources.add(path: "\(draft.folder)/draft.docket", bytes: Array(text.utf8))
  #expect(Formatter.isFormatted(sources.files[0]), "\(text)", sourceLocation: sourceLocation)
  let rulebook = Rulebook.check(sources, folder: draft.folder)
  #expect(rulebook.diagnostics.all.map(\.message) == [], "\(text)", sourceLocation: sourceLocation)
  return (text, rulebook)
}
