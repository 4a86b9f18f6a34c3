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
  /// So many cells are asked whether they would be times but for a word.
  private static let doubtLimit = 64

  /// Empty where no time has been seen, or something else has.
  public private(set) var shapes: [Shape] = []
  public private(set) var isDead = false
  /// Different cells that are days, instants, and times on a clock whose zone is not said.
  public private(set) var days = 0
  public private(set) var instants = 0
  public private(set) var locals = 0
  /// What is replaced before a pattern reads a cell.
  public private(set) var words = TimeWords()
  /// A cell is `0`, which is no time and may stand for none.
  public private(set) var hasZero = false
  /// A word beside the hour of which nobody knows whether it is half of the day, a zone, or nothing.
  private var unknown: (word: String, cells: Int)?

  /// Why cells that look like times are none.
  public var doubt: String? {
    if let unknown { return "what `\(unknown.word)` beside its times means is not sure: a half of the day, or a zone?" }
    guard !isDead, let zone = words.ambiguousZone else { return nil }
    return "`\(zone)` is the name of several zones, so that its times are not read"
  }

  mutating func see(_ cell: RawCell) {
    guard !isDead else { return doubtAgain(cell) }
    if cell.count == 1, cell.bytes[0] == UInt8(ascii: "0") {
      hasZero = true
      return
    }
    guard (6...64).contains(cell.count) else { return die() }
    if words.isEmpty {
      for place in shapes.indices {
        let fitting = shapes[place].formats.filter { $0.parse(cell.bytes) != .mismatch }
        guard let first = fitting.first else { continue }
        shapes[place].formats = fitting
        return count(first.parse(cell.bytes))
      }
    }
    if !words.isEmpty, let text = words.readAgain(cell.text), take(text) { return }
    let hadHalves = words.hasHalves
    guard cell.bytes.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return die() }
    guard let text = words.read(cell.text) else {
      die()
      if let word = words.obstacle { unknown = (word, 1) }
      return
    }
    // A clock of twelve hours has the half of the day at every time.
    if words.hasHalves, !hadHalves, !shapes.isEmpty { return die() }
    if take(text) { return }
    let found = TimePatterns.all(for: text)
    guard let first = found.formats.first, shapes.count < Self.shapeLimit else {
      die()
      if let word = found.unknown { unknown = (word, 1) }
      return
    }
    if words.hasHalves, !found.formats.allSatisfy({ $0.hasHalfDays }) { return die() }
    shapes.append(Shape(formats: found.formats, example: cell.text))
    count(first.parse(text))
  }

  /// Whether a shape that has been seen reads the text.
  private mutating func take(_ text: String) -> Bool {
    for place in shapes.indices {
      let fitting = shapes[place].formats.filter { $0.parse(text) != .mismatch }
      guard let first = fitting.first else { continue }
      shapes[place].formats = fitting
      count(first.parse(text))
      return true
    }
    return false
  }

  /// Prose in which a time stands is not in doubt.
  private mutating func doubtAgain(_ cell: RawCell) {
    guard let doubted = unknown, doubted.cells < Self.doubtLimit else { return }
    var words = words
    let found = TimePatterns.all(for: words.read(cell.text) ?? cell.text)
    unknown = found.formats.isEmpty && found.unknown == nil ? nil : (doubted.word, doubted.cells + 1)
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
