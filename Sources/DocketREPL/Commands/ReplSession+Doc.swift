/// `:doc`: what a name means, whatever it is.

import Docket
import DocketDiagnostics
import DocketSemantics
import DocketSyntax

extension ReplSession {
  func showDocumentation(_ name: String) throws -> ReplStatus {
    guard !name.isEmpty else {
      throw ReplFailure.usage("`:doc` takes a function, a word of the language or a declaration")
    }
    var found = false
    for declaration in workbook.declarations(named: name) {
      found = true
      let titles = declaration.titles.isEmpty ? "" : "  " + declaration.titles.joined(separator: " · ")
      tell(strong("\(declaration.kind) \(name)") + titles)
      let comment = workbook.text(of: declaration).split(separator: "\n").prefix { $0.hasPrefix("//") }
      for line in comment { tell("  " + String(line.dropFirst(2)).trimmed) }
      tell("  " + heading(of: declaration))
    }
    if let word = LanguageDocs.words.first(where: { $0.word == name }) {
      found = true
      tell(strong(word.shape) + "\n  \(word.summary)")
    }
    for builtin in Builtin.named(name) + methods(named: name) {
      found = true
      tell(strong(LanguageDocs.signatures(builtin, rulebook.checked.schema).joined(separator: "\n")))
      tell("  \(LanguageDocs.summary(builtin))")
    }
    if let macro = LanguageDocs.macros.first(where: { $0.name == name }) {
      found = true
      tell(strong(macro.call) + "\n  \(macro.summary)")
    }
    if let command = ReplCommandName(rawValue: name.hasPrefix(":") ? String(name.dropFirst()) : name), !found {
      return try help(command.rawValue)
    }
    if !found {
      let names =
        Builtin.allCases.filter { !$0.isOperator }.map(\.rawValue) + LanguageDocs.macros.map(\.name)
        + LanguageDocs.words.map(\.word) + workbook.declarations.map(\.shortName)
      let hint = suggest(name, among: names, habits: false).map { ": \($0.helpText)" } ?? ""
      throw ReplFailure.usage("nothing is called `\(name)`\(hint)")
    }
    return .success
  }

  /// `math.round` by its last part.
  private func methods(named name: String) -> [Builtin] {
    Builtin.allCases.filter { !$0.isOperator && $0.rawValue != name && $0.rawValue.hasSuffix("." + name) }
  }

  /// The first line of a declaration, up to its body.
  private func heading(of declaration: Declaration) -> String {
    let text = workbook.sources.text(declaration.span)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    return line.hasSuffix("{") ? String(line.dropLast()).trimmed : line
  }
}
