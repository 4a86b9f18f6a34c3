/// One column of an unknown export: what its cells say.

public struct ColumnSketch: Sendable {
  /// Different values that are kept with their counts.
  public static let valueLimit = 512

  public var heading: String
  /// Its place among the columns of the file.
  public var index: Int
  /// How many columns of the file it is made of.
  public private(set) var parts = 1
  public internal(set) var rows = 0
  /// Cells without any text.
  public internal(set) var empty = 0
  /// Texts of nothing but spaces.
  public internal(set) var blanks: [String: Int] = [:]
  /// Texts that programs write where nothing is: `N/A`, `NULL`, `?`.
  public internal(set) var missing: [String: Int] = [:]
  /// Texts that mean that, or are a value: `None`, `-`, `无`.
  public internal(set) var doubtful: [String: Int] = [:]
  /// The other values in the order of the file; not all of them where there are more than `valueLimit`.
  public internal(set) var values: [(text: String, count: Int)] = []
  /// How many different texts there are, those of `doubtful` included.
  public internal(set) var distinct = 0
  public internal(set) var facts = CellFacts()

  public var isComplete: Bool { values.count + doubtful.count == distinct }
  /// Cells that say something.
  public var filled: Int { rows - empty - missing.values.reduce(0, +) - blanks.values.reduce(0, +) }
  public var isUnique: Bool { distinct == rows && blanks.isEmpty && missing.isEmpty && empty == 0 }

  init(heading: String, index: Int) {
    self.heading = heading
    self.index = index
  }

  /// Several columns as the one list that they are.
  public init(_ list: RepeatedHeading, of columns: [ColumnSketch]) {
    self.init(heading: list.heading, index: list.columns[0])
    parts = list.columns.count
    rows = columns[list.columns[0]].rows
    empty = list.emptyRows
    distinct = list.columns.map { columns[$0].distinct }.max() ?? 0
  }

  /// One of the values turns out to be a word for nothing.
  public mutating func standForNothing(_ text: String) {
    guard let place = values.firstIndex(where: { $0.text == text }) else { return }
    doubtful[text] = values.remove(at: place).count
  }

  /// Written by programs; nobody means them.
  static let missingWords: Set<String> = [
    "?", "N/A", "n/a", "#N/A", "#NV", "NULL", "null", "\\N", "(null)", "<null>", "NaN", "nan", "undefined", "-", "--",
    "---",
    "–", "—", "——", "－", "#REF!", "#VALUE!", "(empty)", "(blank)", "k. A.", "k.A.", "k.A", "n. v.", "n.v.", "n/d",
    "N/D", "n.d.",
    "s/o", "s.o.", "-None-", "--None--", "(none)", "(None)", "(空)", "（空）", "0000-00-00", "0000-00-00 00:00:00",
    "0000-00-00 00:00",
  ]
  static let doubtfulWords: Set<String> = [
    "None", "none", "NONE", "NA", "nil", "无", "暂无", "空", "未知", "unknown", "Unknown", "/", "TBD", "tbd",
  ]
}
