import DocketDiagnostics
import Testing

/// SplitMix64, so that a failure can be repeated from its seed.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Bytes that are often text, often nearly text, with a long line now and then.
  mutating func bytes() -> [UInt8] {
    let pieces: [[UInt8]] = [
      "\n", "\r\n", "\t", " ", "客户", "when", "👩‍👩‍👧", "e\u{301}", "\u{202E}", "\u{1B}[2J", "\u{0}", "🇨🇳",
      "\u{FEFF}",
    ].map { Array($0.utf8) }
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...60, using: &self) {
      if Bool.random(using: &self) {
        bytes += pieces.randomElement(using: &self) ?? []
      } else {
        bytes.append(UInt8.random(in: 0...255, using: &self))
      }
    }
    if Int.random(in: 0..<50, using: &self) == 0 { bytes += Array(repeating: bytes.last ?? 0x61, count: 9000) }
    return bytes
  }

  mutating func label(_ sources: SourceMap) -> Label {
    let file = Int.random(in: 0...sources.files.count, using: &self)
    let count = file < sources.files.count ? sources.files[file].bytes.count : 5
    let start = Int.random(in: -2...count + 2, using: &self)
    let end = start + Int.random(in: 0...max(2, count / Int.random(in: 1...8, using: &self)), using: &self)
    let span = SourceSpan(file: FileID(index: Int32(file)), start: start, end: end)
    return Label(span, Bool.random(using: &self) ? String(decoding: bytes().prefix(12), as: UTF8.self) : "")
  }

  mutating func diagnostic(_ sources: SourceMap) -> Diagnostic {
    let secondary = (0..<Int.random(in: 0...4, using: &self)).map { _ in label(sources) }
    let message = String(decoding: bytes(), as: UTF8.self)
    let fixSpan = label(sources).span
    return Diagnostic(
      .unexpectedToken, message, at: Int.random(in: 0..<8, using: &self) == 0 ? nil : label(sources),
      secondary: secondary, help: Bool.random(using: &self) ? [message] : [],
      fixes: [Fix(message, replace: fixSpan, with: message)], severity: Severity.allCases.randomElement(using: &self))
  }
}

@Suite struct RendererPropertyTests {
  @Test func anyDiagnosticOverAnyBytesRenders() {
    for seed in UInt64(0)..<1500 {
      var random = Seeded(state: seed)
      var sources = SourceMap()
      sources.add(path: "one", bytes: random.bytes())
      sources.add(path: "two", bytes: random.bytes())
      let diagnostic = random.diagnostic(sources)
      let width = [nil, 0, 40, 80].randomElement(using: &random) ?? nil

      let text = TextRenderer(sources: sources, options: RenderOptions(width: width)).render(diagnostic)
      let unsafe = text.unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value)) }
      #expect(!unsafe, "seed \(seed)")
      let short = render([diagnostic], sources: sources, as: .short)
      #expect(short.utf8.count { $0 == 0x0A } == 1, "seed \(seed)")
      let gitHub = render([diagnostic], sources: sources, as: .github)
      #expect(gitHub.utf8.count { $0 == 0x0A } == 1, "seed \(seed)")
      let json = render([diagnostic], sources: sources, as: .json)
      #expect(json.utf8.count { $0 == 0x0A } == 1 && isJSON(Array(json.utf8.dropLast())), "seed \(seed)")
    }
  }

  @Test func suggestionsAreNamesThatExist() {
    for seed in UInt64(0)..<300 {
      var random = Seeded(state: seed)
      let names = (0..<8).map { _ in String(decoding: random.bytes().prefix(6), as: UTF8.self) }
      let written = String(decoding: random.bytes().prefix(6), as: UTF8.self)
      switch suggest(written, among: names) {
      case .near(let found), .oneOf(let found): #expect(Set(found).isSubset(of: names) && !found.isEmpty)
      case .habit, nil: break
      }
    }
  }

  @Test func theJSONCheckIsStrict() {
    for text in [#"{"a":[1,-2.5e+3,true,null,"\u001f\n"],"b":{}}"#, "[]", "0"] { #expect(isJSON(Array(text.utf8))) }
    for text in [#"{"a":1,}"#, "[1 2]", "01x", #""\x""#, "\"\u{1}\"", "{1:2}", "", "[]]"] {
      #expect(!isJSON(Array(text.utf8)))
    }
  }
}

// MARK: - A recogniser of JSON (RFC 8259) without white space

private func isJSON(_ text: [UInt8]) -> Bool {
  var rest = text[...]
  return value(&rest) && rest.isEmpty
}

private func take(_ byte: Character, _ rest: inout ArraySlice<UInt8>) -> Bool {
  guard rest.first == byte.asciiValue else { return false }
  rest.removeFirst()
  return true
}

private func value(_ rest: inout ArraySlice<UInt8>) -> Bool {
  for word in ["true", "false", "null"] where rest.starts(with: word.utf8) {
    rest.removeFirst(word.utf8.count)
    return true
  }
  if take("{", &rest) {
    return take("}", &rest) || (members(&rest) { string(&$0) && take(":", &$0) && value(&$0) } && take("}", &rest))
  }
  if take("[", &rest) { return take("]", &rest) || (members(&rest, value) && take("]", &rest)) }
  if rest.first == UInt8(ascii: "\"") { return string(&rest) }
  let number = rest.prefix { "+-.eE0123456789".utf8.contains($0) }
  rest = rest.dropFirst(number.count)
  return Double(String(decoding: number, as: UTF8.self)) != nil
}

private func members(_ rest: inout ArraySlice<UInt8>, _ member: (inout ArraySlice<UInt8>) -> Bool) -> Bool {
  repeat { guard member(&rest) else { return false } } while take(",", &rest)
  return true
}

private func string(_ rest: inout ArraySlice<UInt8>) -> Bool {
  guard take("\"", &rest) else { return false }
  while let byte = rest.popFirst() {
    switch byte {
    case UInt8(ascii: "\""): return true
    case 0..<0x20: return false
    case UInt8(ascii: "\\"):
      guard let escape = rest.popFirst() else { return false }
      if escape == UInt8(ascii: "u") {
        guard rest.count >= 4, Int(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) != nil else {
          return false
        }
        rest.removeFirst(4)
      } else if !"\"\\/bfnrt".utf8.contains(escape) {
        return false
      }
    default: continue
    }
  }
  return false
}
