/// Tokens: where they stand, what kind they are, and whether white space stood before them.

public import DocketDiagnostics

public struct Token: Sendable, Hashable, BitwiseCopyable {
  public enum Kind: UInt8, Sendable, Hashable, BitwiseCopyable, CaseIterable {
    case identifier
    /// `` `odd name` ``
    case quotedIdentifier
    case int
    case uint
    case double
    /// `1h30m`
    case duration
    /// `@2026-10-10`
    case date
    /// `@2026-10-10T09:30`
    case timestamp
    case string
    case bytes
    /// `f"` or `f"""`; then `formatText`s, holes between `holeStart` and `holeEnd`, and `formatEnd`. The three ends of a string
    /// that is not closed are there all the same, with no text.
    case formatStart
    case formatText
    case holeStart
    case holeEnd
    case formatEnd

    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, dot, colon, question
    case plus, minus, star, slash, percent
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case andAnd, orOr, not
    /// `??`
    case coalesce
    /// `..`
    case range
    /// `|` between the cells of a row
    case bar
    /// `=`
    case assign
    /// Bytes that start no token; already reported.
    case invalid
    case end
  }

  public var kind: Kind
  /// A line end stood between the token before and this one.
  public var hasNewlineBefore: Bool
  /// White space or a comment stood directly before.
  public var hasSpaceBefore: Bool
  public var start: Int32
  public var end: Int32

  public init(kind: Kind, hasNewlineBefore: Bool, hasSpaceBefore: Bool, start: Int, end: Int) {
    self.kind = kind
    self.hasNewlineBefore = hasNewlineBefore
    self.hasSpaceBefore = hasSpaceBefore
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: end)
  }

  public func span(in file: FileID) -> SourceSpan { SourceSpan(file: file, start: Int(start), end: Int(end)) }
}

/// `// …` up to the line end, which is not part of it.
public struct Comment: Sendable, Hashable {
  public var start: Int32
  public var end: Int32

  public init(start: Int, end: Int) {
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: end)
  }
}
