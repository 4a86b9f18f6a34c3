/// What is wrong with one file: counted to the end, kept up to a limit.

import DocketDiagnostics

final class FileProblems {
  private let limit: Int
  private(set) var kept: [Diagnostic] = []
  private(set) var counts: [DiagnosticCode: Int] = [:]
  /// Rows that cannot be used.
  var rejectedRows: Int { spoiled.count }
  /// Something that leaving out rows does not settle.
  private(set) var isFatal = false
  private var spoiled: Set<Int> = []

  init(limit: Int) { self.limit = limit }

  var total: Int { counts.values.reduce(0, +) }

  /// Counts a problem; `row` names the row that it spoils, by any number that only this row has, or is `nil` where
  /// it spoils more. Whether the problem is to be kept: only then need it be worded.
  func count(_ code: DiagnosticCode, row: Int?) -> Bool {
    counts[code, default: 0] += 1
    if let row { spoiled.insert(row) } else { isFatal = true }
    return kept.count < limit
  }

  func keep(_ diagnostic: Diagnostic) { kept.append(diagnostic) }

  func report(_ diagnostic: Diagnostic, row: Int?) {
    if count(diagnostic.code, row: row) { keep(diagnostic) }
  }

  /// In the order of the file.
  var inOrder: [Diagnostic] {
    kept.enumerated().sorted { a, b in
      let (left, right) = (a.element.dataPlace, b.element.dataPlace)
      return (left?.line ?? 0, left?.column ?? 0, a.offset) < (right?.line ?? 0, right?.column ?? 0, b.offset)
    }.map(\.element)
  }
}
