/// Every expression of CEL's conformance cases parses; what it evaluates to is tested where it is evaluated.

import DocketDiagnostics
import DocketSyntax
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct ConformanceTests {
  /// `DOCKET_CONFORMANCE`, else beside the package.
  static let path =
    getenv("DOCKET_CONFORMANCE").map { String(cString: $0) }
    ?? #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    + "/shared/conformance/cel.jsonl"

  static let records = lines(of: path)

  @Test(.enabled(if: !records.isEmpty, "no conformance cases: set DOCKET_CONFORMANCE to a cel.jsonl"))
  func everyConformanceExpressionParses() throws {
    var count = 0
    for record in Self.records {
      let text = try #require(Self.string("expr", in: record))
      let found = messages(text, asExpression: true)
      let wantsParseError = record.contains(#""error": ["Syntax error"#)
      if !wantsParseError { #expect(found == [], "\(text)") }
      count += 1
    }
    #expect(count > 1_000)
  }

  static func lines(of path: String) -> [Substring] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  /// The string under a key of a JSON object on one line.
  static func string(_ key: String, in record: Substring) -> String? {
    guard let start = record.firstRange(of: "\"\(key)\": \"")?.upperBound else { return nil }
    var units: [UInt16] = []
    var rest = record[start...].utf16.makeIterator()
    while let unit = rest.next(), unit != UInt16(UInt8(ascii: "\"")) {
      guard unit == UInt16(UInt8(ascii: "\\")), let escape = rest.next() else {
        units.append(unit)
        continue
      }
      switch UInt8(truncatingIfNeeded: escape) {
      case UInt8(ascii: "n"): units.append(10)
      case UInt8(ascii: "r"): units.append(13)
      case UInt8(ascii: "t"): units.append(9)
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      case UInt8(ascii: "u"):
        let digits = String(decoding: (0..<4).map { _ in rest.next() ?? 0 }, as: UTF16.self)
        units.append(UInt16(digits, radix: 16) ?? 0xFFFD)
      default: units.append(escape)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
