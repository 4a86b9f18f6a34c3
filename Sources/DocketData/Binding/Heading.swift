/// Headings as they are compared: without case, `_`, spaces, `-` and `.`.
struct Heading: Hashable {
  let folded: String

  init(_ text: String) {
    folded = String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.filter { $0 != "_" && $0 != "-" && $0 != "." && !$0.properties.isWhitespace }))
  }
}
