/// Declarations that nothing reads: neither rules nor tests, data or libraries.
///
/// What a rule, a test, an entity or a library reads is used, and what those read in turn. A rulebook without rules and tests
/// is a vocabulary for others, so nothing in it is unused; and a name that begins with `_` says that it is kept on purpose.

import DocketDiagnostics
import DocketSemantics
import DocketSyntax

extension Analyzer {
  func findUnused(_ trees: [SyntaxTree]) {
    let hasRules =
      [rulebook.routes.map(\.span), rulebook.slas.map(\.span), rulebook.kpis.map(\.span), rulebook.ensures.map(\.span)]
      .joined().contains(where: isOwn) || !rulebook.tests.isEmpty
    guard hasRules else { return }
    var usage = Usage(rulebook)
    usage.visitRoots(isOwn: isOwn, limits: Self.limits(trees), bases: Self.bases(trees))
    func look(_ kind: AnalysisProblem.Kind, _ name: String, _ span: SourceSpan?, _ isUsed: Bool) {
      guard let span, isOwn(span), !isUsed, !name.hasPrefix("_") else { return }
      report(.unused(kind, name), at: span)
    }
    for (index, function) in rulebook.functions.enumerated() {
      look(.function, function.name, function.span, usage.functions.contains(index))
    }
    for (index, table) in rulebook.tables.enumerated() {
      look(.table, table.name, table.span, usage.tables.contains(index))
    }
    for (index, constant) in rulebook.lets.enumerated() {
      look(.constant, constant.name, constant.span, usage.lets.contains(index))
    }
    for (index, calendar) in rulebook.calendars.enumerated() {
      look(.calendar, calendar.name, calendar.span, usage.calendars.contains(index))
    }
    for type in rulebook.schema.enums { look(.enumeration, type.name, type.span, usage.enums.contains(type.id)) }
    for type in rulebook.schema.entities where type.base != nil {
      look(.view, type.name, type.span, usage.entities.contains(type.id))
    }
    for (index, fixture) in rulebook.fixtures.enumerated() {
      look(.fixture, fixture.name, fixture.span, usage.fixtures.contains(index))
    }
  }

  /// The `let`s that thresholds name: they are numbers in the checked rulebook.
  private static func limits(_ trees: [SyntaxTree]) -> Set<String> {
    var names: Set<String> = []
    func note(_ limit: Limit) {
      if case .name(let name) = limit.kind { names.insert(name.text) }
    }
    for declaration in trees.flatMap(\.declarations) {
      switch declaration {
      case .kpi(let kpi): for threshold in [kpi.target, kpi.warning] { (threshold?.limit).map(note) }
      case .sla(let sla):
        for moment in sla.moments {
          if case .limit(let limit) = moment.kind { note(limit) }
        }
      case .test(let test):
        for step in test.steps {
          if case .expect(_, .within(let limit), _) = step { note(limit) }
        }
      default: break
      }
    }
    return names
  }

  /// The calendars that others are `like`.
  private static func bases(_ trees: [SyntaxTree]) -> Set<String> {
    Set(
      trees.flatMap(\.declarations).compactMap { declaration in
        if case .calendar(let calendar) = declaration { calendar.base?.text } else { nil }
      })
  }
}
