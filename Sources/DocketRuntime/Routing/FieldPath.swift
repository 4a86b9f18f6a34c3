/// A stored field of the item, or of a record one or two references away: `f.kind`, `f.customer.tier`.
///
/// What a condition says that reads one path and nothing else depends on the value there alone.

import DocketSemantics

struct FieldPath: Hashable {
  /// The references on the way; at most two.
  var links: [FieldReference]
  var leaf: FieldReference

  var fields: [FieldReference] { links + [leaf] }

  /// The path that an expression is, from the variable in slot 0; `nil` where it is none, or a longer one.
  init?(_ expression: CheckedExpression) {
    guard case .field(var target, let leaf) = expression.kind else { return nil }
    var links: [FieldReference] = []
    while case .field(let next, let link) = target.kind {
      links.insert(link, at: 0)
      target = next
    }
    guard case .local(0) = target.kind, links.count <= 2 else { return nil }
    (self.links, self.leaf) = (links, leaf)
  }

  private init?(_ target: CheckedExpression, has leaf: FieldReference) {
    if case .local(0) = target.kind {
      (links, self.leaf) = ([], leaf)
      return
    }
    guard let path = FieldPath(target), path.links.count < 2 else { return nil }
    (links, self.leaf) = (path.fields, leaf)
  }
}

extension FieldPath {
  /// The one path that an expression reads; `nil` where it reads more, none, or anything that is not the same for all items.
  /// INVARIANT: of two items that have the same at the path, the expression says the same.
  static func only(in expression: CheckedExpression) -> FieldPath? {
    var found: FieldPath?
    return reads(expression, &found) ? found : nil
  }

  private static func note(_ path: FieldPath?, _ found: inout FieldPath?) -> Bool {
    guard let path, found == nil || found == path else { return false }
    found = path
    return true
  }

  private static func reads(_ expression: CheckedExpression, _ found: inout FieldPath?) -> Bool {
    switch expression.kind {
    case .constant, .now, .calendar: return true
    case .field: return note(FieldPath(expression), &found)
    case .hasField(let target, let leaf): return note(FieldPath(target, has: leaf), &found)
    case .builtin(.up, _): return false
    case .isAbsent, .coalesce, .and, .or, .conditional, .builtin, .list, .map:
      for child in expression.children {
        guard reads(child, &found) else { return false }
      }
      return true
    case .lookup(_, let key):
      if case .constant = key.kind { return true }
      return false
    case .format, .local, .external, .letValue, .history, .versionBound, .resultField, .rowColumn, .select, .index,
      .hasKey,
      .comprehension, .bind, .optionalMap, .function, .table, .route, .sla, .kpi, .decisions, .cells, .findings,
      .records, .aggregate, .siblingMeasure, .invalid:
      return false
    }
  }
}
