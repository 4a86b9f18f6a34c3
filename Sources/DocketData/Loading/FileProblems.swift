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
  /// Why a row cannot be used: its first reason in the order in which they were found.
  private var reasons: [Int: Diagnostic] = [:]

  /// How many rows have their reason kept.
  private let rowLimit: Int

  init(limit: Int, rowLimit: Int) {
    self.limit = limit
    self.rowLimit = rowLimit
  }

  var total: Int { counts.values.reduce(0, +) }

  /// Counts a problem; `row` is the offset of the row that it spoils, or `nil` where it spoils more. Whether the problem
  /// is to be kept: only then need it be worded.
  func count(_ code: DiagnosticCode, row: Int?) -> Bool {
    counts[code, default: 0] += 1
    guard let row else {
      isFatal = true
      return kept.count < limit
    }
    let isFirst = spoiled.insert(row).inserted
    return kept.count < limit || (isFirst && reasons.count < rowLimit)
  }

  func keep(_ diagnostic: Diagnostic, row: Int?) {
    if let row, reasons[row] == nil, reasons.count < rowLimit { reasons[row] = diagnostic }
    if kept.count < limit { kept.append(diagnostic) }
  }

  func report(_ diagnostic: Diagnostic, row: Int?) {
    if count(diagnostic.code, row: row) { keep(diagnostic, row: row) }
  }

  /// The rows that cannot be used, by their offset, as far as their reasons were kept.
  var rejects: [(row: Int, reason: Diagnostic)] { reasons.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

  /// In the order of the file.
  var inOrder: [Diagnostic] {
    kept.enumerated().sorted { a, b in
      let (left, right) = (a.element.dataPlace, b.element.dataPlace)
      return (left?.line ?? 0, left?.column ?? 0, a.offset) < (right?.line ?? 0, right?.column ?? 0, b.offset)
    }.map(\.element)
  }
}
