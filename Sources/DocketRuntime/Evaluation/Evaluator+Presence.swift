/// Absence: `has(x.f)`, `x.f == null`, `x.f ?? d`. These ask and never fail because something is absent.

public import DocketSemantics

extension Evaluator {
  func presence(_ expression: CheckedExpression) -> Value {
    switch expression.kind {
    case .hasField(let target, let field):
      let target = quietly(target)
      switch target {
      case .absent: return .bool(false)
      case .entity(let reference):
        return asking {
          self.field(field, of: reference, expression)
        } with: {
          $0.isError ? $0 : .bool(!$0.isAbsent)
        }
      case .error: return target
      default: return fail(.noSuchOverload("has(\(typeName(target)))"), at: expression)
      }
    case .hasKey(let target, let key):
      return hasKey(value(of: target), constants[key], expression)
    case .isAbsent(let operand, let isNegated):
      let value = quietly(operand)
      if value.isError { return value }
      if case .null = value { return .bool(!isNegated) }
      return .bool(value.isAbsent != isNegated)
    case .coalesce(let operand, let fallback):
      let value = quietly(operand, missingKeys: true)
      switch value {
      case .absent, .null, .optionalNone:
        if expression.isOrAbsent { return fail(.absent(path: path(of: operand)), at: expression) }
        return self.value(of: fallback)
      case .optionalSome(let place):
        // `o ?? d` gives what the optional holds, unless `d` is an optional itself.
        if case .optional = expression.type { return value }
        return heap.wrapped(place)
      default: return value
      }
    default:
      preconditionFailure("not a question for presence")
    }
  }

  /// A value, or `.absent` where a link of the chain is absent (with `missingKeys`, where a key of a map is missing).
  public func quietly(_ expression: CheckedExpression, missingKeys: Bool = false) -> Value {
    if case .field(let target, let field) = expression.kind {
      // The links of a plain chain need no error on the way.
      let target = quietly(target, missingKeys: missingKeys)
      switch target {
      case .absent: return .absent
      case .entity(let reference):
        return asking({ self.field(field, of: reference, expression) }, missingKeys: missingKeys)
      default: break
      }
    }
    if case .local(let slot) = expression.kind { return self[slot: slot] }
    return asking({ value(of: expression) }, missingKeys: missingKeys)
  }

  @inline(__always) func asking(
    _ read: () -> Value, missingKeys: Bool = false, with conclude: (Value) -> Value = { $0 }
  ) -> Value {
    let errorCount = heap.errorCount
    let value = read()
    if case .error(let reference) = value {
      switch heap[reference].kind {
      case .absent: break
      case .noSuchKey where missingKeys: break
      default: return conclude(value)
      }
      discardError(value, from: errorCount)
      return conclude(.absent)
    }
    return conclude(value)
  }

  /// A value that was read: nothing there is the error `absent`, with the path as written.
  func present(_ value: Value, _ expression: CheckedExpression) -> Value {
    value.isAbsent ? fail(.absent(path: path(of: expression)), at: expression) : value
  }

  /// The expression as written, for messages.
  public func path(of expression: CheckedExpression) -> String {
    if let text = sourceText?(expression.span) { return text }
    switch expression.kind {
    case .field(let target, let field): return "\(path(of: target)).\(schema[field.entity].fields[field.index].name)"
    case .history(let target): return "\(path(of: target)).history"
    case .versionBound(let target, let isEnd): return "\(path(of: target)).\(isEnd ? "until" : "at")"
    case .resultField(let target, let index):
      guard case .result(let type) = target.type else { return path(of: target) }
      let fields = type.fields(item: .dyn, to: .dyn)
      return fields.indices.contains(index) ? "\(path(of: target)).\(fields[index].name)" : path(of: target)
    case .select(let target, let key, let isOptional):
      return
        "\(path(of: target)).\(isOptional ? "?" : "")\(heap.plainText(constants[key], schema: schema, world: world))"
    case .index(let target, let index, let isOptional):
      return "\(path(of: target))[\(isOptional ? "?" : "")\(path(of: index))]"
    case .lookup(let entity, let key): return "\(schema[entity].name)[\(path(of: key))]"
    case .letValue(let index): return rulebook.lets[index].name
    case .function(let index, _): return "\(rulebook.functions[index].name)(…)"
    case .table(let index, _): return "\(rulebook.tables[index].name)(…)"
    case .route(let index, _): return "\(rulebook.routes[index].name)(…)"
    case .sla(let index, _): return "\(rulebook.slas[index].name)(…)"
    case .kpi(let index): return "\(rulebook.kpis[index].name)()"
    case .builtin(let builtin, let arguments):
      guard !builtin.isOperator else { return "(…)" }
      guard let receiver = arguments.first else { return "\(builtin.rawValue)()" }
      return "\(path(of: receiver)).\(builtin.rawValue)(\(arguments.count > 1 ? "…" : ""))"
    case .constant(let index): return heap.describe(constants[index], schema: schema, world: world)
    case .local:
      if case .entity(let id) = expression.type { return schema[id].name }
      return "it"
    case .now: return "now"
    default: return "(…)"
    }
  }
}
