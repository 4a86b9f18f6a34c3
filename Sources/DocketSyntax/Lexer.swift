/// Splits a source text into tokens: CEL's lexical grammar, with Docket's durations, dates, formatted strings and names.
///
/// The lexer works on bytes and never fails: what starts no token is reported and becomes an `invalid` token, and a
/// spelling of another language (`===`, `，`) is reported and becomes the token that was meant, so that one slip costs one error.
/// Formatted strings are a flat run of tokens; a stack of modes, not recursion, remembers the strings around a hole.

public import DocketDiagnostics

public enum Lexer {
  /// Longer texts are refused, in bytes: offsets are 32 bits wide, and a rulebook of this size is a mistake.
  public static let maximumLength = 64 << 20

  /// The last token is always `end`. Escapes inside literals are checked by the parser, which decodes them.
  public static func lex(
    _ file: SourceFile, _ diagnostics: inout Diagnostics
  ) -> (tokens: [Token], comments: [Comment]) {
    let result = scan(file, &diagnostics, maximumLength: maximumLength)
    return (result.tokens, result.comments)
  }

  struct Result {
    var tokens: [Token]
    var comments: [Comment]
    /// The text ends inside a string that may go on in the next line.
    var endsInsideString: Bool
  }

  static func scan(
    _ file: SourceFile, _ diagnostics: inout Diagnostics, maximumLength: Int = maximumLength
  ) -> Result {
    guard file.bytes.count <= maximumLength else {
      diagnostics.report(
        SyntaxProblem.textTooLong(limit: maximumLength), at: SourceSpan(file: file.id, start: 0, end: 0))
      let end = Token(kind: .end, hasNewlineBefore: false, hasSpaceBefore: false, start: 0, end: 0)
      return Result(tokens: [end], comments: [], endsInsideString: false)
    }
    return file.bytes.withUnsafeBufferPointer { bytes in
      var scanner = Scanner(file: file.id, bytes: bytes)
      scanner.scan()
      diagnostics.append(scanner.diagnostics)
      return Result(
        tokens: scanner.tokens, comments: scanner.comments, endsInsideString: scanner.endsInsideString)
    }
  }
}

/// The state of one pass over a text.
struct Scanner {
  /// A formatted string that is still open.
  struct Format {
    var quote: UInt8
    var isTriple: Bool
    var start: Int
    /// Braces opened inside the current hole.
    var braces = 0
    var isInHole = false
  }

  let file: FileID
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var tokens: [Token] = []
  var comments: [Comment] = []
  var diagnostics = Diagnostics()
  var formats: [Format] = []
  var endsInsideString = false
  private var hasNewlineBefore = false
  private var hasSpaceBefore = false
  private var encodingErrors = 0

  /// More errors of this kind say nothing new: the file is in another encoding.
  private static let encodingErrorLimit = 10
  /// More errors than this say nothing new: the file is no rulebook.
  private static let errorLimit = 100

  init(file: FileID, bytes: UnsafeBufferPointer<UInt8>) {
    self.file = file
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 4 + 1)
  }

  mutating func scan() {
    if byte(0) == 0xEF, byte(1) == 0xBB, byte(2) == 0xBF { position = 3 }
    while position < bytes.count {
      // INVARIANT: every turn moves `position` forward or takes an open format off the stack.
      if let format = formats.last, !format.isInHole {
        scanFormatText(format)
      } else {
        scanToken()
      }
    }
    closeFormats { _ in true }
    add(.end, from: position)
  }

  // MARK: - Bytes

  /// The byte at an offset from the current position; 0 outside the text.
  func byte(_ offset: Int) -> UInt8 { at(position + offset) }

  func at(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// The scalar that starts at `index`; `nil` where the bytes are not UTF-8.
  func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    let first = at(index)
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else { return nil }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let next = bytes[index + offset]
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    guard value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000), let scalar = Unicode.Scalar(value) else {
      return nil
    }
    return (scalar, length)
  }

  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }

  // MARK: - Results

  mutating func add(_ kind: Token.Kind, from start: Int) {
    tokens.append(
      Token(
        kind: kind, hasNewlineBefore: hasNewlineBefore, hasSpaceBefore: hasSpaceBefore, start: start, end: position))
    hasNewlineBefore = false
    hasSpaceBefore = false
  }

  mutating func take(_ kind: Token.Kind, _ length: Int) {
    let start = position
    position += length
    add(kind, from: start)
  }

  mutating func report(_ problem: SyntaxProblem, from start: Int) {
    guard diagnostics.errorCount < Self.errorLimit else { return }
    diagnostics.report(problem, at: SourceSpan(file: file, start: start, end: max(position, start)))
  }

  /// Reports the run of bytes that starts here and is not UTF-8, and moves past it.
  mutating func skipBadBytes() {
    let start = position
    repeat { position += 1 } while position < bytes.count && scalar(at: position) == nil
    encodingErrors += 1
    if encodingErrors <= Self.encodingErrorLimit { report(.notUTF8, from: start) }
  }

  // MARK: - Tokens

  private mutating func scanToken() {
    let first = byte(0)
    switch first {
    case UInt8(ascii: "\n"):
      if let format = formats.last, !format.isTriple {
        closeFormats { !$0.isTriple }
      }
      hasNewlineBefore = true
      fallthrough
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0C:
      hasSpaceBefore = true
      position += 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      scanNumber()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      scanName()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      scanString(from: position, isRaw: false, isBytes: false)
    case UInt8(ascii: "`"):
      scanQuotedName()
    case UInt8(ascii: "@"):
      scanDate()
    case 0x80...:
      scanBeyondASCII()
    default:
      scanPunctuation(first)
    }
  }

  /// A `//` comment runs to the line end, which is not part of it.
  mutating func scanComment() {
    let start = position
    while position < bytes.count, byte(0) != UInt8(ascii: "\n") {
      if byte(0) < 0x80 {
        position += 1
      } else if let (_, length) = scalar(at: position) {
        position += length
      } else {
        skipBadBytes()
      }
    }
    var end = position
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    comments.append(Comment(start: start, end: end))
    hasSpaceBefore = true
  }

  private mutating func scanName() {
    let start = position
    skipNameRest()
    let next = byte(0)
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'"), position - start <= 2 {
      switch text(start, position) {
      case "r", "R": return scanString(from: start, isRaw: true, isBytes: false)
      case "b", "B": return scanString(from: start, isRaw: false, isBytes: true)
      case "rb", "rB", "Rb", "RB", "br", "bR", "Br", "BR":
        return scanString(from: start, isRaw: true, isBytes: true)
      case "f": return scanFormatStart(from: start)
      default: break
      }
    }
    add(.identifier, from: start)
  }

  /// Moves past everything that may continue a name.
  mutating func skipNameRest() {
    while position < bytes.count, let length = nameContinuation(at: position) { position += length }
  }

  /// The length of the character at `index` if it may continue a name.
  func nameContinuation(at index: Int) -> Int? {
    let byte = at(index)
    if byte < 0x80 { return byte.isASCIILetter || byte.isASCIIDigit ? 1 : nil }
    guard let (scalar, length) = scalar(at: index), scalar.properties.isXIDContinue else { return nil }
    return length
  }

  func startsName(at index: Int) -> Bool {
    let byte = at(index)
    if byte < 0x80 { return byte.isASCIILetter }
    return scalar(at: index)?.scalar.properties.isXIDStart ?? false
  }

  private mutating func scanQuotedName() {
    let start = position
    position += 1
    while position < bytes.count, byte(0) != UInt8(ascii: "`"), byte(0) != UInt8(ascii: "\n") {
      if byte(0) < 0x80 {
        position += 1
      } else if let (_, length) = scalar(at: position) {
        position += length
      } else {
        skipBadBytes()
      }
    }
    guard byte(0) == UInt8(ascii: "`"), position < bytes.count else {
      report(.unterminatedName, from: start)
      return add(.invalid, from: start)
    }
    position += 1
    guard position - start > 2 else {
      report(.emptyName, from: start)
      return add(.invalid, from: start)
    }
    add(.quotedIdentifier, from: start)
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }
  /// `_` counts as a letter, as in names.
  var isASCIILetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 || self == UInt8(ascii: "_") }

  var hexValue: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
