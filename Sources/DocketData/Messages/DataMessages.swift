/// What can be wrong with data, as facts, and how it is told.

import DocketDiagnostics
import DocketSemantics

enum DataProblem {
  // MARK: Files
  case missingFile(path: String, names: [String])
  /// A path with `*` or `?`.
  case noMatch(path: String)
  case packed(GzipProblem, path: String)
  case unreadableFile(path: String, reason: String)
  case unsupportedFile(path: String, FileKind)
  /// Cells that `;` or `|` separates, and no `delimiter` that says so.
  case otherDelimiter(String, path: String)
  case badDelimiter(String)
  case emptyFile(path: String)
  /// `heading line 4` of a file that has fewer lines.
  case noHeadingLine(Int, path: String)
  /// Of something that is no list of rows.
  case headingOfOther(path: String)
  case longHeading(column: Int, bytes: Int, path: String)
  case tooManyColumns(limit: Int, path: String)
  case titleLines(path: String)
  case twoHeadings(line: Int, texts: [String], path: String)
  /// A file from which no record can be drawn.
  case noRecords(path: String)
  case mostRows(Int, of: Int, path: String)
  case unknownEncoding(String)
  case notInEncoding(String, path: String)

  // MARK: Form
  case form(CSVProblem)
  case json(JSONProblem)
  case database(SQLiteProblem, path: String)
  case databaseText(column: String)
  case missingColumn(String, labels: [String], headings: [String], path: String)
  /// With `isRepeated` the headings are one, with the numbers by which its columns are told apart.
  case ambiguousColumn(String, headings: [String], isRepeated: Bool, path: String)

  // MARK: Cells
  case cell(CellProblem)

  // MARK: Records
  case duplicateKey(String, entity: String, firstLine: Int)
  case tie(key: String, entity: String, at: String, firstLine: Int)
  case dangling(key: String, field: String, target: String, nearest: [String])
  case noData(field: String, target: String, count: Int)

  // MARK: Counts
  case tooManyRejected(path: String, count: Int, limit: Int)
  case more(count: Int, counts: [(code: DiagnosticCode, count: Int)])
}

/// A cell whose text is not what its field wants.
struct CellProblem {
  var failure: CellFailure
  /// `Incident.priority`, or `version`.
  var target: String
  var field: String
  var type: Type
  var heading: String?
  var value: String
  var schema: Schema
  var formats: [String]
  /// Of an expression that failed.
  var reason: String
}

extension DataProblem {
  func diagnostic(at place: DataPlace? = nil, span: SourceSpan? = nil) -> Diagnostic {
    let told = told
    return Diagnostic(
      told.code, told.message, at: span.map { Label($0) }, help: told.help, dataPlace: place)
  }

  var code: DiagnosticCode { told.code }

  private typealias Told = (code: DiagnosticCode, message: String, help: [String])

  private var told: Told {
    switch self {
    case .missingFile, .noMatch, .packed, .unreadableFile, .unsupportedFile, .otherDelimiter, .badDelimiter,
      .emptyFile, .unknownEncoding, .notInEncoding:
      fileTold
    case .noHeadingLine, .headingOfOther, .longHeading, .tooManyColumns, .titleLines, .twoHeadings, .noRecords,
      .mostRows:
      headingTold
    case .form(let problem): formTold(problem)
    case .json(let problem): problem.told
    case .database(let problem, let path): problem.told(path: path)
    case .databaseText(let column):
      (.notUTF8, "the value in column `\(column)` is no text", ["load a view that leaves the column out"])
    case .missingColumn(let name, let labels, let headings, let path):
      (
        .missingColumn, "`\(path)` has no column `\(name)`" + (labels.isEmpty ? "" : " (or \(quoted(labels, "or")))"),
        suggest(name, among: headings, habits: false).map { [$0.helpText] }
          ?? [
            "the columns are \(quoted(Array(headings.prefix(12)), "and"))"
              + (headings.count > 12 ? " and \(headings.count - 12) more" : "")
          ]
      )
    case .ambiguousColumn(let name, let headings, let isRepeated, let path):
      (
        .ambiguousColumn, "`\(path)` has \(headings.count) columns for `\(name)`: \(quoted(headings, "and"))",
        ["say which: `\(name) = row.`\(headings[0])``"]
          + (isRepeated ? ["a field of type `list<string>` takes what all of them hold"] : [])
      )
    case .cell(let problem): problem.told
    case .duplicateKey(let key, let entity, let firstLine):
      (
        .duplicateKey, "two rows for the \(entity) `\(key)`; the first is in line \(firstLine)",
        ["if each row is a change of the record, name its instant: `version row.…`"]
      )
    case .tie(let key, let entity, let instant, let firstLine):
      (
        .versionTie, "two versions of the \(entity) `\(key)` at \(instant) differ; the other is in line \(firstLine)",
        ["add a column that tells their order to `version`, such as a counter of changes"]
      )
    case .dangling(let key, let field, let target, let nearest):
      (
        .danglingReference, "`\(field)` names the \(target) `\(key)`, which does not exist",
        suggest(key, among: nearest, habits: false).map { [$0.helpText] } ?? []
      )
    case .noData(let field, let target, let count):
      (
        .noDataForReference,
        "`\(field)` names \(target.withArticle) \(times(count)), but no data of \(target) was loaded",
        ["add `\(target).csv` to the data, or a `source \(target) from …`"]
      )
    case .tooManyRejected(let path, let count, let limit):
      (.tooManyRejected, "\(count) rows of `\(path)` would be rejected, more than the \(limit) that are allowed", [])
    case .more(let count, let counts):
      (
        .moreDataProblems, "\(count) more \(count == 1 ? "problem is" : "problems are") not shown",
        [counts.map { "\($0.count) × \($0.code.rawValue) \($0.code.plainName)" }.joined(separator: ", ")]
      )
    }
  }

  private var fileTold: Told {
    switch self {
    case .missingFile(let path, let names):
      let near = suggest(FilePath.name(of: path), among: names, habits: false)
      return (.missingDataFile, "there is no file `\(path)`", near.map { [$0.helpText] } ?? [])
    case .noMatch(let path):
      return (.missingDataFile, "no file fits `\(path)`", ["`*` stands for any text, `?` for one character"])
    case .packed(let problem, let path): return packedTold(problem, path)
    case .unreadableFile(let path, let reason): return (.unreadableDataFile, "cannot read `\(path)`: \(reason)", [])
    case .unsupportedFile(let path, let kind):
      switch kind {
      case .excel, .oldExcel:
        return (
          .unsupportedDataFormat, "`\(path)` is an Excel workbook",
          ["save the sheet as \"CSV UTF-8 (comma delimited)\" and load that"]
        )
      case .gzip: return (.unsupportedDataFormat, "`\(path)` is packed twice", ["unpack it first: `gunzip`"])
      case .sqlite:
        return (.unsupportedDataFormat, "`\(path)` holds an SQLite database", ["save it as a file and unpack it first"])
      case .utf16:
        return (
          .unsupportedDataFormat, "`\(path)` is UTF-16 text",
          ["write `encoding \"utf-16\"` in its source, or save it as UTF-8"]
        )
      case .utf32:
        return (
          .unsupportedDataFormat, "`\(path)` is UTF-32 text",
          ["write `encoding \"utf-32\"` in its source, or save it as UTF-8"]
        )
      case .html:
        return (
          .unsupportedDataFormat, "`\(path)` is a web page (HTML), whatever its name says",
          ["open it in a spreadsheet and save that as \"CSV UTF-8\"; if it asks to sign in, export again"]
        )
      case .xml:
        return (
          .unsupportedDataFormat, "`\(path)` is XML, whatever its name says",
          ["export it as CSV or JSON, or open it in a spreadsheet and save that as \"CSV UTF-8\""]
        )
      case .pdf: return (.unsupportedDataFormat, "`\(path)` is a PDF document", ["export the table as CSV"])
      case .text: return (.unsupportedDataFormat, "`\(path)` is not a table", [])
      }
    case .otherDelimiter(let text, let path):
      return (
        .wrongDelimiter, "the columns of `\(path)` are separated by `\(text)`",
        ["write `delimiter \"\(text)\"` in its source, or save it with commas"]
      )
    case .badDelimiter(let text):
      return (
        .wrongDelimiter, "`\(text.shortened)` is no delimiter", ["write one plain character, such as `;` or `|`"]
      )
    case .emptyFile(let path): return (.emptyDataFile, "`\(path)` is empty", ["the first line names the columns"])
    case .unknownEncoding(let name):
      return (.unknownEncoding, "there is no encoding `\(name)`", ["such as \"gb18030\" or \"windows-1252\""])
    case .notInEncoding(let name, let path):
      return (
        .notUTF8, "`\(path)` is not \(name) text, from here on",
        ["name another encoding; leave `encoding` out if the file is UTF-8"]
      )
    default: return (.unreadableDataFile, "cannot read the data", [])
    }
  }

  private var headingTold: Told {
    switch self {
    case .noHeadingLine(let line, let path):
      return (
        .emptyDataFile, "`\(path)` has no line \(line), where its source says that the headings are",
        ["lines count from 1: `heading line 4` passes over three"]
      )
    case .headingOfOther(let path):
      return (.emptyDataFile, "`\(path)` has no line of headings", ["leave out `heading line`, which is for CSV"])
    case .longHeading(let column, let bytes, let path):
      let size = bytes >= 1 << 20 ? "\(bytes >> 20) MB" : "\(bytes >> 10) KB"
      return (
        .emptyDataFile, "`\(path)` has no headings: the first cell of column \(column) is \(size) long",
        ["the first line names the columns; is this a table?"]
      )
    case .tooManyColumns(let limit, let path):
      return (
        .unsupportedDataFormat, "`\(path)` has more than \(limit) columns: no rulebook is drawn from so many",
        ["keep the columns that rules will read; is this a table with a row for each record?"]
      )
    case .titleLines(let path):
      return (
        .emptyDataFile, "`\(path)` has no line of headings that can be told from what stands above it",
        ["delete what stands above the headings and try again"]
      )
    case .twoHeadings(let line, let texts, let path):
      return (
        .emptyDataFile,
        "the headings of `\(path)` stand in two lines: line \(line) goes on with \(quoted(texts, "and"))",
        ["write them into one line and try again"]
      )
    case .noRecords(let path):
      return (.emptyDataFile, "`\(path)` holds no records", ["a rulebook is drawn from an export that has some"])
    case .mostRows(let count, let total, let path):
      return (.tooManyRejected, "\(count) of the \(total) rows of `\(path)` cannot be read: that is no table", [])
    default: return (.emptyDataFile, "there are no headings", [])
    }
  }

  private func packedTold(_ problem: GzipProblem, _ path: String) -> Told {
    switch problem {
    case .truncated(let packed, let unpacked):
      (
        .badPackedFile, "`\(path)` ends in the middle: after \(packed) packed bytes, \(unpacked) bytes of text",
        ["copy the file again: a part of it is missing"]
      )
    case .damaged(let packed, let reason):
      (.badPackedFile, "`\(path)` is damaged at byte \(packed): \(reason)", ["copy the file again"])
    case .tooLarge(let limit):
      (
        .unpackedTooLarge, "`\(path)` holds more than \(limit >> 20) MB of text",
        ["unpack it first: a plain file is read piece by piece"]
      )
    case .suspicious(_, let ratio):
      (
        .unpackedTooLarge,
        "`\(path)` unpacks to more than \(ratio) times its size, as files do that are made to fill the memory",
        ["if it is what it should be, unpack it first"]
      )
    case .noLibrary(let reason):
      (
        .missingLibrary, "`\(path)` needs zlib, which is not there: \(reason)",
        ["install it, on Debian and Ubuntu with `apt-get install zlib1g`, or unpack the file first"]
      )
    }
  }

  private func formTold(_ problem: CSVProblem) -> Told {
    switch problem {
    case .raggedRow(_, let found, let wanted, let hasReturn):
      (
        .raggedRow,
        "this row has \(found) \(found == 1 ? "field" : "fields"), the heading has \(wanted)"
          + (hasReturn ? "; a carriage return stands alone in it" : ""),
        hasReturn
          ? ["write LF or CRLF at the end of every line"]
          : found > wanted ? ["put a field that holds the delimiter into quotes"] : []
      )
    case .unterminatedQuote:
      (.unterminatedField, "this quote is never closed", ["a quote inside a quoted field is doubled: `\"\"`"])
    case .textAfterQuote:
      (
        .textAfterQuote, "there is text after the closing quote of a field",
        ["a quote inside a quoted field is doubled: `\"\"`"]
      )
    case .nulByte(_, let offset): (.nulByte, "there is a NUL byte at offset \(offset): this is not text", [])
    case .repeatedHeading: (.raggedRow, "this row is the heading again", ["leave it out: `reject at most 1`"])
    case .badByte(_, let offset):
      (
        .notUTF8, "the byte at offset \(offset) is no UTF-8, as the rest of the file is",
        ["mend this row, or let the source leave it out: `reject at most 1`"]
      )
    case .tooManyFields(_, let found):
      (
        .unsupportedDataFormat, "this line has \(found) fields: no table has so many columns",
        ["the first line names the columns; is this a table?"]
      )
    case .notUTF8(_, let offset):
      (
        .notUTF8, "the text is not UTF-8 from offset \(offset) on",
        ["name the encoding in the source, such as `encoding \"gb18030\"`, or save the file as UTF-8"]
      )
    }
  }
}

extension CellFailure {
  func code(_ type: Type) -> DiagnosticCode {
    switch self {
    case .notBool: .badBool
    case .notInt, .notUInt, .notDouble: .badNumber
    case .outOfRange: type == .timestamp ? .badTime : .badNumber
    case .notTimestamp, .dateOnly, .noZone: .badTime
    case .notDate, .timeOfDay: .badDate
    case .notDuration: .badDuration
    case .unknownCase, .unknownCalendar: .unknownEnumLabel
    case .notList: .badList
    case .unreadableType: .unreadableType
    case .absentKey: .absentKey
    case .absentCreated, .absentVersion: .absentInstant
    case .evaluation, .wrongResult: .failedMapping
    }
  }
}

extension CellProblem {
  fileprivate var told: (code: DiagnosticCode, message: String, help: [String]) {
    let worded = worded
    return (failure.code(type), worded.message, worded.help)
  }

  private var worded: (message: String, help: [String]) {
    let wanted = "\(target) wants"
    let column = heading.map { " in column `\($0)`" } ?? ""
    switch failure {
    case .notBool:
      return (
        "`\(value)`\(column) is not a bool", ["\(wanted) `true` or `false`", acceptHelp("true", "false")]
      )
    case .notInt: return ("`\(value)`\(column) is not a whole number", ["\(wanted) an int"])
    case .notUInt: return ("`\(value)`\(column) is not a whole number", ["\(wanted) a uint"])
    case .notDouble: return ("`\(value)`\(column) is not a number", ["\(wanted) a double"])
    case .outOfRange:
      return ("`\(value)`\(column) is out of range", ["\(wanted) \(schema.describe(type).withArticle)"])
    case .notTimestamp:
      return ("`\(value)`\(column) is not a time", ["\(wanted) a timestamp; tried \(quoted(formats, "and"))"])
    case .dateOnly:
      return (
        "`\(value)`\(column) is a day without a time",
        ["\(wanted) a timestamp; a day is never taken for its midnight: declare the field as `date`"]
      )
    case .notDate: return ("`\(value)`\(column) is not a day", ["\(wanted) a date; tried \(quoted(formats, "and"))"])
    case .timeOfDay:
      return ("`\(value)`\(column) is a time, not a day alone", ["\(wanted) a date; declare the field as `timestamp`"])
    case .noZone:
      return (
        "`\(value)`\(column) has no zone",
        ["say where: `zone \"Asia/Shanghai\"` in the rulebook, or after the source's `times`"]
      )
    case .notDuration:
      return ("`\(value)`\(column) is not a duration", ["\(wanted) a duration, such as `1h30m` or `5400s`"])
    case .unknownCase: return unknownCase(column)
    case .unknownCalendar:
      let names = schema.calendarNames.flatMap { $0 }
      let near = suggest(value, among: names, habits: false)
      return ("`\(value)`\(column) names no calendar", near.map { [$0.helpText] } ?? [])
    case .notList: return ("`\(value)`\(column) is not a list", ["write `a;b`, `a|b` or a JSON array"])
    case .unreadableType:
      return ("\(schema.describe(type).withArticle) cannot be read from text", ["leave `\(field)` out of the data"])
    case .absentKey: return ("the key `\(field)` is absent", [])
    case .absentCreated, .absentVersion:
      return ("`\(target)` is absent\(column)", ["every row needs an instant here"])
    case .evaluation: return ("cannot compute \(target): \(reason)", [])
    case .wrongResult: return ("the value computed for \(target) is not \(schema.describe(type).withArticle)", [])
    }
  }

  private func unknownCase(_ column: String) -> (message: String, help: [String]) {
    guard case .enumeration(let id) = elementType else { return ("`\(value)`\(column) is no case", []) }
    let cases = schema[id].cases
    var help: [String] = []
    var nearest: String?
    switch suggest(unknownElement(cases), among: cases.flatMap { [$0.name] + $0.labels }, habits: false) {
    case .near(let texts):
      let names = cases.filter { texts.contains($0.name) || $0.labels.contains(where: texts.contains) }.map(\.name)
      help.append(Suggestion.near(names).helpText)
      nearest = names.first
    default:
      help.append(
        "the cases are \(quoted(cases.prefix(12).map(\.name), "and"))"
          + (cases.count > 12 ? " and \(cases.count - 12) more" : ""))
    }
    if case .list = type {
      if value.contains(where: { ",，、".contains($0) }) {
        help.append("between the elements of a list stands `;` or `|`, as in `a;b`; or write a JSON array")
      }
    } else {
      help.append(nearest.map { acceptHelp($0) } ?? acceptHelp())
    }
    return ("`\(value)`\(column) is no \(schema[id].name)", help)
  }

  /// What is no case: the whole text, or the first such element of a list.
  private func unknownElement(_ cases: [EnumType.Case]) -> String {
    guard case .list = type else { return value }
    let elements = value.split { ";|".contains($0) }.map { String($0.drop { $0 == " " }) }
    return elements.first { element in !cases.contains { $0.name == element || $0.labels.contains(element) } } ?? value
  }

  private var elementType: Type {
    if case .list(let element) = type { element } else { type }
  }

  /// How to take a text for one of the constants that it may well mean.
  private func acceptHelp(_ constants: String...) -> String {
    let accept = "accept \(field) \"\(value)\" as"
    guard let first = constants.first else { return "or say that it means nothing: `\(accept) absent`" }
    let others = constants.dropFirst().map { ", `as \($0)`" }.joined()
    return "or say what it means: `\(accept) \(first)`\(others), or `as absent`"
  }
}

private func quoted(_ names: [String], _ joint: String) -> String {
  let quoted = names.map { "`\($0)`" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
  return quoted.dropLast().joined(separator: ", ") + " \(joint) \(last)"
}

private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

extension DiagnosticCode {
  /// What a count of it is of.
  fileprivate var plainName: String {
    switch self {
    case .raggedRow: "ragged row"
    case .textAfterQuote: "text after a quote"
    case .badNumber: "bad number"
    case .badBool: "bad bool"
    case .badTime: "bad time"
    case .badDate: "bad date"
    case .badDuration: "bad duration"
    case .badList: "bad list"
    case .unknownEnumLabel: "unknown label"
    case .failedMapping: "failed expression"
    case .absentKey: "absent key"
    case .absentInstant: "absent instant"
    case .duplicateKey: "duplicate key"
    case .versionTie: "tie of versions"
    case .danglingReference: "dangling reference"
    default: "other"
    }
  }
}
