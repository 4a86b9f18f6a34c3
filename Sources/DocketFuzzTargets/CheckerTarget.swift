/// The checker and the analysis, on a rulebook of any bytes.

import Docket
import DocketAnalysis
import DocketDiagnostics

enum CheckerTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    var sources = SourceMap()
    sources.add(path: "fuzz.docket", bytes: bytes)
    let rulebook = Rulebook.check(sources)
    var diagnostics = rulebook.diagnostics
    for diagnostic in rulebook.analysis().diagnostics { diagnostics.report(diagnostic) }
    return diagnostics.finding(in: rulebook.sources, isShown: true)
  }
}
