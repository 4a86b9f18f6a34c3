/// The parser, on a rulebook, on an expression and on what is typed at a prompt: no tree is too high for those who walk it.

import DocketDiagnostics
import DocketSyntax

enum ParserTarget {
  static func finding(in bytes: [UInt8]) -> String? {
    var sources = SourceMap()
    let file = sources.add(path: "fuzz", bytes: bytes)

    var ofRulebook = Diagnostics()
    let tree = Parser.parse(file, &ofRulebook)
    for declaration in tree.declarations {
      switch declaration {
      case .constant(let constant): if isTooHigh(constant.value) { return "the tree of a `let` is too high" }
      case .function(let function): if isTooHigh(function.body) { return "the tree of a `func` is too high" }
      default: break
      }
    }
    if let finding = ofRulebook.finding(in: sources) { return finding }

    var ofExpression = Diagnostics()
    let expression = Parser.parseExpression(file, &ofExpression)
    if let expression, isTooHigh(expression) { return "the tree of an expression is too high" }
    if (expression == nil) != ofExpression.hasErrors { return "an expression that has an error is given, or one that has none is not" }
    if let finding = ofExpression.finding(in: sources) { return finding }

    var ofEntry = Diagnostics()
    switch Parser.parseEntry(file, &ofEntry) {
    case .declaration, .expression: if ofEntry.hasErrors { return "an entry with errors counts as good" }
    case .empty, .incomplete: if ofEntry.hasErrors { return "errors are told of an entry that goes on" }
    case .invalid: if !ofEntry.hasErrors { return "nobody says why an entry is wrong" }
    }
    return nil
  }

  private static func isTooHigh(_ expression: Expression) -> Bool { expression.height > Parser.maximumDepth }
}
