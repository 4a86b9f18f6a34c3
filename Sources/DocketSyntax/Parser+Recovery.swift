/// Bodies of clauses, and where parsing goes on after an error.

internal import DocketDiagnostics

/// The clauses of one body that may stand only once, with the place of the first.
struct ClauseLog {
  fileprivate var seen: [(name: String, span: SourceSpan)] = []
}

extension Parser {
  // MARK: - Bodies

  /// Body = "{" {Clause} "}"
  ///
  /// `clause` reads one clause if the current token starts one, and says whether it did. Returns whether the body was read without
  /// an error, so that what is missing from it is known to be missing.
  mutating func parseBody(
    of owner: Word, clauses: [Word], _ clause: (inout Parser, inout ClauseLog) -> Bool
  ) -> Bool {
    let troublesBefore = troubles
    guard let open = expect(.leftBrace) else { return false }
    let outerWords = clauseWords
    clauseWords = clauses
    defer { clauseWords = outerWords }
    var log = ClauseLog()
    while take(.rightBrace) == nil {
      if kind == .end {
        reportHere(.unclosed(.leftBrace, openedAt: span(open), expected: .rightBrace, found: found))
        return false
      }
      let before = position
      let troublesBeforeClause = troubles
      let wasClause = clause(&self, &log)
      if !wasClause {
        if startsDeclarationAtMargin {
          reportHere(.unclosed(.leftBrace, openedAt: span(open), expected: .rightBrace, found: found))
          return false
        }
        reportHere(habit ?? .unknownClause(found, in: owner, clauses: clauses))
        skipToClause(from: before)
      } else if troubles > troublesBeforeClause, !isAbandoned {
        skipToClause(from: before)
      }
      if isAbandoned { return false }
      // INVARIANT: every turn moves on.
      if position == before { position += 1 }
    }
    return troubles == troublesBefore
  }

  /// Notes a clause that may stand only once; `start` is its first token. A repeat is reported with both places.
  mutating func once(_ name: String, _ log: inout ClauseLog, at start: Token) {
    if let first = log.seen.first(where: { $0.name == name }) {
      report(.repeatedClause(name, first: first.span), at: span(start))
    } else {
      log.seen.append((name, span(start)))
    }
  }

  // MARK: - Where declarations and clauses start

  /// A word of a declaration followed by a name or a plain string.
  var startsDeclaration: Bool {
    guard let word, word.startsDeclaration else { return false }
    return isName(ahead: 1) || kind(ahead: 1) == .string
  }

  /// A declaration with no white space before it on its line: whatever was open before it has been left open by mistake.
  var startsDeclarationAtMargin: Bool { startsDeclarationAtMargin(position) }

  private func startsDeclarationAtMargin(_ index: Int) -> Bool {
    guard let word = words[index], word.startsDeclaration else { return false }
    let token = tokens[index]
    guard token.start == 0 || file.bytes[Int(token.start) - 1] == UInt8(ascii: "\n") else { return false }
    return isDeclarationSubject(index + 1)
  }

  private func isDeclarationSubject(_ index: Int) -> Bool {
    let next = tokens[min(index, tokens.count - 1)]
    switch next.kind {
    case .string, .quotedIdentifier: return true
    case .identifier: return words[min(index, tokens.count - 1)].map { !$0.isKeyword && !$0.isOperatorName } ?? true
    default: return false
    }
  }

  /// Whether a clause or declaration on a new line stands where an operand is wanted: the operand is missing, and this is not it.
  /// No expression has a name followed by another name or by a literal on its line, so no valid text is misread.
  var startsNextClause: Bool {
    guard token.hasNewlineBefore, let word, word.startsDeclaration || clauseWords.contains(word),
      !token(ahead: 1).hasNewlineBefore
    else { return false }
    switch kind(ahead: 1) {
    case .identifier:
      let next = self.word(ahead: 1)
      return isName(ahead: 1) || next == .true || next == .false || next == .null
    case .quotedIdentifier, .int, .uint, .double, .duration, .date, .timestamp, .string, .bytes, .formatStart:
      return true
    default: return false
    }
  }

  // MARK: - Skipping

  /// Behind a heading that could not be read: moves to the brace of its body, if that stands on the same line, so that the
  /// body's errors are told too.
  mutating func skipToBody() -> Bool {
    while kind != .leftBrace {
      if kind == .end || kind == .rightBrace || token.hasNewlineBefore { return false }
      advance()
    }
    return true
  }

  /// Moves to the next clause of this body, its closing brace, or a declaration at the margin. Never stops at `start`,
  /// where the clause that failed began.
  mutating func skipToClause(from start: Int) {
    guard !isAbandoned else { return }
    var depth = 0
    while tokens[position].kind != .end {
      let kind = tokens[position].kind
      if startsDeclarationAtMargin(position), position > start { return }
      if depth == 0, position > start {
        if kind == .rightBrace { return }
        if let word = words[position] {
          if clauseWords.contains(word), tokens[position - 1].kind != .dot { return }
        } else if kind == .identifier, tokens[position].hasNewlineBefore {
          // Expressions are broken before operators, so this is a misspelt clause.
          return
        }
      }
      if kind.opensBracket { depth += 1 }
      if kind.closesBracket, depth > 0 { depth -= 1 }
      position += 1
    }
  }

  /// Moves to the next declaration: at a line start outside braces, or at the margin.
  mutating func skipToDeclaration() {
    var depth = 0
    for token in tokens[declarationStart..<position] {
      if token.kind == .leftBrace { depth += 1 }
      if token.kind == .rightBrace { depth -= 1 }
    }
    while tokens[position].kind != .end {
      if position > declarationStart {
        if startsDeclarationAtMargin(position) { return }
        if depth <= 0, tokens[position].hasNewlineBefore, let word = words[position], word.startsDeclaration,
          isDeclarationSubject(position + 1)
        {
          return
        }
      }
      if tokens[position].kind == .leftBrace { depth += 1 }
      if tokens[position].kind == .rightBrace { depth -= 1 }
      position += 1
    }
  }
}
