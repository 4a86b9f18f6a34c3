/// `:browse`, `:info`, `:model`, `:type`, `:rows`, `:calendar`: what is there.

import Docket
import DocketDiagnostics
import DocketRules
import DocketRuntime
import DocketSemantics
import DocketSyntax
import DocketTime

extension ReplSession {
  // MARK: - Declarations

  func browse(_ kind: String) throws -> ReplStatus {
    let kinds = [
      "zone", "use", "enum", "entity", "view", "extend entity", "source", "calendar", "let", "func", "table", "route",
      "sla", "kpi", "ensure", "fixture", "test",
    ]
    let wanted =
      kind.isEmpty ? kinds : kinds.filter { $0 == kind || $0 + "s" == kind || (kind == "enums" && $0 == "enum") }
    guard !wanted.isEmpty else {
      let hint = suggest(kind, among: kinds, habits: false).map { ": \($0.helpText)" } ?? ""
      throw ReplFailure.usage("there is no kind of declaration `\(kind)`\(hint)")
    }
    var table = TextTable([.left("kind"), .left("name"), .left("title"), .left("where")])
    let declarations = workbook.declarations
    for kind in wanted {
      for declaration in declarations where declaration.kind == kind {
        table.add([
          kind, declaration.shortName, declaration.titles.first ?? "",
          workbook.isTyped(declaration) ? "typed here" : shortPlace(declaration),
        ])
      }
    }
    guard !table.rows.isEmpty else {
      tell(kind.isEmpty ? "nothing is declared" : "there is no \(kind)")
      return .success
    }
    tellLong(table.render(width: output.width()))
    return .success
  }

  /// Without the folder of the rulebook, which is the same for all.
  private func shortPlace(_ declaration: Declaration) -> String {
    let place = workbook.place(of: declaration.span)
    let prefix = workbook.folder + "/"
    return place.hasPrefix(prefix) ? String(place.dropFirst(prefix.count)) : place
  }

  func showInfo(_ name: String) throws -> ReplStatus {
    guard !name.isEmpty else { throw ReplFailure.usage("`:info` takes the name of a declaration") }
    let found = workbook.declarations(named: name)
    guard !found.isEmpty else {
      if rulebook.checked.schema.entity(named: name) != nil || rulebook.checked.schema.enumeration(named: name) != nil {
        return try showModel(name)
      }
      let names = workbook.declarations.map(\.shortName)
      let hint = suggest(name, among: names, habits: false).map { ": \($0.helpText)" } ?? ", see `:browse`"
      throw ReplFailure.usage("nothing is called `\(name)`\(hint)")
    }
    for declaration in found {
      let place = workbook.isTyped(declaration) ? "typed here" : workbook.place(of: declaration.span)
      tell(dimmed("\(declaration.kind) \(declaration.shortName), \(place)"))
      tell(workbook.text(of: declaration))
    }
    let readers = Dependents(workbook).readers(of: name)
    if !readers.direct.isEmpty { tell(dimmed("read by \(listed(readers.direct))")) }
    if !readers.indirect.isEmpty { tell(dimmed("through them by \(listed(readers.indirect))")) }
    return .success
  }

  func showModel(_ name: String) throws -> ReplStatus {
    let report = ModelReport(rulebook, width: output.width())
    guard !name.isEmpty else {
      tellLong(report.overview)
      return .success
    }
    guard let text = report.text(of: name) else {
      let hint = suggest(name, among: report.names).map { ": \($0.helpText)" } ?? ""
      throw ReplFailure.usage("the model has no `\(name)`\(hint)")
    }
    tellLong(text)
    return .success
  }

  func showType(_ text: String) throws -> ReplStatus {
    guard !text.isEmpty else { throw ReplFailure.usage("`:type` takes an expression") }
    let (body, type, _) = try check(text)
    tell(describe(type) + (body.expression.mayBeAbsent ? "  " + dimmed("may be absent") : ""))
    return .success
  }

  // MARK: - Records

  /// The records of an entity or view; of a KPI, those that it counts.
  func showRows(_ argument: String) throws -> ReplStatus {
    guard !argument.isEmpty else {
      throw ReplFailure.usage("`:rows` takes an entity or a KPI, such as `:rows \(exampleEntity)`")
    }
    if rulebook.checked.schema.entity(named: argument) != nil { return try evaluate(argument) }
    guard
      case .kpi(let kpi)? = workbook.declarations(named: argument).first(where: {
        if case .kpi = $0 { true } else { false }
      })
    else {
      let names = rulebook.checked.schema.entities.map(\.name) + rulebook.checked.kpis.map(\.name)
      let hint = suggest(argument, among: names, habits: false).map { ": \($0.helpText)" } ?? ""
      throw ReplFailure.usage("there is no entity or KPI `\(argument)`\(hint)")
    }
    let list: String
    switch rulebook.checked.kpis.first(where: { $0.name == argument })?.source {
    case .entity?: list = kpi.over.text
    case .route?: list = "decisions(\(kpi.over.text))"
    case .sla(let index)?: return try showClocks(rulebook.checked.slas[index].name)
    case nil: throw ReplFailure.usage("there is no KPI `\(argument)`")
    }
    guard let filter = kpi.filter else { return try evaluate(list) }
    return try evaluate("\(list).filter(\(kpi.variable.text), \(workbook.sources.text(filter.span)))")
  }

  private var exampleEntity: String { rulebook.checked.schema.entities.first?.name ?? "Feedback" }

  // MARK: - Calendars

  func showCalendar(_ argument: String) throws -> ReplStatus {
    let calendars = rulebook.checked.calendars
    let (name, month) = argument.firstWord
    guard !name.isEmpty else {
      tell(
        calendars.isEmpty
          ? "there is no calendar"
          : calendars.map { calendar in
            calendar.name + (calendar.titles.first.map { "  \($0)" } ?? "")
          }.joined(separator: "\n"))
      return .success
    }
    guard let found = calendars.first(where: { $0.name == name || $0.titles.contains(name) }) else {
      let hint = suggest(name, among: calendars.map(\.name), habits: false).map { ": \($0.helpText)" } ?? ""
      throw ReplFailure.usage("there is no calendar `\(name)`\(hint)")
    }
    let first: CivilDate
    if month.isEmpty {
      let instant = try engine().instant
      first = (rulebook.checked.zone ?? .utc).local(instant).date
    } else {
      guard let date = CivilDate.parse(month + "-01") else {
        throw ReplFailure.usage("`\(month)` is no month: write 2026-10")
      }
      first = date
    }
    tell(CalendarMonth(found.calendar, Period(.month, containing: first)).render(color: output.color))
    return .success
  }
}
