/// Looks at the cells of one column: each different text once, as long as they can be remembered.

struct ColumnScan {
  private(set) var sketch: ColumnSketch
  /// Of the different texts.
  private(set) var texts: Set<UInt64> = []
  private let limit: Int
  private var places: [UInt64: Int] = [:]
  private var isFull = false
  /// Texts without a digit, which facts do not know of yet: where all else is a time, they say that there is none.
  private var words: [[UInt8]]? = []
  private var hasRepeat = false

  init(heading: String, index: Int, limit: Int) {
    sketch = ColumnSketch(heading: heading, index: index)
    self.limit = limit
  }

  mutating func see(_ batch: RowBatch, _ column: Int) {
    sketch.rows += batch.count
    var row = 0
    while row < batch.count {
      let cell = batch.cell(row, column)
      // Neighbours often say the same.
      var run = 1
      while row + run < batch.count, batch.cell(row + run, column).isSame(as: cell) { run += 1 }
      see(cell, times: run)
      row += run
    }
  }

  private mutating func see(_ cell: RawCell, times: Int) {
    guard cell.count > 0 else {
      sketch.empty += times
      return
    }
    var hash = TextHash()
    hash.add(cell)
    let key = hash.value
    if let place = places[key] {
      if place >= 0 { sketch.values[place].count += times } else { recount(cell, times) }
      hasRepeat = true
      return
    }
    if times > 1 { hasRepeat = true }
    if texts.contains(key) {
      hasRepeat = true
      return
    }
    // Whether a column is unique is worth more memory than how many values it has.
    if isFull || (texts.count >= limit && hasRepeat) {
      isFull = true
    } else {
      texts.insert(key)
    }
    meet(cell, key, times)
  }

  private mutating func meet(_ cell: RawCell, _ key: UInt64, _ times: Int) {
    if cell.count <= 24 {
      let text = cell.text
      let bare = cell.trimmed
      if bare.count == 0 {
        sketch.blanks[text] = times
      } else if ColumnSketch.missingWords.contains(text) {
        sketch.missing[text] = times
      } else if ColumnSketch.doubtfulWords.contains(text) {
        sketch.doubtful[text] = times
        sketch.distinct += 1
      } else {
        return take(cell, key, times)
      }
      places[key] = -1
      // No value, so that it counts for no reference.
      if ColumnSketch.doubtfulWords.contains(text) == false { texts.remove(key) }
      return
    }
    take(cell, key, times)
  }

  /// As many words beside times may mean "none"; more are what the column is about.
  private static let wordLimit = 2

  private mutating func take(_ cell: RawCell, _ key: UInt64, _ times: Int) {
    sketch.distinct += 1
    if let held = words, cell.count <= 24, !cell.bytes.contains(where: { $0 >= 0x30 && $0 <= 0x39 }),
      !SpelledDuration.isOne(cell.trimmed)
    {
      words = held + [Array(cell.bytes)]
      if held.count == Self.wordLimit { settleWords() }
    } else {
      sketch.facts.see(cell)
    }
    // Long texts are read by nobody here.
    guard sketch.values.count < ColumnSketch.valueLimit, cell.count <= 200 else { return }
    places[key] = sketch.values.count
    sketch.values.append((cell.text, times))
  }

  /// All rows have been seen.
  mutating func finish() {
    guard let held = words, !held.isEmpty, sketch.facts.areTimes, sketch.filled > 0 else { return settleWords() }
    for word in held {
      let text = String(decoding: word, as: UTF8.self)
      guard let place = sketch.values.firstIndex(where: { $0.text == text }) else { continue }
      sketch.doubtful[text] = sketch.values.remove(at: place).count
    }
    words = nil
  }

  private mutating func settleWords() {
    for word in words ?? [] { word.withUnsafeBufferPointer { sketch.facts.see(RawCell($0)) } }
    words = nil
  }

  private mutating func recount(_ cell: RawCell, _ times: Int) {
    let text = cell.text
    if sketch.blanks[text] != nil {
      sketch.blanks[text, default: 0] += times
    } else if sketch.missing[text] != nil {
      sketch.missing[text, default: 0] += times
    } else {
      sketch.doubtful[text, default: 0] += times
    }
  }
}

/// A number for some texts, the same for the same ones; for different ones it differs, but for one case in a great many.
struct TextHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private mutating func mix(_ word: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    value = product.high ^ product.low
  }

  mutating func add(_ cell: RawCell) {
    var offset = 0
    let start = UnsafeRawPointer(cell.start)
    while offset + 8 <= cell.count {
      mix(start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < cell.count {
      rest = rest << 8 | UInt64(cell.start[offset])
      offset += 1
    }
    mix(rest ^ 0xE703_7ED1_A0B4_28DB)
    // The length keeps `a`, `b` and `ab` apart.
    mix(UInt64(truncatingIfNeeded: cell.count) &+ 0x8EBC_6AF0_9C88_C6E3)
  }
}
