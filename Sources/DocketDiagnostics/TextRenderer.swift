/// Diagnostics for people, with the source lines they are about:
///
///     error[D2004]: `Feedback` has no field `priorty`
///       ┌─ routing.docket:4:10
///     4 │   when f.priorty == critical
///       │          ^^^^^^^ unknown field
///       = help: did you mean `priority`?
///
/// One snippet a file: the primary label's first, then those of secondary labels elsewhere. A label over several lines is
/// underlined on its first and its last line.

public struct TextRenderer: Sendable {
  public let sources: SourceMap
  public let options: RenderOptions

  public init(sources: SourceMap, options: RenderOptions = RenderOptions()) {
    self.sources = sources
    self.options = options
  }

  /// With an empty line between two and the summary at the end.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    guard !diagnostics.isEmpty else { return "" }
    let blocks =
      diagnostics.map(render) + [TextStyle.strong.apply(summary(of: diagnostics), color: options.color) + "\n"]
    return blocks.joined(separator: "\n")
  }

  public func render(_ diagnostic: Diagnostic) -> String {
    let snippets = snippets(of: diagnostic)
    let lastLine = snippets.flatMap(\.marks).reduce(0) { max($0, $1.line) }
    let gutter = Gutter(width: String(lastLine + 1).count, color: options.color)

    var lines = [diagnostic.headline(color: options.color)]
    if let data = diagnostic.dataPlace { lines.append(gutter.row("┌─", data.name)) }
    for snippet in snippets { lines += snippet.render(gutter, options: options) }
    lines += remedies(of: diagnostic, gutter)
    return lines.map { $0 + "\n" }.joined()
  }

  /// Titles of fixes only where no help says the same.
  private func remedies(of diagnostic: Diagnostic, _ gutter: Gutter) -> [String] {
    let texts = diagnostic.help.isEmpty ? diagnostic.fixes.map(\.title) : diagnostic.help
    return texts.flatMap { text in
      text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
        let line = String(line).displaySafe
        return index == 0
          ? gutter.row("=", TextStyle.strong.apply("help:", color: options.color) + " " + line)
          : gutter.row(" ", "      " + line)
      }
    }
  }

  private func snippets(of diagnostic: Diagnostic) -> [Snippet] {
    var snippets: [Snippet] = []
    func add(_ label: Label, _ style: TextStyle, isPrimary: Bool) {
      guard let place = Place(label.span, in: sources) else { return }
      let index = snippets.firstIndex { $0.file.id == place.file.id } ?? snippets.count
      if index == snippets.count { snippets.append(Snippet(file: place.file, name: place.name)) }
      snippets[index].marks += marks(place, label.text.displaySafe, style, isPrimary: isPrimary)
    }
    if let primary = diagnostic.primary { add(primary, TextStyle(diagnostic.severity), isPrimary: true) }
    for label in diagnostic.secondary { add(label, .frame, isPrimary: false) }
    return snippets
  }

  private func marks(_ place: Place, _ text: String, _ style: TextStyle, isPrimary: Bool) -> [Mark] {
    let file = place.file
    let first = file.lineIndex(of: place.start)
    // The end is exclusive, so a span that takes in a line's end does not reach the next line.
    let last = place.end > place.start ? file.lineIndex(of: place.end - 1) : first
    func mark(_ line: Int, _ start: Int, _ end: Int, _ text: String) -> Mark {
      Mark(line: line, start: start, end: end, text: text, style: style, isPrimary: isPrimary)
    }
    guard last > first else { return [mark(first, place.start, place.end, text)] }
    let lastText = file.line(last)
    let indented = lastText.firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? lastText.startIndex
    return [
      mark(first, place.start, max(place.start, file.line(first).endIndex), ""),
      mark(last, min(indented, place.end - 1), place.end, text),
    ]
  }
}
