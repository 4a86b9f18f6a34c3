/// Where the records of a JSON file begin and end, found without reading what is in them, so that a file of any size is
/// read piece by piece.

struct JSONSplitter {
  enum Layout {
    /// A record is a line.
    case lines
    /// Records are the elements of an array.
    case elements
    /// Records stand one after another, over as many lines as they need.
    case values
    /// The file is one record.
    case single
  }

  struct Record {
    var start: Int
    var end: Int
    var line: Int
  }

  enum Problem {
    /// The file ends in the record that begins at `start`.
    case truncated(start: Int)
    /// Something else than a comma or the end of the array.
    case unexpected(Int)
  }

  let layout: Layout
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position: Int
  private(set) var line = 1
  private(set) var emptyLines = 0
  private(set) var problem: Problem?
  private(set) var isAtEnd = false
  private var isFirst = true
  /// Up to where lines have been counted.
  private var counted = 0

  /// For `elements`, `position` is behind the bracket.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ layout: Layout, from position: Int) {
    self.bytes = bytes
    self.layout = layout
    self.position = position
    isAtEnd = (layout == .lines || layout == .values) && position >= bytes.count
  }

  mutating func next() -> Record? {
    switch layout {
    case .lines: nextLine()
    case .elements: nextElement()
    case .values: nextValue()
    case .single:
      if isAtEnd {
        nil
      } else {
        finish(Record(start: position, end: Self.end(of: position, in: bytes) ?? bytes.count, line: lineOf(position)))
      }
    }
  }

  private mutating func finish(_ record: Record?) -> Record? {
    isAtEnd = true
    position = bytes.count
    return record
  }

  private mutating func nextLine() -> Record? {
    while position < bytes.count {
      let start = position
      let end = Self.lineEnd(start, in: bytes)
      position = min(bytes.count, end + 1)
      let here = line
      if end < bytes.count { line += 1 }
      if position >= bytes.count { isAtEnd = true }
      if bytes[start] != UInt8(ascii: "{"), bytes[start..<end].allSatisfy({ Self.isSpace($0) }) {
        emptyLines += 1
        continue
      }
      return Record(start: start, end: end, line: here)
    }
    isAtEnd = true
    return nil
  }

  private mutating func nextElement() -> Record? {
    skipSpace()
    guard position < bytes.count else { return fail(.truncated(start: bytes.count)) }
    if bytes[position] == UInt8(ascii: "]") { return finish(nil) }
    if !isFirst {
      guard bytes[position] == UInt8(ascii: ",") else { return fail(.unexpected(position)) }
      position += 1
      skipSpace()
    }
    isFirst = false
    let start = position
    guard let end = Self.end(of: start, in: bytes) else { return fail(.truncated(start: start)) }
    if end == start { return fail(.unexpected(start)) }
    position = end
    return Record(start: start, end: end, line: lineOf(start))
  }

  private mutating func nextValue() -> Record? {
    skipSpace()
    guard position < bytes.count else { return finish(nil) }
    guard bytes[position] == UInt8(ascii: "{") else { return fail(.unexpected(position)) }
    let start = position
    guard let end = Self.end(of: start, in: bytes) else { return fail(.truncated(start: start)) }
    position = end
    let record = Record(start: start, end: end, line: lineOf(start))
    skipSpace()
    if position >= bytes.count { isAtEnd = true }
    return record
  }

  private mutating func fail(_ problem: Problem) -> Record? {
    self.problem = problem
    isAtEnd = true
    return nil
  }

  private mutating func skipSpace() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  private mutating func lineOf(_ place: Int) -> Int {
    var here = counted
    while here < place {
      let end = Self.lineEnd(here, in: bytes)
      guard end < place else { break }
      line += 1
      here = end + 1
    }
    counted = max(counted, here)
    return line
  }

  // MARK: - Bytes

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  static func lineEnd(_ start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = bytes.baseAddress, start < bytes.count else { return bytes.count }
    let end = base + bytes.count
    var here = base + start
    let newlines = WordScan.pattern(0x0A)
    while here < end {
      let mask = WordScan.matches(WordScan.load(here, end: end), newlines)
      if mask != 0 {
        let found = here + WordScan.firstIndex(mask) - base
        return min(found, bytes.count)
      }
      here += 8
    }
    return bytes.count
  }

  /// Behind the value that begins at `start`: its brackets and strings are matched, all else is for the reader to judge;
  /// `nil` where the text ends first.
  static func end(of start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var depth = 0
    var here = start
    let count = bytes.count
    while here < count {
      switch bytes[here] {
      case UInt8(ascii: "\""):
        here += 1
        while here < count, bytes[here] != UInt8(ascii: "\"") { here += bytes[here] == UInt8(ascii: "\\") ? 2 : 1 }
        if here >= count { return nil }
        here += 1
        if depth == 0 { return here }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        here += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return here }
        depth -= 1
        here += 1
        if depth == 0 { return here }
      case UInt8(ascii: ",") where depth == 0: return here
      case let byte where depth == 0 && here > start && isSpace(byte): return here
      default: here += 1
      }
    }
    return nil
  }
}
