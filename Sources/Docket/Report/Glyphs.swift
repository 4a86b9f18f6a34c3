/// Small drawings in lines of text: a bar for a share, a line of blocks for a series.

enum Glyphs {
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A bar of at most `width` cells, to an eighth of a cell; what is above nothing shows at least that.
  static func bar(_ share: Double, width: Int) -> String {
    guard share.isFinite, share > 0 else { return "" }
    let parts = max(1, Int((min(1, share) * Double(width) * 8).rounded()))
    return String(repeating: "█", count: parts / 8) + eighths[parts % 8]
  }

  /// One block a value between the bounds, a space where there is none.
  static func spark(_ series: [Double?], from low: Double, to high: Double) -> String {
    series.map { value in
      guard let value, value.isFinite else { return " " }
      // A series without ups and downs lies in the middle.
      let share = high > low ? (value - low) / (high - low) : 0.5
      return levels[max(0, min(levels.count - 1, Int(share * Double(levels.count))))]
    }.joined()
  }
}
