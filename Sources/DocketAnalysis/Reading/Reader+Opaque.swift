/// Questions that only the engine answers: each is a variable of its own, known by how it reads.

import DocketDiagnostics
import DocketRuntime
import DocketSemantics

extension Reader {
  func opaque(_ expression: CheckedExpression, _ environment: Environment, _ reason: OpaqueReason) -> Formula {
    let name = sources.text(expression.span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let index = space.add(
      Variable(.opaque(reason), scale: .bool, type: .bool, name: name, parent: nil, isOptional: true),
      key: "?" + signature(expression, environment))
    let predicate = Predicate.ranges([1...1])
    space.note(predicate, of: index)
    return .test(index, predicate, whenNothing: nil)
  }

  /// The first part that the analysis has nothing to say about.
  func reason(_ expression: CheckedExpression) -> OpaqueReason {
    var found: OpaqueReason?
    var seen: Set<Int> = []
    func look(_ expression: CheckedExpression) {
      guard found == nil else { return }
      switch expression.kind {
      case .now: found = .clock
      case .route, .sla, .kpi, .decisions, .cells, .findings, .resultField, .aggregate, .siblingMeasure: found = .rule
      case .comprehension, .records, .history, .versionBound, .index: found = .list
      case .field(_, let field):
        if case .inverse = schema[field.entity].fields[field.index].kind { found = .list }
      case .lookup: found = .lookup
      case .builtin(.matches, _): found = .regex
      case .function(let index, let arguments):
        for (argument, parameter) in zip(arguments, rulebook.functions[index].parameters) {
          if case .entity(let wanted) = parameter.type, schema[wanted].base != nil, argument.type != parameter.type {
            found = .view
          }
        }
        if seen.count < 40, seen.insert(index).inserted { look(rulebook.functions[index].body.expression) }
      default: break
      }
      expression.children.forEach(look)
    }
    look(expression)
    if let found { return found }
    guard case .builtin(let builtin, let operands) = expression.kind, operands.count == 2 else { return .computed }
    switch builtin {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      if operands.allSatisfy({ if case .field = $0.kind { true } else { false } }) { return .comparison }
      return operands.contains { $0.type == .string } ? .text : .computed
    case .contains, .endsWith, .startsWith: return .text
    default: return .computed
    }
  }

  // MARK: - Signatures

  /// Equal for expressions that ask the same.
  private func signature(_ expression: CheckedExpression, _ environment: Environment) -> String {
    func all(_ parts: [CheckedExpression]) -> String {
      parts.map { signature($0, environment) }.joined(separator: ",")
    }
    switch expression.kind {
    case .constant(let index): return "#\(index)"
    case .local(let slot):
      if let path = environment.paths[slot] { return key(path) }
      if let bound = environment.bindings[slot] { return "(\(signature(bound.expression, bound.environment)))" }
      return environment.isRoot ? "s\(slot)" : "l\(slot)"
    case .external(let index): return "external\(index)"
    case .now: return "now"
    case .letValue(let index): return "let\(index)"
    case .calendar(let index): return "calendar\(index)"
    case .field(let target, let field):
      return "\(signature(target, environment)).\(field.entity.index):\(field.index)"
    case .history(let target): return "\(signature(target, environment)).history"
    case .versionBound(let target, let isEnd): return "\(signature(target, environment)).\(isEnd ? "until" : "at")"
    case .resultField(let target, let index): return "\(signature(target, environment)).r\(index)"
    case .rowColumn(let index): return "column\(index)"
    case .select(let target, let key, let isOptional):
      return "\(signature(target, environment)).\(isOptional ? "?" : "")k\(key)"
    case .index(let target, let index, let isOptional):
      return "\(signature(target, environment))[\(isOptional ? "?" : "")\(signature(index, environment))]"
    case .hasField(let target, let field):
      return "has(\(signature(target, environment)).\(field.entity.index):\(field.index))"
    case .hasKey(let target, let key): return "has(\(signature(target, environment)).k\(key))"
    case .isAbsent(let operand, let isNegated):
      return "\(isNegated ? "there" : "absent")(\(signature(operand, environment)))"
    case .coalesce(let a, let b): return "(\(signature(a, environment))??\(signature(b, environment)))"
    case .and(let operands): return "and(\(all(operands)))"
    case .or(let operands): return "or(\(all(operands)))"
    case .conditional(let a, let b, let c): return "if(\(all([a, b, c])))"
    case .builtin(let builtin, let operands): return "\(builtin.rawValue)(\(all(operands)))"
    case .list(let elements):
      return
        "[\(elements.map { ($0.isOptional ? "?" : "") + signature($0.value, environment) }.joined(separator: ","))]"
    case .map(let entries):
      return "{"
        + entries.map {
          "\($0.isOptional ? "?" : "")\(signature($0.key, environment)):\(signature($0.value, environment))"
        }.joined(separator: ",") + "}"
    case .format(let parts):
      return "f("
        + parts.map { part in
          switch part {
          case .text(let index): "#\(index)"
          case .value(let value): signature(value, environment)
          }
        }.joined(separator: ",") + ")"
    case .comprehension(let comprehension):
      return "\(comprehension.kind.rawValue)(\(comprehension.slot),\(comprehension.secondSlot ?? -1),"
        + all([comprehension.range] + (comprehension.filter.map { [$0] } ?? []) + [comprehension.body]) + ")"
    case .bind(let slot, let bound, let body): return "bind(\(slot),\(all([bound, body])))"
    case .optionalMap(let receiver, let slot, let body, let isFlat):
      return "optional(\(slot),\(isFlat),\(all([receiver, body])))"
    case .function(let index, let arguments): return "f\(index)(\(all(arguments)))"
    case .table(let index, let arguments): return "t\(index)(\(all(arguments)))"
    case .route(let index, let item): return "route\(index)(\(signature(item, environment)))"
    case .sla(let index, let item): return "sla\(index)(\(signature(item, environment)))"
    case .kpi(let index): return "kpi\(index)"
    case .decisions(let index): return "decisions\(index)"
    case .cells(let index): return "cells\(index)"
    case .findings(let index): return "findings\(index)"
    case .lookup(let entity, let key): return "e\(entity.index)[\(signature(key, environment))]"
    case .records(let entity): return "all\(entity.index)"
    case .aggregate(let index): return "aggregate\(index)"
    case .siblingMeasure(let index): return "measure\(index)"
    case .invalid: return "invalid\(expression.span.start)"
    }
  }
}
