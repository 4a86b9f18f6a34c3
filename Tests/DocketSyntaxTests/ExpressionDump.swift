/// Expressions as S-expressions, and the ways in which the tests parse.

import DocketDiagnostics
import DocketSyntax

func file(_ text: String) -> SourceFile {
  SourceFile(id: FileID(index: 0), path: "test.docket", bytes: Array(text.utf8))
}

/// The expression's dump, or its first error's message after `!`.
func dump(_ text: String) -> String {
  var diagnostics = Diagnostics()
  let expression = Parser.parseExpression(file(text), &diagnostics)
  return expression?.dump ?? "! " + (diagnostics.all.first?.message ?? "no diagnostic")
}

/// The messages of a rulebook, or of an expression.
func messages(_ text: String, asExpression: Bool = false) -> [String] {
  var diagnostics = Diagnostics()
  if asExpression {
    _ = Parser.parseExpression(file(text), &diagnostics)
  } else {
    _ = Parser.parse(file(text), &diagnostics)
  }
  return diagnostics.all.map(\.message)
}

extension Expression {
  var dump: String {
    switch kind {
    case .literal(let literal): literal.dump
    case .name(let name, let isRooted): (isRooted ? "." : "") + name.text
    case .select(let base, let name, let isOptional): "(\(isOptional ? ".?" : ".") \(base.dump) \(name.text))"
    case .index(let base, let index, let isOptional): "(\(isOptional ? "[?]" : "[]") \(base.dump) \(index.dump))"
    case .call(let name, let arguments, let isRooted):
      list("call " + (isRooted ? "." : "") + name.text, arguments.map(\.dump))
    case .methodCall(let base, let name, let arguments):
      list("method \(name.text)", [base.dump] + arguments.map(\.dump))
    case .unary(let operation, let operand, _): "(\(operation.rawValue) \(operand.dump))"
    case .binary(let operation, let left, let right, _): "(\(operation.rawValue) \(left.dump) \(right.dump))"
    case .logical(let operation, let operands): list(operation.rawValue, operands.map(\.dump))
    case .conditional(let condition, let then, let otherwise): "(? \(condition.dump) \(then.dump) \(otherwise.dump))"
    case .coalesce(let left, let right): "(?? \(left.dump) \(right.dump))"
    case .list(let elements): list("list", elements.map { ($0.isOptional ? "?" : "") + $0.value.dump })
    case .map(let entries):
      list("map", entries.map { "(\($0.isOptional ? "?" : "")\($0.key.dump) \($0.value.dump))" })
    case .record(let type, let isRooted, let fields):
      list(
        "record " + (isRooted ? "." : "") + type.map(\.text).joined(separator: "."),
        fields.map { "(\($0.isOptional ? "?" : "")\($0.name.text) \($0.value.dump))" })
    case .formatted(let pieces):
      list(
        "format",
        pieces.map {
          switch $0 {
          case .text(let text): "\"\(text)\""
          case .hole(let expression): expression.dump
          }
        })
    case .missing: "<missing>"
    }
  }

  private func list(_ head: String, _ rest: [String]) -> String { "(" + ([head] + rest).joined(separator: " ") + ")" }
}

extension Literal {
  var dump: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)u"
    case .double(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .bytes(let value): "b\(value)"
    case .duration(let text): text
    case .date(let text), .timestamp(let text): "@" + text
    }
  }
}
