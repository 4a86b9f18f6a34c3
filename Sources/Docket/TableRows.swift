/// The rows of `table NAME(…): T from "targets.csv"`: read from the file, and from then on like rows written in the rulebook.
///
/// The file joins the source texts, so that whatever is wrong in it is shown there, by line and column.

import DocketDiagnostics
import DocketSyntax

enum TableRows {
  static func read(
    into trees: inout [SyntaxTree], _ sources: inout SourceMap, base: String, _ diagnostics: inout Diagnostics
  ) {
    for tree in trees.indices {
      let text = sources[trees[tree].file].path
      for place in trees[tree].declarations.indices {
        guard case .table(var table) = trees[tree].declarations[place], let path = table.path else { continue }
        let named = NamedFile(path.value, namedIn: text, base: base)
        switch named.content {
        case .failure(let problem):
          diagnostics.report(
            Diagnostic(
              .tableUnreadable, "the rows in `\(named.path)` cannot be read: \(problem.reason)", at: Label(path.span),
              help: ["the path is relative to the file that names it"]))
        case .success(let bytes):
          let file = sources.add(path: named.path, bytes: bytes)
          let sheet = TableSheet(bytes)
          for problem in sheet.problems { diagnostics.report(diagnostic(problem, in: file)) }
          Parser.parseRows(
            SourceFile(id: file.id, path: file.path, bytes: sheet.lines), of: &table, &diagnostics)
          trees[tree].declarations[place] = .table(table)
        }
      }
    }
  }

  private static func diagnostic(_ problem: TableSheet.Problem, in file: SourceFile) -> Diagnostic {
    func tell(_ message: String, _ label: String, _ help: String) -> Diagnostic {
      let span = SourceSpan(file: file.id, start: problem.offset, end: problem.offset)
      return Diagnostic(.badTableCell, message, at: Label(span, label), help: [help])
    }
    switch problem.fact {
    case .emptyCell: return tell("a cell of the table is empty", "nothing stands here", "write `_` for anything")
    case .openQuote:
      return tell("the quotes of a cell are not closed", "opened here", "a `\"` in a cell is doubled: `\"\"`")
    case .quoteInText:
      return tell("a text in a cell holds a quote", "in this cell", "keep rows with such a text in the rulebook")
    case .textAfterQuote:
      return tell("text stands behind a closing quote", "here", "the quotes go around the whole cell")
    }
  }
}

/// A CSV file as lines of a table, byte for byte: `|` between cells, and spaces for quotes, so that every place in it is the
/// place in the file.
struct TableSheet {
  enum Fact {
    case emptyCell, openQuote, quoteInText, textAfterQuote
  }

  struct Problem {
    var fact: Fact
    var offset: Int
  }

  private(set) var lines: [UInt8]
  private(set) var problems: [Problem] = []

  init(_ bytes: [UInt8]) {
    lines = bytes
    let separator = Self.separator(of: bytes)
    var reader = Reader(bytes: bytes, separator: separator, offset: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    while reader.offset < bytes.count {
      let start = reader.offset
      let row = reader.row(&lines)
      // A row of nothing but separators is what spreadsheets leave at the end.
      guard row.isBlank || row.problem != nil else { continue }
      for place in start..<reader.offset where lines[place] != UInt8(ascii: "\n") { lines[place] = UInt8(ascii: " ") }
      if !row.isBlank, let problem = row.problem { problems.append(problem) }
    }
  }

  /// Whichever of `,`, `;` and a tab stands first in the heading.
  private static func separator(of bytes: [UInt8]) -> UInt8 {
    let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return bytes.prefix { $0 != UInt8(ascii: "\n") }.first { candidates.contains($0) } ?? UInt8(ascii: ",")
  }

  private struct Reader {
    let bytes: [UInt8]
    let separator: UInt8
    var offset: Int

    struct Row {
      var isBlank = true
      var problem: Problem?
    }

    private let space = UInt8(ascii: " ")
    private let quote = UInt8(ascii: "\"")

    init(bytes: [UInt8], separator: UInt8, offset: Int) {
      self.bytes = bytes
      self.separator = separator
      self.offset = offset
    }

    /// One row with its line end.
    mutating func row(_ lines: inout [UInt8]) -> Row {
      var row = Row()
      while true {
        let start = offset
        let isEmpty = cell(&lines, &row)
        if isEmpty {
          row.problem = row.problem ?? Problem(fact: .emptyCell, offset: start)
        } else {
          row.isBlank = false
        }
        guard offset < bytes.count else { return row }
        let end = bytes[offset]
        if end == separator { lines[offset] = UInt8(ascii: "|") }
        offset += 1
        if end != separator { return row }
      }
    }

    /// Up to the separator or the line end; whether there is nothing in it.
    private mutating func cell(_ lines: inout [UInt8], _ row: inout Row) -> Bool {
      while offset < bytes.count, bytes[offset] == space { offset += 1 }
      guard offset < bytes.count else { return true }
      if bytes[offset] == quote { return quoted(&lines, &row) }
      var isEmpty = true
      while offset < bytes.count, bytes[offset] != separator, bytes[offset] != UInt8(ascii: "\n") {
        if bytes[offset] == UInt8(ascii: "\r") {
          lines[offset] = space
        } else if bytes[offset] != space {
          isEmpty = false
        }
        offset += 1
      }
      return isEmpty
    }

    /// A space where a text begins; the letters before its quote, as of `f"…"`, stay next to it.
    private func makeRoom(from opening: Int, at offset: Int, _ lines: inout [UInt8]) {
      var place = offset
      while place > opening + 1, (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(lines[place - 1]) {
        lines[place] = lines[place - 1]
        place -= 1
      }
      lines[place] = space
    }

    private mutating func quoted(_ lines: inout [UInt8], _ row: inout Row) -> Bool {
      let opening = offset
      var isEmpty = true
      var isInText = false
      lines[offset] = space
      offset += 1
      while true {
        guard offset < bytes.count else {
          row.problem = row.problem ?? Problem(fact: .openQuote, offset: opening)
          return false
        }
        let byte = bytes[offset]
        if byte == quote {
          guard offset + 1 < bytes.count, bytes[offset + 1] == quote else { break }
          if bytes[offset - 1] == UInt8(ascii: "\\") {
            row.problem = row.problem ?? Problem(fact: .quoteInText, offset: opening)
          }
          // Of a doubled quote one stays: the outer one goes, so that the text between two of them keeps its bytes.
          if isInText { lines[offset + 1] = space } else { makeRoom(from: opening, at: offset, &lines) }
          isInText.toggle()
          isEmpty = false
          offset += 2
          continue
        }
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { lines[offset] = space }
        if byte > space { isEmpty = false }
        offset += 1
      }
      if isInText { row.problem = row.problem ?? Problem(fact: .quoteInText, offset: opening) }
      lines[offset] = space
      offset += 1
      while offset < bytes.count, bytes[offset] != separator, bytes[offset] != UInt8(ascii: "\n") {
        if bytes[offset] != space, bytes[offset] != UInt8(ascii: "\r") {
          row.problem = row.problem ?? Problem(fact: .textAfterQuote, offset: offset)
        }
        lines[offset] = space
        offset += 1
      }
      return isEmpty
    }
  }
}
