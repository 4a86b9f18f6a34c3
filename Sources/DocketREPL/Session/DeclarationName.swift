/// What a declaration is called, so that a new one takes the place of the old one of that name.

import DocketDiagnostics
import DocketSyntax

enum DeclarationName: Hashable {
  case zone
  case library(String)
  /// Values and functions are two namespaces.
  case value(String)
  case function(String)
  case ensure(String)
  case source(String)
  /// An extension has no name of its own; one that declares a field of another takes its place.
  case extension_(entity: String, fields: [String])
  case test(String)

  func isReplaced(by new: DeclarationName) -> Bool {
    if case .extension_(let entity, let fields) = self, case .extension_(entity, let others) = new {
      return fields.contains(where: others.contains)
    }
    return self == new
  }
}

extension Declaration {
  var declaredName: DeclarationName {
    switch self {
    case .zone: .zone
    case .use(let use): .library(use.library.text)
    case .enumeration, .entity, .view, .calendar, .constant, .fixture: .value(shortName)
    case .function, .table, .route, .sla, .kpi: .function(shortName)
    case .ensure: .ensure(shortName)
    case .source(let source): .source(source.entity.text)
    case .extend(let extend): .extension_(entity: extend.entity.text, fields: extend.fields.map(\.name.text))
    case .test: .test(shortName)
    }
  }

  /// The word that starts it.
  var kind: String {
    switch self {
    case .zone: "zone"
    case .use: "use"
    case .enumeration: "enum"
    case .entity: "entity"
    case .view: "view"
    case .extend: "extend entity"
    case .source: "source"
    case .calendar: "calendar"
    case .constant: "let"
    case .function: "func"
    case .table: "table"
    case .route: "route"
    case .sla: "sla"
    case .kpi: "kpi"
    case .ensure: "ensure"
    case .fixture: "fixture"
    case .test: "test"
    }
  }

  /// As people call it.
  var shortName: String {
    switch self {
    case .zone(let it): it.zone.value
    case .use(let it): it.library.text
    case .enumeration(let it): it.name.text
    case .entity(let it): it.name.text
    case .view(let it): it.name.text
    case .extend(let it): it.entity.text
    case .source(let it): it.entity.text
    case .calendar(let it): it.name.text
    case .constant(let it): it.name.text
    case .function(let it): it.name.text
    case .table(let it): it.name.text
    case .route(let it): it.name.text
    case .sla(let it): it.name.text
    case .kpi(let it): it.name.text
    case .ensure(let it): it.name.text
    case .fixture(let it): it.name.text
    case .test(let it): it.name.value
    }
  }

  /// Whether other declarations can call it by its name.
  var isNamed: Bool {
    switch self {
    case .zone, .use, .extend, .source, .ensure, .test: false
    case .enumeration, .entity, .view, .calendar, .constant, .function, .table, .route, .sla, .kpi, .fixture: true
    }
  }

  var titles: [String] {
    switch self {
    case .zone, .use, .extend, .source, .test: []
    case .enumeration(let it): it.titles.map(\.value)
    case .entity(let it): it.titles.map(\.value)
    case .view(let it): it.titles.map(\.value)
    case .calendar(let it): it.titles.map(\.value)
    case .constant(let it): it.titles.map(\.value)
    case .function(let it): it.titles.map(\.value)
    case .table(let it): it.titles.map(\.value)
    case .route(let it): it.titles.map(\.value)
    case .sla(let it): it.titles.map(\.value)
    case .kpi(let it): it.titles.map(\.value)
    case .ensure(let it): it.titles.map(\.value)
    case .fixture(let it): it.titles.map(\.value)
    }
  }

  var span: SourceSpan {
    switch self {
    case .zone(let it): it.span
    case .use(let it): it.span
    case .enumeration(let it): it.span
    case .entity(let it): it.span
    case .view(let it): it.span
    case .extend(let it): it.span
    case .source(let it): it.span
    case .calendar(let it): it.span
    case .constant(let it): it.span
    case .function(let it): it.span
    case .table(let it): it.span
    case .route(let it): it.span
    case .sla(let it): it.span
    case .kpi(let it): it.span
    case .ensure(let it): it.span
    case .fixture(let it): it.span
    case .test(let it): it.span
    }
  }

  /// Whether records have to be read again once it is another.
  var shapesData: Bool {
    switch self {
    case .zone, .use, .enumeration, .entity, .view, .extend, .source: true
    case .calendar, .constant, .function, .table, .route, .sla, .kpi, .ensure, .fixture, .test: false
    }
  }
}
