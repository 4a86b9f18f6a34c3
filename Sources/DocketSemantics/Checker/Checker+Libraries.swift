/// Libraries: declarations that ship with Docket, and give way to the rulebook's own of the same name and type.
///
/// Types and functions come with `use`; SLAs, KPIs and invariants only where `with` names them. What is wrong in a library
/// under this rulebook is told at its `use`, since nobody can mend it elsewhere.

import DocketDiagnostics
public import DocketSyntax

/// The declarations of a library, parsed.
public struct Library: Sendable {
  /// The libraries that ship with Docket.
  public static let names = ["support"]

  public var name: String
  public var trees: [SyntaxTree]

  public init(name: String, trees: [SyntaxTree]) {
    self.name = name
    self.trees = trees
  }
}

extension Checker {
  func collectLibraries(_ trees: [SyntaxTree]) {
    guard !uses.isEmpty else { return }
    let own = OwnDeclarations(trees)
    for name in Set(uses.map(\.library.text)).sorted() {
      let mine = uses.filter { $0.library.text == name }
      guard let library = libraries.first(where: { $0.name == name }) else {
        for use in mine { report(.unknownLibrary(name, candidates: Library.names), at: use.library.span) }
        continue
      }
      for tree in library.trees { useOfLibrary[tree.file] = (name, mine[0].library.span) }
      let declarations = library.trees.flatMap(\.declarations)
      let selected = selection(from: declarations, of: mine, own)
      for declaration in declarations { collect(declaration, ofLibrary: name, selected, own) }
    }
  }

  private func collect(
    _ declaration: Declaration, ofLibrary library: String, _ selected: [String: SourceSpan], _ own: OwnDeclarations
  ) {
    switch declaration {
    case .zone, .use, .source, .fixture, .test: return
    case .extend: return collect(declaration)
    case .route, .sla, .kpi, .ensure:
      guard let name = declaration.name, let place = selected[name.text] else { return }
      if let span = declaration.span { selectedSpans.append((span, place)) }
    case .enumeration, .entity, .view, .calendar, .constant, .function, .table: break
    }
    guard let name = declaration.name, let mine = own.declaration(inPlaceOf: declaration) else {
      return collect(declaration)
    }
    if let difference = own.difference(mine, declaration), let place = mine.name {
      report(.differsFromLibrary(name.text, library: library, difference, theirs: name.span), at: place.span)
    }
  }

  /// What `with` names, with the place that names it, and the SLAs that named KPIs measure.
  private func selection(
    from declarations: [Declaration], of uses: [UseDeclaration], _ own: OwnDeclarations
  ) -> [String: SourceSpan] {
    var measures: [String: Declaration] = [:]
    for declaration in declarations where declaration.isMeasure {
      if let name = declaration.name { measures[name.text] = declaration }
    }
    var selected: [String: SourceSpan] = [:]
    for use in uses {
      switch use.selection {
      case .none: break
      case .all:
        for name in measures.keys where selected[name] == nil { selected[name] = use.library.span }
      case .named(let names):
        for name in names {
          if measures[name.text] == nil {
            report(
              .notInLibrary(name.text, library: use.library.text, candidates: measures.keys.sorted()), at: name.span)
          }
          selected[name.text] = name.span
        }
      }
    }
    for (name, place) in selected {
      guard case .kpi(let kpi)? = measures[name], measures[kpi.over.text] != nil, selected[kpi.over.text] == nil else {
        continue
      }
      selected[kpi.over.text] = place
    }
    var named: Set<String> = []
    for case .named(let names) in uses.map(\.selection) { named.formUnion(names.map(\.text)) }
    for use in uses where use.takesAll {
      for (name, declaration) in measures where !named.contains(name) && own.declaration(inPlaceOf: declaration) == nil
      {
        rulebook.broughtAlong.insert(name)
      }
    }
    return selected
  }

  /// What was reported about a library becomes one error at its `use`: only where the rulebook itself has none.
  func redirectLibraryProblems() {
    guard !useOfLibrary.isEmpty else { return }
    let all = diagnostics.all
    diagnostics = Diagnostics()
    var theirs: [Diagnostic] = []
    for diagnostic in all {
      if let span = diagnostic.primary?.span, useOfLibrary[span.file] != nil {
        if diagnostic.severity == .error { theirs.append(diagnostic) }
      } else {
        diagnostics.report(diagnostic)
      }
    }
    guard !diagnostics.hasErrors else { return }
    var told: Set<SourceSpan> = []
    for var diagnostic in theirs {
      guard let label = diagnostic.primary, let use = useOfLibrary[label.span.file] else { continue }
      let selected = selectedSpans.first {
        $0.declaration.file == label.span.file && $0.declaration.start <= label.span.start
          && label.span.end <= $0.declaration.end
      }
      let place = selected?.place ?? use.span
      guard told.insert(place).inserted else { continue }
      diagnostic.message += ", in the library `\(use.name)`"
      diagnostic.primary = Label(place, "used here")
      diagnostic.secondary.insert(label, at: 0)
      diagnostic.fixes = []
      diagnostics.report(diagnostic)
    }
  }
}

// MARK: - What takes whose place

/// The rulebook's own declarations by name.
private struct OwnDeclarations {
  private var values: [String: Declaration] = [:]
  private var functions: [String: Declaration] = [:]
  private var extensions: [String: [FieldDeclaration]] = [:]

  init(_ trees: [SyntaxTree]) {
    for declaration in trees.flatMap(\.declarations) {
      if case .extend(let extended) = declaration { extensions[extended.entity.text, default: []] += extended.fields }
      guard let name = declaration.name?.text else { continue }
      if declaration.isCalled {
        if functions[name] == nil { functions[name] = declaration }
      } else if values[name] == nil {
        values[name] = declaration
      }
    }
  }

  func declaration(inPlaceOf library: Declaration) -> Declaration? {
    guard let name = library.name?.text else { return nil }
    return library.isCalled ? functions[name] : values[name]
  }

  /// Why the first cannot take the place of the second; `nil` where it can.
  func difference(_ own: Declaration, _ library: Declaration) -> String? {
    switch (own, library) {
    case (.calendar, .calendar), (.kpi, .kpi), (.ensure, .ensure): return nil
    case (.enumeration(let own), .enumeration(let library)):
      let cases = Set(own.cases.map(\.name.text))
      let missing = library.cases.map(\.name.text).filter { !cases.contains($0) }
      return missing.isEmpty ? nil : "it lacks \(missing.map { "`\($0)`" }.joined(separator: ", "))"
    case (.entity(let own), .entity(let library)):
      let fields = own.fields + (extensions[own.name.text] ?? [])
      for theirs in library.fields {
        let wanted = theirs.type.map { "`\(theirs.name.text): \($0.description)`" } ?? "`\(theirs.name.text)`"
        guard let mine = fields.first(where: { $0.name.text == theirs.name.text }) else {
          return "it has no field \(wanted)"
        }
        if let type = mine.type, let other = theirs.type, !type.canReplace(other) {
          return "its field `\(mine.name.text): \(type.description)` is not \(wanted)"
        }
      }
      return nil
    case (.view(let own), .view(let library)):
      return own.base.text == library.base.text ? nil : "it is not a view of `\(library.base.text)`"
    case (.constant(let own), .constant(let library)):
      guard let mine = own.type, let theirs = library.type, !mine.canReplace(theirs) else { return nil }
      return "it is `\(mine.description)` and not `\(theirs.description)`"
    case (.sla(let own), .sla(let library)):
      return own.entity.text == library.entity.text ? nil : "it is not for `\(library.entity.text)`"
    case (.function, .function), (.function, .table), (.table, .function), (.table, .table):
      guard let mine = own.signature, let theirs = library.signature else { return nil }
      let fits =
        mine.parameters.count == theirs.parameters.count
        && zip(mine.parameters, theirs.parameters).allSatisfy { $1.type.canReplace($0.type) }
        && mine.result.canReplace(theirs.result)
      return fits
        ? nil
        : "it is not `(\(theirs.parameters.map(\.type.description).joined(separator: ", "))): \(theirs.result.description)`"
    default: return "it is not \(library.kindName)"
    }
  }
}

extension UseDeclaration {
  fileprivate var takesAll: Bool {
    if case .all = selection { true } else { false }
  }
}

extension TypeExpression {
  /// A type where another is expected: the same, and not absent where that never is.
  fileprivate func canReplace(_ other: TypeExpression) -> Bool {
    name.text == other.name.text && arguments.count == other.arguments.count && (!isOptional || other.isOptional)
      && zip(arguments, other.arguments).allSatisfy { $0.canReplace($1) }
  }

  fileprivate var description: String {
    let inner = arguments.isEmpty ? "" : "<\(arguments.map(\.description).joined(separator: ", "))>"
    return name.text + inner + (isOptional ? "?" : "")
  }
}

extension Declaration {
  /// `nil` for what has no name of its own.
  fileprivate var name: Name? {
    switch self {
    case .zone, .use, .extend, .source, .test: nil
    case .enumeration(let declared): declared.name
    case .entity(let declared): declared.name
    case .view(let declared): declared.name
    case .calendar(let declared): declared.name
    case .constant(let declared): declared.name
    case .function(let declared): declared.name
    case .table(let declared): declared.name
    case .route(let declared): declared.name
    case .sla(let declared): declared.name
    case .kpi(let declared): declared.name
    case .ensure(let declared): declared.name
    case .fixture(let declared): declared.name
    }
  }

  /// The whole of a declaration that runs.
  fileprivate var span: SourceSpan? {
    switch self {
    case .route(let declared): declared.span
    case .sla(let declared): declared.span
    case .kpi(let declared): declared.span
    case .ensure(let declared): declared.span
    default: nil
    }
  }

  fileprivate var isCalled: Bool {
    switch self {
    case .function, .table, .route, .sla, .kpi: true
    default: false
    }
  }

  /// What a library has run only where `with` names it.
  fileprivate var isMeasure: Bool {
    switch self {
    case .sla, .kpi, .ensure: true
    default: false
    }
  }

  fileprivate var signature: (parameters: [Parameter], result: TypeExpression)? {
    switch self {
    case .function(let declared): (declared.parameters, declared.result)
    case .table(let declared): (declared.parameters, declared.result)
    default: nil
    }
  }

  fileprivate var kindName: String {
    switch self {
    case .zone, .use, .extend, .source, .test: "this"
    case .enumeration: "an enum"
    case .entity: "an entity"
    case .view: "a view"
    case .calendar: "a calendar"
    case .constant: "a constant"
    case .function: "a function"
    case .table: "a table"
    case .route: "a route"
    case .sla: "an SLA"
    case .kpi: "a KPI"
    case .ensure: "an invariant"
    case .fixture: "a fixture"
    }
  }
}
