/// Entries that are declarations: they take the place of those of the same name, or nothing changes.

import Docket
import DocketDiagnostics
import DocketRules
import DocketSemantics
import DocketSyntax

/// What `:undo` goes back to.
struct UndoStep {
  var workbook: Workbook
  var rulebook: Rulebook
  var checker: Checker
  var loaded: Session?
  var assumptions: [Assumption]
  /// In words, such as `kpi csat`.
  var what: String
}

extension ReplSession {
  func define(_ texts: [String], path: String? = nil) -> ReplStatus {
    attempt {
      var next = self.workbook
      var changes: [(declaration: Declaration, isNew: Bool)] = []
      var problems = Diagnostics()
      let firstFile = next.sources.files.count
      for text in texts {
        self.entryNumber += 1
        let path = path ?? "<entry \(self.entryNumber)>"
        guard let change = next.define(text, path: path, &problems) else {
          self.show(problems.all, next.sources)
          return .rulebook
        }
        changes += change.defined
      }
      let (rulebook, checker) = next.check()
      guard !rulebook.diagnostics.hasErrors else {
        self.show(rulebook.diagnostics.inOrder, rulebook.sources)
        if texts.count > 1 || changes.contains(where: { !$0.isNew }) {
          self.tell(self.dimmed("nothing was changed"))
        }
        return .rulebook
      }
      try self.adopt(next, rulebook, checker, changes)
      let isOwn = { (diagnostic: Diagnostic) in
        diagnostic.primary.map { (firstFile..<next.sources.files.count).contains(Int($0.span.file.index)) } ?? false
      }
      self.show(rulebook.diagnostics.inOrder.filter(isOwn), rulebook.sources)
      self.tellDefined(changes)
      return .success
    }
  }

  /// Puts a checked workbook in force. The records stay where the model did not change.
  func adopt(
    _ next: Workbook, _ rulebook: Rulebook, _ checker: Checker, _ changes: [(declaration: Declaration, isNew: Bool)]
  ) throws {
    let what =
      changes.count == 1
      ? "\(changes[0].declaration.kind) \(changes[0].declaration.shortName)" : "\(changes.count) declarations"
    let step = UndoStep(
      workbook: workbook, rulebook: self.rulebook, checker: self.checker, loaded: loaded, assumptions: assumptions,
      what: what)
    let sourcesChanged = changes.contains {
      switch $0.declaration {
      case .source, .zone, .use: true
      default: false
      }
    }
    let keepsData = !sourcesChanged && SchemaLayout.isSame(self.rulebook.checked.schema, rulebook.checked.schema)
    let keepsResults = keepsData && keepsNumbers(of: self.rulebook.checked, in: rulebook.checked)
    (workbook, self.rulebook, self.checker) = (next, rulebook, checker)
    if let session = loaded {
      if keepsData {
        loaded = session.with(rulebook)
        renewEngine()
      } else {
        loaded = nil
        let isQuiet = self.assumptions.isEmpty
        do {
          assumptions = []
          try readData()
          tell(
            dimmed("the model is another: the data was read again" + (isQuiet ? "" : ", and what was set is as loaded"))
          )
        } catch {
          restore(step)
          throw error
        }
      }
    }
    if !keepsResults { results.removeAll() }
    undoSteps.append(step)
    if undoSteps.count > 100 { undoSteps.removeFirst() }
  }

  func restore(_ step: UndoStep) {
    (workbook, rulebook, checker) = (step.workbook, step.rulebook, step.checker)
    if loaded?.engine.world !== step.loaded?.engine.world { results.removeAll() }
    (loaded, assumptions) = (step.loaded, step.assumptions)
    if !keepsNumbers(of: step.rulebook.checked, in: rulebook.checked) { results.removeAll() }
    renewEngine()
  }

  /// Answers that hold the number of a rule stay right as long as no number changes.
  private func keepsNumbers(of old: CheckedRulebook, in new: CheckedRulebook) -> Bool {
    new.routes.map(\.name).starts(with: old.routes.map(\.name))
      && new.slas.map(\.name).starts(with: old.slas.map(\.name))
      && new.kpis.map(\.name).starts(with: old.kpis.map(\.name))
      && new.calendars.map(\.name).starts(with: old.calendars.map(\.name))
  }

  private func tellDefined(_ changes: [(declaration: Declaration, isNew: Bool)]) {
    let dependents = Dependents(workbook)
    var hasRuleChanged = false
    for (declaration, isNew) in changes {
      let name: String
      switch declaration {
      case .test, .zone: name = "\"\(declaration.shortName)\""
      default: name = declaration.shortName
      }
      var line = "\(isNew ? "defined" : "redefined") \(declaration.kind) \(strong(name))"
      if !isNew {
        let readers = declaration.isNamed ? dependents.readers(of: declaration.shortName) : ([], [])
        let own = Set(changes.map(\.declaration.shortName))
        let direct = readers.0.filter { !own.contains($0.shortName) }
        let indirect = readers.1.filter { !own.contains($0.shortName) }
        if !direct.isEmpty { line += "\n  read by \(listed(direct))" }
        if !indirect.isEmpty { line += "\n  through them by \(listed(indirect))" }
        switch declaration {
        case .test, .fixture: break
        default: hasRuleChanged = true
        }
      }
      tell(line)
    }
    if hasRuleChanged, hasRecords {
      tell(dimmed("`:diff` shows what it changes over the data, `:undo` takes it back"))
    }
  }

  /// `sla closure, kpi closed_in_time and 3 tests`
  func listed(_ declarations: [Declaration]) -> String {
    var tests = 0
    var names: [String] = []
    for declaration in declarations {
      if case .test = declaration { tests += 1 } else { names.append("\(declaration.kind) \(declaration.shortName)") }
    }
    var text = names.prefix(8).joined(separator: ", ")
    if names.count > 8 { text += " and \(names.count - 8) more" }
    if tests > 0 { text += (names.isEmpty ? "" : ", ") + plural(tests, "test") }
    return text
  }
}

/// Whether records that were read for one schema can be read through another.
enum SchemaLayout {
  static func isSame(_ a: Schema, _ b: Schema) -> Bool {
    guard a.enums.count == b.enums.count, a.entities.count == b.entities.count, a.calendarNames == b.calendarNames
    else {
      return false
    }
    for (x, y) in zip(a.enums, b.enums) {
      guard x.name == y.name, x.cases.map(\.name) == y.cases.map(\.name), x.cases.map(\.labels) == y.cases.map(\.labels)
      else { return false }
    }
    for (x, y) in zip(a.entities, b.entities) {
      guard x.name == y.name, x.base == y.base, x.fields.count == y.fields.count else { return false }
      for (f, g) in zip(x.fields, y.fields) {
        guard f.name == g.name, f.isStored == g.isStored, f.titles == g.titles || !f.isStored else { return false }
        // A derived field may have another type: nothing of it is in the data.
        guard !f.isStored || (f.type == g.type && f.isOptional == g.isOptional && kind(f) == kind(g)) else {
          return false
        }
      }
    }
    return true
  }

  private static func kind(_ field: Field) -> Int {
    switch field.kind {
    case .key: 0
    case .stored: 1
    case .event: 2
    case .derived: 3
    case .inverse: 4
    }
  }
}

extension Session {
  /// The same records under another rulebook.
  func with(_ rulebook: Rulebook) -> Session {
    var session = self
    session.rulebook = rulebook
    return session
  }
}
