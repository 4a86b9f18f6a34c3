/// Sets tokens and comments on lines.
///
/// The author's line breaks stay, with these exceptions: a declaration starts a line; the brace of a body stands behind its heading;
/// a body that is not on one line has its braces at the ends of lines and every clause on a line of its own; a
/// bracket that ends its line is closed on a line of its own. Indentation follows from the brackets that are open.

internal import DocketDiagnostics
internal import DocketSyntax

struct Layout {
  /// A bracket that is open, or the text as a whole.
  private struct Frame {
    enum Kind {
      case body, list, group
    }
    var kind: Kind
    /// Where the line that closes it is indented.
    var indent: Int
    /// Where a line is indented that starts an item of a body or an element of a list.
    var items: Int
    /// Where a line is indented that goes on with one.
    var continuation: Int
    /// A body that is not on one line, or a bracket with a line end behind it.
    var isBroken: Bool
    /// Every item starts a line if the body is broken.
    var isClauses = false
    /// Nothing stands in it yet, a comment on the line of the bracket aside.
    var isFresh = true
    /// The next token starts an element of a list.
    var isAtElement = true
    /// Where the `where`, `prefer` and `pick` of the last `to one` are indented.
    var refinement = 0
  }

  var lines: [Line] = []
  private let file: SourceFile
  private let hints: Hints
  private let comments: [Comment]
  private var frames = [Frame(kind: .body, indent: 0, items: 0, continuation: 2, isBroken: false)]
  private var nextComment = 0
  /// The last token placed.
  private var previous: Int?
  /// The offset behind what was placed last.
  private var placedEnd = 0
  /// A comment was placed last, so a line ends here.
  private var wasComment = false
  /// A blank line must stand before the next token.
  private var needsBlank = false
  private var nextDeclaration = 0

  init(of tree: SyntaxTree, in file: SourceFile, _ hints: Hints) {
    self.file = file
    self.hints = hints
    comments = tree.comments
  }

  mutating func placeAll() {
    var index = 0
    while true {
      placeComments(before: index)
      if hints.source[index].kind == .end { return }
      let last = hints.source[index].kind == .formatStart ? hints.closingFormat(of: index) : index
      place(index, through: last)
      index = last + 1
    }
  }
}

// MARK: - Tokens

extension Layout {
  /// Places a token, or a formatted string as a whole.
  private mutating func place(_ index: Int, through last: Int) {
    let token = hints.source[index]
    let hint = hints.tokens[index]
    let closes = token.kind.isClosing && frames.count > 1
    let isEmptyPair = closes && !wasComment && previous == index - 1 && hints.partners[index] == previous
    let lineEnds = lineEnds(before: Int(token.start))
    let text = String(decoding: file.normalizedText(token.start, hints.source[last].end), as: UTF8.self)
    let isBroken = text.utf8.contains(UInt8(ascii: "\n"))

    if lines.isEmpty || wasComment || !isEmptyPair && startsLine(index, closes: closes, lineEnds) {
      var line = Line(indent: indent(of: index), firstToken: index)
      let isBlankBefore = needsBlank || lineEnds > 1 && !closes && startsThing(hint)
      line.isBlankBefore = isBlankBefore && !lines.isEmpty && !frame.isFresh
      line.pieces = [Piece(text: text, space: 0, isBroken: isBroken)]
      lines.append(line)
    } else {
      let space = isEmptyPair ? 0 : space(before: index)
      lines[lines.count - 1].pieces.append(Piece(text: text, space: space, stop: stop(at: index), isBroken: isBroken))
    }

    if closes {
      frames.removeLast()
    } else {
      enter(index, hint)
    }
    if token.kind.isOpening { frames.append(frameOpened(by: index)) }
    if hint.contains(.startsDeclaration) { nextDeclaration += 1 }
    previous = last
    placedEnd = Int(hints.source[last].end)
    wasComment = false
  }

  private var frame: Frame { frames[frames.count - 1] }

  private func startsLine(_ index: Int, closes: Bool, _ lineEnds: Int) -> Bool {
    let hint = hints.tokens[index]
    if !hint.isDisjoint(with: .opensBlock) { return false }
    if hint.contains(.startsDeclaration) { return true }
    if frame.isBroken {
      if closes { return true }
      if frame.kind == .body, frame.isFresh || frame.isClauses && hint.contains(.startsItem) { return true }
    }
    return lineEnds > 0
  }

  /// Whether a blank line before the token may stay: not where a line goes on with an expression.
  private func startsThing(_ hint: TokenHint) -> Bool {
    if frame.kind == .list { return frame.isAtElement }
    return !hint.isDisjoint(with: [.startsDeclaration, .startsItem, .startsBranch, .startsRefinement])
  }

  private func space(before index: Int) -> Int {
    guard let previous else { return 0 }
    if hints.tokens[index].contains(.startsItem), !frame.isFresh, hints.source[previous].kind != .comma { return 2 }
    if hints.tokens[previous].contains(.gluedAfter) || hints.tokens[index].contains(.gluedBefore) { return 0 }
    return 1
  }

  /// The stop at a token, if the line before it is what the stop is about.
  private func stop(at index: Int) -> Stop? {
    guard let stop = hints.stops[index], let line = lines.last, let first = line.firstToken,
      !line.pieces.contains(where: \.isBroken)
    else { return nil }
    switch stop {
    case .argument, .mapping: return line.pieces.count == 1 && hints.tokens[first].contains(.startsItem) ? stop : nil
    case .bar: return hints.tokens[first].contains(.startsItem) ? stop : nil
    case .effect(let moment): return first == moment ? stop : nil
    }
  }

  /// Notes a token that closes nothing in the bracket around it.
  private mutating func enter(_ index: Int, _ hint: TokenHint) {
    var frame = self.frame
    frame.isFresh = false
    frame.isAtElement = hints.source[index].kind == .comma
    if frame.kind == .body {
      let line = lines[lines.count - 1]
      if !hint.isDisjoint(with: [.startsDeclaration, .startsItem, .startsBranch]) {
        frame.continuation = frame.items + 2
      }
      if hint.contains(.candidate) {
        // Under `one`, behind `to`, `else to` or `otherwise to`; behind a delay that would be too far to the right.
        let last = line.pieces.count - 1
        let column = line.width(before: last) + line.pieces[last].space - frame.items
        frame.refinement = frame.items + (column <= "otherwise to ".count ? column : "to ".count)
      }
      if hint.contains(.startsRefinement), line.firstToken == index { frame.continuation = frame.refinement + 2 }
    }
    frames[frames.count - 1] = frame
  }

  private func frameOpened(by index: Int) -> Frame {
    let hint = hints.tokens[index]
    let close = hints.partners[index] ?? index
    guard hint.isDisjoint(with: .opensBlock) else {
      let isBroken =
        hint.contains(.opensRows)
        || close > index && hints.source[index + 1...close].contains(where: \.hasNewlineBefore)
      let items = frame.items + 2
      return Frame(
        kind: .body, indent: frame.items, items: items, continuation: items + 2, isBroken: isBroken,
        isClauses: !hint.contains(.opensItems))
    }
    let indent = lines[lines.count - 1].indent
    let isGroup = hints.source[index].kind == .leftParenthesis && !hint.contains(.opensList)
    return Frame(
      kind: isGroup ? .group : .list, indent: indent, items: indent + 2,
      continuation: isGroup ? indent + 2 : indent + 4,
      isBroken: close > index + 1 && hints.source[index + 1].hasNewlineBefore)
  }

  /// Where a line that starts with the token is indented, or a comment on a line of its own before it.
  private func indent(of index: Int, isComment: Bool = false) -> Int {
    let hint = hints.tokens[index]
    if hints.source[index].kind == .end { return 0 }
    if hints.source[index].kind.isClosing { return isComment ? frame.items : frame.indent }
    if frame.kind == .body {
      if hint.contains(.startsRefinement) { return frame.refinement }
      let isItem = !hint.isDisjoint(with: [.startsDeclaration, .startsItem, .startsBranch, .opensBlock])
      return isItem ? frame.items : frame.continuation
    }
    return frame.isAtElement ? frame.items : frame.continuation
  }
}

// MARK: - Declarations

extension Layout {
  /// Whether a token starts a declaration that a blank line must part from the one before: all but one-line
  /// declarations of one kind.
  private func startsSection(_ index: Int) -> Bool {
    guard hints.tokens[index].contains(.startsDeclaration), nextDeclaration > 0 else { return false }
    let (before, this) = (hints.declarations[nextDeclaration - 1], hints.declarations[nextDeclaration])
    return kind(of: before.first) != kind(of: this.first) || !isOnOneLine(before) || !isOnOneLine(this)
  }

  /// `use` and `zone` head a file together.
  private func kind(of index: Int) -> String {
    let word = hints.text(index)
    return word == "zone" ? "use" : word
  }

  private func isOnOneLine(_ declaration: (first: Int, last: Int)) -> Bool {
    for index in declaration.first...declaration.last {
      let token = hints.source[index]
      let hint = hints.tokens[index]
      if hint.contains(.opensRows) { return false }
      if file.bytes[Int(token.start)..<Int(token.end)].contains(UInt8(ascii: "\n")) { return false }
      guard index > declaration.first, token.hasNewlineBefore else { continue }
      // The brace of a body is brought up unless a comment keeps it where it is.
      let gap = file.bytes[Int(hints.source[index - 1].end)..<Int(token.start)]
      if hint.isDisjoint(with: .opensBlock) || gap.contains(UInt8(ascii: "/")) { return false }
    }
    return true
  }
}

extension Token.Kind {
  fileprivate var isOpening: Bool { self == .leftParenthesis || self == .leftBracket || self == .leftBrace }
  fileprivate var isClosing: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }
}

// MARK: - Comments

extension Layout {
  private mutating func placeComments(before index: Int) {
    needsBlank = startsSection(index)
    while nextComment < comments.count,
      comments[nextComment].start < hints.source[index].start
        || hints.source[index].kind == .end
    {
      let comment = comments[nextComment]
      nextComment += 1
      // A comment in the hole of a formatted string is part of its text.
      guard Int(comment.start) >= placedEnd else { continue }
      let text = commentText(comment)
      let lineEnds = lineEnds(before: Int(comment.start))
      if lineEnds == 0, !lines.isEmpty {
        lines[lines.count - 1].comment = text
      } else {
        let isBlankBefore = (lineEnds > 1 || needsBlank) && !lines.isEmpty && !frames[frames.count - 1].isFresh
        lines.append(Line(indent: indent(of: index, isComment: true), comment: text, isBlankBefore: isBlankBefore))
        frames[frames.count - 1].isFresh = false
        needsBlank = false
      }
      placedEnd = Int(comment.end)
      wasComment = true
    }
  }

  private func commentText(_ comment: Comment) -> String {
    var end = Int(comment.end)
    while end > Int(comment.start), isWhiteSpace(file.bytes[end - 1]) { end -= 1 }
    return String(decoding: file.bytes[Int(comment.start)..<end], as: UTF8.self)
  }

  private func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func lineEnds(before offset: Int) -> Int {
    guard offset > placedEnd else { return 0 }
    return file.bytes[placedEnd..<offset].reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
  }
}
