/// The parts of a node, from left to right.

extension CheckedExpression {
  public var children: [CheckedExpression] {
    switch kind {
    case .constant, .local, .external, .now, .letValue, .calendar, .rowColumn, .kpi, .decisions, .cells, .findings,
      .records,
      .aggregate,
      .siblingMeasure, .invalid:
      []
    case .field(let e, _), .history(let e), .versionBound(let e, _), .resultField(let e, _), .select(let e, _, _),
      .hasField(let e, _), .hasKey(let e, _), .isAbsent(let e, _), .route(_, let e), .sla(_, let e), .lookup(_, let e):
      [e]
    case .index(let a, let b, _), .coalesce(let a, let b), .bind(_, let a, let b), .optionalMap(let a, _, let b, _):
      [a, b]
    case .conditional(let a, let b, let c): [a, b, c]
    case .and(let operands), .or(let operands), .builtin(_, let operands), .function(_, let operands),
      .table(_, let operands):
      operands
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .format(let parts):
      parts.compactMap { if case .value(let e) = $0 { e } else { nil } }
    case .comprehension(let comprehension):
      [comprehension.range] + (comprehension.filter.map { [$0] } ?? []) + [comprehension.body]
    }
  }
}
