/// Source text and places in it.
///
/// Text is kept as UTF-8 bytes, exactly as read; every position in the program is a byte offset into it.
/// Lines and columns are derived only when something is shown to a person.

/// Names one file of a `SourceMap`.
public struct FileID: Hashable, Sendable, BitwiseCopyable {
  public let index: Int32

  public init(index: Int32) { self.index = index }
}

/// A half-open range of UTF-8 offsets in one file.
public struct SourceSpan: Hashable, Sendable, BitwiseCopyable {
  public var file: FileID
  public var start: Int32
  public var end: Int32

  public init(file: FileID, start: Int, end: Int) {
    self.file = file
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: max(start, end))
  }

  public var isEmpty: Bool { start == end }

  /// The smallest span that holds both; both lie in the same file.
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(file: file, start: Int(min(start, other.start)), end: Int(max(end, other.end)))
  }
}

/// A place as people count: both start at 1, columns count Unicode scalars.
public struct SourceLocation: Hashable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// One source text with its name and line starts.
public struct SourceFile: Sendable {
  public let id: FileID
  /// The name shown to people: the path as given, or a label such as `<expression>`.
  public let path: String
  /// The text as read, not necessarily valid UTF-8.
  public let bytes: [UInt8]
  /// Offsets of the first byte of each line; never empty.
  public let lineStarts: [Int32]

  public init(id: FileID, path: String, bytes: [UInt8]) {
    self.id = id
    self.path = path
    self.bytes = bytes
    var starts: [Int32] = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(Int32(offset + 1))
    }
    lineStarts = starts
  }

  public var endSpan: SourceSpan { SourceSpan(file: id, start: bytes.count, end: bytes.count) }

  /// The zero-based line that holds `offset`; an offset past the end belongs to the last line.
  public func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  public func location(of offset: Int) -> SourceLocation {
    let offset = min(max(0, offset), bytes.count)
    let line = lineIndex(of: offset)
    var column = 1
    for byte in bytes[Int(lineStarts[line])..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    return SourceLocation(line: line + 1, column: column)
  }

  /// The bytes of a zero-based line without its line end.
  public func line(_ index: Int) -> ArraySlice<UInt8> {
    let start = Int(lineStarts[index])
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[start..<max(start, end)]
  }

  /// The text of a span; invalid UTF-8 is repaired for display.
  public func text(_ span: SourceSpan) -> String {
    let start = min(max(0, Int(span.start)), bytes.count)
    let end = min(Int(span.end), bytes.count)
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}

/// All source texts of one run, by `FileID`.
public struct SourceMap: Sendable {
  public private(set) var files: [SourceFile] = []

  public init() {}

  @discardableResult
  public mutating func add(path: String, bytes: [UInt8]) -> SourceFile {
    let file = SourceFile(id: FileID(index: Int32(files.count)), path: path, bytes: bytes)
    files.append(file)
    return file
  }

  @discardableResult
  public mutating func add(path: String, text: String) -> SourceFile {
    add(path: path, bytes: Array(text.utf8))
  }

  public subscript(id: FileID) -> SourceFile { files[Int(id.index)] }

  public func text(_ span: SourceSpan) -> String { self[span.file].text(span) }
}
