/// The loader of data, on JSON of any bytes: records on lines are the records of an array of them.
///
/// What does not look like JSON is put where a value stands, so that every input comes to the reader of records.

import DocketData
import DocketDiagnostics

enum JSONTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    let first = bytes.first { $0 > UInt8(ascii: " ") }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let text = isJSON ? bytes : Array(#"{"id": "a", "name": "#.utf8) + bytes + Array("}".utf8)
    guard let load = SampleLoad(text) else { return "there is no place for a temporary file" }
    if let finding = load.finding { return finding }
    // A line that is left out may be no JSON at all, which ends an array.
    guard !load.diagnostics.hasErrors, load.report.sources.first?.rejectedRows == 0, first == UInt8(ascii: "{"),
      let lines = records(in: text)
    else { return nil }
    let array = Array("[".utf8) + lines.joined(separator: Array(", \n ".utf8)) + Array("]".utf8)
    guard let again = SampleLoad(array) else { return "there is no place for a temporary file" }
    if again.diagnostics.hasErrors { return "the array says what the lines do not: \(again.messages)" }
    if again.rows != load.rows { return "the array holds \(again.rows), the lines \(load.rows)" }
    return nil
  }

  /// The lines, where each of several begins and ends as an object does.
  private static func records(in text: [UInt8]) -> [ArraySlice<UInt8>]? {
    let lines = text.split(separator: 0x0A).map { line in
      line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }.filter { !$0.isEmpty }
    guard lines.count > 1, lines.allSatisfy({ $0.first == UInt8(ascii: "{") }) else { return nil }
    return lines.allSatisfy { $0.last { $0 > 0x20 } == UInt8(ascii: "}") } ? lines : nil
  }
}
