/// What a piece of feedback is about.
struct Topic {
  var product: String
  var module: String
  var kind: String
  var severity: String
  var subject: String
  var text: String

  /// One topic a line, its parts between bars.
  static func list(_ text: String) -> [Topic] {
    text.split(separator: "\n").map { line in
      let parts = barredCells(line)
      return Topic(
        product: parts[0], module: parts[1], kind: parts[2], severity: parts[3], subject: parts[4], text: parts[5])
    }
  }
}

/// A text with `{n}`, `{order}` and `{amount}` filled in.
func filledIn(_ text: String, random: inout RandomSource) -> String {
  var result = ""
  var rest = text[...]
  while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
    result += rest[..<open]
    switch rest[rest.index(after: open)..<close] {
    case "n": result += String(random.number(in: 2...24))
    case "order": result += String(random.number(in: 20_260_000...20_269_999))
    case "amount": result += String(random.number(in: 12...98) * 100)
    case let name: preconditionFailure("nothing to fill in for \(name)")
    }
    rest = rest[rest.index(after: close)...]
  }
  return result + rest
}
