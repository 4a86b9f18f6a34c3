/// Which column of a file each column of a source is.

import DocketDiagnostics
import DocketSemantics

struct ColumnBinding {
  /// By the source's columns: the file's column, or `nil` where it has none. The first one of several that fill a list.
  var places: [Int?]
  /// By the source's columns: all columns of one heading that fill a list together; none where one column does.
  var lists: [Int: [Int]] = [:]
  /// Headings that nothing reads.
  var unused: [String]

  /// An exact name goes before an exact label, and both before spellings that differ in case, `_`, spaces and `-`.
  static func bind(
    _ columns: [CheckedSource.Column], to headings: [String], path: String, report: (DataProblem, SourceSpan) -> Void
  ) -> ColumnBinding {
    let places = Heading.places(of: headings)
    var folded: [Heading: [Int]] = [:]
    for (place, heading) in headings.enumerated() { folded[Heading(heading), default: []].append(place) }
    let names = Heading.numbered(headings)
    var lists: [Int: [Int]] = [:]
    /// One of the columns that fit; all of them where they repeat one heading and a list wants them.
    func choose(_ fitting: [Int], for column: Int) -> Int? {
      guard fitting.count > 1 else { return fitting.first }
      let isRepeated = Set(fitting.map { headings[$0] }).count == 1
      if columns[column].isList, isRepeated {
        lists[column] = fitting
        return fitting[0]
      }
      report(
        .ambiguousColumn(
          columns[column].name, headings: fitting.map { names[$0] }, isRepeated: isRepeated, path: path),
        columns[column].span)
      return nil
    }
    let chosen = columns.indices.map { place -> Int? in
      let column = columns[place]
      let wanted = [column.name] + column.alternatives
      for name in wanted {
        if let exact = places[name] { return choose(exact, for: place) }
        if let numbered = Heading.place(of: name, in: places) { return numbered }
      }
      let near = Set(wanted.map { Heading($0) })
      let fitting = near.flatMap { folded[$0] ?? [] }.sorted()
      if fitting.isEmpty, column.isRequired {
        report(.missingColumn(column.name, labels: column.alternatives, headings: headings, path: path), column.span)
      }
      return choose(fitting, for: place)
    }
    let used = Set(chosen.compactMap { $0 }).union(lists.values.joined())
    return ColumnBinding(
      places: chosen, lists: lists,
      unused: headings.indices.filter { !used.contains($0) }.map {
        names[$0].isEmpty ? "column \($0 + 1)" : names[$0]
      })
  }
}
