/// Pieces of Docket as they are written.

enum DraftText {
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F || !isPlain(scalar) {
          let digits = String(scalar.value, radix: 16)
          result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Marks that reorder what a person reads are written as escapes.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
    default: true
    }
  }

  /// `row.status`, or with the heading in backquotes.
  static func row(_ heading: String) -> String? {
    if isName(heading) { return "row.\(heading)" }
    let isQuotable =
      !heading.isEmpty
      && !heading.unicodeScalars.contains { $0 == "`" || $0.value < 0x20 || $0.value == 0x7F || !isPlain($0) }
    return isQuotable ? "row.`\(heading)`" : nil
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic || first == "_" else {
      return false
    }
    // Words of the language are quoted, which is always right.
    return text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || $0.properties.numericType != nil)
    }
      && !DraftNames.reserved.contains(text)
  }

  /// A comment of one line.
  static func comment(_ text: String) -> String {
    "// " + String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || !isPlain($0) ? " " : $0 }))
  }

  static func count(_ number: Int) -> String { Figures.count(number) }

  static func plural(_ number: Int, _ noun: String) -> String {
    "\(Figures.count(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
