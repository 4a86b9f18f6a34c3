/// Columns that have one heading: a list that is written over as many columns as its longest one needs, or different things
/// that are called the same.

public struct RepeatedHeading: Sendable {
  public let heading: String
  public let columns: [Int]
  /// Whether no row has a gap before a value, as it is where lists are written from the left.
  public private(set) var isPacked = true
  /// Rows with nothing in any of the columns.
  public private(set) var emptyRows = 0

  static func all(_ headings: [String]) -> [RepeatedHeading] {
    var places: [String: [Int]] = [:]
    for (place, heading) in headings.enumerated() where !heading.isEmpty { places[heading, default: []].append(place) }
    return places.filter { $0.value.count > 1 }.map { RepeatedHeading(heading: $0.key, columns: $0.value) }
      .sorted { $0.columns[0] < $1.columns[0] }
  }

  private init(heading: String, columns: [Int]) {
    self.heading = heading
    self.columns = columns
  }

  mutating func see(_ batch: RowBatch) {
    for row in 0..<batch.count {
      var hasGap = false
      var hasValue = false
      for column in columns {
        if batch.cell(row, column).trimmed.count == 0 {
          hasGap = true
        } else {
          hasValue = true
          if hasGap { isPacked = false }
        }
      }
      if !hasValue { emptyRows += 1 }
    }
  }

  /// What help desks keep several of.
  private static let plurals: Set<String> = [
    "label", "sprint", "comment", "component", "version", "watcher", "attachment", "tag", "link", "log", "approver",
    "participant",
  ]

  /// Different things are filled each on its own; of a list some rows have none, or only rows of a long one fill the last column.
  func isList(_ sketches: [ColumnSketch]) -> Bool {
    let words = heading.lowercased().split { !$0.isLetter }.map { word in
      word.hasSuffix("s") ? String(word.dropLast()) : String(word)
    }
    // Nobody has two labels that are different things.
    if words.count == 1, Self.plurals.contains(words[0]) { return true }
    guard isPacked else { return false }
    let filled = columns.map { sketches[$0].rows - sketches[$0].empty - sketches[$0].blanks.values.reduce(0, +) }
    guard let first = filled.first, let last = filled.last, last < first else { return false }
    return columns.count > 2 || emptyRows > 0 || words.contains { Self.plurals.contains($0) }
  }
}
