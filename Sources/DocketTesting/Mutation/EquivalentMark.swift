/// `// equivalent: boundary because the log counts whole minutes` on a line, or alone above it: changes of these kinds there
/// cannot be noticed by any test, and this is why.

import DocketDiagnostics
import DocketSyntax

struct EquivalentMark {
  var file: FileID
  /// From 1: the line whose changes are meant.
  var line: Int
  /// Where the mark itself stands.
  var place: Int
  var kinds: [MutationKind]
  var reason: String

  struct Problem: Error {
    var file: FileID
    var line: Int
    var message: String
  }

  private static let prefix = "equivalent:"

  static func find(_ trees: [SyntaxTree], _ sources: SourceMap) -> (marks: [EquivalentMark], problems: [Problem]) {
    var (marks, problems): ([EquivalentMark], [Problem]) = ([], [])
    for tree in trees {
      let file = sources[tree.file]
      for comment in tree.comments {
        let span = SourceSpan(file: tree.file, start: Int(comment.start), end: Int(comment.end))
        let text = file.text(span).drop { $0 == "/" || $0 == " " }
        guard text.hasPrefix(prefix) else { continue }
        let line = file.location(of: Int(comment.start)).line
        do throws(Problem) {
          let (kinds, reason) = try parse(text.dropFirst(prefix.count), tree.file, line)
          marks.append(
            EquivalentMark(
              file: tree.file, line: target(of: line, file), place: line, kinds: kinds, reason: reason))
        } catch {
          problems.append(error)
        }
      }
    }
    return (marks, problems)
  }

  private static func parse(_ text: Substring, _ file: FileID, _ line: Int) throws(Problem) -> ([MutationKind], String)
  {
    let words = text.split(separator: " ").map(String.init)
    guard let because = words.firstIndex(of: "because"), because + 1 < words.count else {
      throw Problem(
        file: file, line: line, message: "the reason is missing: write `// equivalent: boundary because …`")
    }
    var kinds: [MutationKind] = []
    for word in words[..<because].flatMap({ $0.split(separator: ",").map(String.init) }) {
      guard let kind = MutationKind(rawValue: word) else {
        let help = suggest(word, among: MutationKind.allCases.map(\.rawValue), habits: false)?.helpText
        throw Problem(
          file: file, line: line,
          message: "`\(word)` is no kind of change\(help.map { ": " + $0 } ?? "")")
      }
      kinds.append(kind)
    }
    guard !kinds.isEmpty else {
      throw Problem(file: file, line: line, message: "the kind is missing: write `// equivalent: boundary because …`")
    }
    return (kinds, words[(because + 1)...].joined(separator: " "))
  }

  /// A mark that stands alone means the next line with something else on it.
  private static func target(of line: Int, _ file: SourceFile) -> Int {
    func text(_ line: Int) -> Substring {
      Substring(String(decoding: file.line(line - 1), as: UTF8.self)).drop(while: \.isWhitespace)
    }
    var line = line
    while line < file.lineStarts.count, text(line).hasPrefix("//") || text(line).isEmpty { line += 1 }
    return line
  }

  func covers(_ mutation: Mutation, _ sources: SourceMap) -> Bool {
    guard mutation.span.file == file, kinds.contains(mutation.kind) else { return false }
    // A removed line begins with its white space.
    let text = sources[file]
    let (first, last) = (
      text.location(of: Int(mutation.span.start)).line, text.location(of: Int(mutation.span.end)).line
    )
    return (first...last).contains(line)
  }
}
