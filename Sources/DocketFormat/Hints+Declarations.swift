/// Declarations: where they, their bodies and the items in the bodies start.

internal import DocketDiagnostics
internal import DocketSyntax

extension Hints {
  mutating func mark(_ declaration: Declaration) {
    switch declaration {
    case .zone(let zone): begin(zone.span)
    case .use(let use): begin(use.span)
    case .enumeration(let enumeration):
      begin(enumeration.span)
      markBody(of: enumeration.span, .opensItems)
      for item in enumeration.cases { markItem(first(item.name.span)) }
    case .entity(let entity):
      begin(entity.span)
      mark(entity.fields, of: entity.span)
    case .view(let view):
      begin(view.span)
      mark(view.filter)
    case .extend(let extend):
      begin(extend.span)
      mark(extend.fields, of: extend.span)
    case .source(let source): mark(source)
    case .calendar(let calendar): mark(calendar)
    case .constant(let constant):
      begin(constant.span)
      mark(constant)
    case .function(let function):
      begin(function.span)
      markParameters(function.parameters, behind: function.name)
      mark(function.result)
      mark(function.body)
    case .table(let table): mark(table)
    case .route(let route): mark(route)
    case .sla(let sla): mark(sla)
    case .kpi(let kpi): mark(kpi)
    case .ensure(let ensure): mark(ensure)
    case .fixture(let fixture):
      begin(fixture.span)
      markBody(of: fixture.span, .opensItems)
      for record in fixture.records {
        markItem(first(record.span))
        mark(record)
      }
    case .test(let test): mark(test)
    }
  }

  mutating func begin(_ span: SourceSpan) {
    tokens[first(span)].insert(.startsDeclaration)
    declarations.append((first(span), last(span)))
  }

  /// The body is what the brace at the end of `span` closes; the token that opens it, or `nil` where there is none.
  @discardableResult
  mutating func markBody(of span: SourceSpan, _ kind: TokenHint) -> Int? {
    guard source[last(span)].kind == .rightBrace, let open = partners[last(span)] else { return nil }
    tokens[open].insert(kind)
    return open
  }

  mutating func markItem(_ index: Int) { tokens[index].insert(.startsItem) }

  /// A clause that starts `words` tokens before `index`. Where `body` is given, what follows its first word lines up in that body.
  mutating func markClause(_ words: Int, before index: Int, aligned body: Int? = nil) {
    let start = index - words
    markItem(start)
    if let body { stops[start + 1] = .argument(body: body) }
  }

  mutating func markClause(_ words: Int, before expression: Expression?, aligned body: Int? = nil) {
    guard let expression else { return }
    mark(expression)
    markClause(words, before: first(expression), aligned: body)
  }

  mutating func markClause(_ words: Int, before string: StringLiteral?, aligned body: Int? = nil) {
    guard let string else { return }
    markClause(words, before: first(string.span), aligned: body)
  }

  /// A clause without a place in the tree: two words that stand next to each other nowhere else.
  mutating func markPair(_ first: String, _ second: Set<String>, in body: Int?) {
    guard let body, let end = partners[body] else { return }
    for index in body + 1..<end where source[index].kind == .identifier && source[index + 1].kind == .identifier {
      if text(index) == first, second.contains(text(index + 1)) { markItem(index) }
    }
  }

  // MARK: - Domain

  private mutating func mark(_ fields: [FieldDeclaration], of span: SourceSpan) {
    markBody(of: span, .opensItems)
    for field in fields {
      markItem(first(field.span))
      mark(field.type)
      switch field.kind {
      case .key, .event: break
      case .stored(let value): mark(value)
      case .derived(let value): mark(value)
      case .inverse(_, _, _, let filter): mark(filter)
      }
    }
  }

  private mutating func mark(_ source: SourceDeclaration) {
    begin(source.span)
    let body = markBody(of: source.span, .opensClauses)
    markClause(1, before: source.missing.first, aligned: body)
    markClause(1, before: source.timeFormats.first, aligned: body)
    markClause(1, before: source.created, aligned: body)
    markClause(1, before: source.version.first, aligned: body)
    for key in source.version.dropFirst() { mark(key) }
    if let field = source.backfilled.first { markClause(1, before: first(field.span), aligned: body) }
    for accepted in source.accepted {
      markClause(1, before: first(accepted.field.span), aligned: body)
      mark(accepted.value)
    }
    markClause(1, before: source.encoding, aligned: body)
    markClause(1, before: source.delimiter, aligned: body)
    if let line = source.headingLine { markClause(2, before: first(line.span), aligned: body) }
    if let limit = source.rejectLimit { markClause(3, before: first(limit.span), aligned: body) }
    for mapping in source.mappings {
      markItem(first(mapping.field.span))
      stops[last(mapping.field.span) + 1] = .mapping
      mark(mapping.value)
    }
  }

  private mutating func mark(_ calendar: CalendarDeclaration) {
    begin(calendar.span)
    markBody(of: calendar.span, .opensClauses)
    markClause(1, before: calendar.zone)
    if let base = calendar.base { markClause(1, before: first(base.span)) }
    markClause(2, before: calendar.knownUntil)
    for item in calendar.items {
      switch item {
      case .openWeekly(_, let windows, let span):
        markItem(first(span))
        for index in first(span)...last(span) where source[index].kind == .minus { tokens[index].insert(.gluedBefore) }
        for window in windows { markTight(window.span) }
      case .openDates(_, let windows, _, let span):
        markItem(first(span))
        for window in windows { markTight(window.span) }
      case .closed(_, _, let span): markItem(first(span))
      case .holidays(let path): markClause(1, before: path)
      }
    }
  }

  // MARK: - Values, functions and tables

  private mutating func mark(_ constant: LetDeclaration) {
    mark(constant.type)
    mark(constant.value)
  }

  private mutating func markParameters(_ parameters: [Parameter], behind name: Name) {
    for parameter in parameters { mark(parameter.type) }
    var index = last(name.span) + 1
    let isDirect = source[index].kind == .leftParenthesis
    while source[index].kind == .string { index += 1 }
    tokens[index].formUnion(isDirect ? [.opensList, .gluedBefore] : .opensList)
  }

  private mutating func mark(_ table: TableDeclaration) {
    begin(table.span)
    markParameters(table.parameters, behind: table.name)
    mark(table.result)
    guard table.path == nil else {
      let body = markBody(of: table.span, .opensClauses)
      return markPair("hit", HitPolicy.spellings, in: body)
    }
    guard let body = markBody(of: table.span, .opensRows) else { return }
    var heading = body + 1
    if text(heading) == "hit", source[heading + 1].kind == .identifier {
      markItem(heading)
      heading += 2
    }
    markRows(in: body, heading: heading)
    for row in table.rows {
      for (cell, _) in row.cells {
        guard case .alternatives(let tests) = cell else { continue }
        for test in tests {
          switch test {
          case .absent, .present: break
          case .equal(let value), .relation(_, let value): mark(value)
          case .range(let low, let high):
            mark(low)
            mark(high)
          }
        }
      }
      mark(row.result)
    }
  }

  /// Every line of a table starts with an item, and the line ends between have a meaning.
  mutating func markRows(in body: Int, heading: Int) {
    guard let end = partners[body] else { return }
    markItem(heading)
    var column = 0
    var index = heading
    while index < end {
      let token = source[index]
      if index > heading {
        tokens[index].insert(.inRow)
        if token.hasNewlineBefore {
          markItem(index)
          column = 0
        }
      }
      if token.kind == .bar {
        stops[index] = .bar(body: body, column: column)
        column += 1
      }
      if token.kind == .formatStart {
        index = closingFormat(of: index)
      } else if let partner = partners[index], partner > index {
        index = partner
      }
      index += 1
    }
  }

  /// The end of the formatted string that starts at a token.
  func closingFormat(of start: Int) -> Int {
    var depth = 0
    var index = start
    while source[index].kind != .end {
      if source[index].kind == .formatStart { depth += 1 }
      if source[index].kind == .formatEnd { depth -= 1 }
      if depth == 0 { return index }
      index += 1
    }
    return index - 1
  }
}

extension HitPolicy {
  static let spellings = Set(allCases.map(\.rawValue))
}
