/// Literals, lists, maps and formatted strings.

import DocketDiagnostics
import DocketSyntax
import DocketTime

extension BodyChecker {
  func checkLiteral(_ literal: Literal, _ span: SourceSpan) -> CheckedExpression {
    switch literal {
    case .null: return constant(.null, .null, span)
    case .bool(let value): return constant(.bool(value), .bool, span)
    case .int(let value): return constant(.int(value), .int, span)
    case .uint(let value): return constant(.uint(value), .uint, span)
    case .double(let value): return constant(.double(.init(value)), .double, span)
    case .string(let value): return constant(.string(value), .string, span)
    case .bytes(let value): return constant(.bytes(value), .bytes, span)
    case .duration(let text):
      guard let duration = checker.duration(text, at: span) else { return unreadable(span) }
      return constant(.duration(duration), .duration, span)
    case .date(let text):
      guard let date = CivilDate.parse(text) else { return unreadable(span) }
      return constant(.date(date), .date, span)
    case .timestamp(let text):
      switch checker.instant(text) {
      case .success(let instant): return constant(.timestamp(instant), .timestamp, span)
      case .failure(let problem?): return invalid(problem, at: span)
      case .failure(nil): return unreadable(span)
      }
    }
  }

  /// A literal of time that the lexer has reported already.
  private func unreadable(_ span: SourceSpan) -> CheckedExpression {
    CheckedExpression(.invalid, type: .error, span: span)
  }

  func checkList(_ elements: [ListElement], expecting expected: Type?, _ span: SourceSpan) -> CheckedExpression {
    var wanted: Type?
    if case .list(let element)? = expected { wanted = element }
    var joined: Type?
    var checked: [(value: CheckedExpression, isOptional: Bool)] = []
    for element in elements {
      let value = check(element.value, expecting: wanted)
      var type = resolved(value)
      if element.isOptional, !isDynamic {
        if case .optional(let wrapped) = type {
          type = wrapped
        } else if !type.isUnknown {
          checked.append((invalid(.notOptional(describe(type)), at: value.span), true))
          continue
        }
      }
      joined = joined.map { inference.join($0, type, checker.schema) ?? .dyn } ?? type
      checked.append((value, element.isOptional))
    }
    return make(
      .list(checked), .list(joined ?? inference.fresh()), absent: checked.contains { $0.value.mayBeAbsent }, span)
  }

  func checkMap(_ entries: [MapEntry], expecting expected: Type?, _ span: SourceSpan) -> CheckedExpression {
    var wantedKey: Type?
    var wantedValue: Type?
    if case .map(let key, let value)? = expected { (wantedKey, wantedValue) = (key, value) }
    var joinedKey: Type?
    var joinedValue: Type?
    var checked: [(key: CheckedExpression, value: CheckedExpression, isOptional: Bool)] = []
    for entry in entries {
      let key = check(entry.key, expecting: wantedKey)
      let value = check(entry.value, expecting: wantedValue)
      let keyType = resolved(key)
      switch keyType {
      case .bool, .int, .uint, .string, .dyn, .error, .parameter, .enumeration: break
      default: checker.report(.badKeyType(describe(keyType)), at: key.span)
      }
      var valueType = resolved(value)
      if entry.isOptional, case .optional(let wrapped) = valueType { valueType = wrapped }
      joinedKey = joinedKey.map { inference.join($0, keyType, checker.schema) ?? .dyn } ?? keyType
      joinedValue = joinedValue.map { inference.join($0, valueType, checker.schema) ?? .dyn } ?? valueType
      checked.append((key, value, entry.isOptional))
    }
    return make(
      .map(checked), .map(joinedKey ?? inference.fresh(), joinedValue ?? inference.fresh()),
      absent: checked.contains { $0.key.mayBeAbsent || $0.value.mayBeAbsent }, span)
  }

  func checkFormatted(_ pieces: [FormatPiece], _ span: SourceSpan) -> CheckedExpression {
    let parts: [FormatPart] = pieces.map { piece in
      switch piece {
      case .text(let text): .text(checker.constant(.string(text)))
      case .hole(let expression): .value(questioning { check(expression) })
      }
    }
    return make(.format(parts), .string, span)
  }
}
