/// Headings as they are compared: without case, `_`, spaces, `-` and `.`.
struct Heading: Hashable {
  let folded: String

  init(_ text: String) {
    folded = String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.filter { $0 != "_" && $0 != "-" && $0 != "." && !$0.properties.isWhitespace }))
  }

  // MARK: - Headings that repeat

  /// The headings of a file, each told apart from those of the same text: `Label (1)`, `Label (2)`.
  static func numbered(_ headings: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for heading in headings { counts[heading, default: 0] += 1 }
    var seen: [String: Int] = [:]
    return headings.map { heading in
      guard let count = counts[heading], count > 1, !heading.isEmpty else { return heading }
      seen[heading, default: 0] += 1
      return "\(heading) (\(seen[heading, default: 0]))"
    }
  }

  /// The columns of each heading.
  static func places(of headings: [String]) -> [String: [Int]] {
    var places: [String: [Int]] = [:]
    for (place, heading) in headings.enumerated() { places[heading, default: []].append(place) }
    return places
  }

  /// The column that a number behind a heading means; one that stands alone is the first.
  static func place(of name: String, in places: [String: [Int]]) -> Int? {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("),
      let number = Int(name[name.index(after: open)...].dropLast()),
      number > 0
    else { return nil }
    let heading = name[..<open]
    guard heading.last == " " else { return nil }
    let same = places[String(heading.dropLast())] ?? []
    return number <= same.count ? same[number - 1] : nil
  }
}
