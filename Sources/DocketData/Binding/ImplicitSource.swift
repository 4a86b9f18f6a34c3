/// The source of an entity for which none is declared: every stored field from the column of its name.

import DocketSemantics

extension CheckedSource {
  static func implicit(_ entity: EntityType, path: String) -> CheckedSource {
    var columns: [Column] = []
    var mappings: [Mapping] = []
    for (index, field) in entity.fields.enumerated() where field.isStored {
      mappings.append(Mapping(field: index, value: .column(columns.count), span: field.span))
      var isRequired = !field.isOptional && field.defaultBody == nil
      if case .key = field.kind { isRequired = true }
      let isList = if case .list = field.type { true } else { false }
      columns.append(
        Column(
          name: field.name, alternatives: field.titles, isRequired: isRequired, isList: isList, span: field.span))
    }
    return CheckedSource(
      entity: entity.id, path: path, pathSpan: entity.span, columns: columns, mappings: mappings, span: entity.span)
  }
}
