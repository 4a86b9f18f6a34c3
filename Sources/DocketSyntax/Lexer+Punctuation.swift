/// Punctuation and operators, and the spellings of other languages and keyboards, each with what to write instead.

internal import DocketDiagnostics

extension Scanner {
  mutating func scanPunctuation(_ first: UInt8) {
    let second = byte(1)
    switch first {
    case UInt8(ascii: "("): take(.leftParenthesis, 1)
    case UInt8(ascii: ")"): take(.rightParenthesis, 1)
    case UInt8(ascii: "["): take(.leftBracket, 1)
    case UInt8(ascii: "]"): take(.rightBracket, 1)
    case UInt8(ascii: "{"):
      if !formats.isEmpty { formats[formats.count - 1].braces += 1 }
      take(.leftBrace, 1)
    case UInt8(ascii: "}"):
      scanRightBrace()
    case UInt8(ascii: ","): take(.comma, 1)
    case UInt8(ascii: ":"): take(.colon, 1)
    case UInt8(ascii: "+"): take(.plus, 1)
    case UInt8(ascii: "-"): take(.minus, 1)
    case UInt8(ascii: "%"): take(.percent, 1)
    case UInt8(ascii: "*"): take(.star, 1)
    case UInt8(ascii: "."):
      if second == UInt8(ascii: ".") {
        take(.range, 2)
      } else if second.isASCIIDigit {
        scanFraction()
      } else {
        take(.dot, 1)
      }
    case UInt8(ascii: "?"):
      second == UInt8(ascii: "?") ? take(.coalesce, 2) : take(.question, 1)
    case UInt8(ascii: "/"):
      if second == UInt8(ascii: "/") {
        scanComment()
      } else if second == UInt8(ascii: "*") {
        skipBlockComment()
      } else {
        take(.slash, 1)
      }
    case UInt8(ascii: "="):
      switch second {
      case UInt8(ascii: "=") where byte(2) == UInt8(ascii: "="): takeForeign(.equal, 3, instead: "==")
      case UInt8(ascii: "="): take(.equal, 2)
      case UInt8(ascii: ">"): takeForeign(.greaterOrEqual, 2, instead: ">=")
      case UInt8(ascii: "<"): takeForeign(.lessOrEqual, 2, instead: "<=")
      default: take(.assign, 1)
      }
    case UInt8(ascii: "!"):
      if second == UInt8(ascii: "=") {
        byte(2) == UInt8(ascii: "=") ? takeForeign(.notEqual, 3, instead: "!=") : take(.notEqual, 2)
      } else {
        take(.not, 1)
      }
    case UInt8(ascii: "<"):
      switch second {
      case UInt8(ascii: "="): take(.lessOrEqual, 2)
      case UInt8(ascii: ">"): takeForeign(.notEqual, 2, instead: "!=")
      default: take(.less, 1)
      }
    case UInt8(ascii: ">"):
      second == UInt8(ascii: "=") ? take(.greaterOrEqual, 2) : take(.greater, 1)
    case UInt8(ascii: "&"):
      second == UInt8(ascii: "&") ? take(.andAnd, 2) : takeForeign(.andAnd, 1, instead: "and")
    case UInt8(ascii: "|"):
      second == UInt8(ascii: "|") ? take(.orOr, 2) : take(.bar, 1)
    case UInt8(ascii: ";"):
      skipSemicolon(1)
    case UInt8(ascii: "#"):
      let start = position
      scanComment()
      report(.foreignComment("#"), from: start)
    default:
      scanInvalid()
    }
  }

  private mutating func scanRightBrace() {
    guard let format = formats.last else { return take(.rightBrace, 1) }
    if format.braces == 0 {
      formats[formats.count - 1].isInHole = false
      take(.holeEnd, 1)
    } else {
      formats[formats.count - 1].braces -= 1
      take(.rightBrace, 1)
    }
  }

  /// One run of bytes that start no token, with one error.
  private mutating func scanInvalid() {
    let start = position
    let isControl = byte(0) < 0x20 || byte(0) == 0x7F
    if isControl {
      while position < bytes.count, byte(0) < 0x20 || byte(0) == 0x7F, !isWhiteSpace(byte(0)) { position += 1 }
      report(.controlCharacter(bytes[start]), from: start)
    } else {
      position += 1
      report(.strayCharacter(text(start, position)), from: start)
    }
    add(.invalid, from: start)
  }

  private func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B }

  private mutating func takeForeign(_ kind: Token.Kind, _ length: Int, instead: String) {
    let start = position
    position += length
    report(.foreignSpelling(text(start, position), instead: instead), from: start)
    add(kind, from: start)
  }

  private mutating func skipSemicolon(_ length: Int) {
    let start = position
    position += length
    report(.semicolon(text(start, position)), from: start)
  }

  private mutating func skipBlockComment() {
    let start = position
    position += 2
    while position < bytes.count, byte(0) != UInt8(ascii: "*") || byte(1) != UInt8(ascii: "/") { position += 1 }
    position = min(position + 2, bytes.count)
    report(.foreignComment("/*"), from: start)
    comments.append(Comment(start: start, end: position))
  }

  // MARK: - Beyond ASCII

  mutating func scanBeyondASCII() {
    let start = position
    guard let (scalar, length) = scalar(at: position) else {
      skipBadBytes()
      return add(.invalid, from: start)
    }
    if scalar.properties.isXIDStart {
      skipNameRest()
      return add(.identifier, from: start)
    }
    switch scalar {
    case "，", "、": takeForeign(.comma, length, instead: ",")
    case "：": takeForeign(.colon, length, instead: ":")
    case "（": takeForeign(.leftParenthesis, length, instead: "(")
    case "）": takeForeign(.rightParenthesis, length, instead: ")")
    case "［", "【": takeForeign(.leftBracket, length, instead: "[")
    case "］", "】": takeForeign(.rightBracket, length, instead: "]")
    case "｛": takeForeign(.leftBrace, length, instead: "{")
    case "｝": takeForeign(.rightBrace, length, instead: "}")
    case "。", "．": takeForeign(.dot, length, instead: ".")
    case "？": takeForeign(.question, length, instead: "?")
    case "！": takeForeign(.not, length, instead: "!")
    case "＋": takeForeign(.plus, length, instead: "+")
    case "－", "−", "–", "—": takeForeign(.minus, length, instead: "-")
    case "×", "＊": takeForeign(.star, length, instead: "*")
    case "÷", "／": takeForeign(.slash, length, instead: "/")
    case "％": takeForeign(.percent, length, instead: "%")
    case "＝": takeForeign(.equal, length, instead: "==")
    case "≠": takeForeign(.notEqual, length, instead: "!=")
    case "＜": takeForeign(.less, length, instead: "<")
    case "＞": takeForeign(.greater, length, instead: ">")
    case "≤", "≦": takeForeign(.lessOrEqual, length, instead: "<=")
    case "≥", "≧": takeForeign(.greaterOrEqual, length, instead: ">=")
    case "∧", "＆": takeForeign(.andAnd, length, instead: "and")
    case "∨": takeForeign(.orOr, length, instead: "or")
    case "｜", "│": takeForeign(.bar, length, instead: "|")
    case "…": takeForeign(.range, length, instead: "..")
    case "；": skipSemicolon(length)
    case "“", "”", "„", "＂", "「", "」": scanTypographicString("\"", closing: ["”", "“", "＂", "」", "\""])
    case "‘", "’", "＇", "『", "』": scanTypographicString("'", closing: ["’", "‘", "＇", "』", "'"])
    default:
      if scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}" {
        position += length
        while let next = self.scalar(at: position), position < bytes.count, next.scalar == scalar {
          position += next.length
        }
        report(.oddSpace(scalar), from: start)
      } else {
        position += length
        report(.strayCharacter(text(start, position)), from: start)
        add(.invalid, from: start)
      }
    }
  }

  /// A string in typographic quotes: it is read as the string that was meant, up to a closing quote on the same line.
  private mutating func scanTypographicString(_ instead: String, closing: [Unicode.Scalar]) {
    let start = position
    let open = scalar(at: position)!.length
    var index = position + open
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), let (next, length) = scalar(at: index) {
      index += length
      if closing.contains(next) {
        let inner = text(start + open, index - length)
        position = index
        report(.typographicQuotes(text(start, index), instead: instead + inner + instead), from: start)
        return add(.string, from: start)
      }
    }
    position += open
    report(.foreignSpelling(text(start, position), instead: instead), from: start)
    add(.invalid, from: start)
  }
}
