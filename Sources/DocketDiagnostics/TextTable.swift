/// A plain table for people, aligned by terminal cells:
///
///     priority  made   total
///     ────────  ────  ──────
///     critical     5     270
///     中等      15145  23466

public struct TextTable: Sendable {
  public struct Column: Sendable, Hashable {
    public var title: String
    public var alignment: TextAlignment
    /// Whether its cells may be shortened where the table is too wide.
    public var isCuttable: Bool

    public static func left(_ title: String) -> Column { Column(title: title, alignment: .left, isCuttable: true) }
    /// For numbers. Such a column is never cut: a shortened number would be a wrong one.
    public static func right(_ title: String) -> Column { Column(title: title, alignment: .right, isCuttable: false) }
    /// For what says nothing in part, such as a period or a bar.
    public static func fixed(_ title: String) -> Column { Column(title: title, alignment: .left, isCuttable: false) }
  }

  public let columns: [Column]
  public private(set) var rows: [[String]] = []
  /// The colours of cells, by row and column.
  private var styles: [Int: [Int: TextStyle]] = [:]
  /// Stands below a second rule, for totals.
  public var footer: [String]?

  public init(_ columns: [Column], footer: [String]? = nil) {
    self.columns = columns
    self.footer = footer
  }

  /// Missing cells are empty; cells without a column are a mistake of the caller and left out.
  /// `styles` are by column.
  public mutating func add(_ cells: [String], styles: [Int: TextStyle] = [:]) {
    if !styles.isEmpty { self.styles[rows.count] = styles }
    rows.append(cells)
  }

  /// The width of the table where nothing is cut.
  public var naturalWidth: Int {
    widths(fit(columns.map(\.title)), rows.map(fit), footer.map(fit)).reduce(0, +)
      + Self.gap.count * max(0, columns.count - 1)
  }

  /// The width of the table where only the last column is cut, and that to so many cells.
  public func width(cuttingLastTo most: Int) -> Int {
    let last = widths(fit(columns.map(\.title)), rows.map(fit), footer.map(fit)).last ?? 0
    return naturalWidth - max(0, last - most)
  }

  /// Ends with a newline. With a `width`, the widest cuttable columns are cut with `…` until the table fits.
  public func render(width: Int? = nil, color: Bool = false) -> String {
    let header = fit(columns.map(\.title))
    let body = rows.map(fit)
    let total = footer.map(fit)
    var widths = widths(header, body, total)
    if let width { shrink(&widths, to: width) }

    let rule = widths.map { String(repeating: "─", count: $0) }
    var lines = [line(header, widths), line(rule, widths)]
    lines += body.enumerated().map { line($1, widths, color ? styles[$0] : nil) }
    if let total { lines += [line(rule, widths), line(total, widths)] }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension TextTable {
  private static let gap = "  "
  /// A column narrower than this says nothing.
  private static let narrowest = 4

  private func widths(_ header: [String], _ body: [[String]], _ total: [String]?) -> [Int] {
    columns.indices.map { column in
      max(1, ([header] + body + (total.map { [$0] } ?? [])).reduce(0) { max($0, $1[column].displayWidth) })
    }
  }

  private func fit(_ cells: [String]) -> [String] {
    columns.indices.map { $0 < cells.count ? cells[$0].displaySafe : "" }
  }

  private func shrink(_ widths: inout [Int], to limit: Int) {
    var excess = widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1) - limit
    while excess > 0 {
      let cuttable = widths.indices.filter { columns[$0].isCuttable && widths[$0] > Self.narrowest }
      guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private func line(_ cells: [String], _ widths: [Int], _ styles: [Int: TextStyle]? = nil) -> String {
    var text = ""
    for (index, column) in columns.enumerated() {
      if index > 0 { text += Self.gap }
      let cell = cells[index].truncated(to: widths[index])
      let padding = String(repeating: " ", count: max(0, widths[index] - cell.displayWidth))
      // Colour takes no room: it goes around the text, not around what fills the column.
      let shown = styles?[index].map { $0.apply(cell, color: true) } ?? cell
      text += column.alignment == .left ? shown + padding : padding + shown
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
