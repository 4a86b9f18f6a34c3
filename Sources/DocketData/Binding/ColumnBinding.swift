/// Which column of a file each column of a source is.

import DocketDiagnostics
import DocketSemantics

struct ColumnBinding {
  /// By the source's columns: the file's column, or `nil` where it has none.
  var places: [Int?]
  /// Headings that nothing reads.
  var unused: [String]

  /// An exact name goes before an exact label, and both before spellings that differ in case, `_`, spaces and `-`.
  static func bind(
    _ columns: [CheckedSource.Column], to headings: [String], path: String, report: (DataProblem, SourceSpan) -> Void
  ) -> ColumnBinding {
    let folded = headings.map { Heading($0) }
    let places = columns.map { column -> Int? in
      let names = [column.name] + column.alternatives
      for name in names {
        let exact = headings.indices.filter { headings[$0] == name }
        if exact.count == 1 { return exact[0] }
        if exact.count > 1 {
          report(.ambiguousColumn(column.name, headings: exact.map { headings[$0] }, path: path), column.span)
          return nil
        }
      }
      let wanted = Set(names.map { Heading($0) })
      let near = headings.indices.filter { wanted.contains(folded[$0]) }
      if near.count > 1 {
        report(.ambiguousColumn(column.name, headings: near.map { headings[$0] }, path: path), column.span)
        return nil
      }
      if near.isEmpty, column.isRequired {
        report(.missingColumn(column.name, labels: column.alternatives, headings: headings, path: path), column.span)
      }
      return near.first
    }
    let used = Set(places.compactMap { $0 })
    return ColumnBinding(places: places, unused: headings.indices.filter { !used.contains($0) }.map { headings[$0] })
  }
}
