/// Where strings end, and the modes of formatted strings. What stands inside is decoded by the parser.

internal import DocketDiagnostics

extension Scanner {
  // String = ["r" | "b" | "rb"] (Quote {Character} Quote | Quote Quote Quote {Character} Quote Quote Quote), prefixes in any case and order
  mutating func scanString(from start: Int, isRaw: Bool, isBytes: Bool) {
    let kind: Token.Kind = isBytes ? .bytes : .string
    let quote = byte(0)
    let isTriple = byte(1) == quote && byte(2) == quote
    position += isTriple ? 3 : 1
    while position < bytes.count {
      let current = byte(0)
      if current == quote, !isTriple || byte(1) == quote && byte(2) == quote {
        position += isTriple ? 3 : 1
        return add(kind, from: start)
      }
      if !isTriple, current == UInt8(ascii: "\n") || current == UInt8(ascii: "\r") { break }
      if current == UInt8(ascii: "\\"), !isRaw {
        position += 1
        if position < bytes.count, byte(0) < 0x80, byte(0) != UInt8(ascii: "\n") { position += 1 }
      } else {
        skipCharacter()
      }
    }
    if isTriple { endsInsideString = true }
    report(.unterminatedString(isTriple: isTriple), from: start)
    add(.invalid, from: start)
  }

  mutating func scanFormatStart(from start: Int) {
    let quote = byte(0)
    let isTriple = byte(1) == quote && byte(2) == quote
    position += isTriple ? 3 : 1
    add(.formatStart, from: start)
    formats.append(Format(quote: quote, isTriple: isTriple, start: start))
  }

  /// The text of a formatted string up to the next hole or its end.
  mutating func scanFormatText(_ format: Format) {
    let start = position
    func addText(_ scanner: inout Scanner) {
      if scanner.position > start { scanner.add(.formatText, from: start) }
    }
    while position < bytes.count {
      let current = byte(0)
      if current == format.quote, !format.isTriple || byte(1) == current && byte(2) == current {
        addText(&self)
        take(.formatEnd, format.isTriple ? 3 : 1)
        formats.removeLast()
        return
      }
      switch current {
      case UInt8(ascii: "\n") where !format.isTriple, UInt8(ascii: "\r") where !format.isTriple:
        addText(&self)
        return closeFormats { !$0.isTriple }
      case UInt8(ascii: "{") where byte(1) != UInt8(ascii: "{"):
        addText(&self)
        take(.holeStart, 1)
        formats[formats.count - 1].isInHole = true
        return
      case UInt8(ascii: "}") where byte(1) != UInt8(ascii: "}"):
        let brace = position
        position += 1
        report(.loneBrace, from: brace)
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        position += 2
      case UInt8(ascii: "\\"):
        position += 1
        if position < bytes.count, byte(0) < 0x80, byte(0) != UInt8(ascii: "\n") { position += 1 }
      default:
        skipCharacter()
      }
    }
    addText(&self)
  }

  /// Ends the open formatted strings from the innermost on while `isClosed` holds, and reports the outermost of them.
  mutating func closeFormats(while isClosed: (Format) -> Bool) {
    var outermost: Format?
    if position == bytes.count, formats.contains(where: \.isTriple) { endsInsideString = true }
    while let format = formats.last, isClosed(format) {
      if format.isInHole { add(.holeEnd, from: position) }
      add(.formatEnd, from: position)
      outermost = format
      formats.removeLast()
    }
    if let outermost { report(.unterminatedString(isTriple: outermost.isTriple), from: outermost.start) }
  }

  private mutating func skipCharacter() {
    if byte(0) < 0x80 {
      position += 1
    } else if let (_, length) = scalar(at: position) {
      position += length
    } else {
      skipBadBytes()
    }
  }
}
