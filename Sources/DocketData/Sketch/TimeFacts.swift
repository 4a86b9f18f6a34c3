/// Which patterns read all the times of a column that have been seen.

public import DocketTime

public struct TimeFacts: Sendable {
  /// Cells of one shape, and the patterns that read every one of them.
  public struct Shape: Sendable {
    public var formats: [TimeFormat]
    public var example: String
    public var patterns: [String] { formats.map(\.pattern) }
  }

  /// A column of more shapes than this is text.
  private static let shapeLimit = 4

  /// Empty where no time has been seen, or something else has.
  public private(set) var shapes: [Shape] = []
  public private(set) var isDead = false
  /// Different cells that are days, instants, and times on a clock whose zone is not said.
  public private(set) var days = 0
  public private(set) var instants = 0
  public private(set) var locals = 0
  /// Half days are written in Chinese: 上午, 下午.
  public private(set) var hasChineseHalfDays = false

  mutating func see(_ cell: RawCell) {
    guard !isDead else { return }
    guard (6...64).contains(cell.count) else { return die() }
    for place in shapes.indices {
      let fitting = hasChineseHalfDays ? [] : shapes[place].formats.filter { $0.parse(cell.bytes) != .mismatch }
      guard let first = fitting.first else { continue }
      shapes[place].formats = fitting
      return count(first.parse(cell.bytes))
    }
    var text = cell.text
    if text.contains("午") {
      text.replace("上午", with: "AM")
      text.replace("下午", with: "PM")
      hasChineseHalfDays = true
    } else if hasChineseHalfDays {
      return die()
    }
    for place in shapes.indices {
      let fitting = shapes[place].formats.filter { $0.parse(text) != .mismatch }
      guard let first = fitting.first else { continue }
      shapes[place].formats = fitting
      return count(first.parse(text))
    }
    let formats = TimePatterns.all(for: text)
    guard let first = formats.first, shapes.count < Self.shapeLimit else { return die() }
    shapes.append(Shape(formats: formats, example: cell.text))
    count(first.parse(text))
  }

  private mutating func die() {
    isDead = true
    shapes = []
  }

  private mutating func count(_ time: ParsedTime) {
    switch time {
    case .date: days += 1
    case .instant: instants += 1
    case .local: locals += 1
    case .mismatch: die()
    }
  }
}
