/// Literals: from the spelling to the value. CEL's escapes; line ends in long strings become `\n`, as in CEL.

internal import DocketDiagnostics

extension Parser {
  // Literal = ["-"] Int | Uint | ["-"] Double | Duration | Date | Timestamp | String | Bytes
  mutating func parseLiteral() -> Expression {
    let start = token
    let isNegative = take(.minus) != nil
    let token = advance()
    let spelling = text(token)
    switch token.kind {
    case .int:
      let value = integer(spelling, isNegative: isNegative)
      if value == nil { report(.numberTooLarge(spelling, .int), at: span(token)) }
      return finishNumber(.int(value ?? 0), number: token, isNegative: isNegative, from: start)
    case .uint:
      let value = magnitude(spelling.dropLast())
      if value == nil { report(.numberTooLarge(spelling, .uint), at: span(token)) }
      return make(.literal(.uint(value ?? 0)), from: start)
    case .double:
      let value = Double(spelling) ?? .infinity
      if value.isInfinite { report(.numberTooLarge(spelling, .double), at: span(token)) }
      return finishNumber(.double(isNegative ? -value : value), number: token, isNegative: isNegative, from: start)
    case .duration: return make(.literal(.duration(spelling)), from: start)
    case .date: return make(.literal(.date(String(spelling.dropFirst()))), from: start)
    case .timestamp: return make(.literal(.timestamp(String(spelling.dropFirst()))), from: start)
    case .string: return make(.literal(.string(decodeString(token))), from: start)
    default: return make(.literal(.bytes(decode(content(of: token), as: .bytes))), from: start)
    }
  }

  /// A unit of time in words after a number, as in `3 days`, is read as the duration that was meant.
  private mutating func finishNumber(
    _ literal: Literal, number: Token, isNegative: Bool, from start: Token
  ) -> Expression {
    let unit = token
    if kind == .identifier, !unit.hasNewlineBefore, kind(ahead: 1) != .colon {
      let spelling = text(unit)
      if let short = DurationSpelling.unitWords[spelling.lowercased()] {
        let place = SourceSpan(file: file.id, start: Int(number.start), end: Int(unit.end))
        let written = text(number)
        let number = written.hasPrefix(".") ? "0" + written : written
        report(.durationUnit("\(written) \(spelling)", suggestion: number + short), at: place)
        advance()
        return make(.literal(.duration(number + short)), from: start)
      }
      if DurationSpelling.lengthlessUnits.contains(spelling.lowercased()) {
        reportHere(.durationWithoutLength(spelling))
        advance()
        return make(.missing, from: start)
      }
    }
    return make(.literal(literal), from: start)
  }

  // MARK: - Numbers

  private func integer(_ spelling: String, isNegative: Bool) -> Int64? {
    guard let magnitude = magnitude(spelling[...]) else { return nil }
    if isNegative { return magnitude == 1 << 63 ? .min : Int64(exactly: magnitude).map { -$0 } }
    return Int64(exactly: magnitude)
  }

  private func magnitude(_ spelling: Substring) -> UInt64? {
    spelling.hasPrefix("0x") ? UInt64(spelling.dropFirst(2), radix: 16) : UInt64(spelling)
  }

  // MARK: - Strings

  enum Encoding {
    case string, bytes, format
  }

  /// Between the quotes of a string or bytes literal.
  private struct Content {
    var range: Range<Int>
    var isRaw: Bool
  }

  private func content(of token: Token) -> Content {
    let bytes = file.bytes
    var start = Int(token.start)
    var end = Int(token.end)
    var isRaw = false
    while bytes[start].isASCIILetter {
      if bytes[start] | 0x20 == UInt8(ascii: "r") { isRaw = true }
      start += 1
    }
    let quote = bytes[start]
    if quote >= 0x80 {
      // Typographic quotes, reported by the lexer: any of them may be closed by a plain one.
      start += 1
      while bytes[start] & 0xC0 == 0x80 { start += 1 }
      end -= 1
      while bytes[end] & 0xC0 == 0x80 { end -= 1 }
    } else {
      let length = end - start >= 6 && bytes[start + 1] == quote && bytes[start + 2] == quote ? 3 : 1
      start += length
      end -= length
    }
    return Content(range: start..<max(start, end), isRaw: isRaw)
  }

  mutating func decodeString(_ token: Token) -> String {
    String(decoding: decode(content(of: token), as: .string), as: UTF8.self)
  }

  mutating func decodeFormatText(_ token: Token) -> String {
    let content = Content(range: Int(token.start)..<Int(token.end), isRaw: false)
    return String(decoding: decode(content, as: .format), as: UTF8.self)
  }

  private mutating func decode(_ content: Content, as encoding: Encoding) -> [UInt8] {
    let bytes = file.bytes
    var result: [UInt8] = []
    result.reserveCapacity(content.range.count)
    var index = content.range.lowerBound
    let end = content.range.upperBound
    while index < end {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\\") where !content.isRaw:
        index = decodeEscape(at: index, end, as: encoding, into: &result)
      case UInt8(ascii: "\r"):
        result.append(UInt8(ascii: "\n"))
        index += index + 1 < end && bytes[index + 1] == UInt8(ascii: "\n") ? 2 : 1
      case UInt8(ascii: "{") where encoding == .format, UInt8(ascii: "}") where encoding == .format:
        result.append(byte)
        index += index + 1 < end && bytes[index + 1] == byte ? 2 : 1
      default:
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  // Escape = "\" ("a" | "b" | "f" | "n" | "r" | "t" | "v" | "\" | "?" | "'" | '"' | "`")
  //        | "\" ("x" | "X") Hex Hex | "\" ("0" … "3") Octal Octal | "\u" Hex{4} | "\U" Hex{8}
  //
  // In bytes, `\x` and octal escapes are bytes, and `\u` and `\U` are not there.
  private mutating func decodeEscape(
    at start: Int, _ end: Int, as encoding: Encoding, into result: inout [UInt8]
  ) -> Int {
    let bytes = file.bytes
    let letter = start + 1 < end ? bytes[start + 1] : 0
    func append(_ value: UInt32, from digits: Int) -> Int {
      var value: UInt32 = value
      _ = digits
      if encoding == .bytes {
        result.append(UInt8(truncatingIfNeeded: value))
      } else {
        if Unicode.Scalar(value) == nil { value = 0xFFFD }
        result.append(contentsOf: String(Character(Unicode.Scalar(value)!)).utf8)
      }
      return start + digits
    }
    switch letter {
    case UInt8(ascii: "a"): result.append(0x07)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "v"): result.append(0x0B)
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
      result.append(letter)
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "u"), UInt8(ascii: "U"):
      let isByte = letter | 0x20 == UInt8(ascii: "x")
      let count = isByte ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
      var value: UInt32 = 0
      var index = start + 2
      while index < min(end, start + 2 + count), let digit = bytes[index].hexValue {
        value = value << 4 | digit
        index += 1
      }
      guard index == start + 2 + count else {
        reportEscape(.shortEscape(digits: count), start, index)
        return index
      }
      if !isByte {
        if encoding == .bytes { reportEscape(.escapeInBytes, start, index) }
        if Unicode.Scalar(value) == nil { reportEscape(.noSuchCharacter, start, index) }
      }
      return append(value, from: index - start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      var value = UInt32(letter - UInt8(ascii: "0"))
      var index = start + 2
      while index < min(end, start + 4), (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[index]) {
        value = value << 3 | UInt32(bytes[index] - UInt8(ascii: "0"))
        index += 1
      }
      guard index == start + 4 else {
        reportEscape(.shortOctalEscape, start, index)
        return index
      }
      return append(value, from: 4)
    default:
      var length = 2
      while start + length < end, bytes[start + length] & 0xC0 == 0x80 { length += 1 }
      let stop = min(start + length, end)
      if encoding == .format, letter == UInt8(ascii: "{") || letter == UInt8(ascii: "}") {
        reportEscape(.escapedBrace(letter == UInt8(ascii: "{") ? "{" : "}"), start, stop)
      } else {
        reportEscape(.unknownEscape(String(decoding: bytes[start..<stop], as: UTF8.self)), start, stop)
      }
      return stop
    }
    return start + 2
  }

  private mutating func reportEscape(_ problem: SyntaxProblem, _ start: Int, _ end: Int) {
    report(problem, at: SourceSpan(file: file.id, start: start, end: end))
  }
}
