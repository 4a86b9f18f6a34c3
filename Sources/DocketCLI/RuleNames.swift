import ArgumentParser
import DocketDiagnostics

/// Names of rules that people type.
enum RuleNames {
  static func check(_ names: [String], among known: [String], kind: String) throws {
    for name in names where !known.contains(name) {
      let hint = suggest(name, among: known, habits: false).map { ": \($0.helpText)" } ?? ""
      throw ValidationError("the rulebook has no \(kind) `\(name)`\(hint)")
    }
  }
}
