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

    public static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    /// For numbers. Such a column is never cut: a shortened number would be a wrong one.
    public static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  public let columns: [Column]
  public private(set) var rows: [[String]] = []
  /// Stands below a second rule, for totals.
  public var footer: [String]?

  public init(_ columns: [Column], footer: [String]? = nil) {
    self.columns = columns
    self.footer = footer
  }

  /// Missing cells are empty; cells without a column are a mistake of the caller and left out.
  public mutating func add(_ cells: [String]) { rows.append(cells) }

  /// Ends with a newline. With a `width`, the widest left-aligned columns are cut with `…` until the table fits.
  public func render(width: Int? = nil) -> String {
    let header = fit(columns.map(\.title))
    let body = rows.map(fit)
    let total = footer.map(fit)
    var widths = columns.indices.map { column in
      max(1, ([header] + body + (total.map { [$0] } ?? [])).reduce(0) { max($0, $1[column].displayWidth) })
    }
    if let width { shrink(&widths, to: width) }

    let rule = widths.map { String(repeating: "─", count: $0) }
    var lines = [line(header, widths), line(rule, widths)]
    lines += body.map { line($0, widths) }
    if let total { lines += [line(rule, widths), line(total, widths)] }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension TextTable {
  private static let gap = "  "
  /// A column narrower than this says nothing.
  private static let narrowest = 4

  private func fit(_ cells: [String]) -> [String] {
    columns.indices.map { $0 < cells.count ? cells[$0].displaySafe : "" }
  }

  private func shrink(_ widths: inout [Int], to limit: Int) {
    var excess = widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1) - limit
    while excess > 0 {
      let cuttable = widths.indices.filter { columns[$0].alignment == .left && widths[$0] > Self.narrowest }
      guard let widest = cuttable.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for (index, column) in columns.enumerated() {
      if index > 0 { text += Self.gap }
      text += cells[index].truncated(to: widths[index]).padded(to: widths[index], alignment: column.alignment)
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
