/// Reads comma- or tab-separated text (RFC 4180) row by row without copying it.
///
/// Records end with LF or CRLF, the last one with or without; lines that are empty, or hold nothing but delimiters, hold no
/// record, and empty fields behind the last column are no fields. A field that begins with `"` ends
/// at the next `"` that is not doubled, and may hold delimiters and line ends; a `"` elsewhere stands for itself. The
/// text is found by comparing eight bytes at a time, and is checked to be UTF-8 on the way.

/// What is wrong with the form of a file. Lines start at 1; offsets are bytes from the start of the file.
public enum CSVProblem: Hashable, Sendable {
  /// The row has `found` fields where the heading has `wanted`; with `hasReturn` a CR stands in it that ends no line.
  case raggedRow(line: Int, found: Int, wanted: Int, hasReturn: Bool = false)
  /// A quote that nothing closes, and the line where it stands.
  case unterminatedQuote(line: Int, offset: Int)
  /// Text between a closing quote and the next delimiter.
  case textAfterQuote(line: Int, offset: Int)
  case nulByte(line: Int, offset: Int)
  case notUTF8(line: Int, offset: Int)
  /// The same in text that is UTF-8 elsewhere.
  case badByte(line: Int, offset: Int)
  /// The heading again, as where exports were put together.
  case repeatedHeading(line: Int)
  /// More fields than any table has columns.
  case tooManyFields(line: Int, found: Int)

  var line: Int {
    switch self {
    case .raggedRow(let line, _, _, _), .unterminatedQuote(let line, _), .textAfterQuote(let line, _),
      .nulByte(let line, _), .notUTF8(let line, _), .badByte(let line, _), .repeatedHeading(let line),
      .tooManyFields(let line, _):
      line
    }
  }

  /// Whether only one row is affected, so that the next one can be read.
  var isOfRow: Bool {
    switch self {
    case .raggedRow, .textAfterQuote, .badByte, .repeatedHeading: true
    case .unterminatedQuote, .nulByte, .notUTF8, .tooManyFields: false
    }
  }
}

struct CSVReader {
  private let start: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private var position: UnsafePointer<UInt8>
  private let delimiter: UInt8
  private(set) var line = 1
  /// Where the row of `readRow` began.
  private(set) var rowLine = 1
  private(set) var emptyLines = 0
  /// Rows of fewer fields than the heading has are taken from this many on, the others read as empty: spreadsheets cut off
  /// what is empty at the end. One that the file ends in may have been cut by accident, and never is.
  var shortest = Int.max
  private(set) var shortRows = 0
  private(set) var problems: [CSVProblem] = []
  /// Where the row of each problem begins.
  private(set) var problemRows: [Int] = []
  /// Something stands in the last row behind the fields that it should have.
  private var hasSurplus = false
  /// Whether bytes that are no UTF-8 are exceptions; `nil` until there is one.
  private var isMostlyUTF8: Bool?
  /// A problem that makes the rest of the file unreadable has been found.
  private(set) var isBroken = false

  var isAtEnd: Bool { isBroken || position >= end }
  var offset: Int { position - start }

  /// INVARIANT: the bytes outlive the reader.
  init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8) {
    // An empty buffer may have no address; nothing is read from this one.
    start = bytes.baseAddress ?? UnsafePointer(Self.nothing)
    end = start + bytes.count
    position = start
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position += 3 }
    self.delimiter = delimiter
  }

  nonisolated(unsafe) private static let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

  /// More columns than any table has.
  static let fieldLimit = 1 << 16

  /// The next row's fields, however many; `nil` at the end, or where it cannot be read.
  mutating func readRow() -> [String]? {
    var width = 64
    while !isAtEnd {
      rowLine = line
      var copy = self
      let batch = RowBatch(width: width)
      var found = 0
      guard copy.readRow(into: batch, fieldCount: &found) else {
        if copy.isAtEnd || !copy.problems.isEmpty {
          self = copy
          return nil
        }
        self = copy
        continue
      }
      if found > Self.fieldLimit {
        problems.append(.tooManyFields(line: line, found: found))
        isBroken = true
        return nil
      }
      if found > width {
        width = found
        continue
      }
      self = copy
      return (0..<found).map { batch.cells[$0].text }
    }
    return nil
  }

  /// Fills the batch with rows of its width. Rows that cannot be used are left out and reported in `problems`.
  mutating func read(into batch: RowBatch) {
    batch.clear()
    while batch.count < batch.capacity, position < end, !isBroken {
      let row = RowBatch.Row(offset: offset, line: line)
      var found = 0
      guard readRow(into: batch, fieldCount: &found) else {
        while problemRows.count < problems.count { problemRows.append(row.offset) }
        continue
      }
      let cells = batch.cells + batch.count &* batch.width
      if batch.width > 1, cells[0].count == 0, isEmpty(cells, min(found, batch.width)) {
        emptyLines += 1
        continue
      }
      if found != batch.width, !complete(cells, found, batch.width) {
        let hasReturn = (row.offset..<offset).contains {
          start[$0] == 0x0D && start + $0 + 1 < end && start[$0 + 1] != 0x0A
        }
        problems.append(.raggedRow(line: row.line, found: found, wanted: batch.width, hasReturn: hasReturn))
        problemRows.append(row.offset)
        continue
      }
      batch.rows[batch.count] = row
      batch.count &+= 1
    }
  }

  private func isEmpty(_ cells: UnsafeMutablePointer<RawCell>, _ count: Int) -> Bool {
    !hasSurplus && (0..<count).allSatisfy { cells[$0].count == 0 }
  }

  /// Gives a row the width of the heading where that loses and invents nothing.
  private mutating func complete(_ cells: UnsafeMutablePointer<RawCell>, _ found: Int, _ width: Int) -> Bool {
    if found > width { return !hasSurplus }
    guard found >= shortest, position > start, position[-1] == 0x0A else { return false }
    for missing in found..<width { cells[missing] = RawCell(start: position - 1, count: 0) }
    shortRows += 1
    return true
  }

  /// Goes to the beginning of a line, counted from 1; `false` where there is none.
  mutating func skip(toLine wanted: Int) -> Bool {
    while line < wanted, position < end { skipLine(from: position) }
    return line == wanted && position < end
  }

  /// What was wrong since this was last asked, and where the row of each begins.
  mutating func takeProblems() -> [(problem: CSVProblem, row: Int)] {
    while problemRows.count < problems.count { problemRows.append(offset) }
    defer {
      problems = []
      problemRows = []
    }
    return Array(zip(problems, problemRows))
  }

  /// Passes over the next row, whatever it holds, and gives where it ends.
  mutating func skipRow(from offset: Int) -> Int {
    position = start + min(offset, end - start)
    var found = 0
    _ = readRow(into: RowBatch(width: 1), fieldCount: &found)
    return self.offset
  }

  // MARK: - One row

  /// Reads one row into the batch's next cells; fields beyond its width are counted only. `false` where there was none.
  @inline(__always)
  private mutating func readRow(into batch: RowBatch, fieldCount: inout Int) -> Bool {
    let end = self.end
    let delimiter = self.delimiter
    let delimiters = WordScan.pattern(delimiter)
    let newlines = WordScan.pattern(0x0A)
    let quotes = WordScan.pattern(0x22)
    let width = batch.width
    let cells = batch.cells + batch.count &* width
    let rowStart = position
    var here = position
    var fieldStart = here
    var found = 0
    var high: UInt64 = 0
    var surplus = false

    @inline(__always) func emit(_ start: UnsafePointer<UInt8>, _ stop: UnsafePointer<UInt8>) {
      if found < width {
        cells[found] = RawCell(start: start, count: stop - start)
      } else if stop > start {
        surplus = true
      }
      found &+= 1
    }

    scan: while true {
      if here >= end {
        // The last line has no line end.
        var stop = end
        if stop > fieldStart, stop[-1] == 0x0D { stop -= 1 }
        emit(fieldStart, stop)
        here = end
        break scan
      }
      let word = WordScan.load(here, end: end)
      high |= word
      var mask =
        WordScan.matches(word, delimiters) | WordScan.matches(word, newlines) | WordScan.matches(word, quotes)
        | WordScan.matches(word, 0)
      while mask != 0 {
        let at = here + WordScan.firstIndex(mask)
        mask &= mask &- 1
        let byte = at[0]
        if byte == delimiter {
          emit(fieldStart, at)
          fieldStart = at + 1
        } else if byte == 0x0A {
          var stop = at
          if stop > fieldStart, stop[-1] == 0x0D { stop -= 1 }
          here = at + 1
          line &+= 1
          if found == 0, stop == fieldStart, width > 1 {
            emptyLines += 1
            position = here
            return false
          }
          emit(fieldStart, stop)
          break scan
        } else if byte == 0 {
          return fail(.nulByte(line: line, offset: at - start))
        } else if at == fieldStart {
          guard let quoted = readQuoted(from: at, &high) else { return false }
          let content =
            quoted.isDoubled
            ? unescape(at + 1, quoted.close, batch) : RawCell(start: at + 1, count: quoted.close - at - 1)
          if found < width {
            cells[found] = content
          } else if content.count > 0 {
            surplus = true
          }
          found &+= 1
          here = quoted.close + 1
          if here < end, here[0] == delimiter {
            here += 1
            fieldStart = here
            continue scan
          }
          if here < end, here[0] == 0x0D, here + 1 == end || here[1] == 0x0A { here += 1 }
          if here >= end { break scan }
          if here[0] == 0x0A {
            here += 1
            line &+= 1
            break scan
          }
          problems.append(.textAfterQuote(line: line, offset: here - start))
          skipLine(from: here)
          return false
        }
      }
      here += 8
    }
    position = here
    fieldCount = found
    hasSurplus = surplus
    if high & WordScan.highBits != 0, let invalid = UTF8Check.firstInvalid(rowStart, here) {
      return failText(line: lineOf(rowStart + invalid, rowEnd: here), offset: rowStart - start + invalid)
    }
    return true
  }

  /// The quote that closes the field which one at `open` begins.
  private mutating func readQuoted(
    from open: UnsafePointer<UInt8>, _ high: inout UInt64
  ) -> (close: UnsafePointer<UInt8>, isDoubled: Bool)? {
    let newlines = WordScan.pattern(0x0A)
    let quotes = WordScan.pattern(0x22)
    let openLine = line
    var here = open + 1
    var isDoubled = false
    scan: while here < end {
      let word = WordScan.load(here, end: end)
      high |= word
      var mask = WordScan.matches(word, newlines) | WordScan.matches(word, quotes) | WordScan.matches(word, 0)
      while mask != 0 {
        let at = here + WordScan.firstIndex(mask)
        mask &= mask &- 1
        switch at[0] {
        case 0x0A: line &+= 1
        case 0x22:
          guard at + 1 < end, at[1] == 0x22 else { return (at, isDoubled) }
          isDoubled = true
          here = at + 2
          continue scan
        default:
          _ = fail(.nulByte(line: line, offset: at - start))
          return nil
        }
      }
      here += 8
    }
    _ = fail(.unterminatedQuote(line: openLine, offset: open - start))
    return nil
  }

  /// A copy with every doubled quote made one.
  private func unescape(_ from: UnsafePointer<UInt8>, _ to: UnsafePointer<UInt8>, _ batch: RowBatch) -> RawCell {
    let memory = batch.allocate(to - from)
    var count = 0
    var here = from
    while here < to {
      memory[count] = here[0]
      count += 1
      here += here[0] == 0x22 ? 2 : 1
    }
    return RawCell(start: UnsafePointer(memory), count: count)
  }

  /// Text in another encoding is wrong all through, so that nothing of it is read; of other text the row is left out.
  private mutating func failText(line: Int, offset: Int) -> Bool {
    let isException = isMostlyUTF8 ?? UTF8Check.isMostlyValid(UnsafeBufferPointer(start: start, count: end - start))
    isMostlyUTF8 = isException
    guard isException else { return fail(.notUTF8(line: line, offset: offset)) }
    problems.append(.badByte(line: line, offset: offset))
    return false
  }

  private mutating func fail(_ problem: CSVProblem) -> Bool {
    problems.append(problem)
    isBroken = true
    return false
  }

  private mutating func skipLine(from here: UnsafePointer<UInt8>) {
    var here = here
    while here < end, here[0] != 0x0A { here += 1 }
    if here < end {
      here += 1
      line &+= 1
    }
    position = here
  }

  /// The line of a place in the row that ends at `rowEnd`, where `line` stands now.
  private func lineOf(_ place: UnsafePointer<UInt8>, rowEnd: UnsafePointer<UInt8>) -> Int {
    var result = line
    var at = place
    while at < rowEnd {
      if at[0] == 0x0A { result -= 1 }
      at += 1
    }
    return result
  }
}

// MARK: - Places

extension CSVReader {
  /// Where field `index` of a row begins: its line, and its column in scalars. For diagnostics, so nothing is remembered while reading.
  static func place(
    of index: Int, in row: RowBatch.Row, bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8
  ) -> (line: Int, column: Int) {
    var line = row.line
    var lineStart = row.offset
    var here = row.offset
    var field = 0
    let end = bytes.count
    while field < index, here < end {
      if bytes[here] == 0x22 {
        here += 1
        while here < end {
          if bytes[here] == 0x0A {
            line += 1
            lineStart = here + 1
          }
          if bytes[here] == 0x22 {
            if here + 1 < end, bytes[here + 1] == 0x22 { here += 1 } else { break }
          }
          here += 1
        }
      }
      while here < end, bytes[here] != delimiter, bytes[here] != 0x0A { here += 1 }
      here += 1
      field += 1
    }
    return (line, TextPlace.column(of: min(here, end), from: lineStart, in: bytes))
  }
}
