import DocketDiagnostics
import DocketFormat
import DocketSyntax
import Glibc
import Testing

private let caseCount = getenv("DOCKET_CASES").flatMap { Int(String(cString: $0)) } ?? 300

/// A text that parses keeps its program, tokens and comments, and is stable after one turn.
private func check(_ text: String, _ name: String) {
  let output: String
  switch Formatter.format(sourceFile(text)) {
  case .formatted(let text, _): output = text
  case .syntaxErrors: return
  case .internalError(let message):
    Issue.record("\(name): \(message)\n\(text)")
    return
  }
  #expect(outline(of: output) == outline(of: text), "\(name) changes the program:\n\(text)\n---\n\(output)")
  let before = tokensAndComments(of: text.unicodeScalars.contains("\r") ? text.withoutCarriageReturns : text)
  #expect(tokensAndComments(of: output) == before, "\(name) changes a token:\n\(text)\n---\n\(output)")
  let again = formatted(output)
  #expect(again == output, "\(name) is not stable:\n\(text)\n---\n\(output)\n---\n\(again)")
  #expect(output.isEmpty || output.hasSuffix("\n") && !output.hasSuffix("\n\n"))
}

@Suite("What always holds")
struct PropertyTests {
  @Test("a random program keeps its meaning and is stable after one turn")
  func randomPrograms() {
    var parsed = 0
    for seed in 0..<caseCount {
      let text = RandomProgram.text(seed: seed)
      var diagnostics = Diagnostics()
      _ = Parser.parse(sourceFile(text), &diagnostics)
      if !diagnostics.hasErrors { parsed += 1 }
      check(text, "program \(seed)")
    }
    #expect(parsed * 10 >= caseCount * 8, "only \(parsed) of \(caseCount) random programs parse")
  }

  @Test("mutations of real rulebooks that still parse are stable after one turn")
  func mutations() {
    let texts = Rulebooks.incidents.map(\.text) + [Rulebooks.tour]
    for seed in 0..<caseCount {
      var random = Seeded(seed)
      check(mutated(random.pick(texts), &random), "mutation \(seed)")
    }
  }

  @Test("token soups that parse are stable after one turn")
  func soups() {
    let pieces = [
      "let", "a", "=", "1", "func", "f", "(", ")", ":", "int", "zone", "\"UTC\"", "enum", "{", "}", ",", "entity", "-",
      "!", "not",
      "?", ".", "[", "]", "|", "use", "x", "\n", "// c\n", "@2026-10-10", "..", "1h", "f\"{a}\"", "b", "+", "in", "and",
      "%", "<",
    ]
    for seed in 0..<caseCount * 20 {
      var random = Seeded(seed)
      var text = random.pick(["let a = ", "enum A {", "let x: ", "entity E {", "zone ", "func f("])
      for _ in 0..<random.count(1...9) { text += random.pick(pieces) + random.pick(["", " ", "\n"]) }
      check(text, "soup \(seed)")
    }
  }

  @Test("the spaces of the author do not matter")
  func spaces() {
    for (name, text) in Rulebooks.incidents + [("tour", Rulebooks.tour)] {
      for seed in 0..<max(1, caseCount / 30) {
        var random = Seeded(seed)
        #expect(formatted(respaced(text, &random)) == formatted(text), "\(name), seed \(seed)")
      }
    }
  }

  @Test("the shipped rulebooks are formatted")
  func shipped() {
    for (name, text) in Rulebooks.incidents {
      #expect(isFormatted(text), "\(name)")
      check(text, name)
    }
    expectStable(Rulebooks.tour)
  }

  // MARK: - Mutations

  /// Some characters removed, doubled or swapped for white space.
  private func mutated(_ text: String, _ random: inout Seeded) -> String {
    var scalars = Array(text.unicodeScalars)
    let start = random.count(0...max(0, scalars.count - 1500))
    if random.chance(2) { scalars = Array(scalars[start..<min(scalars.count, start + 1500)]) }
    for _ in 0..<random.count(1...12) where !scalars.isEmpty {
      let index = random.count(0...scalars.count - 1)
      switch random.count(0...6) {
      case 0 where scalars[index] == " " || scalars[index] == "\n": scalars.remove(at: index)
      case 1: scalars.insert("\n", at: index)
      case 2: scalars.insert(contentsOf: "// note\n".unicodeScalars, at: index)
      case 3: scalars.insert("\t", at: index)
      case 4: scalars.insert("\r", at: index)
      default:
        // Join or break a line where there is one.
        if let end = scalars[index...].firstIndex(of: "\n") { scalars[end] = random.chance(2) ? " " : "\n" }
      }
    }
    var result = ""
    result.unicodeScalars.append(contentsOf: scalars)
    return result
  }

  /// Other white space between the tokens of every line, and other indentation.
  private func respaced(_ text: String, _ random: inout Seeded) -> String {
    let file = sourceFile(text)
    var diagnostics = Diagnostics()
    let (tokens, comments) = Lexer.lex(file, &diagnostics)
    var result = ""
    var end = 0
    var formats = 0
    var next = 0
    func copy(_ start: Int32, _ stop: Int32, inside: Bool) {
      let gap = file.bytes[end..<Int(start)]
      if inside {
        result += String(decoding: gap, as: UTF8.self)
      } else if gap.contains(UInt8(ascii: "\n")) {
        result += gap.filter { $0 == UInt8(ascii: "\n") }.map { _ in random.pick(["\n", "  \n", "\r\n"]) }.joined()
        result += random.pick(["", " ", "\t", "        "])
      } else if !gap.isEmpty {
        result += random.pick([" ", "\t", "    "])
      }
      result += String(decoding: file.bytes[Int(start)..<Int(stop)], as: UTF8.self)
      end = Int(stop)
    }
    for token in tokens {
      while next < comments.count, comments[next].start < token.start {
        if Int(comments[next].start) >= end, formats == 0 {
          copy(comments[next].start, comments[next].end, inside: false)
        }
        next += 1
      }
      copy(token.start, token.end, inside: formats > 0)
      if token.kind == .formatStart { formats += 1 }
      if token.kind == .formatEnd { formats -= 1 }
    }
    return result
  }
}

extension String {
  fileprivate var withoutCarriageReturns: String {
    let bytes = Array(utf8)
    var kept: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if byte == 13, index + 1 < bytes.count, bytes[index + 1] == 10 { continue }
      kept.append(byte)
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
