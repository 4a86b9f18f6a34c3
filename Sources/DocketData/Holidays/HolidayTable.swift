/// A file of holidays: comma-separated rows of a date, a name, and `off` or `work`, with or without a heading.

import DocketDiagnostics
public import DocketSemantics
import DocketTime

public enum HolidayTable {
  public static func read(_ bytes: [UInt8], path: String) -> HolidayFile {
    var file = HolidayFile()
    var seen: [CivilDate: (isWork: Bool, line: Int)] = [:]
    var isFirst = true
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let number = index + 1
      func report(_ fact: HolidayFile.Fact, column: Int = 0, value: String? = nil) {
        file.problems.append(.init(fact, at: DataPlace(path: path, line: number, column: column, value: value)))
      }
      switch cells(of: line) {
      case .failure(let problem): report(problem.fact)
      case .success(let cells):
        guard !cells.allSatisfy(\.isEmpty) else { continue }
        // A heading is told by what stands where the first date would.
        let isHeading = isFirst && !(cells[0].utf8.first.map { (0x30...0x39).contains($0) } ?? false)
        isFirst = false
        if isHeading { continue }
        guard cells.count == 3 else {
          report(.cells(found: cells.count))
          continue
        }
        guard let date = CivilDate.parse(cells[0]) else {
          report(.notDate(cells[0]), column: 1, value: cells[0])
          continue
        }
        let isWork: Bool
        switch cells[2] {
        case "off": isWork = false
        case "work": isWork = true
        default:
          report(.neitherOffNorWork(cells[2]), value: cells[2])
          continue
        }
        if let earlier = seen[date], earlier.isWork != isWork {
          report(.contradiction(date, line: earlier.line), column: 1, value: cells[0])
          continue
        }
        seen[date] = (isWork, number)
        file.days.append(.init(date, cells[1], isWork: isWork))
      }
    }
    return file
  }

  private struct RowProblem: Error {
    var fact: HolidayFile.Fact
  }

  /// The cells of one line; a row of holidays has no line ends in it.
  private static func cells(of line: ArraySlice<UInt8>) -> Result<[String], RowProblem> {
    let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    return text.withUnsafeBufferPointer { bytes in
      var reader = CSVReader(bytes, delimiter: UInt8(ascii: ","))
      let cells = reader.readRow()
      if let problem = reader.problems.first {
        switch problem {
        case .notUTF8, .badByte, .nulByte: return .failure(RowProblem(fact: .notUTF8))
        case .unterminatedQuote, .textAfterQuote, .raggedRow, .repeatedHeading, .tooManyFields:
          return .failure(RowProblem(fact: .badQuotes))
        }
      }
      return .success((cells ?? [""]).map(trimmed))
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
