/// Expressions and types: which brackets belong to what stands before them, and which signs are operators.

internal import DocketDiagnostics
internal import DocketSyntax

extension Hints {
  mutating func mark(_ expression: Expression?) {
    guard let expression else { return }
    switch expression.kind {
    case .literal, .missing: break
    case .name(_, let isRooted):
      if isRooted { markRoot(expression.span) }
    case .select(let base, _, _):
      mark(base)
    case .index(let base, let index, _):
      mark(base)
      mark(index)
      tokens[next(after: base.span)].insert(.gluedBefore)
    case .call(let name, let arguments, let isRooted):
      if isRooted { markRoot(expression.span) }
      markArguments(arguments, of: name)
    case .methodCall(let base, let name, let arguments):
      mark(base)
      markArguments(arguments, of: name)
    case .unary(_, let operand, _):
      mark(operand)
    case .binary(_, let left, let right, let place):
      mark(left)
      mark(right)
      tokens[first(place)].subtract([.gluedBefore, .gluedAfter])
    case .logical(_, let operands):
      for operand in operands { mark(operand) }
    case .conditional(let condition, let then, let otherwise):
      mark(condition)
      mark(then)
      mark(otherwise)
      tokens[next(after: condition.span)].subtract([.gluedBefore, .gluedAfter])
      tokens[next(after: then.span)].subtract([.gluedBefore, .gluedAfter])
    case .coalesce(let left, let right):
      mark(left)
      mark(right)
    case .list(let elements):
      for element in elements { mark(element.value) }
    case .map(let entries):
      for entry in entries {
        mark(entry.key)
        mark(entry.value)
      }
      tokens[first(expression.span)].insert(.gluedAfter)
      tokens[last(expression.span)].insert(.gluedBefore)
    case .record(_, let isRooted, let fields):
      if isRooted { markRoot(expression.span) }
      for field in fields { mark(field.value) }
    case .formatted: break  // copied as it stands, holes and all
    }
  }

  /// `.x` at the root of the name space: the dot starts an operand.
  private mutating func markRoot(_ span: SourceSpan) { tokens[first(span)].remove(.gluedBefore) }

  private mutating func markArguments(_ arguments: [Expression], of name: Name) {
    for argument in arguments { mark(argument) }
    tokens[last(name.span) + 1].formUnion([.gluedBefore, .opensList])
  }

  mutating func mark(_ type: TypeExpression?) {
    guard let type else { return }
    for index in first(type.span)...last(type.span) where source[index].kind != .comma {
      if index > first(type.span), source[index - 1].kind != .comma { tokens[index].insert(.gluedBefore) }
      tokens[index].remove(.gluedAfter)
    }
  }

  mutating func mark(_ record: RecordLiteral) {
    for field in record.fields { mark(field.value) }
  }

  /// `09:30` or `09:30-21:00`
  mutating func markTight(_ span: SourceSpan) {
    let start = first(span)
    for index in start...last(span) where index > start { tokens[index].insert(.gluedBefore) }
  }
}
