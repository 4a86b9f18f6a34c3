/// The first stage: every declaration gets its place and its name, whatever the order.

import DocketDiagnostics
import DocketSyntax
import DocketTime

extension Checker {
  func declareBuiltinEnums() {
    guard rulebook.schema.enums.isEmpty else { return }
    for builtin in BuiltinEnum.allCases {
      rulebook.schema.enums.append(
        EnumType(
          id: builtin.id, name: builtin.name, titles: [], cases: builtin.cases.map { .init(name: $0, labels: []) },
          span: nil))
    }
  }

  func collect(_ trees: [SyntaxTree]) {
    for declaration in trees.flatMap(\.declarations) { collect(declaration) }
  }

  func collect(_ declaration: Declaration) {
    switch declaration {
    case .zone(let zone): collect(zone)
    case .use(let use): uses.append(use)
    case .enumeration(let declared): collect(declared)
    case .entity(let declared):
      guard canNumber(schema.entities.count, "entities", at: declared.name.span) else { return }
      let id = EntityID(index: schema.entities.count)
      guard bind(declared.name, .entity(id)) else { return }
      rulebook.schema.entities.append(
        EntityType(
          id: id, name: declared.name.text, titles: declared.titles.map(\.value), base: nil, span: declared.name.span))
      entityDeclarations[id] = declared
    case .view(let declared):
      guard canNumber(schema.entities.count, "entities", at: declared.name.span) else { return }
      let id = EntityID(index: schema.entities.count)
      guard bind(declared.name, .entity(id)) else { return }
      rulebook.schema.entities.append(
        EntityType(
          id: id, name: declared.name.text, titles: declared.titles.map(\.value), base: nil, span: declared.name.span))
      viewDeclarations[id] = declared
    case .extend(let declared): extensions.append(declared)
    case .source(let declared): sourceDeclarations.append(declared)
    case .calendar(let declared):
      if bind(declared.name, .calendar(calendarDeclarations.count)) { calendarDeclarations.append(declared) }
    case .constant(let declared):
      if bind(declared.name, .constant(letDeclarations.count)) { letDeclarations.append(declared) }
    case .function(let declared):
      if bind(declared.name, .function(functionDeclarations.count)) { functionDeclarations.append(declared) }
    case .table(let declared):
      if bind(declared.name, .table(tableDeclarations.count)) { tableDeclarations.append(declared) }
    case .route(let declared):
      if bind(declared.name, .route(routeDeclarations.count)) { routeDeclarations.append(declared) }
    case .sla(let declared):
      if bind(declared.name, .sla(slaDeclarations.count)) { slaDeclarations.append(declared) }
    case .kpi(let declared):
      if bind(declared.name, .kpi(kpiDeclarations.count)) { kpiDeclarations.append(declared) }
    case .ensure(let declared):
      if let first = ensureDeclarations.first(where: { $0.name.text == declared.name.text }) {
        report(.duplicate(declared.name.text, first: first.name.span), at: declared.name.span)
      }
      ensureDeclarations.append(declared)
    case .fixture(let declared):
      if bind(declared.name, .fixture(fixtureDeclarations.count)) { fixtureDeclarations.append(declared) }
    case .test(let declared): testDeclarations.append(declared)
    }
  }

  private func collect(_ declared: ZoneDeclaration) {
    guard let zone = Zone.named(declared.zone.value) else {
      report(.unknownZone(declared.zone.value, candidates: Zone.allNames()), at: declared.zone.span)
      // So that nobody is told, too, that there is none.
      rulebook.zone = rulebook.zone ?? .utc
      return
    }
    if let known = rulebook.zone, let zoneSpan {
      if known != zone { report(.zonesDiffer(known.name, zoneSpan, zone.name), at: declared.zone.span) }
      return
    }
    rulebook.zone = zone
    zoneSpan = declared.zone.span
  }

  /// Entities, enums and cases are numbered with 16 bits.
  private func canNumber(_ count: Int, _ what: String, at span: SourceSpan) -> Bool {
    let limit = Int(UInt16.max) - 1
    if count >= limit { report(.tooMany(what, limit: limit), at: span) }
    return count < limit
  }

  private func collect(_ declared: EnumDeclaration) {
    guard canNumber(schema.enums.count, "enums", at: declared.name.span),
      canNumber(declared.cases.count, "cases", at: declared.name.span)
    else { return }
    let id = EnumID(index: schema.enums.count)
    guard bind(declared.name, .enumeration(id)) else { return }
    var cases: [EnumType.Case] = []
    var seen: [String: SourceSpan] = [:]
    for enumCase in declared.cases {
      if let first = seen[enumCase.name.text] {
        report(.duplicate(enumCase.name.text, first: first), at: enumCase.name.span)
        continue
      }
      seen[enumCase.name.text] = enumCase.name.span
      cases.append(.init(name: enumCase.name.text, labels: enumCase.labels.map(\.value)))
    }
    if cases.isEmpty { report(.enumWithoutCases(declared.name.text), at: declared.name.span) }
    rulebook.schema.enums.append(
      EnumType(
        id: id, name: declared.name.text, titles: declared.titles.map(\.value), cases: cases, span: declared.name.span))
  }

  // MARK: - Binding

  private func bind(_ name: Name, _ binding: ValueBinding) -> Bool {
    guard isFree(name, values[name.text]?.span) else { return false }
    values[name.text] = (binding, name.span)
    return true
  }

  private func bind(_ name: Name, _ binding: FunctionBinding) -> Bool {
    guard isFree(name, functions[name.text]?.span) else { return false }
    functions[name.text] = (binding, name.span)
    return true
  }

  /// CEL's functions and the macro `has`, which keep their meaning in every rulebook.
  private static let standardFunctions: Set<String> = [
    "bool", "bytes", "double", "duration", "dyn", "has", "int", "matches", "size", "string", "timestamp", "type",
    "uint",
  ]

  private func isFree(_ name: Name, _ first: SourceSpan?) -> Bool {
    if let first {
      report(.duplicate(name.text, first: first), at: name.span)
      return false
    }
    if BodyChecker.typeNames[name.text] != nil || Self.standardFunctions.contains(name.text) {
      report(.standardName(name.text), at: name.span)
      return false
    }
    return true
  }
}
