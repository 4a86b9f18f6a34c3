/// Lays out a rulebook's text: one style for all, without a change of meaning.
///
/// Token-driven: `Hints` reads from the tree what the tokens are (where a clause starts, which minus is unary), `Layout` sets
/// them on lines, keeping the author's line breaks, and `Columns` lines up what reads as a table. Names, literals and
/// comments are copied as they stand, and nothing is put out before it has been read back and compared.

public import DocketDiagnostics
internal import DocketSyntax

public enum FormatResult: Sendable {
  /// The text in Docket's layout; `isChanged` where its bytes differ from the file's.
  case formatted(String, isChanged: Bool)
  /// The file is left alone: what was reported while reading it, with an error at least.
  case syntaxErrors(Diagnostics)
  /// The layout would have changed the program, which is a mistake of the formatter: the file is left alone.
  case internalError(String)
}

public enum Formatter {
  /// `format(format(s)) == format(s)`, and the tokens of the result are those of the file.
  public static func format(_ file: SourceFile) -> FormatResult {
    var diagnostics = Diagnostics()
    let tree = Parser.parse(file, &diagnostics)
    if diagnostics.hasErrors { return .syntaxErrors(diagnostics) }
    let hints = Hints(of: tree, in: file)
    var layout = Layout(of: tree, in: file, hints)
    layout.placeAll()
    Columns.align(&layout.lines)
    let text = layout.lines.rendered
    if let difference = difference(between: tree, of: file, and: text, hints) { return .internalError(difference) }
    return .formatted(text, isChanged: !text.utf8.elementsEqual(file.bytes))
  }

  /// Whether `format` would leave the file as it is; `false` for a file with syntax errors.
  public static func isFormatted(_ file: SourceFile) -> Bool {
    if case .formatted(_, isChanged: false) = format(file) { true } else { false }
  }

  // MARK: - The guard

  /// How the program that `text` spells differs from the parsed one; `nil` where it does not.
  ///
  /// The same tokens make the same program except in tables, whose rows are lines: there the line ends are compared too.
  private static func difference(
    between tree: SyntaxTree, of file: SourceFile, and text: String, _ hints: Hints
  ) -> String? {
    let output = SourceFile(id: file.id, path: file.path, bytes: Array(text.utf8))
    var diagnostics = Diagnostics()
    let after = Parser.parse(output, &diagnostics)
    if diagnostics.hasErrors { return "formatting would break \(file.path)" }
    guard after.tokens.count == tree.tokens.count, after.comments.count == tree.comments.count else {
      return "formatting would lose tokens or comments of \(file.path)"
    }
    for (index, (old, new)) in zip(tree.tokens, after.tokens).enumerated() {
      let isSame =
        old.kind == new.kind && file.normalizedText(old.start, old.end) == output.normalizedText(new.start, new.end)
      let isSameLine = !hints.tokens[index].contains(.inRow) || old.hasNewlineBefore == new.hasNewlineBefore
      guard isSame, isSameLine else {
        let place = file.location(of: Int(old.start))
        return "formatting would change \(file.path) at \(place.line):\(place.column)"
      }
    }
    return nil
  }
}

extension SourceFile {
  /// The bytes of a token, with the line ends inside it as `\n`: that is what they mean in a string.
  func normalizedText(_ start: Int32, _ end: Int32) -> [UInt8] {
    let slice = bytes[Int(start)..<Int(end)]
    guard slice.contains(UInt8(ascii: "\r")) else { return Array(slice) }
    var result: [UInt8] = []
    var index = slice.startIndex
    while index < slice.endIndex {
      let isLineEnd =
        slice[index] == UInt8(ascii: "\r") && index + 1 < slice.endIndex && slice[index + 1] == UInt8(ascii: "\n")
      if !isLineEnd { result.append(slice[index]) }
      index += 1
    }
    return result
  }
}
