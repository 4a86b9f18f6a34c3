/// Which columns of a row an expression of a source reads.

extension CheckedExpression {
  /// The columns of the row that the expression reads.
  public var rowColumns: Set<Int> {
    switch kind {
    case .rowColumn(let column): [column]
    case .constant, .local, .external, .now, .letValue, .calendar, .kpi, .decisions, .cells, .findings, .records,
      .aggregate,
      .siblingMeasure, .invalid:
      []
    case .field(let inner, _), .history(let inner), .versionBound(let inner, _), .resultField(let inner, _),
      .select(let inner, _, _), .hasField(let inner, _), .hasKey(let inner, _), .isAbsent(let inner, _),
      .route(_, let inner), .sla(_, let inner), .lookup(_, let inner):
      inner.rowColumns
    case .index(let a, let b, _), .coalesce(let a, let b), .bind(_, let a, let b), .optionalMap(let a, _, let b, _):
      a.rowColumns.union(b.rowColumns)
    case .conditional(let a, let b, let c): a.rowColumns.union(b.rowColumns).union(c.rowColumns)
    case .and(let parts), .or(let parts), .builtin(_, let parts), .function(_, let parts), .table(_, let parts):
      Self.union(parts)
    case .list(let elements): Self.union(elements.map(\.value))
    case .map(let entries): Self.union(entries.flatMap { [$0.key, $0.value] })
    case .format(let parts):
      Self.union(
        parts.compactMap {
          if case .value(let value) = $0 { value } else { nil }
        })
    case .comprehension(let comprehension):
      Self.union([comprehension.range, comprehension.body] + (comprehension.filter.map { [$0] } ?? []))
    }
  }

  private static func union(_ parts: [CheckedExpression]) -> Set<Int> {
    parts.reduce(into: []) { $0.formUnion($1.rowColumns) }
  }
}
