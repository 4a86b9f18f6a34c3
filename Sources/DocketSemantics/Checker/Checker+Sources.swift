/// Sources: how a record of an export becomes a record of an entity.

import DocketDiagnostics
import DocketSyntax
import DocketTime

extension Checker {
  func checkSources() {
    rulebook.sources = sourceDeclarations.compactMap { checkSource($0) }
    for (index, source) in rulebook.sources.enumerated() {
      if let first = rulebook.sources[..<index].first(where: { $0.entity == source.entity }) {
        report(.duplicate("source \(schema[source.entity].name)", first: first.span), at: source.span)
      }
    }
  }

  private func checkSource(_ declared: SourceDeclaration) -> CheckedSource? {
    guard let written = entity(declared.entity) else { return nil }
    let entity = schema.base(of: written)
    if schema[written].base != nil { report(.sourceOfView(declared.entity.text), at: declared.entity.span) }
    let fields = schema[entity].fields
    let body = BodyChecker(checker: self)
    body.context = .row(variable: declared.variable?.text)
    body.absenceMode = .allow

    /// A field that data can fill.
    func storedField(_ name: Name) -> Int? {
      guard let index = fields.firstIndex(where: { $0.name == name.text }) else {
        report(
          .unknownField(name.text, on: schema[entity].name, candidates: fields.filter(\.isStored).map(\.name)),
          at: name.span)
        return nil
      }
      guard fields[index].isStored else {
        report(.computedFieldInSource(name.text), at: name.span)
        return nil
      }
      return index
    }
    func value(_ expression: Expression, as type: Type, for what: String) -> CheckedSource.Value {
      let checked = body.check(expression, expecting: type)
      if case .rowColumn(let column) = checked.kind { return .column(column) }
      if body.resolved(checked) == .string, type != .string { return .expression(body.body(checked)) }
      return .expression(body.body(body.convert(checked, to: type, for: what)))
    }

    var mappings: [CheckedSource.Mapping] = []
    var mapped: [Int: SourceSpan] = [:]
    for mapping in declared.mappings {
      guard let index = storedField(mapping.field) else { continue }
      if let first = mapped[index] {
        report(.duplicate(mapping.field.text, first: first), at: mapping.field.span)
        continue
      }
      mapped[index] = mapping.field.span
      // A reference is filled by the key of the record that it names.
      var type = fields[index].type
      if case .entity(let other) = type,
        let key = schema.fields(of: other).first(where: { if case .key = $0.kind { true } else { false } })
      {
        type = key.type
      }
      mappings.append(
        .init(
          field: index, value: value(mapping.value, as: type, for: "`\(mapping.field.text)`"), span: mapping.field.span)
      )
    }
    let created = declared.created.map { value($0, as: .timestamp, for: "`created`") }
    let version = declared.version.first.map { value($0, as: .timestamp, for: "`version`") }
    let tieBreakers = declared.version.dropFirst().map { expression -> CheckedSource.Value in
      let checked = body.check(expression)
      if case .rowColumn(let column) = checked.kind { return .column(column) }
      return .expression(body.body(checked))
    }
    var columns = body.rowColumns.map { column -> CheckedSource.Column in
      // A column written out is named as the export names it, or as the field of that name is labelled.
      let labels = fields.first { $0.name == column.name }?.titles ?? []
      return .init(name: column.name, alternatives: labels, isRequired: true, span: column.span)
    }
    for (index, field) in fields.enumerated() where field.isStored && mapped[index] == nil {
      columns.append(
        .init(
          name: field.name, alternatives: field.titles, isRequired: !field.isOptional && field.defaultBody == nil,
          span: field.span))
      mappings.append(.init(field: index, value: .column(columns.count - 1), span: field.span))
    }
    let instants = [created, version].compactMap { $0 } + tieBreakers
    for column in Self.listColumns(mappings, instants, fields) { columns[column].isList = true }
    mappings.sort { $0.field < $1.field }

    var accepted: [CheckedSource.Acceptance] = []
    for acceptance in declared.accepted {
      guard let index = storedField(acceptance.field) else { continue }
      let constant = acceptance.value.map {
        BodyChecker(checker: self).check($0, as: fields[index].type, for: "`\(acceptance.field.text)`")
      }
      accepted.append(.init(field: index, texts: acceptance.texts.map(\.value), value: constant))
    }
    let backfilled = declared.backfilled.compactMap { name -> Int? in
      guard let index = storedField(name) else { return nil }
      if fields[index].type != .timestamp { report(.backfilledNotTimestamp(name.text), at: name.span) }
      return index
    }
    var formats: [TimeFormat] = []
    for format in declared.timeFormats {
      switch TimeFormat.compile(format.value) {
      case .success(let compiled): formats.append(compiled)
      case .failure(let problem): report(.badTimeFormat(format.value, problem), at: format.span)
      }
    }
    var zone: Zone?
    if let name = declared.timeZone {
      zone = Zone.named(name.value)
      if zone == nil { report(.unknownZone(name.value, candidates: Zone.allNames()), at: name.span) }
    }
    return CheckedSource(
      entity: entity, path: declared.path.value, pathSpan: declared.path.span, table: declared.table?.value,
      missing: declared.missing.map(\.value), timeFormats: formats, timeZone: zone, encoding: declared.encoding?.value,
      delimiter: declared.delimiter?.value, headingLine: declared.headingLine?.count,
      rejectLimit: declared.rejectLimit?.count ?? 0, columns: columns, mappings: mappings, created: created,
      version: version, tieBreakers: tieBreakers, backfilled: backfilled, accepted: accepted, span: declared.entity.span
    )
  }

  /// Columns that fill lists and are read by nothing else.
  private static func listColumns(
    _ mappings: [CheckedSource.Mapping], _ instants: [CheckedSource.Value], _ fields: [Field]
  ) -> Set<Int> {
    var lists: Set<Int> = []
    var others: Set<Int> = []
    func read(_ value: CheckedSource.Value, asList: Bool) {
      switch value {
      case .column(let column): if asList { lists.insert(column) } else { others.insert(column) }
      case .expression(let body): others.formUnion(body.expression.rowColumns)
      }
    }
    for mapping in mappings {
      if case .list = fields[mapping.field].type {
        read(mapping.value, asList: true)
      } else {
        read(mapping.value, asList: false)
      }
    }
    for instant in instants { read(instant, asList: false) }
    return lists.subtracting(others)
  }
}
