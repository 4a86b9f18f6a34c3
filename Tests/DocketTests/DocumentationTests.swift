/// The documents are part of the contract: their examples run through the front end, and what they list is complete.
///
/// A fence says what its block must do: `docket` is checked without a complaint, `docket error D2004`
/// gives that code and no other, and each line of `docket expression` is an expression. Examples that declare no `entity` are
/// checked together with Documentation/ExampleModel.docket.

import Docket
import DocketAnalysis
import DocketDiagnostics
import DocketFormat
import DocketSemantics
import DocketSyntax
import Foundation
import Testing

@Suite struct DocumentationTests {
  // MARK: - Examples

  @Test(arguments: Example.all)
  func anExampleDoesWhatItsFenceSays(_ example: Example) {
    switch example.fence {
    case .rulebook:
      #expect(example.told(example.check()) == "")
      #expect(example.formatted == example.text)
    case .error(let code):
      let found = example.check()
      #expect(Set(found.all.map(\.code.rawValue)) == [code], "\(example.told(found))")
    case .expression:
      let tests = example.asTests
      #expect(tests.told(tests.check()) == "")
    }
  }

  @Test func theModelOfTheExamplesIsSound() throws {
    let model = Example(
      name: "ExampleModel.docket", fence: .rulebook, text: try read("Documentation/ExampleModel.docket"))
    #expect(model.told(model.check()) == "")
    #expect(model.formatted == model.text)
  }

  @Test func everyFenceNamesALanguageThatIsKnown() throws {
    let known: Set = ["docket", "ebnf", "json", "sh", "swift", "text"]
    for document in documents {
      for block in fencedBlocks(in: try read(document)) {
        #expect(
          known.contains(String(block.info.prefix { $0 != " " })), "\(document):\(block.line) is fenced `\(block.info)`"
        )
        if block.info.hasPrefix("docket") {
          #expect(Example.Fence(block.info) != nil, "\(document):\(block.line) is fenced `\(block.info)`")
        }
      }
    }
  }

  // MARK: - Completeness of Grammar.md

  @Test func everyDiagnosticCodeStandsInItsTable() throws {
    let listed = try rows(ofTableUnder: "## Diagnostics").compactMap(\.first)
    #expect(listed == DiagnosticCode.allCases.map { "`\($0.rawValue)`" })
  }

  @Test func everyBuiltinIsListed() throws {
    let grammar = try read("Grammar.md")
    for builtin in Builtin.allCases where !builtin.isOperator {
      let isListed = grammar.contains("`\(builtin.rawValue)(") || grammar.contains(".\(builtin.rawValue)(")
      #expect(isListed, "`\(builtin.rawValue)` is missing")
    }
  }

  @Test func everyProductionOfTheParserIsDefined() throws {
    let written = try read("Grammar.md")
    let blocks = fencedBlocks(in: written).filter { $0.info == "ebnf" }.map(\.text)
    let defined = Set(blocks.flatMap { productions(in: $0.split(separator: "\n").map(String.init)).map(\.name) })
    let terminals = Set(blocks.flatMap(quoted))
    for file in try swiftFiles(in: "Sources/DocketSyntax") {
      let comments = try read(file).split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
        let text = line.drop { $0 == " " }
        return text.hasPrefix("// ") || text.hasPrefix("/// ") ? String(text.drop { $0 == "/" }.dropFirst()) : ""
      }
      for production in productions(in: comments) {
        let isDefined = defined.contains(production.name)
        #expect(isDefined, "`\(production.name)` of \(file) is missing")
        for word in quoted(production.text) where word.allSatisfy({ $0.isLetter || $0 == "_" }) {
          let isListed = terminals.contains(word)
          #expect(isListed, "\"\(word)\" of `\(production.name)` is missing")
        }
      }
    }
  }

  @Test func everyProductionThatIsUsedIsDefined() throws {
    let blocks = fencedBlocks(in: try read("Grammar.md")).filter { $0.info == "ebnf" }.map(\.text)
    let all = blocks.flatMap { productions(in: $0.split(separator: "\n").map(String.init)) }
    let defined = Set(all.map(\.name))
    #expect(defined.count == all.count, "a production is defined twice")
    for production in all {
      for name in names(production.text) {
        #expect(defined.contains(name), "`\(production.name)` uses `\(name)`, which is not defined")
      }
    }
  }

  @Test func everyStatusAndFieldOfAResultIsListed() throws {
    let grammar = try read("Grammar.md")
    let names =
      DecisionStatus.allCases.map(\.name) + ClockStatus.allCases.map(\.name) + MeasureStatus.allCases.map(\.name)
      + DecisionField.allCases.map(\.rawValue) + ClockField.allCases.map(\.rawValue)
      + MeasureField.allCases.map(\.rawValue) + FindingField.allCases.map(\.rawValue)
    for name in names {
      let isListed = grammar.contains("`\(name)`")
      #expect(isListed, "`\(name)` is missing")
    }
  }

  // MARK: - All documents

  @Test func noDocumentNamesAPlaceOnOneMachine() throws {
    for document in documents + ["Documentation/ExampleModel.docket"] {
      let text = try read(document)
      for place in ["/work/", "/home/", "/root/", "/tmp/", "/Users/", "C:\\"] {
        let isNamed = text.contains(place)
        #expect(!isNamed, "\(document) names \(place)")
      }
    }
  }

  @Test func linksBetweenDocumentsLeadSomewhere() throws {
    for document in documents {
      let folder = document.split(separator: "/").dropLast().map { "\($0)/" }.joined()
      for link in links(in: try read(document)) where !link.contains("://") {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let target = parts[0].isEmpty ? document : normalized(folder + parts[0])
        guard FileManager.default.fileExists(atPath: root.appending(path: target).path) else {
          Issue.record("\(document) links to \(link), which is not there")
          continue
        }
        if parts.count > 1 {
          #expect(
            anchors(in: try read(target)).contains(parts[1]),
            "\(document) links to \(link), but there is no such heading")
        }
      }
    }
  }

  private func rows(ofTableUnder heading: String) throws -> [[String]] {
    let lines = try read("Grammar.md").split(separator: "\n", omittingEmptySubsequences: false)
    let section = lines.drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("## ") }
    return section.filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }
}

// MARK: - Examples of the documents

/// One fenced block that is Docket.
struct Example: Sendable, CustomTestStringConvertible {
  enum Fence: Sendable, Equatable {
    case rulebook
    case error(String)
    case expression

    init?(_ info: String) {
      switch info {
      case "docket": self = .rulebook
      case "docket expression": self = .expression
      default:
        guard info.hasPrefix("docket error "), DiagnosticCode(rawValue: String(info.dropFirst(13))) != nil else {
          return nil
        }
        self = .error(String(info.dropFirst(13)))
      }
    }
  }

  /// The document and the line of the fence.
  var name: String
  var fence: Fence
  var text: String

  var testDescription: String { name }

  static let all: [Example] = ["README.md", "Grammar.md", "Documentation/Model.md"].flatMap { document in
    fencedBlocks(in: (try? read(document)) ?? "").compactMap { block in
      Fence(block.info).map { Example(name: "\(document):\(block.line)", fence: $0, text: block.text) }
    }
  }

  /// A block that brings its own entities or uses a library is a whole rulebook; another one is about the model of the examples.
  private var standsAlone: Bool {
    text.split(separator: "\n").contains { ($0.hasPrefix("entity ") && $0.contains("{")) || $0.hasPrefix("use ") }
  }

  /// The block as `docket fmt` lays it out.
  var formatted: String {
    var sources = SourceMap()
    switch Formatter.format(sources.add(path: name, text: text)) {
    case .formatted(let text, _): return text
    case .syntaxErrors, .internalError: return ""
    }
  }

  func parse() -> Diagnostics {
    var diagnostics = Diagnostics()
    _ = Parser.parse(SourceFile(id: FileID(index: 0), path: name, bytes: Array(text.utf8)), &diagnostics)
    return diagnostics
  }

  func check() -> Diagnostics {
    let parsed = parse()
    guard !parsed.hasErrors else { return parsed }
    var sources = SourceMap()
    sources.add(path: name, text: text)
    if !standsAlone, let model = try? read("Documentation/ExampleModel.docket") {
      sources.add(path: "model", text: model)
    }
    let rulebook = Rulebook.check(sources)
    var diagnostics = rulebook.diagnostics
    // Examples are pieces of rulebooks: much in them is used elsewhere.
    for diagnostic in rulebook.analysis().diagnostics where diagnostic.code != .unused {
      diagnostics.report(diagnostic)
    }
    return diagnostics
  }

  /// Each line as the subject of a test, where everything that expressions may read is at hand: a piece of feedback `f`, a
  /// person `p`, an enum, a list, the clock.
  var asTests: Example {
    let tests = text.split(separator: "\n").filter { !$0.hasPrefix("//") }.enumerated().map { number, line in
      """
      test "\(number)" {
        now @2026-10-09T20:50
        given acme
        let f = Feedback { id: "F1", customer: "acme", product: "pay", priority: high }
        let p = Person["li"]
        let xs = [3, 1, 2]
        let m = {"a": 1}
        expect (
          \(line)
        ) matches snapshot "any"
      }
      """
    }
    return Example(name: name, fence: .expression, text: tests.joined(separator: "\n"))
  }

  func told(_ diagnostics: Diagnostics) -> String {
    let file = SourceFile(id: FileID(index: 0), path: name, bytes: Array(text.utf8))
    return diagnostics.all.map { diagnostic in
      var place = ""
      if let span = diagnostic.primary?.span, span.file == file.id {
        let line = file.lineIndex(of: Int(span.start))
        place = String(decoding: file.line(line), as: UTF8.self).trimmingCharacters(in: .whitespaces)
      }
      return "\(name): \(diagnostic.code.rawValue) \(diagnostic.message) — \(place)"
    }.joined(separator: "\n")
  }
}

// MARK: - Reading Markdown

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

private let documents = [
  "README.md", "Grammar.md", "CHANGELOG.md", "CONTRIBUTING.md", "Documentation/Architecture.md",
  "Documentation/Performance.md", "Documentation/Model.md", "Documentation/Library.md", "Documentation/Tour.md",
]

private func read(_ path: String) throws -> String {
  try String(contentsOf: root.appending(path: path), encoding: .utf8)
}

private func swiftFiles(in folder: String) throws -> [String] {
  try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path).filter {
    $0.hasSuffix(".swift")
  }.sorted()
    .map { "\(folder)/\($0)" }
}

private func fencedBlocks(in text: String) -> [(info: String, line: Int, text: String)] {
  var blocks: [(info: String, line: Int, text: String)] = []
  var isOpen = false
  for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    if line.hasPrefix("```") {
      if !isOpen { blocks.append((String(line.dropFirst(3)), index + 1, "")) }
      isOpen.toggle()
    } else if isOpen {
      blocks[blocks.count - 1].text += line + "\n"
    }
  }
  return blocks
}

/// The targets of `[…](…)` outside of code.
private func links(in text: String) -> [String] {
  var result: [String] = []
  var isCode = false
  for line in text.split(separator: "\n") {
    if line.hasPrefix("```") { isCode.toggle() }
    guard !isCode else { continue }
    var rest = line
    while let start = rest.range(of: "]("), let end = rest[start.upperBound...].firstIndex(of: ")") {
      result.append(String(rest[start.upperBound..<end]))
      rest = rest[end...]
    }
  }
  return result
}

/// The anchors that a heading gives on the pages that show Markdown.
private func anchors(in text: String) -> Set<String> {
  var isCode = false
  return Set(
    text.split(separator: "\n").compactMap { line in
      if line.hasPrefix("```") { isCode.toggle() }
      guard !isCode, line.hasPrefix("#") else { return nil }
      let title = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
      return String(
        title.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : nil })
    })
}

private func normalized(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") {
    if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
  }
  return parts.joined(separator: "/")
}

// MARK: - Reading EBNF

/// Lines of the form `Name = …` with the indented lines that follow.
private func productions(in lines: [String]) -> [(name: String, text: String)] {
  var result: [(name: String, text: String)] = []
  var isInside = false
  for line in lines {
    if let match = line.prefixMatch(of: /([A-Z][A-Za-z]*) *= (.*)/) {
      result.append((String(match.1), String(match.2)))
      isInside = true
    } else if isInside, line.hasPrefix("  ") {
      result[result.count - 1].text += " " + line
    } else {
      isInside = false
    }
  }
  return result
}

/// What stands in double quotes.
private func quoted(_ text: String) -> [String] { text.matches(of: /"([^"]+)"/).map { String($0.1) } }

/// The productions that a text refers to: names outside of quotes and of what is said in words between question marks.
private func names(_ text: String) -> [String] {
  text.replacing(/"[^"]*"|'[^']*'|\?[^?]*\?/, with: " ").matches(of: /[A-Z][A-Za-z]*/).map { String($0.0) }
}
