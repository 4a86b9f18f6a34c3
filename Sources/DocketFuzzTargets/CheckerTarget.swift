/// The checker, on a rulebook of any bytes.

import Docket
import DocketDiagnostics

enum CheckerTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    var sources = SourceMap()
    sources.add(path: "fuzz.docket", bytes: bytes)
    let rulebook = Rulebook.check(sources)
    return rulebook.diagnostics.finding(in: rulebook.sources, isShown: true)
  }
}
